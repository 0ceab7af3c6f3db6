"""Binder groups: of headers, of `fun`, and of `∀`, `∃`, `∑`."""

from __future__ import annotations

from dataclasses import replace

from leanmirror.bridge.lean.cursor import Cursor
from leanmirror.bridge.lean.syntax import (
    Anonymous,
    Ascription,
    Binder,
    BinderKind,
    Hole,
    Ident,
    Infix,
    Node,
    Tuple,
)
from leanmirror.bridge.lean.tokens import FIELD, SYMBOL, words

_BRACKETED: dict[str, tuple[BinderKind, str]] = {
    "(": ("explicit", ")"),
    "{": ("implicit", "}"),
    "⦃": ("strict", "⦄"),
}
_RELATIONS = words("∈ ∉ < > ≤ ≥ ≠ ⊆ ⊂ <= >=")
_ASCII_RELATIONS = {"<=": "≤", ">=": "≥"}
NONE: frozenset[str] = frozenset()


def binder_groups(p: Cursor, stops: frozenset[str] = NONE) -> tuple[Binder, ...]:
    """Binder groups one after another, as headers have them; whatever is no binder ends them."""
    groups: list[Binder] = []
    while p.tok[1] not in stops or p.tok[0] != SYMBOL:
        if p.tok[0] == SYMBOL and p.tok[1] in _BRACKETED:
            groups.append(bracketed(p))
        elif p.at("[") and p.tok[0] == SYMBOL:
            groups.append(instance_binder(p))
        elif p.is_name(p.tok) and p.tok[1] not in p.notations.leading:
            groups.append(bare(p))
        else:
            break
    return tuple(groups)


def bare(p: Cursor) -> Binder:
    """Names without brackets, one after another."""
    pos = p.tok[2]
    names = []
    while p.is_name(p.tok) and p.tok[4] > p.column:
        names.append(p.name())
    if not names:
        p.fail("expected a variable")
    return Binder("explicit", tuple(names), pos=pos)


def bracketed(p: Cursor) -> Binder:
    """`(x y : T := v)`, `{x}`, `⦃x : T⦄`."""
    _, open_, pos = p.advance()[:3]
    kind, close = _BRACKETED[open_]
    column, p.column = p.column, -1
    names = [p.name("a variable")]
    while p.is_name(p.tok):
        names.append(p.name())
    type_ = p.rules.term(p) if p.take(":") else None
    default = p.rules.term(p) if p.take(":=") else None
    p.expect(close)
    p.column = column
    return Binder(kind, tuple(names), type_, default, pos=pos)


def instance_binder(p: Cursor) -> Binder:
    """`[C α]` or `[inst : C α]`."""
    pos = p.advance()[2]
    column, p.column = p.column, -1
    names: tuple[str, ...] = ()
    if p.is_name(p.tok) and p.peek()[1] == ":":
        names = (p.name(),)
        p.advance()
    type_ = p.rules.term(p)
    p.expect("]")
    p.column = column
    return Binder("instance", names, type_, pos=pos)


def quantified(p: Cursor) -> tuple[Binder, ...]:
    """The binders of a quantifier: groups, or bare names with one type, or `x ∈ s`."""
    groups: list[Binder] = []
    while True:
        if p.tok[0] == SYMBOL and p.tok[1] in _BRACKETED:
            groups.append(bracketed(p))
        elif p.at("["):
            groups.append(instance_binder(p))
        elif p.is_name(p.tok):
            groups.append(_with_range(p, bare(p)))
        elif p.at("⟨"):
            pos = p.tok[2]
            groups.append(Binder("explicit", (), pattern=p.rules.argument(p), pos=pos))
        else:
            break
    if not groups:
        p.fail("expected a variable")
    return tuple(groups)


