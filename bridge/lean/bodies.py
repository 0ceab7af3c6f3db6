"""Bodies of definitions, read on request: terms, equations, `where` structures, tactics that give a term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leanmirror.bridge.lean.do_blocks import DoParser
from leanmirror.bridge.lean.expansion import expand
from leanmirror.bridge.lean.lexer import Source
from leanmirror.bridge.lean.notations import Notations
from leanmirror.bridge.lean.parser import guarded
from leanmirror.bridge.lean.syntax import (
    FieldValue,
    Local,
    Node,
    Opaque,
    StructInst,
    Tactic,
    Where,
)
from leanmirror.bridge.lean.tactics import AFTER, TacticParser
from leanmirror.bridge.lean.tokens import END, IDENT
from leanmirror.bridge.lean.unread import Unread
from leanmirror.spec.errors import Position, ReadError

if TYPE_CHECKING:
    from leanmirror.bridge.lean.declarations import Declaration


class BodyParser(TacticParser):
    """Reads the body of one definition. Raises ReadError where it is no term."""

    def body(self) -> Node:
        """What follows the statement, from `:=`, `where` or `|` on."""
        if self.at("where"):
            return self._after(self._structure())
        if self.at("|"):
            return self._after(self.equations())
        self.expect(":=")
        return self._after(self.tactic_body() if self.at("by") else self.term())

    def _after(self, node: Node) -> Node:
        """The local definitions after a body; hints about termination end it."""
        self._skip_hints()
        if self.at("where"):
            self.advance()
            node = Where(node, self._locals(), pos=node.pos)
        self._skip_hints()
        if self.tok[0] != END:
            self.fail("expected the end of the body")
        return node

    def _skip_hints(self) -> None:
        if self.tok[1] in AFTER and self.tok[0] != IDENT:
            while self.tok[0] != END and not self.at("where"):
                self.advance()

    def _structure(self) -> Node:
        pos = self.advance()[2]
        fields: list[FieldValue] = []
        if self.tok[0] != END:
            self.column = self.token_column(self.tok)
        while self.tok[0] != END and not self.at("where") and self.tok[1] not in AFTER:
            fields.append(self.field_value())
            self.take(",")
        self.column = -1
        return StructInst((), tuple(fields), pos=pos)

    def _locals(self) -> tuple[Local, ...]:
        found: list[Local] = []
        if self.tok[0] != END:
            self.column = self.token_column(self.tok)
        while self.tok[0] != END and self.tok[1] not in AFTER:
            if self.at("@") or self.at("["):
                self.fail("an attribute of a local definition")
            pos = self.tok[2]
            pattern, binders, type_, value = self.binding("let rec")
            found.append(Local(pattern, binders, type_, value, pos=pos))
            self._skip_hints()
        self.column = -1
        return tuple(found)

    def tactic_body(self) -> Node:
        """A tactic block that gives a term."""
        pos = self.advance()[2]
        found = self.given()
        while self.tok[0] != END and not self.at("where") and self.tok[1] not in AFTER:
            self.advance()  # the tactics that fill the holes of `refine`
        self.column = -1
        return Tactic(found, pos=pos)


def read_body(declaration: Declaration) -> Node | Unread:
    """The body of a declaration as a tree, or what stopped the reading and where."""
    source, header = declaration.source, declaration.header
    try:
        parser = BodyParser(source, header.body_start, declaration.end, declaration.scope.notations)
        body = guarded(parser, parser.body)
        return expand(body, declaration.scope.notations) if parser.noted else body
    except ReadError as error:
        position = error.position or Position(1, 1)
        text = source.text[header.body_start : declaration.end]
        return Unread("body", position, error.message, text[:200])


def block_term(source: Source, node: Opaque, notations: Notations) -> Node:
    """The term that a `by` or `do` block gives. Raises ReadError where it is a proof, or not understood."""
    parser: BodyParser | DoParser
    if node.key == "do":
        parser = DoParser(source, node.pos, node.end, notations)
        found = guarded(parser, parser.do_block)
    else:
        parser = BodyParser(source, node.pos, node.end, notations)
        found = guarded(parser, parser.tactic_body)
    return expand(found, notations) if parser.noted else found
