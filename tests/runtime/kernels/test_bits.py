"""Entry by entry, the kernels have the bits of Lean's expression trees, written here once more over
numpy numbers, one entry at a time; and where they may associate differently, they stay in the bound."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from leanmirror.runtime import OPS
from leanmirror.runtime.kernels.constants import CONSTANTS, parameter

Array = np.ndarray[Any, np.dtype[Any]]
Number = Any
Tree = Callable[..., Number]

pytestmark = pytest.mark.filterwarnings("ignore::RuntimeWarning")
RECORDS = {op.name: op for op in OPS}
dtypes = pytest.mark.parametrize("dtype", [np.float32, np.float64])


def lean_max(a: Number, b: Number) -> Number:
    return b if a <= b else a


def lean_min(a: Number, b: Number) -> Number:
    return a if a <= b else b


def one(x: Number) -> Number:
    return type(x)(1)


def zero(x: Number) -> Number:
    return type(x)(0)


def sigmoid(x: Number) -> Number:
    return one(x) / (one(x) + np.exp(-x))


def gelu_parts(x: Number) -> tuple[Number, Number, Number]:
    number = type(x)
    two = one(x) + one(x)
    c = np.sqrt(two / number(3.14159265358979323846))
    k = number(44715) / number(1000000)
    return two, c, np.tanh(c * (x + k * x * x * x))


def gelu(x: Number) -> Number:
    two, _, t = gelu_parts(x)
    return x * (one(x) + t) / two


def gelu_derivative(x: Number) -> Number:
    two, c, t = gelu_parts(x)
    k = type(x)(44715) / type(x)(1000000)
    three = one(x) + one(x) + one(x)
    q = one(x) - t * t
    i = c * (one(x) + three * k * x * x)
    return (one(x) + t + x * q * i) / two


def softplus(x: Number) -> Number:
    return x + np.log(one(x) + np.exp(-x)) if x > 0 else np.log(one(x) + np.exp(x))


def larger(a: Number, b: Number) -> Number:
    return one(a) if a > b else zero(a) if b > a else one(a) / type(a)(2)


def inv_rule(x: Number, g: Number) -> Number:
    r = one(x) / x
    return g * (r * r) * type(x)(-1)


UNARY: dict[str, tuple[Tree, Tree]] = {
    "abs": (np.abs, lambda x, g: (one(x) if x > 0 else -one(x) if x < 0 else zero(x)) * g),
    "sqrt": (
        lambda x: np.sqrt(lean_max(x, zero(x))),
        lambda x, g: (one(x) / (type(x)(2) * np.sqrt(x)) if x > 0 else zero(x)) * g,
    ),
    "relu": (lambda x: lean_max(x, zero(x)), lambda x, g: (one(x) if x > 0 else zero(x)) * g),
    "sigmoid": (sigmoid, lambda x, g: sigmoid(x) * (one(x) - sigmoid(x)) * g),
    "tanh": (np.tanh, lambda x, g: (one(x) - np.tanh(x) * np.tanh(x)) * g),
    "gelu": (gelu, lambda x, g: gelu_derivative(x) * g),
    "softplus": (softplus, lambda x, g: sigmoid(x) * g),
    "exp": (np.exp, lambda x, g: np.exp(x) * g),
    "log": (np.log, lambda x, g: (one(x) / x) * g),
    "inv": (lambda x: one(x) / x, inv_rule),
}
WITH_PARAMETERS: dict[str, tuple[tuple[float, ...], Tree, Tree]] = {
    "scale": ((0.3,), lambda x, c: x * c, lambda x, g, c: g * c),
    "clamp": (
        (-0.7, 1.3),
        lambda x, low, high: lean_min(high, lean_max(low, x)),
        lambda x, g, low, high: (one(x) if x > low and high > x else zero(x)) * g,
    ),
    "safe_log": (
        (1e-6,),
        lambda x, e: np.log(softplus(x) + e),
        lambda x, g, e: sigmoid(x) / (softplus(x) + e) * g,
    ),
}
BINARY: dict[str, tuple[Tree, tuple[Tree, Tree]]] = {
    "add": (lambda a, b: a + b, (lambda a, b, g: g, lambda a, b, g: g)),
    "sub": (lambda a, b: a - b, (lambda a, b, g: g, lambda a, b, g: zero(g) - g)),
    "mul": (lambda a, b: a * b, (lambda a, b, g: g * b, lambda a, b, g: g * a)),
    "div": (
        lambda a, b: a / b,
        (lambda a, b, g: g / b, lambda a, b, g: zero(g) - g * (a / (b * b))),
    ),
    "max": (lean_max, (lambda a, b, g: larger(a, b) * g, lambda a, b, g: larger(b, a) * g)),
    "min": (lean_min, (lambda a, b, g: larger(b, a) * g, lambda a, b, g: larger(a, b) * g)),
}
NOT_ENTRYWISE = {
    "linear",
    "matmul",
    "bmm",
    "concat_vectors",
    "concat_leading_axis",
    "slice_leading_axis_range",
    "softmax",
    "log_softmax",
    "sum",
    "mse_loss",
}


def inputs(dtype: Any) -> Array:
    """Ordinary numbers of all sizes, both zeros, denormals, the constants' neighbours, ∞ and NaN."""
    rng = np.random.default_rng(7)
    info = np.finfo(dtype)
    special = [0.0, -0.0, np.inf, -np.inf, np.nan, info.max, -info.max, info.tiny, -info.tiny]
    special += [float(info.smallest_subnormal), 1.0, -1.0, 0.5, 20.0, 37.0, -37.0, 88.8, 709.8, -745.2]
    special += [-0.7, 1.3, float(np.nextafter(dtype(-0.7), dtype(0))), 3.8e12, 4e154]
    spread = rng.standard_normal(301) * np.exp(rng.uniform(-60, 40, 301))
    with np.errstate(over="ignore"):
        return np.concatenate([special, spread, rng.uniform(-12, 12, 400)]).astype(dtype)


