import Mathlib
/-! Sets and finite sets, false. -/
namespace Sets
section
variable (s t : Finset (Fin 3)) (n : ℕ) (x : ℝ)
theorem f01 : s ∪ t ⊆ s := by sorry
theorem f02 : (s ∪ t).card = s.card + t.card := by sorry
theorem f03 (h : n ∈ ({1, 2, 3} : Finset ℕ)) : n ≤ 2 := by sorry
theorem f04 (h : x ∈ ({1, 2} : Set ℝ)) : x = 1 := by sorry
theorem f05 : s \ t = ∅ := by sorry
theorem f06 : ({1, 2, 2} : Finset ℕ).card = 3 := by sorry
theorem f07 : x ∈ (Set.Ioo 0 1)ᶜ ↔ x < 0 ∨ 1 < x := by sorry
theorem f08 : s ∩ t = t ∪ s := by sorry
end
end Sets
