"""Bytes that a node of the chain needs after the forward pass, each contestant in a process of its own."""

from __future__ import annotations

import resource
import subprocess
import sys
from pathlib import Path

from benchmarks.measuring import Row, optional

NODES = 300_000


def measured(name: str) -> float:
    """The growth of the process while the chain is built, over its nodes. To be called in a fresh process."""
    from benchmarks import chains

    X, W, B = chains.inputs((chains.WIDTH,), "float64")
    kept: object
    if name == "tape":
        t = chains.TapeM()
        x, w, b = t.leaf(X), t.leaf(W), t.leaf(B)
        before = _resident()
        for _ in range(NODES // 3):
            x = t.tanh(t.add(t.mul(x, w), b))
        kept = t
    else:
        torch = optional("torch")
        y, v, c = (torch.tensor(a, requires_grad=True) for a in (X, W, B))
        torch.tanh(y * v + c)
        before = _resident()
        for _ in range(NODES // 3):
            y = torch.tanh(y * v + c)
        kept = y
    after = _resident()
    del kept
    return (after - before) / NODES


def _resident() -> int:
    """Bytes in memory now; where the system does not tell, the largest figure so far."""
    pages = Path("/proc/self/statm")
    if pages.exists():
        return int(pages.read_text().split()[1]) * resource.getpagesize()
    unit = 1 if sys.platform == "darwin" else 1024
    return unit * resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def _in_a_process(name: str) -> float:
    command = [sys.executable, "-m", "benchmarks.memory", name]
    return float(subprocess.run(command, capture_output=True, text=True, check=True).stdout)


def rows() -> list[Row]:
    """The ratio that is asked for."""
    what = "forward memory per node over torch"
    if optional("torch") is None:
        return [Row(what, None, 0.45, detail="torch is not installed")]
    ours, theirs = _in_a_process("tape"), _in_a_process("torch")
    return [Row(what, ours / theirs, 0.45, detail=f"{ours:.0f} bytes, torch {theirs:.0f}")]


if __name__ == "__main__":
    sys.stdout.write(f"{measured(sys.argv[1])}\n")
