"""A folder of Lean files as a source: its declarations, each with its statement, read or not."""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

from leanmirror.bridge.io.output import shown
from leanmirror.bridge.lean.declarations import Declaration
from leanmirror.bridge.lean.signatures import resolver
from leanmirror.bridge.lean.syntax import Binder, Node
from leanmirror.bridge.lean.tree import LeanTree
from leanmirror.bridge.sources.files import rooted
from leanmirror.bridge.sources.indexed import Indexed, IndexResult

CUT_SHORT = frozenset(("file", "comment"))
"""What is unread so that more may be missing: a file that is no text, a comment without end."""


def index_tree(path: str | os.PathLike[str]) -> IndexResult:
    """The declarations of all Lean files under a folder, or of one Lean file.

    Only files that are under the folder once links are resolved are read. Raises BadInput for a path that is
    neither a folder nor a Lean file, and for a folder without Lean files.
    """
    tree = LeanTree.read(rooted(path))
    return IndexResult(
        tuple(map(indexed, tree.declarations)),
        tree.unread,
        "lean",
        cut_short(tree),
        tree.environment.aliases(),
    )


def cut_short(tree: LeanTree) -> tuple[str, ...]:
    """A line for each file of a tree of which something may be missing."""
    return tuple(
        f"{shown(file)}: {each.reason} at {each.position}"
        for file, each in tree.unread
        if each.what in CUT_SHORT
    )


def index(path: str | os.PathLike[str]) -> list[dict[str, Any]]:
    """The entries of the index document of a source. Raises BadInput as `index_tree` does."""
    return [each.to_json() for each in index_tree(path).declarations]


def indexed(declaration: Declaration) -> Indexed:
    """A declaration as the index lists it."""
    reason = declaration.reason
    if reason is not None and declaration.stopped is not None:
        reason = f"{reason} at {declaration.stopped}"
    return Indexed(
        declaration.name,
        declaration.kind,
        declaration.module,
        declaration.file,
        declaration.line,
        declaration.signature,
        declaration.digest,
        declaration.readable,
        reason,
        tuple(_names(declaration.all_binders)),
        tuple(_fields(declaration)),
        _body(declaration),
    )


def _names(groups: tuple[Binder, ...]) -> Iterator[str]:
    for group in groups:
        yield from group.names or ("_",)


def _fields(declaration: Declaration) -> Iterator[tuple[str, str]]:
    if not declaration.fields:
        return
    printer = resolver(declaration)
    for group in declaration.all_binders:
        printer.bind(group.names)
    for each in declaration.fields:
        binders, names = printer.binders(each.binders)
        type_ = "" if each.type is None else printer.show(each.type)
        printer.release(names)
        printer.bind([each.name])
        yield each.name, f"∀ {binders}, {type_}" if binders else type_


def _body(declaration: Declaration) -> str | None:
    body = declaration.body if declaration.kind == "abbrev" else None
    if not isinstance(body, Node):
        return None
    printer = resolver(declaration)
    for group in declaration.all_binders:
        printer.bind(group.names)
    return printer.show(body)
