"""Numbers that remember where Lean's total functions were used outside of what floats can do.

Over ℝ in Lean `x / 0`, `log 0` and the root of a negative number are 0, so a rule may hold just because of
that, while every float library returns NaN. A strict number carries the reason through all that is computed
from it, as a NaN would; what a `where` does not choose leaves no trace.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import arb

from leanmirror.spec.core import dispatch as d
from leanmirror.spec.core.dispatch import Scalar, register
from leanmirror.spec.core.scalars.dual import Refusing
from leanmirror.spec.core.scalars.form import LinearForm, is_zero


class Strict(Refusing):
    """A number, and why it would be NaN in floats; no reason where it would not."""

    __slots__ = ("reason", "val")

    def __init__(self, val: Scalar, reason: str = "") -> None:
        self.val = val
        self.reason = reason

    def through(self, f: Callable[[Scalar], Scalar]) -> Strict:
        """A function of it that is total in floats."""
        return Strict(f(self.val), self.reason)

    def _with(self, o: Any, f: Callable[[Scalar, Scalar], Scalar]) -> Any:
        if type(o) is LinearForm:
            return NotImplemented
        return Strict(f(self.val, value_of(o)), self.reason or reason_of(o))

    def __add__(self, o: Any) -> Any:
        if type(o) is LinearForm and is_zero(self.val):
            return LinearForm({k: Strict(c, self.reason) for k, c in o.coefficients.items()})
        return self._with(o, lambda a, b: a + b)

    __radd__ = __add__

    def __sub__(self, o: Any) -> Any:
        return self + (-o)

    def __rsub__(self, o: Any) -> Any:
        return (-self) + o

    def __mul__(self, o: Any) -> Any:
        return self._with(o, lambda a, b: a * b)

    __rmul__ = __mul__

    def __neg__(self) -> Strict:
        return Strict(-self.val, self.reason)

    def __pow__(self, n: int) -> Strict:
        return Strict(self.val**n, self.reason)


def value_of(x: Scalar) -> Scalar:
    """The number itself."""
    return x.val if type(x) is Strict else x


def reason_of(x: Scalar) -> str:
    """Why it would be NaN; empty where it would not."""
    return x.reason if type(x) is Strict else ""


class StrictInstance:
    """Lean's functions, with a note where they are total and IEEE's are not."""

    name = "strict"
    rank = 3

    def exp(self, x: Strict) -> Strict:
        return x.through(d.exp)

    def tanh(self, x: Strict) -> Strict:
        return x.through(d.tanh)

    def sinh(self, x: Strict) -> Strict:
        return x.through(d.sinh)

    def cosh(self, x: Strict) -> Strict:
        return x.through(d.cosh)

    def abs_(self, x: Strict) -> Strict:
        return x.through(d.abs_)

    def log(self, x: Strict) -> Strict:
        reason = "" if d.lt(0, x.val) else "log 0 = 0" if d.eq(x.val, 0) else "log x = log |x| for x < 0"
        return Strict(d.log(x.val), x.reason or reason)

    def sqrt(self, x: Strict) -> Strict:
        return Strict(d.sqrt(x.val), x.reason or ("√x = 0 for x < 0" if d.lt(x.val, 0) else ""))

    def sign(self, x: Strict) -> int:
        return int(d.sign(x.val))

    def inv(self, x: Strict) -> Strict:
        return self.div(1, x)

    def div(self, a: Scalar, b: Scalar) -> Strict:
        reason = reason_of(a) or reason_of(b) or ("x/0 = 0" if d.eq(value_of(b), 0) else "")
        return Strict(d.div(value_of(a), value_of(b)), reason)

    def max_(self, a: Scalar, b: Scalar) -> Strict:
        return Strict(d.max_(value_of(a), value_of(b)), reason_of(a) or reason_of(b))

    def min_(self, a: Scalar, b: Scalar) -> Strict:
        return Strict(d.min_(value_of(a), value_of(b)), reason_of(a) or reason_of(b))

    def lt(self, a: Scalar, b: Scalar) -> bool:
        return d.lt(value_of(a), value_of(b))

    def le(self, a: Scalar, b: Scalar) -> bool:
        return d.le(value_of(a), value_of(b))

    def eq(self, a: Scalar, b: Scalar) -> bool:
        return d.eq(value_of(a), value_of(b))

    def pi(self, like: Strict) -> arb:
        return arb.pi()

    def rational(self, like: Strict, p: int, q: int) -> arb:
        return arb(p) / q


register({Strict: StrictInstance()})
