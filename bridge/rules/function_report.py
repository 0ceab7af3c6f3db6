"""What `agree_function` found: rows of worst errors, with arguments, got and right values in full."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NoReturn

import numpy as np

from leanmirror.bridge.agree.plot import Panel
from leanmirror.bridge.io.reports import Report
from leanmirror.bridge.rules.measure import KINDS, Point, Tally

SCHEMA = "leanmirror.agree_function/1"
WORDS = {
    "nan": "NaN where the value is finite",
    "infinite": "∞ where the value is finite",
    "zero": "0 where the value is not",
    "sign": "the wrong sign",
}


@dataclass(frozen=True, slots=True)
class FunctionRow:
    """One direction: the worst error and where, lost arguments by kind, ties, flushed denormals."""

    direction: str
    inputs: int
    points: int
    undecided: int
    max_ulp: float
    typical: float
    worst: Point | None
    lost: tuple[tuple[str, int, Point], ...]
    ties: tuple[Point, ...]
    flushed: tuple[int, Point] | None
    samples: tuple[tuple[float, float], ...]

    @classmethod
    def of(cls, direction: str, tally: Tally, inputs: int) -> FunctionRow:
        """The row of a tally."""
        worst = tally.worst
        return cls(
            direction,
            inputs,
            tally.points,
            tally.undecided,
            worst.error if worst else 0.0,
            tally.typical,
            worst,
            tuple((kind, *tally.lost[kind]) for kind in KINDS if kind in tally.lost),
            tuple(tally.ties),
            tally.flushed,
            tuple(tally.samples),
        )

    def within(self, ulp: float) -> bool:
        """Something was compared, and every error is at most that."""
        return self.points > 0 and self.max_ulp <= ulp

    def lines(self) -> list[str]:
        """The row as people read it."""
        most = f"{self.max_ulp:.4g} ulp" if math.isfinite(self.max_ulp) else "no digit"
        lines = [f"{self.direction:9} worst {most}, typical {self.typical:.2g}, {self.points} points"]
        if self.worst is not None:
            lines += [
                f"  at {self._at(self.worst)}",
                f"  got {_number(self.worst.got)}, right {self.worst.right}",
            ]
        for kind, count, point in self.lost:
            lines.append(f"  {WORDS[kind]}: {count} points, one at {self._at(point)}")
            if point is not self.worst:
                lines.append(f"    got {_number(point.got)}, right {point.right}")
        if self.ties:
            lines.append(f"  at a kink ({self._at(self.ties[0])}) it gives {_number(self.ties[0].got)}")
        if self.flushed is not None:
            count, point = self.flushed
            lines.append(f"  denormals flushed to 0: {count} points, one at {self._at(point)}")
        if self.undecided:
            lines.append(f"  {self.undecided} points undecided")
        return lines

    def _at(self, point: Point) -> str:
        return ", ".join(_value(x) for x in point.at)

    @property
    def text(self) -> str:
        """The row as people read it."""
        return "\n".join(self.lines())

    def to_json(self) -> dict[str, Any]:
        """The row as JSON; an infinite error is null."""
        return {
            "direction": self.direction,
            "points": self.points,
            "undecided": self.undecided,
            "max_ulp": self.max_ulp if math.isfinite(self.max_ulp) else None,
            "typical": self.typical if math.isfinite(self.typical) else None,
            "worst": _json(self.worst),
            "lost": [{"kind": kind, "count": count, **(_json(at) or {})} for kind, count, at in self.lost],
            "ties": [_json(point) for point in self.ties],
            "flushed": None
            if self.flushed is None
            else {"count": self.flushed[0], **(_json(self.flushed[1]) or {})},
        }


def _json(point: Point | None) -> dict[str, Any] | None:
    if point is None:
        return None
    return {
        "at": [_decimals(x) for x in point.at],
        "at_hex": [_hex(x) for x in point.at],
        "got": repr(point.got),
        "right": point.right,
        "ulp": point.error if math.isfinite(point.error) else None,
        "relative": point.relative if math.isfinite(point.relative) else None,
    }


def _number(x: float) -> str:
    return f"{x!r} ({x.hex()})" if math.isfinite(x) else repr(x)


def _value(x: Any) -> str:
    array = np.asarray(x)
    return _number(float(array)) if array.ndim == 0 else str(_decimals(x))


def _decimals(x: Any) -> Any:
    return np.asarray(x).astype(float).tolist()


def _hex(x: Any) -> Any:
    return [float(v).hex() for v in np.asarray(x).reshape(-1)]


@dataclass(frozen=True, slots=True, repr=False)
class FunctionReport(Report):
    """The rows of a function. Print it; `assert_within` is for tests; it has no truth value."""

    name: str
    library: str
    dtype: str
    depth: int
    seed: int
    rows: tuple[FunctionRow, ...]
    bound: float | None = None

    def __iter__(self) -> Iterator[FunctionRow]:
        return iter(self.rows)

    def __bool__(self) -> NoReturn:
        raise TypeError("a report has no truth value: use .within(ulp) or .assert_within(ulp=4)")

    def within(self, ulp: float) -> bool:
        """Every row is within that many units in the last place."""
        return all(row.within(ulp) for row in self.rows)

    def assert_within(self, ulp: float) -> None:
        """Raise AssertionError with the text unless every error is at most that."""
        if not self.within(ulp):
            raise AssertionError(f"not within {ulp} ulp\n{self.text}")

    @property
    def exit_status(self) -> int:
        """1 where an error is beyond the bound, else 0."""
        return int(self.bound is not None and not self.within(self.bound))

    @property
    def title(self) -> str:
        """The title of the picture."""
        return f"{self.name}, {self.library}, {self.dtype}: errors against the spec"

    @property
    def panels(self) -> list[Panel]:
        """The picture: a panel a direction."""
        limit = math.inf if self.bound is None else self.bound
        return [Panel(f"{self.name}, {row.direction}", "ulp", limit, row.samples) for row in self.rows]

    @property
    def text(self) -> str:
        """A few lines per direction."""
        head = f"{self.name}, {self.library}, {self.dtype}"
        lines = [head, *(line for row in self.rows for line in row.lines())]
        if self.bound is not None:
            lines.append(f"{'out of' if self.exit_status else 'within'} {self.bound:g} ulp")
        return "\n".join(lines)

    @property
    def short(self) -> str:
        """The largest error."""
        return f"{self.name}, {max((row.max_ulp for row in self.rows), default=0.0):.4g} ulp"

    def to_json(self) -> dict[str, Any]:
        """The report as JSON."""
        return {
            "schema": SCHEMA,
            "name": self.name,
            "library": self.library,
            "dtype": self.dtype,
            "depth": self.depth,
            "seed": self.seed,
            "bound": self.bound,
            "rows": [row.to_json() for row in self.rows],
        }
