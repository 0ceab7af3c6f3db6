"""The package around a Lean file: imports followed through the workspace, each file read once."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from leanmirror.bridge.lean.declarations import LeanFile
from leanmirror.bridge.lean.file_reader import FileReader
from leanmirror.bridge.lean.heads import head
from leanmirror.bridge.lean.lent_notations import LentNotations
from leanmirror.bridge.lean.lexer import Source
from leanmirror.bridge.lean.module_paths import ModulePaths
from leanmirror.bridge.lean.reader import load
from leanmirror.bridge.lean.scopes import Environment
from leanmirror.bridge.lean.standard_notations import standard_notations
from leanmirror.bridge.lean.tree import LeanTree
from leanmirror.spec.errors import ReadError

LARGEST = 4_000_000
"""More bytes than any source file has."""

Stamp = tuple[int, int]


class SourceRoot:
    """The Lean files of one package and its dependencies that imports have led to, in one environment."""

    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.realpath(root))
        self.paths = ModulePaths(self.root)
        self.environment = Environment(has_module=self.has_module)
        self.files: dict[str, LeanFile] = {}
        self.stamps: dict[Path, Stamp] = {}
        self.added: list[Callable[[LeanFile], None]] = []
        self._sources: dict[str, Source] = {}
        self._notations = LentNotations(self.environment.imports)

    @classmethod
    def of_tree(cls, tree: LeanTree) -> SourceRoot:
        """A package of which everything has been read already; the tree stays as it is."""
        found = cls(tree.root)
        found.environment = tree.environment
        found.files = {file.module: file for file in tree.files}
        return found

    def module_of(self, path: str | os.PathLike[str]) -> str:
        """The module of a file of this package."""
        return self.paths.module_of(path)

    def path_of(self, module: str) -> Path | None:
        """The file of a module; None where it is not in this workspace, whatever links say."""
        return self.paths.find(module)

    def has_module(self, module: str) -> bool:
        """Whether a module is one of this workspace, read yet or not."""
        return module in self._sources or self.path_of(module) is not None

    def read(self, path: str | os.PathLike[str], text: str) -> LeanFile:
        """A file of the package with that text, and before it what it imports."""
        module = self.module_of(path)
        if module not in self.files:
            self._sources[module] = Source(text)
            self._follow(module, str(path))
        return self.files[module]

    def module(self, module: str) -> LeanFile | None:
        """The file of a module with what it imports; None where the package does not have it."""
        if module not in self.files and self._load(module):
            self._follow(module, "")
        return self.files.get(module)

    def agrees(self, path: str | os.PathLike[str], text: str) -> bool:
        """Whether the file, if it was read, has that text."""
        own = self._sources.get(self.module_of(path))
        return own is None or own.text == text

    def is_fresh(self) -> bool:
        """Whether no file that was read has changed since."""
        return all(_stamp(path) == stamp for path, stamp in self.stamps.items())

    def not_read(self, module: str) -> tuple[str, ...]:
        """What a module sees by its imports and nobody has read: it is nowhere, and not the prelude's."""
        found = self.environment.imports.visible(module)
        return tuple(
            sorted(each for each in found if each not in self.files and not self.paths.is_stood_for(each))
        )

    def _follow(self, module: str, file: str) -> None:
        """Read a module after those that it imports; a circle ends where it closes."""
        pending, entered = [module], {module}
        while pending:
            name = pending[-1]
            missing = [
                each.module
                for each in head(self._sources[name]).imports
                if each.module not in self.files and each.module not in entered and self._load(each.module)
            ]
            if missing:
                pending += reversed(missing)
                entered.update(missing)
                continue
            pending.pop()
            if name not in self.files:
                self._read(name, file if name == module and file else None)

    def _load(self, module: str) -> bool:
        """Whether the package has a module; its text is kept for reading."""
        if module in self._sources:
            return True
        path = self.path_of(module)
        if path is None or path.stat().st_size > LARGEST:
            return False
        self.stamps[path] = _stamp(path)
        try:
            self._sources[module] = Source(load(path))
        except (ReadError, OSError):
            return False
        return True

    def _read(self, module: str, file: str | None) -> None:
        source = self._sources[module]
        self.environment.imports.set(module, head(source))
        known = (*standard_notations(), *self._notations.seen(module))
        shown = file or self._shown(module)
        reader = FileReader(source, module, shown, self.environment, known, self.paths.old_variables)
        found = self.files[module] = reader.read()
        self._notations.add(module, tuple(reader.lent))
        for listener in self.added:
            listener(found)

    def _shown(self, module: str) -> str:
        path = self.path_of(module)
        return module if path is None else os.path.relpath(path)


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return (-1, -1)
    return (found.st_mtime_ns, found.st_size)
