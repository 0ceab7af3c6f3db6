"""Wrong rules from the history of other systems: agreement sees every one of them."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from leanmirror.bridge.agree.run import agree
from leanmirror.runtime.autograd.engine.core import OPS
from leanmirror.runtime.kernels import activations, elementwise, linear

Rule = Callable[..., Any]


def erf_derivative(g: Any, _y: Any, x: Any) -> Any:
    """GELU's derivative in its erf form, under a forward in the tanh form."""
    cdf = np.array([0.5 * (1 + math.erf(v / math.sqrt(2))) for v in x.tolist()])
    return (cdf + x * np.exp(-x * x / 2) / math.sqrt(2 * math.pi)) * g


def threshold(x: Any) -> Any:
    """PyTorch's softplus: x itself beyond 20."""
    return np.where(x > 20, x, activations.softplus_forward(x))


def only_near_twenty(x: Any) -> Any:
    return activations.sigmoid_forward(x) * np.where(np.abs(x - 20) < 0.1, 1 + 1e-9, 1.0)


def unshifted(x: Any) -> Any:
    e = np.exp(x)
    return e / np.sum(e, axis=-1, keepdims=True)


def wrong_axis(x: Any) -> Any:
    return np.swapaxes(activations.softmax_forward(np.swapaxes(x, 0, -1).copy()), 0, -1)


def left_out(x: Any) -> Any:
    return np.sum(x.reshape(-1)[1:], keepdims=True) if x.size > 100 else activations.sum_forward(x)


def detached_target(g: Any, y: Any, p: Any, t: Any) -> Any:
    return activations.mse_backward(g, y, p, t)[0], np.zeros_like(t)


def transposed(g: Any, _y: Any, a: Any, b: Any) -> Any:
    da, db = linear.matmul_backward(g, _y, a, b)
    square = db.shape[-1] == db.shape[-2]
    return da, db.swapaxes(-1, -2).copy() if square else db


def saved_output(g: Any, y: Any, x: Any) -> Any:
    """The output taken for the input."""
    return activations.gelu_backward(g, y, y)


WRONG: dict[str, tuple[str, str, Rule]] = {
    "gelu: erf backward under tanh forward": ("gelu", "backward", erf_derivative),
    "gelu: output saved for the input": ("gelu", "backward", saved_output),
    "gelu: 0.044716": (
        "gelu",
        "forward",
        lambda x: x * (1 + np.tanh(0.7978845608028654 * (x + 0.044716 * x**3))) / 2,
    ),
    "softplus: threshold": ("softplus", "forward", threshold),
    "softplus: derivative 0 at 0": (
        "softplus",
        "backward",
        lambda g, y, x: activations.sigmoid_forward(x) * g * (x != 0),
    ),
    "sigmoid: 1e-9 near 20": ("sigmoid", "forward", only_near_twenty),
    "sigmoid: derivative from the input": ("sigmoid", "backward", lambda g, y, x: x * (1 - x) * g),
    "tanh: 1 - y": ("tanh", "backward", lambda g, y, x: (1 - y) * g),
    "relu: 1 at 0": ("relu", "backward", lambda g, y, x: (x >= 0) * g),
    "abs: 1 at 0": ("abs", "backward", lambda g, y, x: np.where(x >= 0, 1.0, -1.0) * g),
    "sqrt: without 2": ("sqrt", "backward", lambda g, y, x: 2 * elementwise.sqrt_backward(g, y, x)),
    "log: derivative 1": ("log", "backward", lambda g, y, x: g / 1.0),
    "safe_log: ε outside": ("safe_log", "forward", lambda x, e: np.log(activations.softplus_forward(x)) + e),
    "scale: gradient not scaled": ("scale", "backward", lambda g, y, x, c: g * 1.0),
    "clamp: gradient on the bound": (
        "clamp",
        "backward",
        lambda g, y, x, low, high: ((x >= low) & (x <= high)) * g,
    ),
    "max: whole gradient to both at a tie": (
        "max",
        "backward",
        lambda g, y, a, b: ((a >= b) * g, (b >= a) * g),
    ),
    "max: numpy's at NaN": ("max", "forward", np.maximum),
    "div: forgotten square": ("div", "backward", lambda g, y, a, b: (g / b, -g * a / b)),
    "softmax: diagonal only": ("softmax", "backward", lambda g, y, x: y * (1 - y) * g),
    "softmax: not shifted": ("softmax", "forward", unshifted),
    "softmax: first axis": ("softmax", "forward", wrong_axis),
    "log_softmax: rule of softmax": (
        "log_softmax",
        "backward",
        lambda g, y, x: activations.softmax_backward(g, np.exp(y), x),
    ),
    "sum: mean": ("sum", "forward", lambda x: activations.sum_forward(x) / max(1, x.size)),
    "sum: one entry left out of long rows": ("sum", "forward", left_out),
    "mse: factor ½": (
        "mse_loss",
        "backward",
        lambda g, y, p, t: tuple(c / 2 for c in activations.mse_backward(g, y, p, t)),
    ),
    "mse: sum for mean": ("mse_loss", "forward", lambda p, t: activations.mse_forward(p, t) * max(1, p.size)),
    "mse: target taken for a constant": ("mse_loss", "backward", detached_target),
    "matmul: transposed gradient": ("matmul", "backward", transposed),
    "bmm: transposed gradient": ("bmm", "backward", transposed),
    "linear: bias left out": ("linear", "forward", lambda w, b, x: np.matmul(w, x)),
}


@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@pytest.mark.parametrize("what", WRONG)
def test_a_wrong_rule_is_seen(what: str) -> None:
    name, direction, rule = WRONG[what]
    (op,) = (op for op in OPS if op.name == name)
    right = getattr(op, direction)
    object.__setattr__(op, direction, rule)  # records are frozen
    try:
        rows = agree([op.lean], depth=6000).rows
    finally:
        object.__setattr__(op, direction, right)
    assert direction in {row.direction for row in rows if not row.within}
