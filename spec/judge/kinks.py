"""Finding kinks instead of hoping for them.

A statement is run on traced numbers, which write down the operand of every branch, root, logarithm
and inverse. One coordinate is moved by 1 and the run repeated; an operand that moved is solved for
0 as if it were affine. Where it is, the new example lies exactly on the kink.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from functools import partial

from flint import arb

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.scalars.traced import Traced
from leanmirror.spec.errors import LeanMirrorError
from leanmirror.spec.judge.balls import ball, realize
from leanmirror.spec.judge.claim import Claim, Env
from leanmirror.spec.judge.examples import Example
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.judge.precision import precision
from leanmirror.spec.judge.source import Source

MAX_DENOMINATOR_BITS = 300
KEPT = 3
MOVED = 3
"""Coordinates that are moved, one after the other, until an example on a kink serves."""

HOPELESS = 3
SELDOM = 5
FRUITLESS = 6
"""After moves of one variable without a kink others are moved; one that moves no operand counts twice."""


Statements = Sequence[Callable[[Env], Judgement]]


def at_a_kink(claim: Claim, example: Example, source: Source) -> Iterator[Example]:
    """Up to a few examples moved along one coordinate so that some operand of the claim becomes 0.

    Now and then one is moved past it by as much again: what a branch decides shows beyond it. A claim
    whose runs met no operand at all a few times is searched seldom.
    """
    if source.kinkless >= HOPELESS and source.index % SELDOM:
        return
    statements = [*(part for _, part in claim.parts), *(h.holds for h in claim.hypotheses)]
    here = operands(statements, example)
    source.kinkless = 0 if any(map(_apart, here)) else source.kinkless + 1
    for step, move in _solved(statements, here, example, source):
        yield move(step * source.rng.choice((1, 1, 1, 2)))


def meeting(claim: Claim, example: Example, source: Source) -> Iterator[Example]:
    """Up to a few examples moved along one coordinate so that some hypothesis holds with equality."""
    statements = [h.holds for h in claim.hypotheses]
    for step, move in _solved(statements, operands(statements, example), example, source):
        yield move(step)


def _solved(
    statements: Statements, here: Sequence[Scalar], example: Example, source: Source
) -> Iterator[tuple[Fraction, Callable[[Fraction], Example]]]:
    movable = places(example)
    if not movable or not any(map(_apart, here)):
        return
    if all(source.fruitless.get(name, 0) >= FRUITLESS for name, _ in movable):
        source.fruitless.clear()
    movable = [(name, j) for name, j in movable if source.fruitless.get(name, 0) < FRUITLESS]
    for name, j in source.rng.sample(movable, min(MOVED, len(movable))):
        there = operands(statements, moved(example, name, j, Fraction(1)))
        steps = _steps(here, there)
        unmoved = all(isinstance(a, arb) and a == b for a, b in zip(here, there, strict=False))
        source.kinked |= bool(steps)
        source.fruitless[name] = 0 if steps else source.fruitless.get(name, 0) + (2 if unmoved else 1)
        source.rng.shuffle(steps)
        for step in steps[:KEPT]:
            yield step, partial(moved, example, name, j)


def places(example: Example) -> list[tuple[str, int]]:
    """The real coordinates of an example: variable and number."""
    return [(name, j) for name in example.values for j in range(_count(example, name))]


def _count(example: Example, name: str) -> int:
    return sum(isinstance(x, Fraction) for x in example.types[name].reals(example.values[name]))


def _steps(here: Sequence[Scalar], there: Sequence[Scalar]) -> list[Fraction]:
    """The exact dyadic steps that an affine operand needs to become 0."""
    found: dict[Fraction, None] = {}
    for a, b in zip(here, there, strict=False):
        if not (isinstance(a, arb) and isinstance(b, arb)) or not (b - a != 0 and a != 0):
            continue
        step = -a / (b - a)
        if step.is_exact():
            man, exponent = step.man_exp()
            if abs(int(exponent)) <= MAX_DENOMINATOR_BITS:
                found[Fraction(int(man)) * Fraction(2) ** int(exponent)] = None
    return list(found)


def _apart(operand: Scalar) -> bool:
    """It is not 0 already, as the difference of two sides is that are equal: then it may become 0."""
    return isinstance(operand, arb) and bool(operand != 0)


def moved(example: Example, name: str, j: int, step: Fraction) -> Example:
    """The example with a step along one coordinate."""
    of_type, value = example.types[name], example.values[name]
    entries = [x + step if i == j else x for i, x in enumerate(of_type.reals(value))]
    return replace(example, values={**example.values, name: of_type.with_reals(value, iter(entries))})


def operands(statements: Statements, example: Example) -> list[Scalar]:
    """The operands that decide something when the statements are run at the example."""
    log: list[Scalar] = []

    def entry(x: Scalar) -> Scalar:
        return Traced(ball(x), log) if isinstance(x, Fraction) else x

    env = {name: realize(of_type, example.values[name], entry) for name, of_type in example.types.items()}
    with precision(200):
        for statement in statements:
            try:
                statement(env)
            except (LeanMirrorError, TypeError):  # what cannot be traced has no kinks to offer
                continue
    return log
