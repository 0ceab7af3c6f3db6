"""A report of `check` as SARIF 2.1.0, which code scanning services read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from leanmirror.bridge._version import __version__
from leanmirror.bridge.check.result import CheckReport, Result
from leanmirror.bridge.check.text import counterexample_lines
from leanmirror.bridge.report.places import issue, place
from leanmirror.spec.judge.verdicts import VerdictName

MOST = 5_000
"""Results; services take no more of one run."""

LONGEST = 20_000
"""Letters of a message."""

RULES: dict[VerdictName, tuple[str, str]] = {
    "refuted": ("error", "At the inputs shown the hypotheses are true and the conclusion is false."),
    "error": ("error", "A fault of leanmirror kept the statement from being run."),
    "vacuous": ("warning", "No example met the hypotheses."),
    "undecided": ("warning", "Too many examples could not be decided, or a limit was met."),
    "unsupported": ("note", "The statement could not be run."),
}
"""The verdicts that are reported, the gravest first: each with its level and what it means."""


def as_sarif(report: CheckReport) -> dict[str, Any]:
    """The document. Of more results than services take, the gravest are in it, and how many are not."""
    order = list(RULES)
    found = sorted((r for r in report.results if r.verdict in RULES), key=lambda r: order.index(r.verdict))
    notes = [] if len(found) <= MOST else [f"{len(found) - MOST} more results are left out"]
    notes += [] if not report.interrupted else ["interrupted before all claims were run"]
    run = {
        "tool": {"driver": {"name": "leanmirror", "version": __version__, "rules": list(_rules())}},
        "columnKind": "unicodeCodePoints",
        "invocations": [
            {
                "executionSuccessful": not report.interrupted and report.fault is None,
                "toolExecutionNotifications": [
                    {"level": "note", "message": {"text": each}} for each in notes
                ],
            }
        ],
        "results": [_result(each, order) for each in found[:MOST]],
    }
    return {
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [run],
    }


def _rules() -> Iterator[dict[str, Any]]:
    for verdict, (level, text) in RULES.items():
        yield {
            "id": verdict,
            "shortDescription": {"text": text},
            "defaultConfiguration": {"level": level},
        }


def _result(result: Result, order: list[VerdictName]) -> dict[str, Any]:
    where = place(result)
    file = "" if where is None else where[0]
    found: dict[str, Any] = {
        "ruleId": result.verdict,
        "ruleIndex": order.index(result.verdict),
        "level": RULES[result.verdict][0],
        "message": {"text": _message(result)[:LONGEST]},
        "locations": [_location(result, where)],
        "partialFingerprints": {"statement/v1": _fingerprint(result, file)},
    }
    return found


def _message(result: Result) -> str:
    found = result.counterexample
    if found is None:
        return f"{result.name}: {issue(result)}"
    return "\n".join(counterexample_lines(result, found))


def _location(result: Result, where: tuple[str, int, int] | None) -> dict[str, Any]:
    logical = [{"fullyQualifiedName": result.name, "kind": "declaration"}]
    if where is None:
        return {"logicalLocations": logical}
    file, line, column = where
    return {
        "physicalLocation": {
            "artifactLocation": {"uri": quote(file), "uriBaseId": "%SRCROOT%"},
            "region": {"startLine": line, "startColumn": column},
        },
        "logicalLocations": logical,
    }


def _fingerprint(result: Result, file: str) -> str:
    """What stays the same when lines move: the statement, or the name of one that cannot be read."""
    key = "\n".join((file, result.verdict, result.digest or result.name))
    return hashlib.sha256(key.encode("utf-8", "surrogatepass")).hexdigest()
