"""Products, transposes, broadcasts and row means of flattened matrices.

Lean module: NN.Proofs.Autograd.Tape.Nodes.Matrix
"""

from __future__ import annotations

from leanmirror.spec.core.context import div
from leanmirror.spec.core.shape import Shape, require_size
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.core.tensor.linalg import matMulSpec
from leanmirror.spec.core.tensor_ops import addSpec
from leanmirror.spec.core.tensor_reduction_shape.linear_algebra import matrixTransposeSpec
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.judge.types import CLMT, NatT, VecT
from leanmirror.spec.judge.types.linear import CLM
from leanmirror.spec.mathlib import divNat, finProdFinEquiv, modNat, precompL, precompR
from leanmirror.spec.ops import Op, contract
from leanmirror.spec.proofs.autograd.core.vectorization import Vec
from leanmirror.spec.proofs.autograd.tape.core.fderiv import (
    Graph_,
    NodeFDerivCorrect,
    castVec,
    ofVecT,
    toVecT,
    vecOfFun,
)
from leanmirror.spec.proofs.autograd.tape.core.soundness import Idx, Node
from leanmirror.spec.proofs.autograd.tape.nodes.context import CtxVec, Node_
from leanmirror.spec.proofs.autograd.tape.nodes.elementwise import getVec, getVecCLM, singleVec
from leanmirror.spec.torchlean_types import ContextT, IdxT
from leanmirror.spec.torchlean_types.shapes import Shapes


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


class MatTranspose:
    """Transposes of matrices kept as flat vectors, row-major."""

    @staticmethod
    def transposeEquiv(m: int, n: int, k: int) -> int:
        """The position in the transpose of position k of an m×n matrix.

        Lean: Proofs.Autograd.TapeNodes.MatTranspose.transposeEquiv
        """
        return finProdFinEquiv(n, m, (modNat(m, n, k), divNat(m, n, k)))

    @staticmethod
    def transposeVec(m: int, n: int, a: Vec) -> Vec:
        """The transpose of an m×n matrix.

        Lean: Proofs.Autograd.TapeNodes.MatTranspose.transposeVec
        """
        require_size("transposeVec", len(a), Matmul.matSize(m, n))
        return vecOfFun([a[i * n + j] for j in range(n) for i in range(m)])


def matrixTranspose(A: Idx) -> Node:
    """The transpose of a block of shape `.dim m (.dim n .scalar)`.

    Lean: Proofs.Autograd.TapeNodes.matrixTranspose
    """
    m, n = _two(A)
    return Node_.ofVec(
        A.Γ,
        Shape((n, m)),
        f=lambda x: MatTranspose.transposeVec(m, n, CtxVec.get(A, x)),
        jvp=lambda _x, dx: MatTranspose.transposeVec(m, n, CtxVec.get(A, dx)),
        vjp=lambda _x, δ: CtxVec.single(A, MatTranspose.transposeVec(n, m, δ)),
    )


def matrixTransposeFderiv(A: Idx) -> NodeFDerivCorrect:
    """The certificate of `matrixTranspose A` at every point.

    Lean: Proofs.Autograd.TapeNodes.matrixTransposeFderiv
    """
    m, n = _two(A)
    turned = CLM(VecT(m * n), VecT(n * m), lambda a: MatTranspose.transposeVec(m, n, a))
    D = turned.comp(CtxVec.getCLM(A))
    return NodeFDerivCorrect(matrixTranspose(A), lambda _xV: D)


def _two(idx: Idx) -> tuple[int, int]:
    """m, n of an index of shape `.dim m (.dim n .scalar)`; ShapeError for another shape."""
    if len(idx.s.dims) != 2:
        raise ShapeError(f"an index of shape {idx.s} where .dim m (.dim n .scalar) is needed")
    m, n = idx.s.dims
    return m, n


def _sizes(A: Idx, B: Idx) -> tuple[int, int, int]:
    """m, n, p of two factors; ShapeError where they do not fit."""
    if A.Γ != B.Γ:
        raise ShapeError("matmul: the two indices are of different contexts")
    (m, n), (n2, p) = _two(A), _two(B)
    require_size("matmul, the rows on the right", n2, n)
    return m, n, p


