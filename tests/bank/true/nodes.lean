/-! True statements about nodes, graphs and blocks that look false. -/

namespace Proofs
namespace Autograd
open Spec
open Tensor
noncomputable section
open scoped BigOperators
namespace TapeNodes
variable {Γ : List Shape} {s : Shape}

theorem sub_self_node (a : Idx Γ s) (x : CtxVec Γ) : (sub a a).forwardVec x = 0 := by sorry
theorem add_comm_node (a b : Idx Γ s) (x : CtxVec Γ) : (add a b).forwardVec x = (add b a).forwardVec x := by sorry
theorem mul_comm_vjp (a b : Idx Γ s) (x : CtxVec Γ) (δ) : (mul a b).vjpVec x δ = (mul b a).vjpVec x δ := by sorry
theorem square_vjp (idx : Idx Γ s) (x : CtxVec Γ) (δ : Vec (Spec.Shape.size s)) :
    (square idx).vjpVec x δ = CtxVec.single idx (vecOfFun fun i => 2 * CtxVec.get idx x i * δ i) := by sorry
theorem scale_scale (idx : Idx Γ s) (c d : ℝ) (x : CtxVec Γ) : c • (scale idx d).forwardVec x = (scale idx (d * c)).forwardVec x := by sorry
theorem dropout_one (idx : Idx Γ s) (x : CtxVec Γ) : (fixedInvertedDropout idx (fun _ => true) 1).forwardVec x = CtxVec.get idx x := by sorry
theorem dropout_zero (idx : Idx Γ s) (mask : Fin (Spec.Shape.size s) → Bool) (x : CtxVec Γ) : (fixedInvertedDropout idx mask 0).forwardVec x = 0 := by sorry
theorem div_self_node (a : Idx Γ s) (x : CtxVec Γ) (h : ∀ i, CtxVec.get a x i ≠ 0) (i : Fin (Spec.Shape.size s)) : (div a a).forwardVec x i = 1 := by sorry
theorem div_zero_node (a b : Idx Γ s) (x : CtxVec Γ) (h : ∀ i, CtxVec.get b x i = 0) : (div a b).forwardVec x = 0 := by sorry
theorem max_min_sum (a b : Idx Γ s) (x : CtxVec Γ) : (maxElem a b).forwardVec x + (minElem a b).forwardVec x = (add a b).forwardVec x := by sorry
def maxSelf (a : Idx Γ s) : NodeFDerivCorrect (maxElem a a) := by sorry
def minSelf (a : Idx Γ s) (xV : CtxVec Γ) : NodeFDerivCorrectAt (minElem a a) xV := by sorry
def divAt (a b : Idx Γ s) (xV : CtxVec Γ) (h : ∀ i, CtxVec.get b xV i < 0) : NodeFDerivCorrectAt (div a b) xV := by sorry
theorem mse_same (a : Idx Γ s) (x : CtxVec Γ) (δ) : (mseLoss a a).vjpVec x δ = 0 := by sorry
theorem sum_add (a b : Idx Γ s) (x : CtxVec Γ) (j) : (sum a).forwardVec x j + (sum b).forwardVec x j = ∑ i, (add a b).forwardVec x i := by sorry
theorem transpose_transpose {m n : ℕ} (x : Vec (Matmul.matSize m n)) :
    MatTranspose.transposeVec (m := n) (n := m) (MatTranspose.transposeVec (m := m) (n := n) x) = x := by sorry
theorem rowMean_broadcast {m n : ℕ} [NeZero n] (v : Vec m) :
    MatrixLinear.rowMeanCLM (m := m) (n := n) (MatrixLinear.broadcastRowCLM (m := m) (n := n) v) = v := by sorry
theorem rowMean_empty {m : ℕ} (x : Vec (Matmul.matSize m 0)) : MatrixLinear.rowMeanCLM (m := m) (n := 0) x = 0 := by sorry
theorem rowSum_adjoint {m n : ℕ} (v : Vec m) :
    (MatrixLinear.rowSumCLM (m := m) (n := n)).adjoint v = MatrixLinear.broadcastRowCLM (m := m) (n := n) v := by sorry
theorem matmulVec_id {n : ℕ} (a : Vec (Matmul.matSize n n)) :
    Matmul.matmulVec a (vecOfFun fun k => if (k.divNat : Fin n).val = (k.modNat (m := n)).val then 1 else 0) = a := by sorry
theorem matmul_forward {m n p : Nat} (A : Idx Γ (.dim m (.dim n .scalar))) (B : Idx Γ (.dim n (.dim p .scalar))) (x : CtxVec Γ) :
    (matmul A B).forwardVec x = Matmul.matmulVec (CtxVec.get A x) (CtxVec.get B x) := by sorry
theorem matmul_inner {m n p : Nat} (A : Idx Γ (.dim m (.dim n .scalar))) (B : Idx Γ (.dim n (.dim p .scalar))) (x dx : CtxVec Γ) (δ : Vec (Spec.Shape.size (.dim m (.dim p .scalar)))) :
    inner ℝ ((matmul A B).jvpVec x dx) δ = inner ℝ dx ((matmul A B).vjpVec x δ) := by
  exact Node.correct_inner _ _ _ _
