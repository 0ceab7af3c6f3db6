"""Tensors: a shape and its entries, row-major.

Lean's inductive type is a number or a function on `Fin n`; reading it outermost index first gives
the row-major list kept here.

Lean module: NN.Spec.Core.Tensor.Core
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.shape import SCALAR, Shape, require_shape, require_size


@dataclass(frozen=True, slots=True)
class Tensor:
    """A tensor of the given shape; raises ShapeError unless there are `shape.size` entries.

    Lean: Spec.Tensor
    """

    shape: Shape
    entries: list[Scalar]

    def __post_init__(self) -> None:
        require_size(f"a tensor of shape {self.shape}", len(self.entries), self.shape.size)

    @staticmethod
    def scalar(x: Scalar) -> Tensor:
        """The tensor of rank 0.

        Lean: Spec.Tensor.scalar
        """
        return Tensor(SCALAR, [x])

    @staticmethod
    def dim(n: int, s: Shape, f: Callable[[int], Tensor]) -> Tensor:
        """The tensor of shape `.dim n s` whose i-th part is `f i`.

        Lean: Spec.Tensor.dim
        """
        parts = [f(i) for i in range(n)]
        for part in parts:
            require_shape("a part of a tensor", part.shape, s)
        return Tensor(Shape.dim(n, s), [x for part in parts for x in part.entries])

    def part(self, i: int) -> Tensor:
        """The i-th part along the outermost dimension; ShapeError for a scalar or out of range."""
        if not self.shape.dims or not 0 <= i < self.shape.dims[0]:
            require_size(f"part {i} of a tensor of shape {self.shape}", 0, 1)
        s = Shape(self.shape.dims[1:])
        return Tensor(s, self.entries[i * s.size : (i + 1) * s.size])
