"""Scalar functions on every entry of a vector, and elementwise operations with their certificates.

Lean module: NN.Proofs.Autograd.FDeriv.Elementwise
"""

from __future__ import annotations

from collections.abc import Callable

from leanmirror.spec.core.context import Scalar
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.core.tensor_ops import mapSpec
from leanmirror.spec.judge.claim import claim
from leanmirror.spec.judge.comparison import equal
from leanmirror.spec.judge.derivative import HasFDerivAt
from leanmirror.spec.judge.given_derivatives import derivative_at, derivative_everywhere
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.judge.types import FinT, FunT, NatT, RealT, VecT
from leanmirror.spec.judge.types.linear import CLM
from leanmirror.spec.layers.activation import Math
from leanmirror.spec.nn_core.numeric import MathFunctions, Numbers
from leanmirror.spec.proofs.autograd.core import real_correctness as correct
from leanmirror.spec.proofs.autograd.core.real_correctness import OpSpecCorrect
from leanmirror.spec.proofs.autograd.core.vectorization import Vec, ofVecE, toVecE
from leanmirror.spec.proofs.autograd.fderiv.op_spec import OpSpecFDerivCorrect

ScalarMap = Callable[[Scalar], Scalar]


def elemwiseVec(f: ScalarMap, x: Vec) -> Vec:
    """`f` of every entry.

    Lean: Proofs.Autograd.elemwiseVec
    """
    return [f(v) for v in x]


def evalCLM(n: int, i: int) -> CLM:
    """The i-th coordinate of a vector of length n.

    Lean: Proofs.Autograd.evalCLM
    """
    FinT(n).check(i)
    return CLM(VecT(n), RealT(), lambda x: x[i])


def evalCLM_apply(i: int, x: Vec) -> Judgement:
    """`evalCLM i x = x i`

    Lean: Proofs.Autograd.evalCLM_apply
    """
    return equal(evalCLM(len(x), i)(x), x[i])


def elemwiseDerivCLM(f_prime: ScalarMap, x: Vec) -> CLM:
    """The diagonal map `dx ↦ dx i * f' (x i)`.

    Lean: Proofs.Autograd.elemwiseDerivCLM
    """
    slopes = [f_prime(v) for v in x]
    n = VecT(len(x))
    return CLM(n, n, lambda dx: [d * slope for d, slope in zip(dx, slopes, strict=True)])


def hasFDerivAt_elemwiseVec(f: ScalarMap, f_prime: ScalarMap, x: Vec) -> Judgement:
    """`HasFDerivAt (elemwiseVec f) (elemwiseDerivCLM f' x) x`, where f' is the derivative everywhere

    Lean: Proofs.Autograd.hasFDerivAt_elemwiseVec
    """
    return HasFDerivAt(lambda z: elemwiseVec(f, z), elemwiseDerivCLM(f_prime, x), x)


def hasFDerivAt_elemwiseVec_at(f: ScalarMap, f_prime: ScalarMap, x: Vec) -> Judgement:
    """`HasFDerivAt (elemwiseVec f) (elemwiseDerivCLM f' x) x`, where f' is the derivative at the x i

    Lean: Proofs.Autograd.hasFDerivAt_elemwiseVec_at
    """
    return HasFDerivAt(lambda z: elemwiseVec(f, z), elemwiseDerivCLM(f_prime, x), x)


def toVecE_map_spec_ofVecE_eq_elemwiseVec(f: ScalarMap, xV: Vec) -> Judgement:
    """`toVecE (mapSpec f (ofVecE xV)) = elemwiseVec f xV`

    Lean: Proofs.Autograd.toVecE_map_spec_ofVecE_eq_elemwiseVec
    """
    return equal(toVecE(mapSpec(f, ofVecE(xV))), elemwiseVec(f, xV))


def _certified(n: int, correct: Callable[[Shape], OpSpecCorrect], f_prime: ScalarMap) -> OpSpecFDerivCorrect:
    return OpSpecFDerivCorrect(n, n, correct(Shape((n,))), lambda xV: elemwiseDerivCLM(f_prime, xV))


