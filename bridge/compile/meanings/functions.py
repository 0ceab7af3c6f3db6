"""Functions of any values: identity, iteration, transport along equations, values of empty types."""

from __future__ import annotations

from leanmirror.bridge.compile.decisions import decided
from leanmirror.bridge.compile.inductive import NONE, DataT, Interpolated
from leanmirror.bridge.compile.meanings.base import Function, Table, function, itself, value
from leanmirror.bridge.compile.meanings.finite_sets import nat_range
from leanmirror.bridge.compile.meanings.lists import listed
from leanmirror.bridge.compile.meanings.logic import equal_at
from leanmirror.bridge.compile.values import apply
from leanmirror.spec import torchlean_types as tl
from leanmirror.spec.errors import ShapeError, Unsupported
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.types import Type, Value


def iterated(f: Value, n: int, x: Value) -> Value:
    """`f^[n] x`."""
    for _ in nat_range(n):
        x = apply(f, x)
    return x


def never() -> Value:
    """The value of an empty type, which nothing asks for."""
    raise ShapeError("a value of an empty type")


def is_same(of_type: Type, a: Value, b: Value) -> bool:
    """`a == b` where that is decidable equality."""
    return decided(equal_at(of_type, a, b))


def default(of_type: Type) -> Value:
    """`default`, of the types whose instance is Lean's own."""
    if isinstance(of_type, t.BoolT):
        return False
    if isinstance(of_type, t.RealT | t.NatT | t.IntT):
        return 0
    if isinstance(of_type, t.ListT | tl.ContextT):
        return listed(of_type.of_type if isinstance(of_type, t.ListT) else tl.ShapeT(), ())
    if isinstance(of_type, DataT) and of_type.name == "Option":
        return NONE
    raise Unsupported(f"the default value of {of_type}")


FUNCTIONS: Table = {
    "id": function(lambda a: a, 1),
    "Function.const": Function(lambda a: lambda _: a, 3, 2),
    "Nat.iterate": function(iterated, 1),
    "BEq.beq": function(is_same),
    "bne": function(lambda of_type, a, b: not is_same(of_type, a, b)),
    "Inhabited.default": function(default),
    "String": value(DataT("String")),
    "String.interpolated": Function(Interpolated, 1),
    "False.elim": Function(never, 1, 1),
    "absurd": Function(never, 1, 1),
    "Fin.elim0": Function(never, 2, 2),
    "cast": function(itself, 2),
    "Eq.mp": function(itself, 2),
    "Eq.mpr": function(itself, 2),
}
