/-! False statements about nodes of arithmetic, matrices, sums and blocks. -/

namespace Proofs
namespace Autograd
open Spec
open Tensor
noncomputable section
open scoped BigOperators
namespace TapeNodes

variable {Γ : List Shape} {s : Shape}

def divFderiv (a b : Idx Γ s) : NodeFDerivCorrect (div (Γ := Γ) (s := s) a b) := by
  sorry

def divFderivAt_a {Γ : List Shape} {s : Shape} (a b : Idx Γ s) (xV : CtxVec Γ)
    (ha : ∀ i : Fin (Spec.Shape.size s), CtxVec.get (Γ := Γ) (s := s) a xV i ≠ 0) :
    NodeFDerivCorrectAt (div (Γ := Γ) (s := s) a b) xV := by
  sorry

def maxElemFderiv (a b : Idx Γ s) : NodeFDerivCorrect (maxElem a b) := by sorry
def minElemFderivAt_le (a b : Idx Γ s) (xV : CtxVec Γ) (h : ∀ i, CtxVec.get a xV i ≤ CtxVec.get b xV i) :
    NodeFDerivCorrectAt (minElem a b) xV := by sorry

theorem sub_comm_node (a b : Idx Γ s) (x : CtxVec Γ) : (sub a b).forwardVec x = (sub b a).forwardVec x := by sorry
theorem mul_jvp (a b : Idx Γ s) (x dx : CtxVec Γ) : (mul a b).jvpVec x dx = (mul a b).forwardVec dx := by sorry
theorem scale_node (idx : Idx Γ s) (c : ℝ) (x : CtxVec Γ) : (scale idx c).forwardVec x = c • c • CtxVec.get idx x := by sorry
theorem square_vjp (idx : Idx Γ s) (x : CtxVec Γ) (δ : Vec (Spec.Shape.size s)) :
    (square idx).vjpVec x δ = CtxVec.single idx (vecOfFun fun i => CtxVec.get idx x i * δ i) := by sorry
theorem mask_node (idx : Idx Γ s) (coeff : Vec (Spec.Shape.size s)) (x : CtxVec Γ) :
    (fixedMaskScale idx coeff).forwardVec x = coeff := by sorry
