"""The declared errors of the operations, by node name.

Where only + − · / and √ are involved the limits follow from IEEE rounding. The others were measured
against certified values, on tens of thousands of inputs over all magnitudes, and leave room above the
largest error seen, because processors differ in the last bits of exp, log and tanh. Whatever adds up has
the a-priori bound γₖ·Σ|terms| of any order, γₖ = k·u/(1 − k·u); underflow may add k smallest denormals.

An exclusion is as narrow as the limit allows: just inside it the limit fails.
"""

from __future__ import annotations

from typing import Final

from leanmirror.runtime.autograd.ops import Bound, Direction, Exclusion, Unit

_DTYPES: Final = ("float32", "float64")
_LARGEST: Final = (3.4028234663852886e38, 1.7976931348623157e308)
_INFINITY: Final = (float("inf"), float("inf"))

Exclusions = tuple[Exclusion, ...]


def _bounds(
    direction: Direction,
    unit: Unit,
    limits: tuple[float, float],
    exclusions: tuple[Exclusions, Exclusions] = ((), ()),
    domain: str = "",
    per: str = "",
) -> tuple[Bound, Bound]:
    """The bound in float32 and in float64."""
    single, double = (
        Bound(dtype, direction, unit, limit, excluded, domain, per)
        for dtype, limit, excluded in zip(_DTYPES, limits, exclusions, strict=True)
    )
    return single, double


def _both_ways(forward: float, backward: float) -> tuple[Bound, ...]:
    """Bounds in ulp, the same for both types."""
    return (*_ulp("forward", forward), *_ulp("backward", backward))


def _ulp(
    direction: Direction, limit: float, exclusions: tuple[Exclusions, Exclusions] = ((), ())
) -> tuple[Bound, Bound]:
    """A bound in ulp, the same for both types."""
    return _bounds(direction, "ulp", (limit, limit), exclusions)


def _sums(direction: Direction, per: str) -> tuple[Bound, Bound]:
    """The a-priori bound of whatever adds up; `per` says what it amounts to."""
    return _bounds(direction, "abs", (1.0, 1.0), _SUM_OVERFLOW, per=per)


def _intervals(
    low: tuple[float, float], high: tuple[float, float], why: str, of: str = ""
) -> tuple[Exclusions, Exclusions]:
    return ((Exclusion(low[0], high[0], why, of),), (Exclusion(low[1], high[1], why, of),))


def _joined(*parts: tuple[Exclusions, Exclusions]) -> tuple[Exclusions, Exclusions]:
    singles, doubles = zip(*parts, strict=True)
    return tuple(e for s in singles for e in s), tuple(e for d in doubles for e in d)


def _both_signs(
    low: tuple[float, float], high: tuple[float, float], why: str, of: str = ""
) -> tuple[Exclusions, Exclusions]:
    negative = _intervals((-high[0], -high[1]), (-low[0], -low[1]), why, of)
    return _joined(negative, _intervals(low, high, why, of))


_SUM_OVERFLOW = _intervals(
    (2.0**128, _LARGEST[1]), _INFINITY, "partial sums may overflow where the whole does not", "Σ|terms|"
)
_SIGMOID_FORWARD = (5.0, 4.0)
_SIGMOID_TAIL = _intervals(
    (-101.67, -743.054),
    (-88.7228, -709.7827),
    "exp(−x) overflows, so 0 stands for a number that is still representable",
)
_SOFTPLUS_BACKWARD = (6.0, 4.0)
_SOFTPLUS_SIGMOID = _intervals((-101.488, -743.054), (-88.7228, -709.7827), _SIGMOID_TAIL[0][0].reason)
_GELU_OVERFLOW = _intervals(
    (2.0**127, 2.0**1023),
    _LARGEST,
    "x·(1 + tanh …) is 2x and overflows before it is halved",
)
_GELU_TAIL = _intervals(
    (-10.676, -21.523),
    (-1.3, -1.3),
    "1 + tanh cancels: the relative error grows until the value is 0 too early",
)
_GELU_NAN = _both_signs(
    (5.036542589055848e19, 3.660753911197451e154),
    _LARGEST,
    "((3k)·x)·x overflows, and 0·∞ is NaN",
)
_SOFTPLUS_TAIL = _intervals(
    (-101.2, -742.37),
    (-2.0, -2.0),
    "no log1p: 1 + exp x rounds the small term away (in float64 the value is exactly 0 up to −37)",
)
_SAFE_LOG = _joined(
    _intervals(
        (-25.5, -45.5),
        (-4.4, -4.4),
        "no log1p: softplus x has few right digits and the logarithm of it plus ε shows that",
    ),
    _intervals((0.16, 0.16), (0.96, 0.96), "the value passes through 0 near 0.541"),
)
_EXP_OVERFLOW = _intervals(
    (88.722839355, 709.782712893384),
    (89.415986, 710.475860073944),
    "exp x overflows, its product with a smaller upstream gradient would not",
)
_LOG_OVERFLOW = _intervals(
    (2.0**-129, 2.0**-1025),
    (2.0**-128, 2.0**-1024),
    "1/x overflows, its product with a smaller upstream gradient would not",
)
_AT_ZERO = _intervals((0.0, 0.0), (0.0, 0.0), "over the reals 1/0 is 0, here it is ∞")
_INV_OVERFLOW = _both_signs(
    (2.0**-64.5, 2.0**-512.5),
    (2.0**-64, 2.0**-512),
    "(1/x)² overflows, its product with a smaller upstream gradient would not",
)
_DIV_BY_ZERO = _intervals((0.0, 0.0), (0.0, 0.0), "over the reals a/0 is 0, here it is not", "b")
_DIV_SQUARE = _joined(
    _intervals(
        _LARGEST,
        _INFINITY,
        "a/(b·b) overflows, its product with a smaller upstream gradient would not",
        "|a/(b·b)|",
    ),
    _both_signs((2.0**64, 2.0**512), _LARGEST, "b·b overflows", "b"),
    _intervals((-(2.0**-63), -(2.0**-511)), (2.0**-63, 2.0**-511), "b·b underflows", "b"),
)
_DIFFERENCE = _intervals(
    (2.0**128, _LARGEST[1]), _INFINITY, "p − t overflows before it is divided", "|p − t|"
)
_EXACT = _both_ways(0.0, 0.0)
_ROW: Final = "D the largest distance in the row up to where exp is 0, n its length"

