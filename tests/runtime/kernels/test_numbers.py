"""The rules for single numbers have the bits of the kernels for arrays, on both float types."""

from __future__ import annotations

import math
import re
import warnings
from typing import Any

import numpy as np
import pytest

from leanmirror.runtime import OPS, TapeM
from leanmirror.runtime.autograd.engine.core import backward as reverse
from leanmirror.runtime.autograd.ops import NUMBER_BINARY, NUMBER_UNARY, Op

WITH_RULES = [op for op in OPS if op.numbers is not None]
dtypes = pytest.mark.parametrize("dtype", [np.float32, np.float64])
rules = pytest.mark.parametrize("op", WITH_RULES, ids=lambda op: op.lean)


def entries(dtype: Any, count: int, seed: int) -> Any:
    """Numbers of all sizes, and the ones where rules change."""
    rng = np.random.default_rng(seed)
    info = np.finfo(dtype)
    special = [0.0, -0.0, 1.0, -1.0, 0.5, 20.0, 88.8, -88.8, 710.0, -745.2, math.inf, -math.inf, math.nan]
    edges = [info.max, -info.max, info.tiny, -info.tiny, info.smallest_subnormal, info.eps]
    ordinary = rng.normal(0.0, 3.0, count)
    wide = np.ldexp(rng.uniform(-1, 1, count), rng.integers(info.minexp, info.maxexp, count))
    return np.concatenate([special, edges, ordinary, wide]).astype(dtype)


def as_numbers(array: Any) -> list[Any]:
    """As a tape holds them: Python floats or numpy's float32."""
    return array.tolist() if array.dtype == np.float64 else list(array)


def same_bits(expected: Any, found: list[Any]) -> None:
    """Equal, signs of zeros included; all NaN are alike."""
    assert {float if expected.dtype == np.float64 else np.float32} == {type(v) for v in found}
    result = np.array(found, expected.dtype)
    unsigned = f"u{expected.dtype.itemsize}"
    equal = (expected.view(unsigned) == result.view(unsigned)) | (np.isnan(expected) & np.isnan(result))
    assert [] == [(i, expected[i], result[i]) for i in np.flatnonzero(~equal)]


@dtypes
@rules
def test_a_rule_for_numbers_has_the_bits_of_its_kernel(op: Op, dtype: Any) -> None:
    arrays = [entries(dtype, 400, seed) for seed in range(op.arity + 1)]
    for i in range(1, len(arrays)):  # every special number meets every other
        arrays[i][: 19 * 19] = np.resize(np.roll(arrays[i][:19], i), 19 * 19)
    arrays[0][: 19 * 19] = np.repeat(arrays[0][:19], 19)
    if op.arity == 2:
        arrays[2][:19] = arrays[1][:19]
    g, *inputs = arrays
    with np.errstate(all="ignore"):
        if op.name == "sum":  # of one entry
            y, found = inputs[0] + dtype(0), [op.scalar.forward(x) for x in as_numbers(inputs[0])]
            same_bits(y, found)
            same_bits(g, [op.scalar.backward(u, 0.0, 0.0) for u in as_numbers(g)])
            return
        y = op.forward(*inputs)
        contributions = op.backward(g, y, *inputs)
        columns = [as_numbers(a) for a in inputs]
        same_bits(y, [op.scalar.forward(*xs) for xs in zip(*columns, strict=True)])
        rows = zip(as_numbers(g), as_numbers(y), *columns, strict=True)
        results = [op.scalar.backward(*row) for row in rows]
    for i in range(op.arity):
        expected = contributions if op.arity == 1 else contributions[i]
        same_bits(expected, [r if op.arity == 1 else r[i] for r in results])


def test_which_operations_have_rules_for_numbers() -> None:
    assert {"add", "sub", "mul", "div", "abs", "sqrt", "max", "min", "relu", "sigmoid", "tanh"} < {
        op.name for op in WITH_RULES
    }
    assert {NUMBER_UNARY, NUMBER_BINARY} == {op.scalar.code for op in WITH_RULES}
    assert all(op.scalar.lean == op.lean and op.scalar.scalar is op.scalar for op in WITH_RULES)


SCALARS: dict[str, tuple[Any, ...]] = {"scale": (3.0,), "clamp": (-0.5, 0.7), "safe_log": (1e-3,)}
WITH_AXES = re.compile("linear|matmul|bmm|concat|slice|softmax")
SHAPED = [op for op in OPS if not WITH_AXES.search(op.name)]


@dtypes
@pytest.mark.parametrize("op", SHAPED, ids=lambda op: op.lean)
def test_a_scalar_has_the_value_and_gradients_of_a_vector_of_one_entry(op: Op, dtype: Any) -> None:
    for numbers in ((0.3, 0.9), (0.7, 0.7), (2.5, 0.1)):
        found = []
        for shape in ((), (1,)):
            t = TapeM()
            leaves = [t.leaf(np.full(shape, x, dtype)) for x in numbers[: op.arity]]
            y = op.apply(t.getTape(), *leaves, *SCALARS.get(op.name, ())) if op.apply else None
            assert y is not None
            tape, id = y
            seed = np.full(tape.requireValue(id).shape, 1.5, dtype)
            gradients = reverse.backwardDense(tape, id, seed)
            results = [tape.requireValue(id), *(g.t for g in gradients if g is not None)]
            assert {np.dtype(dtype)} == {r.dtype for r in results}
            assert not any(r.flags.writeable for r in results)
            found.append([float(r.reshape(-1)[0]) for r in results])
            expected = {(), (1,)} if op.name in ("sum", "mse_loss") else {shape}
            assert {r.shape for r in results} <= expected
        assert found[0] == found[1]


@dtypes
def test_numbers_raise_and_warn_as_little_as_arrays(dtype: Any) -> None:
    """A division by zero and an overflow are results like any other."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        t = TapeM()
        zero, large, below = (t.leaf(dtype(x)) for x in (0.0, 3e38, -1.0))
        inverse = t.inv(zero)
        assert math.inf == float(t.value(inverse))
        assert -math.inf == float(t.value(t.div(below, zero)))
        assert math.isnan(t.value(t.div(zero, zero)))
        assert 0.0 == float(t.value(t.sigmoid(t.scale(large, -1.0))))
        t.mul(t.exp(large), large)
        assert -math.inf == float(t.backward(inverse)[zero])


def test_a_gradient_of_a_number_that_several_nodes_share() -> None:
    t = TapeM()
    x, still = t.leaf(3.0), t.leaf(2.0, requires_grad=False)
    y = t.add(t.add(x, x), t.mul(t.sub(x, still), still))
    gradients = t.backward(y)
    assert 4.0 == float(gradients[x])
    assert still not in gradients
    assert () == gradients[x].shape


def test_scalars_and_vectors_on_one_tape() -> None:
    t = TapeM()
    v, c = t.leaf(np.array([1.0, 2.0, 3.0])), t.leaf(0.5)
    y = t.mul(t.tanh(t.sum(v)), t.mul(c, t.mseLoss(v, t.relu(v))))
    gradients = t.backward(y)
    assert (3,) == gradients[v].shape
    assert () == gradients[c].shape
    assert 0.0 == float(gradients[c])
