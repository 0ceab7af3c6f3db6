"""The commands `open`, `export` and `notation`: what follows their keyword."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from leanmirror.bridge.lean.notations import Definition, Operand, mixfix
from leanmirror.bridge.lean.operators import LEAD_PREC, MAX_PREC, Fixity
from leanmirror.bridge.lean.parser import Parser
from leanmirror.bridge.lean.scopes import Open
from leanmirror.bridge.lean.tokens import END, NUMBER, STRING

_PRECEDENCES = {"max": MAX_PREC, "lead": LEAD_PREC, "arg": MAX_PREC, "min": 10}


class OpeningParser(Parser):
    """Reads what follows `open`, `export` or `notation`. Raises ReadError."""

    def opened(self, within: tuple[str, ...], at: int) -> Iterator[Open]:
        """`open A B`, `open scoped A`, `open A (x y)`, `open A hiding x`, `open A renaming x → y`."""
        scoped = self.tok[1] == "scoped"
        if scoped:
            self.advance()
        found = 0
        while self.tok[0] != END:
            namespace = self.name("a namespace")
            found += 1
            if self.at("("):
                pairs = tuple((name, name) for name in self._listed())
                yield Open(namespace, within, pairs, offset=at)
            elif self.tok[1] == "hiding":
                self.advance()
                yield Open(namespace, within, hiding=frozenset(self._names()), offset=at)
            elif self.tok[1] == "renaming":
                self.advance()
                yield Open(namespace, within, tuple(self._renamed()), offset=at)
            else:
                yield Open(namespace, within, scoped=scoped, offset=at)
        if not found:
            self.fail("expected a namespace")

    def _listed(self) -> tuple[str, ...]:
        self.expect("(")
        found = tuple(self._names())
        self.expect(")")
        return found

    def _names(self) -> Iterator[str]:
        while self.is_name(self.tok):
            yield self.name()

    def _renamed(self) -> Iterator[tuple[str, str]]:
        while True:
            old = self.name()
            if not (self.take("→") or self.take("->")):
                self.fail("expected '→'")
            yield self.name(), old
            if not self.take(","):
                return

    def exported(self) -> list[tuple[str, tuple[str, ...]]]:
        """`export A (x y)`, several in a row."""
        found = []
        while self.tok[0] != END:
            namespace = self.name("a namespace")
            found.append((namespace, self._listed()))
        if not found:
            self.fail("expected a namespace")
        return found

    def notation(self, keyword: str, scope: str | None) -> Definition:
        """`notation:50 x " ≈ " y => f x y`, `infixl:65 " + " => f` and their like, from after the keyword."""
        prec = self._precedence()
        self._options()
        if not keyword.startswith("notation"):
            token = self._literal()
            self._arrow_sign()
            return mixfix(
                cast("Fixity", keyword), MAX_PREC if prec is None else prec, token, self.term(), scope
            )
        items: list[str | Operand] = []
        while not self.at("=>") and not self.at("↦"):
            if self.tok[0] == STRING:
                items.append(self._literal())
            else:
                name = self.name("an operand or a literal")
                items.append(Operand(name, self._precedence() or 0))
        self._arrow_sign()
        if not any(isinstance(item, str) for item in items):
            self.fail("a notation needs a literal")
        if not isinstance(items[0], str) and not isinstance(items[1], str):
            self.fail("a notation needs a literal among its first two items")
        default = MAX_PREC if isinstance(items[0], str) and isinstance(items[-1], str) else LEAD_PREC
        return Definition(tuple(items), default if prec is None else prec, self.term(), scope)

    def _arrow_sign(self) -> None:
        if not (self.take("=>") or self.take("↦")):
            self.fail("expected '=>'")

    def _precedence(self) -> int | None:
        if not self.take(":"):
            return None
        if self.tok[0] == NUMBER and self.tok[1].isdecimal():
            return int(self.advance()[1])
        return _PRECEDENCES.get(self.name("a precedence"), MAX_PREC)

    def _options(self) -> None:
        """`(name := n)` and `(priority := p)`."""
        while self.at("("):
            while not self.at(")") and self.tok[0] != END:
                self.advance()
            self.expect(")")

    def _literal(self) -> str:
        if self.tok[0] != STRING:
            self.fail("expected a literal in quotes")
        text = self.advance()[1][1:-1].strip()
        if not text or "\\" in text or any(char.isspace() for char in text):
            self.fail("a literal of a notation is one token")
        return text
