"""A project's defaults: `leanmirror.toml` above the current folder, or a table of `pyproject.toml`.

What a stranger's project can set here is how much is searched and what counts as wrong: no command, no file
to write, and nothing outside of the folder that the file stands in.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from leanmirror.bridge.check.options import CheckOptions, questions
from leanmirror.spec.errors import BadInput

FILE, PYPROJECT, TABLE = "leanmirror.toml", "pyproject.toml", "leanmirror"
ENDS = ("lakefile.lean", "lakefile.toml", ".git")
"""A folder with one of these is the last that is looked at."""
LEVELS_UP = 16
LARGEST = 1_000_000
"""More bytes than any such file has."""
SELECT = "select"


def defaults() -> dict[str, Any]:
    """What the project says, by the names of parameters; nothing where it says nothing.

    Raises BadInput, with the file, for what cannot be read, a key that there is not, or a value that an
    option does not take.
    """
    for folder in _folders():
        for file in (folder / FILE, folder / PYPROJECT):
            table = _table(file) if file.is_file() else None
            if table is not None:
                return _checked(table, file)
    return {}


def _folders() -> list[Path]:
    """The current folder and those above it up to that of the project; without a project the current one."""
    here = Path(os.path.abspath(os.curdir))
    found: list[Path] = []
    for folder in (here, *list(here.parents)[:LEVELS_UP]):
        found.append(folder)
        if any((folder / name).exists() for name in ENDS):
            return found
    return [here]


def _table(file: Path) -> dict[str, Any] | None:
    """The table of a file; None where it has none."""
    import tomllib

    if file.stat().st_size > LARGEST:
        raise BadInput(f"{file}: more than {LARGEST} bytes")
    try:
        found = tomllib.loads(file.read_bytes().decode("utf-8"))
    except (ValueError, RecursionError) as error:
        if file.name == PYPROJECT:
            return None  # it is another program's file first
        raise BadInput(f"{file}: {str(error) or 'nested too deeply'}") from None
    if file.name == FILE:
        return found
    tool = found.get("tool")
    table = tool.get(TABLE) if isinstance(tool, dict) else None
    return table if isinstance(table, dict) else None


def _checked(table: dict[str, Any], file: Path) -> dict[str, Any]:
    asked = {name: each for name, (each, _) in questions(CheckOptions).items() if each.in_file}
    known = {name.replace("_", "-"): name for name in asked}
    found: dict[str, Any] = {}
    for key, value in table.items():
        if key == SELECT:
            found[SELECT] = _selection(value, file)
            continue
        if key not in known:
            raise BadInput(f"{file}: no option is called '{key}'{_nearest(key, [SELECT, *known])}")
        name = known[key]
        several = isinstance(value, list) and asked[name].kind is tuple
        complaint = asked[name].complaint(tuple(map(str, value)) if several else value)
        if complaint:
            raise BadInput(f"{file}: {key} = {value!r} {complaint}")
        found[name] = ",".join(value) if several else value
    return found


def _nearest(key: str, known: list[str]) -> str:
    from difflib import get_close_matches

    close = get_close_matches(key[:100], known, n=1)
    return f": is it '{close[0]}'?" if close else f": there are {', '.join(sorted(known))}"


def _selection(value: Any, file: Path) -> tuple[str, ...]:
    """What is checked when nothing is selected: names, and paths inside the folder of the file."""
    texts = [each for each in value if isinstance(each, str) and each] if isinstance(value, list) else []
    if not isinstance(value, list) or len(texts) < len(value) or "\0" in "".join(texts):
        raise BadInput(f"{file}: {SELECT} = {value!r} is not a list of names and paths")
    return tuple(_inside(each, file) for each in texts)


def _inside(each: str, file: Path) -> str:
    """A path as the current folder has it; a name as it is."""
    path = file.parent / each
    if not (path.exists() or "/" in each or ".lean" in each or each.startswith((".", "-"))):
        return each
    if not Path(os.path.realpath(path)).is_relative_to(os.path.realpath(file.parent)) or each.startswith("-"):
        raise BadInput(f"{file}: {SELECT} leads out of its folder: '{each}'")
    return os.path.relpath(path)
