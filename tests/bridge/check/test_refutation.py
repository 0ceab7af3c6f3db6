"""A counterexample in Lean's words: an example to paste, which our own reader reads as the negation."""

from __future__ import annotations

import pytest

from leanmirror.bridge.check.environment import environment_of
from leanmirror.bridge.check.result import Result
from leanmirror.bridge.check.run import run_task
from leanmirror.bridge.check.tasks import Task, TextTask, declaration_of, tasks
from leanmirror.bridge.check.texts import LeanText
from leanmirror.bridge.core.same import same_term
from leanmirror.bridge.core.substitute import arguments, head_name
from leanmirror.bridge.elaborate.elaborator import elaborate
from leanmirror.bridge.elaborate.library import default
from tests.bridge.compile.bank import statements


def results(text: str) -> list[Result]:
    return [run_task(Task(each, 100, 50, 0)) for each in tasks(LeanText("T.lean", text))]


def of_one(statement: str) -> Result:
    (found,) = results(f"theorem t {statement} := by sorry\n")
    assert "refuted" == found.verdict, found.text
    return found


def pasted(statement: str) -> str:
    witness = of_one(statement).counterexample
    assert witness is not None
    assert witness.example is not None
    return witness.example


def reads_as_negation(task: TextTask, example: str) -> bool:
    """Whether the example, where the claim stands, says that the claim's statement is false."""
    declaration = declaration_of(task)
    before = task.source.text[: declaration.start]
    own = tasks(LeanText("Pasted.lean", f"{before}{example}\n"))[-1]
    environment, _ = environment_of(own.source, default())
    negated = elaborate(declaration_of(own), environment)
    statement = elaborate(declaration, environment_of(task.source, default())[0])
    return head_name(negated.conclusion) == "Not" and same_term(
        arguments(negated.conclusion)[0], statement.type
    )


def test_an_example_is_what_one_would_write() -> None:
    expected = (
        "example : ¬ (∀ (a b : ℝ), a - b = b - a) := by\n  intro h\n  have := @h (0) (1)\n  norm_num at this"
    )
    assert pasted("(a b : ℝ) : a - b = b - a") in {expected, expected.replace("(0) (1)", "(1) (0)")}


def test_a_conclusion_that_begins_with_a_parenthesis_is_whole() -> None:
    text = pasted("(a b : ℝ) : (a + b) ^ 2 = a ^ 2 + b ^ 2")
    assert text.startswith("example : ¬ (∀ (a b : ℝ), (a + b) ^ 2 = a ^ 2 + b ^ 2) := by\n")


def test_variables_of_the_file_are_bound_too() -> None:
    (found,) = results("variable (x : ℝ) {y : ℝ}\ntheorem t (h : x < y) : x + 1 < y := by sorry\n")
    assert found.counterexample is not None
    text = found.counterexample.example or ""
    assert "∀ (x : ℝ) {y : ℝ} (h : x < y), x + 1 < y" in text
    assert "(by norm_num)" in text


def test_a_real_power_is_nothing_that_norm_num_computes() -> None:
    found = of_one("(x y z : ℝ) : x ^ (y + z) = x ^ y * x ^ z").counterexample
    assert found is not None
    assert found.example is None
    assert "norm_num at this" in pasted("(x : ℝ) (n : ℕ) : x ^ n = x")


def test_larger_and_smaller_are_unfolded() -> None:
    assert pasted("(x y : ℝ) : max x y = x").endswith("norm_num [max_def] at this")
    assert pasted("(x y : ℝ) : max x y = min x y").endswith("norm_num [max_def, min_def] at this")


def test_inputs_stand_in_the_order_of_the_binders() -> None:
    found = of_one("(x : ℝ) {n : ℕ} (v : Fin n → ℝ) (m : ℕ) : x = n + m").counterexample
    assert found is not None
    assert ["x", "n", "v", "m"] == list(found.lean)


def test_a_variable_that_a_hypothesis_defines_is_shown_too() -> None:
    found = of_one("(x y : ℝ) (h : y = x + 1) : y < x").counterexample
    assert found is not None
    assert ["x", "y"] == list(found.lean)


def test_hypotheses_are_told_by_name_or_by_what_they_say() -> None:
    named = of_one("(x y : ℝ) (h : 0 < x ∧ 0 < y) : x = y").counterexample
    assert named is not None
    assert ("h",) == named.hypotheses
    unnamed = of_one("(n : ℕ) [NeZero n] : n ≠ 0 → n = 3").counterexample
    assert unnamed is not None
    assert ("[NeZero n]", "n ≠ 0") == unnamed.hypotheses


def test_structures_are_written_by_their_fields() -> None:
    text = "structure Hyper where\n  lr : ℝ\n  momentum : ℝ\n  pos : 0 < lr\n"
    (found,) = results(f"{text}theorem t (h : Hyper) : h.lr = h.momentum := by sorry\n")
    assert found.counterexample is not None
    assert found.counterexample.lean["h"].startswith("{ lr := ")
    assert ", momentum := " in found.counterexample.lean["h"]
    assert "sorry" not in found.counterexample.lean["h"]


@pytest.mark.parametrize("part", range(4))
def test_every_example_of_the_bank_reads_back(part: int) -> None:
    read = 0
    for task in statements("false")[part::8]:
        found = run_task(Task(task, 100, 50, 0)).counterexample
        if found is not None and found.example is not None:
            assert reads_as_negation(task, found.example), found.example
            read += 1
    assert read >= 2


@pytest.mark.campaign
def test_all_examples_of_the_bank_read_back() -> None:
    for task in statements("false"):
        found = run_task(Task(task, 100, 50, 0)).counterexample
        if found is not None and found.example is not None:
            assert reads_as_negation(task, found.example), found.example
