"""Nothing of a text is dropped: whatever part of a node is changed, elaboration refuses or says otherwise.

Each sample is elaborated, then again and again with one part of its tree changed: a child becomes a name that
nothing carries, a word or sign one that does not exist, a number another one. A rule that looks past a part
of its node is found by this, whatever part and whatever rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import fields, replace
from typing import Any

import pytest

from leanmirror.bridge.core.term import Lam, Pi, Term
from leanmirror.bridge.elaborate.binders import bind_groups
from leanmirror.bridge.elaborate.check import type_of
from leanmirror.bridge.elaborate.finish import closed, finish
from leanmirror.bridge.elaborate.lets import by_cases
from leanmirror.bridge.elaborate.library import Library, default
from leanmirror.bridge.elaborate.package import file_library
from leanmirror.bridge.elaborate.rules import RULES
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.declarations import Declaration
from leanmirror.bridge.lean.reader import read_file
from leanmirror.spec.errors import LeanMirrorError

HEADER = """open Spec Tensor
structure Pair where
  left : ℝ
  right : ℝ
local infixl:65 " ⊞ " => Nat.add
"""

SAMPLES = (
    "(x : ℝ) : Real.exp x = x",
    "{m n : ℕ} (x : EuclideanSpace ℝ (Fin (m * n))) : "
    "Proofs.Autograd.TapeNodes.SoftmaxLastAxis.forwardMN (m := m) (n := n) x = x",
    "(z : Tensor ℝ (.dim 2 .scalar)) : z = (z : Tensor ℝ (.dim 2 .scalar))",
    "(x : ℝ) : (x, x).1 = x",
    "(x : ℝ) : @(fun (y : ℝ) => y) x = x",
    "(x : ℝ) : 1e-6 + x = 2 * x - 3",
    ': "a" = "b"',
    "(x : ℝ) : @id _ x = x",
    "(p : Prop) : p ∧ ∃ α : Type, ¬ p",
    "(x : ℝ) : -x⁻¹ = √x",
    "(A : Matrix (Fin 2) (Fin 3) ℝ) : Aᵀ = Aᵀ",
    "(x : ℝ) : |x| = ‖x‖",
    "{n : ℕ} (x y : EuclideanSpace ℝ (Fin n)) : ⟪x, y⟫_ℝ = ⌊inner ℝ x y⌋",
    "(s : Finset (Fin 3)) : sᶜ = s",
    "(a b : ℕ) : a ⊞ b = b",
    "(s t : Finset (Fin 3)) : s ∪ {1, 2} ⊆ t ∩ s ∨ s \\ t = ∅",
    "(x : ℝ) : (· + x) 1 = (x : ℝ)",
    "(x : ℝ) : (if 0 < x then x else -x) = if h : x < 0 then -x else x",
    "(x : ℝ) : (show ℝ from x) = x",
    "(x : ℝ) : (set_option maxRecDepth 1000 in x) = x",
    "(x : ℝ) : (by exact x : ℝ) = x",
    "(f : ℝ → ℝ) : f = fun (x : ℝ) => f x",
    "(f : ℝ × ℝ → ℝ) : f = fun (a, b) => f (a, b)",
    "(f : ℝ → ℝ) : (∀ ε > 0, f ε = 0) ∧ ∀ x : ℝ, 0 < x → f x = 1",
    "(f : ℝ → ℝ) : ∃ x ≥ 2, f x = 0",
    "(f : ℝ → ℝ) : ∃! x : ℝ, f x = 0",
    "{n : ℕ} (a : Fin n → ℝ) : ∑ i : Fin n, a i = ∏ i, a i",
    "{n : ℕ} (a : Fin n → ℝ) (s : Finset (Fin n)) : ∑ i ∈ s with 0 < a i, a i = 0",
    "{n : ℕ} (a : Fin n → ℝ) (j : Fin n) : ∑ i ≠ j, a i = ∑ i ≤ j, a i",
    "{n : ℕ} (a : Fin n → Fin n → ℝ) (s : Finset (Fin n)) : ∑ (i ∈ s) (j : Fin n) with i < j, a i j = 0",
    "(n : ℕ) : ∑ (a + b = n), a * b = n",
    "(x : ℝ) : (let y : ℝ := x + 1; y * y) = x",
    "(p : ℝ × ℝ) : (let (a, b) := p; a + b) = 0",
    "(p : ℝ × ℝ) : (let f (z : ℝ) : ℝ := z + 1; f p.1) = 0",
    "(xs : List ℕ) : xs ++ [1, 2] = 3 :: xs",
    "(x : ℝ) : ![x, 1] 0 = x",
    "(x : ℝ) : (!![x, 1; 2, x] : Matrix (Fin 2) (Fin 2) ℝ) = 0",
    "(xs : List ℕ) (h : 1 < xs.length) : xs[1] = xs[0]! ∧ xs[0]? = some 1",
    "(x : ℝ) : x ∈ {y : ℝ | 0 < y}",
    "(y : {x : ℝ // 0 < x}) (s : Set ℝ) : y.val ∈ {x ∈ s | x < 1}",
    "(x : ℝ) : (⟨x, 1⟩ : Pair).left = x",
    "(x : ℝ) (p : Pair) : ({ left := x, right := 2 } : Pair) = { p with left := x }",
    "(n : ℕ) : (match n, n + 1 with | 0, _ => 1 | k + 1, m => k + m) = (2 : ℕ)",
    "(n : ℕ) : (fun | 0 => 1 | k + 1 => k : ℕ → ℕ) n = 3",
    "(o : Option ℕ) : (if let some k := o then k else 0) = 3",
    "(i : Fin 0) : (nomatch i : ℝ) = 0",
    "(f : ℝ →L[ℝ] ℝ) (x : ℝ) : f (2 • x) = x • f 2",
)
DEFINITIONS = (
    "def f (x : ℝ) : ℝ := g x where\n  g (y : ℝ) : ℝ := y + 1",
    "def f : ℕ → ℕ\n  | 0 => 1\n  | n + 1 => 2 * n",
    "def f (n : ℕ) : ℕ :=\n  let rec go (k : ℕ) : ℕ := k + 1\n  go n",
    "def f (x : ℝ) : ℝ := by\n  exact x + 1",
    "def f (a b : ℕ) : ℕ := by\n  exact a ⊞ b",
)
TEXTS = (*(f"theorem t {each} := sorry\n" for each in SAMPLES), *(f"{each}\n" for each in DEFINITIONS))

NEVER_LOOKED_AT = {
    ("Ident", "levels"): "universes are not told apart",
    ("Ident", "explicit"): "the same for a name without implicit arguments",
    ("Sort", "level"): "universes are not told apart",
    ("Opaque", "text"): "the text of a proof; of a value it is read by its end",
    ("Let", "key"): "`have` and `let` have one meaning",
    ("Scoped", "command"): "options that change no meaning",
    ("Hole", "name"): "`_` and `?h` are both to be found",
    ("If", "name"): "a name for the condition that nothing uses",
}
"""Parts that say nothing about what is true, with the reason."""

NOBODY = s.Ident("no.such.name")


def library_of(text: str) -> tuple[Declaration, Library]:
    file = read_file("Test.lean", text=HEADER + text)
    return file.declarations[-1], file_library(file, default())


def whole(
    declaration: Declaration,
    library: Library,
    binders: tuple[s.Binder, ...],
    type_: s.Node | None,
    body: s.Node | None,
) -> Term:
    """A statement, or a definition with its body, as one term."""
    elab = library.elaborator(declaration)
    bound = bind_groups(elab, binders)
    assert type_ is not None
    result = type_of(elab, type_)
    finish(elab)
    value = result if body is None else by_cases(elab, body, elab.ctx.zonk(result))
    finish(elab)
    for each in reversed(bound):
        value = Lam(each.var, each.type, value)
        result = Pi(each.var, each.type, result, each.kind)
    return Lam(bound[0].var, closed(elab, result, "it"), closed(elab, value, "it")) if bound else value


def printed(term: Term) -> str:
    """All of a term, its variables by number."""
    numbers: dict[str, int] = {}
    return re.sub(r"id=(\d+)", lambda found: f"id={numbers.setdefault(found[1], len(numbers))}", repr(term))


def changed(node: Any) -> Iterator[tuple[str, Any]]:
    """A node with one part changed, each with the name of the part, its own or that of a node inside."""
    for each in fields(node):
        value = getattr(node, each.name)
        where = f"{type(node).__name__}.{each.name}"
        if each.name in ("pos", "end") or (type(node).__name__, each.name) in NEVER_LOOKED_AT:
            continue
        for inner, found in part_changed(value, where):
            yield inner, replace(node, **{each.name: found})


def part_changed(value: Any, where: str) -> Iterator[tuple[str, Any]]:
    if isinstance(value, s.Node):
        if type(value) in RULES:
            yield where, replace(NOBODY, pos=value.pos)
        yield from changed(value)
    elif isinstance(value, tuple):
        for i, item in enumerate(value):
            for inner, found in part_changed(item, where):
                yield inner, (*value[:i], found, *value[i + 1 :])
    elif isinstance(value, bool):
        yield where, not value
    elif isinstance(value, int):
        yield where, value + 1
    elif isinstance(value, str) and not where.endswith((".names", ".kind")):
        yield where, "⁂" if value else "‽"


def dropped(text: str) -> list[str]:
    """The parts of a text that make no difference."""
    declaration, library = library_of(text)
    body = declaration.body if declaration.kind == "def" else None
    assert body is None or isinstance(body, s.Node)
    parts = (declaration.all_binders, declaration.type, body)
    original = whole(declaration, library, *parts)
    found = []
    for where, other_parts in part_changed(parts, "declaration"):
        try:
            other = whole(declaration, library, *other_parts)
        except LeanMirrorError:
            continue
        if printed(original) == printed(other):
            found.append(where)
    return found


@pytest.mark.parametrize("text", TEXTS)
def test_every_part_makes_a_difference(text: str) -> None:
    assert [] == dropped(text)


def test_the_samples_have_every_form_that_a_rule_is_for() -> None:
    seen: set[type] = set()
    for text in TEXTS:
        declaration = read_file("Test.lean", text=HEADER + text).declarations[-1]
        for root in (declaration.type, declaration.body):
            seen |= {type(node) for node in s.walk(root)} if isinstance(root, s.Node) else set()
    inside_blocks = {s.Tactic, s.Notation}  # elsewhere a notation is expanded when the file is read
    assert set() == set(RULES) - seen - inside_blocks
