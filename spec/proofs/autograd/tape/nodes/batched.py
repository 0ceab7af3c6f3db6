"""Batched products and softmax, head by head; the reverse-mode rules are adjoints, computed as such.

Lean module: NN.Proofs.Autograd.Tape.Nodes.Batched
"""

from __future__ import annotations

from collections.abc import Mapping

from leanmirror.spec.core.shape import Shape, require_size
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.judge.claim import BinderSpec, claim
from leanmirror.spec.judge.comparison import equal
from leanmirror.spec.judge.judgement import Judgement, truth
from leanmirror.spec.judge.types import CLMT, NatT, PiT, VecT
from leanmirror.spec.judge.types.linear import CLM, pi, proj
from leanmirror.spec.mathlib import precompL, precompR
from leanmirror.spec.ops import Op, contract
from leanmirror.spec.proofs.autograd.core.vectorization import Vec
from leanmirror.spec.proofs.autograd.tape.core.fderiv import (
    Graph_,
    NodeFDerivCorrect,
    castVec,
    vecOfFun,
)
from leanmirror.spec.proofs.autograd.tape.core.soundness import Idx, Node
from leanmirror.spec.proofs.autograd.tape.nodes.context import CtxVec, Node_
from leanmirror.spec.proofs.autograd.tape.nodes.matrix import Matmul
from leanmirror.spec.proofs.autograd.tape.nodes.softmax import SoftmaxLastAxis
from leanmirror.spec.torchlean_types import ContextT, IdxT


def heads(h: int, n: int, x: Vec) -> list[Vec]:
    """The h parts of length n; ShapeError unless x has h * n entries.

    Lean: Proofs.Autograd.TapeNodes.Batched.heads
    """
    require_size(f"{h} heads of length {n}", len(x), h * n)
    return [vecOfFun(x[n * head : n * (head + 1)]) for head in range(h)]


def unheads(n: int, r: list[Vec]) -> Vec:
    """The flat vector of these parts; ShapeError unless each has n entries.

    Lean: Proofs.Autograd.TapeNodes.Batched.unheads
    """
    for head in r:
        require_size("a head", len(head), n)
    return vecOfFun([v for head in r for v in head])


def headsCLM(h: int, n: int) -> CLM:
    """`heads` as a linear map.

    Lean: Proofs.Autograd.TapeNodes.Batched.headsCLM
    """
    return CLM(VecT(h * n), PiT(h, VecT(n)), lambda x: heads(h, n, x))


def unheadsCLM(h: int, n: int) -> CLM:
    """`unheads` as a linear map.

    Lean: Proofs.Autograd.TapeNodes.Batched.unheadsCLM
    """
    return CLM(PiT(h, VecT(n)), VecT(h * n), lambda r: unheads(n, r))


def headsCLM_apply(h: int, n: int, x: Vec) -> Judgement:
    """`headsCLM x = heads x`

    Lean: Proofs.Autograd.TapeNodes.Batched.headsCLM_apply
    """
    return equal(headsCLM(h, n)(x), heads(h, n, x))


def unheadsCLM_apply(n: int, r: list[Vec]) -> Judgement:
    """`unheadsCLM r = unheads r`

    Lean: Proofs.Autograd.TapeNodes.Batched.unheadsCLM_apply
    """
    return equal(unheadsCLM(len(r), n)(r), unheads(n, r))


def size3_eq(h: int, m: int, n: int) -> Judgement:
    """`Shape.size (.dim h (.dim m (.dim n .scalar))) = h * (m * n)`

    Lean: Proofs.Autograd.TapeNodes.Batched.size3_eq
    """
    return truth(Shape.dim(h, Shape.dim(m, Shape.dim(n, Shape.scalar()))).size == h * (m * n))


def HMatSize(h: int, m: int, n: int) -> int:
    """The length of h flattened m×n matrices.

    Lean: Proofs.Autograd.TapeNodes.Batched.HMatSize
    """
    return h * Matmul.matSize(m, n)


