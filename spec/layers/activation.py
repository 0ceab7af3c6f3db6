"""Activations: scalar functions with their chosen derivatives, then their tensor forms.

`Math` holds the scalar functions, one definition for every scalar. The tensor forms map them over the
entries, except softmax and log-softmax, which act on the last axis with the largest entry subtracted.

The tensor forms `leakyReluSpec`, `leakyReluDerivSpec`, `eluSpec` and `eluDerivSpec` are mirrored as they are
written in Lean: they map `Math.f slope`, which binds the parameter to the argument `x`, so every entry
arrives as the slope. `eluSpec t alpha` has entries `alpha` where `alpha > 0` and `a * (exp alpha - 1)` else.

Lean module: NN.Spec.Layers.Activation
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, reduce

from leanmirror.spec.core.context import Scalar, div, gt, max_, rational
from leanmirror.spec.core.shape import SCALAR, Shape, require_shape
from leanmirror.spec.core.tensor.constructors import fill
from leanmirror.spec.core.tensor.core import Tensor, get, replicate, require_vector
from leanmirror.spec.core.tensor_ops import divSpec, expSpec, mapSpec, mulSpec, subSpec
from leanmirror.spec.core.tensor_reduction_shape.reductions import dotSpec, sumSpec
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.nn_core.numeric import MathFunctions, Numbers


class Math:
    """Scalar activations and their derivatives."""

    @staticmethod
    def reluSpec(x: Scalar) -> Scalar:
        """`max x 0`.

        Lean: Activation.Math.reluSpec
        """
        return max_(x, 0)

    @staticmethod
    def reluDerivSpec(x: Scalar) -> Scalar:
        """1 where `x > 0`, else 0; at the kink 0.

        Lean: Activation.Math.reluDerivSpec
        """
        return 1 if gt(x, 0) else 0

    @staticmethod
    def sigmoidSpec(x: Scalar) -> Scalar:
        """`1 / (1 + exp (-x))`.

        Lean: Activation.Math.sigmoidSpec
        """
        return div(1, 1 + MathFunctions.exp(-x))

    @staticmethod
    def sigmoidDerivSpec(x: Scalar) -> Scalar:
        """`s * (1 - s)` with `s = sigmoidSpec x`.

        Lean: Activation.Math.sigmoidDerivSpec
        """
        s = Math.sigmoidSpec(x)
        return s * (1 - s)

    @staticmethod
    def tanhSpec(x: Scalar) -> Scalar:
        """`tanh x`.

        Lean: Activation.Math.tanhSpec
        """
        return MathFunctions.tanh(x)

    @staticmethod
    def tanhDerivSpec(x: Scalar) -> Scalar:
        """`1 - tanh x * tanh x`.

        Lean: Activation.Math.tanhDerivSpec
        """
        return 1 - MathFunctions.tanh(x) * MathFunctions.tanh(x)

    @staticmethod
    def leakyReluSpec(x: Scalar, αl: Scalar) -> Scalar:
        """`x` where `x > 0`, else `αl * x`.

        Lean: Activation.Math.leakyReluSpec
        """
        return x if gt(x, 0) else αl * x

    @staticmethod
    def leakyReluDerivSpec(x: Scalar, αl: Scalar) -> Scalar:
        """1 where `x > 0`, else `αl`; at the kink `αl`.

        Lean: Activation.Math.leakyReluDerivSpec
        """
        return 1 if gt(x, 0) else αl

    @staticmethod
    def sinhSpec(x: Scalar) -> Scalar:
        """`sinh x`.

        Lean: Activation.Math.sinhSpec
        """
        return MathFunctions.sinh(x)

    @staticmethod
    def sinhDerivSpec(x: Scalar) -> Scalar:
        """`cosh x`.

        Lean: Activation.Math.sinhDerivSpec
        """
        return MathFunctions.cosh(x)

    @staticmethod
    def coshSpec(x: Scalar) -> Scalar:
        """`cosh x`.

        Lean: Activation.Math.coshSpec
        """
        return MathFunctions.cosh(x)

    @staticmethod
    def coshDerivSpec(x: Scalar) -> Scalar:
        """`sinh x`.

        Lean: Activation.Math.coshDerivSpec
        """
        return MathFunctions.sinh(x)

    @staticmethod
    def logisticSpec(x: Scalar) -> Scalar:
        """`exp x / (exp x + 1)`: the sigmoid over ℝ; over floats NaN where `exp x` overflows.

        Lean: Activation.Math.logisticSpec
        """
        e = MathFunctions.exp(x)
        return div(e, e + 1)

    @staticmethod
    def logisticDerivSpec(x: Scalar) -> Scalar:
        """`L * (1 - L)` with `L = logisticSpec x`.

        Lean: Activation.Math.logisticDerivSpec
        """
        y = Math.logisticSpec(x)
        return y * (1 - y)

    @staticmethod
    def eluSpec(x: Scalar, alpha: Scalar) -> Scalar:
        """`x` where `x > 0`, else `alpha * (exp x - 1)`.

        Lean: Activation.Math.eluSpec
        """
        return x if gt(x, 0) else alpha * (MathFunctions.exp(x) - 1)

    @staticmethod
    def eluDerivSpec(x: Scalar, alpha: Scalar) -> Scalar:
        """1 where `x > 0`, else `alpha * exp x`; at the kink `alpha`.

        Lean: Activation.Math.eluDerivSpec
        """
        return 1 if gt(x, 0) else alpha * MathFunctions.exp(x)

    @staticmethod
    def geluTanhCoeff(like: Scalar) -> Scalar:
        """44715 / 1000000 in the scalar kind of `like`.

        Lean: Activation.Math.geluTanhCoeff
        """
        return rational(like, 44715, 1000000)

    @staticmethod
    def geluSpec(x: Scalar) -> Scalar:
        """`x * (1 + tanh (√(2/π) * (x + 0.044715 x³))) / 2`.

        Lean: Activation.Math.geluSpec
        """
        two = 1 + 1
        sqrt_two_over_pi = MathFunctions.sqrt(div(two, MathFunctions.pi(x)))
        coeff = Math.geluTanhCoeff(x)
        return div(x * (1 + MathFunctions.tanh(sqrt_two_over_pi * (x + coeff * x * x * x))), two)

    @staticmethod
    def geluDerivSpec(x: Scalar) -> Scalar:
        """`(1 + t + x * (1 - t²) * i) / 2`: t the tanh of `geluSpec`, i the derivative of its argument.

        Lean: Activation.Math.geluDerivSpec
        """
        two, three = 1 + 1, 1 + 1 + 1
        sqrt_two_over_pi = MathFunctions.sqrt(div(two, MathFunctions.pi(x)))
        coeff = Math.geluTanhCoeff(x)
        tanh_term = MathFunctions.tanh(sqrt_two_over_pi * (x + coeff * x * x * x))
        sech_term = 1 - tanh_term * tanh_term
        inner_deriv = sqrt_two_over_pi * (1 + three * coeff * x * x)
        return div(1 + tanh_term + x * sech_term * inner_deriv, two)

    @staticmethod
    def swishSpec(x: Scalar) -> Scalar:
        """`x * sigmoidSpec x`.

        Lean: Activation.Math.swishSpec
        """
        return x * Math.sigmoidSpec(x)

    @staticmethod
    def swishDerivSpec(x: Scalar) -> Scalar:
        """`s + x * s * (1 - s)` with `s = sigmoidSpec x`.

        Lean: Activation.Math.swishDerivSpec
        """
        s = Math.sigmoidSpec(x)
        return s + x * s * (1 - s)

    @staticmethod
    def softplusSpec(x: Scalar) -> Scalar:
        """`log (1 + exp x)`, as `x + log (1 + exp (-x))` where `x > 0`.

        Lean: Activation.Math.softplusSpec
        """
        if gt(x, 0):
            return x + MathFunctions.log(1 + MathFunctions.exp(-x))
        return MathFunctions.log(1 + MathFunctions.exp(x))

    @staticmethod
    def softplusDerivSpec(x: Scalar) -> Scalar:
        """`sigmoidSpec x`.

        Lean: Activation.Math.softplusDerivSpec
        """
        return Math.sigmoidSpec(x)

    @staticmethod
    def safeLogSpec(x: Scalar, ε: Scalar | None = None) -> Scalar:
        """`log (softplusSpec x + ε)`, not `log (x + ε)`; ε is `Numbers.epsilon` where it is not given.

        Lean: Activation.Math.safeLogSpec
        """
        return MathFunctions.log(Math.softplusSpec(x) + _epsilon(ε, x))

    @staticmethod
    def safeLogDerivSpec(x: Scalar, ε: Scalar | None = None) -> Scalar:
        """`softplusDerivSpec x / (softplusSpec x + ε)`.

        Lean: Activation.Math.safeLogDerivSpec
        """
        return div(Math.softplusDerivSpec(x), Math.softplusSpec(x) + _epsilon(ε, x))

    @staticmethod
    def smoothAbsSpec(x: Scalar, ε: Scalar | None = None) -> Scalar:
        """`√(x * x + ε)`; ε is `Numbers.epsilon` where it is not given.

        Lean: Activation.Math.smoothAbsSpec
        """
        return MathFunctions.sqrt(x * x + _epsilon(ε, x))

    @staticmethod
    def smoothAbsDerivSpec(x: Scalar, ε: Scalar | None = None) -> Scalar:
        """`x / smoothAbsSpec x ε`; over ℝ it is 0 where that root is 0.

        Lean: Activation.Math.smoothAbsDerivSpec
        """
        return div(x, Math.smoothAbsSpec(x, ε))


def _epsilon(ε: Scalar | None, like: Scalar) -> Scalar:
    return Numbers.epsilon(like) if ε is None else ε


def tanhSpec(t: Tensor) -> Tensor:
    """`Math.tanhSpec` of every entry.

    Lean: Activation.tanhSpec
    """
    return mapSpec(Math.tanhSpec, t)


def reluSpec(t: Tensor) -> Tensor:
    """`Math.reluSpec` of every entry.

    Lean: Activation.reluSpec
    """
    return mapSpec(Math.reluSpec, t)


def sigmoidSpec(t: Tensor) -> Tensor:
    """`Math.sigmoidSpec` of every entry.

    Lean: Activation.sigmoidSpec
    """
    return mapSpec(Math.sigmoidSpec, t)


def reluDerivSpec(t: Tensor) -> Tensor:
    """`Math.reluDerivSpec` of every entry.

    Lean: Activation.reluDerivSpec
    """
    return mapSpec(Math.reluDerivSpec, t)


def sigmoidDerivSpec(t: Tensor) -> Tensor:
    """`Math.sigmoidDerivSpec` of every entry.

    Lean: Activation.sigmoidDerivSpec
    """
    return mapSpec(Math.sigmoidDerivSpec, t)


def sigmoidOutputDerivSpec(sigmoidOutput: Tensor) -> Tensor:
    """The sigmoid's derivative from its output: `s * (1 - s)` of every entry.

    Lean: Activation.sigmoidOutputDerivSpec
    """
    return mulSpec(sigmoidOutput, subSpec(fill(1, sigmoidOutput.shape), sigmoidOutput))


def tanhDerivSpec(t: Tensor) -> Tensor:
    """`Math.tanhDerivSpec` of every entry.

    Lean: Activation.tanhDerivSpec
    """
    return mapSpec(Math.tanhDerivSpec, t)


def maxVecSpec(t: Tensor) -> Tensor:
    """The largest entry of a vector, as a tensor of rank 0: a fold that starts at entry 0.

    Raises ShapeError for a vector of length 0.
    Lean: Activation.maxVecSpec
    """
    if require_vector("maxVecSpec", t) == 0:
        raise ShapeError("maxVecSpec: 0 entries where at least 1 is needed")
    return Tensor.scalar(reduce(max_, t.entries, t.entries[0]))


def maxShiftedExpVecSpec(t: Tensor) -> Tensor:
    """`exp (x i - max x)` for a vector of length at least 1.

    Lean: Activation.maxShiftedExpVecSpec
    """
    return expSpec(subSpec(t, replicate(t.shape, maxVecSpec(t))))


def softmaxVecSpec(t: Tensor) -> Tensor:
    """The shifted exponentials of a vector, divided by their sum; the empty vector is kept.

    Lean: Activation.softmaxVecSpec
    """
    if require_vector("softmaxVecSpec", t) == 0:
        return t
    ex = maxShiftedExpVecSpec(t)
    return divSpec(ex, replicate(t.shape, Tensor.scalar(sumSpec(ex))))


def softmaxSpec(t: Tensor) -> Tensor:
    """`softmaxVecSpec` of every row of the last axis; the constant 1 at rank 0.

    Lean: Activation.softmaxSpec
    """
    return _last_axis(1, softmaxVecSpec, t)


def softmaxBackwardSpec(x: Tensor, dY: Tensor) -> Tensor:
    """`y * (dY - Σ dY y)` on every row, with `y = softmaxVecSpec` of the logits `x`; 0 at rank 0.

    Lean: Activation.softmaxBackwardSpec
    """

    def row(x: Tensor, dY: Tensor) -> Tensor:
        y = softmaxVecSpec(x)
        s = sumSpec(mulSpec(dY, y))
        return mulSpec(y, subSpec(dY, replicate(x.shape, Tensor.scalar(s))))

    return _last_axis(0, row, x, dY)


def logSoftmaxVecSpec(t: Tensor) -> Tensor:
    """`(x i - max x) - log (Σ exp (x j - max x))`; the empty vector is kept.

    Lean: Activation.logSoftmaxVecSpec
    """
    if require_vector("logSoftmaxVecSpec", t) == 0:
        return t
    shifted = subSpec(t, replicate(t.shape, maxVecSpec(t)))
    logDenom = MathFunctions.log(sumSpec(maxShiftedExpVecSpec(t)))
    return subSpec(shifted, replicate(t.shape, Tensor.scalar(logDenom)))


def logSoftmaxSpec(t: Tensor) -> Tensor:
    """`logSoftmaxVecSpec` of every row of the last axis; the constant 0 at rank 0.

    Lean: Activation.logSoftmaxSpec
    """
    return _last_axis(0, logSoftmaxVecSpec, t)


def logSoftmaxJvpSpec(y: Tensor, dx: Tensor) -> Tensor:
    """`dx - Σ exp y dx` on every row; `y` is the forward output, not the logits; 0 at rank 0.

    Lean: Activation.logSoftmaxJvpSpec
    """

    def row(y: Tensor, dx: Tensor) -> Tensor:
        directionalMean = dotSpec(expSpec(y), dx)
        return subSpec(dx, replicate(y.shape, Tensor.scalar(directionalMean)))

    return _last_axis(0, row, y, dx)


def logSoftmaxBackwardSpec(y: Tensor, dY: Tensor) -> Tensor:
    """`dY - exp y * Σ dY` on every row; `y` is the forward output, not the logits; 0 at rank 0.

    Lean: Activation.logSoftmaxBackwardSpec
    """

    def row(y: Tensor, dY: Tensor) -> Tensor:
        rowSum = Tensor.scalar(sumSpec(dY))
        return subSpec(dY, mulSpec(expSpec(y), replicate(y.shape, rowSum)))

    return _last_axis(0, row, y, dY)


def _last_axis(at_scalar: int, row: Callable[..., Tensor], t: Tensor, *others: Tensor) -> Tensor:
    """`row` on every vector along the last axis of tensors of one shape; a constant at rank 0."""
    for other in others:
        require_shape("along the last axis", other.shape, t.shape)
    if t.shape == SCALAR:
        return Tensor.scalar(at_scalar)
    if len(t.shape.dims) == 1:
        return row(t, *others)
    n, inner = t.shape.dims[0], Shape(t.shape.dims[1:])
    return Tensor.dim(
        n, inner, lambda i: _last_axis(at_scalar, row, get(t, i), *(get(other, i) for other in others))
    )


def leakyReluSpec(t: Tensor, αl: Scalar) -> Tensor:
    """`Math.leakyReluSpec αl` of every entry: as in Lean, the entry is the slope and `αl` the argument.

    Lean: Activation.leakyReluSpec
    """
    return mapSpec(partial(Math.leakyReluSpec, αl), t)


def leakyReluDerivSpec(t: Tensor, αl: Scalar) -> Tensor:
    """`Math.leakyReluDerivSpec αl` of every entry: as in Lean, the entry is the slope.

    Lean: Activation.leakyReluDerivSpec
    """
    return mapSpec(partial(Math.leakyReluDerivSpec, αl), t)


def eluSpec(t: Tensor, alpha: Scalar) -> Tensor:
    """`Math.eluSpec alpha` of every entry: as in Lean, the entry is the slope and `alpha` the argument.

    Lean: Activation.eluSpec
    """
    return mapSpec(partial(Math.eluSpec, alpha), t)


def eluDerivSpec(t: Tensor, alpha: Scalar) -> Tensor:
    """`Math.eluDerivSpec alpha` of every entry: as in Lean, the entry is the slope.

    Lean: Activation.eluDerivSpec
    """
    return mapSpec(partial(Math.eluDerivSpec, alpha), t)


def geluSpec(t: Tensor) -> Tensor:
    """`Math.geluSpec` of every entry.

    Lean: Activation.geluSpec
    """
    return mapSpec(Math.geluSpec, t)


def geluDerivSpec(t: Tensor) -> Tensor:
    """`Math.geluDerivSpec` of every entry.

    Lean: Activation.geluDerivSpec
    """
    return mapSpec(Math.geluDerivSpec, t)


def swishSpec(t: Tensor) -> Tensor:
    """`Math.swishSpec` of every entry.

    Lean: Activation.swishSpec
    """
    return mapSpec(Math.swishSpec, t)


def swishDerivSpec(t: Tensor) -> Tensor:
    """`Math.swishDerivSpec` of every entry.

    Lean: Activation.swishDerivSpec
    """
    return mapSpec(Math.swishDerivSpec, t)


def softplusSpec(t: Tensor) -> Tensor:
    """`Math.softplusSpec` of every entry.

    Lean: Activation.softplusSpec
    """
    return mapSpec(Math.softplusSpec, t)


def softplusDerivSpec(t: Tensor) -> Tensor:
    """`Math.softplusDerivSpec` of every entry.

    Lean: Activation.softplusDerivSpec
    """
    return mapSpec(Math.softplusDerivSpec, t)


def safeLogSpec(t: Tensor, ε: Scalar | None = None) -> Tensor:
    """`Math.safeLogSpec x ε` of every entry.

    Lean: Activation.safeLogSpec
    """
    return mapSpec(lambda x: Math.safeLogSpec(x, ε), t)


def safeLogDerivSpec(t: Tensor, ε: Scalar | None = None) -> Tensor:
    """`Math.safeLogDerivSpec x ε` of every entry.

    Lean: Activation.safeLogDerivSpec
    """
    return mapSpec(lambda x: Math.safeLogDerivSpec(x, ε), t)


def smoothAbsSpec(t: Tensor, ε: Scalar | None = None) -> Tensor:
    """`Math.smoothAbsSpec x ε` of every entry.

    Lean: Activation.smoothAbsSpec
    """
    return mapSpec(lambda x: Math.smoothAbsSpec(x, ε), t)


def smoothAbsDerivSpec(t: Tensor, ε: Scalar | None = None) -> Tensor:
    """`Math.smoothAbsDerivSpec x ε` of every entry.

    Lean: Activation.smoothAbsDerivSpec
    """
    return mapSpec(lambda x: Math.smoothAbsDerivSpec(x, ε), t)


def activationGradientSpec(
    activation_deriv: Callable[[Tensor], Tensor], input: Tensor, grad_output: Tensor
) -> Tensor:
    """The chain rule of a pointwise activation: `grad_output * activation_deriv input`.

    Lean: Activation.activationGradientSpec
    """
    return mulSpec(grad_output, activation_deriv(input))
