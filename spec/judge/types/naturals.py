"""ℕ, all of it or what a hypothesis leaves, and type variables by their sizes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from leanmirror.spec.judge.numerals import Json, natural
from leanmirror.spec.judge.simpler import simpler_integer
from leanmirror.spec.judge.types.base import Type, Value
from leanmirror.spec.judge.whole_numbers import Reach

if TYPE_CHECKING:
    from leanmirror.spec.judge.source import Source


@dataclass(frozen=True, slots=True)
class NatT(Type):
    """ℕ; sizes are drawn small."""

    settles: ClassVar[bool] = True
    is_number: ClassVar[bool] = True

    @property
    def is_size(self) -> bool:
        return True

    def draw(self, source: Source) -> Value:
        return source.whole()

    def decode(self, data: Json) -> Value:
        return natural(data)

    def sizes(self, value: Value) -> Sequence[int]:
        return (value,)

    def wholes(self, value: Value) -> Iterable[int]:
        return (value,)

    def simpler(self, value: Value) -> Iterator[Value]:
        return simpler_integer(value)

    def __str__(self) -> str:
        return "ℕ"


@dataclass(frozen=True, slots=True)
class BoundedNatT(NatT):
    """ℕ from `low` on, and up to `high` where one is given: what a hypothesis leaves of ℕ."""

    low: int = 0
    high: int | None = None

    @property
    def is_empty(self) -> bool:
        return self.high is not None and self.high < self.low

    def draw(self, source: Source) -> Value:
        if self.high is None:
            return self.low + source.whole() if source.data.chance(0.5) else max(self.low, source.whole())
        if source.index < 4 or source.data.chance(0.3):
            return self.high
        if source.reach is not Reach.SIZE and self.low <= (found := source.whole()) <= self.high:
            return found
        return source.data.integer(self.low, self.high)

    def sizes(self, value: Value) -> Sequence[int]:
        return (value,) if self.high is None else ()

    def __str__(self) -> str:
        return "ℕ"


@dataclass(frozen=True, slots=True)
class SizedT(BoundedNatT):
    """A type variable, by the size that it is run at: `former` is `Fin` or `EuclideanSpace ℝ (Fin ·)`."""

    former: str = "Fin ·"

    is_number: ClassVar[bool] = False

    def draw(self, source: Source) -> Value:
        size = max(self.low, source.size())
        return size if self.high is None else min(size, self.high)

    def show(self, value: Value) -> str:
        return self.former.replace("·", str(value))

    def sizes(self, value: Value) -> Sequence[int]:
        return (value,)

    def __str__(self) -> str:
        return "Type"