def cubic (idx : Idx Γ s) : NodeFDerivCorrect (Γ := Γ) (τ := s) (elemwise idx (· ^ 3) (fun x ↦ 3 * x ^ 2)) := by sorry
def absSq (idx : Idx Γ s) : NodeFDerivCorrect (elemwise idx (fun x => |x| * x) (fun x => 2 * |x|)) := by sorry
def reluSq (idx : Idx Γ s) : NodeFDerivCorrect (elemwise idx (fun x => (max x 0) ^ 2) (fun x => 2 * max x 0)) := by sorry
def maxOnes (idx : Idx Γ s) : NodeFDerivCorrect (elemwise idx (fun x => max (x + 1) x) fun _ => 1) := by sorry
def elu1 (idx : Idx Γ s) : NodeFDerivCorrect (elu idx 1) := by sorry
def elemConst (idx : Idx Γ s) (c : ℝ) : NodeFDerivCorrect (elemwise idx (Function.const ℝ c) 0) := by sorry
def logNeg (idx : Idx Γ s) (xV : CtxVec Γ) (hx : ∀ i, CtxVec.get idx xV i < 0) : NodeFDerivCorrectAt (log idx) xV := by sorry
def sqrtNeg (idx : Idx Γ s) (xV : CtxVec Γ) (hx : ∀ i, CtxVec.get idx xV i < 0) : NodeFDerivCorrectAt (sqrt idx) xV := by sorry
def smoothNeg {Γ : List Shape} (idx : Idx Γ .scalar) (ε : ℝ) (hε : ε > 0) : NodeFDerivCorrect (smoothAbs idx ε) := smoothAbsFderiv idx ε hε
def ofVecId (idx : Idx Γ s) : NodeFDerivCorrect (Node.ofVec (Γ := Γ) (τ := s) (f := fun x => CtxVec.get idx x)
    (jvp := fun _x dx => CtxVec.get idx dx) (vjp := fun _x δ => CtxVec.single idx δ)
    (correct_inner := by intro x dx δ; simp [CtxVec.inner_get_single])) where
  deriv := fun _ => CtxVec.getCLM idx
  hasFDerivAt := by sorry
  jvp_eq := by sorry
theorem single_get_le (idx : Idx Γ s) (x : CtxVec Γ) : ‖CtxVec.single idx (CtxVec.get idx x)‖ ≤ ‖x‖ := by sorry
theorem getCLM_adj (idx : Idx Γ s) (v) : (CtxVec.getCLM idx).adjoint v = CtxVec.single idx v := by sorry
theorem head_tail_norm {ss : List Shape} (x : CtxVec (s :: ss)) : ‖x‖ ^ 2 = ‖CtxVec.headCLM x‖ ^ 2 + ‖CtxVec.tailCLM x‖ ^ 2 := by sorry
theorem softmax_empty_rows {m : ℕ} (x : Vec (SoftmaxLastAxis.MNSize m 0)) : SoftmaxLastAxis.forwardMN (m := m) (n := 0) x = x := by sorry
theorem rows_unrows {m n : ℕ} (r : Fin m → Vec n) : SoftmaxLastAxis.rows (SoftmaxLastAxis.unrows r) = r := by sorry
theorem jvpMN_idem {m n : ℕ} (x dx δ : Vec (SoftmaxLastAxis.MNSize m n)) :
    inner ℝ (SoftmaxLastAxis.jvpMN (m := m) (n := n) x dx) δ = inner ℝ (SoftmaxLastAxis.jvpMN (m := m) (n := n) x δ) dx := by sorry
theorem heads_unheads {h n : ℕ} (x : Vec (h * n)) : Batched.unheads (Batched.heads (h := h) (n := n) x) = x := by sorry
theorem graph_nil (x : CtxVec Γ) : Graph.backpropVec (Graph.nil (Γ := Γ)) x = Graph.backpropVec Graph.nil (0 : CtxVec Γ) := by sorry
theorem graph_lin {ss : List Shape} (g : Graph Γ ss) (x : CtxVec Γ) (u v : CtxVec (Γ ++ ss)) :
    Graph.backpropVec g x (u + v) = Graph.backpropVec g x u + Graph.backpropVec g x v := by sorry
theorem graph_jvp_zero {ss : List Shape} (g : Graph Γ ss) (x : CtxVec Γ) : Graph.jvpVec g x 0 = 0 := by sorry
theorem dgraph_adj {ss : List Shape} (dg : DGraph Γ ss) (x dx : CtxVec Γ) (seed : CtxVec (Γ ++ ss)) :
    inner ℝ (fderiv ℝ (Graph.evalVec dg.g) x dx) seed = inner ℝ dx (Graph.backpropVec dg.g x seed) := by sorry
end TapeNodes
end
end Autograd
end Proofs
