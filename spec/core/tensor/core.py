"""Tensors: a shape and its entries, row-major.

Lean's inductive type is a number or a function on `Fin n`; reading it outermost index first gives
the row-major list kept here. A tensor is never changed in place, so entries may be shared.

Lean module: NN.Spec.Core.Tensor.Core
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.shape import SCALAR, Shape, require_shape, require_size
from leanmirror.spec.errors import ShapeError


@dataclass(frozen=True, slots=True)
class Tensor:
    """A tensor of the given shape; raises ShapeError unless there are `shape.size` entries.

    Lean: Spec.Tensor
    """

    shape: Shape
    entries: list[Scalar]

    def __post_init__(self) -> None:
        if len(self.entries) != self.shape.size:  # the text is only built where it is needed
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
            raise ShapeError(f"a tensor of shape {self.shape} has no part {i}")
        s = Shape(self.shape.dims[1:])
        return Tensor(s, self.entries[i * s.size : (i + 1) * s.size])

    def toScalar(self) -> Scalar:
        """The entry of a tensor of rank 0; ShapeError for another shape.

        Lean: Spec.Tensor.toScalar
        """
        require_shape("toScalar", self.shape, SCALAR)
        return self.entries[0]

    @staticmethod
    def ofScalar(x: Scalar) -> Tensor:
        """The tensor of rank 0 with this entry.

        Lean: Spec.Tensor.ofScalar
        """
        return Tensor.scalar(x)

    @staticmethod
    def castShape(s2: Shape, t: Tensor) -> Tensor:
        """The same tensor, where Lean needs a proof that its shape is `s2`; ShapeError where it is not.

        Lean: Spec.Tensor.castShape
        """
        require_shape("castShape", t.shape, s2)
        return t

    def vecGet(self, i: int) -> Scalar:
        """Entry i of a vector.

        Lean: Spec.Tensor.vecGet
        """
        return get(self, i).toScalar()


def get(t: Tensor, i: int) -> Tensor:
    """The i-th part along the outermost dimension.

    Lean: Spec.get
    """
    return t.part(i)


def get2(A: Tensor, i: int, j: int) -> Scalar:
    """Entry (i, j) of a matrix.

    Lean: Spec.get2
    """
    return get(get(A, i), j).toScalar()


def replicate(s: Shape, t: Tensor) -> Tensor:
    """The tensor of shape `s` all of whose entries are the entry of `t`, which has rank 0.

    Lean: Spec.replicate
    """
    return Tensor(s, [t.toScalar()] * s.size)


def require_matrix(what: str, t: Tensor) -> tuple[int, int]:
    """The two dimensions of a matrix; ShapeError for another rank."""
    if len(t.shape.dims) != 2:
        raise ShapeError(f"{what}: shape {t.shape} where a matrix, .dim m (.dim n .scalar), is needed")
    m, n = t.shape.dims
    return m, n


def require_vector(what: str, t: Tensor) -> int:
    """The length of a vector; ShapeError for another rank."""
    if len(t.shape.dims) != 1:
        raise ShapeError(f"{what}: shape {t.shape} where a vector, .dim n .scalar, is needed")
    return t.shape.dims[0]
