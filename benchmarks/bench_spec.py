"""What the spec costs: balls against mpmath, and what dispatch on the scalar kind adds.

Ratios within one run, medians of interleaved rounds, at 50 digits. gmpy2 makes mpmath faster; when it
is installed mpmath uses it by itself, and the first line says which of the two was measured.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial

from flint import arb
from mpmath import libmp, mp  # type: ignore[import-untyped]  # mpmath has no stubs

from leanmirror.spec.claims import MIRRORED
from leanmirror.spec.core.context import div, exp, tanh
from leanmirror.spec.judge.precision import precision
from leanmirror.spec.judge.search import run
from leanmirror.spec.proofs.autograd.fderiv.softmax import softmaxVec

DIGITS, BITS, ENTRIES, ROUNDS = 50, 170, 64, 25
BUDGET = {"ball softmax / mpmath": 0.25, "dispatch / hand-written mpmath": 1.15}


def timed(f: Callable[[], object], repeat: int) -> float:
    """Seconds of one call."""
    start = time.perf_counter()
    for _ in range(repeat):
        f()
    return (time.perf_counter() - start) / repeat


def medians(variants: dict[str, tuple[Callable[[], object], int]]) -> dict[str, float]:
    """The median seconds of each variant, measured in turn."""
    rounds: dict[str, list[float]] = {name: [] for name in variants}
    for _ in range(ROUNDS):
        for name, (f, repeat) in variants.items():
            rounds[name].append(timed(f, repeat))
    return {name: statistics.median(times) for name, times in rounds.items()}


def mpmath_softmax(x: list[object]) -> list[object]:
    """A softmax as one would write it with mpmath."""
    e = [mp.exp(v) for v in x]
    total = mp.fsum(e)
    return [v / total for v in e]


def mpmath_swish(x: list[object]) -> list[object]:
    """x · (1 + tanh x) / (1 + exp(-x)) as one would write it with mpmath."""
    return [v * (1 + mp.tanh(v)) / (1 + mp.exp(-v)) for v in x]  # type: ignore[operator]  # mpf


def spec_swish(x: list[object]) -> list[object]:
    """The same through the functions that dispatch on the scalar kind."""
    return [div(v * (1 + tanh(v)), 1 + exp(-v)) for v in x]  # type: ignore[operator]  # mpf


def main() -> None:
    """Measure and print."""
    mp.dps = DIGITS
    numbers = [(i * 37 % 101) / 16 - 3 for i in range(ENTRIES)]
    balls, reals = [arb(x) for x in numbers], [mp.mpf(x) for x in numbers]
    with precision(BITS):
        times = medians(
            {
                "softmax, balls": (lambda: softmaxVec(balls), 20),
                "softmax, hand-written mpmath": (lambda: mpmath_softmax(reals), 5),
                "softmax, spec over mpmath": (lambda: softmaxVec(reals), 5),
                "functions, hand-written mpmath": (lambda: mpmath_swish(reals), 3),
                "functions, spec over mpmath": (lambda: spec_swish(reals), 3),
            }
        )
    print(f"mpmath backend: {libmp.BACKEND}; {DIGITS} digits, {ENTRIES} entries")
    for name, seconds in times.items():
        print(f"{name:<32} {1e6 * seconds:8.1f} µs")
    ratios = {
        "ball softmax / mpmath": times["softmax, balls"] / times["softmax, hand-written mpmath"],
        "dispatch / hand-written mpmath": times["functions, spec over mpmath"]
        / times["functions, hand-written mpmath"],
    }
    for name, ratio in ratios.items():
        print(f"{name:<32} {ratio:8.2f} (at most {BUDGET[name]})")
    _claims()


def _claims() -> None:
    """The mirrored claims at 100 examples, one after the other."""
    times = sorted((timed(partial(run, claim), 1), claim.name) for claim in MIRRORED)
    seconds = [t for t, _ in times]
    median = 1000 * statistics.median(seconds)
    print(f"{len(times)} claims, 100 examples: {sum(seconds):.1f} s, median {median:.0f} ms")
    print(f"slowest: {times[-1][1]} {1000 * times[-1][0]:.0f} ms")


if __name__ == "__main__":
    main()
