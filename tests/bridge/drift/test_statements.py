"""What is run for a meaning: with limits, and terms that are one but for names."""

from __future__ import annotations

import pytest

from leanmirror.bridge.core.same import same_term
from leanmirror.bridge.drift.judged import Effort, run_all
from leanmirror.bridge.drift.statements import Meaning
from leanmirror.bridge.elaborate.elaborator import elaborate
from leanmirror.bridge.elaborate.library import default
from leanmirror.bridge.lean.reader import read_file


def test_a_run_without_end_is_undecided() -> None:
    def endless() -> Meaning:
        while True:
            pass

    quick = Meaning("same", "same term")
    found = run_all([lambda: quick, endless], Effort(seconds=1))
    assert quick == found[0]
    assert ("undecided", "resource: time limit of 1 s reached") == (found[1].meaning, found[1].reason)


@pytest.mark.parametrize(
    ("one", "two", "expected"),
    [
        ("(x : ℝ) : x = x", "(y : ℝ) : y = y", True),
        ("(x y : ℝ) : x = y", "(x y : ℝ) : y = x", False),
        ("(x y : ℝ) : x = y", "(y x : ℝ) : y = x", True),
        ("{x : ℝ} : ∀ z, x = z", "(x : ℝ) (z : ℝ) : x = z", True),
        ("(x : ℝ) : x + 1 = 1", "(x : ℝ) : x + 2 = 1", False),
        ("(x : ℝ) : (fun y : ℝ => y) x = x", "(x : ℝ) : (fun z : ℝ => x) x = x", False),
        ("(n : ℕ) : n = n", "(n : ℤ) : n = n", False),
    ],
)
def test_one_term_under_other_names(one: str, two: str, expected: bool) -> None:
    old, new = (
        elaborate(read_file("T.lean", text=f"theorem t {text} := sorry").declarations[0], default()).type
        for text in (one, two)
    )
    assert expected == same_term(old, new)
