"""Kernels of NN.Runtime.Autograd.Engine.Core.ActivationsLoss.

Where Lean computes a forward value again in the backward rule, the saved output `y` stands in: the
same input, the same kernel, so the same bits.
"""

from __future__ import annotations

from leanmirror.runtime.arrays import Array
from leanmirror.runtime.kernels import plain as np
from leanmirror.runtime.kernels.constants import CONSTANTS


def sigmoid_forward(x: Array) -> Array:
    """1/(1 + exp(−x))"""
    one = CONSTANTS[x.dtype].one
    y = np.negative(x)
    np.exp(y, y)
    np.add(one, y, y)
    return np.divide(one, y, y)


def sigmoid_backward(g: Array, y: Array, _x: Array) -> Array:
    """(y·(1 − y))·g"""
    d = np.subtract(CONSTANTS[y.dtype].one, y)
    np.multiply(y, d, d)
    return np.multiply(d, g, d)


def tanh_backward(g: Array, y: Array, _x: Array) -> Array:
    """(1 − y·y)·g"""
    d = np.multiply(y, y)
    np.subtract(CONSTANTS[y.dtype].one, d, d)
    return np.multiply(d, g, d)


def _gelu_tanh(x: Array) -> Array:
    """tanh(c·(x + ((k·x)·x)·x))"""
    of = CONSTANTS[x.dtype]
    u = np.multiply(of.gelu_k, x)
    np.multiply(u, x, u)
    np.multiply(u, x, u)
    np.add(x, u, u)
    np.multiply(of.gelu_c, u, u)
    return np.tanh(u, u)


def gelu_forward(x: Array) -> Array:
    """(x·(1 + tanh(c·(x + ((k·x)·x)·x))))/2"""
    of = CONSTANTS[x.dtype]
    u = _gelu_tanh(x)
    np.add(of.one, u, u)
    np.multiply(x, u, u)
    return np.divide(u, of.two, u)


def gelu_backward(g: Array, _y: Array, x: Array) -> Array:
    """(((1 + t) + (x·q)·i)/2)·g with t the tanh, q = 1 − t·t and i = c·(1 + ((3k)·x)·x)"""
    of = CONSTANTS[x.dtype]
    t = _gelu_tanh(x)
    d = np.multiply(t, t)
    np.subtract(of.one, d, d)
    np.multiply(x, d, d)
    i = np.multiply(of.gelu_three_k, x)
    np.multiply(i, x, i)
    np.add(of.one, i, i)
    np.multiply(of.gelu_c, i, i)
    np.multiply(d, i, d)
    np.add(of.one, t, t)
    np.add(t, d, d)
    np.divide(d, of.two, d)
    return np.multiply(d, g, d)


def _shifted(x: Array) -> Array:
    """x less the largest entry of its row.

    Lean's fold ignores a NaN behind the first entry and numpy's maximum does not; the row is NaN
    either way, because its exponentials are summed.
    """
    return np.subtract(x, np.maximum.reduce(x, axis=-1, keepdims=True))


def softmax_forward(x: Array) -> Array:
    """e/Σe with e = exp(x − max x), along the last axis; rows without entries stay as they are"""
    if x.size == 0:
        return x.copy()
    e = _shifted(x)
    np.exp(e, e)
    return np.divide(e, np.add.reduce(e, axis=-1, keepdims=True), e)


def softmax_backward(g: Array, y: Array, _x: Array) -> Array:
    """y·(g − Σ g·y), along the last axis"""
    d = np.multiply(g, y)
    np.subtract(g, np.add.reduce(d, axis=-1, keepdims=True), d)
    return np.multiply(y, d, d)


def log_softmax_forward(x: Array) -> Array:
    """(x − max x) − log Σ exp(x − max x), along the last axis"""
    if x.size == 0:
        return x.copy()
    y = _shifted(x)
    denominator = np.add.reduce(np.exp(y), axis=-1, keepdims=True)
    return np.subtract(y, np.log(denominator, denominator), y)


