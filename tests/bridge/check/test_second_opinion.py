"""Nobody is accused before the counterexample was computed again, from the words that are printed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from leanmirror import check_node
from leanmirror.bridge.check.result import CheckReport, Result
from leanmirror.bridge.check.run import run_task
from leanmirror.bridge.check.tasks import Task, tasks
from leanmirror.bridge.check.texts import LeanText
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.judge.types import RealT
from tests.bridge.check.test_run import gaussian

WRONG = "(x y : ℝ) (h : x ≤ y) : x + 1 ≤ y"


def of(statement: str) -> Result:
    (task,) = tasks(LeanText("T.lean", f"theorem t {statement} := by sorry\n"))
    return run_task(Task(task, 100, 50, 0))


@pytest.mark.parametrize(
    ("statement", "how"),
    [
        (WRONG, "text"),
        ("(x : ℝ) : Real.exp x = 1 + x", "text"),
        ("{n : ℕ} (x : EuclideanSpace ℝ (Fin n)) : ‖x‖ = ∑ i, x i", "text"),
        ("(f : ℝ → ℝ) : f 0 = f 1", "text"),
        ("(s : Finset (Fin 3)) : s.card = 3", "text"),
        ("{α : Type} [Field α] (x : α) : x * x = x", "inputs"),
        ("(f : ℝ → ℝ) (x : ℝ) (h : HasDerivAt f 0 x) : f x = 0", "text"),
    ],
)
def test_counterexamples_are_confirmed(statement: str, how: str) -> None:
    found = of(statement)
    assert ("refuted", None) == (found.verdict, found.cause), found.text
    assert found.counterexample is not None
    assert how == found.counterexample.confirmed


def test_words_that_say_another_number_are_an_error_with_both(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "refuted" == of(WRONG).verdict
    monkeypatch.setattr(RealT, "show", lambda self, value: "0" if value == 0 else str(Fraction(value) + 7))
    found = of("(x : ℝ) (h : 1 < x) : x < 5")
    assert ("error", "disagreement") == (found.verdict, found.cause) or found.counterexample is not None
    found = of("(x : ℝ) : x ≠ 3")
    assert ("error", "disagreement", None) == (found.verdict, found.cause, found.counterexample)
    assert found.reason is not None
    assert "two computations disagree at x := 10: one says 3 ≠ 3 does not hold" in found.reason
    assert "the other, that 10 ≠ 3 holds" in found.reason
    assert 4 == CheckReport(50, 0, 100, (found,)).exit_status


def test_a_hypothesis_that_the_words_do_not_meet_is_a_disagreement(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(RealT, "show", lambda self, value: str(-Fraction(value)))
    found = of("(x : ℝ) (h : 0 < x) : x < 0")
    assert ("error", "disagreement") == (found.verdict, found.cause)
    assert "a hypothesis does not hold there" in (found.reason or "")


def test_a_judge_that_errs_at_one_precision_accuses_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    """A judgement that holds at the second precision only: what the first one found is no counterexample."""
    from leanmirror.bridge.check import second_opinion
    from leanmirror.spec.judge.judgement import TRUE

    def other(*_: Any, **__: Any) -> list[Judgement]:
        return [TRUE]

    monkeypatch.setattr(second_opinion, "judge_parts", other)
    found = of(WRONG)
    assert ("error", "disagreement", False) == (found.verdict, found.cause, found.ok)


def test_a_node_of_ones_own_is_judged_twice_too() -> None:
    found = check_node(gaussian(1)).counterexample
    assert found is not None
    assert "inputs" == found.confirmed
