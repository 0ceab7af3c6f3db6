"""What was computed from a derivative that rays alone gave is not certified, and neither is what follows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TypeVar

from leanmirror.spec.judge.judgement import Judgement

T = TypeVar("T")

_tainted = [False]


def taint() -> None:
    """Something uncertified has been used in the judgement under way."""
    _tainted[0] = True


def untainted(judge: Callable[[], Judgement]) -> Judgement:
    """The judgement, not proved and not certified if something uncertified was used on the way."""
    before = _tainted[0]
    _tainted[0] = False
    try:
        found = judge()
        if _tainted[0]:
            return replace(found, proved=False, certified=False)
        return found
    finally:
        _tainted[0] = before


def remembered(compute: Callable[[], T]) -> Callable[[], T]:
    """What is computed at the first call; each call taints if computing it did."""
    found: list[tuple[T, bool]] = []

    def again() -> T:
        if not found:
            before, _tainted[0] = _tainted[0], False
            try:
                found.append((compute(), _tainted[0]))
            finally:
                _tainted[0] = before or _tainted[0]
        value, tainted = found[0]
        _tainted[0] = _tainted[0] or tainted
        return value

    return again