class OpSpecFDerivCorrect_:
    """Elementwise operations on vectors of length n, each with its derivative."""

    @staticmethod
    def exp(n: int) -> OpSpecFDerivCorrect:
        """The exponential.

        Lean: Proofs.Autograd.OpSpecFDerivCorrect.exp
        """
        return _certified(n, correct.expCorrect, MathFunctions.exp)

    @staticmethod
    def square(n: int) -> OpSpecFDerivCorrect:
        """The square.

        Lean: Proofs.Autograd.OpSpecFDerivCorrect.square
        """
        return _certified(n, correct.squareCorrect, lambda z: Numbers.two(z) * z)

    @staticmethod
    def sinh(n: int) -> OpSpecFDerivCorrect:
        """The hyperbolic sine.

        Lean: Proofs.Autograd.OpSpecFDerivCorrect.sinh
        """
        return _certified(n, correct.sinhCorrect, MathFunctions.cosh)

    @staticmethod
    def cosh(n: int) -> OpSpecFDerivCorrect:
        """The hyperbolic cosine.

        Lean: Proofs.Autograd.OpSpecFDerivCorrect.cosh
        """
        return _certified(n, correct.coshCorrect, MathFunctions.sinh)

    @staticmethod
    def tanh(n: int) -> OpSpecFDerivCorrect:
        """The hyperbolic tangent.

        Lean: Proofs.Autograd.OpSpecFDerivCorrect.tanh
        """
        return _certified(n, correct.tanhCorrect, Math.tanhDerivSpec)

    @staticmethod
    def sigmoid(n: int) -> OpSpecFDerivCorrect:
        """The sigmoid.

        Lean: Proofs.Autograd.OpSpecFDerivCorrect.sigmoid
        """
        return _certified(n, correct.sigmoidCorrect, Math.sigmoidDerivSpec)

    @staticmethod
    def softplus(n: int) -> OpSpecFDerivCorrect:
        """The softplus.

        Lean: Proofs.Autograd.OpSpecFDerivCorrect.softplus
        """
        return _certified(n, correct.softplusCorrect, Math.softplusDerivSpec)

    @staticmethod
    def silu(n: int) -> OpSpecFDerivCorrect:
        """The SiLU.

        Lean: Proofs.Autograd.OpSpecFDerivCorrect.silu
        """
        return _certified(n, correct.siluCorrect, Math.swishDerivSpec)

    @staticmethod
    def gelu(n: int) -> OpSpecFDerivCorrect:
        """The GELU in its tanh form.

        Lean: Proofs.Autograd.OpSpecFDerivCorrect.gelu
        """
        return _certified(n, correct.geluCorrect, Math.geluDerivSpec)

    @staticmethod
    def safeLog(n: int, ε: Scalar) -> OpSpecFDerivCorrect:
        """The guarded logarithm `log (softplus x + ε)`, for `0 < ε`.

        Lean: Proofs.Autograd.OpSpecFDerivCorrect.safeLog
        """
        return _certified(n, lambda s: correct.safeLogCorrect(s, ε), lambda z: Math.safeLogDerivSpec(z, ε))

    @staticmethod
    def smoothAbs(n: int, ε: Scalar) -> OpSpecFDerivCorrect:
        """The smoothed absolute value `√(x * x + ε)`, for `0 < ε`.

        Lean: Proofs.Autograd.OpSpecFDerivCorrect.smoothAbs
        """
        return _certified(
            n, lambda s: correct.smoothAbsCorrect(s, ε), lambda z: Math.smoothAbsDerivSpec(z, ε)
        )


_FUNCTIONS = {"f": FunT(RealT(), RealT()), "f_prime": FunT(RealT(), RealT())}

CLAIMS = (
    claim(
        "Proofs.Autograd.evalCLM_apply",
        evalCLM_apply,
        n=NatT(),
        i=lambda n: FinT(n),
        x=lambda n: VecT(n),
    ),
    claim(
        "Proofs.Autograd.hasFDerivAt_elemwiseVec",
        hasFDerivAt_elemwiseVec,
        n=NatT(),
        **_FUNCTIONS,
        x=lambda n: VecT(n),
        hf=derivative_everywhere("f", "f_prime"),
    ),
    claim(
        "Proofs.Autograd.hasFDerivAt_elemwiseVec_at",
        hasFDerivAt_elemwiseVec_at,
        n=NatT(),
        **_FUNCTIONS,
        x=lambda n: VecT(n),
        hf=derivative_at("f", "f_prime", points=lambda env: env["x"]),
    ),
    claim(
        "Proofs.Autograd.toVecE_map_spec_ofVecE_eq_elemwiseVec",
        toVecE_map_spec_ofVecE_eq_elemwiseVec,
        n=NatT(),
        f=FunT(RealT(), RealT()),
        xV=lambda n: VecT(n),
    ),
)
