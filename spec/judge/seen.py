"""Which inputs a claim was run at: how many are different where it looks, and which are all there are."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from math import prod
from typing import Any

from leanmirror.spec.judge.claim import Claim
from leanmirror.spec.judge.examples import Example
from leanmirror.spec.judge.judgement import attempt
from leanmirror.spec.judge.types import BoolT, FinsetT, FinT, NatT, PiT, PropT, Space, Type, UnitT, Value
from leanmirror.spec.judge.types.base import MOST_VALUES
from leanmirror.spec.judge.types.naturals import BoundedNatT


class _Noted(dict[str, Any]):
    """An example that notes which variables are looked at."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        super().__init__(values)
        self.seen: set[str] = set()

    def __getitem__(self, name: str) -> Any:
        self.seen.add(name)
        return super().__getitem__(name)


def matters(claim: Claim, example: Example, part: str | None = None) -> set[str]:
    """The variables that the hypotheses and that part, or all parts, look at."""
    noted = _Noted(example.realized())
    looks = [judge for name, judge in claim.parts if part in {None, name}]
    for look in (*looks, *(hypothesis.holds for hypothesis in claim.hypotheses)):
        attempt(partial(look, noted))
    return noted.seen or set(example.values)


@dataclass(slots=True)
class Seen:
    """The examples that met the hypotheses, by what the claim looks at.

    `filled`: one of them has no empty part; `could`: one that was drawn had none, met or not. `plain`: what
    the claim looks at has no real numbers in it. `only` are the variables that had one value each time, in
    Lean's words.
    """

    claim: Claim
    names: tuple[str, ...] | None = None
    keys: set[str] = field(default_factory=set)
    filled: bool = False
    could: bool = False
    plain: bool = True
    only: dict[str, str] = field(default_factory=dict)
    types: Mapping[str, Type] = field(default_factory=dict)

    def drawn(self, example: Example) -> None:
        """Note an example whose hypotheses have not been looked at."""
        self.could = self.could or _is_filled(example)

    def met(self, example: Example) -> None:
        """Note an example that meets the hypotheses."""
        if self.names is None:
            looked = matters(self.claim, example)
            self.types = example.types
            self.names = tuple(name for name in example.values if name in looked)
            self.only = {name: example.types[name].show(example.values[name]) for name in self.names}
        self.plain = self.plain and not any(
            True for name in self.names for _ in example.types[name].reals(example.values[name])
        )
        self.keys.add(self._key(example))
        self.filled = self.filled or _is_filled(example)
        for name in list(self.only) if len(self.keys) > 1 else ():
            if example.types[name].show(example.values[name]) != self.only[name]:
                del self.only[name]

    def knows(self, example: Example) -> bool:
        """There was the same already, where it has no real numbers."""
        return self.plain and self.names is not None and self._key(example) in self.keys

    def _key(self, example: Example) -> str:
        names = self.names or ()
        return repr([(name, example.types[name].encode(example.values[name])) for name in names])

    @property
    def distinct(self) -> int:
        """How many of them are different."""
        return len(self.keys)

    @property
    def complete(self) -> bool:
        """All values that the variables have, where the claim looks at them, met the hypotheses.

        Hypotheses leave few to those that are `determined`; the others are of types with few.
        """
        return bool(self.keys) and self.distinct == self._all

    @property
    def _all(self) -> int | None:
        left = self.claim.determined
        listed = [self.types[name].values() for name in self.names or () if name not in left]
        counts = [sum(1 for _ in values) for values in listed if values is not None]
        few = prod(left[name] for name in self.names or () if name in left)
        return few * prod(counts) if len(counts) == len(listed) else None

    @property
    def empty_only(self) -> bool:
        """All that met the hypotheses have an empty part, and not all that were drawn."""
        return self.could and not self.filled


def _is_filled(example: Example) -> bool:
    """None of its data is empty: a vector, a family, a list, a tensor."""
    return all(n >= 1 for name, value in example.values.items() for n in _extents(example.types[name], value))


def _extents(of_type: Type, value: Value) -> Sequence[int]:
    if isinstance(of_type, PiT):
        return (of_type.n,)
    if isinstance(of_type, Space) and of_type.is_space:
        return (of_type.dimension,)
    return () if isinstance(of_type, NatT) else of_type.sizes(value)


def all_inputs(claim: Claim, most: int) -> list[Example] | None:
    """All inputs that there are, in order; None where there are more, or it cannot be told."""
    found: list[Example] = []
    for example in _inputs(claim, {}, {}):
        if example is None or len(found) == most:
            return None
        found.append(example)
    return found


def _inputs(claim: Claim, types: dict[str, Type], values: dict[str, Value]) -> Iterator[Example | None]:
    """The examples that go on from these values; None for some that cannot be listed."""
    if len(values) == len(claim.variables):
        yield Example(types, values)
        return
    binder = claim.variables[len(values)]
    try:
        of_type = binder.type(values)
    except KeyError:  # it speaks of a variable that comes later
        yield None
        return
    listed = _listed(of_type)
    if listed is None:
        yield None
        return
    for value in listed:
        yield from _inputs(claim, {**types, binder.name: of_type}, {**values, binder.name: value})


def _listed(of_type: Type) -> list[Value] | None:
    """The values of a type as examples have them, where they can be listed."""
    if isinstance(of_type, BoundedNatT) and of_type.high is not None:
        return list(range(of_type.low, min(of_type.high, of_type.low + MOST_VALUES) + 1))
    if isinstance(of_type, PropT):  # an example has True or False, what is run its judgement
        return [False, True]
    found = of_type.values()
    return list(found) if found is not None and _of_data(of_type) else None


def _of_data(of_type: Type) -> bool:
    """What is run of a value is the value itself, as an example has it."""
    if isinstance(of_type, FinsetT):
        return _of_data(of_type.of_type)
    return isinstance(of_type, UnitT | BoolT | FinT | Space)
