"""`agree_function`: errors of float functions and their gradients, with argument, got and right value."""

from __future__ import annotations

import importlib.util
import math
from typing import Any

import numpy as np
import pytest

from leanmirror import rules as lm
from leanmirror.spec.errors import BadInput
from tests.bridge.commands.test_schemas import faults

TORCH = pytest.mark.skipif(importlib.util.find_spec("torch") is None, reason="PyTorch is not installed")


def naive(x: Any) -> Any:
    return np.log(np.exp(x) + 1)


def naive_vjp(x: Any, g: Any) -> Any:
    return g * np.exp(x) / (np.exp(x) + 1)


def stable(x: Any) -> Any:
    return np.logaddexp(x, 0).astype(x.dtype)


def test_overflow_in_the_tail_is_found_with_argument_and_right_value() -> None:
    report = lm.agree_function((naive, naive_vjp), lm.softplus, dtype="float32")
    forward, backward = report
    assert ["infinite", "zero"] == [kind for kind, *_ in forward.lost]
    assert "nan" == backward.lost[0][0]
    worst = backward.worst
    assert worst is not None
    assert math.isnan(worst.got)
    assert float(worst.at[0]) > 88
    assert "right 1.0000000000000000000" in report.text


def test_a_good_function_is_within_a_few_units() -> None:
    lm.agree_function(np.tanh, lm.tanh).assert_within(ulp=4)
    with pytest.raises(AssertionError, match="not within"):
        lm.agree_function(naive, lm.softplus).assert_within(ulp=4)


@pytest.mark.parametrize(
    ("wrong", "found"),
    [
        (lambda x: np.where(x > 1e100, 0, np.arcsinh(x)), "zero"),
        (lambda x: np.where(np.abs(x) > 1e10, -np.arcsinh(x), np.arcsinh(x)), "sign"),
        (lambda x: np.where(np.abs(x) < 1e-200, np.nan, np.arcsinh(x)), "nan"),
    ],
)
def test_lost_values_are_told_by_kind(wrong: Any, found: str) -> None:
    (row,) = lm.agree_function(wrong, lm.asinh)
    assert [found] == [kind for kind, *_ in row.lost]


def test_denormals_can_be_left_out() -> None:
    def flushed(x: Any) -> Any:
        return np.where(np.abs(x) < np.finfo(x.dtype).tiny, 0, x).astype(x.dtype)

    (row,) = lm.agree_function(flushed, lambda x: 1 * x)
    assert row.flushed is not None
    assert 0 == row.max_ulp
    (without,) = lm.agree_function(flushed, lambda x: 1 * x, denormals=False)
    assert without.flushed is None
    assert without.points < row.points


def test_a_kink_is_a_row_of_its_own() -> None:
    pair = (np.abs, lambda x, g: g * np.sign(x))
    _, backward = lm.agree_function(pair, lambda x: abs(x))
    assert 0 == backward.max_ulp
    assert backward.ties


def test_a_slope_of_its_own_can_be_asked_for() -> None:
    pair = (np.sign, lambda x, g: g * (np.abs(x) < 1))
    report = lm.agree_function(
        pair, lambda x: lm.sign(x), dspec=lambda x, g: lm.where(abs(x) < 1, g, 0), name="surrogate"
    )
    assert 0 == report.rows[1].max_ulp


def softmax(x: Any) -> Any:
    powers = np.exp(x - x.max(initial=-np.inf))
    return (powers / powers.sum()).astype(x.dtype) if x.size else x


def softmax_vjp(x: Any, g: Any) -> Any:
    y = softmax(x)
    return y * (g - (g * y).sum())


def test_tensors_are_measured_by_the_sizes_of_their_terms() -> None:
    report = lm.agree_function((softmax, softmax_vjp), lm.softmax, inputs="n")
    assert report.rows[0].within(8)
    wrong = lm.agree_function((softmax, lambda x, g: softmax(x) * g), lm.softmax, inputs="n")
    assert not wrong.rows[1].within(1e6)


def test_a_mirrored_name_is_a_spec() -> None:
    report = lm.agree_function(lambda x: x / (1 + np.exp(-x)), "Activation.Math.swishSpec", domain=(-20, 20))
    assert report.rows[0].within(16)


def test_parameters_go_to_both_sides() -> None:
    def scaled(x: Any, beta: float) -> Any:
        return x * x.dtype.type(beta)

    assert lm.agree_function(scaled, lambda x, beta: beta * x, params={"beta": 0.25}).within(1)


@pytest.mark.parametrize(
    ("fn", "options", "text"),
    [
        (lambda x: x.astype(np.float32), {}, "gives float32 for float64"),
        (lambda x: x.sum(), {}, "does not work entry by entry"),
        (lambda x: x + np.random.default_rng().random(), {}, "not deterministic"),
        (3, {}, "is no function"),
        (np.tanh, {"library": "tensorflow"}, "is not one of"),
        (np.tanh, {"dtype": "float8"}, "is not offered"),
    ],
)
def test_what_cannot_be_compared_is_told(fn: Any, options: dict[str, Any], text: str) -> None:
    with pytest.raises(BadInput, match=text):
        lm.agree_function(fn, lm.tanh, **options)


def test_a_report_is_json_and_has_no_truth_value() -> None:
    report = lm.agree_function(np.tanh, lm.tanh, depth=200)
    assert [] == faults(report.to_json())
    assert [] == faults(lm.agree_function((naive, naive_vjp), lm.softplus, depth=200).to_json())
    with pytest.raises(TypeError, match="assert_within"):
        bool(report)


@TORCH
def test_torch_functions_are_told_by_what_they_are() -> None:
    import torch

    assert "torch" in lm.agree_function(torch.tanh, lm.tanh, depth=200).library
    report = lm.agree_function(lambda x: torch.asinh(x), lm.asinh, depth=400)
    assert "torch" in report.library
    assert ["forward", "backward", "tangent"] == [row.direction for row in report]


@TORCH
def test_a_rule_of_ones_own_in_torch_is_measured() -> None:
    import torch

    base: Any = torch.autograd.Function

    class Softplus(base):  # type: ignore[misc]  # torch is skipped by mypy
        @staticmethod
        def forward(ctx: Any, x: Any) -> Any:
            ctx.save_for_backward(x)
            return torch.log(torch.exp(x) + 1)

        @staticmethod
        def backward(ctx: Any, g: Any) -> Any:
            (x,) = ctx.saved_tensors
            return g * torch.exp(x) / (torch.exp(x) + 1)

    report = lm.agree_function(Softplus, lm.softplus)
    assert "nan" in [kind for kind, *_ in report.rows[1].lost]
