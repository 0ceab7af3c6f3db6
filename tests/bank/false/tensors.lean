/-! False statements about tensors, layers, losses and contexts. -/

namespace Proofs.Autograd

open Spec Tensor Activation

theorem bias_forgotten {m n : ℕ} (l : LinearSpec ℝ m n) (x : Tensor ℝ (.dim m .scalar)) :
    linearSpec l x = matVecMulSpec l.weights x := by sorry
theorem bias_subtracted {m n : ℕ} (l : LinearSpec ℝ m n) (x : Tensor ℝ (.dim m .scalar)) :
    toVecE (linearSpec l x) = matCLM (tensorToMatrix l.weights) (toVecE x) - toVecE l.bias := by sorry
theorem transpose_is_identity {n : ℕ} (t : Tensor ℝ (.dim n (.dim n .scalar))) : matrixTransposeSpec t = t := by sorry
theorem tensors_commute {n : ℕ} (A B : Tensor ℝ (.dim n (.dim n .scalar))) : matMulSpec A B = matMulSpec B A := by
  sorry
theorem gradient_not_transposed {n : ℕ} (A B dC : Tensor ℝ (.dim n (.dim n .scalar))) :
    (matMulBackwardSpec A B dC).1 = matMulSpec dC B := by sorry
theorem gradients_swapped {n : ℕ} (A B dC : Tensor ℝ (.dim n (.dim n .scalar))) :
    (matMulBackwardSpec A B dC).1 = (matMulBackwardSpec B A dC).2 := by sorry
theorem left_right_products {n : ℕ} (v : Tensor ℝ (.dim n .scalar)) (A : Tensor ℝ (.dim n (.dim n .scalar))) :
    vecMatMulSpec v A = matVecMulSpec A v := by sorry
theorem outer_product_symmetric {n : ℕ} (a b : Tensor ℝ (.dim n .scalar)) :
    outerProductSpec a b = outerProductSpec b a := by sorry
theorem weight_gradient_swapped {n : ℕ} (x g : Tensor ℝ (.dim n .scalar)) :
    linearWeightsDerivSpec x g = outerProductSpec x g := by sorry
theorem input_gradient_not_transposed {n : ℕ} (W : Tensor ℝ (.dim n (.dim n .scalar))) (g : Tensor ℝ (.dim n .scalar)) :
    linearInputDerivSpec W g = matVecMulSpec W g := by sorry
theorem entry_transposed {n : ℕ} (A : Tensor ℝ (.dim n (.dim n .scalar))) (i j : Fin n) :
    get2 A i j = get2 A j i := by sorry
theorem matrix_of_transpose {n : ℕ} (A : Tensor ℝ (.dim n (.dim n .scalar))) :
    tensorToMatrix (matrixTransposeSpec A) = tensorToMatrix A := by sorry
theorem sum_of_sum {s : Shape} (a b : Tensor ℝ s) : sumSpec (addSpec a b) = sumSpec a - sumSpec b := by sorry
theorem dot_sum {s : Shape} (a b : Tensor ℝ s) : dot a b = sumSpec a * sumSpec b := by sorry
theorem product_as_dot {s : Shape} (a b : Tensor ℝ s) : sumSpec (mulSpec a b) = prodSpec a + prodSpec b := by sorry
theorem subtraction_swapped {s : Shape} (a b : Tensor ℝ s) : subSpec a b = subSpec b a := by sorry
theorem division_cancels {s : Shape} (a b : Tensor ℝ s) : mulSpec (divSpec a b) b = a := by sorry
theorem scale_and_sum {s : Shape} (a : Tensor ℝ s) (c : ℝ) : sumSpec (scaleSpec a c) = sumSpec a + c := by sorry
theorem abs_of_negative {s : Shape} (a : Tensor ℝ s) : absSpec (negSpec a) = negSpec (absSpec a) := by sorry
theorem sqrt_of_squares {s : Shape} (a : Tensor ℝ s) : sqrtSpec (squareSpec a) = a := by sorry
theorem exp_of_log {s : Shape} (a : Tensor ℝ s) : expSpec (logSpec a) = a := by sorry

-- losses
theorem mse_sum_for_mean {s : Shape} (p t : Tensor ℝ s) : mseSpec p t = sumSpec (squareSpec (subSpec p t)) := by sorry
theorem mse_derivative_factor {s : Shape} (p t : Tensor ℝ s) : mseDerivSpec p t = subSpec p t := by sorry
theorem mse_derivative_swapped {s : Shape} (p t : Tensor ℝ s) : mseDerivSpec p t = mseDerivSpec t p := by sorry
theorem mse_zero {s : Shape} (p t : Tensor ℝ s) (h : sumSpec p = sumSpec t) : mseSpec p t = 0 := by sorry
theorem mse_triangle {s : Shape} (p q t : Tensor ℝ s) : mseSpec p t ≤ mseSpec p q + mseSpec q t := by sorry
theorem mean_of_empty (s : Shape) : meanDenom s = s.size := by sorry

