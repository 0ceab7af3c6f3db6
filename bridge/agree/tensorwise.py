"""The twins of the operations on whole tensors: the spec's functions, and what their sums may be off.

Whatever adds up is compared in units of its a-priori bound: with `u` half a unit in the last place of 1 and
`γₖ = k·u/(1 − k·u)`, a result may be off by `γₖ·scale`, and by `k` smallest denormals where terms underflow.
`k` counts the roundings that a term goes through. Each twin says which k and scale its results have.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from leanmirror.spec.core.context import Scalar, abs_, exp, lt, max_
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.core.tensor.constructors import fill
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.core.tensor.linalg import matMulSpec
from leanmirror.spec.core.tensor_ops import mapSpec, scaleSpec, subSpec
from leanmirror.spec.core.tensor_reduction_shape.linear_algebra import (
    bmmBackwardSpec,
    bmmSpec,
    matMulBackwardSpec,
)
from leanmirror.spec.core.tensor_reduction_shape.reductions import sumSpec
from leanmirror.spec.layers.activation import (
    logSoftmaxBackwardSpec,
    logSoftmaxSpec,
    softmaxBackwardSpec,
    softmaxSpec,
)
from leanmirror.spec.layers.linear import LinearSpec, linearBackwardSpec, linearSpec
from leanmirror.spec.layers.loss import meanDenom, mseDerivSpec, mseSpec

Tensors = Sequence[Tensor]
Dims = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Room:
    """How far each entry of a result may be off: `k` roundings of `scale`."""

    k: int
    scale: Scalar


Rooms = list[list[Room]]


@dataclass(frozen=True, slots=True)
class Tensorwise:
    """The twin of an operation on tensors.

    `forward` takes the inputs, `backward` the upstream gradient before them. `room` and `room_backward` take
    the same and give one list per result, or are None where the unit is ulp. `shapes` are shapes of the
    inputs, and `parameters` gives the numbers that follow the inputs of such shapes. `quantities` names what
    exclusions are about, as a function of the upstream gradient (None forward) and the inputs.
    """

    shapes: tuple[tuple[Dims, ...], ...]
    forward: Callable[..., Tensor]
    backward: Callable[..., tuple[Tensor, ...]]
    room: Callable[..., Rooms] | None = None
    room_backward: Callable[..., Rooms] | None = None
    quantities: dict[str, Callable[..., Scalar]] = field(default_factory=dict)
    parameters: Callable[..., tuple[int, ...]] = lambda *_: ()


def total(xs: Sequence[Scalar]) -> Scalar:
    """The sum of absolute values."""
    return sum((abs_(x) for x in xs), start=0)


def magnitudes(t: Tensor) -> Tensor:
    """The absolute value of every entry."""
    return mapSpec(abs_, t)


def largest(xs: Sequence[Scalar]) -> Scalar:
    """The largest of non-negative numbers, 0 where there is none."""
    result: Scalar = 0
    for x in xs:
        result = max_(result, x)
    return result


def by_rows(t: Tensor) -> list[list[Scalar]]:
    """The entries, one list per row of the last axis."""
    n = t.shape.dims[-1] if t.shape.dims else 1
    return [t.entries[i : i + n] for i in range(0, len(t.entries), n)] if n else []


def _like(t: Tensor, k: int) -> list[Room]:
    return [Room(k, x) for x in t.entries]


# Sums


def _sum_room(x: Tensor) -> Rooms:
    return [[Room(x.shape.size, total(x.entries))]]


def _mse_room(p: Tensor, t: Tensor) -> Rooms:
    return [[Room(p.shape.size + 3, mseSpec(p, t))]]


def _squares(_g: Tensor | None, p: Tensor, t: Tensor) -> Scalar:
    return mseSpec(p, t) * meanDenom(p.shape)


def _mse_backward(g: Tensor, p: Tensor, t: Tensor) -> tuple[Tensor, Tensor]:
    d = scaleSpec(mseDerivSpec(p, t), g.toScalar())
    return d, subSpec(fill(0, d.shape), d)


# Products of matrices


def _linear(w: Tensor, b: Tensor, x: Tensor) -> Tensor:
    return linearSpec(LinearSpec(w, b), x)


def _linear_backward(g: Tensor, w: Tensor, b: Tensor, x: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    dw, (db, dx) = linearBackwardSpec(LinearSpec(w, b), x, g)
    return dw, db, dx


def _linear_room(w: Tensor, b: Tensor, x: Tensor) -> Rooms:
    return [_like(_linear(magnitudes(w), magnitudes(b), magnitudes(x)), x.shape.size + 1)]


def _linear_room_backward(g: Tensor, w: Tensor, b: Tensor, x: Tensor) -> Rooms:
    dw, db, dx = _linear_backward(*(magnitudes(t) for t in (g, w, b, x)))
    return [_like(dw, 1), [Room(0, y) for y in db.entries], _like(dx, g.shape.size)]


def _product_room(product: Callable[[Tensor, Tensor], Tensor]) -> Callable[[Tensor, Tensor], Rooms]:
    return lambda a, b: [_like(product(magnitudes(a), magnitudes(b)), a.shape.dims[-1])]


def _product_room_backward(
    backward: Callable[[Tensor, Tensor, Tensor], tuple[Tensor, Tensor]],
) -> Callable[[Tensor, Tensor, Tensor], Rooms]:
    def room(g: Tensor, a: Tensor, b: Tensor) -> Rooms:
        da, db = backward(magnitudes(a), magnitudes(b), magnitudes(g))
        return [_like(da, g.shape.dims[-1]), _like(db, g.shape.dims[-2])]

    return room


def peak(room: Callable[..., Rooms], room_backward: Callable[..., Rooms]) -> dict[str, Callable[..., Scalar]]:
    """The largest sum of absolute values, as the quantity `Σ|terms|`."""

    def quantity(g: Tensor | None, *inputs: Tensor) -> Scalar:
        rooms = room(*inputs) if g is None else room_backward(g, *inputs)
        return largest([r.scale for result in rooms for r in result])

    return {"Σ|terms|": quantity}


# Moving entries


def _concat(a: Tensor, b: Tensor) -> Tensor:
    (n, *inner), (m, *_) = a.shape.dims, b.shape.dims
    return Tensor(Shape((n + m, *inner)), [*a.entries, *b.entries])


def _concat_backward(g: Tensor, a: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    n = a.shape.size
    return Tensor(a.shape, g.entries[:n]), Tensor(b.shape, g.entries[n:])


def _slice(x: Tensor, start: int, length: int) -> Tensor:
    inner = x.shape.dims[1:]
    size = Shape(inner).size
    return Tensor(Shape((length, *inner)), x.entries[start * size : (start + length) * size])


def _slice_backward(g: Tensor, x: Tensor, start: int, length: int) -> tuple[Tensor]:
    size = Shape(x.shape.dims[1:]).size
    entries = list(fill(0, x.shape).entries)
    entries[start * size : (start + length) * size] = g.entries
    return (Tensor(x.shape, entries),)


def _part(shape: Dims) -> tuple[int, int]:
    """Where a slice of a tensor of this shape begins, and its length."""
    return shape[0] // 3, (shape[0] + 1) // 2


# Softmax

EXP_IS_ZERO = 746
"""Below minus this exp is 0 in both types."""


def _spread(row: Sequence[Scalar]) -> int:
    """The largest distance to the largest entry, as far as exp sees it, rounded up."""
    top = row[0]
    for x in row:
        top = max_(top, x)
    found = 0
    for x in row:
        away = top - x
        found = EXP_IS_ZERO if lt(EXP_IS_ZERO, away) else max(found, int(float(away.upper())) + 1)
        if found == EXP_IS_ZERO:
            break
    return found


def _softmax_room_backward(g: Tensor, x: Tensor) -> Rooms:
    rooms: list[Room] = []
    for xs, ys, gs in zip(by_rows(x), by_rows(softmaxSpec(x)), by_rows(g), strict=True):
        k = 4 * _spread(xs) + 3 * len(xs) + 40
        mean = sum((abs_(u) * y for u, y in zip(gs, ys, strict=True)), start=0)
        rooms += [Room(k, y * (abs_(u) + mean)) for u, y in zip(gs, ys, strict=True)]
    return [rooms]


def _log_softmax_room(x: Tensor) -> Rooms:
    rows = by_rows(logSoftmaxSpec(x))
    return [[Room(2 * len(row) + 20, 1 + abs_(y)) for row in rows for y in row]]


def _log_softmax_room_backward(g: Tensor, x: Tensor) -> Rooms:
    rooms: list[Room] = []
    for ys, gs in zip(by_rows(logSoftmaxSpec(x)), by_rows(g), strict=True):
        k, whole = 3 * len(ys) + 40, total(gs)
        rooms += [Room(k, abs_(u) + exp(y) * (1 + abs_(y)) * whole) for u, y in zip(gs, ys, strict=True)]
    return [rooms]


def _difference(_g: Tensor | None, p: Tensor, t: Tensor) -> Scalar:
    return largest([abs_(x) for x in subSpec(p, t).entries])


ROWS: tuple[Dims, ...] = (
    *((n,) for n in (0, 1, 2, 3, 5, 8, 9, 17, 33, 130)),
    *((), (3, 4), (2, 0), (0, 3), (2, 2, 5), (1, 256)),
)
"""Shapes of one tensor: rows of many lengths, a scalar, several rows, empty ones."""
PRODUCTS = (
    (1, 1, 1),
    (2, 3, 4),
    (3, 0, 2),
    (0, 2, 2),
    (1, 17, 1),
    (5, 8, 3),
    (2, 130, 2),
    (4, 1, 5),
    (16, 16, 16),
)
"""The three sizes of a product of matrices."""
LENGTHS = ((0, 0), (0, 3), (1, 0), (1, 1), (2, 3), (7, 2))
"""The lengths of two tensors that are joined."""


def _one(shapes: Sequence[Dims]) -> tuple[tuple[Dims, ...], ...]:
    return tuple((shape,) for shape in shapes)


def _two(shapes: Sequence[Dims]) -> tuple[tuple[Dims, ...], ...]:
    return tuple((shape, shape) for shape in shapes)


def _product(
    batch: Dims,
    forward: Callable[[Tensor, Tensor], Tensor],
    backward: Callable[[Tensor, Tensor, Tensor], tuple[Tensor, Tensor]],
) -> Tensorwise:
    room, room_backward = _product_room(forward), _product_room_backward(backward)
    return Tensorwise(
        tuple(((*batch, m, n), (*batch, n, p)) for m, n, p in PRODUCTS),
        forward,
        lambda g, a, b: backward(a, b, g),
        room,
        room_backward,
        peak(room, room_backward),
    )


TENSORWISE = {
    "Runtime.Autograd.Tape.linear": Tensorwise(
        tuple(((m, n), (m,), (n,)) for m, n, _ in PRODUCTS),
        _linear,
        _linear_backward,
        _linear_room,
        _linear_room_backward,
        peak(_linear_room, _linear_room_backward),
    ),
    "Runtime.Autograd.Tape.matmul": _product((), matMulSpec, matMulBackwardSpec),
    "Runtime.Autograd.Tape.bmm": _product((2,), bmmSpec, bmmBackwardSpec),
    "Runtime.Autograd.Tape.concatVectors": Tensorwise(
        tuple(((n,), (m,)) for n, m in LENGTHS), _concat, _concat_backward
    ),
    "Runtime.Autograd.Tape.concatLeadingAxis": Tensorwise(
        tuple(((n, *inner), (m, *inner)) for n, m in LENGTHS for inner in ((), (2,), (3, 2), (0,))),
        _concat,
        _concat_backward,
    ),
    "Runtime.Autograd.Tape.sliceLeadingAxisRange": Tensorwise(
        _one([shape for shape in ROWS if shape]), _slice, _slice_backward, parameters=_part
    ),
    "Runtime.Autograd.Tape.softmax": Tensorwise(
        _one(ROWS),
        softmaxSpec,
        lambda g, x: (softmaxBackwardSpec(x, g),),
        room_backward=_softmax_room_backward,
    ),
    "Runtime.Autograd.Tape.logSoftmax": Tensorwise(
        _one(ROWS),
        logSoftmaxSpec,
        lambda g, x: (logSoftmaxBackwardSpec(logSoftmaxSpec(x), g),),
        _log_softmax_room,
        _log_softmax_room_backward,
    ),
    "Runtime.Autograd.Tape.sum": Tensorwise(
        _one(ROWS),
        lambda x: Tensor.scalar(sumSpec(x)),
        lambda g, x: (fill(g.toScalar(), x.shape),),
        _sum_room,
        quantities={"Σ|terms|": lambda _g, x: total(x.entries)},
    ),
    "Runtime.Autograd.Tape.mseLoss": Tensorwise(
        _two(ROWS),
        lambda p, t: Tensor.scalar(mseSpec(p, t)),
        _mse_backward,
        _mse_room,
        quantities={"Σ|terms|": _squares, "|p − t|": _difference},
    ),
}
