"""Equivalences `A ≃ B`, and random ones between finite types."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.errors import BadInput
from leanmirror.spec.judge.finite import values_of
from leanmirror.spec.judge.types import EquivT, Value

if TYPE_CHECKING:
    from leanmirror.spec.judge.generate import Source


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
        one, two = _listed(self.of_type)
        back = {image: i for i, image in enumerate(self.images)}
        return Equivalence(lambda x: two[self.images[one.index(x)]], lambda y: one[back[two.index(y)]])

    @property
    def lean(self) -> str:
        """The equivalence in words: Lean needs two proofs for it."""
        one, two = _listed(self.of_type)
        return ", ".join(f"{x} ↔ {two[image]}" for x, image in zip(one, self.images, strict=True)) or "empty"

    def to_json(self) -> Any:
        """The images as JSON."""
        return list(self.images)


def _listed(of_type: EquivT) -> tuple[list[Value], list[Value]]:
    one, two = values_of(of_type.dom), values_of(of_type.cod)
    return list(one or ()), list(two or ())


def unequal(of_type: EquivT) -> bool:
    """The two types have not the same number of values."""
    one, two = _listed(of_type)
    return len(one) != len(two)


def draw_equivalence(of_type: EquivT, source: Source) -> Permutation:
    """A random one."""
    images = list(range(len(_listed(of_type)[0])))
    source.rng.shuffle(images)
    return Permutation(of_type, tuple(images))


def read_equivalence(of_type: EquivT, data: Any) -> Permutation:
    """The equivalence that `to_json` wrote; BadInput where it is none."""
    one, two = _listed(of_type)
    fits = isinstance(data, list) and all(type(i) is int for i in data)
    if not fits or sorted(data) != list(range(len(one))) or len(one) != len(two):
        raise BadInput(f"an equivalence {of_type} is a list of its images")
    return Permutation(of_type, tuple(data))