def same_bits(expected: list[Number], found: Array) -> None:
    wanted = np.array(expected, dtype=found.dtype)
    assert all(type(e) is found.dtype.type for e in expected)
    nan = np.isnan(wanted)
    assert np.array_equal(nan, np.isnan(found))
    bits = np.dtype(f"u{found.dtype.itemsize}")
    assert np.array_equal(wanted.view(bits)[~nan], found.view(bits)[~nan])


def test_every_operation_is_compared_entrywise_or_listed_as_not_entrywise() -> None:
    assert {*UNARY, *WITH_PARAMETERS, *BINARY} | NOT_ENTRYWISE == set(RECORDS)


@dtypes
@pytest.mark.parametrize("name", UNARY)
def test_operations_of_one_node(name: str, dtype: Any) -> None:
    op, (forward, rule) = RECORDS[name], UNARY[name]
    x = inputs(dtype)
    g = np.roll(x, 11)
    y = op.forward(x)
    same_bits([forward(v) for v in x], y)
    same_bits([rule(v, u) for v, u in zip(x, g, strict=True)], op.backward(g, y, x))


@dtypes
@pytest.mark.parametrize("name", WITH_PARAMETERS)
def test_operations_with_parameters(name: str, dtype: Any) -> None:
    op, (params, forward, rule) = RECORDS[name], WITH_PARAMETERS[name]
    x = inputs(dtype)
    g = np.roll(x, 11)
    numbers = [dtype(p) for p in params]
    arrays = [parameter(p, np.dtype(dtype)) for p in params]
    y = op.forward(x, *arrays)
    same_bits([forward(v, *numbers) for v in x], y)
    same_bits([rule(v, u, *numbers) for v, u in zip(x, g, strict=True)], op.backward(g, y, x, *arrays))


