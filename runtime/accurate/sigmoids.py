"""sigmoid, tanh, silu and gelu with their derivatives, as functions of float64 entries.

All are written with e = exp(−|v|), v being the argument of the sigmoid: it never overflows, and nothing
cancels except near the roots of two derivatives, where power series stand in. e is kept with a correction
relative to it (`more`) and is scaled by a power of two where it would be denormal. Derivatives are pairs, so
that a factor costs no further rounding of them.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from leanmirror.runtime.accurate.expansions import replaced
from leanmirror.runtime.accurate.pairs import Pair, halves, scaled, two_product, two_square, two_sum
from leanmirror.runtime.accurate.tables import (
    GELU_CUBIC,
    GELU_DERIVATIVE,
    GELU_RATE,
    SHIFT,
    SILU_DERIVATIVE,
)
from leanmirror.runtime.arrays import Array

DEEP = -600.0
"""From here on exp is taken of 128·log 2 more, and the result is divided by 2¹²⁸ last."""
DEEPEST = -10_000.0
"""exp is 0 here, and −∞ would become NaN in sums."""
FAR, FAR_GELU = 1000.0, 40.0
"""Beyond these silu and gelu are x, or 0."""
CUBIC_PARTS = halves(GELU_CUBIC[0])
GELU_RADIUS, SILU_RADIUS = 0.15, 0.25


@dataclass(frozen=True, slots=True)
class Decay:
    """exp(−|v|) = `e`·(1 + `more`)·`scale`, and 1 + exp(−|v|) = `q`·(1 + `rest`)."""

    e: Array
    more: Array | float
    scale: Array | float
    q: Array
    rest: Array

    @property
    def whole(self) -> Array:
        """exp(−|v|) in one number, which may be denormal."""
        return np.asarray((self.e + self.e * self.more) * self.scale)


def decay(v: Array, low: Array | float = 0.0) -> Decay:
    """Of the argument `v + low`."""
    a = np.maximum(-np.abs(v), DEEPEST)
    b: Array | float = np.where(v <= 0, low, -low) if isinstance(low, np.ndarray) else 0.0
    scale: Array | float = 1.0
    if a.min(initial=0.0) < DEEP:
        deep = a < DEEP
        scale = np.where(deep, 2.0**-128, 1.0)
        a, error = two_sum(a, np.where(deep, SHIFT[0], 0.0))
        b = b + error + np.where(deep, SHIFT[1], 0.0)
    e = np.exp(a)
    w = e if isinstance(scale, float) else e * scale
    q = 1.0 + w
    return Decay(e, b, scale, q, (w - (q - 1.0) + w * b) / q)


def sigmoid(x: Array) -> Pair:
    """1/(1 + exp(−x))"""
    return _weighted(np.ones_like(x), x, decay(x))


def sigmoid_derivative(x: Array, factor: float = 1.0) -> Pair:
    """`factor`·s·(1 − s) for s = sigmoid x"""
    d = decay(x)
    value, low = _over_square(factor * d.e, d.more, d)
    return value * d.scale, low * d.scale


def tanh_derivative(x: Array) -> Pair:
    """1 − (tanh x)², which is four times the sigmoid's derivative at 2x"""
    return sigmoid_derivative(x + x, 4.0)


def silu(x: Array) -> Pair:
    """x·sigmoid x"""
    near = np.clip(x, -FAR, FAR)
    return _beyond(x, FAR, _weighted(near, near, decay(near)))


def silu_derivative(x: Array) -> Pair:
    """sigmoid x + x·(sigmoid's derivative at x)"""
    near = np.clip(x, -FAR, FAR)
    found = _slope(decay(near), near, (near, np.zeros_like(near)))
    return replaced(found, SILU_DERIVATIVE.near(x, SILU_RADIUS), SILU_DERIVATIVE, x)


def gelu(x: Array) -> Pair:
    """x·sigmoid v for v = 2·√(2/π)·(x + 0.044715·x³)"""
    near = np.clip(x, -FAR_GELU, FAR_GELU)
    parts = halves(near)
    high, low, _ = _gelu_factor(near, parts)
    v, low = scaled((high, low), near, parts)
    return _beyond(x, FAR_GELU, _weighted(near, v, decay(v, low)))


def gelu_derivative(x: Array) -> Pair:
    """sigmoid v + x·v′·(sigmoid's derivative at v)"""
    near = np.clip(x, -FAR_GELU, FAR_GELU)
    parts = halves(near)
    high, low, square = _gelu_factor(near, parts)
    v, rest = scaled((high, low), near, parts)
    high, error = two_sum(high, 2 * square)
    found = _slope(decay(v, rest), v, scaled((high, low + error), near, parts))
    return replaced(found, GELU_DERIVATIVE.near(x, GELU_RADIUS), GELU_DERIVATIVE, x)


def _gelu_factor(x: Array, parts: Pair) -> tuple[Array, Array, Array]:
    """v/x = a + b·x² as a pair, and b·x²; `parts` are the halves of x."""
    square, error = two_square(x, parts)
    t, more = scaled((square, error), GELU_CUBIC[0], CUBIC_PARTS)
    more = more + square * GELU_CUBIC[1]
    high, low = two_sum(t, GELU_RATE[0])
    return high, low + (more + GELU_RATE[1]), t


def _weighted(x: Array, v: Array, d: Decay) -> Pair:
    """x·sigmoid v"""
    positive = v > 0
    value = np.where(positive, x, x * d.e) / d.q
    low = value * (np.where(positive, 0.0, d.more) - d.rest)
    return _scaled(value, low, positive, d)


def _scaled(value: Array, low: Array, positive: Array, d: Decay) -> Pair:
    if isinstance(d.scale, float):
        return value, low
    scale = np.where(positive, 1.0, d.scale)
    return value * scale, low * scale


def _beyond(x: Array, far: float, found: Pair) -> Pair:
    """x itself for large x, where a correction of ∞ would be NaN."""
    return np.where(x > far, x, found[0]), found[1]


def _slope(d: Decay, v: Array, product: Pair) -> Pair:
    """sigmoid v + p·s·(1 − s) for s = sigmoid v and p = x·v′: that is (q + p·e)/q², or e·(q + p)/q²."""
    positive = v > 0
    weight = np.where(positive, d.whole, 1.0)
    high, low = two_sum(d.q, product[0] * weight)
    low = low + product[1] * weight + d.q * d.rest
    top = np.where(positive, high, high * d.e)
    value, low = _over_square(top, np.where(positive, 0.0, d.more) + low / high, d)
    return _scaled(value, low, positive, d)


def _over_square(top: Array, more: Array | float, d: Decay) -> Pair:
    """top·(1 + more)/q²"""
    square, error = two_product(d.q, d.q)
    value = top / square
    product, rest = two_product(value, square)
    left = ((top - product) - rest) / square
    return value, left + value * (more - error / square - 2 * d.rest)
