"""One claim run in this process: from what the judge found to the result."""

from __future__ import annotations

import time
from dataclasses import replace

from leanmirror.bridge.check.counterexample import witness_of
from leanmirror.bridge.check.result import Part, Result
from leanmirror.spec.judge.claim import Claim
from leanmirror.spec.judge.search import run
from leanmirror.spec.judge.tally import PartCount, Verdict
from leanmirror.spec.judge.verdicts import VerdictName


def run_claim(claim: Claim, *, examples: int, digits: int, seed: int, replayable: bool = True) -> Result:
    """Run a claim in this process; the result knows its name alone, not where it stands."""
    started = time.perf_counter()
    verdict = run(claim, examples=examples, digits=digits, seed=seed)
    found = result_of(claim, verdict, digits, seed, replayable=replayable)
    return replace(found, seconds=time.perf_counter() - started)


def result_of(claim: Claim, verdict: Verdict, digits: int, seed: int, *, replayable: bool = True) -> Result:
    """A verdict as a result, with its counterexample as a witness."""
    found = verdict.counterexample
    witness = None if found is None else witness_of(claim, found, digits, seed, replayable=replayable)
    return Result(
        claim.name,
        "claim",
        "",
        verdict.verdict,
        verdict.examples,
        verdict.satisfied,
        verdict.certified,
        verdict.nontrivial,
        verdict.counted,
        verdict.undecided,
        verdict.dropped,
        verdict.distinct,
        verdict.exhausted,
        reason=verdict.reason or (None if witness is None else witness.issue),
        cause=verdict.cause,
        junk=verdict.junk,
        parts=tuple(map(_part, verdict.parts)),
        counterexample=witness,
    )


def _part(count: PartCount) -> Part:
    verdict = _part_verdict(count)
    return Part(count.name, verdict, count.holds, count.certified, count.undecided, count.reason or None)


def _part_verdict(count: PartCount) -> VerdictName:
    if count.failed:
        return "refuted"
    return "undecided" if count.open else "no_counterexample"
