"""The package around a Lean file: imports followed inside its folder, each file read once."""

from __future__ import annotations

import os
from collections.abc import Callable
from copy import copy
from dataclasses import replace
from pathlib import Path

from leanmirror.bridge.lean.commands import commands
from leanmirror.bridge.lean.declarations import Declaration, LeanFile
from leanmirror.bridge.lean.file_reader import FileReader
from leanmirror.bridge.lean.lexer import Source
from leanmirror.bridge.lean.notations import Definition
from leanmirror.bridge.lean.openings import OpeningParser
from leanmirror.bridge.lean.reader import load, shared_notations
from leanmirror.bridge.lean.scopes import Candidate, Environment, parent, parts
from leanmirror.bridge.lean.tree import LEVELS_UP, SKIPPED, LeanTree, module_name
from leanmirror.spec.errors import ReadError

MARKS = ("lakefile.lean", "lakefile.toml", "lean-toolchain")
LARGEST = 4_000_000
"""More bytes than any source file has."""

Stamp = tuple[int, int]


def root_of(path: str | os.PathLike[str]) -> Path | None:
    """The nearest folder above a file that holds a lakefile or `lean-toolchain`; None where there is none."""
    real = Path(os.path.realpath(path))
    for folder in list(real.parents)[: LEVELS_UP + 1]:
        if any((folder / name).is_file() for name in MARKS):
            return folder
    return None


class SourceRoot:
    """The Lean files of one package that imports have led to, and their names in one environment.

    A name that two files declare, and that is private in one of them, or that no file sees from both, has a
    name of its own for the second: `key` finds it.
    """

    def __init__(self, root: Path) -> None:
        self.root = Path(os.path.realpath(root))
        self.environment = Environment()
        self.files: dict[str, LeanFile] = {}
        self.stamps: dict[Path, Stamp] = {}
        self.added: list[Callable[[LeanFile], None]] = []
        self._sources: dict[str, Source] = {}
        self._notations: dict[str, tuple[Definition, ...]] = {}
        self._own: dict[str, tuple[Definition, ...]] = {}
        self._keys: dict[str, dict[str, str]] = {}
        self._homes: dict[str, str] = {}

    @classmethod
    def of_tree(cls, tree: LeanTree) -> SourceRoot:
        """A package of which everything has been read already; the tree stays as it is."""
        found = cls(tree.root)
        found.environment = tree.environment
        for file in tree.files:
            placed = tuple(found._placed(each) for each in file.declarations)
            found.files[file.module] = replace(file, declarations=placed)
        return found

    def module_of(self, path: str | os.PathLike[str]) -> str:
        """The module of a file of this package."""
        return module_name(Path(os.path.realpath(path)).relative_to(self.root))

    def path_of(self, module: str) -> Path | None:
        """The file of a module; None where it is not in this package, whatever links say."""
        pieces = parts(module)
        if any(not each or each in SKIPPED or each[0] in "./\\«" or os.sep in each for each in pieces):
            return None
        path = Path(os.path.realpath(self.root.joinpath(*pieces).with_name(f"{pieces[-1]}.lean")))
        return path if path.is_relative_to(self.root) and path.is_file() else None

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

    def _follow(self, module: str, file: str) -> None:
        """Read a module after those that it imports; a circle ends where it closes."""
        pending, entered = [module], {module}
        while pending:
            name = pending[-1]
            missing = [
                each
                for each, _ in imports(self._sources[name])
                if each not in self.files and each not in entered and self._load(each)
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
        except ReadError:
            return False
        return True

    def _read(self, module: str, file: str | None) -> None:
        source = self._sources[module]
        direct = imports(source)
        known: dict[int, Definition] = {}
        for each, _ in direct:
            for definition in self._notations.get(each, ()):
                known[id(definition)] = definition
        own = tuple(shared_notations(source))
        shown = file or self._shown(module)
        reader = FileReader(source, module, shown, self.environment, (*known.values(), *own))
        found = reader.read()
        for export in reader.exports:
            self.environment.add_export(export)
        self.environment.imports[module] = found.imports
        self._notations[module] = (*known.values(), *own)
        found = replace(found, declarations=tuple(map(self._placed, found.declarations)))
        self.files[module] = found
        for listener in self.added:
            listener(found)

    def _shown(self, module: str) -> str:
        path = self.path_of(module)
        return module if path is None else os.path.relpath(path)

    # Names that several files declare

    def _placed(self, declaration: Declaration) -> Declaration:
        """The declaration under the name that it has here."""
        name, module = declaration.name, declaration.module
        home = self._homes.setdefault(name, module)
        hidden = declaration.private and declaration.kind not in ("theorem", "lemma", "example")
        if home != module or hidden:
            declaration = copy(declaration)
            declaration.name = f"_private.{module}.{name}"
            self._keys.setdefault(name, {})[module] = declaration.name
            if home == module:
                del self._homes[name]
        return declaration

    def key(self, candidate: Candidate, module: str) -> Candidate:
        """The candidate under the name that it has here: of several declarations the one that is seen."""
        name, inner = candidate.name, ""
        for _ in range(2):
            keys = self._keys.get(name)
            if keys is not None:
                found = self._seen(name, keys, module)
                return Candidate(f"{found}{inner}", candidate.fields) if found else candidate
            name, inner = parent(name), f".{name.rpartition('.')[2]}{inner}"
        return candidate

    def _seen(self, name: str, keys: dict[str, str], module: str) -> str:
        if module in keys:
            return keys[module]
        visible = self.environment.visible(module)
        for entry in self.environment.names.get(name, ()):
            if not entry.private and entry.module in visible:
                return keys.get(entry.module, name)
        return ""


def imports(source: Source) -> tuple[tuple[str, bool], ...]:
    """The modules that a text imports, and whether it passes each on."""
    found: list[tuple[str, bool]] = []
    for command in commands(source):
        if command.keyword != "import":
            break
        parser = OpeningParser(source, command.rest, command.end)
        while parser.tok[1] == "all":
            parser.advance()
        try:
            found.append((parser.name("the name of a module"), "public" in command.modifiers))
        except ReadError:
            continue  # the reader of the file reports it where it stands
    return tuple(found)


def _stamp(path: Path) -> Stamp:
    try:
        found = path.stat()
    except OSError:
        return (-1, -1)
    return (found.st_mtime_ns, found.st_size)
