"""Names as Lean resolves them: namespaces innermost first, then the root, then what is open and exported."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import lru_cache

from leanmirror.bridge.lean.notations import NO_NOTATIONS, Notations
from leanmirror.bridge.lean.tokens import PART_ONLY

ROOT = "_root_."


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


@dataclass(frozen=True, slots=True)
class Open:
    """One namespace opened at one place.

    `within` are the namespaces around that place: `open Tensor` inside `Spec` may mean `Spec.Tensor`. `only`
    are pairs of new and old name, None opens all but `hiding`. A scoped one opens notations only.
    """

    namespace: str
    within: tuple[str, ...]
    only: tuple[tuple[str, str], ...] | None = None
    hiding: frozenset[str] = frozenset()
    scoped: bool = False


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
    """Where a name is declared."""

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
    module: str


@dataclass
class Environment:
    """All declared names of some files, their namespaces, exports and imports."""

    names: dict[str, list[Entry]] = field(default_factory=dict)
    namespaces: set[str] = field(default_factory=set)
    aliases: dict[str, list[str]] = field(default_factory=dict)
    imports: dict[str, tuple[tuple[str, bool], ...]] = field(default_factory=dict)
    components: set[str] = field(default_factory=set)
    _visible: dict[str, frozenset[str]] = field(default_factory=dict)
    _passed_on: dict[str, frozenset[str]] = field(default_factory=dict)
    _opened: dict[int, tuple[tuple[Open, ...], tuple[tuple[str, Open], ...]]] = field(default_factory=dict)

    def declare(self, name: str, entry: Entry) -> None:
        """Add a name, and its prefixes as namespaces."""
        self.names.setdefault(name, []).append(entry)
        self.components.update(parts(name))
        self.add_namespace(parent(name))

    def add_namespace(self, namespace: str) -> None:
        """Add a namespace and those around it."""
        while namespace and namespace not in self.namespaces:
            self.namespaces.add(namespace)
            self.components.update(parts(namespace))
            namespace = parent(namespace)

    def add_export(self, export: Export) -> None:
        """Add the aliases of an `export`."""
        for source in self.namespaces_meant(export.source, export.within, ()):
            for name in export.names:
                alias = joined(export.namespace, name)
                self.aliases.setdefault(alias, []).append(joined(source, name))
                self.components.update(parts(alias))

    def visible(self, module: str) -> frozenset[str]:
        """The modules whose declarations a module sees, itself included."""
        found = self._visible.get(module)
        if found is None:
            direct = {name for name, _ in self.imports.get(module, ())}
            found = frozenset({module}.union(direct, *(self._public(name) for name in direct)))
            self._visible[module] = found
        return found

    def _public(self, module: str) -> frozenset[str]:
        """What a module passes on: itself and all that its public imports lead to."""
        found = self._passed_on.get(module)
        if found is None:
            reached, pending = {module}, [module]
            while pending:
                name = pending.pop()
                more = {child for child, public in self.imports.get(name, ()) if public} - reached
                reached |= more
                pending += more
            found = self._passed_on[module] = frozenset(reached)
        return found

    def declared(self, name: str, module: str, before: int, plain: bool) -> bool:
        """Whether a module sees a name at an offset; `plain`: protected names do not count."""
        for entry in self.names.get(name, ()):
            if plain and entry.protected:
                continue
            if entry.module == module:
                if entry.offset <= before:
                    return True
            elif not entry.private and (not self.imports or entry.module in self.visible(module)):
                return True
        return False

    def namespaces_meant(self, name: str, within: tuple[str, ...], opens: Iterable[str]) -> tuple[str, ...]:
        """The namespaces that a name in `open` means: the innermost there is, and those in opened ones."""
        if name.startswith(ROOT):
            return (name[len(ROOT) :],)
        found = [joined(outer, name) for outer in within if joined(outer, name) in self.namespaces][:1]
        found += [joined(opened, name) for opened in opens if joined(opened, name) in self.namespaces]
        return tuple(dict.fromkeys(found)) or (name,)

    def opened(self, scope: Scope) -> tuple[tuple[str, Open], ...]:
        """Each open namespace of a scope by its full name, oldest first."""
        cached = self._opened.get(id(scope.opens))
        if cached is not None and cached[0] is scope.opens:
            return cached[1]
        found: list[tuple[str, Open]] = []
        for each in scope.opens:
            simple = [name for name, other in found if other.only is None and not other.scoped]
            found += [(name, each) for name in self.namespaces_meant(each.namespace, each.within, simple)]
        self._opened[id(scope.opens)] = (scope.opens, tuple(found))
        return tuple(found)


NOWHERE = 1 << 60


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
    elif pieces[0] not in environment.components and not any(each.only for each in scope.opens):
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
    module, aliases = scope.module, environment.aliases
    for namespace in scope.namespaces:
        if namespace:
            full = f"{namespace}.{name}"
            found = [full] if environment.declared(full, module, before, plain) else []
            found += aliases.get(full, ())
            if found:
                return found
    if not plain and environment.declared(name, module, before, plain=False):
        return [name]
    found = [name] if environment.declared(name, module, before, plain=False) else []
    found += aliases.get(name, ())
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
    return found + list(environment.aliases.get(full, ()))


def full_name(name: str, scope: Scope, environment: Environment, before: int = NOWHERE) -> str:
    """The name with what it means written out in full; as written when that is not certain."""
    found = resolve(name, scope, environment, before)
    if len(found) != 1:
        return name
    return ".".join((found[0].name, *found[0].fields))
