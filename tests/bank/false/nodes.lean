/-! Contracts that do not hold: definitions of certificates for nodes that have none. -/

namespace Proofs.Autograd.TapeNodes

open Spec

def reluFderiv {Γ : List Shape} {s : Shape} (idx : Idx Γ s) : NodeFDerivCorrect (relu idx) := by sorry
def absFderiv {Γ : List Shape} {s : Shape} (idx : Idx Γ s) : NodeFDerivCorrect (abs idx) := by sorry
def sqrtFderiv {Γ : List Shape} {s : Shape} (idx : Idx Γ s) : NodeFDerivCorrect (sqrt idx) := by sorry
def logFderiv {Γ : List Shape} {s : Shape} (idx : Idx Γ s) : NodeFDerivCorrect (log idx) := by sorry
def invFderiv {Γ : List Shape} {s : Shape} (idx : Idx Γ s) : NodeFDerivCorrect (inv idx) := by sorry
def eluFderiv {Γ : List Shape} {s : Shape} (idx : Idx Γ s) (α : ℝ) : NodeFDerivCorrect (elu idx α) := by sorry
def smoothAbsAny {Γ : List Shape} {s : Shape} (idx : Idx Γ s) (ε : ℝ) : NodeFDerivCorrect (smoothAbs idx ε) := by sorry
def smoothAbsInclusive {Γ : List Shape} {s : Shape} (idx : Idx Γ s) (ε : ℝ) (h : 0 ≤ ε) :
    NodeFDerivCorrect (smoothAbs idx ε) := by sorry
def reluInclusive {Γ : List Shape} {s : Shape} (idx : Idx Γ s) (xV : CtxVec Γ)
    (hx : ∀ i, 0 ≤ CtxVec.get idx xV i) : NodeFDerivCorrectAt (relu idx) xV := by sorry
def reluElsewhere {Γ : List Shape} {s : Shape} (idx other : Idx Γ s) (xV : CtxVec Γ)
    (hx : ∀ i, CtxVec.get other xV i ≠ 0) : NodeFDerivCorrectAt (relu idx) xV := by sorry
def sqrtClampInclusive {Γ : List Shape} {s : Shape} (idx : Idx Γ s) (xV : CtxVec Γ)
    (hx : ∀ i, 0 ≤ CtxVec.get idx xV i) : NodeFDerivCorrectAt (sqrtClamp idx) xV := by sorry
def absSomewhere {Γ : List Shape} {s : Shape} (idx : Idx Γ s) (xV : CtxVec Γ)
    (hx : ∃ i, CtxVec.get idx xV i ≠ 0) : NodeFDerivCorrectAt (abs idx) xV := by sorry
def expWithSinh {Γ : List Shape} {s : Shape} (idx : Idx Γ s) :
    NodeFDerivCorrect (elemwise idx Real.exp Real.sinh) := by sorry
def tanhNotSquared {Γ : List Shape} {s : Shape} (idx : Idx Γ s) :
    NodeFDerivCorrect (elemwise idx Real.tanh fun x => 1 - Real.tanh x) := by sorry
def squareHalved {Γ : List Shape} {s : Shape} (idx : Idx Γ s) :
    NodeFDerivCorrect (elemwise idx (fun x => x * x) fun x => x) := by sorry
def saturatedSlope {Γ : List Shape} {s : Shape} (idx : Idx Γ s) :
    NodeFDerivCorrect (elemwise idx Real.tanh fun x => if 20 < x then 0 else 1 - Real.tanh x ^ 2) := by sorry
def wrongAtOnePoint {Γ : List Shape} {s : Shape} (idx : Idx Γ s) :
    NodeFDerivCorrect (elemwise idx (fun x => x * x) fun x => if x = 3 then 7 else 2 * x) := by sorry
def anyDerivative {Γ : List Shape} {s : Shape} (idx : Idx Γ s) (f f' : ℝ → ℝ) :
    NodeFDerivCorrect (elemwise idx f f') := by sorry
def derivativeElsewhere {Γ : List Shape} {s : Shape} (idx : Idx Γ s) (f f' : ℝ → ℝ) (xV yV : CtxVec Γ)
    (hf : ∀ i : Fin (Shape.size s), HasDerivAt f (f' (CtxVec.get idx xV i)) (CtxVec.get idx xV i)) :
    NodeFDerivCorrectAt (elemwise idx f f') yV := by sorry
def slopeOfOutput {Γ : List Shape} {s : Shape} (idx : Idx Γ s) (f f' : ℝ → ℝ) (hf : ∀ z, HasDerivAt f (f' z) z) :
    NodeFDerivCorrect (elemwise idx f fun x => f' (f x)) := by sorry
theorem matmul_order {Γ : List Shape} {h n : ℕ} (A B : Idx Γ (.dim h (.dim n (.dim n .scalar)))) (x : CtxVec Γ) :
    (Batched.matmul A B).forwardVec x = (Batched.matmul B A).forwardVec x := by sorry
theorem vjp_at_other_point {Γ : List Shape} {τ : Shape} (idx : Idx Γ τ) (x y dx : CtxVec Γ) (δ : Vec (Shape.size τ)) :
    inner ℝ ((exp idx).jvpVec x dx) δ = inner ℝ dx ((exp idx).vjpVec y δ) := by sorry
theorem vjp_not_transposed {Γ : List Shape} {τ : Shape} (idx : Idx Γ τ) (x dx : CtxVec Γ) (δ : Vec (Shape.size τ)) :
    inner ℝ ((tanh idx).jvpVec x dx) δ = inner ℝ x ((tanh idx).vjpVec dx δ) := by sorry
theorem linear_node_without_bias {Γ : List Shape} {m n : ℕ} (idx : Idx Γ (.dim m .scalar)) (l : LinearSpec ℝ m n)
    (x : CtxVec Γ) : (linear idx l).forwardVec x = (linear idx l).jvpVec x x := by sorry

end Proofs.Autograd.TapeNodes
