"""Kernels for the operations whose literal formula fails in the tails, next to the faithful ones.

They compute the same functions over ℝ as Lean's definitions, by other formulas: at most 4 units in the last
place off in float64 and 0.51 in float32 (float64 inside), and never NaN or ∞ where the value is finite.
Arrays of float32 or float64 go in, arrays of the same shape and type come out. `OPS` has them as records,
with kernels that fit where the tape's do, and with the errors they promise; `leanmirror agree --backend
accurate` holds them to it.
"""

from __future__ import annotations

from leanmirror.runtime.accurate.functions import (
    gelu,
    gelu_derivative,
    log_softmax,
    log_softmax_backward,
    safe_log,
    safe_log_derivative,
    sigmoid,
    sigmoid_derivative,
    silu,
    silu_derivative,
    softmax,
    softmax_backward,
    softplus,
    softplus_derivative,
    tanh,
    tanh_derivative,
)
from leanmirror.runtime.accurate.records import OPS

__all__ = [
    "OPS",
    "gelu",
    "gelu_derivative",
    "log_softmax",
    "log_softmax_backward",
    "safe_log",
    "safe_log_derivative",
    "sigmoid",
    "sigmoid_derivative",
    "silu",
    "silu_derivative",
    "softmax",
    "softmax_backward",
    "softplus",
    "softplus_derivative",
    "tanh",
    "tanh_derivative",
]
