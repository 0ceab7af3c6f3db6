"""Numbers as unevaluated sums of two float64, the second below half a unit of the first.

The classical error-free transformations (Dekker, Knuth, Veltkamp) on whole arrays. No fused
multiply-add is needed, only rounding to nearest in 53 bits.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np

from leanmirror.runtime.arrays import Array

Pair: TypeAlias = tuple[Array, Array]
SPLITTER = 2.0**27 + 1


def two_sum(a: Array, b: Array) -> Pair:
    """`a + b`, exactly."""
    s = a + b
    t = s - a
    return s, (a - (s - t)) + (b - t)


def quick_sum(a: Array, b: Array) -> Pair:
    """`a + b`, exactly, where `|a| ≥ |b|` or `a = 0`."""
    s = a + b
    return s, b - (s - a)


def halves(a: Array) -> Pair:
    """`a` as a sum of two numbers of at most 26 bits; `|a|` below 2⁹⁹⁶."""
    t = SPLITTER * a
    high = t - (t - a)
    return high, a - high


def two_product(a: Array, b: Array) -> Pair:
    """`a·b`, exactly, unless it is so small that its error is below all floats."""
    p = a * b
    return p, _product_error(p, halves(a), halves(b))


def two_square(a: Array, parts: Pair) -> Pair:
    """`a·a`, exactly; `parts` are the halves of a."""
    p = a * a
    high, low = parts
    return p, ((high * high - p) + (high + high) * low) + low * low


def scaled(a: Pair, b: Array, parts: Pair) -> Pair:
    """`a·b`, to about 2⁻¹⁰², not normalized; `parts` are the halves of b."""
    p = a[0] * b
    return p, _product_error(p, halves(a[0]), parts) + a[1] * b


def _product_error(p: Array, a: Pair, b: Pair) -> Array:
    (ah, al), (bh, bl) = a, b
    error: Array = ((ah * bh - p) + ah * bl + al * bh) + al * bl
    return error


def add(a: Pair, b: Pair) -> Pair:
    """`a + b`, to about 2⁻¹⁰⁴ of the larger one."""
    s, e = two_sum(a[0], b[0])
    t, f = two_sum(a[1], b[1])
    s, e = quick_sum(s, e + t)
    return quick_sum(s, e + f)


def multiply(a: Pair, b: Pair) -> Pair:
    """`a·b`, to about 2⁻¹⁰²."""
    p, e = two_product(a[0], b[0])
    return quick_sum(p, e + (a[0] * b[1] + a[1] * b[0]))


def total(x: Array) -> Pair:
    """The sum along the last axis, which keeps its place with one entry, to about 2⁻¹⁰⁰ of Σ|x|.

    Halves are added to each other until one is left.
    """
    high, low = x, np.zeros_like(x)
    while high.shape[-1] > 1:
        n = high.shape[-1] // 2
        odd = (high[..., 2 * n :], low[..., 2 * n :])
        s, e = two_sum(high[..., :n], high[..., n : 2 * n])
        e = e + (low[..., :n] + low[..., n : 2 * n])
        high, low = (np.concatenate(parts, axis=-1) for parts in zip((s, e), odd, strict=True))
    return high, low
