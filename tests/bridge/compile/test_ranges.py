"""Statements that are false far from 0, at a number that they name, or in a narrow place: each is refuted."""

from __future__ import annotations

import pytest

from tests.bridge.compile.bank import of_text

FALSE = (
    "(n : ℕ) : n ≤ 7",
    "(n : ℕ) : n ≤ 100",
    "(n : ℕ) : n < 1000000",
    "(n : ℕ) : n ≠ 17",
    "(n : ℕ) : n < 17 ∨ 17 < n",
    "(n : ℕ) : n ^ 2 ≤ 50",
    "(n : ℕ) : n ^ 2 ≤ 10 * n + 11",
    "(n : ℕ) : 2 ^ n ≤ 1000",
    "(n : ℕ) : (2 : ℝ) ^ n ≤ 1000",
    "(n : ℕ) : 2 ^ n < 2 ^ 24",
    "(n : ℕ) : 2 ^ n ≤ n ^ 3 + 10",
    "(n m : ℕ) : n + m ≤ 30",
    "(n : ℕ) (h : 0 < n) : n * n < 300",
    "(n : ℕ) (h : 2 ^ 23 ≤ n) : n < 2 ^ 24",
    "(n : ℕ) (h : (3 * n) % 11 = 2) : n ≠ 8",
    "(n : ℕ) (h : 2 * n = 20) : n = 3",
    "(n : ℕ) (h : n * n = 49) : n ≠ 7",
    "(n m : ℕ) (h : n * m = 12) : n ≤ 6",
    "(n m : ℕ) (h : n + m = 7) : n ≤ 5",
    "(a b c : ℕ) (h : a ^ 2 + b ^ 2 = c ^ 2) (ha : 0 < a) (hb : 0 < b) : c = 4",
    "(z : ℤ) : z ≤ 3",
    "(z : ℤ) : -5 < z",
    "(z : ℤ) : z ^ 2 < 10",
    "(z : ℤ) (h : 3 * z + 5 = 26) : z = 3",
    "(z : ℤ) (h : 24 ≤ z) : z < 40",
    "{n : ℕ} (x : Fin n → ℝ) : n ≤ 4",
    "(l : List ℕ) : l.sum ≤ 50",
    "(x : ℝ) : x ≤ 10 ^ 24",
    "(x : ℝ) : x ≤ 1e30",
    "(x : ℝ) : Real.exp x ≤ 10 ^ 100",
    "(x : ℝ) : ¬ (2.5 < x ∧ x < 2.6)",
    "(x : ℝ) : ¬ (7.001 < x ∧ x < 7.002)",
    "(x y : ℝ) : ¬ (1000 < x ∧ y < -1000)",
    "(x y z : ℝ) : ¬ (0 < x ∧ x < y ∧ y < z ∧ z < 1)",
    "{n : ℕ} (x : Fin (n + 1) → ℝ) : ∑ i, Real.exp (x i) ≠ 1",
)

HEAVY = (
    "(n : ℕ) : 0 < 2 ^ 2 ^ n",
    "(n : ℕ) : n ≤ Nat.factorial n + 1",
    "(n : ℕ) : ∑ i ∈ Finset.range n, i ≤ n * n",
    "(n m : ℕ) : (n + 1) ^ m ≤ 2 ^ (n * m)",
)
"""True, and too much to compute where numbers are large."""


@pytest.mark.parametrize("statement", FALSE)
def test_what_is_false_somewhere_is_refuted(statement: str) -> None:
    (found,) = of_text(f"theorem t {statement} := by sorry", seed=1)
    assert "refuted" == found.verdict


@pytest.mark.parametrize("statement", HEAVY)
def test_what_cannot_be_computed_is_not_drawn(statement: str) -> None:
    (found,) = of_text(f"theorem t {statement} := by sorry")
    assert ("no_counterexample", True) == (found.verdict, found.satisfied >= 99)
