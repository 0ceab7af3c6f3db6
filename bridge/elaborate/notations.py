"""Notation: prefix and postfix operators, brackets, `(· + 1)`, and what a text declares itself."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import TYPE_CHECKING, Any

from leanmirror.bridge.core.coerce import as_function, fitted
from leanmirror.bridge.core.term import Meta, Term
from leanmirror.bridge.elaborate.application import call
from leanmirror.bridge.elaborate.binders import fun
from leanmirror.bridge.elaborate.operators import arithmetic
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.syntax import Node

if TYPE_CHECKING:
    from leanmirror.bridge.elaborate.elaborator import Elaborator


BRACKETS = {
    "|_|": "abs",
    "‖_‖": "Norm.norm",
    "⌊_⌋₊": "Nat.floor",
    "⌈_⌉₊": "Nat.ceil",
    "⌊_⌋": "Int.floor",
    "⌈_⌉": "Int.ceil",
}


POSTFIX = {
    "⁻¹": "Inv.inv",
    "!": "Nat.factorial",
    "ᶜ": "HasCompl.compl",
    "ᵀ": "Matrix.transpose",
    "†": "ContinuousLinearMap.adjoint",
}


PREFIX = {"¬": "Not", "!": "not", "√": "Real.sqrt"}


CONSTANTS = {"∅": "EmptyCollection.emptyCollection", "⊤": "Top.top", "⊥": "Bot.bot"}


# `(· + 1)`
# Follows Lean.Elab.Term.expandCDot?.
def section(elab: Elaborator, node: s.Section, expected: Term | None) -> tuple[Term, Term]:
    """`(· + 1)`: a function of the dots, left to right."""
    if isinstance(node.body, s.Ascription):  # `(· ^ 2 : ℝ → ℝ)` says the type of the function
        return elab.term(replace(node.body, term=s.Section(node.body.term, pos=node.pos)), expected)
    names: list[str] = []
    body = _without_dots(elab, node.body, names)
    binder = s.Binder("explicit", tuple(names), pos=node.pos)
    return fun(elab, s.Fun((binder,), body, pos=node.pos), expected)


def _without_dots(elab: Elaborator, node: Node, names: list[str]) -> Node:
    if isinstance(node, s.Cdot):
        names.append(f"x{len(names) + 1}✝")
        return s.Ident(names[-1], pos=node.pos)
    if isinstance(node, s.Section):
        return node
    return mapped_nodes(node, lambda each: _without_dots(elab, each, names))


# `σ x` after `local notation "σ" => sigmoid`
# Follows Lean.Elab.Command.elabNotation.
def notation(elab: Elaborator, node: s.Notation, expected: Term | None) -> tuple[Term, Term]:
    """A notation that the text declares: what it expands to."""
    found = elab.around.expansion(node.key)
    if found is None:
        elab.ctx.unsupported(f"the notation {node.key}")
    names, body = found
    return elab.term(with_operands(body, dict(zip(names, node.args, strict=False)), node.pos), expected)


# `¬p`, `-x`, `√x`, `↑n`
# Follows the notation's macro; Lean.Elab.Term.elabCoe for `↑`, Lean.Elab.Term.elabCoeFunNotation for `⇑`.
def prefix(elab: Elaborator, node: s.Prefix, expected: Term | None) -> tuple[Term, Term]:
    """A prefix operator."""
    if node.op == "-":
        return arithmetic(elab, node, expected)
    if node.op == "↑":
        term, found = elab.term(node.arg, None)
        if expected is None or isinstance(elab.ctx.shallow(expected), Meta):
            elab.ctx.unsupported("a coercion ↑ to a type that is not known", cause="type")
        return fitted(elab.ctx, term, found, expected), expected
    if node.op == "⇑":
        return coerced_function(elab, node.arg)
    if node.op not in PREFIX:
        elab.ctx.unsupported(f"the operator {node.op}")
    return call(elab, PREFIX[node.op], [node.arg], expected)


def coerced_function(elab: Elaborator, node: Node) -> tuple[Term, Term]:
    """`⇑e`: a term as a function."""
    found = as_function(elab.ctx, *elab.term(node, None))
    if found is None:
        elab.ctx.ill_typed("⇑ before something that is no function")
    return found


# `x⁻¹`, `Aᵀ`
# Follows the notation's macro.
def postfix(elab: Elaborator, node: s.Postfix, expected: Term | None) -> tuple[Term, Term]:
    """A postfix operator."""
    if node.op not in POSTFIX:
        elab.ctx.unsupported(f"the operator {node.op}")
    if node.op == "!" and not elab.around.opened("Nat"):
        elab.ctx.unsupported("the factorial ! where Nat is not opened")
    return call(elab, POSTFIX[node.op], [node.arg], expected)


# `|x|`, `‖x‖`, `⟪x, y⟫_ℝ`
# Follows the notation's macro.
def bracket(elab: Elaborator, node: s.Bracket, expected: Term | None) -> tuple[Term, Term]:
    """`|x|`, `‖x‖`, `⟪x, y⟫_ℝ`."""
    if node.key.startswith("⟪") and len(node.items) == 3:
        return call(elab, "Inner.inner", [node.items[2], node.items[0], node.items[1]], expected)
    if node.key not in BRACKETS:
        elab.ctx.unsupported(f"the notation {node.key}")
    return call(elab, BRACKETS[node.key], list(node.items), expected)


# `∅`, `⊤`
# Follows the notation's macro.
def constant_notation(elab: Elaborator, node: s.Constant, expected: Term | None) -> tuple[Term, Term]:
    """`∅`, `⊤`."""
    if node.key not in CONSTANTS:
        elab.ctx.unsupported(f"the notation {node.key}")
    return call(elab, CONSTANTS[node.key], [], expected)


def with_operands(node: Node, operands: dict[str, Node], pos: int) -> Node:
    """An expansion with its operands put in; every new node stands where the notation does."""
    if isinstance(node, s.Ident):
        head, dot, rest = node.name.partition(".")
        operand = operands.get(head)
        if operand is None:
            return replace(node, pos=pos)
        for name in rest.split(".") if dot else ():
            operand = s.Proj(operand, name, pos=pos)
        return operand
    return mapped_nodes(replace(node, pos=pos), lambda each: with_operands(each, operands, pos))


def mapped_nodes(node: Node, f: Any) -> Node:
    """The node with f applied to the nodes directly inside it."""
    changes: dict[str, Any] = {}
    for each in fields(node):
        value = getattr(node, each.name)
        if isinstance(value, (Node, tuple)):
            changes[each.name] = _mapped_value(value, f)
    return replace(node, **changes) if changes else node


def _mapped_value(value: Any, f: Any) -> Any:
    if isinstance(value, Node):
        return f(value)
    if isinstance(value, tuple):
        return tuple(_mapped_value(item, f) for item in value)
    return value
