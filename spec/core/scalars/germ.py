"""Germs: how a value behaves along a ray x + t·v as t → 0⁺.

A germ is a series Σ c·tᵉ·ℓʲ with rational exponents e and ℓ = log t (so ℓ → −∞), truncated where
its `order` says. Coefficients are balls, so a sign that is read off is certain. Inverses give
negative exponents, logarithms give ℓ, roots give fractions; `x²·log x`, `x·√|x|` and `0·(1/x)` at 0
are therefore followed, not guessed. What a series cannot say is Undecided.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from math import ceil
from operator import add

from flint import arb

from leanmirror.spec.core import dispatch as d
from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.scalars.dual import Refusing, _natural
from leanmirror.spec.errors import Undecided

Exponent = int | Fraction
"""Whole exponents are integers: almost all are, and a Fraction is slow to add and to look up."""
Terms = dict[Exponent, list[Scalar]]
"""exponent of t -> coefficients of 1, ℓ, ℓ², …"""

RELATIVE_ORDER = 4
FLAT = 64
_ZERO = 0


class Germ(Refusing):
    """A series in t; `order` is None when it is exact, else terms from that exponent on are unknown."""

    __slots__ = ("order", "terms")

    def __init__(self, terms: Terms, order: Exponent | None = None) -> None:
        self.terms = {e: p for e, c in terms.items() if (p := _trim(c)) and (order is None or e < order)}
        self.order = order

    def __repr__(self) -> str:
        body = " + ".join(f"{p}·t^{e}" for e, p in sorted(self.terms.items())) or "0"
        return body if self.order is None else f"{body} + O(t^{self.order})"

    def __add__(self, o: Scalar) -> Germ:
        b = germ(o)
        terms = dict(self.terms)
        for e, p in b.terms.items():
            terms[e] = _poly_add(terms[e], p) if e in terms else p
        return Germ(terms, _least(self.order, b.order))

    __radd__ = __add__

    def __neg__(self) -> Germ:
        return Germ({e: [-c for c in p] for e, p in self.terms.items()}, self.order)

    def __sub__(self, o: Scalar) -> Germ:
        return self + (-germ(o))

    def __rsub__(self, o: Scalar) -> Germ:
        return germ(o) + (-self)

    def __mul__(self, o: Scalar) -> Germ:
        b = germ(o)
        terms: Terms = {}
        for e, p in self.terms.items():
            for f, q in b.terms.items():
                product = _poly_mul(p, q)
                terms[e + f] = _poly_add(terms[e + f], product) if e + f in terms else product
        return Germ(terms, _least(_shifted(self, b), _shifted(b, self)))

    __rmul__ = __mul__

    def __pow__(self, n: int) -> Germ:
        out = germ(1)
        for _ in range(_natural(n)):
            out = out * self
        return out

    def lowest(self) -> Exponent | None:
        """The smallest exponent kept, certain or not; None when nothing is kept."""
        return min(self.terms, default=None)

    def is_zero(self) -> bool:
        """Exactly 0 near the point."""
        return not self.terms and self.order is None


def _trim(p: list[Scalar]) -> list[Scalar]:
    n = len(p)
    while n and p[n - 1] == 0:
        n -= 1
    return p if n == len(p) else p[:n]


def _poly_add(p: list[Scalar], q: list[Scalar]) -> list[Scalar]:
    if len(p) < len(q):
        p, q = q, p
    return [*map(add, p, q), *p[len(q) :]]


def _poly_mul(p: list[Scalar], q: list[Scalar]) -> list[Scalar]:
    if len(p) == len(q) == 1:
        return [p[0] * q[0]]
    out: list[Scalar] = [0] * (len(p) + len(q) - 1)
    for i, a in enumerate(p):
        for j, b in enumerate(q):
            out[i + j] = out[i + j] + a * b
    return out


def _least(a: Exponent | None, b: Exponent | None) -> Exponent | None:
    if a is None or b is None:
        return b if a is None else a
    return min(a, b)


def _shifted(a: Germ, b: Germ) -> Exponent | None:
    """The order that a's truncation leaves in a·b."""
    if a.order is None or b.is_zero():
        return None
    low = b.lowest()
    return a.order + (low if low is not None else b.order or _ZERO)


