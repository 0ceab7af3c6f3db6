"""Changes of a statement's tree: which there are, and that each is one change."""

from __future__ import annotations

import pytest

from leanmirror.bridge.audit.edits import edits, negated, states
from leanmirror.bridge.audit.mutator import statement_text
from leanmirror.bridge.lean.notations import NO_NOTATIONS
from leanmirror.bridge.lean.parser import parse_term
from leanmirror.bridge.lean.reader import read_file


def changed(statement: str) -> dict[str, list[str]]:
    """The changed statements by kind."""
    (declaration,) = read_file("My.lean", text=f"theorem t {statement} := by sorry\n").declarations
    assert declaration.type is not None
    found: dict[str, list[str]] = {}
    for edit in edits(declaration.binders, declaration.type):
        found.setdefault(edit.kind, []).append(statement_text(edit.binders, edit.type, NO_NOTATIONS))
    return found


@pytest.mark.parametrize(
    ("statement", "kind", "expected"),
    [
        ("(a b : ℝ) : a - 1 = b", "sign", ["(a b : ℝ) : a + 1 = b"]),
        ("(a : ℝ) : -a = 1", "sign", ["(a : ℝ) : a = 1"]),
        ("(a b : ℝ) : a - b = 1", "arguments", ["(a b : ℝ) : b - a = 1"]),
        ("(a : ℝ) : f a 2 = 1", "arguments", ["(a : ℝ) : f 2 a = 1"]),
        ("(a : ℝ) : (if 0 < a then 1 else a) = 1", "arguments", ["(a : ℝ) : (if 0 < a then a else 1) = 1"]),
        ("(a : ℝ) : a ≤ 3", "constant", ["(a : ℝ) : a ≤ 4", "(a : ℝ) : a ≤ 2"]),
        ("(n : ℕ) : n ≤ 0", "constant", ["(n : ℕ) : n ≤ 1"]),
        ("(a : ℝ) : a ≤ 3", "relation", ["(a : ℝ) : a < 3", "(a : ℝ) : a ≥ 3"]),
        ("(a : ℝ) : a ≤ 3", "conclusion", ["(a : ℝ) : a > 3"]),
        ("(a : ℝ) : f a", "conclusion", []),
        ("(a : ℝ) (h : 0 < a) : a = 3", "hypothesis dropped", ["(a : ℝ) : a = 3"]),
        ("(a : ℝ) (h : 0 < a) : a = 3", "hypothesis negated", ["(a : ℝ) (h : 0 ≥ a) : a = 3"]),
        ("(a : ℝ) : 0 < a → a = 3", "hypothesis dropped", ["(a : ℝ) : a = 3"]),
        ("(a : ℝ) : 0 < a → a = 3", "hypothesis negated", ["(a : ℝ) : 0 ≥ a → a = 3"]),
        ("(n : ℕ) [NeZero n] : n = 3", "hypothesis dropped", ["(n : ℕ) : n = 3"]),
        ("(n : ℕ) : n = 3", "hypothesis dropped", []),
        ("(x : Fin 2 → ℝ) (i j : Fin 2) : x i = 1", "index", ["(x : Fin 2 → ℝ) (i j : Fin 2) : x j = 1"]),
        ("(a : ℝ) (n : ℕ) : a = n", "index", []),
        ("(p : ℝ × ℝ) : p.1 = 3", "index", ["(p : ℝ × ℝ) : p.2 = 3"]),
        ("(a : ℝ) : Real.exp a = 3", "function", ["(a : ℝ) : Real.cosh a = 3"]),
        ("(x : Fin 2 → ℝ) : ∑ i, x i = 3", "function", ["(x : Fin 2 → ℝ) : ∏ i, x i = 3"]),
        ("(exp : ℝ) : exp = 3", "function", []),
        (": ∀ ε > 0, ε = 3", "relation", [": ∀ ε ≥ 0, ε = 3", ": ∀ ε < 0, ε = 3", ": ∀ ε > 0, ε ≠ 3"]),
        (": ∃ x : ℝ, x = 3", "quantifier", [": ∀ (x : ℝ), x = 3"]),
        ("(a : ℝ) : |a| = 3", "operator", ["(a : ℝ) : a = 3"]),
    ],
)
def test_a_kind_of_change(statement: str, kind: str, expected: list[str]) -> None:
    assert expected == changed(statement).get(kind, [])


def test_both_sides_of_an_operation_stand_alone() -> None:
    assert ["(a b : ℝ) : a = 1", "(a b : ℝ) : b = 1"] == changed("(a b : ℝ) : a * b = 1")["operand"]


@pytest.mark.parametrize(
    ("term", "expected"),
    [
        ("a < b", "a ≥ b"),
        ("¬p", "p"),
        ("p ∧ q", "¬(p ∧ q)"),
        ("∀ x, p x = 1", "¬∀ x, p x = 1"),
    ],
)
def test_the_opposite(term: str, expected: str) -> None:
    assert parse_term(expected) == negated(parse_term(term))


@pytest.mark.parametrize(
    ("term", "expected"),
    [("a < b", True), ("∀ x, x = 1", True), ("a = 1 → b = 1", True), ("ℝ → ℝ", False), ("a + b", False)],
)
def test_what_is_seen_to_be_a_proposition(term: str, expected: bool) -> None:
    assert expected is states(parse_term(term))
