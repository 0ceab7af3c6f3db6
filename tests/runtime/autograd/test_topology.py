"""The topology as arrays says what networkx says of the same tape."""

from __future__ import annotations

import networkx as nx  # type: ignore[import-untyped]  # it ships no types
import numpy as np
import pytest

from leanmirror.runtime import AnyTensor, AutogradError, Node, Tape, TapeM


def random_tape(size: int, seed: int) -> Tape:
    """Leaves, nodes of one parent and of two, at random."""
    rng = np.random.default_rng(seed)
    t = TapeM()
    t.leaf(np.ones(2))
    for id in range(1, size):
        a, b = (int(p) for p in rng.integers(0, id, 2))
        kind = rng.integers(0, 5)
        if kind == 0:
            t.leaf(np.ones(2))
        elif kind == 1:
            t.relu(a)
        else:
            t.add(a, b)
    return t.getTape()


def made_of(*parents: tuple[int, ...]) -> Tape:
    """Hand-made nodes with these parents."""
    t = Tape.empty()
    for ids in parents:
        t, _ = t.addNode(Node(value=AnyTensor(1.0), parents=ids, backward=lambda g: []))
    return t


@pytest.mark.parametrize("seed", range(5))
def test_ancestors_are_those_of_networkx(seed: int) -> None:
    t = random_tape(60, seed)
    graph, topology = t.graph(), t.topology()
    for id in range(60):
        assert sorted(nx.ancestors(graph, id)) == topology.ancestors(id).tolist()


@pytest.mark.parametrize("seed", range(5))
def test_parents_come_before_their_children(seed: int) -> None:
    topology = random_tape(60, seed).topology()
    place = np.argsort(topology.order())
    for id in range(60):
        parents = topology.parents[topology.starts[id] : topology.starts[id + 1]]
        assert all(place[p] < place[id] for p in parents)


def test_parents_keep_their_order() -> None:
    topology = made_of((), (), (1, 0), (2, 2)).topology()
    assert [0, 0, 0, 2, 4] == topology.starts.tolist()
    assert [1, 0, 2, 2] == topology.parents.tolist()


def test_hand_made_nodes_may_name_later_ones() -> None:
    t = made_of((2,), (0,), (), (1, 0))
    topology = t.topology()
    assert [2, 0, 1, 3] == topology.order().tolist()
    assert [0, 1, 2] == topology.ancestors(3).tolist()
    assert [0, 2] == topology.ancestors(1).tolist()
    assert sorted(nx.ancestors(t.graph(), 1)) == topology.ancestors(1).tolist()


def test_nodes_that_lead_back_to_themselves_have_no_order() -> None:
    topology = made_of((1,), (0,)).topology()
    with pytest.raises(ValueError, match="name each other as parents"):
        topology.order()
    assert [1] == topology.ancestors(0).tolist()


@pytest.mark.parametrize("parent", [-1, 1])
def test_parents_that_do_not_exist_are_refused(parent: int) -> None:
    with pytest.raises(ValueError, match="a parent that does not exist"):
        made_of((parent,)).topology()


def test_only_nodes_that_exist_have_ancestors() -> None:
    topology = made_of((), (0,)).topology()
    for id in (-1, 2):
        with pytest.raises(AutogradError, match="invalid node id"):
            topology.ancestors(id)
    with pytest.raises(TypeError, match="a node id is a natural number"):
        topology.ancestors(1.0)  # type: ignore[arg-type]


def test_the_empty_tape_has_an_empty_order() -> None:
    assert [] == Tape.empty().topology().order().tolist()


def test_an_older_tape_has_its_own_topology() -> None:
    old = random_tape(10, 0)
    old.leaf(np.ones(2))
    assert 10 == len(old.topology()) == len(old.topology().order())
