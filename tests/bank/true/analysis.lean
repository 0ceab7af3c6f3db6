/-! True statements of plain analysis. -/

import Mathlib
open Real Set Finset Function Matrix
open scoped BigOperators Topology

namespace RealAnalysis
theorem t01 (x : ℝ) : x / 0 = 0 := div_zero x
theorem t02 (x : ℝ) (hx : x < 0) : √x = 0 := Real.sqrt_eq_zero_of_nonpos hx.le
theorem t03 (x : ℝ) : Real.log (-x) = Real.log x := Real.log_neg_eq_log x
theorem t04 (x : ℝ) : HasDerivAt (fun x => x * |x|) (2 * |x|) x := by sorry
theorem t05 : deriv (fun x : ℝ => |x|) 0 = 0 := by sorry
theorem t06 (x : ℝ) : deriv Real.sqrt x = 1 / (2 * √x) := by sorry
theorem t07 (x : ℝ) : deriv (fun x => x⁻¹) x = -(x ^ 2)⁻¹ := by sorry
theorem t08 (x : ℝ) : deriv Real.log x = x⁻¹ := Real.deriv_log x
theorem t09 (a b : ℝ) : max a b + min a b = a + b := max_add_min a b
theorem t10 (a b : ℝ) : |max a b - min a b| = |a - b| := by sorry
theorem t11 (n : ℕ) : ∑ i ∈ Finset.range (n + 1), (i : ℝ) = n * (n + 1) / 2 := by sorry
theorem t12 (n : ℕ) (x : ℝ) (h : x ≠ 1) : ∑ i ∈ range n, x ^ i = (x ^ n - 1) / (x - 1) := by sorry
theorem t13 (x y : ℝ) (h : 0 ≤ x) : √(x * y) = √x * √y := by sorry
theorem t14 {x y : ℝ} (hx : x ≠ 0) (hy : y ≠ 0) : (x * y)⁻¹ = y⁻¹ * x⁻¹ := by sorry
theorem t15 (x : ℝ) : Real.sinh x ^ 2 + 1 = Real.cosh x ^ 2 := by sorry
theorem t16 (x : ℝ) : tanh x = (exp x - exp (-x)) / (exp x + exp (-x)) := by sorry
theorem t17 (x : ℝ) : |tanh x| < 1 := by sorry
theorem t18 (x : ℝ) : HasDerivAt (fun t ↦ Real.log (Real.cosh t)) (tanh x) x := by sorry
theorem t19 (f g : ℝ → ℝ) (f' g' x : ℝ) (hf : HasDerivAt f f' x) (hg : HasDerivAt g g' x) :
    HasDerivAt (fun y => f y * g y) (f' * g x + f x * g') x := hf.mul hg
