"""The functions of docs/functions.md: what each is over ℝ, and how each library is asked for it.

A library's module is handed in, so that nothing is imported here.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from leanmirror.bridge.rules import functions as lm

Spec = Callable[..., Any]
Made = Callable[[Any], Callable[..., Any]]
"""From a library's module to its function."""


@dataclass(frozen=True, slots=True)
class Entry:
    """A function: its spec, how the libraries have it (None where they have not), its inputs' shapes."""

    name: str
    spec: Spec
    torch: Made | None = None
    jax: Made | None = None
    numpy: Made | None = None
    inputs: tuple[str, ...] | None = None


def _named(name: str, spec: Spec, torch: tuple[str, str], jax: tuple[str, str], numpy: str = "-") -> Entry:
    """A function by its name in each library: `name` where none is given, `-` where it has none."""

    def found(path: str, own: str) -> Made | None:
        return None if own == "-" else lambda module: _attribute(module, path + (own or name))

    return Entry(name, spec, found(*torch), found(*jax), found("", numpy))


def _plain(name: str, spec: Spec, *, numpy: str = "", torch: str = "", jax: str = "") -> Entry:
    """A function of `torch`, `jax.numpy` and `numpy`."""
    return _named(name, spec, ("", torch), ("numpy.", jax), numpy)


def _activation(name: str, spec: Spec, *, torch: str = "", jax: str = "") -> Entry:
    """A function of `torch.nn.functional` and `jax.nn`."""
    return _named(name, spec, ("nn.functional.", torch), ("nn.", jax))


def _special(name: str, spec: Spec, *, torch: str = "", jax: str = "") -> Entry:
    """A function of `torch.special` and `jax.scipy.special`."""
    return _named(name, spec, ("special.", torch), ("scipy.special.", jax))


def _attribute(module: Any, path: str) -> Any:
    for part in path.split("."):
        module = getattr(module, part)
    return module


def _layer_norm(x: Any) -> Any:
    centred = x - lm.mean(x)
    return centred / lm.sqrt(lm.mean(centred * centred) + _SMALL)


_SMALL = 1e-5
SELU_SCALE, SELU_ALPHA = 1.0507009873554805, 1.6732632423543772

