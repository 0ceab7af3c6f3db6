"""Where examples come from: numbers with counterexamples' hiding places in mind, and sizes.

Real entries are exact dyadic rationals (as Fractions), so that ties are exact and a witness replays
bit for bit. Sizes 0, 1, 2, 3 come first, all equal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from random import Random

from leanmirror.spec.core.shape import Shape
from leanmirror.spec.judge.verdicts import UndecidedCause

Pool = Callable[[Random], Fraction]
MAX_ENTRIES = 12
"""No shape is drawn with more entries than this."""

LAST_EQUAL = 3
"""The number of the last example with all sizes equal to it."""

EQUAL = (2, 3, 2, 1)
"""The size of all dimensions, in every fifth example."""


def _dyadic(rng: Random, bits: int, scale: int) -> Fraction:
    return Fraction(rng.getrandbits(bits) - (1 << (bits - 1)), 1 << (bits - scale))


def _small(rng: Random) -> Fraction:
    return Fraction(rng.choice((0, 0, 1, 1, -1, 2, -2, 3, -3)))


def _eighths(rng: Random) -> Fraction:
    return Fraction(rng.randint(-32, 32), 8)


def _generic(rng: Random) -> Fraction:
    return _dyadic(rng, 53, 3)


def _large(rng: Random) -> Fraction:
    return Fraction(
        rng.choice((-1, 1)) * rng.choice((10, 20, 25, 37, 50, 100, 150)) * 8 + rng.randint(-3, 3), 8
    )


def _tiny(rng: Random) -> Fraction:
    return rng.choice((-1, 1)) * Fraction(1, 1 << rng.choice((60, 101, 200)))


_CONSTANTS = tuple(Fraction(c) for c in (0, 1, -1, 2, -2, Fraction(1, 2), 3, 10, 20, -20, -37, 38))


def _constants(rng: Random) -> Fraction:
    """A constant that definitions branch on, or a near neighbour."""
    return rng.choice(_CONSTANTS) + rng.choice((0, 0, 1, -1)) * Fraction(1, 1 << rng.choice((1, 10, 60)))


def _positive(rng: Random) -> Fraction:
    return rng.choice((Fraction(rng.randint(1, 32), 8), abs(_generic(rng)) + Fraction(1, 1024), Fraction(1)))


def _nonzero(rng: Random) -> Fraction:
    return rng.choice((-1, 1)) * _positive(rng)


def _power_of_two(rng: Random) -> Fraction:
    """Never 0, and what is solved for kinks stays dyadic."""
    return rng.choice((-1, 1)) * Fraction(1 << rng.randint(0, 4), 4)


def _sparse(rng: Random) -> Fraction:
    return Fraction(0) if rng.random() < 0.7 else Fraction(rng.choice((1, -1, 2)))


def _zero(rng: Random) -> Fraction:
    return Fraction(0)


def _tied(rng: Random) -> Pool:
    value = rng.choice((_small, _eighths, _generic, _large))(rng)
    return lambda _: value


def _mixed(rng: Random) -> Fraction:
    return rng.choice((_small, _eighths, _generic, _generic, _constants, _large, _tiny))(rng)


POOLS: tuple[Pool, ...] = (
    _generic,
    _small,
    _large,
    _eighths,
    _nonzero,
    _sparse,
    _mixed,
    _constants,
    _tiny,
)
MEETING: tuple[Pool, ...] = (_nonzero, _positive, _generic, _tiny, _small, _sparse)
"""Pools for a further try when a hypothesis was not met."""


@dataclass(slots=True)
class Source:
    """Where examples come from.

    `rng` draws the numbers; `data` draws sizes, shapes and indices, so that a further try keeps them.
    `index` is the example's number: the first four have all sizes 0, 1, 2, 3. `kinkless` counts the
    searches for a kink that found no operand at all, one after the other; `unclear` the draws whose
    hypotheses could not be decided, the last of them for that `cause`, and `constants` numbers that the
    statement names.
    `kinked`: moves have led to kinks.
    `fruitless` counts, for each variable, the moves that led to no kink.
    `equal`: every size is this one, where there is one: square matrices are drawn so.
    `plain`: the statement has no real numbers in it, so that sizes are all that matters. `ordinary` are the
    variables of which nothing else is made: neither sizes nor indices. `crowded`: there are so many sizes
    that tensors would be large.
    """

    rng: Random
    data: Random = field(default_factory=Random)
    index: int = 1_000
    pool: Pool | None = None
    turns: int = 0
    kinkless: int = 0
    kinked: bool = False
    unclear: int = 0
    cause: UndecidedCause = "precision"
    constants: tuple[Fraction, ...] = ()
    plain: bool = False
    equal: int | None = None
    fruitless: dict[str, int] = field(default_factory=dict)
    ordinary: set[str] = field(default_factory=set)
    crowded: bool = False

    def begin(self, index: int) -> int:
        """Start an example: choose its mode, and the seed of its data, which is returned.

        Every other example has one mode for all its numbers, and the modes take turns, so that none is
        left to chance; in the others each variable has a pool of its own.
        """
        self.index, half = index, index // 2
        self.equal = EQUAL[index // 5 % len(EQUAL)] if index >= 4 and index % 5 == 3 else None
        seed = self.rng.getrandbits(64)
        self.data = Random(seed)
        if index % 5 == 0 and self.kinked:
            self.pool = _power_of_two
        elif index % 2:
            self.pool = None
        elif self.constants and half % 8 == 5:
            self.pool = self._near_constants
        elif half % 4 == 3:
            self.pool = _zero if half % 16 == 3 else _tied(self.rng)
        else:
            self.pool = POOLS[(half - half // 4) % len(POOLS)]
        return seed

    @property
    def large(self) -> bool:
        """The example's numbers are far from 0, where functions saturate."""
        return self.pool in (_large, _constants)

    def turn(self) -> int:
        """A number that goes on by one at each call, for choices that take turns."""
        self.turns += 1
        return self.turns

    def pool_of_variable(self) -> Pool:
        """The pool for one variable."""
        if self.pool is not None:
            return self.pool
        if self.constants and self.rng.random() < 0.3:
            return self._near_constants
        return _tied(self.rng) if self.rng.random() < 0.1 else self.rng.choice(POOLS)

    def numbers(self) -> Iterator[Fraction]:
        """Numbers for one variable, without end."""
        pool = self.pool_of_variable()
        while True:
            yield pool(self.rng)

    def _near_constants(self, rng: Random) -> Fraction:
        """A number that the statement names, its negative, or a near neighbour."""
        nearby = rng.choice((0, 0, 0, 0, 1, -1)) * Fraction(1, 1 << rng.choice((1, 10, 60)))
        return rng.choice((1, 1, -1)) * rng.choice(self.constants) + nearby

    def size(self) -> int:
        """A natural number meant as a size."""
        if self.equal is not None:
            return self.equal
        if self.crowded:
            return (
                min(self.index, 2) if self.index < 4 else self.data.choices((0, 1, 2, 3), (2, 42, 50, 6))[0]
            )
        if self.index < 4:
            return self.index
        if self.plain:
            return self.data.choices(range(8), (11, 18, 18, 16, 12, 10, 8, 7))[0]
        return self.data.choices((0, 1, 2, 3, 4), (3, 12, 43, 36, 6))[0]

    def shape(self) -> Shape:
        """A shape of rank 0 to 3 with at most MAX_ENTRIES entries."""
        if self.index < 4:
            return Shape((self.index,))
        rank = self.data.choices((0, 1, 2, 3), (15, 35, 35, 15))[0]
        dims = [self.size() for _ in range(rank)]
        while Shape(tuple(dims)).size > MAX_ENTRIES:
            dims[self.data.randrange(len(dims))] = 1
        return Shape(tuple(dims))
