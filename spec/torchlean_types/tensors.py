"""`Tensor ℝ s`, lists of tensors, and linear layers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, islice
from typing import Any

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.shape import Shape, require_size
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.judge.numerals import number
from leanmirror.spec.judge.types import Space, Value
from leanmirror.spec.layers.linear import LinearSpec
from leanmirror.spec.torchlean_types.contexts import context_text
from leanmirror.spec.torchlean_types.shapes import Shapes


@dataclass(frozen=True, slots=True)
class TensorT(Space):
    """`Tensor ℝ s`."""

    s: Shape

    @property
    def dimension(self) -> int:
        return self.s.size

    def reals(self, value: Value) -> Iterator[Scalar]:
        return iter(value.entries)

    def build(self, entries: Iterator[Scalar]) -> Value:
        return Tensor(self.s, list(islice(entries, self.s.size)))

    def check(self, value: Value) -> None:
        if value.shape != self.s:
            raise ShapeError(f"a tensor of shape {value.shape} where {self.s} is needed")

    def show(self, value: Value) -> str:
        return _nested(self.s, iter(value.entries))

    def __str__(self) -> str:
        return f"Tensor ℝ ({self.s})"


def _nested(s: Shape, entries: Iterator[Any]) -> str:
    if not s.dims:
        x = number(next(entries))
        return f".scalar {x}" if x.isdecimal() else f".scalar ({x})"
    inner = Shape(s.dims[1:])
    return f".dim ![{', '.join(_nested(inner, entries) for _ in range(s.dims[0]))}]"


@dataclass(frozen=True, slots=True)
class TListT(Space):
    """`TList Γ`: one tensor for each shape of Γ, as a tuple."""

    Γ: Shapes

    @property
    def dimension(self) -> int:
        return sum(s.size for s in self.Γ)

    def reals(self, value: Value) -> Iterator[Scalar]:
        return chain.from_iterable(t.entries for t in value)

    def build(self, entries: Iterator[Scalar]) -> Value:
        return tuple(TensorT(s).build(entries) for s in self.Γ)

    def check(self, value: Value) -> None:
        require_size(str(self), len(value), len(self.Γ))
        for s, t in zip(self.Γ, value, strict=True):
            TensorT(s).check(t)

    def show(self, value: Value) -> str:
        text = ".nil"
        for x in reversed(value):
            text = f".cons ({TensorT(x.shape).show(x)}) {text if text == '.nil' else f'({text})'}"
        return text

    def __str__(self) -> str:
        return f"TList {context_text(self.Γ)}"


@dataclass(frozen=True, slots=True)
class LinearSpecT(Space):
    """`Spec.LinearSpec ℝ inDim outDim`: weights, then bias."""

    inDim: int
    outDim: int

    @property
    def dimension(self) -> int:
        return self.outDim * self.inDim + self.outDim

    def reals(self, value: Value) -> Iterator[Scalar]:
        return chain(value.weights.entries, value.bias.entries)

    def build(self, entries: Iterator[Scalar]) -> Value:
        weights = TensorT(Shape((self.outDim, self.inDim))).build(entries)
        return LinearSpec(weights, TensorT(Shape((self.outDim,))).build(entries))

    def show(self, value: Value) -> str:
        weights, bias = (TensorT(x.shape).show(x) for x in (value.weights, value.bias))
        return f"{{ weights := {weights}, bias := {bias} }}"

    def __str__(self) -> str:
        return f"LinearSpec ℝ {self.inDim} {self.outDim}"
