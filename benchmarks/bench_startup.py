"""How long `leanmirror --help` and `leanmirror trace NAME` take, in units of `python -c pass`.

The budget is 5 for the first and 8 for the second. Runs are interleaved and the smallest of each counts,
so that other work on the machine disturbs as little as possible.
"""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

from leanmirror.bridge.names import default_names

RUNS = 40
BUDGET = {"--help": 5.0, "trace": 8.0}


def seconds(command: list[str]) -> float:
    """The wall time of one run."""
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def main() -> int:
    """Measure and print; 1 when a budget is exceeded."""
    name = next((entry.name for entry in default_names() if entry.python), "none")
    script = str(Path(sys.executable).with_name("leanmirror"))
    commands = {
        "pass": [sys.executable, "-c", "pass"],
        "--help": [script, "--help"],
        "trace": [script, "trace", name],
    }
    best = dict.fromkeys(commands, float("inf"))
    for _ in range(RUNS):
        for label, command in commands.items():
            best[label] = min(best[label], seconds(command))
    for label, least in best.items():
        budget = f" (budget {BUDGET[label]:g}x)" if label in BUDGET else ""
        print(f"{label:<8} {1000 * least:6.1f} ms  {least / best['pass']:4.2f}x{budget}")
    return int(any(best[label] > budget * best["pass"] for label, budget in BUDGET.items()))


if __name__ == "__main__":
    sys.exit(main())
