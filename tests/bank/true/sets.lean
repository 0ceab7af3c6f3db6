import Mathlib
/-! Sets and finite sets, true. -/
namespace Sets
section
variable (s t : Finset (Fin 3)) (n : ℕ) (x : ℝ)
theorem t01 : s ∩ t ⊆ s := by sorry
theorem t02 : (s ∪ t).card + (s ∩ t).card = s.card + t.card := by sorry
theorem t03 (h : n ∉ ({1, 2, 3} : Finset ℕ)) : n = 0 ∨ 3 < n := by sorry
theorem t04 (h : x ∉ ({1, 2} : Set ℝ)) : x ^ 2 - 3 * x + 2 ≠ 0 := by sorry
theorem t05 : s \ s = ∅ := by sorry
theorem t06 : x ∉ (∅ : Set ℝ) := by sorry
theorem t07 : ∑ i ∈ ({1, 2, 3} : Finset ℕ), i = 6 := by sorry
theorem t08 : x ∈ (Set.Ioo 0 1)ᶜ ↔ x ≤ 0 ∨ 1 ≤ x := by sorry
theorem t09 (s : Finset ℕ) (h : s = {1, 2}) : s.card = 2 := by sorry
end
end Sets
