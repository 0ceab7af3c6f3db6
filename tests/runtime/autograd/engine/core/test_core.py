"""Nodes, leaves, persistence, and what a tape refuses."""

from __future__ import annotations

import gc
import subprocess
import sys
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from leanmirror.runtime import AnyTensor, AnyTensor_, AutogradError, Node, Tape, TapeM
from leanmirror.runtime.autograd.engine.core.backward import backwardDense
from leanmirror.runtime.autograd.engine.core.elementwise import add, mul, scale
from leanmirror.runtime.autograd.engine.core.linear import linear


def with_leaf(*entries: float) -> Tape:
    return Tape.empty().leaf(np.array(entries))[0]


def test_the_empty_tape() -> None:
    t = Tape.empty()
    assert (t.size(), list(t.nodes), t.getNode_opt(0), t.getValue_opt(0)) == (0, [], None, None)


def test_the_id_is_the_old_size() -> None:
    t = Tape.empty()
    for expected in range(4):
        longer, id = t.leaf(1.0)
        assert (id, longer.size(), t.size()) == (expected, expected + 1, expected)
        t = longer


def test_a_leaf_copies_its_input() -> None:
    x = np.array([[1.0, 2.0], [3.0, 4.0]])
    t, id = Tape.empty().leaf(x.T)
    x[:] = 0.0
    assert t.requireValue(id).tolist() == [[1.0, 3.0], [2.0, 4.0]]
    assert t.requireValue(id).flags.c_contiguous


@pytest.mark.parametrize(
    ("value", "shape"),
    [
        ([1.0, 2.0], (2,)),
        ([[1.0], [2.0]], (2, 1)),
        (3.0, ()),
        (np.float64(3.0), ()),
        (np.zeros((0, 2)), (0, 2)),
    ],
)
def test_what_a_leaf_takes(value: Any, shape: tuple[int, ...]) -> None:
    t, id = Tape.empty().leaf(value)
    assert (t.requireValue(id).shape, str(t.requireValue(id).dtype)) == (shape, "float64")
    assert np.array_equal(t.requireValue(id), value)


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ([1, 2], "an array of float32 or float64 is needed, not int64"),
        (np.ones(2, np.float16), "an array of float32 or float64 is needed, not float16"),
        (np.ones(2, np.longdouble), "an array of float32 or float64 is needed, not float128|longdouble"),
        (np.ones(2, complex), "an array of float32 or float64 is needed, not complex128"),
        (np.ones(2, ">f8"), "an array of float32 or float64 is needed, not >f8"),
        (np.ones(2, bool), "an array of float32 or float64 is needed, not bool"),
        (None, "an array of float32 or float64 is needed, not NoneType"),
        ("1.0", "an array of float32 or float64 is needed, not "),
        (object(), "an array of float32 or float64 is needed, not object"),
        ({"a": 1.0}, "an array of float32 or float64 is needed, not dict"),
        ([[1.0], [1.0, 2.0]], "a ragged list is no tensor: all rows must have the same length"),
        (np.ma.masked_array([1.0], [True]), "MaskedArray is a special array; pass numpy.asarray of it"),
    ],
)
def test_what_a_leaf_refuses(value: Any, text: str) -> None:
    t = with_leaf(1.0)
    with pytest.raises(TypeError, match=text):
        t.leaf(value)
    m = TapeM(t)
    with pytest.raises(TypeError, match=text):
        m.leaf(value)
    assert (t.size(), len(m)) == (1, 1)


def test_one_tape_has_one_type() -> None:
    t, _ = Tape.empty().leaf(np.ones(2, np.float32))
    with pytest.raises(TypeError, match="this tape holds float32, the leaf is float64; convert it first"):
        t.leaf(np.ones(2))
    with pytest.raises(TypeError, match="this tape holds float32, the value of the node is float64"):
        t.addNode(Node(value=AnyTensor(np.ones(2)), backward=lambda g: []))
    with pytest.raises(TypeError, match="this tape holds float32, the parameter is float64"):
        scale(t, 0, np.float64(2.0))
    t, out = scale(t, 0, 2.0)
    assert t.requireValue(out).dtype == np.float32


