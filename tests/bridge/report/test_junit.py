"""check --junit: what CI services read of it."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from pathlib import Path

from leanmirror.bridge.check.result import CheckReport, Result
from leanmirror.bridge.check.run import check
from leanmirror.bridge.report import junit

TEXT = """
theorem bad (x : ℝ) : x / x = 1 := by sorry
theorem good (x : ℝ) : x = x := by sorry
theorem none_met (x : ℝ) (h : x < x) : x = 1 := by sorry
"""


def test_each_verdict_has_its_element(tmp_path: Path) -> None:
    file = tmp_path / "My.lean"
    file.write_text(TEXT, encoding="utf-8")
    junit.write(check([str(file)], examples=10, jobs=1), str(tmp_path / "out.xml"))
    root = ET.parse(tmp_path / "out.xml").getroot()
    (suite,) = root
    cases = suite.findall("testcase")
    counts = {"tests": "3", "failures": "1", "errors": "0", "skipped": "1"}
    assert ("testsuites", counts) == (root.tag, {key: root.get(key) for key in counts})
    assert (str(file), counts) == (suite.get("name"), {key: suite.get(key) for key in counts})
    assert ["bad", "good", "none_met"] == [case.get("name") for case in cases]
    assert {str(file)} == {case.get("classname") for case in cases}
    assert [["failure"], ["system-out"], ["skipped"]] == [[child.tag for child in case] for case in cases]
    assert "  x := 0\n" in (cases[0][0].text or "")
    assert all(float(case.get("time", "nan")) >= 0 for case in cases)
    assert {"digits": "50", "examples": "10", "seed": "0"} == {
        each.get("name"): each.get("value") for each in suite.iter("property")
    }


def test_results_of_other_modules_are_other_suites_and_an_interrupt_is_noted() -> None:
    results = (
        Result("A.a", "theorem", "A", "error", reason="internal: x"),
        Result("A.b", "theorem", "A", "undecided", reason="resource: y"),
        Result("B.c", "theorem", "B", "refuted", reason="z"),
    )
    root = ET.fromstring(junit.as_xml(CheckReport(50, 0, 100, results, interrupted=True)))
    assert ["A", "B"] == [suite.get("name") for suite in root]
    tags = [(case[0].tag, case[0].get("message")) for case in root.iter("testcase")]
    assert [("error", "internal: x"), ("skipped", "undecided: resource: y"), ("failure", "z")] == tags
    assert "true" == next(p.get("value") for p in root.iter("property") if p.get("name") == "interrupted")


def test_what_xml_cannot_hold_appears_as_code_points() -> None:
    result = Result("A.\x00\ud800]]>", "theorem", "A", "error", reason="\x1b[31m <&\ufffe")
    (case,) = ET.fromstring(junit.as_xml(CheckReport(50, 0, 1, (result,)))).iter("testcase")
    assert "A.<U+0000><U+D800>]]>" == case.get("name")
    assert "<U+001B>[31m <&<U+FFFE>" == case[0].get("message")
