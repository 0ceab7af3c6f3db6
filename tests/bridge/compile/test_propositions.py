"""What gives propositions, and whether it is one: `match`, `if`, projections and variables under ∀."""

from __future__ import annotations

import pytest

from tests.bridge.compile.bank import of_text


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("{n : ℕ} (x : Fin n → ℝ) (k : Fin n) : ∀ i, if i = k then x i = x k else True", "no_counterexample"),
        ("{n : ℕ} (x : Fin n → ℝ) (k : Fin n) : ∀ i, if i = k then x i = 1 else True", "refuted"),
        ("(n : ℕ) (h : ∀ j : Fin 3, if n = 0 then True else False) : n = 0", "undecided"),
        ("(n : ℕ) (h : ∀ j : Fin 3, if n = 0 then True else True) : n = 0", "refuted"),
        ("(p : Prop × ℕ) : ∀ i : Fin 3, p.1 → p.1", "no_counterexample"),
        ("(p : Prop × ℕ) : ∀ i : Fin 3, p.1", "refuted"),
        ("(o : Option Prop) (x : ℝ) : ∀ i : Fin 3, o.getD True ∨ ¬ o.getD True ∧ x = x", "no_counterexample"),
        (
            "{n : ℕ} (p : Fin n → ℝ × ℝ) : ∀ i : Fin n, match p i with | (a, b) => a ≤ b ∨ b ≤ a",
            "no_counterexample",
        ),
        ("{n : ℕ} (p : Fin n → ℝ × ℝ) : ∀ i : Fin n, match p i with | (a, b) => a ≤ b", "refuted"),
        ("(n : ℕ) : ∀ i : Fin 3, match n with | 0 => i = i | k + 1 => k = n - 1", "no_counterexample"),
    ],
)
def test_a_proposition_under_a_quantifier(statement: str, verdict: str) -> None:
    (found,) = of_text(f"theorem t {statement} := by sorry")
    assert verdict == found.verdict, found.reason
