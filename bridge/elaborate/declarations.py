"""Declarations by name, from files or lean_names.json, and the tables of names that scopes are read with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from leanmirror.bridge.lean import scopes
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.declarations import Declaration
from leanmirror.bridge.lean.reader import read_file
from leanmirror.bridge.lean.scopes import joined
from leanmirror.bridge.names.table import Name

PRELUDE = "leanmirror.prelude"
ANYWHERE = scopes.Entry(PRELUDE, 0)


class NameTable(scopes.Environment):
    """The names of some files as each file sees them, and those of other sources, which are seen everywhere.

    But for what the other sources have of the files' own modules: of these the text decides.
    """

    def __init__(self, own: scopes.Environment, others: Iterable[scopes.Environment]) -> None:
        super().__init__(imports=own.imports, has_module=own.has_module)
        self.own = own
        self.others = tuple(others)

    def entries(self, name: str) -> Iterable[scopes.Entry]:
        return chain(self.own.entries(name), *(each.entries(name) for each in self.others))

    def places(self, namespace: str) -> Iterable[tuple[str, int]]:
        return chain(self.own.places(namespace), *(each.places(namespace) for each in self.others))

    def meanings(self, alias: str) -> Iterable[tuple[str, scopes.Entry]]:
        return chain(self.own.meanings(alias), *(each.meanings(alias) for each in self.others))

    def sees_module(self, module: str, other: str) -> bool:
        return self.imports.sees(module, other) or not self.has_module(other)

    def has_component(self, component: str) -> bool:
        return self.own.has_component(component) or any(each.has_component(component) for each in self.others)


class Source:
    """Declarations by name; `bodies` says that their definitions may be unfolded.

    `interpreted`: they are the text that is judged, not our own prelude.
    """

    def __init__(
        self, declarations: Iterable[Declaration], bodies: bool = False, interpreted: bool = False
    ) -> None:
        self.bodies = bodies
        self.interpreted = interpreted
        self.by_name: dict[str, Declaration] = {}
        self.add(declarations)

    def add(self, declarations: Iterable[Declaration]) -> None:
        """Take in more declarations; the first one of a name stays."""
        for each in declarations:
            for name in given_names(each):
                self.by_name.setdefault(name, each)

    def find(self, name: str) -> Declaration | None:
        """The declaration that gives a name: its own, or that of a structure or inductive type."""
        return self.by_name.get(name)

    def declarations(self) -> Iterator[Declaration]:
        """All, in their order."""
        seen: set[int] = set()
        for each in self.by_name.values():
            if id(each) not in seen:
                seen.add(id(each))
                yield each


def given_names(declaration: Declaration) -> Iterator[str]:
    """The names that a declaration gives."""
    name, header = declaration.name, declaration.header
    yield name
    yield from (joined(name, each.name) for each in header.fields)
    yield from (joined(name, each.name) for each in header.constructors)
    if declaration.kind in ("structure", "class"):
        yield joined(name, header.constructor_name or "mk")
        for parent in header.parents:
            yield joined(name, parent_field(parent))
    if declaration.kind == "inductive":
        yield joined(name, "rec")


class Mirrored(Source):
    """The names of lean_names.json, each read when it is asked for."""

    def __init__(self, entries: Iterable[Name]) -> None:
        super().__init__(())
        self.entries = {entry.name: entry for entry in entries}
        self.read: dict[str, Declaration | None] = {}

    def find(self, name: str) -> Declaration | None:
        entry = self.entries.get(name)
        if entry is None or entry.kind in ("constructor", "field"):
            parent = name.rpartition(".")[0]
            entry = self.entries.get(parent)
            if entry is None or entry.kind not in ("structure", "class", "inductive"):
                return None
            found = self._declaration(parent, entry)
            return found if found is not None and name in given_names(found) else None
        return self._declaration(name, entry)

    def _declaration(self, name: str, entry: Name) -> Declaration | None:
        if name not in self.read:
            text = entry_text(entry)
            file = read_file("lean_names.json", text=text) if text else None
            self.read[name] = file.declarations[0] if file is not None and file.declarations else None
        return self.read[name]

    def declarations(self) -> Iterator[Declaration]:
        for name, entry in self.entries.items():
            if entry.kind in ("instance", "class"):
                found = self._declaration(name, entry)
                if found is not None:
                    yield found


def entry_text(entry: Name) -> str:
    """An entry of lean_names.json as a declaration; empty for what Lean or Mathlib declares."""
    signature = entry.signature
    if entry.kind in ("structure", "class"):
        head = signature.partition(" where ")[0].removesuffix(" where")
        fields = "".join(f"\n  {name} : {type_}" for name, type_ in entry.fields)
        return f"{entry.kind} {entry.name} {head} where{fields}\n"
    return given_text(entry.kind, entry.name, signature, entry.body)


def given_text(kind: str, name: str, signature: str, body: str | None = None) -> str:
    """A declaration from its normal form, a hole where its body is not known; empty for other kinds."""
    if kind in ("inductive", "axiom", "opaque"):
        return f"{kind} {name} {signature}\n"
    if kind in ("def", "abbrev", "theorem", "lemma", "instance"):
        return f"{kind} {name} {signature} :=\n  {body or 'sorry'}\n"
    return ""


def parent_field(parent: s.Node) -> str:
    """The field that holds a parent of a structure."""
    head = parent.fn if isinstance(parent, s.App) else parent
    name = head.name if isinstance(head, s.Ident) else ""
    return f"to{name.rpartition('.')[2]}"
