"""NN.Runtime.Autograd.Engine.Core.Linear: products of matrices, joining and cutting the first axis.

Every operation takes the tape and node ids and returns the longer tape and the id of the new node.
The sizes, implicit in Lean, are read off the nodes in their order unless they are given.
AutogradError: a node that does not exist, or whose shape does not fit; the tape is then as it was.
"""

from __future__ import annotations

import numpy as np

from leanmirror.runtime.arrays import Shape
from leanmirror.runtime.autograd.bounds import BOUNDS
from leanmirror.runtime.autograd.ops import Op
from leanmirror.runtime.errors import SHAPE_MISMATCH, AutogradError
from leanmirror.runtime.kernels import linear as kernels
from leanmirror.runtime.storage import H, Handle, apply_general, require


def linear(
    t: H, wId: int, bId: int, xId: int, inDim: int | None = None, outDim: int | None = None
) -> tuple[H, int]:
    """W x + b for W of shape (outDim, inDim), b of (outDim), x of (inDim); all three get gradients.

    Lean: Runtime.Autograd.Tape.linear
    """
    wId, (out_size, in_size) = _sized(t, wId, (outDim, inDim))
    bId, _ = _sized(t, bId, (out_size,))
    xId, _ = _sized(t, xId, (in_size,))
    return apply_general(t, LINEAR, (wId, bId, xId), (out_size,))


def matmul(
    t: H, aId: int, bId: int, m: int | None = None, n: int | None = None, p: int | None = None
) -> tuple[H, int]:
    """The product of matrices of shapes (m, n) and (n, p).

    Lean: Runtime.Autograd.Tape.matmul
    """
    aId, (rows, inner) = _sized(t, aId, (m, n))
    bId, (_, columns) = _sized(t, bId, (inner, p))
    return apply_general(t, MATMUL, (aId, bId), (rows, columns))


def bmm(
    t: H,
    aId: int,
    bId: int,
    batch: int | None = None,
    m: int | None = None,
    n: int | None = None,
    p: int | None = None,
) -> tuple[H, int]:
    """The products, one per index of the first axis, of (batch, m, n) and (batch, n, p).

    Lean: Runtime.Autograd.Tape.bmm
    """
    aId, (count, rows, inner) = _sized(t, aId, (batch, m, n))
    bId, (_, _, columns) = _sized(t, bId, (count, inner, p))
    return apply_general(t, BMM, (aId, bId), (count, rows, columns))


def concatVectors(t: H, aId: int, bId: int, n: int | None = None, m: int | None = None) -> tuple[H, int]:
    """The vector a followed by the vector b.

    Lean: Runtime.Autograd.Tape.concatVectors
    """
    aId, (left,) = _sized(t, aId, (n,))
    bId, (right,) = _sized(t, bId, (m,))
    return apply_general(t, CONCAT_VECTORS, (aId, bId), (left + right,))


def concatLeadingAxis(
    t: H,
    aId: int,
    bId: int,
    n: int | None = None,
    m: int | None = None,
    s: tuple[int, ...] | None = None,
) -> tuple[H, int]:
    """a of shape (n, *s) followed along the first axis by b of shape (m, *s).

    Lean: Runtime.Autograd.Tape.concatLeadingAxis
    """
    aId = require(t, aId)
    inner = t._store.shapes[aId][1:] if s is None else tuple(s)
    aId, (left, *_) = _sized(t, aId, (n, *inner))
    bId, (right, *_) = _sized(t, bId, (m, *inner))
    return apply_general(t, CONCAT_LEADING_AXIS, (aId, bId), (left + right, *inner))


def sliceLeadingAxisRange(
    t: H, xId: int, start: int, len: int, n: int | None = None, s: tuple[int, ...] | None = None
) -> tuple[H, int]:
    """The `len` entries of the first axis of x, of shape (n, *s), from `start` on.

    Raises ValueError unless `len + start ≤ n`, of which Lean asks for a proof.
    Lean: Runtime.Autograd.Tape.sliceLeadingAxisRange
    """
    xId = require(t, xId)
    inner = t._store.shapes[xId][1:] if s is None else tuple(s)
    xId, (size, *_) = _sized(t, xId, (n, *inner))
    if start < 0 or len < 0 or len + start > size:
        raise ValueError(f"a slice needs len + start ≤ n in natural numbers: {len} + {start}, n = {size}")
    return apply_general(t, SLICE_LEADING_AXIS_RANGE, (xId,), (len, *inner), (start, len))


def _sized(h: Handle, id: int, sizes: tuple[int | None, ...]) -> tuple[int, Shape]:
    """The id and shape of a node whose shape must agree with `sizes` wherever these are given."""
    id = require(h, id)
    shape = h._store.shapes[id]
    wanted = tuple(have if size is None else size for have, size in zip(shape, sizes, strict=False))
    if shape != wanted or len(shape) != len(sizes):
        raise AutogradError(SHAPE_MISMATCH)
    return id, shape


LINEAR = Op(
    "linear",
    "Runtime.Autograd.Tape.linear",
    "Proofs.Autograd.TapeNodes.linear",
    linear,
    kernels.linear_forward,
    kernels.linear_backward,
    arity=3,
    bounds=BOUNDS["linear"],
    selective=True,
)
MATMUL = Op(
    "matmul",
    "Runtime.Autograd.Tape.matmul",
    "Proofs.Autograd.TapeNodes.matmul",
    matmul,
    np.matmul,
    kernels.matmul_backward,
    arity=2,
    bounds=BOUNDS["matmul"],
    selective=True,
)
BMM = Op(
    "bmm",
    "Runtime.Autograd.Tape.bmm",
    "Proofs.Autograd.TapeNodes.Batched.matmul",
    bmm,
    np.matmul,
    kernels.matmul_backward,
    arity=2,
    bounds=BOUNDS["bmm"],
    selective=True,
)
CONCAT_VECTORS = Op(
    "concat_vectors",
    "Runtime.Autograd.Tape.concatVectors",
    "Proofs.Autograd.TapeNodes.concatVectors",
    concatVectors,
    kernels.concat_forward,
    kernels.concat_backward,
    arity=2,
    bounds=BOUNDS["concat_vectors"],
)
CONCAT_LEADING_AXIS = Op(
    "concat_leading_axis",
    "Runtime.Autograd.Tape.concatLeadingAxis",
    "Proofs.Autograd.TapeNodes.concatLeadingAxis",
    concatLeadingAxis,
    kernels.concat_forward,
    kernels.concat_backward,
    arity=2,
    bounds=BOUNDS["concat_leading_axis"],
)
SLICE_LEADING_AXIS_RANGE = Op(
    "slice_leading_axis_range",
    "Runtime.Autograd.Tape.sliceLeadingAxisRange",
    None,
    sliceLeadingAxisRange,
    kernels.slice_forward,
    kernels.slice_backward,
    parameters=("start", "len"),
    bounds=BOUNDS["slice_leading_axis_range"],
)

OPS = (LINEAR, MATMUL, BMM, CONCAT_VECTORS, CONCAT_LEADING_AXIS, SLICE_LEADING_AXIS_RANGE)
