"""What `names` lists, and what the list and the code disagree on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from leanmirror.bridge.io.output import shown
from leanmirror.bridge.io.reports import Report
from leanmirror.bridge.io.tables import Column, table
from leanmirror.bridge.names.places import locate
from leanmirror.bridge.names.table import SCHEMA, Name, Names, default_names

COLUMNS = (
    Column("module", name=True),
    *(Column(each, right=True) for each in ("declared", "mirrored", "covered by a claim")),
)


@dataclass(frozen=True, slots=True, repr=False)
class MirroredNames(Report):
    """The names of a list, per Lean module, with what is mirrored of them."""

    table: Names

    def __iter__(self) -> Iterator[Name]:
        return iter(self.table)

    @property
    def text(self) -> str:
        """One line per Lean module: declarations, those mirrored, those of them that a claim covers."""
        groups = [(m, list(group)) for m, group in groupby(sorted(self.table, key=_module), key=_module)]
        rows = [(module, *_counts(entries)) for module, entries in (*groups, ("all", list(self.table)))]
        return "\n".join([*table(COLUMNS, rows), f"from {self._source}"])

    @property
    def short(self) -> str:
        """How many are declared, mirrored and covered."""
        declared, mirrored, covered = _counts(self.table.entries)
        return f"{declared} declared, {mirrored} mirrored, {covered} covered by a claim"

    @property
    def _source(self) -> str:
        return f"{self.table.repository}@{self.table.commit[:12]}" if self.table.commit else "no source"

    def to_json(self) -> dict[str, Any]:
        """The entries with the file and line of each Python object as they are now."""
        return {
            "schema": SCHEMA,
            "source": {"repository": self.table.repository, "commit": self.table.commit},
            "names": [entry.to_json() | _place(entry) for entry in self.table],
        }


@dataclass(frozen=True, slots=True, repr=False)
class Disagreements(Report):
    """What lean_names.json and the code disagree on, one text each."""

    found: tuple[str, ...]

    def __iter__(self) -> Iterator[str]:
        return iter(self.found)

    @property
    def text(self) -> str:
        """The disagreements, one a line, and their number."""
        return "\n".join([*map(shown, self.found), self.short])

    @property
    def short(self) -> str:
        """Their number."""
        return f"disagreements: {len(self.found)}" if self.found else "lean_names.json and the code agree"

    @property
    def exit_status(self) -> int:
        """1 when there is one."""
        return int(bool(self.found))

    def to_json(self) -> dict[str, Any]:
        """The document `leanmirror.names-check/1`."""
        return {
            "schema": "leanmirror.names-check/1",
            "agree": not self.found,
            "disagreements": list(self.found),
        }


def names() -> MirroredNames:
    """All names that lean_names.json has."""
    return MirroredNames(default_names())


def _module(entry: Name) -> str:
    return entry.module or "Lean and Mathlib"  # what is mirrored of them has no module of the repository


def _counts(entries: Sequence[Name]) -> tuple[str, ...]:
    mirrored = [entry for entry in entries if entry.python is not None]
    covered = [entry for entry in mirrored if entry.covered_by]
    return str(len(entries)), str(len(mirrored)), str(len(covered))


def _place(entry: Name) -> dict[str, Any]:
    place = locate(entry.python)
    return {"file": place and place.file, "line": place and place.line}
