"""One state of Lean declarations: what lean_names.json holds, or what a source declares."""

from __future__ import annotations

import os
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from leanmirror.bridge.checkout import origin
from leanmirror.bridge.lean.declarations import Declaration
from leanmirror.bridge.lean.dependencies import PROVED
from leanmirror.bridge.lean.signatures import resolver
from leanmirror.bridge.lean.syntax import Node
from leanmirror.bridge.lean.tokens import NAME
from leanmirror.bridge.lean.tree import LeanTree
from leanmirror.bridge.names import Names
from leanmirror.bridge.sources.lean_tree import indexed
from leanmirror.bridge.updating import OUTSIDE
from leanmirror.spec.errors import BadInput

Key = tuple[str, str]
"""A name, and the module where several modules have a declaration of that name."""

WORD = re.compile(NAME)


def plain(text: str) -> str:
    """A text with one space where there are any."""
    return " ".join(text.split())


@dataclass(frozen=True, slots=True)
class Stated:
    """One declaration: where it is and what it states, in normal form.

    `written` is the statement as it stands in the file, with single spaces; None where the source has none.
    """

    name: str
    kind: str
    module: str
    file: str
    line: int
    statement: str
    readable: bool = True
    written: str | None = None

    @property
    def last(self) -> str:
        """The last component of the name."""
        return self.name.rpartition(".")[2]

    @property
    def sort(self) -> str:
        """The kind, where a theorem and a lemma are the same."""
        return "theorem" if self.kind == "lemma" else self.kind


@dataclass
class Snapshot:
    """Declarations by name, and where they are from.

    `whole`: all modules that there are, so that what is not here is gone. `tree` is there for Lean files.
    """

    label: str
    stated: tuple[Stated, ...]
    whole: bool = True
    tree: LeanTree | None = field(default=None, repr=False)

    @cached_property
    def modules(self) -> frozenset[str]:
        """The modules with a declaration."""
        return frozenset(each.module for each in self.stated)

    @cached_property
    def repeated(self) -> frozenset[str]:
        """The names that several declarations have: private ones, and those of programs apart."""
        counts = Counter(each.name for each in self.stated)
        return frozenset(name for name, count in counts.items() if count > 1)

    @cached_property
    def declarations(self) -> Mapping[Key, Declaration]:
        """The declarations of the tree by name and module; none without a tree."""
        if self.tree is None:
            return {}
        return {(each.name, each.module): each for each in reversed(self.tree.declarations)}

    def declaration(self, stated: Stated) -> Declaration | None:
        """The declaration as it was read from a Lean file."""
        return self.declarations.get((stated.name, stated.module))

    def keyed(self, repeated: Iterable[str]) -> dict[Key, Stated]:
        """The declarations by name, and by module too where the name is among those repeated."""
        several = frozenset(repeated)
        return {(each.name, each.module if each.name in several else ""): each for each in self.stated}

    def body(self, stated: Stated) -> str | None:
        """The body of a definition in normal form; as written where it cannot be read; None where none is."""
        found = self.declaration(stated)
        if found is None or found.header.body_start < 0 or found.kind in PROVED:
            return None
        body = found.body
        if not isinstance(body, Node):
            return plain(self.written_body(stated) or "")
        printer = resolver(found)
        for group in found.all_binders:
            printer.bind(group.names)
        return printer.show(body)

    def written_body(self, stated: Stated) -> str | None:
        """What follows the statement in the file, proofs included; None where nothing does or it is not kept."""
        found = self.declaration(stated)
        if found is None or found.header.body_start < 0:
            return None
        return found.source.code[found.header.body_start : found.end].strip()


def of_names(names: Names, label: str = "lean_names.json") -> Snapshot:
    """What lean_names.json holds; names that Lean or Mathlib declare are left out, since no source has them.

    A field or constructor is stated by its type, with its structure.
    """
    stated = tuple(
        Stated(
            entry.name, entry.kind, entry.module, entry.lean_file, entry.lean_line, plain(entry.signature)
        )
        for entry in names
        if entry.kind != OUTSIDE
    )
    commit = f" ({names.repository}@{names.commit[:12]})" if names.commit else ""
    return Snapshot(f"{label}{commit}", stated)


def of_source(path: str | os.PathLike[str]) -> Snapshot:
    """What a source declares, examples left out: they have no names.

    Raises BadInput where nothing can be read there.
    """
    if ".." in Path(path).parts:
        raise BadInput(f"{os.fspath(path)}: a source is given without '..'")
    tree = LeanTree.read(path)
    stated = tuple(_stated(each) for each in tree.declarations if each.kind != "example")
    _, commit = origin(Path(path))
    at = f" at {commit[:12]}" if commit else ""
    return Snapshot(f"{os.fspath(path)}{at}", stated, whole=_is_whole(Path(path)), tree=tree)


def _stated(declaration: Declaration) -> Stated:
    row = indexed(declaration)
    return Stated(
        row.name,
        row.kind,
        row.module,
        row.file,
        row.line,
        plain(row.statement),
        row.readable,
        plain(declaration.statement),
    )


def _is_whole(path: Path) -> bool:
    """A folder that is not inside a Lean package: a file or a folder further down is a part of its package."""
    real = path.resolve()
    if not real.is_dir():
        return False
    marks = ("lakefile.lean", "lakefile.toml")
    if any((real / mark).is_file() for mark in marks):
        return True
    return not any((above / mark).is_file() for above in list(real.parents)[:8] for mark in marks)


def parts_of(snapshot: Snapshot) -> Iterator[Stated]:
    """The fields and constructors of what a source declares, each stated by its type."""
    for each in snapshot.stated:
        found = snapshot.declaration(each)
        if found is None:
            continue
        types = dict(indexed(found).fields)
        names = [(field.name, "field") for field in found.header.fields]
        names += [(made.name, "constructor") for made in found.header.constructors]
        if found.kind in ("structure", "class"):
            names.append((found.header.constructor_name or "mk", "constructor"))
        for name, kind in names:
            statement = plain(types.get(name, ""))
            yield Stated(f"{each.name}.{name}", kind, each.module, each.file, each.line, statement)
