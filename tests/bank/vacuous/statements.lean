/-! Statements that nothing satisfies. -/

namespace Proofs.Autograd

theorem not_itself {n : ℕ} (x δ : Vec n) (h : x ≠ x) : (matApplyLin x).adjoint δ = outer x δ := by sorry
theorem both_signs (x : ℝ) (h : 0 < x) (h' : x < 0) : x = x + 1 := by sorry
theorem no_index (i : Fin 0) : i.val = 7 := by sorry
theorem nat_below_zero (n : ℕ) (h : n < 0) : n = n + 1 := by sorry
theorem square_negative (x : ℝ) (h : x ^ 2 < 0) : x = 1 := by sorry
theorem sum_contradicts {n : ℕ} (x : Vec (n + 1)) (h : ∀ i, 0 < x i) (h' : ∑ i, x i ≤ 0) : x = 0 := by sorry
theorem exp_below_zero (x : ℝ) (h : Real.exp x < 0) : x = 0 := by sorry
theorem two_sizes {m n : ℕ} (h : m = n) (h' : m < n) : m = 0 := by sorry

end Proofs.Autograd
