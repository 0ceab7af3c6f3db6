"""Measuring an operation on whole tensors, one set of inputs at a time, then a climb from the worst."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from flint import arb

from leanmirror.bridge.agree import tensor_entries as rows
from leanmirror.bridge.agree.backends.protocol import Backend, run
from leanmirror.bridge.agree.backends.tape import TAPE
from leanmirror.bridge.agree.measured import Measured
from leanmirror.bridge.agree.numpy_scalars import numpy_scalars
from leanmirror.bridge.agree.reference import Certifier
from leanmirror.bridge.agree.selection import Compared
from leanmirror.bridge.agree.tensorwise import Room, Tensorwise
from leanmirror.bridge.agree.ulps import FORMATS, Format, power, scaled_error, ulp_error
from leanmirror.runtime.arrays import Array
from leanmirror.runtime.autograd.ops import Bound
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.core.tensor.core import Tensor

CLIMBS = 40
LARGE = 100
"""Tensors with more entries than this are drawn less often: they cost more than they show."""
POINTS_PER_CASE = 40
"""How many arguments of an entrywise operation cost as much as one set of tensors."""


class Whole:
    """One operation on tensors in one float type, compared with its twin."""

    def __init__(self, op: Compared, twin: Tensorwise, dtype: str, backend: Backend = TAPE) -> None:
        self.op = op
        self.backend = backend
        self.twin = twin
        self.dtype = np.dtype(dtype)
        self.format: Format = FORMATS[dtype]
        self.certify = Certifier()

    def measure(self, bound: Bound, count: int, rng: np.random.Generator) -> Measured:
        """The largest error in the bound's unit over inputs outside its exclusions."""
        found = Measured()
        best: tuple[list[Array], Array] | None = None
        for shapes, family in self._plan(rng, count):
            xs = [
                rows.draw(rng, self.dtype, s, family + int(rng.integers(2)) * i) for i, s in enumerate(shapes)
            ]
            best = self._try(bound, xs, rows.upstream(rng, self.dtype, self._out(xs)), found) or best
        for _ in range(CLIMBS if best else 0):
            assert best is not None
            best = self._try(bound, [rows.moved(rng, x) for x in best[0]], best[1], found) or best
        if self.backend.literal:
            self._specials(bound, rng, found)
        return found

    def _plan(self, rng: np.random.Generator, count: int) -> list[tuple[tuple[tuple[int, ...], ...], int]]:
        """Every shape with every family of entries, thinned out or repeated as `count` asks."""
        pairs = [(s, f) for s in self.twin.shapes for f in range(len(rows.FAMILIES))]
        wanted = max(len(self.twin.shapes), count // POINTS_PER_CASE)
        cheap = [p for p in pairs if _entries(p[0]) <= LARGE]
        dear = [p for p in pairs if _entries(p[0]) > LARGE]
        few = [dear[i] for i in rng.permutation(len(dear))[: max(2, wanted // 16)]] if dear else []
        order = rng.permutation(len(cheap))
        return [cheap[order[i % len(cheap)]] for i in range(wanted)] + few

    def _out(self, xs: Sequence[Array]) -> tuple[int, ...]:
        return self.backend.forward(self.op, xs, self._parameters(xs)).shape

    def _parameters(self, xs: Sequence[Array]) -> tuple[int, ...]:
        return self.twin.parameters(*(x.shape for x in xs))

    def _results(self, backward: bool, xs: Sequence[Array], g: Array) -> list[Array]:
        return run(self.backend, self.op, xs, self._parameters(xs), g if backward else None)

    def _try(
        self, bound: Bound, xs: list[Array], g: Array, found: Measured
    ) -> tuple[list[Array], Array] | None:
        """Measure; the inputs if they are the worst so far."""
        before = found.worst
        self.compare(bound, xs, g, found)
        return (xs, g) if found.worst > before else None

    def compare(self, bound: Bound, xs: Sequence[Array], g: Array, found: Measured) -> None:
        """Measure with these inputs and count what is found."""
        backward = bound.direction == "backward"
        parameters = self._parameters(xs)
        results = [r.reshape(-1).tolist() for r in self._results(backward, xs, g)]
        outside = False

        def measure() -> list[float] | None:
            nonlocal outside
            inputs = [*map(_tensor, xs), *parameters]
            upstream = _tensor(g) if backward else None
            outside = self._excluded(bound, upstream, inputs)
            return [0.0] if outside else self._errors(bound, upstream, inputs, results)

        errors = self.certify(measure)
        if outside:
            found.excluded += 1
        else:
            flat = [r for result in results for r in result]
            pairs = None if errors is None else zip(flat, errors, strict=True)
            at = tuple(_text(x) for x in (*xs, *([g] if backward else [])))
            found.add(pairs, at, max((float(np.max(np.abs(x))) for x in xs if x.size), default=0.0))

    def _excluded(self, bound: Bound, g: Tensor | None, inputs: Sequence[Any]) -> bool:
        for e in bound.exclusions:
            quantity = arb(self.twin.quantities[e.of](g, *inputs))
            if quantity >= arb(e.low) and (np.isinf(e.high) or quantity <= arb(e.high)):
                return True
        return False

    def _errors(
        self, bound: Bound, g: Tensor | None, inputs: Sequence[Any], results: Sequence[Sequence[float]]
    ) -> list[float] | None:
        trues = [self.twin.forward(*inputs)] if g is None else self.twin.backward(g, *inputs)
        rooms = self._rooms(bound, g, inputs)
        errors: list[float] = []
        for i, (found, true) in enumerate(zip(results, trues, strict=True)):
            for j, (f, t) in enumerate(zip(found, true.entries, strict=True)):
                error = self._off(f, arb(t), rooms[i][j] if rooms else None)
                if error is None:
                    return None
                errors.append(error)
        return errors

    def _rooms(self, bound: Bound, g: Tensor | None, inputs: Sequence[Any]) -> list[list[Room]] | None:
        if bound.unit == "ulp":
            return None
        room = self.twin.room if g is None else self.twin.room_backward
        assert room is not None, f"{self.op.lean} has a bound in abs and nothing to measure it by"
        return room(*inputs) if g is None else room(g, *inputs)

    def _off(self, found: float, true: arb, room: Room | None) -> float | None:
        if room is None:
            return ulp_error(self.format, found, true)
        return scaled_error(self.format, found, true, self.allowance(room))

    def allowance(self, room: Room) -> arb:
        """`γₖ·scale`, and k smallest denormals."""
        ku = room.k * power(-self.format.bits)
        return arb(ku / (1 - ku) * room.scale + room.k * power(self.format.quantum))

    def _specials(self, bound: Bound, rng: np.random.Generator, found: Measured) -> None:
        """Where an infinity or a NaN comes in: NaN and ±∞ stand where the definition over floats has them."""
        for shapes in self.twin.shapes:
            for special in (np.inf, -np.inf, np.nan):
                xs = [rows.draw(rng, self.dtype, s, 0) for s in shapes]
                at = int(rng.integers(len(xs)))
                xs[at] = rows.with_special(rng, xs[at], special)
                g = rows.upstream(rng, self.dtype, self._out(xs))
                found.faults += self._differing(bound.direction, xs, g)[: 1 - len(found.faults)]
                if bound.direction == "backward":
                    found.faults += self._sharing(xs, g)[: 1 - len(found.faults)]

    def _sharing(self, xs: Sequence[Array], g: Array) -> list[str]:
        return self.backend.faults(self.op, xs, self._parameters(xs), g)

    def _differing(self, direction: str, xs: Sequence[Array], g: Array) -> list[str]:
        backward = direction == "backward"
        results = self._results(backward, xs, g)
        inputs = [*map(_numbers, xs), *self._parameters(xs)]
        with numpy_scalars():
            wanted = self.twin.backward(_numbers(g), *inputs) if backward else (self.twin.forward(*inputs),)
        for w, r in zip(wanted, results, strict=True):
            expected = np.array(w.entries, self.dtype)
            if not np.array_equal(_kind(expected), _kind(r.reshape(-1))):
                return ["not what the definition gives in floats at " + " ".join(_text(x) for x in xs)]
        return []


def _kind(x: Array) -> Array:
    """0 for a finite entry, 1 or −1 for an infinity, 2 for a NaN."""
    return np.where(np.isnan(x), 2, np.where(np.isinf(x), np.sign(x), 0))


def _entries(shapes: Sequence[Sequence[int]]) -> int:
    return sum(int(np.prod(s, dtype=int)) for s in shapes)


def _tensor(x: Array) -> Tensor:
    return Tensor(Shape(x.shape), [arb(v) for v in x.reshape(-1).tolist()])


def _numbers(x: Array) -> Tensor:
    return Tensor(Shape(x.shape), list(x.reshape(-1)))


def _text(x: Any) -> str:
    entries = ", ".join(float(v).hex() for v in x.reshape(-1))
    return entries if x.ndim == 0 else f"{'×'.join(map(str, x.shape))}: {entries}"
