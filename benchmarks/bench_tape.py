"""A chain tanh(x·w + b): the tape against numpy written by hand, and against torch where it is installed.

Everything is measured in turns within one process, and only the ratios mean something: machines are
noisy. Run it with `python benchmarks/bench_tape.py [nodes] [rounds]`.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from leanmirror.runtime import Tape, TapeM
from leanmirror.runtime.autograd.engine.core.activations_loss import tanh
from leanmirror.runtime.autograd.engine.core.backward import backwardDense
from leanmirror.runtime.autograd.engine.core.elementwise import add, mul

WIDTH = 16
Times = tuple[float, float, Any]
rng = np.random.default_rng(0)
X, W, B = rng.random(WIDTH), rng.random(WIDTH) * 0.9, rng.random(WIDTH) * 0.1


def by_hand(links: int) -> Times:
    """What a numpy program written for this chain costs: the limit."""
    one = np.asarray(1.0)
    start = time.perf_counter()
    saved = []
    x = X
    for _ in range(links):
        product = x * W
        total = product + B
        y = np.tanh(total)
        saved.append((x, product, total, y))
        x = y
    middle = time.perf_counter()
    g, gw, gb = np.ones(WIDTH), np.zeros(WIDTH), np.zeros(WIDTH)
    for x, _, _, y in reversed(saved):
        d = y * y
        np.subtract(one, d, d)
        d *= g
        gb += d
        gw += d * x
        g = d * W
    return middle - start, time.perf_counter() - middle, gw


def functional(links: int) -> Times:
    """The tape as Lean has it: every operation returns a new tape."""
    start = time.perf_counter()
    t, x = Tape.empty().leaf(X)
    t, w = t.leaf(W)
    t, b = t.leaf(B)
    for _ in range(links):
        t, x = mul(t, x, w)
        t, x = add(t, x, b)
        t, x = tanh(t, x)
    middle = time.perf_counter()
    gradients = backwardDense(t, x, np.ones(WIDTH))
    return middle - start, time.perf_counter() - middle, gradients[w].t


def imperative(links: int) -> Times:
    """The same through TapeM."""
    start = time.perf_counter()
    t = TapeM()
    x, w, b = t.leaf(X), t.leaf(W), t.leaf(B)
    for _ in range(links):
        x = t.tanh(t.add(t.mul(x, w), b))
    middle = time.perf_counter()
    gradients = t.backward(x, np.ones(WIDTH))
    return middle - start, time.perf_counter() - middle, gradients[w]


def in_torch(links: int) -> Times:
    """The same in torch's eager mode, one thread."""
    import torch  # type: ignore[import-not-found]  # measured only where somebody has it

    start = time.perf_counter()
    x = torch.tensor(X, requires_grad=True)
    w, b = torch.tensor(W, requires_grad=True), torch.tensor(B, requires_grad=True)
    for _ in range(links):
        x = torch.tanh(x * w + b)
    middle = time.perf_counter()
    x.backward(torch.ones(WIDTH, dtype=torch.float64))
    return middle - start, time.perf_counter() - middle, w.grad.numpy()


def contestants() -> list[Callable[[int], Times]]:
    """All of the above that can run here."""
    try:
        import torch
    except ImportError:
        return [by_hand, functional, imperative]
    torch.set_num_threads(1)
    return [by_hand, functional, imperative, in_torch]


def ratio(runs: list[Times], others: list[Times]) -> float:
    """The median over the turns of forward and backward together."""
    return statistics.median((r[0] + r[1]) / (o[0] + o[1]) for r, o in zip(runs, others, strict=True))


def main(nodes: int = 100_000, rounds: int = 7) -> None:
    """Print nanoseconds per node, forward and backward, and the ratios of the sums."""
    links = nodes // 3
    seen: dict[str, list[Times]] = {f.__name__: [] for f in contestants()}
    for turn in range(rounds + 1):
        for f in contestants():
            times = f(links)
            if turn:  # the first turn warms up
                seen[f.__name__].append(times)
    reference = seen["by_hand"][0][2]
    for name, runs in seen.items():
        if not np.allclose(runs[0][2], reference, rtol=1e-9):
            raise SystemExit(f"{name} computed another gradient")
        forward, backward = (statistics.median(run[i] for run in runs) / nodes * 1e9 for i in (0, 1))
        ratios = [
            f"{ratio(runs, seen[base]):.2f} x {base}"
            for base in ("by_hand", "in_torch")
            if base in seen and base != name
        ]
        print(f"{name:12} forward {forward:6.0f}  backward {backward:6.0f} ns/node   {'  '.join(ratios)}")


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
