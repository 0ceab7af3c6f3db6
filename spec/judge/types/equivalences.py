"""Equivalences `A ≃ B`, and random ones between finite types."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.errors import BadInput
from leanmirror.spec.judge.numerals import Json
from leanmirror.spec.judge.types.base import RecipeT, Type, Value

if TYPE_CHECKING:
    from leanmirror.spec.judge.source import Source


@dataclass(frozen=True, slots=True)
class Equivalence:
    """`A ≃ B`: a function and its inverse."""

    toFun: Callable[[Value], Value]
    invFun: Callable[[Value], Value]

    def __call__(self, x: Value) -> Value:
        return self.toFun(x)

    @property
    def symm(self) -> Equivalence:
        """The inverse."""
        return Equivalence(self.invFun, self.toFun)


@dataclass(frozen=True, slots=True)
class Permutation:
    """An equivalence of finite types: value number i goes to value number `images[i]`."""

    of_type: EquivT
    images: tuple[int, ...]

    def reals(self) -> Iterator[Scalar]:
        """There are no numbers in it."""
        return iter(())

    def with_reals(self, entries: Iterator[Scalar]) -> Permutation:
        """The same."""
        return self

    def build(self, entry: Callable[[Any], Scalar]) -> Equivalence:
        """The equivalence."""
        one, two = self.of_type.listed()
        back = {image: i for i, image in enumerate(self.images)}
        return Equivalence(lambda x: two[self.images[one.index(x)]], lambda y: one[back[two.index(y)]])

    @property
    def lean(self) -> str:
        """The equivalence in words: Lean needs two proofs for it."""
        one, two = self.of_type.listed()
        return ", ".join(f"{x} ↔ {two[image]}" for x, image in zip(one, self.images, strict=True)) or "empty"

    def to_json(self) -> Any:
        """The images as JSON."""
        return list(self.images)


@dataclass(frozen=True, slots=True)
class EquivT(RecipeT):
    """`A ≃ B`; examples are between finite types."""

    dom: Type
    cod: Type

    def listed(self) -> tuple[list[Value], list[Value]]:
        """The values of both types."""
        return list(self.dom.values() or ()), list(self.cod.values() or ())

    @property
    def is_empty(self) -> bool:
        one, two = self.listed()
        return len(one) != len(two)

    def draw(self, source: Source) -> Permutation:
        images = list(range(len(self.listed()[0])))
        source.rng.shuffle(images)
        return Permutation(self, tuple(images))

    def decode(self, data: Json) -> Permutation:
        one, two = self.listed()
        fits = isinstance(data, list) and all(type(i) is int for i in data)
        if not fits or sorted(data) != list(range(len(one))) or len(one) != len(two):
            raise BadInput(f"an equivalence {self} is a list of its images")
        return Permutation(self, tuple(data))

    def __str__(self) -> str:
        return f"{self.dom} ≃ {self.cod}"
