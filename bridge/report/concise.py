"""A line for each claim that is not as it should be: `file:line:column: verdict: issue`."""

from __future__ import annotations

from collections.abc import Iterator

from leanmirror.bridge.check.result import CheckReport, Result
from leanmirror.bridge.check.text import WORDS, summary_line
from leanmirror.bridge.io.output import shown
from leanmirror.bridge.report.places import issue, place

LONGEST = 400


def concise(report: CheckReport, *, whole: bool = False) -> str:
    """Those lines, and one with the counts; `whole`: a line for every claim."""
    lines = [_line(each) for each in report.results if whole or not each.ok]
    return "\n".join([*lines, summary_line(report)])


def _line(result: Result) -> str:
    return shown(": ".join(_parts(result)), LONGEST)


def _parts(result: Result) -> Iterator[str]:
    where = place(result)
    yield result.name if where is None else ":".join(map(str, where))
    yield WORDS[result.verdict]
    if not result.ok or result.reason:
        yield issue(result)
