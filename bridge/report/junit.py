"""A report of `check` as JUnit XML, for CI services: a suite per Lean module or file, a case per claim."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby

from junitparser import Error, Failure, JUnitXml, Skipped, TestCase, TestSuite

from leanmirror.bridge.check import text as report
from leanmirror.bridge.check.result import CheckReport, Result
from leanmirror.bridge.io.output import shown, without_commands, write_target

MOST = 100_000
"""Letters of one text: a counterexample may be long, and a report of many has to stay readable."""


def write(found: CheckReport, path: str) -> None:
    """Write the report to a file, whole or not at all, or to standard output for `-`.

    Raises OSError when it cannot be written.
    """
    write_target(path, as_xml(found))


def as_xml(found: CheckReport) -> str:
    """The report as JUnit XML: refuted is a failure, error an error, what was not decided is skipped."""
    document = JUnitXml("leanmirror")
    for name, results in groupby(found.results, key=_suite_name):
        suite = TestSuite(_plain(name))
        for key, value in _properties(found):
            suite.add_property(key, value)
        suite.add_testcases([_case(result) for result in results])
        document.add_testsuite(suite)
    document.update_statistics()  # type: ignore[no-untyped-call]  # junitparser has no types here
    text: bytes = document.tostring()  # type: ignore[no-untyped-call]  # as above
    return without_commands(text.decode("utf-8"), lambda letter: f"&#{ord(letter)};")


def _suite_name(result: Result) -> str:
    return result.module or result.lean_file or "leanmirror"


def _properties(found: CheckReport) -> Iterator[tuple[str, str]]:
    yield "digits", str(found.digits)
    yield "examples", str(found.examples)
    yield "seed", str(found.seed)
    if found.interrupted:
        yield "interrupted", "true"


def _case(result: Result) -> TestCase:
    case = TestCase(_plain(result.name), classname=_plain(_suite_name(result)), time=round(result.seconds, 3))
    reason = _plain(result.reason or "")
    if result.counterexample is not None:
        issue = _plain(result.counterexample.issue)
        case.result = [Failure(issue, "refuted")]
        case.result[0].text = _plain("\n".join(report.counterexample_lines(result, result.counterexample)))
    elif result.verdict == "refuted":
        case.result = [Failure(reason, "refuted")]
    elif result.verdict == "error":
        case.result = [Error(reason, "error")]
    elif result.verdict != "no_counterexample":
        case.result = [Skipped(f"{report.WORDS[result.verdict]}: {reason}", result.verdict)]
    else:
        case.system_out = _plain(str(result))
    return case


def _plain(text: str) -> str:
    """The text without what XML cannot hold: controls appear as code points."""
    return "\n".join(shown(line, MOST) for line in text.split("\n"))
