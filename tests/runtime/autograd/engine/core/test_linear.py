"""Golden values of products of matrices and of joining and cutting the first axis."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from leanmirror.runtime import AutogradError, Tape
from leanmirror.runtime.autograd.engine.core import linear as la
from leanmirror.runtime.autograd.engine.core.backward import backwardDense

Op = Callable[..., tuple[Tape, int]]
Array = np.ndarray[Any, np.dtype[Any]]


def run(op: Op, *arrays: Any, params: tuple[Any, ...] = (), g: Any) -> tuple[Array, ...]:
    t, ids = Tape.empty(), []
    for a in arrays:
        t, id = t.leaf(np.asarray(a, dtype=float))
        ids.append(id)
    t, out = op(t, *ids, *params)
    gradients = backwardDense(t, out, np.asarray(g, dtype=float))
    return t.requireValue(out), *(gradients[id].t for id in ids)


def test_linear() -> None:
    y, dw, db, dx = run(la.linear, [[1, 2, 3], [4, 5, 6]], [10, 20], [1, 0, -1], g=[1, 2])
    assert y.tolist() == [8.0, 18.0]
    assert dw.tolist() == [[1.0, 0.0, -1.0], [2.0, 0.0, -2.0]]
    assert db.tolist() == [1.0, 2.0]
    assert dx.tolist() == [9.0, 12.0, 15.0]


def test_matmul() -> None:
    y, da, db = run(la.matmul, [[1, 2], [3, 4], [5, 6]], [[1, 0], [2, -1]], g=[[1, 0], [0, 1], [2, 0]])
    assert y.tolist() == [[5.0, -2.0], [11.0, -4.0], [17.0, -6.0]]
    assert da.tolist() == [[1.0, 2.0], [0.0, -1.0], [2.0, 4.0]]
    assert db.tolist() == [[11.0, 3.0], [14.0, 4.0]]


def test_bmm_is_matmul_for_each_leading_index() -> None:
    rng = np.random.default_rng(0)
    a, b, g = rng.random((2, 3, 4)), rng.random((2, 4, 5)), rng.random((2, 3, 5))
    y, da, db = run(la.bmm, a, b, g=g)
    for i in range(2):
        yi, dai, dbi = run(la.matmul, a[i], b[i], g=g[i])
        assert np.allclose(y[i], yi, rtol=1e-15)
        assert np.allclose(da[i], dai, rtol=1e-15)
        assert np.allclose(db[i], dbi, rtol=1e-15)


def test_contraction_over_nothing_is_zero() -> None:
    y, da, db = run(la.matmul, np.zeros((2, 0)), np.zeros((0, 3)), g=np.ones((2, 3)))
    assert (y.tolist(), da.shape, db.shape) == ([[0.0] * 3] * 2, (2, 0), (0, 3))


def test_joining() -> None:
    y, da, db = run(la.concatVectors, [1, 2], [3], g=[4, 5, 6])
    assert (y.tolist(), da.tolist(), db.tolist()) == ([1.0, 2.0, 3.0], [4.0, 5.0], [6.0])
    y, da, db = run(la.concatLeadingAxis, [[1, 2]], [[3, 4], [5, 6]], g=[[1, 1], [2, 2], [3, 3]])
    assert y.tolist() == [[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]
    assert (da.tolist(), db.tolist()) == ([[1.0, 1.0]], [[2.0, 2.0], [3.0, 3.0]])


def test_joining_a_node_with_itself_adds_both_parts() -> None:
    t, a = Tape.empty().leaf(np.zeros(2))
    t, out = la.concatVectors(t, a, a)
    gradients = backwardDense(t, out, np.array([1.0, 2.0, 30.0, 40.0]))
    assert gradients[a].t.tolist() == [31.0, 42.0]
    assert gradients[out].t.tolist() == [1.0, 2.0, 30.0, 40.0]


def test_cutting() -> None:
    y, dx = run(la.sliceLeadingAxisRange, [[1, 2], [3, 4], [5, 6]], params=(1, 2), g=[[7, 8], [9, 10]])
    assert y.tolist() == [[3.0, 4.0], [5.0, 6.0]]
    assert dx.tolist() == [[0.0, 0.0], [7.0, 8.0], [9.0, 10.0]]
    y, dx = run(la.sliceLeadingAxisRange, [1, 2], params=(2, 0), g=[])
    assert (y.shape, dx.tolist()) == ((0,), [0.0, 0.0])


@pytest.mark.parametrize(("start", "length"), [(2, 2), (4, 0), (-1, 1), (0, -1)])
def test_a_cut_needs_lean_s_proof(start: int, length: int) -> None:
    t, x = Tape.empty().leaf(np.zeros(3))
    with pytest.raises(ValueError, match="len \\+ start ≤ n") as caught:
        la.sliceLeadingAxisRange(t, x, start, length)
    assert not isinstance(caught.value, AutogradError)


@pytest.mark.parametrize(
    ("op", "shapes", "sizes"),
    [
        (la.linear, [(2, 3), (2,), (2,)], {}),
        (la.linear, [(2, 3), (3,), (3,)], {}),
        (la.linear, [(2, 3, 1), (2,), (3,)], {}),
        (la.linear, [(6,), (2,), (3,)], {}),
        (la.linear, [(2, 3), (2,), (3,)], {"inDim": 2}),
        (la.linear, [(2, 3), (2,), (3,)], {"outDim": 3}),
        (la.matmul, [(2, 3), (2, 3)], {}),
        (la.matmul, [(2, 3), (3,)], {}),
        (la.matmul, [(2, 3), (3, 4)], {"p": 3}),
        (la.matmul, [(2, 3), (3, 4)], {"m": 3}),
        (la.matmul, [(2, 2, 3), (2, 3, 4)], {}),
        (la.bmm, [(2, 2, 3), (1, 3, 4)], {}),
        (la.bmm, [(2, 3), (3, 4)], {}),
        (la.bmm, [(2, 2, 3), (2, 3, 4)], {"batch": 1}),
        (la.concatVectors, [(2, 1), (2,)], {}),
        (la.concatVectors, [(), (2,)], {}),
        (la.concatVectors, [(2,), (2,)], {"m": 3}),
        (la.concatLeadingAxis, [(2, 3), (2, 4)], {}),
        (la.concatLeadingAxis, [(), ()], {}),
        (la.concatLeadingAxis, [(2, 3), (2, 3)], {"s": (2,)}),
    ],
)
def test_shapes_that_do_not_fit(op: Op, shapes: list[tuple[int, ...]], sizes: dict[str, Any]) -> None:
    t, ids = Tape.empty(), []
    for shape in shapes:
        t, id = t.leaf(np.zeros(shape))
        ids.append(id)
    with pytest.raises(AutogradError, match=r"^autograd: shape mismatch$"):
        op(t, *ids, **sizes)
    assert t.size() == len(shapes)


def test_the_first_node_is_looked_up_first() -> None:
    t, w = Tape.empty().leaf(np.zeros((2, 3)))
    t, v = t.leaf(np.zeros(5))
    for arguments, text in [
        ((w, 9, v), "invalid node id"),
        ((w, v, 9), "shape mismatch"),
        ((v, 9, 9), "shape mismatch"),
        ((9, v, v), "invalid node id"),
    ]:
        with pytest.raises(AutogradError, match=rf"^autograd: {text}$"):
            la.linear(t, *arguments)
