"""Nodes of graphs over any scalar, from operations, and the sum of two values.

Lean module: NN.Proofs.Autograd.Tape.Algebra.Nodes
"""

from __future__ import annotations

from leanmirror.spec.autograd.autograd_spec import OpSpec
from leanmirror.spec.core.shape import require_shape
from leanmirror.spec.core.tensor.constructors import fill
from leanmirror.spec.core.tensor_ops import addSpec
from leanmirror.spec.proofs.autograd.core.real_correctness import OpSpecCorrect
from leanmirror.spec.proofs.autograd.tape.algebra import soundness
from leanmirror.spec.proofs.autograd.tape.algebra.soundness import Idx, TList, getIdx


class NodeData:
    """Nodes without the claim that their rules are adjoint."""

    @staticmethod
    def ofOpSpec(idx: Idx, op: OpSpec) -> soundness.NodeData:
        """The operation on one value; its tangent is 0, because it is never asked for.

        Lean: Proofs.Autograd.Algebra.NodeData.ofOpSpec
        """
        require_shape("ofOpSpec", op.σ, idx.s)
        return soundness.NodeData(
            idx.Γ,
            op.τ,
            forward=lambda ctx, _d: op.forward(getIdx(ctx, idx)),
            jvp=lambda _ctx, _dctx, _d: fill(0, op.τ),
            vjp=lambda ctx, _d, δ: TList.single(idx, op.backward(getIdx(ctx, idx), δ)),
        )

    @staticmethod
    def add(a: Idx, b: Idx) -> soundness.NodeData:
        """The sum of two values of one shape.

        Lean: Proofs.Autograd.Algebra.NodeData.add
        """
        require_shape("add", b.s, a.s)
        return soundness.NodeData(
            a.Γ,
            a.s,
            forward=lambda ctx, _d: addSpec(getIdx(ctx, a), getIdx(ctx, b)),
            jvp=lambda _ctx, dctx, _d: addSpec(getIdx(dctx, a), getIdx(dctx, b)),
            vjp=lambda _ctx, _d, δ: TList.add(TList.single(a, δ), TList.single(b, δ)),
        )


class Node:
    """Nodes whose rules are adjoint."""

    @staticmethod
    def ofOpSpecCorrect(idx: Idx, op: OpSpecCorrect) -> soundness.Node:
        """The operation on one value, with its tangent.

        Lean: Proofs.Autograd.Algebra.Node.ofOpSpecCorrect
        """
        require_shape("ofOpSpecCorrect", op.op.σ, idx.s)
        return soundness.Node(
            idx.Γ,
            op.op.τ,
            forward=lambda ctx, _d: op.op.forward(getIdx(ctx, idx)),
            jvp=lambda ctx, dctx, _d: op.jvp(getIdx(ctx, idx), getIdx(dctx, idx)),
            vjp=lambda ctx, _d, δ: TList.single(idx, op.op.backward(getIdx(ctx, idx), δ)),
        )

    @staticmethod
    def add(a: Idx, b: Idx) -> soundness.Node:
        """The sum of two values of one shape.

        Lean: Proofs.Autograd.Algebra.Node.add
        """
        data = NodeData.add(a, b)
        return soundness.Node(data.Γ, data.τ, data.forward, data.jvp, data.vjp)
