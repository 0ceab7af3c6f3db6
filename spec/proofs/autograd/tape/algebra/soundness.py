"""Contexts, nodes and graphs over any scalar: one tensor for each shape of a list.

A list of shapes Γ is a tuple of shapes, a value of `TList Γ` a tuple of tensors, which carry their shapes.

Lean module: NN.Proofs.Autograd.Tape.Algebra.Soundness
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from leanmirror.spec.core.context import Scalar
from leanmirror.spec.core.shape import Shape, require_shape, require_size
from leanmirror.spec.core.tensor.constructors import fill
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.core.tensor_ops import addSpec, scaleSpec, subSpec
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.judge.claim import claim
from leanmirror.spec.judge.comparison import equal
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.judge.types import UnitT
from leanmirror.spec.proofs.tensor.algebra import dot
from leanmirror.spec.torchlean_types import AlgebraGraphT, ContextT, TListT

Shapes = tuple[Shape, ...]
"""The values of `List Shape`."""
Tensors = tuple[Tensor, ...]
"""The values of `TList Γ`."""


def require_context(what: str, found: Tensors, wanted: Shapes) -> None:
    """Raise ShapeError unless there is one tensor of each shape."""
    require_size(what, len(found), len(wanted))
    for i, (t, s) in enumerate(zip(found, wanted, strict=True)):
        require_shape(f"{what}, entry {i}", t.shape, s)


def require_entry(Γ: Shapes, s: Shape, i: int) -> None:
    """Raise ShapeError unless entry i of Γ is s."""
    if not 0 <= i < len(Γ):
        raise ShapeError(f"index {i} is not below {len(Γ)}, the length of the context")
    require_shape(f"entry {i} of the context", Γ[i], s)


class TList:
    """Contexts and what is done with them, entry by entry.

    Lean: Proofs.Autograd.Algebra.TList
    """

    @staticmethod
    def nil() -> Tensors:
        """The empty context.

        Lean: Proofs.Autograd.Algebra.TList.nil
        """
        return ()

    @staticmethod
    def cons(x: Tensor, xs: Tensors) -> Tensors:
        """A tensor before a context.

        Lean: Proofs.Autograd.Algebra.TList.cons
        """
        return (x, *xs)

    @staticmethod
    def get(xs: Tensors, i: int) -> Tensor:
        """Entry i; ShapeError out of range.

        Lean: Proofs.Autograd.Algebra.TList.get
        """
        if not 0 <= i < len(xs):
            raise ShapeError(f"index {i} is not below {len(xs)}, the length of the context")
        return xs[i]

    @staticmethod
    def zero(ss: Shapes) -> Tensors:
        """Zeros of every shape.

        Lean: Proofs.Autograd.Algebra.TList.zero
        """
        return tuple(fill(0, s) for s in ss)

    @staticmethod
    def add(xs: Tensors, ys: Tensors) -> Tensors:
        """The sum; ShapeError where the shapes differ.

        Lean: Proofs.Autograd.Algebra.TList.add
        """
        require_size("add, the second context", len(ys), len(xs))
        return tuple(addSpec(a, b) for a, b in zip(xs, ys, strict=True))

    @staticmethod
    def scale(c: Scalar, xs: Tensors) -> Tensors:
        """Every tensor times `c`.

        Lean: Proofs.Autograd.Algebra.TList.scale
        """
        return tuple(scaleSpec(x, c) for x in xs)

    @staticmethod
    def sub(xs: Tensors, ys: Tensors) -> Tensors:
        """The difference; ShapeError where the shapes differ.

        Lean: Proofs.Autograd.Algebra.TList.sub
        """
        require_size("sub, the second context", len(ys), len(xs))
        return tuple(subSpec(a, b) for a, b in zip(xs, ys, strict=True))

    @staticmethod
    def snoc(xs: Tensors, t: Tensor) -> Tensors:
        """A tensor after a context.

        Lean: Proofs.Autograd.Algebra.TList.snoc
        """
        return (*xs, t)

    @staticmethod
    def unsnoc(xs: Tensors) -> tuple[Tensors, Tensor]:
        """All but the last tensor, and the last; ShapeError for the empty context.

        Lean: Proofs.Autograd.Algebra.TList.unsnoc
        """
        if not xs:
            raise ShapeError("unsnoc: 0 entries where at least 1 is needed")
        return xs[:-1], xs[-1]

    @staticmethod
    def cast(ss2: Shapes, xs: Tensors) -> Tensors:
        """The same context, where Lean needs a proof that its shapes are `ss2`; ShapeError where not.

        Lean: Proofs.Autograd.Algebra.TList.cast
        """
        require_context("cast", xs, ss2)
        return xs

    @staticmethod
    def dotList(xs: Tensors, ys: Tensors) -> Scalar:
        """The sum of the tensors' dot products; ShapeError where the shapes differ.

        Lean: Proofs.Autograd.Algebra.TList.dotList
        """
        require_size("dotList, the second context", len(ys), len(xs))
        total: Scalar = 0
        for a, b in zip(reversed(xs), reversed(ys), strict=True):
            total = dot(a, b) + total
        return total

    @staticmethod
    def single(idx: Idx, v: Tensor) -> Tensors:
        """`v` at the index, zeros elsewhere; ShapeError where `v` does not have the index's shape.

        Lean: Proofs.Autograd.Algebra.TList.single
        """
        require_shape("single", v.shape, idx.s)
        return tuple(v if k == idx.i else fill(0, s) for k, s in enumerate(idx.Γ))


@dataclass(frozen=True, slots=True)
class Idx:
    """Position i, from the front, of a context Γ whose entry there has shape s; ShapeError otherwise.

    Lean: Proofs.Autograd.Algebra.Idx
    """

    Γ: Shapes
    s: Shape
    i: int

    def __post_init__(self) -> None:
        require_entry(self.Γ, self.s, self.i)


def getIdx(xs: Tensors, idx: Idx) -> Tensor:
    """The tensor at the index.

    Lean: Proofs.Autograd.Algebra.getIdx
    """
    require_size("getIdx", len(xs), len(idx.Γ))
    return Tensor.castShape(idx.s, TList.get(xs, idx.i))


@dataclass(frozen=True, slots=True)
class NodeData:
    """A function of a context Γ and an environment d that is not differentiated, with its two rules.

    `forward x d`, `jvp x dx d` and `vjp x d δ`.
    Lean: Proofs.Autograd.Algebra.NodeData
    """

    Γ: Shapes
    τ: Shape
    forward: Callable[[Tensors, Any], Tensor]
    jvp: Callable[[Tensors, Tensors, Any], Tensor]
    vjp: Callable[[Tensors, Any, Tensor], Tensors]


@dataclass(frozen=True, slots=True)
class Node(NodeData):
    """A node whose reverse-mode rule is the transpose of its forward-mode rule.

    Lean: Proofs.Autograd.Algebra.Node
    """

    def toNodeData(self) -> NodeData:
        """The node without that claim."""
        return NodeData(self.Γ, self.τ, self.forward, self.jvp, self.vjp)

    def correct(self, x: Tensors, dx: Tensors, d: Any, δ: Tensor) -> Judgement:
        """`dot (jvp x dx d) δ = dotList dx (vjp x d δ)`

        Lean: Proofs.Autograd.Algebra.Node.correct
        """
        return equal(dot(self.jvp(x, dx, d), δ), TList.dotList(dx, self.vjp(x, d, δ)))


def _require_chain(Γ: Shapes, nodes: Sequence[NodeData]) -> None:
    context = Γ
    for k, node in enumerate(nodes):
        if context != node.Γ:
            raise ShapeError(f"node {k} of a graph reads {len(node.Γ)} values of other shapes than it meets")
        context = (*context, node.τ)


@dataclass(frozen=True, slots=True)
class GraphData:
    """Inputs of the shapes Γ, and nodes each of which reads the inputs and the values before it.

    Raises ShapeError unless each node's context is Γ and the shapes of the values before it.
    Lean: Proofs.Autograd.Algebra.GraphData
    """

    Γ: Shapes
    nodes: tuple[NodeData, ...] = ()

    def __post_init__(self) -> None:
        _require_chain(self.Γ, self.nodes)

    @property
    def ss(self) -> Shapes:
        """The shapes of the nodes' values."""
        return tuple(node.τ for node in self.nodes)

    @staticmethod
    def nil(Γ: Shapes) -> GraphData:
        """The graph without nodes.

        Lean: Proofs.Autograd.Algebra.GraphData.nil
        """
        return GraphData(Γ)

    @staticmethod
    def snoc(g: GraphData, node: NodeData) -> GraphData:
        """The graph with one more node.

        Lean: Proofs.Autograd.Algebra.GraphData.snoc
        """
        return GraphData(g.Γ, (*g.nodes, node))

    @staticmethod
    def eval(g: GraphData, x: Tensors, d: Any) -> Tensors:
        """The inputs and the values of all nodes.

        Lean: Proofs.Autograd.Algebra.GraphData.eval
        """
        ctx = TList.cast(g.Γ, x)
        for node in g.nodes:
            ctx = TList.snoc(ctx, node.forward(ctx, d))
        return ctx

    @staticmethod
    def jvpCtx(g: GraphData, x: Tensors, dx: Tensors, d: Any) -> Tensors:
        """The tangents of the inputs and of all nodes.

        Lean: Proofs.Autograd.Algebra.GraphData.jvpCtx
        """
        ctx, dctx = TList.cast(g.Γ, x), TList.cast(g.Γ, dx)
        for node in g.nodes:
            dctx = TList.snoc(dctx, node.jvp(ctx, dctx, d))
            ctx = TList.snoc(ctx, node.forward(ctx, d))
        return dctx

    @staticmethod
    def backpropCtx(g: GraphData, x: Tensors, d: Any, seed: Tensors) -> Tensors:
        """The cotangents of the inputs, for a seed of every value.

        Lean: Proofs.Autograd.Algebra.GraphData.backpropCtx
        """
        ctx, grads = GraphData.eval(g, x, d), TList.cast((*g.Γ, *g.ss), seed)
        for node in reversed(g.nodes):
            grads, δ = TList.unsnoc(grads)
            ctx = ctx[: len(grads)]
            grads = TList.add(grads, node.vjp(ctx, d, δ))
        return grads


