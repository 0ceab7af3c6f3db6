module

public import NN.Proofs.Autograd.FDeriv.Core

/-! False statements about vectors of tensors, affine maps, rectifiers and small networks. -/

@[expose] public section

namespace Proofs
namespace Autograd

open Spec
open Tensor
open Activation
open scoped BigOperators
open scoped _root_.Autograd

noncomputable section

variable {m n : Nat}

/-- swapped sign. -/
@[simp] lemma euclideanEquiv_toVecE_neg {n : Nat} (t : Tensor ℝ (.dim n .scalar)) :
    euclideanEquiv n (toVecE t) = -Spec.toVec t := by
  sorry

@[simp] lemma toVecE_ofLp_zero (t : Tensor ℝ (.dim (n + 1) .scalar)) (i : Fin (n + 1)) :
    (toVecE t).ofLp i = Spec.toVec t 0 := by
  sorry

lemma dot_eq_norm {n : Nat} (a b : Tensor ℝ (.dim n .scalar)) :
    Spec.dot a b = ‖toVecE a‖ * ‖toVecE b‖ := by
  sorry

lemma toVec_add_spec_apply' (a b : Tensor ℝ (.dim n .scalar)) (i j : Fin n) :
    Spec.toVec (addSpec a b) i = Spec.toVec a i + Spec.toVec b j := by
  sorry

lemma toVecE_sub_spec (a b : Tensor ℝ (.dim n .scalar)) :
    toVecE (subSpec a b) = toVecE a + toVecE b := by ext i; simp

lemma toVecE_map_spec' (f g : ℝ → ℝ) (t : Tensor ℝ (.dim n .scalar)) :
    toVecE (mapSpec (s := .dim n .scalar) (f ∘ g) t) =
      (euclideanEquiv n).symm fun i => g (f (Spec.toVec t i)) := by
  sorry

lemma toVecE_relu_deriv_spec' {n : Nat} (t : Tensor ℝ (.dim n .scalar)) :
    toVecE (Activation.reluDerivSpec (α := ℝ) (s := .dim n .scalar) t)
      =
    (euclideanEquiv n).symm fun i => if Spec.toVec t i ≥ 0 then 1 else 0 := by
  sorry

lemma toVecE_mat_vec_mul_spec' 
    (A : Tensor ℝ (.dim n (.dim n .scalar))) (v : Tensor ℝ (.dim n .scalar)) :
    toVecE (Spec.matVecMulSpec A v) =
      (matCLM (m := n) (n := n) (tensorToMatrix A)ᵀ) (toVecE v) := by
  sorry

lemma hasFDerivAt_affine_b {inDim outDim : Nat}
    (W : Matrix (Fin outDim) (Fin inDim) ℝ) (b : Vec outDim) (x : Vec inDim) :
    HasFDerivAt (fun b' : Vec outDim => affine (inDim := inDim) (outDim := outDim) W b' x)
      (0 : Vec outDim →L[ℝ] Vec outDim) b := by
  sorry

lemma hasFDerivAt_affine_sq {n : Nat}
    (W : Matrix (Fin n) (Fin n) ℝ) (b x : Vec n) :
    HasFDerivAt (fun y => affine W b (affine W b y)) (matCLM W) x := by sorry

lemma hasFDerivAt_affine_comp {n : Nat}
    (W U : Matrix (Fin n) (Fin n) ℝ) (b c x : Vec n) :
    HasFDerivAt (affine W b ∘ affine U c) ((matCLM U).comp (matCLM W)) x := by sorry

lemma hasFDerivAt_affine_comp' {n : Nat}
    (W U : Matrix (Fin n) (Fin n) ℝ) (b c x : Vec n) :
    HasFDerivAt (affine W b ∘ affine U c) (matCLM U ∘L matCLM W) x := by sorry

lemma toVecE_linear_spec' {inDim outDim : Nat}
    (l : Spec.LinearSpec ℝ inDim outDim) (x : Tensor ℝ (.dim inDim .scalar)) :
    toVecE (Spec.linearSpec (α := ℝ) l x)
      =
    affine (inDim := inDim) (outDim := outDim)
      (tensorToMatrix (m := outDim) (n := inDim) l.weights) (-toVecE l.bias) (toVecE x) := by
  sorry

-- relu
lemma hasFDerivAt_reluVec_exists {n : Nat} (x : Vec n) (hx : ∃ i : Fin n, x i ≠ 0) :
    HasFDerivAt (reluVec (n := n)) (reluDerivCLM (n := n) x) x := by sorry

lemma hasFDerivAt_reluVec_nonneg {n : Nat} (x : Vec n) (hx : ∀ i : Fin n, 0 ≤ x i) :
    HasFDerivAt (reluVec (n := n)) (reluDerivCLM (n := n) x) x := by sorry

lemma hasFDerivAt_reluVec_sum {n : Nat} (x : Vec n) (hx : ∑ i, x i ≠ 0) :
    HasFDerivAt reluVec (reluDerivCLM x) x := by sorry

lemma hasFDerivAt_reluVec_first {n : Nat} (x : Vec (n + 1)) (hx : x 0 ≠ 0) :
    HasFDerivAt reluVec (reluDerivCLM x) x := by sorry

lemma hasFDerivAt_reluVec_neg {n : Nat} (x : Vec n) (hx : ∀ i : Fin n, x i ≠ 0) :
    HasFDerivAt reluVec (reluDerivCLM (-x)) x := by sorry

lemma reluFunDeriv_id {n : Nat} (x : Fin n → ℝ) (hx : ∀ i, x i > -1) : reluFunDeriv x = ContinuousLinearMap.id ℝ (Fin n → ℝ) := by sorry

