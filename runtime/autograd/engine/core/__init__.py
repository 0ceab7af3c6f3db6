"""NN.Runtime.Autograd.Engine.Core: the tape, its operations and reverse mode; `OPS` is all of them."""

from __future__ import annotations

from typing import Final

from leanmirror.runtime.autograd.engine.core import activations_loss, elementwise, linear
from leanmirror.runtime.autograd.ops import Op

OPS: Final[tuple[Op, ...]] = (*elementwise.OPS, *linear.OPS, *activations_loss.OPS)
