"""Whole numbers are drawn small where data hangs on them, and far where they are calculated with."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge.claim import Binder, Claim, Env
from leanmirror.spec.judge.draws import Draws, Seeded
from leanmirror.spec.judge.judgement import TRUE, Judgement, truth
from leanmirror.spec.judge.search import run, satisfying
from leanmirror.spec.judge.seen import Seen
from leanmirror.spec.judge.source import Source
from leanmirror.spec.judge.types import IntT, NatT, Type, VecT
from leanmirror.spec.judge.whole_numbers import Reach


def made(
    types: dict[str, Any], reach: dict[str, Reach], named: tuple[int, ...] = (), part: Any = lambda _: TRUE
) -> Claim:
    binders = tuple(Binder(name, of if callable(of) else _constant(of)) for name, of in types.items())
    return Claim("t", binders, (("p", part),), constants=tuple(map(Fraction, named)), reach=reach)


def _constant(of_type: Type) -> Any:
    return lambda _: of_type


def drawn(claim: Claim, count: int = 200) -> list[dict[str, Any]]:
    source, seen = Source(Seeded(0), constants=claim.constants), Seen(claim)
    found = []
    for index in range(count):
        example, _ = satisfying(claim, source, index, 50, seen)
        if example is not None:
            seen.met(example)
            found.append(dict(example.values))
    return found


def test_data_hangs_on_small_sizes_only() -> None:
    claim = made({"n": NatT(), "x": lambda env: VecT(env["n"])}, {"n": Reach.PLAIN}, (1000, 7))
    sizes = {values["n"] for values in drawn(claim)}
    assert {0, 1, 2, 3, 4, 7, 8} == sizes


def test_what_is_calculated_with_goes_far_and_keeps_0_and_1() -> None:
    values = [each["n"] for each in drawn(made({"n": NatT()}, {"n": Reach.PLAIN}, (1000,)))]
    assert {0, 1, 999, 1000, 1001, 2000} <= set(values)
    assert max(values) > 10**6


def test_integers_have_both_signs() -> None:
    values = [each["z"] for each in drawn(made({"z": IntT()}, {"z": Reach.PLAIN}, (50,)))]
    assert {50, -50, 0} <= set(values)


def test_exponents_reach_the_numbers_that_are_named() -> None:
    values = [each["n"] for each in drawn(made({"n": NatT()}, {"n": Reach.EXPONENT}, (2**24,)))]
    assert {24, 25, 26} <= set(values)
    assert max(values) <= 400


def test_without_a_word_numbers_stay_small() -> None:
    values = [each["n"] for each in drawn(made({"n": NatT()}, {}))]
    assert max(values) <= 12


def test_what_asks_for_too_much_is_drawn_small_from_then_on() -> None:
    def part(env: Env) -> Judgement:
        if env["n"] > 7:
            raise Unsupported("too much")
        return truth(True)

    found = run(made({"n": NatT()}, {"n": Reach.PLAIN}, (1000,), part))
    assert (100, True, 0) == (found.examples, found.satisfied >= 99, found.undecided)
    with pytest.raises(Unsupported, match="too much"):
        run(made({"n": NatT()}, {}, (), lambda _: part({"n": 8})))


def test_the_same_example_is_not_taken_twice_while_there_are_others() -> None:
    values = [each["n"] for each in drawn(made({"n": NatT()}, {"n": Reach.PLAIN}, (1000,)), 100)]
    assert len(set(values)) > 75


class Least(Draws):
    """The simplest choice each time."""

    def integer(self, low: int, high: int) -> int:
        return low

    def choice(self, values: Any) -> Any:
        return values[0]

    def weighted(self, values: Any, weights: Any) -> Any:
        return values[0]


def test_three_choices_are_enough_to_draw_with() -> None:
    draws = Least()
    assert (False, 0, [1, 2]) == (draws.chance(0.5), draws.bits(3), draws.sample([1, 2, 3], 2))
    assert 0 == NatT().draw(Source(draws, draws, index=4, plain=True))
    values = [3, 1, 2]
    draws.shuffle(values)
    assert [3, 1, 2] == values
