/-! False statements about the mean squared error and gradients of a network. -/

namespace Proofs
namespace Autograd
open Spec
open Tensor
open scoped BigOperators
open scoped _root_.Autograd

noncomputable section

lemma toMatrix_toMatE_T {n : Nat} (W : Tensor ℝ (.dim n (.dim n .scalar))) :
    toMatrix (m := n) (n := n) (toMatE W) = (tensorToMatrix (m := n) (n := n) W)ᵀ := by
  sorry

lemma reluDerivCLM_apply_max {n : Nat} (x dx : Vec n) (i : Fin n) :
    (reluDerivCLM (n := n) x) dx i = max (dx i) 0 := by sorry

lemma reluDerivCLM_apply_swap {n : Nat} (x dx : Vec n) (i : Fin n) :
    (reluDerivCLM (n := n) x) dx i = x i * Activation.Math.reluDerivSpec (dx i) := by sorry

lemma reluDerivCLM_inner_base {n : Nat} (x dx δ : Vec n) :
    inner ℝ ((reluDerivCLM (n := n) x) dx) δ = inner ℝ dx ((reluDerivCLM (n := n) δ) x) := by sorry

lemma toVecE_linear_input_not_adjoint {n : Nat}
    (W : Tensor ℝ (.dim n (.dim n .scalar))) (δ : Tensor ℝ (.dim n .scalar)) :
    toVecE (Spec.linearInputDerivSpec (inDim := n) (outDim := n) W δ) =
      (matCLM (tensorToMatrix W)) (toVecE δ) := by sorry

lemma hasFDerivAt_mse_no_two {n : Nat} (t y : Vec n) :
    HasFDerivAt (mse (n := n) t) ((1 / (n : ℝ)) • (innerSL ℝ (y - t))) y := by sorry

lemma hasFDerivAt_mse_sum {n : Nat} (t y : Vec n) :
    HasFDerivAt (mse (n := n) t) ((2 : ℝ) • (innerSL ℝ (y - t))) y := by sorry

lemma hasFDerivAt_mse_sign {n : Nat} (t y : Vec n) :
    HasFDerivAt (mse (n := n) t) ((2 / (n : ℝ)) • (innerSL ℝ (t - y))) y := by sorry

lemma hasFDerivAt_mse_succ {n : Nat} (t y : Vec n) :
    HasFDerivAt (mse (n := n) t) ((2 / ((n : ℝ) + 1)) • (innerSL ℝ (y - t))) y := by sorry

lemma mseGrad_swapped {n : Nat} (t y : Vec n) :
    VJP[mse (n := n) t, y] (1 : ℝ) = mseGrad (n := n) t y := by sorry

lemma mseGrad_wrong_fn {n : Nat} (t y : Vec n) :
    VJP[mse (n := n) y, y] (1 : ℝ) = mseGrad (n := n) y t := by sorry

lemma mse_triangle' {n : Nat} (s t y : Vec n) : mse s y ≤ mse s t + mse t y := by sorry

lemma mse_scaled {n : Nat} (c : ℝ) (t y : Vec n) : mse (c • t) (c • y) = c * mse t y := by sorry
lemma mse_pos {n : Nat} (t y : Vec n) (h : y ≠ t) : mse t y > 1 / 1000 := by sorry
lemma mse_eq_zero_norm {n : Nat} (t y : Vec n) : mse t y = ‖y - t‖ ^ 2 := by sorry
lemma mse_norm_outside {n : Nat} (t y : Vec n) : mse t y = (((n : ℝ)⁻¹) * ‖y - t‖) ^ 2 := by sorry

section
variable {inDim hidDim outDim : Nat}
variable (W1 : Mat hidDim inDim) (b1 : Vec hidDim)
variable (W2 : Mat outDim hidDim) (b2 : Vec outDim)
variable (x : Vec inDim) (t : Vec outDim)

lemma z1_no_bias : z1 (inDim := inDim) (hidDim := hidDim) W1 b1 x = matCLM (toMatrix W1) x := by sorry
lemma a1_is_z1 : a1 W1 b1 x = z1 W1 b1 x := by sorry
lemma y_linear : y W1 b1 W2 b2 x = affineMat W2 b2 (affineMat W1 b1 x) := by sorry

lemma wrt_W2_base :
    HasFDerivAt (fun W2 : Mat outDim hidDim => mlpVecMat (inDim := inDim) (hidDim := hidDim) (outDim
      := outDim) W1 b1 W2 b2 x)
      (matApplyLin (m := outDim) (n := hidDim) (z1 (inDim := inDim) (hidDim := hidDim) W1 b1 x)) W2
        := by
  sorry

lemma grad_W2_mse_swapped {n : Nat} (W1 : Mat n n) (b1 : Vec n) (W2 : Mat n n) (b2 : Vec n) (x t : Vec n):
    (fderiv ℝ (fun W2 : Mat n n =>
        mse (n := n) t (mlpVecMat (inDim := n) (hidDim := n) (outDim := n) W1 b1
          W2 b2 x)) W2).adjoint
        (1 : ℝ)
      =
    outer (m := n) (n := n)
      (a1 (inDim := n) (hidDim := n) W1 b1 x)
      (mseGrad (n := n) (y (inDim := n) (hidDim := n) (outDim := n) W1 b1 W2 b2
        x) t) := by
  sorry

