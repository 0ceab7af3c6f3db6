"""Linear layers.

Lean module: NN.Spec.Layers.Linear
"""

from __future__ import annotations

from dataclasses import dataclass

from leanmirror.spec.core.context import Scalar
from leanmirror.spec.core.shape import Shape, require_shape
from leanmirror.spec.core.tensor.core import Tensor, get, require_matrix
from leanmirror.spec.core.tensor.linalg import matVecMulSpec, outerProductSpec, vecMatMulSpec
from leanmirror.spec.core.tensor_ops import addSpec, scaleSpec


@dataclass(frozen=True, slots=True)
class LinearSpec:
    """Weights of shape (outDim, inDim) and bias of shape (outDim); ShapeError where they do not fit.

    Lean: Spec.LinearSpec
    """

    weights: Tensor
    bias: Tensor

    def __post_init__(self) -> None:
        require_matrix("LinearSpec, weights", self.weights)
        require_shape("LinearSpec, bias", self.bias.shape, Shape(self.weights.shape.dims[:1]))

    @property
    def inDim(self) -> int:
        """The number of inputs."""
        return self.weights.shape.dims[1]

    @property
    def outDim(self) -> int:
        """The number of outputs."""
        return self.weights.shape.dims[0]


def linearSpec(m: LinearSpec, input: Tensor) -> Tensor:
    """`W x + b`.

    Lean: Spec.linearSpec
    """
    return addSpec(matVecMulSpec(m.weights, input), m.bias)


def linearBatchedSpec(m: LinearSpec, input: Tensor) -> Tensor:
    """`linearSpec m` of every row of an input of shape (batch, inDim).

    Lean: Spec.linearBatchedSpec
    """
    batch, _ = require_matrix("linearBatchedSpec", input)
    return Tensor.dim(batch, Shape((m.outDim,)), lambda i: linearSpec(m, get(input, i)))


def linearWeightsDerivSpec(input: Tensor, grad_output: Tensor) -> Tensor:
    """The cotangent of the weights: entry (i,j) is `grad_output i * input j`.

    Lean: Spec.linearWeightsDerivSpec
    """
    return outerProductSpec(grad_output, input)


def linearBiasDerivSpec(_dW: Tensor, grad_output: Tensor, _input: Tensor) -> Tensor:
    """The cotangent of the bias: `grad_output`.

    Lean: Spec.linearBiasDerivSpec
    """
    return grad_output


def linearInputDerivSpec(weights: Tensor, grad_output: Tensor) -> Tensor:
    """The cotangent of the input: `Wᵀ grad_output`.

    Lean: Spec.linearInputDerivSpec
    """
    return vecMatMulSpec(grad_output, weights)


def linearBackwardSpec(
    layer: LinearSpec, input: Tensor, grad_output: Tensor
) -> tuple[Tensor, tuple[Tensor, Tensor]]:
    """The cotangents of weights, bias and input, as a nested pair.

    Lean: Spec.linearBackwardSpec
    """
    d_weights = linearWeightsDerivSpec(input, grad_output)
    d_bias = linearBiasDerivSpec(d_weights, grad_output, input)
    return d_weights, (d_bias, linearInputDerivSpec(layer.weights, grad_output))


def linearGradientAccumulateSpec(grad1: Tensor, grad2: Tensor) -> Tensor:
    """The sum of two cotangents of the weights.

    Lean: Spec.linearGradientAccumulateSpec
    """
    return addSpec(grad1, grad2)


def linearGradientScaleSpec(grad: Tensor, scale_factor: Scalar) -> Tensor:
    """A cotangent of the weights times a factor.

    Lean: Spec.linearGradientScaleSpec
    """
    return scaleSpec(grad, scale_factor)
