"""Making a counterexample small: fewer entries, then entries among small numbers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from random import Random

from leanmirror.spec.judge.claim import Claim
from leanmirror.spec.judge.examples import Example, draw_example
from leanmirror.spec.judge.one_example import fails
from leanmirror.spec.judge.source import POOLS, Source
from leanmirror.spec.judge.tally import Counterexample
from leanmirror.spec.judge.types import Value

RESIZES = 60
EVALUATIONS = 400
REDRAWS = 4
SIMPLE = tuple(Fraction(c) for c in (0, 1, -1, 2, -2, Fraction(1, 2), 3, -3))


def shrink(claim: Claim, found: Counterexample, digits: int, rng: Random) -> Counterexample:
    """A counterexample to the same part, at most as large, with simpler entries where it stays one."""
    smaller = _fewer_nodes(claim, _smaller(claim, found, digits, rng), digits, rng)
    count, budget = 0, EVALUATIONS
    progress = True
    while progress and budget > 0:
        progress = False
        for candidate in _candidates(smaller.example):
            budget -= 1
            judgement = fails(claim, smaller.part, candidate, digits, deep=found.deep)
            if judgement is not None:
                smaller = replace(smaller, example=candidate, judgement=judgement)
                count, progress = count + 1, True
                break
            if budget <= 0:
                break
    return replace(_plain(claim, smaller, digits), shrinks=count)


def _plain(claim: Claim, found: Counterexample, digits: int) -> Counterexample:
    """The counterexample at the values that its judgement proposes, where it is one there too."""
    instead = found.judgement.instead
    if not instead:
        return found
    values = {**found.example.values, **{name: _fractions(v) for name, v in instead.items()}}
    example = replace(found.example, values=values)
    judgement = fails(claim, found.part, example, digits, deep=found.deep)
    return replace(found, example=example, judgement=judgement) if judgement else found


def _fractions(value: list[int]) -> list[Fraction]:
    return [Fraction(x) for x in value]


def _smaller(claim: Claim, found: Counterexample, digits: int, rng: Random) -> Counterexample:
    """A counterexample with fewer entries, by drawing at small sizes."""
    best = found
    for _ in range(RESIZES):
        source = Source(rng, Random(rng.getrandbits(64)), rng.choice((1, 2, 2, 1_000)))
        source.pool = rng.choice(POOLS[:3])
        example = draw_example(claim, source)
        if example is None or _weight(example) >= _weight(best.example):
            continue
        for hypothesis in claim.hypotheses:
            if hypothesis.make is not None:
                example = replace(
                    example, values={**example.values, **hypothesis.make(example.values, source)}
                )
        judgement = fails(claim, found.part, example, digits, deep=found.deep)
        if judgement is not None:
            best = replace(best, example=example, judgement=judgement)
    return best


def _fewer_nodes(claim: Claim, found: Counterexample, digits: int, rng: Random) -> Counterexample:
    """A counterexample with smaller graphs, the other variables drawn again for each."""
    best, progress = found, True
    while progress:
        progress = False
        for graphs in _smaller_graphs(best.example):
            for _ in range(REDRAWS):
                source = Source(rng, Random(rng.getrandbits(64)), pool=rng.choice(POOLS[:3]))
                example = draw_example(claim, source, graphs)
                judgement = None if example is None else fails(claim, found.part, example, digits)
                if example is not None and judgement is not None:
                    best, progress = replace(best, example=example, judgement=judgement), True
                    break
            if progress:
                break
    return best


def _smaller_graphs(example: Example) -> Iterator[dict[str, Value]]:
    """The example's graphs, one of them smaller."""
    graphs = {name: example.values[name] for name, of_type in example.types.items() if of_type.remade}
    for name, graph in graphs.items():
        for recipe in example.types[name].smaller(graph):
            yield {**graphs, name: recipe}


def _weight(example: Example) -> int:
    own = [(of_type, example.values[name]) for name, of_type in example.types.items()]
    data = sum(of_type.weight(value) for of_type, value in own)
    return sum(example.sizes()) + data + sum(1 for of_type, value in own for _ in of_type.reals(value))


def _simplicity(x: Fraction) -> tuple[int, int, Fraction]:
    return x.denominator.bit_length() + abs(x.numerator).bit_length(), int(x < 0), abs(x)


def _candidates(example: Example) -> Iterator[Example]:
    """Examples with one variable, or one entry, made simpler."""
    for name, of_type in example.types.items():
        entries = list(of_type.reals(example.values[name]))
        if len(entries) > 1 and any(x != 0 for x in entries):
            yield _with(example, name, [Fraction(0) if isinstance(x, Fraction) else x for x in entries])
        for j, x in enumerate(entries):
            if isinstance(x, Fraction):
                for y in _simpler(x):
                    yield _with(example, name, [*entries[:j], y, *entries[j + 1 :]])


def _simpler(x: Fraction) -> Iterator[Fraction]:
    tried = [*SIMPLE, Fraction(round(x)), Fraction(round(8 * x), 8), -x]
    for y in dict.fromkeys(tried):
        if _simplicity(y) < _simplicity(x):
            yield y


def _with(example: Example, name: str, entries: list[Fraction]) -> Example:
    of_type = example.types[name]
    value = of_type.with_reals(example.values[name], iter(entries))
    return replace(example, values={**example.values, name: value})
