"""One class for what was found of a claim: its words, its JSON and back, its exit status, no truth value."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from leanmirror.bridge.check.options import NOT_DECIDED
from leanmirror.bridge.check.replay import replay
from leanmirror.bridge.check.result import CheckReport, Refuted, Result
from leanmirror.bridge.check.run import check
from leanmirror.bridge.check.witness import read_witness
from leanmirror.spec.errors import BadInput, Position
from leanmirror.spec.judge.verdicts import CAUSES, VERDICTS, VerdictName

TEXT = """
theorem bad (x y : ℝ) (h : x < y) : x / x = 1 := by sorry
theorem good (x : ℝ) : x = x := by sorry
theorem none_met (x : ℝ) (h : x < x) : x = 1 := by sorry
theorem unheard (x : ℝ) :
    nothing x = 1 := by sorry
theorem ill (x : ℝ) (n : ℕ) : x = fun k : ℕ => n := by sorry
theorem unread (x : ℝ : x = x := by sorry
"""


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> CheckReport:
    """What is found of the text."""
    folder = tmp_path_factory.mktemp("result")
    (folder / "T.lean").write_text(TEXT, encoding="utf-8")
    return check(str(folder / "T.lean"), examples=12, jobs=1, witnesses=folder)


def test_causes_and_positions_are_fields(report: CheckReport) -> None:
    found = {r.name: (r.verdict, r.cause, r.position) for r in report}
    assert ("refuted", None, None) == found["bad"]
    assert ("no_counterexample", None, None) == found["good"]
    assert ("vacuous", "not_met", None) == found["none_met"]
    assert ("unsupported", "unknown_name", Position(6, 5)) == found["unheard"]
    assert ("unsupported", "type", Position(7, 35)) == found["ill"]
    assert ("unsupported", "syntax", Position(8, 23)) == found["unread"]
    assert [1, 1] == [r.lean_column for r in report.results[:2]]


def test_a_cause_is_one_that_its_verdict_can_have(report: CheckReport) -> None:
    for each in report:
        assert each.cause in CAUSES[each.verdict] or (each.cause, CAUSES[each.verdict]) == (None, frozenset())


def test_a_report_reads_back_from_its_json(report: CheckReport) -> None:
    text = json.dumps(report.to_json(), ensure_ascii=False)
    assert report == CheckReport.from_json(text) == CheckReport.from_json(report.to_json())
    for each in report:
        assert each == Result.from_json(each.to_json())


@pytest.mark.parametrize(
    ("old", "new", "what"),
    [
        ('"seed": 0', '"seed": 0, "seed": 0', "stands twice"),
        ('"seconds": 0.5', '"seconds": NaN', "not finite"),
        ('"seconds": 0.5', '"seconds": -1.0', "seconds"),
        ('"verdict": "vacuous"', '"verdict": "fine"', "fine"),
        ('"cause": "not_met"', '"cause": "because"', "because"),
        ('"examples": 12', '"examples": "12"', "examples"),
        ('"leanmirror.check/1"', '"leanmirror.check/2"', "schema"),
    ],
    ids=["twice", "nan", "negative", "verdict", "cause", "type", "schema"],
)
def test_what_no_report_is_is_refused(report: CheckReport, old: str, new: str, what: str) -> None:
    steady = replace(report, results=tuple(replace(r, seconds=0.5) for r in report))
    text = json.dumps(steady.to_json(), ensure_ascii=False)
    assert old in text
    with pytest.raises(BadInput, match=what):
        CheckReport.from_json(text.replace(old, new))


def test_a_witness_reads_back_and_a_field_that_it_has_not_is_refused(report: CheckReport) -> None:
    path = Path(report.results[0].witness or "")
    assert report.results[0].counterexample == read_witness(path)
    data = json.loads(path.read_text(encoding="utf-8"))
    for wrong in ({"more": 1}, {"source": {**data["source"], "more": 1}}):
        path.with_name("w.json").write_text(json.dumps({**data, **wrong}), encoding="utf-8")
        with pytest.raises(BadInput, match=r"w\.json: the field 'more' is not known"):
            read_witness(path.with_name("w.json"))


def test_a_verdict_has_no_truth_value(report: CheckReport) -> None:
    for each in (report, *report):
        with pytest.raises(TypeError, match=r"ask for \.ok, or call \.assert_ok\(\)"):
            bool(each)
    assert [False, True, False] == [r.ok for r in report.results[:3]]
    report.results[1].assert_ok()
    with pytest.raises(Refuted, match=r"refuted: bad"):
        report.results[0].assert_ok()
    with pytest.raises(AssertionError, match=r"1 refuted"):
        report.assert_ok()


def test_results_are_short_in_a_repl_and_whole_in_print(report: CheckReport) -> None:
    counts = "6 claims: no counterexample to 1; 1 refuted, 1 vacuous, 3 unsupported"
    assert f"<CheckReport: {counts}>" == repr(report)
    assert "<Result: bad: refuted>" == repr(report.results[0])
    assert report.text == str(report)
    assert report.text.endswith(counts)
    again = replay(Path(report.results[0].witness or ""))
    assert (1, "<ReplayResult: reproduced: bad (statement)>") == (again.exit_status, repr(again))


@pytest.mark.parametrize(
    ("verdicts", "expected", "strict"),
    [
        (("no_counterexample",), 0, 0),
        (("no_counterexample", "vacuous"), 0, 3),
        (("undecided",), 0, 3),
        (("unsupported",), 0, 3),
        (("unsupported", "error"), 4, 4),
        (("error", "refuted"), 1, 1),
    ],
)
def test_the_exit_status(verdicts: tuple[VerdictName, ...], expected: int, strict: int) -> None:
    found = CheckReport(50, 0, 1, tuple(Result(f"A.{v}", "theorem", "A", v) for v in verdicts))
    assert (expected, strict) == (found.exit_status, found.status(NOT_DECIDED))
    assert {v: verdicts.count(v) for v in VERDICTS} == found.summary
