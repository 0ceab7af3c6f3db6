"""Elementwise nodes: a scalar function on every entry of one block of the context.

Each node is given by a function and its chosen derivative; the reverse-mode rule is the transpose of the
forward-mode rule whatever the derivative is, so only the certificate says that the derivative is right.

Lean module: NN.Proofs.Autograd.Tape.Nodes.Elementwise
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from leanmirror.spec.core import context as real
from leanmirror.spec.core.context import Scalar, div, max_
from leanmirror.spec.core.shape import Shape, require_size
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.judge.claim import Assume, BinderSpec, claim
from leanmirror.spec.judge.comparison import equal, less, not_equal
from leanmirror.spec.judge.derivative import HasDerivAt
from leanmirror.spec.judge.given_derivatives import derivative_at, derivative_everywhere
from leanmirror.spec.judge.judgement import Judgement, all_of
from leanmirror.spec.judge.types import FinT, FunT, NatT, RealT, VecT
from leanmirror.spec.judge.types.linear import CLM
from leanmirror.spec.layers.activation import Math
from leanmirror.spec.layers.linear import LinearSpec
from leanmirror.spec.mathlib import inner
from leanmirror.spec.ops import Op, contract
from leanmirror.spec.proofs.autograd.core.vectorization import Vec, ofVecE, toVecE
from leanmirror.spec.proofs.autograd.fderiv.elementwise import elemwiseDerivCLM
from leanmirror.spec.proofs.autograd.fderiv.op_spec import OpSpecFDerivCorrect
from leanmirror.spec.proofs.autograd.tape.core.fderiv import (
    Graph_,
    NodeFDerivCorrect,
    NodeFDerivCorrectAt,
    castVec,
    ctxSize,
    vecOfFun,
)
from leanmirror.spec.proofs.autograd.tape.core.soundness import Idx, Node
from leanmirror.spec.proofs.autograd.tape.nodes.context import CtxVec, Node_, OpSpecFDerivCorrect_
from leanmirror.spec.torchlean_types import ContextT, IdxT, LinearSpecT, OpSpecFDerivCorrectT, ShapeT
from leanmirror.spec.torchlean_types.shapes import Shapes

ScalarMap = Callable[[Scalar], Scalar]


def getVec(idx: Idx, x: Vec) -> Vec:
    """The block at an index of a vector shape.

    Lean: Proofs.Autograd.TapeNodes.getVec
    """
    return castVec(_length(idx), CtxVec.get(idx, x))


def getVecCLM(idx: Idx) -> CLM:
    """`getVec idx` as a linear map.

    Lean: Proofs.Autograd.TapeNodes.getVecCLM
    """
    return Graph_.castCLM(idx.s.size, _length(idx)).comp(CtxVec.getCLM(idx))


def getVecCLM_apply(idx: Idx, x: Vec) -> Judgement:
    """`getVecCLM idx x = getVec idx x`

    Lean: Proofs.Autograd.TapeNodes.getVecCLM_apply
    """
    return equal(getVecCLM(idx)(x), getVec(idx, x))


def getCLM_apply_ofLp(idx: Idx, x: Vec, i: int) -> Judgement:
    """`(CtxVec.getCLM idx x).ofLp i = (CtxVec.get idx x).ofLp i`

    Lean: Proofs.Autograd.TapeNodes.getCLM_apply_ofLp
    """
    return equal(CtxVec.getCLM(idx)(x)[i], CtxVec.get(idx, x)[i])


def singleVec(idx: Idx, v: Vec) -> Vec:
    """Zeros, with v as the block at an index of a vector shape.

    Lean: Proofs.Autograd.TapeNodes.singleVec
    """
    return CtxVec.single(idx, castVec(_length(idx), v))


def inner_getVec_singleVec(idx: Idx, x: Vec, v: Vec) -> Judgement:
    """`⟪x, singleVec idx v⟫ = ⟪getVec idx x, v⟫`

    Lean: Proofs.Autograd.TapeNodes.inner_getVec_singleVec
    """
    return equal(inner(x, singleVec(idx, v)), inner(getVec(idx, x), v))


def _length(idx: Idx) -> int:
    """n of an index of shape `.dim n .scalar`; ShapeError for another shape."""
    if len(idx.s.dims) != 1:
        raise ShapeError(f"an index of shape {idx.s} where a vector shape, .dim n .scalar, is needed")
    return idx.s.dims[0]


def elemwise(idx: Idx, f: ScalarMap, f_prime: ScalarMap) -> Node:
    """`f` of every entry of a block; jvp `dx i * f' (x i)`, vjp `δ i * f' (x i)` in that block.

    Lean: Proofs.Autograd.TapeNodes.elemwise
    """

    def get(x: Vec) -> Vec:
        return CtxVec.get(idx, x)

    return Node_.ofVec(
        idx.Γ,
        idx.s,
        f=lambda xV: vecOfFun([f(x) for x in get(xV)]),
        jvp=lambda xV, dxV: vecOfFun([dx * f_prime(x) for dx, x in zip(get(dxV), get(xV), strict=True)]),
        vjp=lambda xV, δ: CtxVec.single(
            idx, vecOfFun([d * f_prime(x) for d, x in zip(δ, get(xV), strict=True)])
        ),
    )


def elemwiseFderiv(idx: Idx, f: ScalarMap, f_prime: ScalarMap) -> NodeFDerivCorrect:
    """`elemwise idx f f'` has the derivative `dx ↦ dx i * f' (x i)` where `∀ z, HasDerivAt f (f' z) z`.

    Lean: Proofs.Autograd.TapeNodes.elemwiseFderiv
    """
    return NodeFDerivCorrect(
        elemwise(idx, f, f_prime),
        lambda xV: elemwiseDerivCLM(f_prime, CtxVec.get(idx, xV)).comp(CtxVec.getCLM(idx)),
    )


def elemwiseFderivAt(idx: Idx, f: ScalarMap, f_prime: ScalarMap, xV: Vec) -> NodeFDerivCorrectAt:
    """As `elemwiseFderiv`, at one point, where f has the derivative f' at each entry of the block.

    Lean: Proofs.Autograd.TapeNodes.elemwiseFderivAt
    """
    return NodeFDerivCorrectAt(
        elemwise(idx, f, f_prime),
        xV,
        elemwiseDerivCLM(f_prime, CtxVec.get(idx, xV)).comp(CtxVec.getCLM(idx)),
    )


def relu(idx: Idx) -> Node:
    """`max x 0`; derivative 1 where `x > 0`, else 0.

    Lean: Proofs.Autograd.TapeNodes.relu
    """
    return elemwise(idx, Math.reluSpec, Math.reluDerivSpec)


def reluFderivAt(idx: Idx, xV: Vec) -> NodeFDerivCorrectAt:
    """The certificate of `relu idx` at xV, where no entry is 0 in the block.

    Lean: Proofs.Autograd.TapeNodes.reluFderivAt
    """
    return elemwiseFderivAt(idx, Math.reluSpec, Math.reluDerivSpec, xV)


def abs(idx: Idx) -> Node:
    """`|x|`; derivative the sign, 0 at 0.

    Lean: Proofs.Autograd.TapeNodes.abs
    """
    return elemwise(idx, real.abs_, real.sign)


def absFderivAt(idx: Idx, xV: Vec) -> NodeFDerivCorrectAt:
    """The certificate of `abs idx` at xV, where no entry is 0 in the block.

    Lean: Proofs.Autograd.TapeNodes.absFderivAt
    """
    return elemwiseFderivAt(idx, real.abs_, real.sign, xV)


def log(idx: Idx) -> Node:
    """`Real.log x`, which is `log |x|` and 0 at 0; derivative `x⁻¹`, 0 at 0.

    Lean: Proofs.Autograd.TapeNodes.log
    """
    return elemwise(idx, real.log, real.inv)


def logFderivAt(idx: Idx, xV: Vec) -> NodeFDerivCorrectAt:
    """The certificate of `log idx` at xV, where no entry is 0 in the block.

    Lean: Proofs.Autograd.TapeNodes.logFderivAt
    """
    return elemwiseFderivAt(idx, real.log, real.inv, xV)


def inv(idx: Idx) -> Node:
    """`x⁻¹`, 0 at 0; derivative `-(x ^ 2)⁻¹`, 0 at 0.

    Lean: Proofs.Autograd.TapeNodes.inv
    """
    return elemwise(idx, real.inv, lambda x: -real.inv(x**2))


def invFderivAt(idx: Idx, xV: Vec) -> NodeFDerivCorrectAt:
    """The certificate of `inv idx` at xV, where no entry is 0 in the block.

    Lean: Proofs.Autograd.TapeNodes.invFderivAt
    """
    return elemwiseFderivAt(idx, real.inv, lambda x: -real.inv(x**2), xV)


def hasDerivAt_sqrt_clamp_of_pos(x: Scalar) -> Judgement:
    """`HasDerivAt (fun y => √(max y 0)) (1 / (2 * √x)) x`, where `0 < x`

    Lean: Proofs.Autograd.TapeNodes.hasDerivAt_sqrt_clamp_of_pos
    """
    return HasDerivAt(lambda y: real.sqrt(max_(y, 0)), div(1, 2 * real.sqrt(x)), x)


def sqrtClamp(idx: Idx) -> Node:
    """`√(max x 0)`; derivative `1 / (2 √x)`, 0 for `x ≤ 0`.

    Lean: Proofs.Autograd.TapeNodes.sqrtClamp
    """
    return elemwise(idx, lambda x: real.sqrt(max_(x, 0)), lambda x: div(1, 2 * real.sqrt(x)))


def sqrtClampFderivAt(idx: Idx, xV: Vec) -> NodeFDerivCorrectAt:
    """The certificate of `sqrtClamp idx` at xV, where every entry is positive in the block.

    Lean: Proofs.Autograd.TapeNodes.sqrtClampFderivAt
    """
    return elemwiseFderivAt(idx, lambda x: real.sqrt(max_(x, 0)), lambda x: div(1, 2 * real.sqrt(x)), xV)


def sqrt(idx: Idx) -> Node:
    """`Real.sqrt x`, 0 for `x ≤ 0`; derivative `1 / (2 √x)`, 0 for `x ≤ 0`.

    Lean: Proofs.Autograd.TapeNodes.sqrt
    """
    return elemwise(idx, real.sqrt, lambda x: div(1, 2 * real.sqrt(x)))


def sqrtFderivAt(idx: Idx, xV: Vec) -> NodeFDerivCorrectAt:
    """The certificate of `sqrt idx` at xV, where no entry is 0 in the block.

    Lean: Proofs.Autograd.TapeNodes.sqrtFderivAt
    """
    return elemwiseFderivAt(idx, real.sqrt, lambda x: div(1, 2 * real.sqrt(x)), xV)


def logistic(idx: Idx) -> Node:
    """`exp x / (exp x + 1)`, the sigmoid.

    Lean: Proofs.Autograd.TapeNodes.logistic
    """
    return elemwise(idx, Math.logisticSpec, Math.logisticDerivSpec)


def logisticFderiv(idx: Idx) -> NodeFDerivCorrect:
    """The certificate of `logistic idx` at every point.

    Lean: Proofs.Autograd.TapeNodes.logisticFderiv
    """
    return elemwiseFderiv(idx, Math.logisticSpec, Math.logisticDerivSpec)


def sigmoid(idx: Idx) -> Node:
    """`1 / (1 + exp (-x))`.

    Lean: Proofs.Autograd.TapeNodes.sigmoid
    """
    return elemwise(idx, Math.sigmoidSpec, Math.sigmoidDerivSpec)


def sigmoidFderiv(idx: Idx) -> NodeFDerivCorrect:
    """The certificate of `sigmoid idx` at every point.

    Lean: Proofs.Autograd.TapeNodes.sigmoidFderiv
    """
    return elemwiseFderiv(idx, Math.sigmoidSpec, Math.sigmoidDerivSpec)


def tanh(idx: Idx) -> Node:
    """`tanh x`.

    Lean: Proofs.Autograd.TapeNodes.tanh
    """
    return elemwise(idx, Math.tanhSpec, Math.tanhDerivSpec)


def tanhFderiv(idx: Idx) -> NodeFDerivCorrect:
    """The certificate of `tanh idx` at every point.

    Lean: Proofs.Autograd.TapeNodes.tanhFderiv
    """
    return elemwiseFderiv(idx, Math.tanhSpec, Math.tanhDerivSpec)


def softplus(idx: Idx) -> Node:
    """`log (1 + exp x)`.

    Lean: Proofs.Autograd.TapeNodes.softplus
    """
    return elemwise(idx, Math.softplusSpec, Math.softplusDerivSpec)


def softplusFderiv(idx: Idx) -> NodeFDerivCorrect:
    """The certificate of `softplus idx` at every point.

    Lean: Proofs.Autograd.TapeNodes.softplusFderiv
    """
    return elemwiseFderiv(idx, Math.softplusSpec, Math.softplusDerivSpec)


def silu(idx: Idx) -> Node:
    """`x * sigmoid x`.

    Lean: Proofs.Autograd.TapeNodes.silu
    """
    return elemwise(idx, Math.swishSpec, Math.swishDerivSpec)


def siluFderiv(idx: Idx) -> NodeFDerivCorrect:
    """The certificate of `silu idx` at every point.

    Lean: Proofs.Autograd.TapeNodes.siluFderiv
    """
    return elemwiseFderiv(idx, Math.swishSpec, Math.swishDerivSpec)


def gelu(idx: Idx) -> Node:
    """`x * (1 + tanh (√(2/π) (x + 0.044715 x³))) / 2`.

    Lean: Proofs.Autograd.TapeNodes.gelu
    """
    return elemwise(idx, Math.geluSpec, Math.geluDerivSpec)


def geluFderiv(idx: Idx) -> NodeFDerivCorrect:
    """The certificate of `gelu idx` at every point.

    Lean: Proofs.Autograd.TapeNodes.geluFderiv
    """
    return elemwiseFderiv(idx, Math.geluSpec, Math.geluDerivSpec)


def safeLog(idx: Idx, ε: Scalar) -> Node:
    """`log (softplus x + ε)`, not `log (x + ε)`.

    Lean: Proofs.Autograd.TapeNodes.safeLog
    """
    return elemwise(idx, lambda x: Math.safeLogSpec(x, ε), lambda x: Math.safeLogDerivSpec(x, ε))


def safeLogFderiv(idx: Idx, ε: Scalar) -> NodeFDerivCorrect:
    """The certificate of `safeLog idx ε` at every point, for `0 < ε`.

    Lean: Proofs.Autograd.TapeNodes.safeLogFderiv
    """
    return elemwiseFderiv(idx, lambda x: Math.safeLogSpec(x, ε), lambda x: Math.safeLogDerivSpec(x, ε))


def smoothAbs(idx: Idx, ε: Scalar) -> Node:
    """`√(x * x + ε)`.

    Lean: Proofs.Autograd.TapeNodes.smoothAbs
    """
    return elemwise(idx, lambda x: Math.smoothAbsSpec(x, ε), lambda x: Math.smoothAbsDerivSpec(x, ε))


def smoothAbsFderiv(idx: Idx, ε: Scalar) -> NodeFDerivCorrect:
    """The certificate of `smoothAbs idx ε` at every point, for `0 < ε`.

    Lean: Proofs.Autograd.TapeNodes.smoothAbsFderiv
    """
    return elemwiseFderiv(idx, lambda x: Math.smoothAbsSpec(x, ε), lambda x: Math.smoothAbsDerivSpec(x, ε))


def exp(idx: Idx) -> Node:
    """`exp x`.

    Lean: Proofs.Autograd.TapeNodes.exp
    """
    return elemwise(idx, real.exp, real.exp)


def expFderiv(idx: Idx) -> NodeFDerivCorrect:
    """The certificate of `exp idx` at every point.

    Lean: Proofs.Autograd.TapeNodes.expFderiv
    """
    return elemwiseFderiv(idx, real.exp, real.exp)


def sinh(idx: Idx) -> Node:
    """`sinh x`.

    Lean: Proofs.Autograd.TapeNodes.sinh
    """
    return elemwise(idx, Math.sinhSpec, Math.sinhDerivSpec)


def sinhFderiv(idx: Idx) -> NodeFDerivCorrect:
    """The certificate of `sinh idx` at every point.

    Lean: Proofs.Autograd.TapeNodes.sinhFderiv
    """
    return elemwiseFderiv(idx, Math.sinhSpec, Math.sinhDerivSpec)


def cosh(idx: Idx) -> Node:
    """`cosh x`.

    Lean: Proofs.Autograd.TapeNodes.cosh
    """
    return elemwise(idx, Math.coshSpec, Math.coshDerivSpec)


def coshFderiv(idx: Idx) -> NodeFDerivCorrect:
    """The certificate of `cosh idx` at every point.

    Lean: Proofs.Autograd.TapeNodes.coshFderiv
    """
    return elemwiseFderiv(idx, Math.coshSpec, Math.coshDerivSpec)


def elu(idx: Idx, alpha: Scalar) -> Node:
    """`x` where `x > 0`, else `alpha * (exp x - 1)`; derivative `alpha` at 0.

    Lean: Proofs.Autograd.TapeNodes.elu
    """
    return elemwise(idx, lambda x: Math.eluSpec(x, alpha), lambda x: Math.eluDerivSpec(x, alpha))


def eluFderivAt(idx: Idx, alpha: Scalar, xV: Vec) -> NodeFDerivCorrectAt:
    """The certificate of `elu idx alpha` at xV, where no entry is 0 in the block.

    Lean: Proofs.Autograd.TapeNodes.eluFderivAt
    """
    return elemwiseFderivAt(idx, lambda x: Math.eluSpec(x, alpha), lambda x: Math.eluDerivSpec(x, alpha), xV)


def unaryOp(idx: Idx, C: OpSpecFDerivCorrect) -> Node:
    """The operation C on a vector block; ShapeError unless the block has length `C.inDim`.

    Lean: Proofs.Autograd.TapeNodes.unaryOp
    """
    get = getVecCLM(idx)
    require_size("unaryOp, the block", _length(idx), C.inDim)
    return Node_.ofVec(
        idx.Γ,
        Shape((C.outDim,)),
        f=lambda ctxV: castVec(C.outDim, C.forwardVec(get(ctxV))),
        jvp=lambda ctxV, dctxV: castVec(
            C.outDim, toVecE(C.correct.jvp(ofVecE(get(ctxV)), ofVecE(get(dctxV))))
        ),
        vjp=lambda ctxV, δV: singleVec(
            idx, toVecE(C.correct.op.backward(ofVecE(get(ctxV)), ofVecE(castVec(C.outDim, δV))))
        ),
    )


def unaryOpFderiv(idx: Idx, C: OpSpecFDerivCorrect) -> NodeFDerivCorrect:
    """The certificate of `unaryOp idx C` at every point.

    Lean: Proofs.Autograd.TapeNodes.unaryOpFderiv
    """
    get = getVecCLM(idx)
    out_cast = Graph_.castCLM(C.outDim, Shape((C.outDim,)).size)
    return NodeFDerivCorrect(unaryOp(idx, C), lambda xV: out_cast.comp(C.deriv(get(xV)).comp(get)))


def linear(x: Idx, m: LinearSpec) -> Node:
    """`W v + b` of a vector block v; weights and bias are constants of the node.

    Lean: Proofs.Autograd.TapeNodes.linear
    """
    return unaryOp(x, OpSpecFDerivCorrect_.linear(m))


def linearFderiv(x: Idx, m: LinearSpec) -> NodeFDerivCorrect:
    """The certificate of `linear x m` at every point; the derivative is the constant map W.

    Lean: Proofs.Autograd.TapeNodes.linearFderiv
    """
    return unaryOpFderiv(x, OpSpecFDerivCorrect_.linear(m))


def _at_index(Γ: Shapes, s: Shape) -> IdxT:
    return IdxT(Γ, s)


def _vector(n: int) -> Shape:
    return Shape((n,))


_BLOCK: Mapping[str, BinderSpec] = {"Γ": ContextT(), "s": ShapeT(), "idx": _at_index}
_REAL_MAP = FunT(RealT(), RealT())
_FUNCTIONS: Mapping[str, BinderSpec] = {"f": _REAL_MAP, "f_prime": _REAL_MAP}
_NONZERO = Assume(holds=lambda idx, xV: all_of(not_equal(x, 0) for x in CtxVec.get(idx, xV)))
_POSITIVE = Assume(holds=lambda idx, xV: all_of(less(0, x) for x in CtxVec.get(idx, xV)))
_POSITIVE_ε = Assume(holds=lambda ε: less(0, ε))
_VECTOR_BLOCK: Mapping[str, BinderSpec] = {"Γ": ContextT(), "inDim": NatT(), "outDim": NatT()}


def _op(
    make: Callable[..., Node],
    certificate: Callable[..., NodeFDerivCorrect | NodeFDerivCorrectAt],
    arguments: Mapping[str, BinderSpec] | None = None,
    **hypotheses: Assume,
) -> Op:
    """The record of an elementwise node: a block of any shape s, and an output of the same shape."""
    lean = f"Proofs.Autograd.TapeNodes.{make.__name__}"
    return Op(lean, make, certificate, {**_BLOCK, **(arguments or {})}, lambda s: s, hypotheses)


OPS = (
    _op(elemwise, elemwiseFderiv, _FUNCTIONS, hf=derivative_everywhere("f", "f_prime")),
    _op(relu, reluFderivAt, hx=_NONZERO),
    _op(abs, absFderivAt, hx=_NONZERO),
    _op(log, logFderivAt, hx=_NONZERO),
    _op(inv, invFderivAt, hx=_NONZERO),
    _op(sqrtClamp, sqrtClampFderivAt, hx=_POSITIVE),
    _op(sqrt, sqrtFderivAt, hx=_NONZERO),
    _op(logistic, logisticFderiv),
    _op(sigmoid, sigmoidFderiv),
    _op(tanh, tanhFderiv),
    _op(softplus, softplusFderiv),
    _op(silu, siluFderiv),
    _op(gelu, geluFderiv),
    _op(safeLog, safeLogFderiv, {"ε": RealT()}, hε=_POSITIVE_ε),
    _op(smoothAbs, smoothAbsFderiv, {"ε": RealT()}, hε=_POSITIVE_ε),
    _op(exp, expFderiv),
    _op(sinh, sinhFderiv),
    _op(cosh, coshFderiv),
    _op(elu, eluFderivAt, {"alpha": RealT()}, hx=_NONZERO),
    Op(
        "Proofs.Autograd.TapeNodes.unaryOp",
        unaryOp,
        unaryOpFderiv,
        {
            **_VECTOR_BLOCK,
            "idx": lambda Γ, inDim: IdxT(Γ, _vector(inDim)),
            "C": lambda inDim, outDim: OpSpecFDerivCorrectT(inDim, outDim),
        },
        lambda outDim: _vector(outDim),
    ),
    Op(
        "Proofs.Autograd.TapeNodes.linear",
        linear,
        linearFderiv,
        {
            **_VECTOR_BLOCK,
            "x": lambda Γ, inDim: IdxT(Γ, _vector(inDim)),
            "m": lambda inDim, outDim: LinearSpecT(inDim, outDim),
        },
        lambda outDim: _vector(outDim),
    ),
)

_ELEMWISE_AT = _op(
    elemwise,
    elemwiseFderivAt,
    _FUNCTIONS,
    hf=derivative_at("f", "f_prime", points=lambda env: CtxVec.get(env["idx"], env["xV"])),
)
"""The second certificate of `elemwise`; the operation has its record above."""

_VECTOR_INDEX: Mapping[str, BinderSpec] = {
    "Γ": ContextT(),
    "n": NatT(),
    "idx": lambda Γ, n: IdxT(Γ, _vector(n)),
    "x": lambda Γ: VecT(ctxSize(Γ)),
}

CLAIMS = (
    claim("Proofs.Autograd.TapeNodes.getVecCLM_apply", getVecCLM_apply, **_VECTOR_INDEX),
    claim(
        "Proofs.Autograd.TapeNodes.getCLM_apply_ofLp",
        getCLM_apply_ofLp,
        **_BLOCK,
        x=lambda Γ: VecT(ctxSize(Γ)),
        i=lambda s: FinT(s.size),
    ),
    claim(
        "Proofs.Autograd.TapeNodes.inner_getVec_singleVec",
        inner_getVec_singleVec,
        **_VECTOR_INDEX,
        v=lambda n: VecT(n),
    ),
    claim(
        "Proofs.Autograd.TapeNodes.hasDerivAt_sqrt_clamp_of_pos",
        hasDerivAt_sqrt_clamp_of_pos,
        x=RealT(),
        hx=Assume(holds=lambda x: less(0, x)),
    ),
    *map(contract, OPS),
    contract(_ELEMWISE_AT),
)
