"""The rules of elaboration, in one table: class of syntax → the function that elaborates its nodes.

A rule is called with the elaborator, a node of its class and the type that is expected, if any, which is only
a hint; it gives the term and its type. What no rule is for is unsupported.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from leanmirror.bridge.core.term import Term
from leanmirror.bridge.elaborate import (
    big_operators,
    binders,
    blocks,
    containers,
    lets,
    literals,
    match_terms,
    names,
    notations,
    operators,
    structures,
)
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.syntax import Node

if TYPE_CHECKING:
    from leanmirror.bridge.elaborate.elaborator import Elaborator

Rule = Callable[["Elaborator", Any, "Term | None"], tuple[Term, Term]]

RULES: Mapping[type[Node], Rule] = {
    s.Ident: names.ident,
    s.App: names.application,
    s.Dot: names.dot,
    s.Proj: names.project,
    s.Explicit: names.project,
    s.Number: literals.number,
    s.Decimal: literals.decimal,
    s.Text: literals.text,
    s.Hole: literals.hole,
    s.Sort: literals.sort,
    s.Infix: operators.infix,
    s.Prefix: notations.prefix,
    s.Postfix: notations.postfix,
    s.Bracket: notations.bracket,
    s.Constant: notations.constant_notation,
    s.Notation: notations.notation,
    s.Section: notations.section,
    s.Ascription: blocks.ascription,
    s.If: blocks.if_,
    s.Show: blocks.show,
    s.Scoped: blocks.scoped,
    s.Opaque: blocks.by,
    s.Tactic: blocks.tactic,
    s.Fun: binders.fun,
    s.Forall: binders.forall,
    s.Exists: binders.exists,
    s.Arrow: binders.arrow,
    s.Big: big_operators.big,
    s.Let: lets.let,
    s.Where: lets.where,
    s.Tuple: containers.tuple_,
    s.Collection: containers.collection,
    s.Index: containers.index,
    s.Matrix: containers.matrix,
    s.SetBuilder: containers.set_builder,
    s.SetLiteral: containers.set_literal,
    s.Anonymous: structures.anonymous,
    s.StructInst: structures.structure,
    s.Match: match_terms.match,
    s.FunMatch: match_terms.fun_match,
    s.NoMatch: match_terms.no_match,
    s.IfLet: match_terms.if_let,
}