def log_softmax_backward(g: Array, y: Array, _x: Array) -> Array:
    """g − exp y · Σ g, along the last axis, from the output and not from the logits"""
    d = np.exp(y)
    np.multiply(d, np.add.reduce(g, axis=-1, keepdims=True), d)
    return np.subtract(g, d, d)


def softplus_forward(x: Array) -> Array:
    """x + log(1 + exp(−x)) where x > 0, else log(1 + exp x).

    Both branches share log(1 + exp(−|x|)), which has the same bits as the branch's own logarithm;
    adding 0 instead of x on the other side changes nothing, the logarithm is never −0.
    """
    of = CONSTANTS[x.dtype]
    y = np.absolute(x)
    np.negative(y, y)
    np.exp(y, y)
    np.add(of.one, y, y)
    np.log(y, y)
    return np.add(np.maximum(x, of.zero), y, y)


def softplus_backward(g: Array, _y: Array, x: Array) -> Array:
    """sigmoid x · g"""
    d = sigmoid_forward(x)
    return np.multiply(d, g, d)


def exp_backward(g: Array, y: Array, _x: Array) -> Array:
    """exp x · g"""
    return np.multiply(y, g)


def log_backward(g: Array, _y: Array, x: Array) -> Array:
    """(1/x)·g"""
    d = np.divide(CONSTANTS[x.dtype].one, x)
    return np.multiply(d, g, d)


def inv_forward(x: Array) -> Array:
    """1/x"""
    return np.divide(CONSTANTS[x.dtype].one, x)


def inv_backward(g: Array, y: Array, _x: Array) -> Array:
    """(g·(y·y))·(−1)"""
    d = np.multiply(y, y)
    np.multiply(g, d, d)
    return np.multiply(d, CONSTANTS[y.dtype].minus_one, d)


def safe_log_forward(x: Array, epsilon: Array) -> Array:
    """log(softplus x + ε)"""
    y = softplus_forward(x)
    np.add(y, epsilon, y)
    return np.log(y, y)


def safe_log_backward(g: Array, _y: Array, x: Array, epsilon: Array) -> Array:
    """(sigmoid x / (softplus x + ε))·g"""
    d = sigmoid_forward(x)
    below = softplus_forward(x)
    np.add(below, epsilon, below)
    np.divide(d, below, d)
    return np.multiply(d, g, d)


def sum_forward(x: Array) -> Array:
    """Σ x as a vector of one entry; adding 0 last makes the sign of an empty or zero sum Lean's"""
    y = np.add.reduce(x.reshape(-1), keepdims=True)
    return np.add(y, CONSTANTS[x.dtype].zero, y)


def sum_backward(g: Array, _y: Array, x: Array) -> Array:
    """g in every entry"""
    d = np.empty_like(x)
    d.fill(g.item())
    return d


def mse_forward(predicted: Array, target: Array) -> Array:
    """Σ (p − t)·(p − t) / N as a vector of one entry, N = max 1 (number of entries)"""
    d = np.subtract(predicted, target)
    np.multiply(d, d, d)
    y = sum_forward(d)
    return np.divide(y, _count(predicted), y)


def mse_derivative(predicted: Array, target: Array) -> Array:
    """(p − t)·(2/N)"""
    d = np.subtract(predicted, target)
    return np.multiply(d, CONSTANTS[d.dtype].two / _count(predicted), d)


def mse_backward(g: Array, _y: Array, predicted: Array, target: Array) -> tuple[Array, Array]:
    """d = ((p − t)·(2/N))·g for the prediction, 0 − d for the target"""
    d = mse_derivative(predicted, target)
    np.multiply(d, g.reshape(()), d)
    return d, np.subtract(CONSTANTS[d.dtype].zero, d)


def _count(x: Array) -> Array:
    return np.asarray(x.dtype.type(max(1, x.size)))


def no_gradient(g: Array, _y: Array, _x: Array) -> Array:
    """0 in every entry, whatever g is"""
    return np.zeros_like(g)
