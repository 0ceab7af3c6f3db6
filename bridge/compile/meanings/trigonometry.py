"""Trigonometric functions and their inverses over the judge's scalars; only statements use them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import arb

from leanmirror.spec.core import dispatch as d
from leanmirror.spec.core.scalars.dual import Dual, scaled
from leanmirror.spec.core.scalars.germ import Germ
from leanmirror.spec.core.scalars.traced import Traced
from leanmirror.spec.errors import Undecided

Function = Callable[[Any], Any]


def _over(x: Any, value: Function, slope: Function) -> Any:
    """A smooth function of a number of any kind, from that of balls and from its derivative."""
    if type(x) is Dual:
        return Dual(_over(x.val, value, slope), scaled(slope(x.val), x.tan))
    if type(x) is Traced:
        return Traced(_over(x.val, value, slope), x.log)
    if type(x) is Germ:
        raise Undecided("a trigonometric function along a ray")
    return value(arb(x))


def sin(x: Any) -> Any:
    """The sine."""
    return _over(x, arb.sin, cos)


def cos(x: Any) -> Any:
    """The cosine."""
    return _over(x, arb.cos, lambda y: -sin(y))


def arctan(x: Any) -> Any:
    """The inverse of the tangent."""
    return _over(x, arb.atan, lambda y: d.inv(1 + y * y))


def arsinh(x: Any) -> Any:
    """The inverse of the hyperbolic sine."""
    return _over(x, arb.asinh, lambda y: d.inv(d.sqrt(1 + y * y)))


def arcsin(x: Any) -> Any:
    """The inverse of the sine, π/2 from 1 on and -π/2 down from -1."""
    if d.le(1, x):
        return arb.pi() / 2
    if d.le(x, -1):
        return -arb.pi() / 2
    return _over(x, arb.asin, lambda y: d.inv(d.sqrt(1 - y * y)))


def arccos(x: Any) -> Any:
    """`π/2 - arcsin x`."""
    return arb.pi() / 2 - arcsin(x)
