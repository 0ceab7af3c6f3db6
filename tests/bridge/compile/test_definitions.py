"""Hypotheses that define a variable are neither drawn for nor checked: it is what they say."""

from __future__ import annotations

import pytest

from leanmirror.bridge.check.tasks import tasks
from leanmirror.bridge.check.text_claims import claim_of_task
from leanmirror.bridge.check.texts import LeanText
from tests.bridge.compile.bank import of_text

SOFTMAX = "{n : ℕ} (x p : Fin n → ℝ) (hp : ∀ i, p i = Real.exp (x i) / ∑ j, Real.exp (x j)) (i : Fin n) : "
TANH = "{n : ℕ} (x y : EuclideanSpace ℝ (Fin n)) (hy : ∀ i, y i = Real.tanh (x i)) (i : Fin n) : "
LINEAR = "(x y : ℝ) (h : 3 * x + y = 17) (h2 : 5 * y + x = 14) : "
FIBONACCI = "(u : ℕ → ℝ) (h0 : u 0 = 0) (h1 : u 1 = 1) (h : ∀ n, u (n + 2) = u (n + 1) + u n) : "
GUARDED = "(u : ℕ → ℝ) (h1 : u 1 = 1) (h : ∀ n ≥ 1, u (n + 1) = u n + 2) : "
FLOOR = "(x : ℝ) (k : ℕ) (hk : ⌊Real.exp x⌋₊ = k) : "


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("(x y : ℝ) (hy : y = Real.exp x) : x = 0", "refuted"),
        ("(x y : ℝ) (hy : y = Real.exp x) : 0 < y", "no_counterexample"),
        ("(x y : ℝ) (hy : y = x / 3) : x ≠ 1", "refuted"),
        ("(x y z : ℝ) (hy : y = Real.exp x) (hz : z = Real.log y) : z = x", "no_counterexample"),
        ("(x y z : ℝ) (hy : y = Real.exp x) (hz : z = Real.log y) : z = y", "refuted"),
        ("(x : ℝ) (h : x = 1 / 3) : 3 * x = 1", "no_counterexample"),
        ("(x : ℝ) (h : x = √2) : x ^ 2 = 2", "no_counterexample"),
        ("(x : ℝ) (h : x = Real.pi / 2) : Real.sin x = 0", "refuted"),
        (SOFTMAX + "x i = 0 ∨ n = 1", "refuted"),
        (SOFTMAX + "p i ≤ 1", "no_counterexample"),
        (TANH + "x i = 0", "refuted"),
        (TANH + "y i < 1", "no_counterexample"),
        ("(f : ℝ → ℝ) (h : ∀ x, f x = 2 * x + 3) : f 2 = 8", "refuted"),
        ("(f : ℝ → ℝ) (h : ∀ x, f x = 2 * x + 3) : f 2 = 7", "no_counterexample"),
        ("(f : ℝ → ℝ) (h : f = fun x => x ^ 2) : f 3 = 9 ∧ deriv f 3 = 6", "no_counterexample"),
        ("(f : ℝ → ℝ) (h : f = fun x => x ^ 2) : deriv f 3 = 3", "refuted"),
        (
            "(u : ℕ → ℕ) (h0 : u 0 = 1) (h : ∀ n, u (n + 1) = 2 * u n) (n : ℕ) : u n = 2 ^ n",
            "no_counterexample",
        ),
        ("(u : ℕ → ℕ) (h0 : u 0 = 1) (h : ∀ n, u (n + 1) = 2 * u n) : u 3 = 9", "refuted"),
        (FIBONACCI + "u 10 = 55", "no_counterexample"),
        (FIBONACCI + "u 10 = 54", "refuted"),
        (GUARDED + "u 5 = 9", "no_counterexample"),
        (GUARDED + "u 5 = 8", "refuted"),
        (GUARDED + "u 0 = 5", "undecided"),
        ("(u : ℕ → ℕ) (h : ∀ n, u (n + 1) = u n) : u 3 = u 2", "undecided"),
        ("(P : ℕ → Prop) (h : ∀ n, P n ↔ n % 2 = 0) : P 3", "refuted"),
        ("(S : Set ℝ) (h : ∀ x, x ∈ S ↔ x ^ 2 = 4) : (2 : ℝ) ∈ S ∧ ¬ (1 : ℝ) ∈ S", "no_counterexample"),
        ("(s : Finset ℤ) (h : ∀ x, x ∈ s ↔ x ^ 2 < 9) : s.card = 5", "vacuous"),
        ("(a b : ℝ) (h : a * b = 2) : a ≠ 0", "no_counterexample"),
        ("(a b : ℝ) (h : a * b = 2) : 0 < b", "refuted"),
        ("(a b : ℝ) (h : a * b = 0) : a = 0", "refuted"),
        ("(x : ℝ) (n : ℕ) (h : n ≤ ⌊Real.exp x⌋₊) : (n : ℝ) ≤ Real.exp x", "no_counterexample"),
        ("(E : Fin 3 → Type) (f : ∀ i, E i) : f = f", "unsupported"),
        ("{n : ℕ} (m : ℕ) (f : (i : Fin n) → Fin (m + i.val * 0)) (i : Fin n) : 0 < m", "no_counterexample"),
        ("{n : ℕ} (m : Fin n → ℕ) (f : (i : Fin n) → Fin (m i)) (i : Fin n) : 0 < m i", "unsupported"),
        ("(S : Set ℝ) (h : S = {x | 0 < x}) : (0 : ℝ) ∈ S", "refuted"),
        (LINEAR + "x = 71 / 14 ∧ y = 25 / 14", "no_counterexample"),
        (LINEAR + "x + y = 20 / 3", "refuted"),
        ("(a v b : ℝ) (h : a + v = b) : v = b - a", "no_counterexample"),
        ("(a v b : ℝ) (h : a + v = b) : v = a - b", "refuted"),
        ("(x y : ℝ) (h : x + y = 1) (h2 : x + y = 2) : False", "vacuous"),
        ("(x y : ℝ) (h : x + y = 1) (h2 : 2 * x + 2 * y = 2) : x = y", "refuted"),
        (FLOOR + "(k : ℝ) ≤ Real.exp x", "no_counterexample"),
        (FLOOR + "(k : ℝ) + 1 ≤ Real.exp x", "refuted"),
        ("(x : ℝ) (m : ℤ) (hk : m = ⌊√x⌋) : 0 < m", "refuted"),
        ("(q : ℚ) (h : (q : ℝ) = √2) : False", "vacuous"),
        ("(n m : ℕ) (h : n = m + 1) (x : Fin n → ℝ) : 0 < n", "no_counterexample"),
        (
            "(A : Matrix (Fin 2) (Fin 2) ℝ) (t : ℝ) (h : A = !![1, t; 0, 1]) : A * A = !![1, 2 * t; 0, 1]",
            "no_counterexample",
        ),
        ("(A B : Matrix (Fin 2) (Fin 2) ℝ) (h : ∀ i j, A i j = B j i) : A = B", "refuted"),
    ],
)
def test_a_variable_is_what_a_hypothesis_says(statement: str, verdict: str) -> None:
    (found,) = of_text(f"theorem t {statement} := by sorry")
    assert verdict == found.verdict, found.reason


