"""What users of PyTorch write for an operation, by its Lean name: text alone, so that nothing is imported."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

TAPE, MATH, NODES = "Runtime.Autograd.Tape.", "Activation.Math.", "Proofs.Autograd.TapeNodes."

ERF = "the default gelu is by erf; this asks for the tanh form, which is Lean's"
NEGATIVE_LOG = "NaN for a negative number and −∞ at 0, where Lean has log |x| and 0 over the reals"
RECIPROCAL = "∞ at 0, where Lean has 0 over the reals"
QUOTIENT = "∞ or NaN for x/0, where Lean has 0 over the reals"
NEGATIVE_ROOT = "NaN for a negative number, which is why the argument is max x 0, as in Lean"
SAFE_LOG = "no function of its own: as Lean defines it, log (softplus x + ε)"
SMOOTH_ABS = "no function of its own: as Lean defines it, √(x·x + ε)"


@dataclass(frozen=True, slots=True)
class Written:
    """An expression of PyTorch (F is torch.nn.functional), and how it differs from Lean's function."""

    runs: str
    differs: str = ""

    def __str__(self) -> str:
        return f"{self.runs}\n({self.differs})" if self.differs else self.runs


_TAPE = {
    "abs": Written("torch.abs(x)"),
    "add": Written("a + b"),
    "bmm": Written("torch.bmm(a, b)"),
    "clamp": Written("torch.clamp(x, low, high)", "the gradient at low and at high is 1, in Lean 0"),
    "concatLeadingAxis": Written("torch.cat((a, b))"),
    "concatVectors": Written("torch.cat((a, b))"),
    "div": Written("a / b", QUOTIENT),
    "exp": Written("torch.exp(x)"),
    "gelu": Written(
        "F.gelu(x, approximate='tanh')",
        ERF,
    ),
    "inv": Written("torch.reciprocal(x)", RECIPROCAL),
    "linear": Written("F.linear(x, w, b)"),
    "log": Written("torch.log(x)", NEGATIVE_LOG),
    "logSoftmax": Written("F.log_softmax(x, -1)"),
    "matmul": Written("torch.matmul(a, b)"),
    "max": Written("torch.maximum(a, b)"),
    "min": Written("torch.minimum(a, b)"),
    "mseLoss": Written("F.mse_loss(p, t)", "NaN for tensors without entries, where Lean divides by 1"),
    "mul": Written("a * b"),
    "relu": Written("torch.relu(x)"),
    "safeLog": Written("torch.log(F.softplus(x) + eps)", SAFE_LOG),
    "scale": Written("x * c"),
    "sigmoid": Written("torch.sigmoid(x)"),
    "sliceLeadingAxisRange": Written("x[start:start + len]"),
    "softmax": Written("torch.softmax(x, -1)"),
    "softplus": Written(
        "F.softplus(x)",
        "x itself for x > 20, and log1p of exp x below, where Lean has log (1 + exp x) without a threshold",
    ),
    "sqrt": Written(
        "torch.sqrt(torch.relu(x))",
        NEGATIVE_ROOT,
    ),
    "sub": Written("a - b"),
    "sum": Written("x.sum()"),
    "tanh": Written("torch.tanh(x)"),
}
_MATH = {
    "coshSpec": Written("torch.cosh(x)"),
    "eluSpec": Written("F.elu(x, alpha)"),
    "leakyReluSpec": Written("F.leaky_relu(x, slope)"),
    "logisticSpec": Written("torch.sigmoid(x)"),
    "sinhSpec": Written("torch.sinh(x)"),
    "smoothAbsSpec": Written("torch.sqrt(x * x + eps)", SMOOTH_ABS),
    "swishSpec": Written("F.silu(x)"),
}
TORCH: Mapping[str, Written] = {TAPE + name: each for name, each in _TAPE.items()} | {
    MATH + name: each for name, each in _MATH.items()
}
"""The analogue of every operation of the tape, and of scalar functions that the tape has no operation for."""

OPERATIONS = frozenset(TAPE + name for name in _TAPE)
"""The operations of the tape: each is a row of `leanmirror check`, its agreement with the spec."""

SAME: Mapping[str, str] = {
    f"{NODES}Batched.softmaxLast": f"{TAPE}softmax",
    f"{NODES}cosh": f"{MATH}coshSpec",
    f"{NODES}elu": f"{MATH}eluSpec",
    f"{NODES}logistic": f"{MATH}logisticSpec",
    f"{NODES}mseLoss": f"{TAPE}mseLoss",
    f"{NODES}silu": f"{MATH}swishSpec",
    f"{NODES}sinh": f"{MATH}sinhSpec",
    f"{NODES}smoothAbs": f"{MATH}smoothAbsSpec",
    f"{NODES}sum": f"{TAPE}sum",
}
"""Proof nodes that are no operation's twin, or not the first, and what has their analogue."""
