import Mathlib
open Real
/-! Hypotheses that define, false. -/
namespace Definitions
variable {n : ℕ} (x y z : ℝ) (p q : Fin n → ℝ) (f : ℝ → ℝ) (u : ℕ → ℝ) (a b c : ℕ) (k : ℤ)
theorem f01 (hy : y = exp x) : x = 0 := by sorry
theorem f02 (hy : y = sin x) : y ≤ x := by sorry
theorem f03 (hy : y = √x) : x ≠ 3 := by sorry
theorem f04 (hy : y = x / 3) : x ≠ 1 := by sorry
theorem f05 (hq : ∀ i, q i = exp (p i) / ∑ j, exp (p j)) (i : Fin n) : p i = 0 ∨ n = 1 := by sorry
theorem f06 (hq : ∀ i, q i = tanh (p i)) (i : Fin n) : q i = p i := by sorry
theorem f07 (hf : ∀ x, f x = 2 * x + 3) : f 2 = 8 := by sorry
theorem f08 (hf : f = fun x => x ^ 2) : deriv f x = x := by sorry
theorem f09 (h0 : u 0 = 1) (h : ∀ n, u (n + 1) = 2 * u n) : u 3 = 9 := by sorry
theorem f10 (h0 : u 0 = 0) (h1 : u 1 = 1) (h : ∀ n, u (n + 2) = u (n + 1) + u n) : u 10 = 54 := by sorry
theorem f11 (h1 : u 1 = 1) (h : ∀ n ≥ 1, u (n + 1) = u n + 2) : u 5 = 8 := by sorry
theorem f12 (P : ℕ → Prop) (h : ∀ n, P n ↔ n % 2 = 0) : P a := by sorry
theorem f13 (s : Set ℝ) (h : ∀ x, x ∈ s ↔ x ^ 2 = 4) (hx : x ∈ s) : x = 2 := by sorry
theorem f14 (h : 3 * x + y = 17) (h2 : 5 * y + x = 14) : x + y = 20 / 3 := by sorry
theorem f15 (h : x + y = z) : y = x - z := by sorry
theorem f16 (hk : ⌊exp x⌋ = k) : (k : ℝ) + 1 ≤ exp x := by sorry
theorem f17 (h : (3 * a) % 11 = 2) : a = 8 := by sorry
theorem f18 (h : a + b + c = 100) (h2 : 5 * a + 3 * b + c = 200) : a ≤ 20 := by sorry
theorem f19 (h : a * b = 12) : a ≤ 6 := by sorry
theorem f20 (h : a ^ 2 + b ^ 2 = c ^ 2) (ha : 0 < a) (hb : 0 < b) : c ≠ 5 := by sorry
theorem f21 (h : k % 3 = 1) (h2 : k % 5 = 2) : k = 7 := by sorry
end Definitions
