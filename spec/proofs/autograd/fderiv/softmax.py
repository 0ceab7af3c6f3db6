"""Softmax on vectors, its derivative and its forward-mode rule; the exponentials are not shifted.

Lean module: NN.Proofs.Autograd.FDeriv.Softmax
"""

from __future__ import annotations

from leanmirror.spec.core.context import Scalar, div, exp
from leanmirror.spec.core.shape import require_size
from leanmirror.spec.judge.claim import claim
from leanmirror.spec.judge.comparison import equal
from leanmirror.spec.judge.derivative import HasFDerivAt
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.judge.types import NatT, RealT, VecT
from leanmirror.spec.judge.types.linear import CLM
from leanmirror.spec.mathlib import inner
from leanmirror.spec.proofs.autograd.core.vectorization import Vec


def softmaxVecOfFun(f: list[Scalar]) -> Vec:
    """A function out of `Fin n` as a vector.

    Lean: Proofs.Autograd.softmaxVecOfFun
    """
    return list(f)


def sumExp(x: Vec) -> Scalar:
    """`∑ i, exp (x i)`.

    Lean: Proofs.Autograd.sumExp
    """
    return sum(exp(v) for v in x)


def softmaxVec(x: Vec) -> Vec:
    """`exp (x i) / sumExp x`; the empty vector is kept.

    Lean: Proofs.Autograd.softmaxVec
    """
    e = [exp(v) for v in x]
    sum_exp = sum(e)  # sumExp x, whose terms are the numerators
    return [div(v, sum_exp) for v in e]


def dotCLM(y: Vec) -> CLM:
    """`x ↦ ∑ j, x j * y j`.

    Lean: Proofs.Autograd.dotCLM
    """
    return CLM(VecT(len(y)), RealT(), lambda x: sum(a * b for a, b in zip(x, y, strict=True)))


def dotCLM_apply(y: Vec, x: Vec) -> Judgement:
    """`dotCLM y x = ∑ j, y j * x j`

    Lean: Proofs.Autograd.dotCLM_apply
    """
    return equal(dotCLM(y)(x), sum(y[j] * x[j] for j in range(len(y))))


def softmaxDerivCoord(x: Vec, i: int) -> CLM:
    """Coordinate i of the derivative: `dx ↦ dx i * y i - ⟪y, dx⟫ * y i`, with `y = softmaxVec x`.

    Lean: Proofs.Autograd.softmaxDerivCoord
    """
    y = softmaxVec(x)
    return CLM(VecT(len(x)), RealT(), lambda dx: dx[i] * y[i] - dotCLM(y)(dx) * y[i])


def softmaxDerivCLM(x: Vec) -> CLM:
    """The derivative of `softmaxVec` at x: `softmaxDerivCoord x i` for every i, y and ⟪y, dx⟫ taken once.

    Lean: Proofs.Autograd.softmaxDerivCLM
    """
    y = softmaxVec(x)

    def apply(dx: Vec) -> Vec:
        s = dotCLM(y)(dx)
        return [d * v - s * v for d, v in zip(dx, y, strict=True)]

    return CLM(VecT(len(x)), VecT(len(x)), apply)


def softmaxJvp(x: Vec, dx: Vec) -> Vec:
    """`y i * (dx i - ⟪y, dx⟫)` with `y = softmaxVec x`; ShapeError where the lengths differ.

    Lean: Proofs.Autograd.softmaxJvp
    """
    require_size("softmaxJvp, the tangent", len(dx), len(x))
    y = softmaxVec(x)
    s = dotCLM(y)(dx)
    return [v * (d - s) for v, d in zip(y, dx, strict=True)]


def softmaxJvp_eq_deriv(x: Vec, dx: Vec) -> Judgement:
    """`softmaxJvp x dx = softmaxDerivCLM x dx`

    Lean: Proofs.Autograd.softmaxJvp_eq_deriv
    """
    return equal(softmaxJvp(x, dx), softmaxDerivCLM(x)(dx))


def inner_softmaxJvp_comm(x: Vec, dx: Vec, δ: Vec) -> Judgement:
    """`⟪softmaxJvp x dx, δ⟫ = ⟪dx, softmaxJvp x δ⟫`

    Lean: Proofs.Autograd.inner_softmaxJvp_comm
    """
    return equal(inner(softmaxJvp(x, dx), δ), inner(dx, softmaxJvp(x, δ)))


def hasFDerivAt_softmaxVec(x: Vec) -> Judgement:
    """`HasFDerivAt softmaxVec (softmaxDerivCLM x) x`

    Lean: Proofs.Autograd.hasFDerivAt_softmaxVec
    """
    return HasFDerivAt(softmaxVec, softmaxDerivCLM(x), x)


def _vec(n: int) -> VecT:
    return VecT(n)


CLAIMS = (
    claim("Proofs.Autograd.dotCLM_apply", dotCLM_apply, n=NatT(), y=_vec, x=_vec),
    claim("Proofs.Autograd.softmaxJvp_eq_deriv", softmaxJvp_eq_deriv, n=NatT(), x=_vec, dx=_vec),
    claim("Proofs.Autograd.inner_softmaxJvp_comm", inner_softmaxJvp_comm, n=NatT(), x=_vec, dx=_vec, δ=_vec),
    claim("Proofs.Autograd.hasFDerivAt_softmaxVec", hasFDerivAt_softmaxVec, n=NatT(), x=_vec),
)
