"""Nodes and graphs of the tape."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.judge.numerals import Json
from leanmirror.spec.judge.types import RecipeT, Settled, Value
from leanmirror.spec.torchlean_types.contexts import Hole, context_text
from leanmirror.spec.torchlean_types.makers import makers
from leanmirror.spec.torchlean_types.shapes import Shapes

if TYPE_CHECKING:
    from leanmirror.spec.judge.source import Source


@dataclass(frozen=True, slots=True)
class NodeT(RecipeT):
    """`Proofs.Autograd.Node Γ τ`."""

    Γ: Shapes
    τ: Shape

    settles: ClassVar[bool] = True

    def settle(self, source: Source, given: Value | None) -> Settled | None:
        """A node of any operation, where the context is a variable."""
        if not (isinstance(self.Γ, Hole) and self.Γ.whole):
            return None
        recipe = given or makers().draw_node(source)
        return Settled(recipe, ((self.Γ, recipe.Γ), (self.τ, recipe.τ)))

    def draw(self, source: Source) -> Value:
        return makers().draw_smooth_node(self.Γ, self.τ, source)

    def decode(self, data: Json) -> Value:
        return makers().read_node(self.Γ, self.τ, data)

    def sizes(self, value: Value) -> Sequence[int]:
        return (*(n for s in (*self.Γ, self.τ) for n in s.dims), 1)

    def __str__(self) -> str:
        return f"Node {context_text(self.Γ)} ({self.τ})"


@dataclass(frozen=True, slots=True)
class GraphT(RecipeT):
    """`Proofs.Autograd.Graph Γ ss`; `everywhere` asks for nodes with a certificate at every point."""

    Γ: Shapes
    ss: Shapes
    everywhere: bool = False

    settles: ClassVar[bool] = True
    remade: ClassVar[bool] = True

    def settle(self, source: Source, given: Value | None) -> Settled | None:
        """A graph of any operations, where the shapes of its values are a variable."""
        if isinstance(self.Γ, Hole) and not self.Γ.whole:
            return None
        if not (isinstance(self.ss, Hole) and self.ss.whole):
            return None
        Γ = None if isinstance(self.Γ, Hole) else self.Γ
        if given is not None and Γ in (None, given.Γ):
            recipe = given
        else:
            recipe = makers().draw_graph(source, Γ, everywhere=self.everywhere)
        return Settled(recipe, ((self.Γ, recipe.Γ), (self.ss, recipe.ss)))

    def draw(self, source: Source) -> Value:
        return makers().draw_smooth_graph(self.Γ, self.ss, source)

    def decode(self, data: Json) -> Value:
        return makers().read_graph(self.Γ, self.ss, data)

    def sizes(self, value: Value) -> Sequence[int]:
        return (*(n for s in (*self.Γ, *self.ss) for n in s.dims), min(1, len(self.ss)))

    def smaller(self, value: Value) -> Iterator[Value]:
        return (recipe for recipe, _ in value.smaller())

    def __str__(self) -> str:
        return f"Graph {context_text(self.Γ)} {context_text(self.ss)}"


@dataclass(frozen=True, slots=True)
class DGraphT(GraphT):
    """`Proofs.Autograd.DGraph Γ ss`: a graph with its certificate."""

    everywhere: bool = True

    def built(self, recipe: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        return makers().certified_graph(recipe.build(entry))

    def show(self, recipe: Value) -> str:
        return str(recipe.lean_certified)

    def __str__(self) -> str:
        return f"DGraph {context_text(self.Γ)} {context_text(self.ss)}"


@dataclass(frozen=True, slots=True)
class AlgebraGraphT(GraphT):
    """`Proofs.Autograd.Algebra.Graph Unit Γ ss` over ℝ, or with `data` the `GraphData` of it."""

    data: bool = False

    def built(self, recipe: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        return makers().algebra_graph(recipe.build(entry), data=self.data)

    def show(self, recipe: Value) -> str:
        graph = f"({recipe.lean}).toAlgebra"
        return f"({graph}).toData" if self.data else graph

    def __str__(self) -> str:
        name = "GraphData" if self.data else "Graph"
        return f"Algebra.{name} Unit {context_text(self.Γ)} {context_text(self.ss)}"


@dataclass(frozen=True, slots=True)
class AlgebraNodeT(NodeT):
    """`Proofs.Autograd.Algebra.Node Unit Γ τ` over ℝ."""

    def built(self, recipe: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        return makers().algebra_node(recipe.build(entry))

    def show(self, recipe: Value) -> str:
        return f"({recipe.lean}).toAlgebra"

    def __str__(self) -> str:
        return f"Algebra.Node Unit {context_text(self.Γ)} ({self.τ})"
