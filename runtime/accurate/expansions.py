"""Power series about a root, where every formula in floats cancels: there only they have right digits."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from leanmirror.runtime.accurate.pairs import Pair, add, multiply, two_sum
from leanmirror.runtime.arrays import Array

PAIRS = 6
"""So many terms are added as pairs; at the distances in use the others are below 2⁻¹² of the first."""


@dataclass(frozen=True, slots=True)
class Expansion:
    """A function near a root, which is the sum of three floats; coefficients from the first power on."""

    root: tuple[float, float, float]
    coefficients: tuple[tuple[float, float], ...]

    def near(self, x: Array, radius: float) -> Array:
        """Which arguments are at most this far from the root."""
        return np.abs(x - self.root[0]) <= radius

    def __call__(self, x: Array) -> Pair:
        """The values, to about 2⁻¹⁰⁰, at arguments at most half as large again or as small as the root."""
        high, middle, low = self.root
        # Exact: the two are within a factor of two.
        s, e = two_sum(x - high, np.full_like(x, -middle))
        h = two_sum(s, e - low)
        plain, zero = np.zeros_like(x), np.zeros_like(x)
        for one, _ in reversed(self.coefficients[PAIRS:]):
            plain = (plain + one) * h[0]
        value: Pair = (plain, zero)
        for one, rest in reversed(self.coefficients[:PAIRS]):
            value = multiply(add(value, (zero + one, zero + rest)), h)
        return value


def replaced(values: Pair, chosen: Array, f: Callable[[Array], Pair], x: Array) -> Pair:
    """The values, which are written to, with those that are chosen computed by `f`."""
    if chosen.any():
        values[0][chosen], values[1][chosen] = f(x[chosen])
    return values


def floats(numbers: Sequence[str]) -> tuple[float, ...]:
    """Floats written in hexadecimal."""
    return tuple(float.fromhex(n) for n in numbers)
