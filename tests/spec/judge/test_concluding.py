"""What a search that found no counterexample may say: enough seen, all seen, or which of both is wanting."""

from __future__ import annotations

from typing import Any

import pytest

from leanmirror.spec.judge.claim import Assume, Claim, claim
from leanmirror.spec.judge.comparison import equal, less
from leanmirror.spec.judge.judgement import FALSE, TRUE, Judgement, truth, undecided
from leanmirror.spec.judge.search import run
from leanmirror.spec.judge.seen import all_inputs
from leanmirror.spec.judge.tally import Verdict
from leanmirror.spec.judge.types import BoolT, FinT, NatT, PropT, RealT, VecT


def found(made: Claim, examples: int = 100) -> Verdict:
    return run(made, examples=examples, digits=30)


def always(**_: Any) -> Judgement:
    return TRUE


def at_zero(x: Any, **_: Any) -> Judgement:
    return equal(x, 0)


def test_different_examples_are_counted() -> None:
    verdict = found(claim("t", lambda x: equal(x, x), x=RealT()))
    assert ("no_counterexample", None, False) == (verdict.verdict, verdict.cause, verdict.exhausted)
    assert 50 < verdict.distinct <= verdict.satisfied == 100


def test_what_the_claim_does_not_look_at_makes_no_example_different() -> None:
    """`y` is free, and every example that counts is x = 0."""
    made = claim("t", lambda x: equal(x, x), x=RealT(), y=RealT(), h=Assume(lambda x: equal(x * x, 0)))
    verdict = found(made, 400)
    assert ("undecided", "thin", 1) == (verdict.verdict, verdict.cause, verdict.distinct)
    assert "thin: every example has x = 0" == verdict.reason


def test_all_inputs_are_tried_where_there_are_few() -> None:
    seen: list[tuple[Any, ...]] = []

    def statement(i: int, b: bool, p: Judgement) -> Judgement:
        seen.append((i, b, p.holds))
        return truth(i < 3)

    verdict = found(claim("t", statement, i=FinT(3), b=BoolT(), p=PropT()))
    assert ("no_counterexample", True, 12, 12) == (
        verdict.verdict,
        verdict.exhausted,
        verdict.examples,
        verdict.distinct,
    )
    assert 12 == len(set(seen))


def test_the_one_false_input_of_many_is_found_since_all_are_tried() -> None:
    verdict = found(claim("t", lambda i: truth(i != 97), i=FinT(100)))
    assert "refuted" == verdict.verdict


def test_more_inputs_than_examples_are_drawn() -> None:
    made = claim("t", always, i=FinT(3), j=FinT(5))
    assert (15, None) == (len(all_inputs(made, 15) or ()), all_inputs(made, 14))
    assert all_inputs(claim("t", always, n=NatT()), 1000) is None
    assert [{}] == [e.values for e in all_inputs(claim("t", lambda: TRUE), 1) or ()]


def test_an_empty_type_leaves_no_input_at_all() -> None:
    verdict = found(claim("t", lambda i: truth(i == 7), i=FinT(0)))
    assert ("vacuous", "contradictory") == (verdict.verdict, verdict.cause)


def test_a_contradiction_is_told_from_hypotheses_that_nobody_met() -> None:
    never = claim("t", at_zero, x=RealT(), h=Assume(lambda: less(1, 0)))
    rarely = claim("t", at_zero, x=RealT(), h=Assume(lambda x: truth(False)))
    assert ("vacuous", "contradictory") == (found(never).verdict, found(never).cause)
    assert "the hypothesis h is false whatever the inputs are" == found(never).reason
    assert ("vacuous", "not_met") == (found(rarely).verdict, found(rarely).cause)


def test_only_sizes_0_are_said() -> None:
    made = claim(
        "t",
        lambda x: equal(x, x),
        n=NatT(),
        x=lambda n: VecT(n),
        h=Assume(lambda n, x: truth(n == 0)),
    )
    verdict = found(made)
    assert ("undecided", "sizes") == (verdict.verdict, verdict.cause)
    assert "only sizes 0" in verdict.reason


@pytest.mark.parametrize(("share", "expected"), [(10, "no_counterexample"), (11, "undecided")])
def test_a_tenth_of_the_examples_may_be_undecided(share: int, expected: str) -> None:
    def statement(i: int) -> Judgement:
        return undecided("∃ is not decided", "search") if i < share else TRUE

    verdict = found(claim("t", statement, i=FinT(100)))
    assert expected == verdict.verdict
    if expected == "undecided":
        assert ("search", "11 of 100 examples undecided: ∃ is not decided") == (verdict.cause, verdict.reason)


def test_a_counterexample_is_one_however_thin_the_sample() -> None:
    verdict = found(claim("t", lambda x: FALSE, x=RealT(), h=Assume(lambda x: equal(x, 0))), 30)
    assert ("refuted", 1) == (verdict.verdict, verdict.distinct)
