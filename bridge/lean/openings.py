"""The commands `open`, `export` and `notation`: what follows their keyword."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from leanmirror.bridge.lean.cursor import Cursor
from leanmirror.bridge.lean.notations import Definition, Operand, mixfix
from leanmirror.bridge.lean.operators import LEAD_PREC, MAX_PREC, Fixity
from leanmirror.bridge.lean.parser import term
from leanmirror.bridge.lean.scopes import Open
from leanmirror.bridge.lean.tokens import END, NUMBER, STRING

_PRECEDENCES = {"max": MAX_PREC, "lead": LEAD_PREC, "arg": MAX_PREC, "min": 10}


def opened(p: Cursor, within: tuple[str, ...], at: int) -> Iterator[Open]:
    """`open A B`, `open scoped A`, `open A (x y)`, `open A hiding x`, `open A renaming x → y`."""
    scoped = p.tok[1] == "scoped"
    if scoped:
        p.advance()
    found = 0
    while p.tok[0] != END:
        namespace = p.name("a namespace")
        found += 1
        if p.at("("):
            pairs = tuple((name, name) for name in _listed(p))
            yield Open(namespace, within, pairs, offset=at)
        elif p.tok[1] == "hiding":
            p.advance()
            yield Open(namespace, within, hiding=frozenset(_names(p)), offset=at)
        elif p.tok[1] == "renaming":
            p.advance()
            yield Open(namespace, within, tuple(_renamed(p)), offset=at)
        else:
            yield Open(namespace, within, scoped=scoped, offset=at)
    if not found:
        p.fail("expected a namespace")


def _listed(p: Cursor) -> tuple[str, ...]:
    p.expect("(")
    found = tuple(_names(p))
    p.expect(")")
    return found


def _names(p: Cursor) -> Iterator[str]:
    while p.is_name(p.tok):
        yield p.name()


def _renamed(p: Cursor) -> Iterator[tuple[str, str]]:
    while True:
        old = p.name()
        if not (p.take("→") or p.take("->")):
            p.fail("expected '→'")
        yield p.name(), old
        if not p.take(","):
            return


def exported(p: Cursor) -> list[tuple[str, tuple[str, ...]]]:
    """`export A (x y)`, several in a row."""
    found = []
    while p.tok[0] != END:
        namespace = p.name("a namespace")
        found.append((namespace, _listed(p)))
    if not found:
        p.fail("expected a namespace")
    return found


def notation_of(p: Cursor, keyword: str, scope: str | None) -> Definition:
    """`notation:50 x " ≈ " y => f x y`, `infixl:65 " + " => f` and their like, from after the keyword."""
    prec = _precedence(p)
    _options(p)
    if not keyword.startswith("notation"):
        token = _literal(p)
        _arrow_sign(p)
        return mixfix(cast("Fixity", keyword), MAX_PREC if prec is None else prec, token, term(p), scope)
    items: list[str | Operand] = []
    while not p.at("=>") and not p.at("↦"):
        if p.tok[0] == STRING:
            items.append(_literal(p))
        else:
            name = p.name("an operand or a literal")
            items.append(Operand(name, _precedence(p) or 0))
    _arrow_sign(p)
    if not any(isinstance(item, str) for item in items):
        p.fail("a notation needs a literal")
    if not isinstance(items[0], str) and not isinstance(items[1], str):
        p.fail("a notation needs a literal among its first two items")
    default = MAX_PREC if isinstance(items[0], str) and isinstance(items[-1], str) else LEAD_PREC
    return Definition(tuple(items), default if prec is None else prec, term(p), scope)


def _arrow_sign(p: Cursor) -> None:
    if not (p.take("=>") or p.take("↦")):
        p.fail("expected '=>'")


def _precedence(p: Cursor) -> int | None:
    if not p.take(":"):
        return None
    if p.tok[0] == NUMBER and p.tok[1].isdecimal():
        return int(p.advance()[1])
    return _PRECEDENCES.get(p.name("a precedence"), MAX_PREC)


def _options(p: Cursor) -> None:
    """`(name := n)` and `(priority := p)`."""
    while p.at("("):
        while not p.at(")") and p.tok[0] != END:
            p.advance()
        p.expect(")")


def _literal(p: Cursor) -> str:
    if p.tok[0] != STRING:
        p.fail("expected a literal in quotes")
    text = p.advance()[1][1:-1].strip()
    if not text or "\\" in text or any(char.isspace() for char in text):
        p.fail("a literal of a notation is one token")
    return text
