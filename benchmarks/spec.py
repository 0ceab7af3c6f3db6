"""What the spec costs: a softmax over balls and over mpmath, with gmpy2 and without, and claims per second.

mpmath takes gmpy2 by itself where it is installed, and only when it is imported, so that each of the two
is measured in a process of its own, in turns.
"""

from __future__ import annotations

import json
import os
import statistics
import subprocess
import sys
import time
from functools import partial

from flint import arb
from mpmath import libmp, mp  # type: ignore[import-untyped, unused-ignore]

from benchmarks.measuring import Row, Run, repeated
from leanmirror.spec.claims import MIRRORED
from leanmirror.spec.core.context import div, exp, tanh
from leanmirror.spec.judge.claim import Claim
from leanmirror.spec.judge.precision import precision
from leanmirror.spec.judge.search import run as run_claim
from leanmirror.spec.proofs.autograd.fderiv.softmax import softmaxVec

DIGITS, BITS, ENTRIES = 50, 170, 64
ROW = f"spec: softmax of {ENTRIES}, {DIGITS} digits, "
EXAMPLES = 100


def by_hand(x: list[object]) -> list[object]:
    """x · (1 + tanh x) / (1 + exp(-x)) as one would write it with mpmath."""
    return [v * (1 + mp.tanh(v)) / (1 + mp.exp(-v)) for v in x]  # type: ignore[operator]  # mpf


def by_spec(x: list[object]) -> list[object]:
    """The same through the functions that dispatch on the scalar kind."""
    return [div(v * (1 + tanh(v)), 1 + exp(-v)) for v in x]  # type: ignore[operator]  # mpf


def measured(rounds: int) -> dict[str, object]:
    """Times in this process, with the mpmath that it has."""
    mp.dps = DIGITS
    numbers = [(i * 37 % 101) / 16 - 3 for i in range(ENTRIES)]
    balls, reals = [arb(x) for x in numbers], [mp.mpf(x) for x in numbers]
    with precision(BITS):
        softmax = Run(
            {
                "balls": repeated(lambda: [float(v.mid()) for v in softmaxVec(balls)], 20),
                "mpf": repeated(lambda: [float(v) for v in softmaxVec(reals)], 5),
            },
            rounds,
        )
        functions = Run(
            {
                "by hand": repeated(lambda: [float(v) for v in by_hand(reals)], 3),
                "spec": repeated(lambda: [float(v) for v in by_spec(reals)], 3),
            },
            rounds,
        )
    return {
        "backend": libmp.BACKEND,
        "balls": 1e6 * softmax.total("balls"),
        "mpf": 1e6 * softmax.total("mpf"),
        "ratio": statistics.median(softmax.ratios("balls", "mpf")),
        "dispatch": statistics.median(functions.ratios("spec", "by hand")),
    }


def _in_a_process(rounds: int, gmpy2: bool) -> dict[str, float]:
    environment = {name: value for name, value in os.environ.items() if name != "MPMATH_NOGMPY"}
    if not gmpy2:
        environment["MPMATH_NOGMPY"] = "1"
    command = [sys.executable, "-m", "benchmarks.spec", str(rounds)]
    text = subprocess.run(command, capture_output=True, text=True, check=True, env=environment).stdout
    found: dict[str, float] = json.loads(text)
    return found


def rows(rounds: int) -> list[Row]:
    """Microseconds of each, and the ratios."""
    turns: list[tuple[str, dict[str, float]]] = []
    for _ in range(3):
        for gmpy2 in (False, True):
            found = _in_a_process(rounds, gmpy2)
            if not gmpy2 or found["backend"] == "gmpy":
                turns.append(("mpf with gmpy2" if gmpy2 else "mpf", found))
    plain, fast = ([f for name, f in turns if name == kind] for kind in ("mpf", "mpf with gmpy2"))
    balls = statistics.median(f["balls"] for _, f in turns)
    result = [Row(f"{ROW}balls", balls, unit="µs")]
    for kind, found in (("mpf", plain), ("mpf with gmpy2", fast)):
        times = statistics.median([f["mpf"] for f in found]) if found else None
        ratio = statistics.median([f["ratio"] for f in found]) if found else None
        note = "" if found else "gmpy2 is not installed"
        result += [Row(f"{ROW}{kind}", times, unit="µs", detail=note)]
        result += [Row(f"{ROW}balls over {kind}", ratio, detail=note)]
    dispatch = statistics.median(f["dispatch"] for f in plain)
    return [*result, Row("spec: dispatch on the scalar over mpmath by hand", dispatch), *_claims()]


def _claims() -> list[Row]:
    """The mirrored claims one after the other, in this process."""
    contracts = [claim for claim in MIRRORED if isinstance(claim, Claim)]
    start = time.process_time()
    times = [Run({"": repeated(partial(_judged, claim), 1)}, 1).total("") for claim in contracts[::4]]
    spent = time.process_time() - start
    per_second = len(times) / sum(times)
    detail = f"every fourth of {len(contracts)} claims, {EXAMPLES} examples each, {spent:.0f} s"
    return [
        Row("claims checked per second", per_second, unit="/s", detail=detail),
        Row("slowest of these claims", 1e3 * max(times), unit="ms"),
    ]


def _judged(claim: Claim) -> float:
    run_claim(claim)
    return 0.0


if __name__ == "__main__":
    sys.stdout.write(json.dumps(measured(int(sys.argv[1]))))
