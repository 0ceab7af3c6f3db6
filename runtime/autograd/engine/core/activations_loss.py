"""NN.Runtime.Autograd.Engine.Core.ActivationsLoss: activations, softmax, sums and the squared error.

Every operation takes the tape and node ids and returns the longer tape and the id of the new node.
The shape `s`, implicit in Lean, is read off the first node unless it is given. AutogradError: a node
that does not exist, or has another shape; the tape is then as it was.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from leanmirror.runtime.arrays import Array, checked, raw_shape
from leanmirror.runtime.autograd.bounds import BOUNDS
from leanmirror.runtime.autograd.engine.core.core import Tape
from leanmirror.runtime.autograd.ops import GENERAL, Op
from leanmirror.runtime.errors import LOG_DOMAIN, SHAPE_MISMATCH, AutogradError
from leanmirror.runtime.kernels import activations as kernels
from leanmirror.runtime.kernels import numbers
from leanmirror.runtime.kernels.constants import CONSTANTS, parameter
from leanmirror.runtime.kernels.quiet import fresh
from leanmirror.runtime.storage import H, apply_general, apply_unary, entries, require


def sigmoid(t: Tape, xId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise 1/(1 + exp(−x)), with derivative y·(1 − y).

    Lean: Runtime.Autograd.Tape.sigmoid
    """
    return apply_unary(t, SIGMOID, xId, s)


