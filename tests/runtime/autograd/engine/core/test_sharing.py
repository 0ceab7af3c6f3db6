"""Arrays that several gradients share must not be written to; what else only some tapes show."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pytest

from leanmirror.runtime.autograd.engine.core import backward as reverse
from leanmirror.runtime.autograd.engine.core.core import AnyTensor_, Node, Tape
from leanmirror.runtime.autograd.engine.core.elementwise import add, scale, sqrt
from leanmirror.runtime.autograd.engine.core.linear import linear, sliceLeadingAxisRange
from leanmirror.runtime.autograd.engine.tape_m import TapeM
from leanmirror.runtime.context import AnyTensor

ONE = np.ones(1)


def gradients(t: TapeM, out: int) -> list[float | None]:
    """The gradients of all nodes of one entry each."""
    return sums(reverse.backwardDense(t.getTape(), out, np.ones(t.value(out).shape)))


def sums(found: Sequence[AnyTensor | None]) -> list[float | None]:
    """The sum of the entries of each gradient."""
    return [None if g is None else float(g.t.sum()) for g in found]


def test_both_sides_of_a_sum_are_used_again() -> None:
    """a + b hands one array to both; each then gets more."""
    t = TapeM()
    a, b = t.leaf([2.0]), t.leaf([3.0])
    left, right = t.scale(a, 5.0), t.scale(b, 7.0)
    out = t.add(t.add(a, b), t.add(left, right))
    assert [6.0, 8.0, 1.0, 1.0, 1.0, 1.0, 1.0] == gradients(t, out)


def test_one_side_of_a_sum_is_used_by_a_node_of_one_input() -> None:
    t = TapeM()
    x = t.leaf([3.0])
    out = t.add(x, t.sqrt(t.mul(x, x)))
    assert [2.0, 1.0 / 6.0, 1.0, 1.0] == gradients(t, out)


def test_a_value_is_added_to_itself() -> None:
    t = TapeM()
    x = t.leaf([3.0])
    out = t.add(t.add(x, x), x)
    assert [3.0, 1.0, 1.0] == gradients(t, out)


def test_a_side_of_a_sum_is_used_by_nodes_of_two_inputs() -> None:
    t = TapeM()
    a, b, c = t.leaf([2.0]), t.leaf([3.0]), t.leaf([4.0])
    left, right = t.mul(a, c), t.mul(c, b)
    out = t.add(t.add(a, b), t.sub(left, right))
    assert [5.0, -3.0, -1.0, 1.0, -1.0, 1.0, 1.0, 1.0] == gradients(t, out)


def test_a_bias_is_used_again() -> None:
    """The gradient of a bias is the upstream gradient itself."""
    t = TapeM()
    w, b, x = t.leaf([[2.0]]), t.leaf([4.0]), t.leaf([5.0])
    more = t.sqrt(b)
    out = t.add(t.linear(w, b, x), more)
    assert [5.0, 1.25, 2.0, 1.0, 1.0, 1.0] == gradients(t, out)


def test_a_bias_of_two_layers() -> None:
    t = TapeM()
    w, b = t.leaf([[2.0]]), t.leaf([3.0])
    out = t.linear(w, b, t.linear(w, b, b))
    assert [15.0, 7.0, 2.0, 1.0] == gradients(t, out)


def test_an_older_tape_does_not_see_a_later_node_that_wants_no_gradient() -> None:
    old, x = Tape.empty().leaf([2.0])
    new, _ = old.leaf([3.0], requires_grad=False)
    assert 2 == new.size()
    assert [1.0] == sums(reverse.backwardDenseFrom(old, [ONE]))
    assert 1.0 == float(reverse.backward(old, x, ONE)[0].t[0])


def test_the_last_gradient_is_found_from_the_end() -> None:
    t = TapeM()
    t.sum(t.leaf(np.ones((2, 3))))
    then = t.getTape()
    t.leaf(np.ones(4))
    found = reverse.backwardDense(then, 1, np.ones(()))
    assert found[-1] is not None
    assert ((), (2, 3)) == (found[-1].s, found[-2].s)


def test_values_by_id() -> None:
    t, _ = Tape.empty().leaf(np.ones((2, 3)))
    t, last = t.leaf(5.0)
    first = t.getValue_opt(0)
    assert first is not None
    assert (2, 3) == first.s
    found = t.getValue_opt(last)
    assert found is not None
    assert 5.0 == float(found.t)
    assert t.getValue_opt(2) is None
    assert t.getValue_opt(-1) is None


def test_the_loop_visits_every_node_down_to_the_first() -> None:
    """Node 0 is no input here: its rule has to run as well."""
    seen: list[int] = []

    def rule(i: int) -> Node:
        return Node(value=AnyTensor(ONE), parents=(), backward=lambda _: seen.append(i) or [])  # type: ignore[func-returns-value]  # append is for its effect

    t = Tape.empty()
    for i in range(3):
        t, _ = t.addNode(rule(i))
    reverse.backwardDenseFromLoop(t, 3, [AnyTensor(ONE)] * 3)
    assert [2, 1, 0] == seen


def test_a_hand_made_node_keeps_its_name_in_the_topology() -> None:
    t, x = Tape.empty().leaf([1.0], name="x")
    t, _ = t.addNode(Node(name="mine", value=AnyTensor(ONE), parents=(x,), backward=lambda g: [(0, g)]))
    t, _ = scale(t, 1, 2.0)
    assert ["x", "mine", "scale"] == [name for _, name in sorted(t.graph().nodes(data="name"))]


def test_a_slice_checks_the_shape_that_it_is_given() -> None:
    t, x = Tape.empty().leaf(np.arange(6.0).reshape(3, 2))
    t, whole = sliceLeadingAxisRange(t, x, 0, 3, n=3, s=(2,))
    assert np.array_equal(t.requireValue(x), t.requireValue(whole))
    with pytest.raises(ValueError, match="shape mismatch"):
        sliceLeadingAxisRange(t, x, 0, 1, s=(3,))
    with pytest.raises(ValueError, match="a slice needs"):
        sliceLeadingAxisRange(t, x, -1, 1)


def test_tensors_and_arrays_are_the_same_as_seeds() -> None:
    t = TapeM()
    t.scale(t.leaf([2.0]), 3.0)
    tape = t.getTape()
    by_array = reverse.backwardDenseFrom(tape, [np.zeros(1), ONE])
    by_tensor = reverse.backwardDenseFrom(tape, [AnyTensor(np.zeros(1)), AnyTensor_.mk(ONE)])
    assert [3.0, 1.0] == sums(by_array) == sums(by_tensor)


def test_going_on_from_an_older_tape_forgets_what_a_newer_one_added() -> None:
    old, x = Tape.empty().leaf([4.0])
    newer, _ = scale(old, x, 3.0)
    other, y = sqrt(old, x)
    assert [0.25, 1.0] == sums(reverse.backwardDenseAll(other, y, ONE))
    assert [3.0, 1.0] == sums(reverse.backwardDenseAll(newer, y, ONE))


def test_names_belong_to_one_line() -> None:
    old, _ = Tape.empty().leaf([4.0], name="x", requires_grad=False)
    old.leaf([5.0], name="y", requires_grad=False)
    other, y = old.leaf([6.0])
    nodes = [other.getNode_opt(i) for i in (0, y)]
    assert [("x", False), (None, True)] == [(n.name, n.requires_grad) for n in nodes if n is not None]


def test_hand_made_nodes_belong_to_one_line() -> None:
    def made(name: str) -> Node:
        return Node(name=name, value=AnyTensor(ONE), parents=(0,), backward=lambda g: [(0, g)])

    old, x = Tape.empty().leaf([4.0])
    old, first = old.addNode(made("first"))
    old.addNode(made("second"))
    other, y = sqrt(old, x)
    assert ["first", "sqrt"] == [n.name for i in (first, y) if (n := other.getNode_opt(i)) is not None]
    assert [0.25, None, 1.0] == sums(reverse.backwardDense(other, y, ONE))
    assert [1.0, 1.0] == sums(reverse.backwardDense(old, first, ONE))


def test_numbers_of_operations_belong_to_one_line() -> None:
    old, x = Tape.empty().leaf([4.0])
    old, first = scale(old, x, 5.0)
    scale(old, x, 3.0)
    other, y = add(old, x, first)
    assert [6.0, 1.0, 1.0] == sums(reverse.backwardDenseAll(other, y, ONE))
    assert 3 == other.size()
    layer, _ = Tape.empty().leaf([[2.0]])
    layer, x = layer.leaf([3.0])
    scale(layer, x, 3.0)
    other, y = linear(layer, 0, x, x)
    assert [3.0, 3.0, 1.0] == sums(reverse.backwardDenseAll(other, y, ONE))


def test_an_older_tape_keeps_its_type_and_an_empty_one_has_none() -> None:
    empty = Tape.empty()
    old, x = empty.leaf([4.0])
    old.leaf([5.0])
    other, _ = sqrt(old, x)
    for tape in (old, other):
        with pytest.raises(TypeError, match="float64"):
            tape.leaf(np.ones(1, np.float32))
    single, x = empty.leaf(np.ones(1, np.float32))
    assert np.float32 == single.requireValue(x).dtype


def test_a_parameter_is_one_number_of_the_type_of_the_tape() -> None:
    t, x = Tape.empty().leaf([2.0])
    t, y = scale(t, x, np.asarray(3.0))
    assert 6.0 == float(t.requireValue(y)[0])
    for wrong in (np.ones(1), np.float32(3.0), np.asarray(3.0, np.float32)):
        with pytest.raises(TypeError, match="this tape holds float64"):
            scale(t, x, wrong)


def test_a_sum_starts_from_zero() -> None:
    """0 + (−0) is 0, which has no sign."""
    t = TapeM()
    assert not np.signbit(t.value(t.sum(t.leaf([-0.0]))))
