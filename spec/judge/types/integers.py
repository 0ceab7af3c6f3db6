"""ℤ."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leanmirror.spec.judge.numerals import Json, integer
from leanmirror.spec.judge.simpler import simpler_integer
from leanmirror.spec.judge.types.base import Type, Value

if TYPE_CHECKING:
    from leanmirror.spec.judge.source import Source


@dataclass(frozen=True, slots=True)
class IntT(Type):
    """ℤ."""

    def draw(self, source: Source) -> Value:
        return source.rng.randint(-3, 3)

    def decode(self, data: Json) -> Value:
        return integer(data)

    def wholes(self, value: Value) -> Iterable[int]:
        return (value,)

    def simpler(self, value: Value) -> Iterator[Value]:
        return simpler_integer(value)

    def __str__(self) -> str:
        return "ℤ"
