"""Inputs drawn from types and hypotheses: for each a true statement, and a wrong variant that is refuted."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from leanmirror.bridge.check.counterexample import lean_inputs
from leanmirror.bridge.check.run import check
from leanmirror.bridge.check.tasks import tasks
from leanmirror.bridge.check.text_claims import claim_of_task
from leanmirror.bridge.check.texts import LeanText
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge.codec import decode_example
from leanmirror.spec.judge.search import run
from leanmirror.spec.judge.tally import Verdict
from tests.bridge.compile.bank import of_text

SPACES = (
    "{E F : Type} [NormedAddCommGroup E] [InnerProductSpace ℝ E] [CompleteSpace E] "
    "[NormedAddCommGroup F] [InnerProductSpace ℝ F] [CompleteSpace F] "
)
CHAIN = SPACES + (
    "{f : E → F} {g : F → ℝ} {f' : E →L[ℝ] F} {g' : F →L[ℝ] ℝ} {x : E} "
    "(hf : HasFDerivAt f f' x) (hg : HasFDerivAt g g' (f x)) : "
)
LARGER = (
    "{Γ : List Shape} {f g : CtxVec Γ → ℝ} {f' g' : CtxVec Γ →L[ℝ] ℝ} {x : CtxVec Γ} "
    "(hf : HasFDerivAt f f' x) (hg : HasFDerivAt g g' x) (h : f x > g x) : "
)
PAIR = (
    "{m n : ℕ} (J : Vec m → Vec m → Vec n) (V : Vec m → Vec n → Vec m) "
    "(h : ∀ x d δ, inner ℝ (J x d) δ = inner ℝ d (V x δ)) (x a b : Vec m) (δ : Vec n) : "
)
PAIRS = {
    "sums over a finite type": (
        "{ι : Type} [Fintype ι] (f : ι → ℝ) (a : ℝ) : (∑ i, f i) * a = ∑ i, f i * a",
        "{ι : Type} [Fintype ι] (f : ι → ℝ) (a : ℝ) : (∑ i, f i) + a = ∑ i, (f i + a)",
    ),
    "functions of two indices of other types": (
        "{ι κ : Type} [Fintype ι] [Fintype κ] (f : ι → κ → ℝ) : ∑ i, ∑ j, f i j = ∑ j, ∑ i, f i j",
        "{ι : Type} [Fintype ι] (f : ι → ι → ℝ) (i j : ι) : f i j = f j i",
    ),
    "a type that is not empty": (
        "{ι : Type} [Fintype ι] [Nonempty ι] : 0 < Fintype.card ι",
        "{ι : Type} [Fintype ι] : 0 < Fintype.card ι",
    ),
    "propositions": (
        "{P Q : Prop} [Decidable P] [Decidable Q] (a : ℝ) : "
        "(if P ∨ Q then (0 : ℝ) else a) = if P then 0 else if Q then 0 else a",
        "{P Q : Prop} [Decidable P] [Decidable Q] (a : ℝ) : "
        "(if P ∧ Q then (0 : ℝ) else a) = if P then 0 else if Q then 0 else a",
    ),
    "a proposition as a hypothesis": ("{P Q : Prop} (h : P) : P ∨ Q", "{P Q : Prop} (h : P) : P ∧ Q"),
    "functions between spaces, with their derivatives": (
        CHAIN + "(fderiv ℝ (fun x => g (f x)) x).adjoint (1 : ℝ) = f'.adjoint (g'.adjoint (1 : ℝ))",
        CHAIN + "(fderiv ℝ (fun x => g (f x)) x).adjoint (1 : ℝ) = f'.adjoint ((2 : ℝ) • g'.adjoint (1 : ℝ))",
    ),
    "functions of a context": (
        LARGER + "HasFDerivAt (fun x => max (f x) (g x)) f' x",
        LARGER + "HasFDerivAt (fun x => max (f x) (g x)) g' x",
    ),
    "derivatives at every point": (
        "{n : ℕ} {f : Vec n → ℝ} {f' : Vec n → Vec n →L[ℝ] ℝ} (h : ∀ x, HasFDerivAt f (f' x) x) "
        "(x y : Vec n) : "
        "fderiv ℝ f x y = f' x y",
        "{n : ℕ} {f : Vec n → ℝ} {f' : Vec n → Vec n →L[ℝ] ℝ} (h : ∀ x, HasFDerivAt f (f' x) x) "
        "(x y : Vec n) : "
        "fderiv ℝ f x y = f' y x",
    ),
    "differentiable functions": (
        "{n : ℕ} {f : Vec n → ℝ} (h : Differentiable ℝ f) (k : Continuous f) (x y : Vec n) : "
        "fderiv ℝ (fun z => 2 * f z) x y = 2 * fderiv ℝ f x y",
        "{n : ℕ} {f : Vec n → ℝ} (h : Differentiable ℝ f) (k : Continuous f) (x y : Vec n) : "
        "fderiv ℝ (fun z => f z * f z) x y = 2 * fderiv ℝ f x y",
    ),
    "sequences": ("(f : ℕ → ℝ) (n : ℕ) : f (n + 0) = f n", "(f : ℕ → ℝ) (n : ℕ) : f (n + 1) = f n"),
    "functions of a Boolean": (
        "(f : Bool → ℝ) (b : Bool) : f (!b) + f b = f true + f false",
        "(f : Bool → ℝ) (b : Bool) : f (!b) = f b",
    ),
    "functions of pairs of indices": (
        "{n : ℕ} (f : Fin n × Bool → ℝ) (i : Fin n) : f (i, true) + f (i, false) = ∑ b, f (i, b)",
        "{n : ℕ} (f : Fin n × Bool → ℝ) (i : Fin n) : f (i, true) = f (i, false)",
    ),
    "functions of several vectors": (
        "{m n : ℕ} (f : Vec m → ℝ → Vec n) (x : Vec m) (c : ℝ) : f x (c * 1) = f x c",
        "{m n : ℕ} (f : Vec m → ℝ → Vec n) (x : Vec m) (c : ℝ) : f x (c * 2) = f x c",
    ),
    "adjoint pairs": (
        PAIR + "V x (J x (a + b) + δ) = V x (J x a) + V x (J x b) + V x δ",
        PAIR + "V x (J x (a + b)) = V x (J x a) + V a (J x b)",
    ),
    "linear maps": (
        "{m n : ℕ} (A : Vec m →L[ℝ] Vec n) (x : Vec m) (δ : Vec n) : "
        "inner ℝ (A x) δ = inner ℝ x (A.adjoint δ)",
        "{n : ℕ} (A : Vec n →L[ℝ] Vec n) (x : Vec n) : A.adjoint x = A x",
    ),
    "families of linear maps": (
        "{n : ℕ} (f : Fin n → Vec n →L[ℝ] ℝ) (x : Vec n) (i : Fin n) : ContinuousLinearMap.pi f x i = f i x",
        "{n : ℕ} (f : Fin n → Vec n →L[ℝ] ℝ) (x : Vec n) (i j : Fin n) : "
        "ContinuousLinearMap.pi f x i = f j x",
    ),
    "shapes of equal size": (
        "(s t : Shape) (h : s.size = t.size) (x : Vec s.size) (i : Fin s.size) : i.val < t.size",
        "(s t : Shape) (h : s.size = t.size) (x : Vec s.size) : s = t",
    ),
    "nodes that read two contexts": (
        "{Γ Δ : List Shape} {τ : Shape} (node : Node (Γ ++ Δ) τ) (h : NodeFDerivCorrect node) "
        "(x d : CtxVec (Γ ++ Δ)) : node.jvpVec x (d + d) = node.jvpVec x d + node.jvpVec x d",
        "{Γ Δ : List Shape} {τ : Shape} (node : Node (Γ ++ Δ) τ) (h : NodeFDerivCorrect node) "
        "(x d : CtxVec (Γ ++ Δ)) : node.jvpVec (x + x) d = node.jvpVec x d",
    ),
    "indices into two contexts": (
        "{Γ Δ : List Shape} {s : Shape} (i : Idx (Γ ++ Δ) s) : i.i.val < Γ.length + Δ.length",
        "{Γ Δ : List Shape} {s : Shape} (i : Idx (Γ ++ Δ) s) : i.i.val < Γ.length",
    ),
    "operations": (
        "{σ τ : Shape} (f : OpSpecCorrect σ τ) (x dx : Tensor ℝ σ) (δ : Tensor ℝ τ) : "
        "Spec.dot (f.jvp x dx) δ = Spec.dot dx (f.op.backward x δ)",
        "{σ : Shape} (f : OpSpecCorrect σ σ) (x dx : Tensor ℝ σ) : f.jvp x dx = f.op.backward x dx",
    ),
    "positions below a length": (
        "(ss : List ℕ) (i : ℕ) (h : Nat.succ i < ss.length) : i + 1 < ss.length",
        "(ss : List ℕ) (i : ℕ) (h : Nat.succ i < ss.length) : i + 2 < ss.length",
    ),
}


def verdict_of(statement: str) -> Verdict:
    """The verdict of one statement in the namespace of the mirrored proofs."""
    text = f"namespace Proofs.Autograd\nopen Spec\ntheorem t {statement} := by sorry\nend Proofs.Autograd\n"
    (found,) = of_text(text)
    return found


@pytest.mark.parametrize("kind", PAIRS)
def test_a_true_statement_is_run(kind: str) -> None:
    found = verdict_of(PAIRS[kind][0])
    assert "no_counterexample" == found.verdict, found.reason or found.counterexample
    assert found.counted >= 50 or found.exhausted


@pytest.mark.parametrize("kind", PAIRS)
def test_its_wrong_variant_is_refuted_and_the_witness_replays(kind: str) -> None:
    text = (
        f"namespace Proofs.Autograd\nopen Spec\ntheorem t {PAIRS[kind][1]} := by sorry\nend Proofs.Autograd\n"
    )
    (task,) = tasks(LeanText("T.lean", text))
    claim = claim_of_task(task).claim
    found = run(claim)
    assert "refuted" == found.verdict, found.reason
    assert found.counterexample is not None
    assert found.counterexample.judgement.certified
    written = json.loads(json.dumps(found.counterexample.example.encoded()))
    again = decode_example(claim, written)
    assert written == again.encoded()
    assert claim.judge(again.realized()).fails


def test_at_which_types_a_statement_was_run_is_said() -> None:
    text = (
        "theorem t {ι α : Type} [Fintype ι] [Field α] (f : ι → α) (q : ℚ) : ∑ i, f i = ∑ i, f i := by sorry"
    )
    (task,) = tasks(LeanText("T.lean", text))
    assert ("ι := Fin n, n ≤ 4", "α := ℝ", "ℚ := ℝ") == claim_of_task(task).at


def test_a_class_that_the_reals_may_not_have_is_not_run() -> None:
    text = "class Odd (α : Type) : Prop where\ntheorem t {α : Type} [Odd α] (x y : α) : x = y := by sorry"
    (task,) = tasks(LeanText("T.lean", text))
    with pytest.raises(Unsupported, match="α: whether ℝ is a Odd"):
        claim_of_task(task)


def test_the_report_of_what_was_not_refuted_says_at_which_types_too(tmp_path: Path) -> None:
    path = tmp_path / "T.lean"
    path.write_text("theorem t {α : Type} [Field α] (x y : α) : x * y = y * x := by sorry", "utf-8")
    report = check([str(path)], examples=4, jobs=1)
    assert "  assumes: α := ℝ" in report.text.splitlines()


def test_a_matrix_is_written_as_its_type_reads_it() -> None:
    binders = "(A : Mat 1 2) (B : Matrix (Fin 1) (Fin 2) ℝ) (h : A 0 0 = 1)"
    text = f"open Proofs.Autograd\ntheorem t {binders} : B 0 0 = 2 := by sorry"
    (task,) = tasks(LeanText("T.lean", text))
    found = run(claim_of_task(task).claim).counterexample
    assert found is not None
    shown = lean_inputs(found.example)
    assert ("!₂[!₂[1, 0]]", "!![0, 0]") == (shown["A"], shown["B"])


@pytest.mark.parametrize(
    ("statement", "exhausted"),
    [
        ("(x : ℝ) (h : x = 3) : x < 4", True),
        ("(x y : ℝ) (h : y = x + 1) (h' : 3 = x) : y = 4", True),
        ("(x : ℝ) (h : x = 1 ∨ x = 2) : x ^ 2 - 3 * x + 2 = 0", True),
        ("(n : ℕ) (h : n ∈ ({1, 2, 3} : Finset ℕ)) : n ≤ 3", True),
        ("(n : ℕ) (h : n < 5) : n ^ 2 < 17", True),
        ("(n : ℕ) (a b : Bool) : (a && b) = (b && a)", True),
        ("(x y : ℝ) (h : y = x + 1) : x < y", False),
    ],
)
def test_few_inputs_are_all_there_are(statement: str, exhausted: bool) -> None:
    (found,) = of_text(f"theorem t {statement} := by sorry")
    assert ("no_counterexample", exhausted) == (found.verdict, found.exhausted), found.reason
