"""The certificates of nodes and graphs that are made so that they bring them."""

from __future__ import annotations

from leanmirror.spec.errors import BadInput
from leanmirror.spec.graphs.certified import Certified, origin
from leanmirror.spec.ops import Certificate
from leanmirror.spec.proofs.autograd.core.vectorization import Vec
from leanmirror.spec.proofs.autograd.tape.core.fderiv import (
    GraphFDerivCorrect,
    GraphFDerivCorrectAt,
    Node_,
    NodeFDerivCorrect,
    snocCtx,
)
from leanmirror.spec.proofs.autograd.tape.core.soundness import Graph, Node


def certificate(g: Graph) -> GraphFDerivCorrect:
    """The certificate of a graph, from those of its nodes; BadInput where one has none at every point."""
    return GraphFDerivCorrect(g, tuple(_of_node(node) for node in g.nodes))


def _of_node(node: Node) -> NodeFDerivCorrect:
    found = _known(node).certificate()
    assert isinstance(found, NodeFDerivCorrect)
    return found


def certificate_of(node: Node, xV: Vec | None = None) -> Certificate:
    """The certificate of a node, at a point where it is one for a point; BadInput where it has none."""
    return _known(node).certificate(xV)


def certificate_at(g: Graph, xV: Vec) -> GraphFDerivCorrectAt:
    """The certificate of a graph at a point, from those of its nodes at the values met there."""
    found, ctxV = [], xV
    for node in g.nodes:
        one = _known(node).certificate(ctxV)
        found.append(one.at(ctxV) if isinstance(one, NodeFDerivCorrect) else one)
        ctxV = snocCtx(node.Γ, node.τ, ctxV, Node_.forwardVec(node, ctxV))
    return GraphFDerivCorrectAt(g, xV, tuple(found))


def _known(node: Node) -> Certified:
    found = origin(node)
    if found is None:
        raise BadInput("a node of the graph was not made by an operation, so it has no certificate here")
    return found
