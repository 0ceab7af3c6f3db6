"""Definitions of a tree by their text: each under a second name, so that its mirror keeps its own."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from leanmirror.bridge.elaborating.environment import Declared, default
from leanmirror.bridge.elaborating.library import Library
from leanmirror.bridge.elaborating.sources import Source
from leanmirror.bridge.lean.tree import LeanTree
from leanmirror.spec.errors import Position, Unsupported

SECOND = ".«by its text»"


class Texts:
    """The mirrored names, and the definitions of a tree that have these names, under second names."""

    def __init__(self, tree: LeanTree, names: Iterable[str], base: Library | None = None) -> None:
        self.tree, base = tree, base or default()
        known = [name for name in names if name in tree.by_name]
        chosen = [replace(tree.by_name[name], name=name + SECOND) for name in known]
        self.own = {each.name: each for each in chosen}
        source = Source([*chosen, *tree.declarations], bodies=True)
        self.library = Library([source], base.table(tree.environment), base)

    def find(self, name: str) -> Declared:
        """The definition by its text. Raises Unsupported, with the place, where its body cannot be run."""
        second = name + SECOND
        if second not in self.own:
            raise Unsupported("the source does not declare it")
        declared = self.library.lookup(second)
        if declared is None:
            raise Unsupported(self.library.failure(second) or "its statement cannot be elaborated")
        if declared.body is None:
            raise self._why(declared, second)
        return declared

    def _why(self, declared: Declared, second: str) -> Unsupported:
        """The reason why a definition has no body here."""
        declaration = self.own[second]
        where = declaration.stopped or Position(declaration.line, declaration.column)
        if declared.why is None:
            return Unsupported("a body that is no term", where)
        return Unsupported(declared.why.message, declared.why.position or where)
