"""Whole numbers as data: small ones, those that a statement names, powers, and wide ranges."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from fractions import Fraction
from functools import lru_cache
from math import isqrt

from leanmirror.spec.judge.draws import Draws


class Reach(Enum):
    """How large a whole number may be drawn, by what it is used for."""

    SIZE = 0
    """Types of other variables are made of it."""
    INDEX = 1
    """It counts something: entries, terms, steps of a recursion."""
    EXPONENT = 2
    """Something is raised to it."""
    PLAIN = 3
    """It is calculated with."""


SMALL, SMALL_WEIGHTS = range(8), (14, 20, 17, 15, 11, 9, 7, 7)
LARGEST_SIZE = 8
LARGEST_INDEX = 64
LARGEST_EXPONENT = 400
WIDE = (100, 10**4, 10**6, 1 << 40)
DIVISORS_OF = 10_000
"""Divisors of larger numbers are not looked for."""


@lru_cache(maxsize=256)
def whole(constants: tuple[Fraction, ...]) -> tuple[int, ...]:
    """The whole numbers among the constants of a statement, without signs."""
    return tuple(dict.fromkeys(abs(int(c)) for c in constants if c.denominator == 1))


def small(draws: Draws) -> int:
    """Of the numbers below 8, 0 and 1 the more often."""
    return draws.weighted(SMALL, SMALL_WEIGHTS)


def size_near(constants: tuple[Fraction, ...], draws: Draws) -> int | None:
    """A size that the statement speaks of, or the next; None where all of these are usual ones, or huge."""
    found = [n for n in whole(constants) if 3 <= n <= LARGEST_SIZE]
    return min(draws.choice(found) + draws.integer(0, 1), LARGEST_SIZE) if found else None


def index(constants: tuple[Fraction, ...], draws: Draws) -> int:
    """A number of things, larger than usual."""
    found = [n for n in whole(constants) if n <= LARGEST_INDEX]
    if found and draws.chance(0.6):
        return max(0, draws.choice(found) + draws.integer(-1, 1))
    return draws.integer(5, 12)


def exponent(constants: tuple[Fraction, ...], draws: Draws) -> int:
    """An exponent: small, named, or one at which a named number is reached."""
    named = whole(constants)
    match draws.weighted(("small", "named", "reached", "wide"), (45, 15, 20, 20)):
        case "named" if named:
            return min(max(0, draws.choice(named) + draws.integer(-1, 1)), LARGEST_EXPONENT)
        case "reached" if named:
            n = draws.choice(named)
            found = draws.choice((n.bit_length(), len(str(n)), isqrt(n))) + draws.integer(-1, 1)
            return min(max(0, found), LARGEST_EXPONENT)
        case "wide":
            return draws.integer(0, draws.choice((20, 64, 300)))
    return small(draws)


def plain(constants: tuple[Fraction, ...], draws: Draws) -> int:
    """A number that is calculated with."""
    named = whole(constants)
    match draws.weighted(("small", "named", "power", "wide"), (40, 35, 10, 15)):
        case "named" if named:
            return max(0, _made_of(named, draws) + draws.choice((0, 0, 1, -1)))
        case "power":
            power: int = draws.choice((1 << draws.integer(2, 40), 10 ** draws.integer(1, 9)))
            return max(0, power + draws.integer(-1, 1))
        case "wide":
            return draws.integer(0, draws.choice(WIDE))
    return small(draws)


def _made_of(named: Sequence[int], draws: Draws) -> int:
    """A named number, or one made of one or two of them."""
    a, b = draws.choice(named), draws.choice(named)
    match draws.weighted(
        ("one", "double", "half", "sum", "product", "divisor", "root", "residue"),
        (40, 6, 8, 8, 8, 12, 6, 12),
    ):
        case "double":
            return 2 * a
        case "half":
            return a // 2
        case "sum":
            return a + b
        case "product":
            return a * b
        case "divisor" if 0 < a <= DIVISORS_OF:
            return draws.choice([d for d in range(1, a + 1) if a % d == 0])
        case "root":
            return isqrt(a)
        case "residue":
            return a * draws.integer(0, 3) + draws.integer(0, min(b, 12))
    return a
