"""Golden values of the activations and the loss, and what no general sentence sees."""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from leanmirror.runtime import AutogradError, Tape, TapeM
from leanmirror.runtime.autograd.engine.core import activations_loss as al
from leanmirror.runtime.autograd.engine.core.backward import backwardDense

Op = Callable[..., tuple[Tape, int]]
INF = math.inf
MAX = float(np.finfo(np.float64).max)


def both(op: Op, x: Any, *params: Any, g: Any = None) -> tuple[Any, Any]:
    """Value and gradient of an operation of one node."""
    t, id = Tape.empty().leaf(np.asarray(x, dtype=np.float64))
    t, out = op(t, id, *params)
    value = t.requireValue(out)
    gradients = backwardDense(t, out, np.ones(value.shape) if g is None else np.asarray(g, dtype=float))
    return value, gradients[id].t


# To 17 digits from arithmetic with 60.
GOLDEN = [
    (al.sigmoid, 1.0, 0.73105857863000488, 0.19661193324148185),
    (al.tanh, 1.0, 0.76159415595576489, 0.41997434161402607),
    (al.gelu, 1.0, 0.84119199060827670, 1.0829640838457826),
    (al.gelu, -1.0, -0.15880800939172329, -0.082964083845782555),
    (al.gelu, 0.5, 0.34571400982514392, 0.86736990353464231),
    (al.gelu, 0.0, 0.0, 0.5),
    (al.softplus, 1.0, 1.3132616875182228, 0.73105857863000488),
    (al.softplus, -1.0, 0.31326168751822283, 0.26894142136999512),
    (al.exp, 1.0, 2.7182818284590452, 2.7182818284590452),
    (al.log, 2.0, 0.69314718055994531, 0.5),
    (al.inv, 4.0, 0.25, -0.0625),
    (al.safeLog, 0.0, -0.36651147788766412, 0.72134647976149259),
    (al.safeLog, 1.0, 0.27251464196515310, 0.55667353194321278),
    (al.safeLog, -1.0, -1.1607131831747082, 0.85851725113081175),
]


@pytest.mark.parametrize(("op", "x", "value", "slope"), GOLDEN)
def test_golden_values(op: Op, x: float, value: float, slope: float) -> None:
    y, dx = both(op, x)
    assert float(y) == pytest.approx(value, rel=1e-15, abs=0)
    assert float(dx) == pytest.approx(slope, rel=2e-15, abs=0)


# value and derivative where floats and reals part
SPECIAL = [
    (al.sigmoid, -800.0, 0.0, 0.0),
    (al.sigmoid, 800.0, 1.0, 0.0),
    (al.tanh, INF, 1.0, 0.0),
    (al.softplus, -37.0, 0.0, 8.533047625744066e-17),
    (al.softplus, -36.0, 2.220446049250313e-16, 2.319522830243569e-16),
    (al.softplus, 710.0, 710.0, 1.0),
    (al.softplus, -INF, 0.0, 0.0),
    (al.softplus, INF, INF, 1.0),
    (al.exp, 710.0, INF, INF),
    (al.exp, -INF, 0.0, 0.0),
    (al.inv, 0.0, INF, -INF),
    (al.inv, -0.0, -INF, -INF),
    (al.inv, INF, 0.0, -0.0),
    (al.gelu, MAX, INF, math.nan),
    (al.gelu, -MAX, -0.0, math.nan),
    (al.gelu, 4e154, 4e154, math.nan),
    (al.gelu, 3e153, 3e153, 1.0),
    (al.gelu, -INF, math.nan, math.nan),
    (al.sigmoid, math.nan, math.nan, math.nan),
    (al.softplus, math.nan, math.nan, math.nan),
]


@pytest.mark.parametrize(("op", "x", "value", "slope"), SPECIAL)
def test_where_floats_and_reals_part(op: Op, x: float, value: float, slope: float) -> None:
    y, dx = both(op, x)
    assert float(y) == pytest.approx(value, rel=1e-15, abs=0, nan_ok=True)
    assert float(dx) == pytest.approx(slope, rel=1e-12, abs=0, nan_ok=True)
    assert math.copysign(1, y) == math.copysign(1, value) or math.isnan(value)


