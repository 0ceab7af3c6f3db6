"""Contexts as vectors, nodes on vectors, and nodes whose forward-mode rule is the derivative.

A value of `CtxVec Γ` is one flat list: the flattened entries of the context, one after the other.

Lean module: NN.Proofs.Autograd.Tape.Core.FDeriv
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from leanmirror.spec.core.context import Scalar
from leanmirror.spec.core.shape import Shape, require_size
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.core.tensor_reduction_shape.shape_change import flattenSpec, unflattenSpec
from leanmirror.spec.judge.claim import claim
from leanmirror.spec.judge.derivative import HasFDerivAt
from leanmirror.spec.judge.judgement import Judgement, equal, truth
from leanmirror.spec.judge.linear import CLM
from leanmirror.spec.judge.types import ContextT, NatT, ProdT, ShapeT, TensorT, TListT, VecT
from leanmirror.spec.mathlib import inner
from leanmirror.spec.proofs.autograd.core.vectorization import Vec, ofVecE, toVecE
from leanmirror.spec.proofs.autograd.tape.algebra.soundness import Shapes, Tensors
from leanmirror.spec.proofs.autograd.tape.core.soundness import Node, TList
from leanmirror.spec.proofs.tensor.basic.folds import dot


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


class Graph_:
    """Linear maps between vectorized contexts."""

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
)
