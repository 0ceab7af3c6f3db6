import Mathlib
open Finset
/-! Sums and products over a part of a finite type, false: the part is not the whole. -/
namespace FiniteSums
section
variable {m n : ℕ} (i : Fin n) (a : Fin n → ℝ) (s t : Finset (Fin (n + 1))) (c : Fin (n + 1) → ℝ) (f : ℕ → ℝ)
theorem f01 : ∑ j ≠ i, a j = ∑ j, a j := by sorry
theorem f02 : ∑ j < i, a j = ∑ j, a j := by sorry
theorem f03 : ∑ j < i, a j = ∑ j ≤ i, a j := by sorry
theorem f04 : ∏ j > i, a j = ∏ j ≥ i, a j := by sorry
theorem f05 : ∑ j ∉ s, c j = ∑ j, c j := by sorry
theorem f06 (d : Fin (n + 1) → Fin (n + 1) → ℝ) : ∑ (i ∈ s) (j ∈ t), d i j = ∑ i, ∑ j, d i j := by sorry
theorem f07 (d : Fin (n + 1) → Fin (n + 1) → ℝ) : ∑ (i ∈ s) (j ∈ t), d i j = ∑ i ∈ s, ∑ j ∈ t, d j i := by sorry
theorem f08 : ∑ (a + b = n), (a + b) = n * n := by sorry
theorem f09 : ∑ j with 0 < a j, a j = ∑ j, a j := by sorry
theorem f10 : ∑ i ∈ Finset.Ico 1 n, f i = ∑ i ∈ Finset.range n, f i := by sorry
theorem f11 : ∑ i ∈ Finset.Icc 1 n, f i = ∑ i ∈ Finset.Ioc 1 n, f i := by sorry
end
end FiniteSums
