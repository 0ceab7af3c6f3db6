"""Analytic functions of one real number beyond those of `Spec.Context`, over every kind of scalar.

Each is a value in balls, a derivative and a power series; from these follow duals (the derivative of a
definition), germs (its behaviour along a ray) and traced numbers. Outside of its domain a function has the
value that Mathlib gives it, where Mathlib has it: `arcsin` is constant from 1 on, `log1p x` is `log |1 + x|`.
Where it is not differentiable at a point, duals raise Singular and germs decide or raise Undecided.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from functools import cache

from flint import arb, arb_series, ctx, fmpq
from mpmath.ctx_mp_python import _mpf  # type: ignore[import-untyped]  # mpmath has no stubs

from leanmirror.spec.core import dispatch as d
from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.scalars.dual import Dual, scaled
from leanmirror.spec.core.scalars.germ import Germ, composed, sign_of
from leanmirror.spec.errors import BadInput, Undecided

Taylor = Callable[[arb, int], list[arb]]
"""The Taylor coefficients at a point, that many."""


@dataclass(frozen=True, slots=True)
class Analytic:
    """A function that is analytic where it is used.

    `ball` is its value, `slope` its derivative over any scalar, `taylor` its coefficients at a point;
    `name` is what mpmath calls it.
    """

    name: str
    ball: Callable[[arb], arb]
    slope: Callable[[Scalar], Scalar]
    taylor: Taylor

    def __call__(self, x: Scalar) -> Scalar:
        """The value at a number of any real kind. Raises BadInput for a kind that has none."""
        kind = type(x)
        if kind is Dual:
            return Dual(self(x.val), scaled(self.slope(x.val), x.tan))
        if hasattr(x, "through"):
            return x.through(self)
        if kind is Germ:
            return composed(x, self._coefficients, self.name)
        if isinstance(x, _mpf) and hasattr(x.context, self.name):
            return getattr(x.context, self.name)(x)
        return self.ball(as_ball(x))

    def _coefficients(self, c: Scalar, count: int) -> list[arb]:
        found = self.taylor(arb(c), count)
        if not all(each.is_finite() for each in found):
            raise Undecided(f"{self.name} near a point where it is not analytic")
        return found


def by_series(f: Callable[[arb_series], arb_series]) -> Taylor:
    """Coefficients by arithmetic of power series."""

    def taylor(c: arb, count: int) -> list[arb]:
        before, ctx.cap = ctx.cap, count
        try:
            found = list(f(arb_series([c, 1], count)).coeffs())
        finally:
            ctx.cap = before
        return (found + [arb(0)] * count)[:count]

    return taylor


def as_ball(x: Scalar) -> arb:
    """An exact number or a ball, as a ball. Raises BadInput for what is no real number."""
    if isinstance(x, Fraction):
        return arb(fmpq(x.numerator, x.denominator))
    if isinstance(x, arb | int | fmpq | float):
        return arb(x)
    raise BadInput(f"{type(x).__name__} is not a scalar of leanmirror: {d.MIXED}")


sin: Analytic = Analytic("sin", arb.sin, lambda x: cos(x), by_series(arb_series.sin))
"""The sine. Mathlib's `Real.sin`."""
cos: Analytic = Analytic("cos", arb.cos, lambda x: -sin(x), by_series(arb_series.cos))
"""The cosine. Mathlib's `Real.cos`."""
arctan: Analytic = Analytic("atan", arb.atan, lambda x: d.inv(1 + x * x), by_series(arb_series.atan))
"""The inverse of the tangent. Mathlib's `Real.arctan`."""
arsinh: Analytic = Analytic(
    "asinh",
    arb.asinh,
    lambda x: d.inv(d.sqrt(1 + x * x)),
    by_series(lambda x: (x + (x * x + 1).sqrt()).log()),
)
"""The inverse of the hyperbolic sine. Mathlib's `Real.arsinh`."""
expm1: Analytic = Analytic("expm1", arb.expm1, d.exp, by_series(lambda x: x.exp() - 1))
"""`exp x - 1`, without cancellation near 0."""
erf: Analytic = Analytic(
    "erf", arb.erf, lambda x: d.div(2 * d.exp(-(x * x)), d.sqrt(d.pi(x))), by_series(arb_series.erf)
)
"""The error function, `2 / √π · ∫₀ˣ exp (-t²)`."""
erfc: Analytic = Analytic("erfc", arb.erfc, lambda x: -erf.slope(x), by_series(arb_series.erfc))
"""`1 - erf x`, without cancellation for large x."""
_arcsin: Analytic = Analytic("asin", arb.asin, lambda x: d.inv(d.sqrt(1 - x * x)), by_series(arb_series.asin))
_log1p: Analytic = Analytic("log1p", arb.log1p, lambda x: d.inv(1 + x), by_series(lambda x: (x + 1).log()))
_lgamma: Analytic = Analytic("loggamma", arb.lgamma, lambda x: digamma(x), by_series(arb_series.lgamma))


