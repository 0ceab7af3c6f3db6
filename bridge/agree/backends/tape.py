"""The numpy backend: an operation on a tape of its own, or Lean's formula where the tape has none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from leanmirror.bridge.agree.entrywise import ENTRYWISE
from leanmirror.bridge.agree.numpy_scalars import numpy_scalars
from leanmirror.bridge.agree.selection import Compared, Formula
from leanmirror.runtime.arrays import Array
from leanmirror.runtime.autograd.engine.core.backward import backwardDense
from leanmirror.runtime.autograd.engine.core.core import Tape
from leanmirror.runtime.autograd.engine.core.elementwise import add
from leanmirror.runtime.autograd.ops import Bound, Op


class TapeBackend:
    """leanmirror's own tape, which computes what Lean's formulas say."""

    name = "numpy"
    literal = True

    def version(self) -> str:
        return f"numpy {np.__version__}"

    def has(self, op: Compared) -> bool:
        return True

    def bounds(self, op: Compared, dtype: str) -> tuple[Bound, ...]:
        return tuple(b for b in op.bounds if b.dtype == dtype)

    def runs(self, op: Compared) -> str:
        return f"{op.lean}, entry by entry" if isinstance(op, Formula) else op.lean

    def differs(self, op: Compared) -> str:
        return ""

    def forward(self, op: Compared, inputs: Sequence[Array], parameters: Sequence[Any]) -> Array:
        if isinstance(op, Formula):
            return _formula(ENTRYWISE[op.lean].forward, inputs, parameters)
        tape, ids = _leaves(inputs)
        tape, out = _apply(op, tape, ids, parameters)
        return tape.requireValue(out)

    def vjp(self, op: Compared, inputs: Sequence[Array], parameters: Sequence[Any], g: Array) -> list[Array]:
        if isinstance(op, Formula):
            return [_formula(lambda *a: ENTRYWISE[op.lean].backward(*a)[0], (g, *inputs), parameters)]
        tape, ids = _leaves(inputs)
        tape, out = _apply(op, tape, ids, parameters)
        gradients = backwardDense(tape, out, g)
        return [_array(gradients[id], tape.requireValue(id)) for id in ids]

    def faults(self, op: Compared, inputs: Sequence[Array], parameters: Sequence[Any], g: Array) -> list[str]:
        return [] if isinstance(op, Formula) else sharing_faults(op, inputs, parameters, g)


TAPE = TapeBackend()


def _formula(f: Callable[..., Any], arrays: Sequence[Array], parameters: Sequence[Any]) -> Array:
    """A definition over numpy's own numbers, one entry at a time."""
    with numpy_scalars():
        return np.array([f(*xs, *parameters) for xs in zip(*arrays, strict=True)], arrays[0].dtype)


def sharing_faults(op: Op, inputs: Sequence[Array], parameters: Sequence[Any], g: Array) -> list[str]:
    """What is wrong where a value is used twice: it must get the sum of both contributions, to the bit.

    Once two nodes use the inputs; and an operation of two inputs of one shape uses the first one for both.
    """
    once = TAPE.vjp(op, inputs, parameters, g)
    fine = _same([_sum(c, c) for c in once], _by_two_nodes(op, inputs, parameters, g))
    if fine and len(inputs) == 2 and inputs[0].shape == inputs[1].shape:
        left, right = TAPE.vjp(op, (inputs[0], inputs[0]), parameters, g)
        fine = _same([_sum(left, right)], [_for_both(op, inputs[0], parameters, g)])
    return [] if fine else ["a value used twice does not get the sum of both contributions"]


def _by_two_nodes(op: Op, inputs: Sequence[Array], parameters: Sequence[Any], g: Array) -> list[Array]:
    tape, ids = _leaves(inputs)
    tape, one = _apply(op, tape, ids, parameters)
    tape, two = _apply(op, tape, ids, parameters)
    tape, out = add(tape, one, two)
    gradients = backwardDense(tape, out, g)
    return [_array(gradients[id], tape.requireValue(id)) for id in ids]


def _for_both(op: Op, x: Array, parameters: Sequence[Any], g: Array) -> Array:
    tape, (id,) = _leaves([x])
    tape, out = _apply(op, tape, [id, id], parameters)
    return _array(backwardDense(tape, out, g)[id], x)


def _sum(a: Array, b: Array) -> Array:
    with np.errstate(all="ignore"):
        return np.asarray(a + b)


def _same(expected: Sequence[Array], found: Sequence[Array]) -> bool:
    return all(np.array_equal(e, f, equal_nan=True) for e, f in zip(expected, found, strict=True))


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
