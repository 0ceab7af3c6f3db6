"""Long tapes: nothing is recursive, nothing grows faster than the tape, an interrupt loses no tape.

Costs are counted, not timed: what is allocated, what is visited, what the collector follows.
"""

from __future__ import annotations

import gc
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from leanmirror.runtime import AnyTensor, Node, Tape, TapeM
from leanmirror.runtime.autograd.engine.core import activations_loss, elementwise, linear
from leanmirror.runtime.autograd.engine.core import backward as reverse
from leanmirror.runtime.autograd.engine.core.backward import backwardDense
from leanmirror.runtime.autograd.ops import Op


def chain(nodes: int, entries: int = 16) -> tuple[Tape, int]:
    """tanh(x·w + b) again and again, at least this many nodes."""
    t = TapeM()
    x, w, b = (t.leaf(np.full(entries, v)) for v in (0.3, 0.9, 0.1))
    while len(t) < nodes:
        x = t.tanh(t.add(t.mul(x, w), b))
    return t.getTape(), x


def allocated(action: Callable[[], Any]) -> tuple[int, Any]:
    """How many bytes an action leaves allocated, and its result."""
    gc.collect()
    tracemalloc.start()
    try:
        result = action()
        gc.collect()
        return tracemalloc.get_traced_memory()[0], result
    finally:
        tracemalloc.stop()


def test_memory_per_node_does_not_grow_and_is_small() -> None:
    per_node = [allocated(lambda n=n: chain(n))[0] / n for n in (2_000, 20_000)]  # type: ignore[misc]  # n is bound
    assert per_node[1] < 1.1 * per_node[0]
    assert per_node[1] < 350.0  # 128 of them are the sixteen numbers


def test_a_closure_and_a_copy_per_node_would_not_fit() -> None:
    def with_closures() -> list[Any]:
        return [(lambda g, y=np.ones(16), x=np.ones(16): g * y * x) for _ in range(2000)]  # noqa: B008  # on purpose

    assert allocated(with_closures)[0] / 2000 > 400.0


def test_a_long_chain_neither_recurses_nor_overflows() -> None:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(200 + len_of_stack())
    try:
        t = TapeM()
        x = t.leaf(1.0)
        y = x
        for _ in range(100_000):
            y = t.add(y, x)
        assert 100_001.0 == float(t.value(y))
        gradients = t.backward(y)
        assert 100_001.0 == float(gradients[x])
        del t, gradients
    finally:
        sys.setrecursionlimit(limit)


def len_of_stack() -> int:
    """How deep this call is."""
    frame, depth = sys._getframe(), 0
    while frame is not None:
        frame, depth = frame.f_back, depth + 1  # type: ignore[assignment]  # the outermost has none
    return depth


@pytest.mark.campaign
def test_a_chain_of_a_million_nodes() -> None:
    program = (
        "import numpy as np; from leanmirror.runtime import TapeM\n"
        "t = TapeM(); x = t.leaf(np.ones(16)); y = x\n"
        "for _ in range(1_000_000): y = t.relu(y)\n"
        "g = t.backward(y, np.ones(16)); assert (g[x] == 1).all() and len(t) == 1_000_001; t = g = None"
    )
    subprocess.run([sys.executable, "-c", program], check=True)


def test_a_backward_from_an_early_node_costs_what_led_to_it() -> None:
    t, _ = chain(60_000)
    costs = []
    for tape in (t, chain(60)[0]):
        size, gradients = allocated(lambda tape=tape: backwardDense(tape, 20, np.ones(16)))  # type: ignore[misc]  # tape is bound
        costs.append(size)
        assert tape.size() == len(gradients)
        assert gradients[21] is None
        assert gradients[-1] is None
    assert costs[0] < 1.1 * costs[1] + 200
    assert costs[0] < 20_000  # a list with a place for each node would be half a million bytes


def test_frozen_nodes_after_the_output_are_not_looked_at() -> None:
    t = TapeM()
    x = t.leaf(np.ones(2))
    y = t.relu(x)
    for _ in range(20_000):
        t.leaf(1.0, requires_grad=False)
    size, _ = allocated(lambda: backwardDense(t.getTape(), y, np.ones(2)))
    assert size < 5_000


