"""Exact rationals: Fraction, and the integers that are literals in every other kind."""

from __future__ import annotations

from fractions import Fraction

from flint import arb, fmpq

from leanmirror.spec.core.conventions import DIVISION, LOGARITHM, ROOT, chosen
from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.errors import BadInput


def _isqrt(n: int) -> int | None:
    root = int(fmpq(n).numerator.isqrt())
    return root if root * root == n else None


LITERAL = 1
"""Kinds up to this rank are literals of every other kind: where their value is not rational, it is a ball."""


class Exact:
    """ℚ: arithmetic, order and rational roots; a transcendental value of a Fraction is refused."""

    def __init__(self, name: str, rank: int) -> None:
        self.name = name
        self.rank = rank

    def _only(self, function: str, x: Scalar, at: int, value: int) -> Scalar:
        if x == at:
            return value
        if self.rank <= LITERAL:
            return getattr(arb(x), function)()
        raise BadInput(f"{function} of the rational {x} is not rational: give an mpf or a flint arb")

    def exp(self, x: Scalar) -> Scalar:
        return self._only("exp", x, 0, 1)

    def log(self, x: Scalar) -> Scalar:
        return chosen(LOGARITHM) if x == 0 else self._only("log", abs(x), 1, 0)

    def tanh(self, x: Scalar) -> Scalar:
        return self._only("tanh", x, 0, 0)

    def sinh(self, x: Scalar) -> Scalar:
        return self._only("sinh", x, 0, 0)

    def cosh(self, x: Scalar) -> Scalar:
        return self._only("cosh", x, 0, 1)

    def sqrt(self, x: Scalar) -> Scalar:
        if x <= 0:
            return chosen(ROOT) if x < 0 else 0
        p, q = _isqrt(int(x.numerator)), _isqrt(int(x.denominator))
        if p is None or q is None:
            if self.rank <= LITERAL:
                return arb(x).sqrt()
            raise BadInput(f"sqrt of the rational {x} is not rational: give an mpf or a flint arb")
        return self.div(type(x)(p), q)

    def abs_(self, x: Scalar) -> Scalar:
        return abs(x)

    def sign(self, x: Scalar) -> int:
        return int(x > 0) - int(x < 0)

    def inv(self, x: Scalar) -> Scalar:
        return self.div(1, x)

    def max_(self, a: Scalar, b: Scalar) -> Scalar:
        return b if a <= b else a

    def min_(self, a: Scalar, b: Scalar) -> Scalar:
        return a if a <= b else b

    def div(self, a: Scalar, b: Scalar) -> Scalar:
        if b == 0:
            return chosen(DIVISION)
        if isinstance(a, int) and isinstance(b, int):
            # fmpq mixes with balls and duals, Fraction does not
            return a // b if a % b == 0 else fmpq(a, b)
        return a / b

    def lt(self, a: Scalar, b: Scalar) -> bool:
        return bool(a < b)

    def le(self, a: Scalar, b: Scalar) -> bool:
        return bool(a <= b)

    def eq(self, a: Scalar, b: Scalar) -> bool:
        return bool(a == b)

    def pi(self, like: Scalar) -> Scalar:
        if self.rank <= LITERAL:
            return arb.pi()
        raise BadInput("π is not rational: give an mpf or a flint arb")

    def rational(self, like: Scalar, p: int, q: int) -> Scalar:
        return self.div(fmpq(p), q) if isinstance(like, int | fmpq) else self.div(Fraction(p), q)
