"""A claim over many examples: what is counted, and the counterexample where one was found."""

from __future__ import annotations

from dataclasses import dataclass, replace

from leanmirror.spec.judge.examples import Example
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.judge.verdicts import Cause, Junk, UndecidedCause, VerdictName

MOST_UNDECIDED = 10
"""One part of so many may be undecided."""


@dataclass(frozen=True, slots=True)
class PartCount:
    """How one conclusion of a claim fared: examples that hold, of which certified, and undecided."""

    name: str
    holds: int = 0
    certified: int = 0
    undecided: int = 0
    failed: bool = False
    reason: str = ""
    cause: UndecidedCause = "precision"

    @property
    def open(self) -> bool:
        """More than a tenth of the examples could not be decided."""
        return MOST_UNDECIDED * self.undecided > self.holds + self.undecided

    def add(self, judgement: Judgement) -> PartCount:
        """The counts with one more example."""
        if judgement.holds:
            return replace(self, holds=self.holds + 1, certified=self.certified + judgement.certified)
        if judgement.fails:
            return replace(self, failed=True, reason=judgement.note)
        reason, cause = (self.reason, self.cause) if self.undecided else (judgement.note, judgement.cause)
        return replace(self, undecided=self.undecided + 1, reason=reason, cause=cause)


@dataclass(frozen=True, slots=True)
class Counterexample:
    """An example at which a conclusion fails, and its judgement there."""

    part: str
    example: Example
    judgement: Judgement
    shrinks: int = 0
    deep: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """A claim over many examples.

    `examples` were tried; `satisfied` met the hypotheses; of these `certified` were certified in
    every part, `nontrivial` had every size at least 1 and one at least 2, `counted` were both;
    `undecided` could not be decided in some part, and `distinct` are different where the claim looks.
    `exhausted`: all inputs that there are were tried. `reason` is for people, `cause` says it in one word.
    `junk` says where it holds, or fails, only because of conventions such as `x / 0 = 0`.
    """

    verdict: VerdictName
    examples: int
    satisfied: int = 0
    certified: int = 0
    nontrivial: int = 0
    counted: int = 0
    undecided: int = 0
    dropped: int = 0
    distinct: int = 0
    exhausted: bool = False
    parts: tuple[PartCount, ...] = ()
    counterexample: Counterexample | None = None
    reason: str = ""
    cause: Cause | None = None
    junk: Junk | None = None
