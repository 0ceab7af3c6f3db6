"""Measuring an entrywise operation: many arguments in one array, then a climb from the worst of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from flint import arb

from leanmirror.bridge.agreeing import points
from leanmirror.bridge.agreeing.entrywise import Entrywise
from leanmirror.bridge.agreeing.measured import Measured
from leanmirror.bridge.agreeing.numpy_scalars import quietly
from leanmirror.bridge.agreeing.reference import Certifier
from leanmirror.bridge.agreeing.running import run, sharing_faults
from leanmirror.bridge.agreeing.ulps import FORMATS, Format, scaled_error, ulp_error
from leanmirror.runtime.arrays import Array
from leanmirror.runtime.autograd.ops import Bound, Op

CLIMBS, WIDTH = 12, 24
QUANTITIES: dict[str, Callable[..., Array]] = {
    "": lambda x, *_: x,
    "b": lambda _a, b: b,
    "|a/(b·b)|": lambda a, b: np.abs(a / (b * b)),
}
"""What exclusions are about, as functions of the inputs in a wider type."""


class Pointwise:
    """One entrywise operation in one float type, compared with its twin."""

    def __init__(self, op: Op, twin: Entrywise, dtype: str) -> None:
        self.op = op
        self.twin = twin
        self.dtype = np.dtype(dtype)
        self.format: Format = FORMATS[dtype]
        self.parameters = [self.dtype.type(p) for p in twin.parameters]

    def measure(self, bound: Bound, count: int, rng: np.random.Generator) -> Measured:
        """The largest error in the bound's unit over about `count` arguments outside its exclusions."""
        found = Measured()
        xs = self.draw(rng, bound, count)
        self.compare(bound, xs, points.upstream(rng, xs[0]), found)
        if found.at:
            self.climb(bound, rng, found)
        self._specials(bound, found)
        return found

    def draw(self, rng: np.random.Generator, bound: Bound, count: int) -> list[Array]:
        """Arguments, one array per input; the ends of the exclusions are landmarks too."""
        ends = [end for e in bound.exclusions for end in (e.low, e.high) if np.isfinite(end)]
        x = points.arguments(rng, self.dtype, (*self.twin.anchors, *ends), count)
        return [x, *(points.partners(rng, x) for _ in range(self.op.arity - 1))]

    def climb(self, bound: Bound, rng: np.random.Generator, found: Measured) -> None:
        """Look around the worst arguments so far for worse ones."""
        for _ in range(CLIMBS):
            if not found.finite:
                return
            *xs, g = (float.fromhex(text) for text in (*found.at, "0x1p+0")[: self.op.arity + 1])
            moved = points.near(rng, [*xs, g], self.dtype, WIDTH)
            ups = np.clip(moved.pop(), -1, 1)
            ups = np.where(np.abs(ups) < 0.5, self.dtype.type(1), ups)
            self.compare(bound, moved, ups, found)

    def compare(self, bound: Bound, xs: Sequence[Array], g: Array, found: Measured) -> None:
        """Measure at these arguments and count what is found."""
        keep = ~excluded(bound, xs) & self._allowed(xs)
        found.excluded += int(keep.size - keep.sum())
        xs, g = [x[keep] for x in xs], g[keep]
        backward = bound.direction == "backward"
        value, gradients = run(self.op, xs, self.parameters, g if backward else None)
        results = gradients if backward else [value]
        certify = Certifier()
        # Sorted, because neighbours need the same precision.
        for i in np.argsort(xs[0]).tolist():
            inputs = [float(x[i]) for x in xs]
            at = [*inputs, float(g[i])] if backward else inputs
            error = self._error(certify, bound, inputs, float(g[i]), [float(r[i]) for r in results])
            found.add(error, tuple(number.hex() for number in at))

    def _allowed(self, xs: Sequence[Array]) -> Array:
        return np.greater(xs[0], 0) if self.twin.positive else np.full(xs[0].shape, True)

    def _error(
        self, certify: Certifier, bound: Bound, inputs: list[float], g: float, results: list[float]
    ) -> float | None:
        def measure() -> list[float] | None:
            scalars = [arb(x) for x in (*inputs, *map(float, self.parameters))]
            if bound.direction == "forward":
                trues = [self.twin.forward(*scalars)]
            else:
                trues = list(self.twin.backward(arb(g), *scalars))
            errors = [self._off(bound, r, arb(t)) for r, t in zip(results, trues, strict=True)]
            return None if None in errors else [e for e in errors if e is not None]

        found = certify(measure)
        return None if found is None else max(found)

    def _off(self, bound: Bound, found: float, true: arb) -> float | None:
        if bound.unit == "ulp":
            return ulp_error(self.format, found, true)
        error = scaled_error(self.format, found, true, arb(bound.limit))
        return None if error is None else error * bound.limit

    def _specials(self, bound: Bound, found: Measured) -> None:
        """Where an infinity or a NaN comes in: the bits of the definition over numpy's own numbers."""
        kinds = points.specials(self.dtype)
        grids = np.meshgrid(*[kinds] * (self.op.arity + 1), indexing="ij")
        *xs, g = (grid.reshape(-1) for grid in grids)
        keep = self._allowed(xs)
        wrong = self.differing(bound.direction, [x[keep] for x in xs], g[keep])
        found.faults += [f"not what the definition gives in floats at {at}" for at in wrong[:1]]
        if bound.direction == "backward":
            found.faults += sharing_faults(self.op, [x[keep] for x in xs], self.parameters, g[keep])

    def differing(self, direction: str, xs: Sequence[Array], g: Array) -> list[str]:
        """The arguments where the bits are not those of the definition over numpy's own numbers."""
        backward = direction == "backward"
        value, gradients = run(self.op, xs, self.parameters, g if backward else None)
        results = gradients if backward else [value]
        wrong = []
        for i in range(g.size):
            scalars = [*(x[i] for x in xs), *self.parameters]
            with quietly():
                wanted = self.twin.backward(g[i], *scalars) if backward else (self.twin.forward(*scalars),)
            if any(not same_bits(self.dtype.type(w), r[i]) for w, r in zip(wanted, results, strict=True)):
                wrong.append(
                    " ".join(float(v).hex() for v in (*(x[i] for x in xs), *([g[i]] if backward else [])))
                )
        return wrong


def same_bits(a: Any, b: Any) -> bool:
    """Equal as bit patterns; all NaNs count as one."""
    return bool(np.isnan(a) and np.isnan(b)) or a.tobytes() == b.tobytes()


def excluded(bound: Bound, xs: Sequence[Array]) -> Array:
    """Which arguments lie in an exclusion of the bound."""
    out = np.full(xs[0].shape, False)
    wide = [x.astype(np.longdouble) for x in xs]
    for e in bound.exclusions:
        with np.errstate(all="ignore"):
            quantity = QUANTITIES[e.of](*wide)
        out |= (quantity >= e.low) & (quantity <= e.high)
    return out
