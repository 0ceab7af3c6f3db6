"""Mutants run: what is wrong is refuted, what is true lives, what is no statement is put aside."""

from __future__ import annotations

from pathlib import Path

import pytest

from leanmirror.bridge.audit.__main__ import main
from leanmirror.bridge.audit.run import mutants_of
from leanmirror.bridge.check.options import CheckOptions
from leanmirror.bridge.check.texts import LeanText

TEXT = """theorem one (a b : ℝ) (h : 0 ≤ a) : |a| = a := by sorry
theorem wrong (a : ℝ) : a = a + 1 := by sorry
example {n : ℕ} (x : Fin n → ℝ) (c : ℝ) : ∑ i, c * x i = c * ∑ i, x i := by sorry
"""
OPTIONS = CheckOptions(examples=30, jobs=1)


def test_what_is_true_lives_and_what_is_false_does_not() -> None:
    found = mutants_of(LeanText("My.lean", TEXT), OPTIONS)
    outcomes = {each.mutant.text: each.outcome for each in found}
    assert "refuted" == outcomes["(a b : ℝ) : |a| = a"]
    assert "refuted" == outcomes["(a b : ℝ) (h : 0 > a) : |a| = a"]
    assert "survived" == outcomes["(a b : ℝ) (h : 0 < a) : |a| = a"]
    assert "refuted" == outcomes["{n : ℕ} (x : Fin n → ℝ) (c : ℝ) : ∏ i, c * x i = c * (∑ i, x i)"]
    assert "discarded" == outcomes["{n : ℕ} (x : Fin n → ℝ) (c : ℝ) : ∑ i, c = c * (∑ i, x i)"]
    assert ["wrong"] == [each.name for each in found.left]
    assert not {"wrong"} & {each.mutant.of for each in found}
    assert "one: " in found.text


def test_the_script_lists_what_lives(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "My.lean"
    file.write_text("theorem one (a : ℝ) (h : 0 ≤ a) : |a| = a := by sorry\n", encoding="utf-8")
    assert 0 == main([str(file), "--examples", "20", "--jobs", "1"])
    out = capsys.readouterr().out
    assert "survived: one, relation: 0 ≤ a → 0 < a\n  (a : ℝ) (h : 0 < a) : |a| = a\n" in out
    assert 2 == main([str(tmp_path / "none.lean")])
    assert "audit: " in capsys.readouterr().err
