"""What has changed since a commit: statements that differ, or that rest on what differs."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from leanmirror.bridge.check.environment import file_of, package_of
from leanmirror.bridge.check.surroundings import besides_theorems
from leanmirror.bridge.check.tasks import TextTask, declaration_of
from leanmirror.bridge.io.output import shown
from leanmirror.bridge.lean.declarations import LeanFile
from leanmirror.bridge.lean.reader import read_file
from leanmirror.bridge.sources.process import Limits, run
from leanmirror.spec.errors import BadInput

GIT = ("env", "GIT_NO_LAZY_FETCH=1", "git", "--no-pager", "--no-optional-locks", "-c", "core.fsmonitor=false")
"""Objects are read, and nothing else: nothing that a repository's configuration names takes part."""
LIMITS = Limits(seconds=60.0, memory=1 << 30)
WHOLE = ("lake-manifest.json", "lean-toolchain", "lakefile.lean", "lakefile.toml")
"""Where these differ, everything does."""


class Changes:
    """The Lean files of a commit beside those that are there now."""

    def __init__(self, top: Path, objects: dict[str, str]) -> None:
        self.top = top
        self._objects = objects
        self._old: dict[Path, LeanFile | None] = {}
        self._roots: dict[Path, bool] = {}

    @classmethod
    def since(cls, reference: str) -> Changes:
        """What has changed in the repository around the current folder.

        Raises BadInput where there is none, or no such commit.
        """
        top = Path(_git(Path(), "rev-parse", "--show-toplevel").removesuffix("\n"))
        commit = _git(top, "rev-parse", "--verify", "--end-of-options", f"{reference}^{{commit}}").strip()
        rows = _git(top, "ls-tree", "-r", "-z", "--full-tree", commit).split("\0")
        pairs = [row.split("\t", 1) for row in rows if row]
        return cls(Path(os.path.realpath(top)), {path: head.split()[2] for head, path in pairs})

    def touch(self, task: TextTask) -> bool:
        """Whether a claim is new or differs, or rests on what does; dependencies are as the manifest says."""
        path = Path(os.path.realpath(task.source.file))
        package = package_of(task.source)
        if task.index < 0 or (package is not None and self._differs_whole(package.root)):
            return True
        now = declaration_of(task)
        if not self._is_same(path):
            old = self._then(path)
            if old is None or besides_theorems(old).digest != besides_theorems(file_of(task.source)).digest:
                return True
            words = (now.name, now.statement.split())
            if now.anonymous:
                words = ("", words[1])
            if words not in [("" if e.anonymous else e.name, e.statement.split()) for e in old.declarations]:
                return True
        if package is None:
            return False
        visible = package.environment.imports.visible(now.module) - {now.module}
        return any(self._module_differs(module, package.path_of(module), package.files) for module in visible)

    def _module_differs(self, module: str, path: Path | None, files: dict[str, LeanFile]) -> bool:
        """Whether a file says something else to those that import it."""
        if path is None or module not in files or not path.is_relative_to(self.top) or self._is_same(path):
            return False
        old = self._then(path)
        if old is None:
            return ".lake" not in path.parts
        return besides_theorems(old).digest != besides_theorems(files[module]).digest

    def _differs_whole(self, root: Path) -> bool:
        """Whether a package has other dependencies, or is built otherwise."""
        if root not in self._roots:
            there = (root / name for name in WHOLE)
            self._roots[root] = any(
                not self._is_same(each)
                for each in there
                if each.is_file() or self._name(each) in self._objects
            )
        return self._roots[root]

    def _name(self, path: Path) -> str:
        return os.path.relpath(path, self.top).replace(os.sep, "/")

    def _is_same(self, path: Path) -> bool:
        """Whether a file is byte by byte that of the commit."""
        known = self._objects.get(self._name(path))
        if known is None or not path.is_file():
            return False
        data = path.read_bytes()
        digest = hashlib.sha1 if len(known) == 40 else hashlib.sha256  # git's own names of contents
        return known == digest(b"blob %d\0" % len(data) + data).hexdigest()

    def _then(self, path: Path) -> LeanFile | None:
        """A file as the commit has it; None where it has none."""
        if path not in self._old:
            known = self._objects.get(self._name(path))
            text = None if known is None else _git(self.top, "cat-file", "blob", known)
            self._old[path] = None if text is None else read_file(str(path), text=text)
        return self._old[path]


def _git(folder: Path, *arguments: str) -> str:
    """What git writes about a repository. Raises BadInput where it cannot."""
    ran = run([*GIT, *arguments], folder, LIMITS)
    if ran.problem or (ran.errors and not ran.output):
        said = ran.errors.splitlines()[0] if ran.errors else ran.problem
        raise BadInput(f"git {arguments[0]}: {shown(said)}")
    return ran.output.decode("utf-8", "surrogateescape")
