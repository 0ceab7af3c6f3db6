"""The chosen derivatives of the activations are their derivatives.

Lean module: NN.Proofs.Gradients.Activation
"""

from __future__ import annotations

from leanmirror.spec.core.context import Scalar, div, exp, inv, tanh
from leanmirror.spec.judge.claim import Assume, claim
from leanmirror.spec.judge.comparison import equal, less, not_equal
from leanmirror.spec.judge.derivative import HasDerivAt
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.judge.types import RealT
from leanmirror.spec.layers.activation import Math
from leanmirror.spec.nn_core.numeric import Numbers


def relu_deriv_correct(x: Scalar) -> Judgement:
    """`HasDerivAt reluSpec (reluDerivSpec x) x`, where `x ≠ 0`

    Lean: Proofs.relu_deriv_correct
    """
    return HasDerivAt(Math.reluSpec, Math.reluDerivSpec(x), x)


def leaky_relu_deriv_correct(x: Scalar, αl: Scalar) -> Judgement:
    """`HasDerivAt (leakyReluSpec · αₗ) (leakyReluDerivSpec x αₗ) x`, where `x ≠ 0` and `αₗ > 0`

    Lean: Proofs.leaky_relu_deriv_correct
    """
    return HasDerivAt(lambda y: Math.leakyReluSpec(y, αl), Math.leakyReluDerivSpec(x, αl), x)


def square_deriv_correct(x: Scalar) -> Judgement:
    """`HasDerivAt (fun y => y * y) (Numbers.two * x) x`

    Lean: Proofs.square_deriv_correct
    """
    return HasDerivAt(lambda y: y * y, Numbers.two(x) * x, x)


def sinh_deriv_correct(x: Scalar) -> Judgement:
    """`HasDerivAt sinhSpec (sinhDerivSpec x) x`

    Lean: Proofs.sinh_deriv_correct
    """
    return HasDerivAt(Math.sinhSpec, Math.sinhDerivSpec(x), x)


def cosh_deriv_correct(x: Scalar) -> Judgement:
    """`HasDerivAt coshSpec (coshDerivSpec x) x`

    Lean: Proofs.cosh_deriv_correct
    """
    return HasDerivAt(Math.coshSpec, Math.coshDerivSpec(x), x)


def elu_deriv_correct(x: Scalar, α: Scalar) -> Judgement:
    """`HasDerivAt (eluSpec · α) (eluDerivSpec x α) x`, where `x ≠ 0`

    Lean: Proofs.elu_deriv_correct
    """
    return HasDerivAt(lambda y: Math.eluSpec(y, α), Math.eluDerivSpec(x, α), x)


def sigmoid_deriv_correct(x: Scalar) -> Judgement:
    """`HasDerivAt sigmoidSpec (sigmoidDerivSpec x) x`

    Lean: Proofs.sigmoid_deriv_correct
    """
    return HasDerivAt(Math.sigmoidSpec, Math.sigmoidDerivSpec(x), x)


def logistic_deriv_correct(x: Scalar) -> Judgement:
    """`HasDerivAt logisticSpec (logisticDerivSpec x) x`

    Lean: Proofs.logistic_deriv_correct
    """
    return HasDerivAt(Math.logisticSpec, Math.logisticDerivSpec(x), x)


def tanh_deriv_correct(x: Scalar) -> Judgement:
    """`HasDerivAt tanhSpec (tanhDerivSpec x) x`

    Lean: Proofs.tanh_deriv_correct
    """
    return HasDerivAt(Math.tanhSpec, Math.tanhDerivSpec(x), x)


def gelu_deriv_correct(x: Scalar) -> Judgement:
    """`HasDerivAt geluSpec (geluDerivSpec x) x`

    Lean: Proofs.gelu_deriv_correct
    """
    return HasDerivAt(Math.geluSpec, Math.geluDerivSpec(x), x)


def softplus_deriv_correct(x: Scalar) -> Judgement:
    """`HasDerivAt softplusSpec (softplusDerivSpec x) x`

    Lean: Proofs.softplus_deriv_correct
    """
    return HasDerivAt(Math.softplusSpec, Math.softplusDerivSpec(x), x)


