"""Gradients of a weight matrix: `W ↦ W x` and its adjoint, the outer product.

A value of `Mat m n` is a `leanmirror.spec.judge.types.Mat`, rows with their sizes.

Lean module: NN.Proofs.Autograd.FDeriv.Params
"""

from __future__ import annotations

from leanmirror.spec.core.context import Scalar
from leanmirror.spec.judge import types
from leanmirror.spec.judge.claim import claim
from leanmirror.spec.judge.comparison import equal
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.judge.types import FinT, MatT, NatT, PiT, RealT, VecT
from leanmirror.spec.judge.types.linear import CLM
from leanmirror.spec.mathlib import inner, mulVec
from leanmirror.spec.proofs.autograd.core.vectorization import Vec


def Mat(m: int, n: int) -> MatT:
    """The type of m×n matrices with the Frobenius inner product.

    Lean: Proofs.Autograd.Mat
    """
    return MatT(m, n)


def vecOfFunMat(f: list[Scalar]) -> Vec:
    """A function out of `Fin n` as a vector.

    Lean: Proofs.Autograd.vecOfFunMat
    """
    return list(f)


def vecOfFunMat_ofLp(f: list[Scalar], i: int) -> Judgement:
    """`(vecOfFunMat f).ofLp i = f i`

    Lean: Proofs.Autograd.vecOfFunMat_ofLp
    """
    return equal(vecOfFunMat(f)[i], f[i])


def toMatrix(W: types.Mat) -> types.Mat:
    """The same entries as a Mathlib matrix.

    Lean: Proofs.Autograd.toMatrix
    """
    return types.Mat(W.m, W.n, [list(row) for row in W.rows])


def toMatrix_add(W1: types.Mat, W2: types.Mat) -> Judgement:
    """`toMatrix (W1 + W2) = toMatrix W1 + toMatrix W2`

    Lean: Proofs.Autograd.toMatrix_add
    """
    space = Mat(W1.m, W1.n)
    return equal(toMatrix(space.add(W1, W2)), space.add(toMatrix(W1), toMatrix(W2)))


def toMatrix_smul(a: Scalar, W: types.Mat) -> Judgement:
    """`toMatrix (a • W) = a • toMatrix W`

    Lean: Proofs.Autograd.toMatrix_smul
    """
    space = Mat(W.m, W.n)
    return equal(toMatrix(space.smul(a, W)), space.smul(a, toMatrix(W)))


def matApplyLM(m: int, x: Vec) -> CLM:
    """`W ↦ W x`, from m×n matrices to vectors of length m, as a linear map.

    Lean: Proofs.Autograd.matApplyLM
    """
    return CLM(Mat(m, len(x)), VecT(m), lambda W: vecOfFunMat(mulVec(toMatrix(W), x)))


def matApplyLin(m: int, x: Vec) -> CLM:
    """`matApplyLM x` as a continuous linear map.

    Lean: Proofs.Autograd.matApplyLin
    """
    f = matApplyLM(m, x)
    return CLM(f.dom, f.cod, f.toFun)


def outer(δ: Vec, x: Vec) -> types.Mat:
    """The matrix with entries `δ i * x j`.

    Lean: Proofs.Autograd.outer
    """
    return types.Mat(len(δ), len(x), [[a * b for b in x] for a in δ])


def outer_apply(δ: Vec, x: Vec, i: int, j: int) -> Judgement:
    """`outer δ x i j = δ.ofLp i * x.ofLp j`

    Lean: Proofs.Autograd.outer_apply
    """
    return equal(outer(δ, x)[i][j], δ[i] * x[j])


def inner_mat_eq_sum(A: types.Mat, B: types.Mat) -> Judgement:
    """`⟪A, B⟫ = ∑ i, ∑ j, A i j * B i j`

    Lean: Proofs.Autograd.inner_mat_eq_sum
    """
    return equal(
        Mat(A.m, A.n).inner(A, B), sum(sum(A[i][j] * B[i][j] for j in range(A.n)) for i in range(A.m))
    )


def inner_matApply_eq(x: Vec, dW: types.Mat, δ: Vec) -> Judgement:
    """`⟪matApplyLin x dW, δ⟫ = ⟪dW, outer δ x⟫`

    Lean: Proofs.Autograd.inner_matApply_eq
    """
    left = inner(matApplyLin(dW.m, x)(dW), δ)
    return equal(left, Mat(dW.m, dW.n).inner(dW, outer(δ, x)))


def matApplyLin_adjoint_apply(x: Vec, δ: Vec) -> Judgement:
    """`(matApplyLin x).adjoint δ = outer δ x`

    Lean: Proofs.Autograd.matApplyLin_adjoint_apply
    """
    return equal(matApplyLin(len(δ), x).adjoint(δ), outer(δ, x))


def _rows(m: int) -> VecT:
    return VecT(m)


def _columns(n: int) -> VecT:
    return VecT(n)


CLAIMS = (
    claim(
        "Proofs.Autograd.vecOfFunMat_ofLp",
        vecOfFunMat_ofLp,
        n=NatT(),
        f=lambda n: PiT(n, RealT()),
        i=lambda n: FinT(n),
    ),
    claim("Proofs.Autograd.toMatrix_add", toMatrix_add, m=NatT(), n=NatT(), W1=Mat, W2=Mat),
    claim("Proofs.Autograd.toMatrix_smul", toMatrix_smul, m=NatT(), n=NatT(), a=RealT(), W=Mat),
    claim(
        "Proofs.Autograd.outer_apply",
        outer_apply,
        m=NatT(),
        n=NatT(),
        δ=_rows,
        x=_columns,
        i=lambda m: FinT(m),
        j=lambda n: FinT(n),
    ),
    claim("Proofs.Autograd.inner_mat_eq_sum", inner_mat_eq_sum, m=NatT(), n=NatT(), A=Mat, B=Mat),
    claim(
        "Proofs.Autograd.inner_matApply_eq",
        inner_matApply_eq,
        m=NatT(),
        n=NatT(),
        x=_columns,
        dW=Mat,
        δ=_rows,
    ),
    claim(
        "Proofs.Autograd.matApplyLin_adjoint_apply",
        matApplyLin_adjoint_apply,
        m=NatT(),
        n=NatT(),
        x=_columns,
        δ=_rows,
    ),
)
