"""A chain tanh(x·w + b), the thing that a tape is made of: vectors of 16 entries, and scalars."""

from __future__ import annotations

import sys
from functools import partial
from typing import Any

import numpy as np

from benchmarks.measuring import Contestant, Row, Run, optional, timed
from leanmirror.runtime import Tape, TapeM
from leanmirror.runtime.autograd.engine.core.activations_loss import tanh
from leanmirror.runtime.autograd.engine.core.backward import backwardDense
from leanmirror.runtime.autograd.engine.core.elementwise import add, mul

WIDTH = 16


def inputs(shape: tuple[int, ...], dtype: str) -> tuple[Any, Any, Any]:
    """x, w and b."""
    rng = np.random.default_rng(0)
    x, w, b = rng.random(shape), rng.random(shape) * 0.9, rng.random(shape) * 0.1
    return tuple(np.asarray(v, dtype) for v in (x, w, b))  # type: ignore[return-value]  # three


def by_hand(links: int, shape: tuple[int, ...], dtype: str) -> tuple[float, float, Any]:
    """What a numpy program written for this chain costs: the limit."""
    first, W, B = inputs(shape, dtype)
    one = np.asarray(1.0, dtype)

    def forward() -> Any:
        saved, x = [], first
        for _ in range(links):
            product = x * W
            total = product + B
            y = np.tanh(total)
            saved.append((x, product, total, y))
            x = y
        return saved

    def backward(saved: Any) -> Any:
        g, gw, gb = np.ones(shape, dtype), np.zeros(shape, dtype), np.zeros(shape, dtype)
        for x, _, _, y in reversed(saved):
            d = y * y
            np.subtract(one, d, d)
            d *= g
            gb += d
            gw += d * x
            g = d * W
        return gw

    return timed(forward, backward)


def by_hand_all_kept(links: int, shape: tuple[int, ...], dtype: str) -> tuple[float, float, Any]:
    """The formulas as one writes them down, and every gradient kept, which is what a tape computes."""
    first, W, B = inputs(shape, dtype)

    def forward() -> Any:
        saved, x = [], first
        for _ in range(links):
            product = x * W
            total = product + B
            y = np.tanh(total)
            saved.append((x, product, total, y))
            x = y
        return saved

    def backward(saved: Any) -> Any:
        g, gw, gb = np.ones(shape, dtype), np.zeros(shape, dtype), np.zeros(shape, dtype)
        kept = [g]
        for x, _, _, y in reversed(saved):
            d = (1.0 - y * y) * g
            gb += d
            gw += d * x
            g = d * W
            kept += [d, g]
        return gw, gb, kept

    times = timed(forward, backward)
    return times[0], times[1], times[2][0]


def on_tape(links: int, shape: tuple[int, ...], dtype: str) -> tuple[float, float, Any]:
    """The tape as Lean has it: every operation returns a new tape."""
    X, W, B = inputs(shape, dtype)

    def forward() -> Any:
        t, x = Tape.empty().leaf(X)
        t, w = t.leaf(W)
        t, b = t.leaf(B)
        for _ in range(links):
            t, x = mul(t, x, w)
            t, x = add(t, x, b)
            t, x = tanh(t, x)
        return t, x

    found = timed(forward, lambda kept: backwardDense(*kept, np.ones(shape, dtype)))
    return found[0], found[1], found[2][1].t


def on_tape_m(links: int, shape: tuple[int, ...], dtype: str) -> tuple[float, float, Any]:
    """The same through TapeM."""
    X, W, B = inputs(shape, dtype)

    def forward() -> Any:
        t = TapeM()
        x, w, b = t.leaf(X), t.leaf(W), t.leaf(B)
        for _ in range(links):
            x = t.tanh(t.add(t.mul(x, w), b))
        return t, x

    found = timed(forward, lambda kept: kept[0].backward(kept[1], np.ones(shape, dtype)))
    return found[0], found[1], found[2][1]


def in_torch(links: int, shape: tuple[int, ...], dtype: str) -> tuple[float, float, Any]:
    """The same in torch's eager mode."""
    torch = optional("torch")
    x0, w, b = (torch.tensor(v, requires_grad=True) for v in inputs(shape, dtype))

    def forward() -> Any:
        x = x0
        for _ in range(links):
            x = torch.tanh(x * w + b)
        return x

    found = timed(forward, lambda x: x.backward(torch.ones(shape, dtype=x.dtype)))
    return found[0], found[1], w.grad.numpy()


