import Mathlib
open Real Set Finset Function
open scoped BigOperators Topology
/-! Plain real analysis, false. -/
namespace RealAnalysis
section
variable (x y z : ℝ) {n : ℕ} {f g : ℝ → ℝ} {f' g' : ℝ}
local notation "σ" => fun t : ℝ => 1 / (1 + Real.exp (-t))
theorem f01 : σ x + σ (-x) = 2 := by sorry
theorem f02 : HasDerivAt σ (σ x * (1 + σ x)) x := by sorry
theorem f03 (hf : HasDerivAt f f' x) (hg : HasDerivAt g g' x) : HasDerivAt (f * g) (f' * g') x := by sorry
theorem f04 (hf : HasDerivAt f f' x) (hg : HasDerivAt g g' x) : HasDerivAt (f ∘ g) (f' * g') x := by sorry
theorem f05 (hf : HasDerivAt f f' (g x)) (hg : HasDerivAt g g' x) : HasDerivAt (g ∘ f) (f' * g') x := by sorry
theorem f06 (hf : HasDerivAt f f' x) (hg : HasDerivAt g g' x) : HasDerivAt (fun t => f t / g t) ((f' * g x - f x * g') / g x) x := by sorry
theorem f07 (hf : HasDerivAt f f' x) : HasDerivAt (fun t => f (2 * t)) (2 * f') x := by sorry
theorem f08 (hf : HasDerivAt f f' x) : HasDerivAt (fun t => (f t) ^ 2) (2 * f') x := by sorry
theorem f09 (hf : HasDerivAt f f' x) : HasDerivAt (fun t => |f t|) |f'| x := by sorry
theorem f10 (hf : HasDerivAt f f' x) (hx : f x ≠ 0) : HasDerivAt (fun t => (f t)⁻¹) (-f' / f x) x := by sorry
theorem f11 (hf : DifferentiableAt ℝ f x) : DifferentiableAt ℝ (fun t => max (f t) 0) x := by sorry
theorem f12 (hf : Differentiable ℝ f) : deriv (fun t => f (-t)) x = deriv f (-x) := by sorry
theorem f13 (hf : Differentiable ℝ f) (h : deriv f x = 0) : f x = 0 := by sorry
theorem f14 (h : f x = g x) (hf : HasDerivAt f f' x) : HasDerivAt g f' x := by sorry
theorem f16 (h : x < y) : x ^ 3 < y ^ 2 := by sorry
theorem f17 (hx : x ≠ 0) (hy : y ≠ 0) : 1 / x + 1 / y = 1 / (x + y) := by sorry
theorem f18 : √(x ^ 2 + y ^ 2) = |x| + |y| := by sorry
theorem f19 (h : 0 ≤ x) : √x ≤ x := by sorry
theorem f20 : exp (x * y) = exp x * exp y := by sorry
theorem f21 (h : 0 < x) (h' : 0 < y) : log (x + y) = log x * log y := by sorry
theorem f22 : Real.cosh x ≤ Real.exp x := by sorry
theorem f23 : Real.tanh (x + y) = Real.tanh x + Real.tanh y := by sorry
theorem f24 : ∀ ε > (0 : ℝ), |x| ≤ ε := by sorry
theorem f26 (h : ∀ i : Fin n, 0 < (i : ℝ)) : 1 < n := by sorry
theorem f27 (v : Fin n → ℝ) : (∑ i, v i) ^ 2 = ∑ i, v i ^ 2 := by sorry
theorem f28 (v : Fin n → ℝ) (h : ∀ i, v i ≤ 1) : ∑ i, v i < n := by sorry
theorem f29 (v w : Fin n → ℝ) (h : ∑ i, v i ≤ ∑ i, w i) : ∀ i, v i ≤ w i := by sorry
theorem f30 (v : Fin n → ℝ) : ∃ i, ∀ j, v j ≤ v i := by sorry
theorem f31 (h : x ∈ Set.Icc (0 : ℝ) 1) : x ^ 2 < x := by sorry
theorem f32 (h : x ∈ Set.Ioo (0 : ℝ) 1) (h' : y ∈ Ico (0 : ℝ) 1) : 0 < x * y := by sorry
theorem f33 : x ≤ 2 ∨ 3 ≤ x := by sorry
theorem f34 (h : x ≤ y ∧ y ≤ z) : x < z ∨ x = y ∧ y < z := by sorry
theorem f35 : (fun t : ℝ => max t 0) = fun t => |t| := by sorry
theorem f36 : Injective fun t : ℝ => t ^ 2 := by sorry
theorem f38 : StrictMono fun t : ℝ => max t 0 := by sorry
theorem f40 (hx : 0 < x) : x ^ y = Real.exp (x * Real.log y) := by sorry
theorem f41 (m : ℤ) : (m : ℝ) / 2 = ((m / 2 : ℤ) : ℝ) := by sorry
theorem f42 (m k : ℕ) : (m + k : ℝ) = ((m * k : ℕ) : ℝ) := by sorry
theorem f43 (k : ℕ) (hk : 0 < k) : (k : ℝ)⁻¹ < 1 := by sorry
theorem f44 (k : ℕ) : ∑ i ∈ Finset.range k, (2 : ℝ) ^ i = 2 ^ k := by sorry
theorem f45 (A B : Matrix (Fin n) (Fin n) ℝ) : (A * B).trace = A.trace * B.trace := by sorry
theorem f46 (A : Matrix (Fin 2) (Fin 2) ℝ) : A.det = A 0 0 * A 1 1 + A 0 1 * A 1 0 := by sorry
theorem f47 (u v : EuclideanSpace ℝ (Fin n)) : ‖u - v‖ = ‖u‖ - ‖v‖ := by sorry
theorem f48 (u v : EuclideanSpace ℝ (Fin n)) (h : ‖u‖ = ‖v‖) : u = v ∨ u = -v := by sorry
theorem f49 (u : EuclideanSpace ℝ (Fin n)) : HasFDerivAt (fun w : EuclideanSpace ℝ (Fin n) => ‖w‖ ^ 2) (innerSL ℝ u) u := by sorry
theorem f50 (u : EuclideanSpace ℝ (Fin n)) : DifferentiableAt ℝ (fun w : EuclideanSpace ℝ (Fin n) => ‖w‖) u := by sorry
theorem f51 (A : EuclideanSpace ℝ (Fin n) →L[ℝ] EuclideanSpace ℝ (Fin n)) : A.adjoint = A := by sorry
theorem f52 (A B : EuclideanSpace ℝ (Fin n) →L[ℝ] EuclideanSpace ℝ (Fin n)) : (A.comp B).adjoint = A.adjoint.comp B.adjoint := by sorry
theorem f53 (A : EuclideanSpace ℝ (Fin n) →L[ℝ] ℝ) (u : EuclideanSpace ℝ (Fin n)) : fderiv ℝ (fun w => A w ^ 2) u = (2 : ℝ) • A := by sorry
theorem f54 : ContinuousAt (fun t : ℝ => if t < 0 then (0 : ℝ) else 1) x := by sorry
theorem f55 : Continuous fun t : ℝ => if 0 < t then (1 : ℝ) else 0 := by sorry
theorem f56 : dist x y = x - y := by sorry
theorem f57 (h : |x| < 1) : |x| ^ 2 > |x| := by sorry
theorem f58 : HasDerivAt Real.arctan (1 / (1 + x)) x := by sorry
theorem f59 (p q : Prop) : (p → q) → (q → p) := by sorry
theorem f60 (a b : Fin (n + 1)) : a + b = a ∨ b ≠ 0 ∧ a = 0 ∨ a ≠ b ∧ b < a := by sorry
theorem f61 (l : List ℝ) : l.reverse = l := by sorry
theorem f62 (l : List ℝ) (h : l ≠ []) : 0 < l.sum := by sorry
theorem f63 : deriv (fun t => t * |t|) x = 2 * x := by sorry
theorem f64 : Real.sqrt (x * x) = x := by sorry
theorem f65 : x / (x ^ 2) = 1 / x ∧ x * x⁻¹ = 1 := by sorry
theorem f66 (h : 0 ≤ x) : HasDerivAt (fun t => t ^ (3/2 : ℝ)) ((3/2) * √x) (x - 1) := by sorry
theorem f67 : ∃! t : Fin 3, t.val < 2 := by sorry
theorem f68 (h : x = 1 ∨ x = 2) : x ^ 2 - 3 * x + 2 = 0 ∧ x < 2 := by sorry
theorem f69 : if 0 ≤ x then |x| = x else |x| = x := by sorry
theorem f70 : let u := x + 1; u * u = x * x + 2 * x := by sorry
end
end RealAnalysis
