"""Making a counterexample small: fewer parts, then simpler numbers; one measure falls at every step."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from fractions import Fraction

from leanmirror.spec.judge.claim import Claim
from leanmirror.spec.judge.draws import Draws, Seeded
from leanmirror.spec.judge.examples import Example, draw_example
from leanmirror.spec.judge.one_example import fails
from leanmirror.spec.judge.patience import PATIENCE
from leanmirror.spec.judge.pools import POOLS
from leanmirror.spec.judge.source import Source
from leanmirror.spec.judge.tally import Counterexample
from leanmirror.spec.judge.types import Value

RESIZES = 60
"""How often all variables are drawn again, at small sizes."""

REMADE = 120
"""How many examples with a smaller graph are tried."""

REDRAWS = 4
"""How often the other variables are drawn again for one smaller graph."""

EVALUATIONS = 400
"""How many examples with one simpler value are tried."""


def shrink(claim: Claim, found: Counterexample, digits: int, rng: Draws) -> Counterexample:
    """A counterexample to the same part, at most as large, with simpler values where it stays one.

    When time runs out it is the smallest found so far.
    """
    shrinking = _Shrinking(claim, found, digits, rng)
    PATIENCE.spend(shrinking.run)
    return shrinking.best


@dataclass(slots=True)
class _Shrinking:
    """The smallest counterexample so far. Every step lowers the measure, and the tries are counted."""

    claim: Claim
    best: Counterexample
    digits: int
    rng: Draws
    left: int = 0

    def run(self) -> None:
        """All there is to try, the large steps first."""
        self._redrawn()
        self._remade()
        self._simplified()
        self._proposed()

    def better(self, example: Example | None) -> bool:
        """The example is taken where it is a smaller counterexample."""
        if example is None or measure(example) >= measure(self.best.example):
            return False
        self.left -= 1
        judgement = fails(self.claim, self.best.part, example, self.digits, deep=self.best.deep)
        if judgement is None:
            return False
        shrinks = self.best.shrinks + 1
        self.best = replace(self.best, example=example, judgement=judgement, shrinks=shrinks)
        return True

    def _redrawn(self) -> None:
        """All variables drawn again, at small sizes."""
        for _ in range(RESIZES):
            source = Source(self.rng, Seeded(self.rng.bits(64)), self.rng.choice((1, 2, 2, 1_000)))
            source.pool = self.rng.choice(POOLS[:3])
            self.better(self._made(draw_example(self.claim, source), source))

    def _remade(self) -> None:
        """Smaller graphs, the other variables drawn again for each."""
        self.left = REMADE
        while self.left > 0 and any(map(self._around, _smaller(self.best.example))):
            pass

    def _around(self, given: dict[str, Value]) -> bool:
        """Draws of the other variables; whether one made a smaller counterexample, or there were enough."""
        for _ in range(REDRAWS):
            source = Source(self.rng, Seeded(self.rng.bits(64)), pool=self.rng.choice(POOLS[:3]))
            if self.better(self._made(draw_example(self.claim, source, given), source)):
                return True
        return self.left <= 0

    def _made(self, example: Example | None, source: Source) -> Example | None:
        """The example changed by the hypotheses that know how to be met."""
        for hypothesis in self.claim.hypotheses:
            if example is not None and hypothesis.make is not None:
                changed = hypothesis.make(example.values, source)
                example = replace(example, values={**example.values, **changed})
        return example

    def _simplified(self) -> None:
        """One value after the other made simpler, as long as one can be."""
        self.left = EVALUATIONS
        while any(self.better(each) or self.left <= 0 for each in _simpler(self.claim, self.best.example)):
            if self.left <= 0:
                return

    def _proposed(self) -> None:
        """The values at which the judgement says that the failure shows plainly, where it does."""
        instead = self.best.judgement.instead
        if not instead:
            return
        values = {**self.best.example.values, **{name: _fractions(v) for name, v in instead.items()}}
        example = replace(self.best.example, values=values)
        judgement = fails(self.claim, self.best.part, example, self.digits, deep=self.best.deep)
        if judgement is not None:
            self.best = replace(self.best, example=example, judgement=judgement)


def _fractions(value: list[int]) -> list[Fraction]:
    return [Fraction(x) for x in value]


Measure = tuple[int, int, int, Fraction]


def measure(example: Example) -> Measure:
    """How large an example is: its parts, then how long its numbers are, then their signs and sizes."""
    own = [(of_type, example.values[name]) for name, of_type in example.types.items()]
    reals = [x for of_type, value in own for x in of_type.reals(value)]
    wholes = [Fraction(n) for of_type, value in own for n in of_type.wholes(value)]
    parts = sum(example.sizes()) + sum(of_type.weight(value) for of_type, value in own) + len(reals)
    numbers = [*(x for x in reals if isinstance(x, Fraction)), *wholes]
    bits = sum(x.denominator.bit_length() + abs(x.numerator).bit_length() for x in numbers)
    return parts, bits, sum(x < 0 for x in numbers), sum(map(abs, numbers), start=Fraction(0))


def _smaller(example: Example) -> Iterator[dict[str, Value]]:
    """The example's graphs, one of them smaller."""
    graphs = {name: example.values[name] for name, of_type in example.types.items() if of_type.remade}
    for name, graph in graphs.items():
        for recipe in example.types[name].smaller(graph):
            yield {**graphs, name: recipe}


def _simpler(claim: Claim, example: Example) -> Iterator[Example]:
    """Examples with one value made simpler, where the types of the others stay what they are."""
    for name, of_type in example.types.items():
        for value in of_type.simpler(example.values[name]):
            values = {**example.values, name: value}
            if _fits(claim, example, values):
                yield replace(example, values=values)


def _fits(claim: Claim, example: Example, values: Mapping[str, Value]) -> bool:
    """No type speaks of what was changed."""
    return all(binder.type(values) == example.types[binder.name] for binder in claim.variables)
