"""Which value a graph's nodes read, as a networkx graph: order, ancestors, DOT text.

Values are numbered as in a context: the inputs first, then the nodes. The graph is built when asked for, and
networkx is imported then: most claims do without it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from leanmirror.spec.core.shape import Shape
from leanmirror.spec.errors import BadInput
from leanmirror.spec.graphs.made import MadeNode
from leanmirror.spec.proofs.autograd.tape.core.soundness import Graph, Node


def export(g: Graph) -> Any:
    """A frozen MultiDiGraph, an edge from every value that a node reads, with its `position` among them.

    Values have `name` (the Lean name of the operation, None for inputs) and `shape`, a tuple. A node that was
    not made by an operation does not say what it reads: BadInput.
    """
    import networkx as nx  # type: ignore[import-untyped]  # it ships no types

    graph = nx.MultiDiGraph()
    for i, s in enumerate(g.Γ):
        graph.add_node(i, name=None, shape=s.dims)
    for i, node in enumerate(g.nodes, start=len(g.Γ)):
        graph.add_node(i, name=_made(i, node).op.lean, shape=node.τ.dims)
        for position, source in enumerate(_made(i, node).reads):
            graph.add_edge(source, i, position=position)
    return nx.freeze(graph)


def _made(i: int, node: Node) -> MadeNode:
    if not isinstance(node, MadeNode):
        raise BadInput(f"value {i} was not made by an operation, so it does not say what it reads")
    return node


def order(g: Graph) -> list[int]:
    """The values in a topological order, the smallest number first where there is a choice."""
    import networkx as nx

    return list(nx.lexicographical_topological_sort(export(g)))


def ancestors(g: Graph, value: int) -> set[int]:
    """The values that a value depends on; BadInput for a number that is no value's."""
    graph = export(g)
    if value not in graph:
        raise BadInput(f"the graph has {len(graph)} values, there is no value {value}")
    import networkx as nx

    found: set[int] = nx.ancestors(graph, value)
    return found


def unread(g: Graph) -> list[int]:
    """The values that no node reads."""
    return [i for i, degree in export(g).out_degree() if degree == 0]


def dot(g: Graph) -> str:
    """The graph in the DOT language: inputs are boxes, edges go from a value to the nodes that read it."""
    return "\n".join(["digraph {", *(f"  {line}" for line in _lines(export(g))), "}"])


def _lines(graph: Any) -> Iterator[str]:
    for i, data in graph.nodes(data=True):
        name = (data["name"] or "input").removeprefix("Proofs.Autograd.").removeprefix("TapeNodes.")
        form = ", shape=box" if data["name"] is None else ""
        yield f'{i} [label="{i}: {name} {Shape(data["shape"]).toList()}"{form}];'
    for source, target, data in graph.edges(data=True):
        repeated = graph.number_of_edges(source, target) > 1 or graph.in_degree(target) > 1
        yield f"{source} -> {target}" + (f' [label="{data["position"]}"];' if repeated else ";")
