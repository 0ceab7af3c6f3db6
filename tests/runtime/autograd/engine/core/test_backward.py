"""Reverse mode: Lean's results, Lean's errors in Lean's order, and arrays that nobody shares."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
import pytest

from leanmirror.runtime import AnyTensor, AutogradError, Node, Tape, TapeM
from leanmirror.runtime.autograd.engine.core import backward as rev
from leanmirror.runtime.autograd.engine.core.activations_loss import exp, inv, mseLoss, sum, tanh
from leanmirror.runtime.autograd.engine.core.elementwise import add, mul, scale, sub

Array = np.ndarray[Any, np.dtype[Any]]
Contributions = list[tuple[int, AnyTensor]]
ONE = np.ones(2)


def any_(*entries: float) -> AnyTensor:
    return AnyTensor(np.array(entries))


def lists(gradients: Sequence[AnyTensor | None]) -> list[list[float] | None]:
    return [None if g is None else g.t.tolist() for g in gradients]


def says(text: str) -> Any:
    return pytest.raises(AutogradError, match=rf"^autograd: {text}$".replace("(", "\\(").replace(")", "\\)"))


def leaves(n: int, requires_grad: bool = True) -> Tape:
    t = Tape.empty()
    for i in range(n):
        t, _ = t.leaf(np.array([1.0 + i, 2.0 + i]), requires_grad=requires_grad)
    return t


def hand_made(t: Tape, rule: Callable[[AnyTensor], Any], requires_grad: bool = True) -> tuple[Tape, int]:
    node = Node(value=any_(0.0, 0.0), parents=(0,), backward=rule, requires_grad=requires_grad)
    return t.addNode(node)


def diamond() -> tuple[Tape, int]:
    """z = x·x + x·w, by two paths to x."""
    t = leaves(2)
    t, a = mul(t, 0, 0)
    t, b = mul(t, 0, 1)
    return add(t, a, b)


def test_every_reached_node_has_its_gradient_and_the_output_has_the_seed() -> None:
    t, z = diamond()
    t, _ = exp(t, z)
    expected = [[4.0, 21.0], [1.0, 6.0], [1.0, 3.0], [1.0, 3.0], [1.0, 3.0], None]
    assert lists(rev.backwardDense(t, z, np.array([1.0, 3.0]))) == expected


def test_nodes_that_are_not_reached_have_none_or_zeros() -> None:
    t, z = diamond()
    t, _ = t.leaf(np.zeros((2, 0)))
    t, _ = t.leaf(5.0)
    dense = rev.backwardDense(t, z, ONE)
    assert (dense[5], dense[-1]) == (None, None)
    total = rev.backwardDenseAll(t, z, ONE)
    assert (total[5].s, total[6].s, total[6].t.tolist(), total[-1].s) == ((2, 0), (), 0.0, ())
    assert lists(total[:5]) == lists(dense[:5])


def test_a_node_that_is_not_reached_leaks_no_nan() -> None:
    t, x = Tape.empty().leaf(np.array([0.0, 1.0]))
    t, _ = inv(t, x)
    t, y = scale(t, x, 2.0)
    assert lists(rev.backwardDenseAll(t, y, ONE)) == [[2.0, 2.0], [0.0, 0.0], [1.0, 1.0]]
    start = [np.zeros(2), np.zeros(2), ONE]
    assert np.isnan(rev.backwardDenseFrom(t, start)[0].t[0])


def test_a_seed_at_an_inner_node() -> None:
    t, z = diamond()
    assert lists(rev.backwardDense(t, 2, ONE)) == [[2.0, 4.0], None, [1.0, 1.0], None, None]
    assert z == 4


def test_the_sparse_form_has_the_present_entries() -> None:
    t, _ = diamond()
    found = rev.backward(t, 3, ONE)
    assert {id: g.t.tolist() for id, g in found.items()} == {0: [2.0, 3.0], 1: [1.0, 2.0], 3: [1.0, 1.0]}
    assert (list(found), len(found), 2 in found, found.get(4)) == ([0, 1, 3], 3, False, None)
    with pytest.raises(KeyError):
        found[2]
    assert list(rev.denseToHashMap([None, any_(1.0)])) == [1]


def test_a_leaf_without_requires_grad_gets_nothing() -> None:
    t = leaves(1, requires_grad=False)
    t, x = t.leaf(np.array([5.0, 7.0]))
    t, y = mul(t, 0, x)
    t, z = mul(t, y, 0)
    assert lists(rev.backwardDense(t, z, ONE)) == [None, [1.0, 4.0], [1.0, 2.0], [1.0, 1.0]]
    assert lists(rev.backwardDenseAll(t, z, ONE))[0] == [0.0, 0.0]


def test_an_output_without_requires_grad_keeps_the_seed_alone() -> None:
    t = leaves(1)
    t, frozen = hand_made(t, lambda g: [(0, g)], requires_grad=False)
    assert lists(rev.backwardDense(t, frozen, ONE)) == [None, [1.0, 1.0]]
    t, y = mul(t, frozen, 0)
    assert lists(rev.backwardDense(t, y, ONE)) == [[0.0, 0.0], None, [1.0, 1.0]]


def test_operations_on_a_frozen_leaf_require_a_gradient() -> None:
    t, y = exp(leaves(1, requires_grad=False), 0)
    assert t.nodes[y].requires_grad
    assert lists(rev.backwardDense(t, y, ONE)) == [None, [1.0, 1.0]]


def test_errors_of_the_output_come_in_lean_s_order() -> None:
    t, _ = diamond()
    for wrong in (-1, t.size(), 10**30):
        with says("invalid output id"):
            rev.backwardDense(t, wrong, np.ones(5))
        with says("invalid output id"):
            rev.backwardDenseAll(t, wrong, ONE)
    with says("seed gradient shape mismatch for output"):
        rev.backwardDense(t, 4, np.ones(5))
    with says("seed gradient shape mismatch for output"):
        rev.backward(t, 4, np.ones(5, np.float32))
    with pytest.raises(TypeError, match="this tape holds float64, the seed is float32"):
        rev.backwardDense(t, 4, np.ones(2, np.float32))
    with pytest.raises(TypeError, match="an array of float32 or float64 is needed, not int64"):
        rev.backwardDense(t, 4, [1, 2])
    with says("invalid output id"):
        rev.backwardScalar(Tape.empty(), 0)


def test_a_vector_of_one_entry_is_no_scalar() -> None:
    t, x = Tape.empty().leaf(np.array([2.0]))
    t, y = mul(t, x, x)
    with says("seed gradient shape mismatch for output"):
        rev.backwardScalar(t, y)
    with says("seed gradient shape mismatch for output"):
        rev.backwardDense(t, y, 1.0)
    t, z = sum(t, y)
    assert rev.backwardScalar(t, z)[x].t.tolist() == [4.0]
    with says("seed gradient shape mismatch for output"):
        rev.backwardDense(t, z, [1.0])


def test_a_scalar_seed_has_the_type_of_the_tape() -> None:
    t, x = Tape.empty().leaf(np.float32(2.0))
    t, y = mul(t, x, x)
    assert rev.backwardScalar(t, y)[x].t.dtype == np.float32


@pytest.mark.parametrize(
    ("contributions", "text"),
    [
        ([(9, any_(1.0))], "invalid parent id during backward"),
        ([(-1, any_(1.0, 1.0))], "invalid parent id during backward"),
        ([(0, any_(1.0))], "gradient contribution has wrong shape for parent"),
        ([(0, any_(1.0, 1.0)), (9, any_(1.0))], "invalid parent id during backward"),
        ([(0, any_(1.0)), (9, any_(1.0))], "gradient contribution has wrong shape for parent"),
    ],
)
def test_contributions_are_checked(contributions: Contributions, text: str) -> None:
    t, y = hand_made(leaves(1), lambda g: contributions)
    with says(text):
        rev.backwardDense(t, y, ONE)
    with says(text):
        rev.backwardDenseFrom(t, [np.zeros(2), ONE])
    with says(text):
        rev.backwardDenseFromStep(t, [any_(0.0, 0.0), any_(1.0, 1.0)], y)


def test_a_contribution_of_another_shape_to_a_frozen_parent_passes() -> None:
    t, y = hand_made(leaves(1, requires_grad=False), lambda g: [(0, any_(1.0, 2.0, 3.0))])
    assert lists(rev.backwardDense(t, y, ONE)) == [None, [1.0, 1.0]]


def test_a_contribution_of_another_type_is_refused() -> None:
    t, y = hand_made(leaves(1), lambda g: [(0, AnyTensor(np.ones(2, np.float32)))])
    with pytest.raises(TypeError, match="this tape holds float64, the contribution is float32"):
        rev.backwardDense(t, y, ONE)


def test_an_error_of_a_hand_made_rule_comes_through() -> None:
    def rule(_: AnyTensor) -> Contributions:
        raise AutogradError("mine")

    t, y = hand_made(leaves(1), rule)
    with pytest.raises(AutogradError, match=r"^mine$"):
        rev.backwardDense(t, y, ONE)


def test_contributions_to_later_nodes_are_stored_but_do_not_propagate() -> None:
    t = leaves(1)
    t, early = hand_made(t, lambda g: [(0, g), (1, any_(5.0, 5.0)), (2, any_(7.0, 7.0)), (3, any_(8.0, 8.0))])
    t, y = exp(t, early)
    t, _ = exp(t, 0)
    found = lists(rev.backwardDense(t, y, ONE))
    assert found == [[1.0, 1.0], [6.0, 6.0], [8.0, 8.0], [8.0, 8.0]]


def test_a_later_contribution_does_not_reach_parents_through_a_shared_array() -> None:
    """`add` hands its upstream gradient on as it is; what is added to one node must stay there."""
    t = leaves(1)
    t, early = hand_made(t, lambda g: [(0, g), (2, any_(100.0, 100.0))])
    t, y = add(t, early, early)
    assert lists(rev.backwardDense(t, y, ONE)) == [[2.0, 2.0], [2.0, 2.0], [101.0, 101.0]]


def test_a_hand_made_rule_may_keep_and_change_its_arrays() -> None:
    mine = np.array([1.0, 1.0])
    t, y = hand_made(leaves(1), lambda g: [(0, AnyTensor(mine)), (0, AnyTensor(mine))])
    t, z = add(t, y, 0)
    gradients = rev.backwardDense(t, z, ONE)
    assert gradients[0] is not None
    assert gradients[0].t.tolist() == [3.0, 3.0]
    mine[:] = 50.0
    assert gradients[0].t.tolist() == [3.0, 3.0]
    assert mine.tolist() == [50.0, 50.0]


def test_accumulation_writes_to_no_array_of_the_user_and_to_no_saved_value() -> None:
    x0, seed = np.array([2.0, 3.0]), np.array([1.0, 10.0])
    t, x = Tape.empty().leaf(x0)
    x0[:] = -1.0
    t, a = add(t, x, x)
    t, b = sub(t, a, x)
    t, c = add(t, b, a)
    t, d = mul(t, c, x)
    before = [node.value.t.copy() for node in t.nodes]
    gradients = rev.backwardDense(t, d, seed)
    again = rev.backwardDense(t, d, seed)
    assert lists(gradients) == lists(again)
    assert gradients[x] is not None
    assert gradients[x].t.tolist() == [12.0, 180.0]
    assert seed.tolist() == [1.0, 10.0]
    assert all(np.array_equal(v, node.value.t) for v, node in zip(before, t.nodes, strict=True))
    seed[:] = 0.0
    assert gradients[d] is not None
    assert gradients[d].t.tolist() == [1.0, 10.0]


def check_paths(run: Callable[[Tape, int, Any], Sequence[AnyTensor | None]]) -> None:
    """A value used twice receives both contributions."""
    t, z = diamond()
    assert lists(run(t, z, ONE))[0] == [4.0, 7.0]


def test_assignment_in_place_of_accumulation_is_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    check_paths(rev.backwardDense)

    def assign(_existing: Array, new: Array, out: Array | None = None) -> Array:
        if out is None:
            return new
        np.copyto(out, new)
        return out

    monkeypatch.setattr(np, "add", assign)
    with pytest.raises(AssertionError):
        check_paths(rev.backwardDense)


def test_contributions_are_added_in_lean_s_order() -> None:
    """(1e16 − 1e16) + 1 is 1, in any other order 0 comes out."""
    t, x = Tape.empty().leaf(0.0)
    t, third = scale(t, x, 1.0)
    t, second = scale(t, x, -1e16)
    t, first = scale(t, x, 1e16)
    t, y = add(t, third, second)
    t, z = add(t, y, first)
    found = rev.backwardDense(t, z, 1.0)[x]
    assert found is not None
    assert float(found.t) == 1.0


def from_scratch(t: Tape, grads0: Sequence[Any]) -> Sequence[AnyTensor]:
    """`backwardDenseFrom` by its single steps."""
    return rev.backwardDenseFromLoop(t, t.size(), [AnyTensor(g) for g in grads0])


@pytest.mark.parametrize("run", [rev.backwardDenseFrom, from_scratch])
def test_total_reverse_mode_adds_to_what_it_is_given(run: Callable[..., Sequence[AnyTensor]]) -> None:
    t, _ = diamond()
    start = [np.array([10.0, 10.0]), np.zeros(2), np.zeros(2), ONE, ONE]
    expected = [[16.0, 20.0], [2.0, 4.0], [1.0, 1.0], [2.0, 2.0], [1.0, 1.0]]
    assert lists(run(t, start)) == expected
    assert start[0].tolist() == [10.0, 10.0]


@pytest.mark.parametrize("run", [rev.backwardDenseFrom, from_scratch])
def test_total_reverse_mode_leaves_frozen_nodes_alone(run: Callable[..., Sequence[AnyTensor]]) -> None:
    t = leaves(1, requires_grad=False)
    t, y = exp(t, 0)
    assert lists(run(t, [np.array([1.0, 2.0, 3.0]), ONE]))[0] == [1.0, 2.0, 3.0]
    assert y == 1


@pytest.mark.parametrize("run", [rev.backwardDenseFrom, from_scratch])
@pytest.mark.parametrize("position", range(5))
def test_total_reverse_mode_refuses_a_wrong_shape(
    run: Callable[..., Sequence[AnyTensor]], position: int
) -> None:
    t, _ = diamond()
    start = [ONE] * 5
    start[position] = np.ones((2, 1))
    with says("gradient array has wrong shape for node"):
        run(t, start)


@pytest.mark.parametrize("run", [rev.backwardDenseFrom, from_scratch])
def test_an_earlier_error_of_total_reverse_mode_wins(run: Callable[..., Sequence[AnyTensor]]) -> None:
    t, _ = hand_made(leaves(2), lambda g: [(9, g)])
    with says("invalid parent id during backward"):
        run(t, [np.ones(3), ONE, ONE])
    t, _ = hand_made(leaves(2), lambda g: [(0, any_(1.0))])
    with says("gradient contribution has wrong shape for parent"):
        run(t, [np.ones(3), ONE, ONE])
    t, _ = hand_made(leaves(2), lambda g: [(0, g)])
    with says("gradient array has wrong shape for node"):
        run(t, [np.ones(3), ONE, ONE])


def test_total_reverse_mode_needs_one_gradient_per_node() -> None:
    t, _ = diamond()
    for n in (0, 4, 6):
        with says("initial dense gradient array has wrong length"):
            rev.backwardDenseFrom(t, [ONE] * n)
    assert lists(rev.backwardDenseFrom(Tape.empty(), [])) == []


def test_single_steps() -> None:
    t, z = diamond()
    acc = [any_(0.0, 0.0)] * 4 + [any_(1.0, 2.0)]
    stepped = rev.backwardDenseFromStep(t, acc, z)
    assert lists(stepped) == [[0.0, 0.0], [0.0, 0.0], [1.0, 2.0], [1.0, 2.0], [1.0, 2.0]]
    assert lists(acc)[2] == [0.0, 0.0]
    assert lists(rev.backwardDenseFromLoop(t, 2, acc)) == lists(acc)
    with says("internal error (node missing)"):
        rev.backwardDenseFromStep(t, acc, 5)
    with says("internal error (node missing)"):
        rev.backwardDenseFromLoop(t, 6, acc)
    with says("internal error (gradient array out of bounds)"):
        rev.backwardDenseFromStep(t, acc[:4], z)
    with says("internal error (gradient array out of bounds)"):
        rev.backwardDenseFromStep(t, acc[:0], 0)
    with says("gradient array has wrong shape for node"):
        rev.backwardDenseFromStep(t, [*acc[:4], any_(1.0)], z)


def test_adding_one_contribution() -> None:
    t = leaves(2)
    g = any_(1.0, 2.0)
    assert lists(rev.addGradDense(t, [None, None], 1, g)) == [None, [1.0, 2.0]]
    assert lists(rev.addGradDense(t, [g, None], 0, g)) == [[2.0, 4.0], None]
    assert lists(rev.addGradAll(t, [g, g], 0, g)) == [[2.0, 4.0], [1.0, 2.0]]
    assert g.t.tolist() == [1.0, 2.0]


@pytest.mark.parametrize("run", [rev.addGradDense, rev.addGradAll])
def test_adding_checks_in_lean_s_order(run: Callable[..., Any]) -> None:
    t = leaves(2)
    for wrong in (2, -1):
        with says("invalid parent id during backward"):
            run(t, [any_(1.0, 2.0)] * 2, wrong, any_(1.0))
    with says("gradient contribution has wrong shape for parent"):
        run(t, [], 1, any_(1.0))
    with says("internal error (gradient array out of bounds)"):
        run(t, [any_(1.0, 2.0)], 1, any_(1.0, 2.0))
    frozen = leaves(1, requires_grad=False)
    assert run(frozen, [], 0, any_(1.0)) == []


def test_adding_to_an_entry_of_another_shape() -> None:
    t = leaves(1)
    with says("gradient array has wrong shape for node"):
        rev.addGradAll(t, [any_(1.0)], 0, any_(1.0, 2.0))
    with says("gradient shape mismatch during accumulation"):
        rev.addGradDense(t, [any_(1.0)], 0, any_(1.0, 2.0))


def test_no_warning_and_no_changed_setting() -> None:
    with np.errstate(all="raise"):
        before = np.geterr()
        t, x = Tape.empty().leaf(np.array([0.0, 1e308]))
        t, y = inv(t, x)
        t, z = exp(t, y)
        t, w = mul(t, z, x)
        t, out = mseLoss(t, w, x)
        found = rev.backwardScalar(t, out)[x]
        assert np.isnan(found.t).any()
        assert np.geterr() == before


def test_a_hand_made_rule_runs_under_the_settings_of_its_caller() -> None:
    seen: list[Any] = []

    def rule(g: AnyTensor) -> Contributions:
        seen.append(np.geterr())
        return [(0, g)]

    t, y = hand_made(leaves(1), rule)
    with np.errstate(over="raise", invalid="print"):
        rev.backwardDense(t, y, ONE)
        assert seen == [np.geterr()]


def chain(links: int) -> tuple[TapeM, int, int, int]:
    m = TapeM()
    x, w, b = m.leaf(np.full(3, 0.5)), m.leaf(np.full(3, 0.9)), m.leaf(np.full(3, 0.1))
    for _ in range(links):
        x = m.tanh(m.add(m.mul(x, w), b))
    return m, x, w, b


def check_chain(links: int) -> None:
    m, out, w, b = chain(links)
    assert len(m) == 3 * links + 3
    gradients = m.backward(out, np.ones(3))
    x, g, gw, gb = 0.5, 1.0, 0.0, 0.0
    saved = []
    for _ in range(links):
        y = float(np.tanh(x * 0.9 + 0.1))
        saved.append((x, y))
        x = y
    for x, y in reversed(saved):
        g = (1.0 - y * y) * g
        gb, gw = gb + g, gw + g * x
        g = g * 0.9
    assert gradients[w].tolist() == pytest.approx([gw] * 3, rel=1e-12)
    assert gradients[b].tolist() == pytest.approx([gb] * 3, rel=1e-12)
    assert gradients[0].tolist() == pytest.approx([g] * 3, rel=1e-9, abs=1e-300)


def test_a_chain_of_100_000_nodes_needs_no_recursion() -> None:
    limit = sys.getrecursionlimit()
    sys.setrecursionlimit(400)
    try:
        check_chain(33_333)
    finally:
        sys.setrecursionlimit(limit)


@pytest.mark.campaign
def test_a_chain_of_a_million_nodes() -> None:
    check_chain(333_333)


def test_a_long_gradient_is_written_to_in_place(monkeypatch: pytest.MonkeyPatch) -> None:
    """10 contributions to one leaf cost one addition each, and none of them a new array."""
    calls: list[bool] = []
    add_ = np.add

    def counted(a: Array, b: Array, *out: Array) -> Array:
        calls.append(bool(out))
        result: Array = add_(a, b, *out)
        return result

    t = leaves(2)
    y = 1
    for _ in range(10):
        t, y = mul(t, y, 0)
    monkeypatch.setattr(np, "add", counted)
    rev.backwardDense(t, y, ONE)
    assert calls == [True] * 9


def test_tanh_twice_in_a_graph_with_a_frozen_branch() -> None:
    t = leaves(1)
    t, c = t.leaf(np.array([3.0, 3.0]), requires_grad=False)
    t, y = tanh(t, 0)
    t, z = mul(t, y, c)
    t, w = add(t, z, c)
    dense = rev.backwardDense(t, w, ONE)
    assert dense[c] is None
    assert dense[0] is not None
    assert np.allclose(dense[0].t, 3 * (1 - np.tanh([1.0, 2.0]) ** 2), rtol=1e-14)


def test_a_rule_may_name_nodes_after_the_output() -> None:
    """Their gradients are kept, and not propagated."""
    for one in (np.array(1.0), np.array([1.0, 1.0])):
        t, x = Tape.empty().leaf(one)
        named = [(id, AnyTensor(one)) for id in (4, 3, 2, 4, 0)]
        node = Node(value=AnyTensor(one), parents=(x,), backward=lambda g, named=named: named)  # type: ignore[misc]  # bound
        t, y = t.addNode(node)
        t, _ = t.leaf(one, requires_grad=False)
        t, later = t.leaf(one)
        t, _ = add(t, later, later)
        t, _ = t.leaf(one)
        found = rev.backwardDense(t, y, one)
        firsts = [None if g is None else float(g.t.reshape(-1)[0]) for g in found]
        assert [1.0, 1.0, None, 1.0, 2.0, None] == firsts
