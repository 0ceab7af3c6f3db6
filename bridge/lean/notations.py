"""Notations that Lean text declares, as data: `local notation`, `scoped[A] notation`, `infixr`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from leanmirror.bridge.lean.operators import Fixity, Operator, operator
from leanmirror.bridge.lean.syntax import Node


@dataclass(frozen=True, slots=True)
class Operand:
    """An operand of a notation: its variable in the expansion, and the least precedence it may have."""

    name: str
    prec: int = 0


@dataclass(frozen=True, slots=True)
class Definition:
    """One notation: literals and operands in order, and the term that it stands for.

    `scope` is the namespace of a scoped notation. The key shows operands as `_`. An infix, prefix or postfix
    operator also has its row for the operator table.
    """

    items: tuple[str | Operand, ...]
    prec: int
    expansion: Node | None
    scope: str | None = None
    row: Operator | None = None

    @property
    def key(self) -> str:
        """The text of the notation with `_` for each operand."""
        return " ".join("_" if isinstance(item, Operand) else item for item in self.items)

    @property
    def operands(self) -> tuple[Operand, ...]:
        """The operands in order."""
        return tuple(item for item in self.items if isinstance(item, Operand))

    @property
    def literals(self) -> tuple[str, ...]:
        """The literals in order."""
        return tuple(item for item in self.items if isinstance(item, str))

    @property
    def leading(self) -> bool:
        """Whether the notation starts with a literal."""
        return isinstance(self.items[0], str)


def mixfix(
    kind: Fixity, prec: int, token: str, expansion: Node | None, scope: str | None = None
) -> Definition:
    """The notation that `infixr:80 " >>> " => f` and its like declare."""
    left, right = Operand("left"), Operand("right")
    row = operator(kind, prec, token)
    items: tuple[str | Operand, ...] = (token, right)
    if kind != "prefix":
        items = (left, token) if kind == "postfix" else (left, token, right)
    return Definition(items, prec, expansion, scope, row)


@dataclass(frozen=True)
class Notations:
    """The notations in force at one place; later ones come first."""

    definitions: tuple[Definition, ...] = ()

    @cached_property
    def tokens(self) -> frozenset[str]:
        """Their literals, for the lexer."""
        return frozenset(text for each in self.definitions for text in each.literals)

    @cached_property
    def leading(self) -> dict[str, tuple[Definition, ...]]:
        """First literal → the notations that start with it."""
        return _grouped(
            (each.literals[0], each) for each in self.definitions if each.leading and not each.row
        )

    @cached_property
    def trailing(self) -> dict[str, tuple[Definition, ...]]:
        """The literal after the first operand → the notations that go on with it."""
        return _grouped(
            (each.literals[0], each) for each in self.definitions if not each.leading and not each.row
        )

    @cached_property
    def operators(self) -> dict[str, Definition]:
        """Token → infix or postfix operator."""
        return {each.row.token: each for each in reversed(self.definitions) if each.row and not each.leading}

    @cached_property
    def prefixes(self) -> dict[str, Definition]:
        """Token → prefix operator."""
        return {each.row.token: each for each in reversed(self.definitions) if each.row and each.leading}

    @cached_property
    def by_key(self) -> dict[str, Definition]:
        """Key → notation, the innermost of each key."""
        return {each.key: each for each in reversed(self.definitions)}

    def with_(self, more: Definition) -> Notations:
        """These and one more in front of them."""
        return Notations((more, *self.definitions))

    def joined_by(self, more: Iterable[Definition]) -> Notations:
        """These and others in front of them, those that they do not hold yet."""
        held = {id(each) for each in self.definitions}
        new = tuple(each for each in more if id(each) not in held)
        return Notations((*reversed(new), *self.definitions)) if new else self


def _grouped(pairs: Iterable[tuple[str, Definition]]) -> dict[str, tuple[Definition, ...]]:
    table: dict[str, tuple[Definition, ...]] = {}
    for text, each in pairs:
        table[text] = (*table.get(text, ()), each)
    return table


NO_NOTATIONS = Notations()
