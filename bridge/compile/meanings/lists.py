"""Lists, arrays, vectors of the core library, and hash maps."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce

from leanmirror.bridge.compile.inductive import NONE, Data, DataT
from leanmirror.bridge.compile.meanings.algebra import add, zero_of
from leanmirror.bridge.compile.meanings.base import Function, Table, function, itself
from leanmirror.bridge.compile.meanings.naturals import small
from leanmirror.bridge.compile.values import apply
from leanmirror.spec import torchlean_types as tl
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.judge.types import Type, Value


def nil(of_type: Type) -> Value:
    """`[]`; a context is a tuple."""
    return () if isinstance(of_type, tl.ShapeT) else []


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


def entry_or_none(xs: Sequence[Value], i: int) -> Data:
    """`xs[i]?`."""
    return Data("Option.some", (xs[i],)) if 0 <= i < len(xs) else NONE


def total(of_type: Type, xs: Sequence[Value]) -> Value:
    """`List.sum`."""
    return reduce(lambda a, b: add(of_type, a, b), xs, zero_of(of_type))


def listed(of_type: Type, xs: Iterable[Value]) -> Value:
    """A list of values of a type; a context is a tuple."""
    return tuple(xs) if isinstance(of_type, tl.ShapeT) else list(xs)


def _set_at(xs: Sequence[Value], i: int, x: Value) -> Value:
    return [*xs[:i], x, *xs[i + 1 :]]


LISTS: Table = {
    "List.nil": function(nil, constant=True),
    "List.cons": function(cons, 1),
    "List.append": function(append, 1),
    "HAppend.hAppend": function(append, 3),
    "List.length": Function(len, 2, 1),
    "List.get": function(entry, 1),
    "List.map": function(lambda of_type, f, xs: listed(of_type, (apply(f, x) for x in xs)), 1),
    "List.foldl": function(lambda f, init, xs: reduce(lambda a, x: apply(apply(f, a), x), xs, init), 2),
    "List.foldr": function(lambda f, init, xs: reduce(lambda a, x: apply(apply(f, x), a), xs[::-1], init), 2),
    "List.sum": function(total),
    "List.reverse": function(lambda xs: xs[::-1], 1),
    "List.take": function(lambda n, xs: xs[:n], 1),
    "List.drop": function(lambda n, xs: xs[n:], 1),
    "List.replicate": function(lambda of_type, n, x: listed(of_type, [x] * small(n))),
    "List.range": function(lambda n: list(range(small(n)))),
    "List.filter": function(lambda of_type, p, xs: listed(of_type, (x for x in xs if apply(p, x)))),
    "List.zip": function(lambda xs, ys: list(zip(xs, ys, strict=False)), 2),
    "List.getD": function(lambda xs, i, default: xs[i] if i < len(xs) else default, 1),
    "List.isEmpty": function(lambda xs: not xs, 1),
    "List.ofFn": function(lambda of_type, n, f: listed(of_type, (apply(f, i) for i in range(n)))),
    "List.all": function(lambda xs, p: all(apply(p, x) for x in xs), 1),
    "List.any": function(lambda xs, p: any(apply(p, x) for x in xs), 1),
    "List.head?": function(lambda xs: entry_or_none(xs, 0), 1),
    "List.getLast?": function(lambda xs: entry_or_none(xs, len(xs) - 1), 1),
    "Array.mk": Function(itself, 2, 1),
    "Vector.mk": Function(itself, 3, 2),
    "Array.ofFn": Function(lambda n, f: [apply(f, i) for i in range(n)], 3, 1),
    "Array.set": function(_set_at, 1),
    "Array.mapIdx": function(lambda f, xs: [apply(apply(f, i), x) for i, x in enumerate(xs)], 2),
    "Array.push": function(lambda xs, x: [*xs, x], 1),
    "Array.map": function(lambda f, xs: [apply(f, x) for x in xs], 2),
    "Array.foldl": function(lambda f, a, xs: reduce(lambda b, x: apply(apply(f, b), x), xs, a), 2),
    "Array.replicate": function(lambda n, x: [x] * small(n), 1),
    "Vector.ofFn": Function(lambda n, f: [apply(f, i) for i in range(n)], 3, 1),
    "Vector.get": function(entry, 2),
    "Vector.replicate": function(lambda n, x: [x] * small(n), 1),
    "Std.HashMap": function(lambda key, value: DataT("Std.HashMap", (key, value))),
    "Std.HashMap.emptyWithCapacity": Function(lambda: {}, 3, 3),
    "Std.HashMap.insert": function(lambda m, key, value: {**m, key: value}, 2),
    "GetElem.getElem": function(entry, 4),
    "GetElem?.getElem?": function(entry_or_none, 3),
}
