"""Sums and products over finite sets."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leanmirror.bridge.core.instances import synthesize_pending
from leanmirror.bridge.core.substitute import head_name
from leanmirror.bridge.core.term import TYPE, Term, const
from leanmirror.bridge.core.whnf import whnf
from leanmirror.bridge.elaborate.application import call
from leanmirror.bridge.elaborate.check import type_of
from leanmirror.bridge.elaborate.heads import Done
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.syntax import Node

if TYPE_CHECKING:
    from leanmirror.bridge.elaborate.elaborator import Elaborator

BIG = {"∑": "Finset.sum", "∏": "Finset.prod"}
RANGES = {
    "<": "Finset.Iio",
    "≤": "Finset.Iic",
    ">": "Finset.Ioi",
    "≥": "Finset.Ici",
    "=": "Finset.HasAntidiagonal.antidiagonal",
}
"""Relation of a bound variable → the finite set in which it makes the variable run."""


# `∑ i ∈ s with 0 < i, f i`; `∑ (i ∈ s) (j ≠ i), f i j` over the product of the sets
# Follows Mathlib's BigOperators.processBigOpBinders.
def big(elab: Elaborator, node: s.Big, expected: Term | None) -> tuple[Term, Term]:
    """`∑ x ∈ s with p, body` and `∏`."""
    name = BIG.get(node.key)
    if name is None or node.measure is not None:
        elab.ctx.unsupported(f"the operator {node.key}")
    if node.domain is not None and (len(node.binders) != 1 or node.binders[0].relation is not None):
        elab.ctx.unsupported(f"this form of {node.key}", node.domain.pos)
    if any(len(group.names) != (group.pattern is None) for group in node.binders):
        elab.ctx.unsupported(f"{node.key} with several variables and one bound", node.pos)
    sets = [_range(elab, group, node.domain) for group in node.binders]
    over = sets[-1]
    for each in reversed(sets[:-1]):
        product, type_ = call(elab, "SProd.sprod", [each, over], None)
        synthesize_pending(elab.ctx)
        over = Done(product, elab.ctx.zonk(type_))
    if node.condition is not None:
        over = Done(*call(elab, "Finset.filter", [_function(node, node.condition), over], None))
    return call(elab, name, [over, _function(node, node.body)], expected)


def _function(node: s.Big, body: Node) -> s.Fun:
    """`fun x => body`, or `fun ⟨x, y⟩ => body` for several variables."""
    if len(node.binders) == 1:
        group = node.binders[0]
        binder = s.Binder("explicit", group.names, group.type, pattern=group.pattern, pos=group.pos)
    else:
        parts = tuple(group.pattern or s.Ident(group.names[0], pos=group.pos) for group in node.binders)
        binder = s.Binder("explicit", (), pattern=s.Anonymous(parts, pos=node.pos), pos=node.pos)
    return s.Fun((binder,), body, pos=node.pos)


def _range(elab: Elaborator, group: s.Binder, domain: Node | None) -> Done:
    """The finite set through which a variable runs."""
    bound = domain if group.bound is None else group.bound
    relation = group.relation if domain is None else "∈"
    if bound is None:
        index = elab.ctx.meta(TYPE) if group.type is None else type_of(elab, group.type)
        return Done(*call(elab, "Finset.univ", [], const("Finset", index)))
    if relation == "∈":
        return _finite_set(elab, bound)
    if relation == "∉":
        return _finite_set(elab, s.Postfix("ᶜ", bound, pos=bound.pos))
    if relation == "≠":
        everything = Done(*call(elab, "Finset.univ", [], None))
        return Done(*call(elab, "Finset.erase", [everything, bound], None))
    if relation not in RANGES:
        elab.ctx.unsupported(f"a sum over what is {relation} to something", group.pos)
    return Done(*call(elab, RANGES[relation], [bound], None))


def _finite_set(elab: Elaborator, node: Node) -> Done:
    """A term as a finite set; Mathlib takes sets of finite types, too."""
    term, type_ = elab.term(node, const("Finset", elab.ctx.meta(TYPE)))
    if head_name(whnf(elab.ctx, type_, reducible=True)) == "Set":
        elab.ctx.unsupported("a sum over a set that is no finite set", node.pos, "meaning")
    return Done(term, type_)
