"""The rules of `elementwise` and `activations` for a single number, as Lean writes them.

A scalar tensor needs no array: numpy spends a quarter of a microsecond on a product of one entry, Python
a sixtieth. A number is a Python float on a tape of float64 and a numpy float32 on one of float32; the
literals here take the type of what they meet. Exponentials and logarithms stay numpy's, and every rule
has the bits of its kernel for arrays, which tests/runtime/kernels/test_numbers.py holds it to.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

Number = Any
Pair = tuple[Number, Number]


def by_numpy(function: np.ufunc) -> Callable[[Number], Number]:
    """A function of numpy for one number; of a Python float it gives a Python float."""

    def applied(x: Number) -> Number:
        y = function(x)
        return float(y) if type(x) is float else y

    return applied


exp, log, sqrt, tanh = by_numpy(np.exp), by_numpy(np.log), by_numpy(np.sqrt), by_numpy(np.tanh)


def div(a: Number, b: Number) -> Number:
    """a/b, also at b = 0, where Python raises an error instead of following IEEE"""
    if b == 0.0:
        y = np.divide(a, b)
        return float(y) if a.__class__ is b.__class__ is float else y
    return a / b


def add_forward(a: Number, b: Number) -> Number:
    """a + b"""
    return a + b


def add_backward(g: Number, _y: Number, _a: Number, _b: Number) -> Pair:
    """g; g"""
    return g, g


def sub_forward(a: Number, b: Number) -> Number:
    """a − b"""
    return a - b


def sub_backward(g: Number, _y: Number, _a: Number, _b: Number) -> Pair:
    """g; 0 − g"""
    return g, 0.0 - g


def mul_forward(a: Number, b: Number) -> Number:
    """a·b"""
    return a * b


def mul_backward(g: Number, _y: Number, a: Number, b: Number) -> Pair:
    """g·b; g·a"""
    return g * b, g * a


def div_backward(g: Number, _y: Number, a: Number, b: Number) -> Pair:
    """g/b; 0 − g·(a/(b·b))"""
    return div(g, b), 0.0 - g * div(a, b * b)


def abs_backward(g: Number, _y: Number, x: Number) -> Number:
    """sign x · g, where sign is 0 at 0 and at NaN"""
    return (1.0 if x > 0.0 else -1.0 if x < 0.0 else 0.0) * g


def sqrt_forward(x: Number) -> Number:
    """√(max x 0)"""
    return sqrt(relu_forward(x))


def sqrt_backward(g: Number, y: Number, x: Number) -> Number:
    """(1/(2·√x) where x > 0, else 0)·g"""
    return (div(1.0, 2.0 * y) if x > 0.0 else 0.0) * g


def max_forward(a: Number, b: Number) -> Number:
    """b where a ≤ b, else a"""
    return b if a <= b else a


def max_backward(g: Number, _y: Number, a: Number, b: Number) -> Pair:
    """g for the larger side, half of it for each at a tie (and where nothing compares)"""
    return _larger(a, b) * g, _larger(b, a) * g


def min_forward(a: Number, b: Number) -> Number:
    """a where a ≤ b, else b"""
    return a if a <= b else b


def min_backward(g: Number, _y: Number, a: Number, b: Number) -> Pair:
    """g for the smaller side, half of it for each at a tie (and where nothing compares)"""
    return _larger(b, a) * g, _larger(a, b) * g


def _larger(a: Number, b: Number) -> float:
    return 1.0 if a > b else 0.0 if b > a else 0.5


def relu_forward(x: Number) -> Number:
    """max x 0"""
    return x.__class__(0.0) if x <= 0.0 else x


def relu_backward(g: Number, _y: Number, x: Number) -> Number:
    """(1 where x > 0, else 0)·g"""
    return (1.0 if x > 0.0 else 0.0) * g


def sigmoid_forward(x: Number) -> Number:
    """1/(1 + exp(−x))"""
    return 1.0 / (1.0 + exp(-x))


def sigmoid_backward(g: Number, y: Number, _x: Number) -> Number:
    """(y·(1 − y))·g"""
    return (y * (1.0 - y)) * g


def tanh_backward(g: Number, y: Number, _x: Number) -> Number:
    """(1 − y·y)·g"""
    return (1.0 - y * y) * g


def softplus_forward(x: Number) -> Number:
    """x + log(1 + exp(−x)) where x > 0, else log(1 + exp x)"""
    return x + log(1.0 + exp(-x)) if x > 0.0 else log(1.0 + exp(x))


def softplus_backward(g: Number, _y: Number, x: Number) -> Number:
    """sigmoid x · g"""
    return sigmoid_forward(x) * g


def exp_backward(g: Number, y: Number, _x: Number) -> Number:
    """exp x · g"""
    return y * g


def log_backward(g: Number, _y: Number, x: Number) -> Number:
    """(1/x)·g"""
    return div(1.0, x) * g


def inv_forward(x: Number) -> Number:
    """1/x"""
    return div(1.0, x)


def inv_backward(g: Number, y: Number, _x: Number) -> Number:
    """(g·(y·y))·(−1)"""
    return (g * (y * y)) * -1.0


def sum_forward(x: Number) -> Number:
    """x + 0: Lean's sum starts from 0, so that −0 gives 0"""
    return x + 0.0


def sum_backward(g: Number, _y: Number, _x: Number) -> Number:
    """g"""
    return g
