"""Graphs with the certificates of their nodes, and how they are put together.

Lean module: NN.Proofs.Autograd.Tape.Nodes.GraphComposition
"""

from __future__ import annotations

from dataclasses import dataclass

from leanmirror.spec.core.shape import require_size
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.graphs.certificates import certificate
from leanmirror.spec.judge.claim import claim
from leanmirror.spec.judge.comparison import equal
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.judge.types import ProdT, VecT
from leanmirror.spec.judge.types.linear import CLM
from leanmirror.spec.proofs.autograd.core.vectorization import Vec
from leanmirror.spec.proofs.autograd.fderiv.op_spec import OpSpecFDerivCorrect
from leanmirror.spec.proofs.autograd.tape.core.fderiv import (
    Graph_,
    GraphFDerivCorrect,
    GraphFDerivCorrectAt,
    Node_,
    NodeFDerivCorrect,
    appendVec,
    castVec,
    ctxSize,
)
from leanmirror.spec.proofs.autograd.tape.core.soundness import Graph, Idx, Node
from leanmirror.spec.proofs.autograd.tape.nodes.context import Node_ as OfVec
from leanmirror.spec.proofs.autograd.tape.nodes.elementwise import unaryOp, unaryOpFderiv
from leanmirror.spec.proofs.autograd.tape.nodes.reductions import takeLeftVec, takeRightVec
from leanmirror.spec.torchlean_types import ContextT, DGraphT
from leanmirror.spec.torchlean_types.shapes import Shapes


