"""Pairs, and families over `Fin n`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, product
from math import prod
from typing import TYPE_CHECKING

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.shape import require_size
from leanmirror.spec.errors import BadInput
from leanmirror.spec.judge.numerals import Json, items
from leanmirror.spec.judge.simpler import one_simpler
from leanmirror.spec.judge.types.base import MOST_VALUES, Space, Type, Value, space

if TYPE_CHECKING:
    from leanmirror.spec.judge.source import Source


@dataclass(frozen=True, slots=True)
class PiT(Space):
    """`Fin n → T`: a list. A product space without an inner product (Lean gives it the sup norm)."""

    n: int
    of_type: Type

    @property
    def is_space(self) -> bool:
        return self.of_type.is_space

    @property
    def is_conditional(self) -> bool:
        return self.of_type.is_conditional

    def accepts(self, value: Value) -> bool:
        return all(map(self.of_type.accepts, value))

    @property
    def is_empty(self) -> bool:
        return self.n > 0 and self.of_type.is_empty

    @property
    def dimension(self) -> int:
        return self.n * space(self.of_type).dimension

    def reals(self, value: Value) -> Iterator[Scalar]:
        return chain.from_iterable(self.of_type.reals(v) for v in value)

    def build(self, entries: Iterator[Scalar]) -> Value:
        of_type = space(self.of_type)
        return [of_type.build(entries) for _ in range(self.n)]

    def with_reals(self, value: Value, entries: Iterator[Scalar]) -> Value:
        return [self.of_type.with_reals(v, entries) for v in value]

    def built(self, value: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        return [self.of_type.built(v, entry) for v in value]

    def check(self, value: Value) -> None:
        require_size(str(self), len(value), self.n)
        for v in value:
            self.of_type.check(v)

    def values(self) -> Iterator[Value] | None:
        if isinstance(self.of_type, Space) and self.n > 0:
            return None
        parts: list[list[Value]] = []
        for _ in range(self.n):
            found = self.of_type.values()
            if found is None:
                return None
            parts.append(list(found))
        if prod(map(len, parts)) > MOST_VALUES:
            return None
        return (list(choice) for choice in product(*parts))

    def draw(self, source: Source) -> Value:
        if self.is_space:
            return self.build(source.numbers())
        return [self.of_type.draw(source) for _ in range(self.n)]

    def encode(self, value: Value) -> Json:
        if self.is_space:
            return [str(x) for x in self.reals(value)]
        return [self.of_type.encode(v) for v in value]

    def decode(self, data: Json) -> Value:
        if self.is_space:
            return Space.decode(self, data)
        written = items(data)
        if len(written) != self.n:
            raise BadInput(f"{self} has {self.n} entries, not {len(written)}")
        return [self.of_type.decode(each) for each in written]

    def show(self, value: Value) -> str:
        return f"![{', '.join(self.of_type.show(v) for v in value)}]"

    def assembled(self, coordinates: Iterator[str]) -> str:
        of_type = space(self.of_type)
        return f"![{', '.join(of_type.assembled(coordinates) for _ in range(self.n))}]"

    def places(self, name: str) -> list[str]:
        of_type = space(self.of_type)
        return [place for i in range(self.n) for place in of_type.places(f"({name} {i})")]

    def weight(self, value: Value) -> int:
        return sum(map(self.of_type.weight, value))

    def wholes(self, value: Value) -> Iterable[int]:
        return chain.from_iterable(map(self.of_type.wholes, value))

    def simpler(self, value: Value) -> Iterator[Value]:
        if self.is_space:
            return Space.simpler(self, value)
        return one_simpler(value, lambda _, v: self.of_type.simpler(v))

    def __str__(self) -> str:
        return f"Fin {self.n} → {self.of_type}"


@dataclass(frozen=True, slots=True)
class ProdT(Space):
    """`A × B`: a pair."""

    first: Type
    second: Type

    @property
    def is_space(self) -> bool:
        return self.first.is_space and self.second.is_space

    @property
    def is_empty(self) -> bool:
        return self.first.is_empty or self.second.is_empty

    @property
    def dimension(self) -> int:
        return space(self.first).dimension + space(self.second).dimension

    @property
    def is_conditional(self) -> bool:
        return self.first.is_conditional or self.second.is_conditional

    def accepts(self, value: Value) -> bool:
        return self.first.accepts(value[0]) and self.second.accepts(value[1])

    def reals(self, value: Value) -> Iterator[Scalar]:
        return chain(self.first.reals(value[0]), self.second.reals(value[1]))

    def build(self, entries: Iterator[Scalar]) -> Value:
        return (space(self.first).build(entries), space(self.second).build(entries))

    def with_reals(self, value: Value, entries: Iterator[Scalar]) -> Value:
        return (self.first.with_reals(value[0], entries), self.second.with_reals(value[1], entries))

    def built(self, value: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        return (self.first.built(value[0], entry), self.second.built(value[1], entry))

    def check(self, value: Value) -> None:
        self.first.check(value[0])
        self.second.check(value[1])

    def values(self) -> Iterator[Value] | None:
        one, two = self.first.values(), self.second.values()
        return None if one is None or two is None else product(one, two)

    def draw(self, source: Source) -> Value:
        return self.first.draw(source), self.second.draw(source)

    def encode(self, value: Value) -> Json:
        return [self.first.encode(value[0]), self.second.encode(value[1])]

    def decode(self, data: Json) -> Value:
        written = items(data)
        if len(written) != 2:
            raise BadInput(f"a pair is needed, not {len(written)} entries")
        return (self.first.decode(written[0]), self.second.decode(written[1]))

    def show(self, value: Value) -> str:
        return f"({self.first.show(value[0])}, {self.second.show(value[1])})"

    def assembled(self, coordinates: Iterator[str]) -> str:
        first = space(self.first).assembled(coordinates)
        return f"({first}, {space(self.second).assembled(coordinates)})"

    def places(self, name: str) -> list[str]:
        first = space(self.first).places(f"{name}.1")
        return [*first, *space(self.second).places(f"{name}.2")]

    def weight(self, value: Value) -> int:
        return self.first.weight(value[0]) + self.second.weight(value[1])

    def wholes(self, value: Value) -> Iterable[int]:
        return chain(self.first.wholes(value[0]), self.second.wholes(value[1]))

    def simpler(self, value: Value) -> Iterator[Value]:
        parts = (self.first, self.second)
        return map(tuple, one_simpler(value, lambda j, v: parts[j].simpler(v)))

    def __str__(self) -> str:
        return f"{self.first} × {self.second}"
