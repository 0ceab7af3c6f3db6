"""Sums and products over finite sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leanmirror.bridge.core.term import TYPE, Const, Term, const
from leanmirror.bridge.elaborate.application import apply
from leanmirror.bridge.elaborate.check import type_of
from leanmirror.bridge.elaborate.heads import Done, Head
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.syntax import Node

if TYPE_CHECKING:
    from leanmirror.bridge.elaborate.elaborator import Elaborator


BIG = {"∑": "Finset.sum", "∏": "Finset.prod"}


# `∑ i ∈ s with 0 < i, f i`
# Follows Mathlib's BigOperators.processBigOpBinders.
def big(elab: Elaborator, node: s.Big, expected: Term | None) -> tuple[Term, Term]:
    """`∑ x ∈ s with p, body` and `∏`."""
    name = BIG.get(node.key)
    if name is None or node.measure is not None:
        elab.ctx.unsupported(f"the operator {node.key}")
    if len(node.binders) != 1 or len(node.binders[0].names) != 1:
        return _nested(elab, node, expected)
    group = node.binders[0]
    domain = group.bound if group.relation == "∈" else node.domain
    set_: Node | Done
    if domain is not None:
        set_ = domain
    else:
        index = elab.ctx.meta(TYPE) if group.type is None else type_of(elab, group.type)
        set_ = Done(*apply(elab, _root(elab, "Finset.univ"), [], {}, const("Finset", index)))
    if node.condition is not None:
        predicate = s.Fun((group,), node.condition, pos=node.pos)
        set_ = Done(*apply(elab, _root(elab, "Finset.filter"), [predicate, set_], {}, None))
    function = s.Fun((s.Binder("explicit", group.names, group.type, pos=group.pos),), node.body, pos=node.pos)
    return apply(elab, _root(elab, name), [set_, function], {}, expected)


def _nested(elab: Elaborator, node: s.Big, expected: Term | None) -> tuple[Term, Term]:
    """`∑ i, ∑ j` for `∑ (i) (j)`."""
    names = [(group, name) for group in node.binders for name in group.names]
    if len(names) < 2 or node.condition is not None or node.domain is not None:
        elab.ctx.unsupported(f"this form of {node.key}")
    body = node.body
    for group, name in reversed(names[1:]):
        one = s.Binder("explicit", (name,), group.type, pos=group.pos)
        body = s.Big(node.key, (one,), body, pos=node.pos)
    first = s.Binder("explicit", (names[0][1],), names[0][0].type, pos=node.pos)
    return big(elab, s.Big(node.key, (first,), body, pos=node.pos), expected)


def _root(elab: Elaborator, name: str) -> Head:
    return Head(Const(name), elab.ctx.constant(name).type)
