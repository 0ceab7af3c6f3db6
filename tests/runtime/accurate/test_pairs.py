"""Sums of two floats: what they say is exact is exact."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from leanmirror.runtime.accurate import pairs

Array = np.ndarray[Any, np.dtype[Any]]


def numbers(seed: int, size: int = 2000, spread: int = 60) -> Array:
    rng = np.random.default_rng(seed)
    sizes = np.exp2(rng.integers(-spread, spread, size))
    return np.asarray(rng.choice([-1, 1], size) * rng.uniform(1, 2, size) * sizes)


def exactly(x: Array) -> list[Fraction]:
    return [Fraction(v) for v in x.tolist()]


def value(pair: pairs.Pair) -> list[Fraction]:
    return [h + low for h, low in zip(exactly(pair[0]), exactly(pair[1]), strict=True)]


def test_sums_and_products_lose_nothing() -> None:
    a, b = numbers(1), numbers(2)
    assert [x + y for x, y in zip(exactly(a), exactly(b), strict=True)] == value(pairs.two_sum(a, b))
    assert [x * y for x, y in zip(exactly(a), exactly(b), strict=True)] == value(pairs.two_product(a, b))
    assert [x * x for x in exactly(a)] == value(pairs.two_square(a, pairs.halves(a)))
    large, small = np.where(abs(a) > abs(b), a, b), np.where(abs(a) > abs(b), b, a)
    sums = [x + y for x, y in zip(exactly(a), exactly(b), strict=True)]
    assert sums == value(pairs.quick_sum(large, small))


def test_the_halves_are_short_enough_that_their_products_are_exact() -> None:
    a = numbers(3)
    high, low = pairs.halves(a)
    assert exactly(a) == value((high, low))
    for x in (*exactly(high), *exactly(low)):
        size = abs(x.numerator).bit_length()
        assert size <= 26 or x.numerator % 2 ** (size - 26) == 0


def off(found: pairs.Pair, true: list[Fraction], scale: list[Fraction]) -> float:
    return float(max(abs(f - t) / s for f, t, s in zip(value(found), true, scale, strict=True)))


@pytest.mark.parametrize("seed", range(3))
def test_pairs_have_about_a_hundred_bits(seed: int) -> None:
    a, b = (pairs.two_sum(numbers(seed + k), numbers(seed + k + 10) * 2.0**-70) for k in (20, 40))
    x, y = value(a), value(b)
    larger = [max(abs(u), abs(v)) for u, v in zip(x, y, strict=True)]
    products = [u * v for u, v in zip(x, y, strict=True)]
    assert off(pairs.add(a, b), [u + v for u, v in zip(x, y, strict=True)], larger) < 2.0**-102
    assert off(pairs.multiply(a, b), products, [abs(p) for p in products]) < 2.0**-100
    second = numbers(seed + 60)
    scaled = [u * v for u, v in zip(x, exactly(second), strict=True)]
    assert off(pairs.scaled(a, second, pairs.halves(second)), scaled, [abs(p) for p in scaled]) < 2.0**-100


@pytest.mark.parametrize("n", [1, 2, 3, 5, 8, 17, 130])
def test_a_sum_along_rows_has_about_a_hundred_bits(n: int) -> None:
    x = numbers(n, 3 * n, 30).reshape(3, n)
    high, low = pairs.total(x)
    assert (3, 1) == high.shape == low.shape
    true = [sum(exactly(row), start=Fraction(0)) for row in x]
    scale = [sum(exactly(abs(row)), start=Fraction(0)) for row in x]
    assert off((high[:, 0], low[:, 0]), true, scale) < 2.0**-96
