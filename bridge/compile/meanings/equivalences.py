"""`≃`: functions with their inverses."""

from __future__ import annotations

from leanmirror.bridge.compile.meanings.base import Function, Table, function, itself
from leanmirror.bridge.compile.values import apply
from leanmirror.spec import mathlib
from leanmirror.spec.judge.types import Value
from leanmirror.spec.judge.types.equivalences import Equivalence


def prod_code(m: int, n: int) -> Equivalence:
    """`finProdFinEquiv`: row-major."""

    def code(p: tuple[int, int]) -> int:
        return mathlib.finProdFinEquiv(m, n, p)

    return Equivalence(code, lambda k: (mathlib.divNat(m, n, k), mathlib.modNat(m, n, k)))


def product_of(e: Value, f: Value) -> Equivalence:
    """`Equiv.prodCongr e f`."""
    return Equivalence(lambda p: (e.toFun(p[0]), f.toFun(p[1])), lambda p: (e.invFun(p[0]), f.invFun(p[1])))


def on_second(e: Value) -> Equivalence:
    """`Equiv.prodCongrRight e`: the first of a pair says what happens to the second."""
    return Equivalence(
        lambda p: (p[0], apply(e, p[0]).toFun(p[1])), lambda p: (p[0], apply(e, p[0]).invFun(p[1]))
    )


def on_first(e: Value) -> Equivalence:
    """`Equiv.prodCongrLeft e`: the second of a pair says what happens to the first."""
    return Equivalence(
        lambda p: (apply(e, p[1]).toFun(p[0]), p[1]), lambda p: (apply(e, p[1]).invFun(p[0]), p[1])
    )


def _turned(p: Value) -> Value:
    return (p[1], p[0])


EQUIVALENCES: Table = {
    "Equiv.toFun": function(lambda e: e.toFun, 2),
    "Equiv.invFun": function(lambda e: e.invFun, 2),
    "Equiv.mk": Function(Equivalence, 4, 2),
    "Equiv.symm": function(lambda e: e.symm, 2),
    "Equiv.refl": Function(lambda: Equivalence(itself, itself), 1, 1),
    "Equiv.trans": function(lambda e, f: Equivalence(lambda x: f(e(x)), lambda y: e.invFun(f.invFun(y))), 3),
    "finProdFinEquiv": function(prod_code),
    "finCongr": Function(lambda: Equivalence(itself, itself), 2, 2),
    "Equiv.prodComm": Function(lambda: Equivalence(_turned, _turned), 2, 2),
    "Equiv.prodAssoc": Function(
        lambda: Equivalence(lambda p: (p[0][0], (p[0][1], p[1])), lambda p: ((p[0], p[1][0]), p[1][1])), 3, 3
    ),
    "Equiv.prodCongr": function(product_of, 4),
    "Equiv.prodCongrRight": function(on_second, 3),
    "Equiv.prodCongrLeft": function(on_first, 3),
}
