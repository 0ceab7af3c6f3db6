"""What every command finds, in one form: a text, a JSON document, an exit status, and rows to go through."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator
from typing import Any


class Report(ABC):
    """A result of a command. `str()` is what the command prints; iterating goes through its rows.

    A dataclass that is one is declared with `repr=False`: in a REPL it shows in one short line.
    """

    __slots__ = ()

    @property
    @abstractmethod
    def text(self) -> str:
        """What the command prints: plain lines, for people."""

    @abstractmethod
    def to_json(self) -> dict[str, Any]:
        """The document that the command writes with --json."""

    @abstractmethod
    def __iter__(self) -> Iterator[Any]:
        """The rows, in the order of the text."""

    @property
    def exit_status(self) -> int:
        """The exit status of the command: 0 where nothing is wrong."""
        return 0

    @property
    def short(self) -> str:
        """The outcome in a few words."""
        return self.text.rpartition("\n")[2]

    def __str__(self) -> str:
        return self.text

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {self.short}>"