BOUNDS: Final[dict[str, tuple[Bound, ...]]] = {
    "add": _both_ways(0.5, 0.0),
    "sub": _both_ways(0.5, 0.0),
    "mul": _both_ways(0.5, 0.5),
    "div": (*_ulp("forward", 0.5, _DIV_BY_ZERO), *_ulp("backward", 2.5, _DIV_SQUARE)),
    "scale": _both_ways(0.5, 0.5),
    "abs": _EXACT,
    "sqrt": _both_ways(0.5, 2.5),
    "clamp": _EXACT,
    "max": _EXACT,
    "min": _EXACT,
    "relu": _EXACT,
    "linear": (
        *_sums("forward", "γₙ₊₁·(Σ|w·x| + |b|)"),
        *_sums("backward", "γ₁·|g·x| for w, 0 for b, γₘ·Σ|g·w| for x"),
    ),
    "matmul": (*_sums("forward", "γₙ·Σ|a·b|"), *_sums("backward", "γ·Σ|g·b| and γ·Σ|a·g|")),
    "bmm": (*_sums("forward", "γₙ·Σ|a·b|"), *_sums("backward", "γ·Σ|g·b| and γ·Σ|a·g|")),
    "concat_vectors": _EXACT,
    "concat_leading_axis": _EXACT,
    "slice_leading_axis_range": _EXACT,
    "sigmoid": (
        *_bounds("forward", "ulp", _SIGMOID_FORWARD, _SIGMOID_TAIL),
        *_bounds("backward", "abs", (1.3e-7, 2.5e-16)),
    ),
    "tanh": (
        *_ulp("forward", 2.0),
        *_bounds("backward", "abs", (2.1e-7, 3.6e-16)),
    ),
    "gelu": (
        *_ulp("forward", 6.0, _joined(_GELU_TAIL, _GELU_OVERFLOW)),
        *_bounds("forward", "abs", (7e-7, 1.5e-15), _GELU_OVERFLOW),
        *_bounds("backward", "abs", (2e-6, 4.5e-15), _GELU_NAN),
    ),
    "softmax": (
        *_bounds("forward", "ulp", (100.0, 700.0), domain="rows of at most 256 entries"),
        *_bounds("backward", "abs", (1.0, 1.0), per=f"γₖ·y·(|g| + Σ|g·y|), k = 4·D + 3·n + 40, {_ROW}"),
    ),
    "log_softmax": (
        *_bounds("forward", "abs", (1.0, 1.0), per="γₖ·(1 + |y|), k = 2·n + 20"),
        *_bounds("backward", "abs", (1.0, 1.0), per="γₖ·(|g| + exp y·(1 + |y|)·Σ|g|), k = 3·n + 40"),
    ),
    "softplus": (
        *_ulp("forward", 8.0, _SOFTPLUS_TAIL),
        *_bounds("forward", "abs", (8e-7, 5.5e-15)),
        *_bounds("backward", "ulp", _SOFTPLUS_BACKWARD, _SOFTPLUS_SIGMOID),
    ),
    "exp": (
        *_bounds("forward", "ulp", (3.0, 1.5)),
        *_bounds("backward", "ulp", (4.5, 2.5), _EXP_OVERFLOW),
    ),
    "log": (
        *_bounds("forward", "ulp", (4.0, 2.0)),
        *_ulp("backward", 1.5, _LOG_OVERFLOW),
    ),
    "inv": (*_ulp("forward", 0.5, _AT_ZERO), *_ulp("backward", 3.5, _joined(_AT_ZERO, _INV_OVERFLOW))),
    "safe_log": (
        *_ulp("forward", 16.0, _SAFE_LOG),
        *_bounds("forward", "abs", (0.09, 1.7e-10)),
        *_bounds("backward", "abs", (0.03, 5e-11)),
    ),
    "sum": (*_sums("forward", "γₙ·Σ|x|"), *_ulp("backward", 0.0)),
    "mse_loss": (
        *_sums("forward", "γₙ₊₃·Σ(p − t)²/N"),
        *_ulp("backward", 3.5, _DIFFERENCE),
    ),
}
