"""NN.Runtime.Autograd.Engine.Core.Backward: reverse mode.

The nodes are visited from the last to the first, contributions are added in the order in which the
rules list them, `existing + new`. Nothing is recursive. Gradients are given out as sequences whose
entries are made when asked for, read-only.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np

from leanmirror.runtime.arrays import Array, Shape, check_dtype, entry_type, published, raw_copy
from leanmirror.runtime.autograd.engine.core.core import AnyTensor_, Node, Tape, contribute
from leanmirror.runtime.autograd.ops import BINARY, CUSTOM, GENERAL, NUMBER_BINARY, NUMBER_UNARY, UNARY
from leanmirror.runtime.context import AnyTensor
from leanmirror.runtime.errors import (
    CONTRIBUTION_SHAPE,
    DENSE_LENGTH,
    INVALID_OUTPUT,
    INVALID_PARENT,
    NODE_GRADIENT_SHAPE,
    NODE_MISSING,
    OUT_OF_BOUNDS,
    SEED_SHAPE,
    AutogradError,
)
from leanmirror.runtime.storage import Store, node_id

# Marks in the list of gradients: the node wants none, and the entry given for it has the wrong shape.
_BLOCKED: Array = np.empty(0)
_BAD: Array = np.empty(0)


class DenseOptional(Sequence[AnyTensor | None]):
    """Gradients by node id, None where reverse mode did not arrive.

    The list behind it ends where reverse mode began, so that early nodes of long tapes cost little.
    """

    __slots__ = ("_raw", "_shapes", "_size")

    def __init__(self, raw: list[Any], shapes: Sequence[Shape], size: int) -> None:
        self._raw = raw
        self._shapes = shapes
        self._size = size

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, index: Any) -> Any:
        if isinstance(index, slice):
            return [self[i] for i in range(*index.indices(len(self)))]
        id = range(self._size)[index]
        raw = self._raw[id] if id < len(self._raw) else None
        return self._absent(id) if raw is None else AnyTensor(published(raw, self._shapes[id]))

    def _absent(self, id: int) -> AnyTensor | None:
        """What stands for the gradient of a node that has none."""
        return None

    def present(self) -> Iterator[int]:
        """The ids that have a gradient, ascending."""
        return (id for id, raw in enumerate(self._raw) if raw is not None)


class Dense(DenseOptional):
    """Gradients by node id, zeros where reverse mode did not arrive."""

    __slots__ = ("_dtype",)

    def __init__(self, raw: list[Any], shapes: Sequence[Shape], size: int, dtype: Any) -> None:
        super().__init__(raw, shapes, size)
        self._dtype = dtype

    def _absent(self, id: int) -> AnyTensor | None:
        """Zeros."""
        return AnyTensor(np.zeros(self._shapes[id], self._dtype))

    def present(self) -> Iterator[int]:
        """All ids."""
        return iter(range(len(self)))


class Gradients(Mapping[int, AnyTensor]):
    """Gradients of the nodes that reverse mode reached, by node id."""

    __slots__ = ("_dense",)

    def __init__(self, dense: DenseOptional | tuple[AnyTensor | None, ...]) -> None:
        self._dense = dense

    def __getitem__(self, id: int) -> AnyTensor:
        known = isinstance(id, int | np.integer) and 0 <= id < len(self._dense)
        found = self._dense[id] if known else None
        if found is None:
            raise KeyError(id)
        gradient: AnyTensor = found
        return gradient

    def __iter__(self) -> Iterator[int]:
        if isinstance(self._dense, DenseOptional):
            return self._dense.present()
        return (id for id, g in enumerate(self._dense) if g is not None)

    def __len__(self) -> int:
        return sum(1 for _ in self)


class Arrays(Mapping[int, Array]):
    """The same as plain read-only arrays."""

    __slots__ = ("_gradients",)

    def __init__(self, gradients: Gradients) -> None:
        self._gradients = gradients

    def __getitem__(self, id: int) -> Array:
        return self._gradients[id].t

    def __iter__(self) -> Iterator[int]:
        return iter(self._gradients)

    def __len__(self) -> int:
        return len(self._gradients)


def addGradDense(t: Tape, grads: Sequence[AnyTensor | None], id: int, g: AnyTensor) -> list[AnyTensor | None]:
    """The gradients with one contribution added at a parent.

    Raises AutogradError for a parent that does not exist; and, if it requires a gradient, for a
    contribution of another shape, and for an id beyond `grads`.
    Lean: Runtime.Autograd.Tape.addGradDense
    """
    node = _parent(t, id)
    result = list(grads)
    if not node.requires_grad:
        return result
    if g.s != node.value.s:
        raise AutogradError(CONTRIBUTION_SHAPE)
    if not id < len(result):
        raise AutogradError(OUT_OF_BOUNDS)
    existing = result[id]
    result[id] = AnyTensor_.materialize(g) if existing is None else AnyTensor_.add(existing, g)
    return result


def _parent(t: Tape, id: int) -> Node:
    node = t.getNode_opt(id)
    if node is None:
        raise AutogradError(INVALID_PARENT)
    return node


def addGradAll(t: Tape, grads: Sequence[AnyTensor], id: int, g: AnyTensor) -> list[AnyTensor]:
    """The gradients, one for every node, with one contribution added at a parent.

    Raises AutogradError as `addGradDense` does, and if the present entry has another shape.
    Lean: Runtime.Autograd.Tape.addGradAll
    """
    node = _parent(t, id)
    result = list(grads)
    if not node.requires_grad:
        return result
    if g.s != node.value.s:
        raise AutogradError(CONTRIBUTION_SHAPE)
    if not id < len(result):
        raise AutogradError(OUT_OF_BOUNDS)
    if result[id].s != node.value.s:
        raise AutogradError(NODE_GRADIENT_SHAPE)
    result[id] = AnyTensor_.add(result[id], g)
    return result


def backwardDense(t: Tape, outId: int, seed: Any) -> DenseOptional:
    """The gradients of node `outId` along `seed`, None for nodes that do not influence it.

    The entry of the output is the seed, even if the output requires no gradient; then nothing
    propagates. Raises AutogradError for an output that does not exist and a seed of another shape,
    and whatever hand-made rules raise; TypeError for a seed of another type.
    Lean: Runtime.Autograd.Tape.backwardDense
    """
    outId = node_id(outId)
    if not 0 <= outId < t.size():
        raise AutogradError(INVALID_OUTPUT)
    store = t._store
    raw, shape = raw_copy(seed.t if isinstance(seed, AnyTensor) else seed, None, "seed")
    if shape != store.shapes[outId]:
        raise AutogradError(SEED_SHAPE)
    check_dtype(entry_type(raw), store.dtype, "seed")
    grads: list[Any] = [None] * outId
    grads.append(raw)
    _swept(t, grads)
    return DenseOptional(grads, store.shapes, t.size())


def _swept(t: Tape, grads: list[Any], bad: frozenset[int] = frozenset()) -> None:
    """Reverse mode in place, from the last gradient down. What requires no gradient stays as it is; a
    gradient of the wrong shape (`bad`) is an error as soon as its node is visited or fed."""
    store, size = t._store, t.size()
    aside = {id: grads[id] for id in store.frozen_below(len(grads))}
    for id in aside:
        grads[id] = _BLOCKED
    bad = bad.difference(aside)
    for id in bad:
        grads[id] = _BAD
    shared = [0] * len(grads)
    for id in (*aside, *bad):
        shared[id] = 1
    caller = np.geterr()
    with np.errstate(all="ignore"):
        _sweep(store, size, grads, range(len(grads) - 1, max(bad, default=-1), -1), shared, caller)
    if bad:
        raise AutogradError(NODE_GRADIENT_SHAPE)
    for id, kept in aside.items():
        grads[id] = kept


def _sweep(  # noqa: PLR0912, PLR0915  # one call less per node is what makes long tapes fast
    store: Store, size: int, grads: list[Any], ids: range, shared: list[int], caller: Any
) -> None:
    """Visit `ids`. `shared` tells the nodes whose entry must not be written to, because another node
    has the same array or because it is a mark; every other array was made here."""
    ops, values, first, second = store.ops, store.values, store.first, store.second
    add = np.add
    for id in ids:
        g = grads[id]
        if g is None:
            continue
        op = ops[id]
        code = op.code
        if code <= NUMBER_UNARY:
            p = first[id]
            rule = op.backward
            contribution = rule(g, values[id], values[p])
            old = grads[p]
            if old is None:
                grads[p] = contribution
            elif shared[p]:
                _accumulate(grads, p, contribution, shared)
            elif code == UNARY:
                add(old, contribution, old)
            else:
                grads[p] = old + contribution
        elif code <= NUMBER_BINARY:
            a, b = first[id], second[id]
            rule = op.backward
            left, right = rule(g, values[id], values[a], values[b])
            old = grads[a]
            if old is None:
                grads[a] = left
                if left is g and code == BINARY:
                    shared[a] = 1
            elif shared[a]:
                _accumulate(grads, a, left, shared)
            elif code == BINARY:
                add(old, left, old)
            else:
                grads[a] = old + left
            old = grads[b]
            if old is None:
                grads[b] = right
                if right is g and code == BINARY:
                    shared[b] = 1
            elif shared[b]:
                _accumulate(grads, b, right, shared)
            elif code == BINARY:
                add(old, right, old)
            else:
                grads[b] = old + right
        elif code == GENERAL:
            parents = store.parents(id)
            wanted = tuple([grads[p] is not _BLOCKED for p in parents])
            for p, c in zip(parents, contribute(store, id, g, wanted), strict=True):
                _accumulate(grads, p, c, shared)
                if c is g and grads[p] is g:
                    shared[p] = 1
        elif code == CUSTOM and g is not _BLOCKED:
            hand_made = store.custom[id].backward
            with np.errstate(**caller):
                contributions = hand_made(AnyTensor(published(np.array(g), store.shapes[id])))
            for pid, pg in contributions:
                _add_foreign(store, size, grads, node_id(pid), pg, shared)


def _accumulate(grads: list[Any], p: int, c: Any, shared: list[int]) -> None:
    """Add `c` to the gradient of node `p` without writing to any array."""
    old = grads[p]
    if old is None:
        grads[p] = c
    elif old is _BAD:
        raise AutogradError(NODE_GRADIENT_SHAPE)
    elif old is not _BLOCKED:
        grads[p] = np.add(old, c)
        shared[p] = 0


def _add_foreign(store: Store, size: int, grads: list[Any], p: int, pg: Any, shared: list[int]) -> None:
    """Add what a hand-made rule contributes, with all of Lean's checks; it may name any node."""
    if not 0 <= p < size:
        raise AutogradError(INVALID_PARENT)
    if not store.wants_gradient(p):
        return
    raw, shape = raw_copy(pg.t if isinstance(pg, AnyTensor) else pg, None, "contribution")
    if shape != store.shapes[p]:
        raise AutogradError(CONTRIBUTION_SHAPE)
    check_dtype(entry_type(raw), store.dtype, "contribution")
    for _ in range(len(grads), p + 1):  # a node after the output
        grads.append(None)
        shared.append(0)
    _accumulate(grads, p, raw, shared)


