"""Results as people read them: a table, and each counterexample in Lean's words."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from leanmirror.bridge.io.output import shown
from leanmirror.spec.judge.verdicts import VERDICTS, VerdictName

if TYPE_CHECKING:
    from leanmirror.bridge.check.result import CheckReport, Result
    from leanmirror.bridge.check.witness import Witness

WORDS: dict[VerdictName, str] = {verdict: verdict.replace("_", " ") for verdict in VERDICTS}
COLOURS: dict[VerdictName, str] = {
    "no_counterexample": "green",
    "refuted": "bold red",
    "vacuous": "yellow",
    "undecided": "yellow",
    "unsupported": "magenta",
    "error": "bold red",
}
SHOWN = 8
"""Definitions named below a claim."""

HEAD = ("claim", "verdict", "examples", "satisfied", "certified", "undecided", "ms")


def print_check(report: CheckReport, terminal: bool) -> None:
    """Print the report: colours and columns on a terminal, plain lines elsewhere."""
    if terminal:
        _print_rich(report)
    else:
        print(report.text)


def report_text(report: CheckReport) -> str:
    """The report as plain text."""
    rows = [HEAD, *(_row(r) for r in report.results)]
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEAD))]
    lines = ["  ".join(_cell(i, cell, widths[i]) for i, cell in enumerate(row)).rstrip() for row in rows]
    return "\n".join([*lines, *_notes(report), summary_line(report)])


def result_text(r: Result) -> str:
    """One result as plain text: its counts, and its counterexample where there is one."""
    if r.counterexample is not None:
        return "\n".join(counterexample_lines(r, r.counterexample))
    if r.verdict == "no_counterexample":
        counts = f"{r.satisfied} examples ({r.certified} certified, {r.undecided} undecided)"
        reason = f"; {r.reason}" if r.reason else ""
        return "\n".join([f"{r.name}: no counterexample in {counts}{reason}", *interpreted_lines(r)])
    return f"{WORDS[r.verdict]}: {r.name}\n  {shown(r.reason or '', 400)}"


def _cell(i: int, text: str, width: int) -> str:
    return text.ljust(width) if i < 2 else text.rjust(width)


def _row(r: Result) -> tuple[str, ...]:
    counts = (r.examples, r.satisfied, r.certified, r.undecided)
    return (r.name, WORDS[r.verdict], *map(str, counts), f"{1000 * r.seconds:.0f}")


def interpreted_lines(r: Result) -> list[str]:
    """The definitions that were run from their text."""
    if not r.interpreted:
        return []
    names = ", ".join(r.interpreted[:SHOWN])
    more = f" and {len(r.interpreted) - SHOWN} more" if len(r.interpreted) > SHOWN else ""
    return [f"  interpreted, no mirror: {names}{more}"]


def summary_line(report: CheckReport) -> str:
    """How many claims, and how they fared."""
    found = report.summary
    rest = ", ".join(f"{found[v]} {WORDS[v]}" for v in VERDICTS[1:] if found[v])
    total = len(report.results)
    line = f"{total} claims: no counterexample to {found['no_counterexample']}{'; ' + rest if rest else ''}"
    resumed = sum(r.resumed for r in report.results)
    line += f"; {resumed} of an earlier run" if resumed else ""
    return f"{line}; interrupted: --resume goes on from here" if report.interrupted else line


def _notes(report: CheckReport) -> list[str]:
    lines: list[str] = []
    for r in report.results:
        if r.counterexample is not None:
            lines += ["", *counterexample_lines(r, r.counterexample)]
        elif r.verdict != "no_counterexample":
            lines += ["", f"{WORDS[r.verdict]}: {r.name}", f"  {shown(r.reason or '', 400)}"]
            lines += interpreted_lines(r)
        elif r.reason or r.interpreted:
            reason = f": {shown(r.reason, 400)}" if r.reason else ""
            lines += ["", f"{r.name}{reason}", *interpreted_lines(r)]
    return [*lines, *file_lines(report), ""]


def file_lines(report: CheckReport) -> list[str]:
    """How the claims of each file fared, where there are several files."""
    files: dict[str, Counter[str]] = {}
    for r in report.results:
        files.setdefault(r.lean_file or "no file", Counter())[r.verdict] += 1
    if len(files) < 2:
        return []
    met = [verdict for verdict in VERDICTS if any(found[verdict] for found in files.values())]
    rows = [("file", "claims", *(WORDS[verdict] for verdict in met))]
    rows += [
        (file, str(found.total()), *(str(found[verdict]) for verdict in met)) for file, found in files.items()
    ]
    widths = [max(len(row[i]) for row in rows) for i in range(len(rows[0]))]
    return ["", *("  ".join(_aligned(i, cell, widths[i]) for i, cell in enumerate(row)) for row in rows)]


def _aligned(i: int, text: str, width: int) -> str:
    return text.ljust(width) if i < 1 else text.rjust(width)


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
    lines += interpreted_lines(r)
    if r.witness:
        lines.append(f"  witness: {r.witness}")
    if found.example:
        lines += ["  to paste into Lean:", *(f"    {line}" for line in found.example.splitlines())]
    return lines


def _print_rich(report: CheckReport) -> None:
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    console = Console(highlight=False)
    table = Table(box=None, pad_edge=False)
    for i, title in enumerate(HEAD):
        table.add_column(title, justify="left" if i < 2 else "right", no_wrap=i > 0, overflow="fold")
    for r in report.results:
        name, verdict, *counts = _row(r)
        table.add_row(Text(name), Text(verdict, COLOURS[r.verdict]), *counts)
    console.print(table)
    for line in _notes(report):
        console.print(Text(line, "bold red" if line.startswith("refuted:") else ""))
    console.print(Text(summary_line(report), "bold"))
