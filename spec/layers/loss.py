"""Losses: the mean squared error.

Lean module: NN.Spec.Layers.Loss
"""

from __future__ import annotations

from leanmirror.spec.core.context import Scalar, div, rational
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.core.tensor_ops import mulSpec, scaleSpec, subSpec
from leanmirror.spec.core.tensor_reduction_shape.reductions import sumSpec
from leanmirror.spec.nn_core.numeric import Numbers


def toScalarSpec(t: Tensor) -> Scalar:
    """The sum of all entries.

    Lean: Spec.toScalarSpec
    """
    return sumSpec(t)


def meanDenom(s: Shape) -> int:
    """The number of entries, and 1 where there is none.

    Lean: Spec.meanDenom
    """
    return 1 if s.size == 0 else s.size


def meanOver(s: Shape, x: Scalar) -> Scalar:
    """A sum over a tensor of shape `s`, divided by `meanDenom s`.

    Lean: Spec.meanOver
    """
    return div(x, meanDenom(s))


def mseSpec(predicted: Tensor, target: Tensor) -> Scalar:
    """The mean of the squared differences; 0 for an empty shape.

    Lean: Spec.mseSpec
    """
    diff = subSpec(predicted, target)
    return meanOver(predicted.shape, toScalarSpec(mulSpec(diff, diff)))


def mseDerivSpec(predicted: Tensor, target: Tensor) -> Tensor:
    """The differences times `2 / meanDenom s`.

    Lean: Spec.mseDerivSpec
    """
    like = predicted.entries[0] if predicted.entries else 0
    n = rational(like, meanDenom(predicted.shape), 1)
    return scaleSpec(subSpec(predicted, target), div(Numbers.two(like), n))
