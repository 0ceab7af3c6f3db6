"""Finite sets, `∑` and `∏` over them, and what is a member of what."""

from __future__ import annotations

from collections.abc import Sequence

from leanmirror.bridge.compile.decisions import decided
from leanmirror.bridge.compile.meanings.algebra import add, mul, one_of, zero_of
from leanmirror.bridge.compile.meanings.base import Function, Table, function
from leanmirror.bridge.compile.meanings.logic import equal_at
from leanmirror.bridge.compile.values import apply
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.judgement import Judgement, all_of, any_of
from leanmirror.spec.judge.types import MOST_VALUES, Type, Value


def univ(of_type: Type) -> list[Value]:
    """`Finset.univ`."""
    values = of_type.values()
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


def inserted(of_type: Type, x: Value, values: Sequence[Value]) -> list[Value]:
    """`insert x s`."""
    return list(values) if decided(member(of_type, values, x)) else [x, *values]


def united(of_type: Type, first: Sequence[Value], second: Sequence[Value]) -> list[Value]:
    """`s ∪ t`."""
    return [*first, *(x for x in second if not decided(member(of_type, first, x)))]


def subset(of_type: Type, first: Sequence[Value], second: Sequence[Value]) -> Judgement:
    """`s ⊆ t`."""
    return all_of(member(of_type, second, x) for x in first)


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


FINITE_SETS: Table = {
    "Fintype.card": function(lambda of_type: len(univ(of_type))),
    "Finset.univ": function(univ),
    "Finset.range": function(nat_range),
    "Finset.card": Function(len, 2, 1),
    "Finset.filter": function(filtered, 1),
    "Finset.empty": Function(list, 1, 1),
    "Finset.singletonOf": Function(lambda x: [x], 2, 1),
    "Finset.insertEntry": function(inserted),
    "Finset.append": function(united),
    "Finset.isSubset": function(subset),
    "Finset.product": Function(lambda s, t: [(x, y) for x in s for y in t], 4, 2),
    "Finset.sum": function(big_sum, 1),
    "Finset.prod": function(big_product, 1),
    "Membership.mem": Function(lambda of_type, γ, s, x: member(of_type, s, x), 4),
    "Set": function(lambda of_type: t.FunT(of_type, t.PropT())),
}
