"""Operations of the float tape against a text of our own: values, ids, flags, rules and error texts."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from leanmirror.bridge.fidelity.run import Judge

SCALE = """
open Spec Tensor
namespace Runtime.Autograd.Tape

def scale {α : Type} [Context α] [DecidableEq Shape] {s : Shape} (t : Tape α) (xId : ℕ) (c : α) :
    Result (Tape α × ℕ) :=
  match t.nodes[xId]? with
  | none => .error "autograd: invalid node id"
  | some node =>
    if h : node.value.s = s then
      let x : Tensor α s := Tensor.castShape node.value.t h
      let rule : Runtime.AnyTensor α → Result (List (ℕ × Runtime.AnyTensor α)) := fun g =>
        if h' : g.s = s then
          .ok [(xId, { s := s, t := mapSpec (fun e => c * e) (Tensor.castShape g.t h') })]
        else
          .error "autograd: upstream gradient shape mismatch"
      let value : Runtime.AnyTensor α := { s := s, t := mapSpec (fun e => c * e) x }
      let made : Node α :=
        { name := some "scale", value := value, requires_grad := true, parents := [xId], backward := rule }
      .ok ({ nodes := t.nodes.push made }, t.nodes.size)
    else
      .error "autograd: shape mismatch"
"""

SIZE = """
namespace Runtime.Autograd.TapeM

def getTape {α : Type} : TapeM α (Tape α) := do
  let t ← get
  set t
  pure t
"""

CHANGES = (
    ("the value", "(fun e => c * e) x", "(fun e => c + e) x"),
    ("a factor in the backward closure", "mapSpec (fun e => c * e) (T", "mapSpec (fun e => c * c * e) (T"),
    ("the parent of a gradient", "[(xId,", "[(xId + 1,"),
    ("the parents", "parents := [xId]", "parents := []"),
    ("the flag", "requires_grad := true", "requires_grad := node.requires_grad"),
    ("the id", "t.nodes.size)", "xId)"),
    ("the text of an error", "autograd: shape mismatch", "autograd: shapes differ"),
    ("an error of the backward closure", "upstream gradient shape", "gradient shape"),
    ("the name", 'some "scale"', "none"),
)


def compared(folder: Path, name: str, text: str) -> dict[str, Any]:
    (folder / "Own.lean").write_text(text, encoding="utf-8")
    return Judge(str(folder)).compared(name, draws=40, seed=0)


def test_an_operation_in_other_words_is_the_same(tmp_path: Path) -> None:
    found = compared(tmp_path, "Runtime.Autograd.Tape.scale", SCALE)
    assert ("same", None) == (found["outcome"], found["reason"])
    assert found["branches"][0] == found["branches"][1]


@pytest.mark.parametrize(("what", "old", "new"), CHANGES, ids=[change[0] for change in CHANGES])
def test_a_change_of_an_operation_is_seen(what: str, old: str, new: str, tmp_path: Path) -> None:
    assert old in SCALE
    found = compared(tmp_path, "Runtime.Autograd.Tape.scale", SCALE.replace(old, new))
    assert ("different", what) == (found["outcome"], what), found["reason"]


def test_computations_on_a_state_are_run_from_a_tape(tmp_path: Path) -> None:
    assert "same" == compared(tmp_path, "Runtime.Autograd.TapeM.getTape", SIZE)["outcome"]
    emptied = SIZE.replace("set t\n", "set ({ nodes := #[] } : Tape α)\n")
    assert "different" == compared(tmp_path, "Runtime.Autograd.TapeM.getTape", emptied)["outcome"]
