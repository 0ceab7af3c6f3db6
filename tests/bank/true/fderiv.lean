module
public import NN.Proofs.Autograd.FDeriv.MlpMse
import Mathlib.Analysis.Calculus.FDeriv.Add

/-! True statements that look false. -/

set_option autoImplicit false
universe u v
namespace Proofs.Autograd

open Spec Tensor Activation
open scoped BigOperators InnerProductSpace RealInnerProductSpace
open scoped _root_.Autograd
open Real (exp log sqrt)

noncomputable section
variable {n m k : ℕ}

@[simp, norm_cast] theorem mse_comm (t y : Vec n) : mse t y = mse y t := by
  simp only [mse]; ring_nf
protected lemma mse_empty (t y : Vec 0) : mse t y = 5 * mse y t := by rfl
lemma mseGrad_neg (t y : Vec n) : mseGrad y t = -mseGrad t y := by sorry
lemma mse_self (y : Vec n) : VJP[mse y, y] 1 = 0 := by sorry
lemma mse_eq_sum (t y : Vec n) : mse t y = (∑ i, (y i - t i)^2) / n := by sorry
lemma mse_scaled (c : ℝ) (t y : Vec n) : mse (c • t) (c • y) = c ^ 2 * mse t y := by sorry
theorem mse_shift (s t y : Vec n) : mse (t + s) (y + s) = mse t y := by sorry
theorem mse_one (t y : Vec 1) : mse t y = (t 0 - y 0) ^ 2 := by sorry

theorem relu_relu : ∀ x : Vec n, reluVec (reluVec x) = reluVec x := by intro x; ext i; simp
theorem relu_mul_self (x : Vec n) (i : Fin n) : reluVec x i * x i = reluVec x i ^ 2 := by sorry
theorem relu_abs (x : Vec n) (i : Fin n) : 2 * (reluVec x).ofLp i = x i + |x i| := by sorry
theorem relu_lip (x y : Vec n) : ‖reluVec x - reluVec y‖ ≤ ‖x - y‖ := by sorry
theorem reluDeriv_idem (x dx : Vec n) : reluDerivCLM x (reluDerivCLM x dx) = reluDerivCLM x dx := by sorry
theorem reluDeriv_neg_sum (x : Vec n) (hx : ∀ i, x i ≠ 0) : reluDerivCLM x + reluDerivCLM (-x) = ContinuousLinearMap.id ℝ (Vec n) := by sorry
theorem reluDeriv_at_zero (dx : Vec n) : reluDerivCLM (0 : Vec n) dx = 0 := by sorry
theorem reluDeriv_scale (c : ℝ) (hc : 0 < c) (x : Vec n) : reluDerivCLM (c • x) = reluDerivCLM x := by sorry
theorem fderiv_relu_at_zero {x : ℝ} (hx : x = 0) : deriv Math.reluSpec x = 0 := by sorry
theorem fderiv_reluVec_kink (x : Vec (n+1)) (h : x 0 = 0) : fderiv ℝ (reluVec (n := n+1)) x = 0 := by sorry

theorem affine_sub (W : Matrix (Fin m) (Fin n) ℝ) (b c : Vec m) (x : Vec n) : affine W b x - affine W c x = b - c := by sorry
theorem affine_zero (b : Vec m) (x : Vec n) : affine 0 b x = b := by sorry
theorem affine_comp (W : Matrix (Fin m) (Fin n) ℝ) (U : Matrix (Fin n) (Fin k) ℝ) (b : Vec m) (c : Vec n) :
    affine W b ∘ affine U c = affine (W * U) (affine W b c) := by funext x; sorry
theorem fderiv_affine_const (W : Matrix (Fin m) (Fin n) ℝ) (b : Vec m) (x y : Vec n) :
    fderiv ℝ (affine W b) x = fderiv ℝ (affine W b) y := by sorry
theorem matCLM_id : matCLM (1 : Matrix (Fin n) (Fin n) ℝ) = ContinuousLinearMap.id ℝ (Vec n) := by sorry
theorem matCLM_mul (W : Matrix (Fin m) (Fin n) ℝ) (U : Matrix (Fin n) (Fin k) ℝ) :
    matCLM (W * U) = (matCLM W).comp (matCLM U) := by sorry
theorem matCLM_adj (W : Matrix (Fin m) (Fin n) ℝ) (x : Vec n) (y : Vec m) :
    ⟪matCLM W x, y⟫_ℝ = ⟪x, ((matCLM W)†) y⟫_ℝ := by sorry
theorem matCLM_sym (W : Matrix (Fin n) (Fin n) ℝ) (h : Wᵀ = W) : (matCLM W).adjoint = matCLM W := by sorry
theorem outer_adj (x y : Vec n) (δ : Vec m) : inner ℝ (outer δ x) (outer δ y) = ‖δ‖ ^ 2 * inner ℝ x y := by sorry
theorem outer_zero (x : Vec n) : outer (0 : Vec m) x = 0 := by sorry
theorem outer_smul (c : ℝ) (δ : Vec m) (x : Vec n) : outer (c • δ) x = outer δ (c • x) := by sorry
theorem outer_transpose (δ : Vec m) (x : Vec n) : (toMatrix (outer δ x))ᵀ = toMatrix (outer x δ) := by sorry
theorem frobenius (A : Mat m n) : inner ℝ A A = ∑ i, ∑ j, A i j ^ 2 := by sorry
theorem toMatE_inner (A B : Tensor ℝ (.dim m (.dim n .scalar))) : inner ℝ (toMatE A) (toMatE B) = Spec.dot A B := by sorry
theorem norm_mat_le (A : Mat m n) (x : Vec n) : ‖matApplyLin x A‖ ≤ ‖A‖ * ‖x‖ := by sorry