def matmulBilin(h: int, m: int, n: int, p: int) -> CLM:
    """The products of h pairs of matrices as a bilinear map: `a ↦ (b ↦ a b)`, head by head.

    Lean: Proofs.Autograd.TapeNodes.Batched.matmulBilin
    """
    B = Matmul.matmulBilin(m, n, p)
    LA = headsCLM(h, Matmul.matSize(m, n))
    LB = headsCLM(h, Matmul.matSize(n, p))
    LC = unheadsCLM(h, Matmul.matSize(m, p))
    right, product = VecT(Matmul.matSize(n, p)), VecT(Matmul.matSize(m, p))

    def BH(aH: list[Vec]) -> CLM:
        return pi(PiT(h, right), [B(aH[head]).comp(proj(h, right, head)) for head in range(h)], product)

    return CLM(LA.dom, CLMT(LB.dom, LC.cod), lambda aFlat: LC.comp(BH(LA(aFlat)).comp(LB)))


def _three(idx: Idx) -> tuple[int, int, int]:
    """h, m, n of an index of shape `.dim h (.dim m (.dim n .scalar))`; ShapeError for another shape."""
    if len(idx.s.dims) != 3:
        raise ShapeError(f"an index of shape {idx.s} where .dim h (.dim m (.dim n .scalar)) is needed")
    h, m, n = idx.s.dims
    return h, m, n


def _sizes(A: Idx, B: Idx) -> tuple[int, int, int, int]:
    """h, m, n, p of two factors; ShapeError where they do not fit."""
    if A.Γ != B.Γ:
        raise ShapeError("matmul: the two indices are of different contexts")
    (h, m, n), (h2, n2, p) = _three(A), _three(B)
    require_size("matmul, the heads on the right", h2, h)
    require_size("matmul, the rows on the right", n2, n)
    return h, m, n, p


def matmul(A: Idx, B: Idx) -> Node:
    """The products of two blocks, (h,m,n) and (h,n,p), head by head; ShapeError where sizes do not fit.

    Lean: Proofs.Autograd.TapeNodes.Batched.matmul
    """
    h, m, n, p = _sizes(A, B)
    Bmul = matmulBilin(h, m, n, p)

    def deriv0(x: Vec) -> CLM:
        left = precompR(Bmul, CtxVec.get(A, x), CtxVec.getCLM(B))
        return left + precompL(Bmul, CtxVec.getCLM(A), CtxVec.get(B, x))

    return Node_.ofVec(
        A.Γ,
        Shape((h, m, p)),
        f=lambda x: Bmul(CtxVec.get(A, x))(CtxVec.get(B, x)),
        jvp=lambda x, dx: deriv0(x)(dx),
        vjp=lambda x, δ: deriv0(x).adjoint(δ),
    )


def matmulFderiv(A: Idx, B: Idx) -> NodeFDerivCorrect:
    """The certificate of `matmul A B` at every point: `dx ↦ A dB + dA B`.

    Lean: Proofs.Autograd.TapeNodes.Batched.matmulFderiv
    """
    Bmul = matmulBilin(*_sizes(A, B))

    def deriv(x: Vec) -> CLM:
        left = precompR(Bmul, CtxVec.get(A, x), CtxVec.getCLM(B))
        return left + precompL(Bmul, CtxVec.getCLM(A), CtxVec.get(B, x))

    return NodeFDerivCorrect(matmul(A, B), deriv)


