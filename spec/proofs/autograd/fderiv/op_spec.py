"""Operations on vectors whose forward-mode rule is the derivative.

Lean module: NN.Proofs.Autograd.FDeriv.OpSpec
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from leanmirror.spec.core.shape import Shape, require_shape
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.judge.claim import claim
from leanmirror.spec.judge.comparison import equal
from leanmirror.spec.judge.derivative import HasFDerivAt, fderiv
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.judge.types import NatT, VecT
from leanmirror.spec.judge.types.linear import CLM
from leanmirror.spec.proofs.autograd.core.real_correctness import OpSpecCorrect
from leanmirror.spec.proofs.autograd.core.vectorization import Vec, ofVecE, toVecE
from leanmirror.spec.torchlean_types import OpSpecFDerivCorrectT, TensorT


@dataclass(frozen=True, slots=True)
class OpSpecFDerivCorrect:
    """An operation from vectors of length inDim to vectors of length outDim, with its derivative.

    Raises ShapeError unless `correct` has these shapes.
    Lean: Proofs.Autograd.OpSpecFDerivCorrect
    """

    inDim: int
    outDim: int
    correct: OpSpecCorrect
    deriv: Callable[[Vec], CLM]

    def __post_init__(self) -> None:
        require_shape("OpSpecFDerivCorrect, input", self.correct.op.σ, Shape((self.inDim,)))
        require_shape("OpSpecFDerivCorrect, output", self.correct.op.τ, Shape((self.outDim,)))

    def hasFDerivAt(self, xV: Vec) -> Judgement:
        """`HasFDerivAt (fun xV => toVecE (correct.op.forward (ofVecE xV))) (deriv xV) xV`

        Lean: Proofs.Autograd.OpSpecFDerivCorrect.hasFDerivAt
        """
        return HasFDerivAt(lambda z: toVecE(self.correct.op.forward(ofVecE(z))), self.deriv(xV), xV)

    def jvp_eq(self, xV: Vec, dxV: Vec) -> Judgement:
        """`toVecE (correct.jvp (ofVecE xV) (ofVecE dxV)) = deriv xV dxV`

        Lean: Proofs.Autograd.OpSpecFDerivCorrect.jvp_eq
        """
        return equal(toVecE(self.correct.jvp(ofVecE(xV), ofVecE(dxV))), self.deriv(xV)(dxV))

    def forwardVec(self, xV: Vec) -> Vec:
        """The operation on vectors.

        Lean: Proofs.Autograd.OpSpecFDerivCorrect.forwardVec
        """
        return toVecE(self.correct.op.forward(ofVecE(xV)))

    @staticmethod
    def backward_eq_adjoint_fderiv(C: OpSpecFDerivCorrect, x: Tensor, δ: Tensor) -> Judgement:
        """`toVecE (C.correct.op.backward x δ) = VJP[C.forwardVec, toVecE x] (toVecE δ)`

        Lean: Proofs.Autograd.OpSpecFDerivCorrect.backward_eq_adjoint_fderiv
        """
        derivative, certified = fderiv(C.forwardVec, VecT(C.inDim), VecT(C.outDim), toVecE(x))
        judgement = equal(toVecE(C.correct.op.backward(x, δ)), derivative.adjoint(toVecE(δ)))
        return judgement if certified else replace(judgement, proved=False, certified=False)

    def compose(self, g: OpSpecFDerivCorrect) -> OpSpecFDerivCorrect:
        """`g` after this operation; ShapeError unless `g` starts where this one ends.

        Lean: Proofs.Autograd.OpSpecFDerivCorrect.compose
        """
        return OpSpecFDerivCorrect(
            self.inDim,
            g.outDim,
            self.correct.compose(g.correct),
            lambda xV: g.deriv(self.forwardVec(xV)).comp(self.deriv(xV)),
        )


def ofVecE_toVec(t: Tensor) -> Judgement:
    """`ofVecE (toVecE t) = t`

    Lean: Proofs.Autograd.ofVecE_toVec
    """
    return equal(ofVecE(toVecE(t)), t)


CLAIMS = (
    claim("Proofs.Autograd.ofVecE_toVec", ofVecE_toVec, n=NatT(), t=lambda n: TensorT(Shape((n,)))),
    claim(
        "Proofs.Autograd.OpSpecFDerivCorrect.backward_eq_adjoint_fderiv",
        OpSpecFDerivCorrect.backward_eq_adjoint_fderiv,
        inDim=NatT(),
        outDim=NatT(),
        C=lambda inDim, outDim: OpSpecFDerivCorrectT(inDim, outDim),
        x=lambda inDim: TensorT(Shape((inDim,))),
        δ=lambda outDim: TensorT(Shape((outDim,))),
    ),
)
