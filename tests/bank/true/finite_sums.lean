import Mathlib
open Finset
/-! Sums and products over a part of a finite type, true. -/
namespace FiniteSums
section
variable {m n : ℕ} (i : Fin n) (a : Fin n → ℝ) (b : Fin m → Fin n → ℝ) (s t : Finset (Fin (n + 1))) (c : Fin (n + 1) → ℝ) (f : ℕ → ℝ)
theorem t01 : ∑ j ≠ i, a j = (∑ j, a j) - a i := by sorry
theorem t02 (a : Fin 3 → ℝ) : ∏ j ≠ 1, a j = a 0 * a 2 := by sorry
theorem t03 : ∑ j < i, a j + ∑ j ≥ i, a j = ∑ j, a j := by sorry
theorem t04 : ∑ j ≤ i, a j + ∑ j > i, a j = ∑ j, a j := by sorry
theorem t05 : ∑ j ∈ s, c j + ∑ j ∉ s, c j = ∑ j, c j := by sorry
theorem t06 : ∑ (i) (j), b i j = ∑ i, ∑ j, b i j := by sorry
theorem t07 (d : Fin (n + 1) → Fin (n + 1) → ℝ) : ∑ (i ∈ s) (j ∈ t), d i j = ∑ i ∈ s, ∑ j ∈ t, d i j := by sorry
theorem t08 : ∑ (a + b = n), (a + b) = n * (n + 1) := by sorry
theorem t09 (a : Fin m × Fin n → ℝ) : ∑ ⟨i, j⟩ : Fin m × Fin n, a (i, j) = ∑ p, a p := by sorry
theorem t10 : ∑ j with 0 < a j, a j = ∑ j, max (a j) 0 := by sorry
theorem t11 (d : Fin n → Fin n → ℝ) : ∑ (i) (j) with i < j, d i j = ∑ i, ∑ j > i, d i j := by sorry
theorem t12 : ∑ i ∈ Finset.Icc 1 n, f i = ∑ i ∈ Finset.range n, f (i + 1) := by sorry
theorem t13 : s.card + sᶜ.card = n + 1 := by sorry
theorem t14 : ∑ k ≤ n, f k = ∑ k ∈ Finset.range (n + 1), f k := by sorry
theorem t15 : ∑ p ∈ (univ : Finset (Fin m)) ×ˢ (univ : Finset (Fin n)), b p.1 p.2 = ∑ i, ∑ j, b i j := by sorry
theorem t16 (a : Fin (n + 1) → ℝ) : ∏ i > 0, a i = ∏ j : Fin n, a j.succ := by sorry
end
end FiniteSums
