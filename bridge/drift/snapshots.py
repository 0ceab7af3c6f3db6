"""One state of Lean declarations: what lean_names.json holds, or what a source declares."""

from __future__ import annotations

import gc
import os
import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from leanmirror.bridge.io.checkout import origin
from leanmirror.bridge.io.output import shown
from leanmirror.bridge.lean.declarations import Declaration
from leanmirror.bridge.lean.dependencies import PROVED, words_used
from leanmirror.bridge.lean.signatures import resolver
from leanmirror.bridge.lean.syntax import Node
from leanmirror.bridge.lean.tokens import NAME
from leanmirror.bridge.lean.tree import LeanTree, lean_files
from leanmirror.bridge.names.table import Names
from leanmirror.bridge.sources.files import rooted
from leanmirror.bridge.sources.indexed import Indexed
from leanmirror.bridge.sources.lean_tree import cut_short, indexed
from leanmirror.bridge.sources.recognise import read_source
from leanmirror.bridge.sources.update import OUTSIDE

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

    `whole`: all modules that there are, so that what is not here is gone; `complete`: all declarations of
    these, so that what is not here is new. `form` is that of an index;
    statements of two forms are not written alike. `tree` is there for Lean files. `problems` has a line for
    every file of which something may be missing.
    """

    label: str
    stated: tuple[Stated, ...]
    form: str = "lean"
    whole: bool = True
    complete: bool = True
    tree: LeanTree | None = field(default=None, repr=False)
    problems: tuple[str, ...] = ()

    @property
    def root(self) -> Path | None:
        """The folder that files are relative to; None where there are no Lean files."""
        return None if self.tree is None else self.tree.root

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
        """What follows the statement in the file, a proof too; None where nothing does or it is not kept."""
        found = self.declaration(stated)
        if found is None or found.header.body_start < 0:
            return None
        return found.source.code[found.header.body_start : found.end].strip()


def same_bodies(before: Snapshot, old: Stated, after: Snapshot, new: Stated) -> bool:
    """Whether two bodies have one text, whose words mean the same: then neither has to be read."""
    one, two = before.declaration(old), after.declaration(new)
    if one is None or two is None or one.kind in PROVED or two.kind in PROVED:
        return True  # nothing to compare
    texts = (before.written_body(old), after.written_body(new))
    if texts[0] is None or texts[1] is None or plain(texts[0]) != plain(texts[1]):
        return False
    return words_used(one, texts[0]) == words_used(two, texts[1])


PARTS = frozenset(("field", "constructor"))


def of_names(names: Names, label: str = "lean_names.json", *, parts: bool = True) -> Snapshot:
    """What lean_names.json holds; names that Lean or Mathlib declare are left out, since no source has them.

    `parts`: fields and constructors too, each stated by its type.
    """
    stated = tuple(
        Stated(entry.name, entry.kind, entry.module, entry.lean_file, entry.lean_line, plain(entry.signature))
        for entry in names
        if entry.kind != OUTSIDE and (parts or entry.kind not in PARTS)
    )
    commit = f" ({names.repository}@{names.commit[:12]})" if names.commit else ""
    return Snapshot(f"{label}{commit}", stated, complete=False)


def of_source(path: str | os.PathLike[str]) -> Snapshot:
    """What a source declares, examples left out: they have no names.

    Raises BadInput where nothing can be read there.
    """
    source = rooted(path)
    _, commit = origin(source)
    label = f"{shown(os.fspath(path))}{f' at {commit[:12]}' if commit else ''}"
    if source.suffix != ".lean" and (source.is_file() or next(lean_files(source), None) is None):
        result = read_source(source)
        stated = tuple(_stated(each, None) for each in result.declarations if each.kind != "example")
        # pages and build folders may be some of many: what is not there need not be gone
        return Snapshot(label, stated, form=result.form, whole=False, problems=result.problems)
    with _uncollected():
        tree = LeanTree.read(source)
        found = [each for each in tree.declarations if each.kind != "example"]
        stated = tuple(_stated(indexed(each), plain(each.statement)) for each in found)
    return Snapshot(label, stated, whole=_is_whole(source), tree=tree, problems=cut_short(tree))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without the collector of circles, which would look at a growing tree again and again."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def _stated(row: Indexed, written: str | None) -> Stated:
    return Stated(
        row.name, row.kind, row.module, row.file, row.line, plain(row.statement), row.readable, written
    )


def _is_whole(path: Path) -> bool:
    """Neither a file nor a folder inside a Lean package, which are a part of it."""
    real = path.resolve()
    if not real.is_dir():
        return False
    marks = ("lakefile.lean", "lakefile.toml")
    if any((real / mark).is_file() for mark in marks):
        return True
    return not any((above / mark).is_file() for above in list(real.parents)[:8] for mark in marks)


def with_parts(snapshot: Snapshot, names: Collection[str]) -> Snapshot:
    """The snapshot with those fields and constructors, each stated by its type, that are among the names."""
    parts = [each for each in _parts(snapshot) if each.name in names]
    return replace(snapshot, stated=(*snapshot.stated, *parts))


def _parts(snapshot: Snapshot) -> Iterator[Stated]:
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