@pytest.mark.parametrize(
    ("statement", "inputs", "expected"),
    [
        ("(x y : ℝ) (hy : y = x / 3) : x ≠ 1", {"x": "1"}, {"y": "(1) / 3"}),
        ("(a v b : ℝ) (h : a + v = b) : v = 0", {"a": "2", "v": "1"}, {"b": "(2) + (1)"}),
        ("(x y : ℝ) (h : 3 * x = 2 - y) (h2 : y = 1) : x = 0", {}, {"y": "1", "x": "(-1/3) * (1) + 2/3"}),
        ("(u : ℕ → ℕ) (h0 : u 0 = 1) (h : ∀ n, u (n + 1) = 2 * u n) : u 3 = 9", {}, {"u": None}),
    ],
)
def test_what_is_defined_is_told(
    statement: str, inputs: dict[str, str], expected: dict[str, str | None]
) -> None:
    (task,) = tasks(LeanText("T.lean", f"theorem t {statement} := by sorry"))
    found = claim_of_task(task)
    assert set(inputs) == {each.name for each in found.claim.variables}
    told = dict(inputs)
    for name, text in found.defined:
        told[name] = text(told) or ""
    assert {name: text or "" for name, text in expected.items()} == {
        name: told[name] for name, _ in found.defined
    }
