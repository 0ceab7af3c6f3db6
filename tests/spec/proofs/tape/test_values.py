"""Values that no contract sees: another linear map, denominator or difference has a contract too."""

from __future__ import annotations

from fractions import Fraction

from flint import arb

from leanmirror.spec.core.shape import Shape
from leanmirror.spec.layers.loss import meanDenom
from leanmirror.spec.proofs.autograd.fderiv.mlp_mse import mse
from leanmirror.spec.proofs.autograd.tape.nodes.arithmetic import invertedDropoutCoeff
from leanmirror.spec.proofs.autograd.tape.nodes.matrix import MatrixLinear

ROWS = [arb(x) for x in (1, 2, 3, 10, 20, 30)]


def test_rows_are_summed_and_averaged_one_by_one() -> None:
    assert [6, 60] == MatrixLinear.rowSumCLM(2, 3)(ROWS)
    assert all(
        mean.contains(arb(x)) for mean, x in zip(MatrixLinear.rowMeanCLM(2, 3)(ROWS), (2, 20), strict=True)
    )
    assert [3, 13, 50] == MatrixLinear.rowSumCLM(3, 2)(ROWS)
    assert [0, 0] == MatrixLinear.rowMeanCLM(2, 0)([])


def test_an_empty_mean_is_divided_by_one() -> None:
    assert [1, 1, 2, 6] == [meanDenom(Shape(dims)) for dims in ((0,), (), (2,), (2, 3))]


def test_what_dropout_keeps_is_divided_by_the_probability() -> None:
    assert [4, 0, 4] == invertedDropoutCoeff([True, False, True], Fraction(1, 4))


def test_the_mean_squared_error_is_of_the_difference() -> None:
    assert arb(2.5) == mse([arb(1), arb(2)], [arb(2), arb(4)])
