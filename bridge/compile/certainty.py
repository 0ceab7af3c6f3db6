"""What was computed from a derivative that rays alone gave is not certified, and neither is what follows."""

from __future__ import annotations

from collections.abc import Callable
from contextvars import ContextVar
from dataclasses import replace
from typing import TypeVar

from leanmirror.spec.judge.judgement import Judgement

T = TypeVar("T")

_UNCERTAIN: ContextVar[bool] = ContextVar("uncertain", default=False)
"""Something uncertified has been used in the judgement under way."""


def taint() -> None:
    """Say that something uncertified has been used in the judgement under way."""
    _UNCERTAIN.set(True)


def untainted(judge: Callable[[], Judgement]) -> Judgement:
    """The judgement, not proved and not certified if something uncertified was used on the way."""
    found, tainted = _watched(judge)
    return replace(found, proved=False, certified=False) if tainted else found


def remembered(compute: Callable[[], T]) -> Callable[[], T]:
    """What is computed at the first call; each call taints if computing it did."""
    found: list[tuple[T, bool]] = []

    def again() -> T:
        if not found:
            found.append(_watched(compute))
        value, tainted = found[0]
        if tainted:
            taint()
        return value

    return again


def _watched(compute: Callable[[], T]) -> tuple[T, bool]:
    """What is computed, and whether something uncertified was used for it; around it nothing changes."""
    before = _UNCERTAIN.set(False)
    try:
        return compute(), _UNCERTAIN.get()
    finally:
        _UNCERTAIN.reset(before)