ELEMENTARY = (
    _plain("exp", lm.exp),
    _plain("exp2", lambda x: lm.pow(2, x)),
    _plain("expm1", lm.expm1),
    _plain("log", lambda x: lm.log(x)),
    _plain("log2", lambda x: lm.log(x) / lm.log(2)),
    _plain("log10", lambda x: lm.log(x) / lm.log(10)),
    _plain("log1p", lm.log1p),
    _plain("sqrt", lm.sqrt),
    _plain("rsqrt", lambda x: 1 / lm.sqrt(x), numpy="-", jax="-"),
    _plain("square", lambda x: x * x),
    _plain("reciprocal", lambda x: 1 / x),
    _plain("sin", lm.sin),
    _plain("cos", lm.cos),
    _plain("tan", lm.tan),
    _plain("arcsin", lm.asin),
    _plain("arccos", lm.acos),
    _plain("arctan", lm.atan),
    _plain("sinh", lm.sinh),
    _plain("cosh", lm.cosh),
    _plain("tanh", lm.tanh),
    _plain("arcsinh", lm.asinh),
    _plain("arccosh", lm.acosh),
    _plain("arctanh", lm.atanh),
    _plain("sinc", lambda x: lm.sinc(x * lm.pi())),
)
BINARY = (
    _plain("multiply", lambda a, b: a * b),
    _plain("divide", lambda a, b: a / b),
    _plain("arctan2", lm.atan2),
    _plain("hypot", lambda a, b: lm.sqrt(a * a + b * b)),
    _plain("logaddexp", lambda a, b: lm.log(lm.exp(a) + lm.exp(b))),
    _plain("logaddexp2", lambda a, b: lm.log(lm.pow(2, a) + lm.pow(2, b)) / lm.log(2)),
    _plain("maximum", lm.maximum),
    _plain("minimum", lm.minimum),
    _special("xlogy", lambda a, b: lm.where(a == 0, 0, a * lm.log(b))),
    _special("xlog1py", lambda a, b: lm.where(a == 0, 0, a * lm.log1p(b))),
    Entry("pow", lm.pow, lambda t: t.pow, lambda j: j.numpy.power, lambda n: n.power),
)
ACTIVATIONS = (
    _activation("sigmoid", lm.sigmoid),
    _activation("logsigmoid", lambda x: -lm.softplus(-x), jax="log_sigmoid"),
    _activation("softplus", lm.softplus),
    _activation("softsign", lambda x: x / (1 + abs(x)), jax="soft_sign"),
    _activation("tanhshrink", lambda x: x - lm.tanh(x), jax="-"),
    _activation("relu", lm.relu),
    _activation("relu6", lambda x: lm.clip(x, 0, 6)),
    _activation("elu", lambda x: lm.where(x > 0, x, lm.expm1(x))),
    _activation("selu", lambda x: SELU_SCALE * lm.where(x > 0, x, SELU_ALPHA * lm.expm1(x))),
    _activation("celu", lambda x: lm.where(x > 0, x, lm.expm1(x))),
    Entry(
        "gelu (erf)",
        lambda x: x * (1 + lm.erf(x / lm.sqrt(2))) / 2,
        lambda t: t.nn.functional.gelu,
        lambda j: lambda x: j.nn.gelu(x, approximate=False),
    ),
    Entry(
        "gelu (tanh)",
        lambda x: x * (1 + lm.tanh(lm.sqrt(2 / lm.pi()) * (x + 44715 * x**3 / 10**6))) / 2,
        lambda t: lambda x: t.nn.functional.gelu(x, approximate="tanh"),
        lambda j: j.nn.gelu,
    ),
    _activation("silu", lambda x: x / (1 + lm.exp(-x))),
    _activation("mish", lambda x: x * lm.tanh(lm.softplus(x))),
    _activation("hardsigmoid", lambda x: lm.clip(x + 3, 0, 6) / 6, jax="hard_sigmoid"),
    _activation("hardswish", lambda x: x * lm.clip(x + 3, 0, 6) / 6, jax="hard_swish"),
    _activation("hardtanh", lambda x: lm.clip(x, -1, 1), jax="hard_tanh"),
    _activation("softshrink", lambda x: x - lm.clip(x, -0.5, 0.5), jax="-"),
    _activation("hardshrink", lambda x: lm.where(abs(x) > 0.5, x, 0), jax="-"),
    _activation("leaky_relu", lambda x: lm.where(x > 0, x, 0.01 * x)),
)
SPECIAL = (
    _special("erf", lm.erf),
    _special("erfc", lm.erfc),
    _special("gammaln", lm.lgamma),
    _special("digamma", lm.digamma),
    _special("logit", lambda x: lm.log(x / (1 - x))),
    _special("expit", lm.sigmoid),
    _special("ndtr", lambda x: lm.erfc(-x / lm.sqrt(2)) / 2),
    _special("log_ndtr", lambda x: lm.log(lm.erfc(-x / lm.sqrt(2)) / 2)),
    _special("entr", lambda x: lm.where(x == 0, 0, -x * lm.log(x))),
)


def _of_vector(
    name: str, spec: Spec, torch: Made | None, jax: Made | None, numpy: Made | None = None
) -> Entry:
    return Entry(name, spec, torch, jax, numpy, ("n+1",))


def _of_two(name: str, spec: Spec, torch: Made | None, jax: Made | None, numpy: Made | None = None) -> Entry:
    return Entry(name, spec, torch, jax, numpy, ("n+1", "n+1"))


def _huber(x: Any) -> Any:
    return lm.where(abs(x) < 1, x * x / 2, abs(x) - lm.half())


