"""Kernels of NN.Runtime.Autograd.Engine.Core.Linear; products of matrices go to BLAS.

They dominate what a step costs, so a rule leaves out (None) what goes to an input that wants no gradient.
"""

from __future__ import annotations

from typing import Any

from leanmirror.runtime.arrays import Array
from leanmirror.runtime.kernels import plain as np

Wanted = tuple[bool, ...]


def linear_forward(w: Array, b: Array, x: Array) -> Array:
    """W x + b"""
    y = np.matmul(w, x)
    return np.add(y, b, y)


def linear_backward(
    g: Array, _y: Array, w: Array, _b: Array, x: Array, wanted: Wanted = (True, True, True)
) -> tuple[Any, ...]:
    """g xᵀ; g; Wᵀ g"""
    dw = np.multiply(g[:, np.newaxis], x) if wanted[0] else None
    return dw, g, np.matmul(g, w) if wanted[2] else None


def matmul_backward(
    g: Array, _y: Array, a: Array, b: Array, wanted: Wanted = (True, True)
) -> tuple[Any, ...]:
    """g Bᵀ; Aᵀ g, for each leading index"""
    return (
        np.matmul(g, b.swapaxes(-1, -2)) if wanted[0] else None,
        np.matmul(a.swapaxes(-1, -2), g) if wanted[1] else None,
    )


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
