"""Types with few values: `Unit`, `Bool`, `Prop` and `Fin n`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.judge.judgement import FALSE, TRUE, truth
from leanmirror.spec.judge.numerals import Json, natural, truth_value
from leanmirror.spec.judge.simpler import simpler_integer
from leanmirror.spec.judge.types.base import MOST_VALUES, Type, Value

if TYPE_CHECKING:
    from leanmirror.spec.judge.source import Source


@dataclass(frozen=True, slots=True)
class UnitT(Type):
    """`Unit`, whose one value is the empty tuple."""

    def values(self) -> Iterator[Value] | None:
        return iter(((),))

    def draw(self, source: Source) -> Value:
        return ()

    def decode(self, data: Json) -> Value:
        return ()

    def __str__(self) -> str:
        return "Unit"


@dataclass(frozen=True, slots=True)
class BoolT(Type):
    """Bool."""

    def values(self) -> Iterator[Value] | None:
        return iter((False, True))

    def draw(self, source: Source) -> Value:
        return source.data.chance(0.5)

    def decode(self, data: Json) -> Value:
        return truth_value(data)

    def show(self, value: Value) -> str:
        return str(value).lower()

    def wholes(self, value: Value) -> Iterable[int]:
        return (int(value),)

    def simpler(self, value: Value) -> Iterator[Value]:
        return iter((False,)[: int(value)])

    def __str__(self) -> str:
        return "Bool"


@dataclass(frozen=True, slots=True)
class PropT(Type):
    """Prop: a statement; an example has True or False."""

    def values(self) -> Iterator[Value] | None:
        return iter((FALSE, TRUE))

    def draw(self, source: Source) -> Value:
        return source.data.chance(0.5)

    def decode(self, data: Json) -> Value:
        return truth_value(data)

    def built(self, value: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        return truth(value)

    def wholes(self, value: Value) -> Iterable[int]:
        return (int(not value),)

    def simpler(self, value: Value) -> Iterator[Value]:
        return iter((True,)[: int(not value)])

    def __str__(self) -> str:
        return "Prop"


@dataclass(frozen=True, slots=True)
class FinT(Type):
    """`Fin n`: 0, …, n-1; empty for n = 0."""

    n: int

    @property
    def is_empty(self) -> bool:
        return self.n == 0

    def check(self, value: Value) -> None:
        if not 0 <= value < self.n:
            raise ShapeError(f"index {value} is not below {self.n}")

    def values(self) -> Iterator[Value] | None:
        return iter(range(self.n)) if self.n <= MOST_VALUES else None

    def draw(self, source: Source) -> Value:
        return source.rng.integer(0, self.n - 1)

    def decode(self, data: Json) -> Value:
        value = natural(data)
        self.check(value)
        return value

    def wholes(self, value: Value) -> Iterable[int]:
        return (value,)

    def simpler(self, value: Value) -> Iterator[Value]:
        return simpler_integer(value)

    def __str__(self) -> str:
        return f"Fin {self.n}"