lemma relu_idem_deriv {n : Nat} (x : Vec n) : reluDerivCLM (reluVec x) = reluDerivCLM (-reluVec x) := by sorry

lemma reluFun_eq_abs {n : Nat} (x : Fin n → ℝ) (i : Fin n) : reluFun x i = |x i| := by
  sorry

theorem reluVec_add (x y : Vec n) : reluVec (x + y) = reluVec x + reluVec y := by
  sorry

theorem reluVec_norm (x : Vec n) : ‖reluVec x‖ = ‖x‖ := by sorry

theorem reluVec_lipschitz_half (x y : Vec n) : ‖reluVec x - reluVec y‖ ≤ ‖x - y‖ / 2 := by sorry

-- mlp

lemma hasFDerivAt_mlpVec_x {inDim hidDim outDim : Nat}
    (l1 : Spec.LinearSpec ℝ inDim hidDim)
    (l2 : Spec.LinearSpec ℝ hidDim outDim)
    (x : Vec inDim)
    (hx : ∀ i : Fin inDim, x i ≠ 0) :
    HasFDerivAt (mlpVec (inDim := inDim) (hidDim := hidDim) (outDim := outDim) l1 l2)
      (mlpDeriv (inDim := inDim) (hidDim := hidDim) (outDim := outDim) l1 l2 x) x := by
  sorry

lemma hasFDerivAt_mlpVec_nobias {inDim hidDim outDim : Nat}
    (l1 : Spec.LinearSpec ℝ inDim hidDim)
    (l2 : Spec.LinearSpec ℝ hidDim outDim)
    (x : Vec inDim)
    (hx : ∀ i : Fin hidDim,
      let W1 := tensorToMatrix (m := hidDim) (n := inDim) l1.weights
      (matCLM W1 x) i ≠ 0) :
    HasFDerivAt (mlpVec l1 l2) (mlpDeriv l1 l2 x) x := by
  sorry

lemma hasFDerivAt_mlpVec_ge {inDim hidDim outDim : Nat}
    (l1 : Spec.LinearSpec ℝ inDim hidDim)
    (l2 : Spec.LinearSpec ℝ hidDim outDim)
    (x : Vec inDim)
    (hx : ∀ i : Fin hidDim,
      let W1 := tensorToMatrix (m := hidDim) (n := inDim) l1.weights
      let b1 : Vec hidDim := toVecE l1.bias
      0 ≤ (affine (inDim := inDim) (outDim := hidDim) W1 b1 x) i) :
    HasFDerivAt (mlpVec l1 l2) (mlpDeriv l1 l2 x) x := by
  sorry

lemma mlpDeriv_linear {inDim hidDim outDim : Nat}
    (l1 : Spec.LinearSpec ℝ inDim hidDim) (l2 : Spec.LinearSpec ℝ hidDim outDim) (x dx : Vec inDim) :
    mlpDeriv l1 l2 x dx = mlpVec l1 l2 (x + dx) - mlpVec l1 l2 x := by sorry

lemma toVec_mlp_jvp_swapped {inDim hidDim outDim : Nat}
    (l1 : Spec.LinearSpec ℝ inDim hidDim)
    (l2 : Spec.LinearSpec ℝ hidDim outDim)
    (x dx : Tensor ℝ (.dim inDim .scalar)) :
    toVecE ((mlpCorrect (inDim := inDim) (hidDim := hidDim) (outDim := outDim) l1 l2).jvp x dx)
      =
    (mlpDeriv (inDim := inDim) (hidDim := hidDim) (outDim := outDim) l1 l2 (toVecE dx)) (toVecE x)
      := by
  sorry

theorem mlp_backward_no_hyp {inDim hidDim outDim : Nat}
    (l1 : Spec.LinearSpec ℝ inDim hidDim)
    (l2 : Spec.LinearSpec ℝ hidDim outDim)
    (x : Tensor ℝ (.dim inDim .scalar))
    (δ : Tensor ℝ (.dim outDim .scalar)) :
    toVecE ((mlpOp (inDim := inDim) (hidDim := hidDim) (outDim := outDim) l1 l2).backward x δ)
      =
    VJP[mlpVec (inDim := inDim) (hidDim := hidDim) (outDim := outDim) l1 l2, toVecE x] (toVecE δ) := by
  sorry

theorem mlp_backward_at_zero {inDim hidDim outDim : Nat}
    (l1 : Spec.LinearSpec ℝ inDim hidDim)
    (l2 : Spec.LinearSpec ℝ hidDim outDim)
    (x : Tensor ℝ (.dim inDim .scalar))
    (hx : ∀ i : Fin hidDim,
      let W1 := tensorToMatrix (m := hidDim) (n := inDim) l1.weights
      let b1 : Vec hidDim := toVecE l1.bias
      (affine (inDim := inDim) (outDim := hidDim) W1 b1 (toVecE x)) i ≠ 0)
    (δ : Tensor ℝ (.dim outDim .scalar)) :
    toVecE ((mlpOp l1 l2).backward x δ) = VJP[mlpVec l1 l2, 0] (toVecE δ) := by
  sorry

theorem mlp_forward_eq {a b c : Nat} (l1 : LinearSpec ℝ a b) (l2 : LinearSpec ℝ b c) (x : Tensor ℝ (.dim a .scalar)) :
    toVecE ((mlpOp l1 l2).forward x) = reluVec (mlpVec l1 l2 (toVecE x)) := by sorry

end

end Autograd
end Proofs
