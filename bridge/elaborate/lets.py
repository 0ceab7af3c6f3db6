"""`let`, `have` and `where`: values by name, patterns, local recursion."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from leanmirror.bridge.core.term import LetRec, Term, Var, const
from leanmirror.bridge.elaborate.binders import body_of, plain_let
from leanmirror.bridge.elaborate.check import attempted, check, type_of
from leanmirror.bridge.elaborate.match_terms import fun_match, matched, scrutinee
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.syntax import Node

if TYPE_CHECKING:
    from leanmirror.bridge.elaborate.elaborator import Elaborator


# `| 0 => 1 | n + 1 => n`
# Follows Lean.Elab.Term.expandMatchAltsIntoMatch.
def by_cases(elab: Elaborator, node: Node, type_: Term) -> Term:
    """The value of a definition; equations have patterns for implicit parameters, too."""
    if isinstance(node, s.FunMatch):
        elab.by_equations = True
        return fun_match(elab, node, type_)[0]
    if isinstance(node, s.Where) and isinstance(node.body, s.FunMatch):
        elab.by_equations = True
        return where(elab, node, type_)[0]
    return check(elab, node, type_)


# `let (a, b) := p; a + b`
# Follows Lean.Elab.Term.elabLetDecl.
def let(elab: Elaborator, node: s.Let, expected: Term | None) -> tuple[Term, Term]:
    """`let x := v; body`, `let p := v; body`, `let rec f … := v; body`."""
    if node.key == "let rec":
        local = s.Local(node.pattern, node.binders, node.type, node.value, pos=node.pos)
        return _recursive(elab, (local,), node.body, expected)
    if not isinstance(node.pattern, (s.Ident, s.Hole)) and not _irrefutable(elab, node.pattern):
        value = node.value if node.type is None else s.Ascription(node.value, node.type, pos=node.pos)
        only = s.Alternative(((node.pattern,),), node.body, pos=node.pos)
        return matched(elab, [scrutinee(elab, value)], [None], [only], expected)
    if elab.lenient and node.key in ("have", "haveI") and node.type is None:
        return _have(elab, node, expected)
    return plain_let(elab, node, expected)


def _irrefutable(elab: Elaborator, pattern: Node) -> bool:
    """The pattern is a tuple of names."""
    if isinstance(pattern, s.Tuple) and len(pattern.items) > 1:
        return all(_irrefutable(elab, each) for each in pattern.items)
    return isinstance(pattern, s.Hole) or (isinstance(pattern, s.Ident) and "." not in pattern.name)


def _have(elab: Elaborator, node: s.Let, expected: Term | None) -> tuple[Term, Term]:
    """`have h := proof; body`: a proof that is not understood is one of nothing."""
    value = node.value if not node.binders else s.Fun(node.binders, node.value, pos=node.pos)
    if attempted(elab, lambda: elab.term(value, None)[0]) is not None:
        return plain_let(elab, node, expected)
    outer = elab.scope
    name = node.pattern.name if isinstance(node.pattern, s.Ident) else "this"
    elab.bind(name, const("True"))
    found = body_of(elab, node.body, expected)
    elab.scope = outer
    return found


# `f x where f y := y + 1`
# Follows Lean.Elab.Term.expandWhereDecls and Lean.Elab.Term.elabLetRec.
def where(elab: Elaborator, node: s.Where, expected: Term | None) -> tuple[Term, Term]:
    """A body with the definitions of its `where`."""
    return _recursive(elab, node.locals, node.body, expected)


def _recursive(
    elab: Elaborator, locals_: Sequence[s.Local], body: Node, expected: Term | None
) -> tuple[Term, Term]:
    outer = elab.scope
    headers = [_local_type(elab, each) for each in locals_]
    vars_ = [_local_variable(elab, each, type_) for each, type_ in zip(locals_, headers, strict=True)]
    functions = [
        (var, type_, _local_value(elab, each, type_))
        for each, var, type_ in zip(locals_, vars_, headers, strict=True)
    ]
    if expected is not None:
        result, type_ = by_cases(elab, body, expected), expected
    else:
        result, type_ = elab.term(body, None)
    elab.scope = outer
    return LetRec(tuple(functions), result), type_


def _local_variable(elab: Elaborator, local: s.Local, type_: Term) -> Var:
    if not isinstance(local.pattern, s.Ident):
        elab.ctx.unsupported("a local definition without a name", local.pos)
    return elab.bind(local.pattern.name, type_)


def _local_type(elab: Elaborator, local: s.Local) -> Term:
    if local.type is None:
        elab.ctx.unsupported("a local definition without a type", local.pos)
    if not local.binders:
        return elab.ctx.zonk(type_of(elab, local.type))
    return elab.ctx.zonk(type_of(elab, s.Forall(local.binders, local.type, pos=local.pos)))


def _local_value(elab: Elaborator, local: s.Local, type_: Term) -> Term:
    if not local.binders:
        return by_cases(elab, local.value, type_)
    return check(elab, s.Fun(local.binders, local.value, pos=local.pos), type_)
