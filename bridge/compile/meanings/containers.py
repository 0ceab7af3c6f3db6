"""Naturals, `Fin` and its codes, pairs, equivalences, lists, and finite sums."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flint import fmpq

from leanmirror.bridge.compile.decisions import decided
from leanmirror.bridge.compile.meanings.arithmetic import (
    add,
    integer_quotient,
    integer_remainder,
    mul,
    one_of,
    zero_of,
)
from leanmirror.bridge.compile.meanings.base import Function, Table, function, value
from leanmirror.bridge.compile.meanings.logic import equal_at
from leanmirror.bridge.compile.values import Family, apply
from leanmirror.spec import mathlib
from leanmirror.spec.errors import ShapeError, Unsupported
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.equivalences import Equivalence
from leanmirror.spec.judge.finite import MOST_VALUES, values_of
from leanmirror.spec.judge.judgement import Judgement, any_of
from leanmirror.spec.judge.types import Type, Value


def univ(of_type: Type) -> list[Value]:
    """`Finset.univ`."""
    values = values_of(of_type)
    if values is None:
        raise Unsupported(f"all values of {of_type}")
    return list(values)


def nat_range(n: int) -> list[int]:
    """`Finset.range n`."""
    if n > MOST_VALUES:
        raise Unsupported(f"{n} values or steps")
    return list(range(n))


def filtered(p: Value, values: Sequence[Value]) -> list[Value]:
    """`Finset.filter p s`."""
    return [x for x in values if decided(apply(p, x))]


def big_sum(of_type: Type, values: Sequence[Value], f: Value) -> Value:
    """`∑ x ∈ s, f x`."""
    if isinstance(of_type, t.RealT | t.NatT | t.IntT):
        return sum(apply(f, x) for x in values)
    found = zero_of(of_type)
    for x in values:
        found = add(of_type, found, apply(f, x))
    return found


def big_product(of_type: Type, values: Sequence[Value], f: Value) -> Value:
    """`∏ x ∈ s, f x`."""
    found = one_of(of_type)
    for x in values:
        found = mul(of_type, found, apply(f, x))
    return found


def member(of_type: Type, values: Value, x: Value) -> Judgement:
    """`x ∈ s` for a list or a finite set; a set is a function."""
    if not isinstance(values, Sequence):
        found: Judgement = apply(values, x)
        return found
    return any_of(equal_at(of_type, x, each) for each in values)


def nil(of_type: Type) -> Value:
    """`[]`; a context is a tuple."""
    return () if isinstance(of_type, t.ShapeT) else []


def cons(x: Value, xs: Value) -> Value:
    """`x :: xs`."""
    return (x, *xs) if isinstance(xs, tuple) else [x, *xs]


def append(xs: Value, ys: Value) -> Value:
    """`xs ++ ys`."""
    return xs + ys


def entry(xs: Sequence[Value], i: int) -> Value:
    """`xs.get i`, `xs[i]`."""
    if not 0 <= i < len(xs):
        raise ShapeError(f"index {i} is not below {len(xs)}")
    return xs[i]


def fin_mk(n: int, i: int) -> int:
    """`⟨i, _⟩ : Fin n`."""
    if i >= n:
        raise ShapeError(f"index {i} is not below {n}")
    return i


def prod_code(m: int, n: int) -> Equivalence:
    """`finProdFinEquiv`: row-major."""

    def code(p: tuple[int, int]) -> int:
        return mathlib.finProdFinEquiv(m, n, p)

    return Equivalence(code, lambda k: (mathlib.divNat(m, n, k), mathlib.modNat(m, n, k)))


def scientific(mantissa: int, negative: bool, exponent: int) -> Value:
    """A decimal numeral, exact."""
    power = 10**exponent
    return fmpq(mantissa, power) if negative else mantissa * power


def updated(f: Value, at: Value, new: Value) -> Value:
    """`Function.update f a v`."""
    if isinstance(f, list):
        return Family([new if i == at else x for i, x in enumerate(f)])
    raise Unsupported("Function.update of a function that is not out of Fin n")


def _least(a: int, b: int) -> int:
    return max(a - b, 0)


def _length(xs: Sequence[Value]) -> int:
    return len(xs)


def iterated(f: Value, n: int, x: Value) -> Value:
    """`f^[n] x`."""
    for _ in nat_range(n):
        x = apply(f, x)
    return x


def _same(x: Any) -> Any:
    return x


def coerced(source: Type, target: Type, x: Value) -> Value:
    """`↑x` between types of numbers, whose values are the same."""
    numbers = (t.NatT, t.IntT, t.FinT, t.RealT)
    if isinstance(source, numbers) and isinstance(target, numbers):
        return x % target.n if isinstance(target, t.FinT) else x
    raise Unsupported(f"the coercion of {source} to {target}")


CONTAINERS: Table = {
    "Coe.coe": function(coerced),
    "Nat.zero": value(0),
    "Nat.succ": function(lambda n: n + 1),
    "Nat.add": function(lambda n, m: n + m),
    "Nat.mul": function(lambda n, m: n * m),
    "Nat.sub": function(_least),
    "Nat.pred": function(lambda n: max(n - 1, 0)),
    "Nat.div": function(integer_quotient),
    "Nat.mod": function(integer_remainder),
    "Nat.iterate": function(iterated, 1),
    "Nat.cast": function(_same, 1),
    "Int.cast": function(_same, 1),
    "Rat.cast": function(_same, 1),
    "SignType.cast": function(_same, 1),
    "OfScientific.ofScientific": function(scientific, 1),
    "Fin.val": function(_same, 1),
    "Fin.mk": function(fin_mk),
    "Fin.cast": function(_same, 2),
    "Fin.castAdd": function(_same, 2),
    "Fin.natAdd": Function(lambda n, m, i: n + i, 3),
    "Fin.castSucc": function(_same, 1),
    "Fin.succ": function(lambda i: i + 1, 1),
    "Fin.last": function(_same),
    "Fin.append": function(lambda a, b: Family([*a, *b]), 3),
    "Fin.divNat": function(mathlib.divNat),
    "Fin.modNat": function(mathlib.modNat),
    "Prod.mk": function(lambda a, b: (a, b), 2),
    "Prod.fst": function(lambda p: p[0], 2),
    "Prod.snd": function(lambda p: p[1], 2),
    "PUnit.unit": value(()),
    "List.nil": function(nil, constant=True),
    "List.cons": function(cons, 1),
    "List.append": function(append, 1),
    "HAppend.hAppend": function(append, 3),
    "List.length": function(_length, 1),
    "List.get": function(entry, 1),
    "Equiv.toFun": function(lambda e: e.toFun, 2),
    "Equiv.invFun": function(lambda e: e.invFun, 2),
    "Equiv.mk": Function(Equivalence, 4, 2),
    "Equiv.symm": function(lambda e: e.symm, 2),
    "Equiv.refl": Function(lambda: Equivalence(_same, _same), 1, 1),
    "Equiv.trans": function(lambda e, f: Equivalence(lambda x: f(e(x)), lambda y: e.invFun(f.invFun(y))), 3),
    "finProdFinEquiv": function(prod_code),
    "finCongr": Function(lambda: Equivalence(_same, _same), 2, 2),
    "Function.update": function(updated, 2),
    "Fintype.card": function(lambda of_type: len(univ(of_type))),
    "Finset.univ": function(univ),
    "Finset.range": function(nat_range),
    "Finset.card": function(_length, 1),
    "Finset.filter": function(filtered, 1),
    "Finset.sum": function(big_sum, 1),
    "Finset.prod": function(big_product, 1),
    "Membership.mem": Function(lambda of_type, γ, s, x: member(of_type, s, x), 4),
}
