"""Equivalences `A ≃ B`, and random ones between finite types."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.errors import BadInput, Unsupported
from leanmirror.spec.judge.numerals import Json, fraction, items
from leanmirror.spec.judge.types.base import RecipeT, Type, Value
from leanmirror.spec.judge.types.integers import IntT
from leanmirror.spec.judge.types.naturals import NatT
from leanmirror.spec.judge.types.reals import RealT

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
class Affine:
    """An equivalence of ℝ with itself: `x ↦ scale * x + shift`, a scale that is not 0."""

    scale: Fraction
    shift: Fraction

    def reals(self) -> Iterator[Scalar]:
        """There are no numbers in it that are moved."""
        return iter(())

    def with_reals(self, entries: Iterator[Scalar]) -> Affine:
        """The same."""
        return self

    def build(self, entry: Callable[[Any], Scalar]) -> Equivalence:
        """The equivalence; a scale is a power of two, up to sign, so that both directions are exact."""
        scale, back, shift = entry(self.scale), entry(1 / self.scale), entry(self.shift)
        return Equivalence(lambda x: scale * x + shift, lambda y: (y - shift) * back)

    @property
    def lean(self) -> str:
        """The equivalence in words: Lean needs two proofs for it."""
        return f"x ↔ {self.scale} * x + {self.shift}"

    def to_json(self) -> Any:
        """Scale and shift as JSON."""
        return {"scale": str(self.scale), "shift": str(self.shift)}


@dataclass(frozen=True, slots=True)
class Swap:
    """An equivalence of ℕ or ℤ with itself that exchanges two numbers."""

    one: int
    two: int

    def reals(self) -> Iterator[Scalar]:
        """There are no real numbers in it."""
        return iter(())

    def with_reals(self, entries: Iterator[Scalar]) -> Swap:
        """The same."""
        return self

    def build(self, entry: Callable[[Any], Scalar]) -> Equivalence:
        """The equivalence, which is its own inverse."""
        by = {self.one: self.two, self.two: self.one}
        return Equivalence(lambda x: by.get(x, x), lambda y: by.get(y, y))

    @property
    def lean(self) -> str:
        """The equivalence in words."""
        return f"Equiv.swap {self.one} {self.two}"

    def to_json(self) -> Any:
        """Both numbers as JSON."""
        return {"swap": [self.one, self.two]}


SCALES = (Fraction(1), Fraction(-1), Fraction(2), Fraction(-1, 2), Fraction(4))
SHIFTS = (Fraction(0), Fraction(1), Fraction(-1), Fraction(3, 2))


@dataclass(frozen=True, slots=True)
class EquivT(RecipeT):
    """`A ≃ B`; examples are between finite types, and of ℝ, ℕ and ℤ with themselves."""

    dom: Type
    cod: Type

    def listed(self) -> tuple[list[Value], list[Value]]:
        """The values of both types."""
        return list(self.dom.values() or ()), list(self.cod.values() or ())

    @property
    def is_empty(self) -> bool:
        one, two = self.dom.values(), self.cod.values()
        return one is not None and two is not None and len(list(one)) != len(list(two))

    def draw(self, source: Source) -> Permutation | Affine | Swap:
        if isinstance(self.dom, RealT) and self.dom == self.cod:
            return Affine(source.rng.choice(SCALES), source.rng.choice(SHIFTS))
        if isinstance(self.dom, NatT | IntT) and self.dom == self.cod:
            one, two = source.rng.sample(range(4), 2)
            return Swap(one, two)
        if self.dom.values() is None or self.cod.values() is None:
            raise Unsupported(f"examples of type {self}")
        images = list(range(len(self.listed()[0])))
        source.rng.shuffle(images)
        return Permutation(self, tuple(images))

    def decode(self, data: Json) -> Permutation | Affine | Swap:
        if isinstance(data, dict):
            return self._of_numbers(data)
        one, two = self.listed()
        fits = isinstance(data, list) and all(type(i) is int for i in data)
        if not fits or sorted(data) != list(range(len(one))) or len(one) != len(two):
            raise BadInput(f"an equivalence {self} is a list of its images")
        return Permutation(self, tuple(data))

    def _of_numbers(self, data: dict[str, Json]) -> Affine | Swap:
        if isinstance(self.dom, RealT) and self.dom == self.cod and data.keys() == {"scale", "shift"}:
            scale, shift = fraction(data["scale"]), fraction(data["shift"])
            if scale != 0:
                return Affine(scale, shift)
        if isinstance(self.dom, NatT | IntT) and self.dom == self.cod and data.keys() == {"swap"}:
            numbers = items(data["swap"])
            if len(numbers) == 2 and all(type(i) is int and i >= 0 for i in numbers):
                return Swap(*numbers)
        raise BadInput(f"no equivalence {self}")

    def __str__(self) -> str:
        return f"{self.dom} ≃ {self.cod}"
