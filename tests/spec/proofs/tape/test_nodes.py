"""Nodes: values at kinks, order of blocks, rows and heads, empty sizes, errors that name both sizes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from flint import arb
from mpmath import mp  # type: ignore[import-untyped]  # mpmath has no stubs

from leanmirror.spec.core.shape import Shape
from leanmirror.spec.core.tensor.core import Tensor
from leanmirror.spec.errors import ShapeError
from leanmirror.spec.judge.types import Mat
from leanmirror.spec.proofs.autograd.fderiv import params
from leanmirror.spec.proofs.autograd.fderiv.elementwise import OpSpecFDerivCorrect_
from leanmirror.spec.proofs.autograd.tape.algebra import soundness as Algebra
from leanmirror.spec.proofs.autograd.tape.core.fderiv import (
    Node_,
    castVec,
    ctxSize,
    flattenCtx,
    snocCtx,
    unflattenCtx,
    unsnocCtx,
)
from leanmirror.spec.proofs.autograd.tape.core.soundness import Idx, Node, TList, getIdx
from leanmirror.spec.proofs.autograd.tape.nodes import batched, elementwise, softmax
from leanmirror.spec.proofs.autograd.tape.nodes.context import CtxVec
from leanmirror.spec.proofs.autograd.tape.nodes.context import OpSpecFDerivCorrect_ as OfLinear
from leanmirror.spec.proofs.autograd.tape.nodes.softmax import LogSoftmaxLastAxis, SoftmaxLastAxis
from leanmirror.spec.proofs.autograd.tape.util.idx import last, weaken
from leanmirror.spec.torchlean_types import LinearSpecT

VECTOR2, VECTOR3, MATRIX = Shape((2,)), Shape((3,)), Shape((2, 3))
Γ = (VECTOR2, MATRIX, VECTOR3, VECTOR2)
AT_2 = Idx(Γ, VECTOR3, 2)


def pair(make: Callable[..., Node], x: Any, *more: Any) -> tuple[Any, Any]:
    """The value of an elementwise node at one number, and its slope there."""
    node = make(Idx((Shape(()),), Shape(()), 0), *more)
    return Node_.forwardVec(node, [x])[0], Node_.jvpVec(node, [x], [1])[0]


AT_ZERO = [
    (elementwise.relu, (), (0, 0)),
    (elementwise.abs, (), (0, 0)),
    (elementwise.log, (), (0, 0)),
    (elementwise.inv, (), (0, 0)),
    (elementwise.sqrtClamp, (), (0, 0)),
    (elementwise.sqrt, (), (0, 0)),
    (elementwise.elu, (3,), (0, 3)),
    (elementwise.smoothAbs, (0,), (0, 0)),
]


@pytest.mark.parametrize(("make", "more", "value"), AT_ZERO, ids=lambda v: getattr(v, "__name__", str(v)))
@pytest.mark.parametrize("zero", [mp.mpf(0), arb(0), 0], ids=["mpf", "ball", "int"])
def test_values_at_zero_where_there_is_no_certificate(
    make: Callable[..., Node], more: tuple[int, ...], value: tuple[int, int], zero: Any
) -> None:
    assert value == pair(make, zero, *more)


def test_total_functions_on_negative_numbers() -> None:
    e = mp.e
    minus = mp.mpf(-2)
    assert (mp.ln(2), -mp.mpf(1) / 2) == pair(elementwise.log, minus)
    assert mp.almosteq(1, pair(elementwise.log, -e)[0])
    assert (-mp.mpf(1) / 2, -mp.mpf(1) / 4) == pair(elementwise.inv, minus)
    assert (0, 0) == pair(elementwise.sqrt, minus)
    assert (0, 0) == pair(elementwise.sqrtClamp, minus)
    assert (2, -1) == pair(elementwise.abs, minus)
    assert (0, 0) == pair(elementwise.relu, minus)
    assert (0, 0) == pair(elementwise.smoothAbs, mp.mpf(1), -4)


def test_logistic_and_sigmoid_are_the_same_function() -> None:
    one, two = pair(elementwise.logistic, arb(3)), pair(elementwise.sigmoid, arb(3))
    assert (True, True) == (one[0].overlaps(two[0]), one[1].overlaps(two[1]))


def test_blocks_stand_in_the_order_of_the_context() -> None:
    x = list(range(13))
    assert 13 == ctxSize(Γ)
    assert [8, 9, 10] == CtxVec.get(AT_2, x)
    assert [0] * 8 + [1, 2, 3, 0, 0] == CtxVec.single(AT_2, [1, 2, 3])
    assert [0, 1] == CtxVec.get(Idx(Γ, VECTOR2, 0), x)
    assert [11, 12] == CtxVec.get(Idx(Γ, VECTOR2, 3), x)
    assert [2, 3, 4, 5, 6, 7] == CtxVec.getCLM(Idx(Γ, MATRIX, 1))(x)
    assert [0, 1] == CtxVec.headCLM(Γ[0], Γ[1:])(x)
    assert list(range(2, 13)) == CtxVec.tailCLM(Γ[0], Γ[1:])(x)


def test_contexts_flatten_and_come_back() -> None:
    x = list(range(13))
    context = unflattenCtx(Γ, x)
    assert Tensor(MATRIX, [2, 3, 4, 5, 6, 7]) == context[1]
    assert x == flattenCtx(context)
    assert Tensor(VECTOR3, [8, 9, 10]) == getIdx(context, AT_2)
    assert [0] * 8 + [1, 2, 3, 0, 0] == flattenCtx(TList.single(AT_2, Tensor(VECTOR3, [1, 2, 3])))
    assert ([1, 2], [3]) == unsnocCtx((VECTOR2,), Shape(()), snocCtx((VECTOR2,), Shape(()), [1, 2], [3]))


def test_lists_of_tensors() -> None:
    a, b = Tensor(VECTOR2, [1, 2]), Tensor(Shape(()), [3])
    xs = TList.snoc(TList.cons(a, TList.nil()), b)
    assert ((a,), b) == TList.unsnoc(xs)
    assert (TList.zero((VECTOR2, Shape(()))), xs) == (Algebra.TList.sub(xs, xs), TList.cast(Γ2, xs))
    assert Algebra.TList.scale(2, xs) == TList.add(xs, xs)
    assert (14, 14) == (TList.dotList(xs, xs), Algebra.TList.dotList(xs, xs))
    idx = Algebra.Idx(Γ2, VECTOR2, 0)
    assert a == Algebra.getIdx(Algebra.TList.single(idx, a), idx)
    assert b == TList.get(xs, 1)
    for failing in (lambda: TList.unsnoc(()), lambda: TList.get(xs, 2), lambda: TList.cast((VECTOR2,), xs)):
        with pytest.raises(ShapeError):
            failing()


Γ2 = (VECTOR2, Shape(()))


def test_an_index_checks_its_shape() -> None:
    with pytest.raises(ShapeError, match=r"\.dim 3 \.scalar where \.dim 2 \.scalar is needed"):
        Idx(Γ, VECTOR2, 2)
    with pytest.raises(ShapeError, match="4 is not below 4"):
        Idx(Γ, VECTOR2, 4)
    assert Idx((*Γ, MATRIX), VECTOR3, 2) == weaken(AT_2, (MATRIX,))
    assert Idx((*Γ, MATRIX), MATRIX, 4) == last(Γ[:1], Γ[1:], MATRIX)


def test_rows_and_heads_are_row_major() -> None:
    x = list(range(6))
    assert [[0, 1, 2], [3, 4, 5]] == SoftmaxLastAxis.rows(2, 3, x)
    assert [[0, 1], [2, 3], [4, 5]] == SoftmaxLastAxis.rows(3, 2, x)
    assert x == SoftmaxLastAxis.unrows(3, [[0, 1, 2], [3, 4, 5]])
    assert [[0, 1, 2], [3, 4, 5]] == batched.heads(2, 3, x)
    assert x == batched.unheads(2, [[0, 1], [2, 3], [4, 5]])


@pytest.mark.parametrize(("m", "n"), [(0, 0), (0, 3), (3, 0)], ids=str)
def test_empty_matrices(m: int, n: int) -> None:
    assert [[]] * m == SoftmaxLastAxis.rows(m, n, [])
    assert [] == SoftmaxLastAxis.unrows(n, [[]] * m)
    for axis in (SoftmaxLastAxis, LogSoftmaxLastAxis):
        assert [] == axis.forwardMN(m, n, [])
        assert [] == axis.jvpMN(m, n, [], [])
        assert [] == axis.derivMN(m, n, [])([])
    idx = Idx((VECTOR2, Shape((m, n))), Shape((m, n)), 1)
    for make in (softmax.softmaxLast, softmax.logSoftmaxLast):
        assert [] == Node_.forwardVec(make(idx), [1, 2])
        assert [0, 0] == Node_.vjpVec(make(idx), [1, 2], [])


def test_products_of_matrices_without_inner_dimension() -> None:
    A, B = Shape((2, 1, 0)), Shape((2, 0, 3))
    node = batched.matmul(Idx((A, B), A, 0), Idx((A, B), B, 1))
    assert (Shape((2, 1, 3)), [0] * 6) == (node.τ, Node_.forwardVec(node, []))


def test_batched_product_and_its_cotangents() -> None:
    A, B = Shape((2, 1, 2)), Shape((2, 2, 1))
    node = batched.matmul(Idx((A, B), A, 0), Idx((A, B), B, 1))
    x = [1, 2, 3, 4, 5, 6, 7, 8]
    assert [17, 53] == Node_.forwardVec(node, x)
    assert [5, 6, 70, 80, 1, 2, 30, 40] == Node_.vjpVec(node, x, [1, 10])
    assert [14, 15] == Node_.jvpVec(node, x, [1, 1, 1, 1, 1, 1, 0, 0])


def test_a_block_used_twice_gets_both_cotangents() -> None:
    S = Shape((1, 2, 2))
    idx = Idx((S,), S, 0)
    got = Node_.vjpVec(batched.matmul(idx, idx), [1, 2, 3, 4], [1, 0, 0, 0])
    assert [1 + 1, 3 + 0, 0 + 2, 0] == got


def test_softmax_rows_do_not_mix() -> None:
    node = softmax.softmaxLast(Idx((Shape((2, 2)),), Shape((2, 2)), 0))
    value = Node_.forwardVec(node, [arb(0), arb(0), arb(0), arb(3).log()])
    expected = [arb(1) / 2, arb(1) / 2, arb(1) / 4, arb(3) / 4]
    assert all(a.overlaps(b) for a, b in zip(expected, value, strict=True))
    back = Node_.vjpVec(node, [arb(0), arb(0), arb(0), arb(3).log()], [1, 0, 0, 0])
    assert [0, 0] == back[2:]


def test_linear_node() -> None:
    m = LinearSpecT(3, 2).of([1, 2, 3, 4, 5, 6, 10, 20])
    node = elementwise.linear(AT_2, m)
    x = [0] * 8 + [1, 0, -1, 0, 0]
    assert [8, 18] == Node_.forwardVec(node, x)
    assert [-2, -2] == Node_.jvpVec(node, x, x)
    assert [0] * 8 + [9, 12, 15, 0, 0] == Node_.vjpVec(node, x, [1, 2])
    assert [-2, -2] == elementwise.linearFderiv(AT_2, m).deriv(x)(x)


def test_composed_operation() -> None:
    C = OpSpecFDerivCorrect_.square(3).compose(OfLinear.linear(LinearSpecT(3, 1).of([1, 2, 3, 4])))
    assert [1 + 8 + 27 + 4] == C.forwardVec([1, 2, 3])
    assert [2, 8, 18] == C.correct.op.backward(Tensor(VECTOR3, [1, 2, 3]), Tensor(Shape((1,)), [1])).entries
    assert [2 + 8 + 18] == C.deriv([1, 2, 3])([1, 1, 1])
    with pytest.raises(ShapeError, match=r"\.dim 3 \.scalar where \.dim 1 \.scalar is needed"):
        C.compose(C)


def test_parameters() -> None:
    W = Mat(2, 3, [[1, 2, 3], [4, 5, 6]])
    assert [-2, -2] == params.matApplyLin(2, [1, 0, -1])(W)
    assert Mat(2, 3, [[1, 0, -1], [2, 0, -2]]) == params.outer([1, 2], [1, 0, -1])
    assert Mat(0, 3, []) == params.outer([], [1, 0, -1])
    assert [] == params.matApplyLin(0, [1])(Mat(0, 1, []))


WRONG_SIZES: list[tuple[Callable[[], object], str]] = [
    (lambda: SoftmaxLastAxis.rows(2, 3, [1]), "1 entries where 6 are needed"),
    (lambda: SoftmaxLastAxis.unrows(3, [[1]]), "1 entries where 3 are needed"),
    (lambda: batched.heads(2, 3, [1]), "1 entries where 6 are needed"),
    (lambda: batched.unheads(3, [[1]]), "1 entries where 3 are needed"),
    (lambda: CtxVec.get(AT_2, [1]), "1 entries where 13 are needed"),
    (lambda: CtxVec.single(AT_2, [1]), "1 entries where 3 are needed"),
    (lambda: castVec(3, [1]), "1 entries where 3 are needed"),
    (lambda: unflattenCtx(Γ, [1]), "1 entries where 13 are needed"),
    (lambda: Node_.forwardVec(elementwise.relu(AT_2), [1]), "1 entries where 13 are needed"),
    (lambda: Node_.vjpVec(elementwise.relu(AT_2), [0] * 13, [1]), "1 .*where .*3 "),
    (lambda: elementwise.getVec(Idx(Γ, MATRIX, 1), [0] * 13), "where a vector shape"),
    (lambda: softmax.softmaxLast(AT_2), "where a matrix"),
    (lambda: batched.softmaxLast(AT_2), "is needed"),
    (lambda: elementwise.unaryOp(AT_2, OpSpecFDerivCorrect_.exp(2)), "3 entries where 2 are needed"),
    (lambda: elementwise.linear(AT_2, LinearSpecT(2, 1).of([1, 2, 3])), "3 entries where 2 are needed"),
    (lambda: params.matApplyLin(2, [1])(Mat(2, 2, [[1, 2], [3, 4]])), "2 entries where 1 are needed"),
    (lambda: SoftmaxLastAxis.jvpMN(1, 2, [1, 2], [1]), "1 entries where 2 are needed"),
]


@pytest.mark.parametrize(("failing", "text"), WRONG_SIZES, ids=range(len(WRONG_SIZES)))
def test_a_wrong_size_is_named_with_the_right_one(failing: Callable[[], object], text: str) -> None:
    with pytest.raises(ShapeError, match=text):
        failing()


def test_factors_that_do_not_fit() -> None:
    A, B = Shape((2, 1, 2)), Shape((2, 3, 1))
    with pytest.raises(ShapeError, match="3 entries where 2 are needed"):
        batched.matmul(Idx((A, B), A, 0), Idx((A, B), B, 1))
    with pytest.raises(ShapeError, match="different contexts"):
        batched.matmul(Idx((A, B), A, 0), Idx((A,), A, 0))
