"""What examples are drawn with: three kinds of choices, and all others made of them.

Whoever drives the draws (a seeded generator here) has to know how to make three choices and nothing else.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import MutableSequence, Sequence
from random import Random
from typing import TypeVar

T = TypeVar("T")


class Draws(ABC):
    """A source of choices. The first choice of each is the simplest one."""

    @abstractmethod
    def integer(self, low: int, high: int) -> int:
        """A whole number from low to high, both among them."""

    @abstractmethod
    def choice(self, values: Sequence[T]) -> T:
        """One of the values, of which there is one at least."""

    @abstractmethod
    def weighted(self, values: Sequence[T], weights: Sequence[float]) -> T:
        """One of the values, each as often as its weight says."""

    def chance(self, p: float) -> bool:
        """True so often."""
        return self.weighted((False, True), (1 - p, p))

    def bits(self, count: int) -> int:
        """A natural number of so many bits at most."""
        return self.integer(0, (1 << count) - 1)

    def sample(self, values: Sequence[T], count: int) -> list[T]:
        """So many of the values, none twice, in any order."""
        rest = list(values)
        return [rest.pop(self.integer(0, len(rest) - 1)) for _ in range(count)]

    def shuffle(self, values: MutableSequence[T]) -> None:
        """Put the values in another order."""
        values[:] = self.sample(values, len(values))


class Seeded(Draws):
    """Choices by a generator that a seed determines."""

    def __init__(self, seed: int) -> None:
        self._random = Random(seed)

    def integer(self, low: int, high: int) -> int:
        return self._random.randint(low, high)

    def choice(self, values: Sequence[T]) -> T:
        return self._random.choice(values)

    def weighted(self, values: Sequence[T], weights: Sequence[float]) -> T:
        return self._random.choices(values, weights)[0]

    def chance(self, p: float) -> bool:
        return self._random.random() < p

    def bits(self, count: int) -> int:
        return self._random.getrandbits(count)

    def sample(self, values: Sequence[T], count: int) -> list[T]:
        return self._random.sample(values, count)

    def shuffle(self, values: MutableSequence[T]) -> None:
        self._random.shuffle(values)
