"""`agree_function`: one's own float function and its gradients against certified values of a spec."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Any

import numpy as np
from flint import arb

from leanmirror.bridge.agree import points, tensor_entries
from leanmirror.bridge.agree.reference import Certifier
from leanmirror.bridge.agree.ulps import FORMATS
from leanmirror.bridge.rules import shapes
from leanmirror.bridge.rules.function_report import FunctionReport, FunctionRow
from leanmirror.bridge.rules.libraries import Library, library_of
from leanmirror.bridge.rules.measure import Measurement, Tally
from leanmirror.bridge.rules.problem import numbers_in
from leanmirror.bridge.rules.reference import Reference, spec_named
from leanmirror.runtime.arrays import Array
from leanmirror.spec.errors import BadInput

Domain = tuple[float, float] | Callable[..., Any] | None
"""Where arguments lie: from one number to another, or where a function of the arrays is true."""
DEPTH = 2_500
CLIMBS, WIDTH = 12, 24
SIZES = (1, 2, 3, 5, 0, 8, 32)
"""Sizes that named dimensions take, in turns."""
POINTS_PER_TENSOR = 20
"""How many numbers cost as much as one set of tensors."""


def agree_function(
    fn: Any,
    spec: Any = None,
    *,
    inputs: Any = None,
    dtype: str = "float64",
    params: Mapping[str, Any] | None = None,
    domain: Domain = None,
    denormals: bool = True,
    bound: float | None = None,
    dspec: Callable[..., Any] | None = None,
    library: str = "",
    depth: int = DEPTH,
    seed: int = 0,
    name: str = "",
) -> FunctionReport:
    """Measure a function and its gradients, in units in the last place of the certified value.

    `fn` is a function of numpy arrays, a pair (forward, vjp) of them, a function of torch tensors, a
    `torch.autograd.Function`, a function of JAX or of HIPS autograd; `library` says which where it cannot be
    told. `spec` is the same function over the numbers of `leanmirror.rules`, or a mirrored Lean name; the
    right gradients are the derivative of the spec, or `dspec(*inputs, g)`. `inputs` are shapes as in
    `check_rule`; without them `fn` works entry by entry. `params` go to both by name. Arguments lie in
    `domain` (two ends, or a function of the arrays to booleans), and where `denormals` is false results that
    are denormal are left out. Beyond `bound` ulp the report's exit status is 1.

    Raises BadInput where a side cannot be run: another dtype or shape comes back, results differ from call to
    call, a GPU is needed.
    """
    if spec is None:
        raise BadInput("there is nothing to compare with: give spec=, a function of leanmirror.rules numbers")
    if dtype not in FORMATS:
        raise BadInput(f"dtype {dtype!r} is not offered: {', '.join(FORMATS)}")
    given = dict(params or {})
    by = library_of(fn, given, library)
    function = spec_named(spec)
    anchors = sorted({float(n) for f in _functions(fn, function, dspec) for n in numbers_in(f)})
    anchors += [float(v) for v in given.values() if isinstance(v, int | float)]
    dims = _dims(function, inputs, given)
    title = name or getattr(fn, "__name__", "") or type(fn).__name__
    run = _Run(
        by, Reference(function, dspec, given), np.dtype(dtype), dims, domain, denormals, tuple(anchors)
    )
    rng = np.random.default_rng(seed)
    run.probe(rng)
    directions = ("forward", "backward", "tangent")
    rows = tuple(row for direction in directions if (row := run.row(direction, depth, rng)) is not None)
    return FunctionReport(title, by.name, dtype, depth, seed, rows, bound)


def _functions(fn: Any, *more: Any) -> list[Callable[..., Any]]:
    own = list(fn) if isinstance(fn, tuple | list) else [fn]
    owner = getattr(fn, "__self__", None) if not inspect.isclass(fn) else fn
    if inspect.isclass(owner):
        own += [f for f in (getattr(owner, "forward", None), getattr(owner, "backward", None)) if f]
    return [f for f in (*own, *more) if inspect.isfunction(f)]


def _dims(spec: Callable[..., Any], inputs: Any, given: Mapping[str, Any]) -> list[shapes.Dims]:
    """The declared shapes; numbers where none are, one for each parameter without a default."""
    if inputs is None:
        try:
            parameters = inspect.signature(spec).parameters.values()
        except (TypeError, ValueError):
            return [()]
        kinds = (inspect.Parameter.POSITIONAL_ONLY, inspect.Parameter.POSITIONAL_OR_KEYWORD)
        own = [p for p in parameters if p.kind in kinds and p.default is p.empty and p.name not in given]
        return [() for _ in own] or [()]
    several = inputs.values() if isinstance(inputs, Mapping) else inputs
    return [shapes.parsed(each) for each in ([several] if isinstance(several, str | int) else several)]


@dataclass(frozen=True)
class _Run:
    """Both sides, and how arguments are drawn for them."""

    by: Library
    reference: Reference
    dtype: Any
    dims: list[shapes.Dims]
    domain: Domain
    denormals: bool
    anchors: tuple[float, ...]

    @property
    def entrywise(self) -> bool:
        """Every input is one number."""
        return not any(self.dims)

    def probe(self, rng: np.random.Generator) -> None:
        """Run the function twice, and refuse what cannot be compared."""
        xs = self._tensors(rng, 0) if not self.entrywise else self._numbers(rng, 64)
        one, two = self.by.forward(xs), self.by.forward(xs)
        if one.dtype != self.dtype:
            raise BadInput(f"the function gives {one.dtype} for {self.dtype}")
        if self.entrywise and one.shape != xs[0].shape:
            raise BadInput(
                f"the function gives the shape {one.shape} for {xs[0].shape}: "
                "it does not work entry by entry; give inputs="
            )
        if one.tobytes() != two.tobytes():
            raise BadInput("the function is not deterministic: two calls at the same inputs differ")

    def row(self, direction: str, depth: int, rng: np.random.Generator) -> FunctionRow | None:
        """One direction measured; None where the library has none."""
        tally = Tally(2.0 ** (FORMATS[self.dtype.name].bits - 1))
        if self.entrywise:
            xs = self._numbers(rng, depth)
            if not self._compare(direction, xs, rng, tally):
                return None
            for _ in range(CLIMBS):
                if tally.worst is not None:
                    at = [np.asarray(x).reshape(-1)[0] for x in tally.worst.at[: len(self.dims)]]
                    near = self._kept(points.near(rng, at, self.dtype, WIDTH))
                    self._compare(direction, near, rng, tally)
        elif not self._compare_tensors(direction, depth, rng, tally):
            return None
        return FunctionRow.of(direction, tally, len(self.dims))

    def _numbers(self, rng: np.random.Generator, count: int) -> list[Array]:
        x = points.arguments(rng, self.dtype, self.anchors, count)
        xs = [x, *(points.partners(rng, x) for _ in self.dims[1:])]
        return self._kept(xs)

    def _kept(self, xs: list[Array]) -> list[Array]:
        if self.domain is None:
            return xs
        if callable(self.domain):
            keep = np.asarray(self.domain(*xs), bool)
        else:
            low, high = self.domain
            keep = np.logical_and.reduce([(x >= low) & (x <= high) for x in xs])
        return [x[keep] for x in xs]

    def _compare(self, direction: str, xs: list[Array], rng: np.random.Generator, tally: Tally) -> bool:
        if not xs[0].size:
            return True
        up = points.upstream(rng, xs[0])
        more = {"forward": [], "backward": [up], "tangent": [up] * len(xs)}[direction]
        found = self._floats(direction, xs, more)
        if found is None:
            return False
        measurement = self._measurement(direction, [()] * len(xs))
        certify = Certifier()
        for i in np.argsort(xs[0]).tolist():
            measurement.point([x[i] for x in (*xs, *more)], [float(f[i]) for f in found], tally, certify)
        return True

    def _floats(self, direction: str, xs: Sequence[Array], more: Sequence[Array]) -> list[Array] | None:
        if direction == "forward":
            return [self.by.forward(xs)]
        if direction == "backward":
            return self.by.backward(xs, more[0])
        found = self.by.tangent(xs, more)
        return None if found is None else [found]

    def _measurement(self, direction: str, sizes: Sequence[tuple[int, ...]]) -> Measurement:
        count = sum(map(prod, sizes))

        def certified(entries: list[arb]) -> list[tuple[Any, Any]]:
            own, rest = entries[:count], entries[count:]
            if direction == "forward":
                return self.reference.value(sizes, own, scaled=not self.entrywise)
            if direction == "backward":
                return self.reference.gradient(sizes, own, rest, scaled=not self.entrywise)
            return self.reference.tangent(sizes, own, rest, scaled=not self.entrywise)

        return Measurement(FORMATS[self.dtype.name], certified, self.denormals)

    def _tensors(self, rng: np.random.Generator, turn: int) -> list[Array]:
        names = shapes.names({str(i): dims for i, dims in enumerate(self.dims)})
        sizes = {name: SIZES[(turn + i) % len(SIZES)] for i, name in enumerate(names)}
        wanted = [tuple(size.at(sizes) for size in dims) for dims in self.dims]
        family = turn // len(SIZES)
        family = turn // len(SIZES)
        draws = enumerate(wanted)
        return [tensor_entries.draw(rng, self.dtype, s, family + i * (turn % 2)) for i, s in draws]

    def _compare_tensors(self, direction: str, depth: int, rng: np.random.Generator, tally: Tally) -> bool:
        best: list[Array] | None = None
        turns = max(1, depth // POINTS_PER_TENSOR)
        for turn in range(turns + CLIMBS):
            if turn < turns:
                xs = self._tensors(rng, turn)
            elif best is not None:
                xs = [tensor_entries.moved(rng, x) for x in best]
            before = tally.worst
            if not self._compare_at(direction, xs, rng, tally):
                return False
            best = xs if tally.worst is not before else best
        return True

    def _compare_at(self, direction: str, xs: list[Array], rng: np.random.Generator, tally: Tally) -> bool:
        value = self.by.forward(xs)
        up = tensor_entries.upstream(rng, self.dtype, value.shape)
        ts = [tensor_entries.upstream(rng, self.dtype, x.shape) for x in xs]
        more = {"forward": [], "backward": [up], "tangent": ts}[direction]
        found = self._floats(direction, xs, more)
        if found is None:
            return False
        results = [float(v) for f in found for v in f.reshape(-1)]
        if results:
            measurement = self._measurement(direction, [x.shape for x in xs])
            measurement.point([*xs, *more], results, tally, Certifier())
        return True
