"""From a name to everything that is known about it: Lean module, statement, Python object, checks, twin.

Reads lean_names.json and the text of one Python file; imports nothing of the mirror itself.
"""

from __future__ import annotations

import ast
import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leanmirror.bridge.names import Name, Names, default_names, package_root
from leanmirror.bridge.output import shown
from leanmirror.spec.errors import NameNotFound

SCHEMA = "leanmirror.trace/1"
_PLACE = re.compile(r"(?P<file>.+\.(?:py|lean)):(?P<line>[0-9]{1,9})")
_GITHUB = re.compile(r"github\.com/[\w.-]+/[\w.-]+")
_COMMIT = re.compile(r"[0-9a-f]{40}")
_Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@dataclass(frozen=True, slots=True)
class Place:
    """A Python object: its path, and the line where it starts in a file relative to the package."""

    python: str
    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Trace:
    """What is known about one Lean name. `twins` are the Lean names whose float twin this one is."""

    entry: Name
    python: Place | None
    runtime: Place | None
    twins: tuple[str, ...]
    link: str | None

    @property
    def text(self) -> str:
        """The trace for people, in plain lines."""
        entry = self.entry
        rows = [
            ("Lean", f"{entry.kind} in {entry.module}, {entry.lean_file}:{entry.lean_line}"),
            ("statement", entry.signature),
            ("Python", _placed(self.python) or "not mirrored"),
            ("runtime", _placed(self.runtime) or ""),
            ("twin of", ", ".join(self.twins)),
            ("checked by", "\n".join(entry.covered_by) or "no claim"),
            ("source", self.link or ""),
        ]
        lines = [f"  {label:<10} {_indented(value)}" for label, value in rows if value]
        return "\n".join([entry.name, *lines])

    def to_json(self) -> dict[str, Any]:
        """The trace as a document of schema leanmirror.trace/1."""
        where = {"file": self.python and self.python.file, "line": self.python and self.python.line}
        runtime = self.runtime and {
            "python": self.runtime.python,
            "file": self.runtime.file,
            "line": self.runtime.line,
        }
        more = {"runtime": runtime, "twins": list(self.twins), "link": self.link}
        return {"schema": SCHEMA} | self.entry.to_json() | where | more


def _placed(place: Place | None) -> str | None:
    return None if place is None else f"{place.python}\n{_nearby(place.file)}:{place.line}"


def _nearby(file: str) -> str:
    """The file as the user's shell can open it: relative when it is below the current folder."""
    path = os.path.realpath(package_root() / file)
    relative = os.path.relpath(path)
    return path if relative.startswith(os.pardir) else relative


def _indented(value: str) -> str:
    return value.replace("\n", "\n" + " " * 13)


def trace(query: str, names: Names | None = None, root: Path | None = None) -> Trace:
    """What is known about a Lean name, a Python path, a suffix that only one of them has, or `file:line`.

    Raises NameNotFound, with the nearest names, and BadInput when several names fit.
    """
    names = default_names() if names is None else names
    root = package_root() if root is None else root
    entry = _at_place(query, names, root) or names.find(query)
    twins = tuple(other.name for other in names if entry.python and other.runtime == entry.python)
    return Trace(
        entry, locate(entry.python, root), locate(entry.runtime, root), twins, source_link(names, entry)
    )


def locate(python: str | None, root: Path | None = None) -> Place | None:
    """Where a Python path is defined; None when there is no such file or no such definition in it."""
    if python is None:
        return None
    module, _, qualname = python.partition(":")
    file = _module_path(module, package_root() if root is None else root)
    if file is None:
        return None
    scope: list[ast.stmt] = ast.parse(file[1].read_bytes()).body
    line = 1
    for part in qualname.split(".") if qualname else ():
        # A later definition replaces an earlier one, as it does when Python runs the file.
        node = next(
            (item for item in reversed(scope) if isinstance(item, _Definition) and item.name == part), None
        )
        if node is None:
            return None
        scope, line = node.body, node.lineno
    return Place(python, file[0], line)


def _definitions(body: Iterable[ast.stmt]) -> Iterator[_Definition]:
    return (item for item in body if isinstance(item, _Definition))


def _module_path(module: str, root: Path) -> tuple[str, Path] | None:
    stem = "/".join(module.split(".")[1:])
    for file in (f"{stem}.py", f"{stem}/__init__.py"):
        if (root / file).is_file():
            return file, root / file
    return None


def _at_place(query: str, names: Names, root: Path) -> Name | None:
    """The entry whose definition surrounds `file.py:line`, or starts last before `File.lean:line`."""
    place = _PLACE.fullmatch(query)
    if place is None:
        return None
    file, line = place["file"], int(place["line"])
    entry = _in_lean(file, line, names) if file.endswith(".lean") else _in_python(file, line, names, root)
    if entry is None:
        raise NameNotFound(f"nothing with a Lean name at '{shown(query)}'")
    return entry


def _in_lean(file: str, line: int, names: Names) -> Name | None:
    here = [e for e in names if _same_file(file, e.lean_file) and e.lean_line <= line]
    return max(here, key=lambda entry: entry.lean_line, default=None)


def _in_python(file: str, line: int, names: Names, root: Path) -> Name | None:
    for module in sorted({entry.python.split(":")[0] for entry in names if entry.python}):
        found = _module_path(module, root)
        if found is not None and _same_file(file, found[0]):
            around = {f"{module}:{name}" for name in _surrounding(ast.parse(found[1].read_bytes()), line)}
            inside = [entry for entry in names if entry.python in around]
            return max(inside, key=lambda entry: len(entry.python or ""), default=None)
    return None


def _same_file(given: str, known: str) -> bool:
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


def source_link(names: Names, entry: Name) -> str | None:
    """A link to the Lean text, when the source is a commit in a public GitHub repository."""
    if not _GITHUB.fullmatch(names.repository) or not _COMMIT.fullmatch(names.commit):
        return None
    return f"https://{names.repository}/blob/{names.commit}/{entry.lean_file}#L{entry.lean_line}"
