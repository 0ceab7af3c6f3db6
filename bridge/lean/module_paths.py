"""Where the modules of a Lake workspace stand: in the package itself and in those that it depends on."""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path

from leanmirror.bridge.lean.scopes import parts

MARKS = ("lakefile.lean", "lakefile.toml", "lean-toolchain")
LEVELS_UP = 8
SKIPPED = frozenset((".lake", ".git", "build", "lake-packages", "node_modules"))
STOOD_FOR = frozenset(
    (
        *("Lean", "Init", "Std", "Lake", "Batteries", "Mathlib", "Aesop", "Qq", "ProofWidgets", "Plausible"),
        *("ImportGraph", "LeanSearchClient", "Cli"),
    )
)
"""Roots of modules that are read in their own package only: elsewhere the prelude stands for them."""

_PACKAGES = Path(".lake", "packages")
_SRC_DIR = re.compile(r"^[^\n\"]*\bsrcDir\s*:=\s*\"([^\"\n]{1,200})\"", re.MULTILINE)
_VERSION = re.compile(r"v?(\d+)\.(\d+)\.")
_NIGHTLY = re.compile(r"nightly-(\d{4}-\d{2}-\d{2})")
_NEW_VARIABLES = "2024-08-13"
"""The first day whose Lean includes in a theorem only the variables that its statement uses."""

LARGEST = 1_000_000
"""More bytes than any lakefile or manifest has."""


class ModulePaths:
    """The files of modules, by the source folders of a package and its dependencies.

    Nothing outside the package's folder is looked at, wherever links, lakefiles and manifests lead.
    """

    def __init__(self, root: Path) -> None:
        self.root = root
        self.workspace = workspace_of(root)
        self._found: dict[str, Path | None] = {}

    def find(self, module: str) -> Path | None:
        """The file of a module; None where the workspace has none."""
        if module not in self._found:
            self._found[module] = self._look_for(module)
        return self._found[module]

    def module_of(self, path: str | os.PathLike[str]) -> str:
        """The module of a file of the package itself."""
        real = Path(os.path.realpath(path))
        folder = next((each for each in self._own[::-1] if real.is_relative_to(each)), self.root)
        return module_name(real.relative_to(folder))

    def is_stood_for(self, module: str) -> bool:
        """Whether the prelude stands for a module: one of Lean or Mathlib, and not of this package."""
        return module.partition(".")[0] in STOOD_FOR and self.find(module) is None

    @cached_property
    def old_variables(self) -> bool:
        """Whether the toolchain is one before 4.12, where `variable`s that only a proof uses are included."""
        toolchain = _text(self.root / "lean-toolchain").rpartition(":")[2]
        nightly = _NIGHTLY.match(toolchain)
        if nightly is not None:
            return nightly[1] < _NEW_VARIABLES
        found = _VERSION.match(toolchain)
        return found is not None and (int(found[1]), int(found[2])) < (4, 12)

    @cached_property
    def _own(self) -> tuple[Path, ...]:
        return tuple(_source_folders(self.root))

    @cached_property
    def _others(self) -> tuple[Path, ...]:
        packages = [each for each in _packages(self.workspace) if each != self.root]
        return tuple(folder for each in packages for folder in _source_folders(each))

    def _look_for(self, module: str) -> Path | None:
        pieces = parts(module)
        if any(not each or each in SKIPPED or each[0] in "./\\«" or os.sep in each for each in pieces):
            return None
        for folder in self._own:
            path = _inside(self.root, folder.joinpath(*pieces[:-1], f"{pieces[-1]}.lean"))
            if path is not None:
                return path
        if pieces[0] in STOOD_FOR:
            return None
        candidates = (each.joinpath(*pieces[:-1], f"{pieces[-1]}.lean") for each in self._others)
        return next((path for each in candidates if (path := _inside(self.workspace, each))), None)


def workspace_of(root: Path) -> Path:
    """The package whose `.lake/packages` a package stands in; else itself."""
    inside = len(root.parts) > 3 and root.parts[-3:-1] == _PACKAGES.parts
    return root.parents[2] if inside else root


def _packages(workspace: Path) -> Iterator[Path]:
    """The folders of dependencies: those under `.lake/packages`, and those that the manifest names inside."""
    folder = workspace / _PACKAGES
    names = sorted(os.listdir(folder)) if folder.is_dir() else []
    found = [folder / name for name in names if not name.startswith(".")]
    for path in (*found, *_from_manifest(workspace)):
        real = Path(os.path.realpath(path))
        if real.is_dir() and real.is_relative_to(workspace):
            yield real


def _from_manifest(workspace: Path) -> Iterator[Path]:
    try:
        listed = json.loads(_text(workspace / "lake-manifest.json") or "{}")
    except (ValueError, RecursionError):
        return
    packages = listed.get("packages") if isinstance(listed, dict) else None
    for each in packages if isinstance(packages, list) else ():
        folder = each.get("dir") if isinstance(each, dict) and each.get("type") == "path" else None
        if isinstance(folder, str) and "\0" not in folder:
            yield workspace / folder


def _source_folders(package: Path) -> Iterator[Path]:
    """The folders that modules of a package are looked for in: itself, and each `srcDir` of its lakefile."""
    yield package
    named = _SRC_DIR.findall(_text(package / "lakefile.lean"))
    with suppress(tomllib.TOMLDecodeError, RecursionError):  # Lake does not read it either
        named += _in_toml(tomllib.loads(_text(package / "lakefile.toml")))
    for each in dict.fromkeys(named):
        real = Path(os.path.realpath(package / each))
        if real != package and real.is_dir() and real.is_relative_to(package):
            yield real


def _in_toml(table: dict[str, object]) -> list[str]:
    libraries = table.get("lean_lib")
    tables = [table, *(libraries if isinstance(libraries, list) else ())]
    found = [each.get("srcDir") for each in tables if isinstance(each, dict)]
    return [each for each in found if isinstance(each, str) and "\0" not in each]


def _inside(folder: Path, path: Path) -> Path | None:
    """The real path of a file, where links do not lead it out of a folder."""
    real = Path(os.path.realpath(path))
    return real if real.is_relative_to(folder) and real.is_file() else None


def _text(path: Path) -> str:
    """The text of a small file; empty where there is none."""
    try:
        if not path.is_file() or path.stat().st_size > LARGEST:
            return ""
        return path.read_text("utf-8", "replace")
    except OSError:
        return ""


def module_name(path: Path) -> str:
    """The module of a file by its path under the root: `NN/Spec/Layers.lean` is `NN.Spec.Layers`."""
    return ".".join(path.with_suffix("").parts)


def root_of(path: str | os.PathLike[str]) -> Path | None:
    """The nearest folder above a file that holds a lakefile or `lean-toolchain`; None where there is none."""
    real = Path(os.path.realpath(path))
    for folder in list(real.parents)[: LEVELS_UP + 1]:
        if any((folder / name).is_file() for name in MARKS):
            return folder
    return None
