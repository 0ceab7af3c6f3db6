"""`python -m benchmarks`: everything, as a table, as JSON and as a plot of growth."""

from __future__ import annotations

import argparse
import gc
import json
import os
import platform
import sys
import time
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[variable] = "1"  # read when numpy and torch are imported, which happens below

PACKAGES = ("numpy", "torch", "autograd", "jax", "mpmath", "gmpy2", "python-flint", "networkx")
SECTIONS = ("chain", "tensors", "memory", "topology", "spec", "startup")
Curve = dict[str, list[tuple[int, float, float]]]


def environment() -> dict[str, str]:
    """What the figures depend on."""
    found = {"python": platform.python_version(), "processor": processor()}
    for package in PACKAGES:
        try:
            found[package] = version(package)
        except PackageNotFoundError:
            found[package] = "not installed"
    return found


def processor() -> str:
    """Its name, where the system tells."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text().splitlines() if info.exists() else []
    names = [line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def measured(
    sections: list[str], rounds: int, largest: int, jax: bool, curve: Curve
) -> Iterator[tuple[str, list[Any]]]:
    """The rows of these sections, each as soon as it is measured; the growth of the chain goes to `curve`."""
    from benchmarks import chains, memory, spec, startup, tensors, topology

    found = {
        "chain": lambda: chains.rows(rounds, largest, jax, curve),
        "memory": memory.rows,
        "tensors": lambda: tensors.rows(rounds),
        "topology": lambda: topology.rows(rounds),
        "spec": lambda: spec.rows(rounds),
        "startup": startup.rows,
    }
    for name, rows in found.items():
        if name in sections:
            yield name, rows()


def shown(row: Any) -> str:
    """One line of the table."""
    value = "" if row.value is None else f"{row.value:.3g} {row.unit}"
    spread = "" if row.low is None else f"{row.low:.2f}–{row.high:.2f}"
    asked = "" if row.asked is None else f"{row.asked:g}"
    return f"{row.what:<72} {value:>10} {spread:>11} {asked:>6}  {row.verdict:<13} {row.detail}".rstrip()


def plotted(curve: Curve, path: str) -> None:
    """Nanoseconds per node against the number of nodes."""
    from matplotlib.figure import Figure

    figure = Figure(figsize=(7, 4.5), layout="constrained")
    axes = figure.add_subplot(xscale="log", yscale="log")
    for name, points in curve.items():
        axes.plot([n for n, *_ in points], [f + b for _, f, b in points], marker="o", label=name)
    axes.set(xlabel="nodes", ylabel="ns per node, forward and backward", title="chain tanh(x·w + b), n = 16")
    axes.grid(alpha=0.3)
    axes.legend()
    figure.savefig(path, format="svg", metadata={"Date": None})


def main() -> int:
    """Measure, print, write what was asked for."""
    parser = argparse.ArgumentParser(prog="benchmarks", description="Measurements of leanmirror.")
    parser.add_argument("section", nargs="*", help=f"some of {', '.join(SECTIONS)}; nothing means all")
    parser.add_argument("--rounds", type=int, default=9, help="how often the contestants take turns (9)")
    parser.add_argument("--largest", type=int, default=10**6, help="nodes of the longest chain (1000000)")
    parser.add_argument("--jax", action="store_true", help="the chain in jax too, which takes minutes")
    parser.add_argument("--json", metavar="FILE", help="the table as JSON")
    parser.add_argument("--plot", metavar="FILE.svg", help="time per node against nodes")
    options = parser.parse_args()
    if wrong := set(options.section) - set(SECTIONS):
        parser.error(f"no section {', '.join(sorted(wrong))}; there are {', '.join(SECTIONS)}")
    assert gc.isenabled()
    about = environment()
    print("; ".join(f"{name} {text}" for name, text in about.items()))
    print(f"{'what':<72} {'measured':>10} {'quartiles':>11} {'asked':>6}", flush=True)
    rows: list[Any] = []
    curve: Curve = {}
    start = time.monotonic()
    sections = options.section or list(SECTIONS)
    for name, some in measured(sections, options.rounds, options.largest, options.jax, curve):
        print("\n".join(map(shown, some)), flush=True)
        print(f"{name}: {time.monotonic() - start:.0f} s", file=sys.stderr, flush=True)
        rows += some
    for name, points in curve.items():
        times = "  ".join(f"{n}: {f:.0f} + {b:.0f}" for n, f, b in points)
        print(f"ns per node, forward + backward, {name:<14} {times}")
    if options.json:
        content = {"environment": about, "rows": [row.to_json() for row in rows], "growth": curve}
        Path(options.json).write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", "utf-8")
    if options.plot and curve:
        plotted(curve, options.plot)
    return 0


if __name__ == "__main__":
    sys.exit(main())