VECTORS = (
    _of_vector("sum", lm.sum, lambda t: t.sum, lambda j: j.numpy.sum, lambda n: n.sum),
    _of_vector("mean", lm.mean, lambda t: t.mean, lambda j: j.numpy.mean, lambda n: n.mean),
    _of_vector("prod", lm.prod, lambda t: t.prod, lambda j: j.numpy.prod, lambda n: n.prod),
    _of_vector("max", lm.max, lambda t: t.amax, lambda j: j.numpy.max, lambda n: n.max),
    _of_vector("min", lm.min, lambda t: t.amin, lambda j: j.numpy.min, lambda n: n.min),
    _of_vector(
        "var",
        lambda x: lm.mean((x - lm.mean(x)) ** 2),
        lambda t: lambda x: t.var(x, correction=0),
        lambda j: j.numpy.var,
        lambda n: n.var,
    ),
    _of_vector(
        "std",
        lambda x: lm.sqrt(lm.mean((x - lm.mean(x)) ** 2)),
        lambda t: lambda x: t.std(x, correction=0),
        lambda j: j.numpy.std,
        lambda n: n.std,
    ),
    _of_vector(
        "norm",
        lambda x: lm.sqrt(lm.sum(x * x)),
        lambda t: t.linalg.vector_norm,
        lambda j: j.numpy.linalg.norm,
        lambda n: n.linalg.norm,
    ),
    _of_vector(
        "normalize",
        lambda x: x / lm.sqrt(lm.sum(x * x)),
        lambda t: lambda x: t.nn.functional.normalize(x, dim=0, eps=0.0),
        None,
    ),
    _of_vector("logsumexp", lm.logsumexp, lambda t: lambda x: t.logsumexp(x, 0), lambda j: j.nn.logsumexp),
    _of_vector("softmax", lm.softmax, lambda t: lambda x: t.softmax(x, 0), lambda j: j.nn.softmax),
    _of_vector(
        "log_softmax",
        lambda x: x - lm.logsumexp(x, keepdims=True),
        lambda t: lambda x: t.log_softmax(x, 0),
        lambda j: j.nn.log_softmax,
    ),
    _of_vector(
        "cumsum", lm.cumsum, lambda t: lambda x: t.cumsum(x, 0), lambda j: j.numpy.cumsum, lambda n: n.cumsum
    ),
    _of_vector(
        "cumprod",
        lm.cumprod,
        lambda t: lambda x: t.cumprod(x, 0),
        lambda j: j.numpy.cumprod,
        lambda n: n.cumprod,
    ),
    _of_vector(
        "layer_norm",
        _layer_norm,
        lambda t: lambda x: t.nn.functional.layer_norm(x, x.shape),
        lambda j: lambda x: j.nn.standardize(x, epsilon=_SMALL),
    ),
    _of_vector(
        "rms_norm",
        lambda x: x / lm.sqrt(lm.mean(x * x) + _SMALL),
        lambda t: lambda x: t.nn.functional.rms_norm(x, x.shape, eps=_SMALL),
        None,
    ),
    _of_vector(
        "sort", lm.sort, lambda t: lambda x: t.sort(x).values, lambda j: j.numpy.sort, lambda n: n.sort
    ),
)
LOSSES = (
    _of_two("dot", lambda a, b: lm.sum(a * b), lambda t: t.dot, lambda j: j.numpy.dot, lambda n: n.dot),
    _of_two(
        "cosine_similarity",
        lambda a, b: lm.sum(a * b) / (lm.sqrt(lm.sum(a * a)) * lm.sqrt(lm.sum(b * b))),
        lambda t: lambda a, b: t.nn.functional.cosine_similarity(a, b, dim=0, eps=0.0),
        None,
    ),
    _of_two("mse_loss", lambda a, b: lm.mean((a - b) ** 2), lambda t: t.nn.functional.mse_loss, None),
    _of_two("l1_loss", lambda a, b: lm.mean(abs(a - b)), lambda t: t.nn.functional.l1_loss, None),
    _of_two("huber_loss", lambda a, b: lm.mean(_huber(a - b)), lambda t: t.nn.functional.huber_loss, None),
    _of_two(
        "binary_cross_entropy_with_logits",
        lambda x, y: lm.mean(lm.softplus(x) - x * y),
        lambda t: t.nn.functional.binary_cross_entropy_with_logits,
        None,
    ),
)
GROUPS = {
    "Elementary functions": ELEMENTARY,
    "Functions of two numbers": BINARY,
    "Activations": ACTIVATIONS,
    "Special functions": SPECIAL,
    "Of a vector": VECTORS,
    "Of two vectors": LOSSES,
}
