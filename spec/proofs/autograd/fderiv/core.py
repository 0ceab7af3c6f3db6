"""Linear maps on vectors from matrices, the rectifier with its derivative, and both in a small network.

Lean module: NN.Proofs.Autograd.FDeriv.Core
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from leanmirror.spec.autograd.autograd_spec import OpSpec
from leanmirror.spec.autograd.ops import linearOp, reluOp
from leanmirror.spec.core.context import Scalar
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.core.tensor.core import Tensor, require_matrix
from leanmirror.spec.core.tensor.linalg import matVecMulSpec
from leanmirror.spec.core.tensor_ops import addSpec
from leanmirror.spec.judge.claim import Assume, BinderSpec, claim
from leanmirror.spec.judge.comparison import equal, not_equal
from leanmirror.spec.judge.derivative import HasFDerivAt, fderiv
from leanmirror.spec.judge.judgement import Judgement, all_of
from leanmirror.spec.judge.types import Mat, MatT, NatT, PiT, RealT, VecT
from leanmirror.spec.judge.types.linear import CLM
from leanmirror.spec.layers.activation import Math
from leanmirror.spec.layers.linear import LinearSpec, linearSpec
from leanmirror.spec.mathlib import inner, mulVec
from leanmirror.spec.proofs.autograd.core.real_correctness import OpSpecCorrect, linearCorrect, reluCorrect
from leanmirror.spec.proofs.autograd.core.vectorization import Vec, toVecE
from leanmirror.spec.proofs.tensor.basic.folds import dot
from leanmirror.spec.torchlean_types import LinearSpecT, TensorT


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


def reluFunDeriv(x: list[Scalar]) -> CLM:
    """`reluDerivCLM` on functions out of `Fin n`.

    Lean: Proofs.Autograd.reluFunDeriv
    """
    slopes = [Math.reluDerivSpec(v) for v in x]
    n = PiT(len(x), RealT())
    return CLM(n, n, lambda dx: [d * slope for d, slope in zip(dx, slopes, strict=True)])


def reluDerivCLM(x: Vec) -> CLM:
    """The diagonal map with the rectifier's derivatives at the entries of x.

    Lean: Proofs.Autograd.reluDerivCLM
    """
    on_functions = reluFunDeriv(x)
    n = VecT(len(x))
    return CLM(n, n, on_functions.toFun)


def hasFDerivAt_reluVec(x: Vec) -> Judgement:
    """`HasFDerivAt reluVec (reluDerivCLM x) x`, where no entry of x is 0

    Lean: Proofs.Autograd.hasFDerivAt_reluVec
    """
    return HasFDerivAt(reluVec, reluDerivCLM(x), x)


def mlpVec(l1: LinearSpec, l2: LinearSpec, x: Vec) -> Vec:
    """Two linear layers with the rectifier between them.

    Lean: Proofs.Autograd.mlpVec
    """
    z1 = _hidden(l1, x)
    return affine(tensorToMatrix(l2.weights), toVecE(l2.bias), reluVec(z1))


def _hidden(l1: LinearSpec, x: Vec) -> Vec:
    return affine(tensorToMatrix(l1.weights), toVecE(l1.bias), x)


def mlpDeriv(l1: LinearSpec, l2: LinearSpec, x: Vec) -> CLM:
    """The derivative of `mlpVec` at x: the second weights, the rectifier's derivative, the first weights.

    Lean: Proofs.Autograd.mlpDeriv
    """
    W1, W2 = tensorToMatrix(l1.weights), tensorToMatrix(l2.weights)
    return matCLM(W2).comp(reluDerivCLM(_hidden(l1, x)).comp(matCLM(W1)))


def hasFDerivAt_mlpVec(l1: LinearSpec, l2: LinearSpec, x: Vec) -> Judgement:
    """`HasFDerivAt (mlpVec l1 l2) (mlpDeriv l1 l2 x) x`, where no hidden entry is 0

    Lean: Proofs.Autograd.hasFDerivAt_mlpVec
    """
    return HasFDerivAt(lambda z: mlpVec(l1, l2, z), mlpDeriv(l1, l2, x), x)


def mlpOp(l1: LinearSpec, l2: LinearSpec) -> OpSpec:
    """`mlpVec` as an operation with its backward pass.

    Lean: Proofs.Autograd.mlpOp
    """
    return linearOp(l1).compose(reluOp(Shape((l1.outDim,))).compose(linearOp(l2)))


def mlpCorrect(l1: LinearSpec, l2: LinearSpec) -> OpSpecCorrect:
    """`mlpOp` with its forward-mode rule.

    Lean: Proofs.Autograd.mlpCorrect
    """
    return linearCorrect(l1).compose(reluCorrect(Shape((l1.outDim,))).compose(linearCorrect(l2)))


def toVec_mlp_jvp(l1: LinearSpec, l2: LinearSpec, x: Tensor, dx: Tensor) -> Judgement:
    """`toVecE ((mlpCorrect l1 l2).jvp x dx) = mlpDeriv l1 l2 (toVecE x) (toVecE dx)`

    Lean: Proofs.Autograd.toVec_mlp_jvp
    """
    return equal(toVecE(mlpCorrect(l1, l2).jvp(x, dx)), mlpDeriv(l1, l2, toVecE(x))(toVecE(dx)))


def mlp_backward_eq_adjoint_fderiv(l1: LinearSpec, l2: LinearSpec, x: Tensor, δ: Tensor) -> Judgement:
    """`toVecE ((mlpOp l1 l2).backward x δ) = VJP[mlpVec l1 l2, toVecE x] (toVecE δ)`, no hidden entry 0

    Lean: Proofs.Autograd.mlp_backward_eq_adjoint_fderiv
    """
    dom, cod = VecT(l1.inDim), VecT(l2.outDim)
    derivative, certified = fderiv(lambda z: mlpVec(l1, l2, z), dom, cod, toVecE(x))
    judgement = equal(toVecE(mlpOp(l1, l2).backward(x, δ)), derivative.adjoint(toVecE(δ)))
    return judgement if certified else replace(judgement, proved=False, certified=False)


def _matrix(m: int, n: int) -> TensorT:
    return TensorT(Shape((m, n)))


def _vector(n: int) -> TensorT:
    return TensorT(Shape((n,)))


_LAYERS: Mapping[str, BinderSpec] = {
    "inDim": NatT(),
    "hidDim": NatT(),
    "outDim": NatT(),
    "l1": lambda inDim, hidDim: LinearSpecT(inDim, hidDim),
    "l2": lambda hidDim, outDim: LinearSpecT(hidDim, outDim),
}

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
    claim(
        "Proofs.Autograd.hasFDerivAt_mlpVec",
        hasFDerivAt_mlpVec,
        **_LAYERS,
        x=lambda inDim: VecT(inDim),
        hx=Assume(holds=lambda l1, x: all_of(not_equal(z, 0) for z in _hidden(l1, x))),
    ),
    claim(
        "Proofs.Autograd.toVec_mlp_jvp",
        toVec_mlp_jvp,
        **_LAYERS,
        x=lambda inDim: _vector(inDim),
        dx=lambda inDim: _vector(inDim),
    ),
    claim(
        "Proofs.Autograd.mlp_backward_eq_adjoint_fderiv",
        mlp_backward_eq_adjoint_fderiv,
        **_LAYERS,
        x=lambda inDim: _vector(inDim),
        hx=Assume(holds=lambda l1, x: all_of(not_equal(z, 0) for z in _hidden(l1, toVecE(x)))),
        δ=lambda outDim: _vector(outDim),
    ),
)
