"""The scalar kinds: Lean's total functions over ℝ, IEEE over floats, and nothing guessed."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from flint import arb, fmpq
from hypothesis import given
from hypothesis import strategies as st
from mpmath import mp  # type: ignore[import-untyped]  # mpmath has no stubs

from leanmirror.spec.core import context as c
from leanmirror.spec.core.scalars.dual import Dual, Singular
from leanmirror.spec.core.scalars.form import NotLinear, coefficients, coordinates
from leanmirror.spec.core.scalars.germ import Germ, ray
from leanmirror.spec.errors import BadInput, Undecided
from leanmirror.spec.judge.precision import precision

REALS: dict[str, Callable[[Any], Any]] = {"mpf": mp.mpf, "ball": arb, "dual": lambda x: Dual(arb(x), {0: 1})}


@pytest.mark.parametrize("real", [mp.mpf, arb, Fraction, int], ids=["mpf", "ball", "Fraction", "int"])
def test_real_functions_are_total(real: Callable[[int], Any]) -> None:
    assert c.div(real(3), real(0)) == 0
    assert c.inv(real(0)) == 0
    assert c.log(real(0)) == 0
    assert c.log(real(-1)) == 0
    assert c.sqrt(real(-4)) == 0
    assert c.sqrt(real(4)) == 2
    assert c.sign(real(0)) == 0
    assert (c.sign(real(-5)), c.sign(real(5))) == (-1, 1)


@pytest.mark.parametrize("f", [c.exp, c.log, c.tanh, c.sinh, c.cosh, c.sqrt, c.abs_, c.inv])
@given(x=st.floats(-20, 20, allow_nan=False).filter(lambda x: abs(x) > 1e-3))
def test_kinds_agree(f: Callable[[Any], Any], x: float) -> None:
    with precision(200), mp.workdps(50):
        value = mp.mpf(f(mp.mpf(x)))
        assert abs(f(arb(x)) - arb(str(value))) <= arb("1e-40") * (1 + abs(f(arb(x))))
        assert f(Dual(arb(x), {0: 1})).val.overlaps(f(arb(x)))
        if x > 0:
            assert math.isclose(float(value), f(x), rel_tol=1e-13)


@pytest.mark.parametrize("f", [c.exp, c.log, c.tanh, c.sinh, c.cosh, c.sqrt, c.abs_, c.inv, lambda x: x**3])
@pytest.mark.parametrize("x", [-3, -1, 1, 2, 5])
def test_a_dual_carries_the_slope(f: Callable[[Any], Any], x: int) -> None:
    with precision(400):
        h = arb((1, -100))
        slope = f(Dual(arb(x), {0: 1})).tan.get(0, 0)
        quotient = (f(x + h) - f(x - h)) / (2 * h)
        assert abs(quotient - slope) < arb((1, -150))


def test_floats_are_ieee() -> None:
    assert math.inf == c.inv(0.0)
    assert -math.inf == c.div(-1.0, 0.0)
    assert math.isnan(c.div(0.0, 0.0))
    assert -math.inf == c.log(0.0)
    assert math.isnan(c.log(-1.0))
    assert math.isnan(c.sqrt(-1.0))
    assert math.inf == c.exp(1000.0)
    assert math.isnan(c.max_(math.nan, 0.0))
    assert c.max_(1.0, math.nan) == 1.0


def test_balls_that_overlap_are_undecided() -> None:
    wide = arb(0, 1)
    for question in (c.lt, c.le, c.eq, c.gt, c.ge, c.div):
        with pytest.raises(Undecided):
            question(wide, wide)
    for f in (c.log, c.sign, c.inv):
        with pytest.raises(Undecided):
            f(wide)
    assert c.max_(wide, 0).overlaps(arb(1))


def test_constants_are_exact_rationals() -> None:
    with precision(300):
        assert c.rational(arb(1), 44715, 1000000).overlaps(arb(44715) / 1000000)
        assert c.rational(arb(1), 1, 1000000).rad() < arb((1, -290))
    assert Fraction(1, 3) == c.rational(Fraction(1), 1, 3)
    assert fmpq(1, 3) == c.div(1, 3)


@pytest.mark.parametrize(
    "use",
    [math.exp, np.exp, lambda x: 1 / x, lambda x: x > 0, abs, lambda x: x if x else 0, lambda x: x**0.5],
    ids=["math.exp", "np.exp", "/", ">", "abs", "bool", "** 0.5"],
)
def test_what_python_offers_by_itself_is_refused_with_the_way_out(use: Callable[[Any], Any]) -> None:
    with pytest.raises(BadInput, match=r"leanmirror\.spec\.core\.context"):
        use(Dual(arb(2), {0: 1}))


def test_kinds_that_cannot_mix_say_so() -> None:
    with pytest.raises(BadInput, match="cannot be mixed"):
        c.max_(arb(1), mp.mpf(1))
    with pytest.raises(BadInput, match="str is not a scalar"):
        c.exp("1")
    with pytest.raises(BadInput, match="not rational"):
        c.exp(Fraction(1))


def test_a_dual_at_a_singular_point_says_so() -> None:
    zero = Dual(arb(0), {0: 1})
    for f in (c.abs_, c.sqrt, c.log, c.inv, c.sign, lambda x: c.max_(x, 0), lambda x: c.lt(x, 0)):
        with pytest.raises(Singular):
            f(zero)


def test_forms_show_linearity() -> None:
    x, y = coordinates(2)
    assert {0: 3, 1: -1} == coefficients(2 * x - y + x)
    assert {} == coefficients(0)
    for wrong in (lambda: x * y, lambda: x + 1, lambda: c.exp(x), lambda: c.div(1, x), lambda: x > 0):
        with pytest.raises(NotLinear):
            wrong()


GERMS = [
    (lambda x: x * x * c.inv(x), {1: [1]}),
    (lambda x: x * x * c.log(x), {2: [0, 1]}),
    (lambda x: x * c.sqrt(x), {Fraction(3, 2): [1]}),
    (lambda x: 0 * c.inv(x), {}),
    (lambda x: c.exp(c.log(x)), {1: [1]}),
    (lambda x: c.max_(x, -x) - x, {}),
    (lambda x: c.inv(x * x), {-2: [1]}),
]


@pytest.mark.parametrize(("f", "terms"), GERMS)
def test_germs_follow_what_happens_at_zero(f: Callable[[Any], Any], terms: dict[Any, list[int]]) -> None:
    found = f(ray(0, 1))
    assert isinstance(found, Germ)
    assert {Fraction(e): p for e, p in terms.items()} == {
        e: [int(float(a)) for a in p] for e, p in found.terms.items()
    }


@pytest.mark.parametrize(
    "f", [lambda x: c.exp(c.inv(x)), lambda x: c.log(c.log(x)), lambda x: c.cosh(c.inv(x))]
)
def test_germs_do_not_guess(f: Callable[[Any], Any]) -> None:
    with pytest.raises(Undecided):
        f(ray(0, 1))
