"""Operations with a backward pass: adjoint to their forward-mode rule, which is the derivative."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from flint import arb

from leanmirror.spec.autograd import ops
from leanmirror.spec.autograd.autograd_spec import OpSpec
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.judge.comparison import equal, wanted_digits
from leanmirror.spec.judge.derivative import HasFDerivAt, fderiv
from leanmirror.spec.judge.precision import precision
from leanmirror.spec.judge.types.linear import CLM
from leanmirror.spec.layers import activation
from leanmirror.spec.proofs.autograd.core import real_correctness as correct
from leanmirror.spec.proofs.autograd.core.real_correctness import OpSpecCorrect
from leanmirror.spec.proofs.autograd.fderiv.log_softmax import logSoftmaxVec
from leanmirror.spec.proofs.autograd.fderiv.softmax import softmaxVec
from leanmirror.spec.torchlean_types import LinearSpecT, TensorT

S = Shape((2, 2))
X = Tensor(S, [arb(-3) / 4, arb(1) / 8, arb(2), arb(5) / 2])
DX = Tensor(S, [arb(1), arb(-2), arb(3) / 2, arb(1) / 4])
Δ = Tensor(S, [arb(2), arb(1) / 2, arb(-1), arb(3)])
HALF = arb(1) / 2

SMOOTH: list[tuple[str, Callable[[Shape], OpSpecCorrect]]] = [
    ("relu", correct.reluCorrect),
    ("sigmoid", correct.sigmoidCorrect),
    ("tanh", correct.tanhCorrect),
    ("softplus", correct.softplusCorrect),
    ("silu", correct.siluCorrect),
    ("gelu", correct.geluCorrect),
    ("safeLog", partial(correct.safeLogCorrect, ε=HALF)),
    ("smoothAbs", partial(correct.smoothAbsCorrect, ε=HALF)),
    ("exp", correct.expCorrect),
    ("square", correct.squareCorrect),
    ("sinh", correct.sinhCorrect),
    ("cosh", correct.coshCorrect),
    ("log", correct.logCorrect),
]


@pytest.mark.parametrize(("name", "make"), SMOOTH, ids=[name for name, _ in SMOOTH])
def test_rules_are_adjoint_and_the_derivative(name: str, make: Callable[[Shape], OpSpecCorrect]) -> None:
    C = make(S)
    with precision(300), wanted_digits(30):
        derivative = CLM(TensorT(S), TensorT(S), lambda dx: C.jvp(X, dx))
        assert C.correct(X, DX, Δ).holds
        assert HasFDerivAt(C.op.forward, derivative, X).holds


def test_elu_on_tensors_is_adjoint_and_not_the_derivative() -> None:
    """Lean swaps the arguments of both its function and its derivative."""
    C = correct.eluCorrect(S, arb(-1))
    with precision(300), wanted_digits(30):
        derivative = CLM(TensorT(S), TensorT(S), lambda dx: C.jvp(X, dx))
        assert C.correct(X, DX, Δ).holds
        assert HasFDerivAt(C.op.forward, derivative, X).fails


def test_linear_and_sum() -> None:
    m = LinearSpecT(2, 1).of([arb(3), arb(4), arb(7)])
    x, δ = Tensor(Shape((2,)), [arb(1), arb(2)]), Tensor(Shape((1,)), [arb(5)])
    C = correct.linearCorrect(m)
    assert Tensor(Shape((1,)), [arb(18)]) == C.op.forward(x)
    assert Tensor(Shape((2,)), [arb(15), arb(20)]) == C.op.backward(x, δ)
    assert C.correct(x, x, δ).holds
    total = correct.sumCorrect(S)
    assert Tensor(S, [arb(5)] * 4) == total.op.backward(X, Tensor.scalar(arb(5)))
    assert total.correct(X, DX, Tensor.scalar(arb(5))).holds


def adjoint_of_derivative(op: OpSpec, δ: Tensor) -> Tensor:
    derivative, _ = fderiv(op.forward, TensorT(op.σ), TensorT(op.τ), X)
    out = [0] * op.σ.size
    for row, d in zip(derivative.matrix(), δ.entries, strict=True):
        for j, c in row.items():
            out[j] = out[j] + c * d
    return Tensor(op.σ, out)


WITHOUT_JVP = [
    (ops.softmaxOp(S), Δ),
    (ops.logSoftmaxOp(S), Δ),
    (ops.mseLossOp(DX), Tensor.scalar(arb(3))),
]


@pytest.mark.parametrize(("op", "δ"), WITHOUT_JVP, ids=["softmax", "logSoftmax", "mseLoss"])
def test_backward_is_the_adjoint_of_the_derivative(op: OpSpec, δ: Tensor) -> None:
    with precision(300), wanted_digits(30):
        assert equal(op.backward(X, δ), adjoint_of_derivative(op, δ)).holds


def test_log_softmax_rules_on_the_output() -> None:
    with precision(300), wanted_digits(30):
        derivative, _ = fderiv(activation.logSoftmaxSpec, TensorT(S), TensorT(S), X)
        assert equal(activation.logSoftmaxJvpSpec(activation.logSoftmaxSpec(X), DX), derivative(DX)).holds


def test_shifted_and_unshifted_softmax_agree_over_the_reals() -> None:
    with precision(300), wanted_digits(30):
        row = Tensor(Shape((4,)), X.entries)
        assert equal(activation.softmaxSpec(row).entries, softmaxVec(X.entries)).holds
        assert equal(activation.logSoftmaxSpec(row).entries, logSoftmaxVec(X.entries)).holds


def test_composition_and_identity() -> None:
    op = ops.squareOp(S).compose(OpSpec.id(S)).compose(ops.expOp(S))
    two = Tensor(S, [arb(0)] * 4)
    assert Tensor(S, [arb(1)] * 4) == op.forward(two)
    assert Tensor(S, [arb(0)] * 4) == op.backward(two, two)
    with pytest.raises(ShapeError, match=r"where \.dim 2 \(\.dim 2 \.scalar\) is needed"):
        op.compose(ops.reluOp(Shape((4,))))
