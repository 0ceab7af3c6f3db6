"""The environment: prelude, lean_names.json and the file in work; names are elaborated when asked for."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from leanmirror.bridge.core.context import Context, Instances
from leanmirror.bridge.core.environment import Declared, Environment, Family
from leanmirror.bridge.core.recursion import room
from leanmirror.bridge.elaborate.declarations import (
    ANYWHERE,
    PRELUDE,
    Mirrored,
    NameTable,
    Source,
    given_names,
    parent_field,
)
from leanmirror.bridge.elaborate.declare import Declarer
from leanmirror.bridge.elaborate.elaborator import Elaborator, Surroundings
from leanmirror.bridge.elaborate.families import Product
from leanmirror.bridge.lean import scopes
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.bodies import block_term
from leanmirror.bridge.lean.declarations import Declaration, LeanFile
from leanmirror.bridge.lean.module_paths import STOOD_FOR
from leanmirror.bridge.lean.reader import read_file
from leanmirror.bridge.lean.scopes import Candidate, joined, public_name, resolve
from leanmirror.bridge.names.table import Name, Names, default_names
from leanmirror.spec.errors import LeanMirrorError, PositionedError, ReadError, Unsupported

OF_NO_CLASS = ""
"""Instances whose class nobody knows stand under this name: it may be one of any."""


class Library(Environment):
    """An environment over sources, asked in their order.

    `names` are seen everywhere, beside those of the file that a declaration stands in.
    """

    def __init__(
        self, sources: Iterable[Source], names: scopes.Environment, base: Library | None = None
    ) -> None:
        super().__init__()
        self.sources = list(sources)
        self.names = names
        self.base = base
        self.failures: dict[str, PositionedError] = {}
        self._recursive: dict[str, tuple[bool, ...]] = {}
        self._instances: dict[str, list[str]] | None = None
        self._by_class: dict[str, tuple[Declared, ...]] = {}
        self._tables: dict[int, NameTable] = {}
        self._working: set[int] = set()
        self._unsure: list[Declaration] = []
        self._circles = 0

    def lookup(self, name: str) -> Declared | None:
        try:
            return self.known[name]
        except KeyError:
            pass
        before = self._circles
        found = self._found(name)
        if name not in self.known and before == self._circles:
            self.known[name] = found
        return self.known.get(name)

    def _found(self, name: str) -> Declared | None:
        if self.base is not None:
            found = self.base.lookup(name)
            if found is not None:
                return found
        for i, source in enumerate(self.sources):
            declaration = source.find(name)
            if declaration is None:
                continue
            if any(other.find(declaration.name) is not None for other in self.sources[:i]):
                return None  # a type that stands here in another form, without this field
            self._elaborate(declaration, source)
            return self.known.get(name)
        return None

    def _elaborate(self, declaration: Declaration, source: Source) -> None:
        """Make the constants of a declaration known, or note why they are not.

        What failed, or lost its body, because a declaration was asked for that is itself in work is tried
        again: a declaration at once, a body when nothing is in work any more.
        """
        if id(declaration) in self._working:
            self._circles += 1
            return
        self._working.add(id(declaration))
        before = self._circles
        try:
            elaborator = self.elaborator(declaration)
            with room():
                Declarer(declaration, elaborator, self._register, source.bodies, source.interpreted).declare()
        except (LeanMirrorError, RecursionError) as error:
            self.failures[declaration.name] = _failure(error)
            if before != self._circles and len(self._working) > 1:
                self._forget(declaration)
        finally:
            self._working.discard(id(declaration))
        if before != self._circles and self._working and self._lost_body(declaration):
            self._unsure.append(declaration)
        if not self._working:
            while self._unsure:
                self._forget(self._unsure.pop())

    def _lost_body(self, declaration: Declaration) -> bool:
        found = self.known.get(declaration.name)
        return found is not None and found.why is not None

    def _forget(self, declaration: Declaration) -> None:
        for name in given_names(declaration):
            self.known.pop(name, None)

    def _register(self, product: Product) -> None:
        for each in product.constants:
            self.known[each.name] = each
        for family in product.families:
            self.families[family.name] = family
        self._recursive.update(product.recursive)

    @property
    def busy(self) -> bool:
        return bool(self._working)

    def family(self, name: str) -> Family | None:
        found = self.families.get(name)
        if found is None and self.lookup(name) is not None:
            found = self.families.get(name) or (self.base.family(name) if self.base is not None else None)
        return found

    def recursive(self, constructor: str) -> tuple[bool, ...]:
        found = self._recursive.get(constructor)
        if found is None and self.base is not None:
            return self.base.recursive(constructor)
        return found or ()

    def failure(self, name: str) -> PositionedError | None:
        found = self.failures.get(name)
        if found is None:
            found = self.failures.get(name.rpartition(".")[0])
        if found is None and self.base is not None:
            return self.base.failure(name)
        return found

    # Instances

    def instances(self, class_name: str) -> tuple[Declared, ...]:
        found = self._by_class.get(class_name)
        if found is None:
            if self._instances is None:
                self._instances = {}
                for i, source in enumerate(self.sources):
                    for each in source.declarations():
                        if not any(other.find(each.name) for other in self.sources[:i]):
                            self._index(each)
            names = self._instances.get(class_name, ())
            own = [declared for name in reversed(names) if (declared := self.lookup(name)) is not None]
            base = self.base.instances(class_name) if self.base is not None else ()
            found = (*own, *base)
            if not self.busy:
                self._by_class[class_name] = found
        return found

    def lost_instance(self, class_name: str) -> str:
        self.instances(class_name)
        known = self._instances or {}
        names = (*known.get(class_name, ()), *known.get(OF_NO_CLASS, ()))
        found = next((name for name in names if self.lookup(name) is None), "")
        return found or (self.base.lost_instance(class_name) if self.base is not None else "")

    def _index(self, declaration: Declaration) -> None:
        """Note an instance under its class; the parents of a class are instances too."""
        assert self._instances is not None
        if declaration.kind == "class":
            for parent in declaration.header.parents:
                self._note(declaration, parent, joined(declaration.name, parent_field(parent)))
        elif declaration.type is not None and is_instance(declaration):
            self._note(declaration, declaration.type, declaration.name)

    def _note(self, declaration: Declaration, type_: s.Node, name: str) -> None:
        assert self._instances is not None
        while isinstance(type_, (s.Forall, s.Arrow)):
            type_ = type_.body if isinstance(type_, s.Forall) else type_.codomain
        head = type_.fn if isinstance(type_, s.App) else type_
        if not isinstance(head, s.Ident):
            return
        found = self.resolved(head.name, declaration)
        self._instances.setdefault(found[0].name if found else OF_NO_CLASS, []).append(name)

    # Names

    def resolved(self, name: str, declaration: Declaration, inside: bool = False) -> tuple[Candidate, ...]:
        """What a name means in a declaration; `inside` its body, where it may be its own name."""
        before = last_seen(declaration, inside)
        return resolve(name, declaration.scope, self.table(declaration.environment), before)

    def require_read(self, name: str, declaration: Declaration, found: tuple[Candidate, ...]) -> None:
        """Raise Unsupported where a file that nobody has read may declare a nearer name than those found."""

    def key(self, name: str, module: str, before: int = scopes.NOWHERE) -> str:
        """The name that what a module means by a full name has here."""
        return name

    def member(self, owner: str, field: str, declaration: Declaration) -> str | None:
        """The constant of that name in the namespace of a type, where a declaration sees one."""
        own = f"{owner}.{field}"
        name = f"{public_name(owner)}.{field}"
        if own != name and self.lookup(own) is not None:
            return own
        table, module, before = (
            self.table(declaration.environment),
            declaration.scope.module,
            declaration.start,
        )
        if not table.declared(name, module, before, plain=False) and any(table.entries(name)):
            return None
        key = self.key(name, module, before)
        return key if self.lookup(key) is not None else None

    def table(self, own: scopes.Environment) -> NameTable:
        """The names that a declaration of some file sees."""
        found = self._tables.get(id(own))
        if found is None:
            found = self._tables[id(own)] = NameTable(own, [self.names])
        return found

    def is_taken(self, declaration: Declaration) -> bool:
        """Whether a declaration of a text has the name of another one here: then both are kept apart.

        A mirror is of a declaration of its own project, and the prelude stands for what Mathlib has.
        """
        entries = list(self.names.entries(declaration.name))
        project = _project(declaration.module)
        mirrored = any(project == _project(each.module) for each in entries)
        return bool(entries) and not mirrored and project not in STOOD_FOR

    def elaborator(self, declaration: Declaration) -> Elaborator:
        """An elaborator for the terms of a declaration, in its scope.

        Raises Unsupported where something before it could not be read that may change what it means.
        """
        _require_certain(declaration)
        context = Context(self, declaration.position, self.seen_by(declaration))
        return Elaborator(context, Scoped(self, declaration))

    def seen_by(self, declaration: Declaration) -> Instances:
        """The instances that a declaration sees."""
        return Instances(self)


class Scoped(Surroundings):
    """The names and notations in the scope of a declaration."""

    def __init__(self, library: Library, declaration: Declaration) -> None:
        self.library, self.declaration = library, declaration

    def resolve(self, name: str, inside: bool) -> tuple[Candidate, ...]:
        found = self.library.resolved(name, self.declaration, inside)
        self.library.require_read(name, self.declaration, found)
        return found

    def member(self, owner: str, field: str) -> str | None:
        return self.library.member(owner, field, self.declaration)

    def block(self, node: s.Opaque) -> s.Node | None:
        declaration = self.declaration
        try:
            return block_term(declaration.source, node, declaration.scope.notations)
        except ReadError as error:
            what = "a do block" if node.key == "do" else "a value given by tactics"
            raise Unsupported(f"{what} ({error.message})", error.position, "syntax") from None

    def opened(self, namespace: str) -> bool:
        scope = self.declaration.scope
        return namespace in scope.namespaces or any(
            each.namespace == namespace and each.only is None for each in scope.opens
        )

    def expansion(self, key: str) -> tuple[tuple[str, ...], s.Node] | None:
        found = self.declaration.scope.notations.by_key.get(key)
        if found is None or found.expansion is None:
            return None
        return tuple(each.name for each in found.operands), found.expansion


def _require_certain(declaration: Declaration) -> None:
    doubt, unclear = declaration.doubt, declaration.unclear
    if doubt is not None:
        where = f"'{doubt.what}' at {doubt.position} cannot be read: {doubt.reason}"
        raise Unsupported(f"what stands after {where}", declaration.position(declaration.start), "syntax")
    if unclear:
        names = ", ".join(unclear)
        what = f"the variables {names}, which the proof may use and so may belong to the statement"
        raise Unsupported(what, declaration.position(declaration.start), "option")


def _failure(error: LeanMirrorError | RecursionError) -> PositionedError:
    if isinstance(error, PositionedError):
        return error
    text = str(error) if isinstance(error, LeanMirrorError) else "nested too deeply"
    return Unsupported(text, cause="syntax")


def _project(module: str) -> str:
    return module.partition(".")[0]


def last_seen(declaration: Declaration, inside: bool) -> int:
    """The last offset whose names a declaration sees; `inside` its body it sees its own, too."""
    inside = inside or declaration.kind in ("structure", "class", "inductive")
    return declaration.start - (not inside)


def is_instance(declaration: Declaration) -> bool:
    """Whether a declaration is one that instance search tries."""
    return declaration.kind == "instance" or "instance" in declaration.attributes


def prelude_path() -> Path:
    """Our file of Lean's and Mathlib's signatures."""
    return Path(__file__).with_name("prelude.lean")


@cache
def prelude() -> LeanFile:
    """The prelude, read once."""
    return read_file(prelude_path(), PRELUDE)


@cache
def definitions() -> LeanFile:
    """Our definitions of mirrored names in terms of others, read once."""
    return read_file(Path(__file__).with_name("definitions.lean"), "leanmirror.definitions")


def library(entries: Iterable[Name] | None = None) -> Library:
    """The prelude and mirrored names; those of lean_names.json unless others are given."""
    file = prelude()
    own = file.declarations[0].environment
    prelude_names = Source(file.declarations, bodies=True)
    listed = default_names() if entries is None else entries
    mirrored = Mirrored(listed)
    names = scopes.Environment()
    for alias, name in listed.aliases.items() if isinstance(listed, Names) else ():
        names.add_alias(alias, name, ANYWHERE)
    for name, entry in mirrored.entries.items():
        place = scopes.Entry(entry.module, 0) if entry.module else ANYWHERE
        for each in (name, *(joined(name, field) for field, _ in entry.fields)):
            names.declare(each, place)
    for name in prelude_names.by_name:
        if name not in own.names:
            names.declare(name, ANYWHERE)
    defined = Source(each for each in definitions().declarations if each.name in mirrored.entries)
    defined.bodies = True
    return Library([prelude_names, defined, mirrored], NameTable(own, [names]))


@cache
def default() -> Library:
    """The prelude of Lean and Mathlib names, and the names of lean_names.json."""
    return library()
