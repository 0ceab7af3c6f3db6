"""`A → B`, whose examples are recipes: smooth between spaces, tables from finite types, from ℕ and ℤ."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from typing import TYPE_CHECKING

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.errors import BadInput, Unsupported
from leanmirror.spec.judge.numerals import Json, fraction, items
from leanmirror.spec.judge.pools import zero
from leanmirror.spec.judge.types.base import Space, Type, Value
from leanmirror.spec.judge.types.finite import BoolT
from leanmirror.spec.judge.types.integers import IntT
from leanmirror.spec.judge.types.matrices import MatT
from leanmirror.spec.judge.types.naturals import NatT
from leanmirror.spec.judge.types.real_functions import (
    BY_NAME,
    INVERSES,
    KINKED,
    RESTS,
    SMOOTH,
    Adjusted,
    Patched,
    RealFunction,
)
from leanmirror.spec.judge.types.reals import RealT
from leanmirror.spec.judge.types.smooth import Transposed, draw_smooth, read_smooth
from leanmirror.spec.judge.types.tables import Above, Table

if TYPE_CHECKING:
    from leanmirror.spec.judge.source import Source

KINKY = 0.45
"""How often a function has a kink, where no hypothesis forbids it."""

MOST_PERIOD = 5
"""A table of a function of ℕ or ℤ repeats after so many values at most."""


@dataclass(frozen=True, slots=True)
class FunT(Type):
    """`A → B`, as a Python callable over any scalar; an example has a recipe for it."""

    dom: Type
    cod: Type

    @property
    def is_empty(self) -> bool:
        return self.cod.is_empty and not self.dom.is_empty

    def reals(self, value: Value) -> Iterator[Scalar]:
        return iter(value.reals()) if hasattr(value, "reals") else iter(())

    def with_reals(self, value: Value, entries: Iterator[Scalar]) -> Value:
        return value.with_reals(entries) if hasattr(value, "reals") else value

    def built(self, value: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        return value.build(entry) if hasattr(value, "build") else value

    def draw(self, source: Source) -> Value:
        if self == REAL_FUNCTION:
            return _real_function(source)
        spaces, cod = self.domains()
        if spaces and isinstance(cod, Space) and cod.is_space:
            return draw_smooth(spaces, cod, source, kinked=source.rng.chance(KINKY))
        values = self.dom.values()
        if values is not None:
            return Table(self.dom, self.cod, tuple(self.cod.draw(source) for _ in values))
        if isinstance(self.dom, NatT | IntT):
            count = source.rng.integer(1, MOST_PERIOD)
            return Table(self.dom, self.cod, tuple(self.cod.draw(source) for _ in range(count)))
        if self == FunT(RealT(), BoolT()):
            return Above(source.pool_of_variable()(source.rng), source.rng.chance(0.5))
        raise Unsupported(f"examples of type {self}")

    def domains(self) -> tuple[tuple[Space, ...], Type]:
        """The spaces that a function takes one after the other, and what it gives then."""
        found: list[Space] = []
        inner: Type = self
        while isinstance(inner, FunT) and isinstance(inner.dom, Space) and inner.dom.is_space:
            found.append(inner.dom)
            inner = inner.cod
        return tuple(found), inner

    def encode(self, value: Value) -> Json:
        return value.to_json()

    def decode(self, data: Json) -> Value:
        if not isinstance(data, dict):
            raise BadInput(f"a function is an object, not {str(data)[:40]!r}")
        if "function" in data:
            return _of_the_table(data)
        if "above" in data:
            return Above(fraction(data["above"]), data.get("negated") is True)
        if "values" in data:
            return self._table(data["values"])
        spaces, cod = self.domains()
        if not spaces or not isinstance(cod, Space):
            raise BadInput(f"the function in the witness is no {self}")
        if "transposed" in data:
            return _transposed(spaces, cod, data)
        return read_smooth(spaces, cod, data)

    def _table(self, data: Json) -> Table:
        values = self.dom.values()
        if not isinstance(data, list) or not (data if values is None else len(data) == len(list(values))):
            raise BadInput(f"a value is missing for a function {self}")
        return Table(self.dom, self.cod, tuple(self.cod.decode(each) for each in data))

    def show(self, value: Value) -> str:
        return str(value.lean)

    def __str__(self) -> str:
        return f"({self.dom} → {self.cod})"


def _real_function(source: Source) -> RealFunction | Adjusted:
    """A smooth function, one with a kink, or one that goes with one that was drawn before.

    That is what is left of x without it, or its inverse.
    """
    before = source.kinked_function
    if before is not None and source.rng.chance(0.75):
        back = INVERSES.get(before)
        return BY_NAME[back] if back is not None and source.rng.chance(0.5) else RESTS[before]
    if not source.rng.chance(0.9 if source.pool is zero else KINKY):
        return adjusted(source.rng.choice(SMOOTH)[0], source)
    found = source.rng.weighted(KINKED, [1 + (f.name in INVERSES) for f in KINKED])
    source.kinked_function = found.name
    return found


def adjusted(f: RealFunction, source: Source) -> RealFunction | Adjusted:
    """The function, or a positive multiple of it with a constant added."""
    if source.rng.chance(0.5):
        return f
    factor = source.rng.choice((Fraction(1), Fraction(2), Fraction(1, 2), Fraction(3)))
    return Adjusted(f, factor, Fraction(source.rng.choice((0, 0, 1, -1, 2))))


REAL_FUNCTION = FunT(RealT(), RealT())


def _of_the_table(data: Json) -> Value:
    name = data["function"]
    if not isinstance(name, str) or name not in BY_NAME:
        raise BadInput(f"a function of the table is needed ({', '.join(sorted(BY_NAME))})")
    if "points" in data:
        return Patched(BY_NAME[name], tuple(fraction(p) for p in items(data["points"])))
    if "factor" in data:
        return Adjusted(BY_NAME[name], fraction(data["factor"]), fraction(data.get("shift")))
    return BY_NAME[name]


def _transposed(spaces: tuple[Space, ...], cod: Space, data: Json) -> Transposed:
    turned = data["transposed"] is True
    m, n = (spaces[-1], cod) if turned else (cod, spaces[-1])
    matrix = read_smooth(spaces[:-1], MatT(m.dimension, n.dimension), data)
    return Transposed(matrix, spaces[-1], cod, turned)