theorem dropout_mean (idx : Idx Γ s) (mask : Fin (Spec.Shape.size s) → Bool) (p : ℝ) (hp : 0 < p) (hp' : p ≤ 1) (x : CtxVec Γ) :
    (fixedInvertedDropout idx mask p).forwardVec x = CtxVec.get idx x := by sorry
theorem sum_node (idx : Idx Γ s) (x : CtxVec Γ) (δ : Vec (Spec.Shape.size Shape.scalar)) :
    (sum idx).vjpVec x δ = CtxVec.single idx (CtxVec.get idx x) := by sorry
theorem mse_half (yhat target : Idx Γ s) (x : CtxVec Γ) :
    (mseLoss yhat target).forwardVec x 0 = ∑ i, (CtxVec.get yhat x i - CtxVec.get target x i) ^ 2 := by sorry

theorem matmul_comm_node {n : Nat} (A B : Idx Γ (.dim n (.dim n .scalar))) (x : CtxVec Γ) :
    (matmul A B).forwardVec x = (matmul B A).forwardVec x := by sorry
theorem matmul_vjp_no_T {n : Nat} (A B : Idx Γ (.dim n (.dim n .scalar))) (x : CtxVec Γ) (δ : Vec (Spec.Shape.size (.dim n (.dim n .scalar)))) :
    (matmul A B).vjpVec x δ = CtxVec.single A (Matmul.matmulVec δ (CtxVec.get B x)) + CtxVec.single B (Matmul.matmulVec (CtxVec.get A x) δ) := by sorry
theorem transpose_id {n : Nat} (A : Idx Γ (.dim n (.dim n .scalar))) (x : CtxVec Γ) :
    (matrixTranspose A).forwardVec x = CtxVec.get A x := by sorry
theorem rowMean_sum {m n : Nat} (idx : Idx Γ (.dim m (.dim n .scalar))) (x : CtxVec Γ) :
    (rowMean idx).forwardVec x = castVec (by simp [Spec.Shape.size]) (MatrixLinear.rowSumCLM (m := m) (n := n) (CtxVec.get idx x)) := by sorry
theorem broadcast_row_col {n : Nat} (idx : Idx Γ (.dim n .scalar)) (x : CtxVec Γ) :
    (broadcastRow (n := n) idx).forwardVec x = (broadcastCol (m := n) idx).forwardVec x := by sorry
theorem rowSum_col {n : ℕ} (x : Vec (Matmul.matSize n n)) (j : Fin n) :
    MatrixLinear.rowSumCLM (m := n) (n := n) x j = ∑ i : Fin n, x (Matmul.idxMN i j) := by sorry
theorem bcast_adjoint {m n : ℕ} (x : Vec (Matmul.matSize m n)) :
    (MatrixLinear.broadcastRowCLM (m := m) (n := n)).adjoint x = MatrixLinear.rowMeanCLM (m := m) (n := n) x := by sorry
theorem matmulBilin_swap {n : ℕ} (a b : Vec (Matmul.matSize n n)) :
    Matmul.matmulBilin (m := n) (n := n) (p := n) a b = Matmul.matmulBilin (m := n) (n := n) (p := n) b a := by sorry

theorem getVec_single_other {n : Nat} (i j : Idx Γ (.dim n .scalar)) (h : i ≠ j) (v : Vec n) :
    getVec i (singleVec j v) = v := by sorry
theorem inner_swap {n : Nat} (idx : Idx Γ (.dim n .scalar)) (x : CtxVec Γ) (v : Vec n) :
    inner ℝ x (singleVec (Γ := Γ) idx v) = inner ℝ (getVec idx x) (getVec idx x) := by sorry
theorem getCLM_adjoint (idx : Idx Γ s) (x : CtxVec Γ) : (CtxVec.getCLM idx).adjoint (CtxVec.get idx x) = x := by sorry
theorem head_tail {ss : List Shape} (x : CtxVec (s :: ss)) : ‖x‖ = ‖CtxVec.headCLM x‖ + ‖CtxVec.tailCLM x‖ := by sorry

def softplus_as_relu (idx : Idx Γ s) : NodeFDerivCorrect (elemwise idx (fun x => Activation.Math.softplusSpec x) (fun x => if x > 0 then 1 else 0)) := by sorry
def leaky (idx : Idx Γ s) (a : ℝ) (ha : 0 ≤ a ∧ a ≤ 1) : NodeFDerivCorrect (elemwise idx (fun x => max x (a * x)) fun x => if x > 0 then 1 else a) := by sorry
def hardtanh (idx : Idx Γ s) (xV : CtxVec Γ) (h : ∀ i, CtxVec.get idx xV i ≠ 1) :
    NodeFDerivCorrectAt (elemwise idx (fun x => max (-1) (min 1 x)) fun x => if -1 < x ∧ x < 1 then 1 else 0) xV := by sorry
def eluZero (idx : Idx Γ s) (α : ℝ) (hα : 0 < α) : NodeFDerivCorrect (elu idx α) := by sorry
def fderiv_at_wrong_point (idx : Idx Γ s) (xV yV : CtxVec Γ) (hx : ∀ i, CtxVec.get idx xV i ≠ 0) : NodeFDerivCorrectAt (inv idx) yV := by sorry
def logPos (idx : Idx Γ s) (xV : CtxVec Γ) (hx : ∀ i, CtxVec.get idx xV i ≥ 0) : NodeFDerivCorrectAt (log idx) xV := by sorry
def cube_missing (idx : Idx Γ s) : NodeFDerivCorrect (Γ := Γ) (τ := s) (elemwise idx (· ^ 3) (fun x ↦ 3 * x)) := by sorry

namespace Batched
theorem heads_order {h : ℕ} (x : Vec (h * h)) (i j : Fin h) : heads x i j = heads x j i := by sorry
theorem unheads_val {h n : Nat} (r : Fin h → Vec n) (k : Fin (h * n)) : unheads r k = r k.divNat k.modNat + 1 := by sorry
theorem batched_softmax_is_global {Γ : List Shape} {h m n : Nat} (idx : Idx Γ (.dim h (.dim m (.dim n .scalar)))) (x : CtxVec Γ) :
    (softmaxLast idx).forwardVec x = softmaxVec (CtxVec.get idx x) := by sorry
theorem batched_adj {h n : Nat} (x : Vec (HMatSize h n n)) (A B : Vec (HMatSize h n n)) :
    inner ℝ (matmulBilin (h := h) (m := n) (n := n) (p := n) A B) x = inner ℝ A (matmulBilin (h := h) (m := n) (n := n) (p := n) x B) := by sorry
end Batched

end TapeNodes
end
end Autograd
end Proofs
