"""Forms that bind variables: `fun`, `∀`, `∃`, `let`, and binder groups."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from leanmirror.bridge.core.coerce import mismatch
from leanmirror.bridge.core.infer import infer
from leanmirror.bridge.core.substitute import substitute
from leanmirror.bridge.core.term import PROP, TYPE, Lam, Let, Meta, Pi, Term, Var, const
from leanmirror.bridge.core.unify import unify
from leanmirror.bridge.core.whnf import whnf
from leanmirror.bridge.elaborate.application import apply
from leanmirror.bridge.elaborate.check import check, type_of
from leanmirror.bridge.elaborate.names import projection
from leanmirror.bridge.elaborate.statement import Binding
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.syntax import Node

if TYPE_CHECKING:
    from leanmirror.bridge.elaborate.elaborator import Elaborator


EXISTS = {"∃": "Exists", "∃!": "ExistsUnique"}


# `{n : ℕ} [Fact (0 < n)] (x : Vec n)`
# Follows Lean.Elab.Term.elabBinders.
def bind_groups(elab: Elaborator, groups: Iterable[s.Binder]) -> list[Binding]:
    """The variables of binder groups, in scope from here on."""
    found: list[Binding] = []
    for group in groups:
        if group.pattern is not None:
            elab.ctx.unsupported("a pattern among the binders of a statement", group.pos)
        for name in group.names or ("",):
            found.append(_bound(elab, group, name))
    return found


def _bound(elab: Elaborator, group: s.Binder, name: str) -> Binding:
    if group.relation is not None:
        elab.ctx.unsupported(f"a binder with {group.relation} here", group.pos)
    type_ = elab.ctx.meta(TYPE) if group.type is None else type_of(elab, group.type)
    var = elab.bind(name or _instance_name(elab), type_, group.kind)
    return Binding(var, type_, group.kind)


def _instance_name(elab: Elaborator) -> str:
    return f"inst{len(elab.ctx.local_instances) + 1}"


# `fun (x : ℝ) (a, b) => x + a * b`
# Follows Lean.Elab.Term.elabFunBinders.
def fun(elab: Elaborator, node: s.Fun, expected: Term | None) -> tuple[Term, Term]:
    """`fun binders => body`; the expected type gives the types of the variables."""
    outer = elab.scope
    opened: list[Var] = []
    types: list[Term] = []
    wanted = expected
    destructured: list[tuple[Node, Var]] = []
    for group in node.binders:
        for name in group.names if group.pattern is None else ("p",):
            pi = expected_pi(elab, wanted)
            type_ = _variable_type(elab, group, pi)
            var = elab.bind(name, type_, group.kind)
            if group.pattern is not None:
                destructured.append((group.pattern, var))
            opened.append(var)
            types.append(type_)
            wanted = None if pi is None else substitute(pi.body, {pi.var.id: var})
    lets = [each for pattern, var in destructured for each in _destructured(elab, pattern, var)]
    body, type_ = body_of(elab, node.body, wanted)
    for var, kind, value in reversed(lets):
        body = Let(var, kind, value, body)
        type_ = substitute(type_, {var.id: value})
    for var, kind in zip(reversed(opened), reversed(types), strict=True):
        body, type_ = Lam(var, kind, body), Pi(var, kind, type_)
    elab.scope = outer
    return body, type_


def body_of(elab: Elaborator, node: Node, wanted: Term | None) -> tuple[Term, Term]:
    if wanted is None:
        return elab.term(node, None)
    return check(elab, node, wanted), wanted


def expected_pi(elab: Elaborator, wanted: Term | None) -> Pi | None:
    if wanted is None:
        return None
    found = elab.ctx.zonk(whnf(elab.ctx, wanted))
    return found if isinstance(found, Pi) else None


def _variable_type(elab: Elaborator, group: s.Binder, pi: Pi | None) -> Term:
    if group.type is None:
        return elab.ctx.meta(TYPE) if pi is None else pi.type
    type_ = type_of(elab, group.type)
    if pi is not None and not unify(elab.ctx, type_, pi.type):
        elab.ctx.at = group.pos
        mismatch(elab.ctx, type_, pi.type)
    return type_


def _destructured(elab: Elaborator, pattern: Node, var: Var) -> list[tuple[Var, Term, Term]]:
    """The variables of a pattern `(x, y)`, each with its type and the projection that it is."""
    value: Term = var
    return parts_of(elab, pattern, value, elab.ctx.types[var.id])


def parts_of(elab: Elaborator, pattern: Node, value: Term, type_: Term) -> list[tuple[Var, Term, Term]]:
    if isinstance(pattern, s.Ident):
        return [(elab.bind(pattern.name, type_, value=value), type_, value)]
    if isinstance(pattern, s.Hole):
        return []
    if not isinstance(pattern, (s.Tuple, s.Anonymous)) or len(pattern.items) < 2:
        elab.ctx.unsupported("a pattern", pattern.pos)
    if isinstance(elab.ctx.shallow(type_), Meta) and isinstance(pattern, s.Tuple):
        unify(elab.ctx, type_, const("Prod", elab.ctx.meta(TYPE), elab.ctx.meta(TYPE)))
        type_ = elab.ctx.zonk(type_)
    found: list[tuple[Var, Term, Term]] = []
    last = len(pattern.items) - 1
    for i, item in enumerate(pattern.items):
        if i < last:
            part = apply(elab, projection(elab, value, type_, "1"), [], {}, None)
            value, type_ = apply(elab, projection(elab, value, type_, "2"), [], {}, None)
            found += parts_of(elab, item, *part)
        else:
            found += parts_of(elab, item, value, type_)
    return found


# `∀ ε > 0, ∃ n, a n < ε`
# Follows Lean.Elab.Term.elabForall.
def forall(elab: Elaborator, node: s.Forall, expected: Term | None) -> tuple[Term, Term]:
    """`∀ binders, body`, also `(x : A) → B` and `∀ x ∈ s, p`."""
    outer, instances = elab.scope, len(elab.ctx.local_instances)
    found: list[tuple[Var, Term, s.BinderKind]] = []
    for group in node.binders:
        found += _quantified(elab, group)
    body = type_of(elab, node.body)
    for var, type_, kind in reversed(found):
        body = Pi(var, type_, body, kind)
    elab.scope = outer
    if len(elab.ctx.local_instances) > instances:
        del elab.ctx.local_instances[instances:]
        elab.ctx.found.clear()
    return body, infer(elab.ctx, body)


def _quantified(elab: Elaborator, group: s.Binder) -> list[tuple[Var, Term, s.BinderKind]]:
    found: list[tuple[Var, Term, s.BinderKind]] = []
    for name in group.names or ("",):
        type_ = elab.ctx.meta(TYPE) if group.type is None else type_of(elab, group.type)
        var = elab.bind(name or _instance_name(elab), type_, group.kind)
        found.append((var, type_, group.kind))
        if group.relation is not None and group.bound is not None:
            condition = _condition(elab, group, name)
            found.append((elab.ctx.variable("h", condition), condition, "explicit"))
    return found


def _condition(elab: Elaborator, group: s.Binder, name: str) -> Term:
    """What `∀ x ∈ s` and `∃ ε > 0` say of the variable."""
    assert group.relation is not None
    assert group.bound is not None
    node = s.Infix(group.relation, s.Ident(name, pos=group.pos), group.bound, pos=group.pos)
    return elab.term(node, PROP)[0]


# `∃ x ∈ s, p x`
# Follows the macro of `∃`, Lean.expandExplicitBinders.
def exists(elab: Elaborator, node: s.Exists, expected: Term | None) -> tuple[Term, Term]:
    """`∃ binders, body`."""
    if node.key not in EXISTS:
        elab.ctx.unsupported(f"the binder {node.key}")
    outer = elab.scope
    found: list[tuple[Var, Term]] = []
    conditions: dict[int, Term] = {}
    for group in node.binders:
        quantified = _quantified(elab, group)
        for var, type_, _ in quantified:
            if group.relation is not None and var.name == "h" and found and var.id != found[-1][0].id:
                conditions[found[-1][0].id] = type_
            else:
                found.append((var, type_))
    body = type_of(elab, node.body)
    for var, type_ in reversed(found):
        if var.id in conditions:
            body = const("And", conditions[var.id], body)
        body = const(EXISTS[node.key], type_, Lam(var, type_, body))
    elab.scope = outer
    return body, PROP


# `ℝ → ℝ`
# Follows Lean.Elab.Term.elabArrow.
def arrow(elab: Elaborator, node: s.Arrow, expected: Term | None) -> tuple[Term, Term]:
    """`A → B`."""
    domain = type_of(elab, node.domain)
    var = elab.ctx.variable("a", domain)
    codomain = type_of(elab, node.codomain)
    pi = Pi(var, domain, codomain)
    return pi, infer(elab.ctx, pi)


# `let y : ℝ := x + 1; y * y`
# Follows Lean.Elab.Term.elabLetDecl.
def plain_let(elab: Elaborator, node: s.Let, expected: Term | None) -> tuple[Term, Term]:
    """`let x : T := v; body`; the value is known in the body."""
    outer = elab.scope
    if node.binders:
        of_type = node.value if node.type is None else s.Ascription(node.value, node.type, pos=node.pos)
        value, type_ = elab.term(s.Fun(node.binders, of_type, pos=node.pos), None)
    elif node.type is not None:
        type_ = type_of(elab, node.type)
        value = check(elab, node.value, type_)
    elif isinstance(node.value.fn if isinstance(node.value, s.App) else node.value, s.Dot):
        type_ = elab.ctx.meta(TYPE)  # how it is used says what it is
        value = check(elab, node.value, type_)
    else:
        value, type_ = elab.term(node.value, None)
    if isinstance(node.pattern, s.Ident):
        lets = [(elab.bind(node.pattern.name, type_, value=value), type_, value)]
    elif isinstance(node.pattern, s.Hole):
        lets = [(elab.bind("this", type_, value=value), type_, value)]
    else:
        lets = parts_of(elab, node.pattern, value, elab.ctx.zonk(type_))
    body, kind = body_of(elab, node.body, expected)
    for var, type_, value in reversed(lets):
        body = Let(var, type_, value, body)
        kind = substitute(elab.ctx.zonk(kind), {var.id: value})
    elab.scope = outer
    return body, kind
