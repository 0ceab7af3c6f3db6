"""Ascriptions, `if`, `show`, and terms given by blocks: tactics and `do`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leanmirror.bridge.core.infer import is_prop
from leanmirror.bridge.core.term import PROP, Proof, Term
from leanmirror.bridge.core.whnf import whnf
from leanmirror.bridge.elaborate.application import call
from leanmirror.bridge.elaborate.check import check, type_of
from leanmirror.bridge.elaborate.heads import Done
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.syntax import Node

if TYPE_CHECKING:
    from leanmirror.bridge.elaborate.elaborator import Elaborator


# `(x : ℝ)`
# Follows Lean.Elab.Term.elabTypeAscription.
def ascription(elab: Elaborator, node: s.Ascription, expected: Term | None) -> tuple[Term, Term]:
    """`(e : T)`."""
    if node.type is None:
        return elab.term(node.term, expected)
    type_ = type_of(elab, node.type)
    return check(elab, node.term, type_), type_


# `if h : 0 < x then x else 0`
# Follows the macro of `termIfThenElse` and `termDepIfThenElse`.
def if_(elab: Elaborator, node: s.If, expected: Term | None) -> tuple[Term, Term]:
    """`if c then a else b`, and with a name for the condition."""
    condition = type_of(elab, node.condition)
    if node.name is None:
        branches: list[Node | Done] = [node.then, node.other]
        return call(elab, "ite", [Done(condition, PROP), *branches], expected)
    then = s.Fun((s.Binder("explicit", (node.name,)),), node.then, pos=node.pos)
    other = s.Fun((s.Binder("explicit", (node.name,)),), node.other, pos=node.pos)
    return call(elab, "dite", [Done(condition, PROP), then, other], expected)


# `by simp`, `do return x`
# Follows Lean.Elab.Term.elabByTactic and Lean.Elab.Term.elabDo.
def by(elab: Elaborator, node: s.Opaque, expected: Term | None) -> tuple[Term, Term]:
    """`by …`: a proof of what is expected, which is not looked at."""
    if node.key == "do":
        return _do(elab, node, expected)
    if node.key not in ("by", "calc") or expected is None:
        elab.ctx.unsupported(f"a term given by {node.key}")
    if is_prop(elab.ctx, expected):
        return Proof(expected), expected
    given = elab.around.block(node)
    if given is None:
        elab.ctx.unsupported("a value given by tactics")
    return check(elab, given, expected), expected


def _do(elab: Elaborator, node: s.Opaque, expected: Term | None) -> tuple[Term, Term]:
    """`do …`: what it means, in the monad that is expected."""
    given = elab.around.block(node)
    if given is None:
        elab.ctx.unsupported("a do block")
    if expected is None:
        return elab.term(given, None)
    opened = whnf(elab.ctx, expected, reducible=True)
    return check(elab, given, opened), expected


# `by exact f x` as the body of a definition
# Follows Lean.Elab.Tactic.evalExact.
def tactic(elab: Elaborator, node: s.Tactic, expected: Term | None) -> tuple[Term, Term]:
    """A body given by `exact` or `refine`."""
    if expected is None:
        return elab.term(node.term, None)
    return check(elab, node.term, expected), expected


# `show 0 < x from h`
# Follows Lean.Elab.Term.expandShow.
def show(elab: Elaborator, node: s.Show, expected: Term | None) -> tuple[Term, Term]:
    """`show T from e`."""
    type_ = type_of(elab, node.type)
    return check(elab, node.value, type_), type_


# `set_option maxRecDepth 1000 in x`
# Follows Lean.Elab.Term.elabSetOption.
def scoped(elab: Elaborator, node: s.Scoped, expected: Term | None) -> tuple[Term, Term]:
    """`open A in e`."""
    if not node.command.startswith("set_option"):
        elab.ctx.unsupported(f"{node.command} inside a term")
    return elab.term(node.body, expected)