@cache
def _polygamma(n: int) -> Analytic:
    """The derivative of `log Γ` of order n + 1, for x > 0."""
    factor = arb((-1) ** (n + 1)) * arb(n).fac()

    def ball(x: arb) -> arb:
        return arb(n + 1).zeta(x) * factor if n else x.digamma()

    def taylor(c: arb, count: int) -> list[arb]:
        return [_polygamma(n + k).ball(c) / arb(k).fac() for k in range(count)]

    return Analytic(f"polygamma_{n}", ball, lambda x: _polygamma(n + 1)(x), taylor)


def tan(x: Scalar) -> Scalar:
    """`sin x / cos x`. Mathlib's `Real.tan`."""
    return d.div(sin(x), cos(x))


def arcsin(x: Scalar) -> Scalar:
    """The inverse of the sine, π/2 from 1 on and -π/2 down from -1. Mathlib's `Real.arcsin`."""
    if d.le(1, x):
        return d.pi(x) * d.rational(x, 1, 2)
    if d.le(x, -1):
        return -d.pi(x) * d.rational(x, 1, 2)
    return _arcsin(x)


def arccos(x: Scalar) -> Scalar:
    """`π/2 - arcsin x`. Mathlib's `Real.arccos`."""
    return d.pi(x) * d.rational(x, 1, 2) - arcsin(x)


def arcosh(x: Scalar) -> Scalar:
    """`log (x + √(x² - 1))`. Mathlib's `Real.arcosh`."""
    return d.log(x + d.sqrt(x * x - 1))


def artanh(x: Scalar) -> Scalar:
    """`log √((1 + x) / (1 - x))`. Mathlib's `Real.artanh`."""
    return d.log(d.sqrt(d.div(1 + x, 1 - x)))


def log1p(x: Scalar) -> Scalar:
    """`log (1 + x)`, without cancellation near 0."""
    return _log1p(x) if d.lt(-1, x) else d.log(1 + x)


def sinc(x: Scalar) -> Scalar:
    """`sin x / x`, and 1 at 0. Mathlib's `Real.sinc`."""
    return _sinc(x)


def _sinc_slope(x: Scalar) -> Scalar:
    """`(x cos x - sin x) / x²`; near 0, where that cancels, its series."""
    ball = as_ball(x)
    if not abs(ball) < 1:
        return d.div(ball * ball.cos() - ball.sin(), ball * ball)
    total, power, k = arb(0), ball, 0
    while True:
        term = power * (2 * k + 2) / arb(2 * k + 3).fac()
        if k > 2 and not abs(term) > abs(total) * arb(2) ** (-ctx.prec - 8):
            return total + arb(0, abs(term).upper())  # the terms alternate and fall
        total = total + term if k % 2 else total - term
        power, k = power * ball * ball, k + 1


def _sinc_taylor(c: arb, count: int) -> list[arb]:
    if c == 0:
        return [arb(0) if k % 2 else arb((-1) ** (k // 2)) / arb(k + 1).fac() for k in range(count)]
    return by_series(lambda x: x.sin() / x)(c, count)


_sinc = Analytic("sinc", arb.sinc, _sinc_slope, _sinc_taylor)


def lgamma(x: Scalar) -> Scalar:
    """`log |Γ x|`, and 0 at the poles 0, -1, -2 …"""
    if d.lt(0, x):
        return _lgamma(x)
    reflected = sin(x * d.pi(x))
    return d.log(d.div(d.pi(x), reflected)) - _lgamma(1 - x)


def digamma(x: Scalar) -> Scalar:
    """The derivative of `log Γ`, for x > 0 and by reflection for x < 0."""
    if d.lt(0, x):
        return _polygamma(0)(x)
    angle = x * d.pi(x)
    return _polygamma(0)(1 - x) - d.pi(x) * d.div(cos(angle), sin(angle))


def atan2(y: Scalar, x: Scalar) -> Scalar:
    """The angle of the point (x, y), in (-π, π]; 0 at the origin. Mathlib's `Complex.arg`."""
    if _certainly(x) > 0:
        return arctan(d.div(y, x))
    side = _certainly(y)
    if side:
        return side * d.pi(y) * d.rational(y, 1, 2) - arctan(d.div(x, y))
    if d.lt(x, 0):
        return arctan(d.div(y, x)) + (-d.pi(x) if d.lt(y, 0) else d.pi(x))
    return d.pi(x) * d.rational(x, 1, 2) * d.sign(y)


def _certainly(x: Scalar) -> int:
    """1 or -1 where the number is certainly positive or negative, else 0; no kink is seen in it."""
    kind = type(x)
    if kind is Dual or hasattr(x, "through"):
        return _certainly(x.val)
    if kind is Germ:
        return sign_of(x)
    ball = as_ball(x)
    return 1 if ball > 0 else -1 if ball < 0 else 0


def pow_(x: Scalar, y: Scalar) -> Scalar:
    """`x ^ y`, Mathlib's `Real.rpow`: with `cos (y π)` for negative x, and `0 ^ 0 = 1`."""
    if type(y) is int and y >= 0:
        return x**y
    if d.eq(x, 0):
        return 1 if d.eq(y, 0) else 0
    power = d.exp(y * d.log(x if not isinstance(x, int | fmpq) else as_ball(x)))
    return power if d.lt(0, x) else power * cos(y * d.pi(x))
