"""What stands in braces: structure instances, sets, subtypes and implicit arrows."""

from __future__ import annotations

from leanmirror.bridge.lean.cursor import Cursor
from leanmirror.bridge.lean.syntax import (
    Anonymous,
    App,
    Ascription,
    Binder,
    FieldValue,
    Forall,
    Hole,
    Ident,
    Infix,
    Node,
    SetBuilder,
    SetLiteral,
    SetOf,
    StructInst,
    Tuple,
)
from leanmirror.bridge.lean.tokens import MIDLINE, SYMBOL, words

_RELATIONS = words("∈ ∉ < > ≤ ≥ ≠ ⊆ ⊂")


def brace(p: Cursor) -> Node:
    """Anything that starts with `{`."""
    pos = p.advance()[2]
    column, p.column = p.column, -1
    found = _braced(p, pos)
    p.column = column
    if not isinstance(found, Binder):
        return found
    if p.tok[1] not in ("→", "->"):
        p.fail("expected '→' after an implicit binder")
    p.advance()
    return Forall((found,), p.rules.term(p, 25), pos=pos)


def _braced(p: Cursor, pos: int) -> Node:
    """What stands in the braces; a Binder for `{x : T}`."""
    if p.at("}"):
        p.advance()
        return StructInst((), (), pos=pos)
    if p.at(".."):
        return _instance(p, (), [], pos)
    names = _names_before_colon(p)
    if len(names) > 1:
        p.expect(":")
        return _closed(p, Binder("implicit", names, p.rules.term(p), pos=pos))
    p.column = p.token_column(p.tok) if p.tok[4] != MIDLINE or _field_ahead(p) else -1
    first = p.rules.term(p)
    if p.at(":=") or _next_field(p):
        return _instance(p, (), [first], pos)
    p.column = -1
    return _after_first(p, first, pos)


def _field_ahead(p: Cursor) -> bool:
    return p.peek()[1] == ":="


def _next_field(p: Cursor) -> bool:
    """Whether the next token starts a line right below the field before, as one more field."""
    return p.tok[4] != MIDLINE and p.tok[4] == p.column and not p.at("}")


def _names_before_colon(p: Cursor) -> tuple[str, ...]:
    """The names of `{x y : T}` where there are several before a colon; else none."""
    count = 0
    while p.is_name(p.peek(count)):
        count += 1
    if count < 2 or p.peek(count)[1] != ":":
        return ()
    return tuple(p.name() for _ in range(count))


def _after_first(p: Cursor, first: Node, pos: int) -> Node:
    if p.at("with"):
        return _updated(p, [first], pos)
    if p.at("|"):
        return _set_builder(p, first, pos)
    if p.take("//"):
        return _closed(p, SetBuilder("//", _bound_name(p, first), p.rules.term(p), pos=pos))
    if p.take(":"):
        return _typed(p, first, pos)
    items = [first]
    while p.take(","):
        if p.at("}"):
            break
        if p.at(".."):
            return _instance(p, (), items, pos)
        items.append(p.rules.term(p))
        if p.at(":="):
            return _instance(p, (), items, pos)
        if p.at("with"):
            return _updated(p, items, pos)
    return _closed(p, SetLiteral(tuple(items), pos=pos))


def _closed(p: Cursor, node: Node) -> Node:
    p.expect("}")
    return node


def _typed(p: Cursor, first: Node, pos: int) -> Node:
    type_ = p.rules.term(p)
    if isinstance(first, Tuple | Anonymous) and _is_pattern(first) and p.take("|"):
        binder = Binder("explicit", (), type_, pattern=first, pos=first.pos)
        return _closed(p, SetBuilder("|", binder, p.rules.term(p), pos=pos))
    binder = Binder("explicit", (_bound_name(p, first).names), type_, pos=first.pos)
    if p.take("|"):
        return _closed(p, SetBuilder("|", binder, p.rules.term(p), pos=pos))
    if p.take("//"):
        return _closed(p, SetBuilder("//", binder, p.rules.term(p), pos=pos))
    return _closed(p, Binder("implicit", binder.names, type_, pos=pos))


