"""docs/accuracy.md: every operation of every backend, measured in the same way.

`make accuracy` writes it, in an environment of its own: `python -m leanmirror.bridge.report.pages.accuracy`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from leanmirror.bridge.agree.choices import BACKENDS, DTYPES
from leanmirror.bridge.agree.entrywise import ENTRYWISE
from leanmirror.bridge.agree.run import AgreeReport, AgreeRow, agree
from leanmirror.bridge.io.output import write_target
from leanmirror.bridge.io.terminal import say

DEPTH = 1000
Reports = dict[tuple[str, str], AgreeReport]
GROUPS = {
    "Arithmetic": ("add", "sub", "mul", "div", "scale", "inv", "abs", "sqrt", "max", "min", "clamp", "relu"),
    "Exponential, logarithm, activations": (
        *("exp", "log", "sigmoid", "logisticSpec", "tanh", "gelu", "swishSpec", "softplus", "safeLog"),
        *("eluSpec", "leakyReluSpec", "smoothAbsSpec", "sinhSpec", "coshSpec"),
    ),
    "Softmax": ("softmax", "logSoftmax"),
    "Sums and products of matrices": ("sum", "mseLoss", "linear", "matmul", "bmm"),
    "Moving entries": ("concatVectors", "concatLeadingAxis", "sliceLeadingAxisRange"),
}
INTRODUCTION = """\
# How accurate forward and backward are

`make accuracy` writes this page. Every operation that the mirror has, in both directions and both types, is
measured against the spec evaluated in balls ([agreement.md](agreement.md) says how), for four ways to
compute it:

| backend | version | runs |
|---|---|---|
"""
EXPLANATION = f"""
A cell is the largest error of a finite result in units in the last place (ulp) over all finite arguments,
and after a plus sign at how many of them NaN or ∞ stands for a finite number. Rows marked γ add up terms of
both signs: there the unit is the a-priori bound of any order of summation. 0.5 is correctly rounded, 0
exact; about 4e15 (8e6 in float32) means that no digit is right, and more that a number stands where 0
belongs (`huge` from 1e30 on), or a number of another size. `-`: there is no such kernel. Backward is the
product of the derivative and an upstream gradient of size 1/2 to 1.

What is measured for Lean is its formulas on numpy's functions, which are not the C library's; the largest
errors of numpy come from the formulas, not from numpy. A backend that differs from Lean on purpose is
listed below each table: there the difference counts as an error. JAX on the CPU takes denormal numbers for
0, which shows in many rows as an error of up to 4e15 (8e6).

One row again, with the argument of its worst case:

```sh
leanmirror agree OPERATION --backend BACKEND --dtype DTYPE --everywhere --depth {DEPTH}
```

The worst arguments of all entrywise rows stand at the end. Timings are not part of this page, so that a
second run on the same machine writes the same page; on another processor the last digits of exp, log and
tanh differ.
"""


def page(reports: Reports) -> str:
    """The page for the reports of all backends and types."""
    parts = [INTRODUCTION + "\n".join(_versions(reports)) + "\n" + EXPLANATION]
    parts += [f"## {title}\n\n" + "\n".join(_group(names, reports)) + "\n" for title, names in GROUPS.items()]
    parts.append("## The worst arguments\n\n" + "\n".join(_arguments(reports)) + "\n")
    return "\n".join(parts)


def _versions(reports: Reports) -> Iterator[str]:
    runs = {
        "numpy": "Lean's formulas as they are written",
        "accurate": "`leanmirror.runtime.accurate`",
        "torch": "PyTorch on the CPU, autograd",
        "jax": "JAX on the CPU, `jax.vjp`",
    }
    for name in BACKENDS:
        yield f"| {name} | {reports[name, DTYPES[0]].version} | {runs[name]} |"


def _row(report: AgreeReport, name: str, direction: str) -> AgreeRow | None:
    found = (r for r in report.rows if (r.op.rpartition(".")[2], r.direction) == (name, direction))
    return next(found, None)


def _group(names: Iterable[str], reports: Reports) -> Iterator[str]:
    names = list(names)
    yield f"| operation | direction | type | {' | '.join(BACKENDS)} |"
    yield "|---|---|---|" + "---:|" * len(BACKENDS)
    for name in names:
        for direction in ("forward", "backward"):
            for dtype in DTYPES:
                rows = [_row(reports[backend, dtype], name, direction) for backend in BACKENDS]
                per = " γ" if any(row is not None and row.per for row in rows) else ""
                cells = " | ".join(_cell(row) for row in rows)
                yield f"| `{name}`{per} | {direction} | {dtype} | {cells} |"
    differing = dict.fromkeys(
        f"* {backend}, `{row.op.rpartition('.')[2]}`: `{row.runs}`; {row.differs}"
        for backend in BACKENDS
        for row in reports[backend, DTYPES[0]].rows
        if row.op.rpartition(".")[2] in names and row.differs
    )
    yield from (["", *differing] if differing else [])


def _cell(row: AgreeRow | None) -> str:
    if row is None:
        return "-"
    error = "huge" if math.isinf(row.max_ulp) or row.max_ulp >= 1e30 else f"{row.max_ulp:.2g}"
    return f"{error} + {row.lost}" if row.lost else error


def _arguments(reports: Reports) -> Iterator[str]:
    yield "| operation | direction | type | backend | largest error at | lost at |"
    yield "|---|---|---|---|---|---|"
    for name in (name for names in GROUPS.values() for name in names):
        for direction in ("forward", "backward"):
            for dtype in DTYPES:
                for backend in BACKENDS:
                    row = _row(reports[backend, dtype], name, direction)
                    if row is not None and row.op in ENTRYWISE and (row.max_ulp > 0 or row.lost):
                        at, lost = (", ".join(found) for found in (row.at, row.lost_at))
                        yield f"| `{name}` | {direction} | {dtype} | {backend} | {at} | {lost} |"


def measured(depth: int = DEPTH) -> Reports:
    """The reports of all backends; BadInput where one is not installed."""
    reports: Reports = {}
    for backend in BACKENDS:
        for dtype in DTYPES:
            say(f"{backend} {dtype}", errors=True)
            reports[backend, dtype] = agree(backend=backend, dtype=dtype, depth=depth, everywhere=True)
    return reports


if __name__ == "__main__":
    write_target("-", page(measured()))
