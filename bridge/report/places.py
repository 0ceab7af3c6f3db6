"""Where a result stands, as those name files that show it: relative to the checkout that is worked in."""

from __future__ import annotations

import os
from pathlib import Path

from leanmirror.bridge.check.result import Result

LEVELS_UP = 16


def place(result: Result) -> tuple[str, int, int] | None:
    """File, line and column of a claim of a text, from 1, the file as `from_root` has it; else None."""
    if result.lean_file is None or result.module:
        return None
    at = result.position
    if at is not None:
        return from_root(result.lean_file), at.line, at.column
    return from_root(result.lean_file), result.lean_line or 1, result.lean_column or 1


def from_root(file: str) -> str:
    """A path relative to the root of the checkout, as GitHub wants it, else to the current folder."""
    real = os.path.realpath(file)
    root = _root()
    inside = os.path.commonpath((real, root)) == root
    return Path(os.path.relpath(real, root) if inside else file).as_posix()


def _root() -> str:
    """The folder that GitHub says is the checkout, or the nearest one with `.git`, or the current one."""
    given = os.environ.get("GITHUB_WORKSPACE")
    if given and os.path.isdir(given):
        return os.path.realpath(given)
    here = Path(os.path.realpath(os.curdir))
    above = (here, *list(here.parents)[:LEVELS_UP])
    return str(next((each for each in above if (each / ".git").exists()), here))


def issue(result: Result) -> str:
    """What is to be said of a result, in one line."""
    found = result.counterexample
    said = found.issue if found is not None else result.reason or result.verdict.replace("_", " ")
    return " ".join(said.split())
