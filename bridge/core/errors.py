"""What elaboration answers to a text that is no statement: ill-typed, beside the project's Unsupported."""

from __future__ import annotations

from leanmirror.spec.errors import LeanMirrorError, Position


class IllTyped(LeanMirrorError):
    """Lean would refuse the text: the message names the two types or sizes that met."""

    def __init__(self, message: str, position: Position | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.position = position

    def __str__(self) -> str:
        return self.message if self.position is None else f"{self.message} at {self.position}"