def test_only_ancestors_are_visited(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[Any] = []
    rule = activations_loss.TANH.backward

    def counting(*arguments: Any) -> Any:
        seen.append(arguments)
        return rule(*arguments)

    t, x = chain(3_000)
    t, other = activations_loss.tanh(t, 0)
    monkeypatch.setattr(Op, "__setattr__", object.__setattr__)
    monkeypatch.setattr(activations_loss.TANH, "backward", counting)
    backwardDense(t, other, np.ones(16))
    assert 1 == len(seen)
    backwardDense(t, x, np.ones(16))
    assert 1 + 999 == len(seen)  # the chain has 999 of them


def test_a_product_that_nobody_wants_is_not_computed(monkeypatch: pytest.MonkeyPatch) -> None:
    products: list[tuple[bool, ...]] = []
    rule = linear.MATMUL.backward

    def counting(*arguments: Any) -> Any:
        found = rule(*arguments)
        products.append(tuple(c is not None for c in found))
        return found

    monkeypatch.setattr(Op, "__setattr__", object.__setattr__)
    monkeypatch.setattr(linear.MATMUL, "backward", counting)
    for wanted in ((True, True), (False, True), (True, False), (False, False)):
        t = TapeM()
        a, b = (t.leaf(np.full((2, 2), 3.0), None, each) for each in wanted)
        found = t.backward(t.sum(t.matmul(a, b)))
        assert [np.full((2, 2), 6.0).tolist() if w else None for w in wanted] == [
            found[id].tolist() if id in found else None for id in (a, b)
        ]
        assert wanted == products[-1]


def test_one_tape_gives_many_gradients_and_keeps_none() -> None:
    t, x = chain(600)
    backwardDense(t, x, np.ones(16))
    before = len(gc.get_objects())

    def passes() -> None:
        for _ in range(50):
            backwardDense(t, x, np.ones(16))[0]

    assert allocated(passes)[0] < 4_000
    assert len(gc.get_objects()) - before < 20


def test_a_tape_that_kept_gradients_would_be_seen() -> None:
    t, x = chain(600)
    kept: list[Any] = []

    def passes() -> None:
        for _ in range(50):
            kept.append(backwardDense(t, x, np.ones(16)))

    assert allocated(passes)[0] > 400_000


def test_the_graph_is_not_made_by_operations_or_backward() -> None:
    t, x = chain(60)
    backwardDense(t, x, np.ones(16))
    assert t._store.graph is None
    first = t.graph()
    longer, _ = elementwise.add(t, x, x)
    assert t.graph() is first
    assert longer.size() == len(longer.graph())
    assert longer.graph() is longer.graph()


class Interrupting:
    """A kernel that is interrupted."""

    def __call__(self, *_: Any) -> Any:
        raise KeyboardInterrupt


INTERRUPTED: tuple[tuple[Op, Callable[[TapeM], int]], ...] = (
    (activations_loss.TANH, lambda t: t.tanh(0)),
    (elementwise.ADD, lambda t: t.add(0, 0)),
    (elementwise.SCALE, lambda t: t.scale(0, 2.0)),
    (linear.MATMUL, lambda t: t.matmul(1, 1)),
    (activations_loss.SUM, lambda t: t.sum(0)),
)


@pytest.mark.parametrize(("op", "act"), INTERRUPTED, ids=[op.lean for op, _ in INTERRUPTED])
def test_an_interrupted_kernel_leaves_a_valid_tape(
    op: Op, act: Callable[[TapeM], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    t = TapeM()
    x, _ = t.leaf(np.ones(2)), t.leaf(np.ones((2, 2)))
    monkeypatch.setattr(Op, "__setattr__", object.__setattr__)
    kernel = op.forward
    op.forward = Interrupting()  # type: ignore[misc]  # records are frozen
    try:
        with pytest.raises(KeyboardInterrupt):
            act(t)
    finally:
        op.forward = kernel  # type: ignore[misc]  # as above
    assert 2 == len(t) == len(t.getTape()._store.values) == len(t.getTape()._store.second)
    y = act(t)
    assert 2 == y
    assert 1.0 == float(t.backward(t.sum(t.relu(x)))[x][0])


def test_an_interrupted_backward_leaves_the_tape_and_no_gradients() -> None:
    interrupted = [True]

    def rule(g: AnyTensor) -> list[tuple[int, AnyTensor]]:
        if interrupted.pop():
            raise KeyboardInterrupt
        return [(0, g)]

    t, x = Tape.empty().leaf(np.ones(2))
    t, y = t.addNode(Node(value=AnyTensor(np.ones(2)), parents=(x,), backward=rule))
    t, y = elementwise.add(t, y, y)
    before = np.geterr()
    with pytest.raises(KeyboardInterrupt):
        backwardDense(t, y, np.ones(2))
    assert before == np.geterr()
    interrupted.append(False)
    assert [2.0, 2.0] == reverse.backward(t, y, np.ones(2))[x].t.tolist()


COLUMNS = ("values", "shapes", "ops", "first", "second")
ACTS: tuple[Callable[[TapeM], int], ...] = (
    lambda t: t.relu(0),
    lambda t: t.add(0, 0),
    lambda t: t.scale(0, 2.0),
    lambda t: t.leaf(1.0, "y", False),
)


class Before(list[Any]):
    """A column whose entry an interrupt prevents."""

    def append(self, _: Any) -> None:
        raise KeyboardInterrupt


class After(list[Any]):
    """A column with an interrupt after its entry."""

    def append(self, entry: Any) -> None:
        super().append(entry)
        raise KeyboardInterrupt


@pytest.mark.parametrize("kind", [Before, After])
@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("act", ACTS)
def test_an_interrupt_between_two_appends_leaves_a_valid_tape(
    column: str, kind: type[list[Any]], act: Callable[[TapeM], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    t = TapeM()
    x = t.leaf(np.ones(2), "x", requires_grad=False)
    store = t.getTape()._store
    monkeypatch.setattr(store, column, kind(getattr(store, column)))
    with pytest.raises(KeyboardInterrupt):
        act(t)
    assert [1] * 5 == [len(getattr(store, name)) for name in COLUMNS]
    setattr(store, column, list(getattr(store, column)))
    y = t.add(x, t.leaf(np.ones(2)))
    assert ["x", None, "add"] == [n.name for n in t.getTape().nodes]
    assert [False, True, True] == [n.requires_grad for n in t.getTape().nodes]
    assert [2.0, 2.0] == t.value(y).tolist()
