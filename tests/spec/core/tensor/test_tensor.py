"""Tensors, their elementwise operations and folds."""

from __future__ import annotations

import math
from collections.abc import Callable

import pytest

from leanmirror.spec.core import tensor_ops as ops
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.core.tensor.constructors import fill
from leanmirror.spec.core.tensor.core import Tensor, get, get2, replicate
from leanmirror.spec.core.tensor_reduction_shape import reductions
from leanmirror.spec.core.tensor_reduction_shape.shape_change import flattenSpec, unflattenSpec
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.nn_core.numeric import MathFunctions, Numbers
from leanmirror.spec.proofs.tensor import algebra
from leanmirror.spec.proofs.tensor.basic.folds import dot

T = Tensor(Shape((2, 3)), [1, 2, 3, 4, 5, 6])


@pytest.mark.parametrize(
    ("dims", "size"), [((), 1), ((3,), 3), ((2, 3), 6), ((0,), 0), ((3, 0), 0), ((2, 3, 4), 24)], ids=str
)
def test_size_of_a_shape(dims: tuple[int, ...], size: int) -> None:
    assert size == Shape(dims).size


def test_indexing_is_row_major() -> None:
    assert [4, 5, 6] == get(T, 1).entries
    assert [[1, 2, 3], [4, 5, 6]] == [[get2(T, i, j) for j in range(3)] for i in range(2)]
    assert 6 == get(T, 1).vecGet(2)
    with pytest.raises(ShapeError, match="has no part 2"):
        get(T, 2)


def test_flattening_keeps_the_order_and_inverts() -> None:
    flat = flattenSpec(T)
    assert Tensor(Shape((6,)), [1, 2, 3, 4, 5, 6]) == flat
    assert T == unflattenSpec(T.shape, flat)
    assert Tensor(Shape((1,)), [7]) == flattenSpec(Tensor.scalar(7))
    with pytest.raises(ShapeError, match=r"\.dim 6 \.scalar where \.dim 4 \.scalar is needed"):
        unflattenSpec(Shape((2, 2)), flat)


def test_a_tensor_has_as_many_entries_as_its_shape() -> None:
    with pytest.raises(ShapeError, match="1 entries where 2 are needed"):
        Tensor(Shape((2,)), [1])
    with pytest.raises(ShapeError, match=r"where \.scalar is needed"):
        T.toScalar()
    with pytest.raises(ShapeError, match="castShape"):
        Tensor.castShape(Shape((3, 2)), T)


def test_fill_and_replicate() -> None:
    assert Tensor(Shape((2,)), [7, 7]) == fill(7, Shape((2,)))
    assert Tensor(Shape((0, 2)), []) == replicate(Shape((0, 2)), Tensor.ofScalar(1))
    assert Tensor.scalar(1) == replicate(Shape(()), Tensor.scalar(1))


def test_binary_operations_need_equal_shapes() -> None:
    assert [2, 4, 6, 8, 10, 12] == ops.addSpec(T, T).entries
    assert [0] * 6 == ops.subSpec(T, T).entries
    assert [1, 4, 9, 16, 25, 36] == ops.mulSpec(T, T).entries
    assert [1] * 6 == ops.divSpec(T, T).entries
    with pytest.raises(ShapeError, match=r"\.dim 6 \.scalar where \.dim 2 \(\.dim 3 \.scalar\) is needed"):
        ops.addSpec(T, flattenSpec(T))


UNARY: list[tuple[Callable[[Tensor], Tensor], float, float]] = [
    (ops.squareSpec, -3.0, 9.0),
    (ops.sqrtSpec, 4.0, 2.0),
    (ops.sqrtSpec, -4.0, 0.0),
    (ops.absSpec, -3.0, 3.0),
    (ops.logSpec, 1.0, 0.0),
    (ops.expSpec, 0.0, 1.0),
    (ops.negSpec, 2.0, -2.0),
    (ops.invSpec, 4.0, 0.25),
    (ops.invSpec, 0.0, math.inf),
    (ops.signSpec, -2.0, -1),
    (ops.signSpec, 0.0, 0),
    (ops.signSpec, math.nan, 0),
    (ops.signSpec, 5.0, 1),
    (ops.coshSpec, 0.0, 1.0),
    (ops.sinhSpec, 0.0, 0.0),
]


@pytest.mark.parametrize(("f", "x", "y"), UNARY, ids=lambda v: getattr(v, "__name__", str(v)))
def test_unary_operations(f: Callable[[Tensor], Tensor], x: float, y: float) -> None:
    assert Tensor(Shape((1,)), [y]) == f(Tensor(Shape((1,)), [x]))


def test_scaling_multiplies_from_the_right() -> None:
    assert [2, 4, 6, 8, 10, 12] == ops.scaleSpec(T, 2).entries


def test_folds() -> None:
    assert (21, 720, 6) == (reductions.sumSpec(T), reductions.prodSpec(T), reductions.countSpec(T))
    assert (91, 91, 91) == (reductions.dotSpec(T, T), dot(T, T), algebra.dot(T, T))
    empty = Tensor(Shape((0,)), [])
    assert (0, 1, True, False) == (
        reductions.sumSpec(empty),
        reductions.prodSpec(empty),
        reductions.allSpec(lambda _: False, empty),
        reductions.anySpec(lambda _: True, empty),
    )
    assert (False, True) == (reductions.allSpec(lambda x: x > 1, T), reductions.anySpec(lambda x: x > 5, T))
    assert [1, 2, 3, 4, 5, 6] == reductions.tensorFoldlSpec(lambda acc, x: [*acc, x], [], T)


def test_sums_of_floats_are_plain_left_folds() -> None:
    """A compensated sum would give 2."""
    t = Tensor(Shape((4,)), [1.0, 1e100, 1.0, -1e100])
    ones = fill(1.0, t.shape)
    assert (0.0, 0.0, 0.0) == (reductions.sumSpec(t), dot(t, ones), algebra.dot(t, ones))


def test_vectors() -> None:
    assert [1, 2] == algebra.toVec(algebra.ofVec([1, 2]))
    with pytest.raises(ShapeError, match="where a vector"):
        algebra.toVec(T)
    with pytest.raises(ShapeError, match="is needed"):
        algebra.dot(T, flattenSpec(T))


def test_constants_and_functions_of_the_scalar_classes() -> None:
    assert [-0.5, -1, 0.1, 0.5, 1, 0, 2, 3, 4, 5, 10, math.log(10), math.log(10000), 1e-6] == [
        constant(1.0)
        for constant in (
            Numbers.neg_point_five,
            Numbers.neg_one,
            Numbers.pointone,
            Numbers.pointfive,
            Numbers.one,
            Numbers.zero,
            Numbers.two,
            Numbers.three,
            Numbers.four,
            Numbers.five,
            Numbers.ten,
            Numbers.log10,
            Numbers.log10000,
            Numbers.epsilon,
        )
    ]
    assert [math.exp(2), math.tanh(2), math.cosh(2), math.sqrt(2), 2, math.log(2), math.pi, math.sinh(2)] == [
        f(2.0)
        for f in (
            MathFunctions.exp,
            MathFunctions.tanh,
            MathFunctions.cosh,
            MathFunctions.sqrt,
            MathFunctions.abs,
            MathFunctions.log,
            MathFunctions.pi,
            MathFunctions.sinh,
        )
    ]