theorem t20 {f : ℝ → ℝ} {f' x : ℝ} (c : ℝ) (hf : HasDerivAt f f' x) : HasDerivAt (fun y ↦ c * f y) (c * f') x := by sorry
theorem t21 (n : ℕ) (x : ℝ) : HasDerivAt (fun x => x ^ n) (n * x ^ (n - 1)) x := by sorry
theorem t22 {a b c : ℝ} (ha : 0 < a) (h : a * b ≤ a * c) : b ≤ c := by sorry
theorem t24 (s : Finset (Fin 3)) : s.card ≤ 3 := by sorry
theorem t25 {n : ℕ} (A B : Matrix (Fin n) (Fin n) ℝ) : trace (A * B) = trace (B * A) := by sorry
theorem t26 {n m : ℕ} (A : Matrix (Fin m) (Fin n) ℝ) (v : Fin n → ℝ) (w : Fin m → ℝ) : w ⬝ᵥ A *ᵥ v = (w ᵥ* A) ⬝ᵥ v := by sorry
theorem t27 {n : ℕ} (x y : EuclideanSpace ℝ (Fin n)) : |inner ℝ x y| ≤ ‖x‖ * ‖y‖ := abs_real_inner_le_norm x y
theorem t28 {n : ℕ} (x y : EuclideanSpace ℝ (Fin n)) (h : inner ℝ x y = 0) : ‖x + y‖ ^ 2 = ‖x‖ ^ 2 + ‖y‖ ^ 2 := by sorry
theorem t29 (x : ℝ) : exp x ≥ x + 1 := by linarith [Real.add_one_le_exp x]
theorem t30 (x : ℝ) (h : x ∈ Set.Icc (0 : ℝ) 1) : x ^ 2 ≤ x := by sorry
theorem t31 (x : ℝ) (h : 0 ≤ x ∧ x ≤ 1) : x * (1 - x) ≤ 1 / 4 := by nlinarith [sq_nonneg (x - 1/2)]
theorem t33 (x : ℝ) : x < 0 ∨ x = 0 ∨ 0 < x := lt_trichotomy x 0
theorem t34 (n : ℕ) : (n : ℝ) - n = ((n - n : ℕ) : ℝ) := by simp
theorem t35 (m n : ℕ) (h : n ≤ m) : ((m - n : ℕ) : ℝ) = m - n := by push_cast [h]; ring
theorem t36 (x : ℝ) : DifferentiableAt ℝ (fun x : ℝ => max x 0 - max (-x) 0) x := by sorry
theorem t37 (x : ℝ) : ¬ DifferentiableAt ℝ (fun x : ℝ => |x|) x ↔ x = 0 := by sorry
theorem t38 (x : ℝ) (hx : x ≠ 0) : DifferentiableAt ℝ abs x := by sorry
theorem t39 {n : ℕ} (v : Fin n → ℝ) (h : ∀ i, 0 ≤ v i) : ∏ i, v i ≤ (∏ i, (v i + 1)) := by sorry
theorem t41 (p q : Prop) : ¬(p ∧ q) ↔ ¬p ∨ ¬q := by sorry
theorem t42 (x y : ℝ) : sign (x * y) = sign x * sign y := by sorry
theorem t43 (x : ℝ) : Real.sqrt (x ^ 2) = |x| := Real.sqrt_sq_eq_abs x
theorem t44 {x : ℝ} : x ^ (2 : ℕ) = x ^ (2 : ℝ) := by norm_cast
theorem t45 (x : ℝ) (hx : 0 ≤ x) : x ^ ((1 : ℝ) / 2) = √x := by sorry
theorem t46 (x : ℝ) : HasDerivAt (Real.exp ∘ fun y => -y) (-Real.exp (-x)) x := by sorry
theorem t47 (a x : ℝ) : HasDerivAt (fun y => (y - a) ^ 2 / 2) (x - a) x := by sorry
theorem t48 (x : ℝ) : (fun y : ℝ => y) = id := rfl
theorem t49 {n : ℕ} (i j : Fin n) : (if i = j then (1:ℝ) else 0) = (1 : Matrix (Fin n) (Fin n) ℝ) i j := by sorry
theorem t50 (x : ℝ) : ‖x‖ = |x| ∧ ‖x‖ = ‖-x‖ := ⟨rfl, by simp⟩
theorem t51 : (0:ℝ) ^ 0 = 1 := by simp
theorem t52 (x y z : ℝ) : dist x y ≤ dist x z + dist z y := dist_triangle x z y
theorem t53 (x : ℝ) : Real.arctan (-x) = -Real.arctan x := by sorry
theorem t54 (x : ℝ) : sin x ^ 2 + cos x ^ 2 = 1 := by sorry
theorem t55 (x : ℝ) : Continuous fun y : ℝ => x * y := by fun_prop
theorem t56 {n : ℕ} : ∀ x : Fin n → ℝ, ‖x‖ = 0 ↔ x = 0 := by sorry
theorem t57 (x : ℕ) : x = 0 ∨ ∃ y, x = y + 1 := by cases x <;> simp
theorem t58 (a b : ℤ) : (a - b).natAbs = (b - a).natAbs := by omega
theorem t59 (x : ℝ) : ⌊x⌋ ≤ x ∧ x < ⌊x⌋ + 1 := by sorry
theorem t60 (x : ℝ) : x = max x 0 - max (-x) 0 := by sorry
end RealAnalysis
