"""The functions that a rule and its spec are written with: over ℝ, entry by entry, with broadcasting."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from functools import cmp_to_key, reduce
from itertools import accumulate
from typing import Any

import numpy as np
from flint import fmpq

from leanmirror.bridge.rules.arrays import Array, array, column, objects, over, power
from leanmirror.spec.core import analytic
from leanmirror.spec.core import dispatch as d
from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.errors import BadInput, ShapeError

Value = Any
"""An Array, a number, or nested lists of them."""


def _entrywise(f: Callable[[Scalar], Scalar], says: str) -> Callable[[Value], Array]:
    def applied(x: Value) -> Array:
        return over(f, x)

    applied.__doc__ = says
    return applied


exp = _entrywise(d.exp, "The exponential.")
log = _entrywise(d.log, "The logarithm; `log |x|`, and 0 at 0, as in Lean.")
sqrt = _entrywise(d.sqrt, "The square root; 0 for negative numbers, as in Lean.")
abs_ = _entrywise(d.abs_, "The absolute value.")
sign = _entrywise(d.sign, "1, 0 or -1.")
sinh = _entrywise(d.sinh, "The hyperbolic sine.")
cosh = _entrywise(d.cosh, "The hyperbolic cosine.")
tanh = _entrywise(d.tanh, "The hyperbolic tangent.")
sin = _entrywise(analytic.sin, "The sine.")
cos = _entrywise(analytic.cos, "The cosine.")
tan = _entrywise(analytic.tan, "The tangent.")
asin = _entrywise(analytic.arcsin, "The inverse of the sine, constant outside of [-1, 1] as in Lean.")
acos = _entrywise(analytic.arccos, "The inverse of the cosine.")
atan = _entrywise(analytic.arctan, "The inverse of the tangent.")
asinh = _entrywise(analytic.arsinh, "The inverse of the hyperbolic sine.")
acosh = _entrywise(analytic.arcosh, "The inverse of the hyperbolic cosine.")
atanh = _entrywise(analytic.artanh, "The inverse of the hyperbolic tangent.")
erf = _entrywise(analytic.erf, "The error function.")
erfc = _entrywise(analytic.erfc, "1 - erf x.")
log1p = _entrywise(analytic.log1p, "log (1 + x).")
expm1 = _entrywise(analytic.expm1, "exp x - 1.")
lgamma = _entrywise(analytic.lgamma, "log |Γ x|.")
digamma = _entrywise(analytic.digamma, "The derivative of log Γ.")
sinc = _entrywise(analytic.sinc, "sin x / x, and 1 at 0.")


def atan2(y: Value, x: Value) -> Array:
    """The angle of the point (x, y)."""
    return over(analytic.atan2, y, x)


def pow(x: Value, y: Value) -> Array:
    """`x ^ y`; Mathlib's real power where y is not a whole number."""
    return over(power, x, y)


def maximum(a: Value, b: Value) -> Array:
    """The larger of two, entry by entry."""
    return over(d.max_, a, b)


def minimum(a: Value, b: Value) -> Array:
    """The smaller of two, entry by entry."""
    return over(d.min_, a, b)


def clip(x: Value, low: Value, high: Value) -> Array:
    """x, but at least `low` and at most `high`."""
    return minimum(maximum(x, low), high)


def where(condition: Any, a: Value, b: Value) -> Array:
    """a where the condition holds, else b; both are computed, only one is used."""
    chosen = np.asarray(condition, bool)
    return array(np.where(chosen, objects(a), objects(b)))


def pi() -> Array:
    """π."""
    return array(objects(d.pi(0)))


def zeros(shape: Any) -> Array:
    """Zeros."""
    return array(np.full(shape, 0, object))


def ones(shape: Any) -> Array:
    """Ones."""
    return array(np.full(shape, 1, object))


def eye(n: int) -> Array:
    """The identity matrix."""
    return array(objects(np.eye(n, dtype=int)))


def stack(parts: Sequence[Value], axis: int = 0) -> Array:
    """Arrays of one shape along a new axis."""
    return array(np.stack([objects(part) for part in parts], axis))


def concatenate(parts: Sequence[Value], axis: int = 0) -> Array:
    """Arrays one after the other along an axis."""
    return array(np.concatenate([objects(part) for part in parts], axis))


def sum(x: Value, axis: Any = None, keepdims: bool = False) -> Array:
    """The sum along axes, of all entries where none is given."""
    return array(objects(x)).sum(axis, keepdims)


def mean(x: Value, axis: Any = None, keepdims: bool = False) -> Array:
    """The sum divided by the number of terms."""
    return array(objects(x)).mean(axis, keepdims)


def prod(x: Value, axis: int | None = None) -> Array:
    """The product along an axis, of all entries where none is given; 1 of none."""
    return _reduced(lambda a, b: a * b, x, axis, 1)


def max(x: Value, axis: int | None = None) -> Array:
    """The largest entry along an axis. Raises BadInput where there is none."""
    return _reduced(d.max_, x, axis, None)


def min(x: Value, axis: int | None = None) -> Array:
    """The smallest entry along an axis. Raises BadInput where there is none."""
    return _reduced(d.min_, x, axis, None)


def _reduced(f: Callable[[Scalar, Scalar], Scalar], x: Value, axis: int | None, start: Any) -> Array:
    data = objects(x)
    moved = data.reshape(-1) if axis is None else np.moveaxis(data, axis, 0)
    if not len(moved) and start is None:
        raise BadInput("the largest or smallest of no entries: give sizes of at least 1, such as 'n+1'")
    rows = _rows(moved)
    found = [reduce(f, row) if len(row) else start for row in rows.T]
    return array(column(found).reshape(moved.shape[1:]))


