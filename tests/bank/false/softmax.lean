/-! False statements about softmax, row by row and on flattened matrices. -/

namespace Proofs.Autograd

theorem jvp_swapped {n : ℕ} (x dx : Vec n) : softmaxJvp x dx = softmaxJvp dx x := by sorry
theorem jvp_diagonal {n : ℕ} (x dx : Vec n) :
    softmaxJvp x dx = vecOfFun fun i => softmaxVec x i * dx i := by sorry
theorem jvp_sign {n : ℕ} (x dx : Vec n) :
    softmaxJvp x dx = vecOfFun fun i => softmaxVec x i * (dx i + ∑ j, softmaxVec x j * dx j) := by sorry
theorem jvp_missing_weight {n : ℕ} (x dx : Vec n) :
    softmaxJvp x dx = vecOfFun fun i => softmaxVec x i * (dx i - ∑ j, dx j) := by sorry
theorem jvp_symmetric_base {n : ℕ} (x dx δ : Vec n) :
    inner ℝ (softmaxJvp x dx) δ = inner ℝ dx (softmaxJvp dx δ) := by sorry
theorem sum_is_one {n : ℕ} (x : Vec n) : ∑ i, softmaxVec x i = 1 := by sorry
theorem at_most_half {n : ℕ} (x : Vec (n + 2)) (i : Fin (n + 2)) : softmaxVec x i ≤ 1 / 2 := by sorry
theorem scale_invariant {n : ℕ} (x : Vec n) : softmaxVec ((2 : ℝ) • x) = softmaxVec x := by sorry
theorem shift_by_entry {n : ℕ} (x c : Vec n) : softmaxVec (x + c) = softmaxVec x := by sorry
theorem exp_without_sum {n : ℕ} (x : Vec n) (i : Fin n) : softmaxVec x i = Real.exp (x i) := by sorry
theorem sum_exp_positive {n : ℕ} (x : Vec n) : 0 < sumExp x := by sorry
theorem sum_exp_at_least_one {n : ℕ} (x : Vec (Nat.succ n)) : 1 ≤ sumExp x := by sorry
theorem sum_exp_additive {n : ℕ} (x y : Vec n) : sumExp (x + y) = sumExp x * sumExp y := by sorry
theorem derivative_base_point {n : ℕ} (x : Vec n) : HasFDerivAt softmaxVec (softmaxDerivCLM (-x)) x := by sorry
theorem derivative_factor {n : ℕ} (x : Vec n) :
    HasFDerivAt softmaxVec ((2 : ℝ) • softmaxDerivCLM x) x := by sorry

-- logarithms
theorem log_without_log {n : ℕ} (x : Vec n) (i : Fin n) : logSoftmaxVec x i = x i - sumExp x := by sorry
theorem log_max_shift {n : ℕ} (x : Vec n) (i j : Fin n) :
    logSoftmaxVec x i = x i - x j - Real.log (sumExp x) := by sorry
theorem log_jvp_is_jvp {n : ℕ} (x dx : Vec n) : logSoftmaxJvp x dx = softmaxJvp x dx := by sorry
theorem log_vjp_is_jvp {n : ℕ} (x δ : Vec n) : logSoftmaxVjp x δ = logSoftmaxJvp x δ := by sorry
theorem log_inner_crossed {n : ℕ} (x dx δ : Vec n) :
    inner ℝ (logSoftmaxVjp x dx) δ = inner ℝ dx (logSoftmaxVjp x δ) := by sorry
theorem log_derivative_of_softmax {n : ℕ} (x : Vec n) : HasFDerivAt logSoftmaxVec (softmaxDerivCLM x) x := by sorry
theorem softmax_derivative_of_log {n : ℕ} (x : Vec n) : HasFDerivAt softmaxVec (logSoftmaxDerivCLM x) x := by sorry
theorem log_positive {n : ℕ} (x : Vec n) (i : Fin n) : 0 ≤ logSoftmaxVec x i := by sorry
theorem log_is_exp_inverse_wrong {n : ℕ} (x : Vec n) (i : Fin n) :
    Real.log (softmaxVec x i) = logSoftmaxVec x i + 1 := by sorry

