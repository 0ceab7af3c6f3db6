"""Functions that are given by their values, and real numbers told apart by a bound, as examples."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from typing import Any

from leanmirror.spec.core.context import lt
from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.judge.numerals import number
from leanmirror.spec.judge.types.base import Type, Value
from leanmirror.spec.judge.types.finite import BoolT
from leanmirror.spec.judge.types.products import ProdT
from leanmirror.spec.judge.types.smooth import Entry


@dataclass(frozen=True)
class Table:
    """A function that is given by its values: all of them, or those that repeat for ever."""

    dom: Type
    cod: Type
    values: tuple[Value, ...]

    def reals(self) -> Iterator[Scalar]:
        """The numbers in the values."""
        return chain.from_iterable(self.cod.reals(v) for v in self.values)

    def with_reals(self, entries: Iterator[Scalar]) -> Table:
        """The same table with other numbers."""
        return replace(self, values=tuple(self.cod.with_reals(v, entries) for v in self.values))

    def build(self, entry: Entry) -> Table:
        """The table with its numbers converted."""
        return replace(self, values=tuple(self.cod.built(v, entry) for v in self.values))

    @cached_property
    def keys(self) -> list[Value] | None:
        """What it takes, where that can be listed."""
        found = self.dom.values()
        return None if found is None else list(found)

    def __call__(self, x: Value) -> Value:
        if self.keys is None:
            return self.values[x % len(self.values)]
        return self.values[self.keys.index(x)]

    @property
    def lean(self) -> str:
        """The function in Lean."""
        texts = [self.cod.show(v) for v in self.values]
        if isinstance(self.dom, BoolT):
            return f"fun b => if b then {texts[1]} else {texts[0]}"
        if self.keys is None:
            cases = " ".join(f"if n % {len(texts)} = {i} then {x} else" for i, x in enumerate(texts[:-1]))
            return f"fun n => {cases} {texts[-1]}".replace("  ", " ")
        keys = [_key(self.dom, key) for key in self.keys]
        return f"fun {' '.join(f'| {k} => {x}' for k, x in zip(keys, texts, strict=True))}"

    def to_json(self) -> Any:
        """The values as JSON."""
        return {"values": [self.cod.encode(v) for v in self.values]}


def _key(of_type: Type, key: Value) -> str:
    if isinstance(of_type, ProdT):
        return f"({_key(of_type.first, key[0])}, {_key(of_type.second, key[1])})"
    return str(key).lower()


@dataclass(frozen=True)
class Above:
    """`x ↦ bound < x` as a Bool, or its negation."""

    bound: Any
    negated: bool

    def reals(self) -> Iterator[Scalar]:
        """The bound."""
        return iter((self.bound,))

    def with_reals(self, entries: Iterator[Scalar]) -> Above:
        """The same with another bound."""
        return replace(self, bound=next(entries))

    def build(self, entry: Entry) -> Above:
        """The same with its bound converted."""
        return replace(self, bound=entry(self.bound))

    def __call__(self, x: Value) -> bool:
        return lt(self.bound, x) != self.negated

    @property
    def lean(self) -> str:
        """The function in Lean."""
        relation = f"{number(self.bound)} < x"
        return f"fun x => decide ({f'¬ {relation}' if self.negated else relation})"

    def to_json(self) -> Any:
        """The bound as JSON."""
        return {"above": str(self.bound), "negated": self.negated}
