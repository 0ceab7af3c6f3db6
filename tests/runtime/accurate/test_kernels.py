"""The accurate kernels: what goes in and comes out, the ends of the range, and the blocks they work in.

How far off they are is measured by `agree --backend accurate`; see tests/bridge/agree/test_backends.py.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from leanmirror.runtime import accurate
from leanmirror.runtime.accurate import blocks
from leanmirror.runtime.autograd.engine.core import OPS

Array = np.ndarray[Any, np.dtype[Any]]
Kernel = Callable[..., Array]
dtypes = pytest.mark.parametrize("dtype", [np.float32, np.float64])
UNARY: dict[str, tuple[Kernel, float, float]] = {
    "sigmoid": (accurate.sigmoid, 0.0, 1.0),
    "sigmoid_derivative": (accurate.sigmoid_derivative, 0.0, 0.0),
    "tanh": (accurate.tanh, -1.0, 1.0),
    "tanh_derivative": (accurate.tanh_derivative, 0.0, 0.0),
    "silu": (accurate.silu, 0.0, math.inf),
    "silu_derivative": (accurate.silu_derivative, 0.0, 1.0),
    "gelu": (accurate.gelu, 0.0, math.inf),
    "gelu_derivative": (accurate.gelu_derivative, 0.0, 1.0),
    "softplus": (accurate.softplus, 0.0, math.inf),
    "softplus_derivative": (accurate.softplus_derivative, 0.0, 1.0),
    "safe_log": (accurate.safe_log, math.log(1e-6), math.inf),
    "safe_log_derivative": (accurate.safe_log_derivative, 0.0, 0.0),
}
"""Each function with its limits at −∞ and ∞."""
ROWS = (accurate.softmax, accurate.log_softmax)


@dtypes
@pytest.mark.parametrize("name", UNARY)
def test_at_both_infinities_the_value_is_the_limit_and_a_nan_stays(name: str, dtype: Any) -> None:
    function, low, high = UNARY[name]
    found = function(np.array([-np.inf, np.inf, np.nan], dtype))
    assert [low, high] == pytest.approx(found[:2].tolist(), rel=1e-6)
    assert np.isnan(found[2])


@dtypes
@pytest.mark.parametrize("function", [f for f, _, _ in UNARY.values()] + list(ROWS))
def test_shape_and_type_are_kept_and_the_argument_is_not_written_to(function: Kernel, dtype: Any) -> None:
    for shape in ((), (0,), (3,), (2, 0), (0, 2), (2, 3, 4)):
        x = np.linspace(-3, 3, math.prod(shape)).reshape(shape).astype(dtype)
        x.flags.writeable = False
        y = function(x)
        assert (shape, np.dtype(dtype)) == (y.shape, y.dtype)
        assert y is not x
        assert y.flags.writeable


@pytest.mark.parametrize("name", UNARY)
def test_the_edges_of_blocks_do_not_show(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    function, _, _ = UNARY[name]
    x = np.linspace(-30, 30, 1001)
    whole = function(x)
    monkeypatch.setattr(blocks, "BLOCK", 7)
    assert whole.tolist() == function(x).tolist()
    assert whole[::2].tolist() == function(x[::2]).tolist()


def test_what_is_no_array_of_floats_is_refused() -> None:
    with pytest.raises(TypeError, match="float32 or float64 is needed, not int64"):
        accurate.gelu(np.arange(3))
    with pytest.raises(TypeError, match="arrays of one type are needed, not float64 and float32"):
        accurate.softmax_backward(np.ones(2), np.ones(2, np.float32))
    with pytest.raises(ValueError, match=r"arrays of one shape are needed, not \(2,\) and \(3,\)"):
        accurate.log_softmax_backward(np.ones(2), np.ones(3))
    with pytest.raises(TypeError, match="a parameter is a real number"):
        accurate.safe_log(np.ones(2), "1")  # type: ignore[arg-type]  # that is what is tried


def test_warnings_are_not_given(recwarn: pytest.WarningsRecorder) -> None:
    x = np.array([-1e300, -800, -40, 0, 5e-324, 800, 1.7e308, np.inf, np.nan])
    for function, _, _ in UNARY.values():
        function(x)
        function(np.array([1e38, -1e38], np.float32))
    for function in ROWS:
        function(x)
    assert [] == [str(w.message) for w in recwarn]


@dtypes
def test_a_row_is_any_last_axis_and_a_number_is_a_row_of_one_entry(dtype: Any) -> None:
    x = np.random.default_rng(0).normal(size=(2, 3, 5)).astype(dtype)
    for function in ROWS:
        assert function(x)[1, 2].tolist() == function(x[1, 2]).tolist()
    assert (1.0, 0.0) == (accurate.softmax(dtype(3)).item(), accurate.log_softmax(dtype(3)).item())


def test_a_logarithm_of_nearly_one_keeps_its_digits() -> None:
    assert [-math.exp(-100), -100.0] == accurate.log_softmax(np.array([0.0, -100.0])).tolist()
    assert [0.0, -math.inf] == accurate.log_softmax(np.array([1e308, -1.7e308])).tolist()


def test_a_larger_epsilon_keeps_the_promise_too() -> None:
    """At log(exp(1 − ε) − 1) the value passes through 0; there ε and softplus − 1 cancel."""
    for epsilon in (1e-2, 1e-4, 1e-9):
        root = math.log(math.expm1(1 - epsilon))
        below, above = accurate.safe_log(np.array([root - 1e-9, root + 1e-9]), epsilon)
        assert below < 0 < above
        slope = accurate.safe_log_derivative(np.array([root]), epsilon)[0]
        assert (above - below) / 2e-9 == pytest.approx(slope)


def test_the_records_fit_where_the_records_of_the_tape_do() -> None:
    tape = {op.lean: op for op in OPS}
    for op in accurate.OPS:
        assert op.apply is None
        if op.lean in tape:
            literal = tape[op.lean]
            assert (literal.name, literal.arity, len(literal.parameters)) == (
                op.name,
                op.arity,
                len(op.parameters),
            )
            assert literal.proof == op.proof
            x, g = np.array([[0.3, -1.2], [2.0, 0.7]]), np.array([[1.0, -0.5], [0.25, 2.0]])
            numbers = [np.array(1e-6)] * len(op.parameters)
            y = op.forward(x, *numbers)
            assert literal.forward(x, *numbers) == pytest.approx(y)
            assert literal.backward(g, y, x, *numbers) == pytest.approx(op.backward(g, y, x, *numbers))
