"""Headers of declarations: name, binders, type, fields of structures, constructors of inductive types."""

from __future__ import annotations

from leanmirror.bridge.lean.binders import binder_groups, bracketed, instance_binder
from leanmirror.bridge.lean.commands import docstring
from leanmirror.bridge.lean.cursor import Cursor
from leanmirror.bridge.lean.declarations import Constructor, Field, Header
from leanmirror.bridge.lean.forms import equations
from leanmirror.bridge.lean.parser import term
from leanmirror.bridge.lean.syntax import Binder, Node
from leanmirror.bridge.lean.tokens import END, IDENT, SYMBOL, WORD

_BODY = frozenset((":=", "where", "|"))
_NO_BODY = frozenset(("axiom", "opaque", "example"))
_STOPS = frozenset((":", ":=", "|"))
_FIELD_KINDS = {"(": "explicit", "{": "implicit", "[": "instance"}
_MODIFIERS = frozenset(("private", "protected", "public", "unsafe", "nonrec"))


def header_of(p: Cursor, kind: str) -> Header:
    """The header of a declaration of that kind."""
    if kind == "class" and p.tok[1] in ("inductive", "abbrev"):
        kind = p.advance()[1]
    name, pos, levels = _declared_name(p, kind)
    binders = binder_groups(p, _STOPS)
    if kind in ("structure", "class"):
        return _structure(p, name, pos, levels, binders)
    if kind in ("inductive", "coinductive"):
        return _inductive(p, name, pos, levels, binders)
    type_ = term(p) if p.take(":") else None
    body_start, body_kind = -1, ""
    if p.tok[1] in _BODY and p.tok[0] != IDENT:
        body_start, body_kind = p.tok[2], p.tok[1]
    elif p.tok[0] != END or kind not in _NO_BODY:
        p.fail("expected ':=', 'where' or '|' after the statement")
    if type_ is None and kind in ("theorem", "lemma", "axiom", "opaque"):
        p.fail("expected ':' and a statement")
    return Header(name, pos, levels, binders, type_, body_start=body_start, body_kind=body_kind)


def _declared_name(p: Cursor, kind: str) -> tuple[str, int, tuple[str, ...] | None]:
    if kind == "instance" and p.at("(") and p.peek()[1] == "priority":
        while not p.at(")") and p.tok[0] != END:
            p.advance()
        p.expect(")")
    pos = p.tok[2]
    if not p.is_name(p.tok) or p.tok[1] == "_":
        if kind not in ("instance", "example"):
            p.fail("expected the name of the declaration")
        return "", pos, None
    if kind == "example":
        return "", pos, None
    name = p.name()
    levels = None
    if p.at(".{"):
        p.advance()
        levels = p.levels()
    return name, pos, levels


def _structure(
    p: Cursor, name: str, pos: int, levels: tuple[str, ...] | None, binders: tuple[Binder, ...]
) -> Header:
    type_ = term(p) if p.take(":") else None
    parents: list[Node] = []
    if p.take("extends"):
        parents.append(term(p))
        while p.take(","):
            parents.append(term(p))
        if type_ is None and p.take(":"):
            type_ = term(p)
    constructor: str | None = None
    fields: tuple[Field, ...] = ()
    if p.take("where") or p.take(":="):
        constructor = _constructor_name(p)
        fields = _fields(p)
    deriving = _deriving(p)
    _end(p)
    return Header(name, pos, levels, binders, type_, tuple(parents), fields, (), deriving, constructor)


def _constructor_name(p: Cursor) -> str | None:
    while p.tok[1] in _MODIFIERS:
        p.advance()
    if p.is_name(p.tok) and p.peek()[1] == "::":
        name = p.name()
        p.advance()
        return name
    return None


def _fields(p: Cursor) -> tuple[Field, ...]:
    found: list[Field] = []
    if not _ended(p):
        p.column = p.token_column(p.tok)
    while not _ended(p):
        found += _field(p)
    p.column = -1
    return tuple(found)


def _ended(p: Cursor) -> bool:
    return p.tok[0] == END or p.at("deriving")


def _field(p: Cursor) -> list[Field]:
    doc = docstring(p.source, p.tok[2])
    while p.tok[1] in _MODIFIERS and p.tok[0] == WORD:
        p.advance()
    pos, open_ = p.tok[2], p.tok[1]
    if p.tok[0] == SYMBOL and open_ in _FIELD_KINDS:
        group = instance_binder(p) if open_ == "[" else bracketed(p)
        bound = group.names or ("",)
        return [Field(n, group.kind, (), group.type, group.default, doc, pos) for n in bound]
    if not p.is_name(p.tok):
        p.fail("expected a field")
    names = _field_names(p)
    binders = binder_groups(p, _STOPS) if p.tok[4] > p.column else ()
    type_ = term(p) if p.take(":") else None
    default = None
    if p.take(":="):
        default = term(p)
    elif p.at("|"):
        default = equations(p)
    elif type_ is None:
        p.fail("expected the type of a field")
    if binders and len(names) > 1:
        bare = Binder("explicit", names[1:], pos=pos)
        names, binders = names[:1], (bare, *binders)
    return [Field(n, "explicit", binders, type_, default, doc, pos) for n in names]


def _field_names(p: Cursor) -> tuple[str, ...]:
    names = [p.name()]
    while p.is_name(p.tok) and p.tok[4] > p.column:
        names.append(p.name())
    return tuple(names)


def _inductive(
    p: Cursor, name: str, pos: int, levels: tuple[str, ...] | None, binders: tuple[Binder, ...]
) -> Header:
    type_ = term(p) if p.take(":") else None
    if not p.take("where"):
        p.take(":=")
    found: list[Constructor] = []
    while p.at("|"):
        found.append(_constructor(p))
    deriving = _deriving(p)
    _end(p)
    return Header(name, pos, levels, binders, type_, constructors=tuple(found), deriving=deriving)


def _constructor(p: Cursor) -> Constructor:
    doc = docstring(p.source, p.tok[2])
    pos = p.advance()[2]
    doc = docstring(p.source, p.tok[2]) or doc
    while p.tok[1] in _MODIFIERS:
        p.advance()
    name = p.advance()[1] if p.tok[0] == WORD else p.name("the name of a constructor")
    binders = binder_groups(p, _STOPS)
    type_ = term(p) if p.take(":") else None
    return Constructor(name, binders, type_, doc, pos)


def _deriving(p: Cursor) -> tuple[str, ...]:
    found: list[str] = []
    while p.take("deriving"):
        found.append(p.name("the name of a class"))
        while p.take(","):
            found.append(p.name("the name of a class"))
    return tuple(found)


def _end(p: Cursor) -> None:
    if p.tok[0] != END:
        p.fail("expected the end of the declaration")
