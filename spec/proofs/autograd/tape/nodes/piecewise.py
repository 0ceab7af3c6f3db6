"""The larger and the smaller of two blocks, entry by entry.

Lean module: NN.Proofs.Autograd.Tape.Nodes.Piecewise
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from leanmirror.spec.core.context import Scalar, gt, lt, max_, min_
from leanmirror.spec.core.shape import Shape, require_shape
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.judge.claim import Assume, BinderSpec
from leanmirror.spec.judge.comparison import not_equal
from leanmirror.spec.judge.judgement import Judgement, all_of
from leanmirror.spec.judge.types import VecT
from leanmirror.spec.judge.types.linear import CLM
from leanmirror.spec.ops import Op, contract
from leanmirror.spec.proofs.autograd.core.vectorization import Vec
from leanmirror.spec.proofs.autograd.tape.core.fderiv import NodeFDerivCorrectAt, ctxSize, vecOfFun
from leanmirror.spec.proofs.autograd.tape.core.soundness import Idx, Node
from leanmirror.spec.proofs.autograd.tape.nodes.context import CtxVec, Node_
from leanmirror.spec.torchlean_types import ContextT, IdxT, ShapeT
from leanmirror.spec.torchlean_types.shapes import Shapes

Choice = Callable[[Scalar, Scalar], bool]


def maxElem(a: Idx, b: Idx) -> Node:
    """The larger entry; the derivative is the first block's where it is larger, else the second's.

    Lean: Proofs.Autograd.TapeNodes.maxElem
    """
    return _chosen(a, b, max_, gt)


def minElem(a: Idx, b: Idx) -> Node:
    """The smaller entry; the derivative is the first block's where it is smaller, else the second's.

    Lean: Proofs.Autograd.TapeNodes.minElem
    """
    return _chosen(a, b, min_, lt)


def _chosen(a: Idx, b: Idx, value: Callable[[Scalar, Scalar], Scalar], first: Choice) -> Node:
    require_shape("the second index", b.s, a.s)
    if a.Γ != b.Γ:
        raise ShapeError("the two indices are of different contexts")

    def forward(x: Vec) -> Vec:
        return vecOfFun([value(p, q) for p, q in _pairs(a, b, x)])

    def tangent(x: Vec, dx: Vec) -> Vec:
        steps = zip(_pairs(a, b, x), _pairs(a, b, dx), strict=True)
        return vecOfFun([dp if first(p, q) else dq for (p, q), (dp, dq) in steps])

    def backward(x: Vec, δ: Vec) -> Vec:
        steps = list(zip(_pairs(a, b, x), δ, strict=True))
        left = CtxVec.single(a, vecOfFun([d if first(p, q) else 0 for (p, q), d in steps]))
        right = CtxVec.single(b, vecOfFun([0 if first(p, q) else d for (p, q), d in steps]))
        return [u + v for u, v in zip(left, right, strict=True)]

    return Node_.ofVec(a.Γ, a.s, f=forward, jvp=tangent, vjp=backward)


def _pairs(a: Idx, b: Idx, x: Vec) -> list[tuple[Scalar, Scalar]]:
    return list(zip(CtxVec.get(a, x), CtxVec.get(b, x), strict=True))


def _slope(a: Idx, b: Idx, xV: Vec, first: Choice) -> CLM:
    A, B = CtxVec.getCLM(a), CtxVec.getCLM(b)
    choices = [first(p, q) for p, q in _pairs(a, b, xV)]
    dom, cod = VecT(ctxSize(a.Γ)), VecT(a.s.size)
    return CLM(
        dom, cod, lambda dx: [u if left else v for left, u, v in zip(choices, A(dx), B(dx), strict=True)]
    )


def maxElemFderivAt(a: Idx, b: Idx, xV: Vec) -> NodeFDerivCorrectAt:
    """The certificate of `maxElem a b` at xV, where no two entries are equal.

    Lean: Proofs.Autograd.TapeNodes.maxElemFderivAt
    """
    return NodeFDerivCorrectAt(maxElem(a, b), xV, _slope(a, b, xV, gt))


def minElemFderivAt(a: Idx, b: Idx, xV: Vec) -> NodeFDerivCorrectAt:
    """The certificate of `minElem a b` at xV, where no two entries are equal.

    Lean: Proofs.Autograd.TapeNodes.minElemFderivAt
    """
    return NodeFDerivCorrectAt(minElem(a, b), xV, _slope(a, b, xV, lt))


def _at_index(Γ: Shapes, s: Shape) -> IdxT:
    return IdxT(Γ, s)


def _apart(a: Idx, b: Idx, xV: Vec) -> Judgement:
    return all_of(not_equal(p, q) for p, q in _pairs(a, b, xV))


_TWO: Mapping[str, BinderSpec] = {"Γ": ContextT(), "s": ShapeT(), "a": _at_index, "b": _at_index}
_APART = {"hneq": Assume(holds=_apart)}

OPS = (
    Op("Proofs.Autograd.TapeNodes.maxElem", maxElem, maxElemFderivAt, _TWO, lambda s: s, _APART),
    Op("Proofs.Autograd.TapeNodes.minElem", minElem, minElemFderivAt, _TWO, lambda s: s, _APART),
)

CLAIMS = tuple(map(contract, OPS))
