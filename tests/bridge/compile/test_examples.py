"""Examples of structures and inductive types that a text declares itself."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from leanmirror.bridge.check.replay import replay
from leanmirror.bridge.check.run import check
from leanmirror.bridge.check.tasks import tasks
from leanmirror.bridge.check.text_claims import claim_of_task
from leanmirror.bridge.check.texts import LeanText
from leanmirror.spec.errors import BadInput, Unsupported
from leanmirror.spec.judge.search import run

TYPES = """
structure Pair where
  a : ℝ
  b : ℝ
structure Ordered where
  low : ℝ
  high : ℝ
  le : low ≤ high
structure Sized where
  n : ℕ
  v : Fin n → ℝ
structure Step where
  lr : ℝ
  momentum : ℝ
  pos : 0 < lr
  lr_lt : lr < 1
  nonneg : 0 ≤ momentum
  momentum_lt : momentum < 1
structure Radix where
  base : ℕ
  ok : 2 ≤ base
structure Range where
  low : ℕ
  high : ℕ
  le : low ≤ high
class IsPos (x : ℝ) : Prop where
  pos : 0 < x
structure Positive where
  x : ℝ
  [inst : IsPos x]
structure Simplex (n : ℕ) where
  p : Fin n → ℝ
  nonneg : ∀ i, 0 ≤ p i
  sum_eq : ∑ i, p i = 1
structure Never where
  x : ℝ
  h : x < x
inductive Void where
inductive Small : ℕ → Prop where
  | zero : Small 0
structure Sizes where
  first : ℕ
  rest : List ℕ
def Sizes.all (s : Sizes) : List ℕ := s.first :: s.rest.map (fun n => n + 1)
inductive Endless where
  | more : Endless → Endless
inductive Tree (α : Type) where
  | leaf : Tree α
  | node : Tree α → α → Tree α → Tree α
def Tree.mirror {α : Type} : Tree α → Tree α
  | .leaf => .leaf
  | .node l v r => .node r.mirror v l.mirror
def Tree.size {α : Type} : Tree α → ℕ
  | .leaf => 0
  | .node l _ r => l.size + r.size + 1
