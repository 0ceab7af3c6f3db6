"""Transposes, batched products and their backward passes.

Lean module: NN.Spec.Core.TensorReductionShape.LinearAlgebra
"""

from __future__ import annotations

from leanmirror.spec.core.shape import Shape, require_size
from leanmirror.spec.core.tensor.core import Tensor, get, require_matrix
from leanmirror.spec.core.tensor.linalg import matMulSpec
from leanmirror.spec.errors import ShapeError


def matrixTransposeSpec(t: Tensor) -> Tensor:
    """(m,n) to (n,m).

    Lean: Spec.Tensor.matrixTransposeSpec
    """
    m, n = require_matrix("matrixTransposeSpec", t)
    return Tensor(Shape((n, m)), [t.entries[i * n + j] for j in range(n) for i in range(m)])


def transpose3DLastTwoSpec(t: Tensor) -> Tensor:
    """(a,b,c) to (a,c,b).

    Lean: Spec.Tensor.transpose3DLastTwoSpec
    """
    a, b, c = _three("transpose3DLastTwoSpec", t)
    return Tensor.dim(a, Shape((c, b)), lambda i: matrixTransposeSpec(get(t, i)))


def matMulBackwardSpec(A: Tensor, B: Tensor, dC: Tensor) -> tuple[Tensor, Tensor]:
    """The cotangents of both factors: `dC Bᵀ` and `Aᵀ dC`.

    Lean: Spec.Tensor.matMulBackwardSpec
    """
    return matMulSpec(dC, matrixTransposeSpec(B)), matMulSpec(matrixTransposeSpec(A), dC)


def bmmSpec(A: Tensor, B: Tensor) -> Tensor:
    """(batch,m,n) times (batch,n,p), one product per batch entry. ShapeError where sizes differ.

    Lean: Spec.Tensor.bmmSpec
    """
    batch, m, _ = _three("bmmSpec, left", A)
    batch2, _, p = _three("bmmSpec, right", B)
    require_size("bmmSpec, the batch on the right", batch2, batch)
    return Tensor.dim(batch, Shape((m, p)), lambda i: matMulSpec(get(A, i), get(B, i)))


def bmmBackwardSpec(A: Tensor, B: Tensor, dC: Tensor) -> tuple[Tensor, Tensor]:
    """The cotangents of both factors of `bmmSpec`, batch entry by batch entry.

    Lean: Spec.Tensor.bmmBackwardSpec
    """
    return bmmSpec(dC, transpose3DLastTwoSpec(B)), bmmSpec(transpose3DLastTwoSpec(A), dC)


def _three(what: str, t: Tensor) -> tuple[int, int, int]:
    if len(t.shape.dims) != 3:
        raise ShapeError(f"{what}: shape {t.shape} where .dim a (.dim b (.dim c .scalar)) is needed")
    a, b, c = t.shape.dims
    return a, b, c
