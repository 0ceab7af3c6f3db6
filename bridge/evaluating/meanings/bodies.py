"""What bodies of definitions speak of and statements hardly do: casts, empty types, maps by functions."""

from __future__ import annotations

from leanmirror.bridge.evaluating.meanings.analysis import space
from leanmirror.bridge.evaluating.meanings.base import Function, Table, function
from leanmirror.bridge.evaluating.values import apply
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.judge.linear import CLM
from leanmirror.spec.judge.types import Type, Value


def never() -> Value:
    """The value of an empty type, which nothing asks for."""
    raise ShapeError("a value of an empty type")


def linear(dom: Type, cod: Type, f: Value) -> CLM:
    """`{ toFun := f, … }`."""
    return CLM(space(dom), space(cod), lambda x: apply(f, x))


def _same(x: Value) -> Value:
    return x


BODIES: Table = {
    "False.elim": Function(never, 1, 1),
    "absurd": Function(never, 1, 1),
    "Fin.elim0": Function(never, 2, 2),
    "cast": function(_same, 2),
    "Eq.mp": function(_same, 2),
    "Eq.mpr": function(_same, 2),
    "Subtype.mk": Function(_same, 3, 2),
    "Subtype.val": Function(_same, 3, 2),
    "LinearMap.mk": Function(linear, 4, 1),
    "LinearMap.toContinuousLinearMap": Function(_same, 4, 3),
    "ContinuousLinearMap.mk": Function(_same, 4, 3),
}
