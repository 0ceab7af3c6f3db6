"""Tensor shapes, outermost dimension first.

Lean module: NN.Spec.Core.Shape
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from math import prod

from leanmirror.spec.errors import BadInput, ShapeError


@dataclass(frozen=True, slots=True)
class Shape:
    """`scalar` or `dim n s`, kept as the tuple of its dimensions; sizes may be 0.

    Lean: Spec.Shape
    """

    dims: tuple[int, ...] = ()
    _size: int = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        for n in self.dims:
            if type(n) is not int or n < 0:
                raise BadInput(f"a dimension is a natural number, not {n!r}")
        object.__setattr__(self, "_size", prod(self.dims))

    @staticmethod
    def scalar() -> Shape:
        """The shape of one number.

        Lean: Spec.Shape.scalar
        """
        return SCALAR

    @staticmethod
    def dim(n: int, s: Shape) -> Shape:
        """`n` copies of `s`.

        Lean: Spec.Shape.dim
        """
        return Shape((n, *s.dims))

    @property
    def size(self) -> int:
        """The number of entries; 1 for the scalar shape.

        Lean: Spec.Shape.size
        """
        return self._size

    @property
    def rank(self) -> int:
        """The number of dimensions.

        Lean: Spec.Shape.rank
        """
        return len(self.dims)

    def toList(self) -> list[int]:
        """The dimensions, outermost first.

        Lean: Spec.Shape.toList
        """
        return list(self.dims)

    @staticmethod
    def ofList(dims: list[int]) -> Shape:
        """The shape with these dimensions, outermost first.

        Lean: Spec.Shape.ofList
        """
        return Shape(tuple(dims))

    def __str__(self) -> str:
        text = ".scalar"
        for n in reversed(self.dims):
            text = f".dim {n} {text}" if text == ".scalar" else f".dim {n} ({text})"
        return text


SCALAR = Shape()


@lru_cache(maxsize=1024)
def vector(n: int) -> Shape:
    """The shape of a vector of length n, `.dim n .scalar`."""
    return Shape((n,))


def require_size(what: str, found: int, wanted: int) -> None:
    """Raise ShapeError naming both sizes unless they are equal."""
    if found != wanted:
        raise ShapeError(f"{what}: {found} entries where {wanted} are needed")


def require_shape(what: str, found: Shape, wanted: Shape) -> None:
    """Raise ShapeError naming both shapes unless they are equal."""
    if found != wanted:
        raise ShapeError(f"{what}: shape {found} where {wanted} is needed")
