"""What declarations of a snapshot mean: by its own text, and by mirrors of what both snapshots have alike."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property

from leanmirror.bridge.compile.meanings import Meanings
from leanmirror.bridge.drift.snapshots import Snapshot, Stated
from leanmirror.bridge.elaborate.declarations import given_text
from leanmirror.bridge.elaborate.elaborator import elaborate
from leanmirror.bridge.elaborate.library import Library, default, library
from leanmirror.bridge.elaborate.package import TreeLibrary
from leanmirror.bridge.elaborate.statement import Statement
from leanmirror.bridge.fidelity.in_runtime import is_runtime
from leanmirror.bridge.fidelity.text import Texts
from leanmirror.bridge.lean.declarations import Declaration
from leanmirror.bridge.lean.reader import read_file
from leanmirror.bridge.lean.source_root import SourceRoot
from leanmirror.bridge.names.table import Name, Names, default_names

TEXTUAL = frozenset(("def", "abbrev", "instance"))
"""What runs from its text. Types keep their mirrors: values of both snapshots have to be of one kind."""


def untouched(names: Names, touched: Collection[str]) -> Library:
    """The prelude and those mirrored names that do not rest on what changed.

    A mirror is what one of the snapshots says, or neither: of what changed, in any number of steps, each
    snapshot has its own text.
    """
    return library(each for each in names if each.kind not in TEXTUAL or _stays(each, touched))


def mirrored(names: Names) -> Library:
    """The prelude and all mirrored names."""
    return default() if names is default_names() else library(names)


def _stays(entry: Name, touched: Collection[str]) -> bool:
    return entry.name not in touched and not is_runtime(entry)


@dataclass
class Side:
    """A snapshot, and what its declarations mean above a base: all mirrored names without a tree."""

    snapshot: Snapshot
    base: Library
    touched: frozenset[str] = frozenset()

    @cached_property
    def texts(self) -> Texts | None:
        """The definitions of the tree by their text; None where there is no tree."""
        tree = self.snapshot.tree
        if tree is None:
            return None
        return Texts(TreeLibrary(SourceRoot.of_tree(tree), self.base, mirrored=True))

    @property
    def environment(self) -> Library:
        """The names of the tree above the base; the base where there is no tree."""
        return self.base if self.texts is None else self.texts.library

    @cached_property
    def meanings(self) -> Meanings:
        """How the names of the environment are evaluated."""
        return Meanings(self.environment, self.touched if self.texts is not None else frozenset())

    def declaration(self, stated: Stated) -> Declaration:
        """The declaration, read anew from its normal form where there is no file. Raises LeanMirrorError."""
        found = self.snapshot.declaration(stated)
        if found is None:
            text = given_text(stated.kind, stated.name, stated.statement)
            found = read_file("lean_names.json", text=text).declarations[0]
        return found

    def statement(self, stated: Stated) -> Statement:
        """The statement in core terms. Raises LeanMirrorError."""
        return elaborate(self.declaration(stated), self.environment)

    def key(self, stated: Stated) -> str:
        """The name that a declaration has in the environment: private ones have one of their own."""
        if self.texts is None:
            return stated.name
        return self.texts.library.key(stated.name, stated.module)
