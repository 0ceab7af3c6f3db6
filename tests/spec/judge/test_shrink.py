"""Counterexamples become small, by a measure that falls, and are not lost when time runs out."""

from __future__ import annotations

import time
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import pytest

from leanmirror.spec.judge.claim import Claim, claim
from leanmirror.spec.judge.comparison import less
from leanmirror.spec.judge.examples import Example
from leanmirror.spec.judge.judgement import Judgement, truth
from leanmirror.spec.judge.patience import PATIENCE
from leanmirror.spec.judge.search import run
from leanmirror.spec.judge.shrink import measure
from leanmirror.spec.judge.types import (
    BoolT,
    FinsetT,
    FinT,
    IntT,
    ListT,
    NatT,
    PiT,
    ProdT,
    PropT,
    RealT,
    Type,
    VecT,
)


def found(statement: Callable[..., Judgement], **binders: Any) -> dict[str, Any]:
    verdict = run(claim("t", statement, **binders))
    assert "refuted" == verdict.verdict
    assert verdict.counterexample is not None
    return dict(verdict.counterexample.example.values)


@pytest.mark.parametrize(
    ("of_type", "statement", "smallest"),
    [
        (NatT(), lambda x: truth(x < 2), 2),
        (IntT(), lambda x: truth(x > -2), -2),
        (IntT(), lambda x: truth(abs(x) < 2), 2),
        (BoolT(), lambda x: truth(x is None), False),
        (PropT(), lambda x: truth(x is None), True),
        (FinT(7), lambda x: truth(x < 2), 2),
        (ListT(NatT()), lambda x: truth(sum(x) < 2), [2]),
        (ListT(BoolT()), lambda x: truth(len(x) < 2), [False, False]),
        (FinsetT(NatT()), lambda x: truth(len(x) < 2), [0, 1]),
        (ProdT(NatT(), IntT()), lambda x: truth(x[1] > -2), (0, -2)),
        (PiT(3, NatT()), lambda x: truth(x[1] < 2), [0, 2, 0]),
        (VecT(3), lambda x: less(x[1], 1), [0, 1, 0]),
        (RealT(), lambda x: less(x, 1), 1),
    ],
)
def test_values_become_the_smallest(
    of_type: Type, statement: Callable[..., Judgement], smallest: Any
) -> None:
    assert {"x": smallest} == found(statement, x=of_type)


def test_a_variable_on_which_a_type_hangs_keeps_its_value_or_is_drawn_again() -> None:
    values = found(lambda n, x: truth(n < 2), n=NatT(), x=lambda n: VecT(n))
    assert {"n": 2, "x": [0, 0]} == values


@pytest.mark.parametrize("value", [0, 1, 5, -1, -4, 100, -(10**20)])
def test_simpler_values_are_smaller(value: int) -> None:
    def size(x: Any, of_type: Type) -> Any:
        return measure(Example({"x": of_type}, {"x": x}))

    cases: list[tuple[Type, Any]] = [
        *((IntT(), value), (NatT(), abs(value)), (RealT(), Fraction(value, 3))),
        (ListT(IntT()), [value, 1, value]),
    ]
    for of_type, x in cases:
        assert all(size(y, of_type) < size(x, of_type) for y in of_type.simpler(x))
        assert bool(value) <= any(True for _ in of_type.simpler(x))


def slow(after: int) -> Claim:
    """A false claim that takes a tenth of a second from its counterexample on."""
    judged = [0]

    def statement(x: Any, y: Any) -> Judgement:
        judged[0] += 1
        if judged[0] > after:
            time.sleep(0.1)
        return less(x, 1)

    return claim("slow", statement, x=RealT(), y=VecT(6))


def test_a_call_for_haste_ends_the_shrinking_only() -> None:
    PATIENCE.begin()
    PATIENCE.hurry()
    verdict = run(slow(10**6))
    assert "refuted" == verdict.verdict
    assert verdict.counterexample is not None
    assert 0 == verdict.counterexample.shrinks
    PATIENCE.begin()
    verdict = run(slow(10**6))
    assert verdict.counterexample is not None
    assert 0 < verdict.counterexample.shrinks


def test_what_is_late_is_not_begun_or_is_left() -> None:
    reached: list[int] = []

    def work() -> None:
        reached.append(2)
        PATIENCE.hurry()
        reached.append(3)

    PATIENCE.begin()
    PATIENCE.hurry()
    PATIENCE.spend(lambda: reached.append(1))
    PATIENCE.begin()
    PATIENCE.spend(work)
    PATIENCE.begin()
    assert [2] == reached
