"""How far a tape may be off: the declared bounds of the operations, carried through the graph.

With `x` the exact values of the graph and `E` bounds of what the tape's values are off, a node's value is
off by at most what its operation adds, a bound on its record over the box `x ± E`, and what the inputs
bring along: by the mean value theorem at most the largest `|J d|` for J a Jacobian in the box and d in ±E,
which is the forward-mode rule of the spec run on balls. Backward, contributions are the rules run on the
boxes of values and of gradients; each addition rounds once more. Nothing here looks at what the tape
computed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flint import arb

from leanmirror.bridge.agree.entrywise import Entrywise
from leanmirror.bridge.agree.graphs.twins import Call, call, definition
from leanmirror.bridge.agree.tensorwise import Rooms, Tensorwise
from leanmirror.bridge.agree.ulps import FORMATS, Format, power
from leanmirror.runtime.autograd.ops import Bound, Op
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.errors import LeanMirrorError
from leanmirror.spec.graphs.recipes import GraphRecipe
from leanmirror.spec.judge.balls import ball
from leanmirror.spec.proofs.autograd.tape.algebra.soundness import Tensors
from leanmirror.spec.proofs.autograd.tape.core.soundness import Graph

Errors = list[list[arb]]


class OutOfBounds(LeanMirrorError):
    """An operation is used where its record declares no bound."""


def top(x: arb) -> arb:
    """The largest absolute value in a ball."""
    return abs(arb(x)).upper()


def widened(x: Tensor, errors: Sequence[arb]) -> Tensor:
    """The box of a tensor and its error bounds."""
    return Tensor(x.shape, [arb(v) + arb(0, e) for v, e in zip(x.entries, errors, strict=True)])


@dataclass(frozen=True, slots=True)
class Allowances:
    """Error bounds of one graph in one float type, at exact values `values`."""

    recipe: GraphRecipe
    graph: Graph
    values: Tensors
    dtype: str

    @property
    def format(self) -> Format:
        """The float type's format."""
        return FORMATS[self.dtype]

    def forward(self) -> Errors:
        """The bounds of all values."""
        errors: Errors = [[arb(0)] * s.size for s in self.recipe.Γ]
        for k, (step, node) in enumerate(zip(self.recipe.steps, self.graph.nodes, strict=True)):
            here = len(self.recipe.Γ) + k
            box = tuple(widened(x, e) for x, e in zip(self.values[:here], errors, strict=True))
            moved = tuple(Tensor(t.shape, [arb(0, e) for e in es]) for t, es in zip(box, errors, strict=True))
            carried = node.jvp(box, moved)
            added = self._added(
                call(step), box, widened(self.values[here], [top(c) for c in carried.entries])
            )
            errors.append([top(c) + a for c, a in zip(carried.entries, added, strict=True)])
        return errors

    def _added(self, node: Call, box: Tensors, value: Tensor) -> list[arb]:
        """What the operation itself may add to its exact value at its inputs."""
        twin, inputs = definition(node.op), self._inputs(node, box)
        bounds = self._bounds(node.op, "forward")
        if isinstance(twin, Tensorwise):
            if twin.room is None:
                return [arb(bounds[0].limit) * self._ulp(y) for y in value.entries]
            return self._rooms(twin.room(*inputs))[0]
        return [
            self._best(node.op, bounds, xs[0] if xs else arb(0), self._ulp(y))
            for xs, y in zip(_columns(inputs, value), value.entries, strict=True)
        ]

    def _inputs(self, node: Call, box: Tensors) -> list[Tensor]:
        constants = [Tensor(s, [ball(x) for x in entries]) for s, entries in node.constants]
        return [*constants, *(box[i] for i in node.reads)]

    def _bounds(self, op: Op, direction: str) -> list[Bound]:
        return [b for b in op.bounds if b.dtype == self.dtype and b.direction == direction]

    def _best(self, op: Op, bounds: Sequence[Bound], x: arb, ulp: arb) -> arb:
        """The least of the bounds that hold all over the box of the first input."""
        found = [arb(b.limit) * (ulp if b.unit == "ulp" else 1) for b in bounds if _applies(b, x)]
        if not found:
            raise OutOfBounds(f"{op.lean} has no bound around {x.str(6)}")
        return min(found, key=lambda e: float(e))

    def _ulp(self, y: arb) -> arb:
        """The largest unit in the last place of a number of the ball."""
        return power(self.format.ulp_exponent(top(y)))

    def _rooms(self, rooms: Rooms) -> Errors:
        u = power(-self.format.bits)
        return [
            [top(r.k * u / (1 - r.k * u) * r.scale) + r.k * power(self.format.quantum) for r in result]
            for result in rooms
        ]

    def backward(self, errors: Errors, seeds: Tensors, gradients: Tensors) -> Errors:
        """The bounds of the gradients of all values; `errors` are those of the values."""
        values = tuple(widened(x, e) for x, e in zip(self.values, errors, strict=True))
        found: Errors = [[arb(0)] * t.shape.size for t in seeds]
        sizes: Errors = [[top(x) for x in t.entries] for t in seeds]
        for k in reversed(range(len(self.recipe.steps))):
            node = call(self.recipe.steps[k])
            here = len(self.recipe.Γ) + k
            parts = self._contributions(node, values, gradients[here], found[here])
            for i, part in zip(node.reads, parts, strict=True):
                self._accumulated(found[i], sizes[i], *part)
        return found

    def _accumulated(self, error: list[arb], size: list[arb], off: list[arb], large: list[arb]) -> None:
        """Add one contribution, off by `off` and at most `large`; the sum is rounded."""
        u = power(-self.format.bits)
        for j, (o, c) in enumerate(zip(off, large, strict=True)):
            size[j] = size[j] + c
            error[j] = top(error[j] + o)
            error[j] = top(error[j] + u * (size[j] + error[j]))

    def _contributions(
        self, node: Call, values: Tensors, g: Tensor, off: Sequence[arb]
    ) -> list[tuple[list[arb], list[arb]]]:
        """For each value read: what its contribution may be off, and how large it may be."""
        twin = definition(node.op)
        exact, box = self._inputs(node, self.values), self._inputs(node, values)
        upstream = widened(g, off)
        if isinstance(twin, Entrywise):
            return self._entrywise(node, twin, (exact, box), (g, upstream))
        assert twin.room_backward is not None, f"{node.op.lean} has a backward bound in units of its own"
        wide, right = twin.backward(upstream, *box), twin.backward(g, *exact)
        added = self._rooms(twin.room_backward(upstream, *box))
        return [
            (
                [top(w - r) + a for w, r, a in zip(one.entries, two.entries, more, strict=True)],
                [top(w) for w in one.entries],
            )
            for one, two, more in list(zip(wide, right, added, strict=True))[len(node.constants) :]
        ]

    def _entrywise(
        self,
        node: Call,
        twin: Entrywise,
        inputs: tuple[list[Tensor], list[Tensor]],
        upstream: tuple[Tensor, Tensor],
    ) -> list[tuple[list[arb], list[arb]]]:
        numbers = [ball(x) for x in node.numbers]
        bounds = self._bounds(node.op, "backward")
        u, tiny = power(-self.format.bits), power(self.format.quantum)
        found: list[tuple[list[arb], list[arb]]] = [([], []) for _ in node.reads]
        for j, (g, wide_g) in enumerate(zip(upstream[0].entries, upstream[1].entries, strict=True)):
            xs, box = ([t.entries[j] for t in side] for side in inputs)
            right, wide = (
                twin.backward(g, *xs, *numbers),
                twin.backward(wide_g, *box, *numbers),
            )
            slopes = twin.backward(1, *box, *numbers)
            for (off, large), r, w, slope in zip(found, right, wide, slopes, strict=True):
                # The bound at an upstream gradient of 1 is that of the slope; one product follows.
                added = top(wide_g) * self._best(node.op, bounds, arb(box[0]), self._ulp(arb(slope)))
                off.append(top(w - r) + added + u * (top(w) + added) + tiny)
                large.append(top(w) + added)
        return found


def _columns(inputs: Sequence[Tensor], value: Tensor) -> list[list[arb]]:
    return [[arb(t.entries[j]) for t in inputs] for j in range(value.shape.size)]


def _applies(bound: Bound, x: arb) -> bool:
    """Whether the ball meets no exclusion; those of other quantities are far from where graphs are drawn."""
    return all(e.of != "" or x < arb(e.low) or x > arb(e.high) for e in bound.exclusions)
