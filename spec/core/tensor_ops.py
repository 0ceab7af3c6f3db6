"""Elementwise operations on tensors; the shape is kept, and two operands have the same one.

Lean module: NN.Spec.Core.TensorOps
"""

from __future__ import annotations

from collections.abc import Callable
from operator import add, mul, neg, sub

from leanmirror.spec.core.context import Scalar, div, gt, lt, max_
from leanmirror.spec.core.shape import require_shape
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.nn_core.numeric import MathFunctions


def mapSpec(f: Callable[[Scalar], Scalar], t: Tensor) -> Tensor:
    """`f` of every entry.

    Lean: Spec.Tensor.mapSpec
    """
    return Tensor(t.shape, [f(x) for x in t.entries])


def map2Spec(f: Callable[[Scalar, Scalar], Scalar], t1: Tensor, t2: Tensor) -> Tensor:
    """`f` of the entries of two tensors, pairwise; ShapeError where the shapes differ.

    Lean: Spec.Tensor.map2Spec
    """
    require_shape("map2Spec", t2.shape, t1.shape)
    return Tensor(t1.shape, [f(x, y) for x, y in zip(t1.entries, t2.entries, strict=True)])


def addSpec(T1: Tensor, T2: Tensor) -> Tensor:
    """The sum, entry by entry.

    Lean: Spec.Tensor.addSpec
    """
    return map2Spec(add, T1, T2)


def mulSpec(T1: Tensor, T2: Tensor) -> Tensor:
    """The product, entry by entry.

    Lean: Spec.Tensor.mulSpec
    """
    return map2Spec(mul, T1, T2)


def subSpec(t1: Tensor, t2: Tensor) -> Tensor:
    """The difference, entry by entry.

    Lean: Spec.Tensor.subSpec
    """
    return map2Spec(sub, t1, t2)


def divSpec(t1: Tensor, t2: Tensor) -> Tensor:
    """The quotient, entry by entry; over ℝ it is 0 where the divisor is 0.

    Lean: Spec.Tensor.divSpec
    """
    return map2Spec(div, t1, t2)


def scaleSpec(t: Tensor, scalar: Scalar) -> Tensor:
    """Every entry times `scalar`.

    Lean: Spec.Tensor.scaleSpec
    """
    return mapSpec(lambda x: x * scalar, t)


def squareSpec(t: Tensor) -> Tensor:
    """Every entry times itself.

    Lean: Spec.Tensor.squareSpec
    """
    return mapSpec(lambda x: x * x, t)


def sqrtSpec(t: Tensor) -> Tensor:
    """The square root of every entry's positive part.

    Lean: Spec.Tensor.sqrtSpec
    """
    return mapSpec(lambda x: MathFunctions.sqrt(max_(x, 0)), t)


def absSpec(t: Tensor) -> Tensor:
    """The absolute value of every entry.

    Lean: Spec.Tensor.absSpec
    """
    return mapSpec(MathFunctions.abs, t)


def logSpec(t: Tensor) -> Tensor:
    """The logarithm of every entry.

    Lean: Spec.Tensor.logSpec
    """
    return mapSpec(MathFunctions.log, t)


def expSpec(t: Tensor) -> Tensor:
    """The exponential of every entry.

    Lean: Spec.Tensor.expSpec
    """
    return mapSpec(MathFunctions.exp, t)


def negSpec(t: Tensor) -> Tensor:
    """Every entry negated.

    Lean: Spec.Tensor.negSpec
    """
    return mapSpec(neg, t)


def invSpec(x: Tensor) -> Tensor:
    """`1 / x` for every entry; over ℝ it is 0 at 0.

    Lean: Spec.Tensor.invSpec
    """
    return mapSpec(lambda v: div(1, v), x)


def signSpec(t: Tensor) -> Tensor:
    """1, -1 or 0 for every entry; 0 for a NaN.

    Lean: Spec.Tensor.signSpec
    """
    return mapSpec(lambda x: 1 if gt(x, 0) else -1 if lt(x, 0) else 0, t)


def coshSpec(t: Tensor) -> Tensor:
    """The hyperbolic cosine of every entry.

    Lean: Spec.Tensor.coshSpec
    """
    return mapSpec(MathFunctions.cosh, t)


def sinhSpec(t: Tensor) -> Tensor:
    """The hyperbolic sine of every entry.

    Lean: Spec.Tensor.sinhSpec
    """
    return mapSpec(MathFunctions.sinh, t)
