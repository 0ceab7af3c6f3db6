"""Values that Lean chose where mathematics has none: `x / 0 = 0`, `log 0 = 0`, `√` of what is below 0.

A judgement that comes out otherwise when such a value is another one holds, or fails, only because of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

DIVISION, LOGARITHM, ROOT, SUBTRACTION = "x / 0 = 0", "log 0 = 0", "√x = 0 for x < 0", "m - n = 0 for m < n"


@dataclass(slots=True)
class Watch:
    """Which conventions were used; with `instead` they give that number, and not 0."""

    instead: int = 0
    used: set[str] = field(default_factory=set)


_WATCH: ContextVar[Watch | None] = ContextVar("watch", default=None)


def chosen(convention: str) -> int:
    """The value that a convention gives: 0, unless somebody watches what another one would change."""
    watch = _WATCH.get()
    if watch is None:
        return 0
    watch.used.add(convention)
    return watch.instead


@contextmanager
def watching(instead: int = 0) -> Iterator[Watch]:
    """Inside, uses of conventions are noted, and their values are `instead`."""
    watch = Watch(instead)
    before = _WATCH.set(watch)
    try:
        yield watch
    finally:
        _WATCH.reset(before)
