"""Examples: values for a claim's binders, each drawn by its type, sizes before what hangs on them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from leanmirror.spec.errors import NotDrawn
from leanmirror.spec.judge.balls import realize
from leanmirror.spec.judge.claim import Binder, Claim, Env
from leanmirror.spec.judge.source import Source
from leanmirror.spec.judge.types import NatT, Settled, Type, Unknown, Value

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


def draw_example(claim: Claim, source: Source, given: Env | None = None) -> Example | None:
    """One example's values, hypotheses not looked at; None when a type is empty (`Fin 0`) or seems to be.

    `given` are values that are taken and not drawn. Raises Unsupported for a type that cannot be drawn.
    """
    values, types = _draw_sizes(claim.variables, source, given or {})
    for binder in claim.variables:
        if binder.name in values:
            continue
        of_type = binder.type(values)
        if of_type.is_empty:
            return None
        if not of_type.settles:
            source.ordinary.add(binder.name)
        types[binder.name] = of_type
        try:
            values[binder.name] = of_type.draw(source)
        except NotDrawn:
            return None
    return Example(types, {b.name: values[b.name] for b in claim.variables})


def _draw_sizes(
    variables: tuple[Binder, ...], source: Source, given: Env
) -> tuple[dict[str, Value], dict[str, Type]]:
    """Sizes, then what settles sizes, then what is made of what the other variables need of it."""
    variables = tuple(binder for binder in variables if binder.name not in source.ordinary)
    values: dict[str, Value] = {}
    types: dict[str, Type] = {}
    unknown: dict[str, Unknown] = {}
    sizes = [binder for binder in variables if type(_type_if_ready(binder, values)) is NatT]
    source.crowded = len(sizes) >= CROWD and not source.plain
    for binder in variables:
        of_type = _type_if_ready(binder, values)
        if of_type is None:
            continue
        if of_type.is_size and not of_type.is_empty:
            values[binder.name], types[binder.name] = of_type.draw(source), of_type
        elif (later := of_type.unknown()) is not None:
            values[binder.name] = unknown[binder.name] = later
            types[binder.name] = of_type
    for binder in variables:
        of_type = _type_if_ready(binder, values)
        settled = None if of_type is None else of_type.settle(source, given.get(binder.name))
        if settled is not None:
            _settle(settled, values, unknown)
            values[binder.name], types[binder.name] = settled.value, binder.type(values)
    for binder in variables:
        of_type = _type_if_ready(binder, values)
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


def _type_if_ready(binder: Binder, values: Env) -> Type | None:
    try:
        return binder.type(values)
    except KeyError:  # the type speaks of a variable that is drawn later
        return None