def test_the_type_is_that_of_the_branch() -> None:
    start = Tape.empty()
    double, _ = start.leaf(np.ones(2))
    single, _ = start.leaf(np.ones(2, np.float32))
    assert double.requireValue(0).dtype == np.float64
    assert single.requireValue(0).dtype == np.float32
    assert single.leaf(np.ones(1, np.float32))[1] == double.leaf(np.ones(1))[1] == 1


def test_a_leaf_node() -> None:
    t, id = Tape.empty().leaf(1.5, "x", False)
    node = t.nodes[id]
    assert (node.name, node.parents, node.requires_grad, float(node.value.t)) == ("x", (), False, 1.5)
    assert node.backward(AnyTensor(np.ones(7))) == []
    assert with_leaf(1.0).nodes[0].name is None


def test_require_value_checks_the_id_and_then_the_shape() -> None:
    t = with_leaf(1.0, 2.0)
    assert t.requireValue(0, (2,)).tolist() == [1.0, 2.0]
    for id in (1, -1):
        with pytest.raises(AutogradError, match=r"^autograd: invalid node id$"):
            t.requireValue(id, (3,))
    with pytest.raises(AutogradError, match=r"^autograd: shape mismatch$"):
        t.requireValue(0, (2, 1))
    assert (t.getNode_opt(-1), t.getNode_opt(1), t.getValue_opt(-1), t.getValue_opt(1)) == (None,) * 4


def test_require_grad() -> None:
    g = AnyTensor(np.array([1.0, 2.0]))
    assert Tape.requireGrad(g, (2,)).tolist() == [1.0, 2.0]
    with pytest.raises(AutogradError, match=r"^autograd: upstream gradient shape mismatch$"):
        Tape.requireGrad(g, ())


def test_an_older_tape_is_never_changed() -> None:
    old = with_leaf(1.0, 2.0)
    left, a = scale(old, 0, 10.0)
    right, b = scale(old, 0, 20.0)
    longer, c = add(left, a, a)
    assert (a, b, c) == (1, 1, 2)
    assert (old.size(), left.size(), right.size(), longer.size()) == (1, 2, 2, 3)
    assert left.requireValue(1).tolist() == [10.0, 20.0]
    assert right.requireValue(1).tolist() == [20.0, 40.0]
    assert longer.requireValue(2).tolist() == [20.0, 40.0]
    assert old.getNode_opt(1) is None
    assert left.getNode_opt(2) is None
    for t, slope in ((left, 10.0), (right, 20.0)):
        found = backwardDense(t, 1, np.ones(2))[0]
        assert found is not None
        assert found.t.tolist() == [slope, slope]


def test_one_line_shares_its_storage_and_a_branch_copies_once() -> None:
    t = with_leaf(1.0)
    t2, _ = scale(t, 0, 2.0)
    t3, _ = scale(t2, 0, 3.0)
    assert t._store is t2._store is t3._store
    branch, _ = scale(t, 0, 4.0)
    assert branch._store is not t._store
    longer, _ = scale(branch, 0, 5.0)
    assert longer._store is branch._store


def test_a_branch_keeps_names_flags_parameters_and_rules() -> None:
    t, _ = Tape.empty().leaf(np.ones(2), "x", False)
    t, _ = t.leaf(np.ones(2), "w")
    t, _ = t.addNode(
        Node(value=AnyTensor(np.ones(2)), parents=(1,), backward=lambda g: [(1, g)], name="mine")
    )
    t, p = scale(t, 2, 3.0)
    _, _ = scale(t, p, 7.0)
    branch, out = scale(t, p, 5.0)
    assert branch._store is not t._store
    assert [n.name for n in branch.nodes] == ["x", "w", "mine", "scale", "scale"]
    assert [n.requires_grad for n in branch.nodes] == [False, True, True, True, True]
    assert [None if g is None else g.t.tolist() for g in backwardDense(branch, out, np.ones(2))] == [
        None,
        [15.0, 15.0],
        [15.0, 15.0],
        [5.0, 5.0],
        [1.0, 1.0],
    ]


