"""Agreement as rows of `check`: one for each operation of the tape, and one for random graphs.

They say at a small depth what `agree` and `agree_graphs` say at a large one. A row has the Lean name of the
runtime's side and is selected by the name of either side.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

from leanmirror.bridge.agree.choices import DTYPES
from leanmirror.bridge.check.result import Part, Result
from leanmirror.spec.judge.verdicts import VerdictName

if TYPE_CHECKING:
    from leanmirror.bridge.agree.graphs.run import GraphReport
    from leanmirror.bridge.agree.run import AgreeRow

GRAPHS = "Runtime.Autograd.Tape.backwardDenseFrom"
"""The row of random graphs: reverse mode of a whole tape."""
ITS_TWINS = (
    "Proofs.Autograd.Algebra.Graph.backpropAllCtx",
    "Proofs.Autograd.Graph.backpropCtx",
    "Runtime.Autograd.Tape.backwardDense",
)
POINTS, NODES = 2, 12
"""Arguments of an operation for each example that `check` is asked for, and the size of graphs."""


@cache
def agreement_rows() -> dict[str, tuple[str, ...]]:
    """The names of all rows, each with the Lean names that it is selected by besides its own."""
    from leanmirror.bridge.agree.graphs.twins import ALSO
    from leanmirror.runtime.autograd.engine.core import OPS

    also: dict[str, tuple[str, ...]] = {}
    for proof, runtime in ALSO.items():
        also[runtime] = (*also.get(runtime, ()), proof)
    rows = {op.lean: (*((op.proof,) if op.proof else ()), *also.get(op.lean, ())) for op in OPS}
    return rows | {GRAPHS: ITS_TWINS}


def rows_of(name: str) -> list[str]:
    """The rows that a Lean name selects."""
    return [row for row, others in agreement_rows().items() if name == row or name in others]


def run_row(name: str, *, examples: int, seed: int) -> Result:
    """Measure one row in this process, in both float types."""
    if name == GRAPHS:
        return _graphs(name, examples, seed)
    from leanmirror.bridge.agree.run import agree

    rows = [
        (d, row) for d in DTYPES for row in agree([name], dtype=d, depth=POINTS * examples, seed=seed).rows
    ]
    points = sum(row.points for _, row in rows)
    excluded, undecided = (
        sum(counts) for counts in zip(*((r.excluded, r.undecided) for _, r in rows), strict=True)
    )
    return _result(name, [_part(dtype, row) for dtype, row in rows], points, excluded, undecided)


def _part(dtype: str, row: AgreeRow) -> Part:
    off = f"{row.max_ulp:.4g} {row.unit}, the bound is {row.bound:.4g}, at {'; '.join(row.at)}"
    reason = None if row.within else "; ".join([off, *row.faults])[:1000]
    name = f"{row.direction} {dtype} {row.unit}"
    return Part(name, _verdict(row.within), row.points, row.points, row.undecided, reason)


def _verdict(within: bool) -> VerdictName:
    return "no_counterexample" if within else "refuted"


def _graphs(name: str, examples: int, seed: int) -> Result:
    from leanmirror.bridge.agree.graphs.run import agree_graphs

    reports = [agree_graphs(max(1, examples // 4), nodes=NODES, dtype=d, seed=seed, keep=1) for d in DTYPES]
    left_out = sum(sum(report.left_out.values()) for report in reports)
    compared = sum(report.graphs for report in reports) - left_out
    return _result(name, list(map(_graph_part, reports)), compared, 0, left_out)


def _graph_part(report: GraphReport) -> Part:
    left_out = sum(report.left_out.values())
    compared = report.graphs - left_out
    reason = None if report.within else report.text[:2000]
    return Part(report.dtype, _verdict(report.within), compared, compared, left_out, reason)


def _result(name: str, parts: Sequence[Part], points: int, excluded: int, undecided: int) -> Result:
    wrong = [part for part in parts if part.verdict == "refuted"]
    return Result(
        name,
        "agreement",
        "",
        _verdict(not wrong),
        examples=points + excluded + undecided,
        satisfied=points + undecided,
        certified=points,
        nontrivial=points,
        counted=points,
        undecided=undecided,
        dropped=excluded,
        distinct=points,
        reason="; ".join(f"{part.name}: {part.reason}" for part in wrong) or None,
        parts=tuple(parts),
    )
