"""Finding kinks instead of hoping for them.

A statement is run on traced numbers, which write down the operand of every branch, root, logarithm
and inverse. One coordinate is moved by 1 and the run repeated; an operand that moved is solved for
0 as if it were affine. Where it is, the new example lies exactly on the kink.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from random import Random
from typing import Any

from flint import arb

from leanmirror.spec.core import dispatch as d
from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.scalars.dual import Refusing, Singular
from leanmirror.spec.core.scalars.form import LinearForm
from leanmirror.spec.errors import LeanMirrorError
from leanmirror.spec.judge.claim import Claim
from leanmirror.spec.judge.generate import Example, ball
from leanmirror.spec.judge.precision import precision

MAX_DENOMINATOR_BITS = 300
KEPT = 3


class Traced(Refusing):
    """A number that writes the operands of branches into a log shared by one run."""

    __slots__ = ("log", "val")

    def __init__(self, val: Scalar, log: list[Scalar]) -> None:
        self.val = val
        self.log = log

    def _with(self, val: Scalar) -> Traced:
        return Traced(val, self.log)

    def __add__(self, o: Any) -> Any:
        return NotImplemented if type(o) is LinearForm else self._with(self.val + _value(o))

    __radd__ = __add__

    def __sub__(self, o: Any) -> Traced:
        return self._with(self.val - _value(o))

    def __rsub__(self, o: Any) -> Traced:
        return self._with(_value(o) - self.val)

    def __mul__(self, o: Any) -> Any:
        return NotImplemented if type(o) is LinearForm else self._with(self.val * _value(o))

    __rmul__ = __mul__

    def __neg__(self) -> Traced:
        return self._with(-self.val)

    def __pow__(self, n: int) -> Traced:
        return self._with(self.val**n)


def _value(x: Scalar) -> Scalar:
    return x.val if type(x) is Traced else x


def _log_of(a: Scalar, b: Scalar = 0) -> list[Scalar]:
    found: list[Scalar] = a.log if type(a) is Traced else b.log
    return found


class TracedInstance:
    """The ball's functions, with a note of each operand that decides something."""

    name = "traced"
    rank = 5

    def _note(self, a: Scalar, b: Scalar = 0) -> None:
        _log_of(a, b).append(_value(a) - _value(b))

    def _smooth(self, x: Traced, f: Any) -> Traced:
        return Traced(f(x.val), x.log)

    def exp(self, x: Traced) -> Traced:
        return self._smooth(x, d.exp)

    def tanh(self, x: Traced) -> Traced:
        return self._smooth(x, d.tanh)

    def sinh(self, x: Traced) -> Traced:
        return self._smooth(x, d.sinh)

    def cosh(self, x: Traced) -> Traced:
        return self._smooth(x, d.cosh)

    def log(self, x: Traced) -> Traced:
        self._note(x)
        return self._smooth(x, d.log)

    def sqrt(self, x: Traced) -> Traced:
        self._note(x)
        return self._smooth(x, d.sqrt)

    def abs_(self, x: Traced) -> Traced:
        self._note(x)
        return self._smooth(x, d.abs_)

    def sign(self, x: Traced) -> int:
        self._note(x)
        return int(d.sign(x.val))

    def inv(self, x: Traced) -> Traced:
        self._note(x)
        return self._smooth(x, d.inv)

    def div(self, a: Scalar, b: Scalar) -> Traced:
        if type(b) is Traced:
            self._note(b)
        return Traced(d.div(_value(a), _value(b)), _log_of(a, b))

    def max_(self, a: Scalar, b: Scalar) -> Traced:
        self._note(a, b)
        return Traced(d.max_(_value(a), _value(b)), _log_of(a, b))

    def min_(self, a: Scalar, b: Scalar) -> Traced:
        self._note(a, b)
        return Traced(d.min_(_value(a), _value(b)), _log_of(a, b))

    def lt(self, a: Scalar, b: Scalar) -> bool:
        self._note(a, b)
        return d.lt(_value(a), _value(b))

    def le(self, a: Scalar, b: Scalar) -> bool:
        self._note(a, b)
        return d.le(_value(a), _value(b))

    def eq(self, a: Scalar, b: Scalar) -> bool:
        self._note(a, b)
        return d.eq(_value(a), _value(b))

    def pi(self, like: Traced) -> arb:
        return arb.pi()

    def rational(self, like: Traced, p: int, q: int) -> arb:
        return arb(p) / q


d.register({Traced: TracedInstance()})


def at_a_kink(claim: Claim, example: Example, rng: Random) -> Iterator[Example]:
    """Up to a few examples moved along one coordinate so that some operand becomes 0."""
    places = [(name, j) for name in example.values for j in range(_count(example, name))]
    if not places:
        return
    name, j = rng.choice(places)
    here = operands(claim, example)
    there = operands(claim, _moved(example, name, j, Fraction(1)))
    steps = _steps(here, there)
    rng.shuffle(steps)
    for step in steps[:KEPT]:
        yield _moved(example, name, j, step)


def _count(example: Example, name: str) -> int:
    return sum(isinstance(x, Fraction) for x in example.types[name].reals(example.values[name]))


def _steps(here: list[Scalar], there: list[Scalar]) -> list[Fraction]:
    """The exact dyadic steps that an affine operand needs to become 0."""
    found = {}
    for a, b in zip(here, there, strict=False):
        slope = arb(b) - a
        if not (slope != 0 and arb(a) != 0):
            continue
        step = -arb(a) / slope
        if step.is_exact():
            man, exponent = step.man_exp()
            if abs(int(exponent)) <= MAX_DENOMINATOR_BITS:
                found[Fraction(int(man)) * Fraction(2) ** int(exponent)] = None
    return list(found)


def _moved(example: Example, name: str, j: int, step: Fraction) -> Example:
    of_type, value = example.types[name], example.values[name]
    entries = [x + step if i == j else x for i, x in enumerate(of_type.reals(value))]
    return replace(example, values={**example.values, name: of_type.with_reals(value, iter(entries))})


def operands(claim: Claim, example: Example) -> list[Scalar]:
    """The operands that decide something when the claim's parts are run at the example."""
    log: list[Scalar] = []
    env = {
        name: of_type.with_reals(
            value, (Traced(ball(x), log) if isinstance(x, Fraction) else x for x in of_type.reals(value))
        )
        for name, of_type in example.types.items()
        for value in (example.values[name],)
    }
    with precision(200):
        for _, part in claim.parts:
            try:
                part(env)
            except (LeanMirrorError, Singular, TypeError):  # what cannot be traced has no kinks to offer
                continue
    return log
