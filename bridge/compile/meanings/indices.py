"""`Fin n`, functions out of it written entry by entry, and the codes of pairs of indices."""

from __future__ import annotations

from leanmirror.bridge.compile.meanings.base import Function, Table, function, itself
from leanmirror.bridge.compile.meanings.naturals import small
from leanmirror.bridge.compile.values import Family
from leanmirror.spec import mathlib
from leanmirror.spec.errors import ShapeError, Unsupported
from leanmirror.spec.judge.types import Value


def fin_mk(n: int, i: int) -> int:
    """`⟨i, _⟩ : Fin n`."""
    if i >= n:
        raise ShapeError(f"index {i} is not below {n}")
    return i


def updated(f: Value, at: Value, new: Value) -> Value:
    """`Function.update f a v`."""
    if isinstance(f, list):
        return Family([new if i == at else x for i, x in enumerate(f)])
    raise Unsupported("Function.update of a function that is not out of Fin n")


INDICES: Table = {
    "Fin.val": function(itself, 1),
    "Fin.mk": function(fin_mk),
    "Fin.cast": function(itself, 2),
    "Fin.castAdd": function(itself, 2),
    "Fin.natAdd": Function(lambda n, m, i: n + i, 3),
    "Fin.castSucc": function(itself, 1),
    "Fin.succ": function(lambda i: i + 1, 1),
    "Fin.last": function(itself),
    "Fin.append": function(lambda a, b: Family([*a, *b]), 3),
    "Fin.divNat": function(mathlib.divNat),
    "Fin.modNat": function(mathlib.modNat),
    "Fin.rev": function(lambda n, i: n - 1 - i),
    "Fin.cons": function(lambda x, p: Family([x, *p]), 2),
    "Fin.snoc": function(lambda p, x: Family([*p, x]), 2),
    "Fin.tail": function(lambda q: Family(q[1:]), 2),
    "Fin.init": function(lambda q: Family(q[:-1]), 2),
    "Matrix.vecEmpty": Function(Family, 1, 1),
    "Matrix.vecCons": function(lambda x, xs: Family([x, *xs]), 2),
    "Function.update": function(updated, 2),
    "List.finRange": function(lambda n: list(range(small(n)))),
}
