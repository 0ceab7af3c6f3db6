"""Operations on vectors and on tensors, with their rules and certificates."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.judge.numerals import Json
from leanmirror.spec.judge.types import RecipeT, Value
from leanmirror.spec.torchlean_types.makers import makers
from leanmirror.spec.torchlean_types.recipes import Recipe, draw_recipe

if TYPE_CHECKING:
    from leanmirror.spec.judge.source import Source


@dataclass(frozen=True, slots=True)
class OpSpecFDerivCorrectT(RecipeT):
    """`OpSpecFDerivCorrect inDim outDim`: an operation on vectors with its certificate.

    The value of an example is a `Recipe`, whose numbers are its real entries.
    """

    inDim: int
    outDim: int

    def draw(self, source: Source) -> Value:
        return draw_recipe(self.inDim, self.outDim, source)

    def decode(self, data: Json) -> Value:
        return Recipe.of_json(data, self.inDim, self.outDim)

    def __str__(self) -> str:
        return f"OpSpecFDerivCorrect {self.inDim} {self.outDim}"


@dataclass(frozen=True, slots=True)
class OpSpecCorrectT(RecipeT):
    """`Proofs.Autograd.OpSpecCorrect σ τ`: an operation on tensors with its forward-mode rule."""

    σ: Shape
    τ: Shape

    def built(self, recipe: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        return recipe.operation(entry)

    def draw(self, source: Source) -> Value:
        return makers().draw_operation(self.σ, self.τ, source)

    def decode(self, data: Json) -> Value:
        return makers().read_operation(self.σ, self.τ, data)

    def __str__(self) -> str:
        return f"OpSpecCorrect ({self.σ}) ({self.τ})"


@dataclass(frozen=True, slots=True)
class OpSpecT(OpSpecCorrectT):
    """`Spec.OpSpec ℝ σ τ`: an operation on tensors."""

    def built(self, recipe: Value, entry: Callable[[Scalar], Scalar]) -> Value:
        return recipe.operation(entry).op

    def show(self, recipe: Value) -> str:
        return f"({recipe.lean}).op"

    def __str__(self) -> str:
        return f"OpSpec ℝ ({self.σ}) ({self.τ})"
