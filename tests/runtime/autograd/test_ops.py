"""Sentences about every operation of the tape, read off the records."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from leanmirror.runtime import OPS, AutogradError, Tape, TapeM
from leanmirror.runtime.arrays import raw_shape
from leanmirror.runtime.autograd.engine.core.backward import backwardDense
from leanmirror.runtime.autograd.ops import Op
from leanmirror.runtime.kernels.constants import parameter

Array = np.ndarray[Any, np.dtype[Any]]
X = np.array([[0.3, -1.2, 2.5], [0.7, -0.4, 1.1]])
Y = np.array([[1.3, 0.2, -2.0], [-0.6, 0.9, 3.1]])
POSITIVE = np.array([[0.3, 1.2, 2.5], [0.7, 4.0, 1.1]])

# Inputs away from kinks and ties, and the parameters.
CASES: dict[str, tuple[tuple[Array, ...], tuple[Any, ...]]] = {
    "add": ((X, Y), ()),
    "sub": ((X, Y), ()),
    "mul": ((X, Y), ()),
    "div": ((X, Y), ()),
    "scale": ((X,), (2.5,)),
    "abs": ((X,), ()),
    "sqrt": ((np.array([0.25, 2.0, -3.0]),), ()),
    "clamp": ((X,), (-1.0, 1.0)),
    "max": ((X, Y), ()),
    "min": ((X, Y), ()),
    "relu": ((X,), ()),
    "linear": ((X, np.array([0.1, 0.2]), np.array([1.0, -2.0, 0.5])), ()),
    "matmul": ((X, Y.T.copy()), ()),
    "bmm": ((X[np.newaxis] * np.ones((2, 1, 1)), Y.reshape(1, 3, 2) * np.array([[[1.0]], [[2.0]]])), ()),
    "concat_vectors": ((X[0], Y.reshape(-1)), ()),
    "concat_leading_axis": ((X, Y[:1]), ()),
    "slice_leading_axis_range": ((X,), (1, 1)),
    "sigmoid": ((X,), ()),
    "tanh": ((X,), ()),
    "gelu": ((X,), ()),
    "softmax": ((X,), ()),
    "log_softmax": ((X,), ()),
    "softplus": ((X,), ()),
    "exp": ((X,), ()),
    "log": ((POSITIVE,), ()),
    "inv": ((X,), ()),
    "safe_log": ((X,), (1e-3,)),
    "sum": ((X,), ()),
    "mse_loss": ((X, Y), ()),
}
# Kernels called outside a tape may warn, as every numpy function does.
pytestmark = pytest.mark.filterwarnings("ignore:divide by zero:RuntimeWarning")
each = pytest.mark.parametrize("op", OPS, ids=[op.lean for op in OPS])
dtypes = pytest.mark.parametrize("dtype", [np.float32, np.float64])


def recorded(op: Op, dtype: Any = np.float64) -> tuple[Tape, tuple[int, ...], int]:
    inputs, params = CASES[op.name]
    t = Tape.empty()
    ids = []
    for x in inputs:
        t, id = t.leaf(x.astype(dtype))
        ids.append(id)
    assert op.apply is not None
    t, out = op.apply(t, *ids, *params)
    return t, tuple(ids), out


def seed_for(t: Tape, out: int) -> Array:
    value = t.requireValue(out)
    return np.linspace(-1.0, 2.0, value.size, dtype=value.dtype).reshape(value.shape)


def numeric_gradients(op: Op) -> list[Array]:
    """Central differences of ⟪op inputs, seed⟫."""
    inputs, params = CASES[op.name]
    t, _, out = recorded(op)
    seed = seed_for(t, out)
    kernel_params = numbers(op, params, np.float64)

    def value(arrays: list[Array]) -> float:
        return float(np.sum(op.forward(*arrays, *kernel_params).reshape(seed.shape) * seed))

    gradients = []
    for position, x in enumerate(inputs):
        gradient = np.zeros_like(x)
        for index in np.ndindex(x.shape):
            sides = []
            for h in (1e-6, -1e-6):
                arrays = [a.copy() for a in inputs]
                arrays[position][index] += h
                sides.append(value(arrays))
            gradient[index] = (sides[0] - sides[1]) / 2e-6
        gradients.append(gradient)
    return gradients


def numbers(op: Op, params: tuple[Any, ...], dtype: Any) -> tuple[Any, ...]:
    if op.name == "slice_leading_axis_range":
        return params
    return tuple(parameter(p, np.dtype(dtype)) for p in params)


def mismatch(op: Op, backward: Callable[..., Any] | None = None) -> float:
    """How far the rule (or another one in its place) is from central differences."""
    inputs, params = CASES[op.name]
    t, _, out = recorded(op)
    g = seed_for(t, out).reshape(raw_shape(t.requireValue(out).shape))
    y = t.requireValue(out).reshape(g.shape)
    rule = backward or op.backward
    found = rule(g, y, *inputs, *numbers(op, params, np.float64))
    found = (found,) if op.arity == 1 else found
    pairs = zip(found, numeric_gradients(op), strict=True)
    return max(float(np.max(np.abs(f - e))) for f, e in pairs)


def test_every_operation_has_a_case_and_none_is_left_over() -> None:
    assert sorted(CASES) == sorted(op.name for op in OPS)


def test_lean_names_are_unique_and_those_of_the_functions() -> None:
    assert len({op.lean for op in OPS}) == len(OPS)
    for op in OPS:
        assert op.apply is not None
        assert (op.apply.__doc__ or "").rstrip().endswith(f"Lean: {op.lean}")
        assert op.lean == f"Runtime.Autograd.Tape.{op.apply.__name__}"


@each
def test_gradient_agrees_with_central_differences(op: Op) -> None:
    assert mismatch(op) < 1e-7


@each
def test_the_comparison_sees_a_gradient_that_is_slightly_wrong(op: Op) -> None:
    def wrong(*args: Any) -> Any:
        right = op.backward(*args)
        return right * (1 + 1e-5) if op.arity == 1 else tuple(c * (1 + 1e-5) for c in right)

    assert mismatch(op, wrong) > 1e-7


@each
@dtypes
def test_the_type_of_the_entries_is_kept_in_both_directions(op: Op, dtype: Any) -> None:
    t, ids, out = recorded(op, dtype)
    value = t.requireValue(out)
    assert value.dtype == dtype
    gradients = backwardDense(t, out, np.ones(value.shape, dtype))
    for id in ids:
        assert gradients[id].t.dtype == dtype
        assert gradients[id].s == t.requireValue(id).shape


@each
def test_rules_return_the_upstream_gradient_itself_or_fresh_arrays(op: Op) -> None:
    inputs, params = CASES[op.name]
    t, _, out = recorded(op)
    y = t.requireValue(out).reshape(raw_shape(t.requireValue(out).shape))
    g = np.ones(y.shape)
    before = [a.copy() for a in (g, y, *inputs)]
    found = op.backward(g, y, *inputs, *numbers(op, params, np.float64))
    contributions = (found,) if op.arity == 1 else found
    assert len(contributions) == op.arity
    for c in contributions:
        assert c is g or not any(np.shares_memory(c, a) for a in (g, y, *inputs))
    fresh = [c for c in contributions if c is not g]
    assert len({id(c) for c in fresh}) == len(fresh)
    assert all(np.array_equal(a, b) for a, b in zip(before, (g, y, *inputs), strict=True))


@each
def test_forward_returns_a_fresh_array_and_leaves_its_inputs_alone(op: Op) -> None:
    inputs, params = CASES[op.name]
    before = [a.copy() for a in inputs]
    y = op.forward(*inputs, *numbers(op, params, np.float64))
    assert not any(np.shares_memory(y, a) for a in inputs)
    assert all(np.array_equal(a, b) for a, b in zip(before, inputs, strict=True))


@each
def test_an_unknown_id_is_lean_s_error_and_nothing_changes(op: Op) -> None:
    t, ids, _ = recorded(op)
    _, params = CASES[op.name]
    assert op.apply is not None
    for position in range(op.arity):
        for wrong in (t.size(), -1, 10**20):
            arguments = [*ids]
            arguments[position] = wrong
            with pytest.raises(AutogradError) as caught:
                op.apply(t, *arguments, *params)
            assert str(caught.value) == "autograd: invalid node id"
    assert t.size() == len(t.nodes) == op.arity + 1


@each
def test_an_id_that_is_no_integer_is_one_clear_error(op: Op) -> None:
    t, ids, _ = recorded(op)
    _, params = CASES[op.name]
    assert op.apply is not None
    for wrong in ("0", 0.0, None):
        with pytest.raises(TypeError, match="a node id is a natural number, not "):
            op.apply(t, wrong, *ids[1:], *params)


@each
def test_numpy_integers_are_ids(op: Op) -> None:
    t, ids, out = recorded(op)
    _, params = CASES[op.name]
    assert op.apply is not None
    t, again = op.apply(t, *(np.int64(id) for id in ids), *params)
    assert np.array_equal(t.requireValue(out), t.requireValue(again), equal_nan=True)
    assert all(type(p) is int for p in t.nodes[again].parents)


@each
def test_the_node_is_lean_s(op: Op) -> None:
    t, ids, out = recorded(op)
    node = t.nodes[out]
    assert (node.name, node.parents, node.requires_grad) == (op.name, ids, True)
    seed = np.ones(node.value.s)
    by_rule = node.backward(type(node.value)(seed))
    dense = backwardDense(t, out, seed)
    assert [p for p, _ in by_rule] == list(ids)
    for p, contribution in by_rule:
        assert np.array_equal(contribution.t, dense[p].t)


@each
def test_the_rule_of_a_node_checks_the_upstream_shape(op: Op) -> None:
    t, _, out = recorded(op)
    node = t.nodes[out]
    with pytest.raises(AutogradError) as caught:
        node.backward(type(node.value)(np.ones((7, 7))))
    assert str(caught.value) == "autograd: upstream gradient shape mismatch"


@each
def test_the_imperative_front_computes_the_same(op: Op) -> None:
    inputs, params = CASES[op.name]
    t, _, out = recorded(op)
    m = TapeM()
    ids = [m.leaf(x) for x in inputs]
    assert op.apply is not None
    id = getattr(m, op.apply.__name__)(*ids, *params)
    assert np.array_equal(m.value(id), t.requireValue(out))
    assert m.getTape().nodes[id].name == op.name


@each
def test_nothing_handed_out_can_be_written_to(op: Op) -> None:
    t, ids, out = recorded(op)
    value = t.getValue_opt(out)
    assert value is not None
    gradients = backwardDense(t, out, np.ones(value.s))
    for array in (value.t, t.requireValue(out), *(gradients[id].t for id in ids)):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0
        with pytest.raises(ValueError, match="WRITEABLE"):
            array.flags.writeable = True


@each
def test_bounds_are_declared_for_both_types_and_directions(op: Op) -> None:
    declared = {(b.dtype, b.direction) for b in op.bounds}
    assert declared == {(d, w) for d in ("float32", "float64") for w in ("forward", "backward")}
    for bound in op.bounds:
        assert bound.limit >= 0
        assert all(e.low <= e.high and e.reason for e in bound.exclusions)


def excluded_edges(name: str, direction: str, dtype: str, reason: str) -> tuple[float, float]:
    (found,) = {
        (e.low, e.high)
        for op in OPS
        if op.name == name
        for b in op.bounds
        if (b.direction, b.dtype) == (direction, dtype)
        for e in b.exclusions
        if reason in e.reason and e.high > 0
    }
    return found


@dtypes
def test_the_overflows_begin_exactly_where_the_records_say(dtype: Any) -> None:
    gelu = next(op for op in OPS if op.name == "gelu")
    name = np.dtype(dtype).name
    first = np.array([excluded_edges("gelu", "forward", name, "halved")[0]], dtype)
    with np.errstate(all="ignore"):
        assert np.isinf(gelu.forward(first))
        assert np.isfinite(gelu.forward(np.nextafter(first, dtype(0))))
        nan = np.array([excluded_edges("gelu", "backward", name, "NaN")[0]], dtype)
        one = np.ones(1, dtype)
        assert np.isnan(gelu.backward(one, one, nan))
        assert np.isfinite(gelu.backward(one, one, np.nextafter(nan, dtype(0))))
        assert np.isnan(gelu.backward(one, one, -nan))
