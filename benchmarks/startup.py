"""How long the command takes to start, in units of `python -c pass`; the smallest of many runs in turns."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from benchmarks.measuring import Row
from leanmirror.bridge.names.table import default_names

ASKED = {"--help": 5.0, "trace": 8.0}


def seconds(command: list[str]) -> float:
    """The wall time of one run: most of it is reading files, which is no CPU time."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - start


def rows(runs: int = 30) -> list[Row]:
    """The two commands that have to be quick."""
    name = next((entry.name for entry in default_names() if entry.python), "none")
    script = str(Path(sys.executable).with_name("leanmirror"))
    commands = {
        "pass": [sys.executable, "-c", "pass"],
        "--help": [script, "--help"],
        "trace": [script, "trace", name],
    }
    if not Path(script).exists():
        return [Row(f"start-up: leanmirror {label}", None, ASKED[label]) for label in ASKED]
    best = dict.fromkeys(commands, float("inf"))
    for _ in range(runs):
        for label, command in commands.items():
            best[label] = min(best[label], seconds(command))
    return [
        Row(
            f"start-up: leanmirror {label} over python -c pass",
            best[label] / best["pass"],
            asked,
            detail=f"{1000 * best[label]:.0f} ms",
        )
        for label, asked in ASKED.items()
    ]
