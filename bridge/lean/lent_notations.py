"""The notations that files lend to those that import them."""

from __future__ import annotations

from collections.abc import Iterator

from leanmirror.bridge.lean.imports import Imports
from leanmirror.bridge.lean.notations import Definition


class LentNotations:
    """By module: what it lends, and what it sees."""

    def __init__(self, imports: Imports) -> None:
        self.imports = imports
        self._of: dict[str, tuple[Definition, ...]] = {}

    def add(self, module: str, found: tuple[Definition, ...]) -> None:
        """Take in what a module lends."""
        if found:
            self._of[module] = found

    def seen(self, module: str) -> Iterator[Definition]:
        """The notations that a module sees, those of what is imported before those of what imports it."""
        seen = [each for each in self._of if each != module and self.imports.sees(module, each)]
        for each in sorted(seen, key=lambda name: (self.imports.mask(name).bit_count(), name)):
            yield from self._of[each]
