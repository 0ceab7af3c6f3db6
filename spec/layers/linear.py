"""Linear layers.

Lean module: NN.Spec.Layers.Linear
"""

from __future__ import annotations

from dataclasses import dataclass

from leanmirror.spec.core.tensor.core import Tensor


@dataclass(frozen=True, slots=True)
class LinearSpec:
    """Weights of shape (outDim, inDim) and bias of shape (outDim).

    Lean: Spec.LinearSpec
    """

    weights: Tensor
    bias: Tensor