def in_autograd(links: int, shape: tuple[int, ...], dtype: str) -> tuple[float, float, Any]:
    """The same in HIPS autograd."""
    from autograd import numpy as anp
    from autograd.differential_operators import make_vjp

    X, W, B = inputs(shape, dtype)

    def function(w: Any) -> Any:
        x = X
        for _ in range(links):
            x = anp.tanh(x * w + B)
        return x

    return timed(lambda: make_vjp(function)(W)[0], lambda vjp: vjp(np.ones(shape, dtype)))


def in_jax(links: int, shape: tuple[int, ...], dtype: str) -> tuple[float, float, Any]:
    """The same in jax, operation by operation."""
    import jax

    jax.config.update("jax_enable_x64", True)
    X, W, B = (jax.numpy.asarray(v) for v in inputs(shape, dtype))

    def function(w: Any) -> Any:
        x = X
        for _ in range(links):
            x = jax.numpy.tanh(x * w + B)
        return x

    found = timed(lambda: jax.vjp(function, W)[1], lambda vjp: vjp(jax.numpy.ones(shape, dtype))[0])
    return found[0], found[1], np.asarray(found[2])


ALL = {
    "numpy by hand": by_hand,
    "numpy, all kept": by_hand_all_kept,
    "tape": on_tape,
    "TapeM": on_tape_m,
    "torch": in_torch,
    "autograd": in_autograd,
    "jax": in_jax,
}


def contestants(
    nodes: int, names: tuple[str, ...], shape: tuple[int, ...], dtype: str
) -> dict[str, Contestant]:
    """Those of the named contestants that are installed, on a chain of so many nodes."""
    missing = {name for name in ("torch", "autograd", "jax") if name in names and optional(name) is None}
    return {name: partial(ALL[name], nodes // 3, shape, dtype) for name in names if name not in missing}


CURVE = ("numpy by hand", "numpy, all kept", "tape", "TapeM", "torch")
SLOW = {"autograd": (1_000, 10_000), "jax": (1_000,)}
"""Where the libraries are measured that need tens of microseconds per node, three times each."""


def rows(rounds: int, largest: int, jax: bool, curve: dict[str, list[tuple[int, float, float]]]) -> list[Row]:
    """The rows of the chain; `curve` gets nanoseconds per node, forward and backward, by size."""
    found: list[Row] = []
    for nodes in (n for n in (1_000, 10_000, 100_000, 1_000_000) if n <= largest):
        long = nodes >= 10**6  # a round takes a quarter of a minute, where nothing else runs
        turns = min(rounds, 3) if long else rounds * max(1, 10_000 // nodes)
        run = Run(contestants(nodes, CURVE, (WIDTH,), "float64"), turns, long=long)
        if nodes > 1_000:
            size = f"chain, n = 16, 10^{len(str(nodes)) - 1} nodes, over "
            found.append(run.row(size + "torch", "tape", "torch", 0.30))
            found.append(run.row(size + "numpy by hand", "tape", "numpy by hand", 1.4))
            found.append(run.row(size + "numpy by hand, TapeM", "TapeM", "numpy by hand"))
            found.append(run.row(size + "numpy that keeps every gradient", "tape", "numpy, all kept"))
        slow = tuple(name for name, sizes in SLOW.items() if nodes in sizes and (jax or name != "jax"))
        for each in (run, Run(contestants(nodes, slow, (WIDTH,), "float64"), 3)):
            for name in each.times:
                forward, backward = each.seconds(name)
                curve.setdefault(name, []).append((nodes, 1e9 * forward / nodes, 1e9 * backward / nodes))
        sys.stderr.write(f"chain of {nodes} nodes measured\n")
    first, last = (sum(curve["tape"][i][1:]) for i in (0, -1))
    size = len(str(curve["tape"][-1][0])) - 1
    found.append(Row(f"time per node, 10^{size} over 10^3 nodes", last / first, 1.3))
    found += [_scalars(dtype, rounds) for dtype in ("float64", "float32")]
    return found


def _scalars(dtype: str, rounds: int) -> Row:
    run = Run(contestants(30_000, ("tape", "torch"), (), dtype), rounds, 1e-9 if dtype == "float64" else 1e-3)
    return run.row(f"scalar nodes, {dtype}, over torch 0-d", "tape", "torch", 0.15)
