"""The references themselves: the derivatives that Lean writes down are those that dual numbers find."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np
import pytest
from flint import arb

from leanmirror.bridge.agree import tensor_entries as rows
from leanmirror.bridge.agree.entrywise import ENTRYWISE
from leanmirror.bridge.agree.selection import select
from leanmirror.bridge.agree.tensorwise import TENSORWISE
from leanmirror.spec.core.scalars.dual import Dual
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.judge.precision import precision

BITS = 400
Array = np.ndarray[Any, np.dtype[Any]]


def tangent(y: Any, k: int) -> arb:
    return arb(y.tan.get(k, 0)) if isinstance(y, Dual) else arb(0)


def agrees(a: Any, b: Any) -> bool:
    """Equal as far as 100 digits show: the balls overlap and are small."""
    off = arb(a) - arb(b)
    return bool(off.contains(0) and off.rad() < arb(10) ** -60 * (1 + abs(arb(a)).upper()))


@pytest.mark.parametrize("lean", ENTRYWISE)
def test_the_rule_of_an_entrywise_operation_is_its_derivative(lean: str) -> None:
    twin, (op,) = ENTRYWISE[lean], select([lean])
    rng = np.random.default_rng(1)
    with precision(BITS):
        parameters = [arb(p) for p in twin.parameters]
        for x in rng.uniform(0.05 if twin.positive else -9, 9, (60, op.arity)):
            g, values = arb(float(rng.standard_normal())), [arb(float(v)) for v in x]
            y = twin.forward(*(Dual(v, {k: arb(1)}) for k, v in enumerate(values)), *parameters)
            rule = twin.backward(g, *values, *parameters)
            assert all(agrees(g * tangent(y, k), part) for k, part in enumerate(rule))


def numbered(x: Array, start: int) -> Tensor:
    """A tensor of duals, one direction per entry."""
    flat = x.reshape(-1).tolist()
    return Tensor(Shape(x.shape), [Dual(arb(v), {start + i: arb(1)}) for i, v in enumerate(flat)])


def exact(x: Array) -> Tensor:
    return Tensor(Shape(x.shape), [arb(v) for v in x.reshape(-1).tolist()])


def pulled_back(y: Tensor, g: Tensor, k: int) -> arb:
    return sum((u * tangent(v, k) for u, v in zip(g.entries, y.entries, strict=True)), start=arb(0))


@pytest.mark.parametrize("lean", TENSORWISE)
def test_the_rule_of_an_operation_on_tensors_is_its_derivative(lean: str) -> None:
    twin, rng = TENSORWISE[lean], np.random.default_rng(2)
    small = [s for s in twin.shapes if sum(math.prod(dims) for dims in s) <= 60]
    assert len(small) >= 5
    with precision(BITS):
        for shapes in small:
            check_shapes(twin, [rows.draw(rng, "float64", s, 0) for s in shapes], rng)


def check_shapes(twin: Any, xs: Sequence[Array], rng: np.random.Generator) -> None:
    starts = np.cumsum([0, *(x.size for x in xs)]).tolist()
    parameters = twin.parameters(*(x.shape for x in xs))
    y = twin.forward(*(numbered(x, start) for x, start in zip(xs, starts, strict=False)), *parameters)
    g = exact(rng.standard_normal(y.shape.dims))
    rule = twin.backward(g, *map(exact, xs), *parameters)
    for x, start, part in zip(xs, starts, rule, strict=False):
        assert part.shape == Shape(x.shape)
        assert all(agrees(pulled_back(y, g, start + i), v) for i, v in enumerate(part.entries))


def test_the_comparison_sees_a_rule_that_is_slightly_wrong() -> None:
    assert not agrees(arb(1), arb(1) + arb(10) ** -50)
    assert not agrees(arb(1), arb(1, 0.5))