lemma grad_W2_mse_x :
    (fderiv ℝ (fun W2 : Mat outDim hidDim =>
        mse (n := outDim) t (mlpVecMat W1 b1 W2 b2 x)) W2).adjoint (1 : ℝ)
      =
    (2 : ℝ) • outer (mseGrad (y W1 b1 W2 b2 x) t) (a1 W1 b1 x) := by
  sorry

lemma grad_b2_mse_bias :
    (fderiv ℝ (fun b2 : Vec outDim =>
        mse (n := outDim) t (mlpVecMat (inDim := inDim) (hidDim := hidDim) (outDim := outDim) W1 b1
          W2 b2 x)) b2).adjoint
        (1 : ℝ)
      =
    mseGrad (n := outDim) t
      (mlpVecMat (inDim := inDim) (hidDim := hidDim) (outDim := outDim) W1 b1 W2 b2 x) := by
  sorry

lemma wrt_b1_no_hyp :
    HasFDerivAt (fun b1 : Vec hidDim => mlpVecMat W1 b1 W2 b2 x)
      ((matCLM (m := outDim) (n := hidDim) (toMatrix W2)).comp
        (reluDerivCLM (n := hidDim) (z1 (inDim := inDim) (hidDim := hidDim) W1 b1 x))) b1 := by
  sorry

lemma grad_b1_mse_no_mask (hx : ∀ i : Fin hidDim, (z1 (inDim := inDim) (hidDim := hidDim) W1 b1 x) i ≠ 0) :
    (fderiv ℝ (fun b1 : Vec hidDim => mse t (mlpVecMat W1 b1 W2 b2 x)) b1).adjoint (1 : ℝ)
      = (matCLM (toMatrix W2)).adjoint (mseGrad (y W1 b1 W2 b2 x) t) := by
  sorry

include b1 in
lemma grad_x_mse_W2 (hx : ∀ i : Fin hidDim, (z1 W1 b1 x) i ≠ 0) :
    (fderiv ℝ (fun x : Vec inDim => mse t (mlpVecMat W1 b1 W2 b2 x)) x).adjoint (1 : ℝ)
      = (matCLM (toMatrix W1)).adjoint ((matCLM (toMatrix W2)).adjoint (mseGrad (y W1 b1 W2 b2 x) t)) := by
  sorry

lemma grad_W1_mse_le (hx : ∀ i : Fin hidDim, 0 ≤ (z1 W1 b1 x) i) :
    (fderiv ℝ (fun W1 : Mat hidDim inDim => mse t (mlpVecMat W1 b1 W2 b2 x)) W1).adjoint (1 : ℝ)
      = outer ((reluDerivCLM (z1 W1 b1 x)) ((matCLM (toMatrix W2)).adjoint (mseGrad (y W1 b1 W2 b2 x) t))) x := by
  sorry

lemma wrt_W1_z (hx : ∀ i : Fin hidDim, z1 W1 b1 x i ≠ 0) :
    HasFDerivAt (fun W1 : Mat hidDim inDim => mlpVecMat W1 b1 W2 b2 x)
      ((matCLM (toMatrix W2)).comp ((reluDerivCLM (-z1 W1 b1 x)).comp (matApplyLin (m := hidDim) x))) W1 := by
  sorry
end

lemma adjoint_comp_order
    {E F : Type} [NormedAddCommGroup E] [InnerProductSpace ℝ E] [CompleteSpace E]
    [NormedAddCommGroup F] [InnerProductSpace ℝ F] [CompleteSpace F]
    {f : E → F} {g : F → ℝ}
    {f' : E →L[ℝ] F} {g' : F →L[ℝ] ℝ} {x : E}
    (hf : HasFDerivAt f f' x) (hg : HasFDerivAt g g' (f x)) :
    (fderiv ℝ (fun x => g (f x)) x).adjoint (1 : ℝ) = f'.adjoint (g'.adjoint (2 : ℝ)) := by
  sorry

lemma adjoint_comp_base
    {E F : Type} [NormedAddCommGroup E] [InnerProductSpace ℝ E] [CompleteSpace E]
    [NormedAddCommGroup F] [InnerProductSpace ℝ F] [CompleteSpace F]
    {f : E → F} {g : F → ℝ}
    {f' : E →L[ℝ] F} {g' : F →L[ℝ] ℝ} {x z : E}
    (hf : HasFDerivAt f f' x) (hg : HasFDerivAt g g' (f z)) :
    (fderiv ℝ (fun x => g (f x)) x).adjoint (1 : ℝ) = f'.adjoint (g'.adjoint (1 : ℝ)) := by
  sorry

end
end Autograd
end Proofs
