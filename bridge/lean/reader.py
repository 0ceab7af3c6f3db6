"""Lean files from disk: their text, the notations that they lend to others, one file read alone."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from pathlib import Path

from leanmirror.bridge.lean.commands import Command, commands
from leanmirror.bridge.lean.declarations import LeanFile
from leanmirror.bridge.lean.file_reader import NOTATIONS, FileReader
from leanmirror.bridge.lean.lexer import Source
from leanmirror.bridge.lean.notations import Definition
from leanmirror.bridge.lean.openings import OpeningParser
from leanmirror.bridge.lean.parser import guarded
from leanmirror.bridge.lean.scopes import Environment
from leanmirror.spec.errors import Position, ReadError


def shared_notations(source: Source) -> list[Definition]:
    """The notations of a file that other files may use: those that are not local."""
    found: list[Definition] = []
    if not any(word in source.mask for word in ("notation", "infix", "prefix", "postfix")):
        return found
    around: list[str] = []
    for command in commands(source):
        around = _around(source, command, around)
        if command.keyword in NOTATIONS and "local" not in command.modifiers:
            scoped = next((each for each in command.modifiers if each.startswith("scoped")), None)
            within = ".".join(filter(None, around)) if scoped == "scoped" else scoped and scoped[7:-1]
            parser = OpeningParser(source, command.rest, command.end)
            try:
                found.append(guarded(parser, partial(parser.notation, command.keyword, within)))
            except ReadError:
                continue  # the reader of the file reports it where it stands
    return found


def _around(source: Source, command: Command, around: list[str]) -> list[str]:
    """The open namespaces after a command, with sections as empty ones."""
    name = source.code[command.rest : command.end].strip()
    if command.keyword == "namespace":
        return around + name.split(".")
    if command.keyword in ("section", "mutual"):
        return [*around, *[""] * max(1, len(name.split(".")))]
    return around[: -max(1, len(name.split(".")))] if command.keyword == "end" else around


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
    shared = (*known, *shared_notations(source))
    reader = FileReader(source, module, str(path), environment, shared)
    found = reader.read()
    for export in reader.exports:
        environment.add_export(export)
    return found


def load(path: Path) -> str:
    """The text of a file. Raises ReadError where it is not UTF-8."""
    data = path.read_bytes()
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before[before.rfind(b"\n") + 1 :].decode("utf-8", "replace")) + 1
        byte = data[error.start]
        raise ReadError(f"the byte 0x{byte:02X} is not UTF-8", Position(line, column)) from None
