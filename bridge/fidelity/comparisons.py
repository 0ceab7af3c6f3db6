"""Comparisons run: draws until a difference is found, shrunk, or all draws agree; what was covered."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from leanmirror.bridge.fidelity.compared import Comparison, NotEvaluated
from leanmirror.bridge.fidelity.draws import Classes, Covering
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge.draws import Seeded
from leanmirror.spec.judge.examples import Example
from leanmirror.spec.judge.judgement import Outcome
from leanmirror.spec.judge.one_example import judge_parts
from leanmirror.spec.judge.search import DEEP, satisfying, seed_of
from leanmirror.spec.judge.shrink import shrink
from leanmirror.spec.judge.tally import Counterexample

Answer = Literal["same", "different", "undecided", "not evaluated"]
DIGITS = 50
SAME: Answer = "same"
NOTHING = "no draw met the hypotheses"


@dataclass(frozen=True, slots=True)
class Found:
    """What one view of a definition gave; `difference` is the smallest example where the sides differ."""

    label: str
    answer: Answer
    compared: int = 0
    undecided: int = 0
    missing: tuple[str, ...] = ()
    reason: str = ""
    difference: Counterexample | None = None


def compare(comparison: Comparison, *, draws: int, seed: int) -> Found:
    """Draw that many examples and compare both sides at each, up to the first difference, which is shrunk."""
    claim = comparison.claim
    source = Covering(Seeded(seed_of(seed, claim.name)), constants=claim.constants)
    tally = _Tally(comparison.label)
    try:
        for index in range(draws):
            example, _ = satisfying(claim, source, index, DIGITS)
            if example is None:
                tally.classes.none(source)
                continue
            judgement = tally.judged(comparison, example, source)
            if judgement is not None:
                smallest = shrink(claim, judgement, DIGITS, source.rng)
                return Found(
                    comparison.label, "different", tally.compared + 1, tally.undecided, difference=smallest
                )
    except Unsupported as error:
        return Found(comparison.label, "not evaluated", reason=str(error))
    return tally.concluded()


@dataclass(slots=True)
class _Tally:
    label: str
    compared: int = 0
    undecided: int = 0
    without: int = 0
    looked: int = 0
    reason: str = ""
    classes: Classes = field(default_factory=Classes)

    def judged(self, comparison: Comparison, example: Example, source: Covering) -> Counterexample | None:
        """Compare at one example and count it; the example where the sides certainly differ."""
        deep = source.large and self.looked < DEEP
        self.looked += deep
        try:
            (judgement,) = judge_parts(comparison.claim, example, DIGITS, deep=deep)
        except NotEvaluated as error:
            self.without, self.reason = self.without + 1, str(error)
            self.classes.add(example, compared=False)
            return None
        if judgement.fails and judgement.proved:
            return Counterexample("value", example, judgement, deep=deep)
        if judgement.outcome is Outcome.GAVE_UP:
            self.classes.none(source)
            return None
        self.classes.add(example, compared=judgement.holds)
        if judgement.holds:
            self.compared += 1
        else:
            self.undecided, self.reason = self.undecided + 1, self.reason or judgement.note
        return None

    def concluded(self) -> Found:
        """What all draws together say: only what was compared can be the same."""
        missing, answer = self.classes.missing, SAME
        if self.without and (missing or self.without > self.compared):
            answer = "not evaluated"
        elif self.compared == 0 or self.undecided > self.compared or missing:
            answer = "undecided"
            self.reason = self.reason or (f"never compared at {', '.join(missing)}" if missing else NOTHING)
        return Found(
            self.label, answer, self.compared, self.undecided, missing, self.reason if answer != SAME else ""
        )
