"""Agreement as rows of `check`: one for each operation of the tape, and one for random graphs.

They say at a small depth what `agree` and `agree_graphs` say at a large one. A row has the Lean name of the
runtime's side and is selected by the name of either side.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, Any

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
DTYPES = ("float64", "float32")
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


def run_row(name: str, *, examples: int, seed: int) -> dict[str, Any]:
    """Measure one row in this process, in both float types, and return what was found as plain data."""
    if name == GRAPHS:
        return _graphs(examples, seed)
    from leanmirror.bridge.agree.run import agree

    rows = [
        (d, row) for d in DTYPES for row in agree([name], dtype=d, depth=POINTS * examples, seed=seed).rows
    ]
    parts = [_part(dtype, row) for dtype, row in rows]
    points = sum(row.points for _, row in rows)
    return _payload(
        parts, points, sum(row.excluded for _, row in rows), sum(row.undecided for _, row in rows)
    )


def _part(dtype: str, row: AgreeRow) -> dict[str, Any]:
    off = f"{row.max_ulp:.4g} {row.unit}, the bound is {row.bound:.4g}, at {'; '.join(row.at)}"
    return {
        "name": f"{row.direction} {dtype} {row.unit}",
        "verdict": "no_counterexample" if row.within else "refuted",
        "holds": row.points,
        "certified": row.points,
        "undecided": row.undecided,
        "reason": None if row.within else "; ".join([off, *row.faults])[:1000],
    }


def _graphs(examples: int, seed: int) -> dict[str, Any]:
    from leanmirror.bridge.agree.graphs.run import agree_graphs

    reports = [agree_graphs(max(1, examples // 4), nodes=NODES, dtype=d, seed=seed, keep=1) for d in DTYPES]
    return _payload(
        [_graph_part(r) for r in reports],
        sum(r.graphs - sum(r.left_out.values()) for r in reports),
        0,
        sum(sum(r.left_out.values()) for r in reports),
    )


def _graph_part(report: GraphReport) -> dict[str, Any]:
    compared = report.graphs - sum(report.left_out.values())
    return {
        "name": report.dtype,
        "verdict": "no_counterexample" if report.within else "refuted",
        "holds": compared,
        "certified": compared,
        "undecided": sum(report.left_out.values()),
        "reason": None if report.within else report.text[:2000],
    }


def _payload(parts: Sequence[dict[str, Any]], points: int, excluded: int, undecided: int) -> dict[str, Any]:
    wrong = [part for part in parts if part["verdict"] == "refuted"]
    return {
        "verdict": "refuted" if wrong else "no_counterexample",
        "examples": points + excluded + undecided,
        "satisfied": points + undecided,
        "certified": points,
        "nontrivial": points,
        "counted": points,
        "undecided": undecided,
        "dropped": excluded,
        "reason": "; ".join(f"{part['name']}: {part['reason']}" for part in wrong) or None,
        "parts": list(parts),
        "counterexample": None,
    }
