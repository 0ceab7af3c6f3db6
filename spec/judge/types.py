"""The one language of types: of specs, statements, generators, witnesses.

A type knows its values' real entries in order (`reals`), how to put other entries in their place
(`with_reals`), and, where it is a finite-dimensional space, its dimension and how to build a value
from coordinates. Equality, inner product, basis, shrinking and JSON follow from these.

Values: `Vec n` is a list of n scalars, `Pi n T` (a function out of `Fin n`) a list of T values,
`Mat m n` a `Mat`, `Prod` a tuple, `Fin n` and numbers are ints, a context Γ is a tuple of shapes.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import Any

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.shape import Shape, require_size
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.errors import BadInput, ShapeError
from leanmirror.spec.layers.linear import LinearSpec

Value = Any


class Type:
    """Base of all types. A type without real entries (a size, an index) is plain data."""

    def reals(self, value: Value) -> Iterator[Scalar]:
        """The real entries of a value, in order."""
        return iter(())

    def with_reals(self, value: Value, entries: Iterator[Scalar]) -> Value:
        """The same value with the next entries in place of its own."""
        return value

    def built(self, value: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        """The value that an example's value stands for, numbers converted by `entry`."""
        return self.with_reals(value, map(entry, self.reals(value)))

    def check(self, value: Value) -> None:
        """Raise ShapeError, naming both sizes, unless the value has this type's sizes."""


class Space(Type):
    """A finite-dimensional real space."""

    @property
    def dimension(self) -> int:
        """The number of real coordinates."""
        raise NotImplementedError

    def build(self, entries: Iterator[Scalar]) -> Value:
        """The value with the next `dimension` entries as coordinates; ShapeError where there is none."""
        raise ShapeError(f"a value of {self} cannot be built from coordinates")

    def of(self, entries: Iterable[Scalar]) -> Value:
        """The value with exactly these coordinates; ShapeError if their number is not the dimension."""
        coordinates = list(entries)
        if len(coordinates) != self.dimension:
            require_size(str(self), len(coordinates), self.dimension)
        return self.build(iter(coordinates))

    def with_reals(self, value: Value, entries: Iterator[Scalar]) -> Value:
        return self.build(entries)

    def zero(self) -> Value:
        """The origin, with integer coordinates."""
        return self.of([0] * self.dimension)

    def basis(self) -> Iterator[Value]:
        """The coordinate vectors, in order."""
        n = self.dimension
        for i in range(n):
            yield self.of([1 if i == j else 0 for j in range(n)])

    def add(self, u: Value, v: Value) -> Value:
        """The sum."""
        return self.of(a + b for a, b in zip(self.reals(u), self.reals(v), strict=True))

    def smul(self, c: Scalar, v: Value) -> Value:
        """The multiple `c • v`."""
        return self.of(c * a for a in self.reals(v))


class InnerSpace(Space):
    """A space with the ℓ² inner product of its coordinates (ℝ, Vec, Mat in TorchLean)."""

    def inner(self, u: Value, v: Value) -> Scalar:
        """⟪u, v⟫ = Σ uᵢ vᵢ."""
        return sum(a * b for a, b in zip(self.reals(u), self.reals(v), strict=True))


@dataclass(frozen=True, slots=True)
class RealT(InnerSpace):
    """ℝ."""

    @property
    def dimension(self) -> int:
        return 1

    def check(self, value: Value) -> None:
        if isinstance(value, list | tuple):
            raise ShapeError(f"{len(value)} entries where a real number is needed")

    def reals(self, value: Value) -> Iterator[Scalar]:
        return iter((value,))

    def build(self, entries: Iterator[Scalar]) -> Value:
        return next(entries)

    def __str__(self) -> str:
        return "ℝ"


@dataclass(frozen=True, slots=True)
class NatT(Type):
    """ℕ; sizes are drawn small."""

    def __str__(self) -> str:
        return "ℕ"


@dataclass(frozen=True, slots=True)
class BoundedNatT(NatT):
    """ℕ from `low` on, and up to `high` where one is given: what a hypothesis leaves of ℕ."""

    low: int = 0
    high: int | None = None

    def __str__(self) -> str:
        return "ℕ"


