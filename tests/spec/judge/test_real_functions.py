"""The functions of the table have the traits that are told of them, and are read back from JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from fractions import Fraction
from itertools import pairwise
from typing import Any

import pytest
from flint import arb

from leanmirror.spec.errors import BadInput, Undecided
from leanmirror.spec.judge.balls import ball
from leanmirror.spec.judge.derivative import ContinuousAt, DifferentiableAt
from leanmirror.spec.judge.draws import Seeded
from leanmirror.spec.judge.precision import precision
from leanmirror.spec.judge.promises import has, kept
from leanmirror.spec.judge.source import Source
from leanmirror.spec.judge.types import FunT, RealT
from leanmirror.spec.judge.types.real_functions import (
    BY_NAME,
    KINKED,
    PROMISED,
    RESTS,
    Adjusted,
    RealFunction,
    Trait,
)

POINTS = [Fraction(n, 8) for n in range(-24, 25)]
REAL_FUNCTION = FunT(RealT(), RealT())


def at(f: RealFunction) -> list[arb]:
    return [arb(f(ball(x))) for x in POINTS]


Values = list[arb]


def added(f: Any) -> bool:
    return all(arb(f(ball(x + y))) == f(ball(x)) + f(ball(y)) for x, y in pairwise(POINTS))


CHECKS: Mapping[Trait, Callable[[Any, Values], bool]] = {
    Trait.CONTINUOUS: lambda f, _: not ContinuousAt(f, RealT(), RealT(), arb(0)).fails,
    Trait.DIFFERENTIABLE: lambda f, _: (
        not any(DifferentiableAt(f, RealT(), RealT(), arb(x)).fails for x in (0, 1))
    ),
    Trait.MONOTONE: lambda _, ys: not any(a > b for a, b in pairwise(ys)),
    Trait.STRICT_MONO: lambda _, ys: all(a < b for a, b in pairwise(ys)),
    Trait.ANTITONE: lambda _, ys: not any(a < b for a, b in pairwise(ys)),
    Trait.STRICT_ANTI: lambda _, ys: all(a > b for a, b in pairwise(ys)),
    Trait.INJECTIVE: lambda _, ys: not any(a == b for i, a in enumerate(ys) for b in ys[:i]),
    Trait.EVEN: lambda _, ys: not any(a != b for a, b in zip(ys, ys[::-1], strict=True)),
    Trait.ODD: lambda _, ys: not any(a != -b for a, b in zip(ys, ys[::-1], strict=True)),
    Trait.ADDITIVE: lambda f, _: added(f),
    Trait.NONNEGATIVE: lambda _, ys: not any(a < 0 for a in ys),
    Trait.POSITIVE: lambda _, ys: all(a > 0 for a in ys),
    Trait.LIPSCHITZ: lambda _, ys: not any(abs(a - b) > arb(1) / 8 for a, b in pairwise(ys)),
}
"""Whether a function may have the trait, from its values."""


def broken(f: Any, trait: Trait) -> bool:
    """The trait certainly fails somewhere among the points, or between two of them."""
    with precision(200):
        return not CHECKS[trait](f, at(f))


@pytest.mark.parametrize("f", [*PROMISED, *RESTS.values()], ids=lambda f: f.name)
def test_a_function_has_its_traits(f: RealFunction) -> None:
    assert set() == {trait for trait in f.traits if broken(f, trait)}


@pytest.mark.parametrize("f", [*KINKED, *RESTS.values()], ids=lambda f: f.name)
def test_all_that_are_continuous_or_differentiable_are_told(f: RealFunction) -> None:
    for trait in (Trait.CONTINUOUS, Trait.DIFFERENTIABLE):
        assert (trait in f.traits) != broken(f, trait)


def test_a_trait_that_is_not_had_is_seen() -> None:
    told = {trait: BY_NAME["cubic"] for trait in Trait if trait not in BY_NAME["cubic"].traits}
    missed = {trait for trait, f in told.items() if not broken(f, trait)}
    assert set() == missed


@pytest.mark.parametrize(("factor", "shift"), [(2, 0), (Fraction(1, 2), 1), (1, -1), (-1, 0), (0, 0), (1, 0)])
@pytest.mark.parametrize("name", ["abs", "tanh", "exp", "twice", "falling"])
def test_adjusted_functions_keep_what_they_have(name: str, factor: Any, shift: Any) -> None:
    f = Adjusted(BY_NAME[name], Fraction(factor), Fraction(shift))
    built: Any = f.build(ball)
    assert f.traits == built.traits
    assert set() == {trait for trait in f.traits if broken(built, trait)}


def test_functions_are_read_back() -> None:
    source = Source(Seeded(0))
    for _ in range(200):
        f = REAL_FUNCTION.draw(source)
        assert f == REAL_FUNCTION.decode(json.loads(json.dumps(REAL_FUNCTION.encode(f))))
    with pytest.raises(BadInput, match="function of the table"):
        REAL_FUNCTION.decode({"function": "no", "factor": "1", "shift": "0"})


@pytest.mark.parametrize("trait", Trait)
def test_a_promise_is_met_by_a_function_that_has_it(trait: Trait) -> None:
    def statement(_: Any) -> Any:
        raise Undecided("not run")

    holds, make = kept("f", trait, statement)
    source, found = Source(Seeded(0)), set()
    for _ in range(40):
        env = {"f": REAL_FUNCTION.draw(source)}
        env |= make(env, source)
        assert has(env["f"], trait)
        assert holds(env).proved
        found.add(str(env["f"].lean))
    assert len(found) >= 5
