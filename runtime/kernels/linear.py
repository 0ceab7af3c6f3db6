"""Kernels of NN.Runtime.Autograd.Engine.Core.Linear; products of matrices go to BLAS."""

from __future__ import annotations

import numpy as np

from leanmirror.runtime.arrays import Array


def linear_forward(w: Array, b: Array, x: Array) -> Array:
    """W x + b"""
    y = np.matmul(w, x)
    return np.add(y, b, y)


def linear_backward(g: Array, _y: Array, w: Array, _b: Array, x: Array) -> tuple[Array, Array, Array]:
    """g xᵀ; g; Wᵀ g"""
    return np.multiply(g[:, np.newaxis], x), g, np.matmul(g, w)


def matmul_backward(g: Array, _y: Array, a: Array, b: Array) -> tuple[Array, Array]:
    """g Bᵀ; Aᵀ g, for each leading index"""
    return np.matmul(g, b.swapaxes(-1, -2)), np.matmul(a.swapaxes(-1, -2), g)


def concat_forward(a: Array, b: Array) -> Array:
    """a, then b, along the first axis"""
    return np.concatenate((a, b))


def concat_backward(g: Array, _y: Array, a: Array, _b: Array) -> tuple[Array, Array]:
    """The two parts of g, copied: a view would let one sum write into the other"""
    n = a.shape[0]
    return g[:n].copy(), g[n:].copy()


def slice_forward(x: Array, start: int, length: int) -> Array:
    """`length` entries of the first axis from `start` on"""
    return x[start : start + length].copy()


def slice_backward(g: Array, _y: Array, x: Array, start: int, length: int) -> Array:
    """g in its place, 0 elsewhere"""
    d = np.zeros_like(x)
    d[start : start + length] = g
    return d
