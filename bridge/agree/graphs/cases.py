"""Random graphs whose every node has a float twin, at inputs where the operations are well within bounds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from random import Random
from typing import Any

from leanmirror.bridge.agree.graphs.twins import twins
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.graphs.drawing import placements
from leanmirror.spec.graphs.recipes import GraphRecipe, Step, signature
from leanmirror.spec.torchlean_types import LinearSpecT
from leanmirror.spec.torchlean_types.shapes import Shapes

Numbers = tuple[Fraction, ...]
LARGEST = 1000.0
"""A node is kept when its value stays below this."""
EPSILON = Fraction(1, 1 << 20)
"""The ε of safe_log: the power of 2 nearest to its default, for which its bounds were measured."""


@dataclass(frozen=True, slots=True)
class Case:
    """A graph, its inputs, and a seed for each of its values, all exact in float32.

    With `output` reverse mode starts from that value alone, by `backwardDense`.
    """

    recipe: GraphRecipe
    inputs: tuple[Numbers, ...]
    seeds: tuple[Numbers, ...]
    output: int | None = None

    @property
    def shapes(self) -> Shapes:
        """The shapes of all values."""
        return (*self.recipe.Γ, *self.recipe.ss)

    def smaller(self) -> Iterator[Case]:
        """The case with a smaller graph, fewer seeds, simpler numbers."""
        for recipe, gone in self.recipe.smaller():
            if gone is None:
                yield replace(self, recipe=recipe)
            elif gone != self.output:
                yield self._without(recipe, gone)
        for i, seed in enumerate(self.seeds):
            if any(seed) and i != self.output:
                yield replace(self, seeds=_put(self.seeds, i, tuple(Fraction(0) for _ in seed)))
        for i, entries in enumerate(self.inputs):
            for j, x in enumerate(entries):
                for y in (Fraction(1), Fraction(1, 2), Fraction(round(x))):
                    if y.denominator < x.denominator:
                        yield replace(self, inputs=_put(self.inputs, i, _put(entries, j, y)))

    def _without(self, recipe: GraphRecipe, gone: int) -> Case:
        inputs = tuple(x for i, x in enumerate(self.inputs) if i != gone)
        seeds = tuple(x for i, x in enumerate(self.seeds) if i != gone)
        output = None if self.output is None else self.output - (gone < self.output)
        return Case(recipe, inputs, seeds, output)


def _put(xs: tuple[Any, ...], i: int, x: Any) -> tuple[Any, ...]:
    return (*xs[:i], x, *xs[i + 1 :])


def draw_case(rng: Random, nodes: int) -> Case:
    """A random case with at most that many nodes, fewer where no operation fits any more."""
    Γ = _inputs(rng)
    inputs = tuple(tuple(_number(rng) for _ in range(s.size)) for s in Γ)
    context = Γ
    values = [Tensor(s, [float(x) for x in entries]) for s, entries in zip(Γ, inputs, strict=True)]
    steps: list[Step] = []
    for _ in range(nodes):
        found = _step(rng, context, values)
        if found is None:
            break
        step, value = found
        steps.append(step)
        values.append(value)
        context = (*context, value.shape)
    output = rng.randrange(len(context)) if rng.random() < 0.4 else None
    return Case(GraphRecipe(Γ, tuple(steps)), inputs, _seeds(rng, context, output), output)


def _inputs(rng: Random) -> Shapes:
    n, m, h = (rng.choice((1, 2, 2, 3)) for _ in range(3))
    kinds: list[list[Shape]] = [
        [Shape((n,))],
        [Shape((m, n))],
        [Shape((h, m, n)), Shape((h, n, m))],
        [Shape((h, n, n))],
        [Shape(())],
        [Shape((n,)), Shape((n,))],
    ]
    shapes = [s for _ in range(rng.choice((1, 2, 2))) for s in rng.choice(kinds)]
    if rng.random() < 0.15:
        shapes.append(rng.choice((Shape((0,)), Shape((2, 0)), Shape((0, 2)), Shape((1, 0, 2)))))
    rng.shuffle(shapes)
    return tuple(shapes)


def _number(rng: Random) -> Fraction:
    """A dyadic number that float32 has."""
    kind = rng.random()
    if kind < 0.1:
        return Fraction(rng.choice((0, 1, -1, 2)))
    if kind < 0.3:
        return Fraction(rng.randint(-24, 24), 8)
    return Fraction(rng.randint(-(1 << 23), 1 << 23), 1 << 22)


def _seeds(rng: Random, shapes: Shapes, output: int | None) -> tuple[Numbers, ...]:
    """Random cotangents, at one value or at several, the last among them."""
    some = {output} if output is not None else {i for i in range(len(shapes)) if rng.random() < 0.3}
    if output is None:
        some.add(len(shapes) - 1)
    return tuple(
        tuple(_number(rng) if i in some else Fraction(0) for _ in range(s.size)) for i, s in enumerate(shapes)
    )


def _step(rng: Random, Γ: Shapes, values: Sequence[Tensor]) -> tuple[Step, Tensor] | None:
    """A node with its value in floats, where that value is well within the operation's bounds."""
    for _ in range(40):
        lean = rng.choice(list(twins()))
        places = [
            p for p in placements(signature(lean), Γ) if not any(_literal(values[i]) for i in p.values())
        ]
        if not places:
            continue
        step = _completed(rng, lean, Γ, _chosen(rng, places))
        read = [values[i] for i in step.reads]
        if not SAFE.get(lean.rpartition(".")[2], _anything)(rng, [x for t in read for x in t.entries]):
            continue
        value = step.build(Γ, float).forward(tuple(values))
        if value.shape.size <= 18 and all(-LARGEST < x < LARGEST for x in value.entries):
            return step, value
    return None


