"""How indices, nodes, graphs and operations are made, for the types that describe them."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.shape import Shape, require_shape
from leanmirror.spec.errors import BadInput
from leanmirror.spec.graphs.drawing import draw_graph, draw_node
from leanmirror.spec.graphs.recipes import GraphRecipe, NodeRecipe, Step
from leanmirror.spec.graphs.smooth import (
    draw_operation,
    draw_smooth_graph,
    draw_smooth_node,
    read_operation,
    read_smooth_graph,
    read_smooth_node,
)
from leanmirror.spec.judge.numerals import Json
from leanmirror.spec.judge.source import Source
from leanmirror.spec.judge.types import Value
from leanmirror.spec.proofs.autograd.fderiv.elementwise import OpSpecFDerivCorrect_
from leanmirror.spec.proofs.autograd.runtime.link import fderiv as link
from leanmirror.spec.proofs.autograd.tape.algebra import soundness as algebra
from leanmirror.spec.proofs.autograd.tape.core.soundness import Idx
from leanmirror.spec.proofs.autograd.tape.nodes.context import OpSpecFDerivCorrect_ as OfLinear
from leanmirror.spec.proofs.autograd.tape.nodes.graph_composition import of_graph
from leanmirror.spec.torchlean_types.recipes import ENTRYWISE
from leanmirror.spec.torchlean_types.shapes import Shapes
from leanmirror.spec.torchlean_types.tensors import LinearSpecT


class GraphMakers:
    """See `leanmirror.spec.torchlean_types.makers.Makers`."""

    entrywise: Mapping[str, Callable[..., Value]] = {
        name: getattr(OpSpecFDerivCorrect_, name) for name in ENTRYWISE
    }

    def index(self, Γ: Shapes, s: Shape, i: int) -> Value:
        return Idx(Γ, s, i)

    def draw_node(self, source: Source) -> Value:
        return draw_node(source)

    def draw_graph(self, source: Source, Γ: Shapes | None, *, everywhere: bool) -> Value:
        return draw_graph(source, Γ, everywhere=everywhere)

    def draw_smooth_node(self, Γ: Shapes, τ: Shape, source: Source) -> Value:
        return draw_smooth_node(Γ, τ, source)

    def draw_smooth_graph(self, Γ: Shapes, ss: Shapes, source: Source) -> Value:
        return draw_smooth_graph(Γ, ss, source)

    def read_node(self, Γ: Shapes, τ: Shape, data: Json) -> Value:
        if isinstance(data, dict) and "rows" in data:
            return read_smooth_node(Γ, τ, data)
        node = NodeRecipe(Γ, Step.of_json(data, Γ))
        require_shape("the value of a node", node.τ, τ)
        return node

    def read_graph(self, Γ: Shapes, ss: Shapes, data: Json) -> Value:
        if isinstance(data, dict) and "smooth" in data:
            return read_smooth_graph(Γ, ss, data)
        graph = GraphRecipe.of_json(data)
        if (graph.Γ, graph.ss) != (Γ, ss):
            raise BadInput("the graph in the witness has other shapes")
        return graph

    def draw_operation(self, σ: Shape, τ: Shape, source: Source) -> Value:
        return draw_operation(σ, τ, source)

    def read_operation(self, σ: Shape, τ: Shape, data: Json) -> Value:
        return read_operation(σ, τ, data)

    def certified_operation(self, name: str, inDim: int, outDim: int, numbers: list[Scalar]) -> Value:
        if name == "linear":
            return OfLinear.linear(LinearSpecT(inDim, outDim).of(numbers))
        return self.entrywise[name](inDim, *numbers)

    def certified_graph(self, graph: Value) -> Value:
        return of_graph(graph)

    def algebra_node(self, node: Value) -> Value:
        return link.Node.toAlgebra(node)

    def algebra_graph(self, graph: Value, *, data: bool) -> Value:
        found = link.Graph.toAlgebra(graph)
        return algebra.Graph.toData(found) if data else found
