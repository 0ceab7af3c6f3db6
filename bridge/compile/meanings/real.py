"""Functions of real numbers: `Real.*`, powers, sign."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from flint import arb, fmpq

from leanmirror.bridge.compile.compiler import Closure, call
from leanmirror.bridge.compile.kinds import kind_of
from leanmirror.bridge.compile.meanings.base import Form, Function, Table, function
from leanmirror.bridge.core.term import Term
from leanmirror.spec.core import dispatch as d
from leanmirror.spec.core.analytic import arccos, arcsin, arctan, arsinh, cos, sin, tan
from leanmirror.spec.errors import Undecided, Unsupported
from leanmirror.spec.layers.activation import Math
from leanmirror.spec.nn_core.numeric import MathFunctions, Numbers

if TYPE_CHECKING:
    from leanmirror.bridge.compile.compiler import Compiler

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


FUNCTIONS: Mapping[str, Callable[[Any], Any]] = {
    "exp": d.exp,
    "log": d.log,
    "sqrt": d.sqrt,
    "tanh": d.tanh,
    "sinh": d.sinh,
    "cosh": d.cosh,
    "abs": d.abs_,
    "sin": sin,
    "cos": cos,
}
"""The functions of the interface of scalars, which are those of ℝ there."""


def _of_scalars(f: Callable[..., Any], arity: int) -> Form:
    """A function of the interface of scalars, over ℝ alone: parameters α, x, …."""

    def build(compiler: Compiler, args: Sequence[Term]) -> Closure:
        if kind_of(compiler, args[0]) != "real":
            raise Unsupported("the functions of scalars at another type than ℝ")
        return call(f, [compiler.compile(arg) for arg in args[1:]])

    return Form(build, arity)


def _number(f: Callable[[Any], Any]) -> Form:
    """A number of the interface of scalars: a field of a class, without arguments."""
    return _of_scalars(lambda: f(arb(0)), 1)


NUMBERS: Table = {
    f"Numbers.{name}": _number(getattr(Numbers, name))
    for name in (
        *(
            "neg_point_five",
            "neg_one",
            "pointone",
            "pointfive",
            "one",
            "zero",
            "two",
            "three",
            "four",
            "five",
        ),
        *("ten", "log10", "log10000", "epsilon"),
    )
}


def _sign_of(x: Any) -> Any:
    return d.sign(lifted(x))


REAL: Table = {
    **NUMBERS,
    "MathFunctions.pi": _number(MathFunctions.pi),
    "Activation.Math.geluTanhCoeff": _number(Math.geluTanhCoeff),
    **{f"MathFunctions.{name}": _of_scalars(lambda x, f=f: f(lifted(x)), 2) for name, f in FUNCTIONS.items()},
    "Real.exp": _of(d.exp),
    "Real.log": _of(d.log),
    "Real.sqrt": _of(d.sqrt),
    "Real.tanh": _of(d.tanh),
    "Real.sinh": _of(d.sinh),
    "Real.cosh": _of(d.cosh),
    "Real.sin": _of(sin),
    "Real.cos": _of(cos),
    "Real.arctan": _of(arctan),
    "Real.arcsin": _of(arcsin),
    "Real.arccos": _of(arccos),
    "Real.arsinh": _of(arsinh),
    "Real.pi": Function(pi, 0),
    "Real.tan": _of(tan),
    "Nat.floor": function(lambda x: max(floor(x), 0)),
    "Nat.ceil": function(lambda x: max(-floor(-x), 0)),
    "Int.floor": function(floor),
    "Int.ceil": function(lambda x: -floor(-x)),
    "Real.logb": function(lambda b, x: d.div(d.log(lifted(x)), d.log(lifted(b)))),
    "Real.sign": function(_sign_of),
}
