"""Analytic functions over balls, duals and germs, against mpmath's values and derivatives."""

from __future__ import annotations

import random
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath as mp  # type: ignore[import-untyped]  # mpmath has no stubs
import pytest
from flint import arb, fmpq

from leanmirror.spec.core import analytic
from leanmirror.spec.core.context import Scalar, inv
from leanmirror.spec.core.scalars.dual import Dual, Singular
from leanmirror.spec.core.scalars.germ import ray
from leanmirror.spec.errors import Undecided
from leanmirror.spec.judge.precision import precision

VALUES: dict[str, Callable[[Any], Any]] = {
    "sin": mp.sin,
    "cos": mp.cos,
    "tan": mp.tan,
    "arctan": mp.atan,
    "arcsin": mp.asin,
    "arccos": mp.acos,
    "arsinh": mp.asinh,
    "arcosh": mp.acosh,
    "artanh": mp.atanh,
    "expm1": mp.expm1,
    "log1p": mp.log1p,
    "erf": mp.erf,
    "erfc": mp.erfc,
    "sinc": mp.sinc,
    "lgamma": lambda x: mp.log(abs(mp.gamma(x))),
    "digamma": mp.digamma,
}


def points(name: str) -> list[Fraction]:
    draws = random.Random(name)
    found = [Fraction(draws.randint(-900, 900), 1024) for _ in range(12)]
    if name == "arcosh":
        return [2 + abs(x) for x in found]
    return [4 * x + Fraction(1, 4096) for x in found] if name in ("lgamma", "digamma") else found


def number(x: Scalar) -> Any:
    return mp.mpf(arb(x).mid().str(50, radius=False))


@pytest.mark.parametrize("name", VALUES)
def test_values_derivatives_and_series(name: str) -> None:
    f, wanted = getattr(analytic, name), VALUES[name]
    with precision(200), mp.workdps(60):
        for x in points(name):
            ball, at = analytic.as_ball(x), mp.mpf(x.numerator) / x.denominator
            dual, germ = f(Dual(ball, {0: 1})), f(ray(ball, 1))
            value, slope, bend = wanted(at), mp.diff(wanted, at), mp.diff(wanted, at, 2) / 2
            assert abs(value - number(f(ball))) < mp.mpf(10) ** -45 * max(1, abs(value))
            assert abs(value - number(dual.val)) < mp.mpf(10) ** -45 * max(1, abs(value))
            assert abs(slope - number(dual.tan[0])) < mp.mpf(10) ** -25 * max(1, abs(slope))
            assert abs(slope - number(germ.terms.get(1, [0])[0])) < mp.mpf(10) ** -20 * max(1, abs(slope))
            assert abs(bend - number(germ.terms.get(2, [0])[0])) < mp.mpf(10) ** -15 * max(1, abs(bend))


def test_outside_of_the_domain_values_are_mathlibs() -> None:
    assert analytic.arcsin(arb(2)).overlaps(arb.pi() / 2)
    assert analytic.arccos(arb(-2)).overlaps(arb.pi())
    assert analytic.log1p(arb(-3)).overlaps(arb(2).log())
    assert analytic.log1p(arb(-1)) == 0
    assert analytic.pow_(arb(0), arb(0)) == 1
    assert analytic.pow_(arb(-8), arb(2)).overlaps(arb(64))


def test_sinc_has_no_tie_at_zero() -> None:
    assert analytic.sinc(Dual(arb(0), {0: 1})).tan[0] == 0
    assert analytic.sinc(ray(arb(0), 1)).terms[2][0].overlaps(-arb(1) / 6)


@pytest.mark.parametrize("angle", [(0, 1), (1, 1), (1, 0), (1, -1), (-1, 0), (-1, -1), (-2, 1)])
def test_atan2_is_smooth_off_the_negative_axis(angle: tuple[int, int]) -> None:
    y, x = map(arb, angle)
    found = analytic.atan2(Dual(y, {0: 1}), Dual(x, {1: 1}))
    radius = x * x + y * y
    assert found.val.overlaps(arb.atan2(y, x))
    assert arb(found.tan.get(0, 0)).overlaps(x / radius)
    assert arb(found.tan.get(1, 0)).overlaps(-y / radius)


def test_atan2_jumps_at_the_negative_axis() -> None:
    with pytest.raises(Singular):
        analytic.atan2(Dual(arb(0), {0: 1}), Dual(arb(-1), {1: 1}))


def test_a_power_along_a_ray_keeps_its_exponent() -> None:
    assert [Fraction(5, 2)] == list(analytic.pow_(ray(arb(0), 1), fmpq(5, 2)).terms)


def test_a_function_at_the_edge_of_its_domain_is_not_guessed() -> None:
    with pytest.raises(Singular):
        analytic.arcsin(Dual(arb(1), {0: 1}))
    with pytest.raises(Undecided):
        analytic.sin(inv(ray(arb(0), 1)))
