"""Nodes, graphs and operations between given shapes: smooth functions with their derivatives.

The operations of the mirrored project decide the shapes that they read and give. Where a statement has
settled the shapes already, a node is a drawn smooth function of the whole context, with its derivative and
its transpose.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from itertools import chain
from typing import Any

from leanmirror.spec.autograd.autograd_spec import OpSpec
from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.errors import BadInput
from leanmirror.spec.judge.judgement import TRUE, Judgement
from leanmirror.spec.judge.source import Source
from leanmirror.spec.judge.types import VecT
from leanmirror.spec.judge.types.linear import CLM
from leanmirror.spec.judge.types.smooth import Smooth, draw_smooth, read_smooth
from leanmirror.spec.proofs.autograd.core.real_correctness import OpSpecCorrect
from leanmirror.spec.proofs.autograd.core.vectorization import Vec
from leanmirror.spec.proofs.autograd.tape.core.fderiv import NodeFDerivCorrect, ctxSize
from leanmirror.spec.proofs.autograd.tape.core.soundness import Graph, Node
from leanmirror.spec.torchlean_types import TListT
from leanmirror.spec.torchlean_types.shapes import Shapes

Entry = Callable[[Any], Scalar]


@dataclass(frozen=True, slots=True)
class SmoothNode(Node):
    """A node that is a smooth function of its context as a vector."""

    function: Smooth

    @property
    def pointwise(self) -> bool:
        """It has a certificate at every point."""
        return False

    def certificate(self, xV: Vec | None = None) -> NodeFDerivCorrect:
        """The node with its derivative."""
        spaces = VecT(ctxSize(self.Γ)), VecT(self.τ.size)
        return NodeFDerivCorrect(self, lambda x: CLM(*spaces, lambda dx: self.function.jvp(x, dx)))

    def hypotheses(self, xV: Vec | None = None) -> Judgement:
        """The certificate assumes nothing."""
        return TRUE


@dataclass(frozen=True, slots=True)
class SmoothRecipe:
    """What stands for such a function in an example, with the shapes between which it is one."""

    Γ: Shapes
    τ: Shape
    function: Smooth

    def reals(self) -> Iterator[Scalar]:
        """The numbers."""
        return self.function.reals()

    def with_reals(self, entries: Iterator[Scalar]) -> SmoothRecipe:
        """The same with other numbers."""
        return replace(self, function=self.function.with_reals(entries))

    def build(self, entry: Entry) -> SmoothNode:
        """The node, numbers converted by `entry`."""
        f, contexts = self.function.build(entry), TListT(self.Γ)
        return SmoothNode(
            self.Γ,
            self.τ,
            forward=lambda x: Tensor(self.τ, list(f(list(contexts.reals(x))))),
            jvp=lambda x, dx: Tensor(self.τ, f.jvp(list(contexts.reals(x)), list(contexts.reals(dx)))),
            vjp=lambda x, δ: contexts.of(f.vjp(list(contexts.reals(x)), δ.entries)),
            function=f,
        )

    @property
    def lean(self) -> str:
        """The node in words: in Lean its rules and the proof about them would have to be written out."""
        return f"the node of {self.function.lean}"

    def to_json(self) -> Any:
        """The rows as JSON."""
        return self.function.to_json()


@dataclass(frozen=True, slots=True)
class SmoothOperation(SmoothRecipe):
    """The same as an operation between two shapes: Γ has one."""

    def operation(self, entry: Entry) -> OpSpecCorrect:
        """The operation with its forward-mode rule."""
        f, (σ,), τ = self.function.build(entry), self.Γ, self.τ
        op = OpSpec(
            σ,
            τ,
            lambda x: Tensor(τ, list(f(x.entries))),
            lambda x, δ: Tensor(σ, f.vjp(x.entries, δ.entries)),
        )
        return OpSpecCorrect(op, lambda x, dx: Tensor(τ, f.jvp(x.entries, dx.entries)))

    @property
    def lean(self) -> str:
        """The operation in words."""
        return f"the operation of {self.function.lean}"


@dataclass(frozen=True, slots=True)
class SmoothGraph:
    """A graph of such nodes."""

    Γ: Shapes
    nodes: tuple[SmoothRecipe, ...]

    @property
    def ss(self) -> Shapes:
        """The shapes of the nodes' values."""
        return tuple(node.τ for node in self.nodes)

    def reals(self) -> Iterator[Scalar]:
        """The numbers, node by node."""
        return chain.from_iterable(node.reals() for node in self.nodes)

    def with_reals(self, entries: Iterator[Scalar]) -> SmoothGraph:
        """The same with other numbers."""
        return replace(self, nodes=tuple(node.with_reals(entries) for node in self.nodes))

    def build(self, entry: Entry) -> Graph:
        """The graph, numbers converted by `entry`."""
        return Graph(self.Γ, tuple(node.build(entry) for node in self.nodes))

    @property
    def lean(self) -> str:
        """The graph in words."""
        return " |>.snoc ".join(["Graph.nil", *(f"({node.lean})" for node in self.nodes)])

    lean_certified = lean

    def smaller(self) -> Iterator[tuple[SmoothGraph, int | None]]:
        """Nothing: its shapes are given."""
        return iter(())

    def to_json(self) -> Any:
        """The nodes as JSON."""
        return {"smooth": [node.to_json() for node in self.nodes]}


def draw_smooth_node(Γ: Shapes, τ: Shape, source: Source) -> SmoothRecipe:
    """A node of this context with a value of this shape."""
    return SmoothRecipe(Γ, τ, draw_smooth((VecT(ctxSize(Γ)),), VecT(τ.size), source))


def draw_smooth_graph(Γ: Shapes, ss: Shapes, source: Source) -> SmoothGraph:
    """A graph with values of these shapes."""
    nodes = [draw_smooth_node((*Γ, *ss[:k]), τ, source) for k, τ in enumerate(ss)]
    return SmoothGraph(Γ, tuple(nodes))


def draw_operation(σ: Shape, τ: Shape, source: Source) -> SmoothOperation:
    """An operation between these shapes."""
    return SmoothOperation((σ,), τ, draw_smooth((VecT(σ.size),), VecT(τ.size), source))


def read_smooth_node(Γ: Shapes, τ: Shape, data: Any) -> SmoothRecipe:
    """The node that `to_json` wrote; BadInput where it does not fit."""
    return SmoothRecipe(Γ, τ, read_smooth((VecT(ctxSize(Γ)),), VecT(τ.size), data))


def read_operation(σ: Shape, τ: Shape, data: Any) -> SmoothOperation:
    """The operation that `to_json` wrote; BadInput where it does not fit."""
    if not isinstance(data, dict):
        raise BadInput("an operation is an object with rows")
    return SmoothOperation((σ,), τ, read_smooth((VecT(σ.size),), VecT(τ.size), data))


def read_smooth_graph(Γ: Shapes, ss: Shapes, data: Any) -> SmoothGraph:
    """The graph that `to_json` wrote; BadInput where it does not fit."""
    written = data["smooth"]
    if (
        not isinstance(written, list)
        or len(written) != len(ss)
        or not all(isinstance(x, dict) for x in written)
    ):
        raise BadInput(f"the graph in the witness has not {len(ss)} nodes")
    nodes = [read_smooth_node((*Γ, *ss[:k]), τ, x) for k, (τ, x) in enumerate(zip(ss, written, strict=True))]
    return SmoothGraph(Γ, tuple(nodes))
