"""Whether a claim holds, or fails, only because of values that Lean chose: `x / 0 = 0` and its like."""

from __future__ import annotations

from collections.abc import Sequence

from leanmirror.spec.core.conventions import watching
from leanmirror.spec.errors import LeanMirrorError
from leanmirror.spec.judge.claim import Claim
from leanmirror.spec.judge.examples import Example
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.judge.one_example import judge_parts

OTHERS = (1, 7, 3)
"""What the conventions could have said instead."""


def judge_watched(
    claim: Claim, example: Example, digits: int, *, deep: bool = False
) -> tuple[list[Judgement], tuple[str, ...]]:
    """The judgements of all parts, and the conventions without which one would be another."""
    with watching() as watch:
        found = judge_parts(claim, example, digits, deep=deep)
    if watch.used and any(_differs(claim, example, digits, found, other) for other in OTHERS):
        return found, tuple(sorted(watch.used))
    return found, ()


def _differs(claim: Claim, example: Example, digits: int, found: Sequence[Judgement], instead: int) -> bool:
    try:
        with watching(instead):
            others = judge_parts(claim, example, digits)
    except (LeanMirrorError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError):
        return False  # with another value it is nothing that can be run
    return any(one.outcome is not other.outcome for one, other in zip(found, others, strict=True))
