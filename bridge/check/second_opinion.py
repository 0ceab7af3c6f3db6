"""A second opinion before anyone is accused: the counterexample computed again from what is printed of it.

The inputs are read back from Lean's words, by our reader, and all is computed at another precision: without
balls where only rational numbers occur, since what is read back are exact terms. Where the words cannot be
read, as those of graphs and random functions, the exact inputs of the witness are taken.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from leanmirror.bridge.check.counterexample import shown_number
from leanmirror.bridge.check.read_back import claim_at
from leanmirror.bridge.check.refutation import written
from leanmirror.bridge.check.result import Result
from leanmirror.bridge.check.tasks import TextTask
from leanmirror.bridge.check.witness import Confirmed, Witness
from leanmirror.bridge.compile.claims import TextClaim
from leanmirror.spec.errors import LeanMirrorError
from leanmirror.spec.judge.claim import Claim
from leanmirror.spec.judge.codec import decode_example
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.judge.one_example import judge_hypotheses, judge_parts

FURTHER = 37
"""Digits that the second computation has besides twice those of the first."""


def with_second_opinion(
    result: Result, claim: Claim, text: tuple[TextTask, TextClaim] | None = None
) -> Result:
    """The result with its counterexample confirmed; an error where two computations disagree.

    `text` is where the claim comes from and what was made of it, where it comes from a text.
    """
    found = result.counterexample
    if found is None:
        return result
    for how, second in _opinions(found, claim, text):
        if second.against:
            return _disagreement(result, found, second.against)
        if second.agrees:
            return replace(result, counterexample=replace(found, confirmed=how))
    reason = f"a counterexample that a second computation does not decide: {_at(found)}: {found.issue}"
    return replace(result, verdict="undecided", cause="precision", reason=reason, counterexample=None)


def _opinions(
    found: Witness, claim: Claim, text: tuple[TextTask, TextClaim] | None
) -> Iterator[tuple[Confirmed, Opinion]]:
    """The second computation from the words, then from the exact inputs, each where it can be made."""
    if text is not None:
        task, made = text
        try:
            read = claim_at(task, written(made, found.lean), made.arguments).claim
            inputs = {b.name: found.inputs[b.name] for b in read.variables}
            yield "text", opinion(read, found, inputs)
        except (LeanMirrorError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
            pass  # what cannot be read back, or run as it is read, has its exact inputs still
    yield "inputs", opinion(claim, found, found.inputs)


@dataclass(frozen=True, slots=True)
class Opinion:
    """What a second computation says: a counterexample, certainly none with the reason why, or neither."""

    agrees: bool
    against: str = ""


def opinion(claim: Claim, found: Witness, inputs: Mapping[str, Any]) -> Opinion:
    """The claim judged at the inputs, at another precision than the witness."""
    digits = 2 * found.digits + FURTHER
    example = decode_example(claim, inputs)
    met = judge_hypotheses(claim, example, digits)
    if not (met.holds and met.proved):
        return Opinion(False, "a hypothesis does not hold there" if met.fails and met.proved else "")
    names = [name for name, _ in claim.parts]
    judged = judge_parts(claim, example, digits, deep=True)[names.index(found.part)]
    against = f"{_sides(judged)} holds" if judged.holds and judged.certified else ""
    return Opinion(judged.fails, against)


def _sides(judged: Judgement) -> str:
    if judged.lhs is None:
        return "the conclusion"
    return f"{shown_number(judged.lhs)} {judged.relation} {shown_number(judged.rhs)}"


def _at(found: Witness) -> str:
    return ", ".join(f"{name} := {value}" for name, value in found.lean.items()) or "the only input"


def _disagreement(result: Result, found: Witness, against: str) -> Result:
    """An error with both: what was found, and what the second computation says."""
    reason = f"two computations disagree at {_at(found)}: one says {found.issue}; the other, that {against}"
    return replace(result, verdict="error", cause="disagreement", reason=reason, counterexample=None)
