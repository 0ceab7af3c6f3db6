"""A definition by its text against its mirror: changes are seen, whatever says the same is the same."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from leanmirror.bridge.fidelity.run import Judge

SCALAR = "namespace Activation.Math\nvariable {α : Type} [Context α]\n"
TENSOR = "open Spec Tensor\nnamespace Activation\nvariable {α : Type} [Context α] {s : Shape}\n"
SPEC = "open Spec Tensor\nnamespace Spec\nvariable {α : Type} [Context α] {s : Shape}\n"
NODES = (
    "open Spec Proofs.Autograd\nnamespace Proofs.Autograd.TapeNodes\nvariable {Γ : List Shape} {s : Shape}\n"
)
ROWS = "open Proofs.Autograd\nnamespace Proofs.Autograd.TapeNodes.SoftmaxLastAxis\nvariable {m n : ℕ}\n"

SAME = {
    "Activation.Math.sigmoidSpec": SCALAR
    + "def sigmoidSpec (x : α) : α :=\n  let below := MathFunctions.exp (-x) + 1\n  1 / below\n",
    "Activation.Math.tanhDerivSpec": SCALAR
    + "def tanhDerivSpec (x : α) : α :=\n  (1 - MathFunctions.tanh x) * (MathFunctions.tanh x + 1)\n",
    "Activation.Math.softplusSpec": SCALAR
    + "def softplusSpec (x : α) : α := MathFunctions.log (MathFunctions.exp x + 1)\n",
    "Activation.Math.safeLogSpec": SCALAR
    + "def safeLogSpec (x : α) (ε : α := Numbers.epsilon) : α :=\n  MathFunctions.log (ε + softplusSpec x)\n",
    "Activation.Math.reluSpec": SCALAR + "def reluSpec (x : α) : α := if x > 0 then x else 0\n",
    "Activation.sigmoidSpec": TENSOR
    + "def sigmoidSpec (t : Tensor α s) : Tensor α s :=\n"
    + "  mapSpec (fun x => Activation.Math.logisticSpec x) t\n",
    "Spec.squareOp": SPEC
    + "def squareOp : OpSpec α s s :=\n"
    + "  { forward := fun x => mulSpec x x\n"
    + "    backward := fun x δ => mulSpec (mulSpec δ x) (fill (1 + 1) s) }\n",
    "Spec.OpSpec.compose": "open Spec\nnamespace Spec.OpSpec\nvariable {α : Type} {σ τ υ : Shape}\n"
    + "def compose (f : OpSpec α σ τ) (g : OpSpec α τ υ) : OpSpec α σ υ :=\n"
    + "  let both := fun x => g.forward (f.forward x)\n"
    + "  { forward := both\n"
    + "    backward := fun x dLdz => f.backward x (g.backward (f.forward x) dLdz) }\n",
    "Activation.maxVecSpec": "open Spec Tensor\nnamespace Activation\nvariable {α : Type} [Context α]\n"
    + "def maxVecSpec {n : ℕ} : Tensor α (.dim (n + 1) .scalar) → Tensor α .scalar\n"
    + "  | .dim f => (List.finRange (n + 1)).foldl\n"
    + "      (fun m i => .scalar (if m.toScalar > (f i).toScalar then m.toScalar else (f i).toScalar))\n"
    + "      (f 0)\n",
    "Spec.Shape.rank": "namespace Spec.Shape\n"
    + "def rank : Shape → ℕ\n  | .scalar => 0\n  | .dim _ inner => inner.rank + 1\n",
    "Proofs.Autograd.TapeNodes.sigmoid": NODES
    + "def sigmoid (idx : Idx Γ s) : Node Γ s :=\n"
    + "  elemwise idx (fun z => Activation.Math.logisticSpec z)\n"
    + "    (fun z => Activation.Math.logisticSpec z * (1 - Activation.Math.sigmoidSpec z))\n",
    "Proofs.Autograd.TapeNodes.SoftmaxLastAxis.rows": ROWS
    + "def rows (x : Vec (MNSize m n)) : Fin m → Vec n :=\n"
    + "  fun i => WithLp.toLp 2 (fun j => x.ofLp (finProdFinEquiv (i, j)))\n",
}
"""Texts that say what the mirror says, in other words."""

CHANGES = (
    ("a sign", "Activation.Math.sigmoidSpec", "(-x)", "x"),
    (
        "a factor",
        "Activation.Math.tanhDerivSpec",
        "(1 - MathFunctions.tanh x) *",
        "(1 + 1) * (1 - MathFunctions.tanh x) *",
    ),
    ("a constant", "Activation.Math.softplusSpec", "+ 1)", "+ 1 + 1)"),
    ("a default", "Activation.Math.safeLogSpec", ":= Numbers.epsilon", ":= 1"),
    ("a default left away", "Activation.Math.safeLogSpec", " := Numbers.epsilon)", ")"),
    ("a branch point", "Activation.Math.reluSpec", "x > 0", "x > 1"),
    ("branches in the other order", "Activation.Math.reluSpec", "then x else 0", "then 0 else x"),
    ("a function inside", "Activation.sigmoidSpec", "logisticSpec", "tanhSpec"),
    ("a sign in a backward closure", "Spec.squareOp", "mulSpec δ x", "mulSpec (negSpec δ) x"),
    ("a factor in a backward closure", "Spec.squareOp", "(1 + 1)", "(1 + 1 + 1)"),
    ("the saved input in a backward closure", "Spec.squareOp", "mulSpec δ x", "mulSpec δ δ"),
    (
        "what the second operation saves",
        "Spec.OpSpec.compose",
        "f.backward x",
        "f.backward (f.backward x (g.backward (f.forward x) dLdz))",
    ),
    ("a comparison in a fold", "Activation.maxVecSpec", "> (f i)", "< (f i)"),
    ("a case of a match", "Spec.Shape.rank", ".scalar => 0", ".scalar => 1"),
    ("a step of a recursion", "Spec.Shape.rank", "inner.rank + 1", "1"),
    ("a derivative", "Proofs.Autograd.TapeNodes.sigmoid", "* (1 - ", "* (2 - "),
    ("an index", "Proofs.Autograd.TapeNodes.SoftmaxLastAxis.rows", "(i, j)", "(i, ⟨n - 1 - j, by omega⟩)"),
)


def compared(folder: Path, name: str, text: str, draws: int = 40) -> dict[str, Any]:
    """One definition of a tree of one file."""
    (folder / "Own.lean").write_text(text, encoding="utf-8")
    return Judge(str(folder)).compared(name, draws=draws, seed=0)


@pytest.mark.parametrize("name", SAME)
def test_other_words_for_the_same_are_the_same(name: str, tmp_path: Path) -> None:
    found = compared(tmp_path, name, SAME[name])
    assert ("same", None) == (found["outcome"], found["reason"])
    assert found["compared"] >= 30
    assert found["branches"][0] == found["branches"][1]


@pytest.mark.parametrize(("what", "name", "old", "new"), CHANGES, ids=[change[0] for change in CHANGES])
def test_a_change_is_seen(what: str, name: str, old: str, new: str, tmp_path: Path) -> None:
    assert old in SAME[name]
    found = compared(tmp_path, name, SAME[name].replace(old, new))
    assert ("different", what) == (found["outcome"], what), found["reason"]


def test_a_difference_shows_its_part_small_inputs_and_both_values(tmp_path: Path) -> None:
    found = compared(tmp_path, "Spec.squareOp", SAME["Spec.squareOp"].replace("(1 + 1)", "(1 + 1 + 1)"))
    difference = found["difference"]
    assert "backward" == difference["part"]
    assert {"s", "x", "dLdy"} == set(difference["inputs"]) or 3 == len(difference["inputs"])
    assert difference["text"] != difference["other"]
    assert ["same", "different"] == [part["outcome"] for part in found["parts"]]


def test_a_default_is_compared_with_the_one_of_python(tmp_path: Path) -> None:
    text = SAME["Activation.Math.safeLogSpec"].replace(":= Numbers.epsilon", ":= 1")
    found = compared(tmp_path, "Activation.Math.safeLogSpec", text)
    assert "default of ε" == found["difference"]["part"]


def test_a_branch_that_no_input_takes_is_told(tmp_path: Path) -> None:
    text = SCALAR + "def reluSpec (x : α) : α := if x * x + 1 > 0 then (if x > 0 then x else 0) else 1\n"
    found = compared(tmp_path, "Activation.Math.reluSpec", text)
    assert ("same", [3, 4]) == (found["outcome"], found["branches"])


def test_what_is_true_but_at_one_point_is_different(tmp_path: Path) -> None:
    text = SCALAR + "def reluSpec (x : α) : α :=\n  let y := x + 1 + 1 + 1\n"
    text += "  if x > 0 then x else if y > 0 then 0 else if -y > 0 then 0 else 1\n"
    found = compared(tmp_path, "Activation.Math.reluSpec", text)
    assert ("different", {"x": "-3"}) == (found["outcome"], found["difference"]["inputs"])


def test_a_body_that_cannot_be_run_says_what_and_where(tmp_path: Path) -> None:
    with pytest.raises(Exception, match="unknown name strange at 3:29"):
        compared(tmp_path, "Activation.Math.reluSpec", SCALAR + "def reluSpec (x : α) : α := strange x\n")


def test_another_form_is_different(tmp_path: Path) -> None:
    text = SCALAR + "def reluSpec (x y : α) : α := if x > 0 then x else y\n"
    found = compared(tmp_path, "Activation.Math.reluSpec", text)
    assert ("different", "2 arguments in the text, 1 on the other side") == (
        found["outcome"],
        found["reason"],
    )


ENTRYWISE = (
    SCALAR
    + "def eluSpec (x alpha : α) : α := if x > 0 then x else alpha * (MathFunctions.exp x - 1)\n"
    + "end Activation.Math\n"
    + TENSOR
    + "def eluSpec (t : Tensor α s) (alpha : α) : Tensor α s := mapSpec (fun x => Math.eluSpec x alpha) t\n"
)


def test_a_tensor_function_that_is_its_scalar_namesake_at_every_entry_is_no_finding(tmp_path: Path) -> None:
    assert None is compared(tmp_path, "Activation.eluSpec", ENTRYWISE)["finding"]


def test_a_tensor_function_with_swapped_arguments_is_found_without_being_told(tmp_path: Path) -> None:
    text = ENTRYWISE.replace("(fun x => Math.eluSpec x alpha)", "(Math.eluSpec alpha)")
    found = compared(tmp_path, "Activation.eluSpec", text)
    assert "same" == found["outcome"]  # the mirror is swapped as the text is
    assert "Activation.Math.eluSpec" == found["finding"]["namesake"]
    assert {"s", "t", "alpha"} == set(found["finding"]["inputs"])
