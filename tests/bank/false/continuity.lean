/-! Functions that are not continuous. -/

theorem e1 (x : ℝ) : ContinuousAt (fun t : ℝ => t⁻¹) x := by sorry
theorem e2 (x : ℝ) : ContinuousAt (fun t : ℝ => Real.log t) x := by sorry
theorem e3 (x : ℝ) : ContinuousAt (fun t : ℝ => if t ≤ 1 then 0 else t) x := by sorry
theorem e4 (x : ℝ) : ContinuousAt (fun t : ℝ => (SignType.sign t : ℝ)) x := by sorry
theorem e5 (x : ℝ) : ContinuousAt (fun t : ℝ => if t < 0 then (0 : ℝ) else 1) x := by sorry
theorem e6 : Continuous fun t : ℝ => if 0 < t then (1 : ℝ) else 0 := by sorry
