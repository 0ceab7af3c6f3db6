"""NN.Runtime.Autograd.Engine.Core.Core: tensors that carry their shape, nodes, the tape."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import numpy as np

from leanmirror.runtime.arrays import (
    Array,
    DType,
    Shape,
    check_dtype,
    entry_type,
    number,
    plain_shape,
    published,
    raw_copy,
    vector,
)
from leanmirror.runtime.autograd.ops import CUSTOM, GENERAL, NOTHING, Op
from leanmirror.runtime.autograd.topology import Topology
from leanmirror.runtime.context import AnyTensor
from leanmirror.runtime.errors import (
    ACCUMULATION_SHAPE,
    SHAPE_MISMATCH,
    UPSTREAM_SHAPE,
    AutogradError,
)
from leanmirror.runtime.kernels.quiet import fresh
from leanmirror.runtime.storage import H, Handle, Store, append, arrays, handle, require


class AnyTensor_:
    """The functions of the namespace `Runtime.Autograd.AnyTensor`."""

    @staticmethod
    def mk(t: Any) -> AnyTensor:
        """Wrap an array without copying it.

        Lean: Runtime.Autograd.AnyTensor.mk
        """
        return AnyTensor(t)

    @staticmethod
    def materialize(t: AnyTensor | Array) -> AnyTensor:
        """The same tensor in memory of its own: nobody can change it from outside.

        Lean: Runtime.Autograd.AnyTensor.materialize
        """
        return _wrapped(*raw_copy(_array(t), None, "tensor"))

    @staticmethod
    def cast(t: AnyTensor, s2: Sequence[int]) -> Array:
        """The entries, of shape `s2`; Lean asks for a proof that the shapes are equal.

        Raises ValueError if they are not.
        Lean: Runtime.Autograd.AnyTensor.cast
        """
        if t.s != plain_shape(s2):
            raise ValueError(f"cast needs equal shapes: {t.s} is not {tuple(s2)}")
        return t.t

    @staticmethod
    def add(a: AnyTensor, b: AnyTensor) -> AnyTensor:
        """Entrywise sum of two tensors of the same shape, the accumulation of gradients.

        Raises AutogradError for different shapes, TypeError for different types of entry.
        Lean: Runtime.Autograd.AnyTensor.add
        """
        x, y = AnyTensor(_array(a)), AnyTensor(_array(b))
        if x.s != y.s:
            raise AutogradError(ACCUMULATION_SHAPE)
        check_dtype(y.t.dtype, x.t.dtype, "second tensor")
        return AnyTensor(fresh().run(np.add, x.t, y.t))


def _array(t: Any) -> Any:
    return t.t if isinstance(t, AnyTensor) else t


def _wrapped(raw: Array, shape: Shape) -> AnyTensor:
    return AnyTensor(published(raw, shape))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Node:
    """One value of a tape: `value`, the ids of its `parents`, and the rule `backward` that turns an
    upstream gradient into contributions `(parent id, gradient)`.

    Reverse mode neither visits nor feeds a node whose `requires_grad` is false. The tape does not
    store such objects; it makes them when asked.
    Lean: Runtime.Autograd.Node
    """

    name: str | None = None
    value: AnyTensor
    requires_grad: bool = True
    parents: tuple[int, ...] = ()
    backward: Callable[[AnyTensor], Sequence[tuple[int, AnyTensor]]]


def _no_kernel(*_: Any) -> Any:
    raise AssertionError("a leaf and a hand-made node have no kernel")


LEAF = Op("leaf", "Runtime.Autograd.Tape.leaf", None, None, _no_kernel, _no_kernel, 0, code=NOTHING)
HAND_MADE = Op("node", "Runtime.Autograd.Tape.addNode", None, None, _no_kernel, _no_kernel, 0, code=CUSTOM)


class Tape(Handle):
    """A growing list of nodes that never changes: every operation returns a new tape and the id of
    the node it appended, which is the old size. Start from `Tape.empty()`.

    Tapes that grow in one line share their storage; going on from an older tape copies its lists
    once. All entries of a tape have one type, that of its first node. One thread at a time.
    Lean: Runtime.Autograd.Tape
    """

    __slots__ = ()

    @staticmethod
    def empty() -> Tape:
        """The tape without nodes.

        Lean: Runtime.Autograd.Tape.empty
        """
        return handle(Tape, Store(), 0)

    @property
    def nodes(self) -> Sequence[Node]:
        """The nodes in order of their ids, made on access.

        Lean: Runtime.Autograd.Tape.nodes
        """
        return Nodes(self)

    def size(self) -> int:
        """How many nodes there are.

        Lean: Runtime.Autograd.Tape.size
        """
        return self._size

    def getNode_opt(self, id: int) -> Node | None:
        """The node with this id, or None if there is none.

        Lean: Runtime.Autograd.Tape.getNode?
        """
        if not 0 <= id < self._size:
            return None
        return self._store.custom.get(id) or _node(self._store, id)

    def getValue_opt(self, id: int) -> AnyTensor | None:
        """The value of the node with this id, or None if there is none.

        Lean: Runtime.Autograd.Tape.getValue?
        """
        if not 0 <= id < self._size:
            return None
        return _wrapped(self._store.values[id], self._store.shapes[id])

    def addNode(self, node: Node) -> tuple[Tape, int]:
        """Append a node made by hand; its value is copied, its parents are not checked.

        Raises TypeError if the tape holds another type of entry.
        Lean: Runtime.Autograd.Tape.addNode
        """
        raw, shape = raw_copy(_array(node.value), _dtype(self), "value of the node")
        parents = tuple(node.parents)
        kept = Node(
            name=node.name,
            value=_wrapped(raw, shape),
            requires_grad=node.requires_grad,
            parents=parents,
            backward=node.backward,
        )
        frozen, dtype = not node.requires_grad, entry_type(raw)
        return append(self, HAND_MADE, raw, shape, parents, node=kept, frozen=frozen, dtype=dtype)

    def leaf(self, value: Any, name: str | None = None, requires_grad: bool = True) -> tuple[Tape, int]:
        """Append an input: a node without parents. The value, an array of float32 or float64, a
        number or a rectangular list, is copied.

        Raises TypeError if it is nothing of the kind or the tape holds another type of entry.
        Lean: Runtime.Autograd.Tape.leaf
        """
        return append_leaf(self, value, name, requires_grad)

    def requireValue(self, id: int, s: Sequence[int] | None = None) -> Array:
        """The value of a node, which must have shape `s` if one is given.

        Raises AutogradError if there is no such node or its shape is another.
        Lean: Runtime.Autograd.Tape.requireValue
        """
        return value_of(self, id, s)

    @staticmethod
    def requireGrad(dLdyAny: AnyTensor, τ: Sequence[int]) -> Array:
        """The entries of an upstream gradient, which must have shape `τ`.

        Raises AutogradError if it has another.
        Lean: Runtime.Autograd.Tape.requireGrad
        """
        if dLdyAny.s != plain_shape(τ):
            raise AutogradError(UPSTREAM_SHAPE)
        return dLdyAny.t

    def unary(
        self,
        opName: str,
        xId: int,
        forward: Callable[[Array], Array],
        backward: Callable[[Array, Array], Array],
        σ: Sequence[int] | None = None,
        τ: Sequence[int] | None = None,
    ) -> tuple[Tape, int]:
        """Append `forward` of a node, with `backward(x, upstream gradient)` as its rule.

        `σ` and `τ` are the shapes of input and output; what is not given is read off the values.
        Raises AutogradError as `requireValue` does, and for a forward value that has not shape `τ`.
        Lean: Runtime.Autograd.Tape.unary
        """
        x = self.requireValue(xId, σ)
        y = AnyTensor(forward(x))
        if τ is not None and y.s != plain_shape(τ):
            raise AutogradError(SHAPE_MISMATCH)

        def rule(dLdyAny: AnyTensor) -> list[tuple[int, AnyTensor]]:
            return [(xId, AnyTensor(backward(x, Tape.requireGrad(dLdyAny, y.s))))]

        return self.addNode(Node(name=opName, value=y, parents=(xId,), backward=rule))

    def topology(self) -> Topology:
        """The parents of all nodes as arrays, an order to visit them in, and the ancestors of each.

        Raises ValueError for a hand-made node with a parent that does not exist.
        """
        return Topology([self._store.parents(id) for id in range(self._size)])

    def graph(self) -> Any:
        """The topology as a frozen networkx MultiDiGraph, an edge from every parent with its `position`.

        Nodes carry `name`, `shape` and `requires_grad`. It is built when first asked for.
        """
        store, size = self._store, self._size
        if store.graph is None or store.graph[0] != size:
            store.graph = (size, _graph(store, size))
        return store.graph[1]


def append_leaf(h: H, value: Any, name: str | None, requires_grad: bool) -> tuple[H, int]:
    """Append an input, as `Tape.leaf` says."""
    raw, shape = raw_copy(_array(value), _dtype(h), "leaf")
    frozen, dtype = not requires_grad, entry_type(raw)
    return append(h, LEAF, raw, shape, (), name=name, frozen=frozen, dtype=dtype)


def _dtype(h: Handle) -> DType | None:
    return h._store.dtype if h._size else None


def value_of(h: Handle, id: int, s: Sequence[int] | None) -> Array:
    """The value of a node, as `Tape.requireValue` says."""
    id = require(h, id, s)
    return published(h._store.values[id], h._store.shapes[id])


class Nodes(Sequence[Node]):
    """The nodes of a tape, each made when asked for."""

    __slots__ = ("_tape",)

    def __init__(self, tape: Tape) -> None:
        self._tape = tape

    def __len__(self) -> int:
        return self._tape.size()

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        node = self._tape.getNode_opt(index + len(self) if index < 0 else index)
        if node is None:
            raise IndexError(f"no node {index} on a tape of {len(self)}")
        return node

    def __iter__(self) -> Iterator[Node]:
        return (self[i] for i in range(len(self)))


def _node(store: Store, id: int) -> Node:
    op = store.ops[id]
    return Node(
        name=store.names.get(id) if op is LEAF else op.name,
        value=_wrapped(store.values[id], store.shapes[id]),
        requires_grad=store.wants_gradient(id),
        parents=store.parents(id),
        backward=partial(_backward, store, id),
    )


def _backward(store: Store, id: int, dLdyAny: AnyTensor) -> list[tuple[int, AnyTensor]]:
    """The rule of a node that an operation of the tape appended."""
    if store.ops[id] is LEAF:
        return []
    if dLdyAny.s != store.shapes[id]:
        raise AutogradError(UPSTREAM_SHAPE)
    raw, _ = raw_copy(dLdyAny.t, store.dtype, "upstream gradient")
    parents = store.parents(id)
    contributions = fresh().run(contribute, store, id, raw)
    return [(p, _wrapped(c, store.shapes[p])) for p, c in zip(parents, contributions, strict=True)]


def contribute(store: Store, id: int, g: Any, wanted: tuple[bool, ...] = ()) -> tuple[Any, ...]:
    """What the rule of an operation gives its parents, in their order; a selective one None for a parent that
    is not `wanted`."""
    op, ids, y = store.ops[id], store.parents(id), store.values[id]
    if op.code != GENERAL:
        result = op.backward(g, y, *[store.values[p] for p in ids])
        return (result,) if op.arity == 1 else tuple(result)
    if not store.shapes[id]:
        g, y = vector(g), vector(y)
    last = (wanted,) if op.selective and False in wanted else ()
    result = op.backward(g, y, *arrays(store, ids), *store.params.get(id, ()), *last)
    found = (result,) if op.arity == 1 else result
    return tuple(c if store.shapes[p] else number(c) for p, c in zip(ids, found, strict=True))


def _graph(store: Store, size: int) -> Any:
    import networkx as nx  # type: ignore[import-untyped]  # it ships no types; imported late, it is slow

    graph = nx.MultiDiGraph()
    for id in range(size):
        op = store.ops[id]
        custom = store.custom.get(id)
        name = custom.name if custom else store.names.get(id) if op is LEAF else op.name
        graph.add_node(id, name=name, shape=store.shapes[id], requires_grad=store.wants_gradient(id))
    for id in range(size):
        for position, parent in enumerate(store.parents(id)):
            graph.add_edge(parent, id, position=position)
    return nx.freeze(graph)
