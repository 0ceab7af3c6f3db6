"""A claim at one example: its hypotheses, its parts, and whether it is a counterexample."""

from __future__ import annotations

from functools import partial

from leanmirror.spec.judge.claim import Claim
from leanmirror.spec.judge.examples import Example
from leanmirror.spec.judge.judgement import FALSE, TRUE, Judgement, all_of, attempt
from leanmirror.spec.judge.precision import bits_of, decide, precision


def judge_parts(claim: Claim, example: Example, digits: int, *, deep: bool = False) -> list[Judgement]:
    """The judgement of each part at one example; `deep` as in `decide`."""
    env = example.realized()
    return [decide(partial(part, env), digits, deep=deep) for _, part in claim.parts]


def hypotheses_hold(claim: Claim, example: Example, digits: int) -> bool:
    """True when every hypothesis is proved at the example; equality to many digits is not enough."""
    met = judge_hypotheses(claim, example, digits)
    return met.holds and met.proved


def judge_hypotheses(claim: Claim, example: Example, digits: int) -> Judgement:
    """All hypotheses at one example, and that each value is still of its type."""
    if not _well_typed(claim, example):
        return FALSE
    if not claim.hypotheses:
        return TRUE
    env = example.realized()
    with precision(bits_of(digits)):
        return all_of(attempt(partial(h.holds, env)) for h in claim.hypotheses)


def _well_typed(claim: Claim, example: Example) -> bool:
    """What proofs in values say holds at the values that the other variables have now."""
    return all(
        binder.type(example.values).accepts(example.values[binder.name])
        for binder in claim.variables
        if example.types[binder.name].is_conditional
    )


def fails(claim: Claim, part: str, example: Example, digits: int, *, deep: bool = False) -> Judgement | None:
    """The judgement of that part if the example is a counterexample to it, else None."""
    if not hypotheses_hold(claim, example, digits):
        return None
    for (name, _), judgement in zip(claim.parts, judge_parts(claim, example, digits, deep=deep), strict=True):
        if name == part and judgement.fails:
            return judgement
    return None
