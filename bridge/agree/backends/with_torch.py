"""PyTorch on the CPU, the analogue of every operation, with gradients by its own autograd."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from leanmirror.bridge.agree.analogues import MATH, TAPE, TORCH
from leanmirror.bridge.agree.backends.analogues import Analogue, Analogues, numbers
from leanmirror.bridge.agree.selection import Compared
from leanmirror.runtime.arrays import Array
from leanmirror.spec.errors import BadInput


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
    """What is run for each operation; how users write it stands in `bridge.analogues`."""
    f = torch.nn.functional
    tape = {
        "add": torch.add,
        "sub": torch.sub,
        "mul": torch.mul,
        "div": torch.div,
        "scale": torch.mul,
        "abs": torch.abs,
        "sqrt": lambda x: torch.sqrt(torch.relu(x)),
        "clamp": torch.clamp,
        "max": torch.maximum,
        "min": torch.minimum,
        "relu": torch.relu,
        "linear": lambda w, b, x: f.linear(x, w, b),
        "matmul": torch.matmul,
        "bmm": torch.bmm,
        "concatVectors": lambda a, b: torch.cat((a, b)),
        "concatLeadingAxis": lambda a, b: torch.cat((a, b)),
        "sliceLeadingAxisRange": lambda x, i, n: x[i : i + n],
        "sigmoid": torch.sigmoid,
        "tanh": torch.tanh,
        "gelu": lambda x: f.gelu(x, approximate="tanh"),
        "softmax": lambda x: torch.softmax(x, -1),
        "logSoftmax": lambda x: f.log_softmax(x, -1),
        "softplus": f.softplus,
        "exp": torch.exp,
        "log": torch.log,
        "inv": torch.reciprocal,
        "safeLog": lambda x, e: torch.log(f.softplus(x) + e),
        "sum": torch.sum,
        "mseLoss": f.mse_loss,
    }
    math = {
        "swishSpec": f.silu,
        "logisticSpec": torch.sigmoid,
        "eluSpec": f.elu,
        "leakyReluSpec": f.leaky_relu,
        "smoothAbsSpec": lambda x, e: torch.sqrt(x * x + e),
        "sinhSpec": torch.sinh,
        "coshSpec": torch.cosh,
    }
    calls = {TAPE + k: call for k, call in tape.items()} | {MATH + k: call for k, call in math.items()}
    return {lean: Analogue(TORCH[lean].runs, call, TORCH[lean].differs) for lean, call in calls.items()}