def softmaxLast(idx: Idx) -> Node:
    """Softmax along the last axis of a block of shape (h,m,n), head by head.

    Lean: Proofs.Autograd.TapeNodes.Batched.softmaxLast
    """
    h, m, n = _three(idx)
    hsz, head_type = h * (m * n), VecT(m * n)

    def forward0(x: Vec) -> Vec:
        return unheads(m * n, [SoftmaxLastAxis.forwardMN(m, n, head) for head in heads(h, m * n, x)])

    def deriv0(x: Vec) -> CLM:
        xH = heads(h, m * n, x)
        maps = [SoftmaxLastAxis.derivMN(m, n, xH[i]).comp(proj(h, head_type, i)) for i in range(h)]
        DG = pi(PiT(h, head_type), maps, head_type)
        return unheadsCLM(h, m * n).comp(DG.comp(headsCLM(h, m * n)))

    def D(xV: Vec) -> CLM:
        block = Graph_.castCLM(idx.s.size, hsz).comp(CtxVec.getCLM(idx))
        return Graph_.castCLM(hsz, idx.s.size).comp(deriv0(castVec(hsz, CtxVec.get(idx, xV))).comp(block))

    return Node_.ofVec(
        idx.Γ,
        idx.s,
        f=lambda xV: castVec(idx.s.size, forward0(castVec(hsz, CtxVec.get(idx, xV)))),
        jvp=lambda xV, dxV: D(xV)(dxV),
        vjp=lambda xV, δV: D(xV).adjoint(δV),
    )


def softmaxLastFderiv(idx: Idx) -> NodeFDerivCorrect:
    """The certificate of `Batched.softmaxLast idx` at every point.

    Lean writes the derivative out again here, and so does this.

    Lean: Proofs.Autograd.TapeNodes.Batched.softmaxLastFderiv
    """
    h, m, n = _three(idx)
    hsz, head_type = h * (m * n), VecT(m * n)

    def deriv0(x: Vec) -> CLM:
        xH = heads(h, m * n, x)
        maps = [SoftmaxLastAxis.derivMN(m, n, xH[i]).comp(proj(h, head_type, i)) for i in range(h)]
        DG = pi(PiT(h, head_type), maps, head_type)
        return unheadsCLM(h, m * n).comp(DG.comp(headsCLM(h, m * n)))

    def D(xV: Vec) -> CLM:
        block = Graph_.castCLM(idx.s.size, hsz).comp(CtxVec.getCLM(idx))
        return Graph_.castCLM(hsz, idx.s.size).comp(deriv0(castVec(hsz, CtxVec.get(idx, xV))).comp(block))

    return NodeFDerivCorrect(softmaxLast(idx), D)


OPS = (
    Op(
        "Proofs.Autograd.TapeNodes.Batched.matmul",
        matmul,
        matmulFderiv,
        {
            "Γ": ContextT(),
            "h": NatT(),
            "m": NatT(),
            "n": NatT(),
            "p": NatT(),
            "A": lambda Γ, h, m, n: IdxT(Γ, Shape((h, m, n))),
            "B": lambda Γ, h, n, p: IdxT(Γ, Shape((h, n, p))),
        },
        lambda h, m, p: Shape((h, m, p)),
    ),
    Op(
        "Proofs.Autograd.TapeNodes.Batched.softmaxLast",
        softmaxLast,
        softmaxLastFderiv,
        {
            "Γ": ContextT(),
            "h": NatT(),
            "m": NatT(),
            "n": NatT(),
            "idx": lambda Γ, h, m, n: IdxT(Γ, Shape((h, m, n))),
        },
        lambda h, m, n: Shape((h, m, n)),
    ),
)

_SIZES: Mapping[str, BinderSpec] = {"h": NatT(), "n": NatT()}

CLAIMS = (
    claim(
        "Proofs.Autograd.TapeNodes.Batched.headsCLM_apply",
        headsCLM_apply,
        **_SIZES,
        x=lambda h, n: VecT(h * n),
    ),
    claim(
        "Proofs.Autograd.TapeNodes.Batched.unheadsCLM_apply",
        unheadsCLM_apply,
        **_SIZES,
        r=lambda h, n: PiT(h, VecT(n)),
    ),
    claim("Proofs.Autograd.TapeNodes.Batched.size3_eq", size3_eq, h=NatT(), m=NatT(), n=NatT()),
    *map(contract, OPS),
)
