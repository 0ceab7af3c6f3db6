"""The errors of the project: every one says what, where and what to do, in one line."""

from __future__ import annotations

from dataclasses import dataclass


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


class _Positioned(LeanMirrorError):
    def __init__(self, message: str, position: Position | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.position = position

    def __str__(self) -> str:
        return self.message if self.position is None else f"{self.message} at {self.position}"


class ReadError(_Positioned):
    """Lean text that cannot be read, with the position where reading stopped."""


class Unsupported(_Positioned):
    """Lean text that was read but cannot be run: what, and where."""

    @property
    def what(self) -> str:
        """The form, constant or value that cannot be run."""
        return self.message