"""


def verdict(statement: str) -> str:
    (task,) = tasks(LeanText("T.lean", f"{TYPES}\ntheorem t {statement} := by sorry\n"))
    return run(claim_of_task(task).claim).verdict


@pytest.mark.parametrize(
    ("expected", "statement"),
    [
        ("no_counterexample", "(p : Pair) : Pair.mk p.a p.b = p"),
        ("refuted", "(p : Pair) : p.a = p.b"),
        ("refuted", "(p : Pair) : p.a ≤ p.b"),
        ("no_counterexample", "(p : Ordered) : p.low ≤ p.high"),
        ("refuted", "(p : Ordered) : p.low < p.high"),
        ("no_counterexample", "(s : Sized) (i : Fin s.n) : s.v i = s.v i"),
        ("refuted", "(s : Sized) (i j : Fin s.n) : s.v i = s.v j"),
        ("no_counterexample", "(s : Sizes) (v : Fin s.all.length → ℝ) : v = v ∧ 0 < s.all.length"),
        ("refuted", "(s : Sizes) (v : Fin s.all.length → ℝ) (i j : Fin s.all.length) : v i = v j"),
        ("no_counterexample", "(t : Tree ℝ) : t.mirror.mirror = t ∧ t.mirror.size = t.size"),
        ("refuted", "(t : Tree ℝ) : t.mirror = t"),
        ("refuted", "(t : Tree ℕ) (h : t.size < 3) : t.mirror = t"),
        ("refuted", "(ts : List (Tree ℝ)) (t : Tree ℝ) (h : t ∈ ts) : t.size = 0"),
        ("refuted", "(p : Pair × ℝ) : p.1.a = p.2"),
        ("no_counterexample", "(s : Step) : s.lr * s.momentum < 1"),
        ("refuted", "(s : Step) : s.momentum < s.lr"),
        ("no_counterexample", "(r : Radix) : 1 < r.base"),
        ("refuted", "(r : Radix) : 2 < r.base"),
        ("no_counterexample", "(r : Range) : r.low ≤ r.high"),
        ("refuted", "(r : Range) : r.low < r.high"),
        ("no_counterexample", "(x : Positive) : 0 < x.x"),
        ("refuted", "(x : Positive) : 1 < x.x"),
        ("no_counterexample", "(n : ℕ) (s : Simplex n) : 0 < n"),
        ("refuted", "(n : ℕ) (s : Simplex n) : n = 1"),
        ("no_counterexample", "(x : {x : ℝ // 0 < x}) : 0 < x.val"),
        ("refuted", "(x : {x : ℝ // 0 < x}) : 1 < x.val"),
        ("no_counterexample", "(x : {x : ℝ // 0 < x ∧ x < 1}) : x.val ^ 2 < x.val"),
        ("no_counterexample", "(n : {n : ℕ // 50 ≤ n}) : 49 < n.val"),
        ("refuted", "(n : {n : ℕ // 50 ≤ n}) : 50 < n.val"),
        ("no_counterexample", "(s : List Step) (h : s ≠ []) : 0 < (s.map (fun s => s.lr)).sum"),
    ],
)
def test_statements_about_such_values_are_judged(expected: str, statement: str) -> None:
    assert expected == verdict(statement)


def test_a_type_whose_proofs_nothing_meets_leaves_out_its_examples() -> None:
    assert "vacuous" == verdict("(x : Never) : x = x")


@pytest.mark.parametrize("name", ["Void", "Endless"])
def test_a_type_without_values_that_can_be_drawn_is_unsupported(name: str) -> None:
    with pytest.raises(Unsupported, match=f"examples of type {name}"):
        verdict(f"(x : {name}) : x = x")


def test_an_inductive_proposition_is_unsupported() -> None:
    with pytest.raises(Unsupported, match="the inductive proposition Small"):
        verdict("(n : ℕ) (h : Small n) : n = 0")


def test_a_counterexample_pastes_back_and_is_replayed(tmp_path: Path) -> None:
    file = tmp_path / "T.lean"
    file.write_text(f"{TYPES}\ntheorem t (p : Pair) : p.a ≤ p.b := by sorry\n", encoding="utf-8")
    (result,) = check([str(file)], jobs=1, witnesses=tmp_path / "w").results
    assert result.counterexample is not None
    (witness,) = (tmp_path / "w").iterdir()
    again = replay(witness)
    assert ({"p": "{ a := 1, b := 0 }"}, True) == (again.inputs, again.reproduced)


def test_a_witness_with_another_constructor_is_refused() -> None:
    (task,) = tasks(LeanText("T.lean", f"{TYPES}\ntheorem t (p : Pair) : p.a = p.b := by sorry\n"))
    claim = claim_of_task(task).claim
    found = run(claim).counterexample
    assert found is not None
    of_type, value = found.example.types["p"], found.example.values["p"]
    data = json.loads(json.dumps(of_type.encode(value)))
    assert of_type.encode(of_type.decode(data)) == data
    wrong: Any
    for wrong in ({"constructor": "os.system", "fields": []}, {**data, "fields": []}, [], "Pair.mk"):
        with pytest.raises(BadInput):
            of_type.decode(wrong)


CONDITIONAL = """
def Bounded (X Y : ℝ) : Type := {{p : ℝ × ℝ // |p.1| ≤ X ∧ |p.2| ≤ Y}}
structure S (X : ℝ) where
  v : ℝ
  h : |v| ≤ X
structure T (X : ℝ) where
  s : S X
theorem t {{X Y : ℝ}} {binder} : {claim} := by sorry
"""


@pytest.mark.parametrize(
    ("binder", "claim"),
    [
        ("(z : Bounded X Y)", "0 ≤ Y"),
        ("(z : S X)", "0 ≤ X"),
        ("(z : T X)", "0 ≤ X"),
        ("(z : S X × ℝ)", "0 ≤ X"),
        ("(z : Fin 2 → S X)", "0 ≤ X"),
        ("(z : List (S X)) (h : z.length = 1)", "0 ≤ X"),
        ("(z : {p : ℝ // |p| ≤ X})", "0 ≤ X"),
    ],
)
def test_a_value_is_as_its_proofs_say_when_other_variables_are_changed(binder: str, claim: str) -> None:
    """A step towards a counterexample changes X: then a value with |v| ≤ X may not be one any more."""
    (task,) = tasks(LeanText("A.lean", CONDITIONAL.format(binder=binder, claim=claim)))
    for seed in range(3):
        assert "refuted" != run(claim_of_task(task).claim, examples=30, seed=seed).verdict
