"""Graphs of the spec: values by hand, accumulation, recipes, topology, composition."""

from __future__ import annotations

import inspect
import sys
from fractions import Fraction

import pytest
from flint import arb

from leanmirror.spec.core.shape import SCALAR, Shape
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.errors import BadInput, ShapeError
from leanmirror.spec.graphs.certificates import certificate, certificate_at
from leanmirror.spec.graphs.certified import certified, certified_at
from leanmirror.spec.graphs.drawing import draw_graph
from leanmirror.spec.graphs.made import MadeNode
from leanmirror.spec.graphs.recipes import GraphRecipe, Step, drawable
from leanmirror.spec.graphs.topology import ancestors, dot, export, order, unread
from leanmirror.spec.judge.balls import ball
from leanmirror.spec.judge.comparison import equal
from leanmirror.spec.judge.draws import Seeded
from leanmirror.spec.judge.precision import decide
from leanmirror.spec.judge.source import Source
from leanmirror.spec.proofs.autograd.runtime.link.core import Graph as Link
from leanmirror.spec.proofs.autograd.runtime.link.fderiv import Graph as Algebra
from leanmirror.spec.proofs.autograd.tape.algebra import soundness as OverAnyScalar
from leanmirror.spec.proofs.autograd.tape.core.fderiv import Graph_, GraphFDerivCorrect, Node_
from leanmirror.spec.proofs.autograd.tape.core.soundness import Graph, Idx, TList
from leanmirror.spec.proofs.autograd.tape.nodes.arithmetic import add, mul, mulFderiv
from leanmirror.spec.proofs.autograd.tape.nodes.elementwise import exp, expFderiv, relu
from leanmirror.spec.proofs.autograd.tape.nodes.graph_composition import DGraph

NODES = "Proofs.Autograd.TapeNodes"
PAIR = Shape((2,))


def step(name: str, **arguments: object) -> Step:
    return Step(f"{NODES}.{name}", arguments)


SHARED = GraphRecipe(
    (PAIR, SCALAR), (step("mul", a=0, b=0), step("add", a=0, b=2), step("relu", idx=3), step("mul", a=2, b=4))
)
"""u = x·x, v = x + u, w = relu v, u·w; the second input is read by nobody."""


def test_values_tangents_and_gradients_by_hand() -> None:
    g = SHARED.build(int)
    x, dx = (Tensor(PAIR, [3, -2]), Tensor(SCALAR, [7])), (Tensor(PAIR, [1, 1]), Tensor(SCALAR, [0]))
    zero, one = Tensor(PAIR, [0, 0]), Tensor(PAIR, [1, 1])
    values = [[3, -2], [7], [9, 4], [12, 2], [12, 2], [108, 8]]
    assert values == [t.entries for t in Graph.eval(g, x)]
    assert [[1, 1], [0], [6, -4], [7, -3], [7, -3], [135, -20]] == [t.entries for t in Graph.jvpCtx(g, x, dx)]
    seed = (zero, Tensor(SCALAR, [5]), zero, zero, zero, one)
    assert [[135, -20], [5]] == [t.entries for t in Graph.backpropCtx(g, x, seed)]
    every = Link.backpropAllCtx(Algebra.toAlgebra(g), x, (), seed)
    assert [[135, -20], [5], [21, 6], [9, 4], [9, 4], [1, 1]] == [t.entries for t in every]


def test_vector_forms_are_the_same() -> None:
    g = SHARED.build(int)
    assert [3, -2, 7, 9, 4, 12, 2, 12, 2, 108, 8] == Graph_.evalVec(g, [3, -2, 7])
    assert [1, 1, 0, 6, -4, 7, -3, 7, -3, 135, -20] == Graph_.jvpVec(g, [3, -2, 7], [1, 1, 0])
    assert [135, -20, 5] == Graph_.backpropVec(g, [3, -2, 7], [0, 0, 5, 0, 0, 0, 0, 0, 0, 1, 1])


def test_seeds_of_inputs_and_of_several_values_add_up() -> None:
    g = SHARED.build(int)
    assert [1, 0, 0] == Graph_.backpropVec(g, [3, -2, 7], [1, *[0] * 10])
    assert [1 + 2 * 6 + 7, 0, 0] == Graph_.backpropVec(g, [3, -2, 7], [1, 0, 0, 2, 0, 1, 0, 0, 0, 0, 0])


