"""How far a float is from a certified value: in units in the last place, or absolutely."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache

from flint import arb

SLACK = arb(2) ** -8
"""A value is known well enough when its radius is below this part of a unit."""


@dataclass(frozen=True, slots=True)
class Format:
    """An IEEE binary format: significant bits, exponent of the smallest denormal, exponent of overflow."""

    name: str
    bits: int
    quantum: int
    overflow: int

    def ulp_exponent(self, true: arb) -> int:
        """The exponent of the unit in the last place of a value; for a denormal it is that of the quantum."""
        mantissa, exponent = true.mid().man_exp()
        size = abs(int(mantissa)).bit_length()
        return max(self.quantum, size + int(exponent) - self.bits) if size else self.quantum


FORMATS = {"float32": Format("float32", 24, -149, 128), "float64": Format("float64", 53, -1074, 1024)}


@cache
def power(exponent: int) -> arb:
    """2 to that power, exactly."""
    return arb(2) ** exponent


def distance(format: Format, found: float, true: arb) -> arb:
    """`|found − true|` as a ball, where everything from the overflow threshold on is that threshold.

    So an infinity is right for a true value beyond the largest number, else off by what is missing.
    """
    top = power(format.overflow)
    if true > top:
        true = top
    elif true < -top:
        true = -top
    return abs((arb(found) if math.isfinite(found) else top if found > 0 else -top) - true)


def ulp_error(format: Format, found: float, true: arb) -> float | None:
    """The distance in units in the last place of the true value.

    It is infinite for a NaN, and None where the ball is too wide to tell.
    """
    if not true.is_finite():
        return None
    if math.isnan(found):
        return math.inf
    top = power(format.overflow)
    exponent = format.overflow - format.bits if abs(true) >= top else format.ulp_exponent(true)
    return _settled(distance(format, found, true) * power(-exponent), SLACK)


def scaled_error(format: Format, found: float, true: arb, scale: arb) -> float | None:
    """The distance divided by `scale`, which is not negative; 0/0 counts as 0.

    It is infinite for a NaN, and None where the balls are too wide to tell.
    """
    if not (true.is_finite() and scale.is_finite()):
        return None
    if math.isnan(found):
        return math.inf
    off = distance(format, found, true)
    if scale > 0:
        return _settled(off / scale, SLACK)
    if off == 0:
        return 0.0
    return math.inf if scale == 0 and off > 0 else None


def _settled(error: arb, slack: arb) -> float | None:
    return float(error.upper()) if error.rad() <= slack * (1 + error) else None