def test_inv_at_zero_with_a_zero_gradient_is_nan() -> None:
    assert np.isnan(both(al.inv, 0.0, g=0.0)[1])
    assert both(al.inv, [0.0, 0.0], g=[2.0, -2.0])[1].tolist() == [-INF, INF]


def test_softmax_is_shifted_and_works_along_the_last_axis() -> None:
    y, _ = both(al.softmax, [[1000.0, 1000.0], [0.0, math.log(3)]])
    assert y[0].tolist() == [0.5, 0.5]
    assert y[1].tolist() == pytest.approx([0.25, 0.75], rel=1e-15)
    z, _ = both(al.logSoftmax, [[1000.0, 1000.0], [0.0, math.log(3)]])
    assert z[0].tolist() == [-math.log(2)] * 2
    assert z[1].tolist() == pytest.approx([math.log(0.25), math.log(0.75)], rel=1e-15)


def test_softmax_gradients() -> None:
    _, dx = both(al.softmax, [0.0, math.log(3)], g=[1.0, 0.0])
    assert dx.tolist() == pytest.approx([0.1875, -0.1875], rel=1e-14)
    _, dz = both(al.logSoftmax, [0.0, math.log(3)], g=[1.0, 0.0])
    assert dz.tolist() == pytest.approx([0.75, -0.75], rel=1e-14)


@pytest.mark.parametrize(("op", "value"), [(al.softmax, 1.0), (al.logSoftmax, 0.0)])
def test_a_scalar_has_a_constant_softmax_and_no_gradient(op: Op, value: float) -> None:
    for x in (5.0, INF, math.nan):
        y, dx = both(op, x, g=3.0)
        assert (y.shape, float(y), dx.shape, float(dx)) == ((), value, (), 0.0)
    assert np.isnan(both(op, [INF])[0]).all()


@pytest.mark.parametrize("shape", [(0,), (2, 0), (0, 3), (2, 0, 3)])
@pytest.mark.parametrize("op", [al.softmax, al.logSoftmax, al.sigmoid, al.log])
def test_empty_tensors_pass(op: Op, shape: tuple[int, ...]) -> None:
    y, dx = both(op, np.zeros(shape))
    assert (y.shape, dx.shape) == (shape, shape)


def test_log_refuses_before_it_makes_a_node() -> None:
    text = "autograd: log: input contains values <= 0 (or NaN); use `safe_log` if you want epsilon protection"
    for bad in (0.0, -0.0, -1.0, math.nan, -INF):
        t, id = Tape.empty().leaf(np.array([1.0, bad]))
        with pytest.raises(AutogradError) as caught:
            al.log(t, id)
        assert str(caught.value) == text
        m = TapeM(t)
        with pytest.raises(AutogradError):
            m.log(id)
        assert (t.size(), len(m), len(t._store.values)) == (1, 1, 1)
    assert float(both(al.log, INF)[0]) == INF


def test_log_checks_the_shape_before_the_domain() -> None:
    t, id = Tape.empty().leaf(np.array([-1.0]))
    with pytest.raises(AutogradError, match=r"^autograd: shape mismatch$"):
        al.log(t, id, (2,))


def test_safe_log_asks_nothing_of_epsilon() -> None:
    assert np.isnan(both(al.safeLog, 0.0, -5.0)[0])
    assert float(both(al.safeLog, 0.0, 1.0)[0]) == pytest.approx(math.log(math.log(2) + 1), rel=1e-15)


