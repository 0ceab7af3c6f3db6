"""Entries of tensors that are hard on sums and on softmax: ties, one that dominates, cancellation, spread."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from leanmirror.runtime.arrays import Array

Draw = Callable[[np.random.Generator, int], Any]


def _cancelling(rng: np.random.Generator, n: int) -> Any:
    half = rng.standard_normal(n) * np.exp(rng.uniform(-10, 10, n))
    x = np.where(np.arange(n) % 2, -np.roll(half, 1), half)
    return x + np.where(rng.random(n) < 0.1, rng.standard_normal(n) * 1e-6, 0)


def _dominant(rng: np.random.Generator, n: int) -> Any:
    x = rng.uniform(-60, -20, n)
    x[rng.integers(n) :][:1] = rng.uniform(-5, 40)
    return x


FAMILIES: tuple[Draw, ...] = (
    lambda rng, n: rng.standard_normal(n),
    lambda rng, n: rng.uniform(-20, 20, n),
    lambda rng, n: rng.integers(-2, 3, n).astype(float),
    lambda rng, n: np.full(n, rng.standard_normal() * 10),
    lambda rng, n: rng.standard_normal(n) * np.exp(rng.uniform(-60, 60, n)),
    lambda rng, n: -np.abs(rng.uniform(0, 745, n)),
    lambda rng, n: rng.choice([0.0, -0.0, 1.0], n),
    lambda rng, n: rng.standard_normal(n) * 1e-42,
    lambda rng, n: rng.standard_normal(n) * 1e-310,
    lambda rng, n: rng.standard_normal(n) * 1e30,
    lambda rng, n: rng.standard_normal(n) * 10.0 ** rng.integers(-300, 300),
    lambda rng, n: 1e4 + rng.standard_normal(n),
    _cancelling,
    _dominant,
)


def draw(rng: np.random.Generator, dtype: Any, shape: Sequence[int], family: int) -> Array:
    """A tensor of finite entries of one family."""
    n = int(np.prod(shape, dtype=int))
    entries = FAMILIES[family % len(FAMILIES)](rng, n) if n else np.zeros(0)
    top = float(np.finfo(dtype).max)
    return np.clip(entries, -top, top).astype(dtype).reshape(tuple(shape))


def upstream(rng: np.random.Generator, dtype: Any, shape: Sequence[int]) -> Array:
    """Upstream gradients: 1, or of either sign with sizes from a half to 1, or one entry alone."""
    kind = rng.integers(3)
    ones = np.ones(tuple(shape))
    if kind == 0:
        return ones.astype(dtype)
    g = rng.uniform(0.5, 1.0, ones.shape) * rng.choice([-1, 1], ones.shape)
    if kind == 2 and ones.size > 1:
        g = g * (np.arange(ones.size) == rng.integers(ones.size)).reshape(ones.shape)
    return np.asarray(g, dtype)


def moved(rng: np.random.Generator, x: Array) -> Array:
    """The tensor with a few entries a little or a lot larger or smaller."""
    step = np.exp2(-rng.uniform(1, np.finfo(x.dtype).nmant, x.shape)) * rng.choice([-1, 1], x.shape)
    with np.errstate(over="ignore"):
        changed = (x * (1 + step)).astype(x.dtype)
    keep = (rng.random(x.shape) < 0.7) | ~np.isfinite(changed)
    return np.asarray(np.where(keep, x, changed), x.dtype)


def with_special(rng: np.random.Generator, x: Array, special: float) -> Array:
    """The tensor with one entry replaced."""
    found = x.copy()
    if found.size:
        found.reshape(-1)[rng.integers(found.size)] = special
    return found
