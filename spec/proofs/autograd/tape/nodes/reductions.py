"""The sum of a block, and the two parts of a vector.

Lean module: NN.Proofs.Autograd.Tape.Nodes.Reductions
"""

from __future__ import annotations

import builtins

from leanmirror.spec.core.shape import Shape, require_size
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.judge.types import NatT, RealT, VecT
from leanmirror.spec.judge.types.linear import CLM
from leanmirror.spec.ops import Op, contract
from leanmirror.spec.proofs.autograd.core.vectorization import Vec
from leanmirror.spec.proofs.autograd.tape.core.fderiv import (
    NodeFDerivCorrect,
    appendVec,
    castVec,
    ctxSize,
    vecOfFun,
)
from leanmirror.spec.proofs.autograd.tape.core.soundness import Idx, Node
from leanmirror.spec.proofs.autograd.tape.nodes.context import CtxVec, Node_
from leanmirror.spec.torchlean_types import ContextT, IdxT, ShapeT


def vecScalarCLM() -> CLM:
    """A number as a vector of one entry.

    Lean: Proofs.Autograd.TapeNodes.vecScalarCLM
    """
    return CLM(RealT(), VecT(1), lambda a: vecOfFun([a]))


def sumCLM(n: int) -> CLM:
    """`x ↦ ∑ i, x i`.

    Lean: Proofs.Autograd.TapeNodes.sumCLM
    """
    return CLM(VecT(n), RealT(), lambda x: builtins.sum(x))


def sum(idx: Idx) -> Node:
    """The sum of the entries of a block.

    Lean: Proofs.Autograd.TapeNodes.sum
    """
    total = sumCLM(idx.s.size)
    return Node_.ofVec(
        idx.Γ,
        Shape(()),
        f=lambda x: vecOfFun([total(CtxVec.get(idx, x))]),
        jvp=lambda _x, dx: vecOfFun([total(CtxVec.get(idx, dx))]),
        vjp=lambda _x, δ: CtxVec.single(idx, vecOfFun([δ[0]] * idx.s.size)),
    )


def sumFderiv(idx: Idx) -> NodeFDerivCorrect:
    """The certificate of `sum idx` at every point.

    Lean: Proofs.Autograd.TapeNodes.sumFderiv
    """
    D = vecScalarCLM().comp(sumCLM(idx.s.size).comp(CtxVec.getCLM(idx)))
    return NodeFDerivCorrect(sum(idx), lambda _xV: D)


def concatLeadingAxis(a: Idx, b: Idx) -> Node:
    """Two blocks of shapes `.dim n s` and `.dim m s`, one after the other along the first axis.

    Lean: Proofs.Autograd.TapeNodes.concatLeadingAxis
    """
    left, right, joined = _joined(a, b)

    def both(x: Vec) -> Vec:
        return castVec(joined.size, appendVec(CtxVec.get(a, x), CtxVec.get(b, x)))

    def backward(_x: Vec, δ: Vec) -> Vec:
        first = CtxVec.single(a, takeLeftVec(left, right, δ))
        second = CtxVec.single(b, takeRightVec(left, right, δ))
        return [p + q for p, q in zip(first, second, strict=True)]

    return Node_.ofVec(a.Γ, joined, f=both, jvp=lambda _x, dx: both(dx), vjp=backward)


def _joined(a: Idx, b: Idx) -> tuple[int, int, Shape]:
    """The sizes of two blocks and the shape of both; ShapeError where they do not fit."""
    if a.Γ != b.Γ:
        raise ShapeError("the two indices are of different contexts")
    if not a.s.dims or not b.s.dims or a.s.dims[1:] != b.s.dims[1:]:
        raise ShapeError(f"blocks of shapes {a.s} and {b.s} have no common rest after a first axis")
    return a.s.size, b.s.size, Shape((a.s.dims[0] + b.s.dims[0], *a.s.dims[1:]))


def concatLeadingAxisFderiv(a: Idx, b: Idx) -> NodeFDerivCorrect:
    """The certificate of `concatLeadingAxis a b` at every point.

    Lean: Proofs.Autograd.TapeNodes.concatLeadingAxisFderiv
    """
    A, B = CtxVec.getCLM(a), CtxVec.getCLM(b)
    joined = VecT(a.s.size + b.s.size)
    D = CLM(VecT(ctxSize(a.Γ)), joined, lambda dx: appendVec(A(dx), B(dx)))
    return NodeFDerivCorrect(concatLeadingAxis(a, b), lambda _xV: D)


def takeLeftVec(m: int, n: int, v: Vec) -> Vec:
    """The first m of m + n entries.

    Lean: Proofs.Autograd.TapeNodes.takeLeftVec
    """
    require_size("takeLeftVec", len(v), m + n)
    return vecOfFun(v[:m])


def takeRightVec(m: int, n: int, v: Vec) -> Vec:
    """The last n of m + n entries.

    Lean: Proofs.Autograd.TapeNodes.takeRightVec
    """
    require_size("takeRightVec", len(v), m + n)
    return vecOfFun(v[m:])


OPS = (
    Op(
        "Proofs.Autograd.TapeNodes.sum",
        sum,
        sumFderiv,
        {"Γ": ContextT(), "s": ShapeT(), "idx": lambda Γ, s: IdxT(Γ, s)},
        lambda: Shape(()),
    ),
    Op(
        "Proofs.Autograd.TapeNodes.concatLeadingAxis",
        concatLeadingAxis,
        concatLeadingAxisFderiv,
        {
            "Γ": ContextT(),
            "n": NatT(),
            "m": NatT(),
            "s": ShapeT(),
            "a": lambda Γ, n, s: IdxT(Γ, Shape((n, *s.dims))),
            "b": lambda Γ, m, s: IdxT(Γ, Shape((m, *s.dims))),
        },
        lambda n, m, s: Shape((n + m, *s.dims)),
    ),
)

CLAIMS = tuple(map(contract, OPS))