def _rows(data: Any) -> Any:
    """An array as a matrix: its first axis, and all others as one."""
    return data.reshape(len(data), math.prod(data.shape[1:]))


def cumsum(x: Value, axis: int = -1) -> Array:
    """Sums of the entries so far along an axis."""
    return _scanned(lambda a, b: a + b, x, axis)


def cumprod(x: Value, axis: int = -1) -> Array:
    """Products of the entries so far along an axis."""
    return _scanned(lambda a, b: a * b, x, axis)


def _scanned(f: Callable[[Scalar, Scalar], Scalar], x: Value, axis: int) -> Array:
    moved = np.moveaxis(objects(x), axis, 0)
    rows = _rows(moved)
    out = np.empty(rows.shape, object)
    for j in range(rows.shape[1]):
        out[:, j] = column(list(accumulate(rows[:, j], f)))
    return array(np.moveaxis(out.reshape(moved.shape), 0, axis))


def flip(x: Value, axis: int = -1) -> Array:
    """The entries in reverse order along an axis."""
    return array(np.flip(objects(x), axis))


def argsort(x: Value) -> list[int]:
    """The order that sorts a vector; equal entries keep theirs."""
    entries = _vector(x)
    order: Callable[[int, int], int] = lambda i, j: _order(entries[i], entries[j])  # noqa: E731 - typed
    return sorted(range(len(entries)), key=cmp_to_key(order))


def _order(a: Scalar, b: Scalar) -> int:
    return -1 if d.lt(a, b) else 1 if d.lt(b, a) else 0


def sort(x: Value) -> Array:
    """The entries of a vector in rising order."""
    return array(objects(x))[argsort(x)] if len(_vector(x)) else array(objects(x))


def argmax(x: Value) -> int:
    """The place of the first largest entry of a vector."""
    entries = _vector(x)
    if not entries:
        raise BadInput("the largest of no entries: give sizes of at least 1, such as 'n+1'")
    best = 0
    for i, entry in enumerate(entries):
        best = i if d.lt(entries[best], entry) else best
    return best


def _vector(x: Value) -> list[Scalar]:
    data = objects(x)
    if data.ndim != 1:
        raise ShapeError(f"a vector is needed, not an array of shape {data.shape}")
    return list(data)


def take(x: Value, indices: Any, axis: int = 0) -> Array:
    """The entries at the indices along an axis (gather)."""
    return array(np.take(objects(x), np.asarray(indices, int), axis))


def scatter_add(n: int, indices: Sequence[int], values: Value) -> Array:
    """Zeros of length n, each value added at its index."""
    rows = array(objects(values))
    out: list[Array] = [zeros(rows.shape[1:]) for _ in range(n)]
    for i, index in enumerate(indices):
        out[index] = out[index] + rows[i]
    return stack(out) if n else zeros((0, *rows.shape[1:]))


def one_hot(index: Any, n: int) -> Array:
    """1 at the index, else 0; an array of indices gives a row each."""
    return array(objects(np.eye(n, dtype=int)[np.asarray(index, int)]))


def cholesky(a: Value) -> Array:
    """The lower triangular L with L Lᵀ = a, for a positive definite matrix."""
    data = array(objects(a))
    n = data.shape[0]
    rows: list[list[Any]] = [[0] * n for _ in range(n)]
    for i in range(n):
        for j in range(i + 1):
            rest = data[i, j]
            for k in range(j):
                rest = rest - rows[i][k] * rows[j][k]
            rows[i][j] = sqrt(rest) if i == j else rest / rows[j][j]
    return array(objects(rows))


def solve(a: Value, b: Value) -> Array:
    """x with a x = b, by elimination; the pivots are the first that are not 0."""
    matrix, right = array(objects(a)), array(objects(b))
    n = matrix.shape[0]
    left, rows = [matrix[i] for i in range(n)], [right[i] for i in range(n)]
    for i in range(n):
        pivot = next((k for k in range(i, n) if left[k][i] != 0), i)
        left[i], left[pivot], rows[i], rows[pivot] = left[pivot], left[i], rows[pivot], rows[i]
        for k in range(n):
            if k != i:
                factor = left[k][i] / left[i][i]
                left[k], rows[k] = left[k] - factor * left[i], rows[k] - factor * rows[i]
    return stack([rows[i] / left[i][i] for i in range(n)]) if n else right


def inverse(a: Value) -> Array:
    """The inverse of a matrix."""
    return solve(a, eye(array(objects(a)).shape[0]))


def half() -> Array:
    """1/2, exactly."""
    return array(objects(fmpq(1, 2)))


def sigmoid(x: Value) -> Array:
    """1 / (1 + exp (-x))."""
    return 1 / (1 + exp(-array(objects(x))))


def softplus(x: Value) -> Array:
    """log (1 + exp x)."""
    return log1p(exp(x))


def relu(x: Value) -> Array:
    """max x 0."""
    return maximum(x, 0)


def logsumexp(x: Value, axis: int = -1, keepdims: bool = False) -> Array:
    """log Σ exp x along an axis."""
    return log(sum(exp(x), axis, keepdims))


def softmax(x: Value, axis: int = -1) -> Array:
    """exp x / Σ exp x along an axis."""
    powers = exp(x)
    return powers / powers.sum(axis, keepdims=True)
