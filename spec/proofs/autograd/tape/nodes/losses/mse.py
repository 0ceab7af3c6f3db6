"""The mean squared error as a node of the tape.

Lean module: NN.Proofs.Autograd.Tape.Nodes.Losses.MSE
"""

from __future__ import annotations

from leanmirror.spec.core.context import div
from leanmirror.spec.core.shape import Shape, require_shape
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.judge.types import RealT, VecT
from leanmirror.spec.judge.types.linear import CLM
from leanmirror.spec.layers.loss import meanDenom
from leanmirror.spec.mathlib import inner
from leanmirror.spec.ops import Op, contract
from leanmirror.spec.proofs.autograd.core.vectorization import Vec
from leanmirror.spec.proofs.autograd.tape.core.fderiv import NodeFDerivCorrect, ctxSize, vecOfFun
from leanmirror.spec.proofs.autograd.tape.core.soundness import Idx, Node
from leanmirror.spec.proofs.autograd.tape.nodes.context import CtxVec, Node_
from leanmirror.spec.proofs.autograd.tape.nodes.reductions import vecScalarCLM
from leanmirror.spec.torchlean_types import ContextT, IdxT, ShapeT


def mseLoss(yhat: Idx, target: Idx) -> Node:
    """The mean of the squared differences of two blocks; 0 where they are empty.

    Lean: Proofs.Autograd.TapeNodes.mseLoss
    """
    require_shape("the second index", target.s, yhat.s)
    if yhat.Γ != target.Γ:
        raise ShapeError("the two indices are of different contexts")
    c = div(1, meanDenom(yhat.s))

    def forward(x: Vec) -> Vec:
        # ‖d‖ ^ 2 without the root, which has no derivative at 0
        d = _difference(yhat, target, x)
        return vecOfFun([c * inner(d, d)])

    def tangent(x: Vec, dx: Vec) -> Vec:
        return vecOfFun([c * (2 * inner(_difference(yhat, target, x), _difference(yhat, target, dx)))])

    def backward(x: Vec, δ: Vec) -> Vec:
        step = VecT(yhat.s.size).smul(δ[0] * (2 * c), _difference(yhat, target, x))
        back = CtxVec.single(target, [-v for v in step])
        return [u + v for u, v in zip(CtxVec.single(yhat, step), back, strict=True)]

    return Node_.ofVec(yhat.Γ, Shape(()), f=forward, jvp=tangent, vjp=backward)


def _difference(yhat: Idx, target: Idx, x: Vec) -> Vec:
    return [u - v for u, v in zip(CtxVec.get(yhat, x), CtxVec.get(target, x), strict=True)]


def mseLossFderiv(yhat: Idx, target: Idx) -> NodeFDerivCorrect:
    """The certificate of `mseLoss yhat target` at every point.

    Lean: Proofs.Autograd.TapeNodes.mseLossFderiv
    """
    c = div(1, meanDenom(yhat.s))
    context, block = VecT(ctxSize(yhat.Γ)), VecT(yhat.s.size)
    difference = CLM(context, block, lambda dx: _difference(yhat, target, dx))

    def deriv(xV: Vec) -> CLM:
        d = _difference(yhat, target, xV)
        twice = CLM(block, RealT(), lambda v: inner(d, v)).smul(2)
        return vecScalarCLM().comp(twice.comp(difference).smul(c))

    return NodeFDerivCorrect(mseLoss(yhat, target), deriv)


OPS = (
    Op(
        "Proofs.Autograd.TapeNodes.mseLoss",
        mseLoss,
        mseLossFderiv,
        {
            "Γ": ContextT(),
            "s": ShapeT(),
            "yhat": lambda Γ, s: IdxT(Γ, s),
            "target": lambda Γ, s: IdxT(Γ, s),
        },
        lambda: Shape(()),
    ),
)

CLAIMS = tuple(map(contract, OPS))
