"""Names as Lean resolves them: namespaces innermost first, then the root, then what is open and exported."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from leanmirror.bridge.lean.imports import Imports
from leanmirror.bridge.lean.notations import NO_NOTATIONS, Notations
from leanmirror.bridge.lean.tokens import PART_ONLY

ROOT = "_root_."
NOWHERE = 1 << 60
_PRIVATE = re.compile(r"_private\.(?:.*?)\.0\.(?=.)")


@lru_cache(maxsize=65536)
def parts(name: str) -> tuple[str, ...]:
    """The components of a dotted name; `«…»` is one component whatever it holds."""
    if "«" in name:
        return tuple(PART_ONLY.findall(name))
    return tuple(name.split("."))


def joined(namespace: str, name: str) -> str:
    """A name inside a namespace; the root namespace is empty."""
    return f"{namespace}.{name}" if namespace else name


def parent(name: str) -> str:
    """The name without its last component."""
    return ".".join(parts(name)[:-1]) if "«" in name else name.rpartition(".")[0]


def enclosing(namespace: str) -> tuple[str, ...]:
    """A namespace and those around it, innermost first; the root comes last."""
    found = []
    while namespace:
        found.append(namespace)
        namespace = parent(namespace)
    return (*found, "")


def private_name(module: str, name: str) -> str:
    """The name that Lean itself gives to a private declaration."""
    return f"_private.{module or 'Main'}.0.{name}"


def public_name(name: str) -> str:
    """The name as the author wrote it: `_private.Module.0.A.b` is `A.b`."""
    return _PRIVATE.sub("", name, count=1) if name.startswith("_private.") else name


@dataclass(frozen=True, slots=True)
class Open:
    """One namespace opened at one place.

    `within` are the namespaces around that place: `open Tensor` inside `Spec` may mean `Spec.Tensor`. `only`
    are pairs of new and old name, None opens all but `hiding`. A scoped one opens notations only. `offset` is
    the place in the file: a namespace that begins further down is not meant.
    """

    namespace: str
    within: tuple[str, ...]
    only: tuple[tuple[str, str], ...] | None = None
    hiding: frozenset[str] = frozenset()
    scoped: bool = False
    offset: int = NOWHERE


@dataclass(frozen=True, eq=False)
class Scope:
    """What decides the meaning of a name: namespaces innermost first, opens oldest first, notations."""

    module: str
    namespaces: tuple[str, ...] = ("",)
    opens: tuple[Open, ...] = ()
    notations: Notations = NO_NOTATIONS
    universes: tuple[str, ...] = ()

    @property
    def namespace(self) -> str:
        """The innermost namespace, empty for the root."""
        return self.namespaces[0]

    def within(self, prefix: str) -> Scope:
        """The scope inside a declaration whose own name has that dotted prefix."""
        if not prefix:
            return self
        return replace(self, namespaces=enclosing(joined(self.namespace, prefix)))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A declaration that a name may mean, and the components of the name left over as projections."""

    name: str
    fields: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """Where a name is declared; a private one is seen in its file, and where `import all` names that."""

    module: str
    offset: int
    private: bool = False
    protected: bool = False


@dataclass(frozen=True, slots=True)
class Export:
    """`export A (x y)` in a namespace: there `x` is one more name for `A.x`."""

    namespace: str
    source: str
    names: tuple[str, ...]
    within: tuple[str, ...]
    place: Entry


def _nowhere(module: str) -> bool:
    return False


