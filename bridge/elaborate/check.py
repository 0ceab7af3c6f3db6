"""A node as a term of a type, or as a type: at once, or when more is known of what is expected."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from leanmirror.bridge.core.coerce import coerce, fitted
from leanmirror.bridge.core.errors import IllTyped
from leanmirror.bridge.core.infer import is_prop
from leanmirror.bridge.core.instances import synthesize_pending
from leanmirror.bridge.core.pending import Postponed
from leanmirror.bridge.core.substitute import head_name
from leanmirror.bridge.core.term import PROP, TYPE, Lam, Meta, Pi, Proof, Sort, Term
from leanmirror.bridge.core.unify import ANY_SORT, unify
from leanmirror.bridge.core.whnf import whnf
from leanmirror.bridge.elaborate.heads import Done
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.syntax import Node
from leanmirror.spec.errors import Unsupported

if TYPE_CHECKING:
    from leanmirror.bridge.elaborate.elaborator import Elaborator


POSTPONED = (s.Fun, s.FunMatch, s.Section, s.Anonymous, s.Dot, s.StructInst, s.SetLiteral)
"""Forms that wait until the type expected of them is known."""


COLLECTIONS = ("Set", "Finset", "Submodule")
"""Types whose values Lean reads as types of their members."""


# `(fun x => x + 1 : ℝ → ℝ)`
# Follows Lean.Elab.Term.elabTermEnsuringType.
def check(elab: Elaborator, node: Node, expected: Term, late: bool = False) -> Term:
    """A node as a term of a type. Raises IllTyped with the two types when it has another.

    `late` says that nothing more will be learned about the type from other arguments.
    """
    if waits(elab, node, expected, late):
        return postponed(elab, node, expected)
    hidden = _hidden(elab, node, expected)
    if hidden is not None:
        return _under(elab, hidden, node)
    if elab.lenient and certainly_prop(elab, expected):
        return _proof_or_not(elab, node, expected)
    return _checked(elab, node, expected)


def certainly_prop(elab: Elaborator, type_: Term) -> bool:
    type_ = elab.ctx.shallow(type_)
    return not isinstance(type_, (Meta, Sort)) and is_prop(elab.ctx, type_)


def _proof_or_not(elab: Elaborator, node: Node, expected: Term) -> Term:
    """A proof of a proposition; one that is not understood teaches nothing of what is to be inferred."""
    pending = elab.ctx.pending

    def proof() -> Term:
        _checked(elab, node, expected)
        synthesize_pending(elab.ctx)
        return Proof(expected)

    attempted(elab, proof)
    elab.ctx.pending = pending
    return Proof(expected)


def _checked(elab: Elaborator, node: Node, expected: Term) -> Term:
    before = elab.ctx.at
    if node.pos >= 0:
        elab.ctx.at = node.pos
    term, found = elab.term(node, expected)
    if node.pos >= 0:
        elab.ctx.at = node.pos
    result = fitted(elab.ctx, term, found, expected)
    elab.ctx.at = before
    return result


def _hidden(elab: Elaborator, node: Node, expected: Term) -> Pi | None:
    """The expected type, when it takes an implicit argument that the node does not bind itself."""
    type_ = elab.ctx.shallow(expected)
    if not isinstance(type_, Pi) or type_.kind not in ("implicit", "instance"):
        return None
    if isinstance(node, s.Fun) and node.binders[0].kind != "explicit":
        return None
    explicit = isinstance(node, (s.Explicit, s.Ident)) and getattr(node, "explicit", True)
    return None if explicit else type_


# `h` where `∀ {x}, p x` is expected is `fun {x} => h`
# Follows Lean.Elab.Term.elabImplicitLambda.
def _under(elab: Elaborator, pi: Pi, node: Node) -> Term:
    """`fun {x} => node`, as Lean adds where an implicit argument is expected."""
    var, body = elab.ctx.open(pi)
    if pi.kind == "instance":
        elab.ctx.add_local_instance(var)
    return Lam(var, pi.type, check(elab, node, body))


# `.dim n s`, `⟨a, b⟩` and `fun x => …` wait for their type
# Follows Lean.Elab.Term.postponeElabTerm.
def waits(elab: Elaborator, node: Node, expected: Term, late: bool = False) -> bool:
    """Whether elaboration of a node waits for more to be known of its type."""
    inner = node.fn if isinstance(node, s.App) else node
    if inner is not node and isinstance(inner, (s.Fun, s.FunMatch, s.Section)):
        return False  # what is applied is elaborated first, whatever is expected of the whole
    if not isinstance(inner, POSTPONED) and not (isinstance(inner, s.Prefix) and inner.op == "↑"):
        return False
    type_ = elab.ctx.shallow(expected)
    if isinstance(type_, Meta):
        return not elab.forcing
    if late or not isinstance(inner, (s.Fun, s.FunMatch, s.Section)):
        return False
    if isinstance(inner, s.Fun) and all(each.type is not None for each in inner.binders):
        return False
    return _unknown_domain(elab, type_, inner)


def _unknown_domain(elab: Elaborator, type_: Term, node: Node) -> bool:
    """Whether the type of a variable that a function binds without saying its type is not known yet."""
    types = (
        [each.type for each in node.binders for _ in each.names or (None,)]
        if isinstance(node, s.Fun)
        else [None]
    )
    for given in types:
        type_ = elab.ctx.shallow(type_)
        if not isinstance(type_, Pi):
            return False
        if given is None and isinstance(elab.ctx.shallow(type_.type), Meta):
            return True
        type_ = type_.body
    return False


def put(elab: Elaborator, meta: Meta, value: Node | Done, late: bool = False) -> None:
    expected = elab.ctx.meta_types[meta.id]
    if isinstance(value, Done):
        term = fitted(elab.ctx, value.term, value.type, expected)
    else:
        term = check(elab, value, expected, late)
    if meta.id not in elab.ctx.solved:
        elab.ctx.solve(meta, term)
    elif not unify(elab.ctx, meta, term):
        elab.ctx.ill_typed(f"{elab.ctx.shown(term)} met {elab.ctx.shown(meta)}")


def postponed(elab: Elaborator, node: Node, expected: Term) -> Meta:
    """A metavariable for a node whose elaboration waits for its type, in the scope where it stands."""
    meta, scope = elab.ctx.meta(expected), dict(elab.scope)

    def still() -> bool:
        return waits(elab, node, expected, late=True)

    def resume() -> None:
        outer, elab.scope = elab.scope, scope
        put(elab, meta, node, late=True)
        elab.scope = outer

    elab.ctx.pending = elab.ctx.pending.with_postponed(Postponed(still, resume, node.pos))
    return meta


def attempted(elab: Elaborator, what: Callable[[], Term]) -> Term | None:
    """A term where it can be had; else None, and nothing has been learned."""
    mark, at, scope = elab.ctx.mark(), elab.ctx.at, elab.scope
    try:
        with elab.trying():
            return what()
    except (Unsupported, IllTyped):
        elab.ctx.undo(mark)
        elab.ctx.at, elab.scope = at, scope
        return None


# `x = y` in `h : x = y`
# Follows Lean.Elab.Term.elabType.
def type_of(elab: Elaborator, node: Node) -> Term:
    """A node as a type. Raises IllTyped when it is none."""
    before = elab.ctx.at
    if node.pos >= 0:
        elab.ctx.at = node.pos
    term, sort = elab.term(node, None)
    kind = whnf(elab.ctx, sort)
    if isinstance(kind, Meta):
        unify(elab.ctx, kind, ANY_SORT)
    elif not isinstance(kind, Sort):
        coerced = coerce(elab.ctx, term, sort, PROP) or coerce(elab.ctx, term, sort, TYPE)
        if coerced is None and head_name(elab.ctx.zonk(sort)) in COLLECTIONS:
            elab.ctx.unsupported(f"a {elab.ctx.shown(sort)} as a type", cause="type")
        if coerced is None:
            elab.ctx.ill_typed(f"{elab.ctx.shown(term)} is not a type")
        term = coerced
    elab.ctx.at = before
    return term
