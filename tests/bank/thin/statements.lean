/-! Statements whose hypotheses are met, but at too few different inputs to say anything. -/

theorem exp_is_one (x : ℝ) (h : Real.exp x = 1) : x = 0 := by sorry
theorem sine_is_zero (x : ℝ) (h : Real.sin x = 0) : x = 0 := by sorry
theorem one_point (x y : ℝ) (h : x ^ 2 + y ^ 2 = 0) : x = y := by sorry