def tanh(t: Tape, xId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise tanh x, with derivative 1 − tanh x · tanh x.

    Lean: Runtime.Autograd.Tape.tanh
    """
    return apply_unary(t, TANH, xId, s)


def gelu(t: Tape, xId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise GELU in its tanh form, x·(1 + tanh(√(2/π)·(x + 0.044715·x³)))/2.

    Lean: Runtime.Autograd.Tape.gelu
    """
    return apply_unary(t, GELU, xId, s)


def softmax(t: H, xId: int, s: Sequence[int] | None = None) -> tuple[H, int]:
    """Softmax along the last axis, shifted by the largest entry; of a scalar the constant 1.

    Lean: Runtime.Autograd.Tape.softmax
    """
    return apply_softmax(t, SOFTMAX, xId, s)


def logSoftmax(t: H, xId: int, s: Sequence[int] | None = None) -> tuple[H, int]:
    """Log-softmax along the last axis, shifted by the largest entry; of a scalar the constant 0.

    Lean: Runtime.Autograd.Tape.logSoftmax
    """
    return apply_softmax(t, LOG_SOFTMAX, xId, s)


def apply_softmax(h: H, op: Op, xId: int, s: Sequence[int] | None) -> tuple[H, int]:
    """Append one of the two; a scalar has no last axis and no gradient."""
    xId = require(h, xId, s)
    return apply_unary(h, op if h._store.shapes[xId] else SCALAR[op], xId, None)


def softplus(t: Tape, xId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise log(1 + exp x), for x > 0 as x + log(1 + exp(−x)); derivative sigmoid x.

    There is no log1p in it: from x = −37 on the value is exactly 0.

    Lean: Runtime.Autograd.Tape.softplus
    """
    return apply_unary(t, SOFTPLUS, xId, s)


def exp(t: Tape, xId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise exp x.

    Lean: Runtime.Autograd.Tape.exp
    """
    return apply_unary(t, EXP, xId, s)


def log(t: H, xId: int, s: Sequence[int] | None = None) -> tuple[H, int]:
    """Entrywise natural logarithm of a tensor whose entries are all > 0.

    Raises AutogradError, before any node is made, if one is not (NaN included).
    Lean: Runtime.Autograd.Tape.log
    """
    return apply_log(t, xId, s)


def apply_log(h: H, xId: int, s: Sequence[int] | None) -> tuple[H, int]:
    """Append a logarithm, after Lean's check of the domain."""
    xId = require(h, xId, s)
    x = h._store.values[xId]
    positive = fresh().run(np.greater, x, CONSTANTS[entries(h)].zero)
    if np.count_nonzero(positive) != np.size(x):
        raise AutogradError(LOG_DOMAIN)
    return apply_unary(h, LOG, xId, None)


def inv(t: Tape, xId: int, s: Sequence[int] | None = None) -> tuple[Tape, int]:
    """Entrywise 1/x, IEEE at 0, with derivative −(1/x)².

    Lean: Runtime.Autograd.Tape.inv
    """
    return apply_unary(t, INV, xId, s)


def safeLog(t: H, xId: int, ε: Any = None, s: Sequence[int] | None = None) -> tuple[H, int]:
    """Entrywise log(softplus x + ε), which is not log(x + ε); negative x are allowed.

    `ε` is rounded to the type of the tape and is 1e-6 unless given; nothing is asked of it.
    Raises TypeError for an `ε` that is no real number or a numpy number of another type.
    Lean: Runtime.Autograd.Tape.safeLog
    """
    xId = require(t, xId, s)
    dtype = entries(t)
    epsilon = CONSTANTS[dtype].epsilon if ε is None else parameter(ε, dtype)
    return apply_general(t, SAFE_LOG, (xId,), t._store.shapes[xId], (epsilon,))


def sum(t: H, xId: int, s: Sequence[int] | None = None) -> tuple[H, int]:
    """The sum of all entries, a scalar.

    Lean: Runtime.Autograd.Tape.sum
    """
    return apply_sum(t, xId, s)


def apply_sum(h: H, xId: int, s: Sequence[int] | None) -> tuple[H, int]:
    """Append a sum; that of a scalar is a sum of numbers."""
    xId = require(h, xId, s)
    if h._store.shapes[xId]:
        return apply_general(h, SUM, (xId,), ())
    return apply_unary(h, SUM, xId, None)


def mseSpecBasic(predicted: Any, target: Any) -> Any:
    """Σ (p − t)² / N as a number of the arrays' type; N is the number of entries, at least 1.

    Raises ValueError for different shapes, TypeError for different types of entry.
    Lean: Runtime.Autograd.Tape.mseSpecBasic
    """
    p, t = _pair(predicted, target)
    return fresh().run(kernels.mse_forward, p, t)[0]


def mseDerivSpecBasic(predicted: Any, target: Any) -> Array:
    """(p − t)·(2/N), the gradient of the mean squared error at the prediction.

    Raises ValueError for different shapes, TypeError for different types of entry.
    Lean: Runtime.Autograd.Tape.mseDerivSpecBasic
    """
    p, t = _pair(predicted, target)
    derivative: Array = fresh().run(kernels.mse_derivative, p, t)
    return derivative.reshape(np.shape(predicted))


def _pair(predicted: Any, target: Any) -> tuple[Array, Array]:
    p, t = checked(predicted), checked(target)
    if p.dtype != t.dtype:
        raise TypeError(f"prediction and target must have one type, not {p.dtype} and {t.dtype}")
    if p.shape != t.shape:
        raise ValueError(f"prediction and target must have one shape, not {p.shape} and {t.shape}")
    return p.reshape(raw_shape(p.shape)), t.reshape(raw_shape(t.shape))


def mseLoss(t: H, yhatId: int, targetId: int, s: Sequence[int] | None = None) -> tuple[H, int]:
    """The mean squared error, a scalar; the target gets a gradient as well.

    Lean: Runtime.Autograd.Tape.mseLoss
    """
    yhatId = require(t, yhatId, s)
    targetId = require(t, targetId)
    if t._store.shapes[targetId] != t._store.shapes[yhatId]:
        raise AutogradError(SHAPE_MISMATCH)
    return apply_general(t, MSE_LOSS, (yhatId, targetId), ())


SIGMOID = Op(
    "sigmoid",
    "Runtime.Autograd.Tape.sigmoid",
    "Proofs.Autograd.TapeNodes.sigmoid",
    sigmoid,
    kernels.sigmoid_forward,
    kernels.sigmoid_backward,
    bounds=BOUNDS["sigmoid"],
    numbers=(numbers.sigmoid_forward, numbers.sigmoid_backward),
)
TANH = Op(
    "tanh",
    "Runtime.Autograd.Tape.tanh",
    "Proofs.Autograd.TapeNodes.tanh",
    tanh,
    np.tanh,
    kernels.tanh_backward,
    bounds=BOUNDS["tanh"],
    numbers=(numbers.tanh, numbers.tanh_backward),
)
GELU = Op(
    "gelu",
    "Runtime.Autograd.Tape.gelu",
    "Proofs.Autograd.TapeNodes.gelu",
    gelu,
    kernels.gelu_forward,
    kernels.gelu_backward,
    bounds=BOUNDS["gelu"],
)
SOFTMAX = Op(
    "softmax",
    "Runtime.Autograd.Tape.softmax",
    "Proofs.Autograd.TapeNodes.softmaxLast",
    softmax,
    kernels.softmax_forward,
    kernels.softmax_backward,
    bounds=BOUNDS["softmax"],
)
LOG_SOFTMAX = Op(
    "log_softmax",
    "Runtime.Autograd.Tape.logSoftmax",
    "Proofs.Autograd.TapeNodes.logSoftmaxLast",
    logSoftmax,
    kernels.log_softmax_forward,
    kernels.log_softmax_backward,
    bounds=BOUNDS["log_softmax"],
)
SCALAR = {
    SOFTMAX: replace(SOFTMAX, forward=np.ones_like, backward=kernels.no_gradient),
    LOG_SOFTMAX: replace(LOG_SOFTMAX, forward=np.zeros_like, backward=kernels.no_gradient),
}
SOFTPLUS = Op(
    "softplus",
    "Runtime.Autograd.Tape.softplus",
    "Proofs.Autograd.TapeNodes.softplus",
    softplus,
    kernels.softplus_forward,
    kernels.softplus_backward,
    bounds=BOUNDS["softplus"],
    numbers=(numbers.softplus_forward, numbers.softplus_backward),
)
EXP = Op(
    "exp",
    "Runtime.Autograd.Tape.exp",
    "Proofs.Autograd.TapeNodes.exp",
    exp,
    np.exp,
    kernels.exp_backward,
    bounds=BOUNDS["exp"],
    numbers=(numbers.exp, numbers.exp_backward),
)
LOG = Op(
    "log",
    "Runtime.Autograd.Tape.log",
    "Proofs.Autograd.TapeNodes.log",
    log,
    np.log,
    kernels.log_backward,
    bounds=BOUNDS["log"],
    numbers=(numbers.log, numbers.log_backward),
)
INV = Op(
    "inv",
    "Runtime.Autograd.Tape.inv",
    "Proofs.Autograd.TapeNodes.inv",
    inv,
    kernels.inv_forward,
    kernels.inv_backward,
    bounds=BOUNDS["inv"],
    numbers=(numbers.inv_forward, numbers.inv_backward),
)
SAFE_LOG = Op(
    "safe_log",
    "Runtime.Autograd.Tape.safeLog",
    "Proofs.Autograd.TapeNodes.safeLog",
    safeLog,
    kernels.safe_log_forward,
    kernels.safe_log_backward,
    parameters=("ε",),
    bounds=BOUNDS["safe_log"],
)
SUM = Op(
    "sum",
    "Runtime.Autograd.Tape.sum",
    "Proofs.Autograd.TapeNodes.sum",
    sum,
    kernels.sum_forward,
    kernels.sum_backward,
    bounds=BOUNDS["sum"],
    code=GENERAL,
    numbers=(numbers.sum_forward, numbers.sum_backward),
)
MSE_LOSS = Op(
    "mse_loss",
    "Runtime.Autograd.Tape.mseLoss",
    "Proofs.Autograd.TapeNodes.mseLoss",
    mseLoss,
    kernels.mse_forward,
    kernels.mse_backward,
    arity=2,
    bounds=BOUNDS["mse_loss"],
    code=GENERAL,
)

OPS = (
    SIGMOID,
    TANH,
    GELU,
    SOFTMAX,
    LOG_SOFTMAX,
    SOFTPLUS,
    EXP,
    LOG,
    INV,
    SAFE_LOG,
    SUM,
    MSE_LOSS,
)
