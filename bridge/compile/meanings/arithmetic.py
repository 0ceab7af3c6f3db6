"""`+ - * / ^ •` and their relatives, by the type that they work on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from leanmirror.bridge.compile import kinds
from leanmirror.bridge.compile.compiler import Closure, call, constant
from leanmirror.bridge.compile.kinds import kind_of
from leanmirror.bridge.compile.meanings.algebra import (
    add,
    divided,
    integer_power,
    integer_quotient,
    integer_remainder,
    inverse,
    matrix_times,
    mul,
    natural_power,
    neg,
    numeral,
    power,
    remainder,
    smul,
    sub,
    truncated,
)
from leanmirror.bridge.compile.meanings.base import Form, Table
from leanmirror.bridge.compile.meanings.real import rpow
from leanmirror.bridge.core.term import Lit, Term
from leanmirror.spec.core import dispatch
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge.types import Type

if TYPE_CHECKING:
    from leanmirror.bridge.compile.compiler import Compiler

Binary = Callable[[Any, Any], Any]


def _by_kind(table: Mapping[str, Binary], other: Callable[[Type, Any, Any], Any]) -> Form:
    """An operation on one type: `HAdd.hAdd` and its like, with parameters α, β, γ, a, b; γ decides."""

    def build(compiler: Compiler, args: Sequence[Term]) -> Closure:
        type_, a, b = args[2], compiler.compile(args[3]), compiler.compile(args[4])
        kind = kind_of(compiler, type_)
        if kind in table:
            return call(table[kind], [a, b])
        return call(other, [compiler.compile(type_), a, b])

    return Form(build, 5)


def _plus(a: Any, b: Any) -> Any:
    return a + b


def _times(a: Any, b: Any) -> Any:
    return a * b


def _minus(a: Any, b: Any) -> Any:
    return a - b


def _literal(compiler: Compiler, args: Sequence[Term]) -> Closure:
    """`OfNat.ofNat α n`."""
    type_, n = args[0], args[1]
    if isinstance(n, Lit) and kind_of(compiler, type_) in {"real", "nat", "int"}:
        return constant(n.value)
    return call(numeral, [compiler.compile(type_), compiler.compile(n)])


def _unary(table: Mapping[str, Callable[[Any], Any]], other: Callable[[Type, Any], Any]) -> Form:
    """An operation of one argument: parameters α, a."""

    def build(compiler: Compiler, args: Sequence[Term]) -> Closure:
        kind, a = kind_of(compiler, args[0]), compiler.compile(args[-1])
        return call(table[kind], [a]) if kind in table else call(other, [compiler.compile(args[0]), a])

    return Form(build, 2)


def _of_numbers(operation: Callable[..., Any], arity: int) -> Form:
    """An operation on numbers and indices alone: parameters α, a, …."""

    def build(compiler: Compiler, args: Sequence[Term]) -> Closure:
        if kind_of(compiler, args[0]) == "other":
            raise Unsupported("max, min, |·| or sign of what is no number")
        return call(operation, [compiler.compile(arg) for arg in args[1:]])

    return Form(build, arity)


def _product(compiler: Compiler, args: Sequence[Term]) -> Closure:
    """`a * b`; matrices of different sizes have types of their own on both sides."""
    kind, a, b = kind_of(compiler, args[2]), compiler.compile(args[3]), compiler.compile(args[4])
    if kind in kinds.NUMBERS:
        return call(_times, [a, b])
    if compiler.types.at_head(args[2], "Matrix") is not None:
        left, right = compiler.compile(args[0]), compiler.compile(args[1])
        return call(matrix_times, [left, right, a, b])
    return call(mul, [compiler.compile(args[2]), a, b])


def _raised(compiler: Compiler, args: Sequence[Term]) -> Closure:
    """`a ^ b`, by the type of the exponent."""
    exponent, a, b = kind_of(compiler, args[1]), compiler.compile(args[3]), compiler.compile(args[4])
    base = kind_of(compiler, args[2])
    if exponent == "nat":
        if base in kinds.NUMBERS:
            return call(natural_power, [a, b])
        return call(power, [compiler.compile(args[2]), a, b])
    if exponent == "int" and base == "real":
        return call(integer_power, [a, b])
    if exponent == "real" and base == "real":
        return call(rpow, [a, b])
    raise Unsupported("a power with an exponent of another type than ℕ, ℤ or ℝ")


def _scaled(compiler: Compiler, args: Sequence[Term]) -> Closure:
    """`c • a`."""
    type_, c, a = args[2], compiler.compile(args[3]), compiler.compile(args[4])
    if kind_of(compiler, args[0]) not in kinds.NUMBERS:
        raise Unsupported("• by something that is no number")
    if kind_of(compiler, type_) in kinds.NUMBERS:
        return call(_times, [c, a])
    return call(smul, [compiler.compile(type_), c, a])


ARITHMETIC: Table = {
    "HAdd.hAdd": _by_kind(dict.fromkeys(kinds.NUMBERS, _plus), add),
    "HSub.hSub": _by_kind({"real": _minus, "int": _minus, "nat": truncated}, sub),
    "HMul.hMul": Form(_product, 5),
    "HDiv.hDiv": _by_kind({"real": dispatch.div, "nat": integer_quotient, "int": integer_quotient}, divided),
    "HMod.hMod": _by_kind({"nat": integer_remainder, "int": integer_remainder}, remainder),
    "HPow.hPow": Form(_raised, 5),
    "HSMul.hSMul": Form(_scaled, 5),
    "Neg.neg": _unary({"real": lambda a: -a, "int": lambda a: -a}, neg),
    "Inv.inv": _unary({"real": dispatch.inv}, inverse),
    "OfNat.ofNat": Form(_literal, 2),
    "Max.max": _of_numbers(dispatch.max_, 3),
    "Min.min": _of_numbers(dispatch.min_, 3),
    "abs": _of_numbers(dispatch.abs_, 2),
    "SignType.sign": _of_numbers(dispatch.sign, 2),
}
