"""More of Lean's library: functions of naturals, indices and lists, sets, and matrices entry by entry."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import reduce
from itertools import permutations

from leanmirror.bridge.compile.meanings.arithmetic import add, mul, zero_of
from leanmirror.bridge.compile.meanings.base import Function, Table, function
from leanmirror.bridge.compile.meanings.matrices import as_matrix, sizes
from leanmirror.bridge.compile.meanings.real import lifted
from leanmirror.bridge.compile.values import Family, apply
from leanmirror.spec.core import dispatch as d
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.finite import MOST_VALUES
from leanmirror.spec.judge.types import Mat, Type, Value

LARGEST = 1000
"""Factorials of larger numbers are not computed."""


def small(n: int) -> int:
    """n, as the size of a list or the argument of a factorial."""
    if n > LARGEST:
        raise Unsupported(f"a size of {n}")
    return n


def choose(n: int, k: int) -> int:
    """`Nat.choose n k`."""
    return math.comb(small(n), k)


def total(of_type: Type, xs: Sequence[Value]) -> Value:
    """`List.sum`."""
    return reduce(lambda a, b: add(of_type, a, b), xs, zero_of(of_type))


def trace(index: Type, of_type: Type, A: Value) -> Value:
    """`Matrix.trace A`."""
    n, _ = sizes(index, index)
    return total(of_type, [apply(apply(A, i), i) for i in range(n)])


def diagonal(index: Type, diagonal_entries: Value) -> Mat:
    """`Matrix.diagonal d`."""
    n, _ = sizes(index, index)
    return Mat(n, n, [[apply(diagonal_entries, i) if i == j else 0 for j in range(n)] for i in range(n)])


def outer_product(rows: Type, columns: Type, of_type: Type, w: Value, v: Value) -> Mat:
    """`Matrix.vecMulVec w v`."""
    m, n = sizes(rows, columns)
    return Mat(m, n, [[mul(of_type, apply(w, i), apply(v, j)) for j in range(n)] for i in range(m)])


def determinant(index: Type, A: Value) -> Value:
    """`Matrix.det A`, as the sum over permutations that defines it."""
    n, _ = sizes(index, index)
    W = as_matrix(n, n, A)
    if math.factorial(n) > MOST_VALUES:
        raise Unsupported(f"the determinant of a matrix of size {n}")
    return sum(_sign(p) * math.prod(W.rows[i][p[i]] for i in range(n)) for p in permutations(range(n)))


def _sign(p: Sequence[int]) -> int:
    inversions = sum(p[i] > p[j] for j in range(len(p)) for i in range(j))
    return -1 if inversions % 2 else 1


def single(index: Type, at: int, x: Value) -> Value:
    """`EuclideanSpace.single i a`."""
    n, _ = sizes(index, index)
    return [x if i == at else 0 for i in range(n)]


def _sign_of(x: Value) -> Value:
    return d.sign(lifted(x))


def listed(of_type: Type, xs: Iterable[Value]) -> Value:
    """A list of values of a type; a context is a tuple."""
    return tuple(xs) if isinstance(of_type, t.ShapeT) else list(xs)


LIBRARY: Table = {
    "Nat.sqrt": function(lambda n: math.isqrt(n)),
    "Nat.factorial": function(lambda n: math.factorial(small(n))),
    "Nat.choose": function(choose),
    "Nat.gcd": function(lambda m, n: math.gcd(m, n)),
    "Nat.lcm": function(lambda m, n: math.lcm(m, n)),
    "Int.natAbs": function(lambda m: abs(m)),
    "Int.toNat": function(lambda m: max(m, 0)),
    "Real.logb": function(lambda b, x: d.div(d.log(lifted(x)), d.log(lifted(b)))),
    "Real.sign": function(_sign_of),
    "Fin.rev": function(lambda n, i: n - 1 - i),
    "Fin.cons": function(lambda x, p: Family([x, *p]), 2),
    "Fin.snoc": function(lambda p, x: Family([*p, x]), 2),
    "Fin.tail": function(lambda q: Family(q[1:]), 2),
    "Fin.init": function(lambda q: Family(q[:-1]), 2),
    "Prod.swap": function(lambda p: (p[1], p[0]), 2),
    "Function.const": Function(lambda a: lambda _: a, 3, 2),
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
    "Matrix.trace": function(trace),
    "Matrix.diagonal": Function(lambda n, _, entries: diagonal(n, entries), 3),
    "Matrix.vecMulVec": Function(outer_product, 5),
    "Matrix.det": Function(lambda n, _, A: determinant(n, A), 3),
    "EuclideanSpace.single": Function(lambda n, _, i, x: single(n, i, x), 4),
    "Set": function(lambda of_type: t.FunT(of_type, t.PropT())),
}
