"""Functions without a promise have kinks and jumps; what is promised of one is met by construction."""

from __future__ import annotations

import pytest

from tests.bridge.compile.bank import of_text

FALSE = (
    "(f : ℝ → ℝ) : Differentiable ℝ f",
    "(f : ℝ → ℝ) : Continuous f",
    "(f : ℝ → ℝ) (hf : Continuous f) (x : ℝ) : DifferentiableAt ℝ f x",
    "(f g : ℝ → ℝ) (x : ℝ) : deriv (fun t => f t + g t) x = deriv f x + deriv g x",
    "(f g : ℝ → ℝ) (x : ℝ) : deriv (f + g) x = deriv f x + deriv g x",
    "(f : ℝ → ℝ) (x : ℝ) (h : deriv f x = 0) : HasDerivAt f 0 x",
    "(f : ℝ → ℝ) (x : ℝ) : HasDerivAt f (deriv f x) x",
    "(f g : ℝ → ℝ) (x : ℝ) : deriv (fun t => g (f t)) x = deriv g (f x) * deriv f x",
    "(f g : ℝ → ℝ) (x : ℝ) : deriv (fun t => f t * g t) x = deriv f x * g x + f x * deriv g x",
    "{n : ℕ} (f : EuclideanSpace ℝ (Fin n) → ℝ) : Differentiable ℝ f",
    "(f : ℝ → ℝ) (hf : ∀ x, f (-x) = f x) : f 1 = 0",
    "(f : ℝ → ℝ) (hf : ∀ x, f (-x) = -f x) : f 1 = 1",
    "(f : ℝ → ℝ) (hf : ∀ x y, f (x + y) = f x + f y) : f 1 = 1",
    "(f : ℝ → ℝ) (hf : Monotone f) : StrictMono f",
    "(f : ℝ → ℝ) (hf : StrictMono f) : 0 ≤ f 0",
    "(f : ℝ → ℝ) (hf : ∀ x y, x ≤ y → f x ≤ f y) (a b : ℝ) (h : a < b) : f a < f b",
    "(f : ℝ → ℝ) (hf : ∀ x, 0 < f x) : 1 ≤ f 1",
    "(f : ℝ → ℝ) (hf : Function.Injective f) : f 0 = 0",
    "(f : ℝ → ℝ) (hf : Differentiable ℝ f) (hm : Monotone f) : f 0 < f 1",
    "(f : ℝ → ℝ) (hf : ∀ x, f (-x) = f x) (hp : ∀ x, 0 < f x) : f 1 = f 0",
)
"""What is said of all functions and holds of the smooth ones, or of few."""

TRUE = (
    "(f g : ℝ → ℝ) (x : ℝ) (hf : DifferentiableAt ℝ f x) (hg : DifferentiableAt ℝ g x)"
    " : deriv (fun t => f t + g t) x = deriv f x + deriv g x",
    "(f g : ℝ → ℝ) (x : ℝ) (hf : Differentiable ℝ f) (hg : Differentiable ℝ g)"
    " : deriv (fun t => g (f t)) x = deriv g (f x) * deriv f x",
    "(f g : ℝ → ℝ) (x : ℝ) (hf : Differentiable ℝ f) (hg : Differentiable ℝ g)"
    " : deriv (fun t => f t * g t) x = deriv f x * g x + f x * deriv g x",
    "(f : ℝ → ℝ) (hf : ∀ x, f (-x) = -f x) : f 0 = 0",
    "(f : ℝ → ℝ) (hf : ∀ x y, f (x + y) = f x + f y) : f 2 = 2 * f 1",
    "(f : ℝ → ℝ) (hf : StrictMono f) (a b : ℝ) (h : a < b) : f a < f b",
    "(f : ℝ → ℝ) (hf : StrictMono f) (a b : ℝ) (h : f a = f b) : a = b",
    "(f : ℝ → ℝ) (hf : Monotone f) (a b : ℝ) (h : a ≤ b) : f a ≤ f b",
    "(f : ℝ → ℝ) (hf : ∀ x, 0 < f x) (a : ℝ) : f a ≠ 0",
    "(f : ℝ → ℝ) (hf : Function.Injective f) : f 0 ≠ f 1",
    "(f : ℝ → ℝ) (hf : Differentiable ℝ f) (x : ℝ) : HasDerivAt f (deriv f x) x",
    "(f : ℝ → ℝ) (hf : Continuous f) (x : ℝ) : ContinuousAt f x",
    "(f : ℝ → ℝ) (hf : ∀ x, f (-x) = f x) (hd : Differentiable ℝ f) : deriv f 0 = 0",
    "(f : ℝ → ℝ) (hf : Antitone f) : f 1 ≤ f 0",
)


@pytest.mark.parametrize("statement", FALSE)
def test_what_only_smooth_functions_have_is_refuted(statement: str) -> None:
    (found,) = of_text(f"theorem t {statement} := by sorry", seed=1)
    assert "refuted" == found.verdict


@pytest.mark.parametrize("statement", TRUE)
def test_what_is_promised_is_met(statement: str) -> None:
    (found,) = of_text(f"theorem t {statement} := by sorry", seed=1)
    assert ("no_counterexample", True) == (found.verdict, found.satisfied >= 90)