def germ(x: Scalar) -> Germ:
    """A constant as a germ."""
    return x if type(x) is Germ else Germ({_ZERO: [x]})


def ray(x: Scalar, v: Scalar) -> Germ:
    """x + t·v."""
    return Germ({_ZERO: [x], 1: [v]})


def leading(g: Germ) -> tuple[Exponent, int, Scalar] | None:
    """The exponent, log power and coefficient of the dominant term; None for exactly 0.

    Raises Undecided when the first coefficients may or may not be 0.
    """
    for e in sorted(g.terms):
        poly = g.terms[e]
        if poly[-1] != 0:
            return e, len(poly) - 1, poly[-1]
        raise Undecided(f"the coefficient of t^{e} may or may not be 0")
    if g.order is None:
        return None
    raise Undecided(f"nothing is known of the value below order t^{g.order}")


def sign_of(g: Germ) -> int:
    """The sign of the value for all small t > 0."""
    lead = leading(g)
    if lead is None:
        return 0
    _, power, c = lead
    return (1 if c > 0 else -1) * (-1 if power % 2 else 1)


def _pure(g: Germ, what: str) -> tuple[Exponent, Scalar, Germ]:
    """g = c·tᵉ·(1 + r) with r → 0; Undecided when logarithms lead."""
    lead = leading(g)
    if lead is None or lead[1] != 0:
        raise Undecided(f"{what} of a value that behaves like a power of log t")
    e, _, c = lead
    inverse = d.inv(arb(c))
    rest = Germ(
        {f - e: [a * inverse for a in p] for f, p in g.terms.items() if f != e},
        None if g.order is None else g.order - e,
    )
    return e, arb(c), rest


def _series(r: Germ, coefficient: Callable[[int], Scalar]) -> Germ:
    """Σ coefficient(k)·rᵏ for r → 0, to the relative order."""
    total, power, k = germ(coefficient(0)), germ(1), 0
    if r.is_zero():
        return total
    low = r.lowest()
    step = low if low is not None else r.order
    assert step is not None
    if step <= 0:
        raise Undecided("a series in a value that does not tend to 0")
    while True:
        k += 1
        if step * k >= RELATIVE_ORDER:
            return total + Germ({}, RELATIVE_ORDER)
        power = power * r
        total = total + power * coefficient(k)


def _monomial(e: Exponent, c: Scalar) -> Germ:
    return Germ({e: [c]})


def _whole(e: Exponent) -> Exponent:
    return int(e) if e.denominator == 1 else e


def _rational(c: Scalar) -> Fraction:
    """An exact ball or number as a Fraction."""
    if isinstance(c, int):
        return Fraction(c)
    if not arb(c).is_exact():
        raise Undecided("t is raised to a power that is not known exactly")
    man, exponent = arb(c).man_exp()
    return Fraction(int(man)) * Fraction(2) ** int(exponent)


def _binomial(a: Exponent, k: int) -> arb:
    out = Fraction(1)
    for i in range(k):
        out *= Fraction(a - i) / (i + 1)
    return arb(out.numerator) / out.denominator


def power(g: Germ, a: Exponent, what: str) -> Germ:
    """gᵃ for a g whose leading coefficient is positive (any sign for a = -1)."""
    e, c, r = _pure(g, what)
    scale = d.inv(c) if a == -1 else c.sqrt()
    return _monomial(_whole(e * a), scale) * _series(r, lambda k: _binomial(a, k))


def exp_germ(g: Germ) -> Germ:
    """The exponential; flat (0 to all orders) where g → −∞."""
    constant, rest = g.terms.get(_ZERO, []), Germ({e: p for e, p in g.terms.items() if e != 0}, g.order)
    low = rest.lowest()
    if low is not None and low < 0:
        if sign_of(rest) < 0:
            return Germ({}, FLAT)
        raise Undecided("exp of a value that tends to infinity")
    if g.order is not None and g.order <= 0:
        raise Undecided("exp of a value that is not known to be bounded")
    if len(constant) > 2:
        raise Undecided("exp of a power of log t")
    exponent = _whole(_rational(constant[1])) if len(constant) == 2 else _ZERO
    head = _monomial(exponent, d.exp(arb(constant[0])) if constant else 1)
    return head * _series(rest, lambda k: arb(1) / arb(k).fac())