def matmul(A: Idx, B: Idx) -> Node:
    """The product of two blocks, (m,n) and (n,p); ShapeError where sizes do not fit.

    Lean: Proofs.Autograd.TapeNodes.matmul
    """
    m, _n, p = _sizes(A, B)

    def left(x: Vec) -> Tensor:
        return ofVecT(A.s, CtxVec.get(A, x))

    def right(x: Vec) -> Tensor:
        return ofVecT(B.s, CtxVec.get(B, x))

    def tangent(x: Vec, dx: Vec) -> Vec:
        return toVecT(addSpec(matMulSpec(left(dx), right(x)), matMulSpec(left(x), right(dx))))

    def backward(x: Vec, δ: Vec) -> Vec:
        out = ofVecT(Shape((m, p)), δ)
        dA = CtxVec.single(A, toVecT(matMulSpec(out, matrixTransposeSpec(right(x)))))
        dB = CtxVec.single(B, toVecT(matMulSpec(matrixTransposeSpec(left(x)), out)))
        return [u + v for u, v in zip(dA, dB, strict=True)]

    return Node_.ofVec(
        A.Γ, Shape((m, p)), f=lambda x: toVecT(matMulSpec(left(x), right(x))), jvp=tangent, vjp=backward
    )


def matmulFderiv(A: Idx, B: Idx) -> NodeFDerivCorrect:
    """The certificate of `matmul A B` at every point: `A dB + dA B`.

    Lean: Proofs.Autograd.TapeNodes.matmulFderiv
    """
    Bmul = Matmul.matmulBilin(*_sizes(A, B))

    def deriv(xV: Vec) -> CLM:
        left = precompR(Bmul, CtxVec.get(A, xV), CtxVec.getCLM(B))
        return left + precompL(Bmul, CtxVec.getCLM(A), CtxVec.get(B, xV))

    return NodeFDerivCorrect(matmul(A, B), deriv)


