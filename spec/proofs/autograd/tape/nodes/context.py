"""Blocks of a vectorized context, and nodes given by functions of vectors.

Lean module: NN.Proofs.Autograd.Tape.Nodes.Context
"""

from __future__ import annotations

from collections.abc import Callable

from leanmirror.spec.core.shape import Shape, require_size
from leanmirror.spec.judge.claim import BinderSpec, claim
from leanmirror.spec.judge.comparison import equal
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.judge.types import FinT, VecT
from leanmirror.spec.judge.types.linear import CLM
from leanmirror.spec.layers.linear import LinearSpec
from leanmirror.spec.mathlib import inner
from leanmirror.spec.proofs.autograd.core.real_correctness import linearCorrect
from leanmirror.spec.proofs.autograd.core.vectorization import Vec
from leanmirror.spec.proofs.autograd.fderiv.core import matCLM, tensorToMatrix
from leanmirror.spec.proofs.autograd.fderiv.op_spec import OpSpecFDerivCorrect
from leanmirror.spec.proofs.autograd.tape.core.fderiv import (
    Graph_,
    castVec,
    ctxSize,
    flattenCtx,
    ofVecT,
    toVecT,
    unflattenCtx,
)
from leanmirror.spec.proofs.autograd.tape.core.soundness import Idx, Node
from leanmirror.spec.torchlean_types import ContextT, IdxT, ShapeT
from leanmirror.spec.torchlean_types.shapes import Shapes


class CtxVec:
    """Blocks of vectorized contexts."""

    @staticmethod
    def getRaw(Γ: Shapes, i: int, x: Vec) -> Vec:
        """Block i; ShapeError unless x has `ctxSize Γ` entries.

        Lean: Proofs.Autograd.CtxVec.getRaw
        """
        FinT(len(Γ)).check(i)
        require_size("a vectorized context", len(x), ctxSize(Γ))
        start = ctxSize(Γ[:i])
        return x[start : start + Γ[i].size]

    @staticmethod
    def singleRaw(Γ: Shapes, i: int, v: Vec) -> Vec:
        """Zeros, with v as block i; ShapeError unless v has that block's size.

        Lean: Proofs.Autograd.CtxVec.singleRaw
        """
        FinT(len(Γ)).check(i)
        require_size(f"block {i} of a vectorized context", len(v), Γ[i].size)
        return [*[0] * ctxSize(Γ[:i]), *v, *[0] * ctxSize(Γ[i + 1 :])]

    @staticmethod
    def get(idx: Idx, x: Vec) -> Vec:
        """The block at the index.

        Lean: Proofs.Autograd.CtxVec.get
        """
        return castVec(idx.s.size, CtxVec.getRaw(idx.Γ, idx.i, x))

    @staticmethod
    def single(idx: Idx, v: Vec) -> Vec:
        """Zeros, with v as the block at the index.

        Lean: Proofs.Autograd.CtxVec.single
        """
        return CtxVec.singleRaw(idx.Γ, idx.i, castVec(idx.Γ[idx.i].size, v))

    @staticmethod
    def headCLM(s: Shape, ss: Shapes) -> CLM:
        """The first block of a context `s :: ss`.

        Lean: Proofs.Autograd.CtxVec.headCLM
        """
        return CLM(VecT(ctxSize((s, *ss))), VecT(s.size), lambda x: x[: s.size])

    @staticmethod
    def tailCLM(s: Shape, ss: Shapes) -> CLM:
        """All but the first block of a context `s :: ss`.

        Lean: Proofs.Autograd.CtxVec.tailCLM
        """
        return CLM(VecT(ctxSize((s, *ss))), VecT(ctxSize(ss)), lambda x: x[s.size :])

    @staticmethod
    def getCLMRaw(Γ: Shapes, i: int) -> CLM:
        """Block i as a linear map: the head of the tail's tail …

        Lean: Proofs.Autograd.CtxVec.getCLMRaw
        """
        FinT(len(Γ)).check(i)
        s, ss = Γ[0], Γ[1:]
        if i == 0:
            return CtxVec.headCLM(s, ss)
        return CtxVec.getCLMRaw(ss, i - 1).comp(CtxVec.tailCLM(s, ss))

    @staticmethod
    def getCLM(idx: Idx) -> CLM:
        """`get idx` as a linear map.

        Lean: Proofs.Autograd.CtxVec.getCLM
        """
        return Graph_.castCLM(idx.Γ[idx.i].size, idx.s.size).comp(CtxVec.getCLMRaw(idx.Γ, idx.i))

    @staticmethod
    def inner_getRaw_singleRaw(Γ: Shapes, i: int, x: Vec, v: Vec) -> Judgement:
        """`⟪x, singleRaw i v⟫ = ⟪getRaw i x, v⟫`

        Lean: Proofs.Autograd.CtxVec.inner_getRaw_singleRaw
        """
        return equal(inner(x, CtxVec.singleRaw(Γ, i, v)), inner(CtxVec.getRaw(Γ, i, x), v))

    @staticmethod
    def inner_get_single(idx: Idx, x: Vec, v: Vec) -> Judgement:
        """`⟪x, single idx v⟫ = ⟪get idx x, v⟫`

        Lean: Proofs.Autograd.CtxVec.inner_get_single
        """
        return equal(inner(x, CtxVec.single(idx, v)), inner(CtxVec.get(idx, x), v))

    @staticmethod
    def getCLMRaw_apply(Γ: Shapes, i: int, x: Vec) -> Judgement:
        """`getCLMRaw i x = getRaw i x`

        Lean: Proofs.Autograd.CtxVec.getCLMRaw_apply
        """
        return equal(CtxVec.getCLMRaw(Γ, i)(x), CtxVec.getRaw(Γ, i, x))

    @staticmethod
    def getCLM_apply(idx: Idx, x: Vec) -> Judgement:
        """`getCLM idx x = get idx x`

        Lean: Proofs.Autograd.CtxVec.getCLM_apply
        """
        return equal(CtxVec.getCLM(idx)(x), CtxVec.get(idx, x))


