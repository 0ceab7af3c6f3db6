"""docs/functions.md: how accurate the functions of PyTorch and JAX are, and their gradients.

`make functions` writes it, in the environment of `make accuracy`. One row again, in full:
`python -m leanmirror.bridge.report.pages.functions NAME LIBRARY DTYPE`.
"""

from __future__ import annotations

import importlib
import sys
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from leanmirror.bridge.io.output import write_target
from leanmirror.bridge.io.terminal import say
from leanmirror.bridge.report.pages.function_table import GROUPS, Entry
from leanmirror.bridge.rules.function import agree_function
from leanmirror.bridge.rules.function_report import FunctionReport, FunctionRow
from leanmirror.spec.errors import LeanMirrorError

LIBRARIES = ("numpy", "torch", "jax")
DTYPES = ("float64", "float32")
DEPTH = 800
ORDINARY = (1e-6, 1e6)
WORTHLESS = 1e6
"""Errors in ulp from which a row is listed among those that lose nearly all digits."""
INTRODUCTION = f"""\
# How accurate functions and their gradients are

`make functions` writes this page. Every function is compared with certified values, forward, backward (the
library's own reverse mode, upstream gradients of size 1/2 to 1) and, where the library has it, forward mode
(tangent), at about {DEPTH} arguments of all sizes. A cell is the largest error in units in the last place,
for vectors in units of the sizes of the terms that are added; after a plus sign stands at how many arguments
a result is NaN, ∞, 0 or of the wrong sign where the right one is not. `-`: the library has no such function,
or no such mode. Results that are denormal are left out: JAX on the CPU takes them for 0.

0.5 is correctly rounded; about 4e15 (8e6 in float32) means that no digit is right. Where a function has a
kink, its value there is no error. One row again, with the worst arguments, got and right values:

```sh
python -m leanmirror.bridge.report.pages.functions NAME LIBRARY DTYPE
```
"""


def ordinary(*inputs: Any) -> Any:
    """Arguments of ordinary size, from 1e-6 to 1e6."""
    low, high = ORDINARY
    return np.logical_and.reduce([(np.abs(x) >= low) & (np.abs(x) <= high) for x in inputs])


def measured(entry: Entry, library: str, dtype: str, domain: Any = None) -> FunctionReport | None:
    """The report of one function; None where the library has none.

    Raises LeanMirrorError for one that cannot be compared.
    """
    made: Callable[[Any], Callable[..., Any]] | None = getattr(entry, library)
    if made is None:
        return None
    for part in ("jax.scipy.special", "jax.nn") if library == "jax" else ():
        importlib.import_module(part)
    return agree_function(
        made(importlib.import_module(library)),
        entry.spec,
        inputs=entry.inputs,
        dtype=dtype,
        depth=DEPTH,
        denormals=False,
        domain=domain,
        library=library,
        name=entry.name,
    )


def _cell(row: FunctionRow | None) -> str:
    if row is None or not row.points:
        return "-"
    lost = sum(count for _, count, _ in row.lost)
    return f"{row.max_ulp:.2g}" + (f" + {lost}" if lost else "")


def _lines(entry: Entry, found: list[str]) -> Iterator[str]:
    for dtype in DTYPES:
        reports: dict[str, FunctionReport | None] = {}
        for library in LIBRARIES:
            try:
                reports[library] = measured(entry, library, dtype)
            except LeanMirrorError as error:
                say(f"{entry.name} {library} {dtype}: {error}", errors=True)
                reports[library] = None
        for direction in ("forward", "backward", "tangent"):
            rows = [_row(reports[library], direction) for library in LIBRARIES]
            if any(rows):
                yield f"| `{entry.name}` | {direction} | {dtype} | {' | '.join(map(_cell, rows))} |"
        found += _worthless(entry, dtype, reports)


def _row(report: FunctionReport | None, direction: str) -> FunctionRow | None:
    return None if report is None else next((r for r in report.rows if r.direction == direction), None)


def _worthless(entry: Entry, dtype: str, reports: dict[str, FunctionReport | None]) -> Iterator[str]:
    """Rows that lose nearly all digits at arguments of ordinary size."""
    if entry.inputs is not None:
        return
    for library, report in reports.items():
        if report is None or report.within(WORTHLESS):
            continue
        near = measured(entry, library, dtype, ordinary)
        for row in near.rows if near is not None else ():
            if not row.within(WORTHLESS) and row.worst is not None:
                at = ", ".join(repr(float(x)) for x in row.worst.at)
                yield (
                    f"| `{entry.name}` | {library} | {row.direction} | {dtype} | {at} | {row.worst.got!r} "
                    f"| {row.worst.right} |"
                )


def page() -> str:
    """The page."""
    parts, found = [INTRODUCTION], list[str]()
    for title, entries in GROUPS.items():
        lines = [f"| function | direction | type | {' | '.join(LIBRARIES)} |", "|---|---|---|---:|---:|---:|"]
        for entry in entries:
            say(entry.name, errors=True)
            lines += _lines(entry, found)
        parts.append(f"## {title}\n\n" + "\n".join(lines) + "\n")
    head = (
        "| function | library | direction | type | at (upstream last) | got | right |\n|---|---|---|---|"
        + "---|" * 3
    )
    parts.append(
        "## Nearly all digits lost at arguments between 1e-6 and 1e6\n\n" + "\n".join([head, *found]) + "\n"
    )
    versions = [f"{name} {importlib.import_module(name).__version__}" for name in LIBRARIES]
    return "\n".join([*parts, f"Measured with {', '.join(versions)}.\n"])


def main(arguments: list[str]) -> None:
    """The page, or one row in full."""
    if not arguments:
        write_target("-", page())
        return
    name, library, dtype = arguments
    (entry,) = (e for entries in GROUPS.values() for e in entries if e.name == name)
    say(str(measured(entry, library, dtype)))


if __name__ == "__main__":
    main(sys.argv[1:])
