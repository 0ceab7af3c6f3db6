"""What a name means depends on what its file imports, and on nothing else that was read."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations
from pathlib import Path

import pytest

from leanmirror.bridge.check.result import Result
from leanmirror.bridge.check.run import run_task
from leanmirror.bridge.check.run_claim import run_claim
from leanmirror.bridge.check.tasks import Task, tasks
from leanmirror.bridge.check.text_claims import claim_of_task
from leanmirror.bridge.check.texts import text_of, texts_under
from leanmirror.bridge.core.errors import IllTyped
from leanmirror.spec.errors import Unsupported

TRUE, FALSE = "no_counterexample", "refuted"


def write(folder: Path, files: Mapping[str, str]) -> Path:
    for name, text in {"lakefile.toml": "", **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
    return folder


def verdicts(*paths: Path) -> dict[str, str]:
    """Name of each claim → its verdict; what cannot be run has its reason."""
    found: dict[str, str] = {}
    for path in paths:
        for text in texts_under(path) if path.is_dir() else [text_of(path)]:
            for task in tasks(text):
                try:
                    claim = claim_of_task(task).claim
                    found[task.name] = run_claim(claim, examples=20, digits=30, seed=0).verdict
                except (Unsupported, IllTyped) as error:
                    found[task.name] = f"{error.cause}: {error.message}"
    return found


def test_a_plain_file_sees_what_its_imports_import(tmp_path: Path) -> None:
    files = {
        "M/Basic.lean": "import Mathlib\nnamespace M\n"
        "noncomputable def log (x : ℝ) : ℝ := Real.log (max x 1)\n",
        "M/Ops.lean": "import M.Basic\n",
        "M/Thm.lean": "import M.Ops\nnamespace M\nopen Real\ntheorem t (x : ℝ) : 0 ≤ log x := by sorry\n",
    }
    assert {"M.t": TRUE} == verdicts(write(tmp_path, files) / "M/Thm.lean")


def test_a_type_of_the_package_is_not_mathlibs(tmp_path: Path) -> None:
    files = {
        "P/A.lean": "namespace Ch\nabbrev Real := ℕ\n",
        "P/B.lean": "import P.A\n",
        "P/C.lean": "import P.B\nnamespace Ch\ntheorem t (x : Real) : 0 ≤ x := by sorry\n",
    }
    assert {"Ch.t": TRUE} == verdicts(write(tmp_path, files) / "P/C.lean")


def test_what_a_module_keeps_for_itself_is_seen_by_no_other_file(tmp_path: Path) -> None:
    files = {
        "A.lean": "module\nnamespace P\ndef c : ℕ := 1\nend P\n",
        "B.lean": "module\npublic import A\npublic section\ndef c : ℕ := 2\nnamespace P\n"
        "theorem t : c = 2 := by sorry\nend P\n",
        "C.lean": "module\nimport all A\ndef c : ℕ := 2\nnamespace P\ntheorem u : c = 1 := by sorry\nend P\n",
        "D.lean": "import B\nnamespace P\ntheorem v : c = 2 := by sorry\nend P\n",
    }
    assert {"P.t": TRUE, "P.u": TRUE, "P.v": TRUE} == verdicts(write(tmp_path, files))


def test_a_public_name_of_a_module_is_seen(tmp_path: Path) -> None:
    files = {
        "A.lean": "module\nnamespace P\npublic def c : ℕ := 1\nend P\n",
        "B.lean": "module\npublic import A\ndef c : ℕ := 2\n"
        "namespace P\ntheorem t : c = 1 := by sorry\nend P\n",
    }
    assert {"P.t": TRUE} == verdicts(write(tmp_path, files) / "B.lean")


def test_open_sees_only_namespaces_of_what_is_imported(tmp_path: Path) -> None:
    files = {
        "A.lean": "namespace Spec\ndef c : ℝ := 1\nend Spec\n",
        "D.lean": "import A\nnamespace NN.Spec.Dyn\ndef d : ℝ := 2\n"
        "theorem td : d = 2 := by sorry\nend NN.Spec.Dyn\n",
        "G.lean": "import A\nnamespace NN.IR\nopen Spec\ntheorem t : c = 1 := by sorry\nend NN.IR\n",
    }
    root = write(tmp_path, files)
    expected = {"NN.Spec.Dyn.td": TRUE, "NN.IR.t": TRUE}
    assert expected == verdicts(root / "D.lean", root / "G.lean")
    assert expected == verdicts(root)


def test_a_definition_of_the_text_is_not_the_one_that_is_mirrored(tmp_path: Path) -> None:
    """A file may use a name that TorchLean or a later Mathlib has: it means what it says."""
    text = (
        "noncomputable def Activation.Math.reluSpec (x : ℝ) : ℝ := x + 1\n"
        "theorem t (x : ℝ) : Activation.Math.reluSpec x = x + 1 := by sorry\n"
        "theorem u (x : ℝ) (h : 0 < x) : Activation.Math.reluSpec x = x := by sorry\n"
    )
    (tmp_path / "alone.lean").write_text(text, "utf-8")
    assert {"t": TRUE, "u": FALSE} == verdicts(tmp_path / "alone.lean")
    assert {"t": TRUE, "u": FALSE} == verdicts(write(tmp_path / "w", {"P/A.lean": text}))


FIVE = {
    ".lake/packages/dep/lakefile.toml": 'name = "dep"\n',
    ".lake/packages/dep/Dep/Base.lean": "import Mathlib\nnamespace Dep\ndef scale : ℝ := 3\n"
    "class Small (x : ℝ) : Prop where\n  le : x ≤ 1\nend Dep\n",
    ".lake/packages/mathlib/Mathlib/Foo.lean": "def scale : ℝ := 5\n"
    "theorem notOurs : scale = 4 := by sorry\n",
    "My/Basic.lean": "import Dep.Base\nimport Mathlib\nnamespace My\nopen Dep\n"
    "noncomputable def twice (x : ℝ) : ℝ := scale * x - x\n"
    "theorem twice_eq (x : ℝ) : twice x = 2 * x := by sorry\nend My\n",
    "My/Hyper.lean": "import My.Basic\nnamespace My\nstructure Hyper where\n  lr : ℝ\n  pos : 0 < lr\n"
    "theorem lr_pos (h : Hyper) : 0 < twice h.lr := by sorry\nend My\n",
    "My/Order.lean": "import My.Basic\nnamespace My\nclass Bounded (x : ℝ) : Prop where\n  le : twice x ≤ 2\n"
    "theorem le_one (x : ℝ) [Bounded x] : x ≤ 1 := by sorry\nend My\n",
    "My/Step.lean": "import My.Hyper\nimport My.Order\nnamespace My\n"
    "noncomputable def step (h : Hyper) (w g : ℝ) : ℝ := w - h.lr * g\n"
    "theorem step_zero (h : Hyper) (w : ℝ) : step h w 0 = w := by sorry\n"
    "theorem step_down (h : Hyper) (w : ℝ) : step h w 1 < w := by sorry\n"
    "theorem step_wrong (h : Hyper) (w : ℝ) : step h w 1 = w - twice h.lr := by sorry\nend My\n",
    "My/Thm.lean": "import My.Step\nnamespace My\nopen Dep\n"
    "theorem small (x : ℝ) [Small x] : twice x ≤ 2 := by sorry\n"
    "theorem scale_eq : scale = 3 := by sorry\nend My\n",
}
EXPECTED = {
    "My.twice_eq": TRUE,
    "My.lr_pos": TRUE,
    "My.le_one": TRUE,
    "My.step_zero": TRUE,
    "My.step_down": TRUE,
    "My.step_wrong": FALSE,
    "My.small": TRUE,
    "My.scale_eq": TRUE,
}


def test_five_plain_files_give_right_verdicts(tmp_path: Path) -> None:
    assert EXPECTED == verdicts(write(tmp_path, FIVE) / "My")


@pytest.mark.parametrize("order", list(permutations(("Basic", "Hyper", "Step", "Thm")))[::5])
def test_the_order_of_reading_changes_nothing(tmp_path: Path, order: tuple[str, ...]) -> None:
    root = write(tmp_path, FIVE) / "My"
    files = [root / f"{name}.lean" for name in (*order, "Order")]
    assert EXPECTED == verdicts(*files)


@pytest.mark.parametrize("name", ["Basic", "Hyper", "Order", "Step", "Thm"])
def test_a_file_alone_says_what_it_says_in_its_folder(tmp_path: Path, name: str) -> None:
    alone = verdicts(write(tmp_path, FIVE) / f"My/{name}.lean")
    assert {each: EXPECTED[each] for each in alone} == alone


OLD = """variable {x : ℝ} (hx : 0 < x)
theorem named : 0 ≤ x := hx.le
theorem unnamed : 0 ≤ x := by linarith
theorem other : x ≤ x := le_refl x
"""


def test_variables_of_a_proof_belong_to_the_statement_where_lean_was_told_so(tmp_path: Path) -> None:
    text = f"set_option deprecated.oldSectionVars true\n{OLD}"
    unclear = "option: the variables hx, which the proof may use and so may belong to the statement"
    expected = {"named": TRUE, "unnamed": unclear, "other": TRUE}
    assert expected == verdicts(write(tmp_path / "a", {"A.lean": text}))
    toolchain = {"lean-toolchain": "leanprover/lean4:v4.9.0\n", "A.lean": OLD}
    assert expected == verdicts(write(tmp_path / "b", toolchain))


def test_they_do_not_belong_to_it_since_lean_4_12(tmp_path: Path) -> None:
    expected = {"named": FALSE, "unnamed": FALSE, "other": TRUE}
    assert expected == verdicts(write(tmp_path / "a", {"A.lean": OLD}))
    text = f"section\nset_option deprecated.oldSectionVars true\nend\n{OLD}"
    assert expected == verdicts(write(tmp_path / "b", {"A.lean": text}))
    text = OLD.replace("theorem named", "set_option deprecated.oldSectionVars true in\ntheorem named")
    assert {**expected, "named": TRUE} == verdicts(write(tmp_path / "c", {"A.lean": text}))


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("variable (x : ℝ) [P x ⁇]", ""),
        ("open Foo ⁇", ""),
        ("section\nopen Foo ⁇", "\nend"),
        ("namespace ⁇", ""),
        ('local infixl:65 " + " => fun x ⁇', ""),
    ],
)
def test_what_stands_after_something_that_cannot_be_read_is_not_run(
    tmp_path: Path, before: str, after: str
) -> None:
    text = f"{before}\ntheorem t (x : ℝ) : x = x + 1 := by sorry{after}\n"
    found = verdicts(write(tmp_path, {"A.lean": text}))
    assert found["t"].startswith("syntax: what stands after '")


def test_what_cannot_be_read_spoils_its_section_only(tmp_path: Path) -> None:
    text = "section\nvariable (x ⁇)\nend\ntheorem t (x : ℝ) : x = x + 1 := by sorry\n"
    assert FALSE == verdicts(write(tmp_path, {"A.lean": text}))["t"]


def test_a_command_that_nobody_knows_ends_the_one_before(tmp_path: Path) -> None:
    text = (
        "namespace A\nregister_this foo : bar\ndef c : ℕ := 1\nend A\ndef c : ℕ := 2\n"
        "open A in\n/-- doc -/\nmake_that c := 3\ntheorem t : c = 2 := by sorry\n"
        "namespace A\nassert_not_exists Foo\ntheorem u : c = 1 := by sorry\nend A\n"
    )
    assert {"t": TRUE, "A.u": TRUE} == verdicts(write(tmp_path, {"A.lean": text}))


def test_a_name_that_an_unread_file_may_declare_is_not_mathlibs(tmp_path: Path) -> None:
    files = {
        "M/A.lean": "import M.Gone\nnamespace M\nopen Real\ntheorem t : log 1 = 0 := by sorry\n"
        "def own : ℝ := 1\ntheorem u : own = 1 := by sorry\nstructure S where\n  x : ℝ\n"
        "instance : Add S := ⟨fun s _ => s⟩\nend M\n",
        "M/B.lean": "import Other.Gone\nnamespace M\nopen Real\ntheorem v : log 1 = 0 := by sorry\nend M\n",
        "M/C.lean": "import M.Gone\nopen Real M\ntheorem w : log 1 = 0 := by sorry\n"
        "theorem x (x : ℝ) : Real.exp x = _root_.Real.exp x := by sorry\n",
    }
    found = verdicts(write(tmp_path, files))
    assert "import: the name log, which may stand in what is not read: M.Gone" == found["M.t"]
    assert (TRUE, TRUE) == (found["M.u"], found["M.v"])
    assert found["w"].startswith("import: the name log")


def test_a_name_after_a_dot_is_one_that_the_file_sees(tmp_path: Path) -> None:
    files = {
        "A.lean": "structure S where\n  x : ℝ\n",
        "B.lean": "import A\ndef S.two (s : S) : ℝ := 2\n",
        "C.lean": "import A\ndef S.two (s : S) : ℝ := 3\n",
        "D.lean": "import B\ntheorem d (s : S) : s.two = 2 := by sorry\n",
        "E.lean": "import C\ntheorem e (s : S) : s.two = 3 := by sorry\n",
        "F.lean": "import A\ntheorem f (s : S) : s.two = 3 := by sorry\n",
    }
    root = write(tmp_path, files)
    expected = {"d": TRUE, "e": TRUE, "f": "unknown_name: unknown name S.two"}
    assert expected == verdicts(root)
    assert expected == verdicts(*(root / f"{name}.lean" for name in "FED"))


def test_an_instance_holds_from_where_it_stands_and_where_it_is_imported(tmp_path: Path) -> None:
    files = {
        "A.lean": "structure S where\n  x : ℝ\ndef S.id (s : S) : S := s\n",
        "B.lean": "import A\ntheorem early (s t : S) : (s + t).x = s.x := by sorry\n"
        "instance : Add S := ⟨fun s _ => s⟩\ntheorem late (s t : S) : (s + t).x = s.x := by sorry\n",
        "C.lean": "import A\ninstance : Add S := ⟨fun _ t => t⟩\n",
        "D.lean": "import C\ntheorem d (s t : S) : (s + t).x = t.x := by sorry\n",
        "E.lean": "import A\ntheorem e (s t : S) : (s + t).x = t.x := by sorry\n",
    }
    root = write(tmp_path, files)
    for found in (verdicts(root), verdicts(*(root / f"{name}.lean" for name in "EDCB"))):
        assert (TRUE, TRUE) == (found["late"], found["d"])
        assert ["instance"] * 2 == [found[name].partition(":")[0] for name in ("early", "e")]


def test_the_mirrored_project_has_its_mirrors_in_its_own_modules(tmp_path: Path) -> None:
    shape = (
        "namespace Spec\ninductive Shape where\n  | scalar\n  | dim (n : ℕ) (s : Shape)\n"
        "namespace Shape\ndef size : Shape → ℕ\n  | scalar => 1\n  | dim n s => n * size s\nend Shape\n"
        "def Shape.Own (s : Shape) : ℕ := s.size + 1\nend Spec\n"
    )
    files = {
        "NN/Spec/Core/Shape.lean": shape,
        "NN/Use.lean": "import NN.Spec.Core.Shape\nopen Spec Shape\n"
        "theorem t (n : ℕ) (x : Tensor ℝ (.dim n .scalar)) : Own (.dim n .scalar) = n + 1 := by sorry\n",
    }
    assert {"t": TRUE} == verdicts(write(tmp_path, files) / "NN/Use.lean")


def results(*paths: Path) -> dict[str, Result]:
    found = {}
    for path in paths:
        for text in texts_under(path) if path.is_dir() else [text_of(path)]:
            for task in tasks(text):
                found[task.name] = run_task(Task(task, 20, 30, 0))
    return found


def test_a_result_names_what_is_not_read(tmp_path: Path) -> None:
    files = {
        "P/A.lean": "import Mathlib.Data.Real.Basic\nimport Gone.X\n",
        "P/B.lean": "import P.A\ntheorem t (x : ℝ) : x = x := by sorry\ntheorem u : gone = 1 := by sorry\n",
    }
    found = results(write(tmp_path, files) / "P/B.lean")
    assert [("not read: Gone.X",)] * 2 == [found["t"].assumes, found["u"].assumes]
    (tmp_path / "alone.lean").write_text("import Gone.Y\ntheorem v : 1 = 1 := by sorry\n", "utf-8")
    assert ("not read: Gone.Y",) == results(tmp_path / "alone.lean")["v"].assumes


def test_a_name_is_shown_as_it_is_written(tmp_path: Path) -> None:
    text = (
        "private structure S where\n  x : ℝ\nprivate noncomputable def S.two (s : S) : ℝ := s.x + s.x\n"
        "theorem t (s : S) : s.two = 2 * s.x := by sorry\ntheorem u (s : S) (x : ℝ) : s = x := by sorry\n"
        "theorem v (s : S) : s.two = s.x := by sorry\n"
    )
    found = results(write(tmp_path, {"A.lean": text}))
    assert ("S.two",) == found["t"].interpreted
    assert "_private" not in str([*found.values()])
