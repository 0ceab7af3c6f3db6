"""`Spec.Shape`."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from leanmirror.spec.core.shape import Shape
from leanmirror.spec.judge.numerals import Json, items, natural
from leanmirror.spec.judge.types import Type, Value

if TYPE_CHECKING:
    from leanmirror.spec.judge.source import Source

Shapes = tuple[Shape, ...]


def read_shape(data: Json) -> Shape:
    """A shape from its dimensions; BadInput where they are none."""
    return Shape(tuple(natural(n) for n in items(data)))


@dataclass(frozen=True, slots=True)
class ShapeT(Type):
    """`Spec.Shape`."""

    settles: ClassVar[bool] = True

    @property
    def is_size(self) -> bool:
        return True

    def draw(self, source: Source) -> Value:
        return source.shape()

    def encode(self, value: Value) -> Json:
        return value.toList()

    def decode(self, data: Json) -> Value:
        return read_shape(data)

    def sizes(self, value: Value) -> Sequence[int]:
        dims: Sequence[int] = value.dims
        return dims

    def __str__(self) -> str:
        return "Shape"


@dataclass(frozen=True, slots=True)
class ShapeOfSizeT(ShapeT):
    """`Spec.Shape` with so many entries: what a hypothesis `s.size = n` leaves."""

    size: int = 0

    def draw(self, source: Source) -> Value:
        """Divisors of what is left, and a few ones."""
        dims, rest = [], self.size
        while rest > 1:
            factor = source.data.choice([d for d in range(2, rest + 1) if rest % d == 0])
            dims.append(factor)
            rest //= factor
        dims += [1] * source.data.choice((0, 0, 0, 1)) + [0] * (rest == 0)
        source.data.shuffle(dims)
        return Shape(tuple(dims))

    def __str__(self) -> str:
        return "Shape"