def backwardDenseFromStep(t: Tape, acc: Sequence[AnyTensor], id: int) -> list[AnyTensor]:
    """The gradients after the rule of one node has run, whatever its gradient is.

    Raises AutogradError for a node that does not exist; and, if it requires a gradient, for an id
    beyond `acc` and an entry of another shape; and what `addGradAll` raises.
    Lean: Runtime.Autograd.Tape.backwardDenseFromStep
    """
    node = t.getNode_opt(id)
    if node is None:
        raise AutogradError(NODE_MISSING)
    result = list(acc)
    if not node.requires_grad:
        return result
    if not id < len(result):
        raise AutogradError(OUT_OF_BOUNDS)
    if result[id].s != node.value.s:
        raise AutogradError(NODE_GRADIENT_SHAPE)
    for pid, pg in node.backward(result[id]):
        result = addGradAll(t, result, pid, pg)
    return result


def backwardDenseFromLoop(t: Tape, n: int, acc: Sequence[AnyTensor]) -> list[AnyTensor]:
    """The gradients after the rules of the nodes n−1, …, 0 have run.

    Lean: Runtime.Autograd.Tape.backwardDenseFromLoop
    """
    result = list(acc)
    for id in range(n - 1, -1, -1):
        result = backwardDenseFromStep(t, result, id)
    return result


