/-! False statements about vectors, matrices and linear maps. -/

namespace Proofs.Autograd

-- arguments swapped
theorem adjoint_is_outer_swapped {n : ℕ} (x δ : Vec n) : (matApplyLin x).adjoint δ = outer x δ := by sorry
theorem pairing_swapped {n : ℕ} (x δ : Vec n) (dW : Mat n n) :
    inner ℝ (matApplyLin x dW) δ = inner ℝ dW (outer x δ) := by sorry
theorem outer_comm {n : ℕ} (x y : Vec n) : outer x y = outer y x := by sorry
theorem append_comm {n : ℕ} (a b : Vec n) : appendVec a b = appendVec b a := by sorry
theorem inner_append_crossed {n : ℕ} (a b c d : Vec n) :
    inner ℝ (appendVec a b) (appendVec c d) = inner ℝ a d + inner ℝ b c := by sorry

-- index or transpose
theorem outer_entry_transposed {n : ℕ} (δ x : Vec n) (i j : Fin n) :
    outer δ x i j = δ.ofLp j * x.ofLp i := by sorry
theorem inner_transposed {n : ℕ} (A B : Mat n n) : inner ℝ A B = ∑ i, ∑ j, A i j * B j i := by sorry
theorem inner_diagonal {n : ℕ} (A B : Mat n n) : inner ℝ A B = ∑ i, A i i * B i i := by sorry
theorem matrix_self_adjoint {n : ℕ} (W : Matrix (Fin n) (Fin n) ℝ) : (matCLM W).adjoint = matCLM W := by sorry
theorem matrix_left_right {n : ℕ} (W : Matrix (Fin n) (Fin n) ℝ) (x : Vec n) :
    (matCLM W x).ofLp = Matrix.vecMul x.ofLp W := by sorry
theorem first_entry_everywhere {n : ℕ} (f : Fin (n + 1) → ℝ) (i : Fin (n + 1)) :
    (vecOfFunMat f).ofLp i = f 0 := by sorry
theorem take_left_is_right {n : ℕ} (a b : Vec n) : TapeNodes.takeLeftVec (appendVec a b) = b := by sorry
theorem transpose_fixed {n : ℕ} (W : Mat n n) : toMatrix W = (toMatrix W)ᵀ := by sorry
theorem product_commutes {n : ℕ} (A B : Matrix (Fin n) (Fin n) ℝ) : A * B = B * A := by sorry
theorem product_transposed {n : ℕ} (A B : Matrix (Fin n) (Fin n) ℝ) : (A * B)ᵀ = Aᵀ * Bᵀ := by sorry

-- sign, factor, operation
theorem outer_entry_sign {m n : ℕ} (δ : Vec m) (x : Vec n) (i : Fin m) (j : Fin n) :
    outer δ x i j = -(δ i * x j) := by sorry
theorem outer_entry_twice {m n : ℕ} (δ : Vec m) (x : Vec n) (i : Fin m) (j : Fin n) :
    outer δ x i j = 2 * (δ i * x j) := by sorry
theorem outer_entry_sum {m n : ℕ} (δ : Vec m) (x : Vec n) (i : Fin m) (j : Fin n) :
    outer δ x i j = δ i + x j := by sorry
theorem to_matrix_sub {m n : ℕ} (A B : Mat m n) : toMatrix (A - B) = toMatrix B - toMatrix A := by sorry
theorem to_matrix_smul_twice {m n : ℕ} (a : ℝ) (W : Mat m n) :
    toMatrix (a • W) = (a * a) • toMatrix W := by sorry
theorem inner_halved {n : ℕ} (x y : Vec n) : inner ℝ x y = (1 / 2) * ∑ i, x i * y i := by sorry
theorem inner_sum {n : ℕ} (x y : Vec n) : inner ℝ x y = ∑ i, (x i + y i) := by sorry
theorem dot_map_sum {n : ℕ} (y x : Vec n) : dotCLM y x = (∑ j, y j) * ∑ j, x j := by sorry
theorem adjoint_negated {m n : ℕ} (x : Vec n) (δ : Vec m) :
    (matApplyLin x).adjoint δ = -outer δ x := by sorry

-- norms
theorem norm_additive {n : ℕ} (x y : Vec n) : ‖x + y‖ = ‖x‖ + ‖y‖ := by sorry
theorem norm_not_squared {n : ℕ} (x : Vec n) : inner ℝ x x = ‖x‖ := by sorry
theorem norm_sq_is_sum {n : ℕ} (x : Vec n) : ‖x‖ ^ 2 = ∑ i, |x i| := by sorry
theorem cauchy_schwarz_strict {n : ℕ} (x y : Vec n) : inner ℝ x y < ‖x‖ * ‖y‖ := by sorry
theorem inner_self_positive {n : ℕ} (x : Vec n) : 0 < inner ℝ x x := by sorry
theorem norm_smul_signed {n : ℕ} (a : ℝ) (x : Vec n) : ‖a • x‖ = a * ‖x‖ := by sorry
theorem orthogonal_is_zero {n : ℕ} (x y : Vec n) (h : inner ℝ x y = 0) : x = 0 ∨ y = 0 := by sorry
theorem norm_of_functions {n : ℕ} (f : Fin n → ℝ) : ‖f‖ = ∑ i, |f i| := by sorry

