"""The declared errors of the operations, by node name.

Where only + − · / and √ are involved the limits follow from IEEE rounding. The others were measured
against balls of at least 300 bits, on tens of thousands of inputs over all magnitudes (reductions: on
rows of 64), and leave room above the largest error seen, because processors differ in the last bits
of exp, log and tanh. Sums and products of matrices have the a-priori bound γₙ·Σ|terms| of any order.
"""

from __future__ import annotations

from typing import Final

from leanmirror.runtime.autograd.ops import Bound, Direction, Exclusion, Unit

_DTYPES: Final = ("float32", "float64")
_LARGEST: Final = (3.4028234663852886e38, 1.7976931348623157e308)
_SMALL_ROWS: Final = "rows of at most 64 entries in [−20, 20]; upstream gradients in [−1, 1]"
_SMALL_SUMS: Final = "sums of at most 64 terms; entries and upstream gradients in [−1, 1]"

Exclusions = tuple[Exclusion, ...]


def _bounds(
    direction: Direction,
    unit: Unit,
    limits: tuple[float, float],
    exclusions: tuple[Exclusions, Exclusions] = ((), ()),
    domain: str = "",
) -> tuple[Bound, Bound]:
    """The bound in float32 and in float64."""
    single, double = (
        Bound(dtype, direction, unit, limit, excluded, domain)
        for dtype, limit, excluded in zip(_DTYPES, limits, exclusions, strict=True)
    )
    return single, double


def _both_ways(forward: float, backward: float, domain: str = "") -> tuple[Bound, ...]:
    """Bounds in ulp, the same for both types."""
    return (
        *_bounds("forward", "ulp", (forward, forward), domain=domain),
        *_bounds("backward", "ulp", (backward, backward), domain=domain),
    )


def _gamma(n: int) -> tuple[float, float]:
    """γₙ·n: what a sum of n terms of size at most 1 may be off, in any order."""
    single, double = (n * n * u / (1 - n * u) for u in (2.0**-24, 2.0**-53))
    return single, double


def _intervals(
    low: tuple[float, float], high: tuple[float, float], why: str
) -> tuple[Exclusions, Exclusions]:
    return ((Exclusion(low[0], high[0], why),), (Exclusion(low[1], high[1], why),))


def _joined(*parts: tuple[Exclusions, Exclusions]) -> tuple[Exclusions, Exclusions]:
    singles, doubles = zip(*parts, strict=True)
    return tuple(e for s in singles for e in s), tuple(e for d in doubles for e in d)


_SIGMOID_TAIL = _intervals(
    (-102.03, -743.53),
    (-88.7228, -709.7827),
    "exp(−x) overflows, so 0 stands for a number that is still representable",
)
_GELU_OVERFLOW = _intervals(
    (1.7014118e38, 8.98846567431158e307),
    _LARGEST,
    "x·(1 + tanh …) is 2x and overflows before it is halved",
)
_GELU_TAIL = _intervals(
    (-10.8, -30.5),
    (-1.3, -1.3),
    "1 + tanh cancels: the relative error grows until the value is 0 too early",
)
_GELU_NAN = _joined(
    _intervals(
        (-_LARGEST[0], -_LARGEST[1]),
        (-5.0365426e19, -3.660753911197451e154),
        "((3k)·x)·x overflows, and 0·∞ is NaN",
    ),
    _intervals(
        (5.0365426e19, 3.660753911197451e154),
        _LARGEST,
        "((3k)·x)·x overflows, and 0·∞ is NaN",
    ),
)
_SOFTPLUS_TAIL = _intervals(
    (-101.2, -742.37),
    (-2.0, -2.0),
    "no log1p: 1 + exp x rounds the small term away (in float64 the value is exactly 0 up to −37)",
)
_SAFE_LOG = _joined(
    _intervals(
        (-25.7, -45.6),
        (-3.4, -3.4),
        "no log1p: softplus x has few right digits and the logarithm of it plus ε shows that",
    ),
    _intervals((0.16, 0.34), (0.96, 0.96), "the value passes through 0 near 0.541"),
)
_EXACT = _both_ways(0.0, 0.0)
_MATRICES = (
    *_bounds("forward", "abs", _gamma(65), domain=_SMALL_SUMS),
    *_bounds("backward", "abs", _gamma(65), domain=_SMALL_SUMS),
)

