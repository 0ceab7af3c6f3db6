"""What `leanmirror.runtime.accurate` offers, as functions of arrays."""

from __future__ import annotations

from typing import Any

import numpy as np

import leanmirror.runtime.accurate.rows as rows  # noqa: PLR0402 - from the package: a circle
import leanmirror.runtime.accurate.sigmoids as sigmoids  # noqa: PLR0402 - likewise
import leanmirror.runtime.accurate.softpluses as softpluses  # noqa: PLR0402 - likewise
from leanmirror.runtime.accurate.blocks import by_ufunc, entrywise
from leanmirror.runtime.accurate.rows import along_rows
from leanmirror.runtime.arrays import Array, checked
from leanmirror.runtime.kernels.constants import CONSTANTS, parameter


def sigmoid(x: Any) -> Array:
    """1/(1 + exp(−x)), which is also the logistic function and the derivative of softplus."""
    return entrywise(sigmoids.sigmoid, x)


def sigmoid_derivative(x: Any) -> Array:
    """s·(1 − s) for s = sigmoid x."""
    return entrywise(sigmoids.sigmoid_derivative, x)


def tanh(x: Any) -> Array:
    """The hyperbolic tangent: numpy's in float64."""
    return by_ufunc(np.tanh, x)


def tanh_derivative(x: Any) -> Array:
    """1 − (tanh x)²."""
    return entrywise(sigmoids.tanh_derivative, x)


def silu(x: Any) -> Array:
    """x·sigmoid x, Lean's swish."""
    return entrywise(sigmoids.silu, x)


def silu_derivative(x: Any) -> Array:
    """The derivative of silu."""
    return entrywise(sigmoids.silu_derivative, x)


def gelu(x: Any) -> Array:
    """x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))/2."""
    return entrywise(sigmoids.gelu, x)


def gelu_derivative(x: Any) -> Array:
    """The derivative of gelu."""
    return entrywise(sigmoids.gelu_derivative, x)


def softplus(x: Any) -> Array:
    """log(1 + exp x)."""
    return entrywise(softpluses.softplus, x)


def softplus_derivative(x: Any) -> Array:
    """sigmoid x."""
    return sigmoid(x)


def safe_log(x: Any, epsilon: float | None = None) -> Array:
    """log(softplus x + ε); ε is rounded to the type of x, and 1e-6 where it is not given."""
    return entrywise(softpluses.safe_log, x, parameters=(_epsilon(x, epsilon),))


def safe_log_derivative(x: Any, epsilon: float | None = None) -> Array:
    """sigmoid x/(softplus x + ε)."""
    return entrywise(softpluses.safe_log_derivative, x, parameters=(_epsilon(x, epsilon),))


def softmax(x: Any) -> Array:
    """exp x/Σ exp x along the last axis; a number is a row of one entry."""
    return along_rows(rows.softmax, x)


def softmax_backward(g: Any, x: Any) -> Array:
    """The gradient of the logits x for the upstream gradient g: y·(g − Σ g·y) for y = softmax x."""
    return along_rows(rows.softmax_backward, g, x)


def log_softmax(x: Any) -> Array:
    """x − log Σ exp x along the last axis; a number is a row of one entry."""
    return along_rows(rows.log_softmax, x)


def log_softmax_backward(g: Any, x: Any) -> Array:
    """The gradient of the logits x, not of the output, for the upstream gradient g: g − softmax x·Σ g."""
    return along_rows(rows.log_softmax_backward, g, x)


def _epsilon(x: Any, epsilon: Any) -> Array:
    dtype = checked(x).dtype
    return CONSTANTS[dtype].epsilon if epsilon is None else parameter(epsilon, dtype)