def test_epsilon_is_rounded_to_the_type_of_the_tape() -> None:
    t, id = Tape.empty().leaf(np.zeros(1, np.float32))
    t, a = al.safeLog(t, id)
    t, b = al.safeLog(t, id, np.float32(1e-6))
    t, c = al.safeLog(t, id, 1e-6)
    assert t.requireValue(a) == t.requireValue(b) == t.requireValue(c)
    with pytest.raises(TypeError, match="this tape holds float32, the parameter is float64"):
        al.safeLog(t, id, np.float64(1e-6))
    with pytest.raises(TypeError, match="a parameter is a real number, not str"):
        al.safeLog(t, id, "1e-6")


def test_sum_spreads_its_gradient() -> None:
    y, dx = both(al.sum, [[1.0, 2.0], [3.0, 4.5]], g=-2.0)
    assert (y.shape, float(y)) == ((), 10.5)
    assert dx.tolist() == [[-2.0, -2.0], [-2.0, -2.0]]
    assert float(both(al.sum, np.zeros((0, 2)))[0]) == 0.0


def test_a_sum_of_negative_zeros_is_lean_s_zero() -> None:
    assert math.copysign(1, both(al.sum, [-0.0, -0.0])[0]) == 1.0
    assert math.copysign(1, both(al.sum, -0.0)[0]) == 1.0


def test_mse() -> None:
    t, p = Tape.empty().leaf(np.array([1.0, 2.0, 4.0]))
    t, q = t.leaf(np.array([1.0, 0.0, 1.0]))
    t, out = al.mseLoss(t, p, q)
    gradients = backwardDense(t, out, 3.0)
    assert float(t.requireValue(out)) == pytest.approx(13 / 3, rel=1e-15)
    assert gradients[p].t.tolist() == pytest.approx([0.0, 4.0, 6.0], rel=1e-15)
    assert gradients[q].t.tolist() == pytest.approx([0.0, -4.0, -6.0], rel=1e-15)
    assert math.copysign(1, gradients[q].t[0]) == 1.0


def test_mse_of_a_node_with_itself_cancels() -> None:
    t, p = Tape.empty().leaf(np.array([1.0, 2.0]))
    t, out = al.mseLoss(t, p, p)
    assert t.nodes[out].parents == (p, p)
    assert backwardDense(t, out, 1.0)[p].t.tolist() == [0.0, 0.0]


def test_mse_of_nothing_is_zero() -> None:
    t, p = Tape.empty().leaf(np.zeros((2, 0)))
    t, out = al.mseLoss(t, p, p)
    assert float(t.requireValue(out)) == 0.0
    assert backwardDense(t, out, 1.0)[p].s == (2, 0)


def test_mse_looks_the_prediction_up_first() -> None:
    t, p = Tape.empty().leaf(np.zeros(2))
    t, q = t.leaf(np.zeros(3))
    cases: list[tuple[tuple[Any, ...], str]] = [
        ((9, 9), "invalid node id"),
        ((p, 9, (3,)), "shape mismatch"),
        ((p, 9), "invalid node id"),
        ((p, q), "shape mismatch"),
        ((q, p, (3,)), "shape mismatch"),
    ]
    for arguments, text in cases:
        with pytest.raises(AutogradError, match=rf"^autograd: {text}$"):
            al.mseLoss(t, *arguments)


def test_mse_on_arrays() -> None:
    p, q = np.array([[1.0, 2.0, 4.0]]), np.array([[1.0, 0.0, 1.0]])
    assert al.mseSpecBasic(p, q) == pytest.approx(13 / 3, rel=1e-15)
    assert al.mseDerivSpecBasic(p, q).tolist() == [[0.0, 2 * (2 / 3), 3 * (2 / 3)]]
    assert al.mseSpecBasic(np.zeros((0, 3)), np.zeros((0, 3))) == 0.0
    single = al.mseSpecBasic(p.astype(np.float32), q.astype(np.float32))
    assert type(single) is np.float32
    assert al.mseDerivSpecBasic(np.array(3.0), np.array(1.0)).shape == ()
    with pytest.raises(ValueError, match="one shape"):
        al.mseSpecBasic(p, q[0])
    with pytest.raises(TypeError, match="one type"):
        al.mseDerivSpecBasic(p, q.astype(np.float32))