def _literal(value: Tensor) -> bool:
    """Whether an entry is an empty sum, an integer that has no kind of scalar: no node reads it."""
    return any(type(x) is int for x in value.entries)


def _chosen(rng: Random, places: list[dict[str, int]]) -> dict[str, int]:
    """Often what reads the newest value, or one value twice."""
    kind = rng.random()
    if kind < 0.5:
        newest = max(max(p.values()) for p in places)
        places = [p for p in places if max(p.values()) == newest]
    elif kind < 0.6:
        places = [p for p in places if len({*p.values()}) < len(p)] or places
    return rng.choice(places)


def _completed(rng: Random, lean: str, Γ: Shapes, positions: dict[str, int]) -> Step:
    sig = signature(lean)
    arguments: dict[str, Any] = {**positions, **{n: rng.choice((1, 2, 3)) for n in sig.sizes}}
    if "m" in sig.given:
        of_type = LinearSpecT(Γ[positions["x"]].dims[0], arguments["outDim"])
        arguments["m"] = of_type.of(_number(rng) for _ in range(of_type.dimension))
    if "ε" in sig.given:
        arguments["ε"] = EPSILON
    return Step(lean, arguments)


Guard = Callable[[Random, Sequence[float]], bool]


def _anything(_rng: Random, _xs: Sequence[float]) -> bool:
    return True


def _away_from_zero(rng: Random, xs: Sequence[float]) -> bool:
    """No entry at a kink, or rarely one exactly there."""
    return all(abs(x) > 2**-8 or (x == 0 and rng.random() < 0.03) for x in xs)


SAFE: dict[str, Guard] = {
    "relu": _away_from_zero,
    "abs": _away_from_zero,
    "sqrtClamp": lambda rng, xs: all(abs(x) > 2**-6 for x in xs),
    "log": lambda rng, xs: all(x > 2**-6 for x in xs),
    "inv": lambda rng, xs: all(abs(x) > 2**-4 for x in xs),
    "exp": lambda rng, xs: all(-20 < x < 6 for x in xs),
    "sigmoid": lambda rng, xs: all(x > -60 for x in xs),
    "softplus": lambda rng, xs: all(x > -60 and abs(x) > 2**-8 for x in xs),
    "safeLog": lambda rng, xs: all(x > -4 and abs(x) > 2**-8 and not 0.1 < x < 1.1 for x in xs),
}
"""Where operations are used: not next to a kink, not outside their domain or their bounds."""
