"""The Lake project around a place: its claims by name, and what a root file stands for."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from fnmatch import fnmatchcase
from pathlib import Path

from leanmirror.bridge.check.environment import file_of, package_of
from leanmirror.bridge.check.tasks import TextTask, tasks
from leanmirror.bridge.check.texts import LeanText, text_of, texts_in
from leanmirror.bridge.lean.heads import head
from leanmirror.bridge.lean.lexer import Source
from leanmirror.bridge.lean.module_paths import SKIPPED, root_of
from leanmirror.bridge.names.table import is_glob, listed
from leanmirror.spec.errors import BadInput

_LITERALS = re.compile(r"[*?.]+|\[[^\]]*\]")


def matching(pattern: str, claims: list[TextTask]) -> list[TextTask]:
    """The claims that a name, a suffix of one or a glob chooses; `*` crosses dots.

    Raises BadInput for a suffix that several names have.
    """
    if is_glob(pattern):
        return [each for each in claims if fnmatchcase(each.name, pattern)]
    exact = [each for each in claims if each.name == pattern]
    found = exact or [each for each in claims if each.name.endswith(f".{pattern}")]
    names = dict.fromkeys(each.name for each in found)
    if len(names) > 1:
        raise BadInput(f"'{pattern}' is ambiguous: {listed(tuple(names))}")
    return found


def in_project(pattern: str) -> list[TextTask]:
    """The claims of the Lake project around the current folder that a name or a glob chooses.

    Only files that hold the letters of the name are read.
    """
    root = root_of(Path.cwd() / "_")
    if root is None:
        return []
    folder = Path(os.path.relpath(root))
    letters = max(_LITERALS.split(pattern), key=len)
    sources = [each for each in texts_in(folder) if letters in each.text]
    return matching(pattern, [task for source in sources for task in tasks(source)])


def library_of(source: LeanText) -> Iterator[LeanText]:
    """The files of its package that a text which only imports leads to, in the order of their paths."""
    package = package_of(source)
    if package is None or file_of(source).declarations or file_of(source).unread:
        return
    pending = [each.module for each in head(Source(source.text)).imports]
    found: dict[Path, None] = {}
    while pending:
        path = package.path_of(pending.pop())
        if path is None or path in found or not path.is_relative_to(package.root):
            continue
        if SKIPPED & set(path.relative_to(package.root).parts):  # a dependency
            continue
        found[path] = None
        pending += [each.module for each in head(Source(text_of(path).text)).imports]
    yield from (text_of(Path(os.path.relpath(path))) for path in sorted(found))
