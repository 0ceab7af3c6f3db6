"""`check` on files, folders and standard input, and `replay` of what it found."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from leanmirror.bridge.check.replay import replay
from leanmirror.bridge.check.run import check
from leanmirror.spec.errors import BadInput

COMMAND = [sys.executable, "-m", "leanmirror.bridge", "check", "--jobs", "1", "--json", "-"]
TEXT = """
namespace Proofs.Autograd
theorem bad {n : ℕ} (x δ : Vec n) : (matApplyLin x).adjoint δ = outer x δ := by sorry
theorem good {n : ℕ} (x δ : Vec n) : (matApplyLin x).adjoint δ = outer δ x := by sorry
example (x : ℝ) : x / x = 1 := by sorry
theorem broken (x : ℝ : x = x := by sorry
end Proofs.Autograd
"""


def verdicts(args: list[str], text: str | None = None) -> dict[str, str]:
    done = subprocess.run([*COMMAND, *args], input=text, capture_output=True, text=True, check=False)
    return {r["name"].rpartition("/")[2]: r["verdict"] for r in json.loads(done.stdout)["results"]}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "My.lean"
    path.write_text(TEXT, encoding="utf-8")
    return path


def test_a_file_a_folder_and_standard_input_say_the_same(file: Path, tmp_path: Path) -> None:
    witnesses = ["--witnesses", str(tmp_path / "w")]
    found = verdicts([str(file), *witnesses])
    assert "refuted" == found["Proofs.Autograd.bad"]
    assert "no_counterexample" == found["Proofs.Autograd.good"]
    assert "refuted" == found["My.lean:5"]
    assert "unsupported" == found["Proofs.Autograd.broken"]
    assert list(found.values()) == list(verdicts([str(file.parent), *witnesses]).values())
    assert list(found.values()) == list(verdicts(["-", *witnesses], TEXT).values())


def test_a_counterexample_replays_from_its_text(file: Path, tmp_path: Path) -> None:
    report = check([str(file)], jobs=1, witnesses=tmp_path / "w")
    written = [r.witness for r in report.results if r.witness]
    assert 2 == len(written)
    file.unlink()
    assert all(replay(Path(path)).reproduced for path in written)


def test_a_folder_without_lean_files_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"no \.lean file"):
        check([str(tmp_path)])


def test_a_text_that_states_nothing_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "A.lean").write_text("namespace A\nend A\n")
    with pytest.raises(BadInput, match="states nothing"):
        check([str(tmp_path / "A.lean")])
