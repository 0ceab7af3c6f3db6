"""Whether nodes and graphs have certificates: those do that are made so that they bring one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, runtime_checkable

from leanmirror.spec.judge.judgement import Judgement, all_of, gave_up
from leanmirror.spec.proofs.autograd.core.vectorization import Vec
from leanmirror.spec.proofs.autograd.tape.core.soundness import Graph, Node
from leanmirror.spec.torchlean_types import TListT

if TYPE_CHECKING:
    from leanmirror.spec.ops import Certificate


@runtime_checkable
class Certified(Protocol):
    """A node that has its certificate from the way it was made."""

    @property
    def pointwise(self) -> bool: ...

    def certificate(self, xV: Vec | None = None) -> Certificate: ...

    def hypotheses(self, xV: Vec | None = None) -> Judgement: ...


def certified(g: Graph) -> Judgement:
    """Whether every node has a certificate at every point, with its hypotheses."""
    return all_of(_everywhere(node) for node in g.nodes)


def _everywhere(node: Node) -> Judgement:
    known = origin(node)
    if known is None:
        return gave_up("a node of the graph was not made by an operation")
    if known.pointwise:
        return gave_up("a node has a certificate at single points only")
    return known.hypotheses()


def origin(node: Node) -> Certified | None:
    """The made node that a node is, also after it was one over any scalar; None where it was not made."""
    found = getattr(node, "origin", node)
    return found if isinstance(found, Certified) else None


def certified_at(g: Graph, xV: Vec) -> Judgement:
    """Whether every node has a certificate at the values met when the graph is evaluated at xV."""
    found, ctxV = [], xV
    for node in g.nodes:
        known = origin(node)
        if known is None:
            return gave_up("a node of the graph was not made by an operation")
        found.append(known.hypotheses(ctxV))
        ctxV = [*ctxV, *node.forward(TListT(node.Γ).of(ctxV)).entries]
    return all_of(found)
