"""Softmax and log-softmax along the last axis of a matrix.

A matrix is a flat vector here, row-major: entry (i, j) of an m×n matrix stands at `n * i + j`.

Lean module: NN.Proofs.Autograd.Tape.Nodes.Softmax
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from leanmirror.spec.core.shape import Shape, require_size
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.judge.claim import BinderSpec, claim
from leanmirror.spec.judge.comparison import equal
from leanmirror.spec.judge.derivative import HasFDerivAt
from leanmirror.spec.judge.judgement import Judgement, truth
from leanmirror.spec.judge.types import FinT, NatT, PiT, ProdT, VecT
from leanmirror.spec.judge.types.linear import CLM, pi, proj
from leanmirror.spec.mathlib import divNat, finProdFinEquiv, inner, modNat
from leanmirror.spec.ops import Op, contract
from leanmirror.spec.proofs.autograd.core.vectorization import Vec
from leanmirror.spec.proofs.autograd.fderiv.log_softmax import (
    logSoftmaxDerivCLM,
    logSoftmaxJvp,
    logSoftmaxVec,
    logSoftmaxVjp,
)
from leanmirror.spec.proofs.autograd.fderiv.softmax import softmaxDerivCLM, softmaxJvp, softmaxVec
from leanmirror.spec.proofs.autograd.tape.core.fderiv import (
    Graph_,
    NodeFDerivCorrect,
    castVec,
    vecOfFun,
)
from leanmirror.spec.proofs.autograd.tape.core.soundness import Idx, Node
from leanmirror.spec.proofs.autograd.tape.nodes.context import CtxVec, Node_
from leanmirror.spec.torchlean_types import ContextT, IdxT
from leanmirror.spec.torchlean_types.shapes import Shapes


class SoftmaxLastAxis:
    """Softmax of every row of a flattened m×n matrix."""

    @staticmethod
    def MNSize(m: int, n: int) -> int:
        """The length of a flattened m×n matrix.

        Lean: Proofs.Autograd.TapeNodes.SoftmaxLastAxis.MNSize
        """
        return m * n

    @staticmethod
    def rows(m: int, n: int, x: Vec) -> list[Vec]:
        """The m rows of length n; ShapeError unless x has m * n entries.

        Lean: Proofs.Autograd.TapeNodes.SoftmaxLastAxis.rows
        """
        require_size(f"rows of a {m}×{n} matrix", len(x), SoftmaxLastAxis.MNSize(m, n))
        return [vecOfFun(x[n * i : n * (i + 1)]) for i in range(m)]

    @staticmethod
    def unrows(n: int, r: list[Vec]) -> Vec:
        """The flat matrix with these rows; ShapeError unless each has n entries.

        Lean: Proofs.Autograd.TapeNodes.SoftmaxLastAxis.unrows
        """
        for row in r:
            require_size("a row", len(row), n)
        return vecOfFun([v for row in r for v in row])

    @staticmethod
    def divNat_finProdFinEquiv(m: int, n: int, p: tuple[int, int]) -> Judgement:
        """`(finProdFinEquiv p).divNat = p.1`

        Lean: Proofs.Autograd.TapeNodes.SoftmaxLastAxis.divNat_finProdFinEquiv
        """
        return truth(divNat(m, n, finProdFinEquiv(m, n, p)) == p[0])

    @staticmethod
    def modNat_finProdFinEquiv(m: int, n: int, p: tuple[int, int]) -> Judgement:
        """`(finProdFinEquiv p).modNat = p.2`

        Lean: Proofs.Autograd.TapeNodes.SoftmaxLastAxis.modNat_finProdFinEquiv
        """
        return truth(modNat(m, n, finProdFinEquiv(m, n, p)) == p[1])

    @staticmethod
    def rowsCLM(m: int, n: int) -> CLM:
        """`rows` as a linear map.

        Lean: Proofs.Autograd.TapeNodes.SoftmaxLastAxis.rowsCLM
        """
        flat = VecT(SoftmaxLastAxis.MNSize(m, n))
        return CLM(flat, PiT(m, VecT(n)), lambda x: SoftmaxLastAxis.rows(m, n, x))

    @staticmethod
    def unrowsCLM(m: int, n: int) -> CLM:
        """`unrows` as a linear map.

        Lean: Proofs.Autograd.TapeNodes.SoftmaxLastAxis.unrowsCLM
        """
        flat = VecT(SoftmaxLastAxis.MNSize(m, n))
        return CLM(PiT(m, VecT(n)), flat, lambda r: SoftmaxLastAxis.unrows(n, r))

    @staticmethod
    def forwardMN(m: int, n: int, x: Vec) -> Vec:
        """`softmaxVec` of every row.

        Lean: Proofs.Autograd.TapeNodes.SoftmaxLastAxis.forwardMN
        """
        return SoftmaxLastAxis.unrows(n, [softmaxVec(row) for row in SoftmaxLastAxis.rows(m, n, x)])

    @staticmethod
    def jvpMN(m: int, n: int, x: Vec, dx: Vec) -> Vec:
        """`softmaxJvp` of every row.

        Lean: Proofs.Autograd.TapeNodes.SoftmaxLastAxis.jvpMN
        """
        rows = zip(SoftmaxLastAxis.rows(m, n, x), SoftmaxLastAxis.rows(m, n, dx), strict=True)
        return SoftmaxLastAxis.unrows(n, [softmaxJvp(row, drow) for row, drow in rows])

    @staticmethod
    def derivMN(m: int, n: int, x: Vec) -> CLM:
        """The derivative of `forwardMN` at x: `softmaxDerivCLM` of every row, block by block.

        Lean: Proofs.Autograd.TapeNodes.SoftmaxLastAxis.derivMN
        """
        r = SoftmaxLastAxis.rows(m, n, x)
        row = VecT(n)
        DG = pi(PiT(m, row), [softmaxDerivCLM(r[i]).comp(proj(m, row, i)) for i in range(m)], row)
        return SoftmaxLastAxis.unrowsCLM(m, n).comp(DG.comp(SoftmaxLastAxis.rowsCLM(m, n)))

    @staticmethod
    def hasFDerivAt_forwardMN(m: int, n: int, x: Vec) -> Judgement:
        """`HasFDerivAt forwardMN (derivMN x) x`

        Lean: Proofs.Autograd.TapeNodes.SoftmaxLastAxis.hasFDerivAt_forwardMN
        """
        return HasFDerivAt(lambda z: SoftmaxLastAxis.forwardMN(m, n, z), SoftmaxLastAxis.derivMN(m, n, x), x)

    @staticmethod
    def jvpMN_eq_derivMN(m: int, n: int, x: Vec, dx: Vec) -> Judgement:
        """`jvpMN x dx = derivMN x dx`

        Lean: Proofs.Autograd.TapeNodes.SoftmaxLastAxis.jvpMN_eq_derivMN
        """
        return equal(SoftmaxLastAxis.jvpMN(m, n, x, dx), SoftmaxLastAxis.derivMN(m, n, x)(dx))

    @staticmethod
    def inner_jvpMN_comm(m: int, n: int, x: Vec, dx: Vec, δ: Vec) -> Judgement:
        """`⟪jvpMN x dx, δ⟫ = ⟪dx, jvpMN x δ⟫`

        Lean: Proofs.Autograd.TapeNodes.SoftmaxLastAxis.inner_jvpMN_comm
        """
        return equal(
            inner(SoftmaxLastAxis.jvpMN(m, n, x, dx), δ), inner(dx, SoftmaxLastAxis.jvpMN(m, n, x, δ))
        )


class LogSoftmaxLastAxis:
    """Log-softmax of every row of a flattened m×n matrix."""

    @staticmethod
    def MNSize(m: int, n: int) -> int:
        """The length of a flattened m×n matrix.

        Lean: Proofs.Autograd.TapeNodes.LogSoftmaxLastAxis.MNSize
        """
        return SoftmaxLastAxis.MNSize(m, n)

    @staticmethod
    def forwardMN(m: int, n: int, x: Vec) -> Vec:
        """`logSoftmaxVec` of every row.

        Lean: Proofs.Autograd.TapeNodes.LogSoftmaxLastAxis.forwardMN
        """
        return SoftmaxLastAxis.unrows(n, [logSoftmaxVec(row) for row in SoftmaxLastAxis.rows(m, n, x)])

    @staticmethod
    def jvpMN(m: int, n: int, x: Vec, dx: Vec) -> Vec:
        """`logSoftmaxJvp` of every row.

        Lean: Proofs.Autograd.TapeNodes.LogSoftmaxLastAxis.jvpMN
        """
        rows = zip(SoftmaxLastAxis.rows(m, n, x), SoftmaxLastAxis.rows(m, n, dx), strict=True)
        return SoftmaxLastAxis.unrows(n, [logSoftmaxJvp(row, drow) for row, drow in rows])

    @staticmethod
    def vjpMN(m: int, n: int, x: Vec, δ: Vec) -> Vec:
        """`logSoftmaxVjp` of every row.

        Lean: Proofs.Autograd.TapeNodes.LogSoftmaxLastAxis.vjpMN
        """
        rows = zip(SoftmaxLastAxis.rows(m, n, x), SoftmaxLastAxis.rows(m, n, δ), strict=True)
        return SoftmaxLastAxis.unrows(n, [logSoftmaxVjp(row, drow) for row, drow in rows])

    @staticmethod
    def derivMN(m: int, n: int, x: Vec) -> CLM:
        """The derivative of `forwardMN` at x: `logSoftmaxDerivCLM` of every row, block by block.

        Lean: Proofs.Autograd.TapeNodes.LogSoftmaxLastAxis.derivMN
        """
        r = SoftmaxLastAxis.rows(m, n, x)
        row = VecT(n)
        DG = pi(PiT(m, row), [logSoftmaxDerivCLM(r[i]).comp(proj(m, row, i)) for i in range(m)], row)
        return SoftmaxLastAxis.unrowsCLM(m, n).comp(DG.comp(SoftmaxLastAxis.rowsCLM(m, n)))

    @staticmethod
    def hasFDerivAt_forwardMN(m: int, n: int, x: Vec) -> Judgement:
        """`HasFDerivAt forwardMN (derivMN x) x`

        Lean: Proofs.Autograd.TapeNodes.LogSoftmaxLastAxis.hasFDerivAt_forwardMN
        """
        return HasFDerivAt(
            lambda z: LogSoftmaxLastAxis.forwardMN(m, n, z), LogSoftmaxLastAxis.derivMN(m, n, x), x
        )

    @staticmethod
    def jvpMN_eq_derivMN(m: int, n: int, x: Vec, dx: Vec) -> Judgement:
        """`jvpMN x dx = derivMN x dx`

        Lean: Proofs.Autograd.TapeNodes.LogSoftmaxLastAxis.jvpMN_eq_derivMN
        """
        return equal(LogSoftmaxLastAxis.jvpMN(m, n, x, dx), LogSoftmaxLastAxis.derivMN(m, n, x)(dx))

    @staticmethod
    def inner_jvpMN_vjp(m: int, n: int, x: Vec, dx: Vec, δ: Vec) -> Judgement:
        """`⟪jvpMN x dx, δ⟫ = ⟪dx, vjpMN x δ⟫`

        Lean: Proofs.Autograd.TapeNodes.LogSoftmaxLastAxis.inner_jvpMN_vjp
        """
        return equal(
            inner(LogSoftmaxLastAxis.jvpMN(m, n, x, dx), δ),
            inner(dx, LogSoftmaxLastAxis.vjpMN(m, n, x, δ)),
        )


def _matrix(idx: Idx) -> tuple[int, int]:
    """m and n of an index of shape `.dim m (.dim n .scalar)`; ShapeError for another shape."""
    if len(idx.s.dims) != 2:
        raise ShapeError(f"an index of shape {idx.s} where a matrix, .dim m (.dim n .scalar), is needed")
    m, n = idx.s.dims
    return m, n


def softmaxLast(idx: Idx) -> Node:
    """Softmax along the last axis of a matrix block; its reverse-mode rule is the forward-mode rule.

    Lean: Proofs.Autograd.TapeNodes.softmaxLast
    """
    m, n = _matrix(idx)

    def get(x: Vec) -> Vec:
        return castVec(m * n, CtxVec.get(idx, x))

    return Node_.ofVec(
        idx.Γ,
        idx.s,
        f=lambda xV: castVec(idx.s.size, SoftmaxLastAxis.forwardMN(m, n, get(xV))),
        jvp=lambda xV, dxV: castVec(idx.s.size, SoftmaxLastAxis.jvpMN(m, n, get(xV), get(dxV))),
        vjp=lambda xV, δV: CtxVec.single(
            idx, castVec(idx.s.size, SoftmaxLastAxis.jvpMN(m, n, get(xV), castVec(m * n, δV)))
        ),
    )


def logSoftmaxLast(idx: Idx) -> Node:
    """Log-softmax along the last axis of a matrix block.

    Lean: Proofs.Autograd.TapeNodes.logSoftmaxLast
    """
    m, n = _matrix(idx)

    def get(x: Vec) -> Vec:
        return castVec(m * n, CtxVec.get(idx, x))

    return Node_.ofVec(
        idx.Γ,
        idx.s,
        f=lambda xV: castVec(idx.s.size, LogSoftmaxLastAxis.forwardMN(m, n, get(xV))),
        jvp=lambda xV, dxV: castVec(idx.s.size, LogSoftmaxLastAxis.jvpMN(m, n, get(xV), get(dxV))),
        vjp=lambda xV, δV: CtxVec.single(
            idx, castVec(idx.s.size, LogSoftmaxLastAxis.vjpMN(m, n, get(xV), castVec(m * n, δV)))
        ),
    )


def softmaxLastFderiv(idx: Idx) -> NodeFDerivCorrect:
    """The certificate of `softmaxLast idx` at every point.

    Lean: Proofs.Autograd.TapeNodes.softmaxLastFderiv
    """
    m, n = _matrix(idx)
    getMNCLM = Graph_.castCLM(idx.s.size, m * n).comp(CtxVec.getCLM(idx))
    outCast = Graph_.castCLM(m * n, idx.s.size)

    def deriv(xV: Vec) -> CLM:
        x = castVec(m * n, CtxVec.get(idx, xV))
        return outCast.comp(SoftmaxLastAxis.derivMN(m, n, x).comp(getMNCLM))

    return NodeFDerivCorrect(softmaxLast(idx), deriv)


def logSoftmaxLastFderiv(idx: Idx) -> NodeFDerivCorrect:
    """The certificate of `logSoftmaxLast idx` at every point.

    Lean: Proofs.Autograd.TapeNodes.logSoftmaxLastFderiv
    """
    m, n = _matrix(idx)
    getMNCLM = Graph_.castCLM(idx.s.size, m * n).comp(CtxVec.getCLM(idx))
    outCast = Graph_.castCLM(m * n, idx.s.size)

    def deriv(xV: Vec) -> CLM:
        x = castVec(m * n, CtxVec.get(idx, xV))
        return outCast.comp(LogSoftmaxLastAxis.derivMN(m, n, x).comp(getMNCLM))

    return NodeFDerivCorrect(logSoftmaxLast(idx), deriv)


def _at_matrix(Γ: Shapes, m: int, n: int) -> IdxT:
    return IdxT(Γ, Shape((m, n)))


def _op(make: Callable[..., Node], certificate: Callable[..., NodeFDerivCorrect]) -> Op:
    arguments: Mapping[str, BinderSpec] = {"Γ": ContextT(), "m": NatT(), "n": NatT(), "idx": _at_matrix}
    lean = f"Proofs.Autograd.TapeNodes.{make.__name__}"
    return Op(lean, make, certificate, arguments, lambda m, n: Shape((m, n)))


OPS = (_op(softmaxLast, softmaxLastFderiv), _op(logSoftmaxLast, logSoftmaxLastFderiv))

_SIZES: Mapping[str, BinderSpec] = {"m": NatT(), "n": NatT()}


def _flat(m: int, n: int) -> VecT:
    return VecT(SoftmaxLastAxis.MNSize(m, n))


def _log_flat(m: int, n: int) -> VecT:
    return VecT(LogSoftmaxLastAxis.MNSize(m, n))


def _pair(m: int, n: int) -> ProdT:
    return ProdT(FinT(m), FinT(n))


CLAIMS = (
    claim(
        "Proofs.Autograd.TapeNodes.SoftmaxLastAxis.divNat_finProdFinEquiv",
        SoftmaxLastAxis.divNat_finProdFinEquiv,
        **_SIZES,
        p=_pair,
    ),
    claim(
        "Proofs.Autograd.TapeNodes.SoftmaxLastAxis.modNat_finProdFinEquiv",
        SoftmaxLastAxis.modNat_finProdFinEquiv,
        **_SIZES,
        p=_pair,
    ),
    claim(
        "Proofs.Autograd.TapeNodes.SoftmaxLastAxis.hasFDerivAt_forwardMN",
        SoftmaxLastAxis.hasFDerivAt_forwardMN,
        **_SIZES,
        x=_flat,
    ),
    claim(
        "Proofs.Autograd.TapeNodes.SoftmaxLastAxis.jvpMN_eq_derivMN",
        SoftmaxLastAxis.jvpMN_eq_derivMN,
        **_SIZES,
        x=_flat,
        dx=_flat,
    ),
    claim(
        "Proofs.Autograd.TapeNodes.SoftmaxLastAxis.inner_jvpMN_comm",
        SoftmaxLastAxis.inner_jvpMN_comm,
        **_SIZES,
        x=_flat,
        dx=_flat,
        δ=_flat,
    ),
    claim(
        "Proofs.Autograd.TapeNodes.LogSoftmaxLastAxis.hasFDerivAt_forwardMN",
        LogSoftmaxLastAxis.hasFDerivAt_forwardMN,
        **_SIZES,
        x=_log_flat,
    ),
    claim(
        "Proofs.Autograd.TapeNodes.LogSoftmaxLastAxis.jvpMN_eq_derivMN",
        LogSoftmaxLastAxis.jvpMN_eq_derivMN,
        **_SIZES,
        x=_log_flat,
        dx=_log_flat,
    ),
    claim(
        "Proofs.Autograd.TapeNodes.LogSoftmaxLastAxis.inner_jvpMN_vjp",
        LogSoftmaxLastAxis.inner_jvpMN_vjp,
        **_SIZES,
        x=_log_flat,
        dx=_log_flat,
        δ=_log_flat,
    ),
    *map(contract, OPS),
)
