"""Numbers without a sign, `Fin` and its codes, pairs, lists, and sums over them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import reduce
from itertools import product as pairs
from typing import Any

from leanmirror.bridge.evaluating.meanings.base import Function, Table, function
from leanmirror.bridge.evaluating.quantifiers import MOST_VALUES, values_of
from leanmirror.bridge.evaluating.values import Family, apply
from leanmirror.spec import mathlib
from leanmirror.spec.errors import ShapeError, Unsupported
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.types import Type, Value


def univ(of_type: Type) -> list[Value]:
    """`Finset.univ`."""
    values = values_of(of_type)
    if values is None:
        raise Unsupported(f"all values of {of_type}")
    return list(values)


def nat_range(n: int) -> range:
    """`Finset.range n`."""
    if n > MOST_VALUES:
        raise Unsupported(f"a range of {n} values")
    return range(n)


def big_sum(values: Sequence[Value], f: Value) -> Value:
    """`∑ x ∈ s, f x` of numbers; of vectors by `+`."""
    return sum(apply(f, x) for x in values)


def big_product(values: Sequence[Value], f: Value) -> Value:
    """`∏ x ∈ s, f x`."""
    found: Value = 1
    for x in values:
        found = found * apply(f, x)
    return found


def cons(x: Value, xs: Value) -> Value:
    """`x :: xs`."""
    return (x, *xs) if isinstance(xs, tuple) else [x, *xs]


def nil(of_type: Type) -> Value:
    """`[]`."""
    return () if isinstance(of_type, t.ShapeT) else []


def entry(xs: Sequence[Value], i: int) -> Value:
    """`xs[i]`, `xs.get i`."""
    if not 0 <= i < len(xs):
        raise ShapeError(f"index {i} is not below {len(xs)}")
    return xs[i]


def vec_cons(x: Value, xs: Sequence[Value]) -> Value:
    """`Matrix.vecCons x xs`: `![x, …]`."""
    return Family([x, *xs])


def divNat(m: int, n: int, k: int) -> int:
    return mathlib.divNat(m, n, k)


def modNat(m: int, n: int, k: int) -> int:
    return mathlib.modNat(m, n, k)
