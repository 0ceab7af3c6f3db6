"""Linear layers, products and the mean squared error, on small integers."""

from __future__ import annotations

from fractions import Fraction

import pytest

from leanmirror.spec.core.shape import Shape
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.core.tensor.linalg import matMulSpec, matVecMulSpec, outerProductSpec, vecMatMulSpec
from leanmirror.spec.core.tensor_reduction_shape.linear_algebra import (
    bmmBackwardSpec,
    bmmSpec,
    matMulBackwardSpec,
    matrixTransposeSpec,
    transpose3DLastTwoSpec,
)
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.layers.linear import (
    LinearSpec,
    linearBackwardSpec,
    linearBatchedSpec,
    linearGradientAccumulateSpec,
    linearGradientScaleSpec,
    linearSpec,
)
from leanmirror.spec.layers.loss import meanDenom, mseDerivSpec, mseSpec


def tensor(dims: tuple[int, ...], *entries: object) -> Tensor:
    return Tensor(Shape(dims), list(entries))


W = tensor((2, 3), 1, 2, 3, 4, 5, 6)
LAYER = LinearSpec(W, tensor((2,), 10, 20))
X = tensor((3,), 1, 0, -1)
G = tensor((2,), 1, 2)


def test_products() -> None:
    assert tensor((2,), -2, -2) == matVecMulSpec(W, X)
    assert tensor((3,), 9, 12, 15) == vecMatMulSpec(G, W)
    assert tensor((2, 2), 14, 32, 32, 77) == matMulSpec(W, matrixTransposeSpec(W))
    assert tensor((2, 3), 1, 0, -1, 2, 0, -2) == outerProductSpec(G, X)


def test_products_of_empty_matrices() -> None:
    assert tensor((2,), 0, 0) == matVecMulSpec(tensor((2, 0)), tensor((0,)))
    assert tensor((2, 3), *[0] * 6) == matMulSpec(tensor((2, 0)), tensor((0, 3)))
    assert tensor((0,)) == matVecMulSpec(tensor((0, 3)), X)


def test_linear_layer() -> None:
    assert tensor((2,), 8, 18) == linearSpec(LAYER, X)
    assert tensor((1, 2), 8, 18) == linearBatchedSpec(LAYER, tensor((1, 3), 1, 0, -1))
    d_weights, (d_bias, d_input) = linearBackwardSpec(LAYER, X, G)
    assert (outerProductSpec(G, X), G, tensor((3,), 9, 12, 15)) == (d_weights, d_bias, d_input)
    assert linearGradientScaleSpec(W, 2) == linearGradientAccumulateSpec(W, W)


def test_wrong_sizes_name_both() -> None:
    with pytest.raises(ShapeError, match="2 entries where 3 are needed"):
        linearSpec(LAYER, G)
    with pytest.raises(ShapeError, match="3 entries where 2 are needed"):
        vecMatMulSpec(X, W)
    with pytest.raises(ShapeError, match="2 entries where 3 are needed"):
        matMulSpec(W, W)
    with pytest.raises(ShapeError, match=r"\.dim 3 \.scalar where \.dim 2 \.scalar is needed"):
        LinearSpec(W, X)
    with pytest.raises(ShapeError, match="where a matrix"):
        LinearSpec(X, X)


def test_batched_products() -> None:
    a = tensor((2, 1, 2), 1, 2, 3, 4)
    b = tensor((2, 2, 1), 5, 6, 7, 8)
    assert tensor((2, 1, 1), 17, 53) == bmmSpec(a, b)
    assert tensor((2, 1, 2), 5, 6, 7, 8) == transpose3DLastTwoSpec(b)
    dA, dB = bmmBackwardSpec(a, b, tensor((2, 1, 1), 1, 10))
    assert (tensor((2, 1, 2), 5, 6, 70, 80), tensor((2, 2, 1), 1, 2, 30, 40)) == (dA, dB)
    assert (tensor((1, 2), 5, 6), tensor((2, 1), 1, 2)) == matMulBackwardSpec(
        tensor((1, 2), 1, 2), tensor((2, 1), 5, 6), tensor((1, 1), 1)
    )
    with pytest.raises(ShapeError, match="1 entries where 2 are needed"):
        bmmSpec(a, tensor((1, 2, 1), 5, 6))


def test_mean_squared_error() -> None:
    p, t = tensor((2,), Fraction(1), Fraction(2)), tensor((2,), Fraction(3), Fraction(0))
    assert 4 == mseSpec(p, t)
    assert tensor((2,), Fraction(-2), Fraction(2)) == mseDerivSpec(p, t)
    assert 4.0 == mseSpec(tensor((2,), 1.0, 2.0), tensor((2,), 3.0, 0.0))
    empty = tensor((0, 3))
    assert (1, 0, empty) == (meanDenom(empty.shape), mseSpec(empty, empty), mseDerivSpec(empty, empty))
