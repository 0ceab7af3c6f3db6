/-! False statements about numbers. -/

theorem div_self_always (x : ℝ) : x / x = 1 := by sorry
theorem abs_additive (x y : ℝ) : |x + y| = |x| + |y| := by sorry
theorem sqrt_of_square (x : ℝ) : Real.sqrt (x ^ 2) = x := by sorry
theorem square_of_sqrt (x : ℝ) : Real.sqrt x ^ 2 = x := by sorry
theorem sqrt_product (x y : ℝ) : Real.sqrt (x * y) = Real.sqrt x * Real.sqrt y := by sorry
theorem log_product (x y : ℝ) : Real.log (x * y) = Real.log x + Real.log y := by sorry
theorem exp_additive (x y : ℝ) : Real.exp (x + y) = Real.exp x + Real.exp y := by sorry
theorem exp_above_line (x : ℝ) : x + 1 < Real.exp x := by sorry
theorem log_below_line (x : ℝ) (h : 0 < x) : Real.log x < x - 1 := by sorry
theorem log_exp_other_way (x : ℝ) : Real.exp (Real.log x) = x := by sorry
theorem inverse_order (x y : ℝ) (h : x < y) : 1 / y < 1 / x := by sorry
theorem square_order (x y : ℝ) (h : x ≤ y) : x ^ 2 ≤ y ^ 2 := by sorry
theorem square_injective (x y : ℝ) (h : x ^ 2 = y ^ 2) : x = y := by sorry
theorem product_zero_left (x y : ℝ) (h : x * y = 0) : x = 0 := by sorry
theorem between (x y : ℝ) (h : x ≤ y) : x < (x + y) / 2 := by sorry
theorem divide_cancels (x y : ℝ) : x / y * y = x := by sorry
theorem cross_multiply (a b c d : ℝ) (h : a * d = b * c) : a / b = c / d := by sorry
theorem max_sum (x y : ℝ) : max x y + min x y = max x y * 2 := by sorry
theorem max_scaled (a x y : ℝ) : max (a * x) (a * y) = a * max x y := by sorry
theorem single_point (x : ℝ) : x * x ≠ 100 := by sorry
theorem beyond_twenty (x : ℝ) (h : 0 ≤ x) : x ≤ 20 ∨ x = 25 ∨ 37 ≤ x := by sorry
theorem bound_inclusive (x : ℝ) (h : x ≤ 3) : x < 3 := by sorry
theorem tiny_is_zero (x : ℝ) (h : |x| < 1e-15) : x = 0 := by sorry
theorem relative_error (x : ℝ) : Real.exp x = Real.exp x * (1 + 1e-40) := by sorry
theorem tanh_saturates (x : ℝ) (h : 19 < x) : Real.tanh x = 1 := by sorry
theorem branch_inclusive (x : ℝ) : (if x < 0 then -x else x + 1) = if x ≤ 0 then -x else x + 1 := by sorry
theorem iff_one_way (x : ℝ) : 0 < x ↔ 0 < x ^ 2 := by sorry
theorem positive_part (x : ℝ) : max x 0 = (x + |x|) := by sorry
theorem exists_for_all (x y : ℝ) (h : x < y ∨ y < x) : x < y := by sorry
theorem two_is_enough (a b c : ℝ) (hab : a ≠ b) (hbc : b ≠ c) : a ≠ c := by sorry
theorem mean_inequality (x y : ℝ) : x * y ≤ x + y := by sorry
theorem signs (x y : ℝ) (h : 0 < x * y) : 0 < x := by sorry
theorem cosh_above_two (x : ℝ) (h : x ≠ 0) : 2 < Real.cosh x := by sorry
theorem cancel_left (a x y : ℝ) (h : a * x = a * y) : x = y := by sorry

-- natural numbers and indices
theorem nat_sub_add (m n : ℕ) : m - n + n = m := by sorry
theorem nat_sub_cast (m n : ℕ) : ((m - n : ℕ) : ℝ) = (m : ℝ) - n := by sorry
theorem nat_div_mul (n : ℕ) : n / 2 * 2 = n := by sorry
theorem nat_div_cast (m n : ℕ) : ((m / n : ℕ) : ℝ) = (m : ℝ) / n := by sorry
theorem square_below_power (n : ℕ) : n ^ 2 < 2 ^ n := by sorry
theorem pred_below (m n : ℕ) (h : m ≤ n) : m - 1 < n := by sorry
theorem gauss_off_by_one (n : ℕ) : ∑ i ∈ Finset.range n, (i : ℝ) = n * (n + 1) / 2 := by sorry
theorem last_index {n : ℕ} (i : Fin n) : i.val + 1 < n := by sorry
theorem first_index {n : ℕ} (i : Fin n) : 0 < i.val := by sorry
theorem product_bound (m n : ℕ) : m ≤ m * n := by sorry
theorem sizes_swapped (m n : ℕ) (h : m * n = n * n) : m = n := by sorry
theorem factorial_like (n : ℕ) : ∏ i ∈ Finset.range n, ((i : ℝ) + 1) = 2 ^ n := by sorry
theorem all_below_exists (n : ℕ) : ∃ k, k < n ∧ n ≤ k + 1 := by sorry
theorem every_index_is_last {n : ℕ} (i : Fin (n + 1)) : i = Fin.last n := by sorry
theorem even_or_odd_wrong (n : ℕ) : n % 2 = 0 ∨ n % 3 = 1 := by sorry
theorem length_append (xs ys : List ℝ) : (xs ++ ys).length = xs.length := by sorry
theorem append_comm_lists (xs ys : List ℝ) : xs ++ ys = ys ++ xs := by sorry
