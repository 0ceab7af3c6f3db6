"""Which operation of the tape runs a node: the pairs by Lean name, and how a recipe becomes a tape."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from typing import Any

import numpy as np

import leanmirror.spec.claims  # noqa: F401  what it imports makes nodes and graphs
from leanmirror.bridge.agree.entrywise import ENTRYWISE, Entrywise
from leanmirror.bridge.agree.tensorwise import TENSORWISE, Tensorwise
from leanmirror.runtime.arrays import Array
from leanmirror.runtime.autograd.engine.core import OPS
from leanmirror.runtime.autograd.engine.core.core import Tape
from leanmirror.runtime.autograd.ops import Op
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.graphs.recipes import GraphRecipe, Step, drawable

ALSO = {"Proofs.Autograd.TapeNodes.Batched.softmaxLast": "Runtime.Autograd.Tape.softmax"}
"""Nodes whose float twin is another node's as well."""

UNDRAWN = frozenset(
    f"Proofs.Autograd.TapeNodes.{name}" for name in ("scale", "div", "sum", "maxElem", "minElem", "mseLoss")
)
"""Nodes that random graphs are not made of: kinks between two values, poles, and bounds that hold for sums as
a whole, which an allowance for each entry does not carry on. Their rows of `agree` hold them."""


@cache
def twins() -> Mapping[str, Op]:
    """The operation of the tape for each node that has one, by the node's Lean name."""
    by_proof = {op.proof: op for op in OPS if op.proof is not None}
    by_name = {op.lean: op for op in OPS}
    found = {lean: by_proof[lean] for lean in drawable() if lean in by_proof and lean not in UNDRAWN}
    return found | {lean: by_name[name] for lean, name in ALSO.items()}


def definition(op: Op) -> Entrywise | Tensorwise:
    """The definition over any scalar of an operation of the tape."""
    return ENTRYWISE.get(op.lean) or TENSORWISE[op.lean]


@dataclass(frozen=True, slots=True)
class Call:
    """One node on a tape: the operation, the values it reads, constant tensors before them, numbers after."""

    op: Op
    reads: tuple[int, ...]
    constants: tuple[tuple[Shape, tuple[Fraction, ...]], ...]
    numbers: tuple[Fraction, ...]


def call(step: Step) -> Call:
    """How a step runs on a tape."""
    op = twins()[step.operation]
    if step.operation.endswith("TapeNodes.linear"):
        m = step.arguments["m"]
        return Call(op, step.reads, tuple((t.shape, tuple(t.entries)) for t in (m.weights, m.bias)), ())
    numbers = tuple(v for v in step.arguments.values() if isinstance(v, Fraction))
    return Call(op, step.reads, (), numbers)


@dataclass(frozen=True, slots=True)
class Taped:
    """A graph on a tape: the id of each value, inputs first. Constants are nodes too, without gradients."""

    tape: Tape
    ids: tuple[int, ...]

    def value(self, i: int) -> Array:
        """The array of a value."""
        return self.tape.requireValue(self.ids[i])


def taped(recipe: GraphRecipe, inputs: Sequence[Sequence[Fraction]], dtype: str) -> Taped:
    """The graph evaluated on a tape; AutogradError where an operation refuses its input."""
    tape, ids = Tape.empty(), []
    for s, entries in zip(recipe.Γ, inputs, strict=True):
        tape, id = tape.leaf(array(entries, s, dtype))
        ids.append(id)
    for step in recipe.steps:
        tape, id = _apply(tape, call(step), ids, dtype)
        ids.append(id)
    return Taped(tape, tuple(ids))


def _apply(tape: Tape, node: Call, ids: Sequence[int], dtype: str) -> tuple[Tape, int]:
    constants = []
    for s, entries in node.constants:
        tape, id = tape.leaf(array(entries, s, dtype), requires_grad=False)
        constants.append(id)
    assert node.op.apply is not None, f"{node.op.lean} is no operation of the tape"
    numbers = [float(x) for x in node.numbers]
    return node.op.apply(tape, *constants, *(ids[i] for i in node.reads), *numbers)


def array(entries: Sequence[Any], s: Shape, dtype: str) -> Array:
    """Exact numbers as an array; they have to be numbers of its type."""
    found = np.array([float(x) for x in entries], dtype).reshape(s.dims)
    assert all(Fraction(float(y)) == x for x, y in zip(entries, found.reshape(-1), strict=True))
    return found
