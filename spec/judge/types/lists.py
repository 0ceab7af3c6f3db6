"""Lists and finite sets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, combinations
from typing import TYPE_CHECKING

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.judge.numerals import Json, items
from leanmirror.spec.judge.simpler import one_simpler, shorter
from leanmirror.spec.judge.types.base import MOST_VALUES, Type, Value

if TYPE_CHECKING:
    from leanmirror.spec.judge.source import Source


@dataclass(frozen=True, slots=True)
class ListT(Type):
    """`List T`."""

    of_type: Type

    @property
    def is_conditional(self) -> bool:
        return self.of_type.is_conditional

    def accepts(self, value: Value) -> bool:
        return all(map(self.of_type.accepts, value))

    def reals(self, value: Value) -> Iterator[Scalar]:
        return chain.from_iterable(self.of_type.reals(v) for v in value)

    def with_reals(self, value: Value, entries: Iterator[Scalar]) -> Value:
        return [self.of_type.with_reals(v, entries) for v in value]

    def built(self, value: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        return [self.of_type.built(v, entry) for v in value]

    def draw(self, source: Source) -> Value:
        size = source.size()
        return [] if self.of_type.is_empty else [self.of_type.draw(source) for _ in range(size)]

    def encode(self, value: Value) -> Json:
        return [self.of_type.encode(v) for v in value]

    def decode(self, data: Json) -> Value:
        return [self.of_type.decode(v) for v in items(data)]

    def show(self, value: Value) -> str:
        return f"[{', '.join(self.of_type.show(v) for v in value)}]"

    def weight(self, value: Value) -> int:
        return len(value) + sum(map(self.of_type.weight, value))

    def wholes(self, value: Value) -> Iterable[int]:
        return chain.from_iterable(map(self.of_type.wholes, value))

    def simpler(self, value: Value) -> Iterator[Value]:
        return chain(shorter(value), one_simpler(value, lambda _, v: self.of_type.simpler(v)))

    def __str__(self) -> str:
        return f"List {self.of_type}"


@dataclass(frozen=True, slots=True)
class FinsetT(ListT):
    """`Finset T` for a type whose values Python orders: a list in order, without repetitions."""

    def values(self) -> Iterator[Value] | None:
        of = self.of_type.values()
        members = None if of is None else list(of)
        if members is None or 1 << len(members) > MOST_VALUES:
            return None
        sizes = range(len(members) + 1)
        return (list(chosen) for size in sizes for chosen in combinations(members, size))

    def draw(self, source: Source) -> Value:
        return sorted(set(ListT.draw(self, source)))

    def simpler(self, value: Value) -> Iterator[Value]:
        return (sorted(set(each)) for each in ListT.simpler(self, value))

    def show(self, value: Value) -> str:
        return f"{{{', '.join(self.of_type.show(v) for v in value)}}}" if value else "∅"

    def __str__(self) -> str:
        return f"Finset {self.of_type}"
