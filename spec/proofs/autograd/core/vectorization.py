"""Vectors of ℝⁿ, and vector-shaped tensors as such.

Lean module: NN.Proofs.Autograd.Core.Vectorization
"""

from __future__ import annotations

from leanmirror.spec.core.context import Scalar
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.judge.claim import claim
from leanmirror.spec.judge.comparison import equal
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.judge.types import NatT, VecT
from leanmirror.spec.mathlib import inner
from leanmirror.spec.proofs.tensor import algebra
from leanmirror.spec.torchlean_types import TensorT

Vec = list[Scalar]
"""The values of `Vec n`, the Euclidean space ℝⁿ."""


def toVecE(t: Tensor) -> Vec:
    """The entries of a vector-shaped tensor.

    Lean: Proofs.Autograd.toVecE
    """
    return algebra.toVec(t)


def ofVecE(v: Vec) -> Tensor:
    """The vector-shaped tensor with these entries.

    Lean: Proofs.Autograd.ofVecE
    """
    return algebra.ofVec(v)


def toVecE_ofVecE(v: Vec) -> Judgement:
    """`toVecE (ofVecE v) = v`

    Lean: Proofs.Autograd.toVecE_ofVecE
    """
    return equal(toVecE(ofVecE(v)), v)


def ofVecE_toVecE(t: Tensor) -> Judgement:
    """`ofVecE (toVecE t) = t`

    Lean: Proofs.Autograd.ofVecE_toVecE
    """
    return equal(ofVecE(toVecE(t)), t)


def inner_eq_sum_mul(x: Vec, y: Vec) -> Judgement:
    """`⟪x, y⟫ = ∑ i, x i * y i`

    Lean: Proofs.Autograd.inner_eq_sum_mul
    """
    return equal(inner(x, y), sum(x[i] * y[i] for i in range(len(x))))


CLAIMS = (
    claim("Proofs.Autograd.toVecE_ofVecE", toVecE_ofVecE, n=NatT(), v=lambda n: VecT(n)),
    claim("Proofs.Autograd.ofVecE_toVecE", ofVecE_toVecE, n=NatT(), t=lambda n: TensorT(Shape((n,)))),
    claim(
        "Proofs.Autograd.inner_eq_sum_mul",
        inner_eq_sum_mul,
        n=NatT(),
        x=lambda n: VecT(n),
        y=lambda n: VecT(n),
    ),
)
