"""Elementwise and linear operations as `OpSpec`s.

Lean module: NN.Spec.Autograd.Ops
"""

from __future__ import annotations

from collections.abc import Callable

from leanmirror.spec.autograd.autograd_spec import OpSpec
from leanmirror.spec.core.context import Scalar
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.core.tensor.constructors import fill
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.core.tensor_ops import (
    coshSpec,
    expSpec,
    invSpec,
    logSpec,
    mapSpec,
    mulSpec,
    scaleSpec,
    sinhSpec,
    squareSpec,
)
from leanmirror.spec.layers import activation
from leanmirror.spec.layers.activation import Math
from leanmirror.spec.layers.linear import LinearSpec, linearInputDerivSpec, linearSpec
from leanmirror.spec.layers.loss import mseDerivSpec, mseSpec
from leanmirror.spec.nn_core.numeric import MathFunctions, Numbers

ScalarMap = Callable[[Scalar], Scalar]


def liftElementwise(f: ScalarMap, t: Tensor) -> Tensor:
    """`f` of every entry.

    Lean: Spec.liftElementwise
    """
    return mapSpec(f, t)


def liftElementwiseBackward(df: ScalarMap, x: Tensor, dLdy: Tensor) -> Tensor:
    """`df x * dLdy`, entry by entry.

    Lean: Spec.liftElementwiseBackward
    """
    gx = mapSpec(df, x)
    return mulSpec(gx, dLdy)


def _lifted(s: Shape, f: ScalarMap, df: ScalarMap) -> OpSpec:
    return OpSpec(s, s, lambda x: liftElementwise(f, x), lambda x, dLdy: liftElementwiseBackward(df, x, dLdy))


def reluOp(s: Shape) -> OpSpec:
    """The rectifier.

    Lean: Spec.reluOp
    """
    return _lifted(s, Math.reluSpec, Math.reluDerivSpec)


def sigmoidOp(s: Shape) -> OpSpec:
    """The sigmoid.

    Lean: Spec.sigmoidOp
    """
    return _lifted(s, Math.sigmoidSpec, Math.sigmoidDerivSpec)


def tanhOp(s: Shape) -> OpSpec:
    """The hyperbolic tangent.

    Lean: Spec.tanhOp
    """
    return _lifted(s, Math.tanhSpec, Math.tanhDerivSpec)


def softplusOp(s: Shape) -> OpSpec:
    """The softplus.

    Lean: Spec.softplusOp
    """
    return _lifted(s, Math.softplusSpec, Math.softplusDerivSpec)


def siluOp(s: Shape) -> OpSpec:
    """The SiLU, `x * sigmoid x`.

    Lean: Spec.siluOp
    """
    return OpSpec(s, s, activation.swishSpec, lambda x, dLdy: mulSpec(activation.swishDerivSpec(x), dLdy))


def eluOp(s: Shape, eluAlpha: Scalar) -> OpSpec:
    """The tensor-level `Activation.eluSpec`, whose arguments Lean swaps.

    Lean: Spec.eluOp
    """
    return OpSpec(
        s,
        s,
        lambda x: activation.eluSpec(x, eluAlpha),
        lambda x, dLdy: mulSpec(activation.eluDerivSpec(x, eluAlpha), dLdy),
    )


def geluOp(s: Shape) -> OpSpec:
    """The GELU in its tanh form.

    Lean: Spec.geluOp
    """
    return OpSpec(s, s, activation.geluSpec, lambda x, dLdy: mulSpec(activation.geluDerivSpec(x), dLdy))


def sinhOp(s: Shape) -> OpSpec:
    """The hyperbolic sine.

    Lean: Spec.sinhOp
    """
    return OpSpec(s, s, sinhSpec, lambda x, dLdy: liftElementwiseBackward(MathFunctions.cosh, x, dLdy))


def coshOp(s: Shape) -> OpSpec:
    """The hyperbolic cosine.

    Lean: Spec.coshOp
    """
    return OpSpec(s, s, coshSpec, lambda x, dLdy: liftElementwiseBackward(MathFunctions.sinh, x, dLdy))


def softmaxOp(s: Shape) -> OpSpec:
    """Softmax along the last axis.

    Lean: Spec.softmaxOp
    """
    return OpSpec(s, s, activation.softmaxSpec, activation.softmaxBackwardSpec)


def logSoftmaxOp(s: Shape) -> OpSpec:
    """Log-softmax along the last axis; its backward pass computes the output again.

    Lean: Spec.logSoftmaxOp
    """

    def backward(x: Tensor, dLdy: Tensor) -> Tensor:
        return activation.logSoftmaxBackwardSpec(activation.logSoftmaxSpec(x), dLdy)

    return OpSpec(s, s, activation.logSoftmaxSpec, backward)


def linearOp(m: LinearSpec) -> OpSpec:
    """`W x + b`, with fixed weights and bias.

    Lean: Spec.linearOp
    """
    return OpSpec(
        Shape((m.inDim,)),
        Shape((m.outDim,)),
        lambda x: linearSpec(m, x),
        lambda _x, dLdy: linearInputDerivSpec(m.weights, dLdy),
    )


def scalarOf(t: Tensor) -> Scalar:
    """The entry of a tensor of rank 0.

    Lean: Spec.scalarOf
    """
    return t.toScalar()


def smoothAbsOp(s: Shape, ε: Scalar | None = None) -> OpSpec:
    """The smoothed absolute value.

    Lean: Spec.smoothAbsOp
    """
    return _lifted(s, lambda x: Math.smoothAbsSpec(x, ε), lambda x: Math.smoothAbsDerivSpec(x, ε))


def expOp(s: Shape) -> OpSpec:
    """The exponential.

    Lean: Spec.expOp
    """
    return OpSpec(s, s, expSpec, lambda x, dLdy: mulSpec(expSpec(x), dLdy))


def logOp(s: Shape) -> OpSpec:
    """The logarithm.

    Lean: Spec.logOp
    """
    return OpSpec(s, s, logSpec, lambda x, dLdy: mulSpec(invSpec(x), dLdy))


def safeLogOp(s: Shape, ε: Scalar | None = None) -> OpSpec:
    """The guarded logarithm, `log (softplus x + ε)`.

    Lean: Spec.safeLogOp
    """
    return _lifted(s, lambda x: Math.safeLogSpec(x, ε), lambda x: Math.safeLogDerivSpec(x, ε))


def squareOp(s: Shape) -> OpSpec:
    """The square.

    Lean: Spec.squareOp
    """
    return OpSpec(s, s, squareSpec, lambda x, dLdy: mulSpec(mulSpec(fill(Numbers.two(0), x.shape), x), dLdy))


def mseLossOp(target: Tensor) -> OpSpec:
    """The mean squared error against a fixed target.

    Lean: Spec.mseLossOp
    """

    def backward(yhat: Tensor, dLdy: Tensor) -> Tensor:
        g = scalarOf(dLdy)
        return scaleSpec(mseDerivSpec(yhat, target), g)

    return OpSpec(target.shape, Shape.scalar(), lambda yhat: Tensor.scalar(mseSpec(yhat, target)), backward)
