"""Contestants measured in turns, and the ratios of their times.

Only ratios within one run mean something: machines are noisy. Times are CPU times of the process, so that
other work on the machine disturbs less; a ratio is the median over the rounds of the ratio within a round.
Every contestant also returns what it computed, and a run whose contestants disagree is worth nothing.
"""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

Contestant = Callable[[], tuple[float, float, Any]]
"""Seconds forward, seconds backward, what was computed."""

NOISY = 1.15
"""Where the quartiles of a ratio are further apart than this, there are as many rounds again, once."""


@dataclass(frozen=True)
class Row:
    """One line of the table: a ratio, or a figure with its unit, and what was asked for."""

    what: str
    value: float | None
    asked: float | None = None
    unit: str = "x"
    low: float | None = None
    high: float | None = None
    detail: str = ""

    @property
    def verdict(self) -> str:
        """Whether it is what was asked for."""
        if self.value is None:
            return "not available"
        if self.asked is None:
            return ""
        return "reached" if self.value <= self.asked else "NOT REACHED"

    def to_json(self) -> dict[str, Any]:
        """All of it as JSON values."""
        return {**asdict(self), "verdict": self.verdict}


class Run:
    """The times of some contestants, round by round. A `long` run has no warm-up, and no rounds are added."""

    def __init__(
        self, contestants: Mapping[str, Contestant], rounds: int, rtol: float = 1e-9, long: bool = False
    ) -> None:
        self.contestants, self.rtol, self.repeated = dict(contestants), rtol, long
        self.turns = random.Random(0)
        self.times: dict[str, list[tuple[float, float]]] = {name: [] for name in contestants}
        if not long:
            self._round(kept=False)
        self.more(rounds)

    def more(self, rounds: int) -> None:
        """Further rounds."""
        for _ in range(rounds):
            self._round(kept=True)

    def _round(self, kept: bool) -> None:
        reference = None
        names = list(self.contestants)
        self.turns.shuffle(names)  # who comes after the largest finds the caches cold
        for name in names:
            forward, backward, found = self.contestants[name]()
            reference = found if reference is None else reference
            if not np.allclose(found, reference, rtol=self.rtol, atol=0.0):
                raise SystemExit(f"{name} computed something else than {names[0]}")
            if kept:
                self.times[name].append((forward, backward))

    def seconds(self, name: str) -> tuple[float, float]:
        """The medians of one contestant, forward and backward."""
        columns = zip(*self.times[name], strict=True)
        forward, backward = (statistics.median(column) for column in columns)
        return forward, backward

    def total(self, name: str) -> float:
        """The median of forward and backward together."""
        return statistics.median(sum(pair) for pair in self.times[name])

    def ratios(self, ours: str, other: str) -> list[float]:
        """Within each round, forward and backward together."""
        pairs = zip(self.times[ours], self.times[other], strict=True)
        return [sum(a) / sum(b) for a, b in pairs]

    def row(self, what: str, ours: str, other: str, asked: float | None = None, detail: str = "") -> Row:
        """The ratio of two contestants; not available when one of them is not installed."""
        if not {ours, other} <= set(self.times):
            return Row(what, None, asked, detail=f"{other} is not installed")
        low, value, high = quartiles(self.ratios(ours, other))
        if not self.repeated and (high / low > NOISY or (asked and value > asked)):
            self.repeated = True
            self.more(len(self.times[ours]))
            low, value, high = quartiles(self.ratios(ours, other))
        return Row(what, value, asked, "x", low, high, detail)


def quartiles(values: list[float]) -> tuple[float, float, float]:
    """A quarter of the values is below the first, half below the second, three quarters below the third."""
    low, middle, high = statistics.quantiles(values, n=4, method="inclusive")
    return low, middle, high


def timed(forward: Callable[[], Any], backward: Callable[[Any], Any]) -> tuple[float, float, Any]:
    """A contestant in two halves: the second gets what the first returned."""
    start = time.process_time()
    kept = forward()
    middle = time.process_time()
    found = backward(kept)
    return middle - start, time.process_time() - middle, found


def repeated(action: Callable[[], Any], repeat: int) -> Contestant:
    """A contestant that does one thing several times."""

    def contestant() -> tuple[float, float, Any]:
        start = time.process_time()
        for _ in range(repeat):
            found = action()
        return (time.process_time() - start) / repeat, 0.0, found

    return contestant


def optional(name: str) -> Any:
    """A library that may be missing, with one thread; None where it is not installed."""
    try:
        module = __import__(name)
    except ImportError:
        return None
    if name == "torch":
        module.set_num_threads(1)
    return module
