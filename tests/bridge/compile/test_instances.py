"""What instance arguments say of values, and how many values a type has."""

from __future__ import annotations

import pytest

from tests.bridge.compile.bank import of_text

CLASSES = """
class IsPos (x : ℝ) : Prop where
  pos : 0 < x
class Between (x y : ℝ) : Prop extends IsPos x where
  lt : x < y
class Never : Prop where
  h : (1 : ℕ) = 2
class Has (x : ℝ) where
  y : ℝ
  above : x < y
class NotRead : Prop where
  h : Unknown 2
structure Near (x y : ℝ) : Prop where
  le : x ≤ y
  small : y - x ≤ 1
"""


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("(x : ℝ) [IsPos x] : 0 < x", "no_counterexample"),
        ("(x : ℝ) [IsPos x] : 1 < x", "refuted"),
        ("(x : ℝ) (h : IsPos x) : 0 < x", "no_counterexample"),
        ("(x : ℝ) : IsPos x", "refuted"),
        ("(x : ℝ) : [IsPos x] → 0 < x", "no_counterexample"),
        ("(x : ℝ) : IsPos (x ^ 2 + 1)", "no_counterexample"),
        ("(x y : ℝ) [Between x y] : 0 < y", "no_counterexample"),
        ("(x y : ℝ) [Between x y] : 1 < y", "refuted"),
        ("(x : Fin 3 → ℝ) [∀ i, IsPos (x i)] : 0 < x 1", "no_counterexample"),
        ("(x : Fin 3 → ℝ) [IsPos (x 0)] : 0 < x 1", "refuted"),
        ("[Never] : False", "vacuous"),
        ("(x y : ℝ) (h : Near x y) : y ≤ x + 1", "no_counterexample"),
        ("(x y : ℝ) (h : Near x y) : y < x + 1", "refuted"),
        ("(x y : ℝ) (h : x = y) : Near x y", "no_counterexample"),
        ("(x y : ℝ) (h : x ≤ y) : Near x y", "refuted"),
        ("(x : ℝ) [Has x] : x < 0", "unsupported"),
        ("[NotRead] : False", "unsupported"),
        ("(n : ℕ) [Add (Fin n)] (i j : Fin n) : i + j = j + i", "unsupported"),
        ("(n : ℕ) [DecidableEq (Fin n)] (i : Fin n) : 0 < n", "no_counterexample"),
    ],
)
def test_an_instance_says_what_its_class_says(statement: str, verdict: str) -> None:
    (found,) = of_text(f"{CLASSES}theorem t {statement} := by sorry")
    assert verdict == found.verdict, found.reason


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("(n : ℕ) [Inhabited (Fin n)] : 0 < n", "no_counterexample"),
        ("(n : ℕ) [Inhabited (Fin n)] : 1 < n", "refuted"),
        ("{n : ℕ} [Nonempty (Fin n → Fin 0)] : n = 0", "undecided"),
        ("{m n : ℕ} [Nonempty (Fin n × Fin m)] : 0 < m", "no_counterexample"),
        ("(m n : ℕ) : Nonempty (Fin m ≃ Fin n) ↔ m = n", "no_counterexample"),
        ("(m n : ℕ) : Nonempty (Fin m ≃ Fin n) ↔ m ≤ n", "refuted"),
        ("(m n : ℕ) (h : Nonempty (Fin m → Fin n)) : m = 0 ∨ 0 < n", "no_counterexample"),
        ("(m n : ℕ) (h : Nonempty (Fin m → Fin n)) : 0 < n", "refuted"),
        ("(a b : ℝ) (h : a ≤ b) : Nonempty {x : ℝ // a ≤ x ∧ x ≤ b}", "no_counterexample"),
        ("(n : ℕ) : Nonempty {i : Fin n // i.val = 2} ↔ 2 < n", "no_counterexample"),
        ("(n : ℕ) : Nonempty {i : Fin n // i.val = 2} ↔ 2 ≤ n", "refuted"),
        ("(x : ℝ) : Nonempty {y : ℝ // y < x ∧ x < y}", "undecided"),
        ("(x : ℝ) : ¬ Nonempty {y : ℝ // y < x ∧ x < y}", "undecided"),
        ("(n : ℕ) [Subsingleton (Fin n)] : n ≤ 1", "no_counterexample"),
        ("(n : ℕ) [Subsingleton (Fin n)] : n = 1", "refuted"),
        ("(n : ℕ) [Unique (Fin n)] : n = 1", "no_counterexample"),
        ("(n : ℕ) [IsEmpty (Fin n)] : n = 0", "no_counterexample"),
        ("(n : ℕ) : IsEmpty (Fin n → ℝ)", "refuted"),
        ("(n : ℕ) : Subsingleton (Fin n → ℝ) ↔ n = 0", "no_counterexample"),
        ("(n : ℕ) : Subsingleton (Fin n → ℝ)", "refuted"),
        ("(n : ℕ) : Finite (Fin n) ∧ Infinite ℕ ∧ ¬ Finite ℝ ∧ Infinite (List Bool)", "no_counterexample"),
        ("(n : ℕ) : Infinite (Fin n → ℝ)", "refuted"),
        ("(n : ℕ) : NeZero n ↔ 0 < n", "no_counterexample"),
        ("(n : ℕ) : NeZero n", "refuted"),
    ],
)
def test_how_many_values_a_type_has(statement: str, verdict: str) -> None:
    (found,) = of_text(f"theorem t {statement} := by sorry")
    assert verdict == found.verdict, found.reason
