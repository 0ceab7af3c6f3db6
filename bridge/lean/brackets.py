"""Atoms in brackets and atoms of one token: parentheses, lists, norms, holes, sorts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from leanmirror.bridge.lean.binders import bracketed
from leanmirror.bridge.lean.braces import brace
from leanmirror.bridge.lean.cursor import Cursor
from leanmirror.bridge.lean.operators import (
    APPLIED_AT_MAX,
    BRACKETS,
    CONSTANTS,
    MAX_PREC,
    PREFIX,
)
from leanmirror.bridge.lean.syntax import (
    Anonymous,
    App,
    Ascription,
    Binder,
    Bracket,
    Cdot,
    Collection,
    Constant,
    Exists,
    Explicit,
    Forall,
    Hole,
    Ident,
    Index,
    Matrix,
    Node,
    Postfix,
    Prefix,
    Proj,
    Rest,
    Section,
    Sort,
    Tuple,
)
from leanmirror.bridge.lean.tokens import (
    SYMBOL,
)


def inside(p: Cursor, close: str, rule: Callable[[Cursor], Node]) -> Node:
    """What a rule reads before a closing bracket; layout does not count inside brackets."""
    column, p.column = p.column, -1
    node = rule(p)
    p.expect(close)
    p.column = column
    return node


def items_until(p: Cursor, close: str) -> tuple[Node, ...]:
    """Terms separated by commas up to a closing bracket; a comma may stand before it."""
    column, p.column = p.column, -1
    found: list[Node] = []
    while not p.at(close):
        found.append(_item(p))
        if not p.take(","):
            break
    p.expect(close)
    p.column = column
    return tuple(found)


def _item(p: Cursor) -> Node:
    if p.at("..") and p.tok[0] == SYMBOL:
        return Rest(pos=p.advance()[2])
    return p.rules.term(p)


def _parenthesis(p: Cursor) -> Node:
    pos = p.advance()[2]
    if p.tok[1] in ("↑", "⇑", "↥") and p.peek()[1] == ")":
        key = p.advance()[1]
        p.advance()
        return Constant(f"({key})", pos=pos)
    column, dots = p.column, p.dots
    p.column, p.dots = -1, False
    found, default, binds = _parenthesised(p, pos)
    p.expect(")")
    if p.dots:
        found = Section(found, pos=pos)
    p.column, p.dots = column, dots
    if binds and isinstance(found, Ascription):
        if p.tok[1] in ("→", "->", "×") and p.tok[0] == SYMBOL:
            return _dependent(p, found, default, pos)
        if default is not None:
            p.fail("expected '→' after a binder with a default value")
    return found


def _parenthesised(p: Cursor, pos: int) -> tuple[Node, Node | None, bool]:
    """What stands in parentheses, its default value, and whether it has the form of a binder."""
    if p.at(")"):
        return Tuple((), pos=pos), None, False
    first = p.rules.term(p)
    if p.take(":"):
        if p.at(")"):
            return Ascription(first, None, pos=pos), None, False
        type_ = p.rules.term(p)
        return Ascription(first, type_, pos=pos), p.rules.term(p) if p.take(":=") else None, True
    if not p.at(","):
        return first, None, False
    found = [first]
    while p.take(","):
        found.append(p.rules.term(p))
    return Tuple(tuple(found), pos=pos), None, False


def _dependent(p: Cursor, node: Ascription, default: Node | None, pos: int) -> Node:
    """`(x y : T) → U` and `(x : T) × U` where the parenthesis is a binder; otherwise the ascription."""
    names = _binder_names(p, node.term)
    if not names:
        return node
    binder = Binder("explicit", names, node.type, default, pos=pos)
    times = p.advance()[1] == "×"
    body = p.rules.term(p, 35 if times else 25)
    return Exists("Σ", (binder,), body, pos=pos) if times else Forall((binder,), body, pos=pos)


def _binder_names(p: Cursor, node: Node) -> tuple[str, ...]:
    """The names when a term can be read as names of variables: `x`, `x y`; else none."""
    terms = (node.fn, *node.args) if isinstance(node, App) else (node,)
    names = tuple(_plain_name(each) or "" for each in terms)
    return names if all(names) else ()


def _plain_name(node: Node) -> str | None:
    if isinstance(node, Ident) and not node.explicit and node.levels is None and "." not in node.name:
        return node.name
    return "_" if isinstance(node, Hole) and node.name is None else None


def _square(p: Cursor) -> Node:
    pos = p.advance()[2]
    if p.is_name(p.tok) and p.peek()[1] == ":":
        names = (p.name(),)
        p.advance()
        return _instance_arrow(p, names, inside(p, "]", p.rules.term), pos)
    items = items_until(p, "]")
    if len(items) == 1 and p.tok[1] in ("→", "->"):
        return _instance_arrow(p, (), items[0], pos)
    return Collection("[", items, pos=pos)


def _instance_arrow(p: Cursor, names: tuple[str, ...], type_: Node, pos: int) -> Node:
    if p.tok[1] not in ("→", "->"):
        p.fail("expected '→' after an instance binder")
    p.advance()
    return Forall((Binder("instance", names, type_, pos=pos),), p.rules.term(p, 25), pos=pos)


def _strict(p: Cursor) -> Node:
    binder = bracketed(p)
    if p.tok[1] not in ("→", "->"):
        p.fail("expected '→' after a binder")
    p.advance()
    return Forall((binder,), p.rules.term(p, 25), pos=binder.pos)


def _collection(p: Cursor) -> Node:
    tok = p.advance()
    return Collection(tok[1], items_until(p, "]"), pos=tok[2])


def _matrix(p: Cursor) -> Node:
    pos = p.advance()[2]
    rows: list[tuple[Node, ...]] = []
    row: list[Node] = []
    column, p.column = p.column, -1
    while not p.at("]"):
        row.append(p.rules.term(p))
        if p.take(";"):
            rows.append(tuple(row))
            row = []
        elif not p.take(","):
            break
    p.expect("]")
    p.column = column
    return Matrix((*rows, tuple(row)) if row else tuple(rows), pos=pos)


def _anonymous(p: Cursor) -> Node:
    pos = p.advance()[2]
    return Anonymous(items_until(p, "⟩"), pos=pos)


def _at(p: Cursor) -> Node:
    pos = p.advance()[2]
    inner = p.rules.argument(p)
    if isinstance(inner, Ident) and not inner.explicit:
        return Ident(inner.name, True, inner.levels, pos=pos)
    if isinstance(inner, Proj | Index | Postfix):
        p.fail("'@' before a projection", pos)
    return Explicit(inner, pos=pos)


def _inaccessible(p: Cursor) -> Node:
    """`.(e)` in a pattern: the term that is there anyway."""
    p.advance()
    if not p.at("("):
        p.fail("expected a name")
    return _parenthesis(p)


def _hole(p: Cursor) -> Node:
    return Hole(pos=p.advance()[2])


def _cdot(p: Cursor) -> Node:
    p.dots = True
    return Cdot(pos=p.advance()[2])


def _constant(p: Cursor) -> Node:
    tok = p.advance()
    return Constant(tok[1], pos=tok[2])


def _prop(p: Cursor) -> Node:
    return Sort("Prop", pos=p.advance()[2])


def _sort(p: Cursor) -> Node:
    tok = p.advance()
    if tok[1].endswith("*"):
        return Sort("Type" if tok[1] == "Type*" else "Sort", "*", pos=tok[2])
    return Sort("Type" if tok[1] == "Type" else "Sort", pos=tok[2])


def _arrow_prefix(p: Cursor) -> Node:
    tok = p.advance()
    row = PREFIX[tok[1]]
    operand = p.rules.argument(p) if row.prec == MAX_PREC else p.rules.term(p, row.right)
    return Prefix(row.key, operand, pos=tok[2])


def _bars(p: Cursor) -> Node:
    pos = p.advance()[2]
    column, p.column = p.column, -1
    body = p.rules.term(p)
    p.column = column
    if not p.at("|") or p.spaced:
        p.fail("expected '|' right after the term")
    p.advance()
    return Bracket("|_|", (body,), pos=pos)


def _brackets(p: Cursor) -> Node:
    tok = p.advance()
    open_, pos = tok[1], tok[2]
    column, p.column = p.column, -1
    items = [p.rules.term(p)]
    while open_ == "⟪" and p.take(","):
        items.append(p.rules.term(p))
    p.column = column
    closers = BRACKETS[open_]
    close = p.tok[1]
    if close not in closers or p.tok[0] != SYMBOL:
        p.fail(f"expected '{closers[0]}'")
    p.advance()
    if close == "⟫_":
        items.append(p.rules.argument(p))
    return Bracket(
        f"{open_}{', '.join('_' * len(items[:2])) if open_ == '⟪' else '_'}{close}", tuple(items), pos=pos
    )


ATOMS: Mapping[str, Callable[[Cursor], Node]] = {
    "(": _parenthesis,
    "[": _square,
    "{": brace,
    "⦃": _strict,
    "⟨": _anonymous,
    "![": _collection,
    "!₂[": _collection,
    "#[": _collection,
    "#v[": _collection,
    "!![": _matrix,
    "@": _at,
    ".": _inaccessible,
    "_": _hole,
    "·": _cdot,
    "Prop": _prop,
    "Type": _sort,
    "Sort": _sort,
    "Type*": _sort,
    "Sort*": _sort,
    "|": _bars,
    **dict.fromkeys(CONSTANTS, _constant),
    **dict.fromkeys(BRACKETS, _brackets),
    **dict.fromkeys((*APPLIED_AT_MAX, "@&"), _arrow_prefix),
}
