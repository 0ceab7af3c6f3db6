"""softplus, and log (softplus x + ε) with its derivative, as functions of float64 entries."""

from __future__ import annotations

import numpy as np

from leanmirror.runtime.accurate.expansions import replaced
from leanmirror.runtime.accurate.pairs import Pair, add, two_sum
from leanmirror.runtime.accurate.sigmoids import decay
from leanmirror.runtime.accurate.tables import SOFTPLUS_LESS_ONE, SOFTPLUS_STEPS
from leanmirror.runtime.arrays import Array

FIRST, LAST, PER_UNIT = -1.0, 3.0, 4
"""Where the table of softplus begins and ends, and how many of its entries one unit has."""
RADIUS = 0.125


def softplus(x: Array) -> Pair:
    """log (1 + exp x)"""
    return np.maximum(x, 0.0), np.log1p(np.exp(-np.abs(x)))


def safe_log(x: Array, epsilon: Array) -> Pair:
    """log (softplus x + ε)

    Between −1 and 3, where the logarithm is small, softplus is needed with more digits than a float has.
    """
    high, low = _plus(softplus(x), epsilon)
    found = np.log(high), low / high
    chosen = (x > FIRST) & (x < LAST)
    return replaced(found, chosen, lambda x: _small_log(x, epsilon), x)


def safe_log_derivative(x: Array, epsilon: Array) -> Pair:
    """sigmoid x / (softplus x + ε)"""
    d = decay(x)
    below, rest = _plus(softplus(x), epsilon)
    positive = x > 0
    value = np.where(positive, 1.0, d.e) / (d.q * below)
    more = np.where(positive, 0.0, d.more) - d.rest - rest / below
    scale = np.where(positive, 1.0, d.scale)
    return value * scale, value * more * scale


def _plus(a: Pair, epsilon: Array) -> Pair:
    """`a + ε`, where nothing is negative; a sum of ∞ has no error."""
    high, low = two_sum(*a)
    high, more = two_sum(high, epsilon)
    return high, np.where(np.isfinite(high), low + more, 0.0)


def _small_log(x: Array, epsilon: Array) -> Pair:
    less = replaced(_less_one(x), SOFTPLUS_LESS_ONE.near(x, RADIUS), SOFTPLUS_LESS_ONE, x)
    high, low = add(less, (np.broadcast_to(epsilon, x.shape), np.zeros_like(x)))
    return np.log1p(high), low / (1 + high)


def _less_one(x: Array) -> Pair:
    """softplus x − 1 to about 2⁻⁵⁵ from its value at the nearest entry of the table."""
    k = np.rint((x - FIRST) * PER_UNIT)
    value, rest, slope = (column[k.astype(np.intp)] for column in SOFTPLUS_STEPS)
    step = x - (FIRST + k / PER_UNIT)
    high, low = two_sum(value - 1, np.log1p(slope * np.expm1(step)))
    return two_sum(high, low + rest)
