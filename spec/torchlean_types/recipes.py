"""Certified operations as examples: names, sizes and exact numbers, from which the object is built.

An `OpSpecFDerivCorrect` holds functions, so a witness cannot store it; a recipe can be stored, shown
and shrunk, and builds it over any scalar.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.errors import BadInput
from leanmirror.spec.judge.numerals import fraction
from leanmirror.spec.judge.types import Value
from leanmirror.spec.torchlean_types.makers import makers
from leanmirror.spec.torchlean_types.tensors import LinearSpecT

if TYPE_CHECKING:
    from leanmirror.spec.judge.source import Source

ELEMENTWISE = ("exp", "square", "sinh", "cosh", "tanh", "sigmoid", "softplus", "silu", "gelu")
GUARDED = ("safeLog", "smoothAbs")
"""Operations with an ε, which must be positive."""

ENTRYWISE = (*ELEMENTWISE, *GUARDED)

EPSILONS = (Fraction(1), Fraction(1, 8), Fraction(1, 1 << 20))


@dataclass(frozen=True, slots=True)
class Recipe:
    """One operation, `linear`, or the composition of the `steps`; `numbers` are its ε or its entries."""

    name: str
    inDim: int
    outDim: int
    numbers: tuple[Fraction, ...] = ()
    steps: tuple[Recipe, ...] = ()

    def build(self, entry: Callable[[Fraction], Scalar]) -> Value:
        """The operation with its certificate, numbers converted by `entry`."""
        if self.steps:
            first, second = (step.build(entry) for step in self.steps)
            return first.compose(second)
        return makers().certified_operation(
            self.name, self.inDim, self.outDim, [entry(x) for x in self.numbers]
        )

    @property
    def lean(self) -> str:
        """The operation in Lean."""
        if self.steps:
            return f"({self.steps[0].lean}).compose ({self.steps[1].lean})"
        if self.name == "linear":
            spec = LinearSpecT(self.inDim, self.outDim)
            return f"OpSpecFDerivCorrect.linear {spec.show(spec.of(self.numbers))}"
        numbers = "".join(f" ({x})" for x in self.numbers)
        return f"OpSpecFDerivCorrect.{self.name}{numbers}"

    def reals(self) -> Iterator[Fraction]:
        """The exact numbers, of the steps too."""
        yield from self.numbers
        for step in self.steps:
            yield from step.reals()

    def with_reals(self, entries: Iterator[Fraction]) -> Recipe:
        """The same recipe with other numbers; an ε that is not positive keeps its value."""
        numbers = tuple(next(entries) for _ in self.numbers)
        if self.name in GUARDED and not numbers[0] > 0:
            numbers = self.numbers
        return replace(self, numbers=numbers, steps=tuple(s.with_reals(entries) for s in self.steps))

    def to_json(self) -> dict[str, Any]:
        """The recipe as JSON."""
        return {
            "operation": self.name,
            "inDim": self.inDim,
            "outDim": self.outDim,
            "numbers": [str(x) for x in self.numbers],
            "steps": [step.to_json() for step in self.steps],
        }

    @staticmethod
    def of_json(data: Any, inDim: int, outDim: int) -> Recipe:
        """The recipe that `to_json` wrote; BadInput when it does not fit the sizes."""
        recipe = _parsed(data, 0)
        if (recipe.inDim, recipe.outDim) != (inDim, outDim):
            raise BadInput(
                f"an operation {recipe.inDim} → {recipe.outDim} where {inDim} → {outDim} is needed"
            )
        return recipe


MAX_STEPS = 3


def _parsed(data: Any, depth: int) -> Recipe:
    if not isinstance(data, dict) or depth > MAX_STEPS:
        raise BadInput("an operation is an object with operation, inDim, outDim, numbers and steps")
    inDim, outDim = (_size(data.get(key)) for key in ("inDim", "outDim"))
    numbers = tuple(fraction(x) for x in data.get("numbers", []))
    steps = tuple(_parsed(step, depth + 1) for step in data.get("steps", []))
    recipe = Recipe(str(data.get("operation")), inDim, outDim, numbers, steps)
    if not _fits(recipe):
        raise BadInput(f"'{recipe.name}' is not an operation with these sizes and numbers")
    return recipe


def _size(n: Any) -> int:
    if type(n) is not int or not 0 <= n <= 100:
        raise BadInput("the sizes of an operation are natural numbers up to 100")
    return n


def _fits(r: Recipe) -> bool:
    if r.name == "compose":
        return len(r.steps) == 2 and (
            (r.inDim, r.outDim, r.steps[0].outDim) == (r.steps[0].inDim, r.steps[1].outDim, r.steps[1].inDim)
        )
    if r.steps:
        return False
    if r.name == "linear":
        return len(r.numbers) == LinearSpecT(r.inDim, r.outDim).dimension
    if r.name in GUARDED:
        return r.inDim == r.outDim and len(r.numbers) == 1 and r.numbers[0] > 0
    return r.name in ELEMENTWISE and r.inDim == r.outDim and not r.numbers


def draw_recipe(inDim: int, outDim: int, source: Source, *, compose: bool = True) -> Recipe:
    """A random operation of these sizes: elementwise, guarded, linear or a composition."""
    kind = source.rng.choice(["linear"] + ["entrywise"] * 4 * (inDim == outDim) + ["compose"] * compose)
    if kind == "entrywise":
        name = ENTRYWISE[source.turn() % len(ENTRYWISE)]
        return Recipe(name, inDim, outDim, (source.rng.choice(EPSILONS),) if name in GUARDED else ())
    if kind == "compose":
        middle = source.size()
        first = draw_recipe(inDim, middle, source, compose=False)
        return Recipe(
            "compose", inDim, outDim, (), (first, draw_recipe(middle, outDim, source, compose=False))
        )
    pool = source.pool_of_variable()
    numbers = tuple(pool(source.rng) for _ in range(LinearSpecT(inDim, outDim).dimension))
    return Recipe("linear", inDim, outDim, numbers)
