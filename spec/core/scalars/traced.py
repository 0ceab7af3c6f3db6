"""Traced numbers: balls that write the operands of branches, roots, logarithms and inverses into a log."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import arb

from leanmirror.spec.core import dispatch as d
from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.scalars.dual import Dual, Refusing
from leanmirror.spec.core.scalars.form import LinearForm
from leanmirror.spec.core.scalars.germ import Germ

_OUTER = (Dual, Germ, LinearForm)
"""Kinds that hold traced numbers, never the reverse."""


class Traced(Refusing):
    """A number that writes the operands of branches into a log shared by one run."""

    __slots__ = ("log", "val")

    def __init__(self, val: Scalar, log: list[Scalar]) -> None:
        self.val = val
        self.log = log

    def _with(self, val: Scalar) -> Traced:
        return Traced(val, self.log)

    def through(self, f: Callable[[Scalar], Scalar]) -> Traced:
        """A smooth function of it, which decides nothing."""
        return self._with(f(self.val))

    def __add__(self, o: Any) -> Any:
        return NotImplemented if type(o) in _OUTER else self._with(self.val + _value(o))

    __radd__ = __add__

    def __sub__(self, o: Any) -> Any:
        return NotImplemented if type(o) in _OUTER else self._with(self.val - _value(o))

    def __rsub__(self, o: Any) -> Traced:
        return self._with(_value(o) - self.val)

    def __mul__(self, o: Any) -> Any:
        return NotImplemented if type(o) in _OUTER else self._with(self.val * _value(o))

    __rmul__ = __mul__

    def __neg__(self) -> Traced:
        return self._with(-self.val)

    def __pow__(self, n: int) -> Traced:
        return self._with(self.val**n)


def _value(x: Scalar) -> Scalar:
    return x.val if type(x) is Traced else x


def _log_of(a: Scalar, b: Scalar = 0) -> list[Scalar]:
    found: list[Scalar] = a.log if type(a) is Traced else b.log
    return found


def note(a: Scalar, b: Scalar) -> tuple[Scalar, Scalar]:
    """Log a - b where one of the two is traced; both, untraced."""
    x, y = _value(a), _value(b)
    if type(a) is Traced or type(b) is Traced:
        _log_of(a, b).append(x - y)
    return x, y


class TracedInstance:
    """The ball's functions, with a note of each operand that decides something."""

    name = "traced"
    rank = 3

    def _note(self, a: Scalar, b: Scalar = 0) -> None:
        note(a, b)

    def _smooth(self, x: Traced, f: Any) -> Traced:
        return Traced(f(x.val), x.log)

    def exp(self, x: Traced) -> Traced:
        return self._smooth(x, d.exp)

    def tanh(self, x: Traced) -> Traced:
        return self._smooth(x, d.tanh)

    def sinh(self, x: Traced) -> Traced:
        return self._smooth(x, d.sinh)

    def cosh(self, x: Traced) -> Traced:
        return self._smooth(x, d.cosh)

    def log(self, x: Traced) -> Traced:
        self._note(x)
        return self._smooth(x, d.log)

    def sqrt(self, x: Traced) -> Traced:
        self._note(x)
        return self._smooth(x, d.sqrt)

    def abs_(self, x: Traced) -> Traced:
        self._note(x)
        return self._smooth(x, d.abs_)

    def sign(self, x: Traced) -> int:
        self._note(x)
        return int(d.sign(x.val))

    def inv(self, x: Traced) -> Traced:
        self._note(x)
        return self._smooth(x, d.inv)

    def div(self, a: Scalar, b: Scalar) -> Traced:
        if type(b) is Traced:
            self._note(b)
        return Traced(d.div(_value(a), _value(b)), _log_of(a, b))

    def max_(self, a: Scalar, b: Scalar) -> Traced:
        self._note(a, b)
        return Traced(d.max_(_value(a), _value(b)), _log_of(a, b))

    def min_(self, a: Scalar, b: Scalar) -> Traced:
        self._note(a, b)
        return Traced(d.min_(_value(a), _value(b)), _log_of(a, b))

    def lt(self, a: Scalar, b: Scalar) -> bool:
        self._note(a, b)
        return d.lt(_value(a), _value(b))

    def le(self, a: Scalar, b: Scalar) -> bool:
        self._note(a, b)
        return d.le(_value(a), _value(b))

    def eq(self, a: Scalar, b: Scalar) -> bool:
        self._note(a, b)
        return d.eq(_value(a), _value(b))

    def pi(self, like: Traced) -> arb:
        return arb.pi()

    def rational(self, like: Traced, p: int, q: int) -> arb:
        return arb(p) / q
