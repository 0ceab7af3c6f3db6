/-! True statements about derivatives that look false. -/

namespace Proofs

open Activation

theorem square_with_sign (x : ℝ) : HasDerivAt (fun y : ℝ => y * |y|) (2 * |x|) x := by sorry
theorem square_over_itself (x : ℝ) : HasDerivAt (fun y : ℝ => y ^ 2 * (1 / y)) 1 x := by sorry
theorem nothing_over_itself (x : ℝ) : HasDerivAt (fun y : ℝ => 0 * (1 / y)) 0 x := by sorry
theorem square_log (x : ℝ) : HasDerivAt (fun y : ℝ => y ^ 2 * Real.log y) (2 * x * Real.log x + x) x := by sorry
theorem root_of_fourth (x : ℝ) : HasDerivAt (fun y : ℝ => Real.sqrt (y ^ 4)) (2 * x) x := by sorry
theorem root_of_square_positive (x : ℝ) : HasDerivAt (fun y : ℝ => Real.sqrt (1 + y ^ 2)) (x / Real.sqrt (1 + x ^ 2)) x := by
  sorry
theorem relu_difference (x : ℝ) : HasDerivAt (fun y : ℝ => max y 0 - max (-y) 0) 1 x := by sorry
theorem abs_squared (x : ℝ) : HasDerivAt (fun y : ℝ => |y| ^ 2) (2 * x) x := by sorry
theorem elu_of_one (x : ℝ) : HasDerivAt (fun y => Math.eluSpec y 1) (Math.eluDerivSpec x 1) x := by sorry
theorem leaky_of_one (x : ℝ) : HasDerivAt (fun y => Math.leakyReluSpec y 1) 1 x := by sorry
theorem constant_branch (x : ℝ) : HasDerivAt (fun y : ℝ => if y < 0 then y else y) 1 x := by sorry
theorem abs_away (x : ℝ) (h : x ≠ 0) : HasDerivAt (fun y => |y|) (x / |x|) x := by sorry
theorem log_of_any_sign (x : ℝ) (h : x ≠ 0) : HasDerivAt Real.log (1 / x) x := by sorry
theorem inv_of_any_sign (x : ℝ) (h : x ≠ 0) : HasDerivAt (fun y : ℝ => y⁻¹) (-(x ^ 2)⁻¹) x := by sorry
theorem sqrt_of_negative (x : ℝ) (h : x < 0) : HasDerivAt Real.sqrt 0 x := by sorry
theorem sqrt_of_any_sign (x : ℝ) (h : x ≠ 0) : HasDerivAt Real.sqrt (1 / (2 * Real.sqrt x)) x := by sorry

-- `deriv` is 0 where there is none, and division by 0 is 0 as well
theorem deriv_sqrt (x : ℝ) : deriv Real.sqrt x = 1 / (2 * Real.sqrt x) := by sorry
theorem deriv_log (x : ℝ) : deriv Real.log x = x⁻¹ := by sorry
theorem deriv_inv (x : ℝ) : deriv (fun y : ℝ => y⁻¹) x = -(x ^ 2)⁻¹ := by sorry
theorem deriv_abs (x : ℝ) : deriv (fun y : ℝ => |y|) x = (SignType.sign x : ℝ) := by sorry
theorem deriv_relu (x : ℝ) : deriv Math.reluSpec x = if 0 < x then 1 else 0 := by sorry

-- values and tails
theorem sigmoid_positive (x : ℝ) : 0 < Math.sigmoidSpec x := by sorry
theorem sigmoid_below_one (x : ℝ) (h : x ≤ 100) : Math.sigmoidSpec x < 1 := by sorry
theorem sigmoid_reflected (x : ℝ) : Math.sigmoidSpec (-x) = 1 - Math.sigmoidSpec x := by sorry
theorem softplus_positive (x : ℝ) : 0 < Math.softplusSpec x := by sorry
theorem softplus_difference (x : ℝ) : Math.softplusSpec x - Math.softplusSpec (-x) = x := by sorry
theorem gelu_difference (x : ℝ) : Math.geluSpec x - Math.geluSpec (-x) = x := by sorry
theorem swish_difference (x : ℝ) : Math.swishSpec x - Math.swishSpec (-x) = x := by sorry
theorem relu_difference_value (x : ℝ) : Math.reluSpec x - Math.reluSpec (-x) = x := by sorry
theorem logistic_is_sigmoid (x : ℝ) : Math.logisticSpec x = Math.sigmoidSpec x := by sorry
theorem sigmoid_by_tanh (x : ℝ) : Math.sigmoidSpec x = (1 + Real.tanh (x / 2)) / 2 := by sorry
theorem smooth_abs_at_no_epsilon (x : ℝ) : Math.smoothAbsSpec x 0 = |x| := by sorry
theorem safe_log_by_softplus (x ε : ℝ) : Math.safeLogSpec x ε = Real.log (Math.softplusSpec x + ε) := by sorry

end Proofs
