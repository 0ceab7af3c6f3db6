"""Bodies of definitions, read on request: terms, equations, `where` structures, tactics that give a term."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leanmirror.bridge.lean.declarations import Unread
from leanmirror.bridge.lean.expansion import expand
from leanmirror.bridge.lean.lexer import Source
from leanmirror.bridge.lean.notations import Notations
from leanmirror.bridge.lean.parser import Parser, guarded
from leanmirror.bridge.lean.syntax import (
    FieldValue,
    Fun,
    Hole,
    Let,
    Local,
    Node,
    Opaque,
    StructInst,
    Tactic,
    Where,
)
from leanmirror.bridge.lean.tokens import END, IDENT, MIDLINE
from leanmirror.spec.errors import Position, ReadError

if TYPE_CHECKING:
    from leanmirror.bridge.lean.declarations import Declaration

_SKIPPED = frozenset(("classical", "dsimp", "unfold", "show", "change"))
"""Tactics that leave the term as it is."""
_GIVING = frozenset(("exact", "refine", "refine'"))
_AFTER = frozenset(("termination_by", "decreasing_by", "deriving"))


class BodyParser(Parser):
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
        if self.tok[1] in _AFTER and self.tok[0] != IDENT:
            while self.tok[0] != END and not self.at("where"):
                self.advance()

    def _structure(self) -> Node:
        pos = self.advance()[2]
        fields: list[FieldValue] = []
        if self.tok[0] != END:
            self.column = self.token_column(self.tok)
        while self.tok[0] != END and not self.at("where") and self.tok[1] not in _AFTER:
            fields.append(self.field_value())
            self.take(",")
        self.column = -1
        return StructInst((), tuple(fields), pos=pos)

    def _locals(self) -> tuple[Local, ...]:
        found: list[Local] = []
        if self.tok[0] != END:
            self.column = self.token_column(self.tok)
        while self.tok[0] != END and self.tok[1] not in _AFTER:
            if self.at("@") or self.at("["):
                self.fail("an attribute of a local definition")
            pos = self.tok[2]
            pattern, binders, type_, value = self.binding("let rec")
            found.append(Local(pattern, binders, type_, value, pos=pos))
            self._skip_hints()
        self.column = -1
        return tuple(found)

    def tactic_body(self) -> Node:
        """A tactic block that ends in `exact e` or `refine e`: that term, under the `let`s before it."""
        pos = self.advance()[2]
        column = self.token_column(self.tok)
        steps: list[tuple[str, Local]] = []
        while self.tok[1] not in _GIVING:
            text, start = self.tok[1], self.tok[2]
            self.column = column
            if text in ("let", "have", "letI", "haveI"):
                self.advance()
                steps.append((text, Local(*self.binding(text), pos=start)))
            elif text == "intro":
                self.advance()
                steps.append((text, Local(Hole(), (self.bare(),), None, Hole(), pos=start)))
            elif text in _SKIPPED:
                self._skip_tactic(column)
            else:
                self.fail("a proof by tactics")
            self.take(";")
        self.advance()
        self.column = column
        term = self.term()
        for key, step in reversed(steps):
            term = _stepped(key, step, term)
        while self.tok[0] != END and not self.at("where") and self.tok[1] not in _AFTER:
            self.advance()  # the tactics that fill the holes of `refine`
        self.column = -1
        return Tactic(term, pos=pos)

    def _skip_tactic(self, column: int) -> None:
        self.advance()
        while self.tok[0] != END and (self.tok[4] == MIDLINE or self.tok[4] > column) and not self.at(";"):
            self.advance()


def _stepped(key: str, step: Local, term: Node) -> Node:
    if key == "intro":
        return Fun(step.binders, term, pos=step.pos)
    return Let(key, step.pattern, step.binders, step.type, step.value, term, pos=step.pos)


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
    """The term that a `by` block inside a term gives. Raises ReadError where it is a proof by tactics."""
    parser = BodyParser(source, node.pos, node.end, notations)
    found = guarded(parser, parser.tactic_body)
    return expand(found, notations) if parser.noted else found