-- affine maps and rectifiers
theorem affine_additive {m n : ℕ} (W : Matrix (Fin m) (Fin n) ℝ) (b : Vec m) (x y : Vec n) :
    affine W b (x + y) = affine W b x + affine W b y := by sorry
theorem affine_derivative_twice {m n : ℕ} (W : Matrix (Fin m) (Fin n) ℝ) (b : Vec m) (x : Vec n) :
    HasFDerivAt (affine W b) ((2 : ℝ) • matCLM W) x := by sorry
theorem affine_derivative_transposed {n : ℕ} (W : Matrix (Fin n) (Fin n) ℝ) (b x : Vec n) :
    HasFDerivAt (affine W b) (matCLM Wᵀ) x := by sorry
theorem relu_additive {n : ℕ} (x y : Vec n) : reluVec (x + y) = reluVec x + reluVec y := by sorry
theorem relu_homogeneous {n : ℕ} (a : ℝ) (x : Vec n) : reluVec (a • x) = a • reluVec x := by sorry
theorem relu_odd {n : ℕ} (x : Vec n) : reluVec (-x) = -reluVec x := by sorry
theorem relu_derivative_everywhere {n : ℕ} (x : Vec n) : HasFDerivAt reluVec (reluDerivCLM x) x := by sorry
theorem relu_derivative_somewhere {n : ℕ} (x : Vec n) (hx : ∃ i, x i ≠ 0) :
    HasFDerivAt reluVec (reluDerivCLM x) x := by sorry
theorem relu_derivative_inclusive {n : ℕ} (x : Vec n) (hx : ∀ i, 0 ≤ x i) :
    HasFDerivAt reluVec (reluDerivCLM x) x := by sorry
theorem relu_derivative_base_point {n : ℕ} (x y : Vec n) (hx : ∀ i, x i ≠ 0) :
    HasFDerivAt reluVec (reluDerivCLM y) x := by sorry
theorem relu_jacobian_is_identity {n : ℕ} (x : Vec n) : fderiv ℝ reluVec x = ContinuousLinearMap.id ℝ (Vec n) := by
  sorry
theorem elementwise_wrong_base {n : ℕ} (f f' : ℝ → ℝ) (x y : Vec n) (hf : ∀ z, HasDerivAt f (f' z) z) :
    HasFDerivAt (elemwiseVec f) (elemwiseDerivCLM f' y) x := by sorry
theorem elementwise_wrong_function {n : ℕ} (f f' : ℝ → ℝ) (x : Vec n) (hf : ∀ z, HasDerivAt f (f' z) z) :
    HasFDerivAt (elemwiseVec f) (elemwiseDerivCLM f x) x := by sorry
theorem elementwise_dropped {n : ℕ} (f f' : ℝ → ℝ) (x : Vec n) :
    HasFDerivAt (elemwiseVec f) (elemwiseDerivCLM f' x) x := by sorry
theorem elementwise_only_first {n : ℕ} (f f' : ℝ → ℝ) (x : Vec (n + 1)) (hf : HasDerivAt f (f' (x 0)) (x 0)) :
    HasFDerivAt (elemwiseVec f) (elemwiseDerivCLM f' x) x := by sorry

-- ∀ for ∃, and hypotheses that do not reach
theorem some_is_all {n : ℕ} (x : Vec n) (h : ∃ i, x i ≠ 0) : ∀ i, x i ≠ 0 := by sorry
theorem all_is_some {n : ℕ} (x : Vec n) (h : ∀ i, 0 < x i) : ∃ i, 0 < x i := by sorry
theorem sum_zero_is_zero {n : ℕ} (x : Vec n) (h : ∑ i, x i = 0) : x = 0 := by sorry
theorem sorted {n : ℕ} (x : Vec n) (i j : Fin n) (h : i ≤ j) : x i ≤ x j := by sorry
theorem sum_of_squares {n : ℕ} (x : Vec n) : (∑ i, x i) ^ 2 = ∑ i, x i ^ 2 := by sorry
theorem sum_of_products {n : ℕ} (x y : Vec n) : ∑ i, x i * y i = (∑ i, x i) * ∑ i, y i := by sorry

end Proofs.Autograd
