"""Statements of our own for the tests of elaboration, and how they are read."""

from __future__ import annotations

from leanmirror.bridge.core.show import Shower
from leanmirror.bridge.elaborate.elaborator import elaborate
from leanmirror.bridge.elaborate.library import Library, default
from leanmirror.bridge.elaborate.package import file_library
from leanmirror.bridge.elaborate.statement import Statement
from leanmirror.bridge.lean.reader import read_file

HEADER = "namespace Proofs.Autograd\nopen Spec Tensor\nopen scoped BigOperators\n"


def elaborated(text: str, header: str = HEADER) -> tuple[Statement, Library]:
    """The last declaration of a text, elaborated over the default environment."""
    file = read_file("Test.lean", text=header + text)
    env = file_library(file, default())
    return elaborate(file.declarations[-1], env), env


def theorem(statement: str, header: str = HEADER) -> Statement:
    """A theorem with that statement."""
    return elaborated(f"theorem t {statement} := sorry\n", header)[0]


def shown(statement: str, header: str = HEADER) -> str:
    """A theorem as messages show it: the conclusion, with all that elaboration added."""
    found, env = elaborated(f"theorem t {statement} := sorry\n", header)
    return Shower(env).show(found.conclusion)


ACCEPTED = {
    # projections, adjoints, coercions of maps
    "{n : ℕ} (x δ : Vec n) : (matApplyLin x).adjoint δ = outer δ x": (
        "coe (adjoint (matApplyLin x)) δ = outer δ x"
    ),
    "{m n : ℕ} (A : Mat m n) (x : Vec n) : matApplyLin x A = 0": "coe (matApplyLin x) A = 0",
    "{n : ℕ} (x y : Vec n) : inner ℝ x y = ∑ i, x i * y i": (
        "inner ℝ x y = sum univ (fun i => ofLp x i * ofLp y i)"
    ),
    "{n : ℕ} (x : Vec n) : ∀ i, x i = x.ofLp i": "∀ i : Fin n, ofLp x i = ofLp x i",
    "{n : ℕ} (x : Vec n) : (fun i => x i) = x": "(fun i => ofLp x i) = ofLp x",
    "{n : ℕ} (x : Vec n) : ‖x‖ ^ 2 = inner ℝ x x": "norm x ^ 2 = inner ℝ x x",
    "{n : ℕ} (a : ℝ) (x y : Vec n) : a • (x + y) = a • x + a • y": "a • (x + y) = a • x + a • y",
    "{n : ℕ} (x dx : Vec n) : (fderiv ℝ softmaxVec x) dx = softmaxJvp x dx": (
        "coe (fderiv ℝ softmaxVec x) dx = softmaxJvp x dx"
    ),
    "{n : ℕ} (x : Vec n) : VJP[fun z : Vec n => inner ℝ z z, x] 1 = (2 : ℝ) • x": (
        "coe (vjp (fun z => inner ℝ z z) x) 1 = 2 • x"
    ),
    # sizes that are the same by definition
    "{n : ℕ} (x : Vec (n + 0)) (y : Vec n) : x = y": "x = y",
    "{n : ℕ} (x : Vec (n + 1)) (y : Vec n.succ) : x = y": "x = y",
    "{m n : ℕ} (x : Vec (2 * 3)) (y : Vec 6) : x = y": "x = y",
    "{m n : ℕ} (x : Vec (Shape.size (.dim m (.dim n .scalar)))) (y : Vec (m * (n * 1))) : x = y": "x = y",
    "{m n : ℕ} (x : Vec (m * n)) : TapeNodes.SoftmaxLastAxis.forwardMN x = x": "forwardMN x = x",
    "{s : Shape} (x : CtxVec [s]) (y : Vec (s.size + 0)) : x = y": "x = y",
    # numbers and coercions between them
    "(x : ℝ) (n : ℕ) : x + n = n + x": "x + cast n = cast n + x",
    "(a b : ℕ) : (a + b : ℝ) = b + a": "cast a + cast b = cast b + cast a",
    "{n : ℕ} (i : Fin n) : (i : ℝ) < n": "cast (val i) < cast n",
    "(x : ℝ) : SignType.sign x * |x| = x": "cast (sign x) * abs x = x",
    ": 2 + 2 = 4": "2 + 2 = 4",
    ": (2 : ℝ) + 2 = 4": "2 + 2 = 4",
    "(x : ℝ) : 1e-6 + x = 0.5": "ofScientific 1 true 6 + x = ofScientific 5 true 1",
    "(x : ℝ) (n : ℕ) : x ^ n = x ^ 2": "x ^ n = x ^ 2",
    "(a b : ℕ) : a - b + b = a": "(a - b) + b = a",
    "(x : ℚ) : x + 1 > x": "x + 1 > x",
    "(x : ℤ) : x - 1 ≤ x": "x - 1 ≤ x",
    # binders
    "(f f' : ℝ → ℝ) (hf : ∀ z, HasDerivAt f (f' z) z) (x : ℝ) : deriv f x = f' x": "deriv f x = f' x",
    "(f : ℝ → ℝ) (x : ℝ) : HasDerivAt (fun x => x * f x) (f x + x * deriv f x) x": (
        "HasDerivAt (fun x => x * f x) (f x + x * deriv f x) x"
    ),
    "(x : ℝ) : (if 0 < x then x else 0) = max x 0": "ite (0 < x) x 0 = max x 0",
    "{n : ℕ} : ∃ x : Vec n, x ≠ 0": "Exists (fun x => x ≠ 0)",
    "(x : ℝ) (h : ∀ ε > 0, |x| < ε) : x = 0": "x = 0",
    "(x : ℝ) : ∃ y > x, y ≠ 0": "Exists (fun y => y > x ∧ y ≠ 0)",
    "(x : ℝ) : let y := x + 1; y * y = x ^ 2 + 2 * x + 1": "let y := x + 1; y * y = (x ^ 2 + 2 * x) + 1",
    "(n : ℕ) : ∑ i ∈ Finset.range n, i = n * (n - 1) / 2": "sum (range n) (fun i => i) = (n * (n - 1)) / 2",
    "{m n : ℕ} (A B : Mat m n) : inner ℝ A B = ∑ i : Fin m, ∑ j : Fin n, A i j * B i j": (
        "inner ℝ A B = sum univ (fun i => sum univ (fun j => ofLp (ofLp A i) j * ofLp (ofLp B i) j))"
    ),
    "(p : ℝ × ℝ) : (fun (a, b) => a + b) p = p.1 + p.2": (
        "(fun p => let a := fst p; let b := snd p; a + b) p = fst p + snd p"
    ),
    "(f : ℝ → ℝ) : f ∘ Real.exp = fun x => f (Real.exp x)": "comp f exp = (fun x => f (exp x))",
    "(xs : List ℕ) : xs ++ [1, 2] = xs": "xs ++ 1 :: (2 :: nil) = xs",
    "(x y : ℝ) : (⟨x, y⟩ : ℝ × ℝ).2 = y": "snd (mk x y) = y",
    "(x : ℝ) : (· + x) 1 = 1 + x": "(fun x1✝ => x1✝ + x) 1 = 1 + x",
    # named arguments, partial application, scalars
    "{m n : ℕ} (x : Vec (m * n)) : TapeNodes.SoftmaxLastAxis.forwardMN (m := m) (n := n) x = x": (
        "forwardMN x = x"
    ),
    "{n : ℕ} (x : Vec n) : HasFDerivAt (softmaxVec (n := n)) (softmaxDerivCLM x) x": (
        "HasFDerivAt softmaxVec (softmaxDerivCLM x) x"
    ),
    "{α : Type} [Context α] (x : α) : Activation.Math.reluSpec x = max x 0": "reluSpec x = max x 0",
    "(x : ℝ) : Activation.Math.reluSpec x = max x 0": "reluSpec x = max x 0",
    "{Γ : List Shape} {s : Shape} (idx : Idx Γ s) (x : CtxVec Γ) : CtxVec.get idx x = 0": "get idx x = 0",
    "{n : ℕ} {h : n = n} (x : Vec n) : castVec h x = castVec (by simp) x": "castVec h x = castVec ⋯ x",
    "(p q : Prop) : p ∧ q → q ∨ p": "p ∧ q → q ∨ p",
}
"""Statement → its conclusion as shown. A real Lean has to accept each elaboration."""
