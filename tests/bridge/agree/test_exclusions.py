"""Every exclusion is needed: the bound holds up to its edge, and fails just beyond."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pytest

from leanmirror.bridge.agree.entrywise import ENTRYWISE
from leanmirror.bridge.agree.measured import Measured
from leanmirror.bridge.agree.pointwise import Pointwise, excluded
from leanmirror.bridge.agree.tensors import Whole
from leanmirror.bridge.agree.tensorwise import TENSORWISE
from leanmirror.bridge.agree.ulps import FORMATS
from leanmirror.runtime.autograd.engine.core import OPS
from leanmirror.runtime.autograd.ops import Bound, Exclusion, Op

Array = np.ndarray[Any, np.dtype[Any]]
POINTS = 300


@dataclass(frozen=True, slots=True)
class Edge:
    """One end of an exclusion; `inward` is the direction into it."""

    op: Op
    bound: Bound
    exclusion: Exclusion
    at: float
    inward: int

    def __str__(self) -> str:
        words = (self.op.name, self.bound.dtype, self.bound.direction, self.exclusion.of or "x")
        return f"{' '.join(words)} {self.at:.6g}{'+' if self.inward > 0 else '-'}"

    @property
    def reach(self) -> float:
        """How far "just beyond" goes: one unit or a twentieth, and at most half of the exclusion."""
        whole = self.exclusion.high - self.exclusion.low
        return min(whole / 2, max(1.0, abs(self.at) / 20))

    def points(self, side: int) -> Array:
        """Numbers on one side of the edge, most of them very near; the edge belongs to the exclusion."""
        away = self.reach * np.concatenate([np.geomspace(1e-12, 1, POINTS), np.linspace(0.01, 1, POINTS)])
        dtype = np.dtype(self.bound.dtype).type
        start = dtype(self.at) if side == self.inward else np.nextafter(dtype(self.at), dtype(side * np.inf))
        return np.concatenate([[start], (self.at + side * away).astype(dtype)]).astype(dtype)


def edges() -> Iterator[Edge]:
    for op in OPS:
        for bound in op.bounds:
            largest = float(np.finfo(bound.dtype).max)
            for e in bound.exclusions if op.lean in ENTRYWISE else ():
                if e.of not in {"", "b"}:
                    continue
                if abs(e.low) < largest:
                    yield Edge(op, bound, e, e.low, 1)
                if abs(e.high) < largest:
                    yield Edge(op, bound, e, e.high, -1)


def inputs(edge: Edge, x: Array) -> list[Array]:
    """The other input, where there is one, has all sizes."""
    rng = np.random.default_rng(3)
    if edge.exclusion.of != "b":
        return [x]
    top = np.finfo(x.dtype).maxexp - 2
    a = np.exp2(rng.uniform(-top, top, x.size)) * rng.choice([-1, 1], x.size)
    return [a.astype(x.dtype), x]


def worst(edge: Edge, bound: Bound, x: Array) -> Measured:
    found = Measured()
    pair = Pointwise(edge.op, ENTRYWISE[edge.op.lean], bound.dtype)
    for g in (1.0, 0.5, -0.75):
        pair.compare(bound, inputs(edge, x), np.full(x.shape, g, x.dtype), found)
    return found


each = pytest.mark.parametrize("edge", list(edges()), ids=str)


@each
def test_the_bound_holds_up_to_the_edge(edge: Edge) -> None:
    x = edge.points(-edge.inward)
    found = worst(edge, edge.bound, x[np.isfinite(x)])
    assert found.error <= edge.bound.limit
    assert found.points > 0
    assert 0 == found.undecided


@each
def test_the_bound_fails_just_beyond_the_edge(edge: Edge) -> None:
    x = edge.points(edge.inward)
    x = x[excluded(replace(edge.bound, exclusions=(edge.exclusion,)), inputs(edge, x))]
    assert worst(edge, replace(edge.bound, exclusions=()), x).error > edge.bound.limit


@pytest.mark.parametrize("dtype", FORMATS)
def test_a_quotient_that_overflows_before_it_is_multiplied(dtype: str) -> None:
    (op,) = (op for op in OPS if op.name == "div")
    (bound,) = (b for b in op.bounds if (b.dtype, b.direction) == (dtype, "backward"))
    pair, top = Pointwise(op, ENTRYWISE[op.lean], dtype), FORMATS[dtype].overflow
    b, g = np.array([2.0**-10], dtype), np.array([0.5], dtype)
    for exponent, fails in ((top - 21, False), (top - 20, True)):
        found = Measured()
        a = np.ldexp(np.ones(1, dtype), exponent)
        pair.compare(replace(bound, exclusions=()), [a, b], g, found)
        assert fails == (found.error > bound.limit)
        pair.compare(bound, [a, b], g, kept := Measured())
        assert int(fails) == kept.excluded


def turned(entries: list[float]) -> list[list[float]]:
    """The entries in every turn: whatever the order of summation, two large ones meet in one of them."""
    return [entries[i:] + entries[:i] for i in range(len(entries))]


def overflowing(name: str, top: int, over: bool) -> list[tuple[list[Any], Any]]:
    """Inputs whose terms add up to a little more than the largest number, or to a little less, and g."""
    half, little = 2.0 ** (top - 1), 2.0 ** (top - 18)
    terms = [half, half, -little] if over else [half - little, half - little, -little]
    root = 2.0 ** (top // 2 - 1)
    right = [half / root] * 3
    signed = [t / half * root for t in terms]
    # Two rows: for a single one BLAS may add float32 in float64.
    cases: dict[str, list[tuple[list[Any], Any]]] = {
        "sum": [([t], 1.0) for t in turned(terms)],
        "mse_loss": [([[np.sqrt(half) * (1.01 if over else 0.99)] * 2, [0.0, 0.0]], 1.0)],
        "linear": [([[s] * 2, [0.0] * 2, right], [1.0] * 2) for s in turned(signed)],
        "matmul": [([[s] * 2, [[r] * 2 for r in right]], np.ones((2, 2))) for s in turned(signed)],
        "bmm": [([[[s] * 2], [[[r] * 2 for r in right]]], np.ones((1, 2, 2))) for s in turned(signed)],
    }
    return cases[name]


SUMS = [
    (op, bound)
    for op in OPS
    if op.lean in TENSORWISE
    for bound in op.bounds
    if bound.direction == "forward" and bound.exclusions
]


@pytest.mark.parametrize(("op", "bound"), SUMS, ids=lambda v: f"{v.name}" if isinstance(v, Op) else v.dtype)
@pytest.mark.parametrize("over", [False, True])
def test_partial_sums_overflow_from_the_edge_on(op: Op, bound: Bound, over: bool) -> None:
    whole, found, kept = Whole(op, TENSORWISE[op.lean], bound.dtype), Measured(), Measured()
    cases = overflowing(op.name, FORMATS[bound.dtype].overflow, over)
    for xs, g in cases:
        arrays = [np.array(x, bound.dtype) for x in xs]
        whole.compare(replace(bound, exclusions=()), arrays, np.array(g, bound.dtype), found)
        whole.compare(bound, arrays, np.array(g, bound.dtype), kept)
    assert over == (found.error > bound.limit)
    assert (len(cases) if over else 0) == kept.excluded


@pytest.mark.parametrize("dtype", FORMATS)
@pytest.mark.parametrize("over", [False, True])
def test_the_rule_of_the_squared_error_overflows_where_the_difference_does(dtype: str, over: bool) -> None:
    (op,) = (op for op in OPS if op.name == "mse_loss")
    (bound,) = (b for b in op.bounds if (b.dtype, b.direction) == (dtype, "backward"))
    half = 2.0 ** (FORMATS[dtype].overflow - 1)
    p, t = np.full(8, half, dtype), np.full(8, -half if over else -half / 2, dtype)
    found, kept = Measured(), Measured()
    whole = Whole(op, TENSORWISE[op.lean], dtype)
    whole.compare(replace(bound, exclusions=()), [p, t], np.array(1.0, dtype), found)
    whole.compare(bound, [p, t], np.array(1.0, dtype), kept)
    assert over == (found.error > bound.limit)
    assert int(over) == kept.excluded


@pytest.mark.parametrize(
    "op", [op for op in OPS if op.arity > 1 and "γ" in op.bounds[-1].per], ids=lambda op: op.name
)
def test_gradients_of_products_overflow_as_values_do(op: Op) -> None:
    """Three terms again: the upstream gradient is 1, the entries of the other factor are the terms."""
    (bound,) = (b for b in op.bounds if (b.dtype, b.direction) == ("float64", "backward"))
    whole, found = Whole(op, TENSORWISE[op.lean], "float64"), Measured()
    for terms in turned([2.0**1023, 2.0**1023, -(2.0**1006)]):
        column = np.array([[t] for t in terms])
        cases = {
            "linear": ([column, np.zeros(3), np.zeros(1)], np.ones(3)),
            "matmul": ([column, np.zeros((1, 1))], np.ones((3, 1))),
            "bmm": ([column[np.newaxis], np.zeros((1, 1, 1))], np.ones((1, 3, 1))),
        }
        xs, g = cases[op.name]
        whole.compare(replace(bound, exclusions=()), list(xs), g, found)
    assert found.error > bound.limit
