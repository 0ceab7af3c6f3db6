"""What holds, or fails, only because Lean's library chose a value where mathematics has none."""

from __future__ import annotations

import pytest

from leanmirror.spec.core.context import div, log, sqrt
from leanmirror.spec.core.conventions import DIVISION, chosen, watching
from leanmirror.spec.judge.verdicts import Junk
from tests.bridge.compile.bank import of_text


def junk(statement: str) -> Junk | None:
    (found,) = of_text(f"theorem t {statement} := by sorry")
    return found.junk


@pytest.mark.parametrize(
    ("statement", "where"),
    [
        ("(x : ℝ) : x / 0 = 0", ("x / 0 = 0",)),
        ("(x : ℝ) : 1 / x = x⁻¹ * (x / x)", ("x / 0 = 0",)),
        ("(x : ℝ) : Real.log (0 * x) = 0", ("log 0 = 0",)),
        ("(x : ℝ) (h : x < 0) : √x = 0", ("√x = 0 for x < 0",)),
        ("(n m : ℕ) (h : n ≤ m) : n - m = 0", ("m - n = 0 for m < n",)),
    ],
)
def test_what_holds_by_a_convention_says_so(statement: str, where: tuple[str, ...]) -> None:
    found = junk(statement)
    assert found is not None
    assert where == found.where
    assert found.holds > 0
    assert 0 == found.fails


@pytest.mark.parametrize(
    "statement",
    [
        "(x : ℝ) : x + 0 = x",
        "(x y : ℝ) (h : y ≠ 0) : x / y * y = x",
        "(x : ℝ) : 0 * (1 / x) = 0",
        "(x : ℝ) (h : 0 ≤ x) : √x * √x = x",
        "(n m : ℕ) (h : m ≤ n) : n - m + m = n",
    ],
)
def test_what_holds_by_itself_says_nothing(statement: str) -> None:
    assert None is junk(statement)


def test_a_counterexample_that_is_one_by_convention_says_so() -> None:
    assert Junk(0, 1, ("x / 0 = 0",)) == junk("(x : ℝ) : x / x = 1")
    assert None is junk("(x : ℝ) : x + 1 = x")


def test_nobody_sees_another_value_outside() -> None:
    assert (0, 0, 0) == (div(1, 0), log(0), sqrt(-1))
    with watching(7) as watch:
        assert (7, {DIVISION}) == (div(1, 0), watch.used)
    assert 0 == chosen(DIVISION) == div(1, 0)
