"""How many values a type has, where that is certain: `Nonempty`, `IsEmpty`, `Subsingleton`, `Finite`."""

from __future__ import annotations

from itertools import islice

from leanmirror.bridge.compile.inductive import DataT
from leanmirror.bridge.compile.meanings.base import Table, function
from leanmirror.spec import torchlean_types as tl
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.judgement import Judgement, negate, truth, undecided
from leanmirror.spec.judge.types import Type

INHABITED = (
    t.RealT,
    t.NatT,
    t.IntT,
    t.BoolT,
    t.UnitT,
    t.PropT,
    tl.ShapeT,
    tl.ContextT,
    t.ListT,
    t.FinsetT,
    t.Space,
)
"""Types that have values whatever they are made of."""

Known = bool | None
"""True or False where it is certain, None where it is not."""


def inhabited(of_type: Type) -> Known:
    """Whether a type has values: a witness says so, a listing or its parts say that it has none."""
    values = of_type.values()
    if values is not None:
        return any(True for _ in values)
    match of_type:
        case t.ProdT(first, second):
            return _both(inhabited(first), inhabited(second))
        case t.PiT(n, inner):
            return True if n == 0 else inhabited(inner)
        case t.FunT(dom, cod):
            return _implied(inhabited(dom), inhabited(cod))
        case t.EquivT(dom, cod):
            return _equivalent(dom, cod)
        case DataT():
            return of_type.inhabited()
    return True if isinstance(of_type, INHABITED) else None


def _both(a: Known, b: Known) -> Known:
    if a is False or b is False:
        return False
    return True if a and b else None


def _implied(a: Known, b: Known) -> Known:
    if a is False or b:
        return True
    return False if a and b is False else None


def _equivalent(dom: Type, cod: Type) -> Known:
    """Whether there is a bijection: of types that are one, of finite types with equally many values."""
    if dom == cod:
        return True
    one, two = size(dom), size(cod)
    if one is not None and two is not None:
        return one == two
    return False if finite(dom) is not finite(cod) and None not in (finite(dom), finite(cod)) else None


def size(of_type: Type) -> int | None:
    """How many values a finite type has; None where that is not known."""
    values = of_type.values()
    return None if values is None else sum(1 for _ in values)


def finite(of_type: Type) -> Known:
    """Whether a type has finitely many values."""
    if of_type.values() is not None or inhabited(of_type) is False:
        return True
    match of_type:
        case t.RealT() | t.NatT() | t.IntT() | tl.ShapeT() | tl.ContextT():
            return False
        case t.ListT(of_type=inner):
            return _not(inhabited(inner))
        case t.FinsetT(of_type=inner):
            return finite(inner)
        case t.ProdT(first, second) if inhabited(first) and inhabited(second):
            return _both(finite(first), finite(second))
        case t.PiT(n, inner):
            return True if n == 0 else finite(inner)
        case t.Space():
            return of_type.dimension == 0
    return None


def single(of_type: Type) -> Known:
    """Whether a type has at most one value."""
    values = of_type.values()
    if values is not None:
        return len(list(islice(values, 2))) < 2
    if inhabited(of_type) is False:
        return True
    if finite(of_type) is False:
        return False
    is_space = isinstance(of_type, t.Space) and not isinstance(of_type, t.PiT | t.ProdT)
    return True if is_space and finite(of_type) else None


def _not(known: Known) -> Known:
    return None if known is None else not known


def _judged(known: Known, what: str, of_type: Type) -> Judgement:
    return undecided(f"whether {of_type} {what}") if known is None else truth(known)


def nonempty(of_type: Type) -> Judgement:
    """`Nonempty T`."""
    return _judged(inhabited(of_type), "has values", of_type)


def is_finite(of_type: Type) -> Judgement:
    """`Finite T`."""
    return _judged(finite(of_type), "is finite", of_type)


CARDINALITY: Table = {
    "Nonempty": function(nonempty),
    "IsEmpty": function(lambda of_type: negate(nonempty(of_type))),
    "Subsingleton": function(lambda of_type: _judged(single(of_type), "has at most one value", of_type)),
    "Finite": function(is_finite),
    "Infinite": function(lambda of_type: negate(is_finite(of_type))),
}
