"""Smooth functions as examples: recipes that can be stored, shown and shrunk, and that run over any scalar.

In each coordinate of its value a function is affine in some coordinates of its arguments plus a function of
the table at a linear combination of others: smooth everywhere, and linear or constant in some examples.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.errors import BadInput
from leanmirror.spec.judge.numerals import fraction, number
from leanmirror.spec.judge.types.base import Space, Value
from leanmirror.spec.judge.types.matrices import Mat
from leanmirror.spec.judge.types.real_functions import BY_NAME, FACTORS, KINKED, SMOOTH, Trait, slope_of

if TYPE_CHECKING:
    from leanmirror.spec.judge.source import Source

Entry = Callable[[Any], Scalar]
Terms = tuple[tuple[int, Any], ...]
"""A linear combination: coordinates with their factors."""

MOST_TERMS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One coordinate of a value: `bias + Σ linear + function (Σ inner)`; without a name no function."""

    bias: Any
    linear: Terms = ()
    function: str = ""
    inner: Terms = ()

    def reals(self) -> Iterator[Scalar]:
        """The numbers."""
        yield self.bias
        yield from (a for _, a in self.linear)
        yield from (a for _, a in self.inner)

    def with_reals(self, entries: Iterator[Scalar]) -> Row:
        """The same row with other numbers."""
        bias = next(entries)
        linear = tuple((j, next(entries)) for j, _ in self.linear)
        return Row(bias, linear, self.function, tuple((j, next(entries)) for j, _ in self.inner))

    def at(self, x: Sequence[Scalar]) -> Scalar:
        """The value at the coordinates of the arguments."""
        found = self.bias + _combined(self.linear, x)
        return found + BY_NAME[self.function].value(_combined(self.inner, x)) if self.function else found

    def slopes(self, x: Sequence[Scalar]) -> dict[int, Scalar]:
        """The partial derivatives there, by coordinate; the others are 0."""
        found: dict[int, Scalar] = dict(self.linear)
        if self.function:
            slope = slope_of(self.function)(_combined(self.inner, x))
            for j, b in self.inner:
                found[j] = found.get(j, 0) + slope * b
        return found


def _combined(terms: Terms, x: Sequence[Scalar]) -> Scalar:
    return sum((a * x[j] for j, a in terms), start=0)


@dataclass(frozen=True)
class Smooth:
    """A smooth function of the given spaces, one argument after the other."""

    domains: tuple[Space, ...]
    cod: Space
    rows: tuple[Row, ...]

    def reals(self) -> Iterator[Scalar]:
        """The numbers, row by row."""
        return chain.from_iterable(row.reals() for row in self.rows)

    def with_reals(self, entries: Iterator[Scalar]) -> Smooth:
        """The same function with other numbers."""
        return replace(self, rows=tuple(row.with_reals(entries) for row in self.rows))

    def build(self, entry: Entry) -> Smooth:
        """The function with its numbers converted."""
        return self.with_reals(map(entry, self.reals()))

    def __call__(self, x: Value) -> Value:
        return self._after(tuple(self.domains[0].reals(x)), self.domains[1:])

    def _after(self, x: tuple[Scalar, ...], rest: tuple[Space, ...]) -> Value:
        if not rest:
            return self.cod.of(row.at(x) for row in self.rows)
        return lambda y: self._after((*x, *rest[0].reals(y)), rest[1:])

    def has(self, trait: Trait) -> bool:
        """It is certainly continuous, or differentiable: its rows are made of functions that are."""
        return all(not row.function or trait in BY_NAME[row.function].traits for row in self.rows)

    def smoothed(self) -> Smooth:
        """The function with the square in place of functions that are not smooth."""
        smooth = {"", *(f.name for f, _ in SMOOTH)}
        rows = (row if row.function in smooth else replace(row, function="square") for row in self.rows)
        return replace(self, rows=tuple(rows))

    def jvp(self, x: Sequence[Scalar], dx: Sequence[Scalar]) -> list[Scalar]:
        """The derivative at coordinates x of all arguments, applied to dx."""
        return [sum((a * dx[j] for j, a in row.slopes(x).items()), start=0) for row in self.rows]

    def vjp(self, x: Sequence[Scalar], δ: Sequence[Scalar]) -> list[Scalar]:
        """The transpose of the derivative at coordinates x, applied to δ."""
        found: list[Scalar] = [0] * sum(space.dimension for space in self.domains)
        for row, d in zip(self.rows, δ, strict=True):
            for j, a in row.slopes(x).items():
                found[j] = found[j] + a * d
        return found

    @cached_property
    def lean(self) -> str:
        """The function in Lean."""
        names = [f"x{i}" if i else "x" for i in range(len(self.domains))]
        places = [p for name, of in zip(names, self.domains, strict=True) for p in of.places(name)]
        return f"fun {' '.join(names)} => {self.cod.assembled(_text(r, places) for r in self.rows)}"

    def to_json(self) -> Any:
        """The rows as JSON."""
        return {
            "rows": [
                {
                    "bias": str(r.bias),
                    "linear": _written(r.linear),
                    "function": r.function,
                    "inner": _written(r.inner),
                }
                for r in self.rows
            ]
        }


