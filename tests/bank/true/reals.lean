/-! True statements about numbers that look false: everything is total. -/

theorem divide_by_zero (x : ℝ) : x / 0 = 0 := by sorry
theorem inverse_of_zero : (0 : ℝ)⁻¹ = 0 := by sorry
theorem inverse_twice (x : ℝ) : x⁻¹⁻¹ = x := by sorry
theorem one_over_one_over (x : ℝ) : 1 / (1 / x) = x := by sorry
theorem times_inverse_times (x : ℝ) : x * x⁻¹ * x = x := by sorry
theorem div_self_at_most_one (x : ℝ) : x / x ≤ 1 := by sorry
theorem div_self_or (x : ℝ) : x / x = 1 ∨ x = 0 := by sorry
theorem log_of_negative (x : ℝ) : Real.log (-x) = Real.log x := by sorry
theorem log_of_abs (x : ℝ) : Real.log |x| = Real.log x := by sorry
theorem log_of_zero : Real.log 0 = 0 := by sorry
theorem log_of_inverse (x : ℝ) : Real.log x⁻¹ = -Real.log x := by sorry
theorem log_of_square (x : ℝ) : Real.log (x ^ 2) = 2 * Real.log x := by sorry
theorem sqrt_of_negative (x : ℝ) (h : x ≤ 0) : Real.sqrt x = 0 := by sorry
theorem sqrt_of_square_abs (x : ℝ) : Real.sqrt (x ^ 2) = |x| := by sorry
theorem sqrt_times_sqrt (x : ℝ) (h : 0 ≤ x) : Real.sqrt x * Real.sqrt x = x := by sorry
theorem div_sqrt (x : ℝ) : x / Real.sqrt x = Real.sqrt x := by sorry
theorem sqrt_below (x : ℝ) (h : 1 ≤ x) : Real.sqrt x ≤ x := by sorry
theorem zero_to_zero : (0 : ℝ) ^ 0 = 1 := by sorry
theorem sign_times_abs (x : ℝ) : (SignType.sign x : ℝ) * |x| = x := by sorry
theorem abs_is_max (x : ℝ) : |x| = max x (-x) := by sorry
theorem max_by_abs (x y : ℝ) : max x y = (x + y + |x - y|) / 2 := by sorry
theorem max_plus_min (x y : ℝ) : max x y + min x y = x + y := by sorry
theorem exp_above_line (x : ℝ) : x + 1 ≤ Real.exp x := by sorry
theorem log_below_line (x : ℝ) (h : 0 < x) : Real.log x ≤ x - 1 := by sorry
theorem tanh_below_one (x : ℝ) : Real.tanh x < 1 := by sorry
theorem cosh_sinh (x : ℝ) : Real.cosh x ^ 2 - Real.sinh x ^ 2 = 1 := by sorry
theorem branches_agree_at_the_border (x : ℝ) : (if x < 0 then -x else x) = if x ≤ 0 then -x else x := by sorry
theorem strict_from_half (x y : ℝ) (h : x < y) : x < (x + y) / 2 := by sorry
theorem product_zero (x y : ℝ) (h : x * y = 0) : x = 0 ∨ y = 0 := by sorry
theorem divide_and_multiply (x y : ℝ) (h : y ≠ 0) : x / y * y = x := by sorry
theorem big_curvature (x : ℝ) : 0 ≤ 2 ^ 100 * x ^ 2 := by sorry

-- natural numbers and indices
theorem nat_div_zero (n : ℕ) : n / 0 = 0 := by sorry
theorem nat_mod_zero (n : ℕ) : n % 0 = n := by sorry
theorem nat_truncates (m n : ℕ) (h : m ≤ n) : m - n = 0 := by sorry
theorem nat_sub_sub (m n : ℕ) : m - (m - n) = min m n := by sorry
theorem pred_of_zero : (0 : ℕ) - 1 = 0 := by sorry
theorem gauss (n : ℕ) : ∑ i ∈ Finset.range n, (i : ℝ) = n * (n - 1) / 2 := by sorry
theorem gauss_truncated (n : ℕ) : ∑ i ∈ Finset.range n, i = n * (n - 1) / 2 := by sorry
theorem empty_sum (f : Fin 0 → ℝ) : ∑ i, f i = 0 := by sorry
theorem empty_product (f : Fin 0 → ℝ) : ∏ i, f i = 1 := by sorry
theorem empty_all (f : Fin 0 → ℝ) : ∀ i, f i = f i + 1 := by sorry
theorem only_index (i j : Fin 1) : i = j := by sorry
theorem all_below (n : ℕ) : ∀ k < n, k + 1 ≤ n := by sorry
theorem some_below (n : ℕ) (h : 0 < n) : ∃ k < n, k + 1 = n := by sorry