BOUNDS: Final[dict[str, tuple[Bound, ...]]] = {
    "add": _both_ways(0.5, 0.0),
    "sub": _both_ways(0.5, 0.0),
    "mul": _both_ways(0.5, 0.0),
    "div": _both_ways(0.5, 2.0, "absolute values between 1e-10 and 1e10"),
    "scale": _both_ways(0.5, 0.0),
    "abs": _EXACT,
    "sqrt": _both_ways(0.5, 2.0),
    "clamp": _EXACT,
    "max": _EXACT,
    "min": _EXACT,
    "relu": _EXACT,
    "linear": _MATRICES,
    "matmul": _MATRICES,
    "bmm": _MATRICES,
    "concat_vectors": _EXACT,
    "concat_leading_axis": _EXACT,
    "slice_leading_axis_range": _EXACT,
    "sigmoid": (
        *_bounds("forward", "ulp", (3.5, 2.5), _SIGMOID_TAIL),
        *_bounds("backward", "abs", (1.3e-7, 2.5e-16)),
    ),
    "tanh": (
        *_bounds("forward", "ulp", (2.0, 2.0)),
        *_bounds("backward", "abs", (2.1e-7, 3.6e-16)),
    ),
    "gelu": (
        *_bounds("forward", "ulp", (4.0, 4.0), _joined(_GELU_TAIL, _GELU_OVERFLOW)),
        *_bounds("forward", "abs", (7e-7, 1.5e-15), _GELU_OVERFLOW),
        *_bounds("backward", "abs", (2e-6, 4.5e-15), _GELU_NAN),
    ),
    "softmax": (
        *_bounds("forward", "abs", (2e-7, 4.5e-16), domain=_SMALL_ROWS),
        *_bounds("backward", "abs", (2e-7, 4.5e-16), domain=_SMALL_ROWS),
    ),
    "log_softmax": (
        *_bounds("forward", "abs", (6e-6, 1.1e-14), domain=_SMALL_ROWS),
        *_bounds("backward", "abs", (6e-6, 1.1e-14), domain=_SMALL_ROWS),
    ),
    "softplus": (
        *_bounds("forward", "ulp", (8.0, 8.0), _SOFTPLUS_TAIL),
        *_bounds("forward", "abs", (8e-7, 5.5e-15)),
        *_bounds("backward", "ulp", (3.5, 2.5), _SIGMOID_TAIL),
    ),
    "exp": (
        *_bounds("forward", "ulp", (3.0, 1.5)),
        *_bounds("backward", "ulp", (3.0, 1.5)),
    ),
    "log": (
        *_bounds("forward", "ulp", (4.0, 1.0)),
        *_bounds("backward", "ulp", (0.5, 0.5)),
    ),
    "inv": _both_ways(0.5, 3.0),
    "safe_log": (
        *_bounds("forward", "ulp", (8.0, 8.0), _SAFE_LOG),
        *_bounds("forward", "abs", (0.09, 1.7e-10)),
        *_bounds("backward", "abs", (0.03, 5e-11)),
    ),
    "sum": (
        *_bounds("forward", "abs", _gamma(64), domain=_SMALL_SUMS),
        *_bounds("backward", "ulp", (0.0, 0.0)),
    ),
    "mse_loss": (
        *_bounds("forward", "abs", (4 * 66 * 2.0**-24, 4 * 66 * 2.0**-53), domain=_SMALL_SUMS),
        *_bounds("backward", "ulp", (3.0, 3.0)),
    ),
}
