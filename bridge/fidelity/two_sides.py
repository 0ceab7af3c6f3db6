"""Values across the border: what Lean's text computes with, as the float runtime takes it, and back.

`lowered` makes an array of floats of a tensor of balls, `raised` a tensor of exact balls of an array; nodes,
tapes, errors and functions between them likewise.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import Any

import numpy as np
from flint import arb

from leanmirror.bridge.compile.inductive import Data
from leanmirror.bridge.fidelity.tapes import ANY
from leanmirror.runtime.autograd.engine.core.core import Node, Tape
from leanmirror.runtime.context import AnyTensor
from leanmirror.runtime.errors import AutogradError
from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.judge.balls import ball
from leanmirror.spec.judge.types import Value


def lowered(value: Value) -> Any:
    """A value of the text as the runtime takes it: numbers as floats, tensors as arrays."""
    match value:
        case Data(constructor=constructor, fields=fields):
            return _lowered_data(constructor, fields)
        case Shape():
            return value.dims
        case Tensor():
            return np.array([float(x) for x in map(_number, value.entries)]).reshape(value.shape.dims)
        case bool() | int() | str() | None:
            return value
        case list():
            return [lowered(x) for x in value]
        case tuple():
            return tuple(lowered(x) for x in value)
        case arb() | Fraction():
            return float(_number(value))
    if callable(value):
        return _lowered_function(value)
    raise ShapeError(f"a {type(value).__name__} has no form in the runtime")


def _number(x: Scalar) -> Scalar:
    return x.mid() if isinstance(x, arb) else x


def _lowered_data(constructor: str, fields: tuple[Value, ...]) -> Any:
    match constructor:
        case "Runtime.AnyTensor.mk":
            return AnyTensor(lowered(fields[1]))
        case "Runtime.Autograd.Node.mk":
            name, value, flag, parents, backward = fields
            rule = _lowered_function(backward)
            return Node(
                name=lowered(name),
                value=lowered(value),
                requires_grad=flag,
                parents=tuple(parents),
                backward=rule,
            )
        case "Runtime.Autograd.Tape.mk":
            tape = Tape.empty()
            for node in fields[0]:
                tape, _ = tape.addNode(lowered(node))
            return tape
        case "Option.none":
            return None
        case "Option.some" | "Except.ok":
            return lowered(fields[0])
        case "Except.error":
            raise AutogradError(fields[0])
    raise ShapeError(f"{constructor} has no form in the runtime")


def _lowered_function(function: Callable[..., Value]) -> Callable[..., Any]:
    def of_floats(*args: Any) -> Any:
        value: Value = function
        for arg in args:
            value = value(raised(arg))
        return lowered(value)

    return of_floats


def raised(value: Any) -> Value:
    """A value of the runtime as the text takes it: floats as exact balls."""
    if isinstance(value, AnyTensor):
        return Data(ANY, (Shape(value.s), raised(value.t)))
    if isinstance(value, np.ndarray):
        return Tensor(Shape(value.shape), [ball(Fraction(float(x))) for x in value.ravel()])
    return value
