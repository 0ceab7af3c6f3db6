"""What a type is: all that drawing, judging, shrinking and witnesses ask of it, as methods.

A type knows its values' real entries in order (`reals`), how to put other entries in their place
(`with_reals`), and, where it is a finite-dimensional space, its dimension and how to build a value
from coordinates. Equality, inner product and basis follow from these.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING, Any, ClassVar, Protocol

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.shape import require_size
from leanmirror.spec.errors import BadInput, Exhausted, ShapeError, Unsupported
from leanmirror.spec.judge.numerals import Json, fraction, items, number
from leanmirror.spec.judge.simpler import simpler_entries

if TYPE_CHECKING:
    from leanmirror.spec.judge.source import Source

Value = Any

MOST_VALUES = 4096
"""A type with more values is not listed."""


def taken(entries: Iterator[Scalar], size: int) -> list[Scalar]:
    """The next entries, as many as that. Raises Exhausted for more than a list can have."""
    if size > sys.maxsize:
        raise Exhausted("a size of 2^63 or more", "memory")
    return list(islice(entries, size))


class Unknown(Protocol):
    """A value that stands for one that is drawn later, from what the other variables need of it."""

    def known(self, source: Source) -> Value:
        """The value, when the others have said what they need."""

    def close(self) -> None:
        """Another variable's value has settled it."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A value that settles others: each of `places` stands for the value beside it."""

    value: Value
    places: tuple[tuple[Value, Value], ...]


