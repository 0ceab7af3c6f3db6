"""Errors of one float function in one direction, point by point, against certified values."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from statistics import median
from typing import Any

import numpy as np
from flint import arb

from leanmirror.bridge.agree.reference import Certifier
from leanmirror.bridge.agree.ulps import Format, distance, ulp_error
from leanmirror.runtime.arrays import Array
from leanmirror.spec.core.scalars.dual import Singular

KINDS = ("nan", "infinite", "zero", "sign")


@dataclass(frozen=True, slots=True)
class Point:
    """An argument, what came out there and what is right; `error` is in ulp."""

    at: tuple[Array, ...]
    got: float
    right: str
    error: float
    relative: float


def oddness(point: Point) -> float:
    """How far from ordinary the sizes of an argument's numbers are."""
    sizes = np.abs(np.concatenate([np.asarray(x, float).reshape(-1) for x in point.at]))
    sizes = sizes[sizes > 0]
    return float(np.abs(np.log2(sizes)).max()) if sizes.size else 0.0


@dataclass(slots=True)
class Tally:
    """What was found in one direction: the worst point, lost ones by kind, ties, flushed denormals.

    From `hopeless` ulp on an error leaves no digit right.
    """

    hopeless: float = 2.0**52
    points: int = 0
    undecided: int = 0
    within: int = 0
    worst: Point | None = None
    lost: dict[str, tuple[int, Point]] = field(default_factory=dict)
    ties: list[Point] = field(default_factory=list)
    flushed: tuple[int, Point] | None = None
    samples: list[tuple[float, float]] = field(default_factory=list)

    @property
    def typical(self) -> float:
        """The median error."""
        return median(error for _, error in self.samples) if self.samples else 0.0

    def see(self, kind: str, point: Point, argument: float) -> None:
        """Count a point; kind says how it is lost, or is empty."""
        self.points += 1
        self.samples.append((argument, point.error))
        if kind:
            count, other = self.lost.get(kind, (0, point))
            self.lost[kind] = (count + 1, min(other, point, key=oddness))
        if self.worst is None or self._rank(point) > self._rank(self.worst):
            self.worst = point

    def _rank(self, point: Point) -> tuple[float, float]:
        """The error, where no digit is right all alike; then how ordinary the argument is."""
        return min(point.error, self.hopeless), -oddness(point)


@dataclass(frozen=True, slots=True)
class Measurement:
    """One direction: the balls of the results' entries at exact inputs, each with a scale or None.

    An error is in units in the last place of the right value, and where there is a scale, of the larger of
    the two: sums whose terms cancel are measured by the sizes of the terms. It raises Singular at a kink.
    """

    format: Format
    certified: Callable[[list[arb]], list[tuple[Any, Any]]]
    denormals: bool

    def point(self, xs: Sequence[Array], results: list[float], tally: Tally, certify: Certifier) -> None:
        """Compare at one set of inputs (the upstream gradient or tangent among them)."""
        exact = [arb(float(v)) for x in xs for v in np.asarray(x).reshape(-1)]
        seen: list[list[Any]] = []

        def measure() -> list[float] | None:
            found = self.certified(exact)
            trues = [arb(t) for t, _ in found]
            errors = [self._error(r, arb(t), scale) for r, (t, scale) in zip(results, found, strict=True)]
            if None in errors:
                return None
            seen.append(trues)
            return [e for e in errors if e is not None]

        try:
            errors = certify(measure)
        except Singular:
            self._tie(xs, results, tally)
            return
        if errors is None:
            tally.undecided += 1
            return
        argument = float(np.asarray(xs[0]).reshape(-1)[0]) if np.asarray(xs[0]).size else 0.0
        worst = max(range(len(errors)), key=errors.__getitem__, default=None)
        if worst is None:
            return
        true = seen[-1][worst]
        point = self._made(xs, results[worst], true, errors[worst])
        if self._small(true):
            if not self.denormals:
                return
            if results[worst] == 0 and true != 0:
                count, other = tally.flushed or (0, point)
                tally.flushed = (count + 1, min(other, point, key=oddness))
                return
        tally.see(self._lost(results[worst], true, errors[worst]), point, argument)

    def _error(self, got: float, true: arb, scale: arb | None) -> float | None:
        if scale is None or not abs(true) < scale or math.isnan(got):
            return ulp_error(self.format, got, true)
        unit = arb(2) ** self.format.ulp_exponent(scale)
        off = distance(self.format, got, true) / unit
        return float(off.upper()) if off.is_finite() and off.rad() < arb(2) ** -8 * (1 + off) else None

    def _small(self, true: arb) -> bool:
        return bool(abs(true) < math.ldexp(1.0, self.format.quantum + self.format.bits - 1))

    def _made(self, xs: Sequence[Array], got: float, true: arb, error: float) -> Point:
        off = abs(arb(got) - true) / abs(true) if math.isfinite(got) and true != 0 else None
        relative = float(off.mid()) if off is not None and off.is_finite() else math.inf
        return Point(tuple(xs), got, true.mid().str(20, radius=False), error, relative)

    def _lost(self, got: float, true: arb, error: float) -> str:
        if math.isnan(got):
            return "nan"
        if error <= 1:
            return ""
        if math.isinf(got):
            return "infinite"
        if got == 0 and not self._small(true):
            return "zero"
        return "sign" if (got > 0 and true < 0) or (got < 0 and true > 0) else ""

    def _tie(self, xs: Sequence[Array], results: list[float], tally: Tally) -> None:
        got = results[0] if results else math.nan
        if len(tally.ties) < MOST_TIES:
            tally.ties.append(Point(tuple(xs), got, "no derivative", 0.0, 0.0))


MOST_TIES = 8
