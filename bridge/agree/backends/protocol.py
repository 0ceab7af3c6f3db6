"""What a backend is to the code that compares: values and gradients of operations, and what it promises."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any, Protocol

from leanmirror.bridge.agree.selection import Compared
from leanmirror.bridge.agree.tensorwise import TENSORWISE
from leanmirror.runtime.arrays import Array
from leanmirror.runtime.autograd.ops import Bound, Direction


class Backend(Protocol):
    """Something that runs the mirrored operations on arrays of float32 and float64.

    `literal` says whether it computes Lean's formulas as they are written: then its NaN and ∞ have to be
    those of the definition over floats.
    """

    name: str
    literal: bool

    def version(self) -> str:
        """What is measured, with versions."""
        ...

    def has(self, op: Compared) -> bool:
        """Whether there is an analogue of the operation."""
        ...

    def bounds(self, op: Compared, dtype: str) -> tuple[Bound, ...]:
        """The declared bounds of an operation; none where nothing is promised."""
        ...

    def runs(self, op: Compared) -> str:
        """What is run for the operation, as its users write it."""
        ...

    def differs(self, op: Compared) -> str:
        """How that differs from Lean's definition on purpose; empty where it does not."""
        ...

    def forward(self, op: Compared, inputs: Sequence[Array], parameters: Sequence[Any]) -> Array:
        """The value."""
        ...

    def vjp(self, op: Compared, inputs: Sequence[Array], parameters: Sequence[Any], g: Array) -> list[Array]:
        """The gradients of the inputs for the upstream gradient `g`, which has the shape of the value."""
        ...

    def faults(self, op: Compared, inputs: Sequence[Array], parameters: Sequence[Any], g: Array) -> list[str]:
        """What is wrong with the gradients beside their size."""
        ...


def run(
    backend: Backend, op: Compared, inputs: Sequence[Array], parameters: Sequence[Any], g: Array | None
) -> list[Array]:
    """The value, alone in a list; for an upstream gradient the gradients of the inputs."""
    if g is None:
        return [backend.forward(op, inputs, parameters)]
    return backend.vjp(op, inputs, parameters, g)


ONE_SIGN = ("Runtime.Autograd.Tape.logSoftmax", "forward")
"""Nothing cancels in it, though the tape declares an absolute error: log 1 is taken of 1 and a small rest."""


def measures(op: Compared, dtype: str) -> tuple[Bound, ...]:
    """How an operation is measured where nothing is promised: everywhere, in ulp wherever that means a thing.

    Only sums, whose terms may cancel, are measured by their a-priori bound.
    """
    return tuple(_measure(op, dtype, direction) for direction in ("forward", "backward"))


def _measure(op: Compared, dtype: str, direction: Direction) -> Bound:
    twin = TENSORWISE.get(op.lean)
    room = None if twin is None else twin.room if direction == "forward" else twin.room_backward
    if room is None or (op.lean, direction) == ONE_SIGN:
        return Bound(dtype, direction, "ulp", math.inf)
    declared = (b for b in op.bounds if (b.dtype, b.direction, b.unit) == (dtype, direction, "abs"))
    return Bound(dtype, direction, "abs", math.inf, per=next(b.per for b in declared))
