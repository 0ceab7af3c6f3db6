"""Graphs over ℝ as graphs over any scalar, and what reverse mode of the latter computes.

Lean module: NN.Proofs.Autograd.Runtime.Link.FDeriv
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from leanmirror.spec.graphs.certified import certified_at
from leanmirror.spec.judge.claim import Assume, BinderSpec, claim
from leanmirror.spec.judge.comparison import equal
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.judge.types import UnitT
from leanmirror.spec.proofs.autograd.runtime.link import core as link
from leanmirror.spec.proofs.autograd.tape.algebra import soundness as Algebra
from leanmirror.spec.proofs.autograd.tape.algebra.soundness import Tensors
from leanmirror.spec.proofs.autograd.tape.core import soundness as real
from leanmirror.spec.proofs.autograd.tape.core.fderiv import as_sure, flattenCtx, graph_fderiv
from leanmirror.spec.torchlean_types import AlgebraGraphT, ContextT, TListT
from leanmirror.spec.torchlean_types.shapes import Shapes


class TList:
    """Contexts in two parts."""

    @staticmethod
    def takeLeft(Γ: Shapes, xs: Tensors) -> Tensors:
        """The values of the shapes Γ, which come first.

        Lean: Proofs.Autograd.Algebra.TList.takeLeft
        """
        return Algebra.TList.cast(Γ, xs[: len(Γ)])


@dataclass(frozen=True, slots=True)
class FromReal(Algebra.Node):
    """A node over any scalar that remembers the node over ℝ that it was made from."""

    real: real.Node


@dataclass(frozen=True, slots=True)
class ToReal(real.Node):
    """A node over ℝ that knows the one it was before it was one over any scalar, where there was one."""

    origin: real.Node | None = None


class Node:
    """Nodes over ℝ and over any scalar."""

    @staticmethod
    def toAlgebra(node: real.Node) -> Algebra.Node:
        """The node, which does not look at the environment.

        Lean: Proofs.Autograd.Node.toAlgebra
        """
        return FromReal(
            node.Γ,
            node.τ,
            forward=lambda ctx, _d: node.forward(ctx),
            jvp=lambda ctx, dctx, _d: node.jvp(ctx, dctx),
            vjp=lambda ctx, _d, δ: node.vjp(ctx, δ),
            real=node,
        )

    @staticmethod
    def toReal(node: Algebra.Node, d: Any) -> real.Node:
        """The node in the environment d.

        Lean: Proofs.Autograd.Algebra.Node.toReal
        """
        return ToReal(
            node.Γ,
            node.τ,
            forward=lambda ctx: node.forward(ctx, d),
            jvp=lambda ctx, dctx: node.jvp(ctx, dctx, d),
            vjp=lambda ctx, δ: node.vjp(ctx, d, δ),
            origin=node.real if isinstance(node, FromReal) else None,
        )


class Graph:
    """Graphs over ℝ and over any scalar; statements are at the environment `()` and over ℝ."""

    @staticmethod
    def toAlgebra(g: real.Graph) -> Algebra.Graph:
        """The graph, whose nodes do not look at the environment.

        Lean: Proofs.Autograd.Graph.toAlgebra
        """
        return Algebra.Graph(g.Γ, tuple(Node.toAlgebra(node) for node in g.nodes))

    @staticmethod
    def toReal(g: Algebra.Graph, d: Any) -> real.Graph:
        """The graph in the environment d.

        Lean: Proofs.Autograd.Algebra.Graph.toReal
        """
        return real.Graph(g.Γ, tuple(Node.toReal(node, d) for node in g.nodes))

    @staticmethod
    def toReal_eval(g: Algebra.Graph, x: Tensors, d: Any) -> Judgement:
        """`Graph.eval (toReal g d) x = eval g x d`

        Lean: Proofs.Autograd.Algebra.Graph.toReal_eval
        """
        return equal(real.Graph.eval(Graph.toReal(g, d), x), Algebra.Graph.eval(g, x, d))

    @staticmethod
    def toReal_jvpCtx(g: Algebra.Graph, x: Tensors, dx: Tensors, d: Any) -> Judgement:
        """`Graph.jvpCtx (toReal g d) x dx = jvpCtx g x dx d`

        Lean: Proofs.Autograd.Algebra.Graph.toReal_jvpCtx
        """
        return equal(real.Graph.jvpCtx(Graph.toReal(g, d), x, dx), Algebra.Graph.jvpCtx(g, x, dx, d))

    @staticmethod
    def toReal_backpropCtx(g: Algebra.Graph, x: Tensors, d: Any, seed: Tensors) -> Judgement:
        """`Graph.backpropCtx (toReal g d) x seed = backpropCtx g x d seed`

        Lean: Proofs.Autograd.Algebra.Graph.toReal_backpropCtx
        """
        found = real.Graph.backpropCtx(Graph.toReal(g, d), x, seed)
        return equal(found, Algebra.Graph.backpropCtx(g, x, d, seed))

    @staticmethod
    def takeLeft_backpropAllCtx(g: Algebra.Graph, x: Tensors, d: Any, seed: Tensors) -> Judgement:
        """`takeLeft (backpropAllCtx g x d seed) = backpropCtx g x d seed`

        Lean: Proofs.Autograd.Algebra.Graph.takeLeft_backpropAllCtx
        """
        left = TList.takeLeft(g.Γ, link.Graph.backpropAllCtx(g, x, d, seed))
        return equal(left, Algebra.Graph.backpropCtx(g, x, d, seed))

    @staticmethod
    def backpropCtx_eq_adjoint_fderiv(g: Algebra.Graph, d: Any, x: Tensors, seed: Tensors) -> Judgement:
        """`flattenCtx (backpropCtx g x d seed)
        = (fderiv ℝ (evalVec (toReal g d)) (flattenCtx x)).adjoint (flattenCtx seed)`

        Lean: Proofs.Autograd.Algebra.Graph.backpropCtx_eq_adjoint_fderiv
        """
        return _adjoint(g, d, x, seed)

    @staticmethod
    def backpropCtx_eq_adjoint_fderiv_at(g: Algebra.Graph, d: Any, x: Tensors, seed: Tensors) -> Judgement:
        """`flattenCtx (backpropCtx g x d seed)
        = (fderiv ℝ (evalVec (toReal g d)) (flattenCtx x)).adjoint (flattenCtx seed)`

        Lean: Proofs.Autograd.Algebra.Graph.backpropCtx_eq_adjoint_fderiv_at
        """
        return _adjoint(g, d, x, seed)


class GraphData:
    """Of graphs without the claim that rules are adjoint."""

    @staticmethod
    def takeLeft_backpropAllCtx(g: Algebra.GraphData, x: Tensors, d: Any, seed: Tensors) -> Judgement:
        """`takeLeft (backpropAllCtx g x d seed) = backpropCtx g x d seed`

        Lean: Proofs.Autograd.Algebra.GraphData.takeLeft_backpropAllCtx
        """
        left = TList.takeLeft(g.Γ, link.GraphData.backpropAllCtx(g, x, d, seed))
        return equal(left, Algebra.GraphData.backpropCtx(g, x, d, seed))


def _certified_at(g: Algebra.Graph, d: Any, x: Tensors) -> Judgement:
    return certified_at(Graph.toReal(g, d), flattenCtx(x))


def _adjoint(g: Algebra.Graph, d: Any, x: Tensors, seed: Tensors) -> Judgement:
    derivative, certified = graph_fderiv(Graph.toReal(g, d), flattenCtx(x))
    found = flattenCtx(Algebra.Graph.backpropCtx(g, x, d, seed))
    return as_sure(certified, equal(found, derivative.adjoint(flattenCtx(seed))))


_GRAPH: dict[str, BinderSpec] = {
    "Γ": ContextT(),
    "ss": ContextT(),
    "g": lambda Γ, ss: AlgebraGraphT(Γ, ss),
    "x": lambda Γ: TListT(Γ),
    "d": UnitT(),
    "seed": lambda Γ, ss: TListT((*Γ, *ss)),
}

_WITHOUT_SEED: dict[str, BinderSpec] = {k: v for k, v in _GRAPH.items() if k != "seed"}

CLAIMS = (
    claim("Proofs.Autograd.Algebra.Graph.toReal_eval", Graph.toReal_eval, **_WITHOUT_SEED),
    claim(
        "Proofs.Autograd.Algebra.Graph.toReal_jvpCtx",
        Graph.toReal_jvpCtx,
        **_WITHOUT_SEED,
        dx=lambda Γ: TListT(Γ),
    ),
    claim("Proofs.Autograd.Algebra.Graph.toReal_backpropCtx", Graph.toReal_backpropCtx, **_GRAPH),
    claim("Proofs.Autograd.Algebra.Graph.takeLeft_backpropAllCtx", Graph.takeLeft_backpropAllCtx, **_GRAPH),
    claim(
        "Proofs.Autograd.Algebra.GraphData.takeLeft_backpropAllCtx",
        GraphData.takeLeft_backpropAllCtx,
        **{**_GRAPH, "g": lambda Γ, ss: AlgebraGraphT(Γ, ss, data=True)},
    ),
    claim(
        "Proofs.Autograd.Algebra.Graph.backpropCtx_eq_adjoint_fderiv",
        Graph.backpropCtx_eq_adjoint_fderiv,
        Γ=ContextT(),
        ss=ContextT(),
        g=lambda Γ, ss: AlgebraGraphT(Γ, ss, everywhere=True),
        d=UnitT(),
        x=lambda Γ: TListT(Γ),
        seed=lambda Γ, ss: TListT((*Γ, *ss)),
    ),
    claim(
        "Proofs.Autograd.Algebra.Graph.backpropCtx_eq_adjoint_fderiv_at",
        Graph.backpropCtx_eq_adjoint_fderiv_at,
        Γ=ContextT(),
        ss=ContextT(),
        g=lambda Γ, ss: AlgebraGraphT(Γ, ss),
        d=UnitT(),
        x=lambda Γ: TListT(Γ),
        hg=Assume(holds=_certified_at),
        seed=lambda Γ, ss: TListT((*Γ, *ss)),
    ),
)
