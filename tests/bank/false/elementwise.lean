/-! False statements about scalar functions and their derivatives. -/

namespace Proofs

open Activation

-- rules
theorem sigmoid_sign (x : ℝ) : HasDerivAt Math.sigmoidSpec (-(Math.sigmoidSpec x * (1 - Math.sigmoidSpec x))) x := by
  sorry
theorem sigmoid_plus (x : ℝ) : HasDerivAt Math.sigmoidSpec (Math.sigmoidSpec x * (1 + Math.sigmoidSpec x)) x := by
  sorry
theorem sigmoid_of_output (x : ℝ) : HasDerivAt Math.sigmoidSpec (x * (1 - x)) x := by sorry
theorem chain_factor (x : ℝ) : HasDerivAt (fun y => Real.exp (2 * y)) (Real.exp (2 * x)) x := by sorry
theorem tanh_not_squared (x : ℝ) : HasDerivAt Real.tanh (1 - Real.tanh x) x := by sorry
theorem tanh_other_sign (x : ℝ) : HasDerivAt Real.tanh (1 + Real.tanh x ^ 2) x := by sorry
theorem square_halved (x : ℝ) : HasDerivAt (fun y : ℝ => y * y) x x := by sorry
theorem cosh_sign (x : ℝ) : HasDerivAt Real.cosh (-Real.sinh x) x := by sorry
theorem exp_power (x : ℝ) : HasDerivAt Real.exp (x * Real.exp (x - 1)) x := by sorry
theorem gelu_of_swish (x : ℝ) : HasDerivAt Math.geluSpec (Math.swishDerivSpec x) x := by sorry
theorem swish_is_sigmoid (x : ℝ) : HasDerivAt Math.swishSpec (Math.sigmoidSpec x) x := by sorry
theorem softplus_is_tanh (x : ℝ) : HasDerivAt Math.softplusSpec (Math.tanhSpec x) x := by sorry
theorem product_rule (x : ℝ) : HasDerivAt (fun y : ℝ => y * Real.exp y) (Real.exp x) x := by sorry
theorem quotient_rule (x : ℝ) : HasDerivAt (fun y : ℝ => y / (1 + y ^ 2)) (1 / (2 * x)) x := by sorry
theorem off_by_little (x : ℝ) : HasDerivAt Real.exp (Real.exp x * (1 + 1e-40)) x := by sorry
theorem cubic_power (x : ℝ) : HasDerivAt (fun y : ℝ => y ^ 3) (3 * x) x := by sorry

-- kinks, and hypotheses dropped, weakened or inclusive
theorem relu_everywhere (x : ℝ) : HasDerivAt Math.reluSpec (Math.reluDerivSpec x) x := by sorry
theorem relu_inclusive (x : ℝ) (h : 0 ≤ x) : HasDerivAt Math.reluSpec 1 x := by sorry
theorem relu_left_inclusive (x : ℝ) (h : x ≤ 0) : HasDerivAt Math.reluSpec 0 x := by sorry
theorem abs_everywhere (x : ℝ) : HasDerivAt (fun y => |y|) (x / |x|) x := by sorry
theorem elu_everywhere (x α : ℝ) : HasDerivAt (fun y => Math.eluSpec y α) (Math.eluDerivSpec x α) x := by sorry
theorem elu_positive_alpha (x α : ℝ) (h : 0 < α) :
    HasDerivAt (fun y => Math.eluSpec y α) (Math.eluDerivSpec x α) x := by sorry
theorem leaky_everywhere (x a : ℝ) (h : 0 < a) :
    HasDerivAt (fun y => Math.leakyReluSpec y a) (Math.leakyReluDerivSpec x a) x := by sorry
theorem sqrt_inclusive (x : ℝ) (h : 0 ≤ x) : HasDerivAt Real.sqrt (1 / (2 * Real.sqrt x)) x := by sorry
theorem sqrt_clamped_inclusive (x : ℝ) (h : 0 ≤ x) :
    HasDerivAt (fun y => Real.sqrt (max y 0)) (1 / (2 * Real.sqrt x)) x := by sorry
theorem log_everywhere (x : ℝ) : HasDerivAt Real.log (1 / x) x := by sorry
theorem inv_everywhere (x : ℝ) : HasDerivAt (fun y : ℝ => y⁻¹) (-(x ^ 2)⁻¹) x := by sorry
theorem smooth_abs_inclusive (x ε : ℝ) (h : 0 ≤ ε) :
    HasDerivAt (fun y => Math.smoothAbsSpec y ε) (Math.smoothAbsDerivSpec x ε) x := by sorry
theorem x_log_x (x : ℝ) : HasDerivAt (fun y => y * Real.log y) (Real.log x + 1) x := by sorry
theorem max_of_two (x : ℝ) : HasDerivAt (fun y => max y 3) (if 3 < x then 1 else 0) x := by sorry
theorem abs_difference (x a : ℝ) (h : x ≠ 0) : HasDerivAt (fun y => |y - a|) (SignType.sign (x - a) : ℝ) x := by sorry
theorem abs_differentiable (x : ℝ) : DifferentiableAt ℝ (fun y : ℝ => |y|) x := by sorry

-- `deriv` is 0 where there is none
theorem deriv_abs_right (x : ℝ) : deriv (fun y => |y|) x = if 0 ≤ x then 1 else -1 := by sorry
theorem deriv_relu_right (x : ℝ) : deriv Math.reluSpec x = if 0 ≤ x then 1 else 0 := by sorry
theorem deriv_cube_root_like (x : ℝ) : deriv (fun y : ℝ => y * |y|) x = |x| := by sorry

-- values
theorem relu_slope_at_zero (x : ℝ) (h : 0 ≤ x) : Math.reluDerivSpec x = 1 := by sorry
theorem safe_log_is_log (x ε : ℝ) (h : 0 < ε) : Math.safeLogSpec x ε = Real.log (x + ε) := by sorry
theorem safe_log_without_epsilon (x ε : ℝ) (h : 0 < ε) :
    Math.safeLogSpec x ε = Real.log (Math.softplusSpec x) := by sorry
theorem smooth_abs_is_abs (x ε : ℝ) (h : 0 < ε) : Math.smoothAbsSpec x ε = |x| := by sorry
theorem smooth_abs_outside (x ε : ℝ) (h : 0 < ε) : Math.smoothAbsSpec x ε = |x| + ε := by sorry
theorem softplus_threshold (x : ℝ) (h : 20 < x) : Math.softplusSpec x = x := by sorry
theorem sigmoid_saturates (x : ℝ) (h : 20 < x) : Math.sigmoidSpec x = 1 := by sorry
theorem gelu_tail (x : ℝ) (h : x < -20) : Math.geluSpec x = 0 := by sorry
theorem gelu_slope_tail (x : ℝ) (h : x < -20) (h' : -30 < x) : Math.geluDerivSpec x = 0 := by sorry
theorem elu_of_one (x α : ℝ) : Math.eluSpec x α = max x (Real.exp x - 1) := by sorry
theorem sigmoid_half_strict (x : ℝ) (h : 0 ≤ x) : 1 / 2 < Math.sigmoidSpec x := by sorry
theorem tanh_of_half (x : ℝ) : Math.sigmoidSpec x = (1 + Real.tanh x) / 2 := by sorry
theorem swish_odd (x : ℝ) : Math.swishSpec (-x) = -Math.swishSpec x := by sorry

end Proofs
