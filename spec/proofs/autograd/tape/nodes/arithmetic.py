"""Affine maps, sums, products and quotients of blocks of one shape, and masks that stay fixed.

Lean module: NN.Proofs.Autograd.Tape.Nodes.Arithmetic
"""

from __future__ import annotations

from collections.abc import Mapping

from leanmirror.spec.core import context as real
from leanmirror.spec.core.context import Scalar, inv
from leanmirror.spec.core.shape import Shape, require_shape
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.judge.claim import Assume, BinderSpec
from leanmirror.spec.judge.comparison import not_equal
from leanmirror.spec.judge.judgement import all_of
from leanmirror.spec.judge.types import CLMT, BoolT, PiT, RealT, VecT
from leanmirror.spec.judge.types.linear import CLM
from leanmirror.spec.ops import Op, contract
from leanmirror.spec.proofs.autograd.core.vectorization import Vec
from leanmirror.spec.proofs.autograd.tape.core.fderiv import (
    NodeFDerivCorrect,
    NodeFDerivCorrectAt,
    ctxSize,
    vecOfFun,
)
from leanmirror.spec.proofs.autograd.tape.core.soundness import Idx, Node
from leanmirror.spec.proofs.autograd.tape.nodes.context import CtxVec, Node_
from leanmirror.spec.torchlean_types import ContextT, IdxT, ShapeT
from leanmirror.spec.torchlean_types.shapes import Shapes


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


def affine(sOut: Shape, idx: Idx, A: CLM, b: Vec) -> Node:
    """`A x + b` of a block, for a map A out of its entries.

    Lean: Proofs.Autograd.TapeNodes.affine
    """
    return Node_.ofVec(
        idx.Γ,
        sOut,
        f=lambda x: _plus(A(CtxVec.get(idx, x)), b),
        jvp=lambda _x, dx: A(CtxVec.get(idx, dx)),
        vjp=lambda _x, δ: CtxVec.single(idx, A.adjoint(δ)),
    )


def affineFderiv(sOut: Shape, idx: Idx, A: CLM, b: Vec) -> NodeFDerivCorrect:
    """The certificate of `affine idx A b` at every point.

    Lean: Proofs.Autograd.TapeNodes.affineFderiv
    """
    D = A.comp(CtxVec.getCLM(idx))
    return NodeFDerivCorrect(affine(sOut, idx, A, b), lambda _xV: D)


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


def scale(idx: Idx, c: Scalar) -> Node:
    """A block times a number.

    Lean: Proofs.Autograd.TapeNodes.scale
    """
    block = VecT(idx.s.size)
    return Node_.ofVec(
        idx.Γ,
        idx.s,
        f=lambda x: block.smul(c, CtxVec.get(idx, x)),
        jvp=lambda _x, dx: block.smul(c, CtxVec.get(idx, dx)),
        vjp=lambda _x, δ: CtxVec.single(idx, block.smul(c, δ)),
    )


def scaleFderiv(idx: Idx, c: Scalar) -> NodeFDerivCorrect:
    """The certificate of `scale idx c` at every point.

    Lean: Proofs.Autograd.TapeNodes.scaleFderiv
    """
    D = CtxVec.getCLM(idx).smul(c)
    return NodeFDerivCorrect(scale(idx, c), lambda _xV: D)


def fixedMaskScale(idx: Idx, coeff: Vec) -> Node:
    """A block times given numbers, entry by entry.

    Lean: Proofs.Autograd.TapeNodes.fixedMaskScale
    """
    return Node_.ofVec(
        idx.Γ,
        idx.s,
        f=lambda x: _hadamard(coeff, CtxVec.get(idx, x)),
        jvp=lambda _x, dx: _hadamard(coeff, CtxVec.get(idx, dx)),
        vjp=lambda _x, δ: CtxVec.single(idx, _hadamard(coeff, δ)),
    )


def fixedMaskScaleFderiv(idx: Idx, coeff: Vec) -> NodeFDerivCorrect:
    """The certificate of `fixedMaskScale idx coeff` at every point.

    Lean: Proofs.Autograd.TapeNodes.fixedMaskScaleFderiv
    """
    block = VecT(idx.s.size)
    D = CLM(block, block, lambda v: _hadamard(coeff, v)).comp(CtxVec.getCLM(idx))
    return NodeFDerivCorrect(fixedMaskScale(idx, coeff), lambda _xV: D)


def invertedDropoutCoeff(mask: list[bool], keepProb: Scalar) -> Vec:
    """`keepProb⁻¹` where the mask keeps an entry, else 0.

    Lean: Proofs.Autograd.TapeNodes.invertedDropoutCoeff
    """
    return vecOfFun([inv(keepProb) if kept else 0 for kept in mask])


def fixedInvertedDropout(idx: Idx, mask: list[bool], keepProb: Scalar) -> Node:
    """A block divided by `keepProb` where the mask keeps it, else 0.

    Lean: Proofs.Autograd.TapeNodes.fixedInvertedDropout
    """
    return fixedMaskScale(idx, invertedDropoutCoeff(mask, keepProb))


