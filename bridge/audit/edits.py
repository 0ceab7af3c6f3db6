"""One change of a statement's tree at a time: signs, relations, constants, indices, arguments, hypotheses.

`a - b ≤ c` has `a + b ≤ c`, `b - a ≤ c`, `a - b < c` and so on. A change may well make a term that is
ill-typed, or another way to say the same: who runs a mutant finds out.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from typing import Any

from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.printing import binder_names

OPERATORS: Mapping[str, tuple[str, ...]] = {
    "+": ("-",), "-": ("+",), "*": ("+",), "/": ("*",), "^": ("*",), "•": (),
    "%": ("/",), "⊔": ("⊓",), "⊓": ("⊔",), "∪": ("∩",), "∩": ("∪",), "\\": ("∪",),
}  # fmt: skip
"""What an operator is changed to."""

RELATIONS: Mapping[str, tuple[str, ...]] = {
    "=": ("≠",), "≠": ("=",), "<": ("≤", ">"), "≤": ("<", "≥"), ">": ("≥", "<"), "≥": (">", "≤"),
    "∈": ("∉",), "∉": ("∈",), "⊆": ("⊂",), "⊂": ("⊆",), "∣": (), "↔": (), "∧": ("∨",), "∨": ("∧",),
}  # fmt: skip
"""What a relation or connective is changed to; all of them make propositions."""

OPPOSITES = {"=": "≠", "≠": "=", "<": "≥", "≥": "<", ">": "≤", "≤": ">", "∈": "∉", "∉": "∈"}
ORDERED = frozenset(("-", "/", "^", "%", "\\", "∘", "++", "∣", "⊆", "⊂", "*ᵥ", "ᵥ*"))
"""What has its sides exchanged; `=`, `<` and the like are not here, for which RELATIONS does as much."""

FUNCTIONS: Mapping[str, str] = {
    "exp": "cosh", "cosh": "sinh", "sinh": "cosh", "tanh": "sinh", "log": "exp", "sqrt": "abs", "abs": "id",
    "sin": "cos", "cos": "sin", "max": "min", "min": "max", "sup": "inf", "inf": "sup",
    "floor": "ceil", "ceil": "floor", "succ": "pred", "castAdd": "natAdd", "map": "filter",
    "fst": "snd", "snd": "fst", "head": "last", "sum": "prod", "prod": "sum",
}  # fmt: skip
"""Functions by the last component of their names, and what stands in for them."""

QUANTIFIERS = {"∑": "∏", "∏": "∑", "⨆": "⨅", "⨅": "⨆", "⋃": "⋂", "⋂": "⋃"}
Change = tuple[str, s.Node]
"""The kind of a change, and the node that stands in the place of another."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A changed statement: its kind, what was changed to what, and its binders and type as they are then."""

    kind: str
    old: s.Node
    new: s.Node | None
    binders: tuple[s.Binder, ...]
    type: s.Node


def edits(binders: tuple[s.Binder, ...], type_: s.Node, around: Sequence[s.Binder] = ()) -> Iterator[Edit]:
    """Every change of a statement, in the order of its text; `around` are the `variable`s that it uses."""
    alike = _alike([*around, *binders], type_)
    for at, group in enumerate(binders):
        before, after = binders[:at], binders[at + 1 :]
        for kind, other in _of_hypothesis(group):
            groups = () if other is None else (other,)
            yield Edit(kind, group, other, (*before, *groups, *after), type_)
        for (kind, new), old, changed in _inside(group, alike):
            assert isinstance(changed, s.Binder)
            yield Edit(kind, old, new, (*before, changed, *after), type_)
    if states(type_):
        yield Edit("conclusion", type_, negated(type_), binders, negated(type_))
    for (kind, new), old, changed_type in _inside(type_, alike):
        yield Edit(kind, old, new, binders, changed_type)