-- rows of a flattened matrix
open TapeNodes

theorem rows_column_major {n : ℕ} (x : Vec (SoftmaxLastAxis.MNSize n n)) (i j : Fin n) :
    SoftmaxLastAxis.rows x i j = x (finProdFinEquiv (j, i)) := by sorry
theorem code_first_is_second {n : ℕ} (p : Fin n × Fin n) : (finProdFinEquiv p).divNat = p.2 := by sorry
theorem code_second_is_first {n : ℕ} (p : Fin n × Fin n) : (finProdFinEquiv p).modNat = p.1 := by sorry
theorem code_symmetric {n : ℕ} (i j : Fin n) : finProdFinEquiv (i, j) = finProdFinEquiv (j, i) := by sorry
theorem code_value {m n : ℕ} (i : Fin m) (j : Fin n) :
    (finProdFinEquiv (i, j)).val = i.val + m * j.val := by sorry
theorem code_value_swapped {m n : ℕ} (i : Fin m) (j : Fin n) :
    (finProdFinEquiv (i, j)).val = i.val + n * j.val := by sorry
theorem one_softmax_for_all_rows {m n : ℕ} (x : Vec (SoftmaxLastAxis.MNSize m n)) :
    SoftmaxLastAxis.forwardMN (m := m) (n := n) x = softmaxVec x := by sorry
theorem wrong_axis {n : ℕ} (x : Vec (SoftmaxLastAxis.MNSize n n)) (j : Fin n) :
    ∑ i : Fin n, SoftmaxLastAxis.forwardMN (m := n) (n := n) x (finProdFinEquiv (i, j)) = 1 := by sorry
theorem rows_jvp_base {m n : ℕ} (x dx δ : Vec (SoftmaxLastAxis.MNSize m n)) :
    inner ℝ (SoftmaxLastAxis.jvpMN (m := m) (n := n) x dx) δ
      = inner ℝ dx (SoftmaxLastAxis.jvpMN (m := m) (n := n) δ x) := by sorry
theorem rows_log_jvp_symmetric {m n : ℕ} (x dx δ : Vec (LogSoftmaxLastAxis.MNSize m n)) :
    inner ℝ (LogSoftmaxLastAxis.jvpMN (m := m) (n := n) x dx) δ
      = inner ℝ dx (LogSoftmaxLastAxis.jvpMN (m := m) (n := n) x δ) := by sorry
theorem rows_derivative_of_log {m n : ℕ} (x : Vec (SoftmaxLastAxis.MNSize m n)) :
    HasFDerivAt (SoftmaxLastAxis.forwardMN (m := m) (n := n)) (LogSoftmaxLastAxis.derivMN (m := m) (n := n) x) x := by
  sorry
theorem unrows_reversed {m n : ℕ} (r : Fin m → Vec n) (i j : Fin m) (k : Fin n) :
    SoftmaxLastAxis.unrows r (finProdFinEquiv (i, k)) = r j k := by sorry
theorem heads_are_rows_of_other_size {n : ℕ} (x : Vec (n * n)) (i j : Fin n) :
    Batched.heads (h := n) (n := n) x i j = x (finProdFinEquiv (j, i)) := by sorry
theorem matmul_commutes {n : ℕ} (a b : Vec (Matmul.matSize n n)) :
    Matmul.matmulVec (m := n) (n := n) (p := n) a b = Matmul.matmulVec (m := n) (n := n) (p := n) b a := by sorry
theorem matmul_transposed {n : ℕ} (a b : Vec (Matmul.matSize n n)) (i k : Fin n) :
    Matmul.matmulVec (m := n) (n := n) (p := n) a b (Matmul.idxMN i k)
      = ∑ j : Fin n, a (Matmul.idxMN i j) * b (Matmul.idxMN k j) := by sorry

end Proofs.Autograd
