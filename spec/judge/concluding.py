"""What follows from a search without a counterexample: nothing found, nothing met, or not enough seen."""

from __future__ import annotations

from dataclasses import replace
from functools import partial

from leanmirror.spec.judge.claim import Claim
from leanmirror.spec.judge.precision import decide
from leanmirror.spec.judge.seen import Seen
from leanmirror.spec.judge.source import Source
from leanmirror.spec.judge.tally import Verdict
from leanmirror.spec.judge.verdicts import Cause

ENOUGH = 10
"""So many different examples are needed, or half of what was asked for, or all that there are."""


def concluded(total: Verdict, claim: Claim, seen: Seen, source: Source, digits: int) -> Verdict:
    """The verdict of a search that is over."""
    total = replace(total, distinct=seen.distinct, exhausted=total.exhausted or seen.complete)
    if total.satisfied == 0:
        return _nothing_met(total, claim, source, digits)
    if (open_ := [part for part in total.parts if part.open]) and not total.counterexample:
        said = "; ".join(dict.fromkeys(part.reason or f"{part.name} is not decided" for part in open_))
        reason = f"{total.undecided} of {total.satisfied} examples undecided: {said}"
        return _undecided(total, reason, open_[0].cause)
    if seen.empty_only:
        return _undecided(
            total, "only sizes 0: every example that met the hypotheses has an empty part", "sizes"
        )
    if not total.exhausted and seen.distinct < min(ENOUGH, (total.examples + 1) // 2):
        return _undecided(total, _thin(seen), "thin")
    return total


def _undecided(total: Verdict, reason: str, cause: Cause) -> Verdict:
    return replace(total, verdict="undecided", reason=reason, cause=cause)


def _thin(seen: Seen) -> str:
    only = ", ".join(f"{name} = {value}" for name, value in seen.only.items())
    if only and len(only) <= 200:
        return f"thin: every example has {only}"
    many = "1 example" if seen.distinct == 1 else f"{seen.distinct} different examples"
    return f"thin: only {many} met the hypotheses"


def _nothing_met(total: Verdict, claim: Claim, source: Source, digits: int) -> Verdict:
    if (never := _never(claim, digits)) is not None:
        reason = f"the hypothesis {never} is false whatever the inputs are"
        return replace(total, verdict="vacuous", reason=reason, cause="contradictory")
    if source.unclear:
        draws = f"{source.unclear} of {total.dropped} draws"
        reason = f"the hypotheses could not be decided at {draws}, and never held"
        return _undecided(total, reason, source.cause)
    if total.exhausted:
        reason = f"none of the {total.examples} inputs that there are meets the hypotheses"
        return replace(total, verdict="vacuous", reason=reason, cause="contradictory")
    reason = f"none of {total.examples} examples met the hypotheses ({total.dropped} draws)"
    return replace(total, verdict="vacuous", reason=reason, cause="not_met")


def _never(claim: Claim, digits: int) -> str | None:
    """A hypothesis that speaks of no variable and is certainly false."""
    for hypothesis in claim.hypotheses:
        try:
            found = decide(partial(hypothesis.holds, {}), digits)
        except KeyError:  # it looks at a variable
            continue
        if found.fails and found.proved:
            return hypothesis.name
    return None
