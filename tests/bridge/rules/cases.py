"""Wrong derivative rules of public bug reports, restated over ℝ, each beside the right one.

A case is the function, a wrong rule, the right rule (None where only the wrong one is of interest), and the
options of `check_rule`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction as Q
from typing import Any

from leanmirror import rules as lm

Function = Callable[..., Any]


@dataclass(frozen=True)
class Case:
    """A function with a wrong rule and a right one."""

    name: str
    f: Function
    wrong: Function
    right: Function | None
    options: dict[str, Any] = field(default_factory=dict)


CASES: list[Case] = []


def case(name: str, f: Function, wrong: Function, right: Function | None, **options: Any) -> None:
    CASES.append(Case(name, f, wrong, right, options))


def without(x: Any, i: int, end: int | None = None) -> Any:
    return lm.prod(lm.concatenate([x[:i], x[i + 1 : end]]))


def prod_vjp(x: Any, g: Any) -> Any:
    return g * lm.stack([without(x, i) for i in range(len(x))]) if len(x) else x


case("prod (tinygrad#17404)", lm.prod, lambda x, g: g * lm.prod(x) / x, prod_vjp)
case(
    "prod with a zero (drjit#528)",
    lm.prod,
    lambda x, g: lm.zeros(x.shape) if any(v == 0 for v in x) else g * lm.prod(x) / x,
    prod_vjp,
)


def cumprod_vjp(x: Any, g: Any) -> Any:
    n = len(x)
    return lm.stack([lm.sum(lm.stack([g[j] * without(x, i, j + 1) for j in range(i, n)])) for i in range(n)])


case(
    "cumprod (tensorflow#119430)",
    lm.cumprod,
    lambda x, g: lm.flip(lm.cumsum(lm.flip(g * lm.cumprod(x)))) / x,
    cumprod_vjp,
    inputs="n+1",
)


def elu(x: Any, alpha: Any) -> Any:
    return lm.where(x > 0, x, alpha * lm.expm1(x))


case(
    "elu from its result (pytorch#47671)",
    elu,
    lambda x, g, alpha: g * lm.where(elu(x, alpha) > 0, 1, elu(x, alpha) + alpha),
    lambda x, g, alpha: g * lm.where(x > 0, 1, alpha * lm.exp(x)),
    inputs="",
    params={"alpha": lm.RealT()},
    where=lambda x: x != 0,
)
SCALE, ALPHA = Q("1.0507009873554805"), Q("1.6732632423543772")


def selu(x: Any) -> Any:
    return SCALE * lm.where(x > 0, x, ALPHA * lm.expm1(x))


case(
    "selu (RubixML#427)",
    selu,
    lambda x, g: g * lm.where(x > 0, SCALE, SCALE * (selu(x) + ALPHA)),
    lambda x, g: g * lm.where(x > 0, SCALE, SCALE * ALPHA * lm.exp(x)),
    inputs="",
    where=lambda x: x != 0,
)
case(
    "hardsigmoid (pytorch#51408)",
    lambda x: lm.clip(x / 6 + Q(1, 2), 0, 1),
    lambda x, g: g / 6,
    lambda x, g: g * lm.where(abs(x) < 3, Q(1, 6), 0),
    inputs="",
    at_kinks="subgradient",
)
case(
    "copysign (Mooncake#1195)",
    lambda x, y: lm.where(y >= 0, abs(x), -abs(x)),
    lambda x, y, g: (g * lm.where(y >= 0, 1, -1), None),
    lambda x, y, g: (g * lm.sign(x) * lm.where(y >= 0, 1, -1), None),
    inputs=("", ""),
    where=lambda x, y: x != 0 and y != 0,
)
case(
    "softmax, diagonal only (libnd4j#440)",
    lm.softmax,
    lambda x, g: g * lm.softmax(x) * (1 - lm.softmax(x)),
    lambda x, g: lm.softmax(x) * (g - lm.sum(g * lm.softmax(x))),
    inputs="n+1",
)


def log_softmax(x: Any) -> Any:
    return x - lm.logsumexp(x, keepdims=True)


case(
    "log-softmax (mlpack#2360)",
    log_softmax,
    lambda x, g: g + lm.exp(log_softmax(x)),
    lambda x, g: g - lm.exp(log_softmax(x)) * g.sum(),
    inputs="n+1",
)
case(
    "leaky relu ignores alpha (deeplearning4j#8178)",
    lambda x, a: lm.where(x > 0, x, a * x),
    lambda x, g: g * lm.where(x > 0, 1, Q(1, 100)),
    lambda x, g, a: g * lm.where(x > 0, 1, a),
    inputs="",
    params={"a": lm.RealT()},
    where=lambda x: x != 0,
)


def huber(x: Any) -> Any:
    return lm.where(abs(x) <= 1, x * x / 2, abs(x) - Q(1, 2))


case(
    "Huber ignores the upstream gradient (chainer#1178)",
    huber,
    lambda x, g: lm.clip(x, -1, 1),
    lambda x, g: g * lm.clip(x, -1, 1),
    inputs="",
)


def signed(x: Any, y: Any, g: Any) -> Any:
    slope = g * lm.where(x - y <= 1, x - y, 1)
    return slope, -slope


case(
    "Huber threshold on the signed difference (attorch#13)",
    lambda x, y: huber(x - y),
    signed,
    lambda x, y, g: (g * lm.clip(x - y, -1, 1), -g * lm.clip(x - y, -1, 1)),
    inputs=("", ""),
)


def overwritten(x: Any, g: Any, idx: Any) -> Any:
    last = {int(i): k for k, i in enumerate(idx)}
    return lm.stack([g[last[i]] if i in last else 0 * g[0] for i in range(len(x))])


case(
    "gather overwrites repeated indices (pytorch#1631)",
    lambda x, idx: lm.take(x, idx),
    overwritten,
    lambda x, g, idx: lm.scatter_add(len(x), idx, g),
    inputs="n+1",
    params={"idx": lambda n: lm.PiT(3, lm.FinT(n + 1))},
)
CASES[-1] = Case(
    CASES[-1].name, lambda x, idx: lm.take(x, idx), *(CASES[-1].wrong, CASES[-1].right), CASES[-1].options
)
case(
    "rsqrt lacks its minus (Enzyme-JAX#233)",
    lambda x: 1 / lm.sqrt(x),
    lambda x, g: g / (2 * x * lm.sqrt(x)),
    lambda x, g: -g / (2 * x * lm.sqrt(x)),
    inputs="",
    where=lambda x: x > 0,
)
case("cosh (casadi#2585)", lm.cosh, lambda x, g: -g * lm.sinh(x), lambda x, g: g * lm.sinh(x), inputs="")
case(
    "atanh without the chain factor (autodiff#396)",
    lambda x: lm.atanh(2 * x),
    lambda x, g: g / (1 - 4 * x * x),
    lambda x, g: 2 * g / (1 - 4 * x * x),
    inputs="",
    where=lambda x: abs(2 * x) < 1,
)
case(
    "asinh (autodiff#395)",
    lm.asinh,
    lambda x, g: g / (1 + x * x),
    lambda x, g: g / lm.sqrt(1 + x * x),
    inputs="",
)
case(
    "broadcast not summed back (nd4j#2424)",
    lambda A, b: A + b,
    lambda A, b, g: (g, g[0]),
    lambda A, b, g: (g, g.sum(0)),
    inputs=("m+1 n", "n"),
)
case(
    "clamp not cut above (LuisaCompute#203)",
    lambda x: lm.clip(x, -1, 1),
    lambda x, g: g * lm.where(x > -1, 1, 0),
    lambda x, g: g * lm.where(abs(x) < 1, 1, 0),
    inputs="",
    at_kinks="subgradient",
)
case(
    "ldexp (tt-metal#6533)",
    lambda a, b: a * lm.pow(2, b),
    lambda a, b, g: (lm.exp(b) * g, a * lm.pow(2, b) * lm.log(2) * g),
    lambda a, b, g: (lm.pow(2, b) * g, a * lm.pow(2, b) * lm.log(2) * g),
    inputs=("", ""),
)


def rms_norm(x: Any, w: Any) -> Any:
    return x * w / lm.sqrt(lm.mean(x * x) + Q(1, 10**6))


def rms_norm_vjp(x: Any, w: Any, g: Any, twice: int = 0) -> Any:
    r = 1 / lm.sqrt(lm.mean(x * x) + Q(1, 10**6))
    inner = lm.mean(g * w * x * (w if twice else 1))
    return g * w * r - x * r**3 * inner, g * x * r


case(
    "RMSNorm's variance term takes the weight twice (Megatron-LM#6859)",
    rms_norm,
    lambda x, w, g: rms_norm_vjp(x, w, g, 1),
    rms_norm_vjp,
    inputs=("n+1", "n+1"),
)


def batch_norm(x: Any) -> Any:
    centred = x - x.mean()
    return centred / lm.sqrt(lm.mean(centred**2) + Q(1, 100))


def batch_norm_vjp(x: Any, g: Any) -> Any:
    y, centred = batch_norm(x), x - x.mean()
    return (g - g.mean() - y * lm.mean(g * y)) / lm.sqrt(lm.mean(centred**2) + Q(1, 100))


case(
    "BatchNorm with an extra mean term (mxnet#1053)",
    batch_norm,
    lambda x, g: batch_norm_vjp(x, g) + x.mean() * g.mean(),
    batch_norm_vjp,
    inputs="n+1",
)
case(
    "sqrt (swift#161)",
    lm.sqrt,
    lambda x, g: 2 * x * g,
    lambda x, g: g / (2 * lm.sqrt(x)),
    inputs="",
    where=lambda x: x > 0,
)
case(
    "sigmoid's sign (nd4j#2497)",
    lm.sigmoid,
    lambda x, g: g * lm.sigmoid(x) * (lm.sigmoid(x) - 1),
    lambda x, g: g * lm.sigmoid(x) * (1 - lm.sigmoid(x)),
)
case(
    "matrix times vector, not transposed (cs249r_book#1781)",
    lambda A, b: A @ b,
    lambda A, b, g: (g[:, None] * b, A @ g),
    lambda A, b, g: (g[:, None] * b, A.T @ g),
    inputs=("n n", "n"),
)
case(
    "xlogy at 0 (Mooncake#1310)",
    lambda x, y: lm.where(x == 0, 0, x * lm.log(y)),
    lambda x, y, g: (g * lm.where(x == 0, 0, lm.log(y)), g * x / y),
    lambda x, y, g: (g * lm.log(y), g * x / y),
    inputs=("", ""),
    where=lambda x, y: y > 0,
)


def gelu_vjp(x: Any, g: Any, c: Any = None) -> Any:
    c = lm.sqrt(2 / lm.pi()) if c is None else c
    t = lm.tanh(c * (x + Q("0.044715") * x**3))
    return g * ((1 + t) / 2 + x * (1 - t * t) * c * (1 + Q("0.134145") * x * x) / 2)


case(
    "gelu with rounded constants (candle#1160)",
    lambda x: x * (1 + lm.tanh(lm.sqrt(2 / lm.pi()) * (x + Q("0.044715") * x**3))) / 2,
    lambda x, g: gelu_vjp(x, g, Q("0.79788456")),
    gelu_vjp,
    inputs="",
)
case(
    "gelu: erf forward, tanh backward (pytorch#94529)",
    lambda x: x * (1 + lm.erf(x / lm.sqrt(2))) / 2,
    gelu_vjp,
    lambda x, g: g * ((1 + lm.erf(x / lm.sqrt(2))) / 2 + x * lm.exp(-x * x / 2) / lm.sqrt(2 * lm.pi())),
    inputs="",
)
case(
    "cumsum not reversed (Paddle#50997)",
    lm.cumsum,
    lambda x, g: lm.cumsum(g),
    lambda x, g: lm.flip(lm.cumsum(lm.flip(g))),
)
case(
    "softplus slope 1 above 20 (pytorch#61568)",
    lm.softplus,
    lambda x, g: g * lm.where(x > 20, 1, lm.sigmoid(x)),
    lambda x, g: g * lm.sigmoid(x),
    inputs="",
)
case(
    "sort, the permutation not inverted",
    lm.sort,
    lambda x, g: g[lm.argsort(x)] if len(x) else x,
    lambda x, g: lm.scatter_add(len(x), lm.argsort(x), g),
    where=lambda x: all(bool(x[i] != x[j]) for i in range(len(x)) for j in range(i)),
)


def convolution(x: Any, k: Any) -> Any:
    return lm.stack([lm.sum(x[i : i + 2] * k) for i in range(len(x) - 1)])


def convolution_vjp(x: Any, k: Any, g: Any, flipped: int = 0) -> Any:
    padded = lm.concatenate([lm.zeros(1), g, lm.zeros(1)])
    kernel = k if flipped else lm.flip(k)
    return convolution(padded, kernel), lm.stack([lm.sum(g * x[j : j + len(g)]) for j in range(2)])


case(
    "convolution with a flipped kernel",
    convolution,
    lambda x, k, g: convolution_vjp(x, k, g, 1),
    convolution_vjp,
    inputs=("n+2", "2"),
)


def cholesky_vjp(a: Any, g: Any, pivot: Any) -> Any:
    return g * lm.stack([(a[1] / a[0]) ** 2, -2 * a[1] / a[0], 1]) / (2 * lm.sqrt(pivot))


case(
    "cholesky of a 2×2 matrix",
    lambda a: lm.cholesky([[a[0], a[1]], [a[1], a[2]]])[1, 1],
    lambda a, g: g * lm.stack([(a[1] / a[0]) ** 2, -2 * a[1] / a[0], 1]) / (2 * lm.sqrt(a[2])),
    lambda a, g: (
        g * lm.stack([(a[1] / a[0]) ** 2, -2 * a[1] / a[0], 1]) / (2 * lm.sqrt(a[2] - a[1] ** 2 / a[0]))
    ),
    inputs="3",
    where=lambda a: bool(a[0] > 0) and bool(a[0] * a[2] > a[1] ** 2),
)


def length(x: Any) -> Any:
    return lm.sqrt(lm.sum(x * x))


def cosine(x: Any, y: Any) -> Any:
    return lm.sum(x * y) / (length(x) * length(y))


case(
    "cosine similarity without the projection",
    cosine,
    lambda x, y, g: (g * y / (length(x) * length(y)), g * x / (length(x) * length(y))),
    lambda x, y, g: (
        g * (y / (length(x) * length(y)) - cosine(x, y) * x / lm.sum(x * x)),
        g * (x / (length(x) * length(y)) - cosine(x, y) * y / lm.sum(y * y)),
    ),
    inputs=("n", "n"),
    where=lambda x, y: lm.sum(x * x) > 0 and lm.sum(y * y) > 0,
)
case(
    "atan2's sign (Enzyme-JAX#2066)",
    lm.atan2,
    lambda y, x, g: (g * x / (x * x + y * y), g * y / (x * x + y * y)),
    lambda y, x, g: (g * x / (x * x + y * y), -g * y / (x * x + y * y)),
    inputs=("", ""),
    where=lambda y, x: x > 0 or y != 0,
)
case(
    "mish, the second term forgotten",
    lambda x: x * lm.tanh(lm.softplus(x)),
    lambda x, g: g * lm.tanh(lm.softplus(x)),
    lambda x, g: g * (lm.tanh(lm.softplus(x)) + x * (1 - lm.tanh(lm.softplus(x)) ** 2) * lm.sigmoid(x)),
    inputs="",
)
case(
    "hardswish at 3 (pytorch#147801)",
    lambda x: x * lm.clip(x + 3, 0, 6) / 6,
    lambda x, g: g * lm.where(x <= -3, 0, lm.where(x < 3, x / 3 + Q(1, 2), lm.where(x == 3, 2, 1))),
    lambda x, g: g * lm.where(x <= -3, 0, lm.where(x < 3, x / 3 + Q(1, 2), 1)),
    inputs="",
    at_kinks="subgradient",
)


def ties(x: Any, g: Any, share: bool) -> Any:
    top = lm.where(x == lm.max(x), 1, 0)
    return g * top / (lm.sum(top) if share else 1)


case(
    "max gives slope 1 to every tie (onnxruntime#7217)",
    lm.max,
    lambda x, g: ties(x, g, False),
    lambda x, g: ties(x, g, True),
    inputs="n+1",
    at_kinks="subgradient",
)
case(
    "variance, biased factor",
    lambda x: lm.sum((x - x.mean()) ** 2) / (len(x) - 1),
    lambda x, g: 2 * g * (x - x.mean()) / len(x),
    lambda x, g: 2 * g * (x - x.mean()) / (len(x) - 1),
    inputs="n+2",
)
for low, high in (("0.3", "0.4"), ("3.7", "3.8"), ("37.2", "37.3"), ("0.01", "0.02"), ("-1000.5", "-1000.4")):
    case(
        f"a band from {low} to {high}",
        lm.atan,
        lambda x, g, a=Q(low), b=Q(high): g * lm.where(x > a and x < b, 0, 1 / (1 + x * x)),
        lambda x, g: g / (1 + x * x),
        inputs="",
    )
case(
    "sinc differentiated on its constant branch (jax#5054)",
    lm.sinc,
    lambda x, g: g * lm.where(x == 0, 0, (x * lm.cos(x) - lm.sin(x)) / (x * x)),
    None,
    inputs="",
    order=2,
)