class MatrixLinear:
    """Linear maps between vectors and flattened matrices."""

    @staticmethod
    def broadcastRowCLM(m: int, n: int) -> CLM:
        """Entry i of a vector in all of row i.

        Lean: Proofs.Autograd.TapeNodes.MatrixLinear.broadcastRowCLM
        """
        return CLM(VecT(m), VecT(m * n), lambda v: vecOfFun([v[k // n] for k in range(m * n)]))

    @staticmethod
    def broadcastColCLM(m: int, n: int) -> CLM:
        """Entry j of a vector in all of column j.

        Lean: Proofs.Autograd.TapeNodes.MatrixLinear.broadcastColCLM
        """
        return CLM(VecT(n), VecT(m * n), lambda v: vecOfFun([v[k % n] for k in range(m * n)]))

    @staticmethod
    def rowSumCLM(m: int, n: int) -> CLM:
        """The sum of each row.

        Lean: Proofs.Autograd.TapeNodes.MatrixLinear.rowSumCLM
        """
        return CLM(VecT(m * n), VecT(m), lambda x: vecOfFun([sum(x[i * n : (i + 1) * n]) for i in range(m)]))

    @staticmethod
    def rowMeanCLM(m: int, n: int) -> CLM:
        """The mean of each row; 0 where rows are empty.

        Lean: Proofs.Autograd.TapeNodes.MatrixLinear.rowMeanCLM
        """
        return MatrixLinear.rowSumCLM(m, n).smul(div(1, n))


def broadcastRow(n: int, idx: Idx) -> Node:
    """A block of shape `.dim m .scalar` as m rows of n equal entries.

    Lean: Proofs.Autograd.TapeNodes.broadcastRow
    """
    (m,) = idx.s.dims
    return _spread(idx, Shape((m, n)), MatrixLinear.broadcastRowCLM(m, n))


def broadcastRowFderiv(n: int, idx: Idx) -> NodeFDerivCorrect:
    """The certificate of `broadcastRow idx` at every point.

    Lean: Proofs.Autograd.TapeNodes.broadcastRowFderiv
    """
    (m,) = idx.s.dims
    D = MatrixLinear.broadcastRowCLM(m, n).comp(getVecCLM(idx))
    return NodeFDerivCorrect(broadcastRow(n, idx), lambda _xV: D)


def broadcastCol(m: int, idx: Idx) -> Node:
    """A block of shape `.dim n .scalar` as each of m rows.

    Lean: Proofs.Autograd.TapeNodes.broadcastCol
    """
    (n,) = idx.s.dims
    return _spread(idx, Shape((m, n)), MatrixLinear.broadcastColCLM(m, n))


def broadcastColFderiv(m: int, idx: Idx) -> NodeFDerivCorrect:
    """The certificate of `broadcastCol idx` at every point.

    Lean: Proofs.Autograd.TapeNodes.broadcastColFderiv
    """
    (n,) = idx.s.dims
    D = MatrixLinear.broadcastColCLM(m, n).comp(getVecCLM(idx))
    return NodeFDerivCorrect(broadcastCol(m, idx), lambda _xV: D)


def _spread(idx: Idx, τ: Shape, L: CLM) -> Node:
    return Node_.ofVec(
        idx.Γ,
        τ,
        f=lambda x: L(getVec(idx, x)),
        jvp=lambda _x, dx: L(getVec(idx, dx)),
        vjp=lambda _x, δ: singleVec(idx, L.adjoint(δ)),
    )


def rowMean(idx: Idx) -> Node:
    """The mean of each row of a block of shape `.dim m (.dim n .scalar)`.

    Lean: Proofs.Autograd.TapeNodes.rowMean
    """
    m, n = _two(idx)
    mean = MatrixLinear.rowMeanCLM(m, n)
    return Node_.ofVec(
        idx.Γ,
        Shape((m,)),
        f=lambda x: castVec(m, mean(CtxVec.get(idx, x))),
        jvp=lambda _x, dx: castVec(m, mean(CtxVec.get(idx, dx))),
        vjp=lambda _x, δ: CtxVec.single(idx, mean.adjoint(castVec(m, δ))),
    )


def rowMeanFderiv(idx: Idx) -> NodeFDerivCorrect:
    """The certificate of `rowMean idx` at every point.

    Lean: Proofs.Autograd.TapeNodes.rowMeanFderiv
    """
    m, n = _two(idx)
    D = Graph_.castCLM(m, m).comp(MatrixLinear.rowMeanCLM(m, n).comp(CtxVec.getCLM(idx)))
    return NodeFDerivCorrect(rowMean(idx), lambda _xV: D)


def _matrix_index(Γ: Shapes, m: int, n: int) -> IdxT:
    return IdxT(Γ, Shape((m, n)))


_NODES = "Proofs.Autograd.TapeNodes"
_SIZES = {"Γ": ContextT(), "m": NatT(), "n": NatT()}

OPS = (
    Op(
        f"{_NODES}.matrixTranspose",
        matrixTranspose,
        matrixTransposeFderiv,
        {**_SIZES, "A": _matrix_index},
        lambda m, n: Shape((n, m)),
    ),
    Op(
        f"{_NODES}.matmul",
        matmul,
        matmulFderiv,
        {**_SIZES, "p": NatT(), "A": _matrix_index, "B": lambda Γ, n, p: IdxT(Γ, Shape((n, p)))},
        lambda m, p: Shape((m, p)),
    ),
    Op(
        f"{_NODES}.broadcastRow",
        broadcastRow,
        broadcastRowFderiv,
        {**_SIZES, "idx": lambda Γ, m: IdxT(Γ, Shape((m,)))},
        lambda m, n: Shape((m, n)),
    ),
    Op(
        f"{_NODES}.broadcastCol",
        broadcastCol,
        broadcastColFderiv,
        {**_SIZES, "idx": lambda Γ, n: IdxT(Γ, Shape((n,)))},
        lambda m, n: Shape((m, n)),
    ),
    Op(f"{_NODES}.rowMean", rowMean, rowMeanFderiv, {**_SIZES, "idx": _matrix_index}, lambda m: Shape((m,))),
)

CLAIMS = tuple(map(contract, OPS))
