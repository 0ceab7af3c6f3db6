"""Matrix products on flattened matrices, as far as the batched nodes need them.

Lean module: NN.Proofs.Autograd.Tape.Nodes.Matrix
"""

from __future__ import annotations

from leanmirror.spec.core.shape import Shape, require_size
from leanmirror.spec.judge.linear import CLM
from leanmirror.spec.judge.types import CLMT, VecT
from leanmirror.spec.mathlib import finProdFinEquiv
from leanmirror.spec.proofs.autograd.core.vectorization import Vec
from leanmirror.spec.proofs.autograd.tape.core.fderiv import vecOfFun


class Matmul:
    """Products of matrices kept as flat vectors, row-major."""

    @staticmethod
    def matSize(m: int, n: int) -> int:
        """The number of entries of an m×n matrix.

        Lean: Proofs.Autograd.TapeNodes.Matmul.matSize
        """
        return Shape((m, n)).size

    @staticmethod
    def vecSize(n: int) -> int:
        """The number of entries of a vector of length n.

        Lean: Proofs.Autograd.TapeNodes.Matmul.vecSize
        """
        return Shape((n,)).size

    @staticmethod
    def idxMN(m: int, n: int, i: int, j: int) -> int:
        """The position of entry (i, j) of an m×n matrix.

        Lean: Proofs.Autograd.TapeNodes.Matmul.idxMN
        """
        return finProdFinEquiv(m, Matmul.vecSize(n), (i, j))

    @staticmethod
    def matmulVec(m: int, n: int, p: int, a: Vec, b: Vec) -> Vec:
        """m×n times n×p: entry (i, k) is `∑ j, a (i, j) * b (j, k)`; ShapeError where a size is wrong.

        Lean: Proofs.Autograd.TapeNodes.Matmul.matmulVec
        """
        require_size("matmulVec, left", len(a), Matmul.matSize(m, n))
        require_size("matmulVec, right", len(b), Matmul.matSize(n, p))
        rows = [a[i * n : (i + 1) * n] for i in range(m)]
        columns = [b[k::p] for k in range(p)]
        return vecOfFun(
            [sum(x * y for x, y in zip(row, column, strict=True)) for row in rows for column in columns]
        )

    @staticmethod
    def matmulCLMRight(m: int, n: int, p: int, a: Vec) -> CLM:
        """`b ↦ a b` for fixed a.

        Lean: Proofs.Autograd.TapeNodes.Matmul.matmulCLMRight
        """
        right, product = VecT(Matmul.matSize(n, p)), VecT(Matmul.matSize(m, p))
        return CLM(right, product, lambda b: Matmul.matmulVec(m, n, p, a, b))

    @staticmethod
    def matmulBilin(m: int, n: int, p: int) -> CLM:
        """The product as a bilinear map: `a ↦ (b ↦ a b)`.

        Lean: Proofs.Autograd.TapeNodes.Matmul.matmulBilin
        """
        left, right = VecT(Matmul.matSize(m, n)), VecT(Matmul.matSize(n, p))
        product = VecT(Matmul.matSize(m, p))
        return CLM(
            left,
            CLMT(right, product),
            lambda a: CLM(right, product, lambda b: Matmul.matmulVec(m, n, p, a, b)),
        )
