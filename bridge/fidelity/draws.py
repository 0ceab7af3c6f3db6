"""Inputs for comparisons: every rank and size from 0 to 3 early, the rest as the judge draws them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from leanmirror.spec import torchlean_types as tl
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.examples import Example
from leanmirror.spec.judge.source import Source

SHAPES = tuple(
    map(
        Shape,
        (
            *(
                (),
                (1,),
                (2,),
                (3,),
                (0,),
                (2, 3),
                (2, 1, 3),
                (3, 2),
                (1, 2, 2),
                (0, 2),
                (3, 1),
                (2, 2, 1),
                (2, 0),
            ),
            *((1, 1), (2, 0, 3), (3, 3), (1, 1, 1)),
        ),
    )
)
"""The shapes that come first."""

ROUNDS = 2
"""How often the list is gone through, shapes paired differently each time."""

MOST = 3
"""Ranks and sizes up to this one are asked for."""


@dataclass(slots=True)
class Covering(Source):
    """A source whose first shapes are those of the list: with several variables, in all kinds of pairs.

    `given` are the ranks and sizes of the draw under way, `shapes` and `sizes` these themselves.
    """

    taken: int = 0
    given: set[str] = field(default_factory=set)
    shapes: list[Shape] = field(default_factory=list)
    sizes: list[int] = field(default_factory=list)

    def begin(self, index: int) -> int:
        self.taken = 0
        self.given.clear()
        self.shapes.clear()
        self.sizes.clear()
        return Source.begin(self, index)

    def size(self) -> int:
        found = self.index if self.index <= MOST else Source.size(self)
        self.sizes.append(found)
        self.given.add(_size(found))
        return found

    def shape(self) -> Shape:
        self.taken += 1
        rounds, at = divmod(self.index, len(SHAPES))
        if rounds < ROUNDS:
            step = 0 if self.taken % 2 else rounds + self.taken
            found = SHAPES[(at + step) % len(SHAPES)]
        else:
            found = Source.shape(self)
        self.given.add(_rank(len(found.dims)))
        self.shapes.append(found)
        return found


@dataclass(slots=True)
class Classes:
    """The ranks and sizes of each variable that were compared, met, and found to have no values at all."""

    wanted: dict[tuple[str, str], None] = field(default_factory=dict)
    met: set[tuple[str, str]] = field(default_factory=set)
    compared: set[tuple[str, str]] = field(default_factory=set)
    empty: set[str] = field(default_factory=set)

    def none(self, source: Covering) -> None:
        """Note a draw that gave no example: a type was empty, or a hypothesis was not met."""
        self.empty |= source.given

    def add(self, example: Example, *, compared: bool) -> None:
        """Note an example, and whether both sides were compared at it."""
        for name, of_type in example.types.items():
            self.wanted.update(((name, each), None) for each in _wanted(of_type))
            found = _class(of_type, example.values[name])
            if found is not None:
                self.met.add((name, found))
                if compared:
                    self.compared.add((name, found))

    @property
    def missing(self) -> tuple[str, ...]:
        """The classes that were not compared, of those that have values."""
        return tuple(
            f"{name} of {each}"
            for name, each in self.wanted
            if (name, each) not in self.compared and ((name, each) in self.met or each not in self.empty)
        )


def _wanted(of_type: t.Type) -> Iterator[str]:
    if isinstance(of_type, tl.ShapeT):
        return map(_rank, range(MOST + 1))
    if isinstance(of_type, t.NatT) and not isinstance(of_type, t.BoundedNatT):
        return map(_size, range(MOST + 1))
    return iter(())


def _class(of_type: t.Type, value: t.Value) -> str | None:
    if isinstance(of_type, tl.ShapeT):
        return _rank(len(value.dims))
    return _size(value) if isinstance(of_type, t.NatT) else None


def _rank(rank: int) -> str:
    return f"rank {rank}"


def _size(size: int) -> str:
    return f"size {size}"
