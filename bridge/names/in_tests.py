"""Which tests of the checkout name a declaration: read from the text of the tests, none is run."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path

from leanmirror.bridge.names.table import Name, package_root

_TEST = re.compile(r"^    def (test_\w+)|^def (test_\w+)|^\S", re.MULTILINE)


def checkout() -> Path | None:
    """The folder of the checkout that runs; None for an installed package."""
    folder = Path(os.path.realpath(package_root() / "bridge")).parent
    return folder if (folder / "pyproject.toml").is_file() and (folder / "tests").is_dir() else None


def named_in_tests(entry: Name, folder: Path | None = None) -> tuple[str, ...]:
    """The tests that name a declaration, as pytest's ids: `tests/spec/test_x.py::test_y`.

    A test names it by its Lean name in full or by the Python object, imported from its module. Above the
    tests of a file it stands for the file. Tests that go through tables of all operations name none.
    """
    folder = checkout() if folder is None else folder
    return () if folder is None else tuple(_found(entry, folder))


def _found(entry: Name, folder: Path) -> Iterator[str]:
    module, _, path = (entry.python or "").partition(":")
    last = (path or entry.name).rpartition(".")[2].encode()
    for where, _, names in sorted(os.walk(folder / "tests")):
        for name in sorted(names):
            if not (name.startswith("test_") and name.endswith(".py")):
                continue
            with open(os.path.join(where, name), "rb") as file:
                data = file.read()
            if last in data:
                text = data.decode("utf-8", "replace")
                ids = dict.fromkeys(_tests(text, at) for at in _places(text, entry.name, module, path))
                relative = os.path.relpath(os.path.join(where, name), folder).replace(os.sep, "/")
                yield from (f"{relative}::{each}" if each else relative for each in ids)


def _places(text: str, lean: str, module: str, path: str) -> list[int]:
    """Where a test file names the declaration."""
    found = [each.start() for each in re.finditer(rf"(?<![\w.]){re.escape(lean)}(?![\w.'?!])", text)]
    first = path.partition(".")[0]
    imports = rf"^from {re.escape(module)} import (?:\([^)]*\b{first}\b[^)]*\)|.*\b{first}\b.*)"
    if path and (imported := re.search(imports, text, re.MULTILINE)):
        uses = re.finditer(rf"(?<![\w.]){re.escape(path)}(?![\w])", text)
        found += [each.start() for each in uses if not imported.start() <= each.start() < imported.end()]
    return sorted(found)


def _tests(text: str, at: int) -> str:
    """The test that a place is in; empty for what stands outside of all."""
    start = 0
    for each in _TEST.finditer(text, start, at):
        start = each.start()
    found = _TEST.match(text, start)
    return (found[1] or found[2] or "") if found else ""
