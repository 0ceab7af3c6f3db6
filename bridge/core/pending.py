"""What is still open while a term is being elaborated: it is looked at again when more is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from leanmirror.bridge.core.term import Meta


@dataclass(frozen=True, slots=True)
class Wanted:
    """An instance to be found, with the offset of the place that wants it."""

    meta: Meta
    at: int


@dataclass(frozen=True, slots=True)
class Postponed:
    """A part that waits until its type is known: whether it still does, how it goes on, where it stands."""

    waits: Callable[[], bool]
    resume: Callable[[], None]
    at: int


@dataclass(frozen=True, slots=True)
class Pending:
    """Instances to be found, postponed parts, and types of numerals that are ℕ if nothing says otherwise."""

    instances: tuple[Wanted, ...] = ()
    postponed: tuple[Postponed, ...] = ()
    numerals: tuple[Meta, ...] = ()

    def with_instance(self, wanted: Wanted) -> Pending:
        """This and one more instance."""
        return Pending((*self.instances, wanted), self.postponed, self.numerals)

    def with_postponed(self, part: Postponed) -> Pending:
        """This and one more part that waits."""
        return Pending(self.instances, (*self.postponed, part), self.numerals)

    def with_numeral(self, type_: Meta) -> Pending:
        """This and one more numeral of a type that is not known."""
        return Pending(self.instances, self.postponed, (*self.numerals, type_))

    def without_numeral(self) -> tuple[Meta, Pending]:
        """The first numeral's type, and what is left."""
        first, *rest = self.numerals
        return first, Pending(self.instances, self.postponed, tuple(rest))


NOTHING = Pending()
"""Nothing is open."""