def fixedInvertedDropoutFderiv(idx: Idx, mask: list[bool], keepProb: Scalar) -> NodeFDerivCorrect:
    """The certificate of `fixedInvertedDropout idx mask keepProb` at every point.

    Lean: Proofs.Autograd.TapeNodes.fixedInvertedDropoutFderiv
    """
    return fixedMaskScaleFderiv(idx, invertedDropoutCoeff(mask, keepProb))


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


def square(idx: Idx) -> Node:
    """A block times itself, entry by entry.

    Lean: Proofs.Autograd.TapeNodes.square
    """
    return mul(idx, idx)


def squareFderiv(idx: Idx) -> NodeFDerivCorrect:
    """The certificate of `square idx` at every point.

    Lean: Proofs.Autograd.TapeNodes.squareFderiv
    """
    return mulFderiv(idx, idx)


def div(a: Idx, b: Idx) -> Node:
    """The entrywise quotient of two blocks, 0 where the second is 0.

    Lean: Proofs.Autograd.TapeNodes.div
    """
    _one_context(a, b)

    def backward(x: Vec, δ: Vec) -> Vec:
        u, v = CtxVec.get(a, x), CtxVec.get(b, x)
        above = vecOfFun([d * inv(q) for d, q in zip(δ, v, strict=True)])
        below = vecOfFun([d * (-p * inv(q**2)) for d, p, q in zip(δ, u, v, strict=True)])
        return _plus(CtxVec.single(a, above), CtxVec.single(b, below))

    def forward(x: Vec) -> Vec:
        return vecOfFun([real.div(p, q) for p, q in zip(CtxVec.get(a, x), CtxVec.get(b, x), strict=True)])

    def tangent(x: Vec, dx: Vec) -> Vec:
        points = zip(CtxVec.get(a, x), CtxVec.get(b, x), CtxVec.get(a, dx), CtxVec.get(b, dx), strict=True)
        return vecOfFun([dp * inv(q) - p * dq * inv(q**2) for p, q, dp, dq in points])

    return Node_.ofVec(a.Γ, a.s, f=forward, jvp=tangent, vjp=backward)


def divFderivAt(a: Idx, b: Idx, xV: Vec) -> NodeFDerivCorrectAt:
    """The certificate of `div a b` at xV, where no entry of the second block is 0.

    Lean: Proofs.Autograd.TapeNodes.divFderivAt
    """
    u, v = CtxVec.get(a, xV), CtxVec.get(b, xV)
    A, B = CtxVec.getCLM(a), CtxVec.getCLM(b)

    def entries(dx: Vec) -> Vec:
        return [p * (-inv(q**2) * y) + inv(q) * x for p, q, x, y in zip(u, v, A(dx), B(dx), strict=True)]

    return NodeFDerivCorrectAt(div(a, b), xV, CLM(VecT(ctxSize(a.Γ)), VecT(a.s.size), entries))


def _at_index(Γ: Shapes, s: Shape) -> IdxT:
    return IdxT(Γ, s)


_ONE: Mapping[str, BinderSpec] = {"Γ": ContextT(), "s": ShapeT(), "idx": _at_index}
_TWO: Mapping[str, BinderSpec] = {"Γ": ContextT(), "s": ShapeT(), "a": _at_index, "b": _at_index}

OPS = (
    Op("Proofs.Autograd.TapeNodes.add", add, addFderiv, _TWO, lambda s: s),
    Op("Proofs.Autograd.TapeNodes.sub", sub, subFderiv, _TWO, lambda s: s),
    Op("Proofs.Autograd.TapeNodes.mul", mul, mulFderiv, _TWO, lambda s: s),
    Op(
        "Proofs.Autograd.TapeNodes.affine",
        affine,
        affineFderiv,
        {
            "Γ": ContextT(),
            "sIn": ShapeT(),
            "sOut": ShapeT(),
            "idx": lambda Γ, sIn: IdxT(Γ, sIn),
            "A": lambda sIn, sOut: CLMT(VecT(sIn.size), VecT(sOut.size)),
            "b": lambda sOut: VecT(sOut.size),
        },
        lambda sOut: sOut,
    ),
    Op("Proofs.Autograd.TapeNodes.scale", scale, scaleFderiv, {**_ONE, "c": RealT()}, lambda s: s),
    Op(
        "Proofs.Autograd.TapeNodes.fixedMaskScale",
        fixedMaskScale,
        fixedMaskScaleFderiv,
        {**_ONE, "coeff": lambda s: VecT(s.size)},
        lambda s: s,
    ),
    Op(
        "Proofs.Autograd.TapeNodes.fixedInvertedDropout",
        fixedInvertedDropout,
        fixedInvertedDropoutFderiv,
        {**_ONE, "mask": lambda s: PiT(s.size, BoolT()), "keepProb": RealT()},
        lambda s: s,
    ),
    Op("Proofs.Autograd.TapeNodes.square", square, squareFderiv, _ONE, lambda s: s),
    Op(
        "Proofs.Autograd.TapeNodes.div",
        div,
        divFderivAt,
        _TWO,
        lambda s: s,
        {"hb": Assume(holds=lambda b, xV: all_of(not_equal(v, 0) for v in CtxVec.get(b, xV)))},
    ),
)

CLAIMS = tuple(map(contract, OPS))
