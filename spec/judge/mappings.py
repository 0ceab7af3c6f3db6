"""Functions as examples: recipes that can be stored, shown and shrunk, and that run over any scalar.

Between finite-dimensional spaces a function is, in each coordinate of its value, affine in some coordinates
of its arguments plus a smooth function of the table at a linear combination of others: smooth everywhere, and
linear or constant in some examples. From a finite type it is a table, from ℕ and ℤ a table that repeats.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING, Any

from leanmirror.spec.core.context import lt
from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.errors import BadInput, Unsupported
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.finite import values_of
from leanmirror.spec.judge.functions import BY_NAME, SMOOTH, slope_of
from leanmirror.spec.judge.types import Space, Type, Value

if TYPE_CHECKING:
    from leanmirror.spec.judge.generate import Source

Entry = Callable[[Any], Scalar]
Terms = tuple[tuple[int, Any], ...]
"""A linear combination: coordinates with their factors."""

MOST_TERMS = 3
MOST_PERIOD = 5


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


def domains(of_type: t.FunT) -> tuple[tuple[Space, ...], Type]:
    """The spaces that a function takes one after the other, and what it gives then."""
    found: list[Space] = []
    inner: Type = of_type
    while isinstance(inner, t.FunT) and isinstance(inner.dom, Space) and t.is_space(inner.dom):
        found.append(inner.dom)
        inner = inner.cod
    return tuple(found), inner


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
        places = [p for name, of in zip(names, self.domains, strict=True) for p in _places(of, name)]
        return f"fun {' '.join(names)} => {_assembled(self.cod, iter(_text(r, places) for r in self.rows))}"

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
    from leanmirror.spec.judge.codec import number

    parts = [f"({number(a)}) * {places[j]}" for j, a in row.linear if a != 0]
    if row.function:
        inner = " + ".join(f"({number(a)}) * {places[j]}" for j, a in row.inner if a != 0) or "0"
        parts.append(f"({BY_NAME[row.function].lean}) ({inner})")
    if row.bias != 0 or not parts:
        parts.append(f"({number(row.bias)})")
    return " + ".join(parts)


def _places(of_type: Type, name: str) -> list[str]:
    """How Lean writes each coordinate of a variable."""
    match of_type:
        case t.RealT():
            return [name]
        case t.MatT(m, n):
            return [f"{name} {i} {j}" for i in range(m) for j in range(n)]
        case t.ProdT(first, second):
            return [*_places(first, f"{name}.1"), *_places(second, f"{name}.2")]
        case t.PiT(n, inner):
            return [place for i in range(n) for place in _places(inner, f"({name} {i})")]
        case t.VecT(n):
            return [f"{name} {i}" for i in range(n)]
    dimension = of_type.dimension if isinstance(of_type, Space) else 0
    return [f"{name}[{i}]" for i in range(dimension)]


def _assembled(of_type: Type, rows: Iterator[str]) -> str:
    """A value of the type with these texts as its coordinates."""
    match of_type:
        case t.RealT():
            return next(rows)
        case t.ProdT(first, second):
            return f"({_assembled(first, rows)}, {_assembled(second, rows)})"
        case t.PiT(n, inner):
            return f"![{', '.join(_assembled(inner, rows) for _ in range(n))}]"
    return f"!₂[{', '.join(rows)}]"


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

    def _applied(self, matrix: t.Mat, d: list[Scalar]) -> Value:
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


@dataclass(frozen=True)
class Table:
    """A function that is given by its values: all of them, or those that repeat for ever."""

    dom: Type
    cod: Type
    values: tuple[Value, ...]

    def reals(self) -> Iterator[Scalar]:
        """The numbers in the values."""
        return chain.from_iterable(self.cod.reals(v) for v in self.values)

    def with_reals(self, entries: Iterator[Scalar]) -> Table:
        """The same table with other numbers."""
        return replace(self, values=tuple(self.cod.with_reals(v, entries) for v in self.values))

    def build(self, entry: Entry) -> Table:
        """The table with its numbers converted."""
        return replace(self, values=tuple(self.cod.built(v, entry) for v in self.values))

    @cached_property
    def keys(self) -> list[Value] | None:
        """What it takes, where that can be listed."""
        found = values_of(self.dom)
        return None if found is None else list(found)

    def __call__(self, x: Value) -> Value:
        if self.keys is None:
            return self.values[x % len(self.values)]
        return self.values[self.keys.index(x)]

    @property
    def lean(self) -> str:
        """The function in Lean."""
        from leanmirror.spec.judge.codec import show

        texts = [show(self.cod, v) for v in self.values]
        if isinstance(self.dom, t.BoolT):
            return f"fun b => if b then {texts[1]} else {texts[0]}"
        if self.keys is None:
            cases = " ".join(f"if n % {len(texts)} = {i} then {x} else" for i, x in enumerate(texts[:-1]))
            return f"fun n => {cases} {texts[-1]}".replace("  ", " ")
        keys = [_key(self.dom, key) for key in self.keys]
        return f"fun {' '.join(f'| {k} => {x}' for k, x in zip(keys, texts, strict=True))}"

    def to_json(self) -> Any:
        """The values as JSON."""
        from leanmirror.spec.judge.codec import encode

        return {"values": [encode(self.cod, v) for v in self.values]}


def _key(of_type: Type, key: Value) -> str:
    if isinstance(of_type, t.ProdT):
        return f"({_key(of_type.first, key[0])}, {_key(of_type.second, key[1])})"
    return str(key).lower()


@dataclass(frozen=True)
class Above:
    """`x ↦ bound < x` as a Bool, or its negation."""

    bound: Any
    negated: bool

    def reals(self) -> Iterator[Scalar]:
        """The bound."""
        return iter((self.bound,))

    def with_reals(self, entries: Iterator[Scalar]) -> Above:
        """The same with another bound."""
        return replace(self, bound=next(entries))

    def build(self, entry: Entry) -> Above:
        """The same with its bound converted."""
        return replace(self, bound=entry(self.bound))

    def __call__(self, x: Value) -> bool:
        return lt(self.bound, x) != self.negated

    @property
    def lean(self) -> str:
        """The function in Lean."""
        from leanmirror.spec.judge.codec import number

        relation = f"{number(self.bound)} < x"
        return f"fun x => decide ({f'¬ {relation}' if self.negated else relation})"

    def to_json(self) -> Any:
        """The bound as JSON."""
        return {"above": str(self.bound), "negated": self.negated}


def draw_function(of_type: t.FunT, source: Source) -> Value:
    """A function of the type. Raises Unsupported for types that have no generator."""
    from leanmirror.spec.judge.generate import draw

    if of_type == t.FunT(t.RealT(), t.RealT()):
        return source.rng.choice(SMOOTH)[0]
    spaces, cod = domains(of_type)
    if spaces and isinstance(cod, Space) and t.is_space(cod):
        return draw_smooth(spaces, cod, source)
    values = values_of(of_type.dom)
    if values is not None:
        return Table(of_type.dom, of_type.cod, tuple(draw(of_type.cod, source) for _ in values))
    if isinstance(of_type.dom, t.NatT | t.IntT):
        count = source.rng.randint(1, MOST_PERIOD)
        return Table(of_type.dom, of_type.cod, tuple(draw(of_type.cod, source) for _ in range(count)))
    if of_type == t.FunT(t.RealT(), t.BoolT()):
        return Above(source.pool_of_variable()(source.rng), source.rng.random() < 0.5)
    raise Unsupported(f"examples of type {of_type}")


def draw_smooth(spaces: tuple[Space, ...], cod: Space, source: Source) -> Smooth:
    """A smooth function of these spaces."""
    size = sum(space.dimension for space in spaces)
    linear = source.rng.random() < 0.2
    return Smooth(spaces, cod, tuple(_row(size, source, linear) for _ in range(cod.dimension)))


def _row(size: int, source: Source, linear: bool) -> Row:
    pool = source.pool_of_variable()
    count = min(size, MOST_TERMS)
    one, two = (_terms(size, count, source) for _ in range(2))
    if linear:
        return Row(pool(source.rng), one)
    return Row(pool(source.rng), one, source.rng.choice(SMOOTH)[0].name, two)


def _terms(size: int, count: int, source: Source) -> Terms:
    from leanmirror.spec.judge.generate import FACTORS

    chosen = source.rng.sample(range(size), count)
    return tuple((j, source.rng.choice(FACTORS)) for j in sorted(chosen))


def read_function(of_type: t.FunT, data: Any) -> Value:
    """The function that `to_json` wrote; BadInput where it does not fit the type."""
    from leanmirror.spec.judge.codec import fraction

    spaces, cod = domains(of_type)
    if "above" in data:
        return Above(fraction(data["above"]), data.get("negated") is True)
    if "values" in data:
        return _read_table(of_type, data["values"])
    if "transposed" in data and spaces and isinstance(cod, Space):
        return _read_transposed(spaces, cod, data)
    if not spaces or not isinstance(cod, Space):
        raise BadInput(f"the function in the witness is no {of_type}")
    return read_smooth(spaces, cod, data)


def _read_transposed(spaces: tuple[Space, ...], cod: Space, data: Any) -> Transposed:
    turned = data["transposed"] is True
    m, n = (spaces[-1], cod) if turned else (cod, spaces[-1])
    matrix = read_smooth(spaces[:-1], t.MatT(m.dimension, n.dimension), data)
    return Transposed(matrix, spaces[-1], cod, turned)


def _read_table(of_type: t.FunT, data: Any) -> Table:
    from leanmirror.spec.judge.codec import decode

    values = values_of(of_type.dom)
    if not isinstance(data, list) or not (data if values is None else len(data) == len(list(values))):
        raise BadInput(f"a value is missing for a function {of_type}")
    return Table(of_type.dom, of_type.cod, tuple(decode(of_type.cod, each) for each in data))


def read_smooth(spaces: tuple[Space, ...], cod: Space, data: Any) -> Smooth:
    """A smooth function of these spaces from its rows; BadInput where they do not fit."""
    rows = data.get("rows")
    if not isinstance(rows, list) or len(rows) != cod.dimension:
        raise BadInput(f"a function into {cod} has {cod.dimension} rows")
    return Smooth(spaces, cod, tuple(_read_row(row, sum(s.dimension for s in spaces)) for row in rows))


def _read_row(data: Any, size: int) -> Row:
    from leanmirror.spec.judge.codec import fraction

    if not isinstance(data, dict) or data.get("function") not in {"", *BY_NAME}:
        raise BadInput("a row is an object with bias, linear, function and inner")
    linear, inner = (_read_terms(data.get(key), size) for key in ("linear", "inner"))
    return Row(fraction(data.get("bias")), linear, data["function"], inner)


def _read_terms(data: Any, size: int) -> Terms:
    from leanmirror.spec.judge.codec import fraction

    if not isinstance(data, list) or not all(isinstance(p, list) and len(p) == 2 for p in data):
        raise BadInput("a linear combination is a list of pairs")
    if not all(type(j) is int and 0 <= j < size for j, _ in data):
        raise BadInput(f"a coordinate is a number below {size}")
    return tuple((j, fraction(a)) for j, a in data)
