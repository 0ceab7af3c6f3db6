"""Annotations for GitHub Actions: one line each, which shows at a line of a file of a pull request."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from leanmirror.bridge.io.output import shown

if TYPE_CHECKING:
    from leanmirror.bridge.check.result import CheckReport
    from leanmirror.bridge.drift.run import Changed, Drift
    from leanmirror.bridge.drift.snapshots import Stated

Level = Literal["error", "warning", "notice"]

MOST = 50
"""Annotations of drift; GitHub itself shows the first ten of each level and lists the rest in the log."""

LONGEST = 1_000
"""Characters of a message."""


def annotation(level: Level, message: str, title: str, file: str = "", line: int = 0) -> str:
    """One workflow command. Without a file it shows with the run as a whole."""
    properties = [("file", file)] if file else []
    properties += [("line", str(line))] if file and line else []
    properties.append(("title", title))
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties)
    return f"::{level} {listed}::{_data(message)}"


def _data(text: str) -> str:
    """A text as the data of a command: it ends at the end of the line."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """A text as the value of a property: it ends at a comma, and properties at a colon."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def of_drift(found: Drift) -> Iterator[str]:
    """An annotation for each difference, those of mirrored names first; one for what is too much to show.

    What changed its meaning, and what is gone, is an error; the rest are warnings.
    """
    differences, root = found.differences, found.new.root
    rows: list[tuple[Stated, str]] = []
    rows += [(e, _at("error", e, "removed", f"{e.name} is gone")) for e in differences.removed]
    rows += [(e, _at("warning", e, "added", f"{e.name} is new", root)) for e in differences.added]
    for each in differences.renamed:
        text = f"{each.old.name} is now {each.new.name} ({each.sure}: {each.because})"
        rows.append((each.new, _at("warning", each.new, "renamed", text, root)))
    for old, new in differences.moved:
        rows.append((new, _at("warning", new, "moved", f"{new.name} moved here from {old.module}", root)))
    rows += [(each.change.new, _changed(each, root)) for each in found.changed]
    rows.sort(key=lambda row: (not found.is_mirrored(row[0]), not row[1].startswith("::error")))
    yield from (text for _, text in rows[:MOST])
    if len(rows) > MOST:
        yield annotation("notice", f"{len(rows) - MOST} more declarations differ", "leanmirror drift")


def _at(level: Level, stated: Stated, what: str, text: str, root: Path | None = None) -> str:
    """An annotation at a declaration; without a root it has no place in the new files."""
    place = _place(stated, root)
    return annotation(level, shown(text, LONGEST), f"leanmirror drift: {what}", *place)


def _place(stated: Stated, root: Path | None) -> tuple[str, int]:
    """The file as seen from the root of the checkout, and the line."""
    if root is None or not stated.file:
        return "", 0
    from leanmirror.bridge.report.places import from_root

    return from_root(str(root / stated.file)), stated.line


def _changed(changed: Changed, root: Path | None) -> str:
    change, found = changed.change, changed.meaning
    what = "body" if change.wording == "body" else "statement"
    texts = change.bodies if change.wording == "body" else (change.old.statement, change.new.statement)
    old, new = texts or ("", "")
    message = "\n".join(
        (
            f"{change.name}: the {what} changed; meaning: {found.meaning.replace('_', ' ')} ({found.reason})",
            f"old: {shown(old, LONGEST)}",
            f"new: {shown(new, LONGEST)}",
        )
    )
    level: Level = "error" if found.meaning == "different" else "warning"
    return annotation(level, message, f"leanmirror drift: {what} changed", *_place(change.new, root))


LEVELS: dict[str, Level] = {
    "refuted": "error",
    "error": "error",
    "vacuous": "warning",
    "undecided": "notice",
    "unsupported": "notice",
}
"""How grave a verdict is; what is not here needs no annotation."""
SHOWN = 10
"""Annotations of one level that GitHub shows for one step."""


def of_check(report: CheckReport) -> Iterator[str]:
    """An annotation for each claim that is not as it should be, the gravest first, as many as GitHub shows.

    Where there are more of a level, the last one says so.
    """
    from leanmirror.bridge.check.text import WORDS, counterexample_lines
    from leanmirror.bridge.report.places import place

    order = list(LEVELS)
    found = sorted((r for r in report.results if r.verdict in LEVELS), key=lambda r: order.index(r.verdict))
    for level in ("error", "warning", "notice"):
        some = [each for each in found if LEVELS[each.verdict] == level]
        most = SHOWN if len(some) <= SHOWN else SHOWN - 1
        for each in some[:most]:
            lines = counterexample_lines(each, each.counterexample) if each.counterexample else []
            text = "\n".join(lines) or shown(each.reason or each.verdict, LONGEST)
            file, line, _ = place(each) or ("", 0, 0)
            title = f"leanmirror: {WORDS[each.verdict]} {shown(each.name)}"
            yield annotation(level, text, title, file, line)
        if len(some) > most:
            yield annotation(level, f"{len(some) - most} more are in the log", "leanmirror check")


def job_summary(report: CheckReport) -> str:
    """The report as Markdown, for the page of a run: the counts, and the claims that need a look."""
    from leanmirror.bridge.check.text import WORDS, summary_line
    from leanmirror.bridge.report.places import issue, place

    lines = ["### leanmirror", "", summary_line(report), ""]
    found = [each for each in report.results if each.verdict in LEVELS]
    if found:
        lines += ["| claim | verdict | issue | place |", "|---|---|---|---|"]
    for each in found:
        where = place(each)
        cells = (
            each.name,
            WORDS[each.verdict],
            issue(each),
            "" if where is None else f"{where[0]}:{where[1]}",
        )
        lines.append(f"| {' | '.join(_cell(cell) for cell in cells)} |")
    return "\n".join([*lines, ""])[:SUMMARY]


SUMMARY = 900_000
"""Characters of a summary: GitHub takes a mebibyte of them."""


def _cell(text: str) -> str:
    """A text in a table of Markdown, where nothing in it means anything."""
    return re.sub(r"([\\`*_{}\[\]<>()#+!|~&$@-])", r"\\\1", shown(text, LONGEST))


def write_summary(report: CheckReport) -> None:
    """Add the report to the summary of the job, where this runs as a step of GitHub Actions."""
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        with open(path, "a", encoding="utf-8") as file:
            file.write(job_summary(report))
