"""The end of a term: what is still open is found, or refused."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from leanmirror.bridge.core.arithmetic import NAT
from leanmirror.bridge.core.instances import synthesize_pending
from leanmirror.bridge.core.pending import NOTHING, Wanted
from leanmirror.bridge.core.substitute import has_metas, subterms
from leanmirror.bridge.core.term import Meta, Proof, Term
from leanmirror.bridge.core.unify import unify

if TYPE_CHECKING:
    from leanmirror.bridge.elaborate.elaborator import Elaborator


# `∑ i, 1 = n`: what the numeral is of
# Follows Lean.Elab.Term.synthesizeSyntheticMVarsNoPostponing.
def finish(elab: Elaborator) -> None:
    """Find what is still open: instances, postponed parts, numerals that nothing says the type of."""
    ctx = elab.ctx
    while True:
        while synthesize_pending(ctx):
            ctx.step()
        open_ = tuple(meta for meta in ctx.pending.numerals if isinstance(ctx.shallow(meta), Meta))
        if open_:
            unify(ctx, open_[0], NAT)
        ctx.pending = replace(ctx.pending, numerals=open_[1:])
        if not open_:
            if not ctx.pending.postponed or elab.forcing:
                break
            elab.forcing = True
    for wanted in ctx.pending.instances:
        _left_open(elab, wanted)
    if ctx.pending.postponed:
        ctx.unsupported("a term whose type could not be inferred", ctx.pending.postponed[0].at, "type")
    ctx.pending = NOTHING


def _left_open(elab: Elaborator, wanted: Wanted) -> None:
    """An instance that was not found: only inside of bodies Lean has surely found one."""
    ctx = elab.ctx
    goal = ctx.zonk(ctx.meta_types[wanted.meta.id])
    if has_metas(goal):
        text = f"an instance of {ctx.shown(goal)} that could not be inferred"
        ctx.unsupported(text, wanted.at, "type")
    if not elab.lenient:
        ctx.unsupported(f"no instance of {ctx.shown(goal)}", wanted.at, "instance")
    ctx.solve(wanted.meta, Proof(goal))  # what needs to look at it is refused later


def closed(elab: Elaborator, term: Term, what: str) -> Term:
    """The term with everything found. Raises Unsupported when something is not."""
    term = elab.ctx.zonk(term)
    for item in subterms(term):
        if isinstance(item, Meta):
            type_ = elab.ctx.shown(elab.ctx.meta_types[item.id])
            elab.ctx.unsupported(f"could not infer a {type_} in {what}", cause="type")
    return term