def big_binders(p: Cursor) -> tuple[Binder, ...]:
    """The binders of `∑`: one alone, or several in parentheses; each of a name or a pattern."""
    if p.is_name(p.tok):
        return (_with_range(p, bare(p)),)
    groups: list[Binder] = []
    while p.at("(") or (p.at("⟨") and not groups):
        pos = p.tok[2]
        found = _in_parentheses(p, p.rules.argument(p), pos)
        if found is None:
            p.fail("expected a variable", pos)
        groups.append(_with_range(p, found))
    if not groups:
        p.fail("expected a variable")
    return tuple(groups)


def _in_parentheses(p: Cursor, node: Node, pos: int) -> Binder | None:
    """`(x : T)`, `(x ∈ s)`, `(a + b = n)` or a pattern, read as a term; None for what is no binder."""
    if isinstance(node, Ascription) and node.type is not None:
        inner = _in_parentheses(p, node.term, pos)
        return None if inner is None else replace(inner, type=node.type)
    if isinstance(node, Infix) and node.op in (*_RELATIONS, "="):
        if node.op == "=" and isinstance(node.left, Infix) and node.left.op == "+":
            pair = Anonymous((node.left.left, node.left.right), pos=pos)
            return Binder("explicit", (), None, None, "=", node.right, pair, pos=pos)
        inner = None if node.op == "=" else _in_parentheses(p, node.left, pos)
        return None if inner is None else replace(inner, relation=node.op, bound=node.right)
    if isinstance(node, Ident) and "." not in node.name:
        return Binder("explicit", (node.name,), pos=pos)
    if isinstance(node, Hole):
        return Binder("explicit", ("_",), pos=pos)
    if isinstance(node, Anonymous | Tuple):
        return Binder("explicit", (), pattern=node, pos=pos)
    return None


def _with_range(p: Cursor, group: Binder) -> Binder:
    """The binder with what is said of it after its parentheses."""
    if group.type is not None or group.relation is not None:
        return group
    if p.take(":"):
        return replace(group, type=p.rules.term(p))
    if p.tok[0] == SYMBOL and p.tok[1] in _RELATIONS:
        relation = p.advance()[1]
        relation = _ASCII_RELATIONS.get(relation, relation)
        return replace(group, relation=relation, bound=p.rules.term(p, 51))
    return group


def function_binders(p: Cursor) -> tuple[Binder, ...]:
    """The binders of `fun`, up to its arrow: groups, names, patterns."""
    groups: list[Binder] = []
    while not p.at("=>") and not p.at("↦"):
        group = _function_binder(p)
        if groups and is_bare(group) and is_bare(groups[-1]):
            before = groups.pop()
            group = Binder("explicit", before.names + group.names, pos=before.pos)
        groups.append(group)
    if not groups:
        p.fail("expected a variable")
    return tuple(groups)


def _function_binder(p: Cursor) -> Binder:
    kind, text, pos = p.tok[:3]
    if kind == SYMBOL and (text in ("{", "⦃") or (text == "(" and _is_group(p))):
        group = bracketed(p)
        plain = group.kind == "explicit" and group.type is None and group.default is None
        return Binder("explicit", group.names, pos=pos) if plain else group
    if kind == SYMBOL and text == "[":
        return instance_binder(p)
    if p.is_name(p.tok) and not _is_pattern(p):
        group = bare(p)
        return Binder("explicit", group.names, p.rules.term(p), pos=pos) if p.take(":") else group
    return Binder("explicit", (), pattern=p.rules.argument(p), pos=pos)


def _is_pattern(p: Cursor) -> bool:
    after = p.peek()
    return after[2] == p.tok[3] and (after[1] == "@" or after[0] == FIELD)


def _is_group(p: Cursor) -> bool:
    count = 1
    while p.is_name(p.peek(count)):
        count += 1
    return count > 1 and p.peek(count)[1] in (":", ")")


def is_bare(group: Binder) -> bool:
    """Whether a group is names only."""
    return group == Binder("explicit", group.names) and bool(group.names)
