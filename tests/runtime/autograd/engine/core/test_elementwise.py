"""Golden values of arithmetic and order, ties and NaN included."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from leanmirror.runtime import AutogradError, Tape
from leanmirror.runtime.autograd.engine.core import elementwise as ew
from leanmirror.runtime.autograd.engine.core.backward import backwardDense

Op = Callable[..., tuple[Tape, int]]
NAN, INF = math.nan, math.inf


def run(op: Op, *arrays: Any, params: tuple[Any, ...] = (), g: float = 1.0) -> tuple[list[Any], ...]:
    """Value and gradients, as lists."""
    t, ids = Tape.empty(), []
    for a in arrays:
        t, id = t.leaf(np.asarray(a, dtype=float))
        ids.append(id)
    t, out = op(t, *ids, *params)
    value = t.requireValue(out)
    gradients = backwardDense(t, out, np.full(value.shape, g))
    return value.tolist(), *(gradients[id].t.tolist() for id in ids)


def equal(expected: Any, found: Any) -> bool:
    e, f = np.asarray(expected, dtype=float), np.asarray(found)
    zeros = (e != 0) | (np.signbit(e) == np.signbit(f))
    return bool(np.array_equal(e, f, equal_nan=True) and zeros.all())


@pytest.mark.parametrize(
    ("op", "expected"),
    [
        (ew.add, ([4.0, 2.0], [2.0, 2.0], [2.0, 2.0])),
        (ew.sub, ([2.0, -6.0], [2.0, 2.0], [-2.0, -2.0])),
        (ew.mul, ([3.0, -8.0], [2.0, 8.0], [6.0, -4.0])),
        (ew.div, ([3.0, -0.5], [2.0, 0.5], [-6.0, 0.25])),
        (ew.max, ([3.0, 4.0], [2.0, 0.0], [0.0, 2.0])),
        (ew.min, ([1.0, -2.0], [0.0, 2.0], [2.0, 0.0])),
    ],
)
def test_two_nodes(op: Op, expected: tuple[list[float], ...]) -> None:
    assert run(op, [3.0, -2.0], [1.0, 4.0], g=2.0) == expected


@pytest.mark.parametrize(
    ("op", "params", "value", "gradient"),
    [
        (ew.scale, (-3.0,), [-6.0, 3.0, -0.0], [-6.0, -6.0, -6.0]),
        (ew.abs, (), [2.0, 1.0, 0.0], [2.0, -2.0, 0.0]),
        (ew.sqrt, (), [math.sqrt(2), 0.0, 0.0], [2 * (1 / (2 * math.sqrt(2))), 0.0, 0.0]),
        (ew.clamp, (0.0, 2.0), [2.0, 0.0, 0.0], [0.0, 0.0, 0.0]),
        (ew.clamp, (-5.0, 5.0), [2.0, -1.0, 0.0], [2.0, 2.0, 2.0]),
        (ew.relu, (), [2.0, 0.0, 0.0], [2.0, 0.0, 0.0]),
    ],
)
def test_one_node(op: Op, params: tuple[float, ...], value: list[float], gradient: list[float]) -> None:
    assert run(op, [2.0, -1.0, 0.0], params=params, g=2.0) == (value, gradient)


def test_a_tie_halves_the_gradient() -> None:
    for op in (ew.max, ew.min):
        assert run(op, [1.0, 0.0], [1.0, -0.0], g=3.0)[1:] == ([1.5, 1.5], [1.5, 1.5])


def test_max_and_min_are_lean_s_at_nan_and_at_signed_zeros() -> None:
    assert equal([NAN, 1.0, -0.0, 0.0], run(ew.max, [NAN, 1.0, 0.0, -0.0], [1.0, NAN, -0.0, 0.0])[0])
    assert equal([1.0, NAN, 0.0, -0.0], run(ew.min, [NAN, 1.0, 0.0, -0.0], [1.0, NAN, -0.0, 0.0])[0])
    assert run(ew.max, [NAN], [1.0])[1:] == ([0.5], [0.5])


def test_relu_abs_and_sqrt_at_nan_and_signed_zeros() -> None:
    assert equal([NAN, 0.0, INF, 0.0], run(ew.relu, [NAN, -0.0, INF, -INF])[0])
    assert equal([0.0, 0.0, 1.0, 0.0], run(ew.relu, [NAN, -0.0, INF, -INF])[1])
    assert equal([NAN, 0.0, INF], run(ew.abs, [NAN, -0.0, -INF])[0])
    assert equal([0.0, 0.0, -1.0], run(ew.abs, [NAN, -0.0, -INF])[1])
    assert equal([NAN, 0.0, INF, 0.0], run(ew.sqrt, [NAN, -0.0, INF, -INF])[0])
    assert equal([0.0, 0.0, 0.0, 0.0], run(ew.sqrt, [NAN, -0.0, INF, -INF])[1])


def test_clamp_gives_nan_a_value_and_stops_on_its_bounds() -> None:
    value, gradient = run(ew.clamp, [NAN, -1.0, 0.5, 1.0, 3.0], params=(-1.0, 1.0))
    assert value == [-1.0, -1.0, 0.5, 1.0, 1.0]
    assert gradient == [0.0, 0.0, 1.0, 0.0, 0.0]
    assert run(ew.clamp, [0.0], params=(2.0, 1.0))[0] == [1.0]


def test_division_by_zero_is_ieee() -> None:
    value, da, db = run(ew.div, [1.0, 0.0], [0.0, 0.0])
    assert equal([INF, NAN], value)
    assert equal([INF, INF], da)
    assert equal([-INF, NAN], db)


def test_a_node_may_be_both_arguments() -> None:
    t, x = Tape.empty().leaf(np.array([3.0]))
    t, y = ew.mul(t, x, x)
    t, z = ew.sub(t, y, y)
    assert backwardDense(t, y, np.ones(1))[x].t.tolist() == [6.0]
    assert backwardDense(t, z, np.ones(1))[x].t.tolist() == [0.0]


def test_shapes_must_agree_exactly() -> None:
    t, a = Tape.empty().leaf(np.zeros((2, 1)))
    t, b = t.leaf(np.zeros(2))
    t, c = t.leaf(0.0)
    for pair in [(a, b), (b, a), (a, c), (c, b)]:
        with pytest.raises(AutogradError, match=r"^autograd: shape mismatch$"):
            ew.add(t, *pair)
    assert t.size() == 3


def test_the_order_of_the_checks_is_lean_s() -> None:
    t, a = Tape.empty().leaf(np.zeros(2))
    for arguments, text in [
        ((7, 7, (3,)), "invalid node id"),
        ((a, 7, (3,)), "shape mismatch"),
        ((a, 7, (2,)), "invalid node id"),
        ((a, a, (3,)), "shape mismatch"),
    ]:
        with pytest.raises(AutogradError, match=rf"^autograd: {text}$"):
            ew.mul(t, *arguments)


def test_a_given_shape_is_checked_and_may_be_a_list() -> None:
    t, a = Tape.empty().leaf(np.zeros((2, 3)))
    assert ew.relu(t, a, (2, 3))[1] == ew.relu(t, a, [2, 3])[1] == 1
    with pytest.raises(AutogradError, match=r"^autograd: shape mismatch$"):
        ew.relu(t, a, (3, 2))
    with pytest.raises(TypeError, match="a shape is a tuple of natural numbers"):
        ew.relu(t, a, ("2", "3"))  # type: ignore[arg-type]  # a wrong type is the point
    with pytest.raises(TypeError, match="a shape is a tuple of natural numbers"):
        ew.relu(t, a, (2, -3))


def test_a_scalar_stays_a_scalar() -> None:
    t, x = Tape.empty().leaf(2.0)
    t, y = ew.mul(t, x, x)
    t, z = ew.scale(t, y, 3.0)
    assert t.requireValue(z).shape == ()
    gradient = backwardDense(t, z, np.float64(1.0))[x]
    assert (gradient.s, float(gradient.t)) == ((), 12.0)
