"""What a Lean source says about one name: where it stands, whether it says the same, what is around it."""

from __future__ import annotations

import os
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from leanmirror.bridge.check.texts import texts_in
from leanmirror.bridge.io.output import shown
from leanmirror.bridge.lean.dependencies import around, owned
from leanmirror.bridge.lean.tree import LeanTree, files_under, lean_files
from leanmirror.bridge.names.places import place_of, same_file
from leanmirror.bridge.names.table import Name, listed
from leanmirror.bridge.sources.files import rooted
from leanmirror.bridge.sources.ilean import IleanIndex
from leanmirror.bridge.sources.indexed import Indexed
from leanmirror.bridge.sources.lean_tree import indexed
from leanmirror.bridge.sources.recognise import read_source
from leanmirror.spec.errors import BadInput


@dataclass(frozen=True, slots=True)
class InSource:
    """A name in a source: file and line there; None and 0 where it is not declared.

    `statement` says of a mirrored name whether the source states the `same` or something `different`, in
    normal form, or that it is `unknown`. `depends_on` and `used_by` are None where the source does not tell.
    """

    path: str
    entry: Name | None
    statement: str
    depends_on: tuple[str, ...] | None = None
    used_by: tuple[str, ...] | None = None

    @property
    def text(self) -> str:
        """Where, in one line."""
        if self.entry is None:
            return f"not declared in {shown(self.path)}"
        differs = "; the statement differs from the mirrored one" if self.statement == "different" else ""
        return f"{shown(os.path.join(self.path, self.entry.lean_file))}:{self.entry.lean_line}{differs}"

    def to_json(self) -> dict[str, Any]:
        """As it stands in a trace."""
        found = self.entry
        return {
            "path": self.path,
            "declared": found is not None,
            "lean_file": found and found.lean_file,
            "lean_line": found and found.lean_line,
            "statement": self.statement,
            "depends_on": None if self.depends_on is None else list(self.depends_on),
            "used_by": None if self.used_by is None else list(self.used_by),
        }


@lru_cache(maxsize=1)
def _tree(root: Path) -> LeanTree:
    return LeanTree.read(root)


def exact_name(path: str | os.PathLike[str], query: str) -> str | None:
    """The declaration of a Lean tree with exactly that name, or that starts last before `File.lean:line`.

    The path of the file may be longer than that in the tree. Raises BadInput for what is no source.
    """
    root = rooted(path)
    place = place_of(query)
    if not _holds(root, ".lean"):
        return None
    if place is None:
        return query if query in _tree(root).by_name else None
    file, line = place
    here = [each for each in _tree(root).declarations if same_file(file, each.file) and each.line <= line]
    # Of `A/B.lean` and `B.lean`, which a path may both end in, the longer one is meant.
    return max(here, key=lambda each: (len(each.file), each.line)).name if here else None


def may_have(project: Path, query: str) -> bool:
    """Whether a Lean file of a project has the letters of a name, or can be the one of a place."""
    if place_of(query) is not None:
        return ".lean:" in query
    letters = query.rpartition(".")[2]
    return any(letters in each.text for each in texts_in(project))


def in_source(path: str | os.PathLike[str], query: str, known: Name | None) -> InSource:
    """What a source says about a Lean name, or about a suffix that only one name there has.

    `known` is the mirrored entry of that name. Raises BadInput for what is no source, and for a suffix of
    several names.
    """
    root = rooted(path)
    if _holds(root, ".lean"):
        return _in_tree(_tree(root), root, query, known)
    declarations = {each.name: each for each in reversed(read_source(root).declarations)}
    name = _one(query, declarations)
    found = InSource(
        os.fspath(root), _entry(declarations.get(name)), _compared(declarations.get(name), known)
    )
    if not found.entry or not _holds(root, ".ilean"):
        return found
    index = IleanIndex.read(root)
    return replace(found, depends_on=index.uses(name), used_by=index.used_by(name))


def _holds(root: Path, ending: str) -> bool:
    if root.is_file():
        return root.suffix == ending
    files = lean_files(root) if ending == ".lean" else files_under(root, (ending,))
    return next(files, None) is not None


def _in_tree(tree: LeanTree, root: Path, query: str, known: Name | None) -> InSource:
    owners = owned(tree)
    name = _one(query, owners)
    if name not in owners:
        return InSource(os.fspath(root), None, "unknown")
    found = indexed(owners[name])
    depends_on, used_by = around(tree, owners[name])
    return InSource(os.fspath(root), _entry(found), _compared(found, known), depends_on, used_by)


def _one(query: str, names: Collection[str]) -> str:
    """The name that is meant: the query itself, or the only one that ends in it."""
    if query in names:
        return query
    ending = [name for name in names if name.endswith(f".{query}")]
    if len(ending) > 1:
        raise BadInput(f"'{shown(query)}' is ambiguous: {listed(sorted(ending))}")
    return ending[0] if ending else query


def _entry(found: Indexed | None) -> Name | None:
    if found is None:
        return None
    statement = found.statement or "not known"
    return Name(found.name, found.kind, found.module, found.file, found.line, statement, found.digest)


def _compared(found: Indexed | None, known: Name | None) -> str:
    if found is None or known is None or not found.has_statement or not known.digest:
        return "unknown"
    return "same" if found.digest == known.digest else "different"
