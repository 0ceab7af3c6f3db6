"""Nodes that know how they were made: the operation, its arguments, and so the values they read.

A `Node` of Lean is three functions; which positions of its context it reads cannot be asked of it. A node
that is built from the record of an operation remembers the record, and has its certificate from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Protocol, runtime_checkable

from leanmirror.spec.errors import BadInput
from leanmirror.spec.judge.claim import Env, by_name
from leanmirror.spec.judge.judgement import Judgement, all_of, gave_up
from leanmirror.spec.judge.types import Value
from leanmirror.spec.ops import Certificate, Op
from leanmirror.spec.proofs.autograd.core.vectorization import Vec
from leanmirror.spec.proofs.autograd.tape.core.fderiv import (
    GraphFDerivCorrect,
    GraphFDerivCorrectAt,
    Node_,
    NodeFDerivCorrect,
    snocCtx,
)
from leanmirror.spec.proofs.autograd.tape.core.soundness import Graph, Idx, Node


@runtime_checkable
class Certified(Protocol):
    """A node that has its certificate from the way it was made."""

    @property
    def pointwise(self) -> bool: ...

    def certificate(self, xV: Vec | None = None) -> Certificate: ...

    def hypotheses(self, xV: Vec | None = None) -> Judgement: ...


@dataclass(frozen=True, slots=True)
class MadeNode(Node):
    """A node made by an operation from these arguments, implicit ones included."""

    op: Op
    arguments: Mapping[str, Value]

    @property
    def pointwise(self) -> bool:
        """Whether the certificate is for one point."""
        return self.op.pointwise

    @property
    def reads(self) -> tuple[int, ...]:
        """The positions of the context that the node reads, in the order of its arguments; repeated if so."""
        return tuple(v.i for v in self.arguments.values() if isinstance(v, Idx))

    def certificate(self, xV: Vec | None = None) -> Certificate:
        """The node's certificate; one for a single point needs the point.

        Raises BadInput where it is missing.
        """
        env = dict(self.arguments)
        if self.op.pointwise:
            if xV is None:
                raise BadInput(f"{self.op.lean} has a certificate at single points only: a point is needed")
            env["xV"] = xV
        certify: Callable[[Env], Certificate] = by_name(self.op.certificate)
        return certify(env)

    def hypotheses(self, xV: Vec | None = None) -> Judgement:
        """Whether what the certificate assumes holds, at the point where it is one for a point."""
        env = dict(self.arguments) if xV is None else {**self.arguments, "xV": xV}
        return all_of(by_name(assume.holds)(env) for assume in self.op.hypotheses.values())


def made(op: Op, arguments: Mapping[str, Value]) -> MadeNode:
    """The node of an operation, from its arguments by name, implicit ones included."""
    node: Node = by_name(op.make)(arguments)
    return MadeNode(node.Γ, node.τ, node.forward, node.jvp, node.vjp, op, arguments)


@cache
def operations() -> Mapping[str, Op]:
    """Every operation by its Lean name."""
    from leanmirror.spec.claims import OPS  # the table of claims has claims about graphs in it

    return {op.lean: op for op in OPS}


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
        ctxV = snocCtx(node.Γ, node.τ, ctxV, Node_.forwardVec(node, ctxV))
    return all_of(found)


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