def test_a_long_graph_needs_no_recursion() -> None:
    g = GraphRecipe((SCALAR,), tuple(step("relu", idx=i) for i in range(250))).build(int)
    x, seed = (Tensor(SCALAR, [2]),), tuple(Tensor(SCALAR, [i // 250]) for i in range(251))
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 100)
    try:
        assert [2] == Graph.eval(g, x)[-1].entries
        assert [1] == Graph.backpropCtx(g, x, seed)[0].entries
        assert [1] == Graph_.backpropVec(g, [2], [*[0] * 250, 1])
        assert [1] == Link.backpropAllCtx(Algebra.toAlgebra(g), x, (), seed)[0].entries
        assert 251 == len(order(g))
    finally:
        sys.setrecursionlimit(limit)


def test_a_node_in_the_wrong_context_is_refused() -> None:
    g = Graph.snoc(Graph.nil((PAIR,)), exp(Idx((PAIR,), PAIR, 0)))
    with pytest.raises(ShapeError, match="node 1 of a graph"):
        Graph.snoc(g, relu(Idx((PAIR,), PAIR, 0)))
    with pytest.raises(ShapeError):
        Graph.eval(g, (Tensor(SCALAR, [1]),))


def test_topology() -> None:
    g = SHARED.build(int)
    graph = export(g)
    assert [(0, 2), (0, 2), (0, 3), (2, 3), (2, 5), (3, 4), (4, 5)] == sorted(
        (a, b) for a, b, _ in graph.edges
    )
    assert [0, 1, 2, 3, 4, 5] == order(g)
    assert {0, 2, 3} == ancestors(g, 4)
    assert [1, 5] == unread(g)
    assert '2 [label="2: mul [2]"];' in dot(g)
    assert '0 -> 2 [label="1"];' in dot(g)
    with pytest.raises(BadInput, match="no value 9"):
        ancestors(g, 9)


def test_a_node_that_is_not_made_by_an_operation_does_not_say_what_it_reads() -> None:
    plain = Graph((PAIR,), (exp(Idx((PAIR,), PAIR, 0)),))
    with pytest.raises(BadInput, match="not made by an operation"):
        export(plain)
    with pytest.raises(BadInput, match="no certificate"):
        certificate(plain)
    assert not certified(plain).holds


def test_certificates_come_from_the_nodes() -> None:
    g = SHARED.build(ball)
    assert not certified(g).holds  # relu has one at single points only
    assert certified_at(g, [arb(3), arb(-2), arb(7)]).holds
    assert certified_at(g, [arb(3), arb(-1), arb(7)]).fails  # x + x·x = 0 meets the kink
    found = certificate_at(g, [arb(3), arb(-2), arb(7)])
    assert [[9, 4], [12, 2], [12, 2]] == [
        [int(float(v)) for v in Node_.forwardVec(c.node, c.xV)] for c in found.nodes[:3]
    ]
    with pytest.raises(BadInput, match="a point is needed"):
        certificate(g)


def test_reads_keeps_the_order_and_repetitions_of_arguments() -> None:
    nodes = SHARED.build(int).nodes
    assert [(0, 0), (0, 2), (3,), (2, 4)] == [n.reads for n in nodes if isinstance(n, MadeNode)]


def test_a_recipe_is_stored_shown_and_made_smaller() -> None:
    recipe = GraphRecipe((PAIR,), (step("safeLog", idx=0, ε=Fraction(1, 8)), step("add", a=1, b=0)))
    assert recipe == GraphRecipe.of_json(recipe.to_json())
    lean = "(Graph.nil : Graph [.dim 2 .scalar] []) |>.snoc (TapeNodes.safeLog ⟨0, rfl⟩ (1 / 8))"
    assert f"{lean} |>.snoc (TapeNodes.add ⟨1, rfl⟩ ⟨0, rfl⟩)" == recipe.lean
    smaller = [r for r, _ in recipe.smaller()]
    assert GraphRecipe((PAIR,), recipe.steps[:1]) in smaller
    assert GraphRecipe((PAIR,), (recipe.steps[0], step("add", a=0, b=0))) in smaller


def test_a_number_that_would_break_a_certificate_is_not_taken() -> None:
    recipe = GraphRecipe((PAIR,), (step("safeLog", idx=0, ε=Fraction(1, 8)),))
    assert recipe == recipe.with_reals(iter([Fraction(-1)]))
    assert [Fraction(2)] == list(recipe.with_reals(iter([Fraction(2)])).reals())


@pytest.mark.parametrize(
    "data",
    [
        {},
        {"inputs": [[2]], "nodes": [{"operation": "os.system", "arguments": {}}]},
        {"inputs": [[2]], "nodes": [{"operation": f"{NODES}.relu", "arguments": {"idx": 0, "more": 1}}]},
        {"inputs": [[2]], "nodes": [{"operation": f"{NODES}.safeLog", "arguments": {"idx": 0, "ε": 1}}]},
        {"inputs": [[-1]], "nodes": []},
    ],
)
def test_a_bad_recipe_is_refused(data: object) -> None:
    with pytest.raises(BadInput):
        GraphRecipe.of_json(data)


def test_a_position_that_does_not_fit_is_refused() -> None:
    data = {"inputs": [[2]], "nodes": [{"operation": f"{NODES}.softmaxLast", "arguments": {"idx": 0}}]}
    with pytest.raises(ShapeError):
        GraphRecipe.of_json(data)


def test_random_graphs_have_what_graphs_can_have() -> None:
    source = Source(Seeded(1))
    found = []
    for index in range(600):
        source.begin(index)
        found.append(draw_graph(source))
    assert set(drawable()) == {s.operation for g in found for s in g.steps}
    reads = [[i for s in g.steps for i in s.reads] for g in found]
    assert any(len(set(r)) < len(r) for r in reads)  # a value used twice
    assert any(s.reads == (s.reads[0],) * 2 for g in found for s in g.steps if s.operation.endswith("matmul"))
    assert any(set(range(len(g.Γ))) - set(r) for g, r in zip(found, reads, strict=True))  # an unused input
    assert any(s.size == 0 for g in found for s in (*g.Γ, *g.ss))
    assert all(g == GraphRecipe.of_json(g.to_json()) for g in found)


def test_a_graph_that_was_one_over_any_scalar_keeps_its_certificate() -> None:
    made = GraphRecipe((PAIR,), (step("exp", idx=0), step("mul", a=0, b=1))).build(int)
    again = Algebra.toReal(Algebra.toAlgebra(made), ())
    assert certified(again).holds
    assert 2 == len(certificate(again).nodes)
    bare = OverAnyScalar.Node(
        (PAIR,), PAIR, lambda x, _: x[0], lambda _x, dx, _: dx[0], lambda _x, _, δ: (δ,)
    )
    assert not certified(Algebra.toReal(OverAnyScalar.Graph((PAIR,), (bare,)), ())).holds


def test_composition_of_certified_graphs() -> None:
    nil = DGraph.nil((PAIR,))
    one = DGraph.snoc(nil, exp(Idx((PAIR,), PAIR, 0)), expFderiv(Idx((PAIR,), PAIR, 0)))
    two = DGraph.nil((PAIR, PAIR))
    both = DGraph.append(one, two)
    assert (PAIR,) == both.g.ss
    wider = DGraph.weakenContext(one, (SCALAR,))
    x = [arb(0), arb(1), arb(5)]
    assert decide(lambda: equal(Graph_.evalVec(wider.g, x), [*x, arb(1), arb(1).exp()]), 10).holds
    gradient = [arb(1), arb(1).exp(), 0]
    assert decide(lambda: equal(Graph_.backpropVec(wider.g, x, [0, 0, 0, 1, 1]), gradient), 10).holds
    at = DGraph.graphFDerivCorrectAtOfCorrect(one.hg, x[:2])
    assert x[:2] == at.nodes[0].xV
    with pytest.raises(ShapeError):
        DGraph.append(one, nil)
    with pytest.raises(ShapeError):
        DGraph(one.g, nil.hg)


def test_a_node_among_values_that_it_does_not_read() -> None:
    Γ, extra, ss, three = (PAIR,), (Shape((3,)),), (PAIR,), [arb(5)] * 3
    context, x, dx = (*Γ, *ss), [arb(v) for v in (3, -2, 7, 4)], [arb(v) for v in (1, 2, 0, 3)]
    found = mulFderiv(Idx(context, PAIR, 0), Idx(context, PAIR, 1))
    wider = DGraph.weakenNodeMiddleFDerivCorrect(Γ, extra, ss, found)
    assert (*Γ, *extra, *ss) == wider.node.Γ
    at, along = [*x[:2], *three, *x[2:]], [*dx[:2], *three, *dx[2:]]
    assert [arb(7), arb(2)] == Node_.jvpVec(wider.node, at, along)
    assert decide(lambda: wider.hasFDerivAt(at)).holds
    assert decide(lambda: wider.jvp_eq(at, along)).holds
    assert decide(lambda: Node_.correct_inner(wider.node, at, along, [1, 2])).holds
    bent = DGraph.weakenNodeMiddleFDerivCorrect(Γ, extra, ss, expFderiv(Idx(context, PAIR, 1)))
    assert decide(lambda: bent.jvp_eq(at, along)).holds
    graph = Graph(Γ, (exp(Idx(Γ, PAIR, 0)), found.node))
    hg = GraphFDerivCorrect(graph, (expFderiv(Idx(Γ, PAIR, 0)), found))
    core = DGraph.weakenContextCore(extra, graph, hg)
    assert decide(lambda: core.hg.nodes[1].jvp_eq(at, along)).holds
    assert decide(lambda: core.hg.nodes[1].hasFDerivAt(at)).holds


def test_inner_products_of_contexts() -> None:
    xs = (Tensor(PAIR, [1, 2]), Tensor(SCALAR, [3]))
    assert 14 == OverAnyScalar.TList.dotList(xs, xs)
    assert 14 == TList.dotList(xs, xs)
    assert 0 == OverAnyScalar.TList.dotList((), ())


def test_two_indices_of_other_shapes_or_contexts_are_refused() -> None:
    a = Idx((PAIR, SCALAR), PAIR, 0)
    for make in (add, mul):
        with pytest.raises(ShapeError):
            make(a, Idx((PAIR, SCALAR), SCALAR, 1))
        with pytest.raises(ShapeError):
            make(a, Idx((PAIR,), PAIR, 0))
