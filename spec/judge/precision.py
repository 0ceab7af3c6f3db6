"""The one place where a working precision is set.

`flint.ctx` is global to the process: a lock keeps two threads of one process apart, parallel work
means processes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from threading import RLock

from flint import ctx

from leanmirror.spec.judge.comparison import wanted_digits
from leanmirror.spec.judge.judgement import Judgement, Outcome, attempt

CAP_BITS = 3200
DEEP_BITS = 1600
GUARD_BITS = 34
_LOCK = RLock()


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """Balls inside the block are computed at this many bits."""
    with _LOCK:
        before = ctx.prec
        ctx.prec = bits
        try:
            yield
        finally:
            ctx.prec = before


def bits_of(digits: int) -> int:
    """Working precision for a number of decimal digits, with guard bits."""
    return int(digits * 3.3219280949) + 1 + GUARD_BITS


def decide(statement: Callable[[], Judgement], digits: int = 50, *, deep: bool = False) -> Judgement:
    """The statement's judgement, at a precision that doubles until it is decided or the cap is met.

    At the cap two sides that still overlap count as equal, numerically and not certified, when
    their radius has kept shrinking with the precision: exact cancellation looks so, while an
    undecided branch does not. What is left is undecided.

    Two sides that agree to the wanted digits may still differ far beyond them, as `gelu x` and `x` do
    for x = 21: with `deep` they are compared once more at DEEP_BITS.
    """
    bits, slack = bits_of(digits), None
    with wanted_digits(digits):
        while True:
            with precision(bits):
                judgement = attempt(statement)
            if judgement.outcome is not Outcome.UNDECIDED:
                return _at_depth(statement, judgement) if deep else judgement
            if bits >= max(CAP_BITS, bits_of(digits)):
                return _at_cap(judgement, slack, bits)
            slack, bits = judgement.slack, min(2 * bits, max(CAP_BITS, bits_of(digits)))


def _at_depth(statement: Callable[[], Judgement], judgement: Judgement) -> Judgement:
    if judgement.proved:
        return judgement
    with precision(DEEP_BITS):
        again = attempt(statement)
    return again if again.fails and again.proved else judgement


def _at_cap(judgement: Judgement, before: float | None, bits: int) -> Judgement:
    now = judgement.slack
    if now is not None and before is not None and now <= before - bits / 8:
        return replace(judgement, outcome=Outcome.HOLDS, note="equal as far as the precision cap reaches")
    return judgement
