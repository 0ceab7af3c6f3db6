"""Pools of numbers: where counterexamples hide."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import log

from leanmirror.spec.judge.draws import Draws

Pool = Callable[[Draws], Fraction]


def _dyadic(rng: Draws, bits: int, scale: int) -> Fraction:
    return Fraction(rng.bits(bits) - (1 << (bits - 1)), 1 << (bits - scale))


def _small(rng: Draws) -> Fraction:
    return Fraction(rng.choice((0, 0, 1, 1, -1, 2, -2, 3, -3)))


def _eighths(rng: Draws) -> Fraction:
    return Fraction(rng.integer(-32, 32), 8)


def _generic(rng: Draws) -> Fraction:
    return _dyadic(rng, 53, 3)


def _unit(rng: Draws) -> Fraction:
    return Fraction(rng.integer(1, 63), 64)


def large(rng: Draws) -> Fraction:
    """A number far from 0."""
    return Fraction(
        rng.choice((-1, 1)) * rng.choice((10, 20, 25, 37, 50, 100, 150)) * 8 + rng.integer(-3, 3), 8
    )


def _tiny(rng: Draws) -> Fraction:
    return rng.choice((-1, 1)) * Fraction(1, 1 << rng.choice((60, 101, 200)))


_CONSTANTS = tuple(Fraction(c) for c in (0, 1, -1, 2, -2, Fraction(1, 2), 3, 10, 20, -20, -37, 38))


def constants(rng: Draws) -> Fraction:
    """A constant that definitions branch on, or a near neighbour."""
    return rng.choice(_CONSTANTS) + rng.choice((0, 0, 1, -1)) * Fraction(1, 1 << rng.choice((1, 10, 60)))


def _positive(rng: Draws) -> Fraction:
    return rng.choice((Fraction(rng.integer(1, 32), 8), abs(_generic(rng)) + Fraction(1, 1024), Fraction(1)))


def _nonzero(rng: Draws) -> Fraction:
    return rng.choice((-1, 1)) * _positive(rng)


def power_of_two(rng: Draws) -> Fraction:
    """Never 0, and what is solved for kinks stays dyadic."""
    return rng.choice((-1, 1)) * Fraction(1 << rng.integer(0, 4), 4)


def _sparse(rng: Draws) -> Fraction:
    return Fraction(0) if rng.chance(0.7) else Fraction(rng.choice((1, -1, 2)))


def zero(rng: Draws) -> Fraction:
    """0."""
    return Fraction(0)


def one(rng: Draws) -> Fraction:
    """1."""
    return Fraction(1)


def one_hot(rng: Draws) -> Fraction:
    """0 or 1, either as often: of two numbers one is mostly 1."""
    return Fraction(rng.integer(0, 1))


def tied(rng: Draws) -> Pool:
    """A pool of one number."""
    value = rng.choice((_small, _eighths, _generic, large))(rng)
    return lambda _: value


def _ramp(start: Pool, step: Pool) -> Callable[[Draws], Pool]:
    """Pools of numbers that go up, or down, each by another step: what comes later lies beyond."""

    def pool(rng: Draws) -> Pool:
        here, sign = [start(rng)], rng.choice((1, 1, -1))

        def following(rng: Draws) -> Fraction:
            here.append(here.pop() + step(rng))
            return sign * here[0]

        return following

    return pool


def _mixed(rng: Draws) -> Fraction:
    return rng.choice((_small, _eighths, _generic, _generic, constants, large, _tiny))(rng)


POOLS: tuple[Pool, ...] = (
    _generic,
    _small,
    large,
    _eighths,
    _nonzero,
    _sparse,
    _mixed,
    constants,
    _tiny,
    _unit,
)
MEETING: tuple[Pool, ...] = (_nonzero, _positive, _generic, _tiny, _small, _sparse)
"""Pools for a further try when a hypothesis was not met."""


def near(constants: tuple[Fraction, ...], rng: Draws) -> Fraction:
    """A number that a statement names or one made of such, its negative, or a near neighbour.

    Numbers that are not dyadic have dyadic neighbours only.
    """
    c = rng.choice(constants)
    match rng.weighted(("one", "double", "half", "sum", "middle", "log"), (70, 4, 6, 5, 8, 7)):
        case "double":
            c = 2 * c
        case "half":
            c = c / 2
        case "sum":
            c = c + rng.choice(constants)
        case "middle":
            c = (c + rng.choice(constants)) / 2
        case "log" if c > 1:
            c = Fraction(round(log(c)) + rng.integer(0, 1))
    if c.denominator & (c.denominator - 1):
        scale = 1 << rng.choice((3, 10, 20, 60))
        return rng.choice((1, 1, 1, -1)) * Fraction(
            c.numerator * scale // c.denominator + rng.integer(0, 1), scale
        )
    nearby = rng.choice((0, 1, -1)) * Fraction(1, 1 << rng.choice((1, 10, 60)))
    return rng.choice((1, 1, -1)) * c + nearby


def beyond(constants: tuple[Fraction, ...], rng: Draws) -> Fraction:
    """A number that is larger than all that the statement names, or its negative."""
    largest = int(max(map(abs, constants))) + 1
    return rng.choice((1, -1)) * (largest * rng.choice((1, 1, 2, 10)) + Fraction(rng.integer(0, 64), 8))


_SHORT = _ramp(lambda rng: Fraction(rng.integer(0, 8), 64), lambda rng: Fraction(rng.integer(1, 8), 64))
_LONG = _ramp(_small, lambda rng: Fraction(rng.integer(1, 24), 8))
RELATED: tuple[Callable[[Draws], Pool], ...] = (
    *((lambda _: zero), _SHORT, tied, _LONG),
    *((lambda _: zero), _SHORT, tied),
)
"""Pools of numbers that are related to each other."""
