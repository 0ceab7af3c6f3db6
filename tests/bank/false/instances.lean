import Mathlib
/-! What instances, types and structures say, false. -/
namespace Instances
class IsPos (x : ℝ) : Prop where
  pos : 0 < x
class Between (x y : ℝ) : Prop extends IsPos x where
  lt : x < y
structure Step where
  lr : ℝ
  momentum : ℝ
  pos : 0 < lr
  lr_lt : lr < 1
  nonneg : 0 ≤ momentum
structure Radix where
  base : ℕ
  ok : 2 ≤ base
theorem f01 (x : ℝ) [IsPos x] : 1 ≤ x := by sorry
theorem f02 (x y : ℝ) [Between x y] : 1 < y := by sorry
theorem f03 (x : Fin 3 → ℝ) [IsPos (x 0)] : 0 < x 1 := by sorry
theorem f04 (n : ℕ) [Inhabited (Fin n)] : 1 < n := by sorry
theorem f05 (m n : ℕ) : Nonempty (Fin m ≃ Fin n) ↔ m ≤ n := by sorry
theorem f06 (m n : ℕ) (h : Nonempty (Fin m → Fin n)) : 0 < n := by sorry
theorem f07 (n : ℕ) : Nonempty {i : Fin n // i.val = 2} := by sorry
theorem f08 (n : ℕ) : Subsingleton (Fin n → ℝ) := by sorry
theorem f09 (n : ℕ) [Subsingleton (Fin n)] : n = 1 := by sorry
theorem f10 (s : Step) : s.momentum < 1 := by sorry
theorem f11 (s : Step) : 1 / 2 ≤ s.lr := by sorry
theorem f12 (r : Radix) : 2 < r.base := by sorry
theorem f13 (x : {x : ℝ // 0 < x}) : 1 ≤ x.val := by sorry
theorem f14 (v w : Fin 3 → ℕ) : v - w + w = v := by sorry
theorem f15 {n : ℕ} (A B : Matrix (Fin n) (Fin n) ℤ) : A * B = B * A := by sorry
theorem f16 : (1 : Matrix (Fin 2) (Fin 2) ℤ) 0 1 = 1 := by sorry
theorem f17 (f g : ℕ → ℕ) (n : ℕ) : (f - g) n + g n = f n := by sorry
theorem f18 {n : ℕ} (p : Fin n → ℝ × ℝ) : ∀ i : Fin n, match p i with | (a, b) => a ≤ b := by sorry
theorem f19 {n : ℕ} (x : Fin n → ℝ) (k : Fin n) : ∀ i, if i = k then x i = 1 else True := by sorry
theorem f20 (σ : ℝ ≃ ℝ) (x : ℝ) : σ x = x := by sorry
theorem f21 (σ : ℕ ≃ ℕ) (x : ℕ) : σ (σ x) = σ x := by sorry
theorem f22 (k : ℕ) (s : Finset (Fin k)) : s.card < k := by sorry
theorem f23 (k : ℕ) (l : List (Fin k)) : l = [] := by sorry
theorem f24 (x : ℝ) : deriv (deriv (fun y => y * |y|)) x = 2 := by sorry
end Instances
