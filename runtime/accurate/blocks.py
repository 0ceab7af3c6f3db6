"""Functions of entries, run on blocks that stay in the processor's cache, in float64."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import numpy as np

from leanmirror.runtime.accurate.pairs import Pair
from leanmirror.runtime.arrays import FLOAT64, Array, checked
from leanmirror.runtime.kernels.quiet import fresh

BLOCK = 8192
"""Entries at a time: about twenty arrays of so many are alive at once."""
Function = Callable[..., Array | Pair]
"""A function of float64 arrays; a pair stands for its sum."""


def alike(arrays: Sequence[Any]) -> list[Array]:
    """The arrays, of one shape and type.

    Raises TypeError for what is no array of float32 or float64 and where types differ, ValueError where
    shapes do.
    """
    xs = [checked(a) for a in arrays]
    if any(x.dtype != xs[0].dtype for x in xs):
        raise TypeError(f"arrays of one type are needed, not {' and '.join(str(x.dtype) for x in xs)}")
    if any(x.shape != xs[0].shape for x in xs):
        raise ValueError(f"arrays of one shape are needed, not {' and '.join(str(x.shape) for x in xs)}")
    return xs


def entrywise(f: Function, *arrays: Any, parameters: tuple[Any, ...] = ()) -> Array:
    """`f` of the entries of arrays of one shape and type; the result has that shape and type.

    Entries of float32 are converted, and the result is rounded once. Raises as `alike` does.
    """
    xs = alike(arrays)
    out = np.empty(xs[0].shape, xs[0].dtype)
    numbers = tuple(np.asarray(p, FLOAT64) for p in parameters)
    fresh().run(_fill, f, out.reshape(-1), [x.reshape(-1) for x in xs], numbers)
    return out


def by_ufunc(f: np.ufunc, x: Any) -> Array:
    """A function that numpy has, in float64 inside; numpy converts float32 in blocks by itself."""
    (array,) = alike([x])
    out = np.empty(array.shape, array.dtype)
    fresh().run(partial(f, array, out=out, dtype=FLOAT64, casting="same_kind"))
    return out


def _fill(f: Function, out: Array, xs: list[Array], parameters: tuple[Array, ...]) -> None:
    for start in range(0, out.size, BLOCK):
        block = slice(start, start + BLOCK)
        value = f(*(x[block].astype(FLOAT64, copy=False) for x in xs), *parameters)
        out[block] = value[0] + value[1] if isinstance(value, tuple) else value


def times(f: Callable[..., Pair]) -> Function:
    """`f x · g`, as a function of x, g and parameters."""

    def product(x: Array, g: Array, *parameters: Array) -> Pair:
        high, low = f(x, *parameters)
        return high * g, low * g

    return product
