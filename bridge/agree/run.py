"""Agreement: the float runtime against the spec, operation by operation, forward and backward.

Every operation is run on a tape, at arguments of every exponent and around the places that are delicate, and
compared with the spec evaluated in balls whose precision doubles until the value is known. What is off is
counted in units in the last place, or absolutely, and held against the bound on the operation's record.
Infinities and NaN are compared with the same definition evaluated over numpy's own numbers.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from zlib import crc32

import numpy as np

from leanmirror.bridge.agree.backends import load
from leanmirror.bridge.agree.backends.protocol import Backend, measures
from leanmirror.bridge.agree.backends.tape import TAPE
from leanmirror.bridge.agree.choices import BACKENDS, DEPTH, DTYPES
from leanmirror.bridge.agree.entrywise import ENTRYWISE
from leanmirror.bridge.agree.measured import Measured
from leanmirror.bridge.agree.plot import Panel
from leanmirror.bridge.agree.pointwise import Pointwise
from leanmirror.bridge.agree.selection import Compared, select
from leanmirror.bridge.agree.tensors import Whole
from leanmirror.bridge.agree.tensorwise import TENSORWISE
from leanmirror.bridge.io.output import shown
from leanmirror.bridge.io.reports import Report
from leanmirror.bridge.io.selections import Selection, several
from leanmirror.bridge.io.tables import Column, table
from leanmirror.runtime.autograd.ops import Bound, Exclusion
from leanmirror.spec.errors import BadInput

SCHEMA = "leanmirror.agree/1"


@dataclass(frozen=True, slots=True)
class AgreeRow:
    """One operation in one direction, held against one bound.

    `op` and `proof` are Lean names, of the runtime's function and of its twin over the reals; the backend
    `runs` this for it, which `differs` on purpose. `max_ulp` is the largest error in `unit` (divided by what
    `per` names) of a finite result; it occurs `at` these inputs, the upstream gradient last, in hexadecimal.
    `typical` is the median. At `lost` inputs, the worst of them `lost_at`, a result is NaN or ∞ and the spec
    is finite, up to `lost_error` off. `bound` is infinite where nothing is promised. `faults` are
    disagreements that are no matter of size, `samples` pairs of an argument and its error.
    """

    op: str
    proof: str | None
    direction: str
    max_ulp: float
    at: tuple[str, ...]
    typical: float
    lost: int
    lost_error: float
    lost_at: tuple[str, ...]
    unit: str
    bound: float
    per: str
    domain: str
    points: int
    excluded: int
    undecided: int
    exclusions: tuple[Exclusion, ...]
    faults: tuple[str, ...]
    runs: str = ""
    differs: str = ""
    samples: tuple[tuple[float, float], ...] = field(default=(), repr=False)

    @property
    def within(self) -> bool:
        """Whether every error is within the bound, and something was compared."""
        return self.points > 0 and max(self.max_ulp, self.lost_error) <= self.bound and not self.faults

    def to_json(self) -> dict[str, Any]:
        """The row; null is an infinite error or end of an exclusion, or a bound that nobody declared."""
        return {
            "op": self.op,
            "proof": self.proof,
            "direction": self.direction,
            "runs": self.runs,
            "differs": self.differs,
            "max_ulp": _finite(self.max_ulp),
            "at": "; ".join(self.at),
            "typical": _finite(self.typical),
            "lost": self.lost,
            "lost_at": "; ".join(self.lost_at),
            "unit": self.unit,
            "bound": _finite(self.bound),
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


@dataclass(frozen=True, slots=True, repr=False)
class AgreeReport(Report):
    """What `agree` found: a row per operation, direction and bound."""

    backend: str
    version: str
    dtype: str
    depth: int
    seed: int
    rows: tuple[AgreeRow, ...]

    @property
    def within(self) -> bool:
        """Whether every row is within its bound."""
        return all(row.within for row in self.rows)

    def __iter__(self) -> Iterator[AgreeRow]:
        return iter(self.rows)

    @property
    def exit_status(self) -> int:
        """1 when a row is out of its bound, else 0."""
        return 0 if self.within else 1

    def to_json(self) -> dict[str, Any]:
        """The report as `agree --json` writes it."""
        return {
            "schema": SCHEMA,
            "backend": self.backend,
            "version": self.version,
            "dtype": self.dtype,
            "depth": self.depth,
            "seed": self.seed,
            "rows": [row.to_json() for row in self.rows],
        }

    @property
    def title(self) -> str:
        """The title of the picture."""
        return f"{self.version}, {self.dtype}: errors against the spec"

    @property
    def panels(self) -> list[Panel]:
        """The picture: a panel a row."""
        return [
            Panel(f"{r.op}, {r.direction}", f"{r.unit} / γ" if r.per else r.unit, r.bound, r.samples)
            for r in self.rows
        ]

    @property
    def text(self) -> str:
        """A table, then what is out of its bound, then one line."""
        lines = table(COLUMNS, [_cells(row) for row in self.rows])
        lines += [line for row in self.rows for line in _complaint(row)]
        lines += _remarks(self.rows)
        outside = sum(not row.within for row in self.rows)
        undecided = sum(row.undecided for row in self.rows)
        end = f"{len(self.rows)} rows of {self.version} in {self.dtype}: {outside or 'none'} out of bound"
        return "\n".join([*lines, end + (f", {undecided} arguments undecided" if undecided else "")])


def agree(
    ops: Selection = (),
    *,
    backend: str = "numpy",
    dtype: str = "float64",
    depth: int = DEPTH,
    seed: int = 0,
    everywhere: bool = False,
) -> AgreeReport:
    """Measure a backend's operations against the spec; nothing selected means all that it has.

    An operation is selected by the Lean name of either twin, by a suffix that only one has, or by a glob.
    `depth` is about how many arguments an entrywise operation is compared at, in each direction. Where
    nothing is promised, an operation is measured at all finite arguments, and no error is out of bound;
    `everywhere` measures all of them so.

    Raises BadInput for a backend or type that is not offered or not installed, for an operation that the
    backend does not have and for an ambiguous name; NameNotFound for a name that no operation has.
    """
    _offered("backend", backend, BACKENDS)
    _offered("dtype", dtype, DTYPES)
    by = load(backend)
    chosen = several(ops)
    rows = [
        _row(op, bound, depth, seed, by)
        for op in _had(by, select(chosen), bool(chosen))
        for bound in (() if everywhere else by.bounds(op, dtype)) or measures(op, dtype)
    ]
    return AgreeReport(backend, by.version(), dtype, depth, seed, tuple(rows))


def _had(by: Backend, ops: Sequence[Compared], asked: bool) -> list[Compared]:
    """The operations that the backend has; one that was asked for has to be there."""
    missing = [op.lean for op in ops if not by.has(op)]
    if missing and asked:
        raise BadInput(f"the {by.name} backend has nothing for {', '.join(missing)}")
    return [op for op in ops if by.has(op)]


def _offered(what: str, found: str, among: Sequence[str]) -> None:
    if found not in among:
        raise BadInput(f"{what} '{shown(found)}' is not offered: {', '.join(among)}")


def comparison(op: Compared, dtype: str, by: Backend = TAPE) -> Pointwise | Whole:
    """The means to compare one operation in one type with its twin.

    Raises BadInput for an operation of the tape that nobody has said how to compare.
    """
    if op.lean in ENTRYWISE:
        return Pointwise(op, ENTRYWISE[op.lean], dtype, by)
    if op.lean in TENSORWISE:
        return Whole(op, TENSORWISE[op.lean], dtype, by)
    raise BadInput(
        f"nothing says how {shown(op.lean)} is compared with the spec: it needs a row in ENTRYWISE "
        "(bridge/agree/entrywise.py) or in TENSORWISE (bridge/agree/tensorwise.py)"
    )


def _row(op: Compared, bound: Bound, depth: int, seed: int, by: Backend) -> AgreeRow:
    words = f"{op.lean} {bound.dtype} {bound.direction} {bound.unit}"
    rng = np.random.default_rng([seed, crc32(words.encode())])
    return as_row(op, bound, comparison(op, bound.dtype, by).measure(bound, depth, rng), by)


def as_row(op: Compared, bound: Bound, found: Measured, by: Backend = TAPE) -> AgreeRow:
    """A measurement and the bound that it is held against."""
    return AgreeRow(
        op=op.lean,
        proof=op.proof,
        direction=bound.direction,
        max_ulp=found.worst,
        at=found.at,
        typical=found.typical,
        lost=found.lost,
        lost_error=found.lost_error,
        lost_at=found.lost_at,
        unit=bound.unit,
        bound=bound.limit,
        per=bound.per,
        domain=bound.domain,
        points=found.points,
        excluded=found.excluded,
        undecided=found.undecided,
        exclusions=bound.exclusions,
        faults=tuple(found.faults),
        runs=by.runs(op),
        differs=by.differs(op),
        samples=tuple(found.samples),
    )


COLUMNS = (
    Column("operation", name=True),
    Column("direction"),
    Column("unit"),
    Column("max", right=True),
    Column("bound", right=True),
    Column("typical", right=True, rank=1),
    Column("points", right=True, rank=2),
    Column("excluded", right=True, rank=2),
    Column("lost", right=True, rank=1),
    Column(""),
    Column("at", rank=3),
)


def _cells(row: AgreeRow) -> tuple[str, ...]:
    return (
        row.op.removeprefix("Runtime.Autograd.").removeprefix("Activation."),
        row.direction,
        f"{row.unit} / γ" if row.per else row.unit,
        f"{row.max_ulp:.4g}",
        f"{row.bound:.4g}" if math.isfinite(row.bound) else "-",
        f"{row.typical:.2g}",
        str(row.points),
        str(row.excluded),
        str(row.lost),
        "" if row.within else "OUT",
        shown(" ; ".join(row.at), 60),
    )


def _complaint(row: AgreeRow) -> list[str]:
    if row.within:
        return []
    lines = ["", f"out of bound: {row.op}, {row.direction}"]
    if not row.max_ulp <= row.bound:
        lines.append(f"  {row.max_ulp:.6g} {row.unit}, the bound is {row.bound:.6g}")
        lines += [f"  at {shown(text, 400)}" for text in row.at]
    if not row.lost_error <= row.bound:
        lines.append(f"  NaN or ∞ where the spec is finite, for {row.lost} arguments")
        lines += [f"  at {shown(text, 400)}" for text in row.lost_at]
    lines += [f"  {shown(fault, 400)}" for fault in row.faults]
    return lines if row.points else [*lines, "  nothing was compared"]


def _remarks(rows: Sequence[AgreeRow]) -> list[str]:
    """What differs on purpose, and where numbers were lost, of rows that are within their bounds."""
    differing = {row.op: f"{row.runs}: {row.differs}" for row in rows if row.differs}
    lost = [
        f"{row.op}, {row.direction}: NaN or ∞ where the spec is finite, {row.lost} arguments, "
        f"one at {shown(' ; '.join(row.lost_at), 100)}"
        for row in rows
        if row.lost and row.within
    ]
    return ["", *differing.values(), *lost] if differing or lost else []