class Type:
    """Base of all types. A type without real entries (a size, an index) is plain data."""

    __slots__ = ()

    settles: ClassVar[bool] = False
    """Values settle sizes, or are settled with them: they are drawn before the others."""

    is_number: ClassVar[bool] = False
    """Values are whole numbers."""

    remade: ClassVar[bool] = False
    """A smaller value changes the sizes that the other variables have."""

    def reals(self, value: Value) -> Iterator[Scalar]:
        """The real entries of a value, in order."""
        return iter(())

    def with_reals(self, value: Value, entries: Iterator[Scalar]) -> Value:
        """The same value with the next entries in place of its own."""
        return value

    def built(self, value: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        """The value that an example's value stands for, numbers converted by `entry`."""
        return self.with_reals(value, map(entry, self.reals(value)))

    def check(self, value: Value) -> None:
        """Raise ShapeError, naming both sizes, unless the value has this type's sizes."""

    @property
    def is_space(self) -> bool:
        """It is a finite-dimensional space, all its parts included."""
        return False

    @property
    def is_empty(self) -> bool:
        """It has certainly no values."""
        return False

    @property
    def is_conditional(self) -> bool:
        """Its values are as proofs in it say, which may speak of other variables: see `accepts`."""
        return False

    def accepts(self, value: Value) -> bool:
        """Whether a value that was drawn before other variables were changed is still one of the type."""
        return True

    @property
    def is_size(self) -> bool:
        """Its values are sizes or shapes, of which other types are made."""
        return False

    def values(self) -> Iterator[Value] | None:
        """All values of a finite type, in order; None where there are too many or they cannot be listed."""
        return None

    def draw(self, source: Source) -> Value:
        """An example; Unsupported where there is no way to draw one."""
        raise Unsupported(f"examples of type {self}")

    def unknown(self) -> Unknown | None:
        """What stands for a value until the other variables have said what they need of it."""
        return None

    def settle(self, source: Source, given: Value | None) -> Settled | None:
        """A value, given or drawn, that settles what is unknown in this type; None if it is no such type."""
        return None

    def ask(self, source: Source) -> None:
        """Tell what is unknown in this type what its values need."""

    def encode(self, value: Value) -> Json:
        """An example's value as JSON: real entries as exact fractions in text, data as numbers and lists."""
        return value

    def decode(self, data: Json) -> Value:
        """The value that `encode` wrote; BadInput says what does not fit."""
        raise BadInput(f"examples of type {self} are not read back")

    def show(self, value: Value) -> str:
        """An example's value as Lean text."""
        return str(value)

    def sizes(self, value: Value) -> Sequence[int]:
        """The sizes that occur in a value."""
        return ()

    def weight(self, value: Value) -> int:
        """How large a value is, its sizes and real entries not counted."""
        return 0

    def wholes(self, value: Value) -> Iterable[int]:
        """The whole numbers in a value, or that stand for it: the simpler it is, the smaller they are."""
        return ()

    def smaller(self, value: Value) -> Iterator[Value]:
        """The values that have one part less, for types that are `remade`."""
        return iter(())

    def simpler(self, value: Value) -> Iterator[Value]:
        """Simpler values, which leave the sizes of all others as they are: here with simpler real entries."""
        entries = list(self.reals(value))
        for changed in simpler_entries(entries):
            yield self.with_reals(value, iter(changed))


class Space(Type):
    """A finite-dimensional real space."""

    __slots__ = ()

    @property
    def is_space(self) -> bool:
        return True

    @property
    def dimension(self) -> int:
        """The number of real coordinates."""
        raise NotImplementedError

    def values(self) -> Iterator[Value] | None:
        return iter((self.zero(),)) if self.is_space and self.dimension == 0 else None

    def build(self, entries: Iterator[Scalar]) -> Value:
        """The value with the next `dimension` entries as coordinates; ShapeError where there is none."""
        raise ShapeError(f"a value of {self} cannot be built from coordinates")

    def of(self, entries: Iterable[Scalar]) -> Value:
        """The value with exactly these coordinates; ShapeError if their number is not the dimension."""
        coordinates = list(entries)
        if len(coordinates) != self.dimension:
            require_size(str(self), len(coordinates), self.dimension)
        return self.build(iter(coordinates))

    def with_reals(self, value: Value, entries: Iterator[Scalar]) -> Value:
        return self.build(entries)

    def zero(self) -> Value:
        """The origin, with integer coordinates."""
        return self.of([0] * self.dimension)

    def basis(self) -> Iterator[Value]:
        """The coordinate vectors, in order."""
        n = self.dimension
        for i in range(n):
            yield self.of([1 if i == j else 0 for j in range(n)])

    def add(self, u: Value, v: Value) -> Value:
        """The sum."""
        return self.of(a + b for a, b in zip(self.reals(u), self.reals(v), strict=True))

    def smul(self, c: Scalar, v: Value) -> Value:
        """The multiple `c • v`."""
        return self.of(c * a for a in self.reals(v))

    def draw(self, source: Source) -> Value:
        return self.build(source.numbers())

    def encode(self, value: Value) -> Json:
        return [str(x) for x in self.reals(value)]

    def decode(self, data: Json) -> Value:
        return self.of([fraction(x) for x in items(data)])

    def show(self, value: Value) -> str:
        return self.assembled(number(x) for x in self.reals(value))

    def assembled(self, coordinates: Iterator[str]) -> str:
        """A value as Lean text, from the texts of its coordinates."""
        return f"!₂[{', '.join(coordinates)}]"

    def places(self, name: str) -> list[str]:
        """How Lean writes each coordinate of a variable."""
        return [f"{name}[{i}]" for i in range(self.dimension)]


class InnerSpace(Space):
    """A space with the ℓ² inner product of its coordinates (ℝ, Vec, Mat in TorchLean)."""

    __slots__ = ()

    def inner(self, u: Value, v: Value) -> Scalar:
        """⟪u, v⟫ = Σ uᵢ vᵢ."""
        return sum(a * b for a, b in zip(self.reals(u), self.reals(v), strict=True))


class RecipeT(Type):
    """A type whose values hold functions: an example has a recipe, whose numbers are its real entries."""

    __slots__ = ()

    def reals(self, value: Value) -> Iterator[Scalar]:
        return iter(value.reals())

    def with_reals(self, value: Value, entries: Iterator[Scalar]) -> Value:
        return value.with_reals(entries)

    def built(self, recipe: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        return recipe.build(entry)

    def encode(self, value: Value) -> Json:
        return value.to_json()

    def show(self, recipe: Value) -> str:
        return str(recipe.lean)


def space(of_type: Type) -> Space:
    """The type as a space; ShapeError where it is none."""
    if not isinstance(of_type, Space):
        raise ShapeError(f"{of_type} is not a finite-dimensional space")
    return of_type


def inner_space(of_type: Type) -> InnerSpace:
    """The type as an inner product space; ShapeError where Lean has no inner product."""
    if not isinstance(of_type, InnerSpace):
        raise ShapeError(f"{of_type} has no inner product")
    return of_type
