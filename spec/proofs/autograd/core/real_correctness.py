"""Operations with a forward-mode rule that is adjoint to their backward pass.

Lean module: NN.Proofs.Autograd.Core.RealCorrectness
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from leanmirror.spec.autograd import ops
from leanmirror.spec.autograd.autograd_spec import OpSpec
from leanmirror.spec.core.context import Scalar
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.core.tensor.constructors import fill
from leanmirror.spec.core.tensor.core import Tensor, replicate
from leanmirror.spec.core.tensor.linalg import matVecMulSpec
from leanmirror.spec.core.tensor_ops import coshSpec, expSpec, invSpec, mulSpec, sinhSpec
from leanmirror.spec.core.tensor_reduction_shape.reductions import sumSpec
from leanmirror.spec.judge.comparison import equal
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.layers import activation
from leanmirror.spec.layers.linear import LinearSpec
from leanmirror.spec.nn_core.numeric import Numbers
from leanmirror.spec.proofs.tensor.basic.folds import dot

Forward = Callable[[Tensor], Tensor]
Rule = Callable[[Tensor, Tensor], Tensor]


def VJPCorrect(_forward: Forward, jvp: Rule, vjp: Rule, x: Tensor, dx: Tensor, δ: Tensor) -> Judgement:
    """`dot (jvp x dx) δ = dot dx (vjp x δ)`, at one x, dx, δ.

    Lean: Proofs.Autograd.VJPCorrect
    """
    return equal(dot(jvp(x, dx), δ), dot(dx, vjp(x, δ)))


@dataclass(frozen=True, slots=True)
class OpSpecCorrect:
    """An operation with its forward-mode rule `jvp x dx`.

    Lean: Proofs.Autograd.OpSpecCorrect
    """

    op: OpSpec
    jvp: Rule

    def correct(self, x: Tensor, dx: Tensor, δ: Tensor) -> Judgement:
        """`dot (jvp x dx) δ = dot dx (op.backward x δ)`.

        Lean: Proofs.Autograd.OpSpecCorrect.correct
        """
        return VJPCorrect(self.op.forward, self.jvp, self.op.backward, x, dx, δ)

    def compose(self, g: OpSpecCorrect) -> OpSpecCorrect:
        """`g` after this operation; ShapeError unless `g` starts where this one ends.

        Lean: Proofs.Autograd.OpSpecCorrect.compose
        """
        return OpSpecCorrect(self.op.compose(g.op), lambda x, dx: g.jvp(self.op.forward(x), self.jvp(x, dx)))


def reluCorrect(s: Shape) -> OpSpecCorrect:
    """The rectifier on tensors of shape `s`.

    Lean: Proofs.Autograd.reluCorrect
    """
    return OpSpecCorrect(ops.reluOp(s), lambda x, dx: mulSpec(dx, activation.reluDerivSpec(x)))


def sigmoidCorrect(s: Shape) -> OpSpecCorrect:
    """The sigmoid on tensors of shape `s`.

    Lean: Proofs.Autograd.sigmoidCorrect
    """
    return OpSpecCorrect(ops.sigmoidOp(s), lambda x, dx: mulSpec(dx, activation.sigmoidDerivSpec(x)))


def tanhCorrect(s: Shape) -> OpSpecCorrect:
    """The hyperbolic tangent on tensors of shape `s`.

    Lean: Proofs.Autograd.tanhCorrect
    """
    return OpSpecCorrect(ops.tanhOp(s), lambda x, dx: mulSpec(dx, activation.tanhDerivSpec(x)))


def softplusCorrect(s: Shape) -> OpSpecCorrect:
    """The softplus on tensors of shape `s`.

    Lean: Proofs.Autograd.softplusCorrect
    """
    return OpSpecCorrect(ops.softplusOp(s), lambda x, dx: mulSpec(dx, activation.softplusDerivSpec(x)))


def siluCorrect(s: Shape) -> OpSpecCorrect:
    """The SiLU on tensors of shape `s`.

    Lean: Proofs.Autograd.siluCorrect
    """
    return OpSpecCorrect(ops.siluOp(s), lambda x, dx: mulSpec(dx, activation.swishDerivSpec(x)))


def geluCorrect(s: Shape) -> OpSpecCorrect:
    """The GELU in its tanh form on tensors of shape `s`.

    Lean: Proofs.Autograd.geluCorrect
    """
    return OpSpecCorrect(ops.geluOp(s), lambda x, dx: mulSpec(dx, activation.geluDerivSpec(x)))


def safeLogCorrect(s: Shape, ε: Scalar | None = None) -> OpSpecCorrect:
    """The guarded logarithm on tensors of shape `s`.

    Lean: Proofs.Autograd.safeLogCorrect
    """
    return OpSpecCorrect(ops.safeLogOp(s, ε), lambda x, dx: mulSpec(dx, activation.safeLogDerivSpec(x, ε)))


def smoothAbsCorrect(s: Shape, ε: Scalar | None = None) -> OpSpecCorrect:
    """The smoothed absolute value on tensors of shape `s`.

    Lean: Proofs.Autograd.smoothAbsCorrect
    """
    return OpSpecCorrect(
        ops.smoothAbsOp(s, ε), lambda x, dx: mulSpec(dx, activation.smoothAbsDerivSpec(x, ε))
    )


def expCorrect(s: Shape) -> OpSpecCorrect:
    """The exponential on tensors of shape `s`.

    Lean: Proofs.Autograd.expCorrect
    """
    return OpSpecCorrect(ops.expOp(s), lambda x, dx: mulSpec(dx, expSpec(x)))


def squareCorrect(s: Shape) -> OpSpecCorrect:
    """The square on tensors of shape `s`.

    Lean: Proofs.Autograd.squareCorrect
    """
    return OpSpecCorrect(
        ops.squareOp(s), lambda x, dx: mulSpec(dx, mulSpec(fill(Numbers.two(0), x.shape), x))
    )


def eluCorrect(s: Shape, eluAlpha: Scalar) -> OpSpecCorrect:
    """The tensor-level ELU, whose arguments Lean swaps on tensors of shape `s`.

    Lean: Proofs.Autograd.eluCorrect
    """
    return OpSpecCorrect(
        ops.eluOp(s, eluAlpha), lambda x, dx: mulSpec(dx, activation.eluDerivSpec(x, eluAlpha))
    )


def sinhCorrect(s: Shape) -> OpSpecCorrect:
    """The hyperbolic sine on tensors of shape `s`.

    Lean: Proofs.Autograd.sinhCorrect
    """
    return OpSpecCorrect(ops.sinhOp(s), lambda x, dx: mulSpec(dx, coshSpec(x)))


def coshCorrect(s: Shape) -> OpSpecCorrect:
    """The hyperbolic cosine on tensors of shape `s`.

    Lean: Proofs.Autograd.coshCorrect
    """
    return OpSpecCorrect(ops.coshOp(s), lambda x, dx: mulSpec(dx, sinhSpec(x)))


def logCorrect(s: Shape) -> OpSpecCorrect:
    """The logarithm on tensors of shape `s`.

    Lean: Proofs.Autograd.logCorrect
    """
    return OpSpecCorrect(ops.logOp(s), lambda x, dx: mulSpec(dx, invSpec(x)))


def linearCorrect(m: LinearSpec) -> OpSpecCorrect:
    """`W x + b`, with the rule `W dx`.

    Lean: Proofs.Autograd.linearCorrect
    """
    return OpSpecCorrect(ops.linearOp(m), lambda _x, dx: matVecMulSpec(m.weights, dx))


def sumCorrect(s: Shape) -> OpSpecCorrect:
    """The sum of all entries; its backward pass replicates the cotangent.

    Lean: Proofs.Autograd.sumCorrect
    """
    op = OpSpec(s, Shape.scalar(), lambda x: Tensor.scalar(sumSpec(x)), lambda _x, dLdy: replicate(s, dLdy))
    return OpSpecCorrect(op, lambda _x, dx: Tensor.scalar(sumSpec(dx)))
