"""Moves from examples at which an inequality nearly fails: what is false in a small region is found so."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction

from leanmirror.spec.judge.draws import Draws
from leanmirror.spec.judge.examples import Example
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.judge.kinks import moved, places

KEPT = 6
MOVES = 12
ORDERS = frozenset(("<", "≤", ">", "≥"))
STEPS = tuple(Fraction(1, 1 << k) for k in (0, 1, 2, 3, 6, 12))

Judge = Callable[[Example], list[Judgement] | None]
"""The judgements of the parts at an example; None where a hypothesis does not hold."""


@dataclass(slots=True)
class Closest:
    """The examples at which an inequality was nearest to failing, the nearest first."""

    kept: list[tuple[float, Example]] = field(default_factory=list)

    def see(self, example: Example, found: list[Judgement]) -> None:
        """Take in an example that no part failed at."""
        distance = margin(found)
        if distance is None or any(distance == other for other, _ in self.kept):
            return
        self.kept = sorted([*self.kept, (distance, example)], key=lambda each: each[0])[:KEPT]

    def moves(self, judge: Judge, rng: Draws) -> Iterator[tuple[Example, list[Judgement]]]:
        """Examples near these that meet the hypotheses; a step is kept where it comes nearer."""
        for start, base in self.kept:
            here, distance = base, start
            at = places(base)
            for _ in range(MOVES if at else 0):
                name, j = rng.choice(at)
                step = rng.choice((1, -1)) * rng.choice(STEPS) * rng.choice((1, max(1, round(1 / distance))))
                there = moved(here, name, j, step)
                found = judge(there)
                if found is None:
                    continue
                yield there, found
                closer = margin(found)
                if closer is not None and closer < distance:
                    here, distance = there, closer


def margin(found: list[Judgement]) -> float | None:
    """How far apart the sides of the tightest inequality are, against their size; None without one."""
    tightest: float | None = None
    for judgement in found:
        if judgement.relation not in ORDERS or judgement.lhs is None or judgement.rhs is None:
            continue
        apart = float(abs(judgement.lhs - judgement.rhs))
        whole = float(abs(judgement.lhs) + abs(judgement.rhs))
        ratio = max(apart / whole if 0 < whole < float("inf") else 0.0, 1e-9)
        tightest = ratio if tightest is None else min(tightest, ratio)
    return tightest
