"""What every source gives: declarations, each with what its form knows, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from leanmirror.bridge.io.output import shown
from leanmirror.bridge.io.reports import Report
from leanmirror.bridge.lean.unread import Unread

SCHEMA = "leanmirror.index/1"


@dataclass(frozen=True, slots=True)
class Indexed:
    """One declaration of a source; the statement is in normal form, the file relative to the root.

    `binders` are the names of its variables in their order, those of `variable` lines first; `fields` the
    fields of a structure with their types. `body` is the right side of an abbreviation. `axioms`, which only
    a live Lean knows, are those that it rests on, `sorryAx` for a `sorry` among them. One that cannot be
    read has the reason, with line and column, and its statement as written. What a source does not know is
    empty: the kind, the module and the file `""`, the line 0, and with the digest `""` the statement is not
    known at all.
    """

    name: str
    kind: str
    module: str
    file: str
    line: int
    statement: str
    digest: str
    readable: bool = True
    reason: str | None = None
    binders: tuple[str, ...] = ()
    fields: tuple[tuple[str, str], ...] = ()
    body: str | None = None
    axioms: tuple[str, ...] | None = None

    @property
    def has_statement(self) -> bool:
        """Whether the source says what is stated, readable or not."""
        return bool(self.digest)

    def __str__(self) -> str:
        """One line: place, kind, name, axioms, and the reason where it cannot be read."""
        place = f"{self.file or self.module or '?'}{f':{self.line}' if self.line else ''}"
        axioms = "" if self.axioms is None else f"  axioms: {shown(', '.join(self.axioms) or 'none', 1000)}"
        what = "not readable" if self.has_statement else "no statement"
        unread = "" if self.readable else f"  {what}: {shown(str(self.reason))}"
        return f"{shown(place)}  {self.kind or '?'} {shown(self.name)}{axioms}{unread}"

    def to_json(self) -> dict[str, Any]:
        """The entry of the index document: null for a statement, a digest or a line that is not known."""
        keys = ("name", "kind", "module", "file", "readable", "reason")
        known: dict[str, Any] = {"line": self.line or None, "statement": None, "digest": None}
        if self.has_statement:
            known |= {"statement": self.statement, "digest": self.digest}
        if self.axioms is not None:
            known["axioms"] = list(self.axioms)
        return {key: getattr(self, key) for key in keys} | known


@dataclass(frozen=True, slots=True, repr=False)
class IndexResult(Report):
    """The declarations of a source, in the order of their files, and what else could not be read there.

    `form` says what was read: `lean`, `docgen`, `docgen_text`, `ilean` or `live`. `problems` has one line for
    every file or process of which something may be missing here. `aliases` are the further names that
    `export` gives, each with what it may mean.
    """

    declarations: tuple[Indexed, ...]
    unread: tuple[tuple[str, Unread], ...] = ()
    form: str = "lean"
    problems: tuple[str, ...] = ()
    aliases: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Indexed]:
        return iter(self.declarations)

    @property
    def text(self) -> str:
        """One line per declaration, the reason where one cannot be read, and the counts."""
        return "\n".join(
            [*map(str, self.declarations), *(_unread(*each) for each in self.unread), self.short]
        )

    @property
    def short(self) -> str:
        """The counts."""
        stated = sum(each.has_statement for each in self.declarations)
        readable = sum(each.readable for each in self.declarations)
        return (
            f"{len(self.declarations)} declarations, {stated} with a statement, {readable} of them readable"
        )

    @property
    def exit_status(self) -> int:
        """2 when a part could not be read."""
        return 2 if self.problems else 0

    def to_json(self) -> dict[str, Any]:
        """The index document. Unreadable text that belongs to no declaration stands under `unread`."""
        return {
            "schema": SCHEMA,
            "form": self.form,
            "declarations": [each.to_json() for each in self.declarations],
            "unread": [
                {"file": file, "line": each.position.line, "what": each.what, "reason": each.reason}
                for file, each in self.unread
            ],
            "problems": list(self.problems),
        }


def _unread(file: str, each: Unread) -> str:
    place = f"{shown(file)}:{each.position.line}  " if file else ""
    return f"{place}{shown(each.reason, 1000)}"


def merged(results: Iterable[IndexResult], form: str) -> IndexResult:
    """Several results as one of that form."""
    found = list(results)
    return IndexResult(
        tuple(each for result in found for each in result.declarations),
        tuple(each for result in found for each in result.unread),
        form,
        tuple(each for result in found for each in result.problems),
    )