def _bound_name(p: Cursor, node: Node) -> Binder:
    if isinstance(node, Ident) and not node.explicit and "." not in node.name:
        return Binder("explicit", (node.name,), pos=node.pos)
    if isinstance(node, Hole) and node.name is None:
        return Binder("explicit", ("_",), pos=node.pos)
    return p.fail("expected a variable before it")


def _set_builder(p: Cursor, first: Node, pos: int) -> Node:
    p.advance()
    if isinstance(first, Ident) and "." not in first.name:
        return _closed(p, SetBuilder("|", _bound_name(p, first), p.rules.term(p), pos=pos))
    if isinstance(first, Infix) and first.op in _RELATIONS and isinstance(first.left, Ident):
        name = _bound_name(p, first.left).names
        binder = Binder("explicit", name, None, None, first.op, first.right, pos=first.pos)
        return _closed(p, SetBuilder("|", binder, p.rules.term(p), pos=pos))
    if isinstance(first, Tuple | Anonymous) and _is_pattern(first) and not p.at("("):
        binder = Binder("explicit", (), pattern=first, pos=first.pos)
        return _closed(p, SetBuilder("|", binder, p.rules.term(p), pos=pos))
    return _closed(p, SetOf(first, p.rules.term(p), pos=pos))


def _is_pattern(node: Node) -> bool:
    """Whether a term takes a value apart: `(x, y)` or `⟨x, y⟩` of variables, in one another."""
    if isinstance(node, Tuple | Anonymous):
        return all(_is_pattern(each) for each in node.items)
    return isinstance(node, Ident | Hole) and "." not in (node.name or "")


def _updated(p: Cursor, sources: list[Node], pos: int) -> Node:
    p.expect("with")
    p.column = p.token_column(p.tok)
    return _instance(p, tuple(sources), [], pos)


def _instance(p: Cursor, sources: tuple[Node, ...], before: list[Node], pos: int) -> Node:
    """A structure instance; `before` are fields read as terms, the last of which may have a value."""
    fields = [_field_of(p, each, None) for each in before[:-1]]
    if before:
        p.column = p.source.column(before[0].pos)
        fields.append(_field_of(p, before[-1], _value(p)))
    rest = False
    p.take(",")
    while not p.at("}") and not p.at(":"):
        if p.take(".."):
            rest = True
            if p.tok[0] != SYMBOL:
                p.rules.term(p)
            break
        fields.append(field_value(p))
        if not p.take(",") and p.tok[4] == MIDLINE:
            break
    type_ = None
    if p.take(":"):
        type_ = p.rules.term(p)
    p.expect("}")
    return StructInst(sources, tuple(fields), rest, type_, pos=pos)


def field_value(p: Cursor) -> FieldValue:
    """`name binders := value`, or the name alone. Raises ReadError."""
    if not p.is_name(p.tok):
        p.fail("expected a field")
    return _field_of(p, argument_chain(p), _value(p))


def argument_chain(p: Cursor) -> Node:
    """A field's name and the variables after it, read as an application."""
    return p.rules.term(p, 1)


def _value(p: Cursor) -> Node | None:
    if p.at("|"):
        return p.rules.equations(p)
    return p.rules.term(p) if p.take(":=") else None


def _field_of(p: Cursor, node: Node, value: Node | None) -> FieldValue:
    fn, args = (node.fn, node.args) if isinstance(node, App) else (node, ())
    if not isinstance(fn, Ident) or fn.explicit:
        p.fail("a field has a name", node.pos)
    return FieldValue(fn.name, tuple(as_binder(p, each) for each in args), value, pos=node.pos)


def as_binder(p: Cursor, node: Node) -> Binder:
    """A term read where a variable stands: a name, `(x : T)`, or a pattern."""
    if isinstance(node, Ident) and not node.explicit and "." not in node.name:
        return Binder("explicit", (node.name,), pos=node.pos)
    if isinstance(node, Hole) and node.name is None:
        return Binder("explicit", ("_",), pos=node.pos)
    if isinstance(node, Ascription) and isinstance(node.term, Ident):
        return Binder("explicit", (node.term.name,), node.type, pos=node.pos)
    return Binder("explicit", (), pattern=node, pos=node.pos)
