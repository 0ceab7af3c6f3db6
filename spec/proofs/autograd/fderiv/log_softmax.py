"""Log-softmax on vectors, its derivative, and its forward- and reverse-mode rules.

Lean module: NN.Proofs.Autograd.FDeriv.LogSoftmax
"""

from __future__ import annotations

from leanmirror.spec.core.context import log
from leanmirror.spec.core.shape import require_size
from leanmirror.spec.judge.claim import claim
from leanmirror.spec.judge.comparison import equal, less, not_equal
from leanmirror.spec.judge.derivative import HasFDerivAt
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.judge.types import NatT, RealT, VecT
from leanmirror.spec.judge.types.linear import CLM
from leanmirror.spec.mathlib import inner
from leanmirror.spec.proofs.autograd.core.vectorization import Vec
from leanmirror.spec.proofs.autograd.fderiv.softmax import dotCLM, softmaxVec, sumExp


def sumExp_pos(x: Vec) -> Judgement:
    """`0 < sumExp x`, for at least one entry

    Lean: Proofs.Autograd.sumExp_pos
    """
    return less(0, sumExp(x))


def sumExp_ne_zero(x: Vec) -> Judgement:
    """`sumExp x ≠ 0`, for at least one entry

    Lean: Proofs.Autograd.sumExp_ne_zero
    """
    return not_equal(sumExp(x), 0)


def logSoftmaxVec(x: Vec) -> Vec:
    """`x i - log (sumExp x)`; the empty vector is kept.

    Lean: Proofs.Autograd.logSoftmaxVec
    """
    log_sum_exp = log(sumExp(x))
    return [v - log_sum_exp for v in x]


def logSoftmaxDerivCoord(x: Vec, i: int) -> CLM:
    """Coordinate i of the derivative: `dx ↦ dx i - ⟪softmaxVec x, dx⟫`.

    Lean: Proofs.Autograd.logSoftmaxDerivCoord
    """
    y = softmaxVec(x)
    return CLM(VecT(len(x)), RealT(), lambda dx: dx[i] - dotCLM(y)(dx))


def logSoftmaxDerivCLM(x: Vec) -> CLM:
    """The derivative of `logSoftmaxVec` at x: `logSoftmaxDerivCoord x i` for every i, ⟪y, dx⟫ taken once.

    Lean: Proofs.Autograd.logSoftmaxDerivCLM
    """
    y = softmaxVec(x)

    def apply(dx: Vec) -> Vec:
        s = dotCLM(y)(dx)
        return [d - s for d in dx]

    return CLM(VecT(len(x)), VecT(len(x)), apply)


def logSoftmaxJvp(x: Vec, dx: Vec) -> Vec:
    """`dx i - ⟪softmaxVec x, dx⟫`; ShapeError where the lengths differ.

    Lean: Proofs.Autograd.logSoftmaxJvp
    """
    require_size("logSoftmaxJvp, the tangent", len(dx), len(x))
    s = dotCLM(softmaxVec(x))(dx)
    return [d - s for d in dx]


def logSoftmaxVjp(x: Vec, δ: Vec) -> Vec:
    """`δ i - y i * ∑ j, δ j` with `y = softmaxVec x`; ShapeError where the lengths differ.

    Lean: Proofs.Autograd.logSoftmaxVjp
    """
    require_size("logSoftmaxVjp, the cotangent", len(δ), len(x))
    t = sum(δ)
    return [d - v * t for d, v in zip(δ, softmaxVec(x), strict=True)]


def logSoftmaxJvp_eq_deriv(x: Vec, dx: Vec) -> Judgement:
    """`logSoftmaxJvp x dx = logSoftmaxDerivCLM x dx`

    Lean: Proofs.Autograd.logSoftmaxJvp_eq_deriv
    """
    return equal(logSoftmaxJvp(x, dx), logSoftmaxDerivCLM(x)(dx))


def inner_logSoftmaxJvp_vjp(x: Vec, dx: Vec, δ: Vec) -> Judgement:
    """`⟪logSoftmaxJvp x dx, δ⟫ = ⟪dx, logSoftmaxVjp x δ⟫`

    Lean: Proofs.Autograd.inner_logSoftmaxJvp_vjp
    """
    return equal(inner(logSoftmaxJvp(x, dx), δ), inner(dx, logSoftmaxVjp(x, δ)))


def hasFDerivAt_logSoftmaxVec(x: Vec) -> Judgement:
    """`HasFDerivAt logSoftmaxVec (logSoftmaxDerivCLM x) x`

    Lean: Proofs.Autograd.hasFDerivAt_logSoftmaxVec
    """
    return HasFDerivAt(logSoftmaxVec, logSoftmaxDerivCLM(x), x)


def _vec(n: int) -> VecT:
    return VecT(n)


def _succ_vec(n: int) -> VecT:
    return VecT(n + 1)


CLAIMS = (
    claim("Proofs.Autograd.sumExp_pos", sumExp_pos, n=NatT(), x=_succ_vec),
    claim("Proofs.Autograd.sumExp_ne_zero", sumExp_ne_zero, n=NatT(), x=_succ_vec),
    claim("Proofs.Autograd.logSoftmaxJvp_eq_deriv", logSoftmaxJvp_eq_deriv, n=NatT(), x=_vec, dx=_vec),
    claim(
        "Proofs.Autograd.inner_logSoftmaxJvp_vjp",
        inner_logSoftmaxJvp_vjp,
        n=NatT(),
        x=_vec,
        dx=_vec,
        δ=_vec,
    ),
    claim("Proofs.Autograd.hasFDerivAt_logSoftmaxVec", hasFDerivAt_logSoftmaxVec, n=NatT(), x=_vec),
)
