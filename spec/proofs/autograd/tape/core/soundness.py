"""Nodes of a tape: functions of a context with their forward- and reverse-mode rules.

`TList` is the algebraic one at ℝ, so all but `dotList` and `single` are abbreviations of it.

Lean module: NN.Proofs.Autograd.Tape.Core.Soundness
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from leanmirror.spec.core.context import Scalar
from leanmirror.spec.core.shape import Shape, require_shape, require_size
from leanmirror.spec.core.tensor.constructors import fill
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.judge.claim import claim
from leanmirror.spec.judge.comparison import equal
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.proofs.autograd.tape.algebra import soundness as Algebra
from leanmirror.spec.proofs.autograd.tape.algebra.soundness import Tensors, require_entry
from leanmirror.spec.proofs.tensor.basic.folds import dot
from leanmirror.spec.torchlean_types import ContextT, GraphT, IdxT, ShapeT, TensorT, TListT
from leanmirror.spec.torchlean_types.shapes import Shapes


class TList:
    """Contexts of real tensors.

    Lean: Proofs.Autograd.TList
    """

    @staticmethod
    def nil() -> Tensors:
        """The empty context.

        Lean: Proofs.Autograd.TList.nil
        """
        return Algebra.TList.nil()

    @staticmethod
    def cons(x: Tensor, xs: Tensors) -> Tensors:
        """A tensor before a context.

        Lean: Proofs.Autograd.TList.cons
        """
        return Algebra.TList.cons(x, xs)

    @staticmethod
    def get(xs: Tensors, i: int) -> Tensor:
        """Entry i.

        Lean: Proofs.Autograd.TList.get
        """
        return Algebra.TList.get(xs, i)

    @staticmethod
    def zero(ss: Shapes) -> Tensors:
        """Zeros of every shape.

        Lean: Proofs.Autograd.TList.zero
        """
        return Algebra.TList.zero(ss)

    @staticmethod
    def add(xs: Tensors, ys: Tensors) -> Tensors:
        """The sum.

        Lean: Proofs.Autograd.TList.add
        """
        return Algebra.TList.add(xs, ys)

    @staticmethod
    def snoc(xs: Tensors, t: Tensor) -> Tensors:
        """A tensor after a context.

        Lean: Proofs.Autograd.TList.snoc
        """
        return Algebra.TList.snoc(xs, t)

    @staticmethod
    def unsnoc(xs: Tensors) -> tuple[Tensors, Tensor]:
        """All but the last tensor, and the last.

        Lean: Proofs.Autograd.TList.unsnoc
        """
        return Algebra.TList.unsnoc(xs)

    @staticmethod
    def dotList(xs: Tensors, ys: Tensors) -> Scalar:
        """The sum of the tensors' dot products; ShapeError where the shapes differ.

        Lean: Proofs.Autograd.TList.dotList
        """
        require_size("dotList, the second context", len(ys), len(xs))
        total: Scalar = 0
        for a, b in zip(reversed(xs), reversed(ys), strict=True):
            total = dot(a, b) + total
        return total

    @staticmethod
    def cast(ss2: Shapes, xs: Tensors) -> Tensors:
        """The same context, where Lean needs a proof that its shapes are `ss2`.

        Lean: Proofs.Autograd.TList.cast
        """
        return Algebra.TList.cast(ss2, xs)

    @staticmethod
    def single(idx: Idx, v: Tensor) -> Tensors:
        """`v` at the index, zeros elsewhere; ShapeError where `v` does not have the index's shape.

        Lean: Proofs.Autograd.TList.single
        """
        require_shape("single", v.shape, idx.s)
        return tuple(v if k == idx.i else fill(0, s) for k, s in enumerate(idx.Γ))

    @staticmethod
    def dotList_add_right(x: Tensors, y: Tensors, z: Tensors) -> Judgement:
        """`dotList x (add y z) = dotList x y + dotList x z`

        Lean: Proofs.Autograd.TList.dotList_add_right
        """
        return equal(TList.dotList(x, TList.add(y, z)), TList.dotList(x, y) + TList.dotList(x, z))

    @staticmethod
    def dotList_snoc(x: Tensors, y: Tensors, a: Tensor, b: Tensor) -> Judgement:
        """`dotList (snoc x a) (snoc y b) = dotList x y + dot a b`

        Lean: Proofs.Autograd.TList.dotList_snoc
        """
        return equal(TList.dotList(TList.snoc(x, a), TList.snoc(y, b)), TList.dotList(x, y) + dot(a, b))

    @staticmethod
    def unsnoc_snoc(xs: Tensors, t: Tensor) -> Judgement:
        """`unsnoc (snoc xs t) = (xs, t)`

        Lean: Proofs.Autograd.TList.unsnoc_snoc
        """
        return equal(TList.unsnoc(TList.snoc(xs, t)), (xs, t))

    @staticmethod
    def snoc_unsnoc(xs: Tensors) -> Judgement:
        """`snoc (unsnoc xs).1 (unsnoc xs).2 = xs`

        Lean: Proofs.Autograd.TList.snoc_unsnoc
        """
        return equal(TList.snoc(TList.unsnoc(xs)[0], TList.unsnoc(xs)[1]), xs)

    @staticmethod
    def dot_fill_zero_right(a: Tensor) -> Judgement:
        """`dot a (fill 0 s) = 0`

        Lean: Proofs.Autograd.TList.dot_fill_zero_right
        """
        return equal(dot(a, fill(0, a.shape)), 0)

    @staticmethod
    def dotList_zero_right(x: Tensors) -> Judgement:
        """`dotList x zero = 0`

        Lean: Proofs.Autograd.TList.dotList_zero_right
        """
        return equal(TList.dotList(x, TList.zero(tuple(t.shape for t in x))), 0)

    @staticmethod
    def dotList_single(dx: Tensors, idx: Idx, v: Tensor) -> Judgement:
        """`dotList dx (single idx v) = dot (getIdx dx idx) v`

        Lean: Proofs.Autograd.TList.dotList_single
        """
        return equal(TList.dotList(dx, TList.single(idx, v)), dot(getIdx(dx, idx), v))


@dataclass(frozen=True, slots=True)
class Idx:
    """Position i, from the front, of a context Γ whose entry there has shape s; ShapeError otherwise.

    Lean: Proofs.Autograd.Idx
    """

    Γ: Shapes
    s: Shape
    i: int

    def __post_init__(self) -> None:
        require_entry(self.Γ, self.s, self.i)


def getIdx(xs: Tensors, idx: Idx) -> Tensor:
    """The tensor at the index.

    Lean: Proofs.Autograd.getIdx
    """
    require_size("getIdx", len(xs), len(idx.Γ))
    return Tensor.castShape(idx.s, TList.get(xs, idx.i))


@dataclass(frozen=True, slots=True)
class Node:
    """A function from contexts Γ to tensors of shape τ, with `jvp x dx` and `vjp x δ`.

    Lean: Proofs.Autograd.Node
    """

    Γ: Shapes
    τ: Shape
    forward: Callable[[Tensors], Tensor]
    jvp: Callable[[Tensors, Tensors], Tensor]
    vjp: Callable[[Tensors, Tensor], Tensors]

    def correct(self, x: Tensors, dx: Tensors, δ: Tensor) -> Judgement:
        """`dot (jvp x dx) δ = dotList dx (vjp x δ)`

        Lean: Proofs.Autograd.Node.correct
        """
        return equal(dot(self.jvp(x, dx), δ), TList.dotList(dx, self.vjp(x, δ)))


@dataclass(frozen=True, slots=True)
class Graph:
    """A tape: inputs of the shapes Γ, and nodes each of which reads the inputs and the values before it.

    Raises ShapeError unless each node's context is Γ and the shapes of the values before it.
    Lean: Proofs.Autograd.Graph
    """

    Γ: Shapes
    nodes: tuple[Node, ...] = ()

    def __post_init__(self) -> None:
        context = self.Γ
        for k, node in enumerate(self.nodes):
            if context != node.Γ:
                raise ShapeError(
                    f"node {k} of a graph reads {len(node.Γ)} values of other shapes than it meets"
                )
            context = (*context, node.τ)

    @property
    def ss(self) -> Shapes:
        """The shapes of the nodes' values."""
        return tuple(node.τ for node in self.nodes)

    @staticmethod
    def nil(Γ: Shapes) -> Graph:
        """The graph without nodes.

        Lean: Proofs.Autograd.Graph.nil
        """
        return Graph(Γ)

    @staticmethod
    def snoc(g: Graph, node: Node) -> Graph:
        """The graph with one more node.

        Lean: Proofs.Autograd.Graph.snoc
        """
        return Graph(g.Γ, (*g.nodes, node))

    @staticmethod
    def eval(g: Graph, x: Tensors) -> Tensors:
        """The inputs and the values of all nodes.

        Lean: Proofs.Autograd.Graph.eval
        """
        ctx = TList.cast(g.Γ, x)
        for node in g.nodes:
            ctx = TList.snoc(ctx, node.forward(ctx))
        return ctx

    @staticmethod
    def jvpCtx(g: Graph, x: Tensors, dx: Tensors) -> Tensors:
        """The tangents of the inputs and of all nodes.

        Lean: Proofs.Autograd.Graph.jvpCtx
        """
        ctx, dctx = TList.cast(g.Γ, x), TList.cast(g.Γ, dx)
        for node in g.nodes:
            dctx = TList.snoc(dctx, node.jvp(ctx, dctx))
            ctx = TList.snoc(ctx, node.forward(ctx))
        return dctx

    @staticmethod
    def backpropCtx(g: Graph, x: Tensors, seed: Tensors) -> Tensors:
        """The cotangents of the inputs, for a seed of every value: the last node first, contributions added.

        Lean: Proofs.Autograd.Graph.backpropCtx
        """
        ctx, grads = Graph.eval(g, x), TList.cast((*g.Γ, *g.ss), seed)
        for node in reversed(g.nodes):
            grads, δ = TList.unsnoc(grads)
            ctx = ctx[: len(grads)]
            grads = TList.add(grads, node.vjp(ctx, δ))
        return grads

    @staticmethod
    def backprop_correct(g: Graph, x: Tensors, dx: Tensors, seed: Tensors) -> Judgement:
        """`dotList (jvpCtx g x dx) seed = dotList dx (backpropCtx g x seed)`

        Lean: Proofs.Autograd.Graph.backprop_correct
        """
        return equal(
            TList.dotList(Graph.jvpCtx(g, x, dx), seed), TList.dotList(dx, Graph.backpropCtx(g, x, seed))
        )


