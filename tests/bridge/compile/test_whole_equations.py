"""Equations between whole numbers are solved together, not filtered."""

from __future__ import annotations

import pytest

from leanmirror.bridge.compile.whole_equations import solutions
from tests.bridge.compile.bank import of_text

COINS = "(a b c : ℕ) (h : a + b + c = 100) (h2 : 5 * a + 3 * b + c = 200) : "
REMAINDERS = "(n : ℕ) (h : n % 3 = 1) (h2 : n % 5 = 2) (h3 : n % 7 = 3) : "
PYTHAGORAS = "(a b c : ℕ) (h : a ^ 2 + b ^ 2 = c ^ 2) (ha : 0 < a) (hb : 0 < b) : "


@pytest.mark.parametrize(
    ("statement", "verdict"),
    [
        ("(n : ℕ) (h : (3 * n) % 11 = 2) : n = 8", "refuted"),
        ("(n : ℕ) (h : (3 * n) % 11 = 2) : n % 11 = 8", "no_counterexample"),
        ("(n : ℕ) (h : 2 * n = 20) : n = 10", "no_counterexample"),
        ("(n : ℕ) (h : 2 * n = 20) : n = 11", "refuted"),
        ("(z : ℤ) (h : 3 * z + 5 = 26) : z = 8", "refuted"),
        ("(n : ℕ) (h : n * n = 49) : n = 8", "refuted"),
        ("(n : ℕ) (h : n % 7 = 3) (h2 : 10 < n) : n = 17", "refuted"),
        (PYTHAGORAS + "c ≠ 5", "refuted"),
        (PYTHAGORAS + "c < a + b", "no_counterexample"),
        ("(n m : ℕ) (h : n * m = 12) : n ≤ 6", "refuted"),
        ("(n m : ℕ) (h : n * m = 12) : n ≤ 12", "undecided"),
        ("(n m : ℕ) (h : n + m = 7) : n ≤ 5", "refuted"),
        ("(x y : ℤ) (h : 5 * x + 3 * y = 1) : x = 2", "refuted"),
        ("(x y : ℤ) (h : 5 * x + 3 * y = 1) : x % 3 = 2", "no_counterexample"),
        (COINS + "a ≤ 25", "no_counterexample"),
        (COINS + "a ≤ 20", "refuted"),
        (REMAINDERS + "n % 105 = 52", "no_counterexample"),
        (REMAINDERS + "n = 52", "refuted"),
        ("(n : ℕ) (h : 2 * n = 21) : False", "vacuous"),
        ("(a b : ℤ) (h : a ^ 2 = 2 * b ^ 2) (hb : b ≠ 0) : False", "vacuous"),
    ],
)
def test_statements_about_solutions(statement: str, verdict: str) -> None:
    (found,) = of_text(f"theorem t {statement} := by sorry")
    assert verdict == found.verdict, found.reason


@pytest.mark.parametrize(
    ("rows", "right"),
    [
        ([[3, 5]], [1]),
        ([[1, 1, 1], [5, 3, 1]], [100, 200]),
        ([[2, 4], [1, 2]], [6, 3]),
        ([[0, 0], [3, -7]], [0, 2]),
    ],
)
def test_solutions_solve(rows: list[list[int]], right: list[int]) -> None:
    found = solutions(rows, right)
    assert found is not None
    start, kernel = found
    assert right == [sum(a * x for a, x in zip(row, start, strict=True)) for row in rows]
    assert all(0 == sum(a * x for a, x in zip(row, k, strict=True)) for row in rows for k in kernel)


@pytest.mark.parametrize(("rows", "right"), [([[2, 4]], [3]), ([[1, 1], [1, 1]], [1, 2]), ([[0]], [1])])
def test_what_has_no_solution_is_none(rows: list[list[int]], right: list[int]) -> None:
    assert solutions(rows, right) is None