-- activations as they stand
theorem tensor_elu_is_elementwise {s : Shape} (t : Tensor ℝ s) (a : ℝ) :
    Activation.eluSpec t a = mapSpec (fun x => Math.eluSpec x a) t := by sorry
theorem tensor_leaky_is_elementwise {s : Shape} (t : Tensor ℝ s) (a : ℝ) :
    Activation.leakyReluSpec t a = mapSpec (fun x => Math.leakyReluSpec x a) t := by sorry
theorem sigmoid_gradient_from_input {s : Shape} (t : Tensor ℝ s) :
    sigmoidOutputDerivSpec t = Activation.sigmoidDerivSpec t := by sorry
theorem relu_gradient_ignores_input {s : Shape} (x g : Tensor ℝ s) :
    activationGradientSpec Activation.reluDerivSpec x g = g := by sorry
theorem softmax_backward_arguments {n : ℕ} (x g : Tensor ℝ (.dim n .scalar)) :
    softmaxBackwardSpec x g = softmaxBackwardSpec g x := by sorry
theorem log_softmax_backward_is_jvp {n : ℕ} (y g : Tensor ℝ (.dim n .scalar)) :
    logSoftmaxBackwardSpec y g = logSoftmaxJvpSpec y g := by sorry

-- shapes and contexts
theorem size_of_matrix (m n : ℕ) : Shape.size (.dim m (.dim n .scalar)) = m + n := by sorry
theorem size_of_vector (n : ℕ) : Shape.size (.dim n .scalar) = n + 1 := by sorry
theorem context_size_of_length (Γ : List Shape) : ctxSize Γ = Γ.length := by sorry
theorem context_size_of_append (Γ Δ : List Shape) : ctxSize (Γ ++ Δ) = ctxSize Γ * ctxSize Δ := by sorry
theorem context_dot_first {Γ : List Shape} (x y : TList Γ) : TList.dotList x y = TList.dotList x x := by sorry
theorem single_is_everywhere {Γ : List Shape} {s : Shape} (idx : Idx Γ s) (x : CtxVec Γ) (v : Vec (Shape.size s)) :
    inner ℝ x (CtxVec.single idx v) = inner ℝ x x := by sorry
theorem two_places {Γ : List Shape} {n : ℕ} (i j : Idx Γ (.dim n .scalar)) (x : CtxVec Γ) (v : Vec n) :
    inner ℝ x (TapeNodes.singleVec i v) = inner ℝ (TapeNodes.getVec j x) v := by sorry
theorem two_places_read {Γ : List Shape} {s : Shape} (i j : Idx Γ s) (x : CtxVec Γ) :
    CtxVec.get i x = CtxVec.get j x := by sorry
theorem write_then_read {Γ : List Shape} {s : Shape} (i j : Idx Γ s) (v : Vec (Shape.size s)) :
    CtxVec.get j (CtxVec.single i v) = v := by sorry
theorem flatten_reversed {Γ : List Shape} (x y : TList Γ) :
    inner ℝ (flattenCtx x) (flattenCtx y) = TList.dotList x x := by sorry

-- networks
theorem mlp_without_relu {a b c : ℕ} (l₁ : LinearSpec ℝ a b) (l₂ : LinearSpec ℝ b c) (x : Vec a) :
    mlpVec l₁ l₂ x = affine (tensorToMatrix l₂.weights) (toVecE l₂.bias)
      (affine (tensorToMatrix l₁.weights) (toVecE l₁.bias) x) := by sorry
theorem mlp_derivative_everywhere {a b c : ℕ} (l₁ : LinearSpec ℝ a b) (l₂ : LinearSpec ℝ b c) (x : Vec a) :
    HasFDerivAt (mlpVec l₁ l₂) (mlpDeriv l₁ l₂ x) x := by sorry
theorem certified_forward_linear {m n : ℕ} (C : OpSpecFDerivCorrect m n) (x y : Vec m) :
    C.forwardVec (x + y) = C.forwardVec x + C.forwardVec y := by sorry
theorem certified_derivative_base {m n : ℕ} (C : OpSpecFDerivCorrect m n) (x y : Vec m) :
    HasFDerivAt C.forwardVec (C.deriv y) x := by sorry

end Proofs.Autograd
