"""Running a claim on many examples: the search for a counterexample, and what it found."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial

from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge.claim import Claim
from leanmirror.spec.judge.closing import Closest
from leanmirror.spec.judge.concluding import ENOUGH, concluded
from leanmirror.spec.judge.draws import Seeded
from leanmirror.spec.judge.examples import Example, draw_example
from leanmirror.spec.judge.judgement import Judgement, Outcome
from leanmirror.spec.judge.junk import judge_watched
from leanmirror.spec.judge.kinks import at_a_kink, meeting
from leanmirror.spec.judge.one_example import hypotheses_hold, judge_hypotheses, judge_parts
from leanmirror.spec.judge.pools import MEETING
from leanmirror.spec.judge.seen import Seen, all_inputs
from leanmirror.spec.judge.shrink import shrink
from leanmirror.spec.judge.source import CORNERS, LAST_EQUAL, Source
from leanmirror.spec.judge.tally import Counterexample, PartCount, Verdict
from leanmirror.spec.judge.verdicts import Junk

DEEP = 3
"""How many examples of large numbers are compared far beyond the wanted digits although both sides agree."""

TRIES = 12
"""How often an example is drawn again, at the same sizes, when a hypothesis is not met."""

WIDEST = 12
"""Where nothing but sizes matters, and too few were different, all up to this one are tried."""

TWICE = 8
"""After so many draws an example is taken that there was already."""

STALE = 30
"""After so many draws of such examples, one after the other, no others are looked for."""

BLIND = 2
SELDOM = 20
"""After so many kinks at which nothing could be decided examples are moved onto one seldom."""

REDRAWN = 2
"""How often that is repeated with other sizes and indices."""


def seed_of(seed: int, name: str) -> int:
    """The seed of one claim: the same for any order and any number of processes."""
    return int.from_bytes(hashlib.sha256(f"{seed} {name}".encode()).digest()[:8], "big")


def run(claim: Claim, *, examples: int = 100, digits: int = 50, seed: int = 0) -> Verdict:
    """Judge the claim on that many examples, stopping at the first counterexample, which is shrunk.

    Where there are no more inputs than that, all of them are tried instead. Where an inequality nearly
    failed, a few moves from there are tried too; they are not counted.

    Raises Unsupported when a binder's type cannot be drawn.
    """
    source = Source(Seeded(seed_of(seed, claim.key or claim.name)), constants=claim.constants)
    total = Verdict("no_counterexample", 0, parts=tuple(PartCount(name) for name, _ in claim.parts))
    listed = all_inputs(claim, examples)
    seen, closest = Seen(claim), Closest()
    tried = (
        _drawn_ones(claim, source, examples, digits, seen)
        if listed is None
        else _each(claim, listed, digits, source)
    )
    total = replace(total, exhausted=listed is not None)
    total, found = _search(claim, tried, total, seen, closest, source, digits)
    if found is None:
        moves = closest.moves(partial(_if_it_may_be, claim, digits), source.rng)
        found = next((f for example, judged in moves if (f := _failure(claim, example, judged))), None)
    if found is not None:
        smallest = shrink(claim, found, digits, source.rng)
        distinct = max(seen.distinct, 1)
        _, conventions = judge_watched(claim, smallest.example, digits)
        junk = Junk().add(conventions, fails=True) if conventions else None
        total = replace(total, distinct=distinct, exhausted=False, junk=junk)
        return replace(total, verdict="refuted", counterexample=smallest)
    return concluded(total, claim, seen, source, digits)


def _drawn_ones(
    claim: Claim, source: Source, examples: int, digits: int, seen: Seen
) -> Iterator[tuple[Example | None, int, bool]]:
    """Examples, None where none meets the hypotheses; the draws rejected; whether to look far beyond."""
    looked = 0
    for index in range(examples):
        try:
            example, rejected = satisfying(claim, source, index, digits, seen)
        except Unsupported:
            if not _narrows(claim, source):
                raise
            example, rejected = satisfying(claim, source, index, digits, seen)
        if example is not None and index == LAST_EQUAL:
            source.plain = example.plain
        deep = example is not None and source.large and looked < DEEP
        looked += deep
        yield example, rejected, deep
    for size in range(LAST_EQUAL + 1, WIDEST + 1):
        if not 0 < seen.distinct < ENOUGH or not seen.plain or seen.complete or source.narrowed:
            return
        yield *satisfying(claim, source, examples + size, digits, seen, size), False


def _each(
    claim: Claim, listed: Sequence[Example], digits: int, source: Source
) -> Iterator[tuple[Example | None, int, bool]]:
    """All inputs, None for one that does not meet the hypotheses."""
    for example in listed:
        met = judge_hypotheses(claim, example, digits)
        _note_unclear(source, met)
        yield (example, 0, False) if met.holds and met.proved else (None, 1, False)


def _search(
    claim: Claim,
    tried: Iterable[tuple[Example | None, int, bool]],
    total: Verdict,
    seen: Seen,
    closest: Closest,
    source: Source,
    digits: int,
) -> tuple[Verdict, Counterexample | None]:
    """The counts after all examples, or after the first counterexample, which is returned with them."""
    for example, rejected, deep in tried:
        total = replace(total, examples=total.examples + 1, dropped=total.dropped + rejected)
        if example is None:
            continue
        try:
            seen.met(example)
            before = total.undecided
            total, found = _judged(claim, example, digits, total, closest, deep=deep)
            source.blind += source.moved and total.undecided > before
        except Unsupported:
            if not _narrows(claim, source):
                raise
            continue
        if found is not None:
            return total, found
    return total, None


def _narrows(claim: Claim, source: Source) -> bool:
    """Numbers larger than usual may have asked for too much: they are drawn no more."""
    known, source.narrowed = source.narrowed, True
    return not known and bool(claim.reach)


def _if_it_may_be(claim: Claim, digits: int, example: Example) -> list[Judgement] | None:
    """The judgement of each part at an example that meets the hypotheses."""
    return judge_parts(claim, example, digits) if hypotheses_hold(claim, example, digits) else None


def _failure(
    claim: Claim, example: Example, judgements: list[Judgement], *, deep: bool = False
) -> Counterexample | None:
    for (name, _), judgement in zip(claim.parts, judgements, strict=True):
        if judgement.fails:
            return Counterexample(name, example, judgement, deep=deep)
    return None


def _judged(
    claim: Claim, example: Example, digits: int, total: Verdict, closest: Closest, *, deep: bool
) -> tuple[Verdict, Counterexample | None]:
    found, conventions = judge_watched(claim, example, digits, deep=deep)
    parts = tuple(count.add(j) for count, j in zip(total.parts, found, strict=True))
    certified = all(j.holds and j.certified for j in found)
    total = replace(
        total,
        parts=parts,
        satisfied=total.satisfied + 1,
        certified=total.certified + certified,
        nontrivial=total.nontrivial + example.nontrivial,
        counted=total.counted + (certified and example.nontrivial),
        undecided=total.undecided + any(j.outcome is Outcome.UNDECIDED for j in found),
        junk=(total.junk or Junk()).add(conventions, fails=any(j.fails for j in found))
        if conventions
        else total.junk,
    )
    failure = _failure(claim, example, found, deep=deep)
    if failure is None:
        closest.see(example, found)
    return total, failure


def satisfying(
    claim: Claim, source: Source, index: int, digits: int, seen: Seen | None = None, size: int | None = None
) -> tuple[Example | None, int]:
    """An example that meets the hypotheses, and how many draws were rejected before it.

    Sizes are fixed first and kept on every further try: rejection must not skew them. Only where all of
    these fail, as they do where two indices are one that a hypothesis keeps apart, are sizes drawn again.
    Two examples of five are moved onto a kink of the statement where one can be solved for. With `size`
    all sizes are that.
    """
    seed, rejected = source.begin(index), 0
    source.equal = source.equal if size is None else size
    again: Example | None = None
    for _ in range(1 + REDRAWN * (index > LAST_EQUAL)):
        for tried in range(TRIES):
            source.data, source.again = Seeded(seed), tried > 0 and again is None
            example = _drawn(claim, source, seen)
            met = None if example is None else _met(claim, example, source, digits, tried)
            if met is not None and (size is not None or not _known(met, source, seen)):
                return _kinked(claim, met, source, digits), rejected
            if met is not None:
                again, seed = met, source.rng.bits(64)
            else:
                rejected += 1
            if again is not None and tried >= TWICE:
                return again, rejected
            source.pool = MEETING[tried % len(MEETING)]
        seed = source.rng.bits(64)
    return again, rejected


def _known(example: Example, source: Source, seen: Seen | None) -> bool:
    """An example without real numbers, after those that are always tried, that there was already.

    Where nothing new comes for long, there is nothing new.
    """
    if seen is None or source.index <= max(CORNERS) or source.stale > STALE:
        return False
    known = seen.knows(example)
    source.stale = source.stale + 1 if known else 0
    return known


def _met(claim: Claim, example: Example, source: Source, digits: int, tried: int) -> Example | None:
    """The example where it meets the hypotheses, else one moved so that it does."""
    found = judge_hypotheses(claim, example, digits)
    if found.holds and found.proved:
        return example
    _note_unclear(source, found)
    moved = meeting(claim, example, source) if tried else ()
    return next((e for e in moved if hypotheses_hold(claim, e, digits)), None)


def _note_unclear(source: Source, met: Judgement) -> None:
    """Count hypotheses that neither certainly hold nor certainly fail."""
    if not met.proved:
        source.unclear += 1
        source.cause = met.cause


def _drawn(claim: Claim, source: Source, seen: Seen | None) -> Example | None:
    """A draw, changed by those hypotheses that know how to be met."""
    example = draw_example(claim, source)
    if example is not None and seen is not None:
        seen.drawn(example)
    if example is None or not claim.hypotheses:
        return example
    for hypothesis in claim.hypotheses:
        if hypothesis.make is not None:
            example = replace(example, values={**example.values, **hypothesis.make(example.values, source)})
    return example


def _kinked(claim: Claim, example: Example, source: Source, digits: int) -> Example:
    source.moved = False
    if source.index < 4 or source.index % 5 not in (0, 2):
        return example
    if source.blind >= BLIND and source.index % SELDOM:
        return example
    for moved in at_a_kink(claim, example, source):
        if hypotheses_hold(claim, moved, digits):
            source.moved = True
            return moved
    return example