def silu_deriv_correct(x: Scalar) -> Judgement:
    """`HasDerivAt swishSpec (swishDerivSpec x) x`

    Lean: Proofs.silu_deriv_correct
    """
    return HasDerivAt(Math.swishSpec, Math.swishDerivSpec(x), x)


def safe_log_deriv_correct(x: Scalar, ε: Scalar) -> Judgement:
    """`HasDerivAt (safeLogSpec · ε) (safeLogDerivSpec x ε) x`, where `0 < ε`

    Lean: Proofs.safe_log_deriv_correct
    """
    return HasDerivAt(lambda y: Math.safeLogSpec(y, ε), Math.safeLogDerivSpec(x, ε), x)


def smooth_abs_deriv_correct(x: Scalar, ε: Scalar) -> Judgement:
    """`HasDerivAt (smoothAbsSpec · ε) (smoothAbsDerivSpec x ε) x`, where `0 < ε`

    Lean: Proofs.smooth_abs_deriv_correct
    """
    return HasDerivAt(lambda y: Math.smoothAbsSpec(y, ε), Math.smoothAbsDerivSpec(x, ε), x)


def sigmoid_eq_inv_exp(x: Scalar) -> Judgement:
    """`sigmoidSpec x = (1 + exp (-x))⁻¹`

    Lean: Proofs.sigmoid_eq_inv_exp
    """
    return equal(Math.sigmoidSpec(x), inv(1 + exp(-x)))


def tanh_exp_eq(x: Scalar) -> Judgement:
    """`tanh x = (exp x - exp (-x)) / (exp x + exp (-x))`

    Lean: Proofs.tanh_exp_eq
    """
    return equal(tanh(x), div(exp(x) - exp(-x), exp(x) + exp(-x)))


def h_num_eq_general(z: Scalar) -> Judgement:
    """`(eᶻ + e⁻ᶻ)² - (eᶻ - e⁻ᶻ)² = 4`, the squares as products

    Lean: Proofs.h_num_eq_general
    """
    plus, minus = exp(z) + exp(-z), exp(z) - exp(-z)
    return equal(plus * plus - minus * minus, 4)


_NONZERO = Assume(holds=lambda x: not_equal(x, 0))
_POSITIVE = Assume(holds=lambda ε: less(0, ε))

CLAIMS = (
    claim("Proofs.relu_deriv_correct", relu_deriv_correct, x=RealT(), h=_NONZERO),
    claim(
        "Proofs.leaky_relu_deriv_correct",
        leaky_relu_deriv_correct,
        x=RealT(),
        h=_NONZERO,
        αl=RealT(),
        h2=Assume(holds=lambda αl: less(0, αl)),
    ),
    claim("Proofs.square_deriv_correct", square_deriv_correct, x=RealT()),
    claim("Proofs.sinh_deriv_correct", sinh_deriv_correct, x=RealT()),
    claim("Proofs.cosh_deriv_correct", cosh_deriv_correct, x=RealT()),
    claim("Proofs.elu_deriv_correct", elu_deriv_correct, x=RealT(), α=RealT(), h=_NONZERO),
    claim("Proofs.sigmoid_deriv_correct", sigmoid_deriv_correct, x=RealT()),
    claim("Proofs.logistic_deriv_correct", logistic_deriv_correct, x=RealT()),
    claim("Proofs.tanh_deriv_correct", tanh_deriv_correct, x=RealT()),
    claim("Proofs.gelu_deriv_correct", gelu_deriv_correct, x=RealT()),
    claim("Proofs.softplus_deriv_correct", softplus_deriv_correct, x=RealT()),
    claim("Proofs.silu_deriv_correct", silu_deriv_correct, x=RealT()),
    claim("Proofs.safe_log_deriv_correct", safe_log_deriv_correct, x=RealT(), ε=RealT(), hε=_POSITIVE),
    claim("Proofs.smooth_abs_deriv_correct", smooth_abs_deriv_correct, x=RealT(), ε=RealT(), hε=_POSITIVE),
    claim("Proofs.sigmoid_eq_inv_exp", sigmoid_eq_inv_exp, x=RealT()),
    claim("Proofs.tanh_exp_eq", tanh_exp_eq, x=RealT()),
    claim("Proofs.h_num_eq_general", h_num_eq_general, z=RealT()),
)
