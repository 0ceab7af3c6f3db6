"""What a measurement of one operation in one direction finds."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from statistics import median

At = tuple[str, ...]
TOLERATED = 1.0
"""A result that is not finite is lost when it is off by more units: just below overflow ∞ may be nearest."""


@dataclass(slots=True)
class Measured:
    """The largest error and where; how many arguments were compared, left out and not decided.

    `worst` is over finite results. `lost` counts the arguments where the spec is finite and a result is not,
    the worst of which is `lost_error` off (infinite for a NaN) at `lost_at`. `faults` are disagreements that
    are no matter of size. `samples` are an argument and its error each.
    """

    worst: float = 0.0
    at: At = ()
    lost: int = 0
    lost_error: float = 0.0
    lost_at: At = ()
    samples: list[tuple[float, float]] = field(default_factory=list)
    excluded: int = 0
    undecided: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, errors: Iterable[tuple[float, float]] | None, at: At, argument: float = 0.0) -> None:
        """Count one comparison: results and their errors; None is one that was not decided."""
        if errors is None:
            self.undecided += 1
            return
        pairs = list(errors)
        gone = [e for found, e in pairs if not math.isfinite(found) and e > TOLERATED]
        if gone:
            self.lose(max(gone), at)
        error = max((e for found, e in pairs if math.isfinite(found) or e <= TOLERATED), default=0.0)
        self.samples.append((argument, max([error, *gone])))
        if error > self.worst or not self.at:
            self.worst, self.at = error, at

    def lose(self, error: float, at: At) -> None:
        """Count an argument where a result is not finite though it should be."""
        self.lost += 1
        if error > self.lost_error:
            self.lost_error, self.lost_at = error, at

    @property
    def error(self) -> float:
        """The largest error of all results, infinite where one is NaN."""
        return max(self.worst, self.lost_error)

    @property
    def typical(self) -> float:
        """The median of the errors, 0 where nothing was compared."""
        return median(error for _, error in self.samples) if self.samples else 0.0

    @property
    def points(self) -> int:
        """How many arguments were compared."""
        return len(self.samples)
