"""A type with one value left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.judge.numerals import Json
from leanmirror.spec.judge.types.base import Type, Value

if TYPE_CHECKING:
    from leanmirror.spec.judge.source import Source


@dataclass(frozen=True, slots=True)
class GivenT(Type):
    """A type with one value left: what a hypothesis `n = …` leaves."""

    of_type: Type
    value: Value

    settles: ClassVar[bool] = True

    @property
    def is_size(self) -> bool:
        return self.of_type.is_size

    def built(self, value: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        return self.of_type.built(value, entry)

    def draw(self, source: Source) -> Value:
        return self.value

    def encode(self, value: Value) -> Json:
        return self.of_type.encode(value)

    def decode(self, data: Json) -> Value:
        return self.value

    def show(self, value: Value) -> str:
        return self.of_type.show(value)

    def simpler(self, value: Value) -> Iterator[Value]:
        return iter(())

    def __str__(self) -> str:
        return str(self.of_type)
