"""What a measurement of one operation in one direction finds."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from statistics import median


@dataclass(slots=True)
class Measured:
    """The largest error and where; how many arguments were compared, left out and not decided.

    `faults` are disagreements that are no matter of size: a special value, or a sum of contributions.
    """

    worst: float = 0.0
    at: tuple[str, ...] = ()
    errors: list[float] = field(default_factory=list)
    excluded: int = 0
    undecided: int = 0
    faults: list[str] = field(default_factory=list)

    def add(self, error: float | None, at: tuple[str, ...]) -> None:
        """Count one comparison; None is one that was not decided."""
        if error is None:
            self.undecided += 1
            return
        self.errors.append(error)
        if error > self.worst or not self.at:
            self.worst, self.at = error, at

    @property
    def typical(self) -> float:
        """The median of the errors, 0 where nothing was compared."""
        return median(self.errors) if self.errors else 0.0

    @property
    def points(self) -> int:
        """How many arguments were compared."""
        return len(self.errors)

    @property
    def finite(self) -> bool:
        """Whether every comparison gave a number."""
        return math.isfinite(self.worst)
