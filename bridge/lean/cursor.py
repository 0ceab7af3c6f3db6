"""The place in the tokens: stepping, expecting, refusing with a position."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NoReturn, Protocol

from leanmirror.bridge.lean.lexer import Lexer, Source, code_point
from leanmirror.bridge.lean.notations import NO_NOTATIONS, Definition, Notations
from leanmirror.bridge.lean.syntax import Node
from leanmirror.bridge.lean.tokens import (
    BAD,
    END,
    IDENT,
    MAX_DEPTH,
    MAX_HEIGHT,
    MIDLINE,
    SYMBOL,
    WORD,
    Token,
)
from leanmirror.spec.errors import ReadError

TOO_DEEP = f"nested more than {MAX_HEIGHT} deep"


class TermRule(Protocol):
    """Reads a term whose precedence is at least `prec`, with all the operators that follow it."""

    def __call__(self, p: Cursor, prec: int = 0) -> Node: ...


class NotationRule(Protocol):
    """Reads the rest of a notation after the operands `before`."""

    def __call__(
        self, p: Cursor, found: list[Definition], before: tuple[Node, ...], pos: int
    ) -> tuple[Node, int]: ...


@dataclass(frozen=True, slots=True)
class Rules:
    """The grammar, as the rules of its parts ask for it: each of them reads from a cursor.

    `atoms` are the rules for the tokens that atoms begin with, `forms` those for what begins with a word or a
    binding symbol and reaches as far as it can; a form gives its precedence as well.
    """

    term: TermRule
    argument: Callable[[Cursor], Node]
    equations: Callable[[Cursor], Node]
    notation: NotationRule
    atoms: Mapping[str, Callable[[Cursor], Node]]
    forms: Mapping[str, Callable[[Cursor], tuple[Node, int]]]


class Cursor:
    """A stretch of a source, the current token `tok`, and the rules of the grammar.

    `column` is the column of the innermost layout position: an argument of an application has to stand to its
    right. `links` counts what makes a tree higher without nesting in the text; `noted` says whether a
    declared notation was read, `dots` whether a `·` waits for its parentheses, `before_do` that a `do` ends
    the term.
    """

    def __init__(
        self,
        rules: Rules,
        source: Source,
        start: int = 0,
        end: int | None = None,
        notations: Notations = NO_NOTATIONS,
    ) -> None:
        self.rules = rules
        self.source = source
        self.notations = notations
        self.lexer = Lexer(source.code, start, len(source.code) if end is None else end, notations.tokens)
        self.tokens = self.lexer.tokens
        self.index = -1
        self.last_end = start
        self.depth = 0
        self.column = -1
        self.links = 0
        self.noted = False
        self.dots = self.before_do = False
        self.not_bars: set[int] = set()
        self.tok: Token = (END, "", start, start, MIDLINE)
        self.advance()

    def advance(self) -> Token:
        """The current token, and step over it; the end is never stepped over."""
        tok = self.tok
        self.last_end = tok[3]
        index = self.index + 1
        tokens = self.tokens
        while index >= len(tokens):
            if self.lexer.finished:
                return tok
            self.lexer.more()
        self.index = index
        self.tok = tokens[index]
        return tok

    def peek(self, count: int = 1) -> Token:
        """The token that many after the current one."""
        index = self.index + count
        while index >= len(self.tokens) and not self.lexer.finished:
            self.lexer.more()
        return self.tokens[min(index, len(self.tokens) - 1)]

    def go_back(self, index: int, last_end: int, depth: int) -> None:
        """Make an earlier token the current one again."""
        self.index, self.last_end, self.depth = index, last_end, depth
        self.tok = self.tokens[index]

    def at(self, text: str) -> bool:
        """Whether the current token is that symbol or word."""
        return self.tok[1] == text and self.tok[0] in (SYMBOL, WORD)

    def take(self, text: str) -> bool:
        """Step over that symbol or word if it is the current token."""
        if self.at(text):
            self.advance()
            return True
        return False

    def expect(self, text: str) -> Token:
        """Step over that symbol or word. Raises ReadError when something else stands there."""
        if not self.at(text):
            self.fail(f"expected '{text}'")
        return self.advance()

    def fail(self, message: str, offset: int | None = None) -> NoReturn:
        """Raise ReadError for the current token, or for an offset; a bad character speaks for itself."""
        kind, text, start = self.tok[:3]
        if offset is None:
            message = (
                f"{text} cannot be read" if kind == BAD else f"{message}, found {self._shown(kind, text)}"
            )
        raise ReadError(message, self.source.position(start if offset is None else offset))

    @staticmethod
    def _shown(kind: int, text: str) -> str:
        if kind == END:
            return text
        short = text if len(text) <= 40 else text[:39] + "…"
        return "'" + "".join(c if c.isprintable() else code_point(c) for c in short) + "'"

    @property
    def spaced(self) -> bool:
        """Whether something stands between the last token and the current one."""
        return self.tok[2] > self.last_end

    def token_column(self, tok: Token) -> int:
        """The column of a token, wherever it stands in its line."""
        return self.source.column(tok[2]) if tok[4] == MIDLINE else tok[4]

    def deeper(self, by: int = 1) -> None:
        """Count nesting. Raises ReadError beyond the cap."""
        self.depth += by
        if self.depth > MAX_DEPTH:
            self.fail(TOO_DEEP, self.tok[2])

    def lengthen(self, count: int) -> None:
        """Count one more of a chain that has that many. Raises ReadError beyond the cap."""
        self.links += 1
        if count > MAX_HEIGHT:
            self.fail(TOO_DEEP, self.tok[2])

    def is_name(self, tok: Token) -> bool:
        """Whether a token can be the name of a variable."""
        return tok[0] == IDENT or tok[1] == "_"

    def name(self, what: str = "a name") -> str:
        """A name, or `_`. Raises ReadError when none stands there."""
        if not self.is_name(self.tok):
            self.fail(f"expected {what}")
        return self.advance()[1]

    def levels(self) -> tuple[str, ...]:
        """Universe levels after `.{`, each as text with single spaces."""
        found: list[str] = []
        parts: list[str] = []
        depth = 0
        while depth or not self.at("}"):
            if self.tok[0] in (END, BAD):
                self.fail("expected '}' after universe levels")
            depth += {"(": 1, ")": -1}.get(self.tok[1], 0)
            if self.at(",") and not depth:
                found.append(" ".join(parts))
                parts = []
                self.advance()
            else:
                parts.append(self.advance()[1])
        self.expect("}")
        return (*found, " ".join(parts))