def _written(terms: Terms) -> list[list[Any]]:
    return [[j, str(a)] for j, a in terms]


def _text(row: Row, places: Sequence[str]) -> str:
    parts = [f"({number(a)}) * {places[j]}" for j, a in row.linear if a != 0]
    if row.function:
        inner = " + ".join(f"({number(a)}) * {places[j]}" for j, a in row.inner if a != 0) or "0"
        parts.append(f"({BY_NAME[row.function].lean}) ({inner})")
    if row.bias != 0 or not parts:
        parts.append(f"({number(row.bias)})")
    return " + ".join(parts)


@dataclass(frozen=True)
class Transposed:
    """`d ↦ M d` after other arguments, for a smooth M into matrices; `transposed`: `δ ↦ Mᵀ δ`."""

    matrix: Smooth
    last: Space
    value: Space
    transposed: bool = False

    def reals(self) -> Iterator[Scalar]:
        """The numbers of the matrix."""
        return self.matrix.reals()

    def with_reals(self, entries: Iterator[Scalar]) -> Transposed:
        """The same with other numbers."""
        return replace(self, matrix=self.matrix.with_reals(entries))

    def build(self, entry: Entry) -> Transposed:
        """The same with its numbers converted."""
        return replace(self, matrix=self.matrix.build(entry))

    def __call__(self, x: Value) -> Value:
        if not self.matrix.domains:
            return self._applied(
                self.matrix.cod.of(row.at(()) for row in self.matrix.rows), list(self.last.reals(x))
            )
        return self._after(self.matrix(x), len(self.matrix.domains) - 1)

    def _after(self, found: Value, count: int) -> Value:
        if count:
            return lambda y: self._after(found(y), count - 1)
        return lambda d: self._applied(found, list(self.last.reals(d)))

    def _applied(self, matrix: Mat, d: list[Scalar]) -> Value:
        rows = [list(column) for column in zip(*matrix.rows, strict=True)] if self.transposed else matrix.rows
        if self.transposed and not rows:
            rows = [[] for _ in range(matrix.n)]
        return self.value.of(sum((a * b for a, b in zip(row, d, strict=True)), start=0) for row in rows)

    @property
    def lean(self) -> str:
        """The function in Lean."""
        sign = "ᵀ" if self.transposed else ""
        return f"fun x d => ((({self.matrix.lean}) x){sign}).mulVec d"

    def to_json(self) -> Any:
        """The matrix as JSON, and which way it is applied."""
        return {**self.matrix.to_json(), "transposed": self.transposed}


def draw_smooth(spaces: tuple[Space, ...], cod: Space, source: Source, *, kinked: bool = False) -> Smooth:
    """A smooth function of these spaces, or a `kinked` one: with functions that have kinks in its rows."""
    size = sum(space.dimension for space in spaces)
    linear = source.rng.chance(0.2)
    return Smooth(spaces, cod, tuple(_row(size, source, linear, kinked=kinked) for _ in range(cod.dimension)))


def _row(size: int, source: Source, linear: bool, *, kinked: bool) -> Row:
    pool = source.pool_of_variable()
    count = min(size, MOST_TERMS)
    one, two = (_terms(size, count, source) for _ in range(2))
    if linear:
        return Row(pool(source.rng), one)
    function = source.rng.choice(KINKED) if kinked else source.rng.choice(SMOOTH)[0]
    return Row(pool(source.rng), one, function.name, two)


def _terms(size: int, count: int, source: Source) -> Terms:
    chosen = source.rng.sample(range(size), count)
    return tuple((j, source.rng.choice(FACTORS)) for j in sorted(chosen))


def read_smooth(spaces: tuple[Space, ...], cod: Space, data: Any) -> Smooth:
    """A smooth function of these spaces from its rows; BadInput where they do not fit."""
    rows = data.get("rows")
    if not isinstance(rows, list) or len(rows) != cod.dimension:
        raise BadInput(f"a function into {cod} has {cod.dimension} rows")
    return Smooth(spaces, cod, tuple(_read_row(row, sum(s.dimension for s in spaces)) for row in rows))


def _read_row(data: Any, size: int) -> Row:
    if not isinstance(data, dict) or data.get("function") not in {"", *BY_NAME}:
        raise BadInput("a row is an object with bias, linear, function and inner")
    linear, inner = (_read_terms(data.get(key), size) for key in ("linear", "inner"))
    return Row(fraction(data.get("bias")), linear, data["function"], inner)


def _read_terms(data: Any, size: int) -> Terms:
    if not isinstance(data, list) or not all(isinstance(p, list) and len(p) == 2 for p in data):
        raise BadInput("a linear combination is a list of pairs")
    if not all(type(j) is int and 0 <= j < size for j, _ in data):
        raise BadInput(f"a coordinate is a number below {size}")
    return tuple((j, fraction(a)) for j, a in data)
