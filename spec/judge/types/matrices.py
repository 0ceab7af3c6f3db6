"""Matrices of reals."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import chain

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.shape import require_size
from leanmirror.spec.judge.numerals import number
from leanmirror.spec.judge.types.base import InnerSpace, Value, taken


@dataclass(frozen=True, slots=True)
class Mat:
    """A value of `Mat m n`: rows, with the sizes, which a 0×n list of rows would lose.

    Raises ShapeError unless there are m rows of n entries. Indexing gives a row.
    """

    m: int
    n: int
    rows: list[list[Scalar]]

    def __post_init__(self) -> None:
        require_size("a matrix, rows", len(self.rows), self.m)
        for row in self.rows:
            require_size("a matrix, a row", len(row), self.n)

    def __getitem__(self, i: int) -> list[Scalar]:
        return self.rows[i]


@dataclass(frozen=True, slots=True)
class MatT(InnerSpace):
    """`Mat m n`, with the Frobenius inner product; also Mathlib's `Matrix (Fin m) (Fin n) ℝ`.

    `of_vectors`: it is the first of these, whose values Lean writes as a vector of vectors.
    """

    m: int
    n: int
    of_vectors: bool = field(default=False, compare=False)

    @property
    def dimension(self) -> int:
        return self.m * self.n

    def reals(self, value: Value) -> Iterator[Scalar]:
        return chain.from_iterable(value.rows)

    def build(self, entries: Iterator[Scalar]) -> Value:
        return Mat(self.m, self.n, [taken(entries, self.n) for _ in range(self.m)])

    def check(self, value: Value) -> None:
        require_size(f"{self}, rows", value.m, self.m)
        require_size(f"{self}, columns", value.n, self.n)

    def show(self, value: Value) -> str:
        rows = [", ".join(map(number, row)) for row in value.rows]
        if self.of_vectors:
            return f"!₂[{', '.join(f'!₂[{row}]' for row in rows)}]"
        return matrix_text(rows, value.n)

    def places(self, name: str) -> list[str]:
        return [f"{name} {i} {j}" for i in range(self.m) for j in range(self.n)]

    def __str__(self) -> str:
        return f"Mat {self.m} {self.n}"


def matrix_text(rows: list[str], n: int) -> str:
    """A Mathlib matrix; without rows or columns it is written by commas or semicolons alone."""
    if not rows or not n:
        return f"!![{',' * n if not rows else ';' * len(rows)}]"
    return f"!![{'; '.join(rows)}]"
