"""Linear maps on vectors from matrices, and the rectifier with its derivative.

Lean module: NN.Proofs.Autograd.FDeriv.Core
"""

from __future__ import annotations

from leanmirror.spec.core.context import Scalar
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.core.tensor.core import Tensor, require_matrix
from leanmirror.spec.core.tensor.linalg import matVecMulSpec
from leanmirror.spec.core.tensor_ops import addSpec
from leanmirror.spec.judge.claim import Assume, claim
from leanmirror.spec.judge.derivative import HasFDerivAt
from leanmirror.spec.judge.judgement import Judgement, all_of, equal, not_equal
from leanmirror.spec.judge.linear import CLM
from leanmirror.spec.judge.types import LinearSpecT, Mat, MatT, NatT, TensorT, VecT
from leanmirror.spec.layers.activation import Math
from leanmirror.spec.layers.linear import LinearSpec, linearSpec
from leanmirror.spec.mathlib import inner, mulVec
from leanmirror.spec.proofs.autograd.core.vectorization import Vec, toVecE
from leanmirror.spec.proofs.tensor.basic.folds import dot


def dot_eq_inner_vec(a: Tensor, b: Tensor) -> Judgement:
    """`Spec.dot a b = ⟪toVecE a, toVecE b⟫`

    Lean: Proofs.Autograd.dot_eq_inner_vec
    """
    return equal(dot(a, b), inner(toVecE(a), toVecE(b)))


def toVecE_add_spec(a: Tensor, b: Tensor) -> Judgement:
    """`toVecE (addSpec a b) = toVecE a + toVecE b`

    Lean: Proofs.Autograd.toVecE_add_spec
    """
    return equal(toVecE(addSpec(a, b)), VecT(len(a.entries)).add(toVecE(a), toVecE(b)))


def tensorToMatrix(W: Tensor) -> Mat:
    """A matrix-shaped tensor as a matrix.

    Lean: Proofs.Autograd.tensorToMatrix
    """
    m, n = require_matrix("tensorToMatrix", W)
    matrix: Mat = MatT(m, n).of(W.entries)
    return matrix


def matCLM(W: Mat) -> CLM:
    """`x ↦ W x`.

    Lean: Proofs.Autograd.matCLM
    """
    return CLM(VecT(W.n), VecT(W.m), lambda x: mulVec(W, x))


def toVecE_mat_vec_mul_spec(A: Tensor, v: Tensor) -> Judgement:
    """`toVecE (matVecMulSpec A v) = matCLM (tensorToMatrix A) (toVecE v)`

    Lean: Proofs.Autograd.toVecE_mat_vec_mul_spec
    """
    return equal(toVecE(matVecMulSpec(A, v)), matCLM(tensorToMatrix(A))(toVecE(v)))


def affine(W: Mat, b: Vec, x: Vec) -> Vec:
    """`W x + b`.

    Lean: Proofs.Autograd.affine
    """
    y: Vec = VecT(W.m).add(matCLM(W)(x), b)
    return y


def hasFDerivAt_affine(W: Mat, b: Vec, x: Vec) -> Judgement:
    """`HasFDerivAt (affine W b) (matCLM W) x`

    Lean: Proofs.Autograd.hasFDerivAt_affine
    """
    return HasFDerivAt(lambda z: affine(W, b, z), matCLM(W), x)


def toVecE_linear_spec(l: LinearSpec, x: Tensor) -> Judgement:  # noqa: E741 - Lean's name
    """`toVecE (linearSpec l x) = affine (tensorToMatrix l.weights) (toVecE l.bias) (toVecE x)`

    Lean: Proofs.Autograd.toVecE_linear_spec
    """
    return equal(toVecE(linearSpec(l, x)), affine(tensorToMatrix(l.weights), toVecE(l.bias), toVecE(x)))


def reluFun(x: list[Scalar]) -> list[Scalar]:
    """`max x 0` of every entry, on functions out of `Fin n`.

    Lean: Proofs.Autograd.reluFun
    """
    return [Math.reluSpec(v) for v in x]


def reluVec(x: Vec) -> Vec:
    """`max x 0` of every entry.

    Lean: Proofs.Autograd.reluVec
    """
    return reluFun(x)


def reluDerivCLM(x: Vec) -> CLM:
    """The diagonal map with the rectifier's derivatives at the entries of x.

    Lean: Proofs.Autograd.reluDerivCLM
    """
    slopes = [Math.reluDerivSpec(v) for v in x]
    n = VecT(len(x))
    return CLM(n, n, lambda dx: [d * slope for d, slope in zip(dx, slopes, strict=True)])


def hasFDerivAt_reluVec(x: Vec) -> Judgement:
    """`HasFDerivAt reluVec (reluDerivCLM x) x`, where no entry of x is 0

    Lean: Proofs.Autograd.hasFDerivAt_reluVec
    """
    return HasFDerivAt(reluVec, reluDerivCLM(x), x)


def _matrix(m: int, n: int) -> TensorT:
    return TensorT(Shape((m, n)))


def _vector(n: int) -> TensorT:
    return TensorT(Shape((n,)))


CLAIMS = (
    claim("Proofs.Autograd.dot_eq_inner_vec", dot_eq_inner_vec, n=NatT(), a=_vector, b=_vector),
    claim("Proofs.Autograd.toVecE_add_spec", toVecE_add_spec, n=NatT(), a=_vector, b=_vector),
    claim(
        "Proofs.Autograd.toVecE_mat_vec_mul_spec",
        toVecE_mat_vec_mul_spec,
        m=NatT(),
        n=NatT(),
        A=_matrix,
        v=_vector,
    ),
    claim(
        "Proofs.Autograd.hasFDerivAt_affine",
        hasFDerivAt_affine,
        inDim=NatT(),
        outDim=NatT(),
        W=lambda inDim, outDim: MatT(outDim, inDim),
        b=lambda outDim: VecT(outDim),
        x=lambda inDim: VecT(inDim),
    ),
    claim(
        "Proofs.Autograd.toVecE_linear_spec",
        toVecE_linear_spec,
        inDim=NatT(),
        outDim=NatT(),
        l=lambda inDim, outDim: LinearSpecT(inDim, outDim),
        x=lambda inDim: TensorT(Shape((inDim,))),
    ),
    claim(
        "Proofs.Autograd.hasFDerivAt_reluVec",
        hasFDerivAt_reluVec,
        n=NatT(),
        x=lambda n: VecT(n),
        hx=Assume(holds=lambda x: all_of(not_equal(v, 0) for v in x)),
    ),
)
