"""Room for terms inside terms: one name may lead to many others that are elaborated on the way."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

FRAMES = 3_000


@contextmanager
def room() -> Iterator[None]:
    """Allow more nested calls than Python does by itself; a text that needs yet more is refused."""
    before = sys.getrecursionlimit()
    if before >= FRAMES:
        yield
        return
    sys.setrecursionlimit(FRAMES)
    try:
        yield
    finally:
        sys.setrecursionlimit(before)
