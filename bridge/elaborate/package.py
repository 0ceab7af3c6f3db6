"""The environment of a package: its declarations with their bodies, after those that are mirrored."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path

from leanmirror.bridge.core.context import Instances
from leanmirror.bridge.core.environment import Declared
from leanmirror.bridge.core.recursion import room
from leanmirror.bridge.core.term import Term
from leanmirror.bridge.elaborate.declarations import Source
from leanmirror.bridge.elaborate.declare import Declarer
from leanmirror.bridge.elaborate.families import Product
from leanmirror.bridge.elaborate.homonyms import Homonyms
from leanmirror.bridge.elaborate.library import Library
from leanmirror.bridge.lean.declarations import Declaration, LeanFile
from leanmirror.bridge.lean.source_root import SourceRoot
from leanmirror.bridge.names.table import default_names
from leanmirror.spec.errors import LeanMirrorError, Unsupported


class TreeLibrary(Library):
    """What the files of a package see: the prelude, mirrored names, then the package by its imports.

    A mirrored name is the mirror's, but those of the float tape are the text's.
    `text_of` gives the definition of the text for such a name, too. `mirrored`: the package is the project
    that is mirrored, whatever its modules are called.
    """

    def __init__(self, root: SourceRoot, base: Library, *, mirrored: bool = False) -> None:
        self.root = root
        self.text = Source((), bodies=True, interpreted=True)
        super().__init__([self.text], base.names, base)
        self.homonyms = Homonyms(root.environment, _never if mirrored else base.is_taken)
        self.texts: dict[str, Declared] = {}
        self._completing: set[str] = set()
        self._seen: dict[str, dict[Term, Term | None]] = {}
        for file in root.files.values():
            self._added(file)
        root.added.append(self._added)

    def _added(self, file: LeanFile) -> None:
        """Another file has been read: what was not there may be there now."""
        assert self.homonyms is not None
        self.text.add(map(self.homonyms.placed, file.declarations))
        self.known = {name: found for name, found in self.known.items() if found is not None}
        self._instances = None
        self._by_class.clear()
        self._seen.clear()

    def _found(self, name: str) -> Declared | None:
        declaration = self.text.find(name)
        if declaration is None or declaration.name not in _of_the_tape():
            return super()._found(name)
        self._elaborate(declaration, self.text)
        return self.known.get(name)

    def seen_by(self, declaration: Declaration) -> Instances:
        return _Seen(self, declaration)

    def completed(self, declared: Declared) -> Declared:
        """A mirrored definition with the body that the text has, which types may depend on."""
        name = declared.name
        if declared.body is not None or declared.kind != "def" or name in self._completing:
            return declared
        self._completing.add(name)
        try:
            return replace(declared, body=self.text_of(name).body, opaque=False, interpreted=True)
        except LeanMirrorError:
            return declared
        finally:
            self._completing.discard(name)

    def sees(self, declaration: Declaration, name: str) -> bool:
        """Whether a declaration stands after another one, in its file or in what that imports."""
        other = self.text.find(name)
        if other is None:
            return True
        if other.module == declaration.module:
            return other.start < declaration.start
        return self.root.environment.sees_module(declaration.module, other.module)

    def found_in(self, module: str) -> dict[Term, Term | None]:
        """The instances that were found for statements of a module."""
        return self._seen.setdefault(module, {})

    def text_of(self, name: str) -> Declared:
        """A definition as the text has it, also where a mirror stands for it.

        Raises Unsupported, with the place, where there is none or it is not understood.
        """
        found = self.texts.get(name)
        if found is None:
            declaration = self.text.find(name)
            if declaration is None or declaration.name != name:
                raise Unsupported(f"no text declares {name}", cause="unknown_name")
            found = self.texts[name] = self._elaborated(declaration)
        if found.body is None:
            why = found.why
            if why is None:
                raise Unsupported(f"{name} has no body")
            raise Unsupported.by(why, f"the body of {name}: ")
        return found

    def _elaborated(self, declaration: Declaration) -> Declared:
        made: list[Declared] = []

        def register(product: Product) -> None:
            made[:] = product.constants

        known = self.lookup(declaration.name)
        if known is not None and known.interpreted:
            return known
        try:
            with room():
                Declarer(declaration, self.elaborator(declaration), register, True, True).declare()
        except RecursionError:
            raise Unsupported(f"{declaration.name}: nested too deeply", cause="syntax") from None
        return replace(made[0], opaque=made[0].body is None)


def _never(declaration: Declaration) -> bool:
    return False


@cache
def _of_the_tape() -> frozenset[str]:
    """Names whose mirror works on floats only, which say nothing about real numbers."""
    return frozenset(
        each.name for each in default_names() if (each.python or "").startswith("leanmirror.runtime.")
    )


class _Seen(Instances):
    """The instances of what the file of a declaration imports."""

    def __init__(self, library: TreeLibrary, declaration: Declaration) -> None:
        super().__init__(library)
        self.library, self.declaration = library, declaration

    def of_class(self, name: str) -> tuple[Declared, ...]:
        found = super().of_class(name)
        return tuple(each for each in found if self.library.sees(self.declaration, each.name))

    def found(self) -> dict[Term, Term | None]:
        return self.library.found_in(self.declaration.module)


def tree_library(folder: Path, base: Library) -> TreeLibrary:
    """A package, of which nothing has been read yet."""
    return TreeLibrary(SourceRoot(folder), base)
