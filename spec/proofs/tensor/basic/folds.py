"""The dot product of real tensors.

Lean module: NN.Proofs.Tensor.Basic.Folds
"""

from __future__ import annotations

from leanmirror.spec.core.context import Scalar
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.core.tensor_ops import mulSpec
from leanmirror.spec.core.tensor_reduction_shape.reductions import sumSpec


def dot(a: Tensor, b: Tensor) -> Scalar:
    """The sum of the products of the entries; ShapeError where the shapes differ.

    Lean: Spec.dot
    """
    return sumSpec(mulSpec(a, b))
