"""Continuous linear maps: a domain, a codomain and the map itself, never a stored matrix.

The adjoint is computed from the map, so a statement about an adjoint never tests a formula
against itself.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.scalars.form import NotLinear, coefficients, coordinates
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.judge.numerals import number
from leanmirror.spec.judge.types.base import Space, Value, inner_space, taken
from leanmirror.spec.judge.types.matrices import matrix_text
from leanmirror.spec.judge.types.products import PiT
from leanmirror.spec.judge.types.reals import RealT, VecT

Row = dict[int, Scalar]


@dataclass(frozen=True, slots=True)
class CLM:
    """`dom →L[ℝ] cod`. Calling it checks the argument's size and applies it.

    Lean: ContinuousLinearMap
    """

    dom: Space
    cod: Space
    toFun: Callable[[Value], Value]

    def __call__(self, x: Value) -> Value:
        self.dom.check(x)
        return self.toFun(x)

    @property
    def type(self) -> CLMT:
        """The type of this map."""
        return CLMT(self.dom, self.cod)

    def comp(self, g: CLM) -> CLM:
        """`self ∘ g`; ShapeError unless g's codomain is this domain."""
        _same(g.cod, self.dom, "composition")
        return CLM(g.dom, self.cod, lambda x: self.toFun(g.toFun(x)))

    def __add__(self, g: CLM) -> CLM:
        _same(g.dom, self.dom, "sum")
        _same(g.cod, self.cod, "sum")
        return CLM(self.dom, self.cod, lambda x: self.cod.add(self.toFun(x), g.toFun(x)))

    def smul(self, c: Scalar) -> CLM:
        """`c • self`."""
        return CLM(self.dom, self.cod, lambda x: self.cod.smul(c, self.toFun(x)))

    @property
    def adjoint(self) -> CLM:
        """The adjoint: entry j of its value at δ is ⟪A eⱼ, δ⟫, for coordinate vectors eⱼ.

        Raises ShapeError where Lean has no inner product on the domain or codomain.
        """
        dom, cod = inner_space(self.dom), inner_space(self.cod)
        return CLM(cod, dom, lambda δ: dom.of(self._transposed(list(cod.reals(δ)))))

    def _transposed(self, δ: list[Scalar]) -> list[Scalar]:
        out: list[Scalar] = [0] * self.dom.dimension
        for row, c in zip(self.matrix(), δ, strict=True):
            for j, v in row.items():
                out[j] = out[j] + v * c
        return out

    def matrix(self) -> list[Row]:
        """The map's matrix, a sparse row for each coordinate of the codomain.

        It is read off the map run on unknown coordinates, which also shows that the map is linear;
        a map that forms cannot follow is run on the coordinate vectors.
        """
        rows = self.form_matrix()
        if rows is not None:
            return rows
        columns = [list(self.cod.reals(self.toFun(e))) for e in self.dom.basis()]
        return [{j: c[i] for j, c in enumerate(columns)} for i in range(self.cod.dimension)]

    def form_matrix(self) -> list[Row] | None:
        """The matrix where unknown coordinates can follow the map, which is then certainly linear."""
        try:
            value = self.toFun(self.dom.of(coordinates(self.dom.dimension)))
            return [coefficients(x) for x in self.cod.reals(value)]
        except NotLinear:
            return None


def transposed(rows: list[Row], columns: int) -> list[Row]:
    """The transpose of a matrix in sparse rows."""
    out: list[Row] = [{} for _ in range(columns)]
    for i, row in enumerate(rows):
        for j, v in row.items():
            out[j][i] = v
    return out


def _same(one: Space, two: Space, what: str) -> None:
    if one != two and not _empty_products(one, two):
        raise ShapeError(f"{what} of linear maps: {one} met {two}")


def _empty_products(one: Space, two: Space) -> bool:
    """Both are products of no spaces, whichever spaces they were to be."""
    return isinstance(one, PiT) and isinstance(two, PiT) and one.n == two.n == 0


def identity(space: Space) -> CLM:
    """`ContinuousLinearMap.id`."""
    return CLM(space, space, lambda x: x)


def zero(dom: Space, cod: Space) -> CLM:
    """The zero map."""
    return CLM(dom, cod, lambda _: cod.zero())


def pi(dom: Space, maps: Sequence[CLM], of_type: Space) -> CLM:
    """`ContinuousLinearMap.pi`: x ↦ the list of the maps' values, each of type `of_type`."""
    for f in maps:
        _same(f.dom, dom, "pi")
        _same(f.cod, of_type, "pi")
    return CLM(dom, PiT(len(maps), of_type), lambda x: [f.toFun(x) for f in maps])


def proj(n: int, of_type: Space, i: int) -> CLM:
    """`ContinuousLinearMap.proj i` on `Fin n → of_type`."""
    return CLM(PiT(n, of_type), of_type, lambda x: x[i])


def of_columns(dom: Space, cod: Space, entries: Sequence[Scalar]) -> CLM:
    """The map that takes the coordinate vectors to these columns, one after the other."""
    rows = cod.dimension

    def apply(x: Value) -> Value:
        coordinates = list(dom.reals(x))
        return cod.of(sum(entries[j * rows + k] * c for j, c in enumerate(coordinates)) for k in range(rows))

    return CLM(dom, cod, apply)


@dataclass(frozen=True, slots=True)
class CLMT(Space):
    """`dom →L[ℝ] cod`: a value is a `CLM`, never a stored matrix."""

    dom: Space
    cod: Space

    @property
    def dimension(self) -> int:
        return self.dom.dimension * self.cod.dimension

    def reals(self, value: Value) -> Iterator[Scalar]:
        return chain.from_iterable(self.cod.reals(value(e)) for e in self.dom.basis())

    def build(self, entries: Iterator[Scalar]) -> Value:
        """The map whose columns are the next entries."""
        return of_columns(self.dom, self.cod, taken(entries, self.dimension))

    def add(self, u: Value, v: Value) -> Value:
        return u + v

    def smul(self, c: Scalar, v: Value) -> Value:
        return v.smul(c)

    def show(self, value: Value) -> str:
        entries = list(map(number, self.reals(value)))
        if isinstance(self.dom, VecT) and isinstance(self.cod, VecT):
            m = self.cod.n
            return f"matCLM {matrix_text([', '.join(entries[i::m]) for i in range(m)], self.dom.n)}"
        if isinstance(self.dom, VecT) and isinstance(self.cod, RealT):
            return f"innerSL ℝ !₂[{', '.join(entries)}]"
        return f"!₂[{', '.join(entries)}]"

    def __str__(self) -> str:
        return f"{self.dom} →L[ℝ] {self.cod}"
