"""NN.Runtime.Autograd.Engine.Core.Elementwise: arithmetic, order and the simplest activations.

Every operation takes the tape and node ids and returns the longer tape and the id of the new node.
The shape `s`, implicit in Lean, is read off the first node unless it is given. AutogradError: a node
that does not exist, or has another shape; the tape is then as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from leanmirror.runtime.autograd.bounds import BOUNDS
from leanmirror.runtime.autograd.engine.core.core import Tape
from leanmirror.runtime.autograd.ops import Op
from leanmirror.runtime.kernels import elementwise as kernels
from leanmirror.runtime.kernels.constants import parameter
from leanmirror.runtime.storage import apply_binary, apply_general, apply_unary, require


def add(t: Tape, aId: int, bId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise a + b.

    Lean: Runtime.Autograd.Tape.add
    """
    tape = Tape(t._store, t._size)
    return tape, apply_binary(tape, ADD, aId, bId, s)


def sub(t: Tape, aId: int, bId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise a − b.

    Lean: Runtime.Autograd.Tape.sub
    """
    tape = Tape(t._store, t._size)
    return tape, apply_binary(tape, SUB, aId, bId, s)


def mul(t: Tape, aId: int, bId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise a·b.

    Lean: Runtime.Autograd.Tape.mul
    """
    tape = Tape(t._store, t._size)
    return tape, apply_binary(tape, MUL, aId, bId, s)


def div(t: Tape, aId: int, bId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise a/b, IEEE at b = 0 (over the reals Lean has a/0 = 0).

    Lean: Runtime.Autograd.Tape.div
    """
    tape = Tape(t._store, t._size)
    return tape, apply_binary(tape, DIV, aId, bId, s)


def scale(t: Tape, xId: int, c: Any, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise x·c for a number `c`, rounded to the type of the tape; `c` gets no gradient.

    Raises TypeError for a `c` that is no real number or a numpy number of another type.
    Lean: Runtime.Autograd.Tape.scale
    """
    tape = Tape(t._store, t._size)
    xId = require(tape, xId, s)
    store = tape._store
    params = (parameter(c, store.values[xId].dtype),)
    return tape, apply_general(tape, SCALE, (xId,), store.shapes[xId], params)


def abs(t: Tape, xId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise |x|, with derivative 0 at 0 and at NaN.

    Lean: Runtime.Autograd.Tape.abs
    """
    tape = Tape(t._store, t._size)
    return tape, apply_unary(tape, ABS, xId, s)


def sqrt(t: Tape, xId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise √(max x 0), with derivative 0 for x ≤ 0 and at NaN.

    Lean: Runtime.Autograd.Tape.sqrt
    """
    tape = Tape(t._store, t._size)
    return tape, apply_unary(tape, SQRT, xId, s)


def clamp(t: Tape, xId: int, minVal: Any, maxVal: Any, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise min maxVal (max minVal x), with derivative 0 on both bounds.

    NaN becomes min maxVal minVal, as Lean's `max` gives its first argument there.
    Raises TypeError for a bound that is no real number or a numpy number of another type.
    Lean: Runtime.Autograd.Tape.clamp
    """
    tape = Tape(t._store, t._size)
    xId = require(tape, xId, s)
    store = tape._store
    dtype = store.values[xId].dtype
    params = (parameter(minVal, dtype), parameter(maxVal, dtype))
    return tape, apply_general(tape, CLAMP, (xId,), store.shapes[xId], params)


def max(t: Tape, aId: int, bId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise maximum, Lean's: b where a ≤ b, else a. A tie halves the gradient.

    Lean: Runtime.Autograd.Tape.max
    """
    tape = Tape(t._store, t._size)
    return tape, apply_binary(tape, MAX, aId, bId, s)


def min(t: Tape, aId: int, bId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise minimum, Lean's: a where a ≤ b, else b. A tie halves the gradient.

    Lean: Runtime.Autograd.Tape.min
    """
    tape = Tape(t._store, t._size)
    return tape, apply_binary(tape, MIN, aId, bId, s)


def relu(t: Tape, xId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise max x 0, with derivative 0 at 0 and at NaN; NaN stays NaN.

    Lean: Runtime.Autograd.Tape.relu
    """
    tape = Tape(t._store, t._size)
    return tape, apply_unary(tape, RELU, xId, s)


ADD = Op(
    "add",
    "Runtime.Autograd.Tape.add",
    "Proofs.Autograd.TapeNodes.add",
    add,
    np.add,
    kernels.add_backward,
    arity=2,
    bounds=BOUNDS["add"],
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
)
SQRT = Op(
    "sqrt",
    "Runtime.Autograd.Tape.sqrt",
    "Proofs.Autograd.TapeNodes.sqrtClamp",
    sqrt,
    kernels.sqrt_forward,
    kernels.sqrt_backward,
    bounds=BOUNDS["sqrt"],
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
)
RELU = Op(
    "relu",
    "Runtime.Autograd.Tape.relu",
    "Proofs.Autograd.TapeNodes.relu",
    relu,
    kernels.relu_forward,
    kernels.relu_backward,
    bounds=BOUNDS["relu"],
)

OPS = (ADD, SUB, MUL, DIV, SCALE, ABS, SQRT, CLAMP, MAX, MIN, RELU)
