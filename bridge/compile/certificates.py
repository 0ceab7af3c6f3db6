"""Certificates as binders: `(hg : GraphFDerivCorrect g)` is data in Lean, and a hypothesis about g here.

A node or graph that is drawn knows how it was made, and has its certificate from there.
"""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from leanmirror.bridge.compile.compiler import Closure, Compiler
from leanmirror.bridge.compile.sizes import free
from leanmirror.bridge.compile.terms import head, head_name
from leanmirror.bridge.core.term import Term
from leanmirror.spec.graphs import certificates, certified
from leanmirror.spec.judge.judgement import Judgement, gave_up
from leanmirror.spec.torchlean_types import GraphT

GRAPH = "Proofs.Autograd.GraphFDerivCorrect"
GRAPH_AT = "Proofs.Autograd.GraphFDerivCorrectAt"
NODE = "Proofs.Autograd.NodeFDerivCorrect"
NODE_AT = "Proofs.Autograd.NodeFDerivCorrectAt"
CERTIFICATES = (GRAPH, GRAPH_AT, NODE, NODE_AT)


def everywhere(type_: Term, types: dict[int, Closure]) -> None:
    """Where a graph has to be certified at every point, only such graphs are drawn."""
    if head_name(type_) == GRAPH:
        for var in free(head(type_)[1][2]) & set(types):
            types[var] = _smoothed(types[var])


def _smoothed(drawn: Closure) -> Closure:
    return lambda env: _smooth(drawn(env))


def _smooth(of_type: Any) -> Any:
    return replace(of_type, everywhere=True) if isinstance(of_type, GraphT) else of_type


def holds(compiler: Compiler, type_: Term) -> Closure:
    """Whether there is the certificate."""
    name, args = head_name(type_), head(type_)[1]
    of = compiler.compile(args[2])
    if name == GRAPH:
        return lambda env: certified.certified(of(env))
    if name == NODE:
        return lambda env: _of_node(of(env), None)
    point = compiler.compile(args[3])
    if name == GRAPH_AT:
        return lambda env: certified.certified_at(of(env), point(env))
    return lambda env: _of_node(of(env), point(env))


def _of_node(node: Any, point: Any) -> Judgement:
    known = certified.origin(node)
    if known is None:
        return gave_up("the node was not made by an operation")
    if known.pointwise and point is None:
        return gave_up("the node has a certificate at single points only")
    return known.hypotheses(point) if known.pointwise else known.hypotheses()


def value(compiler: Compiler, type_: Term) -> Closure:
    """The certificate itself."""
    name, args = head_name(type_), head(type_)[1]
    of = compiler.compile(args[2])
    if name == GRAPH:
        return lambda env: certificates.certificate(of(env))
    if name == NODE:
        return lambda env: certificates.certificate_of(of(env))
    point = compiler.compile(args[3])
    if name == GRAPH_AT:
        return lambda env: certificates.certificate_at(of(env), point(env))
    return lambda env: certificates.certificate_of(of(env), point(env))