@dataclass
class Environment:
    """All declared names of some files, their namespaces, exports and imports.

    Each stands with the module that has it: a file sees what its imports lead to, whatever else was read.
    `has_module` tells whether a module is one of the files that these names are read from, read yet or not.
    """

    names: dict[str, list[Entry]] = field(default_factory=dict)
    namespaces: dict[str, dict[str, int]] = field(default_factory=dict)
    exports: dict[str, list[tuple[str, Entry]]] = field(default_factory=dict)
    components: set[str] = field(default_factory=set)
    imports: Imports = field(default_factory=Imports)
    has_module: Callable[[str], bool] = _nowhere
    _opened: dict[int, tuple[tuple[Open, ...], tuple[tuple[str, Open], ...]]] = field(default_factory=dict)

    def declare(self, name: str, entry: Entry) -> None:
        """Add a name, and its prefixes as namespaces."""
        self.names.setdefault(name, []).append(entry)
        self.components.update(parts(name))
        self.add_namespace(parent(name), entry.module, entry.offset)

    def add_namespace(self, namespace: str, module: str, offset: int) -> None:
        """Add a namespace and those around it, as they begin in a module."""
        while namespace:
            places = self.namespaces.setdefault(namespace, {})
            if places.get(module, NOWHERE) <= offset:
                return
            if not places:
                self.components.update(parts(namespace))
            places[module] = offset
            namespace = parent(namespace)

    def add_export(self, export: Export) -> None:
        """Add the aliases of an `export`."""
        place = export.place
        opened = Open(export.source, export.within, offset=place.offset)
        for source in self.namespaces_meant(opened, (), place.module):
            for name in export.names:
                self.add_alias(joined(export.namespace, name), joined(source, name), place)

    def add_alias(self, alias: str, meant: str, place: Entry) -> None:
        """Add one more name for a declaration."""
        self.exports.setdefault(alias, []).append((meant, place))
        self.components.update(parts(alias))

    def aliases(self) -> dict[str, tuple[str, ...]]:
        """All further names, wherever they stand, and what each may mean."""
        return {alias: tuple(meant for meant, _ in found) for alias, found in self.exports.items()}

    def entries(self, name: str) -> Iterable[Entry]:
        """Where a name is declared."""
        return self.names.get(name, ())

    def places(self, namespace: str) -> Iterable[tuple[str, int]]:
        """The modules that have a namespace, each with the offset where it begins."""
        return self.namespaces.get(namespace, {}).items()

    def meanings(self, alias: str) -> Iterable[tuple[str, Entry]]:
        """What a name is one more name for, and where an `export` says so."""
        return self.exports.get(alias, ())

    def has_component(self, component: str) -> bool:
        """Whether a name that starts so may be declared at all."""
        return component in self.components

    def sees_module(self, module: str, other: str) -> bool:
        """Whether a module sees what another one shows to others."""
        return self.imports.sees(module, other)

    def sees(self, module: str, entry: Entry, before: int) -> bool:
        """Whether what stands at an entry is seen by a module at an offset."""
        if entry.module == module:
            return entry.offset <= before
        if entry.private:
            return self.imports.sees_all_of(module, entry.module)
        return self.sees_module(module, entry.module)

    def declared(self, name: str, module: str, before: int, plain: bool) -> bool:
        """Whether a module sees a name at an offset; `plain`: protected names do not count."""
        return any(
            not (plain and entry.protected) and self.sees(module, entry, before)
            for entry in self.entries(name)
        )

    def aliased(self, name: str, module: str, before: int) -> tuple[str, ...]:
        """What a name means by `export`, at an offset of a module."""
        return tuple(meant for meant, place in self.meanings(name) if self.sees(module, place, before))

    def is_namespace(self, name: str, module: str, before: int) -> bool:
        """Whether a module sees a namespace at an offset."""
        return any(
            offset <= before if other == module else self.sees_module(module, other)
            for other, offset in self.places(name)
        )

    def namespaces_meant(self, each: Open, opens: Iterable[str], module: str) -> tuple[str, ...]:
        """The namespaces that an `open` means: the innermost there is, and those in opened ones."""
        name = each.namespace
        if name.startswith(ROOT):
            return (name[len(ROOT) :],)
        around = (joined(outer, name) for outer in each.within)
        found = [full for full in around if self.is_namespace(full, module, each.offset)][:1]
        inner = (joined(opened, name) for opened in opens)
        found += [full for full in inner if self.is_namespace(full, module, each.offset)]
        return tuple(dict.fromkeys(found)) or (name,)

    def opened(self, scope: Scope) -> tuple[tuple[str, Open], ...]:
        """Each open namespace of a scope by its full name, oldest first."""
        cached = self._opened.get(id(scope.opens))
        if cached is not None and cached[0] is scope.opens:
            return cached[1]
        found: list[tuple[str, Open]] = []
        for each in scope.opens:
            simple = [name for name, other in found if other.only is None and not other.scoped]
            found += [(name, each) for name in self.namespaces_meant(each, simple, scope.module)]
        self._opened[id(scope.opens)] = (scope.opens, tuple(found))
        return tuple(found)


def resolve(
    name: str, scope: Scope, environment: Environment, before: int = NOWHERE
) -> tuple[Candidate, ...]:
    """What a name may mean at a place, the longest prefix first, as Lean looks it up; empty when nothing.

    `before` is the offset of the place in its file: names that are declared below it are not seen. Several
    candidates are an overload. A private name of another file is never among them.
    """
    pieces = parts(name)
    rooted = pieces[0] == "_root_"
    if rooted:
        pieces = pieces[1:]
    elif not environment.has_component(pieces[0]) and not any(each.only for each in scope.opens):
        return ()
    for length in range(len(pieces), 0, -1):
        prefix = ".".join(pieces[:length])
        found = (
            _at_root(prefix, scope, environment, before)
            if rooted
            else _resolve_whole(prefix, length == 1, scope, environment, before)
        )
        if found:
            return tuple(Candidate(each, pieces[length:]) for each in dict.fromkeys(found))
    return ()


def _at_root(name: str, scope: Scope, environment: Environment, before: int) -> list[str]:
    return [name] if environment.declared(name, scope.module, before, plain=False) else []


def _resolve_whole(name: str, plain: bool, scope: Scope, environment: Environment, before: int) -> list[str]:
    module = scope.module
    for namespace in scope.namespaces:
        if namespace:
            full = f"{namespace}.{name}"
            found = [full] if environment.declared(full, module, before, plain) else []
            found += environment.aliased(full, module, before)
            if found:
                return found
    if not plain and environment.declared(name, module, before, plain=False):
        return [name]
    found = [name] if environment.declared(name, module, before, plain=False) else []
    found += environment.aliased(name, module, before)
    for namespace, each in environment.opened(scope):
        found += _through(each, namespace, name, plain, module, environment, before)
    return found


def _through(
    each: Open, namespace: str, name: str, plain: bool, module: str, environment: Environment, before: int
) -> list[str]:
    """What a name means through one open namespace."""
    if each.scoped:
        return []
    if each.only is not None:
        return [joined(namespace, old) for new, old in each.only if new == name]
    if name in each.hiding:
        return []
    full = f"{namespace}.{name}"
    found = [full] if environment.declared(full, module, before, plain) else []
    return [*found, *environment.aliased(full, module, before)]


def full_name(name: str, scope: Scope, environment: Environment, before: int = NOWHERE) -> str:
    """The name with what it means written out in full; as written when that is not certain."""
    found = resolve(name, scope, environment, before)
    if len(found) != 1:
        return name
    return ".".join((found[0].name, *found[0].fields))
