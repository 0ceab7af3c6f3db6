"""docs/coverage.md: what a run says, counted as it is counted everywhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from leanmirror.bridge.report.pages.coverage import main, page
from leanmirror.spec.errors import BadInput

TEXT = """
axiom unknown : ℝ → ℝ
theorem t₁ {n : ℕ} (x : EuclideanSpace ℝ (Fin n)) : x = x := by sorry
theorem t₂ (x : ℝ) : unknown x = 0 := by sorry
theorem t₃ (x : ℝ) : unheard x = 0 := by sorry
lemma t₄ (x : ℝ) (h : x ≠ x) : x = 0 := by sorry
"""


@pytest.fixture
def source(tmp_path: Path) -> Path:
    folder = tmp_path / "NN" / "Proofs" / "Autograd"
    folder.mkdir(parents=True)
    (folder / "A.lean").write_text(TEXT, "utf-8")
    return tmp_path


def test_the_page_counts_and_gives_reasons(source: Path) -> None:
    lines = page(source, jobs=1).splitlines()
    assert "| all | 4 | 100.0 % |" in lines
    assert "| elaborate | 3 | 75.0 % |" in lines
    assert "| run | 1 | 25.0 % |" in lines
    assert "| A | 4 | 3 | 1 |" in lines
    assert "- `t₂`: no definition of unknown is mirrored" in lines
    assert "- `t₃`: unknown name unheard" in lines
    assert any(line.startswith("- `t₄`: none of 100 examples met the hypotheses") for line in lines)
    assert not any(line.startswith("- `t₁`") for line in lines)


def test_a_folder_that_is_no_such_tree_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(BadInput):
        page(tmp_path)
    assert 2 == main([str(tmp_path), str(tmp_path / "page.md")])
    assert 2 == main([])
    assert "usage" in capsys.readouterr().err
