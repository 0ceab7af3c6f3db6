"""What a tape is made of: flat lists that tapes share as long as they grow in one line.

No node is an object of its own. A node is an entry in each of five lists: its value (an array, or a number
if the shape is `()`), the shape, the record of its operation, the ids of its first and its second parent.
None of these is followed by Python's cyclic collector, which would otherwise walk a long tape again and
again. What few nodes have stands in tables: parameters, a name, more or fewer parents than that.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

from leanmirror.runtime.arrays import DType, Shape, number, plain_shape, vector
from leanmirror.runtime.autograd.ops import GENERAL, Op
from leanmirror.runtime.errors import INVALID_NODE, SHAPE_MISMATCH, AutogradError
from leanmirror.runtime.kernels.quiet import fresh

if TYPE_CHECKING:
    from leanmirror.runtime.autograd.engine.core.core import Node


NONE = -1
"""No node: ids are natural numbers."""


class Store:
    """The lists behind one line of tapes. `frozen` are the ids whose `requires_grad` is false, ascending;
    `run` calls a kernel with floating-point warnings off.

    Equal shapes are one object, which `known` has: shapes of nodes are compared by `is`. `second` has `NONE`
    where there is one parent; `first` where the node was made by hand or has not one or two: they are in
    `more` then, unless there are none.
    """

    __slots__ = (
        "custom",
        "dtype",
        "first",
        "frozen",
        "graph",
        "known",
        "more",
        "names",
        "ops",
        "params",
        "run",
        "second",
        "shapes",
        "values",
    )

    def __init__(self) -> None:
        self.values: list[Any] = []
        self.shapes: list[Shape] = []
        self.known: dict[Shape, Shape] = {}
        self.ops: list[Op] = []
        self.first: list[int] = []
        self.second: list[int] = []
        self.more: dict[int, tuple[int, ...]] = {}
        self.params: dict[int, tuple[Any, ...]] = {}
        self.custom: dict[int, Node] = {}
        self.names: dict[int, str] = {}
        self.frozen: list[int] = []
        self.dtype: DType | None = None
        self.graph: tuple[int, Any] | None = None
        self.run: Callable[..., Any] = fresh().run

    def fork(self, size: int) -> Store:
        """A store of its own with the first `size` nodes; the arrays are shared."""
        other = Store()
        other.values = self.values[:size]
        other.shapes = self.shapes[:size]
        other.known = dict(self.known)
        other.ops = self.ops[:size]
        other.first = self.first[:size]
        other.second = self.second[:size]
        other.more = {id: ids for id, ids in self.more.items() if id < size}
        other.params = {id: p for id, p in self.params.items() if id < size}
        other.custom = {id: node for id, node in self.custom.items() if id < size}
        other.names = {id: name for id, name in self.names.items() if id < size}
        other.frozen = self.frozen_below(size)
        other.dtype = self.dtype if size else None
        return other

    def cut(self, size: int) -> None:
        """Forget everything from node `size` on."""
        for column in (self.values, self.shapes, self.ops, self.first, self.second):
            del column[size:]
        for table in (self.more, self.params, self.custom, self.names):
            table.pop(size, None)
        self.frozen = self.frozen_below(size)

    def parents(self, id: int) -> tuple[int, ...]:
        """The ids of the parents of a node, in the order of its operation."""
        first, second = self.first[id], self.second[id]
        if first == NONE:
            return self.more.get(id, ())
        return (first,) if second == NONE else (first, second)

    def frozen_below(self, size: int) -> list[int]:
        """The ids below `size` whose `requires_grad` is false."""
        return self.frozen[: bisect_left(self.frozen, size)]

    def wants_gradient(self, id: int) -> bool:
        """Whether `requires_grad` is true for this node."""
        place = bisect_left(self.frozen, id)
        return place == len(self.frozen) or self.frozen[place] != id


class Handle:
    """A store and how many of its nodes count. It never changes: appending gives another handle, which shares
    the store unless that has already grown beyond this one; then it has a copy of its own."""

    __slots__ = ("_size", "_store")
    _store: Store
    _size: int

    def __copy__(self) -> Handle:
        """Itself: it never changes."""
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Handle:
        """Itself: it never changes."""
        return self

    def __reduce__(self) -> NoReturn:
        raise TypeError("a tape cannot be pickled, since its operations are functions: pickle values instead")


class Growing(Handle):
    """The one kind of handle that does change: appending moves it on. Who has one does not give it away."""

    __slots__ = ()


H = TypeVar("H", bound=Handle)


def handle(kind: type[H], store: Store, size: int) -> H:
    """A handle. Handles have no constructor with arguments: it would double what making one costs."""
    made = kind()
    made._store = store
    made._size = size
    return made


def append(
    h: H,
    op: Op,
    y: Any,
    shape: Shape,
    parents: tuple[int, ...],
    *,
    params: tuple[Any, ...] = (),
    name: str | None = None,
    node: Node | None = None,
    frozen: bool = False,
    dtype: DType | None = None,
) -> tuple[H, int]:
    """The handle with one node more, and the id of the node, which is the old size."""
    store, size = h._store, h._size
    if len(store.values) != size:
        store = store.fork(size)
    plain = node is None and len(parents) in (1, 2)  # parents of a node made by hand are not checked
    try:
        store.values.append(y)
        store.shapes.append(store.known.setdefault(shape, shape))
        store.ops.append(op)
        store.first.append(parents[0] if plain else NONE)
        store.second.append(parents[1] if plain and len(parents) == 2 else NONE)
        if parents and not plain:
            store.more[size] = parents
        if dtype is not None:
            store.dtype = dtype
        if params:
            store.params[size] = params
        if name is not None:
            store.names[size] = name
        if node is not None:
            store.custom[size] = node
        if frozen:
            store.frozen.append(size)
    except BaseException:  # an interrupt between two appends would leave columns of unequal length
        store.cut(size)
        raise
    longer = h if type(h) is Growing else type(h)()
    longer._store = store
    longer._size = size + 1
    return longer, size


def node_id(id: Any) -> int:
    """A node id as a Python integer. Raises TypeError for anything that is no integer."""
    try:
        return int(id.__index__())
    except AttributeError:
        raise TypeError(f"a node id is a natural number, not {type(id).__name__}") from None


def require(h: Handle, id: int, s: Sequence[int] | None = None) -> int:
    """The id, after Lean's two checks: the node exists, and it has shape `s` if one is given."""
    if type(id) is not int:
        id = node_id(id)
    if not 0 <= id < h._size:
        raise AutogradError(INVALID_NODE)
    if s is not None and h._store.shapes[id] != plain_shape(s):
        raise AutogradError(SHAPE_MISMATCH)
    return id


