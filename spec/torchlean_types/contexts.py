"""Contexts Γ, and the indices into them: a context is drawn from the shapes that its indices need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from leanmirror.spec.core.shape import Shape
from leanmirror.spec.judge.numerals import Json, items, natural
from leanmirror.spec.judge.types import Type, Unknown, Value
from leanmirror.spec.torchlean_types.makers import makers
from leanmirror.spec.torchlean_types.shapes import Shapes, read_shape

if TYPE_CHECKING:
    from leanmirror.spec.judge.source import Source


def context_text(Γ: Shapes) -> str:
    """Γ in Lean's list notation."""
    return f"[{', '.join(map(str, Γ))}]"


class Hole(tuple[Shape, ...]):
    """A context Γ that is not drawn yet, or one that such contexts are parts of; equal to itself only."""

    parts: tuple[Hole, ...]
    needed: list[Shape]
    closed: bool

    def __new__(cls, parts: tuple[Hole, ...] = ()) -> Hole:
        found = super().__new__(cls, ())
        found.parts, found.needed, found.closed = parts or (found,), [], False
        return found

    def __add__(self, other: tuple[Shape, ...]) -> Hole:  # type: ignore[override]  # of shapes only
        return Hole((*self.parts, *getattr(other, "parts", ())))

    def __radd__(self, other: tuple[Shape, ...]) -> Hole:
        return Hole(self.parts)

    @property
    def whole(self) -> bool:
        """It is a context itself."""
        return self.parts == (self,)

    def need(self, s: Shape, source: Source) -> None:
        """One of the parts that are not settled yet is to have this shape."""
        free = [part for part in self.parts if part.whole and not part.closed]
        if free:
            source.data.choice(free).needed.append(s)

    def known(self, source: Source) -> Shapes:
        """The context: the needed shapes and a few more, in any order."""
        return _context(self.needed, source)

    def close(self) -> None:
        """Another variable's value has settled it."""
        self.closed = True

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


def _context(needed: list[Shape], source: Source) -> Shapes:
    shapes = list(dict.fromkeys(needed)) if source.data.chance(0.5) else list(needed)
    for _ in range(source.data.integer(0, 2)):
        again = needed and source.data.chance(0.5)
        shapes.append(source.data.choice(needed) if again else _small_shape(source))
    source.data.shuffle(shapes)
    return tuple(shapes)


def _small_shape(source: Source) -> Shape:
    s = source.shape()
    return s if s.size <= 4 else Shape((source.data.integer(0, 3),))


@dataclass(frozen=True, slots=True)
class ContextT(Type):
    """`List Shape`, as the shapes Γ of a context: a tuple."""

    settles: ClassVar[bool] = True

    def unknown(self) -> Unknown | None:
        return Hole()

    def draw(self, source: Source) -> Value:
        return _context([], source)

    def encode(self, value: Value) -> Json:
        return [s.toList() for s in value]

    def decode(self, data: Json) -> Value:
        return tuple(read_shape(dims) for dims in items(data))

    def show(self, value: Value) -> str:
        return context_text(value)

    def __str__(self) -> str:
        return "List Shape"


@dataclass(frozen=True, slots=True)
class IdxT(Type):
    """`Idx Γ s`: a position of Γ that holds the shape s."""

    Γ: Shapes
    s: Shape

    settles: ClassVar[bool] = True

    @property
    def is_empty(self) -> bool:
        return self.s not in self.Γ

    def ask(self, source: Source) -> None:
        if isinstance(self.Γ, Hole):
            self.Γ.need(self.s, source)

    def values(self) -> Iterator[Value] | None:
        return (self._at(i) for i, s in enumerate(self.Γ) if s == self.s)

    def draw(self, source: Source) -> Value:
        return self._at(source.data.choice([i for i, s in enumerate(self.Γ) if s == self.s]))

    def encode(self, value: Value) -> Json:
        return value.i

    def decode(self, data: Json) -> Value:
        return self._at(natural(data))

    def _at(self, i: int) -> Value:
        return makers().index(self.Γ, self.s, i)

    def show(self, value: Value) -> str:
        return f"⟨{value.i}, rfl⟩"

    def sizes(self, value: Value) -> Sequence[int]:
        return self.s.dims

    def __str__(self) -> str:
        return f"Idx {context_text(self.Γ)} ({self.s})"
