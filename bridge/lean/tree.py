"""A folder of Lean files read as one: names resolved across files, by what each file imports."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from leanmirror.bridge.lean.declarations import Declaration, LeanFile
from leanmirror.bridge.lean.file_reader import FileReader
from leanmirror.bridge.lean.heads import head
from leanmirror.bridge.lean.lent_notations import LentNotations
from leanmirror.bridge.lean.lexer import Source
from leanmirror.bridge.lean.module_paths import LEVELS_UP, SKIPPED, ModulePaths, module_name
from leanmirror.bridge.lean.reader import load
from leanmirror.bridge.lean.scopes import Candidate, Environment, Scope, resolve
from leanmirror.bridge.lean.standard_notations import standard_notations
from leanmirror.bridge.lean.unread import Unread
from leanmirror.spec.errors import BadInput, Position, ReadError


@dataclass(frozen=True)
class LeanTree:
    """All Lean files under a folder, and the environment of their names."""

    root: Path
    files: tuple[LeanFile, ...]
    environment: Environment

    @cached_property
    def declarations(self) -> tuple[Declaration, ...]:
        """The declarations of all files, in the order of the files' paths and then of the text."""
        return tuple(each for file in self.files for each in file.declarations)

    @cached_property
    def unread(self) -> tuple[tuple[str, Unread], ...]:
        """File and what could not be read there; unreadable declarations are not among them."""
        return tuple((file.file, each) for file in self.files for each in file.unread)

    @cached_property
    def by_name(self) -> dict[str, Declaration]:
        """Full name → declaration; of several with one name, which only private ones may be, the first."""
        return {each.name: each for each in reversed(self.declarations)}

    def resolve(self, name: str, scope: Scope) -> tuple[Candidate, ...]:
        """What a name may mean in a scope."""
        return resolve(name, scope, self.environment)

    @classmethod
    def read(cls, root: str | os.PathLike[str]) -> LeanTree:
        """Read every `.lean` file under a folder, or one file; one that is no text has one Unread.

        Raises BadInput for a path that is neither, and for a folder without Lean files.
        """
        folder = Path(root)
        if folder.is_file() and folder.suffix == ".lean":
            folder, paths = folder.parent, [Path(folder.name)]
        else:
            paths = list(lean_files(folder))
        if not paths:
            raise BadInput(f"no Lean files under {os.fspath(root)}")
        prefix = _prefix(folder)
        readings = {prefix + module_name(path): _Reading(path, *_source(folder / path)) for path in paths}
        environment = Environment(has_module=readings.__contains__)
        notations = LentNotations(environment.imports)
        old = ModulePaths(Path(os.path.realpath(folder))).old_variables
        for module in _in_order(readings):
            each = readings[module]
            environment.imports.set(module, head(each.source))
            known = (*standard_notations(), *notations.seen(module))
            reader = FileReader(each.source, module, each.path.as_posix(), environment, known, old)
            if each.unread is not None:
                reader.unread.append(each.unread)
            each.file = reader.read()
            notations.add(module, tuple(reader.lent))
        return cls(folder, tuple(each.file for each in readings.values() if each.file), environment)


@dataclass
class _Reading:
    """One file of a folder on its way."""

    path: Path
    source: Source
    unread: Unread | None
    file: LeanFile | None = None


def _in_order(readings: Mapping[str, _Reading]) -> Iterator[str]:
    """The modules of a folder, each after those that it imports; a circle ends where it closes."""
    entered: set[str] = set()
    for first in readings:
        pending = [(first, False)]
        while pending:
            module, done = pending.pop()
            if done:
                yield module
            elif module not in entered and module in readings:
                entered.add(module)
                pending.append((module, True))
                imports = head(readings[module].source).imports
                pending += [(each.module, False) for each in reversed(imports)]


def _source(path: Path) -> tuple[Source, Unread | None]:
    try:
        return Source(load(path)), None
    except ReadError as error:
        return Source(""), Unread("file", error.position or Position(1, 1), error.message)
    except OSError as error:
        return Source(""), Unread("file", Position(1, 1), error.strerror or str(error))


def _prefix(folder: Path) -> str:
    """What comes before module names when the folder is inside a package: `NN.` for its folder `NN`."""
    real = Path(os.path.realpath(folder))
    for outer in (real, *list(real.parents)[:LEVELS_UP]):
        if any((outer / name).is_file() for name in ("lakefile.lean", "lakefile.toml")):
            return "".join(f"{part}." for part in real.relative_to(outer).parts)
    return ""


def lean_files(root: Path) -> Iterator[Path]:
    """The Lean files under a folder, as `files_under` gives them, without those of build folders.

    Raises BadInput when the root is no folder.
    """
    if not root.is_dir():
        raise BadInput(f"{os.fspath(root)} is neither a folder nor a Lean file")
    return files_under(root, (".lean",), SKIPPED)


def files_under(
    root: Path, endings: tuple[str, ...], skipped: frozenset[str] = frozenset()
) -> Iterator[Path]:
    """The files under a folder with one of those endings, sorted, relative to it.

    What a link leads out of the folder is left out, and so are folders whose name starts with a dot.
    """
    real_root = os.path.realpath(root)
    found: list[str] = []
    for folder, names, files in os.walk(root, followlinks=False):
        names[:] = sorted(name for name in names if name not in skipped and not name.startswith("."))
        for name in files:
            path = os.path.join(folder, name)
            if name.endswith(endings) and _inside(path, real_root):
                found.append(os.path.relpath(path, root))
    return iter(sorted(map(Path, found), key=lambda path: path.as_posix()))


def _inside(path: str, real_root: str) -> bool:
    real = os.path.realpath(path)
    return os.path.isfile(real) and os.path.commonpath((real, real_root)) == real_root
