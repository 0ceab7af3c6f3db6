"""What a Lean text says besides its claims: what a verdict on one of them rests on, as texts and digests."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

from leanmirror.bridge.check.environment import file_of, package_of
from leanmirror.bridge.check.tasks import is_claim
from leanmirror.bridge.check.texts import LeanText
from leanmirror.bridge.compile.claims import CLAIMING
from leanmirror.bridge.lean.declarations import LeanFile
from leanmirror.bridge.lean.source_root import SourceRoot

_PART = re.compile(r"[^\W\d][\w'?!]*")


@dataclass(frozen=True, slots=True)
class Surroundings:
    """A text without its claims and comments, and how many words of it stand before each claim, by index.

    Names of claims that the rest of the text uses are part of it, since they say what it means.
    """

    text: str
    before: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Besides:
    """A file without its theorems and comments: a digest, the parts of names in it, the theorems' names."""

    digest: str
    parts: frozenset[str]
    theorems: tuple[str, ...]


@lru_cache(maxsize=4096)
def besides_theorems(file: LeanFile) -> Besides:
    """What a file says to those that import it, theorems and proofs left out."""
    words: list[str] = []
    names: list[str] = []
    stopped = 0
    for each in file.declarations:
        if each.kind in CLAIMING:
            words += each.source.code[stopped : each.start].split()
            names.append(each.name)
            stopped = each.end
    if file.declarations:
        words += file.declarations[0].source.code[stopped:].split()
    text = " ".join(words)
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
    return Besides(digest, frozenset(_PART.findall(text)), tuple(names))


def imported(source: LeanText) -> str:
    """A digest of the files of its package that a text rests on, comments and claims left out; else empty.

    The name of a theorem counts where the rest of a file that the text sees speaks of it.
    """
    package = package_of(source)
    return "" if package is None else _imported(source, package)


@lru_cache(maxsize=8)
def _imported(source: LeanText, package: SourceRoot) -> str:
    own = file_of(source).module
    visible = package.environment.imports.visible(own)
    uses = _uses(package)
    uses.update()
    found = hashlib.sha256()
    for module in sorted(visible - {own}):
        if module in package.files:
            besides = besides_theorems(package.files[module])
            named = [name for name in besides.theorems if uses.of(name, visible)]
            found.update("\n".join((module, besides.digest, *named, "")).encode("utf-8", "surrogatepass"))
    return found.hexdigest()


class _Uses:
    """In which files of a package the parts of names stand, their theorems left out."""

    def __init__(self, package: SourceRoot) -> None:
        self._package = package
        self._modules: dict[str, set[str]] = {}
        self._read: set[str] = set()

    def update(self) -> None:
        """Look at the files that were read since."""
        for module in self._package.files.keys() - self._read:
            self._read.add(module)
            for part in besides_theorems(self._package.files[module]).parts:
                self._modules.setdefault(part, set()).add(module)

    def of(self, name: str, modules: frozenset[str]) -> bool:
        """Whether one of these files speaks of a name."""
        found = self._modules.get(name.rpartition(".")[2])
        return found is not None and not found.isdisjoint(modules)


@lru_cache(maxsize=4)
def _uses(package: SourceRoot) -> _Uses:
    return _Uses(package)


def surroundings(source: LeanText) -> Surroundings:
    """What stands in a text besides its claims."""
    return _surroundings(file_of(source))


@lru_cache(maxsize=8)
def _surroundings(file: LeanFile) -> Surroundings:
    claims = {at: each for at, each in enumerate(file.declarations) if is_claim(each)}
    words: list[str] = []
    before: dict[int, int] = {}
    stopped = 0
    for at, each in claims.items():
        words += each.source.code[stopped : each.start].split()
        before[at], stopped = len(words), each.end
    if file.declarations:
        words += file.declarations[0].source.code[stopped:].split()
    used = {part for word in words for part in _PART.findall(word)}
    names = [each.name for each in claims.values() if each.name.rpartition(".")[2] in used]
    return Surroundings("\n".join([*words, "", *names]), before)
