/-! True by what instances say, by continuity, or by definitions outside the mirrored files. -/

namespace Proofs.Autograd
theorem i1 {n : ℕ} [NeZero n] (x : Vec n) : ∑ i, softmaxVec x i = 1 := by sorry
theorem i2 (ε : ℝ) [Fact (0 < ε)] (x : ℝ) : 0 < Activation.Math.smoothAbsSpec x ε := by sorry
theorem i3 {n : ℕ} [Nonempty (Fin n)] (x : Vec n) : 0 < sumExp x := by sorry
theorem i4 {n : ℕ} [hn : Fact (2 ≤ n)] (i : Fin n) : ∃ j : Fin n, i ≠ j := by sorry
theorem i5 (s : Finset (Fin 3)) : s.card ≤ 3 := by sorry
theorem i6 (s : Finset ℕ) (h : s = Finset.range 3) : ∑ i ∈ s, i = 3 := by sorry
theorem i7 {n : ℕ} [NeZero n] : ∀ (x : Vec n), x 0 ≤ ‖x‖ := by sorry
theorem i8 {n : ℕ} (i : Fin n) : Nonempty (Fin n) := ⟨i⟩
theorem i9 {n : ℕ} [n.AtLeastTwo] : 1 < n := by sorry
end Proofs.Autograd
open Real in
theorem j1 (x : ℝ) : HasDerivAt Real.arctan (1 / (1 + x ^ 2)) x := by sorry
theorem j2 (x : ℝ) (h : -1 < x) (h' : x < 1) : HasDerivAt Real.arcsin (1 / √(1 - x ^ 2)) x := by sorry
theorem j3 (x : ℝ) : Real.arcsin x + Real.arccos x = Real.pi / 2 := by sorry
theorem j4 {n : ℕ} (i : Fin n) : ∃! j, j = i := by sorry
theorem j5 {n : ℕ} (x y : EuclideanSpace ℝ (Fin n)) : dist x y = dist y x := by sorry
theorem j6 (x y : ℝ) : dist x y = |x - y| := by sorry
theorem j7 (x : ℝ) : Real.sinh (Real.arsinh x) = x := by sorry
theorem k1 (x : ℝ) : ContinuousAt (fun t : ℝ => max t 0) x := by sorry
theorem k2 (x : ℝ) : ContinuousAt (fun t : ℝ => √ t) x := by sorry
theorem k3 (x : ℝ) (h : x ≠ 0) : ContinuousAt (fun t : ℝ => t⁻¹) x := by sorry
theorem k4 (x : ℝ) : ContinuousAt (fun t : ℝ => if t < 0 then -t else t) x := by sorry
theorem k5 (f : ℝ → ℝ) (hf : Continuous f) : Continuous fun x => f x + x := by sorry
theorem k6 (x : ℝ) : 0 < (fun t : ℝ => 1 / (1 + Real.exp t)) x := by sorry
local notation "σ" => fun t : ℝ => 1 / (1 + Real.exp (-t))
theorem k7 (x : ℝ) : σ x + σ (-x) = 1 := by sorry
namespace Proofs.Autograd
open Spec Tensor Activation TapeNodes
theorem k8 {m n : ℕ} (k : Fin (m * n)) :
    (MatTranspose.transposeEquiv m n).symm (MatTranspose.transposeEquiv m n k) = k := by sorry
theorem k9 {s : Shape} (c : ℝ) : VJPCorrect (fun x : Tensor ℝ s => scaleSpec x c) (fun _ dx => scaleSpec dx c)
    (fun _ δ => scaleSpec δ c) := by sorry
def squareTwice {s : Shape} : OpSpecCorrect s s where
  op := { forward := fun x => squareSpec x
          backward := fun x δ => mulSpec (addSpec x x) δ }
  jvp := fun x dx => mulSpec (addSpec x x) dx
  correct := by sorry
theorem k10 {n : ℕ} (t : Tensor ℝ (.dim n .scalar)) : euclideanEquiv n (toVecE t) = Spec.toVec t := by sorry
theorem k11 {n : ℕ} (i : Fin n) : elemwiseVec Math.geluSpec (0 : Vec n) i = 0 := by sorry
def scaled {Γ : List Shape} {s : Shape} (idx : Idx Γ s) (c : ℝ) : NodeFDerivCorrect (scale idx c) := by sorry
end Proofs.Autograd