def states(node: s.Node) -> bool:
    """Whether a term is seen to be a proposition, from its form alone."""
    match node:
        case s.Infix(op=op):
            return op in RELATIONS
        case s.Prefix(op=op):
            return op == "¬"
        case s.Forall(body=body) | s.Exists(body=body) | s.Let(body=body):
            return not isinstance(node, s.Exists) or node.key in ("∃", "∃!") if states(body) else False
        case s.Arrow(codomain=codomain):
            return states(codomain)
    return False


def negated(node: s.Node) -> s.Node:
    """The proposition that says the opposite."""
    match node:
        case s.Infix(op=op) if op in OPPOSITES:
            return replace(node, op=OPPOSITES[op])
        case s.Prefix(op="¬", arg=arg):
            return arg
    return s.Prefix("¬", node)


def _of_hypothesis(group: s.Binder) -> Iterator[tuple[str, s.Binder | None]]:
    """A hypothesis left out, and one that says the opposite."""
    if group.type is None or group.pattern is not None:
        return
    if group.kind == "instance" or states(group.type):
        yield "hypothesis dropped", None
    if states(group.type):
        yield "hypothesis negated", replace(group, type=negated(group.type))


def _alike(groups: Sequence[s.Binder], type_: s.Node) -> dict[str, tuple[str, ...]]:
    """For each variable the others of the same type."""
    inner = [n for g in (*groups, type_) for n in s.walk(g) if isinstance(n, s.Binder)]
    by_type: dict[s.Node, list[str]] = {}
    for group in inner:
        if group.type is not None and group.kind != "instance" and not states(group.type):
            names = by_type.setdefault(group.type, [])
            names += [name for name in binder_names(group) if name not in names and name != "_"]
    return {name: tuple(n for n in names if n != name) for names in by_type.values() for name in names}


def _inside(node: s.Node, alike: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[Change, s.Node, s.Node]]:
    """(kind and new node, old node, the whole with it) for each change of the node or of one inside it."""
    for change in _of_node(node, alike):
        yield change, node, change[1]
    for each in fields(node):
        value = getattr(node, each.name)
        for change, old, new in _inside_value(value, alike):
            yield change, old, replace(node, **{each.name: new})


def _inside_value(value: Any, alike: Mapping[str, tuple[str, ...]]) -> Iterator[tuple[Change, s.Node, Any]]:
    if isinstance(value, s.Node):
        yield from _inside(value, alike)
    elif isinstance(value, tuple):
        for at, item in enumerate(value):
            for change, old, new in _inside_value(item, alike):
                yield change, old, (*value[:at], new, *value[at + 1 :])


def _of_node(node: s.Node, alike: Mapping[str, tuple[str, ...]]) -> Iterator[Change]:
    rule = _RULES.get(type(node))
    if isinstance(node, s.Ident):
        yield from _of_name(node, alike)
    elif rule is not None:
        yield from rule(node)


def _of_name(node: s.Ident, alike: Mapping[str, tuple[str, ...]]) -> Iterator[Change]:
    """Another variable of the same type, the other component, a related function."""
    first, dot, rest = node.name.partition(".")
    for other in alike.get(first, ()):
        yield "index", replace(node, name=f"{other}{dot}{rest}")
    head, dot, last = node.name.rpartition(".")
    if last in ("1", "2"):
        yield "index", replace(node, name=f"{head}.{3 - int(last)}")
    if last in FUNCTIONS and first not in alike:
        yield "function", replace(node, name=f"{head}{dot}{FUNCTIONS[last]}")


def _infix(node: s.Infix) -> Iterator[Change]:
    for op in OPERATORS.get(node.op, ()):
        yield "sign" if op in "+-" and node.op in "+-" else "operator", replace(node, op=op)
    for op in RELATIONS.get(node.op, ()):
        yield "relation", replace(node, op=op)
    if node.op in ORDERED and node.left != node.right:
        yield "arguments", replace(node, left=node.right, right=node.left)
    if node.op == "↔":
        yield "relation", s.Arrow(node.left, node.right)
        yield "relation", s.Arrow(node.right, node.left)
    if node.op in ("+", "-", "*", "/", "∧", "∨"):
        yield "operand", node.left
        yield "operand", node.right


