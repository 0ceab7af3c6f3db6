"""PyTorch on the CPU, the analogue of every operation, with gradients by its own autograd."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from leanmirror.bridge.agreeing.backends.analogues import (
    ERF,
    MATH,
    NEGATIVE_LOG,
    NEGATIVE_ROOT,
    QUOTIENT,
    RECIPROCAL,
    SAFE_LOG,
    SMOOTH_ABS,
    TAPE,
    Analogue,
    Analogues,
    numbers,
)
from leanmirror.bridge.agreeing.selection import Compared
from leanmirror.runtime.arrays import Array
from leanmirror.spec.errors import BadInput

THRESHOLD = (
    "x itself for x > 20, and log1p of exp x below, where Lean has log (1 + exp x) without a threshold"
)


class TorchBackend(Analogues):
    """PyTorch; raises BadInput where it is not installed."""

    name = "torch"

    def __init__(self) -> None:
        try:
            import torch
        except ImportError as error:
            raise BadInput(
                f"the torch backend needs PyTorch: pip install 'leanmirror[torch]' ({error})"
            ) from None
        self._torch = torch
        self.table = _table(torch)

    def version(self) -> str:
        return f"torch {self._torch.__version__}"

    def forward(self, op: Compared, inputs: Sequence[Array], parameters: Sequence[Any]) -> Array:
        tensors = [self._torch.from_numpy(np.array(x)) for x in inputs]
        return _array(self.table[op.lean].call(*tensors, *numbers(parameters)))

    def vjp(self, op: Compared, inputs: Sequence[Array], parameters: Sequence[Any], g: Array) -> list[Array]:
        tensors = [self._torch.from_numpy(np.array(x)).requires_grad_() for x in inputs]
        value = self.table[op.lean].call(*tensors, *numbers(parameters))
        value.backward(self._torch.from_numpy(np.array(g)))
        return [_array(t.grad) for t in tensors]


def _array(tensor: Any) -> Array:
    return np.asarray(tensor.detach().numpy())


def _table(torch: Any) -> dict[str, Analogue]:
    f = torch.nn.functional
    tape = {
        "add": Analogue("a + b", torch.add),
        "sub": Analogue("a - b", torch.sub),
        "mul": Analogue("a * b", torch.mul),
        "div": Analogue("a / b", torch.div, QUOTIENT),
        "scale": Analogue("x * c", torch.mul),
        "abs": Analogue("torch.abs(x)", torch.abs),
        "sqrt": Analogue("torch.sqrt(torch.relu(x))", lambda x: torch.sqrt(torch.relu(x)), NEGATIVE_ROOT),
        "clamp": Analogue(
            "torch.clamp(x, low, high)", torch.clamp, "the gradient at low and at high is 1, in Lean 0"
        ),
        "max": Analogue("torch.maximum(a, b)", torch.maximum),
        "min": Analogue("torch.minimum(a, b)", torch.minimum),
        "relu": Analogue("torch.relu(x)", torch.relu),
        "linear": Analogue("F.linear(x, w, b)", lambda w, b, x: f.linear(x, w, b)),
        "matmul": Analogue("torch.matmul(a, b)", torch.matmul),
        "bmm": Analogue("torch.bmm(a, b)", torch.bmm),
        "concatVectors": Analogue("torch.cat((a, b))", lambda a, b: torch.cat((a, b))),
        "concatLeadingAxis": Analogue("torch.cat((a, b))", lambda a, b: torch.cat((a, b))),
        "sliceLeadingAxisRange": Analogue("x[start:start + len]", lambda x, i, n: x[i : i + n]),
        "sigmoid": Analogue("torch.sigmoid(x)", torch.sigmoid),
        "tanh": Analogue("torch.tanh(x)", torch.tanh),
        "gelu": Analogue("F.gelu(x, approximate='tanh')", lambda x: f.gelu(x, approximate="tanh"), ERF),
        "softmax": Analogue("torch.softmax(x, -1)", lambda x: torch.softmax(x, -1)),
        "logSoftmax": Analogue("F.log_softmax(x, -1)", lambda x: f.log_softmax(x, -1)),
        "softplus": Analogue("F.softplus(x)", f.softplus, THRESHOLD),
        "exp": Analogue("torch.exp(x)", torch.exp),
        "log": Analogue("torch.log(x)", torch.log, NEGATIVE_LOG),
        "inv": Analogue("torch.reciprocal(x)", torch.reciprocal, RECIPROCAL),
        "safeLog": Analogue(
            "torch.log(F.softplus(x) + eps)", lambda x, e: torch.log(f.softplus(x) + e), SAFE_LOG
        ),
        "sum": Analogue("x.sum()", torch.sum),
        "mseLoss": Analogue(
            "F.mse_loss(p, t)", f.mse_loss, "NaN for tensors without entries, where Lean divides by 1"
        ),
    }
    math = {
        "swishSpec": Analogue("F.silu(x)", f.silu),
        "logisticSpec": Analogue("torch.sigmoid(x)", torch.sigmoid),
        "eluSpec": Analogue("F.elu(x, alpha)", f.elu),
        "leakyReluSpec": Analogue("F.leaky_relu(x, slope)", f.leaky_relu),
        "smoothAbsSpec": Analogue("torch.sqrt(x * x + eps)", lambda x, e: torch.sqrt(x * x + e), SMOOTH_ABS),
        "sinhSpec": Analogue("torch.sinh(x)", torch.sinh),
        "coshSpec": Analogue("torch.cosh(x)", torch.cosh),
    }
    return {TAPE + k: v for k, v in tape.items()} | {MATH + k: v for k, v in math.items()}
