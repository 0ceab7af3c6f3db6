"""Large arrays, a wide graph with shared nodes, a perceptron, and the kernels of `accurate`."""

from __future__ import annotations

from typing import Any

import numpy as np

from benchmarks.measuring import Contestant, Row, Run, optional, repeated, timed
from leanmirror.runtime import TapeM

Arrays = tuple[Any, ...]


def elementwise(entries: int) -> dict[str, Contestant]:
    """tanh(x·w + b) once; the gradients of all three. A tape also has all in between."""
    rng = np.random.default_rng(1)
    X, W, B, G = (rng.random(entries) for _ in range(4))

    def raw() -> tuple[float, float, Any]:
        def backward(y: Any) -> Any:
            d = (1.0 - y * y) * G
            return d * W, d * X, d

        return _three(timed(lambda: np.tanh(X * W + B), backward))

    def kept() -> tuple[float, float, Any]:
        x, w, b = X.copy(), W.copy(), B.copy()  # as a tape does with its leaves

        def forward() -> Any:
            product = x * w
            total = product + b
            return product, total, np.tanh(total)

        def backward(values: Any) -> Any:
            y, g = values[2], G.copy()
            d = y * y
            np.subtract(1.0, d, d)
            d *= g
            return d * w, d * x, d, g

        times = timed(forward, backward)
        return _three((times[0], times[1], times[2][:3]))

    def tape() -> tuple[float, float, Any]:
        t = TapeM()
        x, w, b = t.leaf(X), t.leaf(W), t.leaf(B)
        times = timed(lambda: t.tanh(t.add(t.mul(x, w), b)), lambda y: t.backward(y, G))
        return _three((times[0], times[1], [times[2][id] for id in (x, w, b)]))

    def in_torch() -> tuple[float, float, Any]:
        x, w, b = (torch.tensor(v, requires_grad=True) for v in (X, W, B))
        seed = torch.tensor(G)
        times = timed(lambda: torch.tanh(x * w + b), lambda y: y.backward(seed))
        return _three((times[0], times[1], [v.grad.numpy() for v in (x, w, b)]))

    torch = optional("torch")
    return {
        "numpy by hand": raw,
        "numpy, all kept": kept,
        "tape": tape,
        **({"torch": in_torch} if torch else {}),
    }


def _three(times: tuple[float, float, Any]) -> tuple[float, float, Any]:
    return times[0], times[1], [float(v.sum()) for v in times[2]]


def perceptron(size: int) -> dict[str, Contestant]:
    """Two layers of size × size with tanh, the squared error, the gradients of both matrices."""
    rng = np.random.default_rng(2)
    X, V, W, T = (rng.normal(0.0, size**-0.5, (size, size)) for _ in range(4))

    def raw() -> tuple[float, float, Any]:
        def forward() -> Arrays:
            h = np.tanh(X @ V)
            d = h @ W - T
            return h, d, (d * d).sum() / d.size

        def backward(kept: Arrays) -> Arrays:
            h, d, _ = kept
            g = d * (2.0 / d.size)
            return X.T @ ((1.0 - h * h) * (g @ W.T)), h.T @ g

        return timed(forward, backward)

    def tape() -> tuple[float, float, Any]:
        t = TapeM()
        x, v, w, target = t.leaf(X, None, False), t.leaf(V), t.leaf(W), t.leaf(T, None, False)

        def forward() -> int:
            return t.mseLoss(t.matmul(t.tanh(t.matmul(x, v)), w), target)

        forward_time, backward_time, found = timed(forward, t.backward)
        return forward_time, backward_time, (found[v], found[w])

    def in_torch() -> tuple[float, float, Any]:
        x, target = torch.tensor(X), torch.tensor(T)
        v, w = (torch.tensor(m, requires_grad=True) for m in (V, W))

        def forward() -> Any:
            return torch.nn.functional.mse_loss(torch.tanh(x @ v) @ w, target)

        times = timed(forward, lambda loss: loss.backward())
        return times[0], times[1], (v.grad.numpy(), w.grad.numpy())

    torch = optional("torch")
    found = {"numpy by hand": raw, "tape": tape, **({"torch": in_torch} if torch else {})}
    return {name: _norms(contestant) for name, contestant in found.items()}


