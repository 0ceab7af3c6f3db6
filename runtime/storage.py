"""What a tape is made of: flat lists that tapes share as long as they grow in one line.

No node is an object of its own. A node is an entry in each of four lists: its value (an array), the
shape, the record of its operation, the ids of its parents (a tuple of integers). None of these is
followed by Python's cyclic collector, which would otherwise walk a long tape again and again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from leanmirror.runtime.arrays import Array, DType, Shape, plain_shape
from leanmirror.runtime.autograd.ops import Op
from leanmirror.runtime.errors import INVALID_NODE, SHAPE_MISMATCH, AutogradError
from leanmirror.runtime.kernels.quiet import fresh

if TYPE_CHECKING:
    from leanmirror.runtime.autograd.engine.core.core import Node


class Store:
    """The lists behind one line of tapes. `frozen` holds the ids whose `requires_grad` is false."""

    __slots__ = (
        "custom",
        "dtype",
        "frozen",
        "graph",
        "names",
        "ops",
        "params",
        "parents",
        "shapes",
        "values",
    )

    def __init__(self) -> None:
        self.values: list[Array] = []
        self.shapes: list[Shape] = []
        self.ops: list[Op] = []
        self.parents: list[tuple[int, ...]] = []
        self.params: dict[int, tuple[Any, ...]] = {}
        self.custom: dict[int, Node] = {}
        self.names: dict[int, str] = {}
        self.frozen: set[int] = set()
        self.dtype: DType | None = None
        self.graph: tuple[int, Any] | None = None

    def fork(self, size: int) -> Store:
        """A store of its own with the first `size` nodes; the arrays are shared."""
        other = Store()
        other.values = self.values[:size]
        other.shapes = self.shapes[:size]
        other.ops = self.ops[:size]
        other.parents = self.parents[:size]
        other.params = {id: p for id, p in self.params.items() if id < size}
        other.custom = {id: node for id, node in self.custom.items() if id < size}
        other.names = {id: name for id, name in self.names.items() if id < size}
        other.frozen = {id for id in self.frozen if id < size}
        other.dtype = self.dtype if size else None
        return other

    def cut(self, size: int) -> None:
        """Forget everything from node `size` on."""
        for column in (self.values, self.shapes, self.ops, self.parents):
            del column[size:]
        for table in (self.params, self.custom, self.names):
            table.pop(size, None)
        self.frozen.discard(size)


class Handle:
    """A store and how many of its nodes count. Only the owner of a handle that nobody else has seen
    may append to it; a tape that has been handed out never changes."""

    __slots__ = ("_size", "_store")

    def __init__(self, store: Store, size: int) -> None:
        self._store = store
        self._size = size


def append(h: Handle, op: Op, y: Array, shape: Shape, parents: tuple[int, ...]) -> int:
    """Add a node to a private handle and return its id, the old size.

    If the store has already grown beyond this handle, the handle gets a copy of its own first.
    """
    store, size = h._store, h._size
    if len(store.values) != size:
        h._store = store = store.fork(size)
    try:
        store.values.append(y)
        store.shapes.append(shape)
        store.ops.append(op)
        store.parents.append(parents)
    except BaseException:  # an interrupt between two appends would leave columns of unequal length
        store.cut(size)
        raise
    h._size = size + 1
    return size


def node_id(id: Any) -> int:
    """A node id as a Python integer. Raises TypeError for anything that is no integer."""
    try:
        return int(id.__index__())
    except AttributeError:
        raise TypeError(f"a node id is a natural number, not {type(id).__name__}") from None


def require(h: Handle, id: int, s: Sequence[int] | None = None) -> int:
    """The id, after Lean's two checks: the node exists, and it has shape `s` if one is given."""
    if id.__class__ is not int:
        id = node_id(id)
    if not 0 <= id < h._size:
        raise AutogradError(INVALID_NODE)
    if s is not None and h._store.shapes[id] != s and h._store.shapes[id] != plain_shape(s):
        raise AutogradError(SHAPE_MISMATCH)
    return id


def apply_unary(h: Handle, op: Op, xId: int, s: Sequence[int] | None) -> int:
    """Append `op` of one node, of the same shape as that node, to a private handle.

    This and `apply_binary` are the path that must be fast, so they do `append`'s work themselves.
    """
    size = h._size
    if xId.__class__ is not int or s is not None or not 0 <= xId < size:
        xId = require(h, xId, s)
    store = h._store
    values = store.values
    if len(values) != size:
        h._store = store = store.fork(size)
        values = store.values
    y = fresh().run(op.forward, values[xId])
    try:
        values.append(y)
        store.shapes.append(store.shapes[xId])
        store.ops.append(op)
        store.parents.append((xId,))
    except BaseException:
        store.cut(size)
        raise
    h._size = size + 1
    return size


def apply_binary(h: Handle, op: Op, aId: int, bId: int, s: Sequence[int] | None) -> int:
    """Append `op` of two nodes of one shape, which is also its own, to a private handle."""
    size = h._size
    if aId.__class__ is not int or bId.__class__ is not int or s is not None:
        aId, bId = require(h, aId, s), require(h, bId)
    if not (0 <= aId < size and 0 <= bId < size):
        raise AutogradError(INVALID_NODE)
    store = h._store
    shapes = store.shapes
    shape = shapes[aId]
    if shape is not shapes[bId] and shape != shapes[bId]:
        raise AutogradError(SHAPE_MISMATCH)
    values = store.values
    if len(values) != size:
        h._store = store = store.fork(size)
        values, shapes = store.values, store.shapes
    y = fresh().run(op.forward, values[aId], values[bId])
    try:
        values.append(y)
        shapes.append(shape)
        store.ops.append(op)
        store.parents.append((aId, bId))
    except BaseException:
        store.cut(size)
        raise
    h._size = size + 1
    return size


def apply_general(
    h: Handle, op: Op, parents: tuple[int, ...], shape: Shape, params: tuple[Any, ...] = ()
) -> int:
    """Append `op` of nodes that are already checked, with its parameters, to a private handle."""
    values = h._store.values
    y = fresh().run(op.forward, *[values[id] for id in parents], *params)
    id = append(h, op, y, shape, parents)
    if params:
        h._store.params[id] = params
    return id
