"""Arb balls: every value carries a proved error radius, at the precision of `flint.ctx`."""

from __future__ import annotations

from flint import arb

from leanmirror.spec.core.conventions import DIVISION, LOGARITHM, ROOT, chosen
from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.errors import Undecided


def _both(a: Scalar, b: Scalar) -> str:
    return f"the balls {arb(a).str(6)} and {arb(b).str(6)} overlap"


class Ball:
    """ℝ, certified. A comparison that the radii do not settle raises Undecided."""

    name = "ball"
    rank = 2

    def exp(self, x: arb) -> arb:
        return x.exp()

    def log(self, x: arb) -> arb:
        if x > 0:
            return x.log()
        if x < 0:
            return (-x).log()
        if x == 0:
            return arb(chosen(LOGARITHM))
        raise Undecided(_both(x, 0))

    def tanh(self, x: arb) -> arb:
        return x.tanh()

    def sinh(self, x: arb) -> arb:
        return x.sinh()

    def cosh(self, x: arb) -> arb:
        return x.cosh()

    def sqrt(self, x: arb) -> arb:
        if x > 0:
            return x.sqrt()
        if x <= 0:
            return arb(chosen(ROOT) if x < 0 else 0)
        if not x.is_finite():
            raise Undecided(_both(x, 0))
        return arb(0).union(x.upper().sqrt())  # continuous, so the hull is enough

    def abs_(self, x: arb) -> arb:
        return abs(x)

    def sign(self, x: arb) -> int:
        if x > 0:
            return 1
        if x < 0:
            return -1
        if x == 0:
            return 0
        raise Undecided(_both(x, 0))

    def inv(self, x: arb) -> Scalar:
        return self.div(1, x)

    def max_(self, a: Scalar, b: Scalar) -> Scalar:
        return arb(a).max(b)

    def min_(self, a: Scalar, b: Scalar) -> Scalar:
        return arb(a).min(b)

    def div(self, a: Scalar, b: Scalar) -> Scalar:
        if b != 0:
            return a / b
        if b == 0:
            return arb(chosen(DIVISION))
        raise Undecided(_both(b, 0))

    def lt(self, a: Scalar, b: Scalar) -> bool:
        if a < b:
            return True
        if a >= b:
            return False
        raise Undecided(_both(a, b))

    def le(self, a: Scalar, b: Scalar) -> bool:
        return not self.lt(b, a)

    def eq(self, a: Scalar, b: Scalar) -> bool:
        if a != b:
            return False
        if a == b:
            return True
        raise Undecided(_both(a, b))

    def pi(self, like: arb) -> arb:
        return arb.pi()

    def rational(self, like: arb, p: int, q: int) -> arb:
        return arb(p) / q
