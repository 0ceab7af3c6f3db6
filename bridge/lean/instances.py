"""The names that Lean gives to instances without one, as near as the text allows."""

from __future__ import annotations

from leanmirror.bridge.lean.operators import BY_KEY
from leanmirror.bridge.lean.scopes import parts
from leanmirror.bridge.lean.syntax import (
    App,
    Arrow,
    Ascription,
    Forall,
    Ident,
    Infix,
    Node,
    Postfix,
    Prefix,
    Sort,
)

LETTERS = {"ℝ": "Real", "ℕ": "Nat", "ℤ": "Int", "ℚ": "Rat", "ℂ": "Complex"}
LONGEST = 12


def instance_name(type_: Node | None) -> str:
    """`instFooBar` for an instance of `Foo Bar`: its constants in order, variables left out."""
    words = [] if type_ is None else _constants(type_)
    return "inst" + "".join(_capital(word) for word in words[:LONGEST])


def _constants(node: Node) -> list[str]:
    if isinstance(node, Ident):
        name = parts(node.name)[-1]
        name = LETTERS.get(name, name)
        return [name] if name[:1].isupper() and len(name) > 1 else []
    if isinstance(node, App):
        return [word for each in (node.fn, *node.args) for word in _constants(each)]
    if isinstance(node, Forall):
        return _constants(node.body)
    if isinstance(node, Arrow):
        return ["Forall", *_constants(node.domain), *_constants(node.codomain)]
    if isinstance(node, Infix):
        lean = BY_KEY[False, node.op].lean
        return [*([parts(lean)[-1]] if lean else []), *_constants(node.left), *_constants(node.right)]
    if isinstance(node, Prefix | Postfix):
        return _constants(node.arg)
    if isinstance(node, Ascription):
        return _constants(node.term)
    return ["Prop" if node.kind == "Prop" else node.kind] if isinstance(node, Sort) else []


def _capital(word: str) -> str:
    return word[:1].upper() + word[1:]
