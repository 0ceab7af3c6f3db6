"""JAX on the CPU, the analogue of every operation, with gradients by `jax.vjp`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from leanmirror.bridge.agree.analogues import (
    MATH,
    NEGATIVE_LOG,
    NEGATIVE_ROOT,
    QUOTIENT,
    RECIPROCAL,
    SAFE_LOG,
    SMOOTH_ABS,
    TAPE,
)
from leanmirror.bridge.agree.backends.analogues import Analogue, Analogues, numbers
from leanmirror.bridge.agree.selection import Compared
from leanmirror.runtime.arrays import Array
from leanmirror.spec.errors import BadInput

LOGADDEXP = "logaddexp(x, 0), which uses log1p, where Lean has log (1 + exp x)"

RANK_0 = "no tensors of rank 0 and no empty rows; here these are a row of one entry and themselves"


class JaxBackend(Analogues):
    """JAX; raises BadInput where it is not installed."""

    name = "jax"

    def __init__(self) -> None:
        try:
            import jax
        except ImportError as error:
            raise BadInput(f"the jax backend needs JAX: pip install 'leanmirror[jax]' ({error})") from None
        self._jax = jax
        self.table = _table(jax)

    def version(self) -> str:
        return f"jax {self._jax.__version__}"

    def forward(self, op: Compared, inputs: Sequence[Array], parameters: Sequence[Any]) -> Array:
        with self._jax.enable_x64(True), self._jax.default_device(self._jax.devices("cpu")[0]):
            arrays = [self._jax.numpy.asarray(x) for x in inputs]
            return np.asarray(self.table[op.lean].call(*arrays, *numbers(parameters)))

    def vjp(self, op: Compared, inputs: Sequence[Array], parameters: Sequence[Any], g: Array) -> list[Array]:
        with self._jax.enable_x64(True), self._jax.default_device(self._jax.devices("cpu")[0]):
            arrays, rest = [self._jax.numpy.asarray(x) for x in inputs], numbers(parameters)
            _, pull = self._jax.vjp(lambda *xs: self.table[op.lean].call(*xs, *rest), *arrays)
            return [np.asarray(d) for d in pull(self._jax.numpy.asarray(g))]


def _by_rows(f: Any, x: Any) -> Any:
    """A scalar as a row of one entry, and a tensor without entries as it is."""
    return f(x.reshape((*x.shape, 1)[: max(1, x.ndim)])).reshape(x.shape) if x.size else x


def _table(jax: Any) -> dict[str, Analogue]:
    return {TAPE + name: analogue for name, analogue in _of_the_tape(jax).items()} | {
        MATH + name: analogue for name, analogue in _of_functions(jax).items()
    }


def _of_the_tape(jax: Any) -> dict[str, Analogue]:
    np_, nn = jax.numpy, jax.nn
    return {
        "add": Analogue("a + b", np_.add),
        "sub": Analogue("a - b", np_.subtract),
        "mul": Analogue("a * b", np_.multiply),
        "div": Analogue("a / b", np_.divide, QUOTIENT),
        "scale": Analogue("x * c", np_.multiply),
        "abs": Analogue("jnp.abs(x)", np_.abs, "the gradient at 0 is 1, in Lean 0"),
        "sqrt": Analogue("jnp.sqrt(nn.relu(x))", lambda x: np_.sqrt(nn.relu(x)), NEGATIVE_ROOT),
        "clamp": Analogue(
            "jnp.clip(x, low, high)", np_.clip, "half of the gradient at low and high, in Lean 0"
        ),
        "max": Analogue("jnp.maximum(a, b)", np_.maximum),
        "min": Analogue("jnp.minimum(a, b)", np_.minimum),
        "relu": Analogue("nn.relu(x)", nn.relu),
        "linear": Analogue("w @ x + b", lambda w, b, x: np_.matmul(w, x) + b),
        "matmul": Analogue("jnp.matmul(a, b)", np_.matmul),
        "bmm": Analogue("jnp.matmul(a, b)", np_.matmul),
        "concatVectors": Analogue("jnp.concatenate((a, b))", lambda a, b: np_.concatenate((a, b))),
        "concatLeadingAxis": Analogue("jnp.concatenate((a, b))", lambda a, b: np_.concatenate((a, b))),
        "sliceLeadingAxisRange": Analogue("x[start:start + len]", lambda x, i, n: x[i : i + n]),
        "sigmoid": Analogue("nn.sigmoid(x)", nn.sigmoid),
        "tanh": Analogue("jnp.tanh(x)", np_.tanh),
        "gelu": Analogue("nn.gelu(x, approximate=True)", lambda x: nn.gelu(x, approximate=True)),
        "softmax": Analogue("nn.softmax(x)", lambda x: _by_rows(nn.softmax, x), RANK_0),
        "logSoftmax": Analogue("nn.log_softmax(x)", lambda x: _by_rows(nn.log_softmax, x), RANK_0),
        "softplus": Analogue("nn.softplus(x)", nn.softplus, LOGADDEXP),
        "exp": Analogue("jnp.exp(x)", np_.exp),
        "log": Analogue("jnp.log(x)", np_.log, NEGATIVE_LOG),
        "inv": Analogue("1 / x", lambda x: 1 / x, RECIPROCAL),
        "safeLog": Analogue(
            "jnp.log(nn.softplus(x) + eps)", lambda x, e: np_.log(nn.softplus(x) + e), SAFE_LOG
        ),
        "sum": Analogue("jnp.sum(x)", np_.sum),
        "mseLoss": Analogue(
            "jnp.mean((p - t) ** 2)",
            lambda p, t: np_.mean((p - t) ** 2),
            "NaN for tensors without entries, where Lean divides by 1",
        ),
    }


def _of_functions(jax: Any) -> dict[str, Analogue]:
    np_, nn = jax.numpy, jax.nn
    return {
        "swishSpec": Analogue("nn.silu(x)", nn.silu),
        "logisticSpec": Analogue("nn.sigmoid(x)", nn.sigmoid),
        "eluSpec": Analogue("nn.elu(x, alpha)", nn.elu),
        "leakyReluSpec": Analogue(
            "nn.leaky_relu(x, slope)", nn.leaky_relu, "the gradient at 0 is 1, in Lean the slope"
        ),
        "smoothAbsSpec": Analogue("jnp.sqrt(x * x + eps)", lambda x, e: np_.sqrt(x * x + e), SMOOTH_ABS),
        "sinhSpec": Analogue("jnp.sinh(x)", np_.sinh),
        "coshSpec": Analogue("jnp.cosh(x)", np_.cosh),
    }
