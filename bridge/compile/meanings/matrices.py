"""Mathlib's matrices."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import permutations

from leanmirror.bridge.compile.meanings.algebra import (
    add,
    as_matrix,
    dot,
    mul,
    one_of,
    smul,
    zero_of,
)
from leanmirror.bridge.compile.meanings.base import Function, Table, function
from leanmirror.bridge.compile.meanings.lists import total
from leanmirror.bridge.compile.values import Family, apply
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.types import MOST_VALUES, Mat, Type, Value
from leanmirror.spec.judge.types.linear import CLM


def sizes(rows: Type, columns: Type) -> tuple[int, int]:
    """m and n of a matrix indexed by `Fin m` and `Fin n`."""
    if not (isinstance(rows, t.FinT) and isinstance(columns, t.FinT)):
        raise Unsupported(f"matrices indexed by {rows} and {columns}")
    return rows.n, columns.n


def transpose(W: Mat) -> Mat:
    """`Wᵀ`."""
    return Mat(W.n, W.m, [[row[j] for row in W.rows] for j in range(W.n)])


def mul_vec(entries: Type, W: Mat, v: Value) -> Value:
    """`W *ᵥ v`."""
    return Family([dot(entries, row, v) for row in W.rows])


def linear(entries: Type, W: Mat) -> CLM:
    """`Matrix.mulVecLin W`."""
    if not isinstance(entries, t.RealT):
        raise Unsupported(f"linear maps over {entries}")
    return CLM(t.PiT(W.n, entries), t.PiT(W.m, entries), lambda v: mul_vec(entries, W, v))


def trace(index: Type, of_type: Type, A: Value) -> Value:
    """`Matrix.trace A`."""
    n, _ = sizes(index, index)
    return total(of_type, [apply(apply(A, i), i) for i in range(n)])


def diagonal(index: Type, of_type: Type, d: Value) -> Mat:
    """`Matrix.diagonal d`."""
    n, _ = sizes(index, index)
    nothing = zero_of(of_type)
    return Mat(n, n, [[apply(d, i) if i == j else nothing for j in range(n)] for i in range(n)])


def outer_product(rows: Type, columns: Type, of_type: Type, w: Value, v: Value) -> Mat:
    """`Matrix.vecMulVec w v`."""
    m, n = sizes(rows, columns)
    return Mat(m, n, [[mul(of_type, apply(w, i), apply(v, j)) for j in range(n)] for i in range(m)])


def determinant(index: Type, of_type: Type, A: Value) -> Value:
    """`Matrix.det A`, as the sum over permutations that defines it."""
    n, _ = sizes(index, index)
    W = as_matrix(n, n, A)
    if math.factorial(n) > MOST_VALUES:
        raise Unsupported(f"the determinant of a matrix of size {n}")
    found = zero_of(of_type)
    for p in permutations(range(n)):
        term = one_of(of_type)
        for i in range(n):
            term = mul(of_type, term, W.rows[i][p[i]])
        found = add(of_type, found, smul(of_type, _sign(p), term))
    return found


def _sign(p: Sequence[int]) -> int:
    inversions = sum(p[i] > p[j] for j in range(len(p)) for i in range(j))
    return -1 if inversions % 2 else 1


MATRICES: Table = {
    "Matrix.of": Function(lambda m, n, _, f: as_matrix(*sizes(m, n), f), 4),
    "Matrix.transpose": Function(lambda m, n, _, W: transpose(as_matrix(*sizes(m, n), W)), 4),
    "Matrix.mulVec": Function(lambda m, n, α, W, v: mul_vec(α, as_matrix(*sizes(m, n), W), v), 5),
    "Matrix.vecMul": Function(lambda m, n, α, v, W: mul_vec(α, transpose(as_matrix(*sizes(m, n), W)), v), 5),
    "Matrix.mulVecLin": Function(lambda m, n, α, W: linear(α, as_matrix(*sizes(m, n), W)), 4),
    "dotProduct": function(dot, 1),
    "Matrix.trace": function(trace),
    "Matrix.diagonal": function(diagonal),
    "Matrix.vecMulVec": Function(outer_product, 5),
    "Matrix.det": function(determinant),
}
