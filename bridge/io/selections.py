"""What a user selects, as a tuple: one string is one selection, never its letters."""

from __future__ import annotations

import os
from collections.abc import Iterable

Selection = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]
"""One name, glob or path, or several of them."""


def several(select: Selection) -> tuple[str, ...]:
    """The selections one by one, as text."""
    given = (select,) if isinstance(select, str | os.PathLike) else select
    return tuple(os.fspath(each) for each in given)
