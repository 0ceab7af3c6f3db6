"""The forms that a report is printed in: for editors, code scanning and pull requests."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from leanmirror.bridge.check.result import CheckReport, Result
from leanmirror.bridge.check.snippet import check_text
from leanmirror.bridge.report.formats import rendered
from leanmirror.bridge.report.github import job_summary, of_check, write_summary
from leanmirror.bridge.report.sarif import MOST, as_sarif
from leanmirror.spec.errors import Position

FINE = Result("M.fine", "theorem", "", "no_counterexample", lean_file="M/A.lean", lean_line=1, lean_column=1)
EMPTY = replace(FINE, name="M.empty", verdict="vacuous", reason="h never held", lean_line=4, cause="not_met")
UNREAD = replace(FINE, name="M.b", verdict="unsupported", reason="no\nname", position=Position(9, 14))
MIRRORED = Result("P.q", "theorem", "NN.P", "undecided", reason="close", lean_file="NN/P.lean", lean_line=3)


@pytest.fixture(scope="module")
def wrong() -> Result:
    (found,) = check_text("theorem t (a b : ℝ) : a - b = b - a", jobs=1).results
    return replace(found, lean_file="M/A.lean")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("GITHUB_WORKSPACE", "GITHUB_STEP_SUMMARY"):
        monkeypatch.delenv(name, raising=False)
    (tmp_path / "M").mkdir()
    return tmp_path


def said(refuted: Result) -> str:
    assert refuted.counterexample is not None
    return refuted.counterexample.issue


def report(*results: Result) -> CheckReport:
    return CheckReport(50, 0, 100, results)


def test_concise_is_a_line_for_each_that_is_not_as_it_should_be(wrong: Result) -> None:
    found = report(FINE, wrong, EMPTY, UNREAD, MIRRORED)
    expected = [
        f"M/A.lean:1:1: refuted: {said(wrong)}",
        "M/A.lean:4:1: vacuous: h never held",
        "M/A.lean:9:14: unsupported: no name",
        "P.q: undecided: close",
    ]
    assert expected == rendered(found, "concise").splitlines()[:-1]
    assert "M/A.lean:1:1: no counterexample" == rendered(found, "concise", 1).splitlines()[0]


def test_quiet_and_verbose_text(wrong: Result) -> None:
    passing = replace(FINE, reason="run at α := ℝ", interpreted=("M.f",))
    found = report(passing, wrong)
    usual, quiet, verbose = (rendered(found, "text", detail) for detail in (0, -1, 1))
    assert ["claim", "refuted: t", "claim"] == [
        text.split("  ")[0].split("\n")[0] for text in (usual, quiet, verbose)
    ]
    assert [True, False, True] == ["run at α := ℝ" in text for text in (usual, quiet, verbose)]
    assert [False, False, True] == ["interpreted, no mirror: M.f" in text for text in (usual, quiet, verbose)]
    assert all(
        text.endswith("2 claims: no counterexample to 1; 1 refuted") for text in (usual, quiet, verbose)
    )


def test_sarif_names_places_rules_and_fingerprints(wrong: Result) -> None:
    document = json.loads(rendered(report(FINE, UNREAD, wrong, MIRRORED), "sarif"))
    (run,) = document["runs"]
    assert ("2.1.0", "leanmirror") == (document["version"], run["tool"]["driver"]["name"])
    rules = [rule["id"] for rule in run["tool"]["driver"]["rules"]]
    assert ["refuted", "undecided", "unsupported"] == [each["ruleId"] for each in run["results"]]
    assert ["error", "warning", "note"] == [each["level"] for each in run["results"]]
    assert all(rules[each["ruleIndex"]] == each["ruleId"] for each in run["results"])
    physical = run["results"][2]["locations"][0]["physicalLocation"]
    assert {"uri": "M/A.lean", "uriBaseId": "%SRCROOT%"} == physical["artifactLocation"]
    assert {"startLine": 9, "startColumn": 14} == physical["region"]
    assert {"logicalLocations"} == set(run["results"][1]["locations"][0])
    assert f"issue: {said(wrong)}" in run["results"][0]["message"]["text"]


def test_a_fingerprint_stays_when_lines_move_and_goes_with_the_statement(wrong: Result) -> None:
    def print_of(result: Result) -> str:
        found = as_sarif(report(result))["runs"][0]["results"][0]["partialFingerprints"]
        text: str = found["statement/v1"]
        return text

    assert print_of(wrong) == print_of(replace(wrong, lean_line=99, name="u"))
    assert print_of(wrong) != print_of(replace(wrong, digest="another"))
    assert print_of(UNREAD) != print_of(replace(UNREAD, name="M.c"))


def test_sarif_has_the_gravest_of_too_many(wrong: Result) -> None:
    (run,) = as_sarif(report(*([EMPTY] * MOST), wrong))["runs"]
    assert (MOST, "refuted") == (len(run["results"]), run["results"][0]["ruleId"])
    assert (
        "1 more results are left out"
        == (run["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"])
    )


def test_annotations_are_ordered_and_capped_with_a_word(wrong: Result) -> None:
    lines = list(of_check(report(FINE, UNREAD, EMPTY, *([wrong] * 14))))
    assert ["error"] * 10 + ["warning", "notice"] == [line[2:].split(" ")[0] for line in lines]
    assert lines[0].startswith("::error file=M/A.lean,line=1,title=leanmirror%3A refuted t::refuted: t%0A")
    assert "::error title=leanmirror check::5 more are in the log" == lines[9]
    assert "::notice file=M/A.lean,line=9,title=leanmirror%3A unsupported M.b::no<U+000A>name" == lines[11]


def test_paths_are_those_of_the_checkout(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / ".git").mkdir()
    monkeypatch.chdir(folder / "M")
    (line,) = of_check(report(replace(EMPTY, lean_file="A.lean")))
    assert line.startswith("::warning file=M/A.lean,line=4,")
    monkeypatch.setenv("GITHUB_WORKSPACE", str(folder.parent))
    (line,) = of_check(report(replace(EMPTY, lean_file="A.lean")))
    assert line.startswith(f"::warning file={folder.name}/M/A.lean,line=4,")


def test_the_summary_of_a_job_is_a_table_in_which_names_mean_nothing(
    folder: Path, wrong: Result, monkeypatch: pytest.MonkeyPatch
) -> None:
    hostile = replace(EMPTY, name="<img>|[x](y)")
    text = job_summary(report(FINE, wrong, hostile))
    assert f"| t | refuted | {said(wrong)[:5]}".replace("-", "\\-") in text
    assert "| \\<img\\>\\|\\[x\\]\\(y\\) | vacuous | h never held | M/A.lean:4 |" in text
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(folder / "summary.md"))
    write_summary(report(FINE))
    write_summary(report(FINE))
    assert 2 == (folder / "summary.md").read_text(encoding="utf-8").count("### leanmirror")
