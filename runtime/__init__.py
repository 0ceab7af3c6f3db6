"""The float tape: TorchLean's runtime autograd on numpy arrays of float32 or float64."""

from __future__ import annotations

from leanmirror.runtime.autograd.engine.core import OPS
from leanmirror.runtime.autograd.engine.core.core import AnyTensor_, Node, Tape
from leanmirror.runtime.autograd.engine.tape_m import TapeM
from leanmirror.runtime.context import AnyTensor
from leanmirror.runtime.errors import AutogradError

__all__ = ["OPS", "AnyTensor", "AnyTensor_", "AutogradError", "Node", "Tape", "TapeM"]