def test_a_branch_keeps_the_parents_of_nodes_that_have_three_and_none_of_the_longer_line() -> None:
    t, w = Tape.empty().leaf([[2.0, 0.0], [0.0, 3.0]])
    t, b = t.leaf(np.ones(2))
    t, y = linear(t, w, b, b)
    longer, _ = linear(t, w, b, y)
    branch, other = t.leaf(np.ones(2))
    assert t._store is longer._store is not branch._store
    assert [(), (), (w, b, b), ()] == [n.parents for n in branch.nodes]
    assert [(), (), (w, b, b), (w, b, y)] == [n.parents for n in longer.nodes]
    gradient = backwardDense(branch, y, np.ones(2))[b]
    assert gradient is not None
    assert [3.0, 4.0] == gradient.t.tolist()
    assert other == 3


@pytest.mark.parametrize("parents", [(), (-1,), (0,), (0, -1), (-1, 0), (0, 0), (0, 5, 0)])
def test_the_parents_of_a_node_made_by_hand_are_kept_as_they_are(parents: tuple[int, ...]) -> None:
    t, id = with_leaf(1.0).addNode(Node(value=AnyTensor(1.0), parents=parents, backward=lambda g: []))
    assert parents == t.nodes[id].parents


def test_frozen_nodes_of_a_longer_line_do_not_concern_an_older_tape() -> None:
    old = with_leaf(1.0)
    longer, _ = old.leaf(2.0, requires_grad=False)
    assert old._store is longer._store
    found = backwardDense(old, 0, np.ones(1))
    assert [None if g is None else g.t.tolist() for g in found] == [[1.0]]


def test_a_failed_kernel_leaves_everything_as_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    m = TapeM(with_leaf(1.0))
    columns = m._tape._store

    class Interrupted(list[Any]):
        def append(self, _: Any) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr(columns, "second", Interrupted(columns.second))
    acts: tuple[Callable[[], int], ...] = (
        lambda: m.exp(0),
        lambda: m.add(0, 0),
        lambda: m.scale(0, 2.0),
        lambda: m.leaf(1.0),
    )
    for act in acts:
        with pytest.raises(KeyboardInterrupt):
            act()
        assert len(m) == 1
        assert len(columns.values) == len(columns.shapes) == len(columns.ops) == 1


def test_the_user_s_own_unary_operation() -> None:
    t = with_leaf(2.0, 3.0)
    t, y = t.unary("cube", 0, lambda x: x**3, lambda x, g: 3 * x**2 * g, (2,), (2,))
    node = t.nodes[y]
    assert (node.name, node.parents, node.value.t.tolist()) == ("cube", (0,), [8.0, 27.0])
    found = backwardDense(t, y, np.array([1.0, 10.0]))[0]
    assert found is not None
    assert found.t.tolist() == [12.0, 270.0]
    with pytest.raises(AutogradError, match=r"^autograd: upstream gradient shape mismatch$"):
        node.backward(AnyTensor(np.ones(3)))
    with pytest.raises(AutogradError, match=r"^autograd: shape mismatch$"):
        t.unary("wrong", 0, lambda x: x, lambda x, g: g, (3,))
    with pytest.raises(AutogradError, match=r"^autograd: shape mismatch$"):
        t.unary("wrong", 0, lambda x: x[:1], lambda x, g: g, (2,), (2,))
    with pytest.raises(AutogradError, match=r"^autograd: invalid node id$"):
        t.unary("wrong", 9, lambda x: x, lambda x, g: g)


def test_a_user_s_own_operation_gives_no_view_away() -> None:
    kept: list[Any] = []

    def forward(x: Any) -> Any:
        kept.append(np.array(x))
        return kept[0]

    t, y = with_leaf(1.0, 2.0).unary("keep", 0, forward, lambda x, g: g)
    kept[0][:] = -1.0
    assert t.requireValue(y).tolist() == [1.0, 2.0]


def test_hand_made_nodes_are_copied() -> None:
    value = np.array([1.0])
    node = Node(value=AnyTensor(value), backward=lambda g: [])
    t, id = Tape.empty().addNode(node)
    value[:] = 9.0
    assert t.requireValue(id).tolist() == t.nodes[id].value.t.tolist() == [1.0]
    assert (t.nodes[id].name, t.nodes[id].requires_grad, t.nodes[id].parents) == (None, True, ())


