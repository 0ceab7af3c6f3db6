"""ℤ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from leanmirror.spec.judge.numerals import Json, integer
from leanmirror.spec.judge.simpler import simpler_integer
from leanmirror.spec.judge.types.base import Type, Value
from leanmirror.spec.judge.whole_numbers import Reach

if TYPE_CHECKING:
    from leanmirror.spec.judge.source import Source


@dataclass(frozen=True, slots=True)
class IntT(Type):
    """ℤ."""

    is_number: ClassVar[bool] = True

    def draw(self, source: Source) -> Value:
        if source.reach.value <= Reach.INDEX.value or source.narrowed:
            return source.rng.integer(-3, 3)
        found = source.whole()
        return found if source.rng.chance(0.55) else -found

    def decode(self, data: Json) -> Value:
        return integer(data)

    def wholes(self, value: Value) -> Iterable[int]:
        return (value,)

    def simpler(self, value: Value) -> Iterator[Value]:
        return simpler_integer(value)

    def __str__(self) -> str:
        return "ℤ"
