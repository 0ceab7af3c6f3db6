/-! False statements about elementwise maps and operations with their derivatives. -/

namespace Proofs.Autograd
open Spec Tensor Activation
open scoped Autograd

lemma evalCLM_apply_shift {n : ℕ} (i : Fin (n+1)) (x : Vec (n+1)) : evalCLM (n := n+1) i x = x (i + 1) := by sorry
lemma evalCLM_zero {n : ℕ} [NeZero n] (i : Fin n) (x : Vec n) : evalCLM i x = x 0 := by sorry
lemma evalCLM_adjoint {n : ℕ} (i : Fin n) : (evalCLM i).adjoint (1 : ℝ) = vecOfFun (fun _ => (1 : ℝ)) := by sorry

theorem elemwise_comp_order {n : Nat} {f f' g g' : ℝ → ℝ} (x : Vec n) (hf : ∀ z, HasDerivAt f (f' z) z)
    (hg : ∀ z, HasDerivAt g (g' z) z) :
    HasFDerivAt (elemwiseVec (n := n) (f ∘ g)) (elemwiseDerivCLM (fun z => f' z * g' z) x) x := by sorry

theorem elemwise_prod {n : Nat} {f f' g g' : ℝ → ℝ} (x : Vec n) (hf : ∀ z, HasDerivAt f (f' z) z)
    (hg : ∀ z, HasDerivAt g (g' z) z) :
    HasFDerivAt (elemwiseVec (n := n) (fun z => f z * g z)) (elemwiseDerivCLM (fun z => f' z * g' z) x) x := by sorry

theorem hasFDerivAt_elemwiseVec_at_one {n : Nat} {f f' : ℝ → ℝ} (x : Vec n) (i : Fin n)
    (hf : HasDerivAt f (f' (x.ofLp i)) (x.ofLp i)) :
    HasFDerivAt (elemwiseVec (n := n) f) (elemwiseDerivCLM (n := n) f' x) x := by sorry

theorem hasFDerivAt_elemwiseVec_elsewhere {n : Nat} {f f' : ℝ → ℝ} (x y : Vec n)
    (hf : ∀ z, HasDerivAt f (f' z) z) :
    HasFDerivAt (elemwiseVec (n := n) f) (elemwiseDerivCLM (n := n) f' y) x := by sorry

theorem elemwiseDerivCLM_not_self_adjoint {n : Nat} (f' : ℝ → ℝ) (x δ : Vec n) :
    (elemwiseDerivCLM f' x).adjoint δ = elemwiseDerivCLM f' δ x := by sorry

theorem elemwiseVec_add {n : ℕ} (f : ℝ → ℝ) (x y : Vec n) :
    elemwiseVec f (x + y) = elemwiseVec f x + elemwiseVec f y := by ext i; simp [elemwiseVec]

theorem toVec_map_ofVecE {n : ℕ} (f : ℝ → ℝ) (xV : Vec n) (i : Fin n) :
    Spec.toVec (mapSpec (s := .dim n .scalar) f (ofVecE xV)) i = f (f (xV i)) := by sorry

theorem exp_op {n : ℕ} (x : Vec n) : (OpSpecFDerivCorrect.exp (n := n)).forwardVec x = elemwiseVec Real.sinh x := by sorry
theorem square_op_deriv {n : ℕ} (x dx : Vec n) : (OpSpecFDerivCorrect.square (n := n)).deriv x dx = elemwiseVec (fun z => 2 * z) x := by sorry
theorem tanh_op_backward {n : ℕ} (x δ : Vec n) :
    toVecE ((OpSpecFDerivCorrect.tanh (n := n)).correct.op.backward (ofVecE x) (ofVecE δ))
      = elemwiseVec (fun z => 1 - Real.tanh z ^ 2) x := by sorry
theorem backward_eq_adjoint_base {m n : ℕ} (C : OpSpecFDerivCorrect m n)
    (x : Tensor ℝ (.dim m .scalar)) (δ : Tensor ℝ (.dim n .scalar)) :
    toVecE (C.correct.op.backward x δ) = VJP[C.forwardVec, 0] (toVecE δ) := by sorry
theorem backward_additive {m n : ℕ} (C : OpSpecFDerivCorrect m n)
    (x y : Tensor ℝ (.dim m .scalar)) (δ : Tensor ℝ (.dim n .scalar)) :
    toVecE (C.correct.op.backward (addSpec x y) δ) = toVecE (C.correct.op.backward x δ) + toVecE (C.correct.op.backward y δ) := by sorry
theorem compose_order {n : ℕ} (f g : OpSpecFDerivCorrect n n) (x : Vec n) :
    (OpSpecFDerivCorrect.compose f g).forwardVec x = f.forwardVec (g.forwardVec x) := by
  sorry
theorem compose_deriv_base {a b c : ℕ} (f : OpSpecFDerivCorrect a b) (g : OpSpecFDerivCorrect b c) (x : Vec a) :
    HasFDerivAt ((f.compose g).forwardVec) ((g.deriv 0).comp (f.deriv x)) x := by sorry
theorem jvp_of_forward {m n : ℕ} (C : OpSpecFDerivCorrect m n) (x : Vec m) :
    toVecE (C.correct.jvp (ofVecE x) (ofVecE x)) = C.forwardVec x := by sorry
theorem safeLog_op (n : ℕ) (ε : ℝ) (hε : 0 < ε) (x : Vec n) (i : Fin n) :
    (OpSpecFDerivCorrect.safeLog ε hε).forwardVec x i = Real.log (x i + ε) := by sorry
theorem smoothAbs_op {n : ℕ} {ε : ℝ} (hε : 0 < ε) (x : Vec n) (i : Fin n) :
    (OpSpecFDerivCorrect.smoothAbs (n := n) ε hε).forwardVec x i = |x i| + ε := by sorry
theorem gelu_not_silu {n : ℕ} (x : Vec n) :
    OpSpecFDerivCorrect.gelu.forwardVec x = OpSpecFDerivCorrect.silu.forwardVec x := by sorry
theorem softplus_relu {n : ℕ} (x : Vec n) :
    (@OpSpecFDerivCorrect.softplus n).forwardVec x = reluVec x := by sorry
def expWrong {n : ℕ} : OpSpecFDerivCorrect n n where
  correct := expCorrect
  deriv := fun x => elemwiseDerivCLM Real.sinh x
  hasFDerivAt := by sorry
  jvp_eq := by sorry
def idCorrectWrong {s : Shape} : OpSpecCorrect s s :=
  { op := Spec.OpSpec.id ℝ s
    jvp := fun _x dx => addSpec dx dx
    correct := by intro x dx δ; sorry }
def squareHalf {s : Shape} : OpSpecCorrect s s where
  op := { forward := fun x => squareSpec x
          backward := fun x δ => mulSpec x δ }
  jvp := fun x dx => mulSpec (addSpec x x) dx
  correct := by sorry
end Proofs.Autograd