class Node_:
    """Nodes from functions of vectors."""

    @staticmethod
    def ofVec(
        Γ: Shapes,
        τ: Shape,
        f: Callable[[Vec], Vec],
        jvp: Callable[[Vec, Vec], Vec],
        vjp: Callable[[Vec, Vec], Vec],
    ) -> Node:
        """The node whose value and rules are these functions of vectorized contexts.

        Lean: Proofs.Autograd.Node.ofVec
        """
        return Node(
            Γ,
            τ,
            forward=lambda ctx: ofVecT(τ, f(flattenCtx(ctx))),
            jvp=lambda ctx, dctx: ofVecT(τ, jvp(flattenCtx(ctx), flattenCtx(dctx))),
            vjp=lambda ctx, δ: unflattenCtx(Γ, vjp(flattenCtx(ctx), toVecT(δ))),
        )


class OpSpecFDerivCorrect_:
    """Certified operations on vectors."""

    @staticmethod
    def linear(m: LinearSpec) -> OpSpecFDerivCorrect:
        """`W x + b`, with the constant derivative W.

        Lean: Proofs.Autograd.OpSpecFDerivCorrect.linear
        """
        return OpSpecFDerivCorrect(
            m.inDim, m.outDim, linearCorrect(m), lambda _xV: matCLM(tensorToMatrix(m.weights))
        )


def _ctxVec(Γ: Shapes) -> VecT:
    return VecT(ctxSize(Γ))


_INDEXED: dict[str, BinderSpec] = {
    "Γ": ContextT(),
    "s": ShapeT(),
    "idx": lambda Γ, s: IdxT(Γ, s),
    "x": _ctxVec,
}

CLAIMS = (
    claim(
        "Proofs.Autograd.CtxVec.inner_get_single",
        CtxVec.inner_get_single,
        **_INDEXED,
        v=lambda s: VecT(s.size),
    ),
    claim("Proofs.Autograd.CtxVec.getCLM_apply", CtxVec.getCLM_apply, **_INDEXED),
    claim(
        "Proofs.Autograd.CtxVec.inner_getRaw_singleRaw",
        CtxVec.inner_getRaw_singleRaw,
        Γ=ContextT(),
        i=lambda Γ: FinT(len(Γ)),
        x=_ctxVec,
        v=lambda Γ, i: VecT(Γ[i].size),
    ),
    claim(
        "Proofs.Autograd.CtxVec.getCLMRaw_apply",
        CtxVec.getCLMRaw_apply,
        Γ=ContextT(),
        i=lambda Γ: FinT(len(Γ)),
        x=_ctxVec,
    ),
)
