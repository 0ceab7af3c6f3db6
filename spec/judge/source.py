"""Where examples come from: numbers with counterexamples' hiding places in mind, and sizes.

Real entries are exact dyadic rationals (as Fractions), so that ties are exact and a witness replays
bit for bit. Sizes 0, 1, 2, 3 come first, all equal.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from leanmirror.spec.core.shape import Shape
from leanmirror.spec.judge.draws import Draws, Seeded
from leanmirror.spec.judge.pools import (
    POOLS,
    RELATED,
    Pool,
    beyond,
    large,
    near,
    one,
    one_hot,
    power_of_two,
    tied,
    zero,
)
from leanmirror.spec.judge.pools import constants as definitions
from leanmirror.spec.judge.verdicts import UndecidedCause
from leanmirror.spec.judge.whole_numbers import Reach, exponent, index, plain, size_near, small

MAX_ENTRIES = 12
"""No shape is drawn with more entries than this."""

LAST_EQUAL = 3
"""The number of the last example with all sizes equal to it."""

EQUAL = (2, 3, 2, 1)
"""The size of all dimensions, in every fifth example."""

CORNERS: Mapping[int, tuple[int | None, Pool]] = {
    **{0: (None, zero), 4: (0, one), 5: (1, zero), 6: (1, one), 7: (2, one_hot)}
}
"""The examples at which small sizes meet numbers that are all 0, all 1, or either."""

NAMED_SIZES = 0.12
"""How often a size is one that the statement names."""

FEW = 0.15
"""How often a number of things is 0 or 1, apart from that."""

MANY = 0.12
"""How often a number of things is larger than usual."""


@dataclass(slots=True)
class Source:
    """Where examples come from.

    `rng` draws the numbers; `data` draws sizes, shapes and indices, so that a further try keeps them.
    `index` is the example's number: the first four have all sizes 0, 1, 2, 3. `again`: it is a further try.
    `kinkless` counts the searches for a kink that found no operand at all, one after the other; `unclear` the
    draws whose hypotheses could not be decided, the last of them for that `cause`; `fruitless`, for each
    variable, the moves that led to no kink.
    `kinked`: moves have led to kinks. `constants` are numbers that the statement names.
    `equal`: every size is this one, where there is one: square matrices are drawn so.
    `plain`: the statement has no real numbers in it, so that sizes are all that matters. `ordinary` are the
    variables of which nothing else is made: neither sizes nor indices. `crowded`: there are so many sizes
    that tensors would be large. `reach` says what the whole number is for that is drawn now; `narrowed`: none
    are drawn any more that are larger than usual. `reads` are the variables that each variable's type speaks
    of, `dimensions` those that make up other types than ℕ and ℤ. `stale` counts
    the examples, one after the other, that there were already; `kinked_function` is the last that was drawn.
    `moved`: the example was moved onto a kink; `blind` counts those at which then nothing could be decided.
    """

    rng: Draws
    data: Draws = field(default_factory=lambda: Seeded(0))
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
    reach: Reach = Reach.INDEX
    again: bool = False
    narrowed: bool = False
    stale: int = 0
    kinked_function: str | None = None
    moved: bool = False
    blind: int = 0
    reads: dict[str, set[str]] = field(default_factory=dict)
    dimensions: set[str] = field(default_factory=set)

    def begin(self, index: int) -> int:
        """Start an example: choose its mode, and the seed of its data, which is returned.

        Every other example has one mode for all its numbers, and the modes take turns, so that none is
        left to chance; in the others each variable has a pool of its own.
        """
        self.index, half, self.again, self.kinked_function = index, index // 2, False, None
        self.equal = EQUAL[index // 5 % len(EQUAL)] if index >= 4 and index % 5 == 3 else None
        seed = self.rng.bits(64)
        self.data = Seeded(seed)
        if index in CORNERS:
            self.equal, self.pool = CORNERS[index]
        elif index % 5 == 0 and self.kinked:
            self.pool = power_of_two
        elif index % 2:
            self.pool = None
        elif self.constants and half % 4 == 1:
            self.pool = self._near_constants if half % 8 == 5 else self._beyond_constants
        elif half % 4 == 3:
            self.pool = RELATED[half // 4 % len(RELATED)](self.rng)
        else:
            self.pool = POOLS[(half - half // 4) % len(POOLS)]
        return seed

    @property
    def large(self) -> bool:
        """The example's numbers are far from 0, where functions saturate."""
        return self.pool in (large, definitions)

    def turn(self) -> int:
        """A number that goes on by one at each call, for choices that take turns."""
        self.turns += 1
        return self.turns

    def pool_of_variable(self) -> Pool:
        """The pool for one variable."""
        if self.pool is not None:
            return self.pool
        if self.constants and self.rng.chance(0.3):
            return self._near_constants if self.rng.chance(0.75) else self._beyond_constants
        return tied(self.rng) if self.rng.chance(0.1) else self.rng.choice(POOLS)

    def numbers(self) -> Iterator[Fraction]:
        """Numbers for one variable, without end."""
        pool = self.pool_of_variable()
        while True:
            yield pool(self.rng)

    def _near_constants(self, rng: Draws) -> Fraction:
        return near(self.constants, rng)

    def _beyond_constants(self, rng: Draws) -> Fraction:
        return beyond(self.constants, rng)

    def whole(self) -> int:
        """A natural number for the variable that is drawn now."""
        first = self.index <= LAST_EQUAL and not self.again
        tied = self.equal is not None and (self.index in CORNERS or self.data.chance(0.5))
        if tied or first or (self.narrowed and self.reach is not Reach.SIZE):
            return self.size()
        match self.reach:
            case Reach.SIZE:
                named = size_near(self.constants, self.data) if self.data.chance(NAMED_SIZES) else None
                return self.size() if named is None or self.crowded else named
            case Reach.INDEX if self.data.chance(FEW):
                return self.data.integer(0, 1)
            case Reach.INDEX:
                return index(self.constants, self.data) if self.data.chance(MANY) else self.size()
        if self.again and self.rng.chance(0.6):
            return small(self.rng)
        return (exponent if self.reach is Reach.EXPONENT else plain)(self.constants, self.rng)

    def size(self) -> int:
        """A natural number meant as a size."""
        if self.equal is not None:
            return self.equal
        if self.crowded:
            return min(self.index, 2) if self.index < 4 else self.data.weighted((0, 1, 2, 3), (2, 42, 50, 6))
        if self.index < 4:
            return self.index
        if self.plain:
            return self.data.weighted(range(8), (11, 18, 18, 16, 12, 10, 8, 7))
        return self.data.weighted((0, 1, 2, 3, 4), (3, 12, 43, 36, 6))

    def shape(self) -> Shape:
        """A shape of rank 0 to 3 with at most MAX_ENTRIES entries."""
        if self.index < 4:
            return Shape((self.index,))
        rank = self.data.weighted((0, 1, 2, 3), (15, 35, 35, 15))
        dims = [self.size() for _ in range(rank)]
        while Shape(tuple(dims)).size > MAX_ENTRIES:
            dims[self.data.integer(0, len(dims) - 1)] = 1
        return Shape(tuple(dims))
