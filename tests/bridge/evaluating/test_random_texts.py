"""Statements from a small grammar: nothing crashes or hangs, and verdicts do not depend on the run."""

from __future__ import annotations

import time
from random import Random

import pytest

from tests.bridge.evaluating.bank import of_text

BINDERS = (
    "{n : ℕ} (x y : EuclideanSpace ℝ (Fin n))",
    "(x y : ℝ)",
    "(x y : ℝ) (h : x < y)",
    "{n : ℕ} (i : Fin n) (x y : Fin n → ℝ)",
    "(m n : ℕ) (h : m ≤ n)",
    "{α : Type} [Field α] (x y : α)",
    "{ι : Type} [Fintype ι] (f : ι → ℝ) (x y : ℝ)",
    "{P Q : Prop} (x y : ℝ)",
    "(f : ℝ → ℝ) (x y : ℝ) (h : ∀ z, HasDerivAt f (f z) z)",
    "{m n : ℕ} (A : Matrix (Fin m) (Fin n) ℝ) (x y : Fin n → ℝ)",
)
ATOMS = ("x", "y", "0", "1", "2", "n", "m", "(f x)", "(x i)", "A", "P", "∑ i, f i", "∑ i, x i", "‖x‖", "|y|")
INFIX = (" + ", " - ", " * ", " / ", " ^ ", " • ", " ∧ ", " → ")
PREFIX = (
    "-",
    "Real.exp ",
    "Real.log ",
    "inner ℝ x ",
    "A.mulVec ",
    "deriv f ",
    "Fin.succ ",
    "(fun z => z) ",
    "¬ ",
)
RELATION = (" = ", " < ", " ≤ ", " ≠ ", " ↔ ", " ∣ ")
WRAPPED = ("∀ z : ℝ, {}", "∃ k : ℕ, {}", "{} ∨ x = y", "let z := x; {}", "(if x = y then {} else True)")
COUNT = 2_000
VERDICTS = {"no_counterexample", "refuted", "vacuous", "undecided", "unsupported"}
LONGEST = 20.0


def term(rng: Random, depth: int) -> str:
    kind = rng.random()
    if depth == 0 or kind < 0.3:
        return rng.choice(ATOMS)
    if kind < 0.7:
        return f"({term(rng, depth - 1)}{rng.choice(INFIX)}{term(rng, depth - 1)})"
    return f"({rng.choice(PREFIX)}{term(rng, depth - 1)})"


NUMBERS = ("x", "y", "0", "1", "2", "0.5", "Real.pi")
FUNCTIONS = (
    "-",
    "Real.exp ",
    "Real.log ",
    "Real.sqrt ",
    "Real.tanh ",
    "(fun z => z * z) ",
    "deriv Real.exp ",
)


def number(rng: Random, depth: int) -> str:
    """A real number, certainly."""
    kind = rng.random()
    if depth == 0 or kind < 0.25:
        return rng.choice(NUMBERS)
    if kind < 0.75:
        return f"({number(rng, depth - 1)}{rng.choice(INFIX[:4])}{number(rng, depth - 1)})"
    return f"({rng.choice(FUNCTIONS)}{number(rng, depth - 1)})"


def statement(rng: Random) -> str:
    """A statement, half of the time about real numbers, else one that may or may not mean anything."""
    make = rng.choice((number, term))
    binders = rng.choice(BINDERS[1:3]) if make is number else rng.choice(BINDERS)
    body = f"{make(rng, 3)}{rng.choice(RELATION[: 4 if make is number else 6])}{make(rng, 3)}"
    if rng.random() < 0.3:
        body = rng.choice(WRAPPED).format(body)
    return f"theorem t {binders} : {body} := by sorry"


def run_all(seed: int, count: int) -> list[str]:
    """The verdicts of that many statements, each found twice."""
    rng, found = Random(seed), []
    for _ in range(count):
        text = statement(rng)
        started = time.process_time()
        one, two = (of_text(text)[0] for _ in range(2))
        assert one.verdict in VERDICTS, text
        assert (one.verdict, one.counted) == (two.verdict, two.counted), text
        assert time.process_time() - started < LONGEST, text
        found.append(one.verdict)
    return found


def test_a_few_random_statements_have_verdicts_that_do_not_change() -> None:
    found = run_all(1, 15)
    assert {"unsupported", "refuted"} <= set(found)


@pytest.mark.campaign
def test_random_statements_have_verdicts_that_do_not_change() -> None:
    found = run_all(2, COUNT)
    assert {"unsupported", "refuted", "no_counterexample"} <= set(found)
