"""Contexts as vectors, nodes on vectors, and nodes whose forward-mode rule is the derivative.

A value of `CtxVec Γ` is one flat list: the flattened entries of the context, one after the other.

Lean module: NN.Proofs.Autograd.Tape.Core.FDeriv
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial

from leanmirror.spec.core.context import Scalar
from leanmirror.spec.core.shape import Shape, require_size
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.core.tensor_reduction_shape.shape_change import flattenSpec, unflattenSpec
from leanmirror.spec.graphs.certified import certified, certified_at
from leanmirror.spec.judge.claim import Assume, BinderSpec, claim
from leanmirror.spec.judge.comparison import equal
from leanmirror.spec.judge.derivative import HasFDerivAt, fderiv
from leanmirror.spec.judge.judgement import Judgement, all_of, truth
from leanmirror.spec.judge.types import NatT, ProdT, VecT
from leanmirror.spec.judge.types.linear import CLM
from leanmirror.spec.mathlib import inner
from leanmirror.spec.proofs.autograd.core.vectorization import Vec, ofVecE, toVecE
from leanmirror.spec.proofs.autograd.tape.algebra.soundness import Tensors
from leanmirror.spec.proofs.autograd.tape.core.soundness import Graph, Node, TList
from leanmirror.spec.proofs.tensor.basic.folds import dot
from leanmirror.spec.torchlean_types import ContextT, GraphT, NodeT, ShapeT, TensorT, TListT
from leanmirror.spec.torchlean_types.shapes import Shapes


def toVecT(t: Tensor) -> Vec:
    """The entries of a tensor, row-major.

    Lean: Proofs.Autograd.toVecT
    """
    return toVecE(flattenSpec(t))


def ofVecT(s: Shape, v: Vec) -> Tensor:
    """The tensor of shape `s` with these entries; ShapeError unless there are `s.size`.

    Lean: Proofs.Autograd.ofVecT
    """
    return unflattenSpec(s, ofVecE(v))


def ctxSize(Γ: Shapes) -> int:
    """The number of entries of all tensors of a context.

    Lean: Proofs.Autograd.ctxSize
    """
    return sum(s.size for s in Γ)


def vecOfFun(f: list[Scalar]) -> Vec:
    """A function out of `Fin n` as a vector.

    Lean: Proofs.Autograd.vecOfFun
    """
    return list(f)


def flattenCtx(xs: Tensors) -> Vec:
    """The entries of all tensors of a context, in order.

    Lean: Proofs.Autograd.flattenCtx
    """
    return [v for x in xs for v in toVecT(x)]


def unflattenCtx(Γ: Shapes, v: Vec) -> Tensors:
    """The context with these entries; ShapeError unless there are `ctxSize Γ`.

    Lean: Proofs.Autograd.unflattenCtx
    """
    require_size("unflattenCtx", len(v), ctxSize(Γ))
    out, start = [], 0
    for s in Γ:
        out.append(ofVecT(s, v[start : start + s.size]))
        start += s.size
    return tuple(out)


def castVec(m: int, v: Vec) -> Vec:
    """The same vector, where Lean needs a proof that its length is `m`; ShapeError where it is not.

    Lean: Proofs.Autograd.castVec
    """
    require_size("castVec", len(v), m)
    return v


def appendVec(a: Vec, b: Vec) -> Vec:
    """The entries of a, then those of b.

    Lean: Proofs.Autograd.appendVec
    """
    return [*a, *b]


def castCtxVec(Γ1: Shapes, Γ2: Shapes, v: Vec) -> Vec:
    """The same vector, where Lean needs a proof that Γ1 is Γ2; ShapeError where the sizes differ.

    Lean: Proofs.Autograd.castCtxVec
    """
    require_size("castCtxVec", len(v), ctxSize(Γ1))
    return castVec(ctxSize(Γ2), v)


def snocCtx(Γ: Shapes, τ: Shape, ctx: Vec, t: Vec) -> Vec:
    """A vectorized context with one more block; ShapeError where a size is wrong.

    Lean: Proofs.Autograd.snocCtx
    """
    require_size("snocCtx, the context", len(ctx), ctxSize(Γ))
    require_size("snocCtx, the block", len(t), τ.size)
    return appendVec(ctx, t)


def unsnocCtx(Γ: Shapes, τ: Shape, ctx: Vec) -> tuple[Vec, Vec]:
    """A vectorized context `Γ ++ [τ]` without its last block, and that block.

    Lean: Proofs.Autograd.unsnocCtx
    """
    size = ctxSize(Γ)
    require_size("unsnocCtx", len(ctx), size + τ.size)
    return ctx[:size], ctx[size:]


class Node_:
    """Nodes as functions of vectors."""

    @staticmethod
    def forwardVec(node: Node, ctxV: Vec) -> Vec:
        """The node's value.

        Lean: Proofs.Autograd.Node.forwardVec
        """
        return toVecT(node.forward(unflattenCtx(node.Γ, ctxV)))

    @staticmethod
    def jvpVec(node: Node, ctxV: Vec, dctxV: Vec) -> Vec:
        """The node's forward-mode rule.

        Lean: Proofs.Autograd.Node.jvpVec
        """
        return toVecT(node.jvp(unflattenCtx(node.Γ, ctxV), unflattenCtx(node.Γ, dctxV)))

    @staticmethod
    def vjpVec(node: Node, ctxV: Vec, δV: Vec) -> Vec:
        """The node's reverse-mode rule.

        Lean: Proofs.Autograd.Node.vjpVec
        """
        return flattenCtx(node.vjp(unflattenCtx(node.Γ, ctxV), ofVecT(node.τ, δV)))

    @staticmethod
    def correct_inner(node: Node, ctxV: Vec, dctxV: Vec, δV: Vec) -> Judgement:
        """`⟪node.jvpVec ctxV dctxV, δV⟫ = ⟪dctxV, node.vjpVec ctxV δV⟫`

        Lean: Proofs.Autograd.Node.correct_inner
        """
        return equal(inner(Node_.jvpVec(node, ctxV, dctxV), δV), inner(dctxV, Node_.vjpVec(node, ctxV, δV)))


@dataclass(frozen=True, slots=True)
class NodeFDerivCorrect:
    """A node with its derivative at every point.

    Lean: Proofs.Autograd.NodeFDerivCorrect
    """

    node: Node
    deriv: Callable[[Vec], CLM]

    def hasFDerivAt(self, xV: Vec) -> Judgement:
        """`HasFDerivAt node.forwardVec (deriv xV) xV`

        Lean: Proofs.Autograd.NodeFDerivCorrect.hasFDerivAt
        """
        return HasFDerivAt(lambda z: Node_.forwardVec(self.node, z), self.deriv(xV), xV)

    def jvp_eq(self, xV: Vec, dxV: Vec) -> Judgement:
        """`node.jvpVec xV dxV = deriv xV dxV`

        Lean: Proofs.Autograd.NodeFDerivCorrect.jvp_eq
        """
        return equal(Node_.jvpVec(self.node, xV, dxV), self.deriv(xV)(dxV))

    def at(self, xV: Vec) -> NodeFDerivCorrectAt:
        """The derivative at one point.

        Lean: Proofs.Autograd.NodeFDerivCorrect.at
        """
        return NodeFDerivCorrectAt(self.node, xV, self.deriv(xV))


@dataclass(frozen=True, slots=True)
class NodeFDerivCorrectAt:
    """A node with its derivative at the point xV.

    Lean: Proofs.Autograd.NodeFDerivCorrectAt
    """

    node: Node
    xV: Vec
    deriv: CLM

    def hasFDerivAt(self) -> Judgement:
        """`HasFDerivAt node.forwardVec deriv xV`

        Lean: Proofs.Autograd.NodeFDerivCorrectAt.hasFDerivAt
        """
        return HasFDerivAt(lambda z: Node_.forwardVec(self.node, z), self.deriv, self.xV)

    def jvp_eq(self, dxV: Vec) -> Judgement:
        """`node.jvpVec xV dxV = deriv dxV`

        Lean: Proofs.Autograd.NodeFDerivCorrectAt.jvp_eq
        """
        return equal(Node_.jvpVec(self.node, self.xV, dxV), self.deriv(dxV))


@dataclass(frozen=True, slots=True)
class GraphFDerivCorrect:
    """A graph with a certificate for each of its nodes; ShapeError unless there is one for each.

    Lean: Proofs.Autograd.GraphFDerivCorrect
    """

    g: Graph
    nodes: tuple[NodeFDerivCorrect, ...] = ()

    def __post_init__(self) -> None:
        _one_for_each(self.g, [certificate.node for certificate in self.nodes])


@dataclass(frozen=True, slots=True)
class GraphFDerivCorrectAt:
    """A graph with a certificate for each of its nodes, at the values met when it is evaluated at xV.

    Raises ShapeError unless there is one for each.
    Lean: Proofs.Autograd.GraphFDerivCorrectAt
    """

    g: Graph
    xV: Vec
    nodes: tuple[NodeFDerivCorrectAt, ...] = ()

    def __post_init__(self) -> None:
        _one_for_each(self.g, [certificate.node for certificate in self.nodes])


def _one_for_each(g: Graph, certified: list[Node]) -> None:
    require_size("certificates of a graph", len(certified), len(g.nodes))
    for have, node in zip(certified, g.nodes, strict=True):
        require_size("the context of a certified node", ctxSize(have.Γ), ctxSize(node.Γ))
        require_size("the value of a certified node", have.τ.size, node.τ.size)


class Graph_:
    """Graphs as functions of vectors, and linear maps between vectorized contexts."""

    @staticmethod
    def evalVec(g: Graph, xV: Vec) -> Vec:
        """The inputs and the values of all nodes.

        Lean: Proofs.Autograd.Graph.evalVec
        """
        ctxV = castCtxVec(g.Γ, g.Γ, xV)
        for node in g.nodes:
            ctxV = snocCtx(node.Γ, node.τ, ctxV, Node_.forwardVec(node, ctxV))
        return ctxV

    @staticmethod
    def jvpVec(g: Graph, xV: Vec, dxV: Vec) -> Vec:
        """The tangents of the inputs and of all nodes.

        Lean: Proofs.Autograd.Graph.jvpVec
        """
        ctxV, dctxV = castCtxVec(g.Γ, g.Γ, xV), castCtxVec(g.Γ, g.Γ, dxV)
        for node in g.nodes:
            dctxV = snocCtx(node.Γ, node.τ, dctxV, Node_.jvpVec(node, ctxV, dctxV))
            ctxV = snocCtx(node.Γ, node.τ, ctxV, Node_.forwardVec(node, ctxV))
        return dctxV

    @staticmethod
    def backpropVec(g: Graph, xV: Vec, seedV: Vec) -> Vec:
        """The cotangents of the inputs, for a seed of every value: the last node first, contributions added.

        Lean: Proofs.Autograd.Graph.backpropVec
        """
        ctxV, grads = Graph_.evalVec(g, xV), seedV
        for node in reversed(g.nodes):
            ctxV, _ = unsnocCtx(node.Γ, node.τ, ctxV)
            grads, δ = unsnocCtx(node.Γ, node.τ, grads)
            grads = VecT(len(grads)).add(grads, Node_.vjpVec(node, ctxV, δ))
        return castCtxVec(g.Γ, g.Γ, grads)

    @staticmethod
    def backprop_correct_inner(g: Graph, xV: Vec, dxV: Vec, seedV: Vec) -> Judgement:
        """`⟪jvpVec g xV dxV, seedV⟫ = ⟪dxV, backpropVec g xV seedV⟫`

        Lean: Proofs.Autograd.Graph.backprop_correct_inner
        """
        return equal(inner(Graph_.jvpVec(g, xV, dxV), seedV), inner(dxV, Graph_.backpropVec(g, xV, seedV)))

    @staticmethod
    def hasFDerivAt_evalVec_and_jvp(g: Graph, xV: Vec, dxV: Vec) -> Judgement:
        """`∃ D, HasFDerivAt (evalVec g) D xV ∧ ∀ dxV, jvpVec g xV dxV = D dxV`

        Lean: Proofs.Autograd.Graph.hasFDerivAt_evalVec_and_jvp
        """
        return _derivative_and_jvp(g, xV, dxV)

    @staticmethod
    def jvpVec_eq_fderiv(g: Graph, xV: Vec, dxV: Vec) -> Judgement:
        """`jvpVec g xV dxV = fderiv ℝ (evalVec g) xV dxV`

        Lean: Proofs.Autograd.Graph.jvpVec_eq_fderiv
        """
        derivative, certified = graph_fderiv(g, xV)
        return as_sure(certified, equal(Graph_.jvpVec(g, xV, dxV), derivative(dxV)))

    @staticmethod
    def backpropVec_eq_adjoint_fderiv(g: Graph, xV: Vec, seedV: Vec) -> Judgement:
        """`backpropVec g xV seedV = (fderiv ℝ (evalVec g) xV).adjoint seedV`

        Lean: Proofs.Autograd.Graph.backpropVec_eq_adjoint_fderiv
        """
        derivative, certified = graph_fderiv(g, xV)
        return as_sure(certified, equal(Graph_.backpropVec(g, xV, seedV), derivative.adjoint(seedV)))

    @staticmethod
    def hasFDerivAt_evalVec_and_jvp_at(g: Graph, xV: Vec, dxV: Vec) -> Judgement:
        """`∃ D, HasFDerivAt (evalVec g) D xV ∧ ∀ dxV, jvpVec g xV dxV = D dxV`

        Lean: Proofs.Autograd.Graph.hasFDerivAt_evalVec_and_jvp_at
        """
        return _derivative_and_jvp(g, xV, dxV)

    @staticmethod
    def jvpVec_eq_fderiv_at(g: Graph, xV: Vec, dxV: Vec) -> Judgement:
        """`jvpVec g xV dxV = fderiv ℝ (evalVec g) xV dxV`

        Lean: Proofs.Autograd.Graph.jvpVec_eq_fderiv_at
        """
        derivative, certified = graph_fderiv(g, xV)
        return as_sure(certified, equal(Graph_.jvpVec(g, xV, dxV), derivative(dxV)))

    @staticmethod
    def backpropVec_eq_adjoint_fderiv_at(g: Graph, xV: Vec, seedV: Vec) -> Judgement:
        """`backpropVec g xV seedV = (fderiv ℝ (evalVec g) xV).adjoint seedV`

        Lean: Proofs.Autograd.Graph.backpropVec_eq_adjoint_fderiv_at
        """
        derivative, certified = graph_fderiv(g, xV)
        return as_sure(certified, equal(Graph_.backpropVec(g, xV, seedV), derivative.adjoint(seedV)))

    @staticmethod
    def appendCLM(m: int, n: int) -> CLM:
        """`(a, b) ↦ appendVec a b`.

        Lean: Proofs.Autograd.Graph.appendCLM
        """
        return CLM(ProdT(VecT(m), VecT(n)), VecT(m + n), lambda p: appendVec(p[0], p[1]))

    @staticmethod
    def castCLM(n: int, m: int) -> CLM:
        """`castVec` from length n to length m, which have to be equal.

        Lean: Proofs.Autograd.Graph.castCLM
        """
        require_size("castCLM", n, m)
        return CLM(VecT(n), VecT(m), lambda v: castVec(m, v))

    @staticmethod
    def snocCLM(Γ: Shapes, τ: Shape) -> CLM:
        """`(ctx, t) ↦ snocCtx ctx t`.

        Lean: Proofs.Autograd.Graph.snocCLM
        """
        size = ctxSize(Γ) + τ.size
        return Graph_.castCLM(size, ctxSize((*Γ, τ))).comp(Graph_.appendCLM(ctxSize(Γ), τ.size))


def graph_fderiv(g: Graph, xV: Vec) -> tuple[CLM, bool]:
    """`fderiv ℝ (evalVec g) xV`, and whether it is certified."""
    whole = VecT(ctxSize((*g.Γ, *g.ss)))
    return fderiv(partial(Graph_.evalVec, g), VecT(ctxSize(g.Γ)), whole, xV)


def as_sure(certified: bool, judgement: Judgement) -> Judgement:
    """The judgement, no surer than the derivative that it speaks of."""
    return judgement if certified else replace(judgement, proved=False, certified=False)


def _derivative_and_jvp(g: Graph, xV: Vec, dxV: Vec) -> Judgement:
    """The map D can only be `jvpVec g xV`: it is linear, and it is the derivative."""
    whole = VecT(ctxSize((*g.Γ, *g.ss)))
    D = CLM(VecT(ctxSize(g.Γ)), whole, partial(Graph_.jvpVec, g, xV))
    along = whole.of(sum(c * dxV[j] for j, c in row.items()) for row in D.matrix())
    return all_of((HasFDerivAt(partial(Graph_.evalVec, g), D, xV), equal(D(dxV), along)))


def toVecT_ofVecT(s: Shape, v: Vec) -> Judgement:
    """`toVecT (ofVecT v) = v`

    Lean: Proofs.Autograd.toVecT_ofVecT
    """
    return equal(toVecT(ofVecT(s, v)), v)


def ofVecT_toVecT(t: Tensor) -> Judgement:
    """`ofVecT (toVecT t) = t`

    Lean: Proofs.Autograd.ofVecT_toVecT
    """
    return equal(ofVecT(t.shape, toVecT(t)), t)


def unflattenCtx_flattenCtx(xs: Tensors) -> Judgement:
    """`unflattenCtx (flattenCtx xs) = xs`

    Lean: Proofs.Autograd.unflattenCtx_flattenCtx
    """
    return equal(unflattenCtx(tuple(x.shape for x in xs), flattenCtx(xs)), xs)


def flattenCtx_unflattenCtx(Γ: Shapes, v: Vec) -> Judgement:
    """`flattenCtx (unflattenCtx v) = v`

    Lean: Proofs.Autograd.flattenCtx_unflattenCtx
    """
    return equal(flattenCtx(unflattenCtx(Γ, v)), v)


def dot_eq_inner_toVecT(a: Tensor, b: Tensor) -> Judgement:
    """`dot a b = ⟪toVecT a, toVecT b⟫`

    Lean: Proofs.Autograd.dot_eq_inner_toVecT
    """
    return equal(dot(a, b), inner(toVecT(a), toVecT(b)))


def inner_append(a: Vec, c: Vec, b: Vec, d: Vec) -> Judgement:
    """`⟪appendVec a b, appendVec c d⟫ = ⟪a, c⟫ + ⟪b, d⟫`

    Lean: Proofs.Autograd.inner_append
    """
    return equal(inner(appendVec(a, b), appendVec(c, d)), inner(a, c) + inner(b, d))


def dotList_eq_inner_flattenCtx(x: Tensors, y: Tensors) -> Judgement:
    """`dotList x y = ⟪flattenCtx x, flattenCtx y⟫`

    Lean: Proofs.Autograd.dotList_eq_inner_flattenCtx
    """
    return equal(TList.dotList(x, y), inner(flattenCtx(x), flattenCtx(y)))


def ctxSize_append(Γ: Shapes, ss: Shapes) -> Judgement:
    """`ctxSize (Γ ++ ss) = ctxSize Γ + ctxSize ss`

    Lean: Proofs.Autograd.ctxSize_append
    """
    return truth(ctxSize((*Γ, *ss)) == ctxSize(Γ) + ctxSize(ss))


def _ctxVec(Γ: Shapes) -> VecT:
    return VecT(ctxSize(Γ))


def _whole(Γ: Shapes, ss: Shapes) -> VecT:
    return VecT(ctxSize((*Γ, *ss)))


_GRAPH: dict[str, BinderSpec] = {
    "Γ": ContextT(),
    "ss": ContextT(),
    "g": lambda Γ, ss: GraphT(Γ, ss),
}
_SMOOTH: dict[str, BinderSpec] = {
    "Γ": ContextT(),
    "ss": ContextT(),
    "g": lambda Γ, ss: GraphT(Γ, ss, everywhere=True),
    "hg": Assume(holds=certified),
    "xV": _ctxVec,
}
_AT: dict[str, BinderSpec] = {**_GRAPH, "xV": _ctxVec}
_HOLDS_AT = Assume(holds=certified_at)

CLAIMS = (
    claim(
        "Proofs.Autograd.toVecT_ofVecT",
        toVecT_ofVecT,
        s=ShapeT(),
        v=lambda s: VecT(s.size),
    ),
    claim("Proofs.Autograd.ofVecT_toVecT", ofVecT_toVecT, s=ShapeT(), t=lambda s: TensorT(s)),
    claim(
        "Proofs.Autograd.unflattenCtx_flattenCtx",
        unflattenCtx_flattenCtx,
        Γ=ContextT(),
        xs=lambda Γ: TListT(Γ),
    ),
    claim("Proofs.Autograd.flattenCtx_unflattenCtx", flattenCtx_unflattenCtx, Γ=ContextT(), v=_ctxVec),
    claim(
        "Proofs.Autograd.dot_eq_inner_toVecT",
        dot_eq_inner_toVecT,
        s=ShapeT(),
        a=lambda s: TensorT(s),
        b=lambda s: TensorT(s),
    ),
    claim(
        "Proofs.Autograd.inner_append",
        inner_append,
        m=NatT(),
        n=NatT(),
        a=lambda m: VecT(m),
        c=lambda m: VecT(m),
        b=lambda n: VecT(n),
        d=lambda n: VecT(n),
    ),
    claim(
        "Proofs.Autograd.dotList_eq_inner_flattenCtx",
        dotList_eq_inner_flattenCtx,
        Γ=ContextT(),
        x=lambda Γ: TListT(Γ),
        y=lambda Γ: TListT(Γ),
    ),
    claim("Proofs.Autograd.ctxSize_append", ctxSize_append, Γ=ContextT(), ss=ContextT()),
    claim(
        "Proofs.Autograd.Node.correct_inner",
        Node_.correct_inner,
        Γ=ContextT(),
        τ=ShapeT(),
        node=lambda Γ, τ: NodeT(Γ, τ),
        ctxV=_ctxVec,
        dctxV=_ctxVec,
        δV=lambda τ: VecT(τ.size),
    ),
    claim(
        "Proofs.Autograd.Graph.backprop_correct_inner",
        Graph_.backprop_correct_inner,
        **_GRAPH,
        xV=_ctxVec,
        dxV=_ctxVec,
        seedV=_whole,
    ),
    claim(
        "Proofs.Autograd.Graph.hasFDerivAt_evalVec_and_jvp",
        Graph_.hasFDerivAt_evalVec_and_jvp,
        **_SMOOTH,
        dxV=_ctxVec,
    ),
    claim("Proofs.Autograd.Graph.jvpVec_eq_fderiv", Graph_.jvpVec_eq_fderiv, **_SMOOTH, dxV=_ctxVec),
    claim(
        "Proofs.Autograd.Graph.backpropVec_eq_adjoint_fderiv",
        Graph_.backpropVec_eq_adjoint_fderiv,
        **_SMOOTH,
        seedV=_whole,
    ),
    claim(
        "Proofs.Autograd.Graph.hasFDerivAt_evalVec_and_jvp_at",
        Graph_.hasFDerivAt_evalVec_and_jvp_at,
        **_AT,
        hg=_HOLDS_AT,
        dxV=_ctxVec,
    ),
    claim(
        "Proofs.Autograd.Graph.jvpVec_eq_fderiv_at",
        Graph_.jvpVec_eq_fderiv_at,
        **_AT,
        dxV=_ctxVec,
        hg=_HOLDS_AT,
    ),
    claim(
        "Proofs.Autograd.Graph.backpropVec_eq_adjoint_fderiv_at",
        Graph_.backpropVec_eq_adjoint_fderiv_at,
        **_AT,
        seedV=_whole,
        hg=_HOLDS_AT,
    ),
)
