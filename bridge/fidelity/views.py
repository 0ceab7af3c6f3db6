"""How a value of a type is looked at: functions at arguments, structures by fields, the rest as it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction

from leanmirror.bridge.compile.terms import fresh, head, head_name, replaced
from leanmirror.bridge.core.term import Const, Pi, Sort, Term, app
from leanmirror.bridge.elaborate.statement import Binding
from leanmirror.bridge.fidelity.sides import Side, bound, is_plain
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge.balls import ball
from leanmirror.spec.judge.types import Value
from leanmirror.spec.proofs.autograd.tape.core.fderiv import ctxSize

OBSERVERS = {
    "Proofs.Autograd.Graph": ("eval", "jvpCtx", "backpropCtx"),
    "Proofs.Autograd.Algebra.Graph": ("eval", "jvpCtx", "backpropCtx"),
    "Proofs.Autograd.Algebra.GraphData": ("eval", "jvpCtx", "backpropCtx"),
}
"""Types without fields: the functions that say all there is to say of a value."""

CERTIFICATES = ("Proofs.Autograd.GraphFDerivCorrect", "Proofs.Autograd.GraphFDerivCorrectAt")
"""Types that are pairs of pairs in the text, and lists in the mirror."""

DEEPEST = 8


@dataclass(frozen=True)
class View:
    """One thing seen of a value: the path to it, the arguments that it is seen at, the term and its type.

    `sort`: the value is a type itself. `seen` is what is looked at of the value, where that is not all of it.
    """

    label: str
    binders: tuple[Binding, ...]
    term: Term
    type: Term
    sort: bool = False
    seen: Callable[[Value], Value] | None = None


def views(side: Side) -> list[View]:
    """All that is to be seen of a side's value. Raises Unsupported where a part of it cannot be looked at."""
    return list(_views(side, View("", (), side.value, side.type), DEEPEST))


def _views(side: Side, of: View, depth: int) -> Iterator[View]:
    if depth == 0:
        raise Unsupported("values nested too deeply")
    if isinstance(of.type, Sort):
        yield View(of.label, of.binders, of.term, of.type, sort=of.type.level > 0)
    elif is_plain(side.compiler, of.type):
        yield of
    elif isinstance(of.type, Pi):
        yield from _views(side, _at_argument(side, of, of.type), depth - 1)
    else:
        yield from _parts(side, of, depth)


def _at_argument(side: Side, of: View, type_: Pi) -> View:
    binder = bound(side.compiler, type_, {})
    body = replaced(type_.body, {type_.var.id: binder.var})
    return View(of.label, (*of.binders, binder), app(of.term, binder.var), body)


def _parts(side: Side, of: View, depth: int) -> Iterator[View]:
    type_: Term | None = of.type
    while type_ is not None:
        if head_name(type_) in CERTIFICATES:
            yield replace(of, label=f"{of.label}.nodes".lstrip("."), seen=derivatives)
            return
        found = _looks(side, head_name(type_) or "", of, type_)
        if found is not None:
            for each in found:
                yield from _views(side, each, depth - 1)
            return
        type_ = side.compiler.types.unfolded(type_)
        if isinstance(type_, Pi):
            yield from _views(side, View(of.label, of.binders, of.term, type_), depth - 1)
            return
    raise Unsupported(f"values of type {head_name(of.type) or 'unknown'} cannot be compared")


def _looks(side: Side, name: str, of: View, type_: Term) -> list[View] | None:
    """What is looked at in a pair, a structure, or a type with observers; None for another type."""
    args = head(type_)[1]
    if name == "Prod":
        return [_projected(side, of, f"Prod.{part}", args, part) for part in ("fst", "snd")]
    if name in OBSERVERS:
        return [_projected(side, of, f"{name}.{part}", args, part) for part in OBSERVERS[name]]
    family = side.environment.family(name)
    if family is None or not family.is_structure or family.is_class:
        return None
    found = [_projected(side, of, f"{name}.{part}", args[: family.params], part) for part in family.fields]
    return [each for each in found if not side.compiler.types.is_prop(each.type)]


def _projected(side: Side, of: View, name: str, args: tuple[Term, ...], label: str) -> View:
    declared = side.environment.lookup(name)
    if declared is None:
        raise Unsupported(f"unknown name {name}", cause="unknown_name")
    type_, rest, given = declared.type, [*args, of.term], list[Term]()
    while rest:
        if not isinstance(type_, Pi):
            raise Unsupported(f"{name} has another form here")
        given.append(fresh("instance") if type_.kind == "instance" else rest.pop(0))
        type_ = replaced(type_.body, {type_.var.id: given[-1]})
    return View(f"{of.label}.{label}".lstrip("."), of.binders, app(Const(name), *given), type_)


def derivatives(certificate: Value) -> list[Value]:
    """The derivatives that the certificates of a graph's nodes give, as matrices: at one point or theirs."""
    found = []
    for each in _certificates(certificate):
        point = [ball(Fraction(i + 2, 4)) for i in range(ctxSize(each.node.Γ))]
        clm = each.deriv(point) if not hasattr(each, "xV") else each.deriv
        found.append([[row.get(j, 0) for j in range(clm.dom.dimension)] for row in clm.matrix()])
    return found


def _certificates(value: Value) -> list[Value]:
    """The certificates of the nodes, from pairs or as the mirror lists them."""
    if isinstance(value, tuple):
        return [*_certificates(value[0]), value[1]] if value else []
    return list(value.nodes)
