"""Total constructors of tensors.

Lean module: NN.Spec.Core.Tensor.Constructors
"""

from __future__ import annotations

from leanmirror.spec.core.context import Scalar
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.core.tensor.core import Tensor


def fill(value: Scalar, s: Shape) -> Tensor:
    """The tensor of shape `s` all of whose entries are `value`.

    Lean: Spec.fill
    """
    return Tensor(s, [value] * s.size)
