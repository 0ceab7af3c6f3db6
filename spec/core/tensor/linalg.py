"""Products of matrices and vectors; each entry is a left fold from 0 over the shared dimension, in order.

Lean module: NN.Spec.Core.Tensor.Linalg
"""

from __future__ import annotations

from collections.abc import Iterable

from leanmirror.spec.core.context import Scalar
from leanmirror.spec.core.shape import Shape, require_size
from leanmirror.spec.core.tensor.core import Tensor, require_matrix, require_vector


def _fold(a: Iterable[Scalar], b: Iterable[Scalar]) -> Scalar:
    total: Scalar = 0
    for x, y in zip(a, b, strict=True):
        total = total + x * y
    return total


def _rows(A: Tensor) -> list[list[Scalar]]:
    m, n = A.shape.dims
    return [A.entries[i * n : (i + 1) * n] for i in range(m)]


def _columns(A: Tensor) -> list[list[Scalar]]:
    _, n = A.shape.dims
    return [A.entries[j::n] for j in range(n)]


def matMulSpec(A: Tensor, B: Tensor) -> Tensor:
    """(m,n) times (n,p): entry (i,j) is `Σₖ A i k * B k j`. ShapeError where the inner sizes differ.

    Lean: Spec.matMulSpec
    """
    m, n = require_matrix("matMulSpec, left", A)
    inner, p = require_matrix("matMulSpec, right", B)
    require_size("matMulSpec, the rows on the right", inner, n)
    columns = _columns(B)
    return Tensor(Shape((m, p)), [_fold(row, column) for row in _rows(A) for column in columns])


def matVecMulSpec(A: Tensor, v: Tensor) -> Tensor:
    """(m,n) times (n): entry i is `Σₖ A i k * v k`. ShapeError where the sizes differ.

    Lean: Spec.matVecMulSpec
    """
    m, n = require_matrix("matVecMulSpec", A)
    require_size("matVecMulSpec, the vector", require_vector("matVecMulSpec", v), n)
    return Tensor(Shape((m,)), [_fold(row, v.entries) for row in _rows(A)])


def vecMatMulSpec(v: Tensor, A: Tensor) -> Tensor:
    """(m) times (m,n): entry j is `Σᵢ v i * A i j`. ShapeError where the sizes differ.

    Lean: Spec.vecMatMulSpec
    """
    m, n = require_matrix("vecMatMulSpec", A)
    require_size("vecMatMulSpec, the vector", require_vector("vecMatMulSpec", v), m)
    return Tensor(Shape((n,)), [_fold(v.entries, column) for column in _columns(A)])


def outerProductSpec(a: Tensor, b: Tensor) -> Tensor:
    """(m) with (n): entry (i,j) is `a i * b j`.

    Lean: Spec.outerProductSpec
    """
    m, n = require_vector("outerProductSpec", a), require_vector("outerProductSpec", b)
    return Tensor(Shape((m, n)), [x * y for x in a.entries for y in b.entries])
