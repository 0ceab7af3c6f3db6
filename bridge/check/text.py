"""Results as people read them: a table, and each counterexample in Lean's words."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from leanmirror.bridge.io.output import shown
from leanmirror.bridge.io.tables import Cell, Column, table
from leanmirror.bridge.io.terminal import Paint, plain
from leanmirror.spec.judge.verdicts import VERDICTS, VerdictName

if TYPE_CHECKING:
    from leanmirror.bridge.check.result import CheckReport, Result
    from leanmirror.bridge.check.witness import Witness

WORDS: dict[VerdictName, str] = {verdict: verdict.replace("_", " ") for verdict in VERDICTS}
COLOURS: dict[VerdictName, str] = {
    "no_counterexample": "green",
    "refuted": "red",
    "vacuous": "yellow",
    "undecided": "yellow",
    "unsupported": "magenta",
    "error": "red",
}
LONG = 4_000
"""Letters of a line that may be long."""

SHOWN = 8
"""Definitions named below a claim."""

COLUMNS = (
    Column("claim", name=True),
    Column("verdict"),
    Column("examples", right=True, rank=3),
    Column("satisfied", right=True, rank=1),
    Column("distinct", right=True, rank=2),
    Column("certified", right=True, rank=1),
    Column("undecided", right=True, rank=2),
    Column("ms", right=True, rank=4),
)


def report_text(report: CheckReport, paint: Paint = plain, detail: int = 0) -> str:
    """The report: a table, what is to be said of single claims, and the counts.

    With less `detail`, below 0, only what is not as it should be and the counts; with more, above 0, also
    which definitions were run for claims that have no counterexample.
    """
    rows = table(COLUMNS, [_row(r) for r in report.results], paint=paint) if detail >= 0 else []
    lines = [*rows, *_notes(report, paint, detail), paint(summary_line(report), "bold")]
    return "\n".join(lines).removeprefix("\n")


def result_text(r: Result) -> str:
    """One result as plain text: its counts, and its counterexample where there is one."""
    if r.counterexample is not None:
        return "\n".join(counterexample_lines(r, r.counterexample))
    if r.verdict == "no_counterexample":
        counts = f"{r.distinct} distinct, {r.certified} certified, {r.undecided} undecided"
        reason = f"; {r.reason}" if r.reason else ""
        first = f"{shown(r.name)}: no counterexample in {r.satisfied} examples ({counts}){reason}"
        return "\n".join([first, *ground_lines(r)])
    return "\n".join(
        [f"{WORDS[r.verdict]}: {shown(r.name)}", f"  {shown(r.reason or '', 400)}", *ground_lines(r)]
    )


def _row(r: Result) -> tuple[str | Cell, ...]:
    counts = (r.examples, r.satisfied, r.distinct, r.certified, r.undecided)
    verdict = Cell(WORDS[r.verdict], COLOURS[r.verdict])
    return (r.name, verdict, *map(str, counts), f"{1000 * r.seconds:.0f}")


def ground_lines(r: Result) -> list[str]:
    """What the verdict rests on, where there is something to say."""
    lines = [f"  assumes: {shown(each, 400)}" for each in r.assumes]
    lines += junk_lines(r)
    lines += ["  all inputs that there are were tried"] if r.exhausted else []
    if r.interpreted:
        names = ", ".join(r.interpreted[:SHOWN])
        more = f" and {len(r.interpreted) - SHOWN} more" if len(r.interpreted) > SHOWN else ""
        lines.append(f"  interpreted, no mirror: {shown(names, LONG)}{more}")
    return lines


def junk_lines(r: Result) -> list[str]:
    """What the verdict owes to conventions."""
    if r.junk is None:
        return []
    why = f"only because {', '.join(r.junk.where)}"
    if r.verdict == "refuted":
        return [f"  fails {why}"]
    return [f"  holds at {r.junk.holds} of {r.satisfied} examples {why}"] if r.junk.holds else []


def summary_line(report: CheckReport) -> str:
    """How many claims, and how they fared."""
    found = report.summary
    rest = ", ".join(f"{found[v]} {WORDS[v]}" for v in VERDICTS[1:] if found[v])
    total = len(report.results)
    line = f"{total} claims: no counterexample to {found['no_counterexample']}{'; ' + rest if rest else ''}"
    resumed = sum(r.resumed for r in report.results)
    line += f"; {resumed} of an earlier run" if resumed else ""
    return f"{line}; interrupted: --resume goes on from here" if report.interrupted else line


def _notes(report: CheckReport, paint: Paint, detail: int) -> list[str]:
    lines: list[str] = []
    for r in report.results:
        if r.counterexample is not None:
            first, *rest = counterexample_lines(r, r.counterexample)
            lines += ["", paint(first, COLOURS[r.verdict]), *rest]
        elif r.verdict != "no_counterexample":
            lines += ["", f"{WORDS[r.verdict]}: {shown(r.name)}", f"  {shown(r.reason or '', 400)}"]
            lines += ground_lines(r)
        elif detail >= 0 and (ground := _passing(r, detail > 0)):
            lines += ["", shown(r.name), *ground]
    return [*lines, *(file_lines(report) if detail >= 0 else ()), ""]


def _passing(r: Result, whole: bool) -> list[str]:
    """What there is to say of a claim without a counterexample; `whole`: also which definitions were run."""
    said = [f"  {shown(r.reason, 400)}"] if r.reason else []
    return [*said, *ground_lines(r if whole else replace(r, interpreted=()))]


def file_lines(report: CheckReport) -> list[str]:
    """How the claims of each file fared, where there are several files."""
    files: dict[str, Counter[str]] = {}
    for r in report.results:
        files.setdefault(r.lean_file or "no file", Counter())[r.verdict] += 1
    if len(files) < 2:
        return []
    met = [verdict for verdict in VERDICTS if any(found[verdict] for found in files.values())]
    columns = [Column("file", name=True), Column("claims", right=True)]
    columns += [Column(WORDS[verdict], right=True) for verdict in met]
    rows = [
        (file, str(found.total()), *(str(found[verdict]) for verdict in met)) for file, found in files.items()
    ]
    return ["", *table(columns, rows)]


def counterexample_lines(r: Result, found: Witness) -> list[str]:
    """A refutation: the claim, where it stands, the inputs as Lean writes them, and both sides."""
    part = "" if found.part == "statement" else f" ({found.part})"
    lines = [f"refuted: {r.name}{part}"]
    if r.lean_file:
        lines.append(f"  {r.lean_file}:{r.lean_line}")
    if found.statement:
        lines.append(f"  {shown(' '.join(found.statement.split('Lean:')[0].split()), 400)}")
    lines += [f"  {name} := {shown(value, 400)}" for name, value in found.lean.items()]
    if found.hypotheses:
        lines.append(f"  hypotheses held: {', '.join(found.hypotheses)}")
    lines.append(f"  issue: {found.issue}")
    count = found.shrinks
    lines.append(f"  found with seed {found.seed}, after {count} shrink{'' if count == 1 else 's'}")
    lines += ground_lines(r)
    if r.witness:
        lines.append(f"  witness: {r.witness}")
    if found.example:
        lines += ["  to paste into Lean:", *(f"    {line}" for line in found.example.splitlines())]
    return [shown(each, LONG) for each in lines]
