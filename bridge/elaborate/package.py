"""The environment of a package: its declarations with their bodies, after those that are mirrored."""

from __future__ import annotations

from bisect import bisect_left
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
from leanmirror.bridge.elaborate.library import Library, is_instance, last_seen
from leanmirror.bridge.lean import scopes
from leanmirror.bridge.lean.declarations import Declaration, LeanFile
from leanmirror.bridge.lean.module_paths import STOOD_FOR
from leanmirror.bridge.lean.scopes import NOWHERE, Candidate, joined, parts, public_name
from leanmirror.bridge.lean.source_root import SourceRoot
from leanmirror.bridge.names.table import default_names
from leanmirror.spec.errors import LeanMirrorError, Unsupported

MOST_GOALS = 256
"""So many places are remembered with what was found for goals there; each instance of a file begins one."""


class TextLibrary(Library):
    """What texts declare, above a base: each declaration sees what its file does up to where it stands.

    `mirrored`: the texts are of the project that is mirrored, whatever its modules are called.
    """

    def __init__(self, environment: scopes.Environment, base: Library, *, mirrored: bool = False) -> None:
        self.text = Source((), bodies=True, interpreted=True)
        super().__init__([self.text], base.names, base)
        self.environment = environment
        self.homonyms = Homonyms(environment, _never if mirrored else base.is_taken)
        self._instances = {}
        self._starts: dict[str, list[int]] = {}
        self._goals: dict[tuple[str, int], dict[Term, Term | None]] = {}
        self._unread: dict[str, tuple[str, ...]] = {}

    def add(self, file: LeanFile) -> None:
        """Take in a file, after those that it imports: what was not there may be there now."""
        placed = tuple(map(self.homonyms.placed, file.declarations))
        self.text.add(placed)
        self.known = {name: found for name, found in self.known.items() if found is not None}
        for each in placed:
            self._index(each)
        self._starts[file.module] = sorted(each.start for each in placed if is_instance(each))
        self._by_class.clear()

    def resolved(self, name: str, declaration: Declaration, inside: bool = False) -> tuple[Candidate, ...]:
        before = last_seen(declaration, inside)
        found = super().resolved(name, declaration, inside)
        return tuple(self.homonyms.key(each, declaration.scope.module, before) for each in found)

    def require_read(self, name: str, declaration: Declaration, found: tuple[Candidate, ...]) -> None:
        scope = declaration.scope
        missing = self.not_read(scope.module)
        if not missing or not found:
            return
        roots = {each.partition(".")[0] for each in missing}
        nearer: list[str] = []
        for namespace in filter(None, scope.namespaces):
            if any(each.name.startswith(joined(namespace, parts(name)[0])) for each in found):
                break
            nearer.append(namespace)
        else:
            nearer += (opened for opened, _ in self.table(declaration.environment).opened(scope))
        if any(each.partition(".")[0] in roots for each in nearer) and not self._declares(
            found, scope.module
        ):
            what = f"the name {name}, which may stand in what is not read: {', '.join(missing)}"
            raise Unsupported(what, cause="import")

    def _declares(self, found: tuple[Candidate, ...], module: str) -> bool:
        return all(
            self.environment.declared(public_name(each.name), module, NOWHERE, plain=False) for each in found
        )

    def not_read(self, module: str) -> tuple[str, ...]:
        """The modules that a module sees by its imports, and that nobody has read or stands for."""
        found = self._unread.get(module)
        if found is None:
            found = self._unread[module] = self._not_read(module)
        return found

    def _not_read(self, module: str) -> tuple[str, ...]:
        heads = self.environment.imports.heads
        seen = self.environment.imports.visible(module) - heads.keys() - _mirrored_modules()
        return tuple(sorted(each for each in seen if each.partition(".")[0] not in STOOD_FOR))

    def key(self, name: str, module: str, before: int = NOWHERE) -> str:
        return self.homonyms.key(Candidate(name), module, before).name

    def seen_by(self, declaration: Declaration) -> Instances:
        return _Seen(self, declaration)

    def sees(self, declaration: Declaration, name: str) -> bool:
        """Whether a declaration stands after another one, in its file or in what that imports."""
        other = self.text.find(name)
        if other is None:
            return True
        if other.module == declaration.module:
            return other.start < declaration.start
        if not other.exported and self.environment.imports.is_module(declaration.module):
            return self.environment.imports.sees_all_of(declaration.module, other.module)
        return self.environment.sees_module(declaration.module, other.module)

    def place(self, name: str) -> tuple[int, str, int]:
        """Where a declaration stands among all: after what its file imports, whatever was read first."""
        other = self.text.find(name)
        if other is None:
            return (-1, "", 0)
        return (self.environment.imports.mask(other.module).bit_count(), other.module, other.start)

    def goals(self, declaration: Declaration) -> dict[Term, Term | None]:
        """The instances that were found for what sees the same ones; those used last are kept."""
        starts = self._starts.get(declaration.module, [])
        key = (declaration.module, bisect_left(starts, declaration.start))
        found = self._goals.pop(key, {})
        self._goals[key] = found
        while len(self._goals) > MOST_GOALS:
            del self._goals[next(iter(self._goals))]
        return found


class TreeLibrary(TextLibrary):
    """What the files of a package see: the prelude, mirrored names, then the package by its imports.

    A mirrored name is the mirror's, but those of the float tape are the text's. `text_of` gives the
    definition of the text for such a name, too.
    """

    def __init__(self, root: SourceRoot, base: Library, *, mirrored: bool = False) -> None:
        super().__init__(root.environment, base, mirrored=mirrored)
        self.root = root
        self.texts: dict[str, Declared] = {}
        self._completing: set[str] = set()
        for file in root.files.values():
            self.add(file)
        root.added.append(self.add)

    def _found(self, name: str) -> Declared | None:
        declaration = self.text.find(name)
        if declaration is None or declaration.name not in _of_the_tape():
            return super()._found(name)
        self._elaborate(declaration, self.text)
        return self.known.get(name)

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


@cache
def _mirrored_modules() -> frozenset[str]:
    return frozenset(each.module for each in default_names())


class _Seen(Instances):
    """The instances of what the file of a declaration imports, the nearest first."""

    def __init__(self, library: TextLibrary, declaration: Declaration) -> None:
        super().__init__(library)
        self.library, self.declaration = library, declaration
        self._of_class: dict[str, tuple[Declared, ...]] = {}

    def of_class(self, name: str) -> tuple[Declared, ...]:
        found = self._of_class.get(name)
        if found is None:
            library = self.library
            seen = (each for each in super().of_class(name) if library.sees(self.declaration, each.name))
            found = tuple(sorted(seen, key=lambda each: library.place(each.name), reverse=True))
            if not library.busy:
                self._of_class[name] = found
        return found

    def found(self) -> dict[Term, Term | None]:
        return self.library.goals(self.declaration)


def file_library(file: LeanFile, base: Library) -> TextLibrary:
    """The names of a base, and those that a file declares itself; its imports are not read."""
    environment = file.declarations[0].environment if file.declarations else scopes.Environment()
    environment.imports.set(file.module, file.head)
    found = TextLibrary(environment, base)
    found.add(file)
    return found


def tree_library(folder: Path, base: Library) -> TreeLibrary:
    """A package, of which nothing has been read yet."""
    return TreeLibrary(SourceRoot(folder), base)
