"""All that a statement lacks is found, not only what is met first, and nothing that only follows from it."""

from __future__ import annotations

import pytest

from leanmirror.bridge.elaborate.lacks import lacking
from leanmirror.bridge.elaborate.library import default
from leanmirror.bridge.elaborate.package import file_library
from leanmirror.bridge.lean.reader import read_file
from tests.bridge.elaborate.statements import ACCEPTED, HEADER


def lacks(statement: str) -> list[str]:
    file = read_file("Test.lean", text=f"{HEADER}theorem t {statement} := sorry\n")
    return [each.message for each in lacking(file.declarations[-1], file_library(file, default()))]


@pytest.mark.parametrize(
    ("statement", "found"),
    [
        (
            "(f : ℝ → ℝ) (h : Smoothish ℝ 2 f) (h' : Tends f up (near 0)) : f 0 = bar (baz 1) + 2",
            ["Smoothish", "Tends", "up", "near", "bar", "baz"],
        ),
        ("(n : Numeral) (x : ℝ) : n.size x = Quux x", ["Numeral", "Quux"]),
        ("(x : ℝ) : ∀ y : ℝ, foo y ∧ ∃ z, bar z = y", ["foo", "bar"]),
        ("(x : ℝ) : (fun y => foo y) x = x", ["foo"]),
    ],
)
def test_all_names_that_are_lacking(statement: str, found: list[str]) -> None:
    assert sorted(f"unknown name {each}" for each in found) == sorted(lacks(statement))


def test_forms_and_instances_are_lacking_too() -> None:
    assert sorted(["the operator ∫", "unknown name Quux"]) == sorted(lacks("(x : ℝ) : Quux x = (∫ y, y)"))
    assert sorted(["no instance of LE (Vec 2)", "unknown name foo"]) == sorted(
        lacks("(x y : Vec 2) : x ≤ y ∧ foo x")
    )


def test_an_ill_typed_statement_says_so() -> None:
    assert ["ill-typed: ℝ is not a function"] == lacks("(x : ℝ) : x 1 = 2")


def test_a_name_with_several_meanings_is_no_lack() -> None:
    assert [] == lacks("(x : ℝ) : max x 0 = x")


@pytest.mark.parametrize("statement", ACCEPTED)
def test_what_is_accepted_lacks_nothing(statement: str) -> None:
    assert [] == lacks(statement)
