"""The topology of a tape as arrays: the parents, an order to visit nodes in, and what leads to a node.

networkx needs a kilobyte and five microseconds for a node; this needs the ids of the parents once more.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

import numpy as np
from numpy.typing import NDArray

from leanmirror.runtime.errors import INVALID_NODE, AutogradError
from leanmirror.runtime.storage import node_id

Ids = NDArray[np.int64]


class Topology:
    """The parents of node i are `parents[starts[i]:starts[i + 1]]`, in the order of its operation.

    Raises ValueError for a hand-made node with a parent that does not exist.
    """

    __slots__ = ("_ascending", "_parents_of", "parents", "starts")

    def __init__(self, parents_of: Sequence[tuple[int, ...]]) -> None:
        size = len(parents_of)
        self._parents_of = parents_of
        self.starts: Ids = np.zeros(size + 1, np.int64)
        np.cumsum(np.fromiter(map(len, parents_of), np.int64, size), out=self.starts[1:])
        self.parents: Ids = np.fromiter(chain.from_iterable(parents_of), np.int64, int(self.starts[-1]))
        if self.parents.size and not 0 <= self.parents.min() <= self.parents.max() < size:
            raise ValueError("a hand-made node names a parent that does not exist")
        self._ascending = bool(np.all(self.parents < self._children()))

    def __len__(self) -> int:
        return len(self._parents_of)

    def _children(self) -> Ids:
        """For each entry of `parents` the node whose parent it is."""
        return np.repeat(np.arange(len(self)), np.diff(self.starts))

    def order(self) -> Ids:
        """The ids, every node after its parents: as they are, unless a hand-made node names a later one.

        Raises ValueError where nodes lead back to themselves.
        """
        return np.arange(len(self)) if self._ascending else self._sorted()

    def _sorted(self) -> Ids:
        waiting = np.diff(self.starts).tolist()
        by_parent = np.argsort(self.parents, kind="stable")
        first = np.searchsorted(self.parents[by_parent], np.arange(len(self) + 1)).tolist()
        below = self._children()[by_parent].tolist()
        order = [id for id, count in enumerate(waiting) if count == 0]
        for id in order:
            for child in below[first[id] : first[id + 1]]:
                waiting[child] -= 1
                if waiting[child] == 0:
                    order.append(child)  # the outer loop goes on to what is appended
        if len(order) < len(self):
            raise ValueError("hand-made nodes name each other as parents, so there is no order")
        return np.array(order, np.int64)

    def ancestors(self, id: int) -> Ids:
        """The ids of the other nodes that lead to node `id`, ascending.

        Raises AutogradError for a node that does not exist.
        """
        id = node_id(id)
        if not 0 <= id < len(self):
            raise AutogradError(INVALID_NODE)
        reached = self._swept(id) if self._ascending else self._searched(id)
        reached[id] = 0
        return np.flatnonzero(np.frombuffer(reached, np.uint8))

    def _swept(self, id: int) -> bytearray:
        """Marks, set from `id` down: when a node is visited all that it leads to are decided."""
        parents_of, reached = self._parents_of, bytearray(id + 1)
        reached[id] = 1
        for i in range(id, -1, -1):
            if reached[i]:
                for p in parents_of[i]:
                    reached[p] = 1
        return reached

    def _searched(self, id: int) -> bytearray:
        """Marks, whatever the order of the ids."""
        reached, waiting = bytearray(len(self)), [id]
        while waiting:
            for p in self._parents_of[waiting.pop()]:
                if not reached[p]:
                    reached[p] = 1
                    waiting.append(p)
        return reached