@dataclass(frozen=True, slots=True)
class Graph:
    """As `GraphData`, of nodes whose rules are adjoint.

    Raises ShapeError unless each node's context is Γ and the shapes of the values before it.
    Lean: Proofs.Autograd.Algebra.Graph
    """

    Γ: Shapes
    nodes: tuple[Node, ...] = ()

    def __post_init__(self) -> None:
        _require_chain(self.Γ, self.nodes)

    @property
    def ss(self) -> Shapes:
        """The shapes of the nodes' values."""
        return tuple(node.τ for node in self.nodes)

    @staticmethod
    def nil(Γ: Shapes) -> Graph:
        """The graph without nodes.

        Lean: Proofs.Autograd.Algebra.Graph.nil
        """
        return Graph(Γ)

    @staticmethod
    def snoc(g: Graph, node: Node) -> Graph:
        """The graph with one more node.

        Lean: Proofs.Autograd.Algebra.Graph.snoc
        """
        return Graph(g.Γ, (*g.nodes, node))

    @staticmethod
    def toData(g: Graph) -> GraphData:
        """The graph without the claims of its nodes.

        Lean: Proofs.Autograd.Algebra.Graph.toData
        """
        return GraphData(g.Γ, tuple(node.toNodeData() for node in g.nodes))

    @staticmethod
    def eval(g: Graph, x: Tensors, d: Any) -> Tensors:
        """The inputs and the values of all nodes.

        Lean: Proofs.Autograd.Algebra.Graph.eval
        """
        ctx = TList.cast(g.Γ, x)
        for node in g.nodes:
            ctx = TList.snoc(ctx, node.forward(ctx, d))
        return ctx

    @staticmethod
    def jvpCtx(g: Graph, x: Tensors, dx: Tensors, d: Any) -> Tensors:
        """The tangents of the inputs and of all nodes.

        Lean: Proofs.Autograd.Algebra.Graph.jvpCtx
        """
        ctx, dctx = TList.cast(g.Γ, x), TList.cast(g.Γ, dx)
        for node in g.nodes:
            dctx = TList.snoc(dctx, node.jvp(ctx, dctx, d))
            ctx = TList.snoc(ctx, node.forward(ctx, d))
        return dctx

    @staticmethod
    def backpropCtx(g: Graph, x: Tensors, d: Any, seed: Tensors) -> Tensors:
        """The cotangents of the inputs, for a seed of every value.

        Lean: Proofs.Autograd.Algebra.Graph.backpropCtx
        """
        ctx, grads = Graph.eval(g, x, d), TList.cast((*g.Γ, *g.ss), seed)
        for node in reversed(g.nodes):
            grads, δ = TList.unsnoc(grads)
            ctx = ctx[: len(grads)]
            grads = TList.add(grads, node.vjp(ctx, d, δ))
        return grads

    @staticmethod
    def backprop_correct(g: Graph, x: Tensors, dx: Tensors, d: Any, seed: Tensors) -> Judgement:
        """`dotList (jvpCtx g x dx d) seed = dotList dx (backpropCtx g x d seed)`

        Lean: Proofs.Autograd.Algebra.Graph.backprop_correct
        """
        return equal(
            TList.dotList(Graph.jvpCtx(g, x, dx, d), seed),
            TList.dotList(dx, Graph.backpropCtx(g, x, d, seed)),
        )


def _inputs(Γ: Shapes) -> TListT:
    return TListT(Γ)


CLAIMS = (
    claim(
        "Proofs.Autograd.Algebra.Graph.backprop_correct",
        Graph.backprop_correct,
        Γ=ContextT(),
        ss=ContextT(),
        g=lambda Γ, ss: AlgebraGraphT(Γ, ss),
        x=_inputs,
        dx=_inputs,
        d=UnitT(),
        seed=lambda Γ, ss: TListT((*Γ, *ss)),
    ),
)
