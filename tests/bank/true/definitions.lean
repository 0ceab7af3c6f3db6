import Mathlib
open Real
/-! Hypotheses that define, corrected. -/
namespace TrueDefinitions
variable {n : ℕ} (x y z : ℝ) (p q : Fin n → ℝ) (f : ℝ → ℝ) (u : ℕ → ℝ) (a b c : ℕ) (k : ℤ)
theorem t01 (hy : y = exp x) : 0 < y := by sorry
theorem t02 (hy : y = sin x) : y ≤ |x| := by sorry
theorem t03 (hy : y = √x) (hx : 0 ≤ x) : y ^ 2 = x := by sorry
theorem t04 (hy : y = x / 3) : 3 * y = x := by sorry
theorem t05 (hq : ∀ i, q i = exp (p i) / ∑ j, exp (p j)) (i : Fin n) : 0 < q i ∧ q i ≤ 1 := by sorry
theorem t06 (hq : ∀ i, q i = tanh (p i)) (i : Fin n) : q i < 1 := by sorry
theorem t07 (hf : ∀ x, f x = 2 * x + 3) : f x - f 0 = 2 * x := by sorry
theorem t08 (hf : f = fun x => x ^ 2) : deriv f x = 2 * x := by sorry
theorem t09 (h0 : u 0 = 1) (h : ∀ n, u (n + 1) = 2 * u n) (ha : a ≤ 20) : u a = 2 ^ a := by sorry
theorem t12 (P : ℕ → Prop) (h : ∀ n, P n ↔ n % 2 = 0) : P (2 * a) := by sorry
theorem t13 (s : Set ℝ) (h : ∀ x, x ∈ s ↔ x ^ 2 < 4) (hx : x ∈ s) : x < 2 := by sorry
theorem t15 (h : x + y = z) : y = z - x := by sorry
theorem t16 (hk : ⌊exp x⌋ = k) : (k : ℝ) ≤ exp x := by sorry
theorem t17 (h : (3 * a) % 11 = 2) : a % 11 = 8 := by sorry
theorem t18 (h : a + b + c = 100) (h2 : 5 * a + 3 * b + c = 200) : a ≤ 25 := by sorry
theorem t20 (h : a ^ 2 + b ^ 2 = c ^ 2) (ha : 0 < a) (hb : 0 < b) : c < a + b := by sorry
theorem t21 (h : k % 3 = 1) (h2 : k % 5 = 2) : k % 15 = 7 := by sorry
end TrueDefinitions
