"""Activations: golden values, kinks, the arguments that Lean swaps, agreement of the scalar kinds."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest
from flint import arb
from mpmath import mp  # type: ignore[import-untyped]  # mpmath has no stubs

from leanmirror.spec.core.shape import Shape
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.layers import activation
from leanmirror.spec.layers.activation import Math

EPSILON = Fraction(1, 1000000)


def vector(*entries: Any) -> Tensor:
    return Tensor(Shape((len(entries),)), list(entries))


GOLDEN = [  # computed apart from this code, to 20 digits
    (Math.geluSpec, 1, "0.84119199060827670478"),
    (Math.geluDerivSpec, 1, "1.0829640838457825551"),
    (Math.geluSpec, -1, "-0.15880800939172329522"),
    (Math.geluDerivSpec, -1, "-0.08296408384578255514"),
    (Math.geluSpec, Fraction(1, 2), "0.34571400982514392204"),
    (Math.geluDerivSpec, Fraction(1, 2), "0.86736990353464231156"),
    (Math.geluDerivSpec, 0, "0.5"),
    (Math.safeLogSpec, 0, "-0.36651147788766412154"),
    (Math.safeLogSpec, 1, "0.27251464196515310451"),
    (Math.safeLogSpec, -1, "-1.1607131831747081688"),
    (Math.safeLogDerivSpec, 0, "0.72134647976149258906"),
    (Math.safeLogDerivSpec, 1, "0.55667353194321277772"),
    (Math.safeLogDerivSpec, -1, "0.85851725113081175157"),
    (Math.smoothAbsSpec, 0, "0.001"),
    (Math.smoothAbsDerivSpec, 0, "0"),
    (Math.sigmoidSpec, 0, "0.5"),
    (Math.sigmoidDerivSpec, 0, "0.25"),
    (Math.swishDerivSpec, 0, "0.5"),
    (Math.softplusSpec, 0, "0.69314718055994530942"),
    (Math.softplusSpec, 800, "800"),
    (Math.logisticSpec, 0, "0.5"),
]


@pytest.mark.parametrize(("f", "x", "value"), GOLDEN, ids=lambda v: getattr(v, "__name__", str(v)))
def test_golden_values(f: Callable[[Any], Any], x: Fraction | int, value: str) -> None:
    with mp.workdps(30):
        assert abs(mp.mpf(value) - f(mp.mpf(x.numerator) / x.denominator)) < mp.mpf("1e-19")


KINKS = [
    (Math.reluSpec, (), 0),
    (Math.reluDerivSpec, (), 0),
    (Math.leakyReluSpec, (5,), 0),
    (Math.leakyReluDerivSpec, (5,), 5),
    (Math.eluSpec, (5,), 0),
    (Math.eluDerivSpec, (5,), 5),
    (Math.smoothAbsSpec, (0,), 0),
    (Math.smoothAbsDerivSpec, (0,), 0),
]


@pytest.mark.parametrize(("f", "more", "value"), KINKS, ids=lambda v: getattr(v, "__name__", str(v)))
def test_values_at_the_kink(f: Callable[..., Any], more: tuple[int, ...], value: int) -> None:
    """Over ℝ: IEEE has no 0 / 0."""
    for zero in (0, Fraction(0), mp.mpf(0), arb(0)):
        assert value == f(zero, *more)


SCALAR: list[Callable[..., Any]] = [
    Math.reluSpec,
    Math.reluDerivSpec,
    Math.sigmoidSpec,
    Math.sigmoidDerivSpec,
    Math.tanhSpec,
    Math.tanhDerivSpec,
    Math.sinhSpec,
    Math.sinhDerivSpec,
    Math.coshSpec,
    Math.coshDerivSpec,
    Math.logisticSpec,
    Math.logisticDerivSpec,
    Math.geluSpec,
    Math.geluDerivSpec,
    Math.swishSpec,
    Math.swishDerivSpec,
    Math.softplusSpec,
    Math.softplusDerivSpec,
    Math.safeLogSpec,
    Math.safeLogDerivSpec,
    Math.smoothAbsSpec,
    Math.smoothAbsDerivSpec,
]
WITH_SLOPE: list[Callable[..., Any]] = [
    Math.eluSpec,
    Math.eluDerivSpec,
    Math.leakyReluSpec,
    Math.leakyReluDerivSpec,
]


@pytest.mark.parametrize("f", SCALAR + WITH_SLOPE, ids=lambda f: f.__name__)
@pytest.mark.parametrize("x", [Fraction(-5, 2), Fraction(-1, 8), Fraction(3, 4), Fraction(3)], ids=str)
def test_every_scalar_kind_agrees(f: Callable[..., Any], x: Fraction) -> None:
    more = (Fraction(1, 4),) if f in WITH_SLOPE else ()
    args = (x, *more)
    with mp.workdps(40):
        real = f(*(mp.mpf(a.numerator) / a.denominator for a in args))
        text = mp.nstr(real, 40)
    ball = f(*(arb(a.numerator) / a.denominator for a in args))
    assert math.isclose(float(real), f(*map(float, args)), rel_tol=1e-14)
    assert abs(ball - arb(text)) < arb("1e-14")


def test_rational_values_stay_rational() -> None:
    x = Fraction(-3, 7)
    assert 0 == Math.reluSpec(x)
    assert Fraction(-3, 14) == Math.leakyReluSpec(x, Fraction(1, 2))
    assert (3, 5) == (Math.smoothAbsSpec(0, 9), Math.smoothAbsSpec(4, 9))


def test_default_epsilon_is_a_millionth() -> None:
    for f in (Math.safeLogSpec, Math.safeLogDerivSpec, Math.smoothAbsSpec, Math.smoothAbsDerivSpec):
        assert f(0.75, float(EPSILON)) == f(0.75)
    assert activation.safeLogSpec(vector(0.75), 1e-6) == activation.safeLogSpec(vector(0.75))


def test_tensor_elu_and_leaky_relu_swap_their_arguments() -> None:
    """Lean maps `Math.eluSpec alpha`: the entry becomes the slope, alpha the argument."""
    t = vector(-2.0, 3.0)
    assert [2.0, 2.0] == activation.eluSpec(t, 2.0).entries
    assert [Math.eluSpec(-1.0, a) for a in t.entries] == activation.eluSpec(t, -1.0).entries
    assert [Math.eluDerivSpec(-1.0, a) for a in t.entries] == activation.eluDerivSpec(t, -1.0).entries
    assert [1, 1] == activation.eluDerivSpec(t, 2.0).entries
    assert [2.0, -3.0] == activation.leakyReluSpec(t, -1.0).entries
    assert [-2.0, 3.0] == activation.leakyReluDerivSpec(t, -1.0).entries


def test_softmax_of_a_scalar_tensor_is_constant() -> None:
    x, g = Tensor.scalar(7), Tensor.scalar(5)
    assert Tensor.scalar(1) == activation.softmaxSpec(x)
    assert Tensor.scalar(0) == activation.softmaxBackwardSpec(x, g)
    assert Tensor.scalar(0) == activation.logSoftmaxSpec(x)
    assert Tensor.scalar(0) == activation.logSoftmaxBackwardSpec(x, g)
    assert Tensor.scalar(0) == activation.logSoftmaxJvpSpec(x, g)


def test_softmax_acts_on_the_last_axis() -> None:
    t = Tensor(Shape((2, 3)), [0.0, 0.0, 0.0, 5.0, 5.0, 5.0])
    third = 1.0 / 3.0
    assert Tensor(Shape((2, 3)), [third] * 6) == activation.softmaxSpec(t)
    assert Tensor(Shape((2, 1)), [1.0, 1.0]) == activation.softmaxSpec(Tensor(Shape((2, 1)), [4.0, -9.0]))


@pytest.mark.parametrize("dims", [(0,), (0, 3), (3, 0), (2, 0, 2)], ids=str)
def test_softmax_of_empty_tensors_is_empty(dims: tuple[int, ...]) -> None:
    empty = Tensor(Shape(dims), [])
    assert empty == activation.softmaxSpec(empty)
    assert empty == activation.logSoftmaxSpec(empty)
    assert empty == activation.softmaxBackwardSpec(empty, empty)
    assert empty == activation.logSoftmaxBackwardSpec(empty, empty)


def test_softmax_backward_takes_logits_and_log_softmax_backward_the_output() -> None:
    x, g = vector(arb(0), arb(1)), vector(arb(1), arb(0))
    y = activation.softmaxVecSpec(x).entries
    back = activation.softmaxBackwardSpec(x, g).entries
    assert back[0].overlaps(y[0] * (1 - y[0]))
    out = activation.logSoftmaxSpec(x)
    log_back = activation.logSoftmaxBackwardSpec(out, g).entries
    assert [True, True] == [
        log_back[0].overlaps(1 - y[0]),
        log_back[1].overlaps(-y[1]),
    ]


def test_maximum_needs_an_entry_and_rank_one() -> None:
    assert 4 == activation.maxVecSpec(vector(3, 4, -1)).toScalar()
    with pytest.raises(ShapeError, match="0 entries where at least 1"):
        activation.maxVecSpec(vector())
    with pytest.raises(ShapeError, match=r"\.scalar where a vector"):
        activation.softmaxVecSpec(Tensor.scalar(1))


def test_floats_keep_the_order_of_lean() -> None:
    """softplus is exactly 0 from -37 down and does not overflow; logistic is NaN where exp overflows."""
    assert (0.0, 0.0) == (Math.softplusSpec(-37.0), Math.softplusSpec(-800.0))
    assert 710.0 == Math.softplusSpec(710.0)
    assert 0.0 == Math.sigmoidSpec(-800.0)
    assert math.isnan(Math.logisticSpec(800.0))
    assert math.isnan(Math.swishSpec(-math.inf))
    assert math.isnan(Math.geluDerivSpec(1e155))


def test_gradient_helpers() -> None:
    x, g = vector(2, -3), vector(5, 7)
    assert vector(5, 0) == activation.activationGradientSpec(activation.reluDerivSpec, x, g)
    assert vector(-2, -12) == activation.sigmoidOutputDerivSpec(x)


TENSOR_MAPS = [
    (activation.tanhSpec, Math.tanhSpec),
    (activation.reluSpec, Math.reluSpec),
    (activation.sigmoidSpec, Math.sigmoidSpec),
    (activation.reluDerivSpec, Math.reluDerivSpec),
    (activation.sigmoidDerivSpec, Math.sigmoidDerivSpec),
    (activation.tanhDerivSpec, Math.tanhDerivSpec),
    (activation.geluSpec, Math.geluSpec),
    (activation.geluDerivSpec, Math.geluDerivSpec),
    (activation.swishSpec, Math.swishSpec),
    (activation.swishDerivSpec, Math.swishDerivSpec),
    (activation.softplusSpec, Math.softplusSpec),
    (activation.softplusDerivSpec, Math.softplusDerivSpec),
    (activation.safeLogSpec, Math.safeLogSpec),
    (activation.safeLogDerivSpec, Math.safeLogDerivSpec),
    (activation.smoothAbsSpec, Math.smoothAbsSpec),
    (activation.smoothAbsDerivSpec, Math.smoothAbsDerivSpec),
]


@pytest.mark.parametrize(("tensor", "scalar"), TENSOR_MAPS, ids=lambda f: f.__name__)
def test_tensor_functions_map_the_scalar_ones(
    tensor: Callable[[Tensor], Tensor], scalar: Callable[[float], float]
) -> None:
    t = Tensor(Shape((2, 1)), [-1.5, 0.25])
    assert Tensor(Shape((2, 1)), [scalar(-1.5), scalar(0.25)]) == tensor(t)
