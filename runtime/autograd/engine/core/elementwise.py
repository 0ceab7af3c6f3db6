"""NN.Runtime.Autograd.Engine.Core.Elementwise: arithmetic, order and the simplest activations.

Every operation takes the tape and node ids and returns the longer tape and the id of the new node.
The shape `s`, implicit in Lean, is read off the first node unless it is given. AutogradError: a node
that does not exist, or has another shape; the tape is then as it was.
"""

from __future__ import annotations

import builtins
from collections.abc import Sequence
from typing import Any

import numpy as np

from leanmirror.runtime.autograd.bounds import BOUNDS
from leanmirror.runtime.autograd.engine.core.core import Tape
from leanmirror.runtime.autograd.ops import Op
from leanmirror.runtime.kernels import elementwise as kernels
from leanmirror.runtime.kernels import numbers
from leanmirror.runtime.kernels.constants import parameter
from leanmirror.runtime.storage import H, apply_binary, apply_general, apply_unary, entries, require


def add(t: Tape, aId: int, bId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise a + b.

    Lean: Runtime.Autograd.Tape.add
    """
    return apply_binary(t, ADD, aId, bId, s)


def sub(t: Tape, aId: int, bId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise a − b.

    Lean: Runtime.Autograd.Tape.sub
    """
    return apply_binary(t, SUB, aId, bId, s)


def mul(t: Tape, aId: int, bId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise a·b.

    Lean: Runtime.Autograd.Tape.mul
    """
    return apply_binary(t, MUL, aId, bId, s)


def div(t: Tape, aId: int, bId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise a/b, IEEE at b = 0 (over the reals Lean has a/0 = 0).

    Lean: Runtime.Autograd.Tape.div
    """
    return apply_binary(t, DIV, aId, bId, s)


def scale(t: H, xId: int, c: Any, s: Sequence[int] | None = None) -> tuple[H, int]:
    """Entrywise x·c for a number `c`, rounded to the type of the tape; `c` gets no gradient.

    Raises TypeError for a `c` that is no real number or a numpy number of another type.
    Lean: Runtime.Autograd.Tape.scale
    """
    xId = require(t, xId, s)
    params = (parameter(c, entries(t)),)
    return apply_general(t, SCALE, (xId,), t._store.shapes[xId], params)


def abs(t: Tape, xId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise |x|, with derivative 0 at 0 and at NaN.

    Lean: Runtime.Autograd.Tape.abs
    """
    return apply_unary(t, ABS, xId, s)


def sqrt(t: Tape, xId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise √(max x 0), with derivative 0 for x ≤ 0 and at NaN.

    Lean: Runtime.Autograd.Tape.sqrt
    """
    return apply_unary(t, SQRT, xId, s)


def clamp(t: H, xId: int, minVal: Any, maxVal: Any, s: Sequence[int] | None = None) -> tuple[H, int]:
    """Entrywise min maxVal (max minVal x), with derivative 0 on both bounds.

    NaN becomes min maxVal minVal, as Lean's `max` gives its first argument there.
    Raises TypeError for a bound that is no real number or a numpy number of another type.
    Lean: Runtime.Autograd.Tape.clamp
    """
    xId = require(t, xId, s)
    dtype = entries(t)
    params = (parameter(minVal, dtype), parameter(maxVal, dtype))
    return apply_general(t, CLAMP, (xId,), t._store.shapes[xId], params)


def max(t: Tape, aId: int, bId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise maximum, Lean's: b where a ≤ b, else a. A tie halves the gradient.

    Lean: Runtime.Autograd.Tape.max
    """
    return apply_binary(t, MAX, aId, bId, s)


def min(t: Tape, aId: int, bId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise minimum, Lean's: a where a ≤ b, else b. A tie halves the gradient.

    Lean: Runtime.Autograd.Tape.min
    """
    return apply_binary(t, MIN, aId, bId, s)


def relu(t: Tape, xId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise max x 0, with derivative 0 at 0 and at NaN; NaN stays NaN.

    Lean: Runtime.Autograd.Tape.relu
    """
    return apply_unary(t, RELU, xId, s)


ADD = Op(
    "add",
    "Runtime.Autograd.Tape.add",
    "Proofs.Autograd.TapeNodes.add",
    add,
    np.add,
    kernels.add_backward,
    arity=2,
    bounds=BOUNDS["add"],
    numbers=(numbers.add_forward, numbers.add_backward),
)
SUB = Op(
    "sub",
    "Runtime.Autograd.Tape.sub",
    "Proofs.Autograd.TapeNodes.sub",
    sub,
    np.subtract,
    kernels.sub_backward,
    arity=2,
    bounds=BOUNDS["sub"],
    numbers=(numbers.sub_forward, numbers.sub_backward),
)
MUL = Op(
    "mul",
    "Runtime.Autograd.Tape.mul",
    "Proofs.Autograd.TapeNodes.mul",
    mul,
    np.multiply,
    kernels.mul_backward,
    arity=2,
    bounds=BOUNDS["mul"],
    numbers=(numbers.mul_forward, numbers.mul_backward),
)
DIV = Op(
    "div",
    "Runtime.Autograd.Tape.div",
    "Proofs.Autograd.TapeNodes.div",
    div,
    np.divide,
    kernels.div_backward,
    arity=2,
    bounds=BOUNDS["div"],
    numbers=(numbers.div, numbers.div_backward),
)
SCALE = Op(
    "scale",
    "Runtime.Autograd.Tape.scale",
    "Proofs.Autograd.TapeNodes.scale",
    scale,
    np.multiply,
    kernels.scale_backward,
    parameters=("c",),
    bounds=BOUNDS["scale"],
)
ABS = Op(
    "abs",
    "Runtime.Autograd.Tape.abs",
    "Proofs.Autograd.TapeNodes.abs",
    abs,
    np.absolute,
    kernels.abs_backward,
    bounds=BOUNDS["abs"],
    numbers=(builtins.abs, numbers.abs_backward),
)
SQRT = Op(
    "sqrt",
    "Runtime.Autograd.Tape.sqrt",
    "Proofs.Autograd.TapeNodes.sqrtClamp",
    sqrt,
    kernels.sqrt_forward,
    kernels.sqrt_backward,
    bounds=BOUNDS["sqrt"],
    numbers=(numbers.sqrt_forward, numbers.sqrt_backward),
)
CLAMP = Op(
    "clamp",
    "Runtime.Autograd.Tape.clamp",
    None,
    clamp,
    kernels.clamp_forward,
    kernels.clamp_backward,
    parameters=("minVal", "maxVal"),
    bounds=BOUNDS["clamp"],
)
MAX = Op(
    "max",
    "Runtime.Autograd.Tape.max",
    "Proofs.Autograd.TapeNodes.maxElem",
    max,
    kernels.max_forward,
    kernels.max_backward,
    arity=2,
    bounds=BOUNDS["max"],
    numbers=(numbers.max_forward, numbers.max_backward),
)
MIN = Op(
    "min",
    "Runtime.Autograd.Tape.min",
    "Proofs.Autograd.TapeNodes.minElem",
    min,
    kernels.min_forward,
    kernels.min_backward,
    arity=2,
    bounds=BOUNDS["min"],
    numbers=(numbers.min_forward, numbers.min_backward),
)
RELU = Op(
    "relu",
    "Runtime.Autograd.Tape.relu",
    "Proofs.Autograd.TapeNodes.relu",
    relu,
    kernels.relu_forward,
    kernels.relu_backward,
    bounds=BOUNDS["relu"],
    numbers=(numbers.relu_forward, numbers.relu_backward),
)

OPS = (ADD, SUB, MUL, DIV, SCALE, ABS, SQRT, CLAMP, MAX, MIN, RELU)
