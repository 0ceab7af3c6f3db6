"""A report of `check` in each form that it can be printed in."""

from __future__ import annotations

from leanmirror.bridge.check.result import CheckReport
from leanmirror.bridge.check.text import report_text
from leanmirror.bridge.io.output import as_json
from leanmirror.bridge.io.terminal import folded, painter, room
from leanmirror.bridge.report import github, junit
from leanmirror.bridge.report.concise import concise
from leanmirror.bridge.report.sarif import as_sarif


def rendered(report: CheckReport, form: str, detail: int = 0) -> str:
    """The report in a form, without the end of its last line; `detail` is less than 0, 0 or more than 0."""
    if form == "concise":
        return concise(report, whole=detail > 0)
    if form == "json":
        return as_json(report.to_json()).rstrip("\n")
    if form == "sarif":
        return as_json(as_sarif(report)).rstrip("\n")
    if form == "junit":
        return junit.as_xml(report).rstrip("\n")
    if form == "github":
        return "\n".join(github.of_check(report))
    return folded(report_text(report, painter(), detail), room())
