"""Random graphs, the tape against the spec: values, gradients, and `fderiv` itself.

A graph is drawn from the operations that have a float twin, run on a tape, and compared with the spec in
balls at the same exact inputs: the values with `Graph.eval`, the gradients with `backpropAllCtx` and with
the adjoint of `fderiv`. The bounds are those of the operations, carried through the graph.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields, replace
from random import Random
from statistics import median
from typing import Any

from leanmirror.bridge.agree.graphs.cases import Case, draw_case
from leanmirror.bridge.agree.graphs.compare import Compared, compare
from leanmirror.bridge.io.reports import Report
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.torchlean_types import TensorT

SCHEMA = "leanmirror.agree_graphs/1"
GRAPHS, NODES = 1_000, 30
EVALUATIONS = 300


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A graph, made small, where the tape is further off than its bound."""

    case: Case
    dtype: str
    fault: str

    @property
    def text(self) -> str:
        """The disagreement for people, in Lean's words."""
        lines = [f"disagreement in {self.dtype}: {self.fault}", f"  g := {self.case.recipe.lean}"]
        for name, shapes, numbers in (
            ("x", self.case.recipe.Γ, self.case.inputs),
            ("seed", self.case.shapes, self.case.seeds),
        ):
            lines.append(
                f"  {name} := [{', '.join(_shown(s, xs) for s, xs in zip(shapes, numbers, strict=True))}]"
            )
        if self.case.output is not None:
            lines.append(f"  backward from value {self.case.output}")
        return "\n".join(lines)


def _shown(s: Any, numbers: Any) -> str:

    return TensorT(s).show(Tensor(s, list(numbers)))


@dataclass(frozen=True, slots=True, repr=False)
class GraphReport(Report):
    """What was compared in one float type.

    `worst` is the largest error in units of its bound. `bound` is the median over the graphs of the largest
    bound, relative to 1 and the value. `left_out` counts graphs that were not decided, by reason.
    """

    dtype: str
    seed: int
    graphs: int
    nodes: int
    entries: int
    smooth: int
    worst: float
    bound: float
    left_out: dict[str, int]
    disagreements: tuple[Disagreement, ...]

    @property
    def within(self) -> bool:
        """Whether nothing disagrees, and most graphs were compared."""
        return not self.disagreements and 2 * sum(self.left_out.values()) < self.graphs

    def __iter__(self) -> Iterator[Disagreement]:
        return iter(self.disagreements)

    @property
    def exit_status(self) -> int:
        """1 when a graph disagrees, or too few were compared."""
        return 0 if self.within else 1

    def to_json(self) -> dict[str, Any]:
        """The counts, and each disagreement as its text."""
        counts = {each.name: getattr(self, each.name) for each in fields(self)}
        return {"schema": SCHEMA, **counts, "disagreements": [each.text for each in self.disagreements]}

    @property
    def text(self) -> str:
        """One line, then the disagreements."""
        return "\n".join([self.short, *(d.text for d in self.disagreements)])

    @property
    def short(self) -> str:
        """The counts in one line."""
        compared = self.graphs - sum(self.left_out.values())
        return (
            f"{compared} of {self.graphs} random graphs, {self.nodes} nodes, {self.entries} entries in "
            f"{self.dtype}: {len(self.disagreements) or 'no'} disagreements; at most {self.worst:.3f} of the "
            f"bound, which is {self.bound:.1e} in the median; {self.smooth} against fderiv"
        )


def agree_graphs(
    count: int = GRAPHS, *, nodes: int = NODES, dtype: str = "float64", seed: int = 0, keep: int = 3
) -> GraphReport:
    """Compare that many random graphs of up to `nodes` nodes; stops at `keep` disagreements, made small."""
    found: list[Compared] = []
    bad: list[Disagreement] = []
    total = 0
    for case in cases(count, nodes, seed):
        outcome = compare(case, dtype)
        found.append(outcome)
        total += len(case.recipe.steps)
        if outcome.fault:
            bad.append(shrunk(Disagreement(case, dtype, outcome.fault)))
            if len(bad) == keep:
                break
    return _report(found, tuple(bad), dtype, seed, total)


def cases(count: int, nodes: int, seed: int) -> Iterator[Case]:
    """The random graphs of a seed: the same for every float type."""
    for index in range(count):
        rng = Random(f"graph {seed} {index}")
        yield draw_case(rng, rng.randint(1, nodes))


def _report(
    found: list[Compared], bad: tuple[Disagreement, ...], dtype: str, seed: int, nodes: int
) -> GraphReport:
    counted = [c for c in found if not c.left_out and not c.fault]
    reasons = [c.left_out for c in found if c.left_out]
    return GraphReport(
        dtype,
        seed,
        len(found),
        nodes,
        sum(c.entries for c in counted),
        sum(c.smooth for c in counted),
        max((c.worst for c in counted), default=0.0),
        median([c.bound for c in counted]) if counted else 0.0,
        {reason: reasons.count(reason) for reason in dict.fromkeys(reasons)},
        bad,
    )


def shrunk(found: Disagreement) -> Disagreement:
    """A disagreement with a graph, seeds and inputs that cannot be made simpler one at a time."""
    budget = EVALUATIONS
    progress = True
    while progress and budget > 0:
        progress = False
        for case in found.case.smaller():
            budget -= 1
            outcome = compare(case, found.dtype)
            if outcome.fault:
                found, progress = replace(found, case=case, fault=outcome.fault), True
                break
            if budget <= 0:
                break
    return found
