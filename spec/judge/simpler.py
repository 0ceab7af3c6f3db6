"""Simpler numbers and lists than given ones, the simplest first."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from fractions import Fraction
from typing import Any

SIMPLE = tuple(Fraction(c) for c in (0, 1, -1, 2, -2, Fraction(1, 2), 3, -3))


def simplicity(x: Fraction) -> tuple[int, bool, Fraction]:
    """What is to be small: how long the number is, then its sign and size."""
    return x.denominator.bit_length() + abs(x.numerator).bit_length(), x < 0, abs(x)


def simpler_number(x: Fraction) -> Iterator[Fraction]:
    """Small numbers, and simple ones near x."""
    tried = [*SIMPLE, Fraction(round(x)), Fraction(round(8 * x), 8), -x]
    for y in dict.fromkeys(tried):
        if simplicity(y) < simplicity(x):
            yield y


def simpler_integer(x: int) -> Iterator[int]:
    """Small integers, then halves, then neighbours."""
    half = abs(x) // 2 * (1 if x >= 0 else -1)
    for y in dict.fromkeys((0, 1, 2, -x, half, x - half // 2, x - 1 if x > 0 else x + 1)):
        if (abs(y).bit_length(), y < 0, abs(y)) < (abs(x).bit_length(), x < 0, abs(x)):
            yield y


def simpler_entries(entries: Sequence[Any]) -> Iterator[list[Any]]:
    """All exact entries 0, then one of them simpler."""
    if len(entries) > 1 and any(x != 0 for x in entries):
        yield [Fraction(0) if isinstance(x, Fraction) else x for x in entries]
    for j, x in enumerate(entries):
        if isinstance(x, Fraction):
            for y in simpler_number(x):
                yield [*entries[:j], y, *entries[j + 1 :]]


def shorter(values: Sequence[Any]) -> Iterator[list[Any]]:
    """Nothing, a half, all but one."""
    count = len(values)
    if count > 1:
        yield []
        yield list(values[: count // 2])
        yield list(values[count // 2 :])
    for j in range(count):
        yield [*values[:j], *values[j + 1 :]]


def one_simpler(values: Sequence[Any], simpler: Callable[[int, Any], Iterable[Any]]) -> Iterator[list[Any]]:
    """One of the values simpler; `simpler` is given its number and the value."""
    for j, value in enumerate(values):
        for y in simpler(j, value):
            yield [*values[:j], y, *values[j + 1 :]]
