"""The notations of Mathlib that a namespace holds: `π` under `open Real`."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from leanmirror.bridge.lean.file_reader import FileReader
from leanmirror.bridge.lean.lexer import Source
from leanmirror.bridge.lean.notations import Definition
from leanmirror.bridge.lean.scopes import Environment


@cache
def standard_notations() -> tuple[Definition, ...]:
    """Those of notations.lean, read once."""
    path = Path(__file__).with_name("notations.lean")
    reader = FileReader(Source(path.read_text("utf-8")), "", path.name, Environment())
    reader.read()
    return tuple(reader.lent)
