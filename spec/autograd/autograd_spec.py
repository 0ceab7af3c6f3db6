"""Operations with their backward pass.

Lean module: NN.Spec.Autograd.AutogradSpec
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from leanmirror.spec.core.shape import Shape, require_shape
from leanmirror.spec.core.tensor.core import Tensor


@dataclass(frozen=True, slots=True)
class OpSpec:
    """An operation from shape σ to shape τ: `forward x`, and `backward x dLdy`, its vector-Jacobian product.

    Lean: Spec.OpSpec
    """

    σ: Shape
    τ: Shape
    forward: Callable[[Tensor], Tensor]
    backward: Callable[[Tensor, Tensor], Tensor]

    @staticmethod
    def id(σ: Shape) -> OpSpec:
        """The identity.

        Lean: Spec.OpSpec.id
        """
        return OpSpec(σ, σ, lambda x: x, lambda _x, dLdy: dLdy)

    def compose(self, g: OpSpec) -> OpSpec:
        """`g` after this operation; ShapeError unless `g` starts where this one ends.

        Lean: Spec.OpSpec.compose
        """
        require_shape("compose, the second operation's input", g.σ, self.τ)

        def backward(x: Tensor, dLdz: Tensor) -> Tensor:
            y = self.forward(x)
            return self.backward(x, g.backward(y, dLdz))

        return OpSpec(self.σ, g.τ, lambda x: g.forward(self.forward(x)), backward)
