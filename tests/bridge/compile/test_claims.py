"""Statements from text: what is found, what is said of what cannot be run, and that names decide nothing."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from leanmirror.bridge.check.refutation import claim_from, origin_of, refutation
from leanmirror.bridge.check.tasks import tasks
from leanmirror.bridge.check.text_claims import claim_of_task
from leanmirror.bridge.check.texts import LeanText
from leanmirror.spec.errors import BadInput, Unsupported
from leanmirror.spec.judge.search import run
from leanmirror.spec.judge.tally import Verdict
from tests.bridge.compile.bank import of_text, statements, verdict


def autograd(statement: str, seed: int = 0) -> Verdict:
    """The verdict of one statement in the namespace of the mirrored proofs."""
    (found,) = of_text(
        f"namespace Proofs.Autograd\nopen Spec\n{statement} := by sorry\nend Proofs.Autograd\n", seed
    )
    return found


def test_a_swapped_outer_product_is_refuted_in_two_dimensions() -> None:
    found = autograd("theorem bad {n : ℕ} (x δ : Vec n) : (matApplyLin x).adjoint δ = outer x δ")
    assert found.counterexample is not None
    example = found.counterexample.example
    assert 2 == example.values["n"]
    assert {0, 1} == {*example.values["x"], *example.values["δ"]}
    assert found.counterexample.judgement.certified


@pytest.mark.parametrize(
    ("expected", "statement"),
    [
        ("no_counterexample", "(x δ : Vec n) : (matApplyLin x).adjoint δ = outer δ x"),
        ("vacuous", "(x δ : Vec n) (h : x ≠ x) : (matApplyLin x).adjoint δ = outer x δ"),
        ("unsupported", "(x δ : Vec n) : (matApplyLin x).adjoint δ = outermost x δ"),
        ("unsupported", "(x : Vec n) (δ : Vec m) : (matApplyLin x).adjoint δ = outer x δ"),
    ],
)
def test_the_variants_of_it(expected: str, statement: str) -> None:
    assert expected == autograd(f"theorem t {{m n : ℕ}} {statement}").verdict


def test_what_cannot_be_run_says_what_and_where() -> None:
    unknown = autograd("theorem t {n : ℕ} (x δ : Vec n) : (matApplyLin x).adjoint δ = outermost x δ")
    assert "unknown name outermost at 3:63" == unknown.reason
    sizes = autograd("theorem t {m n : ℕ} (x : Vec n) (δ : Vec m) : (matApplyLin x).adjoint δ = outer x δ")
    assert re.match(r"ill-typed: .*n is not m.* at 3:\d+", sizes.reason)


def test_a_quantifier_over_all_propositions_tries_both() -> None:
    assert "no_counterexample" == of_text("theorem t (p : Prop) : p → p := by sorry")[0].verdict
    assert "refuted" == of_text("theorem t (p : Prop) : p := by sorry")[0].verdict


@pytest.mark.parametrize(
    ("expected", "statement"),
    [
        (
            "no_counterexample",
            "{m n : ℕ} (h : n = m) (x : Vec n) (y : Vec m) : inner ℝ (castVec h x) y = inner "
            "ℝ y (castVec h x)",
        ),
        ("no_counterexample", "(ε x : ℝ) (h : 0 < ε) : 0 < ε + x * x"),
        ("no_counterexample", "(a b : ℝ) (h : a ≤ b) : 0 ≤ b - a"),
        ("no_counterexample", "{n : ℕ} (x : Vec n) (h : ∀ i, x i ≠ 0) : ∀ i, x i / x i = 1"),
        ("no_counterexample", "(m n : ℕ) (h : m < n) : 0 < n - m"),
        ("no_counterexample", "(f f' : ℝ → ℝ) (h : ∀ z, HasDerivAt f (f' z) z) (x : ℝ) : deriv f x = f' x"),
        ("refuted", "(f f' : ℝ → ℝ) (x : ℝ) (h : HasDerivAt f (f' x) x) : ∀ y, deriv f y = f' y"),
    ],
)
def test_hypotheses_are_met_by_construction(expected: str, statement: str) -> None:
    found = autograd(f"theorem t {statement}")
    assert expected == found.verdict, found.reason
    assert expected == "refuted" or found.satisfied >= 90


def test_a_hypothesis_that_is_never_decided_is_not_called_vacuous() -> None:
    found = autograd("theorem t (f : ℝ → ℝ) (x : ℝ) (h : ∀ y, f y = f y + 0 * y) : f x = f x")
    assert "undecided" == found.verdict


def test_contracts_have_three_parts() -> None:
    found = autograd(
        "def t {Γ : List Shape} {s : Shape} (idx : Idx Γ s) : "
        "NodeFDerivCorrect (TapeNodes.elemwise idx Real.exp Real.sinh)"
    )
    assert ["hasFDerivAt", "jvp_eq", "correct_inner"] == [part.name for part in found.parts]
    assert ["hasFDerivAt"] == [part.name for part in found.parts if part.failed]


def test_a_statement_over_any_scalars_is_run_over_the_reals() -> None:
    source = LeanText("T.lean", "theorem t {α : Type} [Field α] (x y : α) : x * y = y * x := by sorry")
    found = claim_of_task(tasks(source)[0])
    assert ("α := ℝ",) == found.at
    assert "no_counterexample" == run(found.claim).verdict


def test_names_decide_nothing() -> None:
    task = statements("false")[0]
    renamed = LeanText(
        task.source.file,
        task.source.text.replace(f"theorem {task.name.rpartition('.')[2]} ", "theorem other "),
    )
    other = next(t for t in tasks(renamed) if t.name.endswith(".other"))
    one, two = verdict(task).counterexample, verdict(other).counterexample
    assert one is not None
    assert two is not None
    assert one.example.encoded() == two.example.encoded()


def test_a_witness_is_enough_to_make_the_claim_again() -> None:
    task = statements("false")[0]
    assert task.name == claim_from(origin_of(task)).name
    with pytest.raises(BadInput, match="no claim with number"):
        claim_from(replace(origin_of(task), index=10_000))


def test_a_rational_counterexample_is_negated_in_lean() -> None:
    task = tasks(LeanText("T.lean", "example (x y : ℝ) (h : x < y) : x + 1 < y := by sorry"))[0]
    text = refutation(task, claim_of_task(task), {"x": "0", "y": "1 / 2"})
    assert text is not None
    assert text.startswith("example : ¬ (∀ (x y : ℝ) (h : x < y), x + 1 < y) := by")
    assert "@h (0) (1 / 2) (by norm_num)" in text
    other = tasks(LeanText("T.lean", "example (x : ℝ) : Real.exp x = 1 := by sorry"))[0]
    assert refutation(other, claim_of_task(other), {"x": "1"}) is None


HOSTILE = (
    "theorem t : 10 ^ (10 ^ 9) = 0 := by sorry",
    "theorem t (x : ℝ) : Real.exp (Real.exp (Real.exp (Real.exp 20))) = x := by sorry",
    "theorem t (n : ℕ) : ∑ i ∈ Finset.range (10 ^ 12), (i : ℝ) = n := by sorry",
    "theorem t : ∀ n : ℕ, n ^ n ^ n = n := by sorry",
    'theorem «__import__("os")» (x : ℝ) : x = x := by sorry',
    "theorem t (x : __import__) : x = x := by sorry",
    "theorem t (x : ℝ) : x = (" + "(" * 5000 + "x := by sorry",
    "theorem t (x : ℝ) : x.__class__ = x := by sorry",
    "theorem t (f : Fin 1000000 → ℝ) : ∑ i, f i = 0 := by sorry",
    "theorem t (x : ℝ) : x",
    "theorem",
    "\x00\u202e theorem t : True := trivial",
)


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_no_text_does_harm(text: str) -> None:
    for task in tasks(LeanText("T.lean", text)):
        try:
            found = run(claim_of_task(task).claim, examples=8).verdict
        except Unsupported:
            found = "unsupported"
        assert found in {"no_counterexample", "refuted", "undecided", "vacuous", "unsupported"}
