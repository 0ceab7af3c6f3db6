"""Kernels of NN.Runtime.Autograd.Engine.Core.Elementwise."""

from __future__ import annotations

from leanmirror.runtime.arrays import Array
from leanmirror.runtime.kernels import plain as np
from leanmirror.runtime.kernels.constants import CONSTANTS


def add_backward(g: Array, _y: Array, _a: Array, _b: Array) -> tuple[Array, Array]:
    """g; g"""
    return g, g


def sub_backward(g: Array, _y: Array, _a: Array, _b: Array) -> tuple[Array, Array]:
    """g; 0 − g"""
    return g, np.subtract(CONSTANTS[g.dtype].zero, g)


def mul_backward(g: Array, _y: Array, a: Array, b: Array) -> tuple[Array, Array]:
    """g·b; g·a"""
    return np.multiply(g, b), np.multiply(g, a)


def div_backward(g: Array, _y: Array, a: Array, b: Array) -> tuple[Array, Array]:
    """g/b; 0 − g·(a/(b·b))"""
    db = np.multiply(b, b)
    np.divide(a, db, db)
    np.multiply(g, db, db)
    np.subtract(CONSTANTS[db.dtype].zero, db, db)
    return np.divide(g, b), db


def scale_backward(g: Array, _y: Array, _x: Array, c: Array) -> Array:
    """g·c"""
    return np.multiply(g, c)


def abs_backward(g: Array, _y: Array, x: Array) -> Array:
    """sign x · g, where sign is 0 at 0 and at NaN"""
    zero = CONSTANTS[x.dtype].zero
    d = np.subtract(np.greater(x, zero), np.less(x, zero), dtype=x.dtype)
    return np.multiply(d, g, d)


def sqrt_forward(x: Array) -> Array:
    """√(max x 0)"""
    y = relu_forward(x)
    return np.sqrt(y, y)


def sqrt_backward(g: Array, y: Array, x: Array) -> Array:
    """(1/(2·√x) where x > 0, else 0)·g; `y` is √x wherever it is used"""
    one, zero, two = CONSTANTS[x.dtype].one, CONSTANTS[x.dtype].zero, CONSTANTS[x.dtype].two
    d = np.multiply(two, y)
    np.divide(one, d, d)
    np.copyto(d, zero, where=~np.greater(x, zero))
    return np.multiply(d, g, d)


def clamp_forward(x: Array, low: Array, high: Array) -> Array:
    """min high (max low x) with Lean's min and max: NaN becomes min high low"""
    inner = max_forward(np.broadcast_to(low, x.shape), x)
    return min_forward(np.broadcast_to(high, x.shape), inner)


def clamp_backward(g: Array, _y: Array, x: Array, low: Array, high: Array) -> Array:
    """(1 where x > low and high > x, else 0)·g"""
    return np.multiply(np.logical_and(np.greater(x, low), np.greater(high, x)), g)


def max_forward(a: Array, b: Array) -> Array:
    """b where a ≤ b, else a: a NaN on the right is ignored, on the left it stays"""
    return np.where(np.less_equal(a, b), b, a)


def max_backward(g: Array, _y: Array, a: Array, b: Array) -> tuple[Array, Array]:
    """g for the larger side, half of it for each at a tie (and where nothing compares)"""
    return np.multiply(_larger(a, b), g), np.multiply(_larger(b, a), g)


def min_forward(a: Array, b: Array) -> Array:
    """a where a ≤ b, else b"""
    return np.where(np.less_equal(a, b), a, b)


def min_backward(g: Array, _y: Array, a: Array, b: Array) -> tuple[Array, Array]:
    """g for the smaller side, half of it for each at a tie (and where nothing compares)"""
    return np.multiply(_larger(b, a), g), np.multiply(_larger(a, b), g)


def _larger(a: Array, b: Array) -> Array:
    of = CONSTANTS[a.dtype]
    return np.where(np.greater(a, b), of.one, np.where(np.greater(b, a), of.zero, of.half))


def relu_forward(x: Array) -> Array:
    """max x 0; adding 0 turns the −0 that numpy's maximum may keep into Lean's 0"""
    zero = CONSTANTS[x.dtype].zero
    y = np.maximum(x, zero)
    return np.add(y, zero, y)


def relu_backward(g: Array, _y: Array, x: Array) -> Array:
    """(1 where x > 0, else 0)·g"""
    return np.multiply(np.greater(x, CONSTANTS[x.dtype].zero), g)
