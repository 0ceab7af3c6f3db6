"""Mutants in Lean text: each is read in its place, and differs from its statement."""

from __future__ import annotations

from pathlib import Path

import pytest

from leanmirror.bridge.audit.mutator import planted
from leanmirror.bridge.check.environment import file_of
from leanmirror.bridge.check.texts import LeanText, text_of

TEXT = """namespace A
open Real
variable {n : ℕ} (ε : ℝ)
local notation "σ" => exp
theorem one (a b : ℝ) (h : 0 ≤ a) : a - b = -(b - a) ∧ |a| = a := by
  sorry

open Finset in
/-- A sum. -/
@[simp] theorem two (x : Fin n → ℝ) (c : ℝ) : ∑ i, c * x i = c * ∑ i, x i := by
  rw [mul_sum]

example (hx : 0 < ε) : σ (log ε) = ε := exp_log hx
def three : ℕ := 3
end A
"""
BANK = Path(__file__).parents[2] / "bank"


def test_each_mutant_stands_on_its_line_and_differs_from_its_statement() -> None:
    found = planted(LeanText("My.lean", TEXT))
    read = {each.line: each for each in file_of(found.source).declarations}
    original = {each.digest for each in file_of(LeanText("My.lean", TEXT)).declarations}
    assert {"A.one", "A.two", "My.lean:13"} == {mutant.of for mutant in found.mutants.values()}
    for line, mutant in found.mutants.items():
        assert read[line].readable
        assert mutant.text == " ".join(read[line].statement.split())
        assert read[line].digest not in original
    assert len(read) == 4 + len(found.mutants)


def test_no_two_mutants_of_a_statement_are_alike() -> None:
    found = planted(LeanText("My.lean", TEXT)).mutants.values()
    assert len(found) == len({(mutant.of, mutant.text) for mutant in found})


def test_what_acts_on_a_statement_alone_stands_before_its_mutants() -> None:
    found = planted(LeanText("My.lean", TEXT))
    lines = found.source.text.splitlines()
    of_two = [line for line, mutant in found.mutants.items() if mutant.of == "A.two"]
    assert {"open Finset in"} == {lines[line - 2] for line in of_two}


def test_the_seed_chooses_among_many() -> None:
    source = LeanText("My.lean", TEXT)
    chosen = [planted(source, seed=seed, most=3) for seed in (0, 0, 1)]
    assert chosen[0] == chosen[1]
    assert chosen[0].mutants != chosen[2].mutants
    assert {3} == {sum(m.of == name for m in chosen[0].mutants.values()) for name in ("A.one", "A.two")}
    every = {(m.of, m.text) for m in planted(source).mutants.values()}
    assert {(m.of, m.text) for m in chosen[0].mutants.values()} <= every


def test_claims_are_chosen_by_line() -> None:
    found = planted(LeanText("My.lean", TEXT), at={5})
    assert {"A.one"} == {mutant.of for mutant in found.mutants.values()}


@pytest.mark.parametrize("file", sorted((BANK / "true").glob("*.lean")), ids=lambda file: file.stem)
def test_statements_of_the_bank_print_back_and_have_mutants(file: Path) -> None:
    source = text_of(file)
    claims = {each.line for each in file_of(source).declarations if each.kind == "theorem" and each.readable}
    found = planted(source, most=1)
    assert 0.9 * len(claims) < len(found.mutants)
