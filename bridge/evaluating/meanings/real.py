"""Functions of real numbers: `Real.*`, powers, sign."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flint import arb, fmpq

from leanmirror.bridge.evaluating.meanings.base import Function, Table, function
from leanmirror.bridge.evaluating.meanings.trigonometry import cos, sin
from leanmirror.spec.core import dispatch as d
from leanmirror.spec.errors import Undecided

_EXACT = (int, fmpq)


def lifted(x: Any) -> Any:
    """An exact literal as a ball, since functions have no rational values there."""
    return arb(x) if isinstance(x, _EXACT) else x


def _of(f: Callable[[Any], Any]) -> Function:
    return function(lambda x: f(lifted(x)))


def pi() -> Any:
    """π at the working precision."""
    return arb.pi()


def rpow(x: Any, y: Any) -> Any:
    """`x ^ y` of real numbers, as Mathlib has it: with `cos (y π)` for negative x, and `0 ^ 0 = 1`."""
    x, y = lifted(x), lifted(y)
    if d.eq(x, 0):
        return 1 if d.eq(y, 0) else 0
    if d.lt(0, x):
        return d.exp(y * d.log(x))
    return d.exp(y * d.log(x)) * cos(y * arb.pi())


def floor(x: Any) -> int:
    """`⌊x⌋`; Undecided where a ball holds an integer and is not it."""
    if not isinstance(lifted(x), arb):
        raise Undecided("⌊x⌋ of a variable number")
    found = lifted(x).floor().unique_fmpz()
    if found is None:
        raise Undecided(f"⌊x⌋ of {x}")
    return int(found)


REAL: Table = {
    "Real.exp": _of(d.exp),
    "Real.log": _of(d.log),
    "Real.sqrt": _of(d.sqrt),
    "Real.tanh": _of(d.tanh),
    "Real.sinh": _of(d.sinh),
    "Real.cosh": _of(d.cosh),
    "Real.sin": _of(sin),
    "Real.cos": _of(cos),
    "Real.pi": Function(pi, 0),
    "Real.tan": _of(lambda x: d.div(sin(x), cos(x))),
    "Nat.floor": function(lambda x: max(floor(x), 0)),
    "Nat.ceil": function(lambda x: max(-floor(-x), 0)),
    "Int.floor": function(floor),
    "Int.ceil": function(lambda x: -floor(-x)),
}
