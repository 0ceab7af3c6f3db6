"""Examples' exact numbers as balls."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from flint import arb

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.judge.types import Type, Value


def ball(x: Fraction) -> arb:
    """A rational as a ball, exact when it is dyadic."""
    q = x.denominator
    if q & (q - 1) == 0:
        return arb((x.numerator, 1 - q.bit_length()))
    return arb(x.numerator) / q


def _entry(x: Scalar) -> Scalar:
    return ball(x) if type(x) is Fraction else x


def realize(of_type: Type, value: Value, entry: Callable[[Scalar], Scalar] = _entry) -> Value:
    """An example's value with its real entries converted: to balls, unless another `entry` is given."""
    return of_type.built(value, entry)
