"""Sums and products of matrices against kernels that add as Lean does: from 0, from left to right.

numpy and BLAS associate otherwise; both stay within γₖ·Σ|terms| of the exact value, so within twice that of
each other. On small integers, where no sum is rounded, the results are the same to the bit.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pytest

from leanmirror.runtime import OPS

Array = np.ndarray[Any, np.dtype[Any]]
RECORDS = {op.name: op for op in OPS}
dtypes = pytest.mark.parametrize("dtype", [np.float32, np.float64])


def fold(terms: Any, dtype: Any) -> Any:
    """`((0 + t₀) + t₁) + …`"""
    total = dtype(0)
    for term in terms:
        total = total + term
    return total


def products(a: Array, b: Array) -> Iterator[tuple[tuple[int, ...], Array]]:
    """Index and terms of every entry of a product of matrices."""
    for i, j in np.ndindex(a.shape[0], b.shape[1]):
        yield (i, j), a[i] * b[:, j]


def exact_matmul(a: Array, b: Array) -> tuple[Array, Array, int]:
    value = np.zeros((a.shape[0], b.shape[1]), a.dtype)
    scale = np.zeros(value.shape)
    for at, terms in products(a, b):
        value[at], scale[at] = fold(terms, a.dtype.type), np.abs(terms.astype(float)).sum()
    return value, scale, a.shape[1]


def exact_linear(w: Array, b: Array, x: Array) -> tuple[Array, Array, int]:
    value, scale, k = exact_matmul(w, x[:, np.newaxis])
    return value[:, 0] + b, scale[:, 0] + np.abs(b.astype(float)), k + 1


def exact_sum(x: Array) -> tuple[Array, Array, int]:
    value = np.array([fold(x.reshape(-1), x.dtype.type)])
    return value, np.array([np.abs(x.astype(float)).sum()]), x.size


def exact_mse(p: Array, t: Array) -> tuple[Array, Array, int]:
    d = (p - t).reshape(-1)
    value = fold(d * d, p.dtype.type) / p.dtype.type(max(1, p.size))
    return np.array([value]), np.array([float(value)]), p.size + 3


def exact_softmax(x: Array) -> tuple[Array, Array, int]:
    value = np.zeros_like(x)
    for i, row in enumerate(x):
        top = row[0]
        for v in row:
            top = v if top <= v else top
        e = np.exp(row - top)
        value[i] = e / fold(e, x.dtype.type)
    return value, value.astype(float), x.shape[1] + 2


def exact_log_softmax(x: Array) -> tuple[Array, Array, int]:
    value = np.zeros_like(x)
    for i, row in enumerate(x):
        top = row[0]
        for v in row:
            top = v if top <= v else top
        value[i] = (row - top) - np.log(fold(np.exp(row - top), x.dtype.type))
    return value, 1 + np.abs(value.astype(float)), x.shape[1] + 4


EXACT: dict[str, tuple[tuple[tuple[int, ...], ...], Callable[..., tuple[Array, Array, int]]]] = {
    "matmul": (((4, 37), (37, 3)), exact_matmul),
    "linear": (((5, 130), (5,), (130,)), exact_linear),
    "sum": (((7, 300),), exact_sum),
    "mse_loss": (((257,), (257,)), exact_mse),
    "softmax": (((4, 130),), exact_softmax),
    "log_softmax": (((4, 130),), exact_log_softmax),
}
each = pytest.mark.parametrize("name", EXACT)


def gamma(k: int, dtype: Any) -> float:
    u = float(np.finfo(dtype).eps) / 2
    return k * u / (1 - k * u)


def drawn(name: str, dtype: Any, kind: str) -> list[Array]:
    rng = np.random.default_rng(4)
    draws: dict[str, Callable[[tuple[int, ...]], Array]] = {
        "ordinary": lambda s: rng.standard_normal(s),
        "spread": lambda s: rng.standard_normal(s) * np.exp(rng.uniform(-8, 8, s)),
        "cancelling": lambda s: (1e4 + rng.standard_normal(s)) * rng.choice([-1, 1], s),
        "ties": lambda s: np.full(s, 0.1),
        "integers": lambda s: rng.integers(-9, 10, s).astype(float),
    }
    if name.endswith("softmax") and kind == "cancelling":
        kind = "ordinary"
    return [draws[kind](s).astype(dtype) for s in EXACT[name][0]]


@each
@dtypes
@pytest.mark.parametrize("kind", ["ordinary", "spread", "cancelling", "ties"])
def test_any_order_stays_within_twice_the_bound(name: str, dtype: Any, kind: str) -> None:
    inputs = drawn(name, dtype, kind)
    found = RECORDS[name].forward(*inputs)
    value, scale, k = EXACT[name][1](*inputs)
    assert np.all(np.abs(found.astype(float) - value.astype(float)) <= 2 * gamma(k, dtype) * scale)


@dtypes
@pytest.mark.parametrize("name", ["matmul", "linear", "sum"])
def test_where_nothing_is_rounded_the_order_does_not_matter(name: str, dtype: Any) -> None:
    inputs = drawn(name, dtype, "integers")
    assert np.array_equal(EXACT[name][1](*inputs)[0], RECORDS[name].forward(*inputs))


@dtypes
def test_rules_of_products_are_products_in_lean_s_order(dtype: Any) -> None:
    a, b = drawn("matmul", dtype, "ordinary")
    g = np.random.default_rng(9).standard_normal((4, 3)).astype(dtype)
    left, right = RECORDS["matmul"].backward(g, a @ b, a, b)
    for found, (value, scale, k) in ((left, exact_matmul(g, b.T)), (right, exact_matmul(a.T, g))):
        assert np.all(np.abs(found.astype(float) - value.astype(float)) <= 2 * gamma(k, dtype) * scale)


@dtypes
def test_a_batch_is_its_products(dtype: Any) -> None:
    rng = np.random.default_rng(10)
    a, b = rng.standard_normal((3, 4, 19)).astype(dtype), rng.standard_normal((3, 19, 2)).astype(dtype)
    found = RECORDS["bmm"].forward(a, b)
    for i in range(3):
        value, scale, k = exact_matmul(a[i], b[i])
        assert np.all(np.abs(found[i].astype(float) - value.astype(float)) <= 2 * gamma(k, dtype) * scale)


@dtypes
def test_the_rule_of_softmax_in_lean_s_order(dtype: Any) -> None:
    (x,) = drawn("softmax", dtype, "ordinary")
    y = RECORDS["softmax"].forward(x)
    g = np.asarray(np.random.default_rng(11).standard_normal(x.shape), dtype)
    found = RECORDS["softmax"].backward(g, y, x)
    for i in range(len(x)):
        value = np.asarray(y[i] * (g[i] - fold(g[i] * y[i], dtype)))
        scale = y[i].astype(float) * (np.abs(g[i]) + float(np.sum(np.abs(g[i] * y[i]))))
        assert np.all(np.abs(found[i].astype(float) - value.astype(float)) <= 2 * gamma(134, dtype) * scale)


def test_the_comparison_sees_a_term_left_out() -> None:
    inputs = drawn("sum", np.float64, "ordinary")
    value, scale, k = exact_sum(inputs[0])
    assert abs(float(value[0] - inputs[0][0, 0]) - float(value[0])) > 2 * gamma(k, np.float64) * float(
        scale[0]
    )