def backwardDenseFrom(t: Tape, grads0: Sequence[Any]) -> Dense:
    """Reverse mode from a gradient for every node: every rule runs, zero gradients included.

    Raises AutogradError unless there is one gradient per node, of the node's shape wherever it
    requires one; TypeError for gradients of another type.
    Lean: Runtime.Autograd.Tape.backwardDenseFrom
    """
    size, store = t.size(), t._store
    if len(grads0) != size:
        raise AutogradError(DENSE_LENGTH)
    grads: list[Any] = []
    shapes: list[Shape] = []
    for g in grads0:
        raw, shape = raw_copy(g.t if isinstance(g, AnyTensor) else g, store.dtype, "gradient")
        grads.append(raw)
        shapes.append(shape)
    bad = frozenset(id for id in range(size) if shapes[id] != store.shapes[id])
    _swept(t, grads, bad)
    return Dense(grads, shapes, size, store.dtype)


def backwardDenseAll(t: Tape, outId: int, seed: Any) -> Dense:
    """The gradients of node `outId` along `seed` for every node, zeros where none arrived.

    Only the rules of nodes that influence the output run, so a node elsewhere adds neither NaN nor
    an error. Raises as `backwardDense` does.
    Lean: Runtime.Autograd.Tape.backwardDenseAll
    """
    reached = backwardDense(t, outId, seed)
    return Dense(reached._raw, reached._shapes, t.size(), t._store.dtype)


def denseToHashMap(grads: Sequence[AnyTensor | None]) -> Gradients:
    """The gradients that are present, by node id.

    Lean: Runtime.Autograd.Tape.denseToHashMap
    """
    return Gradients(grads if isinstance(grads, DenseOptional) else tuple(grads))


def backward(t: Tape, outId: int, seed: Any) -> Gradients:
    """The gradients of node `outId` along `seed`, for the nodes that influence it.

    Raises as `backwardDense` does.
    Lean: Runtime.Autograd.Tape.backward
    """
    return denseToHashMap(backwardDense(t, outId, seed))


def backwardScalar(t: Tape, outId: int) -> Gradients:
    """The gradients of a scalar node. A vector of one entry is no scalar.

    Raises AutogradError for a node that does not exist or is no scalar.
    Lean: Runtime.Autograd.Tape.backwardScalar
    """
    dtype = t._store.dtype if t.size() else None
    return backward(t, outId, np.ones((), dtype or np.float64))