@dtypes
@pytest.mark.parametrize("name", BINARY)
def test_operations_of_two_nodes(name: str, dtype: Any) -> None:
    op, (forward, rules) = RECORDS[name], BINARY[name]
    a = np.concatenate([inputs(dtype), inputs(dtype), [0.0, -0.0, 0.0, -0.0]]).astype(dtype)
    b = np.concatenate([inputs(dtype), np.roll(inputs(dtype), 5), [-0.0, 0.0, 0.0, -0.0]]).astype(dtype)
    g = np.roll(a, 11)
    y = op.forward(a, b)
    same_bits([forward(v, w) for v, w in zip(a, b, strict=True)], y)
    for rule, found in zip(rules, op.backward(g, y, a, b), strict=True):
        same_bits([rule(v, w, u) for v, w, u in zip(a, b, g, strict=True)], found)


def test_the_comparison_sees_numpy_s_own_maximum() -> None:
    a, b = np.array([np.nan, 1.0]), np.array([1.0, np.nan])
    with pytest.raises(AssertionError):
        same_bits([lean_max(v, w) for v, w in zip(a, b, strict=True)], np.maximum(a, b))


@dtypes
def test_constants_are_computed_in_their_own_type(dtype: Any) -> None:
    of = CONSTANTS[np.dtype(dtype)]
    two, c, _ = gelu_parts(dtype(0))
    assert (of.two, of.gelu_c) == (two, c)
    assert of.gelu_three_k == dtype(3) * (dtype(44715) / dtype(1000000))
    assert of.epsilon == dtype(1e-6)
    assert all(getattr(of, name).dtype == dtype for name in of.__slots__)


def left_fold(terms: Array) -> Number:
    total = terms.dtype.type(0)
    for term in terms.reshape(-1):
        total = total + term
    return total


def gamma(n: int, dtype: Any) -> float:
    u = float(np.finfo(dtype).eps) / 2
    return n * u / (1 - n * u)


@dtypes
def test_sums_stay_within_the_bound_of_any_order(dtype: Any) -> None:
    x = np.random.default_rng(1).standard_normal((40, 25)).astype(dtype)
    found = RECORDS["sum"].forward(x)
    assert abs(float(found[0]) - float(left_fold(x))) <= 2 * gamma(x.size, dtype) * float(np.abs(x).sum())
    p, t = x, x[::-1].copy()
    mean = float(left_fold((p - t) * (p - t)) / dtype(x.size))
    assert abs(float(RECORDS["mse_loss"].forward(p, t)[0]) - mean) <= 2 * gamma(x.size + 2, dtype) * mean


@dtypes
def test_products_of_matrices_stay_within_the_bound_of_any_order(dtype: Any) -> None:
    rng = np.random.default_rng(2)
    a, b = rng.standard_normal((7, 30)).astype(dtype), rng.standard_normal((30, 5)).astype(dtype)
    found = RECORDS["matmul"].forward(a, b)
    for i, j in np.ndindex(found.shape):
        terms = a[i] * b[:, j]
        room = 2 * gamma(31, dtype) * float(np.abs(terms).sum())
        assert abs(float(found[i, j]) - float(left_fold(terms))) <= room


@dtypes
def test_softmax_stays_within_the_bound_of_any_order(dtype: Any) -> None:
    x = np.random.default_rng(3).standard_normal((6, 33)).astype(dtype) * dtype(5)
    soft, log_soft = RECORDS["softmax"].forward(x), RECORDS["log_softmax"].forward(x)
    for row, y, z in zip(x, soft, log_soft, strict=True):
        largest = row[0]
        for v in row:
            largest = lean_max(largest, v)
        e = np.exp(row - largest)
        total = left_fold(e)
        assert np.allclose(e / total, y, rtol=4 * gamma(len(row), dtype), atol=0)
        assert np.allclose((row - largest) - np.log(total), z, rtol=0, atol=8 * gamma(len(row), dtype))


@pytest.mark.parametrize("where", [0, 1, 2])
def test_a_row_with_nan_is_nan_wherever_it_stands(where: int) -> None:
    x = np.array([[1.0, 2.0, 3.0], [1.0, 2.0, 3.0]])
    x[0, where] = np.nan
    for name in ("softmax", "log_softmax"):
        assert np.isnan(RECORDS[name].forward(x)).tolist() == [[True] * 3, [False] * 3]
