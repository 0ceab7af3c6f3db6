"""ℝ and vectors of reals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.shape import require_size
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.judge.numerals import Json, fraction
from leanmirror.spec.judge.types.base import InnerSpace, Value, taken


@dataclass(frozen=True, slots=True)
class RealT(InnerSpace):
    """ℝ."""

    @property
    def dimension(self) -> int:
        return 1

    def check(self, value: Value) -> None:
        if isinstance(value, list | tuple):
            raise ShapeError(f"{len(value)} entries where a real number is needed")

    def reals(self, value: Value) -> Iterator[Scalar]:
        return iter((value,))

    def build(self, entries: Iterator[Scalar]) -> Value:
        return next(entries)

    def encode(self, value: Value) -> Json:
        return str(value)

    def decode(self, data: Json) -> Value:
        return fraction(data)

    def assembled(self, coordinates: Iterator[str]) -> str:
        return next(coordinates)

    def places(self, name: str) -> list[str]:
        return [name]

    def __str__(self) -> str:
        return "ℝ"


@dataclass(frozen=True, slots=True)
class VecT(InnerSpace):
    """`Vec n` = EuclideanSpace ℝ (Fin n), a list of n scalars; also `CtxVec Γ`, with n = ctxSize Γ."""

    n: int

    @property
    def dimension(self) -> int:
        return self.n

    def reals(self, value: Value) -> Iterator[Scalar]:
        return iter(value)

    def build(self, entries: Iterator[Scalar]) -> Value:
        return taken(entries, self.n)

    def of(self, entries: Iterable[Scalar]) -> Value:
        value = list(entries)
        self.check(value)
        return value

    def check(self, value: Value) -> None:
        if len(value) != self.n:
            require_size(str(self), len(value), self.n)

    def places(self, name: str) -> list[str]:
        return [f"{name} {i}" for i in range(self.n)]

    def __str__(self) -> str:
        return f"Vec {self.n}"
