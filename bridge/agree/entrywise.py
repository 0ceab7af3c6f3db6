"""Lean's definitions of the entrywise operations and functions, over any scalar.

`forward` takes one entry of each input and the parameters, `backward` the upstream gradient before them; it
gives the contribution to each input. Each is what the Lean operation says, in terms of the spec's functions.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from leanmirror.spec.core.context import Scalar, abs_, div, exp, gt, log, max_, min_, rational, sign, sqrt
from leanmirror.spec.layers.activation import Math


@dataclass(frozen=True, slots=True)
class Entrywise:
    """The twin of an entrywise operation.

    `parameters` are the numbers it is measured with. `anchors` are arguments where the definition changes or
    is most delicate: their neighbours are always among the arguments.
    """

    forward: Callable[..., Scalar]
    backward: Callable[..., tuple[Scalar, ...]]
    parameters: tuple[float, ...] = ()
    anchors: tuple[float, ...] = ()
    positive: bool = False


def _unary(
    f: Callable[..., Scalar],
    df: Callable[..., Scalar],
    parameters: tuple[float, ...] = (),
    anchors: tuple[float, ...] = (),
) -> Entrywise:
    return Entrywise(f, lambda g, *xs: (df(*xs) * g,), parameters, anchors)


def _inv_backward(g: Scalar, x: Scalar) -> tuple[Scalar]:
    r = div(1, x)
    return (g * (r * r) * -1,)


def _sqrt_derivative(x: Scalar) -> Scalar:
    return div(1, 2 * sqrt(x)) if gt(x, 0) else 0


def _inside(x: Scalar, low: Scalar, high: Scalar) -> int:
    return 1 if gt(x, low) and gt(high, x) else 0


def _larger(a: Scalar, b: Scalar) -> Scalar:
    return 1 if gt(a, b) else 0 if gt(b, a) else rational(a, 1, 2)


EXP_EDGES = (88.72, 103.97, 709.78, 745.13)
"""Where exp overflows and where it underflows, in float32 and float64."""

ENTRYWISE = {
    "Runtime.Autograd.Tape.add": Entrywise(lambda a, b: a + b, lambda g, a, b: (g, g)),
    "Runtime.Autograd.Tape.sub": Entrywise(lambda a, b: a - b, lambda g, a, b: (g, 0 - g)),
    "Runtime.Autograd.Tape.mul": Entrywise(lambda a, b: a * b, lambda g, a, b: (g * b, g * a)),
    "Runtime.Autograd.Tape.div": Entrywise(
        lambda a, b: div(a, b), lambda g, a, b: (div(g, b), 0 - g * div(a, b * b))
    ),
    "Runtime.Autograd.Tape.scale": Entrywise(lambda x, c: x * c, lambda g, x, c: (g * c,), (0.3,)),
    "Runtime.Autograd.Tape.abs": _unary(abs_, sign),
    "Runtime.Autograd.Tape.sqrt": _unary(lambda x: sqrt(max_(x, 0)), _sqrt_derivative),
    "Runtime.Autograd.Tape.clamp": _unary(
        lambda x, low, high: min_(high, max_(low, x)), _inside, (-0.7, 1.3), (-0.7, 1.3)
    ),
    "Runtime.Autograd.Tape.max": Entrywise(max_, lambda g, a, b: (_larger(a, b) * g, _larger(b, a) * g)),
    "Runtime.Autograd.Tape.min": Entrywise(min_, lambda g, a, b: (_larger(b, a) * g, _larger(a, b) * g)),
    "Runtime.Autograd.Tape.relu": _unary(Math.reluSpec, Math.reluDerivSpec),
    "Runtime.Autograd.Tape.sigmoid": _unary(
        Math.sigmoidSpec, Math.sigmoidDerivSpec, anchors=(17.3, 37.4, *EXP_EDGES)
    ),
    "Runtime.Autograd.Tape.tanh": _unary(Math.tanhSpec, Math.tanhDerivSpec, anchors=(0.55, 9.01, 19.06)),
    "Runtime.Autograd.Tape.gelu": _unary(
        Math.geluSpec, Math.geluDerivSpec, anchors=(0.7524614221, 5.0, 5.6, 8.3, 5.04e19, 3.66e154)
    ),
    "Runtime.Autograd.Tape.softplus": _unary(
        Math.softplusSpec, Math.softplusDerivSpec, anchors=(16.64, 36.74, *EXP_EDGES)
    ),
    "Runtime.Autograd.Tape.exp": _unary(exp, exp, anchors=(*EXP_EDGES, 87.34, 708.4)),
    "Runtime.Autograd.Tape.log": Entrywise(
        log, lambda g, x: (div(1, x) * g,), anchors=(1.0, 2.0**0.5, 0.5**0.5), positive=True
    ),
    "Runtime.Autograd.Tape.inv": Entrywise(lambda x: div(1, x), _inv_backward),
    "Runtime.Autograd.Tape.safeLog": _unary(
        Math.safeLogSpec, Math.safeLogDerivSpec, (1e-6,), (0.541324, 13.8155, 16.64, 36.74, *EXP_EDGES)
    ),
    "Activation.Math.swishSpec": _unary(
        Math.swishSpec, Math.swishDerivSpec, anchors=(1.2784645, 17.3, 37.4, *EXP_EDGES)
    ),
    "Activation.Math.logisticSpec": _unary(
        Math.logisticSpec, Math.logisticDerivSpec, anchors=(17.3, 37.4, *EXP_EDGES)
    ),
    "Activation.Math.eluSpec": _unary(Math.eluSpec, Math.eluDerivSpec, (1.0,), (17.3, 37.4, *EXP_EDGES)),
    "Activation.Math.leakyReluSpec": _unary(Math.leakyReluSpec, Math.leakyReluDerivSpec, (0.01,)),
    "Activation.Math.smoothAbsSpec": _unary(
        Math.smoothAbsSpec, Math.smoothAbsDerivSpec, (1e-6,), (1e-3, 2.0**64, 2.0**512)
    ),
    "Activation.Math.sinhSpec": _unary(Math.sinhSpec, Math.sinhDerivSpec, anchors=(89.4159, 710.4758)),
    "Activation.Math.coshSpec": _unary(Math.coshSpec, Math.coshDerivSpec, anchors=(89.4159, 710.4758)),
}
