"""Mathlib's matrices, and functions out of `Fin n` written entry by entry."""

from __future__ import annotations

from leanmirror.bridge.compile.meanings.base import Function, Table, function
from leanmirror.bridge.compile.values import Family, apply
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.linear import CLM
from leanmirror.spec.judge.types import Mat, Type, Value


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


def dot(v: Value, w: Value) -> Value:
    """`v ⬝ᵥ w`."""
    return sum(a * b for a, b in zip(v, w, strict=True))


def mul_vec(W: Mat, v: Value) -> Value:
    """`W *ᵥ v`."""
    return Family([dot(row, v) for row in W.rows])


def vec_mul(v: Value, W: Mat) -> Value:
    """`v ᵥ* W`."""
    return mul_vec(transpose(W), v)


def linear(W: Mat) -> CLM:
    """`Matrix.mulVecLin W`."""
    return CLM(t.PiT(W.n, t.RealT()), t.PiT(W.m, t.RealT()), lambda v: mul_vec(W, v))


MATRICES: Table = {
    "Matrix.of": Function(lambda m, n, _, f: as_matrix(*sizes(m, n), f), 4),
    "Matrix.transpose": Function(lambda m, n, _, W: transpose(as_matrix(*sizes(m, n), W)), 4),
    "Matrix.mulVec": Function(lambda m, n, _, W, v: mul_vec(as_matrix(*sizes(m, n), W), v), 5),
    "Matrix.vecMul": Function(lambda m, n, _, v, W: vec_mul(v, as_matrix(*sizes(m, n), W)), 5),
    "Matrix.mulVecLin": Function(lambda m, n, _, W: linear(as_matrix(*sizes(m, n), W)), 4),
    "dotProduct": function(dot, 2),
    "Matrix.vecEmpty": Function(Family, 1, 1),
    "Matrix.vecCons": function(lambda x, xs: Family([x, *xs]), 2),
}
