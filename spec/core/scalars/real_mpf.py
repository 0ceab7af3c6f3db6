"""ℝ as mpmath numbers: what people read; rounded at the context's precision, without a radius."""

from __future__ import annotations

from typing import Any

from leanmirror.spec.core.dispatch import Scalar


class Mpf:
    """ℝ at the precision of the argument's own mpmath context, with Lean's total functions."""

    name = "mpf"
    rank = 2

    def _context(self, x: Scalar) -> Any:
        return type(x).context

    def exp(self, x: Scalar) -> Scalar:
        return self._context(x).exp(x)

    def log(self, x: Scalar) -> Scalar:
        return self._context(x).ln(abs(x)) if x else x

    def tanh(self, x: Scalar) -> Scalar:
        return self._context(x).tanh(x)

    def sinh(self, x: Scalar) -> Scalar:
        return self._context(x).sinh(x)

    def cosh(self, x: Scalar) -> Scalar:
        return self._context(x).cosh(x)

    def sqrt(self, x: Scalar) -> Scalar:
        return self._context(x).sqrt(x) if x > 0 else type(x)(0)

    def abs_(self, x: Scalar) -> Scalar:
        return abs(x)

    def sign(self, x: Scalar) -> int:
        return int(x > 0) - int(x < 0)

    def inv(self, x: Scalar) -> Scalar:
        return 1 / x if x else x

    def max_(self, a: Scalar, b: Scalar) -> Scalar:
        return b + 0 * a if a <= b else a + 0 * b  # a literal takes the kind of what it was compared with

    def min_(self, a: Scalar, b: Scalar) -> Scalar:
        return a + 0 * b if a <= b else b + 0 * a

    def div(self, a: Scalar, b: Scalar) -> Scalar:
        return a / b if b else 0 * a + b

    def lt(self, a: Scalar, b: Scalar) -> bool:
        return bool(a < b)

    def le(self, a: Scalar, b: Scalar) -> bool:
        return bool(a <= b)

    def eq(self, a: Scalar, b: Scalar) -> bool:
        return bool(a == b)

    def pi(self, like: Scalar) -> Scalar:
        return +self._context(like).pi

    def rational(self, like: Scalar, p: int, q: int) -> Scalar:
        return type(like)(p) / q
