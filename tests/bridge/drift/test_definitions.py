"""Definitions of two small trees, run from their text: every class of inputs, and what is never agreement."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from leanmirror.bridge.drift.judged import Effort
from leanmirror.bridge.drift.run import Drift, drift
from leanmirror.bridge.drift.text import Page
from leanmirror.bridge.names.table import Names, default_names
from leanmirror.bridge.sources.lean_tree import index_tree
from tests.bridge.commands.test_schemas import faults
from tests.bridge.drift.two_trees import write

HEAD = "open Spec Tensor\nnamespace My\nvariable {α : Type} [Context α] {s : Shape} {n m : Nat}\n"


def compared(tmp_path: Path, old: str, new: str, effort: Effort | None = None) -> Drift:
    """The drift between two trees of one file, above the mirrored names."""
    roots = [
        write(tmp_path / side, {"My.lean": f"{HEAD}{text}\nend My\n"})
        for side, text in (("old", old), ("new", new))
    ]
    return drift(*roots, effort=effort or Effort(jobs=1))


def row(found: Drift, name: str = "My.f") -> dict[str, Any]:
    (each,) = [each for each in found.to_json()["changed"] if each["name"] == name]
    return dict(each)


def test_other_words_same_meaning(tmp_path: Path) -> None:
    """Over the real numbers; over floats these two differ at 710."""
    log = "MathFunctions.log (1 + MathFunctions.exp {})"
    old = f"def f (x : α) : α := {log.format('x')}"
    new = f"def f (z : α) : α := if z > 0 then z + {log.format('(-z)')} else {log.format('z')}"
    found = row(compared(tmp_path, old, new))
    assert ("same", 40) == (found["meaning"], found["draws"])


def test_a_difference_in_rank_two_is_found_though_vectors_agree(tmp_path: Path) -> None:
    """The first axis counts once or in every step: the same for all of rank 0 and 1."""
    old = "def f (s : Shape) : Nat := match s with\n  | .scalar => 0\n  | .dim n rest => n + f rest"
    new = (
        "def f (s : Shape) : Nat := match s with\n  | .scalar => 0\n"
        "  | .dim n .scalar => n\n  | .dim n (.dim m rest) => n * f (.dim m rest)"
    )
    found = row(compared(tmp_path, old, new))
    assert "different" == found["meaning"]
    assert ".dim" in found["inputs"]["s"].partition(".dim")[2]
    assert found["values"]["old"] != found["values"]["new"]


def test_a_changed_callee_is_not_masked_by_a_mirror(tmp_path: Path) -> None:
    """`Activation.Math.reluSpec` has a mirror, which neither of the two texts is."""
    callee = "def Activation.Math.reluSpec {{α : Type}} [Context α] (x : α) : α := {}\n"
    caller = HEAD.replace("{", "{{").replace("}", "}}") + "def f (x : α) : α := {}\nend My\n"
    sides = (
        ("old", "if x > 0 then x else 0", "Activation.Math.reluSpec x + 0"),
        ("new", "if x > 1 then x else 0", "0 + Activation.Math.reluSpec x"),
    )
    roots = [
        write(tmp_path / side, {"A.lean": callee.format(body), "B.lean": f"import A\n{caller.format(call)}"})
        for side, body, call in sides
    ]
    found = drift(*roots, effort=Effort(jobs=1))
    assert "different" == row(found, "Activation.Math.reluSpec")["meaning"]
    assert [] == row(found, "Activation.Math.reluSpec")["through"]
    assert "different" == row(found)["meaning"]
    assert ["Activation.Math.reluSpec"] == row(found)["through"]
    assert "it calls what changed: Activation.Math.reluSpec" in Page(found).text()


def test_a_callee_that_stayed_the_same_is_not_named(tmp_path: Path) -> None:
    old = "def g (x : α) : α := x + 1\ndef f (x : α) : α := g x"
    new = "def g (x : α) : α := 1 + x\ndef f (x : α) : α := g x + 1"
    found = compared(tmp_path, old, new)
    assert "same" == row(found, "My.g")["meaning"]
    assert ("different", []) == (row(found)["meaning"], row(found)["through"])


@pytest.mark.parametrize(
    ("old", "new", "meaning", "reason"),
    [
        ("def f (n : Nat) (h : n < 0) : Nat := 1", "def f (n : Nat) (h : n < 0) : Nat := 2",
         "undecided", "no draw"),
        ("def f (x y : α) : α := x", "def f (x : α) : α := x", "not_evaluated", "other arguments"),
        ("def f (x : α) : α := x", "def f (x : Nat) : Nat := x", "not_evaluated", "types of the two texts"),
        ("def f (x : α) : α := x", "def f (x : α) : Nat := 1", "not_evaluated", "types of the two texts"),
        ("def f (x : α) : α := x", "def f (x : α) : α := unheard x", "not_evaluated", "unknown name unheard"),
        ("def f (x : α) : α := x", "def f (x : α) (y : α := 1) : α := x", "not_evaluated", "other arguments"),
        ("structure A where\n  a : Nat\nabbrev f := A", "structure B where\n  a : Nat\nabbrev f := B",
         "not_evaluated", "known by its name only"),
    ],
)  # fmt: skip
def test_what_is_no_agreement_and_no_difference(
    old: str, new: str, meaning: str, reason: str, tmp_path: Path
) -> None:
    found = row(compared(tmp_path, old, new))
    assert meaning == found["meaning"]
    assert reason in found["reason"]


def test_a_body_without_end_is_undecided(tmp_path: Path) -> None:
    slow = "def f (n : Nat) : Nat := if n = 0 then 0 else f {}"
    found = row(compared(tmp_path, slow.format("n"), slow.format("(n + 0)"), Effort(seconds=3, jobs=1)))
    assert "undecided" == found["meaning"]


def test_a_private_name_in_two_files_is_each_its_own(tmp_path: Path) -> None:
    file = "namespace My\nprivate def f (n : Nat) : Nat := n + {}\ndef {} (n : Nat) : Nat := f n\nend My\n"
    roots = [
        write(tmp_path / side, {"A.lean": file.format(a, "g"), "B.lean": file.format(b, "h")})
        for side, a, b in (("old", 1, 2), ("new", 1, 3))
    ]
    found = drift(*roots, effort=Effort(jobs=1))
    (each,) = found.changed
    assert ("B", "different") == (each.change.new.module, each.meaning.meaning)


@pytest.mark.parametrize(("bound", "different"), [("0", 0), ("1", 1)])
def test_a_mirror_that_the_text_no_longer_says_is_seen(bound: str, different: int, tmp_path: Path) -> None:
    """lean_names.json has no bodies: the mirror is what the text was."""
    entry = default_names().find("Activation.Math.reluSpec")
    text = "namespace Activation.Math\ndef reluSpec {α : Type} [Context α] (x : α) : α :=\n"
    text += f"  if x > {bound} then x else 0\nend Activation.Math\n"
    root = write(tmp_path, {"NN/Spec/Layers/Activation.lean": text})
    signature = index_tree(root).declarations[0].statement
    found = drift(root, names=Names((replace(entry, signature=signature),)), effort=Effort(jobs=1))
    assert {"different" if different else "same": 1} == found.compared
    assert [] == faults(found.to_json())
    assert different == len(found.changed)
    assert bool(different) == found.drifted
    if different:
        each = row(found, "Activation.Math.reluSpec")
        assert ("body", None) == (each["wording"], each["bodies"])
        assert {"x": "1"} == each["inputs"]
        assert {"old": "1", "new": "0"} == each["values"]
        assert "mirrors and their texts" in Page(found).text()


def test_what_means_something_else_is_shown_first(tmp_path: Path) -> None:
    old = "\n".join(f"def f{i} (n : Nat) : Nat := n + {i}" for i in range(10, 24))
    new = old.replace("n + ", "0 + n + ").replace("0 + n + 23", "n + 24")
    text = Page(compared(tmp_path, old, new, Effort(draws=12, jobs=1))).text()
    body = text.partition("\nbody changed\n")[2].splitlines()
    assert "My.f23" in next(line for line in body if line.startswith("  def "))
    assert "  … and 4 more (--full shows all)" in body
