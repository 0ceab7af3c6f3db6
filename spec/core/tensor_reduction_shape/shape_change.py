"""Flattening a tensor and building it again.

Lean module: NN.Spec.Core.TensorReductionShape.ShapeChange
"""

from __future__ import annotations

from leanmirror.spec.core.shape import Shape, require_shape, vector
from leanmirror.spec.core.tensor.core import Tensor


def flattenSpec(t: Tensor) -> Tensor:
    """The entries as one vector of length `t.shape.size`, row-major.

    Lean: Spec.Tensor.flattenSpec
    """
    return Tensor(vector(t.shape.size), t.entries)


def unflattenSpec(s: Shape, t: Tensor) -> Tensor:
    """The tensor of shape `s` with these entries, row-major; ShapeError unless `t` has length `s.size`.

    Lean: Spec.Tensor.unflattenSpec
    """
    require_shape("unflattenSpec", t.shape, vector(s.size))
    return Tensor(s, t.entries)
