"""Arguments of entrywise operations: all exponents, places where definitions change, their neighbours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from leanmirror.runtime.arrays import Array

CHAIN = 6
"""Neighbours taken on each side of a special argument."""
MIDDLE = (-12, 11)
"""Powers of two between which most functions do what is interesting."""
GENTLE = (0.5, 1.0)
"""Sizes of upstream gradients: half of one binade and its ends, so that products neither grow nor vanish."""


def bits_of(x: Array) -> Array:
    """The bit patterns of non-negative numbers: their order is that of the numbers."""
    return x.view(np.dtype(f"u{x.dtype.itemsize}"))


def stratified(rng: np.random.Generator, dtype: Any, low: float, high: float, count: int) -> Array:
    """Numbers between two non-negative ones, one in each of `count` equal ranges of bit patterns."""
    first, last = (int(bits_of(np.array([end], dtype))[0]) for end in (low, high))
    edges = [first + (last - first) * i // count for i in range(count + 1)]
    kind = np.dtype(f"u{np.dtype(dtype).itemsize}")
    drawn = [rng.integers(a, max(a, b - 1), dtype=kind, endpoint=True) for a, b in pairwise(edges)]
    return np.array(drawn, kind).view(dtype)


def chain(dtype: Any, centre: float, length: int = CHAIN) -> Array:
    """A number and its nearest neighbours on both sides."""
    up = down = np.dtype(dtype).type(centre)
    found = [up]
    for _ in range(length):
        up, down = np.nextafter(up, up.dtype.type(np.inf)), np.nextafter(down, down.dtype.type(-np.inf))
        found += [up, down]
    return np.array(found, dtype)


def landmarks(dtype: Any, anchors: Iterable[float]) -> Array:
    """Both zeros, one, the ends of the normal and of the denormal numbers, and what the operation adds."""
    info = np.finfo(dtype)
    centres = [
        0.0,
        1.0,
        0.5,
        2.0,
        float(info.tiny),
        float(info.max),
        float(info.smallest_subnormal),
        *anchors,
    ]
    with np.errstate(over="ignore"):
        found = np.concatenate([chain(dtype, s * c) for c in centres for s in (1, -1)])
    return np.concatenate([found[np.isfinite(found)], np.array([0.0, -0.0], dtype)])


def arguments(rng: np.random.Generator, dtype: Any, anchors: Iterable[float], count: int) -> Array:
    """About `count` finite numbers, in no particular order; beside them all landmarks."""
    top, eighth = float(np.finfo(dtype).max), max(1, count // 8)
    wide = [s * stratified(rng, dtype, 0.0, top, eighth) for s in (1, -1)]
    middle = [s * stratified(rng, dtype, 2.0 ** MIDDLE[0], 2.0 ** MIDDLE[1], 3 * eighth) for s in (1, -1)]
    found = np.concatenate([landmarks(dtype, anchors), *wide, *middle]).astype(dtype)
    return rng.permutation(found)


def partners(rng: np.random.Generator, x: Array) -> Array:
    """Second arguments: other numbers, equal and opposite ones, neighbours, multiples."""
    others = rng.permutation(x)
    with np.errstate(over="ignore"):
        multiples = x * np.exp2(rng.integers(-60, 60, x.size)).astype(x.dtype)
    kinds = (others, others, others, x, -x, np.nextafter(x, others), multiples)
    found = np.choose(rng.integers(0, len(kinds), x.size), kinds).astype(x.dtype)
    return np.where(np.isfinite(found), found, others)


def upstream(rng: np.random.Generator, x: Array) -> Array:
    """Upstream gradients for these arguments: 1 for half of them, else of either sign and at most 1."""
    size = rng.uniform(*GENTLE, x.size) * rng.choice([-1, 1], x.size)
    return np.where(rng.random(x.size) < 0.5, 1.0, size).astype(x.dtype)


def specials(dtype: Any) -> Array:
    """Infinities, NaN, both zeros and a few ordinary numbers to meet them."""
    info = np.finfo(dtype)
    return np.array(
        [np.inf, -np.inf, np.nan, 0.0, -0.0, 1.0, -1.0, 1.5, -800.0, 800.0, info.max, -info.max, info.tiny],
        dtype,
    )


def near(rng: np.random.Generator, worst: Sequence[Any], dtype: Any, count: int) -> list[Array]:
    """Arguments around one tuple of them: some entries moved by up to half of a binade, most by far less."""
    found = []
    for x in worst:
        centre = np.full(count, x, dtype)
        step = np.exp2(rng.uniform(0, np.finfo(dtype).nmant, count)).astype(np.int64)
        step *= rng.choice([-1, 0, 1], count)
        kind = np.dtype(f"i{np.dtype(dtype).itemsize}")
        size = np.abs(centre).view(kind).astype(np.int64) + step
        top = int(np.array([np.finfo(dtype).max], dtype).view(kind)[0])
        moved = np.clip(size, 0, top).astype(kind).view(dtype)
        found.append(np.copysign(moved, centre))
    return found
