"""Lean texts to check: files, the files of a folder, and standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from leanmirror.bridge.lean.module_paths import root_of
from leanmirror.bridge.lean.reader import LARGEST, load
from leanmirror.bridge.lean.tree import lean_files
from leanmirror.spec.errors import BadInput, LeanMirrorError, Position, ReadError, Unsupported

STDIN = "-"
LONGEST = 4_000_000
"""More characters than any source file has."""

LAKEFILES = ("lakefile.lean", "lakefile.toml")


@dataclass(frozen=True, slots=True)
class Unreadable:
    """Why something cannot be read, and where reading stopped.

    `named`: a file that was named by itself; `fault`: it is the reader's fault.
    """

    reason: str
    position: Position | None
    named: bool = False
    fault: bool = False

    def error(self) -> LeanMirrorError:
        """The same as an error."""
        if self.fault:
            return LeanMirrorError(self.reason)
        return Unsupported(self.reason, self.position, "syntax")


@dataclass(frozen=True, slots=True)
class LeanText:
    """A text and where it came from; where a file of a folder is no text, the `problem` instead."""

    file: str
    text: str
    problem: Unreadable | None = None


def standard_input(name: str | None) -> LeanText:
    """What stands on standard input, as the text of the file of that name, if one is given."""
    return _checked(LeanText(name or "<stdin>", sys.stdin.buffer.read(LARGEST).decode("utf-8", "replace")))


def text_of(path: Path) -> LeanText:
    """The text of a file. Raises BadInput for one that is no text, OSError for one that cannot be opened."""
    try:
        return _checked(LeanText(str(path), load(path)))
    except ReadError as error:
        raise BadInput(f"{path}: {error}") from None


def texts_under(folder: Path) -> Iterator[LeanText]:
    """The Lean files of a folder, as `texts_in` gives them. Raises BadInput for one without Lean files."""
    files, inner = _files(folder)
    if not files:
        aside = f" besides other packages ({', '.join(map(str, inner))})" if inner else ""
        raise BadInput(f"{folder}: no .lean file is in this folder{aside}")
    return texts_in(folder)


def texts_in(folder: Path) -> Iterator[LeanText]:
    """The Lean files of a folder in the order of their paths; each that cannot be read costs itself only.

    Build folders and hidden ones are left aside, and other packages in a package; links that lead out of the
    folder are not followed.
    """
    for each in _files(folder)[0]:
        yield text_or_problem(folder / each)


def _files(folder: Path) -> tuple[list[Path], tuple[Path, ...]]:
    """The Lean files of a folder, and the folders of other packages in it, relative to it."""
    files = list(lean_files(folder))
    inner = _packages(folder, files) if root_of(folder / "_") is not None else ()
    return [each for each in files if not any(each.is_relative_to(other) for other in inner)], inner


def text_or_problem(path: Path, *, named: bool = False) -> LeanText:
    """The text of a file or, where it cannot be read, the problem; `named`: a person named this file."""
    try:
        return text_of(path)
    except BadInput as error:
        reason = str(error).removeprefix(f"{path}: ")
    except OSError as error:
        reason = error.strerror or str(error)
    return LeanText(str(path), "", Unreadable(reason, Position(1, 1), named=named))


def _packages(folder: Path, files: Iterable[Path]) -> tuple[Path, ...]:
    """The folders of these files that are packages of their own, relative to the folder."""
    above = {parent for file in files for parent in file.parents} - {Path()}
    return tuple(
        sorted(each for each in above if any((folder / each / name).is_file() for name in LAKEFILES))
    )


def _checked(found: LeanText) -> LeanText:
    if len(found.text) > LONGEST:
        raise BadInput(f"{found.file}: longer than {LONGEST} characters")
    return found