def _norms(contestant: Contestant) -> Contestant:
    def measured() -> tuple[float, float, Any]:
        forward, backward, matrices = contestant()
        return forward, backward, [float(np.linalg.norm(m)) for m in matrices]

    return measured


def wide(width: int, layers: int) -> dict[str, Contestant]:
    """A graph in which every node of a layer feeds two of the next: tanh(a·b), vectors of 16."""
    rng = np.random.default_rng(3)
    leaves = [rng.random(16) for _ in range(width)]
    seed = np.ones(16)

    def tape() -> tuple[float, float, Any]:
        t = TapeM()
        first = [t.leaf(v) for v in leaves]

        def forward() -> int:
            row = first
            for k in range(layers):
                row = [t.tanh(t.add(row[i], row[(i + k + 1) % width])) for i in range(width)]
            out = row[0]
            for id in row[1:]:
                out = t.add(out, id)
            return out

        forward_time, backward_time, found = timed(forward, lambda out: t.backward(out, seed))
        return forward_time, backward_time, [found[id] for id in first]

    def in_torch() -> tuple[float, float, Any]:
        first = [torch.tensor(v, requires_grad=True) for v in leaves]

        def forward() -> Any:
            row = first
            for k in range(layers):
                row = [torch.tanh(row[i] + row[(i + k + 1) % width]) for i in range(width)]
            out = row[0]
            for value in row[1:]:
                out = out + value
            return out

        times = timed(forward, lambda out: out.backward(torch.tensor(seed)))
        return times[0], times[1], [v.grad.numpy() for v in first]

    torch = optional("torch")
    return {"tape": tape, **({"torch": in_torch} if torch else {})}


def accurate(name: str, dtype: str, rounds: int, asked: float) -> Row:
    """One kernel of `leanmirror.runtime.accurate` over torch's, on 10⁶ entries."""
    what = f"accurate {dtype} {name} over torch, 10^6 entries"
    try:
        from leanmirror.runtime import accurate as kernels  # type: ignore[attr-defined, unused-ignore]
    except ImportError:
        return Row(what, None, asked, detail="leanmirror.runtime.accurate is not there")
    torch = optional("torch")
    if torch is None:
        return Row(what, None, asked, detail="torch is not installed")
    x = np.random.default_rng(4).normal(0.0, 2.0, 10**6).astype(dtype)
    tensor, kernel = torch.tensor(x), getattr(kernels, name)
    theirs = {
        "tanh": torch.tanh,
        "gelu": lambda v: torch.nn.functional.gelu(v, approximate="tanh"),
    }[name]
    middle = np.abs(x) < 3.0  # in the tails torch's gelu has no right digits
    run = Run(
        {
            "accurate": _at(repeated(lambda: kernel(x), 3), middle),
            "torch": _at(repeated(lambda: theirs(tensor).numpy(), 3), middle),
        },
        rounds,
        1e-4 if dtype == "float32" else 1e-9,
    )
    return run.row(what, "accurate", "torch", asked)


def _at(contestant: Contestant, where: Any) -> Contestant:
    def measured() -> tuple[float, float, Any]:
        forward, backward, found = contestant()
        return forward, backward, found[where]

    return measured


def rows(rounds: int) -> list[Row]:
    """The rows of large arrays, and of graphs that are no chain."""
    million, thousand = Run(elementwise(10**6), rounds), Run(elementwise(1_000), 20 * rounds)
    mlp, graph = Run(perceptron(512), rounds), Run(wide(100, 100), rounds)
    return [
        million.row("10^6 entries, elementwise, over torch", "tape", "torch", 0.90),
        million.row(
            "10^6 entries, elementwise, over the raw numpy expression", "tape", "numpy by hand", 1.05
        ),
        million.row(
            "10^6 entries, elementwise, over numpy that keeps every value and gradient",
            "tape",
            "numpy, all kept",
            1.05,
        ),
        thousand.row("1000 entries, elementwise, over torch", "tape", "torch"),
        mlp.row("MLP 512², over torch", "tape", "torch", 0.90),
        mlp.row("MLP 512², over numpy by hand", "tape", "numpy by hand"),
        graph.row("wide graph with sharing, 2·10^4 nodes, over torch", "tape", "torch"),
        accurate("tanh", "float32", rounds, 1.0),
        accurate("gelu", "float64", rounds, 12.0),
    ]
