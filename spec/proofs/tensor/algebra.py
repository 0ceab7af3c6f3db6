"""Vectors as lists, and the recursive dot product.

Lean module: NN.Proofs.Tensor.Algebra
"""

from __future__ import annotations

from functools import reduce
from operator import add

from leanmirror.spec.core.context import Scalar
from leanmirror.spec.core.shape import SCALAR, require_shape, vector
from leanmirror.spec.core.tensor.core import Tensor, get, require_vector


def toVec(t: Tensor) -> list[Scalar]:
    """The entries of a vector; ShapeError for another rank.

    Lean: Proofs.TensorAlgebra.toVec
    """
    require_vector("toVec", t)
    return t.entries


def ofVec(v: list[Scalar]) -> Tensor:
    """The vector with these entries.

    Lean: Proofs.TensorAlgebra.ofVec
    """
    return Tensor(vector(len(v)), v)


def dot(a: Tensor, b: Tensor) -> Scalar:
    """`Σ aᵢ bᵢ`, part by part along the outermost dimension, from 0; ShapeError where shapes differ.

    Lean: Proofs.TensorAlgebra.dot
    """
    require_shape("dot", b.shape, a.shape)
    if a.shape == SCALAR:
        return a.toScalar() * b.toScalar()
    return reduce(add, (dot(get(a, i), get(b, i)) for i in range(a.shape.dims[0])), 0)