section
variable (W1 : Mat m n) (b1 : Vec m) (W2 : Mat k m) (b2 : Vec k) (x : Vec n)
omit W2 in
theorem z1_eq : z1 W1 b1 x = affine (toMatrix W1) b1 x := rfl
theorem y_eq : y W1 b1 W2 b2 x = affineMat W2 b2 (a1 W1 b1 x) := rfl
include W1 in
theorem y_zero : y W1 b1 W2 0 x = matCLM (toMatrix W2) (a1 W1 b1 x) := by sorry
theorem relu_pos_hom (c : ℝ) (hc : 0 ≤ c) : y (c • W1) (c • b1) W2 0 x = c • y W1 b1 W2 0 x := by sorry
theorem grad_b2_any (t : Vec k) :
    VJP[fun b => mse t (mlpVecMat W1 b1 W2 b x), b2] (1 : ℝ) = mseGrad (y W1 b1 W2 b2 x) t := by sorry
theorem wrt_W1_kink_free (hx : ∀ i : Fin m, z1 W1 b1 x i < 0) :
    fderiv ℝ (fun W : Mat m n => mlpVecMat W b1 W2 b2 x) W1 = 0 := by sorry
end

theorem softmax_perm_one (x : Vec 1) : softmaxVec x = vecOfFun (fun _ => (1:ℝ)) := by sorry
theorem softmax_jvp_sum (x dx : Vec n) : ∑ i, softmaxJvp x dx i = 0 ∨ n = 0 := by sorry
theorem softmax_jvp_self_pos (x dx : Vec n) : 0 ≤ ⟪softmaxJvp x dx, dx⟫_ℝ := by sorry
theorem softmax_neg (x : Vec 2) : softmaxVec x 0 = 1 / (1 + exp (x 1 - x 0)) := by sorry
theorem softmax_sigmoid (x : Vec 2) : softmaxVec x 0 = Math.sigmoidSpec (x 0 - x 1) := by sorry
theorem softmax_le_one (x : Vec n) (i : Fin n) : softmaxVec x i ≤ 1 := by sorry
theorem softmax_exp_log (x : Vec n) (i : Fin n) : exp (logSoftmaxVec x i) = softmaxVec x i := by sorry
theorem log_softmax_log (x : Vec n) (i : Fin n) : log (softmaxVec x i) = logSoftmaxVec x i := by sorry
theorem logSoftmax_nonpos (x : Vec n) (i : Fin n) : logSoftmaxVec x i ≤ 0 := by sorry
theorem sumExp_zero_size (x : Vec 0) : sumExp x = 0 := by sorry
theorem sumExp_ge (x : Vec n) (i : Fin n) : exp (x i) ≤ sumExp x := by sorry
theorem softmaxDeriv_symm (x : Vec n) : (softmaxDerivCLM x)† = softmaxDerivCLM x := by sorry
theorem softmaxDeriv_shift (x : Vec n) (c : ℝ) : softmaxDerivCLM (x + vecOfFun fun _ ↦ c) = softmaxDerivCLM x := by sorry
theorem softmaxDeriv_max (x : Vec n) (i : Fin n) : softmaxDerivCLM (x - vecOfFun fun _ ↦ x i) = softmaxDerivCLM x := by sorry
theorem logSoftmaxJvp_eq_sub (x dx : Vec n) (i j : Fin n) : logSoftmaxJvp x dx i - logSoftmaxJvp x dx j = dx i - dx j := by sorry

theorem evalCLM_adjoint' (i : Fin n) : (evalCLM i).adjoint (1 : ℝ) = EuclideanSpace.single i (1 : ℝ) := by sorry
theorem elemwise_comp {f f' g g' : ℝ → ℝ} (x : Vec n) (hf : ∀ z, HasDerivAt f (f' z) z) (hg : ∀ z, HasDerivAt g (g' z) z) :
    HasFDerivAt (elemwiseVec (f ∘ g)) (elemwiseDerivCLM (fun z => f' (g z) * g' z) x) x := by sorry
theorem elemwise_any (f' : ℝ → ℝ) (x u v : Vec n) :
    ⟪elemwiseDerivCLM f' x u, v⟫_ℝ = ⟪u, elemwiseDerivCLM f' x v⟫_ℝ := by sorry
theorem compose_forward (f : OpSpecFDerivCorrect n m) (g : OpSpecFDerivCorrect m k) :
    (f.compose g).forwardVec = g.forwardVec ∘ f.forwardVec := rfl
theorem compose_backward (f : OpSpecFDerivCorrect n m) (g : OpSpecFDerivCorrect m k)
    (x : Tensor ℝ (.dim n .scalar)) (δ : Tensor ℝ (.dim k .scalar)) :
    (f.compose g).correct.op.backward x δ
      = f.correct.op.backward x (g.correct.op.backward (f.correct.op.forward x) δ) := by rfl
theorem backward_zero (C : OpSpecFDerivCorrect n m) (x : Tensor ℝ (.dim n .scalar)) :
    toVecE (C.correct.op.backward x (ofVecE 0)) = 0 := by sorry
example (C : OpSpecFDerivCorrect n m) (x : Vec n) (δ : Vec m) (v : Vec n) :
    ⟪C.deriv x v, δ⟫_ℝ = ⟪v, (C.deriv x).adjoint δ⟫_ℝ := by
  exact (ContinuousLinearMap.adjoint_inner_right _ _ _).symm

end
end Proofs.Autograd
