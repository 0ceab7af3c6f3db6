"""Declarations by name, from files or lean_names.json, and the tables of names that scopes are read with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from leanmirror.bridge.lean import scopes
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.declarations import Declaration
from leanmirror.bridge.lean.reader import read_file
from leanmirror.bridge.lean.scopes import joined
from leanmirror.bridge.names.table import Name

ANYWHERE = scopes.Entry("", 0)


class NameTable(scopes.Environment):
    """Names of several sources together; those that are not of the file in work are seen everywhere."""

    def __init__(self, own: scopes.Environment, others: Iterable[scopes.Environment]) -> None:
        super().__init__(
            own.names,
            set(own.namespaces),
            {alias: list(meant) for alias, meant in own.aliases.items()},  # they grow below
            own.imports,
            set(own.components),
            own._visible,
        )
        self.shared: set[str] = set()
        for each in others:
            self.shared |= (each.names.keys() | getattr(each, "shared", set())) - own.names.keys()
            self.namespaces |= each.namespaces
            self.components |= each.components
            for alias, meant in each.aliases.items():
                self.aliases.setdefault(alias, []).extend(meant)

    def declared(self, name: str, module: str, before: int, plain: bool) -> bool:
        return name in self.shared or super().declared(name, module, before, plain)


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
