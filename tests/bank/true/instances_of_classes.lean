import Mathlib
/-! What instances, types and structures say, corrected. -/
namespace InstancesOfClasses
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
theorem t01 (x : ℝ) [IsPos x] : 0 < x := by sorry
theorem t02 (x y : ℝ) [Between x y] : 0 < y := by sorry
theorem t03 (x : Fin 3 → ℝ) [∀ i, IsPos (x i)] : 0 < x 1 := by sorry
theorem t04 (n : ℕ) [Inhabited (Fin n)] : 0 < n := by sorry
theorem t05 (m n : ℕ) : Nonempty (Fin m ≃ Fin n) ↔ m = n := by sorry
theorem t06 (m n : ℕ) (h : Nonempty (Fin m → Fin n)) : m = 0 ∨ 0 < n := by sorry
theorem t07 (n : ℕ) : Nonempty {i : Fin n // i.val = 2} ↔ 2 < n := by sorry
theorem t08 (n : ℕ) : Subsingleton (Fin n → ℝ) ↔ n = 0 := by sorry
theorem t10 (s : Step) : 0 ≤ s.lr * s.momentum := by sorry
theorem t11 (s : Step) : 0 < 1 - s.lr := by sorry
theorem t12 (r : Radix) : 1 < r.base := by sorry
theorem t13 (x : {x : ℝ // 0 < x}) : 0 < x.val := by sorry
theorem t14 (v w : Fin 3 → ℕ) (h : ∀ i, w i ≤ v i) : v - w + w = v := by sorry
theorem t15 {n : ℕ} (A B : Matrix (Fin n) (Fin n) ℤ) : (A * B).transpose = B.transpose * A.transpose := by sorry
theorem t17 (f g : ℕ → ℕ) (n : ℕ) : (f - g) n = f n - g n := by sorry
theorem t18 {n : ℕ} (p : Fin n → ℝ × ℝ) : ∀ i : Fin n, match p i with | (a, b) => a ≤ b ∨ b ≤ a := by sorry
theorem t19 {n : ℕ} (x : Fin n → ℝ) (k : Fin n) : ∀ i, if i = k then x i = x k else True := by sorry
theorem t20 (σ : ℝ ≃ ℝ) (x : ℝ) : σ.symm (σ x) = x := by sorry
theorem t21 (σ : ℕ ≃ ℕ) (x : ℕ) : σ.symm (σ x) = x := by sorry
theorem t22 (k : ℕ) (s : Finset (Fin k)) : s.card ≤ k := by sorry
theorem t23 (k : ℕ) (l : List (Fin k)) (h : l ≠ []) : 0 < k := by sorry
theorem t24 (x : ℝ) : deriv (deriv (fun y => y * |y|)) x = 2 * SignType.sign x := by sorry
end InstancesOfClasses
