"""Uses of declared notations replaced by what they stand for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import TypeVar, cast

from leanmirror.bridge.lean.notations import Definition, Notations
from leanmirror.bridge.lean.scopes import parts
from leanmirror.bridge.lean.syntax import App, Ident, Node, Notation, Proj

T = TypeVar("T")


def expand(value: T, notations: Notations) -> T:
    """A node, or anything made of nodes, with the notations of the table written out.

    A notation without an expansion stays. Variables of an expansion are not renamed.
    """
    return cast("T", _expanded(value, notations.by_key))


def _expanded(value: object, table: Mapping[str, Definition]) -> object:
    if isinstance(value, Notation):
        definition = table.get(value.key)
        args = tuple(cast("Node", _expanded(arg, table)) for arg in value.args)
        if definition is None or definition.expansion is None:
            return replace(value, args=args)
        names = (operand.name for operand in definition.operands)
        return _instance(definition, dict(zip(names, args, strict=True)), value.pos)
    return _mapped(value, lambda inner: _expanded(inner, table))


def _instance(definition: Definition, operands: Mapping[str, Node], pos: int) -> Node:
    expansion = cast("Node", _substituted(definition.expansion, operands))
    if definition.row is not None:  # an operator stands for a function
        expansion = App(expansion, tuple(operands.values()))
    return replace(expansion, pos=pos)


def _substituted(value: object, operands: Mapping[str, Node]) -> object:
    if isinstance(value, Ident):
        head, *rest = parts(value.name)
        if head not in operands:
            return value
        found = operands[head]
        for name in rest:
            found = Proj(found, name, pos=found.pos)
        return found
    return _mapped(value, lambda inner: _substituted(inner, operands))


def _mapped(value: object, change: Callable[[object], object]) -> object:
    """The value with what is inside it changed; the same object where nothing is."""
    if isinstance(value, tuple):
        items = tuple(change(item) for item in value)
        return value if all(a is b for a, b in zip(items, value, strict=True)) else items
    if not is_dataclass(value) or isinstance(value, type):
        return value
    before = {each.name: getattr(value, each.name) for each in fields(value) if each.init}
    after = {name: change(inner) for name, inner in before.items() if isinstance(inner, tuple | Node)}
    different = {name: inner for name, inner in after.items() if inner is not before[name]}
    return replace(value, **different) if different else value
