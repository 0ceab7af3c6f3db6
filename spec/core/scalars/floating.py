"""IEEE doubles as Python floats: Lean's `Float`, with Lean's `max` and no exceptions."""

from __future__ import annotations

import math
from collections.abc import Callable

from leanmirror.spec.core.dispatch import Scalar


def _total(f: Callable[[float], float], x: float, overflow: float) -> float:
    try:
        return f(x)
    except OverflowError:
        return overflow


class Floating:
    """IEEE double: division by zero is ±inf or nan, nothing raises."""

    name = "float"
    rank = 2

    def exp(self, x: float) -> float:
        return _total(math.exp, x, math.inf)

    def log(self, x: float) -> float:
        if x > 0:
            return math.log(x)
        return -math.inf if x == 0 else math.nan

    def tanh(self, x: float) -> float:
        return math.tanh(x)

    def sinh(self, x: float) -> float:
        return _total(math.sinh, x, math.copysign(math.inf, x))

    def cosh(self, x: float) -> float:
        return _total(math.cosh, x, math.inf)

    def sqrt(self, x: float) -> float:
        return math.sqrt(x) if x >= 0 else math.nan

    def abs_(self, x: float) -> float:
        return abs(x)

    def sign(self, x: float) -> int:
        return (x > 0) - (x < 0)

    def inv(self, x: float) -> float:
        return self.div(1.0, x)

    def max_(self, a: Scalar, b: Scalar) -> float:
        return float(b if a <= b else a)

    def min_(self, a: Scalar, b: Scalar) -> float:
        return float(a if a <= b else b)

    def div(self, a: Scalar, b: Scalar) -> float:
        if b != 0 or math.isnan(b):
            return float(a / b)
        if a == 0 or math.isnan(a):
            return math.nan
        return math.copysign(math.inf, a) * math.copysign(1.0, b)

    def lt(self, a: Scalar, b: Scalar) -> bool:
        return bool(a < b)

    def le(self, a: Scalar, b: Scalar) -> bool:
        return bool(a <= b)

    def eq(self, a: Scalar, b: Scalar) -> bool:
        return bool(a == b)

    def pi(self, like: float) -> float:
        return math.pi

    def rational(self, like: float, p: int, q: int) -> float:
        return p / q
