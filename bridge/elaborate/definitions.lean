/-! Definitions of mirrored names in terms of others, where the Python object takes what Lean's does not:
the points that a proposition speaks of, the place that an equivalence moves. -/

def Proofs.Autograd.VJPCorrect {σ τ : Spec.Shape} (_forward : Spec.Tensor ℝ σ → Spec.Tensor ℝ τ)
    (jvp : Spec.Tensor ℝ σ → Spec.Tensor ℝ σ → Spec.Tensor ℝ τ)
    (vjp : Spec.Tensor ℝ σ → Spec.Tensor ℝ τ → Spec.Tensor ℝ σ) : Prop :=
  ∀ (x dx : Spec.Tensor ℝ σ) (δ : Spec.Tensor ℝ τ), Spec.dot (jvp x dx) δ = Spec.dot dx (vjp x δ)

def Proofs.Autograd.TapeNodes.MatTranspose.transposeEquiv (m n : Nat) : Fin (m * n) ≃ Fin (n * m) :=
  Equiv.trans finProdFinEquiv.symm (Equiv.trans (Equiv.prodComm (Fin m) (Fin n)) finProdFinEquiv)