def apply_unary(h: H, op: Op, xId: int, s: Sequence[int] | None) -> tuple[H, int]:
    """Append `op` of one node, of the same shape as that node.

    This and `apply_binary` are the path that must be fast, so they do `append`'s work themselves.
    """
    size = h._size
    if type(xId) is not int or s is not None or not 0 <= xId < size:
        xId = require(h, xId, s)
    store = h._store
    shape = store.shapes[xId]
    if not shape:
        op = op.scalar
        if op.code == GENERAL:
            return apply_general(h, op, (xId,), shape)
    values = store.values
    if len(values) != size:
        store = store.fork(size)
        values = store.values
    run = store.run
    y = run(op.forward, values[xId])
    try:
        values.append(y)
        store.shapes.append(shape)
        store.ops.append(op)
        store.first.append(xId)
        store.second.append(NONE)
    except BaseException:
        store.cut(size)
        raise
    kind = type(h)
    longer = h if kind is Growing else kind()
    longer._store = store
    longer._size = size + 1
    return longer, size


def apply_binary(h: H, op: Op, aId: int, bId: int, s: Sequence[int] | None) -> tuple[H, int]:
    """Append `op` of two nodes of one shape, which is also its own."""
    size = h._size
    if type(aId) is not int or type(bId) is not int or s is not None:
        aId, bId = require(h, aId, s), require(h, bId)
    if not (0 <= aId < size and 0 <= bId < size):
        raise AutogradError(INVALID_NODE)
    store = h._store
    shapes = store.shapes
    shape = shapes[aId]
    if shape is not shapes[bId]:
        raise AutogradError(SHAPE_MISMATCH)
    if not shape:
        op = op.scalar  # which has rules for numbers, as all these operations have
    values = store.values
    if len(values) != size:
        store = store.fork(size)
        values, shapes = store.values, store.shapes
    run = store.run
    y = run(op.forward, values[aId], values[bId])
    try:
        values.append(y)
        shapes.append(shape)
        store.ops.append(op)
        store.first.append(aId)
        store.second.append(bId)
    except BaseException:
        store.cut(size)
        raise
    kind = type(h)
    longer = h if kind is Growing else kind()
    longer._store = store
    longer._size = size + 1
    return longer, size


def entries(h: Handle) -> DType:
    """The type of entry of a handle with nodes."""
    dtype = h._store.dtype
    assert dtype is not None
    return dtype


def apply_general(
    h: H, op: Op, parents: tuple[int, ...], shape: Shape, params: tuple[Any, ...] = ()
) -> tuple[H, int]:
    """Append `op` of nodes that are already checked, with its parameters."""
    store = h._store
    y = store.run(op.forward, *arrays(store, parents), *params)
    return append(h, op, y if shape else number(y), shape, parents, params=params)


def arrays(store: Store, ids: tuple[int, ...]) -> list[Any]:
    """The values of some nodes, numbers as vectors of one entry."""
    return [store.values[id] if store.shapes[id] else vector(store.values[id]) for id in ids]