@dataclass(frozen=True, slots=True)
class SizedT(BoundedNatT):
    """A type variable, by the size that it is run at: `former` is `Fin` or `EuclideanSpace ℝ (Fin ·)`."""

    former: str = "Fin ·"

    def __str__(self) -> str:
        return "Type"


@dataclass(frozen=True, slots=True)
class GivenT(Type):
    """A type with one value left: what a hypothesis `n = …` leaves."""

    of_type: Type
    value: Value

    def built(self, value: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        return self.of_type.built(value, entry)

    def __str__(self) -> str:
        return str(self.of_type)


@dataclass(frozen=True, slots=True)
class UnitT(Type):
    """`Unit`, whose one value is the empty tuple."""

    def __str__(self) -> str:
        return "Unit"


@dataclass(frozen=True, slots=True)
class IntT(Type):
    """ℤ."""

    def __str__(self) -> str:
        return "ℤ"


@dataclass(frozen=True, slots=True)
class BoolT(Type):
    """Bool."""

    def __str__(self) -> str:
        return "Bool"


@dataclass(frozen=True, slots=True)
class FinT(Type):
    """`Fin n`: 0, …, n-1; empty for n = 0."""

    n: int

    def check(self, value: Value) -> None:
        if not 0 <= value < self.n:
            raise ShapeError(f"index {value} is not below {self.n}")

    def __str__(self) -> str:
        return f"Fin {self.n}"


@dataclass(frozen=True, slots=True)
class VecT(InnerSpace):
    """`Vec n` = EuclideanSpace ℝ (Fin n); also `CtxVec Γ`, with n = ctxSize Γ."""

    n: int

    @property
    def dimension(self) -> int:
        return self.n

    def reals(self, value: Value) -> Iterator[Scalar]:
        return iter(value)

    def build(self, entries: Iterator[Scalar]) -> Value:
        return list(islice(entries, self.n))

    def of(self, entries: Iterable[Scalar]) -> Value:
        value = list(entries)
        self.check(value)
        return value

    def check(self, value: Value) -> None:
        if len(value) != self.n:
            require_size(str(self), len(value), self.n)

    def __str__(self) -> str:
        return f"Vec {self.n}"


@dataclass(frozen=True, slots=True)
class Mat:
    """A value of `Mat m n`: rows, with the sizes, which a 0×n list of rows would lose.

    Raises ShapeError unless there are m rows of n entries. Indexing gives a row.
    """

    m: int
    n: int
    rows: list[list[Scalar]]

    def __post_init__(self) -> None:
        require_size("a matrix, rows", len(self.rows), self.m)
        for row in self.rows:
            require_size("a matrix, a row", len(row), self.n)

    def __getitem__(self, i: int) -> list[Scalar]:
        return self.rows[i]


@dataclass(frozen=True, slots=True)
class MatT(InnerSpace):
    """`Mat m n`, with the Frobenius inner product; also Mathlib's `Matrix (Fin m) (Fin n) ℝ`.

    `of_vectors`: it is the first of these, whose values Lean writes as a vector of vectors.
    """

    m: int
    n: int
    of_vectors: bool = field(default=False, compare=False)

    @property
    def dimension(self) -> int:
        return self.m * self.n

    def reals(self, value: Value) -> Iterator[Scalar]:
        return chain.from_iterable(value.rows)

    def build(self, entries: Iterator[Scalar]) -> Value:
        return Mat(self.m, self.n, [list(islice(entries, self.n)) for _ in range(self.m)])

    def check(self, value: Value) -> None:
        require_size(f"{self}, rows", value.m, self.m)
        require_size(f"{self}, columns", value.n, self.n)

    def __str__(self) -> str:
        return f"Mat {self.m} {self.n}"


@dataclass(frozen=True, slots=True)
class PiT(Space):
    """`Fin n → T`: a list. A product space without an inner product (Lean gives it the sup norm)."""

    n: int
    of_type: Type

    @property
    def dimension(self) -> int:
        return self.n * _space(self.of_type).dimension

    def reals(self, value: Value) -> Iterator[Scalar]:
        return chain.from_iterable(self.of_type.reals(v) for v in value)

    def build(self, entries: Iterator[Scalar]) -> Value:
        of_type = _space(self.of_type)
        return [of_type.build(entries) for _ in range(self.n)]

    def with_reals(self, value: Value, entries: Iterator[Scalar]) -> Value:
        return [self.of_type.with_reals(v, entries) for v in value]

    def built(self, value: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        return [self.of_type.built(v, entry) for v in value]

    def check(self, value: Value) -> None:
        require_size(str(self), len(value), self.n)
        for v in value:
            self.of_type.check(v)

    def __str__(self) -> str:
        return f"Fin {self.n} → {self.of_type}"


@dataclass(frozen=True, slots=True)
class ProdT(Space):
    """`A × B`: a pair."""

    first: Type
    second: Type

    @property
    def dimension(self) -> int:
        return _space(self.first).dimension + _space(self.second).dimension

    def reals(self, value: Value) -> Iterator[Scalar]:
        return chain(self.first.reals(value[0]), self.second.reals(value[1]))

    def build(self, entries: Iterator[Scalar]) -> Value:
        return (_space(self.first).build(entries), _space(self.second).build(entries))

    def with_reals(self, value: Value, entries: Iterator[Scalar]) -> Value:
        return (self.first.with_reals(value[0], entries), self.second.with_reals(value[1], entries))

    def built(self, value: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        return (self.first.built(value[0], entry), self.second.built(value[1], entry))

    def check(self, value: Value) -> None:
        self.first.check(value[0])
        self.second.check(value[1])

    def __str__(self) -> str:
        return f"{self.first} × {self.second}"


@dataclass(frozen=True, slots=True)
class ListT(Type):
    """`List T`."""

    of_type: Type

    def reals(self, value: Value) -> Iterator[Scalar]:
        return chain.from_iterable(self.of_type.reals(v) for v in value)

    def with_reals(self, value: Value, entries: Iterator[Scalar]) -> Value:
        return [self.of_type.with_reals(v, entries) for v in value]

    def built(self, value: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        return [self.of_type.built(v, entry) for v in value]

    def __str__(self) -> str:
        return f"List {self.of_type}"


@dataclass(frozen=True, slots=True)
class FinsetT(ListT):
    """`Finset T` for a type whose values Python orders: a list in order, without repetitions."""

    def __str__(self) -> str:
        return f"Finset {self.of_type}"


@dataclass(frozen=True, slots=True)
class ShapeT(Type):
    """`Spec.Shape`."""

    def __str__(self) -> str:
        return "Shape"


@dataclass(frozen=True, slots=True)
class ShapeOfSizeT(ShapeT):
    """`Spec.Shape` with so many entries: what a hypothesis `s.size = n` leaves."""

    size: int = 0

    def __str__(self) -> str:
        return "Shape"


@dataclass(frozen=True, slots=True)
class ContextT(Type):
    """`List Shape`, as the shapes Γ of a context: a tuple."""

    def __str__(self) -> str:
        return "List Shape"


@dataclass(frozen=True, slots=True)
class TensorT(Space):
    """`Tensor ℝ s`."""

    s: Shape

    @property
    def dimension(self) -> int:
        return self.s.size

    def reals(self, value: Value) -> Iterator[Scalar]:
        return iter(value.entries)

    def build(self, entries: Iterator[Scalar]) -> Value:
        return Tensor(self.s, list(islice(entries, self.s.size)))

    def check(self, value: Value) -> None:
        if value.shape != self.s:
            raise ShapeError(f"a tensor of shape {value.shape} where {self.s} is needed")

    def __str__(self) -> str:
        return f"Tensor ℝ ({self.s})"


@dataclass(frozen=True, slots=True)
class TListT(Space):
    """`TList Γ`: one tensor for each shape of Γ, as a tuple."""

    Γ: tuple[Shape, ...]

    @property
    def dimension(self) -> int:
        return sum(s.size for s in self.Γ)

    def reals(self, value: Value) -> Iterator[Scalar]:
        return chain.from_iterable(t.entries for t in value)

    def build(self, entries: Iterator[Scalar]) -> Value:
        return tuple(TensorT(s).build(entries) for s in self.Γ)

    def check(self, value: Value) -> None:
        require_size(str(self), len(value), len(self.Γ))
        for s, t in zip(self.Γ, value, strict=True):
            TensorT(s).check(t)

    def __str__(self) -> str:
        return f"TList {context_text(self.Γ)}"


@dataclass(frozen=True, slots=True)
class IdxT(Type):
    """`Idx Γ s`: a position of Γ that holds the shape s."""

    Γ: tuple[Shape, ...]
    s: Shape

    def __str__(self) -> str:
        return f"Idx {context_text(self.Γ)} ({self.s})"


@dataclass(frozen=True, slots=True)
class FunT(Type):
    """`A → B`, as a Python callable over any scalar; an example has a recipe for it."""

    dom: Type
    cod: Type

    def reals(self, value: Value) -> Iterator[Scalar]:
        return iter(value.reals()) if hasattr(value, "reals") else iter(())

    def with_reals(self, value: Value, entries: Iterator[Scalar]) -> Value:
        return value.with_reals(entries) if hasattr(value, "reals") else value

    def built(self, value: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        return value.build(entry) if hasattr(value, "build") else value

    def __str__(self) -> str:
        return f"({self.dom} → {self.cod})"


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
        from leanmirror.spec.judge.linear import of_columns

        return of_columns(self.dom, self.cod, list(islice(entries, self.dimension)))

    def add(self, u: Value, v: Value) -> Value:
        return u + v

    def smul(self, c: Scalar, v: Value) -> Value:
        return v.smul(c)

    def __str__(self) -> str:
        return f"{self.dom} →L[ℝ] {self.cod}"


class RecipeT(Type):
    """A type whose values hold functions: an example has a recipe, whose numbers are its real entries."""

    def reals(self, value: Value) -> Iterator[Scalar]:
        return iter(value.reals())

    def with_reals(self, value: Value, entries: Iterator[Scalar]) -> Value:
        return value.with_reals(entries)

    def built(self, recipe: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        """The value that the recipe describes, numbers converted by `entry`."""
        return recipe.build(entry)

    def shown(self, recipe: Value) -> str:
        """The value in Lean."""
        return str(recipe.lean)


class DrawnT(RecipeT):
    """A type of recipes that draws its examples itself."""

    def draw(self, source: Any) -> Value:
        """A recipe, from a source of examples."""
        raise NotImplementedError

    def read(self, data: Any) -> Value:
        """The recipe that a witness gives; BadInput where it gives none."""
        raise BadInput(f"examples of type {self} are not read back")

    def weight(self, value: Value) -> int:
        """How large a recipe is, its real entries not counted."""
        return 0


@dataclass(frozen=True, slots=True)
class NodeT(RecipeT):
    """`Proofs.Autograd.Node Γ τ`."""

    Γ: tuple[Shape, ...]
    τ: Shape

    def __str__(self) -> str:
        return f"Node {context_text(self.Γ)} ({self.τ})"


@dataclass(frozen=True, slots=True)
class GraphT(RecipeT):
    """`Proofs.Autograd.Graph Γ ss`; `everywhere` asks for nodes with a certificate at every point."""

    Γ: tuple[Shape, ...]
    ss: tuple[Shape, ...]
    everywhere: bool = False

    def __str__(self) -> str:
        return f"Graph {context_text(self.Γ)} {context_text(self.ss)}"


@dataclass(frozen=True, slots=True)
class DGraphT(GraphT):
    """`Proofs.Autograd.DGraph Γ ss`: a graph with its certificate."""

    everywhere: bool = True

    def built(self, recipe: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        from leanmirror.spec.proofs.autograd.tape.nodes.graph_composition import of_graph

        return of_graph(recipe.build(entry))

    def shown(self, recipe: Value) -> str:
        return str(recipe.lean_certified)

    def __str__(self) -> str:
        return f"DGraph {context_text(self.Γ)} {context_text(self.ss)}"


@dataclass(frozen=True, slots=True)
class AlgebraGraphT(GraphT):
    """`Proofs.Autograd.Algebra.Graph Unit Γ ss` over ℝ, or with `data` the `GraphData` of it."""

    data: bool = False

    def built(self, recipe: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        from leanmirror.spec.proofs.autograd.runtime.link.fderiv import Graph
        from leanmirror.spec.proofs.autograd.tape.algebra.soundness import Graph as OverAnyScalar

        graph = Graph.toAlgebra(recipe.build(entry))
        return OverAnyScalar.toData(graph) if self.data else graph

    def shown(self, recipe: Value) -> str:
        graph = f"({recipe.lean}).toAlgebra"
        return f"({graph}).toData" if self.data else graph

    def __str__(self) -> str:
        name = "GraphData" if self.data else "Graph"
        return f"Algebra.{name} Unit {context_text(self.Γ)} {context_text(self.ss)}"


@dataclass(frozen=True, slots=True)
class AlgebraNodeT(NodeT):
    """`Proofs.Autograd.Algebra.Node Unit Γ τ` over ℝ."""

    def built(self, recipe: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        from leanmirror.spec.proofs.autograd.runtime.link.fderiv import Node

        return Node.toAlgebra(recipe.build(entry))

    def shown(self, recipe: Value) -> str:
        return f"({recipe.lean}).toAlgebra"

    def __str__(self) -> str:
        return f"Algebra.Node Unit {context_text(self.Γ)} ({self.τ})"


@dataclass(frozen=True, slots=True)
class LinearSpecT(Space):
    """`Spec.LinearSpec ℝ inDim outDim`: weights, then bias."""

    inDim: int
    outDim: int

    @property
    def dimension(self) -> int:
        return self.outDim * self.inDim + self.outDim

    def reals(self, value: Value) -> Iterator[Scalar]:
        return chain(value.weights.entries, value.bias.entries)

    def build(self, entries: Iterator[Scalar]) -> Value:
        weights = TensorT(Shape((self.outDim, self.inDim))).build(entries)
        return LinearSpec(weights, TensorT(Shape((self.outDim,))).build(entries))

    def __str__(self) -> str:
        return f"LinearSpec ℝ {self.inDim} {self.outDim}"


@dataclass(frozen=True, slots=True)
class OpSpecFDerivCorrectT(RecipeT):
    """`OpSpecFDerivCorrect inDim outDim`: an operation on vectors with its certificate.

    The value of an example is a `Recipe`, whose numbers are its real entries.
    """

    inDim: int
    outDim: int

    def __str__(self) -> str:
        return f"OpSpecFDerivCorrect {self.inDim} {self.outDim}"


@dataclass(frozen=True, slots=True)
class OpSpecCorrectT(RecipeT):
    """`Proofs.Autograd.OpSpecCorrect σ τ`: an operation on tensors with its forward-mode rule."""

    σ: Shape
    τ: Shape

    def built(self, recipe: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        return recipe.operation(entry)

    def __str__(self) -> str:
        return f"OpSpecCorrect ({self.σ}) ({self.τ})"


@dataclass(frozen=True, slots=True)
class OpSpecT(OpSpecCorrectT):
    """`Spec.OpSpec ℝ σ τ`: an operation on tensors."""

    def built(self, recipe: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        return recipe.operation(entry).op

    def shown(self, recipe: Value) -> str:
        return f"({recipe.lean}).op"

    def __str__(self) -> str:
        return f"OpSpec ℝ ({self.σ}) ({self.τ})"


@dataclass(frozen=True, slots=True)
class EquivT(RecipeT):
    """`A ≃ B`."""

    dom: Type
    cod: Type

    def __str__(self) -> str:
        return f"{self.dom} ≃ {self.cod}"


@dataclass(frozen=True, slots=True)
class PropT(Type):
    """Prop: a statement; an example has True or False."""

    def built(self, value: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        from leanmirror.spec.judge.judgement import truth

        return truth(value)

    def __str__(self) -> str:
        return "Prop"


def context_text(Γ: tuple[Shape, ...]) -> str:
    """Γ in Lean's list notation."""
    return f"[{', '.join(map(str, Γ))}]"


def _space(of_type: Type) -> Space:
    if not isinstance(of_type, Space):
        raise ShapeError(f"{of_type} is not a finite-dimensional space")
    return of_type


def is_space(of_type: Type) -> bool:
    """Whether the type is a finite-dimensional space, all its parts included."""
    match of_type:
        case ProdT(first, second):
            return is_space(first) and is_space(second)
        case PiT(_, inner):
            return is_space(inner)
    return isinstance(of_type, Space)


def inner_space(of_type: Type) -> InnerSpace:
    """The type as an inner product space; ShapeError where Lean has no inner product."""
    if not isinstance(of_type, InnerSpace):
        raise ShapeError(f"{of_type} has no inner product")
    return of_type
