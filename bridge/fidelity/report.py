"""What `fidelity` prints: a table by module, then differences, findings, and what could not be compared."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any

from leanmirror.bridge.io.output import shown
from leanmirror.bridge.io.tables import Column, table

if TYPE_CHECKING:
    from leanmirror.bridge.fidelity.run import FidelityReport, Row

OUTCOMES = ("same", "different", "undecided", "not evaluated")
COLUMNS = (Column("module", name=True), *(Column(each, right=True) for each in ("definitions", *OUTCOMES)))


def text(report: FidelityReport) -> str:
    """The report as plain text."""
    rows = [*_modules(report.rows), _counts("all", report.rows)]
    return "\n".join([*table(COLUMNS, rows), *_notes(report), "", _summary(report)])


def _modules(rows: Sequence[Row]) -> Iterator[tuple[str, ...]]:
    for module, group in groupby(sorted(rows, key=_module), key=_module):
        yield _counts(module, list(group))


def _module(row: Row) -> str:
    return row.module


def _counts(what: str, rows: Sequence[Row]) -> tuple[str, ...]:
    return (what, str(len(rows)), *(str(sum(r.outcome == o for r in rows)) for o in OUTCOMES))


def _notes(report: FidelityReport) -> Iterator[str]:
    for row in report.rows:
        if row.outcome == "different":
            yield from ("", f"different: {row.name}{_part(row.difference)}", f"  {_place(row)}")
            yield from (
                _sides(row.difference, "mirror") if row.difference else [f"  {shown(row.reason or '', 400)}"]
            )
    for row in report.rows:
        if row.finding is not None:
            namesake = f"{row.name} is not {row.finding['namesake']} at every entry"
            yield from ("", f"finding: {namesake}", f"  {_place(row)}", *_sides(row.finding, "entrywise"))
    for row in report.rows:
        if row.outcome in ("undecided", "not evaluated"):
            yield from ("", f"{row.outcome}: {row.name}", f"  {_place(row)}: {shown(row.reason or '', 400)}")
    for row in report.rows:
        taken, total = row.branches
        if row.outcome == "same" and taken < total:
            yield from ("", f"branches {taken}/{total} taken: {row.name}", f"  {_place(row)}")


def _part(difference: dict[str, Any] | None) -> str:
    part = (difference or {}).get("part")
    return f" ({part})" if part else ""


def _place(row: Row) -> str:
    return f"{row.lean_file}:{row.lean_line}"


def _sides(difference: dict[str, Any], other: str) -> Iterator[str]:
    for name, value in difference["inputs"].items():
        yield f"  {name} := {shown(value, 400)}"
    where = f" (first at entry {difference['where']})" if difference["where"] else ""
    yield f"  text: {shown(difference['text'], 400)}{where}"
    yield f"  {other}: {shown(difference['other'], 400)}"


def _summary(report: FidelityReport) -> str:
    found = report.summary
    counts = ", ".join(f"{found[outcome]} {outcome}" for outcome in OUTCOMES)
    findings = sum(row.finding is not None for row in report.rows)
    rest = f"{findings} findings; {report.theorems} theorems define nothing"
    line = f"{len(report.rows)} definitions: {counts}; {rest}"
    return f"{line}; interrupted" if report.interrupted else line
