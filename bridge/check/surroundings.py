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


def imported(source: LeanText) -> str:
    """A digest of the files of its package that a text rests on, comments and claims left out; else empty."""
    package = package_of(source)
    return "" if package is None else _imported(source, package)


@lru_cache(maxsize=8)
def _imported(source: LeanText, package: SourceRoot) -> str:
    own = file_of(source).module
    found = hashlib.sha256()
    for module in sorted(package.environment.imports.visible(own) - {own}):
        if module in package.files:
            found.update(f"{module}\n{_besidesis_claim(package.files[module])}\n".encode())
    return found.hexdigest()


@lru_cache(maxsize=4096)
def _besidesis_claim(file: LeanFile) -> str:
    words: list[str] = []
    stopped = 0
    for each in file.declarations:
        if each.kind in CLAIMING:
            words += each.source.code[stopped : each.start].split()
            words.append(each.name)
            stopped = each.end
    if file.declarations:
        words += file.declarations[0].source.code[stopped:].split()
    return " ".join(words)


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
