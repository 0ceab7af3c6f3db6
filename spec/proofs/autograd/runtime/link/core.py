"""Reverse mode that keeps the gradient of every value, as a tape does.

Lean module: NN.Proofs.Autograd.Runtime.Link.Core
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from leanmirror.spec.proofs.autograd.tape.algebra import soundness as Algebra
from leanmirror.spec.proofs.autograd.tape.algebra.soundness import Tensors, TList


class Graph:
    """Of graphs whose nodes' rules are adjoint."""

    @staticmethod
    def backpropAllCtx(g: Algebra.Graph, x: Tensors, d: Any, seed: Tensors) -> Tensors:
        """The cotangents of the inputs and of all nodes, for a seed of every value.

        Lean: Proofs.Autograd.Algebra.Graph.backpropAllCtx
        """
        return _backprop(g.nodes, Algebra.Graph.eval(g, x, d), d, TList.cast((*g.Γ, *g.ss), seed))


class GraphData:
    """Of graphs without that claim."""

    @staticmethod
    def backpropAllCtx(g: Algebra.GraphData, x: Tensors, d: Any, seed: Tensors) -> Tensors:
        """The cotangents of the inputs and of all nodes, for a seed of every value.

        Lean: Proofs.Autograd.Algebra.GraphData.backpropAllCtx
        """
        return _backprop(g.nodes, Algebra.GraphData.eval(g, x, d), d, TList.cast((*g.Γ, *g.ss), seed))


def _backprop(nodes: Sequence[Algebra.NodeData], ctx: Tensors, d: Any, grads: Tensors) -> Tensors:
    """Each node's cotangent is what has been added up when its turn comes, from the last one on."""
    settled: list[Any] = []
    for node in reversed(nodes):
        grads, δ = TList.unsnoc(grads)
        settled.append(δ)
        grads = TList.add(grads, node.vjp(ctx[: len(grads)], d, δ))
    return (*grads, *reversed(settled))
