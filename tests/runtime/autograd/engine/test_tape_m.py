"""The imperative front."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from leanmirror.runtime import AnyTensor, AutogradError, Tape, TapeM
from leanmirror.runtime.autograd.engine.core.elementwise import scale


def test_the_example_of_the_docstring() -> None:
    t = TapeM()
    x = t.leaf(np.array([0.5, -1.0]))
    y = t.tanh(x)
    gradients = t.backward(y, np.ones(2))
    assert gradients[x].tolist() == pytest.approx([0.78644773296592741, 0.41997434161402607], rel=1e-14)
    assert list(gradients) == [x, y]
    with pytest.raises(ValueError, match="read-only"):
        gradients[x][0] = 0.0


def test_without_a_seed_the_output_must_be_a_scalar() -> None:
    t = TapeM()
    x = t.leaf([1.0, 2.0])
    assert t.backward(t.sum(t.mul(x, x)))[x].tolist() == [2.0, 4.0]
    assert isinstance(t.backwardScalar(t.sum(x))[x], AnyTensor)
    with pytest.raises(AutogradError, match=r"^autograd: seed gradient shape mismatch for output$"):
        t.backward(x)


def test_run_eval_exec() -> None:
    start, x = Tape.empty().leaf(3.0)

    def square(t: TapeM) -> int:
        return t.mul(x, x)

    id, tape = TapeM.run(start, square)
    assert (id, tape.size(), float(tape.requireValue(id))) == (1, 2, 9.0)
    assert TapeM.eval(start, square) == 1
    assert TapeM.exec(start, square).size() == 2
    assert start.size() == 1


def test_a_failed_computation_has_no_tape() -> None:
    start, x = Tape.empty().leaf(-1.0)

    def fails(t: TapeM) -> int:
        t.exp(x)
        return t.log(x)

    with pytest.raises(AutogradError, match=r"^autograd: log: "):
        TapeM.run(start, fails)
    assert start.size() == 1


def test_a_tape_taken_out_does_not_change() -> None:
    m = TapeM()
    x = m.leaf([1.0])
    before = m.getTape()
    m.exp(x)
    assert (before.size(), len(m)) == (1, 2)
    other, id = scale(before, x, 7.0)
    assert float(other.requireValue(id)[0]) == 7.0
    assert float(m.value(id)[0]) == pytest.approx(np.e, rel=1e-15)
    taken = m.getTape()
    scale(taken, x, 9.0)
    y = m.scale(x, 5.0)
    assert (y, float(m.value(y)[0]), taken.size()) == (2, 5.0, 2)


def test_set_tape() -> None:
    m = TapeM()
    x = m.leaf([1.0])
    mark = m.getTape()
    m.exp(x)
    m.setTape(mark)
    assert len(m) == 1
    assert float(m.value(m.scale(x, 4.0))[0]) == 4.0
    assert mark.size() == 1


def test_a_failed_operation_leaves_the_tape_as_it_was() -> None:
    m = TapeM()
    x, w = m.leaf([1.0, 2.0]), m.leaf([1.0])
    acts: tuple[Callable[[], object], ...] = (
        lambda: m.add(x, w),
        lambda: m.exp(9),
        lambda: m.mseLoss(x, w),
        lambda: m.matmul(x, w),
        lambda: m.softmax(x, (3,)),
    )
    for act in acts:
        with pytest.raises(AutogradError):
            act()
        assert len(m) == 2
    assert m.value(m.add(x, x)).tolist() == [2.0, 4.0]


def test_kernels_raise_no_warning_whatever_the_setting() -> None:
    m = TapeM()
    with np.errstate(all="raise"):
        x = m.leaf([0.0, 1e200, np.inf])
        ids = (m.inv(x), m.mul(x, x), m.sub(x, x), m.softmax(x), m.gelu(x), m.scale(x, 1e300), m.sum(x))
    assert [m.value(id).reshape(-1)[-1] for id in ids[1:]] == pytest.approx(
        [np.inf, np.nan, np.nan, np.inf, np.inf, np.inf], nan_ok=True
    )
