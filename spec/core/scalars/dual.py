"""Dual numbers: a value and its gradient, sparse, over any real kind.

A definition run on duals gives the derivative of the *definition*, independently of any
hand-written rule. Where a branch, a root, a logarithm or an inverse is met exactly at its singular
point the derivative may not exist, and `Singular` is raised: the germ decides there.
"""

from __future__ import annotations

from typing import Any, NoReturn

from leanmirror.spec.core import dispatch as d
from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.scalars.form import LinearForm, merged
from leanmirror.spec.errors import BadInput, LeanMirrorError


class Singular(LeanMirrorError):
    """A tie of a branch, or a root, logarithm or inverse at 0: no derivative by the rules."""


def refuse(what: str) -> NoReturn:
    """Say how a function that is run on certified scalars must be written."""
    raise BadInput(
        f"{what} cannot be used on certified scalars: use exp, log, tanh, sinh, cosh, sqrt, abs_, sign, "
        "max_, min_, div, inv, lt, le, gt, eq of leanmirror.spec.core.context, and + - * and natural powers"
    )


class Refusing:
    """What Python offers by itself and has another meaning, refused with one clear error."""

    __slots__ = ()

    def __float__(self) -> float:
        refuse("float(), math.* or numpy")

    def __array_ufunc__(self, *args: Any, **kwargs: Any) -> Any:
        refuse("a numpy function")

    def __truediv__(self, other: Any) -> Any:
        refuse("the operator /")

    __rtruediv__ = __truediv__

    def __abs__(self) -> Any:
        refuse("abs()")

    def __lt__(self, other: Any) -> bool:
        refuse("a comparison operator")

    __le__ = __gt__ = __ge__ = __lt__

    def __bool__(self) -> bool:  # noqa: PLE0304 - it raises, so it returns no value
        refuse("a truth value")


def _natural(n: Any) -> int:
    if not isinstance(n, int) or n < 0:
        refuse("a power that is not a natural number")
    return n


class Dual(Refusing):
    """`val + Σ tan[j]·εⱼ` with `εᵢ·εⱼ = 0`: a value and its sparse gradient."""

    __slots__ = ("tan", "val")

    def __init__(self, val: Scalar, tan: dict[int, Scalar]) -> None:
        self.val = val
        self.tan = tan

    def __repr__(self) -> str:
        return f"Dual({self.val}, {self.tan})"

    def __add__(self, o: Scalar) -> Dual:
        if type(o) is Dual:
            return Dual(self.val + o.val, merged(self.tan, o.tan))
        if type(o) is LinearForm:
            return NotImplemented
        return Dual(self.val + o, self.tan)

    __radd__ = __add__

    def __sub__(self, o: Scalar) -> Dual:
        if type(o) is Dual:
            return Dual(self.val - o.val, merged(self.tan, scaled(-1, o.tan)))
        return Dual(self.val - o, self.tan)

    def __rsub__(self, o: Scalar) -> Dual:
        return Dual(o - self.val, scaled(-1, self.tan))

    def __mul__(self, o: Scalar) -> Dual:
        if type(o) is Dual:
            return Dual(self.val * o.val, merged(scaled(self.val, o.tan), scaled(o.val, self.tan)))
        if type(o) is LinearForm:
            return NotImplemented
        return Dual(self.val * o, scaled(o, self.tan))

    __rmul__ = __mul__

    def __neg__(self) -> Dual:
        return Dual(-self.val, scaled(-1, self.tan))

    def __pow__(self, n: int) -> Dual:
        if _natural(n) == 0:
            return Dual(self.val**0, {})
        return Dual(self.val**n, scaled(n * self.val ** (n - 1), self.tan))


def scaled(c: Scalar, tan: dict[int, Scalar]) -> dict[int, Scalar]:
    """The multiple of a sparse vector."""
    return {k: c * v for k, v in tan.items()}


_NONE: dict[int, Scalar] = {}


def _parts(x: Scalar) -> tuple[Scalar, dict[int, Scalar]]:
    return (x.val, x.tan) if type(x) is Dual else (x, _NONE)


def _apart(a: Scalar, b: Scalar, what: str) -> None:
    if a is not b and not d.eq(a, b):
        return
    raise Singular(f"{what} at a tie")


def _lifted(x: Scalar, like: Dual) -> Scalar:
    """x; a literal left over from a branch has the kind of what it was compared with, and is constant."""
    return x if type(x) is Dual else x + 0 * like.val


class DualInstance:
    """The rules of differentiation; comparisons must be strict, else Singular or Undecided."""

    name = "dual"
    rank = 4

    def exp(self, x: Dual) -> Dual:
        y = d.exp(x.val)
        return Dual(y, scaled(y, x.tan))

    def log(self, x: Dual) -> Dual:
        _apart(x.val, 0, "log")
        return Dual(d.log(x.val), scaled(d.inv(x.val), x.tan))

    def tanh(self, x: Dual) -> Dual:
        c = d.cosh(x.val)
        return Dual(d.tanh(x.val), scaled(d.inv(c * c), x.tan))

    def sinh(self, x: Dual) -> Dual:
        return Dual(d.sinh(x.val), scaled(d.cosh(x.val), x.tan))

    def cosh(self, x: Dual) -> Dual:
        return Dual(d.cosh(x.val), scaled(d.sinh(x.val), x.tan))

    def sqrt(self, x: Dual) -> Dual:
        _apart(x.val, 0, "sqrt")
        if d.lt(x.val, 0):
            return Dual(0 * x.val, {})
        y = d.sqrt(x.val)
        return Dual(y, scaled(d.inv(2 * y), x.tan))

    def abs_(self, x: Dual) -> Dual:
        _apart(x.val, 0, "abs")
        return -x if d.lt(x.val, 0) else x

    def sign(self, x: Dual) -> int:
        _apart(x.val, 0, "sign")
        return -1 if d.lt(x.val, 0) else 1

    def inv(self, x: Dual) -> Dual:
        return self.div(1, x)

    def max_(self, a: Scalar, b: Scalar) -> Scalar:
        if a is b:
            return a
        return _lifted(b, a) if self.lt(a, b) else _lifted(a, b)

    def min_(self, a: Scalar, b: Scalar) -> Scalar:
        if a is b:
            return a
        return _lifted(a, b) if self.lt(a, b) else _lifted(b, a)

    def div(self, a: Scalar, b: Scalar) -> Dual:
        av, at = _parts(a)
        bv, bt = _parts(b)
        if type(b) is Dual:
            _apart(bv, 0, "inverse")
        y, reciprocal = d.div(av, bv), d.inv(bv)
        return Dual(y, merged(scaled(reciprocal, at), scaled(-y * reciprocal, bt)))

    def lt(self, a: Scalar, b: Scalar) -> bool:
        av, bv = _parts(a)[0], _parts(b)[0]
        _apart(av, bv, "a branch")
        return d.lt(av, bv)

    def le(self, a: Scalar, b: Scalar) -> bool:
        return self.lt(a, b)

    def eq(self, a: Scalar, b: Scalar) -> bool:
        _apart(_parts(a)[0], _parts(b)[0], "an equality test")
        return False

    def pi(self, like: Dual) -> Scalar:
        return d.pi(like.val)

    def rational(self, like: Dual, p: int, q: int) -> Scalar:
        return d.rational(like.val, p, q)