@dataclass(frozen=True, slots=True)
class DGraph:
    """A graph with its certificate; ShapeError unless the certificate is one of it.

    Lean: Proofs.Autograd.DGraph
    """

    g: Graph
    hg: GraphFDerivCorrect

    def __post_init__(self) -> None:
        if self.hg.g is not self.g:
            raise ShapeError("a graph with the certificate of another graph")

    @staticmethod
    def takeLeftCLM(m: int, n: int) -> CLM:
        """The first m of m + n entries.

        Lean: Proofs.Autograd.DGraph.takeLeftCLM
        """
        return CLM(VecT(m + n), VecT(m), lambda v: takeLeftVec(m, n, v))

    @staticmethod
    def takeRightCLM(m: int, n: int) -> CLM:
        """The last n of m + n entries.

        Lean: Proofs.Autograd.DGraph.takeRightCLM
        """
        return CLM(VecT(m + n), VecT(n), lambda v: takeRightVec(m, n, v))

    @staticmethod
    def dropMiddleCLM(Γ: Shapes, extra: Shapes, ss: Shapes) -> CLM:
        """The blocks of Γ and ss out of those of Γ, extra and ss.

        Lean: Proofs.Autograd.DGraph.dropMiddleCLM
        """
        base, more, rest = ctxSize(Γ), ctxSize(extra), ctxSize(ss)
        left = DGraph.takeLeftCLM(base, more).comp(DGraph.takeLeftCLM(base + more, rest))
        saved = DGraph.takeRightCLM(base + more, rest)
        both = CLM(left.dom, ProdT(VecT(base), VecT(rest)), lambda x: (left(x), saved(x)))
        return Graph_.appendCLM(base, rest).comp(both)

    @staticmethod
    def dropMiddleCLM_apply(Γ: Shapes, extra: Shapes, ss: Shapes, x: Vec) -> Judgement:
        """`dropMiddleCLM Γ extra ss x = appendVec (takeLeftVec (takeLeftVec x)) (takeRightVec x)`

        Lean: Proofs.Autograd.DGraph.dropMiddleCLM_apply
        """
        base, more, rest = ctxSize(Γ), ctxSize(extra), ctxSize(ss)
        left = takeLeftVec(base, more, takeLeftVec(base + more, rest, castVec(base + more + rest, x)))
        return equal(
            DGraph.dropMiddleCLM(Γ, extra, ss)(x), appendVec(left, takeRightVec(base + more, rest, x))
        )

    @staticmethod
    def weakenNodeMiddle(Γ: Shapes, extra: Shapes, ss: Shapes, node: Node) -> Node:
        """A node of the context Γ, ss in the context Γ, extra, ss: it reads nothing of `extra`.

        Lean: Proofs.Autograd.DGraph.weakenNodeMiddle
        """
        L = DGraph.dropMiddleCLM(Γ, extra, ss)
        return OfVec.ofVec(
            (*Γ, *extra, *ss),
            node.τ,
            f=lambda x: Node_.forwardVec(node, L(x)),
            jvp=lambda x, dx: Node_.jvpVec(node, L(x), L(dx)),
            vjp=lambda x, δ: L.adjoint(Node_.vjpVec(node, L(x), δ)),
        )

    @staticmethod
    def weakenNodeMiddleFDerivCorrect(
        Γ: Shapes, extra: Shapes, ss: Shapes, hn: NodeFDerivCorrect
    ) -> NodeFDerivCorrect:
        """The certificate of `weakenNodeMiddle node`, from that of the node.

        Lean: Proofs.Autograd.DGraph.weakenNodeMiddleFDerivCorrect
        """
        L = DGraph.dropMiddleCLM(Γ, extra, ss)
        node = DGraph.weakenNodeMiddle(Γ, extra, ss, hn.node)
        return NodeFDerivCorrect(node, lambda x: hn.deriv(L(x)).comp(L))

    @staticmethod
    def nil(Γ: Shapes) -> DGraph:
        """The graph without nodes.

        Lean: Proofs.Autograd.DGraph.nil
        """
        return _bundled(Graph.nil(Γ), ())

    @staticmethod
    def snoc(dg: DGraph, node: Node, hn: NodeFDerivCorrect) -> DGraph:
        """The graph with one more node and its certificate.

        Lean: Proofs.Autograd.DGraph.snoc
        """
        return _bundled(Graph.snoc(dg.g, node), (*dg.hg.nodes, hn))

    @staticmethod
    def castNodeContext(Γ2: Shapes, node: Node) -> Node:
        """The same node, where Lean needs a proof that its context is Γ₂; ShapeError where it is not.

        Lean: Proofs.Autograd.DGraph.castNodeContext
        """
        _same_context(node.Γ, Γ2)
        return node

    @staticmethod
    def castNodeFDerivCorrect(Γ2: Shapes, hn: NodeFDerivCorrect) -> NodeFDerivCorrect:
        """The same certificate, for `castNodeContext`.

        Lean: Proofs.Autograd.DGraph.castNodeFDerivCorrect
        """
        _same_context(hn.node.Γ, Γ2)
        return hn

    @staticmethod
    def graphFDerivCorrectAtOfCorrect(hg: GraphFDerivCorrect, xV: Vec) -> GraphFDerivCorrectAt:
        """The certificate at one point, each node's at the value met there.

        Lean: Proofs.Autograd.DGraph.graphFDerivCorrectAtOfCorrect
        """
        values = Graph_.evalVec(hg.g, xV)
        found = tuple(hn.at(values[: ctxSize(hn.node.Γ)]) for hn in hg.nodes)
        return GraphFDerivCorrectAt(hg.g, xV, found)

    @staticmethod
    def appendCore(dg1: DGraph, g2: Graph, hg2: GraphFDerivCorrect) -> DGraph:
        """The nodes of the first graph, then those of the second, which reads its values.

        Raises ShapeError unless the second graph's inputs are all values of the first.
        Lean: Proofs.Autograd.DGraph.appendCore
        """
        _same_context((*dg1.g.Γ, *dg1.g.ss), g2.Γ)
        return _bundled(Graph(dg1.g.Γ, (*dg1.g.nodes, *g2.nodes)), (*dg1.hg.nodes, *hg2.nodes))

    @staticmethod
    def append(dg1: DGraph, dg2: DGraph) -> DGraph:
        """The nodes of the first graph, then those of the second, which reads its values.

        Lean: Proofs.Autograd.DGraph.append
        """
        return DGraph.appendCore(dg1, dg2.g, dg2.hg)

    @staticmethod
    def weakenContextCore(extra: Shapes, g: Graph, hg: GraphFDerivCorrect) -> DGraph:
        """The same graph with more inputs, which no node reads.

        Lean: Proofs.Autograd.DGraph.weakenContextCore
        """
        nodes: list[Node] = []
        certificates: list[NodeFDerivCorrect] = []
        for k, (node, hn) in enumerate(zip(g.nodes, hg.nodes, strict=True)):
            nodes.append(DGraph.weakenNodeMiddle(g.Γ, extra, g.ss[:k], node))
            certificates.append(DGraph.weakenNodeMiddleFDerivCorrect(g.Γ, extra, g.ss[:k], hn))
        return _bundled(Graph((*g.Γ, *extra), tuple(nodes)), tuple(certificates))

    @staticmethod
    def weakenContext(dg: DGraph, extra: Shapes) -> DGraph:
        """The same graph with more inputs, which no node reads.

        Lean: Proofs.Autograd.DGraph.weakenContext
        """
        return DGraph.weakenContextCore(extra, dg.g, dg.hg)

    @staticmethod
    def snocUnaryOp(dg: DGraph, idx: Idx, C: OpSpecFDerivCorrect) -> DGraph:
        """The graph with the operation C on one vector as one more node.

        Lean: Proofs.Autograd.DGraph.snocUnaryOp
        """
        return DGraph.snoc(dg, unaryOp(idx, C), unaryOpFderiv(idx, C))

    @staticmethod
    def weakenContext_backpropVec_eq_adjoint_fderiv(
        dg: DGraph, extra: Shapes, xV: Vec, seedV: Vec
    ) -> Judgement:
        """`backpropVec (weakenContext dg extra).g xV seedV = (fderiv ℝ (evalVec …) xV).adjoint seedV`

        Lean: Proofs.Autograd.DGraph.weakenContext_backpropVec_eq_adjoint_fderiv
        """
        return Graph_.backpropVec_eq_adjoint_fderiv(DGraph.weakenContext(dg, extra).g, xV, seedV)

    @staticmethod
    def append_backpropVec_eq_adjoint_fderiv(dg1: DGraph, dg2: DGraph, xV: Vec, seedV: Vec) -> Judgement:
        """`backpropVec (append dg₁ dg₂).g xV seedV = (fderiv ℝ (evalVec …) xV).adjoint seedV`

        Lean: Proofs.Autograd.DGraph.append_backpropVec_eq_adjoint_fderiv
        """
        return Graph_.backpropVec_eq_adjoint_fderiv(DGraph.append(dg1, dg2).g, xV, seedV)

    @staticmethod
    def backpropVec_eq_adjoint_fderiv(dg: DGraph, xV: Vec, seedV: Vec) -> Judgement:
        """`backpropVec dg.g xV seedV = (fderiv ℝ (evalVec dg.g) xV).adjoint seedV`

        Lean: Proofs.Autograd.DGraph.backpropVec_eq_adjoint_fderiv
        """
        return Graph_.backpropVec_eq_adjoint_fderiv(dg.g, xV, seedV)


