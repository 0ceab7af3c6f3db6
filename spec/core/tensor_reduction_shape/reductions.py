"""Folds over the entries of a tensor, row-major.

The folds go from left to right, one addition at a time: Python's own `sum` compensates floats from 3.12 on,
which would be another function over floats.

Lean module: NN.Spec.Core.TensorReductionShape.Reductions
"""

from __future__ import annotations

from collections.abc import Callable
from functools import reduce
from operator import add, mul
from typing import TypeVar

from leanmirror.spec.core.context import Scalar
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.core.tensor_ops import mulSpec

B = TypeVar("B")


def tensorFoldlSpec(f: Callable[[B, Scalar], B], init: B, t: Tensor) -> B:
    """The left fold of `f` over all entries.

    Lean: Spec.Tensor.tensorFoldlSpec
    """
    return reduce(f, t.entries, init)


def sumSpec(t: Tensor) -> Scalar:
    """The sum of all entries, from 0.

    Lean: Spec.Tensor.sumSpec
    """
    return tensorFoldlSpec(add, 0, t)


def prodSpec(t: Tensor) -> Scalar:
    """The product of all entries, from 1.

    Lean: Spec.Tensor.prodSpec
    """
    return tensorFoldlSpec(mul, 1, t)


def countSpec(t: Tensor) -> int:
    """The number of entries.

    Lean: Spec.Tensor.countSpec
    """
    return tensorFoldlSpec(lambda acc, _: acc + 1, 0, t)


def anySpec(p: Callable[[Scalar], bool], t: Tensor) -> bool:
    """Whether an entry satisfies `p`; false where there is none.

    Lean: Spec.Tensor.anySpec
    """
    return tensorFoldlSpec(lambda acc, x: acc or p(x), False, t)


def allSpec(p: Callable[[Scalar], bool], t: Tensor) -> bool:
    """Whether every entry satisfies `p`; true where there is none.

    Lean: Spec.Tensor.allSpec
    """
    return tensorFoldlSpec(lambda acc, x: acc and p(x), True, t)


def dotSpec(a: Tensor, b: Tensor) -> Scalar:
    """`Σ aᵢ bᵢ`; ShapeError where the shapes differ.

    Lean: Spec.Tensor.dotSpec
    """
    return sumSpec(mulSpec(a, b))
