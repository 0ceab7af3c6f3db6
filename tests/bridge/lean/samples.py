"""Lean text of our own that looks like a library: what the tests of the reader start from."""

from __future__ import annotations

BASIC = """\
/-
A file of tests. /- nested /- comments -/ -/ end here.
-/
module

public import Mini.Base
import Mini.Other

/-! prose: theorem fake : False := by -/

@[expose] public section

namespace Mini

open Shapes
open scoped BigOperators

noncomputable section

universe u v

variable {α : Type u} [Field α] (s : Shape)
variable {m n : Nat}

/-- Rows of a flat matrix, `theorem` in prose. -/
def rows (x : Vec α (m * n)) : Fin m → Vec α n :=
  fun i j => x (pair (i, j))

/-- A sum. -/
@[simp, reducible]
theorem sum_rows (x : Vec α (m * n)) :
    ∑ i : Fin m, ∑ j, rows (m := m) (n := n) x i j = ∑ k, x k := by
  classical
  simp [rows]

@[simp] lemma norm_le {x : ℝ} (h : |x| ≤ 1) : ‖x‖ ^ 2 ≤ 1 := by nlinarith

structure Node (Γ : List Shape) (τ : Shape) extends Base Γ where
  /-- The value. -/
  forward : Ctx Γ → Tensor τ
  jvp (x dx : Ctx Γ) : Tensor τ := zero
  correct : ∀ x δ, ⟪jvp x x, δ⟫_ℝ = ⟪x, δ⟫_ℝ
deriving Repr, DecidableEq

inductive Tree : Nat → Type u where
  | leaf : Tree 0
  /-- Two at once. -/
  | node (l r : Tree n) (h : n ≠ 0 := by decide) : Tree (n + 1)

namespace Node

def size? : List Nat → Option Nat
  | [] => none
  | a :: rest => some (a + rest.length)

instance : Coe Nat ℝ where
  coe n := (n : ℝ)

theorem jvp_eq {Γ : List Shape} (node : Node Γ .scalar) :
    let f := node.forward
    let x : Ctx Γ := default
    f x = node.jvp x x := rfl

end Node

section Local
local notation "E" => EuclideanSpace ℝ (Fin n)

lemma on_E (f : E →L[ℝ] E) (x : E) : (f x).ofLp 0 = f x 0 := by rfl
end Local

private theorem auxiliary : ∃ ε > 0, ∀ x ∈ S, ε < x.1.2 := by
  refine ⟨1, by norm_num, fun x hx => ?_⟩
  exact hx.le

mutual
def even : Nat → Bool
  | 0 => true
  | n + 1 => odd n
def odd : Nat → Bool
  | 0 => false
  | n + 1 => even n
end

theorem Node.same {x y : Vec α n} (h : x = y) :
    (if h' : n = 0 then x else { val := x, prop := by simp [h] }).val
      = match n, x with
        | 0, _ => y
        | _ + 1, ⟨a, b⟩ => b := by
  cases h
  rfl

end

end Mini
"""

SMALL = (
    "theorem a (h : p) : q := h",
    "def f {n : Nat} (x : Fin n → ℝ) : ℝ := ∑ i, x i * 2",
    "lemma «odd name» : (fun x ↦ |x| + 1) = g ∘ h := rfl",
    "instance {α : Type*} [Add α] : Foo (Bar α) := ⟨fun a b => a + b⟩",
    'def s : String := s!"a {f "b"} c"',
    "abbrev Vec (n : ℕ) : Type := EuclideanSpace ℝ (Fin n)",
    "open Nat (succ) in\ntheorem b : succ 0 = 1 := rfl",
)
