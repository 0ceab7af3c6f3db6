"""What a Lean text sees: its own declarations, those of the package that it stands in, and the prelude."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from pathlib import Path

from leanmirror.bridge.check.texts import LeanText
from leanmirror.bridge.compile.meanings import Meanings
from leanmirror.bridge.elaborate.library import Library, default
from leanmirror.bridge.elaborate.package import TextLibrary, TreeLibrary, file_library
from leanmirror.bridge.io.guard import guarded
from leanmirror.bridge.lean.declarations import LeanFile
from leanmirror.bridge.lean.module_paths import root_of
from leanmirror.bridge.lean.reader import read_file
from leanmirror.bridge.lean.source_root import SourceRoot


def environment_of(source: LeanText, base: Library) -> tuple[TextLibrary, Meanings]:
    """The names that the text sees, its own among them, and what they mean."""
    package = package_of(source)
    return _of_file(file_of(source), base) if package is None else _of_package(package, base)


@lru_cache(maxsize=8)
def _of_file(file: LeanFile, base: Library) -> tuple[TextLibrary, Meanings]:
    environment = file_library(file, base)
    return environment, Meanings(environment)


@lru_cache(maxsize=4)
def _of_package(package: SourceRoot, base: Library) -> tuple[TextLibrary, Meanings]:
    environment = TreeLibrary(package, base)
    return environment, Meanings(environment)


def not_read(source: LeanText) -> tuple[str, ...]:
    """The modules that a text sees by its imports, and that nobody has read: they are nowhere to be found."""
    environment, _ = environment_of(source, default())
    return environment.not_read(file_of(source).module)


def file_of(source: LeanText) -> LeanFile:
    """The text as its declarations; what has been read of its package before is not read again."""
    package = package_of(source)
    return _alone(source) if package is None else package.read(source.file, source.text)


@lru_cache(maxsize=8)
def _alone(source: LeanText) -> LeanFile:
    return read_file(source.file, text=source.text)


_PACKAGES: dict[Path, SourceRoot] = {}


@lru_cache(maxsize=4096)
def _root(file: str) -> Path | None:
    return root_of(file) if file.endswith(".lean") else None


def package_of(source: LeanText) -> SourceRoot | None:
    """The package that a file stands in, with what has been read of it before; None where there is none."""
    root = _root(source.file)
    if root is None:
        return None
    package = _PACKAGES.get(root)
    if package is None or not package.agrees(source.file, source.text):
        package = _PACKAGES[root] = SourceRoot(root)
    return package


def renew(source: LeanText) -> None:
    """Forget a package in which a file has changed since it was read."""
    _root.cache_clear()
    root = _root(source.file)
    if root is not None and root in _PACKAGES and not _PACKAGES[root].is_fresh():
        del _PACKAGES[root]


Preparation = tuple[Callable[[tuple[LeanText, ...]], None], tuple[LeanText, ...]]
"""A call that is made once before all others, and its argument."""


def preparation(sources: Iterable[LeanText]) -> Preparation | None:
    """The call that reads what texts see of their packages; None where they are in none."""
    able = (each for each in sources if each.problem is None)
    placed = tuple(dict.fromkeys(each for each in able if _root(each.file) is not None))
    return (read_packages, placed) if placed else None


def read_packages(sources: tuple[LeanText, ...]) -> None:
    """Read the packages of texts as far as these lead; what fails will fail again for the claim."""
    for source in sources:
        guarded(partial(_see, source), lambda _: None)


def _see(source: LeanText) -> None:
    file_of(source)
    environment_of(source, default())
