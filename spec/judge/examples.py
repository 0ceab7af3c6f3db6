"""Examples: values for a claim's binders, each drawn by its type, sizes before what hangs on them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from leanmirror.spec.errors import NotDrawn
from leanmirror.spec.judge.balls import realize
from leanmirror.spec.judge.claim import Binder, Claim, Env
from leanmirror.spec.judge.source import LAST_EQUAL, Source
from leanmirror.spec.judge.types import NatT, Settled, Type, Unknown, Value
from leanmirror.spec.judge.whole_numbers import Reach

CROWD = 5
"""From so many sizes on, they are drawn smaller."""


@dataclass(frozen=True, slots=True)
class Example:
    """Values for every variable of a claim, real entries as Fractions, with their types."""

    types: Mapping[str, Type]
    values: Mapping[str, Value]

    def realized(self) -> dict[str, Value]:
        """The values with balls as real entries."""
        return {name: realize(self.types[name], value) for name, value in self.values.items()}

    def sizes(self) -> list[int]:
        """Every size that occurs: numbers of entries per dimension, of naturals and shapes."""
        return [n for name, value in self.values.items() for n in self.types[name].sizes(value)]

    @property
    def plain(self) -> bool:
        """There are no real numbers in it."""
        return not any(True for name, of_type in self.types.items() for _ in of_type.reals(self.values[name]))

    @property
    def nontrivial(self) -> bool:
        """Every size at least 1 and one at least 2, where there are sizes."""
        sizes = self.sizes()
        return not sizes or (min(sizes) >= 1 and max(sizes) >= 2)

    def shown(self) -> dict[str, str]:
        """Every variable's value as Lean text."""
        return {name: of_type.show(self.values[name]) for name, of_type in self.types.items()}

    def encoded(self) -> dict[str, Any]:
        """Every variable's value as JSON."""
        return {name: of_type.encode(self.values[name]) for name, of_type in self.types.items()}


class _Values(dict[str, Value]):
    """Values of variables, which note what is asked for: what a type is made of."""

    asked: set[str]

    def __getitem__(self, name: str) -> Value:
        self.asked.add(name)
        return super().__getitem__(name)

    def __iter__(self) -> Iterator[str]:  # else Python would copy the values without asking for them
        return super().__iter__()


def draw_example(claim: Claim, source: Source, given: Env | None = None) -> Example | None:
    """One example's values, hypotheses not looked at; None when a type is empty (`Fin 0`) or seems to be.

    `given` are values that are taken and not drawn. Raises Unsupported for a type that cannot be drawn.
    """
    values, types = _draw_sizes(claim, source, given or {})
    for binder in claim.variables:
        if binder.name in values:
            continue
        of_type = _type(binder, values, source)
        if of_type.is_empty:
            return None
        if not of_type.settles:
            source.ordinary.add(binder.name)
        types[binder.name] = of_type
        try:
            values[binder.name] = _drawn(claim, binder.name, of_type, source)
        except NotDrawn:
            return None
    return Example(types, {b.name: values[b.name] for b in claim.variables})


def _drawn(claim: Claim, name: str, of_type: Type, source: Source) -> Value:
    source.reach = Reach.SIZE if name in source.dimensions else claim.reach.get(name, Reach.INDEX)
    return of_type.draw(source)


def _draw_sizes(claim: Claim, source: Source, given: Env) -> tuple[_Values, dict[str, Type]]:
    """Sizes, then what settles sizes, then what is made of what the other variables need of it."""
    variables = tuple(binder for binder in claim.variables if binder.name not in source.ordinary)
    if source.index <= LAST_EQUAL:
        variables = claim.variables
    values = _Values()
    types: dict[str, Type] = {}
    unknown: dict[str, Unknown] = {}
    sizes = [binder for binder in variables if type(_type_if_ready(binder, values, source)) is NatT]
    source.crowded = len(sizes) >= CROWD and not source.plain
    for binder in variables:
        of_type = _type_if_ready(binder, values, source)
        if of_type is None:
            continue
        if of_type.is_size and not of_type.is_empty:
            values[binder.name] = _drawn(claim, binder.name, of_type, source)
            types[binder.name] = of_type
        elif (later := of_type.unknown()) is not None:
            values[binder.name] = unknown[binder.name] = later
            types[binder.name] = of_type
    for binder in variables:
        of_type = _type_if_ready(binder, values, source)
        settled = None if of_type is None else of_type.settle(source, given.get(binder.name))
        if settled is not None:
            _settle(settled, values, unknown)
            values[binder.name], types[binder.name] = settled.value, _type(binder, values, source)
    for binder in variables:
        of_type = _type_if_ready(binder, values, source)
        if of_type is not None:
            of_type.ask(source)
    for name, later in unknown.items():
        values[name] = later.known(source)
    return values, types


def _settle(settled: Settled, values: dict[str, Value], unknown: dict[str, Unknown]) -> None:
    for place, found in settled.places:
        for name in [name for name, value in values.items() if value is place]:
            values[name] = found
            if name in unknown:
                unknown.pop(name).close()


def _type(binder: Binder, values: _Values, source: Source) -> Type:
    """The type; what it speaks of is noted. KeyError where it speaks of a variable that is drawn later."""
    values.asked = asked = source.reads.setdefault(binder.name, set())
    known = len(asked)
    of_type: Type | None = None
    try:
        of_type = binder.type(values)
    finally:
        if len(asked) > known:
            _note_sizes(binder.name, of_type, source)
    return of_type


def _type_if_ready(binder: Binder, values: _Values, source: Source) -> Type | None:
    try:
        return _type(binder, values, source)
    except KeyError:
        return None


def _note_sizes(name: str, of_type: Type | None, source: Source) -> None:
    """What other types than those of numbers are made of are sizes, and so is what bounds these."""
    pending = (
        source.reads[name] if of_type is None or not of_type.is_number or name in source.dimensions else set()
    )
    while pending - source.dimensions:
        new = pending - source.dimensions
        source.dimensions |= new
        pending = {each for one in new for each in source.reads.get(one, ())}