def test_nodes_are_a_sequence() -> None:
    t, _ = scale(with_leaf(1.0), 0, 2.0)
    assert (len(t.nodes), t.nodes[-1].name, [n.name for n in t.nodes[1:]]) == (2, "scale", ["scale"])
    with pytest.raises(IndexError, match="no node 2 on a tape of 2"):
        t.nodes[2]


def test_the_functions_of_any_tensor() -> None:
    x = np.array([1.0, 2.0])
    a = AnyTensor_.mk(x)
    copy = AnyTensor_.materialize(a)
    x[:] = 5.0
    assert (a.s, a.t.tolist(), copy.t.tolist()) == ((2,), [5.0, 5.0], [1.0, 2.0])
    assert AnyTensor_.add(a, copy).t.tolist() == [6.0, 7.0]
    assert a.t.tolist() == [5.0, 5.0]
    assert AnyTensor_.add(AnyTensor(1.0), AnyTensor(2.0)).s == ()
    assert AnyTensor_.cast(a, [2]).tolist() == [5.0, 5.0]
    with pytest.raises(ValueError, match="cast needs equal shapes"):
        AnyTensor_.cast(a, (2, 1))
    with pytest.raises(AutogradError, match=r"^autograd: gradient shape mismatch during accumulation$"):
        AnyTensor_.add(a, AnyTensor(1.0))
    with pytest.raises(TypeError, match="this tape holds float64"):
        AnyTensor_.add(a, AnyTensor(np.ones(2, np.float32)))


def test_any_tensor_is_an_array_for_numpy() -> None:
    a = AnyTensor(np.array([1.0, 2.0]))
    assert np.add(a, 1.0).tolist() == [2.0, 3.0]
    assert np.array(a, copy=True).flags.writeable
    assert not a.t.flags.writeable
    assert repr(a) == "AnyTensor(s=(2,), t=array([1., 2.]))"


def test_the_graph_is_made_when_asked_for_and_kept() -> None:
    t, _ = Tape.empty().leaf(np.ones(2), "x")
    t, c = t.leaf(np.ones(2), requires_grad=False)
    t, y = mul(t, 0, 0)
    t, z = add(t, y, c)
    graph = t.graph()
    assert sorted(graph.edges(data="position")) == [(0, 2, 0), (0, 2, 1), (1, 3, 1), (2, 3, 0)]
    assert graph.nodes[0] == {"name": "x", "shape": (2,), "requires_grad": True}
    assert graph.nodes[c]["requires_grad"] is False
    assert [graph.nodes[i]["name"] for i in (c, y, z)] == [None, "mul", "add"]
    assert t.graph() is graph
    longer, _ = scale(t, z, 2.0)
    assert (len(longer.graph()), len(t.graph())) == (5, 4)


def test_networkx_is_imported_only_for_a_graph() -> None:
    program = (
        "import sys, numpy as np; from leanmirror.runtime import TapeM; t = TapeM(); t.exp(t.leaf(1.0));"
        "assert 'networkx' not in sys.modules; t.getTape().graph(); assert 'networkx' in sys.modules"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_node_leaves_nothing_for_the_cyclic_collector() -> None:
    gc.collect()
    m = TapeM()
    x, w = m.leaf(np.ones(4)), m.leaf(np.ones(4))
    before = len(gc.get_objects())
    for _ in range(2000):
        x = m.softplus(m.scale(m.mul(x, w), 0.5))
    gc.collect()
    store = m._tape._store
    per_node = (store.values, store.first, store.second)
    assert not any(gc.is_tracked(entry) for column in per_node for entry in column)
    assert not any(gc.is_tracked(p) for p in store.params.values())
    assert len({id(op) for op in store.ops}) == 4
    assert len({id(shape) for shape in store.shapes}) <= 2
    assert len(gc.get_objects()) - before < 100


def test_a_closure_per_node_would_be_seen() -> None:
    gc.collect()
    before = len(gc.get_objects())
    rules = [(lambda g, i=i: g) for i in range(2000)]
    gc.collect()
    assert len(gc.get_objects()) - before >= len(rules)
