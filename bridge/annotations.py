"""Annotations for GitHub Actions: one line each, which shows at a line of a file of a pull request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from leanmirror.bridge.output import shown

if TYPE_CHECKING:
    from leanmirror.bridge.checking import CheckReport
    from leanmirror.bridge.comparing.snapshots import Stated
    from leanmirror.bridge.drifting import Changed, Drift

Level = Literal["error", "warning", "notice"]

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
    """An annotation for each difference that concerns a mirrored name, and one for all others together.

    What changed its meaning, and what is gone, is an error; the rest are warnings.
    """
    from leanmirror.bridge.drifting import is_mirrored

    differences = found.differences
    rows: list[tuple[Stated, str]] = []
    rows += [(e, _at("error", e, "removed", f"{e.name} is gone", old=True)) for e in differences.removed]
    rows += [(e, _at("warning", e, "added", f"{e.name} is new")) for e in differences.added]
    for each in differences.renamed:
        text = f"{each.old.name} is now {each.new.name} ({each.sure}: {each.because})"
        rows.append((each.new, _at("warning", each.new, "renamed", text)))
    for old, new in differences.moved:
        rows.append((new, _at("warning", new, "moved", f"{new.name} moved here from {old.module}")))
    rows += [(each.change.new, _changed(each)) for each in found.changed]
    yield from (text for stated, text in rows if is_mirrored(found, stated))
    rest = sum(not is_mirrored(found, stated) for stated, _ in rows)
    if rest:
        yield annotation("notice", f"{rest} other declarations differ", "leanmirror drift")


def _at(level: Level, stated: Stated, what: str, text: str, *, old: bool = False) -> str:
    """An annotation at a declaration; one that is gone has no place in the new files."""
    place = ("", 0) if old else (stated.file, stated.line)
    return annotation(level, shown(text, LONGEST), f"leanmirror drift: {what}", *place)


def _changed(changed: Changed) -> str:
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
    return annotation(level, message, f"leanmirror drift: {what} changed", change.new.file, change.new.line)


def of_check(report: CheckReport) -> Iterator[str]:
    """An error for each refuted claim, with its counterexample; a warning for each that went wrong."""
    from leanmirror.bridge.report import counterexample_lines

    for each in report.results:
        file, line = each.lean_file or "", each.lean_line or 0
        if each.verdict == "refuted" and each.counterexample is not None:
            text = "\n".join(counterexample_lines(each))
            yield annotation("error", text, f"leanmirror: refuted {each.name}", file, line)
        elif each.verdict == "refuted":
            yield annotation(
                "error", each.reason or "refuted", f"leanmirror: refuted {each.name}", file, line
            )
        elif each.verdict == "error":
            yield annotation(
                "warning", each.reason or "error", f"leanmirror: error at {each.name}", file, line
            )
