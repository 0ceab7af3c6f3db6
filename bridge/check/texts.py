"""Lean texts to check: files, the files of a folder, and standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from leanmirror.bridge.lean.reader import load
from leanmirror.spec.errors import BadInput, ReadError

STDIN = "-"
LONGEST = 4_000_000
"""More characters than any source file has."""


@dataclass(frozen=True, slots=True)
class LeanText:
    """A text and where it came from."""

    file: str
    text: str


def is_text(select: str) -> bool:
    """A selection that is a Lean file, a folder or standard input, and no Lean name."""
    return select == STDIN or select.endswith(".lean") or Path(select).is_dir()


def texts(select: str) -> Iterator[LeanText]:
    """The texts that a selection stands for, a folder's in the order of their paths.

    Raises BadInput for a folder without Lean files and a file that is no text, OSError for one that cannot
    be opened.
    """
    if select == STDIN:
        yield _checked(LeanText("<stdin>", sys.stdin.buffer.read().decode("utf-8", "replace")))
        return
    path = Path(select)
    files = sorted(p for p in path.rglob("*.lean") if p.is_file()) if path.is_dir() else [path]
    if not files:
        raise BadInput(f"{select}: no .lean file is in this folder")
    for each in files:
        try:
            yield _checked(LeanText(str(each), load(each)))
        except ReadError as error:
            raise BadInput(f"{each}: {error}") from None


def _checked(found: LeanText) -> LeanText:
    if len(found.text) > LONGEST:
        raise BadInput(f"{found.file}: longer than {LONGEST} characters")
    return found
