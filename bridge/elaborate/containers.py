"""Tuples, lists, vectors, matrices, sets, and entries of these."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leanmirror.bridge.core.term import TYPE, Const, Meta, Term, const
from leanmirror.bridge.core.unify import unify
from leanmirror.bridge.elaborate.application import call
from leanmirror.bridge.elaborate.check import check
from leanmirror.bridge.elaborate.heads import Done
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.syntax import Node

if TYPE_CHECKING:
    from leanmirror.bridge.elaborate.elaborator import Elaborator


MOST_ITEMS = 64
SETS = {"|": "setOf", "//": "Subtype"}


DERIVATIVES = {"VJP[": "Proofs.Autograd.vjp", "J[": "Proofs.Autograd.jacobian"}
"""The mirrored project's notations for derivatives."""


# `(a, b, c)`
# Follows Lean.Elab.Term.expandTuple.
def tuple_(elab: Elaborator, node: s.Tuple, expected: Term | None) -> tuple[Term, Term]:
    """`(a, b, c)` is `(a, (b, c))`; `()` is the unit."""
    if not node.items:
        return call(elab, "Unit.unit", [], expected)
    if len(node.items) > MOST_ITEMS:
        elab.ctx.unsupported(f"a tuple of more than {MOST_ITEMS} items")
    last: Node = node.items[-1]
    for item in reversed(node.items[1:-1]):
        last = s.Tuple((item, last), pos=item.pos)
    return call(elab, "Prod.mk", [node.items[0], last], expected)


# `![a, b]`, `[a, b]`, `shape![m, n]`
# Follows the notation's macro.
def collection(elab: Elaborator, node: s.Collection, expected: Term | None) -> tuple[Term, Term]:
    """`[a, b]`, `![a, b]` and `shape![m, n]`."""
    if len(node.items) > MOST_ITEMS:
        elab.ctx.unsupported(f"a list of more than {MOST_ITEMS} items")
    if node.key.startswith("shape"):
        return _shape(elab, node)
    if node.key in DERIVATIVES:
        return call(elab, DERIVATIVES[node.key], list(node.items), expected)
    if node.key.startswith("!["):
        return _vector(elab, node, expected)
    if node.key == "!₂[":
        entries = s.Collection("![", node.items, pos=node.pos)
        return call(elab, "WithLp.toLp", [s.Number(2, pos=node.pos), entries], expected)
    if node.key == "#[":
        return call(elab, "List.toArray", [Done(*_list(elab, node, None))], expected)
    if node.key not in ("[", "[_]", "[]"):
        elab.ctx.unsupported(f"the notation {node.key}")
    return _list(elab, node, expected)


def _list(elab: Elaborator, node: s.Collection, expected: Term | None) -> tuple[Term, Term]:
    item = elab.ctx.meta(TYPE)
    type_ = const("List", item)
    if expected is not None:
        unify(elab.ctx, type_, expected)
    items = [check(elab, each, item) for each in node.items]
    result: Term = const("List.nil", item)
    for each in reversed(items):
        result = const("List.cons", item, each, result)
    return result, type_


def _shape(elab: Elaborator, node: s.Collection) -> tuple[Term, Term]:
    result: Term = Const("Spec.Shape.scalar")
    for each in reversed([check(elab, item, Const("Nat")) for item in node.items]):
        result = const("Spec.Shape.dim", each, result)
    return result, Const("Spec.Shape")


def _vector(elab: Elaborator, node: s.Collection, expected: Term | None) -> tuple[Term, Term]:
    result: Node | Done = Done(*call(elab, "Matrix.vecEmpty", [], None))
    for each in reversed(node.items):
        result = Done(*call(elab, "Matrix.vecCons", [each, result], None))
    assert isinstance(result, Done)
    return result.term, result.type


# `xs[i]`
# Follows the macro of `xs[i]`.
def index(elab: Elaborator, node: s.Index, expected: Term | None) -> tuple[Term, Term]:
    """`xs[i]` with a proof that the index fits, `xs[i]?` and `xs[i]!`."""
    if node.mode in ("?", "!"):
        return call(elab, f"GetElem?.getElem{node.mode}", [node.term, node.index], expected)
    if node.mode not in ("", "'"):
        elab.ctx.unsupported(f"an index with {node.mode}")
    args: list[Node | Done] = [node.term, node.index]
    args.append(s.Opaque("by", "", pos=node.pos) if node.proof is None else node.proof)
    return call(elab, "GetElem.getElem", args, expected)


# `!![a, b; c, d]`
# Follows Mathlib's macro of `!![…]`.
def matrix(elab: Elaborator, node: s.Matrix, expected: Term | None) -> tuple[Term, Term]:
    """`!![a, b; c, d]`: its rows as vectors of vectors."""
    if sum(map(len, node.rows)) > MOST_ITEMS:
        elab.ctx.unsupported(f"a matrix of more than {MOST_ITEMS} entries")
    rows = tuple(s.Collection("![", row, pos=node.pos) for row in node.rows)
    return call(elab, "Matrix.of", [s.Collection("![", rows, pos=node.pos)], expected)


# `{1, 2}`: `insert 1 {2}`
# Follows the macro of `{a, b}`.
def set_literal(elab: Elaborator, node: s.SetLiteral, expected: Term | None) -> tuple[Term, Term]:
    """`{a, b, c}`."""
    if len(node.items) > MOST_ITEMS:
        elab.ctx.unsupported(f"a set of more than {MOST_ITEMS} items")
    if expected is None or isinstance(elab.ctx.shallow(expected), Meta):
        elab.ctx.unsupported("a set in braces where no type is expected", cause="type")
    result = call(elab, "Singleton.singleton", [node.items[-1]], expected)
    for item in reversed(node.items[:-1]):
        result = call(elab, "Insert.insert", [item, Done(*result)], expected)
    return result


# `{x : ℝ | 0 < x}`, `{x : ℝ // 0 < x}`
# Follows Mathlib's macro of `{x | p x}`.
def set_builder(elab: Elaborator, node: s.SetBuilder, expected: Term | None) -> tuple[Term, Term]:
    """`{x : T | p}`, and the subtype `{x : T // p}`."""
    name = SETS.get(node.key)
    if name is None:
        elab.ctx.unsupported(f"a set in braces with {node.key}")
    binder = node.binder
    body = node.body
    if binder.relation is not None and binder.bound is not None:
        if binder.pattern is not None:
            elab.ctx.unsupported(f"a pattern with {binder.relation} in braces", binder.pos)
        condition = s.Infix(
            binder.relation, s.Ident(binder.names[0], pos=node.pos), binder.bound, pos=node.pos
        )
        body = s.Infix("∧", condition, body, pos=node.pos)
    plain = s.Binder("explicit", binder.names, binder.type, pattern=binder.pattern, pos=binder.pos)
    return call(elab, name, [s.Fun((plain,), body, pos=node.pos)], expected)
