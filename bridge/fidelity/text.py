"""Definitions of a tree by their text, in an environment where everything else is as it is mirrored."""

from __future__ import annotations

import os
from pathlib import Path

from leanmirror.bridge.compile.compiler import Compiler, Meanings
from leanmirror.bridge.compile.routines import Routines
from leanmirror.bridge.core.environment import Declared
from leanmirror.bridge.core.errors import IllTyped
from leanmirror.bridge.elaborate.library import Library
from leanmirror.bridge.elaborate.package import TreeLibrary
from leanmirror.bridge.fidelity.branches import Branches, Counting
from leanmirror.bridge.fidelity.sides import Side, side_of
from leanmirror.bridge.lean.declarations import Declaration
from leanmirror.bridge.lean.module_paths import module_name
from leanmirror.bridge.lean.source_root import SourceRoot
from leanmirror.bridge.lean.tree import lean_files
from leanmirror.spec.errors import BadInput, Unsupported


class Texts:
    """The definitions of a tree; files are read when they are asked for, with what they import."""

    def __init__(self, library: TreeLibrary) -> None:
        self.root = library.root
        self.library = library

    @classmethod
    def of_folder(cls, folder: str | os.PathLike[str], base: Library) -> Texts:
        """Those of a folder, of which nothing has been read yet."""
        return cls(TreeLibrary(SourceRoot(Path(folder)), base, mirrored=True))

    def read(self, module: str) -> None:
        """Read a module, and what it imports."""
        self.root.module(module)

    def read_all(self) -> None:
        """Read every file. Raises BadInput where there is none."""
        found = list(lean_files(self.root.root))
        if not found:
            raise BadInput(f"no Lean files under {self.root.root}")
        for path in found:
            self.root.module(module_name(path))

    def declaration(self, name: str) -> Declaration | None:
        """The declaration of a name; None where nothing that was read declares it."""
        return self.library.text.find(name)

    def find(self, name: str) -> Declared:
        """The definition by its text. Raises Unsupported, with the place, where its body cannot be run."""
        if self.declaration(name) is None:
            raise Unsupported("the source does not declare it", cause="unknown_name")
        try:
            return self.library.text_of(name)
        except IllTyped as error:
            raise Unsupported.by(error, "ill-typed: ") from None

    def side(self, name: str, meanings: Meanings, branches: Branches) -> Side:
        """The definition by its text as one side of a comparison; its branches are counted."""
        return side_of(self.find(name), self.library, self.compiler(name, meanings, branches))

    def compiler(self, name: str, meanings: Meanings, branches: Branches) -> Compiler:
        """A compiler to which the name is what its text says."""
        routines = Routines(forced={name: self.find(name)})
        return Counting(branches, self.library, branches.meanings(meanings), routines)
