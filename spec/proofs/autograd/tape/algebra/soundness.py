"""Contexts: one tensor for each shape of a list, over any scalar.

A list of shapes Γ is a tuple of shapes, a value of `TList Γ` a tuple of tensors, which carry their shapes.

Lean module: NN.Proofs.Autograd.Tape.Algebra.Soundness
"""

from __future__ import annotations

from dataclasses import dataclass

from leanmirror.spec.core.context import Scalar
from leanmirror.spec.core.shape import Shape, require_shape, require_size
from leanmirror.spec.core.tensor.constructors import fill
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.core.tensor_ops import addSpec, scaleSpec, subSpec
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.proofs.tensor.algebra import dot

Shapes = tuple[Shape, ...]
"""The values of `List Shape`."""
Tensors = tuple[Tensor, ...]
"""The values of `TList Γ`."""


def require_context(what: str, found: Tensors, wanted: Shapes) -> None:
    """Raise ShapeError unless there is one tensor of each shape."""
    require_size(what, len(found), len(wanted))
    for i, (t, s) in enumerate(zip(found, wanted, strict=True)):
        require_shape(f"{what}, entry {i}", t.shape, s)


def require_entry(Γ: Shapes, s: Shape, i: int) -> None:
    """Raise ShapeError unless entry i of Γ is s."""
    if not 0 <= i < len(Γ):
        raise ShapeError(f"index {i} is not below {len(Γ)}, the length of the context")
    require_shape(f"entry {i} of the context", Γ[i], s)


class TList:
    """Contexts and what is done with them, entry by entry.

    Lean: Proofs.Autograd.Algebra.TList
    """

    @staticmethod
    def nil() -> Tensors:
        """The empty context.

        Lean: Proofs.Autograd.Algebra.TList.nil
        """
        return ()

    @staticmethod
    def cons(x: Tensor, xs: Tensors) -> Tensors:
        """A tensor before a context.

        Lean: Proofs.Autograd.Algebra.TList.cons
        """
        return (x, *xs)

    @staticmethod
    def get(xs: Tensors, i: int) -> Tensor:
        """Entry i; ShapeError out of range.

        Lean: Proofs.Autograd.Algebra.TList.get
        """
        if not 0 <= i < len(xs):
            raise ShapeError(f"index {i} is not below {len(xs)}, the length of the context")
        return xs[i]

    @staticmethod
    def zero(ss: Shapes) -> Tensors:
        """Zeros of every shape.

        Lean: Proofs.Autograd.Algebra.TList.zero
        """
        return tuple(fill(0, s) for s in ss)

    @staticmethod
    def add(xs: Tensors, ys: Tensors) -> Tensors:
        """The sum; ShapeError where the shapes differ.

        Lean: Proofs.Autograd.Algebra.TList.add
        """
        require_size("add, the second context", len(ys), len(xs))
        return tuple(addSpec(a, b) for a, b in zip(xs, ys, strict=True))

    @staticmethod
    def scale(c: Scalar, xs: Tensors) -> Tensors:
        """Every tensor times `c`.

        Lean: Proofs.Autograd.Algebra.TList.scale
        """
        return tuple(scaleSpec(x, c) for x in xs)

    @staticmethod
    def sub(xs: Tensors, ys: Tensors) -> Tensors:
        """The difference; ShapeError where the shapes differ.

        Lean: Proofs.Autograd.Algebra.TList.sub
        """
        require_size("sub, the second context", len(ys), len(xs))
        return tuple(subSpec(a, b) for a, b in zip(xs, ys, strict=True))

    @staticmethod
    def snoc(xs: Tensors, t: Tensor) -> Tensors:
        """A tensor after a context.

        Lean: Proofs.Autograd.Algebra.TList.snoc
        """
        return (*xs, t)

    @staticmethod
    def unsnoc(xs: Tensors) -> tuple[Tensors, Tensor]:
        """All but the last tensor, and the last; ShapeError for the empty context.

        Lean: Proofs.Autograd.Algebra.TList.unsnoc
        """
        if not xs:
            raise ShapeError("unsnoc: 0 entries where at least 1 is needed")
        return xs[:-1], xs[-1]

    @staticmethod
    def cast(ss2: Shapes, xs: Tensors) -> Tensors:
        """The same context, where Lean needs a proof that its shapes are `ss2`; ShapeError where not.

        Lean: Proofs.Autograd.Algebra.TList.cast
        """
        require_context("cast", xs, ss2)
        return xs

    @staticmethod
    def dotList(xs: Tensors, ys: Tensors) -> Scalar:
        """The sum of the tensors' dot products; ShapeError where the shapes differ.

        Lean: Proofs.Autograd.Algebra.TList.dotList
        """
        require_size("dotList, the second context", len(ys), len(xs))
        total: Scalar = 0
        for a, b in zip(reversed(xs), reversed(ys), strict=True):
            total = dot(a, b) + total
        return total

    @staticmethod
    def single(idx: Idx, v: Tensor) -> Tensors:
        """`v` at the index, zeros elsewhere; ShapeError where `v` does not have the index's shape.

        Lean: Proofs.Autograd.Algebra.TList.single
        """
        require_shape("single", v.shape, idx.s)
        return tuple(v if k == idx.i else fill(0, s) for k, s in enumerate(idx.Γ))


@dataclass(frozen=True, slots=True)
class Idx:
    """Position i, from the front, of a context Γ whose entry there has shape s; ShapeError otherwise.

    Lean: Proofs.Autograd.Algebra.Idx
    """

    Γ: Shapes
    s: Shape
    i: int

    def __post_init__(self) -> None:
        require_entry(self.Γ, self.s, self.i)


def getIdx(xs: Tensors, idx: Idx) -> Tensor:
    """The tensor at the index.

    Lean: Proofs.Autograd.Algebra.getIdx
    """
    require_size("getIdx", len(xs), len(idx.Γ))
    return Tensor.castShape(idx.s, TList.get(xs, idx.i))
