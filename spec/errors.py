"""The errors of the project: every one says what, where and what to do, in one line."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Cause = Literal["unknown_name", "syntax", "type", "instance", "meaning", "draw", "import", "option"]
"""Why a text cannot be run: what of it is not understood."""


@dataclass(frozen=True, slots=True)
class Position:
    """A place in a text: 1-based line and 1-based column, in code points."""

    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.line}:{self.column}"


class LeanMirrorError(Exception):
    """Base of every error that is the input's fault, not the program's."""


class ShapeError(LeanMirrorError):
    """Two sizes or shapes that had to be equal are not; the text names both."""


class NameNotFound(LeanMirrorError):
    """A name that nothing carries."""


class BadInput(LeanMirrorError):
    """An argument, file or value that cannot be used."""


class Undecided(LeanMirrorError):
    """Two balls overlap, so a comparison cannot be decided at this precision."""


class Exhausted(Undecided):
    """A value that takes longer to find, or is larger, than any limit allows."""

    def __init__(self, message: str, cause: Literal["time", "memory"]) -> None:
        super().__init__(f"resource: {message}")
        self.cause: Literal["time", "memory"] = cause


class NotDrawn(LeanMirrorError):
    """No value of a type was found this time: there may be some, and the example is left out."""


class PositionedError(LeanMirrorError):
    """What is wrong with a text: the message, its place where that is known, and the kind of cause.

    `name` is the constant that it is about, where it is about one.
    """

    default_cause: Cause = "syntax"

    def __init__(
        self,
        message: str,
        position: Position | None = None,
        cause: Cause | None = None,
        name: str | None = None,
    ) -> None:
        super().__init__(message)
        self.message = message
        self.position = position
        self.cause: Cause = self.default_cause if cause is None else cause
        self.name = name

    def __str__(self) -> str:
        return self.message if self.position is None else f"{self.message} at {self.position}"


class ReadError(PositionedError):
    """Lean text that cannot be read, with the position where reading stopped."""


class Unsupported(PositionedError):
    """Lean text that was read but cannot be run: what, where, and for which kind of cause."""

    default_cause: Cause = "meaning"

    @classmethod
    def by(cls, error: PositionedError, before: str = "", position: Position | None = None) -> Unsupported:
        """Another error as what keeps a text from running; `before` says on the way to what it was met.

        `position` is the place for an error that has none of its own.
        """
        return cls(f"{before}{error.message}", error.position or position, error.cause, error.name)

    @property
    def what(self) -> str:
        """The form, constant or value that cannot be run."""
        return self.message
