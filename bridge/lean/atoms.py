"""Atoms: names and literals, with the projections and indices that stick to them; arguments."""

from __future__ import annotations

from abc import abstractmethod

from leanmirror.bridge.lean.brackets import Brackets
from leanmirror.bridge.lean.notations import Definition
from leanmirror.bridge.lean.operators import (
    INFIX,
    MAX_PREC,
)
from leanmirror.bridge.lean.syntax import (
    App,
    AsPattern,
    Collection,
    Decimal,
    Dot,
    Hole,
    Ident,
    Index,
    Named,
    Node,
    Number,
    Postfix,
    Proj,
    Rest,
    Text,
)
from leanmirror.bridge.lean.tokens import (
    CHAR,
    FIELD,
    IDENT,
    NAME_LITERAL,
    NUMBER,
    STRING,
    SYMBOL,
    WORD,
)
from leanmirror.spec.errors import ReadError

LIST_MACROS = frozenset(("seq!", "tensorpack!"))
"""Macros of the mirrored project that take terms separated by commas and no brackets."""

ITERATE = "Nat.iterate"
"""What Mathlib's `f^[n]` stands for."""

_PLAIN = frozenset((IDENT, NUMBER, STRING, CHAR, NAME_LITERAL))


class Atoms(Brackets):
    """The rules for names, literals and arguments."""

    @abstractmethod
    def notation_rest(self, found: list[Definition], before: tuple[Node, ...], pos: int) -> tuple[Node, int]:
        """The rest of a notation."""

    def starts_argument(self) -> bool:
        """Whether an argument of an application starts here: by its token, and by its column."""
        kind, text, _, _, column = self.tok
        if column <= self.column:
            return False
        if kind in _PLAIN:
            return True
        if kind == FIELD:
            return self.spaced and not text[1].isdigit()
        if kind == SYMBOL:
            if text in self.ATOMS:
                return self.spaced if text == "." else text not in ("|", "‖") or self.opens_bars()
            return text in self.notations.leading or text == ".." or (text[0] == "?" and len(text) > 1)
        return kind == WORD and text in self.ATOMS

    def opens_bars(self) -> bool:
        """Whether `|` or `‖` can open an absolute value: a space before it and none after."""
        after = self.source.code[self.tok[3] : self.tok[3] + 1]
        return self.spaced and bool(after) and not after.isspace() and self.index not in self.not_bars

    def application_argument(self) -> Node | None:
        """An argument: positional, `(name := value)` or `..`; None when a bar begins an alternative."""
        text, pos = self.tok[1], self.tok[2]
        if text == "(" and self.peek(2)[1] == ":=" and self.is_name(self.peek()):
            self.advance()
            name = self.advance()[1]
            self.advance()
            value = self.inside(")", self.term)
            return Named(name, value, pos=pos)
        if text == ".." and self.tok[0] == SYMBOL:
            self.advance()
            return Rest(pos=pos)
        if text == "|" and self.tok[0] == SYMBOL:
            return self._bars_or_nothing()
        return self.argument()

    def _bars_or_nothing(self) -> Node | None:
        index, last_end, depth = self.index, self.last_end, self.depth
        column, dots = self.column, self.dots
        try:
            return self.argument()
        except ReadError:
            self.go_back(index, last_end, depth)
            self.column, self.dots = column, dots
            self.not_bars.add(index)
            return None

    def argument(self) -> Node:
        """An atom with the projections, indices and tightest postfix operators that follow it."""
        tok = self.tok
        kind, text, pos = tok[0], tok[1], tok[2]
        self.deeper()
        if kind == IDENT:
            self.advance()
            node = self._name_atom(text, pos)
        elif kind in (SYMBOL, WORD) and text in self.ATOMS:
            node = self.ATOMS[text](self)
        else:
            node = self._other_atom(kind, text, pos)
        self.depth -= 1
        return self._suffixes(node)

    def _name_atom(self, text: str, pos: int) -> Node:
        tok = self.tok
        if tok[2] == self.last_end:
            if tok[1] == ".{":
                self.advance()
                return Ident(text, False, self.levels(), pos=pos)
            if tok[1] == "@" and tok[0] == SYMBOL:
                self.advance()
                return AsPattern(text, self.argument(), pos=pos)
            if text[-1] == "!" and tok[1] == "[":
                self.advance()
                return Collection(f"{text}[", self.items("]"), pos=pos)
        if text in LIST_MACROS:
            items = [self.term()]
            while self.take(","):
                items.append(self.term())
            return Collection(text, tuple(items), pos=pos)
        return Ident(text, pos=pos)

    def _other_atom(self, kind: int, text: str, pos: int) -> Node:
        if kind == NUMBER:
            self.advance()
            return number(text, pos)
        if kind in (STRING, CHAR, NAME_LITERAL):
            self.advance()
            return Text(text, pos=pos)
        if kind == FIELD and not text[1].isdigit():
            self.advance()
            return Dot(text[1:], pos=pos)
        if kind == SYMBOL and text in self.notations.leading:
            return self.notation_rest(list(self.notations.leading[text]), (), pos)[0]
        if kind == SYMBOL and text[0] == "?" and len(text) > 1:
            self.advance()
            return Hole(text[1:], pos=pos)
        return self.fail("expected a term")

    def _suffixes(self, node: Node) -> Node:
        pos = node.pos
        count = 0
        while True:
            kind, text, start = self.tok[0], self.tok[1], self.tok[2]
            if kind == FIELD and start == self.last_end:
                self.advance()
                for name in text[1:].split(".") if "«" not in text else [text[1:]]:
                    node = Proj(node, name, pos=pos)
            elif kind == SYMBOL and text == "[" and start == self.last_end:
                node = self._index(node)
            elif kind == SYMBOL and text == "^[":
                self.advance()
                node = App(Ident(ITERATE, pos=pos), (node, self.inside("]", self.term)), pos=pos)
            elif kind == SYMBOL and text in INFIX and INFIX[text].prec == MAX_PREC:
                self.advance()
                node = Postfix(INFIX[text].key, node, pos=pos)
            else:
                return node
            count += 1
            self.lengthen(count)

    def _index(self, node: Node) -> Node:
        self.advance()
        column, self.column = self.column, -1
        index = self.term()
        if self.at(",") and isinstance(node, Ident):
            self.advance()
            more = self.items("]")
            self.column = column
            return Collection(f"{node.name}[", (index, *more), pos=node.pos)
        self.column = column
        if self.take("]'"):
            return Index(node, index, "'", self.argument(), pos=node.pos)
        self.expect("]")
        if self.tok[2] == self.last_end:
            if self.take("!"):
                return Index(node, index, "!", pos=node.pos)
            if self.take("?"):
                return Index(node, index, "?", pos=node.pos)
        return Index(node, index, pos=node.pos)


def number(text: str, pos: int = -1) -> Node:
    """A numeral as an exact value."""
    if text[:2].lower() in ("0x", "0b", "0o"):
        return Number(int(text, 0), pos=pos)
    if text.isdecimal():
        return Number(int(text), pos=pos)
    mantissa, _, exponent = text.lower().partition("e")
    whole, _, fraction = mantissa.partition(".")
    value, power = int(whole + fraction), int(exponent or 0) - len(fraction)
    while value and value % 10 == 0:
        value, power = value // 10, power + 1
    return Decimal(value, power if value else 0, pos=pos)
