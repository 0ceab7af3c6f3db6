"""A small network whose weights are points of a space, the mean squared error, and its gradients.

Lean module: NN.Proofs.Autograd.FDeriv.MlpMse
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from leanmirror.spec.core.context import Scalar, div, inv
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.core.tensor.core import Tensor, require_matrix
from leanmirror.spec.judge.claim import Assume, BinderSpec, claim
from leanmirror.spec.judge.comparison import equal, not_equal
from leanmirror.spec.judge.derivative import HasFDerivAt, fderiv
from leanmirror.spec.judge.judgement import Judgement, all_of
from leanmirror.spec.judge.types import FinT, Mat, MatT, NatT, RealT, Space, Value, VecT
from leanmirror.spec.judge.types.linear import CLM
from leanmirror.spec.layers.activation import Math
from leanmirror.spec.layers.linear import linearInputDerivSpec
from leanmirror.spec.mathlib import inner
from leanmirror.spec.proofs.autograd.core.vectorization import Vec, toVecE
from leanmirror.spec.proofs.autograd.fderiv.core import affine, matCLM, reluDerivCLM, reluVec, tensorToMatrix
from leanmirror.spec.proofs.autograd.fderiv.params import matApplyLin, outer, toMatrix
from leanmirror.spec.proofs.autograd.tape.core.fderiv import as_sure
from leanmirror.spec.torchlean_types import TensorT


def toMatE(W: Tensor) -> Mat:
    """A matrix-shaped tensor as a point of the space of matrices.

    Lean: Proofs.Autograd.toMatE
    """
    m, n = require_matrix("toMatE", W)
    matrix: Mat = MatT(m, n).of(W.entries)
    return matrix


def toMatrix_toMatE(W: Tensor) -> Judgement:
    """`toMatrix (toMatE W) = tensorToMatrix W`

    Lean: Proofs.Autograd.toMatrix_toMatE
    """
    return equal(toMatrix(toMatE(W)), tensorToMatrix(W))


def reluDerivCLM_apply(x: Vec, dx: Vec, i: int) -> Judgement:
    """`reluDerivCLM x dx i = dx i * reluDerivSpec (x i)`

    Lean: Proofs.Autograd.reluDerivCLM_apply
    """
    return equal(reluDerivCLM(x)(dx)[i], dx[i] * Math.reluDerivSpec(x[i]))


def reluDerivCLM_inner(x: Vec, dx: Vec, δ: Vec) -> Judgement:
    """`⟪reluDerivCLM x dx, δ⟫ = ⟪dx, reluDerivCLM x δ⟫`

    Lean: Proofs.Autograd.reluDerivCLM_inner
    """
    return equal(inner(reluDerivCLM(x)(dx), δ), inner(dx, reluDerivCLM(x)(δ)))


def reluDerivCLM_adjoint_apply(x: Vec, δ: Vec) -> Judgement:
    """`(reluDerivCLM x).adjoint δ = reluDerivCLM x δ`

    Lean: Proofs.Autograd.reluDerivCLM_adjoint_apply
    """
    return equal(reluDerivCLM(x).adjoint(δ), reluDerivCLM(x)(δ))


def toVecE_linear_input_deriv_spec_eq_adjoint(W: Tensor, δ: Tensor) -> Judgement:
    """`toVecE (linearInputDerivSpec W δ) = (matCLM (tensorToMatrix W)).adjoint (toVecE δ)`

    Lean: Proofs.Autograd.toVecE_linear_input_deriv_spec_eq_adjoint
    """
    return equal(toVecE(linearInputDerivSpec(W, δ)), matCLM(tensorToMatrix(W)).adjoint(toVecE(δ)))


def affineMat(W: Mat, b: Vec, x: Vec) -> Vec:
    """`W x + b`, for W a point of the space of matrices.

    Lean: Proofs.Autograd.affineMat
    """
    return affine(toMatrix(W), b, x)


def mlpVecMat(W1: Mat, b1: Vec, W2: Mat, b2: Vec, x: Vec) -> Vec:
    """Two affine maps with the rectifier between them.

    Lean: Proofs.Autograd.mlpVecMat
    """
    return affineMat(W2, b2, reluVec(affineMat(W1, b1, x)))


def mse(t: Vec, y: Vec) -> Scalar:
    """`n⁻¹ * ‖y - t‖ ^ 2`; 0 where n = 0.

    Lean: Proofs.Autograd.mse
    """
    # ‖d‖ ^ 2 without the root, which has no derivative at 0
    d = _difference(y, t)
    return inv(len(t)) * inner(d, d)


def mseGrad(y: Vec, t: Vec) -> Vec:
    """`(2 / n) • (y - t)`.

    Lean: Proofs.Autograd.mseGrad
    """
    gradient: Vec = VecT(len(t)).smul(div(2, len(t)), _difference(y, t))
    return gradient


def _difference(y: Vec, t: Vec) -> Vec:
    return [a - b for a, b in zip(y, t, strict=True)]


def hasFDerivAt_mse(t: Vec, y: Vec) -> Judgement:
    """`HasFDerivAt (mse t) ((2 / n) • innerSL ℝ (y - t)) y`

    Lean: Proofs.Autograd.hasFDerivAt_mse
    """
    d = _difference(y, t)
    slope = CLM(VecT(len(y)), RealT(), lambda dy: inner(d, dy)).smul(div(2, len(t)))
    return HasFDerivAt(lambda z: mse(t, z), slope, y)


def mseGrad_eq_adjoint_fderiv(t: Vec, y: Vec) -> Judgement:
    """`VJP[mse t, y] 1 = mseGrad y t`

    Lean: Proofs.Autograd.mseGrad_eq_adjoint_fderiv
    """
    return _gradient(lambda z: mse(t, z), VecT(len(y)), y, mseGrad(y, t))


def z1(W1: Mat, b1: Vec, x: Vec) -> Vec:
    """The hidden values before the rectifier.

    Lean: Proofs.Autograd.z1
    """
    return affineMat(W1, b1, x)


def a1(W1: Mat, b1: Vec, x: Vec) -> Vec:
    """The hidden values after the rectifier.

    Lean: Proofs.Autograd.a1
    """
    return reluVec(z1(W1, b1, x))


def y(W1: Mat, b1: Vec, W2: Mat, b2: Vec, x: Vec) -> Vec:
    """The output of the network.

    Lean: Proofs.Autograd.y
    """
    return mlpVecMat(W1, b1, W2, b2, x)


def hasFDerivAt_mlp_wrt_W2(W1: Mat, b1: Vec, W2: Mat, b2: Vec, x: Vec) -> Judgement:
    """`HasFDerivAt (fun W2 => mlpVecMat W1 b1 W2 b2 x) (matApplyLin (a1 W1 b1 x)) W2`

    Lean: Proofs.Autograd.hasFDerivAt_mlp_wrt_W2
    """
    slope = matApplyLin(len(b2), a1(W1, b1, x))
    return HasFDerivAt(lambda W: mlpVecMat(W1, b1, W, b2, x), slope, W2)


def grad_W2_mse(W1: Mat, b1: Vec, W2: Mat, b2: Vec, x: Vec, t: Vec) -> Judgement:
    """The gradient of the loss in W2 is `outer (mseGrad y t) a1`

    Lean: Proofs.Autograd.grad_W2_mse
    """
    expected = outer(mseGrad(y(W1, b1, W2, b2, x), t), a1(W1, b1, x))
    return _gradient(lambda W: mse(t, mlpVecMat(W1, b1, W, b2, x)), MatT(W2.m, W2.n), W2, expected)


def grad_b2_mse(W1: Mat, b1: Vec, W2: Mat, b2: Vec, x: Vec, t: Vec) -> Judgement:
    """The gradient of the loss in b2 is `mseGrad y t`

    Lean: Proofs.Autograd.grad_b2_mse
    """
    expected = mseGrad(mlpVecMat(W1, b1, W2, b2, x), t)
    return _gradient(lambda b: mse(t, mlpVecMat(W1, b1, W2, b, x)), VecT(len(b2)), b2, expected)


def hasFDerivAt_mlp_wrt_b1(W1: Mat, b1: Vec, W2: Mat, b2: Vec, x: Vec) -> Judgement:
    """`HasFDerivAt (fun b1 => mlpVecMat W1 b1 W2 b2 x) ((matCLM W2).comp (reluDerivCLM z1)) b1`, no z1 0

    Lean: Proofs.Autograd.hasFDerivAt_mlp_wrt_b1
    """
    slope = matCLM(toMatrix(W2)).comp(reluDerivCLM(z1(W1, b1, x)))
    return HasFDerivAt(lambda b: mlpVecMat(W1, b, W2, b2, x), slope, b1)


def grad_b1_mse(W1: Mat, b1: Vec, W2: Mat, b2: Vec, x: Vec, t: Vec) -> Judgement:
    """The gradient of the loss in b1 is the output's, through W2 and the rectifier, where no z1 is 0

    Lean: Proofs.Autograd.grad_b1_mse
    """
    expected = _hidden_gradient(W1, b1, W2, b2, x, t)
    return _gradient(lambda b: mse(t, mlpVecMat(W1, b, W2, b2, x)), VecT(len(b1)), b1, expected)


def hasFDerivAt_mlp_wrt_x(W1: Mat, b1: Vec, W2: Mat, b2: Vec, x: Vec) -> Judgement:
    """`HasFDerivAt (mlpVecMat W1 b1 W2 b2)` of W2, the rectifier's derivative, W1 at x, where no z1 is 0

    Lean: Proofs.Autograd.hasFDerivAt_mlp_wrt_x
    """
    slope = matCLM(toMatrix(W2)).comp(reluDerivCLM(z1(W1, b1, x)).comp(matCLM(toMatrix(W1))))
    return HasFDerivAt(lambda z: mlpVecMat(W1, b1, W2, b2, z), slope, x)


def grad_x_mse(W1: Mat, b1: Vec, W2: Mat, b2: Vec, x: Vec, t: Vec) -> Judgement:
    """The gradient of the loss in x is that in b1, through W1, where no z1 is 0

    Lean: Proofs.Autograd.grad_x_mse
    """
    expected = matCLM(toMatrix(W1)).adjoint(_hidden_gradient(W1, b1, W2, b2, x, t))
    return _gradient(lambda z: mse(t, mlpVecMat(W1, b1, W2, b2, z)), VecT(len(x)), x, expected)


def hasFDerivAt_mlp_wrt_W1(W1: Mat, b1: Vec, W2: Mat, b2: Vec, x: Vec) -> Judgement:
    """The derivative in W1 is `matApplyLin x`, then the rectifier's derivative, then W2, where no z1 is 0

    Lean: Proofs.Autograd.hasFDerivAt_mlp_wrt_W1
    """
    slope = matCLM(toMatrix(W2)).comp(reluDerivCLM(z1(W1, b1, x)).comp(matApplyLin(len(b1), x)))
    return HasFDerivAt(lambda W: mlpVecMat(W, b1, W2, b2, x), slope, W1)


def grad_W1_mse(W1: Mat, b1: Vec, W2: Mat, b2: Vec, x: Vec, t: Vec) -> Judgement:
    """The gradient of the loss in W1 is the outer product of that in b1 with x, where no z1 is 0

    Lean: Proofs.Autograd.grad_W1_mse
    """
    expected = outer(_hidden_gradient(W1, b1, W2, b2, x, t), x)
    return _gradient(lambda W: mse(t, mlpVecMat(W, b1, W2, b2, x)), MatT(W1.m, W1.n), W1, expected)


def _hidden_gradient(W1: Mat, b1: Vec, W2: Mat, b2: Vec, x: Vec, t: Vec) -> Vec:
    back = matCLM(toMatrix(W2)).adjoint(mseGrad(y(W1, b1, W2, b2, x), t))
    gradient: Vec = reluDerivCLM(z1(W1, b1, x))(back)
    return gradient


def _gradient(loss: Callable[[Value], Scalar], space: Space, at: Value, expected: Value) -> Judgement:
    derivative, certified = fderiv(loss, space, RealT(), at)
    return as_sure(certified, equal(derivative.adjoint(1), expected))


def _no_kink(W1: Mat, b1: Vec, x: Vec) -> Judgement:
    return all_of(not_equal(v, 0) for v in z1(W1, b1, x))


def _matrix(m: int, n: int) -> TensorT:
    return TensorT(Shape((m, n)))


_NETWORK: Mapping[str, BinderSpec] = {
    "inDim": NatT(),
    "hidDim": NatT(),
    "outDim": NatT(),
    "W1": lambda hidDim, inDim: MatT(hidDim, inDim),
    "b1": lambda hidDim: VecT(hidDim),
    "W2": lambda outDim, hidDim: MatT(outDim, hidDim),
    "b2": lambda outDim: VecT(outDim),
    "x": lambda inDim: VecT(inDim),
}

_LOSS: Mapping[str, BinderSpec] = {**_NETWORK, "t": lambda outDim: VecT(outDim)}
_SMOOTH = Assume(holds=_no_kink)


def _vector(n: int) -> VecT:
    return VecT(n)


def _of_vectors(*names: str) -> Mapping[str, BinderSpec]:
    return {"n": NatT(), **dict.fromkeys(names, _vector)}


CLAIMS = (
    claim("Proofs.Autograd.toMatrix_toMatE", toMatrix_toMatE, m=NatT(), n=NatT(), W=_matrix),
    claim(
        "Proofs.Autograd.reluDerivCLM_apply",
        reluDerivCLM_apply,
        **_of_vectors("x", "dx"),
        i=lambda n: FinT(n),
    ),
    claim("Proofs.Autograd.reluDerivCLM_inner", reluDerivCLM_inner, **_of_vectors("x", "dx", "δ")),
    claim("Proofs.Autograd.reluDerivCLM_adjoint_apply", reluDerivCLM_adjoint_apply, **_of_vectors("x", "δ")),
    claim(
        "Proofs.Autograd.toVecE_linear_input_deriv_spec_eq_adjoint",
        toVecE_linear_input_deriv_spec_eq_adjoint,
        inDim=NatT(),
        outDim=NatT(),
        W=lambda inDim, outDim: _matrix(outDim, inDim),
        δ=lambda outDim: TensorT(Shape((outDim,))),
    ),
    claim("Proofs.Autograd.hasFDerivAt_mse", hasFDerivAt_mse, **_of_vectors("t", "y")),
    claim("Proofs.Autograd.mseGrad_eq_adjoint_fderiv", mseGrad_eq_adjoint_fderiv, **_of_vectors("t", "y")),
    claim("Proofs.Autograd.hasFDerivAt_mlp_wrt_W2", hasFDerivAt_mlp_wrt_W2, **_NETWORK),
    claim("Proofs.Autograd.grad_W2_mse", grad_W2_mse, **_LOSS),
    claim("Proofs.Autograd.grad_b2_mse", grad_b2_mse, **_LOSS),
    claim("Proofs.Autograd.hasFDerivAt_mlp_wrt_b1", hasFDerivAt_mlp_wrt_b1, **_NETWORK, hx=_SMOOTH),
    claim("Proofs.Autograd.grad_b1_mse", grad_b1_mse, **_LOSS, hx=_SMOOTH),
    claim("Proofs.Autograd.hasFDerivAt_mlp_wrt_x", hasFDerivAt_mlp_wrt_x, **_NETWORK, hx=_SMOOTH),
    claim("Proofs.Autograd.grad_x_mse", grad_x_mse, **_LOSS, hx=_SMOOTH),
    claim("Proofs.Autograd.hasFDerivAt_mlp_wrt_W1", hasFDerivAt_mlp_wrt_W1, **_NETWORK, hx=_SMOOTH),
    claim("Proofs.Autograd.grad_W1_mse", grad_W1_mse, **_LOSS, hx=_SMOOTH),
)
