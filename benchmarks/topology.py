"""The order and the ancestors of a graph with two parents per node: arrays over networkx."""

from __future__ import annotations

from typing import Any

import networkx as nx  # type: ignore[import-untyped, unused-ignore]
import numpy as np

from benchmarks.measuring import Row, Run, repeated
from leanmirror.runtime import Tape, TapeM


def tape_of(nodes: int) -> Tape:
    """Sums of two nodes each, at random among the last hundred."""
    rng = np.random.default_rng(5)
    t = TapeM()
    for _ in range(100):
        t.leaf(0.0)
    for id, (a, b) in enumerate(rng.integers(1, 100, (nodes - 100, 2)).tolist(), 100):
        t.add(id - a, id - b)
    return t.getTape()


def rows(rounds: int, nodes: int = 100_000) -> list[Row]:
    """Each from a graph that is already built, and with building it."""
    tape = tape_of(nodes)
    graph, topology, last = tape.graph(), tape.topology(), nodes - 1

    def networkx_order() -> Any:
        return len(list(nx.topological_sort(graph)))

    def networkx_ancestors() -> Any:
        return len(nx.ancestors(graph, last))

    def rebuilt() -> Any:
        tape._store.graph = None  # otherwise it would be the graph made before
        return len(tape.graph())

    order = {
        "arrays": repeated(lambda: len(topology.order()), 1),
        "networkx": repeated(networkx_order, 1),
    }
    ancestors = {
        "arrays": repeated(lambda: len(topology.ancestors(last)), 1),
        "networkx": repeated(networkx_ancestors, 1),
    }
    build = {"arrays": repeated(lambda: len(tape.topology()), 1), "networkx": repeated(rebuilt, 1)}
    size = f"{nodes} nodes, arrays over networkx"
    return [
        Run(order, rounds).row(f"topological order, {size}", "arrays", "networkx", 0.2),
        Run(ancestors, rounds).row(f"ancestors, {size}", "arrays", "networkx", 0.2),
        Run(build, 3).row(f"building, {size}", "arrays", "networkx"),
    ]
