"""Lean files from disk: their text, and one file read alone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from leanmirror.bridge.io.output import read_bytes
from leanmirror.bridge.lean.declarations import LeanFile
from leanmirror.bridge.lean.file_reader import FileReader
from leanmirror.bridge.lean.lexer import Source
from leanmirror.bridge.lean.notations import Definition
from leanmirror.bridge.lean.scopes import Environment
from leanmirror.bridge.lean.standard_notations import standard_notations
from leanmirror.spec.errors import BadInput, Position, ReadError

LARGEST = 16_000_000
"""More bytes than any Lean file has."""


def read_file(
    path: str | Path,
    module: str = "",
    *,
    text: str | None = None,
    environment: Environment | None = None,
    known: Iterable[Definition] = (),
) -> LeanFile:
    """One Lean file, or a text under a file's name, read alone.

    Raises ReadError for a file that is no UTF-8 or too long, OSError for one that cannot be opened. All else
    that cannot be read is a value in the result.
    """
    source = Source(load(Path(path)) if text is None else text)
    environment = Environment() if environment is None else environment
    return FileReader(source, module, str(path), environment, (*standard_notations(), *known)).read()


def load(path: Path) -> str:
    """The text of a file. Raises ReadError for what is no file, too long or not UTF-8, and OSError."""
    try:
        data = read_bytes(path, LARGEST)
    except BadInput as error:
        raise ReadError(str(error), Position(1, 1)) from None
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        byte = data[error.start]
        raise ReadError(f"the byte 0x{byte:02X} is not UTF-8", Position(line, column)) from None
