/-! True statements about vectors, softmax and nodes that look false: symmetric cases, empty sizes, shifts. -/

namespace Proofs.Autograd

open Spec TapeNodes

theorem outer_of_itself {n : ℕ} (x : Vec n) (i j : Fin n) : outer x x i j = outer x x j i := by sorry
theorem adjoint_at_itself {n : ℕ} (x : Vec n) : (matApplyLin x).adjoint x = outer x x := by sorry
theorem adjoint_twice {m n : ℕ} (x : Vec n) (W : Mat m n) : (matApplyLin x).adjoint.adjoint W = matApplyLin x W := by
  sorry
theorem adjoint_of_matrix {m n : ℕ} (W : Matrix (Fin m) (Fin n) ℝ) : (matCLM W).adjoint = matCLM Wᵀ := by sorry
theorem no_entries (x y : Vec 0) : x = y := by sorry
theorem no_norm (x : Vec 0) : ‖x‖ = 0 := by sorry
theorem one_entry (x : Vec 1) : ‖x‖ = |x 0| := by sorry
theorem inner_of_itself {n : ℕ} (x : Vec n) : inner ℝ x x = ‖x‖ ^ 2 := by sorry
theorem parallelogram {n : ℕ} (x y : Vec n) : ‖x + y‖ ^ 2 + ‖x - y‖ ^ 2 = 2 * (‖x‖ ^ 2 + ‖y‖ ^ 2) := by sorry
theorem cauchy_schwarz {n : ℕ} (x y : Vec n) : inner ℝ x y ^ 2 ≤ ‖x‖ ^ 2 * ‖y‖ ^ 2 := by sorry
theorem trace_swapped {n : ℕ} (A B : Mat n n) : ∑ i, ∑ j, A i j * B j i = ∑ i, ∑ j, B i j * A j i := by sorry
theorem transpose_of_product {n : ℕ} (A B : Matrix (Fin n) (Fin n) ℝ) : (A * B)ᵀ = Bᵀ * Aᵀ := by sorry
theorem relu_difference {n : ℕ} (x : Vec n) : reluVec x - reluVec (-x) = x := by sorry
theorem relu_of_positive_multiple {n : ℕ} (a : ℝ) (x : Vec n) (h : 0 ≤ a) : reluVec (a • x) = a • reluVec x := by sorry
theorem affine_difference {m n : ℕ} (W : Matrix (Fin m) (Fin n) ℝ) (b : Vec m) (x y : Vec n) :
    affine W b x - affine W b y = matCLM W (x - y) := by sorry

-- sizes that are equal by hypothesis
theorem cast_inner {m n : ℕ} (h : m = n) (x y : Vec m) : inner ℝ (castVec h x) (castVec h y) = inner ℝ x y := by sorry
theorem of_positive_size {n : ℕ} (h : 0 < n) (x : Vec n) : 0 < sumExp x := by sorry

-- softmax
theorem softmax_of_one (x : Vec 1) : softmaxVec x 0 = 1 := by sorry
theorem softmax_of_none (x : Vec 0) : ∑ i, softmaxVec x i = 0 := by sorry
theorem softmax_shifted {n : ℕ} (c : ℝ) (x : Vec n) : softmaxVec (x + vecOfFun fun _ => c) = softmaxVec x := by sorry
theorem softmax_sums {n : ℕ} (x : Vec (n + 1)) : ∑ i, softmaxVec x i = 1 := by sorry
theorem softmax_jvp_of_constant {n : ℕ} (c : ℝ) (x : Vec n) : ∑ i, softmaxJvp x (vecOfFun fun _ => c) i = 0 := by sorry
theorem softmax_of_equal {n : ℕ} (c : ℝ) (i : Fin n) : softmaxVec (vecOfFun fun _ : Fin n => c) i = 1 / n := by sorry
theorem softmax_jvp_symmetric {n : ℕ} (x dx δ : Vec n) :
    inner ℝ (softmaxJvp x dx) δ = inner ℝ (softmaxJvp x δ) dx := by sorry
theorem log_jvp_adjoint {n : ℕ} (x dx δ : Vec n) :
    inner ℝ (logSoftmaxVjp x dx) δ = inner ℝ dx (logSoftmaxJvp x δ) := by sorry
theorem log_twice {n : ℕ} (x : Vec n) : logSoftmaxVec (logSoftmaxVec x) = logSoftmaxVec x := by sorry
theorem rows_by_code {m n : ℕ} (x : Vec (SoftmaxLastAxis.MNSize m n)) (i : Fin m) (j : Fin n) :
    SoftmaxLastAxis.rows x i j = x (finProdFinEquiv (i, j)) := by sorry
theorem code_inverse {m n : ℕ} (k : Fin (m * n)) : finProdFinEquiv (k.divNat, k.modNat) = k := by sorry

-- contexts and nodes
theorem read_what_was_written {Γ : List Shape} {s : Shape} (i : Idx Γ s) (v : Vec (Shape.size s)) :
    CtxVec.get i (CtxVec.single i v) = v := by sorry
theorem size_is_not_two_more (n : ℕ) : Shape.size (.dim n .scalar) = n := by sorry
theorem size_of_empty (m : ℕ) : Shape.size (.dim m (.dim 0 .scalar)) = 0 := by sorry
theorem mean_of_nothing (p t : Tensor ℝ (.dim 0 .scalar)) : mseSpec p t = 0 := by sorry
def cubeFderiv {Γ : List Shape} {s : Shape} (idx : Idx Γ s) :
    NodeFDerivCorrect (elemwise idx (fun x => x * x * x) fun x => 3 * x ^ 2) := by sorry
def kinkFreeFderiv {Γ : List Shape} {s : Shape} (idx : Idx Γ s) :
    NodeFDerivCorrect (elemwise idx (fun x => max x 0 - max (-x) 0) fun _ => 1) := by sorry
def reluAwayFderivAt {Γ : List Shape} {s : Shape} (idx : Idx Γ s) (xV : CtxVec Γ)
    (hx : ∀ i, CtxVec.get idx xV i < 0) : NodeFDerivCorrectAt (relu idx) xV := by sorry

end Proofs.Autograd