def composed(g: Germ, coefficients: Callable[[Scalar, int], list[arb]], what: str) -> Germ:
    """f(g) for an f given by its Taylor coefficients, that many, at the limit of g.

    Raises Undecided where g has no finite limit, or where f is not analytic there.
    """
    if _limit_is_infinite(g) or (g.order is not None and g.order <= 0):
        raise Undecided(f"{what} of a value that is not known to be bounded")
    c = g.terms[_ZERO][0] if _ZERO in g.terms else 0
    rest = Germ({e: p for e, p in g.terms.items() if e != 0}, g.order)
    if rest.is_zero():
        return germ(coefficients(c, 1)[0])
    step = min(rest.terms, default=rest.order)
    assert step is not None
    found = coefficients(c, ceil(RELATIVE_ORDER / step) + 1)
    return _series(rest, found.__getitem__)


def _limit_is_infinite(g: Germ) -> bool:
    low = g.lowest()
    return low is not None and (low < 0 or (low == 0 and len(g.terms[low]) > 1))


class GermInstance:
    """ℝ along a ray: branches follow the sign of the first coefficient that is certainly not 0."""

    name = "germ"
    rank = 5

    def exp(self, x: Germ) -> Germ:
        return exp_germ(x)

    def log(self, x: Germ) -> Germ:
        if x.is_zero():
            return germ(0)
        e, c, r = _pure(x, "log")
        head = Germ({_ZERO: [d.log(c), arb(e.numerator) / e.denominator]}) if e else germ(d.log(c))
        return head + _series(r, lambda k: arb((-1) ** (k + 1)) / k if k else 0)

    def tanh(self, x: Germ) -> Germ:
        if _limit_is_infinite(x):
            s = sign_of(x)
            y = exp_germ(x * (-2 * s))
            return self.div(1 - y, 1 + y) * s
        y = exp_germ(x * 2)
        return self.div(y - 1, y + 1)

    def sinh(self, x: Germ) -> Germ:
        return (exp_germ(x) - exp_germ(-x)) * _half()

    def cosh(self, x: Germ) -> Germ:
        return (exp_germ(x) + exp_germ(-x)) * _half()

    def sqrt(self, x: Germ) -> Germ:
        if sign_of(x) <= 0:
            return germ(0)
        return power(x, Fraction(1, 2), "sqrt")

    def abs_(self, x: Germ) -> Germ:
        return -x if sign_of(x) < 0 else x

    def sign(self, x: Germ) -> int:
        return sign_of(x)

    def inv(self, x: Germ) -> Germ:
        return germ(0) if x.is_zero() else power(x, -1, "inverse")

    def div(self, a: Scalar, b: Scalar) -> Germ:
        if type(b) is Germ:
            return germ(a) * self.inv(b)
        # A constant divides each coefficient, which stays exact where it can: 1/6 would be a ball.
        return Germ({e: [d.div(c, b) for c in p] for e, p in a.terms.items()}, a.order)

    def lt(self, a: Scalar, b: Scalar) -> bool:
        return sign_of(germ(b) - germ(a)) > 0

    def le(self, a: Scalar, b: Scalar) -> bool:
        return sign_of(germ(b) - germ(a)) >= 0

    def eq(self, a: Scalar, b: Scalar) -> bool:
        return sign_of(germ(b) - germ(a)) == 0

    def max_(self, a: Scalar, b: Scalar) -> Germ:
        return germ(b if self.le(a, b) else a)

    def min_(self, a: Scalar, b: Scalar) -> Germ:
        return germ(a if self.le(a, b) else b)

    def pi(self, like: Germ) -> arb:
        return arb.pi()

    def rational(self, like: Germ, p: int, q: int) -> arb:
        return arb(p) / q


def _half() -> arb:
    return arb(1) / 2
