"""The accurate kernels as records, in the form of the tape's, with the errors they promise."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

import numpy as np

import leanmirror.runtime.accurate.functions as functions  # noqa: PLR0402 - from the package: a circle
import leanmirror.runtime.accurate.sigmoids as sigmoids  # noqa: PLR0402 - likewise
import leanmirror.runtime.accurate.softpluses as softpluses  # noqa: PLR0402 - likewise
from leanmirror.runtime.accurate.blocks import Function, entrywise, times
from leanmirror.runtime.accurate.pairs import Pair
from leanmirror.runtime.arrays import Array
from leanmirror.runtime.autograd.ops import Bound, Op
from leanmirror.runtime.kernels.constants import parameter

LIMITS: Final = (("float32", 0.51), ("float64", 4.0))
"""In units in the last place; one rounding more backward, which float32 does not see."""
TAPE, MATH, NODES = "Runtime.Autograd.Tape.", "Activation.Math.", "Proofs.Autograd.TapeNodes."


def _ulp(directions: tuple[Any, ...] = ("forward", "backward")) -> tuple[Bound, ...]:
    return tuple(Bound(dtype, d, "ulp", limit) for d in directions for dtype, limit in LIMITS)


def _room(per: str, limits: tuple[float, float]) -> tuple[Bound, ...]:
    """Where terms of both signs add up, the error is a part of the a-priori bound of the literal formula."""
    return tuple(
        Bound(dtype, "backward", "abs", limit, per=per)
        for dtype, limit in zip(("float32", "float64"), limits, strict=True)
    )


def _op(
    name: str,
    lean: str,
    proof: str,
    function: Function,
    derivative: Callable[..., Pair],
    parameters: tuple[str, ...] = (),
) -> Op:
    def forward(x: Array, *numbers: Any) -> Array:
        return entrywise(function, x, parameters=_numbers(x, numbers))

    def backward(g: Array, _y: Array, x: Array, *numbers: Any) -> Array:
        return entrywise(times(derivative), x, g, parameters=_numbers(x, numbers))

    return Op(name, lean, NODES + proof, None, forward, backward, parameters=parameters, bounds=_ulp())


def _numbers(x: Array, numbers: tuple[Any, ...]) -> tuple[Array, ...]:
    return tuple(parameter(n, x.dtype) for n in numbers)


OPS: Final = (
    _op("sigmoid", f"{TAPE}sigmoid", "sigmoid", sigmoids.sigmoid, sigmoids.sigmoid_derivative),
    _op("tanh", f"{TAPE}tanh", "tanh", np.tanh, sigmoids.tanh_derivative),
    _op("gelu", f"{TAPE}gelu", "gelu", sigmoids.gelu, sigmoids.gelu_derivative),
    Op(
        "softmax",
        f"{TAPE}softmax",
        f"{NODES}softmaxLast",
        None,
        functions.softmax,
        lambda g, _y, x: functions.softmax_backward(g, x),
        bounds=(*_ulp(("forward",)), *_room("γₖ·y·(|g| + Σ|g·y|), k = 4·D + 3·n + 40", (0.03, 0.1))),
    ),
    Op(
        "log_softmax",
        f"{TAPE}logSoftmax",
        f"{NODES}logSoftmaxLast",
        None,
        functions.log_softmax,
        lambda g, _y, x: functions.log_softmax_backward(g, x),
        bounds=(*_ulp(("forward",)), *_room("γₖ·(|g| + exp y·(1 + |y|)·Σ|g|), k = 3·n + 40", (0.03, 0.1))),
    ),
    _op("softplus", f"{TAPE}softplus", "softplus", softpluses.softplus, sigmoids.sigmoid),
    _op(
        "safe_log",
        f"{TAPE}safeLog",
        "safeLog",
        softpluses.safe_log,
        softpluses.safe_log_derivative,
        ("ε",),
    ),
    _op("silu", f"{MATH}swishSpec", "silu", sigmoids.silu, sigmoids.silu_derivative),
    _op("logistic", f"{MATH}logisticSpec", "logistic", sigmoids.sigmoid, sigmoids.sigmoid_derivative),
)
