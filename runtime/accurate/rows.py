"""softmax and log-softmax along the last axis, with their backward rules, of float64 rows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

from leanmirror.runtime.accurate.blocks import alike
from leanmirror.runtime.accurate.pairs import Pair, total, two_sum
from leanmirror.runtime.arrays import FLOAT64, Array
from leanmirror.runtime.kernels.quiet import fresh


def along_rows(f: Callable[..., Array], *arrays: Any) -> Array:
    """`f` of arrays of one shape and type, with rows of at least one entry; the result has the type too.

    A number counts as a row of one entry. Raises as `alike` does.
    """
    xs = alike(arrays)
    if xs[0].size == 0:
        return xs[-1].copy()
    wide = [np.atleast_1d(x).astype(FLOAT64) for x in xs]
    out = np.empty(wide[0].shape, xs[0].dtype)
    fresh().run(_fill, f, out, wide)
    return out.reshape(xs[0].shape)


def _fill(f: Callable[..., Array], out: Array, wide: list[Array]) -> None:
    out[...] = f(*wide)


def softmax(x: Array) -> Array:
    """exp(x − max x)/Σ exp(x − max x)"""
    e = _exponentials(*_shifted(x))
    high, low = total(e)
    value = e / high
    return np.asarray(value - value * (low / high))


def log_softmax(x: Array) -> Array:
    """(x − max x) − log Σ exp(x − max x)

    One largest entry is left out of the sum: its 1 is what log1p adds, and the rest may be tiny.
    """
    high, low = _shifted(x)
    e = _exponentials(high, low)
    np.put_along_axis(e, np.argmax(x, axis=-1, keepdims=True), 0.0, axis=-1)
    rest, more = total(e)
    log = np.log1p(rest) + more / (1 + rest)
    return np.asarray(high - (log - low))


def softmax_backward(g: Array, x: Array) -> Array:
    """y·(g − Σ g·y) for y = softmax x"""
    y = softmax(x)
    high, low = total(g * y)
    return np.asarray(y * ((g - high) - low))


def log_softmax_backward(g: Array, x: Array) -> Array:
    """g − y·Σ g for y = softmax x"""
    high, low = total(g)
    y = softmax(x)
    return np.asarray((g - y * high) - y * low)


def _shifted(x: Array) -> Pair:
    """`x − max x`, exactly where that is finite."""
    high, low = two_sum(x, -np.max(x, axis=-1, keepdims=True))
    return high, np.where(np.isfinite(high), low, 0.0)


def _exponentials(high: Array, low: Array) -> Array:
    e = np.exp(high)
    return np.asarray(e + e * low)
