"""Sums and products of values of one shape, as far as graphs with a float twin need them.

Lean module: NN.Proofs.Autograd.Tape.Nodes.Arithmetic
"""

from __future__ import annotations

from collections.abc import Mapping

from leanmirror.spec.core.shape import Shape, require_shape
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.judge.claim import BinderSpec
from leanmirror.spec.judge.linear import CLM
from leanmirror.spec.judge.types import ContextT, IdxT, ShapeT, VecT
from leanmirror.spec.ops import Op, contract
from leanmirror.spec.proofs.autograd.core.vectorization import Vec
from leanmirror.spec.proofs.autograd.tape.algebra.soundness import Shapes
from leanmirror.spec.proofs.autograd.tape.core.fderiv import NodeFDerivCorrect, ctxSize, vecOfFun
from leanmirror.spec.proofs.autograd.tape.core.soundness import Idx, Node
from leanmirror.spec.proofs.autograd.tape.nodes.context import CtxVec, Node_


def _plus(u: Vec, v: Vec) -> Vec:
    return [x + y for x, y in zip(u, v, strict=True)]


def _minus(u: Vec, v: Vec) -> Vec:
    return [x - y for x, y in zip(u, v, strict=True)]


def _hadamard(u: Vec, v: Vec) -> Vec:
    return vecOfFun([x * y for x, y in zip(u, v, strict=True)])


def _one_context(a: Idx, b: Idx) -> None:
    require_shape("the second index", b.s, a.s)
    if a.Γ != b.Γ:
        raise ShapeError("the two indices are of different contexts")


def add(a: Idx, b: Idx) -> Node:
    """The sum of two blocks.

    Lean: Proofs.Autograd.TapeNodes.add
    """
    _one_context(a, b)
    return Node_.ofVec(
        a.Γ,
        a.s,
        f=lambda x: _plus(CtxVec.get(a, x), CtxVec.get(b, x)),
        jvp=lambda _x, dx: _plus(CtxVec.get(a, dx), CtxVec.get(b, dx)),
        vjp=lambda _x, δ: _plus(CtxVec.single(a, δ), CtxVec.single(b, δ)),
    )


def addFderiv(a: Idx, b: Idx) -> NodeFDerivCorrect:
    """The certificate of `add a b` at every point.

    Lean: Proofs.Autograd.TapeNodes.addFderiv
    """
    D = CtxVec.getCLM(a) + CtxVec.getCLM(b)
    return NodeFDerivCorrect(add(a, b), lambda _xV: D)


def sub(a: Idx, b: Idx) -> Node:
    """The first block less the second.

    Lean: Proofs.Autograd.TapeNodes.sub
    """
    _one_context(a, b)
    return Node_.ofVec(
        a.Γ,
        a.s,
        f=lambda x: _minus(CtxVec.get(a, x), CtxVec.get(b, x)),
        jvp=lambda _x, dx: _minus(CtxVec.get(a, dx), CtxVec.get(b, dx)),
        vjp=lambda _x, δ: _minus(CtxVec.single(a, δ), CtxVec.single(b, δ)),
    )


def subFderiv(a: Idx, b: Idx) -> NodeFDerivCorrect:
    """The certificate of `sub a b` at every point.

    Lean: Proofs.Autograd.TapeNodes.subFderiv
    """
    D = CtxVec.getCLM(a) + CtxVec.getCLM(b).smul(-1)
    return NodeFDerivCorrect(sub(a, b), lambda _xV: D)


def mul(a: Idx, b: Idx) -> Node:
    """The entrywise product of two blocks.

    Lean: Proofs.Autograd.TapeNodes.mul
    """
    _one_context(a, b)
    return Node_.ofVec(
        a.Γ,
        a.s,
        f=lambda x: _hadamard(CtxVec.get(a, x), CtxVec.get(b, x)),
        jvp=lambda x, dx: _plus(
            _hadamard(CtxVec.get(a, x), CtxVec.get(b, dx)), _hadamard(CtxVec.get(b, x), CtxVec.get(a, dx))
        ),
        vjp=lambda x, δ: _plus(
            CtxVec.single(a, _hadamard(δ, CtxVec.get(b, x))),
            CtxVec.single(b, _hadamard(δ, CtxVec.get(a, x))),
        ),
    )


def mulFderiv(a: Idx, b: Idx) -> NodeFDerivCorrect:
    """The certificate of `mul a b` at every point: coordinate i is `a i * dB i + b i * dA i`.

    Lean: Proofs.Autograd.TapeNodes.mulFderiv
    """
    A, B = CtxVec.getCLM(a), CtxVec.getCLM(b)

    def deriv(xV: Vec) -> CLM:
        u, v = CtxVec.get(a, xV), CtxVec.get(b, xV)
        return CLM(
            VecT(ctxSize(a.Γ)),
            VecT(a.s.size),
            lambda dx: [p * y + q * x for p, q, x, y in zip(u, v, A(dx), B(dx), strict=True)],
        )

    return NodeFDerivCorrect(mul(a, b), deriv)


def _at_index(Γ: Shapes, s: Shape) -> IdxT:
    return IdxT(Γ, s)


_TWO: Mapping[str, BinderSpec] = {"Γ": ContextT(), "s": ShapeT(), "a": _at_index, "b": _at_index}

OPS = (
    Op("Proofs.Autograd.TapeNodes.add", add, addFderiv, _TWO, lambda s: s),
    Op("Proofs.Autograd.TapeNodes.sub", sub, subFderiv, _TWO, lambda s: s),
    Op("Proofs.Autograd.TapeNodes.mul", mul, mulFderiv, _TWO, lambda s: s),
)

CLAIMS = tuple(map(contract, OPS))
