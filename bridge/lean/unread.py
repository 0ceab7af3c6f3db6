"""What could not be read of a Lean text, as a value."""

from __future__ import annotations

from dataclasses import dataclass

from leanmirror.spec.errors import Position


@dataclass(frozen=True, slots=True)
class Unread:
    """Text that could not be read: what it is, where reading stopped, why, and its beginning."""

    what: str
    position: Position
    reason: str
    text: str = ""
