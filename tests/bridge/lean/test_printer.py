"""The normal form: what is printed reads back to an equal tree."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings

from leanmirror.bridge.lean.parser import parse_term
from leanmirror.bridge.lean.printer import print_term
from leanmirror.bridge.lean.syntax import Ident, Node, height, walk
from tests.bridge.lean.trees import TERMS


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(TERMS)
def test_printed_trees_read_back(tree: Node) -> None:
    assert tree == parse_term(print_term(tree))


NORMAL = {
    "f (m := m) (x) y": "f (m := m) x y",
    "a+b*c": "a + b * c",
    "(a+b)*c": "(a + b) * c",
    "a = b ∧ c = d → e ∨ f": "a = b ∧ c = d → e ∨ f",
    "p → (q → r)": "p → q → r",
    "(p → q) → r": "(p → q) → r",
    "a - (b - c)": "a - (b - c)",
    "(a - b) - c": "a - b - c",
    "-x^2": "-x ^ 2",
    "(-x)^2": "(-x) ^ 2",
    "-(-x)": "- -x",
    "f x⁻¹": "f x⁻¹",
    "(f x)⁻¹": "(f x)⁻¹",
    "A x†": "A x†",
    "x -> y <-> z": "x → y ↔ z",
    "fun x ↦ x": "fun x => x",
    "λ (x) y => x": "fun x y => x",
    "f fun x => x": "f (fun x => x)",
    "f <| g x": "f (g x)",
    "x |> f": "f x",
    "f a $ g b": "f a (g b)",
    "xs |>.map f": "(xs).map f",
    "(f <| · + 1)": "(f <| · + 1)",
    "(∑ i, f i) + c": "∑ i, f i + c",
    "c * (∑ i : T, f i)": "c * (∑ (i : T), f i)",
    "∑ j ≠ i, f j": "∑ j ≠ i, f j",
    "gcd 20! 3 = n !": "gcd 20 ! 3 = n !",
    "!b && f !c": "!b && f (!c)",
    "a + 1 ≡ b [MOD 2 * n]": "Nat.ModEq (2 * n) (a + 1) b",
    "a ≡ b [ZMOD 3]": "Int.ModEq 3 a b",
    "∑ (i ∈ s) (j), f i j": "∑ (i ∈ s) (j), f i j",
    "∑ (a + b = n) , f a": "∑ (a + b = n), f a",
    "∏ ⟨i, j⟩ : A × B with p i, f i j": "∏ (⟨i, j⟩ : A × B) with p i, f i j",
    "∑ (i, j) ∈ s, f i j": "∑ (i, j) ∈ s, f i j",
    "∀ x : A, ∀ y, p x": "∀ (x : A), ∀ y, p x",
    "(x : A) → B x": "∀ (x : A), B x",
    "((x : A)) → B": "((x : A)) → B",
    "{α : Type} → [C α] → α": "∀ {α : Type}, ∀ [C α], α",
    "(n : Nat) × F n": "Σ (n : Nat), F n",
    "∃ x > 0, p x": "∃ x > 0, p x",
    "0x1F + 1.50e2": "31 + 15e1",
    "if h : p then a else b": "if h : p then a else b",
    "let x := 1\nx + 1": "let x := 1; x + 1",
    "have : p := h; q": "have this : p := h; q",
    "match x with | 0 => a | n+1 => b": "(match x with | 0 => a | n + 1 => b)",
    "{ a := 1\n  b := 2 }": "{ a := 1, b := 2 }",
    "{ s with a := 1 }": "{ s with a := 1 }",
    "(by simp : p)": "((by simp) : p)",
    "by simp\n": "(by simp)",
    "«x» + «a b»": "x + «a b»",
    "show p from h": "show p from h",
    "↑x + f ↑y": "↑x + f ↑y",
    "x.1.2": "x.1.2",
    "(x.f y).2": "(x.f y).2",
    "shape![a, b]": "shape![a, b]",
    "E →L[ℝ] F →L[ℝ] G": "E →L[ℝ] F →L[ℝ] G",
    "(E →L[ℝ] F) →L[ℝ] G": "(E →L[ℝ] F) →L[ℝ] G",
    "∫ x, f x ∂μ": "∫ x, f x ∂μ",
    "{x : ℝ | 0 < x}": "{x : ℝ | 0 < x}",
    "{f x | x ∈ s}": "{f x | x ∈ s}",
    "⟪x, y⟫_ℝ": "⟪x, y⟫_ℝ",
    "a[i]'h + b[j]!": "a[i]'h + b[j]!",
    "!![a, b; c, d]": "!![a, b; c, d]",
    "Type _": "Type _",
    "Type (max u v)": "Type (max u v)",
    "@f.{u} x": "@f.{u} x",
}


@pytest.mark.parametrize("text", NORMAL)
def test_normal_form(text: str) -> None:
    tree = parse_term(text)
    printed = print_term(tree)
    assert NORMAL[text] == printed
    assert tree == parse_term(printed)
    assert printed == print_term(parse_term(printed))


def test_layout_and_spelling_do_not_matter() -> None:
    assert parse_term("f  (x)\n  y -- a comment\n  z") == parse_term("f x y z")
    assert parse_term("f x y") != parse_term("f y x")


def test_positions_are_offsets_of_first_tokens() -> None:
    tree = parse_term("f x + g (y)")
    assert {"f": 0, "x": 2, "g": 6, "y": 9} == {n.name: n.pos for n in walk(tree) if isinstance(n, Ident)}


def test_height_counts_nesting() -> None:
    assert 1 == height(parse_term("x"))
    assert 3 == height(parse_term("f (g x)"))
