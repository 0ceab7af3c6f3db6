"""Linear forms: what a linear map becomes when it is applied to coordinates that stay unknown.

A map run on forms gives its whole matrix in one pass, over any scalar kind, and shows that it is
linear: anything but sums and multiples is refused with `NotLinear`.
"""

from __future__ import annotations

from typing import Any, NoReturn

from flint import arb, fmpq

from leanmirror.spec.core import dispatch as d
from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.errors import LeanMirrorError


class NotLinear(LeanMirrorError):
    """A linear map did to its argument what no linear map does, or what forms cannot follow."""


def merged(a: dict[int, Scalar], b: dict[int, Scalar]) -> dict[int, Scalar]:
    """The sum of two sparse vectors."""
    out = dict(a)
    for k, v in b.items():
        out[k] = out[k] + v if k in out else v
    return out


class LinearForm:
    """Σ cⱼ·eⱼ with unknown coordinates eⱼ, as a sparse vector of the cⱼ."""

    __array_ufunc__ = None
    __slots__ = ("coefficients",)

    def __init__(self, coefficients: dict[int, Scalar]) -> None:
        self.coefficients = coefficients

    def __add__(self, o: Any) -> LinearForm:
        if type(o) is LinearForm:
            return LinearForm(merged(self.coefficients, o.coefficients))
        if not is_zero(o):
            _refuse("a constant was added")
        return self

    __radd__ = __add__

    def __neg__(self) -> LinearForm:
        return LinearForm({k: -v for k, v in self.coefficients.items()})

    def __sub__(self, o: Any) -> LinearForm:
        return self.__add__(-o)

    def __rsub__(self, o: Any) -> LinearForm:
        return (-self).__add__(o)

    def __mul__(self, c: Any) -> LinearForm:
        if type(c) is LinearForm:
            _refuse("two coordinates were multiplied")
        return LinearForm({k: v * c for k, v in self.coefficients.items()})

    __rmul__ = __mul__

    def __pow__(self, n: int) -> LinearForm:
        if n != 1:
            _refuse("a power was taken")
        return self

    def __truediv__(self, c: Any) -> LinearForm:
        return LinearForm({k: v / c for k, v in self.coefficients.items()})

    def __lt__(self, o: Any) -> bool:
        _refuse("a coordinate was compared")

    __le__ = __gt__ = __ge__ = __lt__

    def __eq__(self, o: object) -> bool:
        _refuse("a coordinate was compared")

    __hash__ = None  # type: ignore[assignment]  # forms are not keys

    def __float__(self) -> float:
        _refuse("a coordinate was made a float")

    def __bool__(self) -> bool:  # noqa: PLE0304 - it raises, so it returns no value
        _refuse("a coordinate was tested")


def is_zero(x: Any) -> bool:
    """Exactly 0, as an integer, a rational or a ball, or a number that wraps one."""
    x = x.val if hasattr(x, "through") else x
    return isinstance(x, int | fmpq | arb) and bool(x == 0)


def _refuse(what: str) -> NoReturn:
    raise NotLinear(what)


class FormInstance:
    """Division by a scalar, and nothing else."""

    name = "linear form"
    rank = 9

    def div(self, a: Scalar, b: Scalar) -> Scalar:
        if type(b) is LinearForm:
            _refuse("a coordinate was divided by")
        return LinearForm({k: d.div(v, b) for k, v in a.coefficients.items()})

    def _no(self, *_: Scalar) -> NoReturn:
        _refuse("a function was applied to a coordinate")

    exp = log = tanh = sinh = cosh = sqrt = abs_ = sign = inv = max_ = min_ = lt = le = eq = pi = rational = (
        _no
    )


def coordinates(n: int) -> list[LinearForm]:
    """The n unknown coordinates."""
    return [LinearForm({j: 1}) for j in range(n)]


def coefficients(x: Scalar) -> dict[int, Scalar]:
    """The coefficients of a form; an exact 0 is the zero form."""
    if type(x) is LinearForm:
        return x.coefficients
    if is_zero(x):
        return {}
    _refuse("the value at 0 is not 0")
