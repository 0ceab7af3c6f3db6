"""What keeps claims from running: all that a claim lacks, and what gains most."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leanmirror.bridge.check.missing import Row, missing, ranked
from leanmirror.bridge.commands import main as cli
from tests.bridge.commands.test_schemas import faults

TEXT = """
axiom first : ℝ → ℝ
axiom second : ℝ → ℝ
def both (x : ℝ) : ℝ := first x + second x
theorem t₁ (x : ℝ) : x = x := by sorry
theorem t₂ (x : ℝ) : first x = first x := by sorry
theorem t₃ (x : ℝ) : first x = second x := by sorry
theorem t₄ (x : ℝ) : both x = 0 := by sorry
theorem t₅ (x : ℝ) : first x = 0 := by sorry
theorem t₆ (x : ℝ) : unheard x = 0 := by sorry
"""
FIRST, SECOND = (f"no definition of {name} is mirrored" for name in ("first", "second"))


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "T.lean"
    path.write_text(TEXT, "utf-8")
    return path


def test_a_claim_lacks_all_that_it_lacks_not_only_what_comes_first(file: Path) -> None:
    found = missing([str(file)], jobs=1)
    unheard = ("unknown name unheard",)
    expected = [(), (FIRST,), (FIRST, SECOND), (FIRST, SECOND), (FIRST,), unheard]
    assert expected == [claim.lacks for claim in found.claims]


def test_the_order_is_that_of_the_gains(file: Path) -> None:
    rows = missing([str(file)], jobs=1).missing
    assert (Row(FIRST, 4, 2, 2), Row(SECOND, 2, 0, 2), Row("unknown name unheard", 1, 1, 1)) == rows


def test_what_gains_nothing_alone_comes_in_the_order_of_its_share() -> None:
    rows = ranked([("a", "b"), ("a", "c"), ("a", "c", "d")])
    assert ["a", "c", "b", "d"] == [row.what for row in rows]
    assert [0, 1, 1, 1] == [row.gained for row in rows]


def test_the_document_fits_its_schema(file: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.FINE == cli.main(["missing", str(file), "--json", "-", "--jobs", "1"])
    document = json.loads(capsys.readouterr().out)
    assert [] == faults(document)
    assert [] != faults({**document, "missing": [{"what": "x"}]})


def test_a_selection_without_lean_files_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    assert cli.BAD == cli.main(["missing", "Tape.relu"])
    assert "what is missing is asked of the claims of Lean files" in capsys.readouterr().err
