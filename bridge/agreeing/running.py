"""One operation on a tape of its own: its value, and what reverse mode gives its inputs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from leanmirror.runtime.arrays import Array
from leanmirror.runtime.autograd.engine.core.backward import backwardDense
from leanmirror.runtime.autograd.engine.core.core import Tape
from leanmirror.runtime.autograd.engine.core.elementwise import add
from leanmirror.runtime.autograd.ops import Op

Run = tuple[Array, list[Array]]


def run(op: Op, inputs: Sequence[Array], parameters: Sequence[Any], g: Array | None = None) -> Run:
    """The value, and the gradients of the inputs for the upstream gradient `g`.

    Without `g`, which has the shape of the value, there are no gradients.
    """
    tape, ids = _leaves(inputs)
    tape, out = _apply(op, tape, ids, parameters)
    value = tape.requireValue(out)
    if g is None:
        return value, []
    gradients = backwardDense(tape, out, g)
    return value, [_array(gradients[id], tape.requireValue(id)) for id in ids]


def run_twice(op: Op, inputs: Sequence[Array], parameters: Sequence[Any], g: Array) -> list[Array]:
    """The gradients of the inputs where two nodes use them and `g` reaches both."""
    tape, ids = _leaves(inputs)
    tape, one = _apply(op, tape, ids, parameters)
    tape, two = _apply(op, tape, ids, parameters)
    tape, out = add(tape, one, two)
    gradients = backwardDense(tape, out, g)
    return [_array(gradients[id], tape.requireValue(id)) for id in ids]


def _leaves(inputs: Sequence[Array]) -> tuple[Tape, list[int]]:
    tape, ids = Tape.empty(), []
    for x in inputs:
        tape, id = tape.leaf(x)
        ids.append(id)
    return tape, ids


def _apply(op: Op, tape: Tape, ids: Sequence[int], parameters: Sequence[Any]) -> tuple[Tape, int]:
    assert op.apply is not None, f"{op.lean} is no operation of the tape"
    return op.apply(tape, *ids, *parameters)


def _array(gradient: Any, value: Array) -> Array:
    """A node that reverse mode does not reach has the gradient 0."""
    return np.zeros_like(value) if gradient is None else gradient.t