def _same_context(have: Shapes, wanted: Shapes) -> None:
    require_size("a context", len(have), len(wanted))
    if have != wanted:
        raise ShapeError("a node or graph in a context of other shapes")


def _bundled(g: Graph, certificates: tuple[NodeFDerivCorrect, ...]) -> DGraph:
    return DGraph(g, GraphFDerivCorrect(g, certificates))


def of_graph(g: Graph) -> DGraph:
    """The graph with the certificates of its nodes, which have to be made by operations."""
    return DGraph(g, certificate(g))


def _whole(Γ: Shapes, ss: Shapes) -> VecT:
    return VecT(ctxSize((*Γ, *ss)))


CLAIMS = (
    claim(
        "Proofs.Autograd.DGraph.dropMiddleCLM_apply",
        DGraph.dropMiddleCLM_apply,
        Γ=ContextT(),
        extra=ContextT(),
        ss=ContextT(),
        x=lambda Γ, extra, ss: VecT(ctxSize((*Γ, *extra, *ss))),
    ),
    claim(
        "Proofs.Autograd.DGraph.weakenContext_backpropVec_eq_adjoint_fderiv",
        DGraph.weakenContext_backpropVec_eq_adjoint_fderiv,
        Γ=ContextT(),
        ss=ContextT(),
        dg=lambda Γ, ss: DGraphT(Γ, ss),
        extra=ContextT(),
        xV=lambda Γ, extra: VecT(ctxSize((*Γ, *extra))),
        seedV=lambda Γ, extra, ss: VecT(ctxSize((*Γ, *extra, *ss))),
    ),
    claim(
        "Proofs.Autograd.DGraph.append_backpropVec_eq_adjoint_fderiv",
        DGraph.append_backpropVec_eq_adjoint_fderiv,
        Γ=ContextT(),
        ss1=ContextT(),
        ss2=ContextT(),
        dg1=lambda Γ, ss1: DGraphT(Γ, ss1),
        dg2=lambda Γ, ss1, ss2: DGraphT((*Γ, *ss1), ss2),
        xV=lambda Γ: VecT(ctxSize(Γ)),
        seedV=lambda Γ, ss1, ss2: VecT(ctxSize((*Γ, *ss1, *ss2))),
    ),
    claim(
        "Proofs.Autograd.DGraph.backpropVec_eq_adjoint_fderiv",
        DGraph.backpropVec_eq_adjoint_fderiv,
        Γ=ContextT(),
        ss=ContextT(),
        dg=lambda Γ, ss: DGraphT(Γ, ss),
        xV=lambda Γ: VecT(ctxSize(Γ)),
        seedV=_whole,
    ),
)
