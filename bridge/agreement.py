"""Agreement: the float runtime against the spec, operation by operation, forward and backward.

Every operation is run on a tape, at arguments of every exponent and around the places that are delicate, and
compared with the spec evaluated in balls whose precision doubles until the value is known. What is off is
counted in units in the last place, or absolutely, and held against the bound on the operation's record.
Infinities and NaN are compared with the same definition evaluated over numpy's own numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from zlib import crc32

import numpy as np

from leanmirror.bridge.agreeing.entrywise import ENTRYWISE
from leanmirror.bridge.agreeing.measured import Measured
from leanmirror.bridge.agreeing.numpy_scalars import register_numpy_scalars
from leanmirror.bridge.agreeing.pointwise import Pointwise
from leanmirror.bridge.agreeing.selection import select
from leanmirror.bridge.agreeing.tensorwise import TENSORWISE
from leanmirror.bridge.agreeing.whole import Whole
from leanmirror.bridge.output import shown
from leanmirror.runtime.autograd.ops import Bound, Exclusion, Op
from leanmirror.spec.errors import BadInput

SCHEMA = "leanmirror.agree/1"
BACKENDS = ("numpy",)
DTYPES = ("float64", "float32")
DEPTH = 20_000


@dataclass(frozen=True, slots=True)
class AgreeRow:
    """One operation in one direction, held against one bound.

    `op` and `proof` are Lean names, of the runtime's function and of its twin over the reals. `max_ulp` is
    the largest error in `unit` (divided by what `per` names), infinite where a NaN stands for a number; it
    occurs `at` these inputs, the upstream gradient last, in hexadecimal. `typical` is the median. `faults`
    are disagreements that are no matter of size.
    """

    op: str
    proof: str | None
    direction: str
    max_ulp: float
    at: tuple[str, ...]
    typical: float
    unit: str
    bound: float
    per: str
    domain: str
    points: int
    excluded: int
    undecided: int
    exclusions: tuple[Exclusion, ...]
    faults: tuple[str, ...]

    @property
    def within(self) -> bool:
        """Whether every error is within the bound, and something was compared."""
        return self.points > 0 and self.max_ulp <= self.bound and not self.faults

    def to_json(self) -> dict[str, Any]:
        """The row; `max_ulp` is null where it is infinite, as is the open end of an exclusion."""
        return {
            "op": self.op,
            "proof": self.proof,
            "direction": self.direction,
            "max_ulp": _finite(self.max_ulp),
            "at": "; ".join(self.at),
            "typical": _finite(self.typical),
            "unit": self.unit,
            "bound": self.bound,
            "per": self.per,
            "domain": self.domain,
            "within": self.within,
            "points": self.points,
            "excluded": self.excluded,
            "undecided": self.undecided,
            "exclusions": [
                {"low": _finite(e.low), "high": _finite(e.high), "of": e.of, "reason": e.reason}
                for e in self.exclusions
            ],
            "faults": list(self.faults),
        }


def _finite(x: float) -> float | None:
    return x if math.isfinite(x) else None


@dataclass(frozen=True, slots=True)
class AgreeReport:
    """What `agree` found: a row per operation, direction and bound."""

    backend: str
    dtype: str
    depth: int
    seed: int
    rows: tuple[AgreeRow, ...]

    @property
    def within(self) -> bool:
        """Whether every row is within its bound."""
        return all(row.within for row in self.rows)

    def exit_status(self) -> int:
        """1 when a row is out of its bound, else 0."""
        return 0 if self.within else 1

    def to_json(self) -> dict[str, Any]:
        """The report as `agree --json` writes it."""
        return {
            "schema": SCHEMA,
            "backend": self.backend,
            "dtype": self.dtype,
            "depth": self.depth,
            "seed": self.seed,
            "rows": [row.to_json() for row in self.rows],
        }

    @property
    def text(self) -> str:
        """A table, then what is out of its bound, then one line."""
        lines = _columns([HEAD, *(_cells(row) for row in self.rows)])
        for row in self.rows:
            lines += _complaint(row)
        outside = sum(not row.within for row in self.rows)
        undecided = sum(row.undecided for row in self.rows)
        end = f"{len(self.rows)} rows in {self.dtype}: {outside or 'none'} out of bound"
        return "\n".join([*lines, end + (f", {undecided} arguments undecided" if undecided else "")])


def agree(
    ops: Iterable[str] = (),
    *,
    backend: str = "numpy",
    dtype: str = "float64",
    depth: int = DEPTH,
    seed: int = 0,
) -> AgreeReport:
    """Measure the runtime's operations against the spec; nothing selected means all of them.

    An operation is selected by the Lean name of either twin, by a suffix that only one has, or by a glob.
    `depth` is about how many arguments an entrywise operation is compared at, in each direction.

    Raises BadInput for a backend or type that is not offered and for an ambiguous name, NameNotFound for a
    name that no operation has.
    """
    _offered("backend", backend, BACKENDS)
    _offered("dtype", dtype, DTYPES)
    register_numpy_scalars()
    rows = [_row(op, bound, depth, seed) for op in select(ops) for bound in op.bounds if bound.dtype == dtype]
    return AgreeReport(backend, dtype, depth, seed, tuple(rows))


def _offered(what: str, found: str, among: Sequence[str]) -> None:
    if found not in among:
        raise BadInput(f"{what} '{shown(found)}' is not offered: {', '.join(among)}")


def comparison(op: Op, dtype: str) -> Pointwise | Whole:
    """The means to compare one operation in one type with its twin. KeyError where it has none."""
    if op.lean in ENTRYWISE:
        return Pointwise(op, ENTRYWISE[op.lean], dtype)
    return Whole(op, TENSORWISE[op.lean], dtype)


def _row(op: Op, bound: Bound, depth: int, seed: int) -> AgreeRow:
    words = f"{op.lean} {bound.dtype} {bound.direction} {bound.unit}"
    rng = np.random.default_rng([seed, crc32(words.encode())])
    return as_row(op, bound, comparison(op, bound.dtype).measure(bound, depth, rng))


def as_row(op: Op, bound: Bound, found: Measured) -> AgreeRow:
    """A measurement and the bound that it is held against."""
    return AgreeRow(
        op.lean,
        op.proof,
        bound.direction,
        found.worst,
        found.at,
        found.typical,
        bound.unit,
        bound.limit,
        bound.per,
        bound.domain,
        found.points,
        found.excluded,
        found.undecided,
        bound.exclusions,
        tuple(found.faults),
    )


HEAD = ("operation", "direction", "unit", "max", "bound", "typical", "points", "excluded", "", "at")
_LEFT = (0, 1, 2, 8, 9)


def _cells(row: AgreeRow) -> tuple[str, ...]:
    unit = f"{row.unit} / γ" if row.per else row.unit
    numbers = (
        f"{row.max_ulp:.4g}",
        f"{row.bound:.4g}",
        f"{row.typical:.2g}",
        str(row.points),
        str(row.excluded),
    )
    at = shown(" ; ".join(row.at), 60)
    return (
        row.op.removeprefix("Runtime.Autograd."),
        row.direction,
        unit,
        *numbers,
        "" if row.within else "OUT",
        at,
    )


def _columns(rows: Sequence[Sequence[str]]) -> list[str]:
    widths = [max(len(row[i]) for row in rows) for i in range(len(HEAD))]
    return [
        "  ".join(
            c.ljust(w) if i in _LEFT else c.rjust(w) for i, (c, w) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _complaint(row: AgreeRow) -> list[str]:
    if row.within:
        return []
    lines = ["", f"out of bound: {row.op}, {row.direction}"]
    if not row.max_ulp <= row.bound:
        lines.append(f"  {row.max_ulp:.6g} {row.unit}, the bound is {row.bound:.6g}")
        lines += [f"  at {shown(text, 400)}" for text in row.at]
    lines += [f"  {shown(fault, 400)}" for fault in row.faults]
    return lines if row.points else [*lines, "  nothing was compared"]
