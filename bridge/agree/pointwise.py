"""Measuring an entrywise operation: many arguments in one array, then a climb from the worst of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from flint import arb

from leanmirror.bridge.agree import points
from leanmirror.bridge.agree.backends.protocol import Backend, run
from leanmirror.bridge.agree.backends.tape import TAPE
from leanmirror.bridge.agree.entrywise import Entrywise
from leanmirror.bridge.agree.measured import Measured
from leanmirror.bridge.agree.numpy_scalars import numpy_scalars
from leanmirror.bridge.agree.reference import Certifier
from leanmirror.bridge.agree.selection import Compared
from leanmirror.bridge.agree.ulps import FORMATS, Format, scaled_error, ulp_error
from leanmirror.runtime.arrays import Array
from leanmirror.runtime.autograd.ops import Bound

CLIMBS, WIDTH = 12, 24
QUANTITIES: dict[str, Callable[..., Array]] = {
    "": lambda x, *_: x,
    "b": lambda _a, b: b,
    "|a/(b·b)|": lambda a, b: np.abs(a / (b * b)),
}
"""What exclusions are about, as functions of the inputs in a wider type."""


class Pointwise:
    """One entrywise operation in one float type, compared with its twin."""

    def __init__(self, op: Compared, twin: Entrywise, dtype: str, backend: Backend = TAPE) -> None:
        self.op = op
        self.backend = backend
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
        results = run(self.backend, self.op, xs, self.parameters, g if backward else None)
        certify = Certifier()
        # Sorted, because neighbours need the same precision.
        for i in np.argsort(xs[0]).tolist():
            inputs = [float(x[i]) for x in xs]
            at = [*inputs, float(g[i])] if backward else inputs
            here = [float(r[i]) for r in results]
            errors = self._errors(certify, bound, inputs, float(g[i]), here)
            pairs = None if errors is None else zip(here, errors, strict=True)
            found.add(pairs, tuple(number.hex() for number in at), inputs[0])

    def _allowed(self, xs: Sequence[Array]) -> Array:
        return np.greater(xs[0], 0) if self.twin.positive else np.full(xs[0].shape, True)

    def _errors(
        self, certify: Certifier, bound: Bound, inputs: list[float], g: float, results: list[float]
    ) -> list[float] | None:
        def measure() -> list[float] | None:
            scalars = [arb(x) for x in (*inputs, *map(float, self.parameters))]
            if bound.direction == "forward":
                trues = [self.twin.forward(*scalars)]
            else:
                trues = list(self.twin.backward(arb(g), *scalars))
            errors = [self._off(bound, r, arb(t)) for r, t in zip(results, trues, strict=True)]
            return None if None in errors else [e for e in errors if e is not None]

        return certify(measure)

    def _off(self, bound: Bound, found: float, true: arb) -> float | None:
        if bound.unit == "ulp":
            return ulp_error(self.format, found, true)
        error = scaled_error(self.format, found, true, arb(bound.limit))
        return None if error is None else error * bound.limit

    def _specials(self, bound: Bound, found: Measured) -> None:
        """Where an infinity or a NaN comes in.

        Lean's formulas have the bits of the definition over numpy's own numbers; any other way to compute
        them, and where nothing is promised, has at least no NaN at ±∞.
        """
        if self.backend.literal:
            self._bits(bound, found)
        if not self.backend.literal or math.isinf(bound.limit):
            self._infinities(bound, found)

    def _bits(self, bound: Bound, found: Measured) -> None:
        kinds = points.specials(self.dtype)
        grids = np.meshgrid(*[kinds] * (self.op.arity + 1), indexing="ij")
        *xs, g = (grid.reshape(-1) for grid in grids)
        keep = self._allowed(xs)
        xs, g = [x[keep] for x in xs], g[keep]
        wrong = self.differing(bound.direction, xs, g)
        found.faults += [f"not what the definition gives in floats at {at}" for at in wrong[:1]]
        if bound.direction == "backward":
            found.faults += self.backend.faults(self.op, xs, self.parameters, g)

    def _infinities(self, bound: Bound, found: Measured) -> None:
        """Every function of one number here has a limit at both ends, which may be infinite."""
        x = np.array([np.inf, -np.inf], self.dtype)[: 1 if self.twin.positive else 2]
        if self.op.arity == 1:
            backward = bound.direction == "backward"
            (results,) = run(
                self.backend, self.op, [x], self.parameters, np.ones_like(x) if backward else None
            )
            for end in x[np.isnan(results)].tolist():
                found.lose(math.inf, (end.hex(), *(["0x1.0000000000000p+0"] if backward else [])))

    def differing(self, direction: str, xs: Sequence[Array], g: Array) -> list[str]:
        """The arguments where the bits are not those of the definition over numpy's own numbers."""
        backward = direction == "backward"
        results = run(self.backend, self.op, xs, self.parameters, g if backward else None)
        with numpy_scalars():
            wanted = [self._wanted(backward, [x[i] for x in xs], g[i]) for i in range(g.size)]
        return [
            " ".join(float(v).hex() for v in (*(x[i] for x in xs), *([g[i]] if backward else [])))
            for i, expected in enumerate(wanted)
            if any(not same_bits(w, r[i]) for w, r in zip(expected, results, strict=True))
        ]

    def _wanted(self, backward: bool, inputs: list[Any], g: Any) -> list[Any]:
        scalars = [*inputs, *self.parameters]
        found = self.twin.backward(g, *scalars) if backward else (self.twin.forward(*scalars),)
        return [self.dtype.type(v) for v in found]


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