def _prefix(node: s.Prefix) -> Iterator[Change]:
    if node.op in ("-", "¬"):
        yield "sign" if node.op == "-" else "relation", node.arg


def _number(node: s.Number) -> Iterator[Change]:
    yield "constant", s.Number(node.value + 1)
    if node.value > 0:
        yield "constant", s.Number(node.value - 1)


def _decimal(node: s.Decimal) -> Iterator[Change]:
    yield "constant", replace(node, mantissa=node.mantissa + 1)


def _application(node: s.App) -> Iterator[Change]:
    for at in range(len(node.args) - 1):
        one, two = node.args[at : at + 2]
        if one != two and not isinstance(one, s.Named | s.Rest) and not isinstance(two, s.Named | s.Rest):
            yield "arguments", replace(node, args=(*node.args[:at], two, one, *node.args[at + 2 :]))


def _arrow(node: s.Arrow) -> Iterator[Change]:
    if states(node.domain):
        yield "hypothesis dropped", node.codomain
        yield "hypothesis negated", replace(node, domain=negated(node.domain))
        if states(node.codomain):
            yield "arguments", s.Arrow(node.codomain, node.domain)


def _binder(node: s.Binder) -> Iterator[Change]:
    for relation in RELATIONS.get(node.relation or "", ()):
        yield "relation", replace(node, relation=relation)


def _forall(node: s.Forall) -> Iterator[Change]:
    if states(node.body):
        yield "quantifier", s.Exists("∃", node.binders, node.body)
    for at, group in enumerate(node.binders):
        rest = (*node.binders[:at], *node.binders[at + 1 :])
        for kind, new in _of_hypothesis(group):
            groups = rest if new is None else (*node.binders[:at], new, *node.binders[at + 1 :])
            yield kind, s.Forall(groups, node.body) if groups else node.body


def _exists(node: s.Exists) -> Iterator[Change]:
    if node.key == "∃":
        yield "quantifier", s.Forall(node.binders, node.body)
    elif node.key == "∃!":
        yield "quantifier", replace(node, key="∃")


def _big(node: s.Big) -> Iterator[Change]:
    if node.key in QUANTIFIERS:
        yield "function", replace(node, key=QUANTIFIERS[node.key])
    if node.condition is not None:
        yield "hypothesis dropped", replace(node, condition=None)


def _bracket(node: s.Bracket) -> Iterator[Change]:
    if len(node.items) == 1 and node.key in ("|_|", "‖_‖"):
        yield "operator", node.items[0]
    if node.key.startswith("⟪") and node.items[0] != node.items[1]:
        yield "arguments", replace(node, items=(node.items[1], node.items[0], *node.items[2:]))


def _projection(node: s.Proj) -> Iterator[Change]:
    if node.field in ("1", "2"):
        yield "index", replace(node, field=str(3 - int(node.field)))


def _sequence(node: s.Collection | s.Tuple | s.Anonymous) -> Iterator[Change]:
    for at in range(len(node.items) - 1):
        one, two = node.items[at : at + 2]
        if one != two:
            yield "arguments", replace(node, items=(*node.items[:at], two, one, *node.items[at + 2 :]))


def _if(node: s.If) -> Iterator[Change]:
    if node.name is None and node.then != node.other:
        yield "arguments", replace(node, then=node.other, other=node.then)


def _postfix(node: s.Postfix) -> Iterator[Change]:
    yield "operator", node.arg


_RULES: Mapping[type[s.Node], Callable[[Any], Iterator[Change]]] = {
    s.Infix: _infix,
    s.Prefix: _prefix,
    s.Postfix: _postfix,
    s.Number: _number,
    s.Decimal: _decimal,
    s.App: _application,
    s.Arrow: _arrow,
    s.Binder: _binder,
    s.Forall: _forall,
    s.Exists: _exists,
    s.Big: _big,
    s.Bracket: _bracket,
    s.Proj: _projection,
    s.Collection: _sequence,
    s.Tuple: _sequence,
    s.Anonymous: _sequence,
    s.If: _if,
}
