"""Bodies of definitions, read on request: terms, equations, `where` structures, tactics that give a term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leanmirror.bridge.lean.braces import field_value
from leanmirror.bridge.lean.cursor import Cursor
from leanmirror.bridge.lean.do_blocks import do_block
from leanmirror.bridge.lean.expansion import expand
from leanmirror.bridge.lean.forms import binding, equations
from leanmirror.bridge.lean.lexer import Source
from leanmirror.bridge.lean.notations import Notations
from leanmirror.bridge.lean.parser import guarded, reading, term
from leanmirror.bridge.lean.syntax import (
    FieldValue,
    Local,
    Node,
    Opaque,
    StructInst,
    Tactic,
    Where,
)
from leanmirror.bridge.lean.tactics import AFTER, given
from leanmirror.bridge.lean.tokens import END, IDENT
from leanmirror.bridge.lean.unread import Unread
from leanmirror.spec.errors import Position, ReadError

if TYPE_CHECKING:
    from leanmirror.bridge.lean.declarations import Declaration


def body_of(p: Cursor) -> Node:
    """What follows the statement, from `:=`, `where` or `|` on."""
    if p.at("where"):
        return _after(p, _structure(p))
    if p.at("|"):
        return _after(p, equations(p))
    p.expect(":=")
    return _after(p, tactic_body(p) if p.at("by") else term(p))


def _after(p: Cursor, node: Node) -> Node:
    """The local definitions after a body; hints about termination end it."""
    _skip_hints(p)
    if p.at("where"):
        p.advance()
        node = Where(node, _locals(p), pos=node.pos)
    _skip_hints(p)
    if p.tok[0] != END:
        p.fail("expected the end of the body")
    return node


def _skip_hints(p: Cursor) -> None:
    if p.tok[1] in AFTER and p.tok[0] != IDENT:
        while p.tok[0] != END and not p.at("where"):
            p.advance()


def _structure(p: Cursor) -> Node:
    pos = p.advance()[2]
    fields: list[FieldValue] = []
    if p.tok[0] != END:
        p.column = p.token_column(p.tok)
    while p.tok[0] != END and not p.at("where") and p.tok[1] not in AFTER:
        fields.append(field_value(p))
        p.take(",")
    p.column = -1
    return StructInst((), tuple(fields), pos=pos)


def _locals(p: Cursor) -> tuple[Local, ...]:
    found: list[Local] = []
    if p.tok[0] != END:
        p.column = p.token_column(p.tok)
    while p.tok[0] != END and p.tok[1] not in AFTER:
        if p.at("@") or p.at("["):
            p.fail("an attribute of a local definition")
        pos = p.tok[2]
        pattern, binders, type_, value = binding(p, "let rec")
        found.append(Local(pattern, binders, type_, value, pos=pos))
        _skip_hints(p)
    p.column = -1
    return tuple(found)


def tactic_body(p: Cursor) -> Node:
    """A tactic block that gives a term."""
    pos = p.advance()[2]
    found = given(p)
    while p.tok[0] != END and not p.at("where") and p.tok[1] not in AFTER:
        p.advance()  # the tactics that fill the holes of `refine`
    p.column = -1
    return Tactic(found, pos=pos)


def read_body(declaration: Declaration) -> Node | Unread:
    """The body of a declaration as a tree, or what stopped the reading and where."""
    source, header = declaration.source, declaration.header
    try:
        parser = reading(source, header.body_start, declaration.end, declaration.scope.notations)
        body = guarded(parser, body_of)
        return expand(body, declaration.scope.notations) if parser.noted else body
    except ReadError as error:
        position = error.position or Position(1, 1)
        text = source.text[header.body_start : declaration.end]
        return Unread("body", position, error.message, text[:200])


def block_term(source: Source, node: Opaque, notations: Notations) -> Node:
    """The term that a `by` or `do` block gives. Raises ReadError where it is a proof, or not understood."""
    parser = reading(source, node.pos, node.end, notations)
    found = guarded(parser, do_block if node.key == "do" else tactic_body)
    return expand(found, notations) if parser.noted else found
