"""The names of the table of meanings in statements that they make true, and their signatures."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from leanmirror.bridge.check.tasks import declaration_of, tasks
from leanmirror.bridge.check.texts import LeanText
from leanmirror.bridge.compile.meanings import MEANINGS
from leanmirror.bridge.compile.terms import Types, telescope
from leanmirror.bridge.core.term import Const, Term, children
from leanmirror.bridge.elaborate.elaborator import elaborate
from leanmirror.bridge.elaborate.library import default
from tests.bridge.compile.bank import verdict
from tests.bridge.compile.test_bodies import IN_BODIES

STATEMENTS = (
    "(k : ℕ) : (∅ : Finset ℕ).card ≤ k",
    "(k : ℕ) : ({k, 1} : Finset ℕ).card ≤ 2",
    "(s t : Finset (Fin 3)) : s ∩ t ⊆ s",
    "(s t : Finset (Fin 3)) : (s ×ˢ t).card = s.card * t.card",
    "(s t : Finset (Fin 3)) : s ∪ t = t ∪ s",
    "(a b : ℝ) : ‖(!₂[a, b] : EuclideanSpace ℝ (Fin 2))‖ ^ 2 = a ^ 2 + b ^ 2 ∧ !₂[a, b] 1 = b",
    "(n : ℕ) : Nat.sqrt (n * n) = n ∧ Nat.factorial 4 = 24 ∧ Nat.choose (n + 2) 1 = n + 2",
    "(m n : ℕ) : Nat.gcd m n * Nat.lcm m n = m * n ∧ Int.natAbs (-3) = 3 ∧ Int.toNat (-3) = 0",
    "(x : ℝ) (h : 0 < x) : Real.logb 2 (x ^ 3) = 3 * Real.logb 2 x ∧ Real.sign x = 1 ∧ Real.sign (-x) = -1",
    "{n : ℕ} (i : Fin n) : i.rev.rev = i ∧ i.rev.val + i.val + 1 = n",
    "{n : ℕ} (a : ℝ) (x : Fin n → ℝ) (i : Fin n) : Fin.cons a x i.succ = x i "
    "∧ Fin.tail (Fin.cons a x) i = x i",
    "{n : ℕ} (a : ℝ) (x : Fin n → ℝ) (i : Fin n) : Fin.snoc x a i.castSucc = x i "
    "∧ Fin.init (Fin.snoc x a) i = x i",
    "(p : ℝ × ℕ) : p.swap.swap = p ∧ Function.const ℕ p.1 p.2 = p.1",
    "(xs : List ℝ) : xs.reverse.reverse = xs ∧ (xs.map (fun x => x + 1)).length = xs.length",
    "(xs ys : List ℝ) : (xs ++ ys).sum = xs.sum + ys.sum ∧ xs.foldl (fun a x => a + x) 0 = xs.sum",
    "(xs : List ℝ) (n : ℕ) : xs.take n ++ xs.drop n = xs ∧ xs.foldr (fun x a => x + a) 0 = xs.sum",
    "(x : ℝ) (n : ℕ) : (List.replicate n x).sum = n * x ∧ (List.range n).length = n ∧ [x].isEmpty = false",
    "(xs : List ℝ) (ys : List ℕ) : (xs.zip ys).length = min xs.length ys.length ∧ xs.getD xs.length 7 = 7",
    "(xs : List ℕ) : (xs.filter (fun x => true)) = xs ∧ (List.ofFn (fun i : Fin 3 => i.val)) = [0, 1, 2]",
    "{n : ℕ} (A : Matrix (Fin n) (Fin n) ℝ) : Aᵀ.trace = A.trace ∧ Matrix.det Aᵀ = A.det",
    "{n : ℕ} (d : Fin n → ℝ) (i j : Fin n) : Matrix.diagonal d i j = if i = j then d i else 0",
    "{m n : ℕ} (w : Fin m → ℝ) (v : Fin n → ℝ) (i : Fin m) (j : Fin n) : "
    "Matrix.vecMulVec w v i j = w i * v j",
    "{n : ℕ} (i j : Fin n) (a : ℝ) : EuclideanSpace.single i a j = if j = i then a else 0",
    "(x : ℝ) (h : x ∈ Set.Icc 0 1) : x ^ 2 ≤ x ∧ x ∈ {y : ℝ | y ≤ 1} ∧ x ∈ (Set.univ : Set ℝ)",
    "(x : ℝ) : HasDerivAt Real.arctan (1 / (1 + x ^ 2)) x ∧ Real.sinh (Real.arsinh x) = x",
    "(x : ℝ) : Real.arcsin x + Real.arccos x = Real.pi / 2 ∧ HasDerivAt Real.arsinh (1 / √(x ^ 2 + 1)) x",
    "(x : ℝ) (h : |x| < 1) : HasDerivAt Real.arcsin (1 / √(1 - x ^ 2)) x",
    "{n : ℕ} (i : Fin n) : Nonempty (Fin n) ∧ (∃! j, j = i)",
    "(n : ℕ) : IsEmpty (Fin n) ∨ Infinite ℕ ∧ Finite (Fin n) ∧ (Subsingleton (Fin n) ↔ n = 1)",
    "(n : ℕ) : (NeZero n ↔ n ≠ 0) ∧ (Nat.AtLeastTwo n ↔ 2 ≤ n)",
    "Monotone (fun x : ℝ => x + 1)",
    "StrictMono (fun x : ℝ => 2 * x)",
    "Antitone (fun x : ℝ => -x)",
    "Function.Injective (fun x : ℝ => x + 1)",
    "Function.Bijective (fun i : Fin 3 => i.rev)",
    "{α : Type} [Field α] [LinearOrder α] [IsStrictOrderedRing α] (a b : α) : "
    "max a b / 2 + min a b / 2 = (a + b) / 2",
    "{n : ℕ} (x : EuclideanSpace ℝ (Fin n)) (k : ℤ) : 2 • x = x + x ∧ (k + 1) • x = k • x + x",
    "(x : ℝ) (n : ℕ) (k : ℤ) (i : Fin 3) (b : Bool) : x = x ∧ n = n ∧ k = k ∧ i = i ∧ b = b",
    "(x : ℝ × ℕ) : (x.1, x.2) = x",
    "(xs : List ℝ) : xs ++ [] = xs ∧ (1 :: xs).length = xs.length + 1",
    "(x : ℝ) (h : 0 < x ∨ x < 0) : x ≠ 0 ∧ ¬ (x = 0) ∧ (0 < x ↔ ¬ x ≤ 0)",
    "(x : ℝ) : (if 0 < x then 1 else 2) = if x > 0 then 1 else (2 : ℝ)",
    "(n : ℕ) : (if h : n < 3 then (⟨n, h⟩ : Fin 3).val else n) = n",
    "(x : ℝ) : (x ≥ 1 → 1 ≤ x) ∧ True ∧ (False → x = x + 1)",
    "(n : ℕ) (h : 0 < n) : ∃ k, k < n",
    "(n : ℕ) (a b : Bool) : (a && true) = a ∧ (a || b) = (b || a) ∧ (!(!a)) = a",
    "(x y : ℝ) : x - y = x + -y ∧ x * y⁻¹ = x / y ∧ x ^ 2 = x * x ∧ (3 : ℝ) • x = 3 * x",
    "(m n : ℕ) : m % 3 + 3 * (m / 3) = m ∧ n - m ≤ n",
    "(n : ℕ) : Nat.succ n = n + 1 ∧ Nat.pred n = n - 1 ∧ Nat.add n 2 = 2 + n ∧ Nat.mul n 2 = n + n",
    "(n : ℕ) : Nat.sub n 1 = n - 1 ∧ Nat.div n 2 = n / 2 ∧ Nat.mod n 2 = n % 2 ∧ Nat.zero = 0",
    "(n : ℕ) (x : ℝ) : (fun y : ℝ => y + 2)^[n] x = x + 2 * n ∧ Nat.iterate Nat.succ n 3 = n + 3",
    "(x y : ℝ) : max x y - min x y = |x - y| ∧ id x = x",
    "(x : ℝ) : (SignType.sign x : ℝ) * |x| = x",
    "(n : ℕ) (k : ℤ) : ((n + 1 : ℕ) : ℝ) = n + 1 ∧ ((k + 1 : ℤ) : ℝ) = k + 1",
    "(x : ℝ) : x * 0.5 = x / 2 ∧ x * 1e-3 = x / 1000",
    "(x : ℝ) : Real.exp x * Real.exp (-x) = 1 ∧ Real.cosh x + Real.sinh x = Real.exp x",
    "(x : ℝ) (h : 0 < x) : Real.log (x * x) = 2 * Real.log x ∧ Real.sqrt x * Real.sqrt x = x",
    "(x : ℝ) : Real.tanh x * Real.cosh x = Real.sinh x",
    "(x : ℝ) : Real.sin x ^ 2 + Real.cos x ^ 2 = 1 ∧ Real.cos Real.pi = -1",
    "(x : ℝ) (h : |x| < 1) : Real.tan x * Real.cos x = Real.sin x",
    "Nat.floor (7 / 2 : ℝ) = 3 ∧ Nat.ceil (7 / 2 : ℝ) = 4 ∧ Int.floor (-7 / 2 : ℝ) = "
    "-4 ∧ Int.ceil (-7 / 2 : ℝ) = -3",
    "{m n : ℕ} (i : Fin m) (j : Fin n) : (Fin.natAdd m j).val = m + j.val ∧ (Fin.castAdd n i).val = i.val",
    "{n : ℕ} (i : Fin n) : i.castSucc.val = i.val ∧ i.succ.val = i.val + 1 ∧ (Fin.last n).val = n",
    "{m n : ℕ} (h : m = n) (i : Fin m) : (Fin.cast h i).val = i.val ∧ (finCongr h i).val = i.val",
    "{m n : ℕ} (a : Fin m → ℝ) (b : Fin n → ℝ) (i : Fin m) : Fin.append a b (Fin.castAdd n i) = a i",
    "{m n : ℕ} (k : Fin (m * n)) : k.divNat.val * n + k.modNat.val = k.val",
    "{m n : ℕ} (p : Fin m × Fin n) : finProdFinEquiv.symm (finProdFinEquiv p) = p",
    "{n : ℕ} (i : Fin n) : (Equiv.refl (Fin n)) i = i ∧ ((Equiv.refl (Fin n)).trans "
    "(Equiv.refl (Fin n))) i = i",
    "{n : ℕ} (e : ℕ) (x : Fin n → ℝ) (i : Fin n) : Function.update x i 7 i = 7",
    "(n : ℕ) : Function.Injective (Fin.castSucc : Fin n → Fin (n + 1)) ∧ Fintype.card (Fin n) = n",
    "(n : ℕ) : (Finset.range n).card = n ∧ ∑ i ∈ Finset.range n, 2 = 2 * n ∧ ∏ i ∈ "
    "Finset.range 3, (i + 1) = 6",
    "(n : ℕ) : (Finset.filter (fun i => i < 2) (Finset.range (n + 2))).card = 2 ∧ n ∈ Finset.range (n + 1)",
    "{n : ℕ} (x : Fin n → ℝ) : ∑ i ∈ Finset.univ, x i = ∑ i, x i",
    "(xs : List ℝ) (i : Fin xs.length) : xs.get i ∈ xs",
    "{m n : ℕ} (W : Matrix (Fin m) (Fin n) ℝ) (v : Fin n → ℝ) (i : Fin m) : W.mulVec "
    "v i = dotProduct (W i) v",
    "{m n : ℕ} (W : Matrix (Fin m) (Fin n) ℝ) (v : Fin m → ℝ) : Matrix.vecMul v W = Wᵀ.mulVec v",
    "{m n : ℕ} (f : Fin m → Fin n → ℝ) (i : Fin m) (j : Fin n) : Matrix.of f i j = f i j",
    "(x : ℝ) : ![x, 2] 1 = 2 ∧ ![x, 2] 0 = x",
    "{n : ℕ} (x : EuclideanSpace ℝ (Fin n)) : inner ℝ x x = ‖x‖ ^ 2 ∧ WithLp.toLp 2 x.ofLp = x",
    "{n : ℕ} (x : EuclideanSpace ℝ (Fin n)) : (EuclideanSpace.equiv (Fin n) ℝ).symm "
    "(EuclideanSpace.equiv (Fin n) ℝ x) = x",
    "{n : ℕ} (x : EuclideanSpace ℝ (Fin n)) : (ContinuousLinearMap.id ℝ (EuclideanSpace ℝ (Fin n))).comp "
    "(ContinuousLinearMap.id ℝ (EuclideanSpace ℝ (Fin n))) x = x",
    "(p : ℝ × ℝ) : ((ContinuousLinearMap.fst ℝ ℝ ℝ).prod (ContinuousLinearMap.snd ℝ ℝ ℝ)) p = p",
    "(x : ℝ) : (ContinuousLinearMap.id ℝ ℝ).adjoint x = x ∧ ((ContinuousLinearMap.id "
    "ℝ ℝ).smulRight (2 : ℝ)) x = x * 2",
    "(x : ℝ) : HasDerivAt (fun y : ℝ => y ^ 3) (3 * x ^ 2) x ∧ deriv (fun y : ℝ => y ^ 3) x = 3 * x ^ 2",
    "(x : ℝ) : fderiv ℝ (fun y : ℝ => y ^ 2) x 1 = 2 * x ∧ DifferentiableAt ℝ (fun y : ℝ => y ^ 2) x",
    "(x : ℝ) : gradient (fun y : ℝ => y ^ 2) x = 2 * x",
    "(x : ℝ) : HasFDerivAt (fun y : ℝ => 3 * y) ((3 : ℝ) • ContinuousLinearMap.id ℝ ℝ) x",
    "(x : ℝ) : Activation.Math.reluSpec x = max x Numbers.zero ∧ (Numbers.two : ℝ) * x = x + x",
    "(x : ℝ) : MathFunctions.exp x = Real.exp x ∧ MathFunctions.abs x = |x|",
    "{n : ℕ} (f : EuclideanSpace ℝ (Fin n) → ℝ) (h : Differentiable ℝ f) (k : Continuous f) "
    "(x : EuclideanSpace ℝ (Fin n)) : ContinuousAt f x",
    "{m n : ℕ} (p : Fin m × Fin n) : (Equiv.prodComm (Fin m) (Fin n)) p = (p.2, p.1) ∧ "
    "(Equiv.prodComm (Fin m) (Fin n)).symm (p.2, p.1) = p",
    "{m n : ℕ} (p : (Fin m × Fin n) × Fin m) : (Equiv.prodAssoc (Fin m) (Fin n) (Fin m)) p = "
    "(p.1.1, (p.1.2, p.2)) ∧ (Equiv.prodAssoc (Fin m) (Fin n) (Fin m)).symm (p.1.1, (p.1.2, p.2)) = p",
    "{m n : ℕ} (e : Fin m → Fin n ≃ Fin n) (p : Fin m × Fin n) : (Equiv.prodCongrRight e) p = "
    "(p.1, e p.1 p.2) ∧ (Equiv.prodCongrRight e).symm ((Equiv.prodCongrRight e) p) = p",
    "{m n : ℕ} (e : Fin m → Fin n ≃ Fin n) (p : Fin n × Fin m) : (Equiv.prodCongrLeft e) p = "
    "(e p.2 p.1, p.2) ∧ (Equiv.prodCongrLeft e).symm ((Equiv.prodCongrLeft e) p) = p",
    "{n : ℕ} (v x : EuclideanSpace ℝ (Fin n)) : innerSL ℝ v x = inner ℝ v x",
    "{n : ℕ} (x : PiLp 2 (fun _ : Fin n => ℝ)) (i : Fin n) : "
    "PiLp.continuousLinearEquiv 2 ℝ (fun _ : Fin n => ℝ) x i = x i",
    "{m n : ℕ} (L : EuclideanSpace ℝ (Fin m) →L[ℝ] EuclideanSpace ℝ (Fin n) →L[ℝ] ℝ) "
    "(f : EuclideanSpace ℝ (Fin n) →L[ℝ] EuclideanSpace ℝ (Fin n)) "
    "(u : EuclideanSpace ℝ (Fin m)) (x : EuclideanSpace ℝ (Fin n)) : "
    "L.precompR (EuclideanSpace ℝ (Fin n)) u f x = L u (f x)",
    "{m n : ℕ} (L : EuclideanSpace ℝ (Fin m) →L[ℝ] EuclideanSpace ℝ (Fin n) →L[ℝ] ℝ) "
    "(f : EuclideanSpace ℝ (Fin n) →L[ℝ] EuclideanSpace ℝ (Fin m)) (v x : EuclideanSpace ℝ (Fin n)) : "
    "L.precompL (EuclideanSpace ℝ (Fin n)) f v x = L (f x) v",
    "{m n : ℕ} (L : EuclideanSpace ℝ (Fin m) →L[ℝ] EuclideanSpace ℝ (Fin n) →L[ℝ] ℝ) "
    "(u : EuclideanSpace ℝ (Fin m)) (v : EuclideanSpace ℝ (Fin n)) : L.flip v u = L u v",
    "{n : ℕ} (f : Fin n → ℝ →L[ℝ] ℝ) (x : ℝ) (i : Fin n) : "
    "ContinuousLinearMap.proj (φ := fun _ : Fin n => ℝ) (R := ℝ) i (ContinuousLinearMap.pi f x) = f i x",
    "{l m n : ℕ} (A : Matrix (Fin l) (Fin m) ℝ) (B : Matrix (Fin m) (Fin n) ℝ) : (A * B)ᵀ = Bᵀ * Aᵀ",
)


def _constants(term: Term) -> Iterator[str]:
    if isinstance(term, Const):
        yield term.name
    for each in children(term):
        yield from _constants(each)


@pytest.mark.parametrize("statement", STATEMENTS)
def test_a_true_statement_about_it(statement: str) -> None:
    colon = "" if statement[0] in "({" else ": "
    (task,) = tasks(LeanText("T.lean", f"example {colon}{statement} := by sorry"))
    found = verdict(task)
    assert "no_counterexample" == found.verdict, found.reason or found.counterexample


@pytest.mark.parametrize("name", MEANINGS)
def test_a_meaning_fits_its_signature(name: str) -> None:
    declared = default().lookup(name)
    assert declared is not None
    types = Types(default())
    kept = [p for p in telescope(declared.type) if p.kind != "instance" and not types.is_prop(p.type)]
    assert MEANINGS[name].arity <= len(kept)


def _spoken(term: Term) -> set[str]:
    """The constants of a statement, and those that its instances stand for."""
    found = set(_constants(term))
    for name in tuple(found):
        declared = default().lookup(name)
        if declared is not None and declared.kind == "instance" and declared.body is not None:
            found |= set(_constants(declared.body))
    return found


def test_how_many_meanings_the_statements_speak_of() -> None:
    spoken: set[str] = set()
    for statement in STATEMENTS:
        colon = "" if statement[0] in "({" else ": "
        (task,) = tasks(LeanText("T.lean", f"example {colon}{statement} := by sorry"))
        spoken |= _spoken(elaborate(declaration_of(task), default()).type)
    silent = sorted(set(MEANINGS) - set(IN_BODIES) - spoken)
    assert len(silent) <= 60, silent


@pytest.mark.parametrize(
    "statement",
    [
        "{n : ℕ} (p : Fin n × Fin n) : (Equiv.prodComm (Fin n) (Fin n)) p = p",
        "{n : ℕ} (e : Fin n → Fin n ≃ Fin n) (p : Fin n × Fin n) : "
        "Equiv.prodCongrRight e p = (p.1, e p.2 p.2)",
        "{n : ℕ} (e : Fin n → Fin n ≃ Fin n) (p : Fin n × Fin n) : "
        "Equiv.prodCongrLeft e p = (e p.1 p.1, p.2)",
        "{n : ℕ} (e : Fin n ≃ Fin n) (i : Fin n) : e.symm i = e i",
        "{n : ℕ} (A B : Matrix (Fin n) (Fin n) ℝ) : (A * B)ᵀ = Aᵀ * Bᵀ",
        "{n : ℕ} (v x : EuclideanSpace ℝ (Fin n)) : innerSL ℝ v x = inner ℝ v v",
    ],
)
def test_a_false_statement_about_it_is_refuted(statement: str) -> None:
    (task,) = tasks(LeanText("T.lean", f"example {statement} := by sorry"))
    assert "refuted" == verdict(task).verdict
