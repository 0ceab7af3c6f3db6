"""Where a Python object or a line of a file is: text and syntax trees, nothing is imported."""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from leanmirror.bridge.io.output import shown
from leanmirror.bridge.names.table import Name, Names, package_root
from leanmirror.spec.errors import NameNotFound

_PLACE = re.compile(r"(?P<file>.+\.(?:py|lean)):(?P<line>[0-9]{1,9})")
_NEXT = re.compile(r"\n(?=[^\s)\]}#])")
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class Place:
    """A Python object: its path, and the line where it starts in a file relative to the package."""

    python: str
    file: str
    line: int


def nearby(file: str) -> str:
    """The file as the user's shell can open it: relative when it is below the current folder."""
    path = os.path.realpath(package_root() / file)
    relative = os.path.relpath(path)
    return path if relative.startswith(os.pardir) else relative


def locate(python: str | None, root: Path | None = None) -> Place | None:
    """Where a Python path is defined; None when there is no such file or no such definition in it."""
    if python is None:
        return None
    module, _, qualname = python.partition(":")
    file = _module_path(module, package_root() if root is None else root)
    if file is None:
        return None
    if not qualname:
        return Place(python, file[0], 1)
    text = file[1].read_text(encoding="utf-8")
    scope, before = _last_definition(text, qualname.partition(".")[0]) or (ast.parse(text).body, 0)
    line = 1
    for part in qualname.split("."):
        # A later definition replaces an earlier one, as it does when Python runs the file.
        node = next(
            (item for item in reversed(scope) if isinstance(item, _Definition) and item.name == part), None
        )
        if node is None:
            return None
        scope, line = node.body, node.lineno
    return Place(python, file[0], before + line)


def _last_definition(text: str, name: str) -> tuple[list[ast.stmt], int] | None:
    """The last definition of a name at the top of a file, parsed alone, and how many lines are before it.

    None when that cannot be told without parsing the whole file, which takes ten times as long.
    """
    starts = [each.start() for each in re.finditer(rf"^(?:async def|def|class) {name}\b", text, re.MULTILINE)]
    if not starts or text.count('"""', 0, starts[-1]) % 2:
        return None
    end = _NEXT.search(text, starts[-1])
    try:
        return ast.parse(text[starts[-1] : end.start() if end else len(text)]).body, text.count(
            "\n", 0, starts[-1]
        )
    except SyntaxError:
        return None


def _definitions(body: Iterable[ast.stmt]) -> Iterator[_Definition]:
    return (item for item in body if isinstance(item, _Definition))


def _module_path(module: str, root: Path) -> tuple[str, Path] | None:
    stem = "/".join(module.split(".")[1:])
    for file in (f"{stem}.py", f"{stem}/__init__.py"):
        if (root / file).is_file():
            return file, root / file
    return None


def place_of(query: str) -> tuple[str, int] | None:
    """File and line of a query such as `file.py:3` or `File.lean:3`; None for any other."""
    found = _PLACE.fullmatch(query)
    return None if found is None else (found["file"], int(found["line"]))


def at_place(query: str, names: Names, root: Path) -> Name | None:
    """The entry whose definition surrounds `file.py:line`, or starts last before `File.lean:line`."""
    place = place_of(query)
    if place is None:
        return None
    file, line = place
    entry = _in_lean(file, line, names) if file.endswith(".lean") else _in_python(file, line, names, root)
    if entry is None:
        raise NameNotFound(f"nothing with a Lean name at '{shown(query)}'")
    return entry


def _in_lean(file: str, line: int, names: Names) -> Name | None:
    inside = [entry for entry in names if entry.lean_file and same_file(file, entry.lean_file)]
    before = [entry for entry in inside if entry.lean_line <= line]
    return max(before, key=lambda entry: entry.lean_line, default=None)


def _in_python(file: str, line: int, names: Names, root: Path) -> Name | None:
    for module in sorted({entry.python.split(":")[0] for entry in names if entry.python}):
        found = _module_path(module, root)
        if found is not None and same_file(file, found[0]):
            around = {f"{module}:{name}" for name in _surrounding(ast.parse(found[1].read_bytes()), line)}
            inside = [entry for entry in names if entry.python in around]
            return max(inside, key=lambda entry: len(entry.python or ""), default=None)
    return None


def same_file(given: str, known: str) -> bool:
    """Whether a path that was given ends in one that is known."""
    path = Path(given).as_posix()
    return path == known or path.endswith(f"/{known}")


def _surrounding(tree: ast.Module, line: int) -> list[str]:
    """The qualified names of the definitions that a line is inside of, outermost first."""
    names: list[str] = []
    scope: list[ast.stmt] = tree.body
    while True:
        inner = next((n for n in _definitions(scope) if _start(n) <= line <= (n.end_lineno or 0)), None)
        if inner is None:
            return names
        names.append(f"{names[-1]}.{inner.name}" if names else inner.name)
        scope = inner.body


def _start(node: _Definition) -> int:
    return min([node.lineno, *(decorator.lineno for decorator in node.decorator_list)])