def _list(ss: Shapes) -> TListT:
    return TListT(ss)


def _inputs(Γ: Shapes) -> TListT:
    return TListT(Γ)


def _last(τ: Shape) -> TensorT:
    return TensorT(τ)


CLAIMS = (
    claim(
        "Proofs.Autograd.TList.dotList_add_right",
        TList.dotList_add_right,
        ss=ContextT(),
        x=_list,
        y=_list,
        z=_list,
    ),
    claim(
        "Proofs.Autograd.TList.dotList_snoc",
        TList.dotList_snoc,
        ss=ContextT(),
        τ=ShapeT(),
        x=_list,
        y=_list,
        a=_last,
        b=_last,
    ),
    claim(
        "Proofs.Autograd.TList.unsnoc_snoc", TList.unsnoc_snoc, ss=ContextT(), τ=ShapeT(), xs=_list, t=_last
    ),
    claim(
        "Proofs.Autograd.TList.snoc_unsnoc",
        TList.snoc_unsnoc,
        ss=ContextT(),
        τ=ShapeT(),
        xs=lambda ss, τ: TListT((*ss, τ)),
    ),
    claim(
        "Proofs.Autograd.TList.dot_fill_zero_right",
        TList.dot_fill_zero_right,
        s=ShapeT(),
        a=lambda s: TensorT(s),
    ),
    claim("Proofs.Autograd.TList.dotList_zero_right", TList.dotList_zero_right, ss=ContextT(), x=_list),
    claim(
        "Proofs.Autograd.TList.dotList_single",
        TList.dotList_single,
        Γ=ContextT(),
        s=ShapeT(),
        dx=lambda Γ: TListT(Γ),
        idx=lambda Γ, s: IdxT(Γ, s),
        v=lambda s: TensorT(s),
    ),
    claim(
        "Proofs.Autograd.Graph.backprop_correct",
        Graph.backprop_correct,
        Γ=ContextT(),
        ss=ContextT(),
        g=lambda Γ, ss: GraphT(Γ, ss),
        x=_inputs,
        dx=_inputs,
        seed=lambda Γ, ss: TListT((*Γ, *ss)),
    ),
)
