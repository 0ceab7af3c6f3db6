"""Mathlib's matrices."""

from __future__ import annotations

import math
from collections.abc import Sequence
from itertools import permutations

from leanmirror.bridge.compile.meanings.arithmetic import dot, mul
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


def as_matrix(m: int, n: int, W: Value) -> Mat:
    """A matrix from a matrix or from a function of two indices."""
    if isinstance(W, Mat):
        return W
    return Mat(m, n, [[apply(apply(W, i), j) for j in range(n)] for i in range(m)])


def transpose(W: Mat) -> Mat:
    """`Wᵀ`."""
    return Mat(W.n, W.m, [[row[j] for row in W.rows] for j in range(W.n)])


def mul_vec(W: Mat, v: Value) -> Value:
    """`W *ᵥ v`."""
    return Family([dot(row, v) for row in W.rows])


def vec_mul(v: Value, W: Mat) -> Value:
    """`v ᵥ* W`."""
    return mul_vec(transpose(W), v)


def linear(W: Mat) -> CLM:
    """`Matrix.mulVecLin W`."""
    return CLM(t.PiT(W.n, t.RealT()), t.PiT(W.m, t.RealT()), lambda v: mul_vec(W, v))


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


MATRICES: Table = {
    "Matrix.of": Function(lambda m, n, _, f: as_matrix(*sizes(m, n), f), 4),
    "Matrix.transpose": Function(lambda m, n, _, W: transpose(as_matrix(*sizes(m, n), W)), 4),
    "Matrix.mulVec": Function(lambda m, n, _, W, v: mul_vec(as_matrix(*sizes(m, n), W), v), 5),
    "Matrix.vecMul": Function(lambda m, n, _, v, W: vec_mul(v, as_matrix(*sizes(m, n), W)), 5),
    "Matrix.mulVecLin": Function(lambda m, n, _, W: linear(as_matrix(*sizes(m, n), W)), 4),
    "dotProduct": function(dot, 2),
    "Matrix.trace": function(trace),
    "Matrix.diagonal": Function(lambda n, _, entries: diagonal(n, entries), 3),
    "Matrix.vecMulVec": Function(outer_product, 5),
    "Matrix.det": Function(lambda n, _, A: determinant(n, A), 3),
}
