"""A hand list of wrong rules, each a fault that real systems had: the contract of a node refutes it.

Every entry stands beside the right rule, which must pass, so that no contract refutes by accident.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from leanmirror.spec.claims import OPS
from leanmirror.spec.core.context import cosh, div, exp, gt, inv, log, lt, rational, sqrt, tanh
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.judge.comparison import not_equal
from leanmirror.spec.judge.judgement import Judgement, all_of
from leanmirror.spec.judge.search import run
from leanmirror.spec.judge.tally import Verdict
from leanmirror.spec.ops import contract, node_contract
from leanmirror.spec.proofs.autograd.tape.core.soundness import Node
from leanmirror.spec.proofs.autograd.tape.nodes.context import Node_

Vec = list[Any]
Rule = Callable[[Any], Any]
THREE = Shape((3,))


def elementwise(f: Rule, forward_slope: Rule, backward_slope: Rule | None = None) -> Node:
    back = backward_slope or forward_slope
    return Node_.ofVec(
        (THREE,),
        THREE,
        lambda x: [f(v) for v in x],
        lambda x, dx: [forward_slope(v) * d for v, d in zip(x, dx, strict=True)],
        lambda x, δ: [back(v) * d for v, d in zip(x, δ, strict=True)],
    )


def sigmoid(x: Any) -> Any:
    return div(1, 1 + exp(-x))


def tanh_slope(x: Any) -> Any:
    return inv(cosh(x) * cosh(x))


def swish(x: Any) -> Any:
    return x * sigmoid(x)


def swish_slope(x: Any) -> Any:
    s = sigmoid(x)
    return s + x * s * (1 - s)


def smooth_abs(x: Any) -> Any:
    return sqrt(x * x + rational(x, 1, 8))


def relu_slope(x: Any) -> int:
    return 1 if gt(x, 0) else 0


def leaky(x: Any) -> Any:
    return x if gt(x, 0) else rational(x, 1, 8) * x


def softplus(x: Any) -> Any:
    return log(1 + exp(x))


def off_by(digits: int) -> Rule:
    return lambda x: tanh_slope(x) * (1 + rational(x, 1, 10**digits))


def beyond(limit: int, right: Rule) -> Rule:
    return lambda x: right(x) + 1 if gt(x, limit) else right(x)


ELEMENTWISE = {
    "sign": (tanh, tanh_slope, lambda x: -tanh_slope(x)),
    "factor 2": (tanh, tanh_slope, lambda x: 2 * tanh_slope(x)),
    "factor 1/2": (lambda x: x * x, lambda x: x, None),
    "forgotten chain factor": (lambda x: tanh(3 * x), lambda x: tanh_slope(3 * x), None),
    "output in place of input": (tanh, lambda x: tanh_slope(tanh(x)), None),
    "input in place of output": (sigmoid, lambda x: x * (1 - x), None),
    "ε outside the root": (smooth_abs, lambda x: div(x, sqrt(x * x) + rational(x, 1, 8)), None),
    "another function's slope": (swish, sigmoid, None),
    "detached value": (swish, lambda x: x * sigmoid(x) * (1 - sigmoid(x)), None),
    "softplus with a threshold": (softplus, lambda x: 1 if gt(x, 20) else sigmoid(x), None),
    "leaky slope lost": (leaky, relu_slope, None),
    "relative 1e-40": (tanh, off_by(40), None),
    "only beyond 100": (tanh, beyond(100, tanh_slope), None),
    "only below -20.5": (tanh, lambda x: 0 if lt(x, rational(x, -41, 2)) else tanh_slope(x), None),
    "exp as its own inverse's slope": (log, exp, None),
}


def verdict(node: Node, where: Callable[[Vec], Judgement] | None = None) -> Verdict:
    return run(node_contract("node", lambda: node, {}, where))


def away_from_zero(xV: Vec) -> Judgement:
    return all_of(not_equal(v, 0) for v in xV)


@pytest.mark.parametrize("name", ELEMENTWISE)
def test_wrong_elementwise_rules_are_refuted(name: str) -> None:
    f, forward, backward = ELEMENTWISE[name]
    assert "refuted" == verdict(elementwise(f, forward, backward), away_from_zero).verdict


def test_right_elementwise_rules_pass() -> None:
    for f, slope in ((tanh, tanh_slope), (swish, swish_slope), (softplus, sigmoid), (log, inv)):
        assert "no_counterexample" == verdict(elementwise(f, slope), away_from_zero).verdict


def softmax(x: Vec) -> Vec:
    e = [exp(v) for v in x]
    return [div(v, sum(e)) for v in e]


def softmax_rule(x: Vec, d: Vec) -> Vec:
    y = softmax(x)
    s = sum(a * b for a, b in zip(y, d, strict=True))
    return [a * (b - s) for a, b in zip(y, d, strict=True)]


def diagonal(x: Vec, d: Vec) -> Vec:
    return [a * (1 - a) * b for a, b in zip(softmax(x), d, strict=True)]


def of_logits(x: Vec, d: Vec) -> Vec:
    s = sum(a * b for a, b in zip(x, d, strict=True))
    return [a * (b - s) for a, b in zip(x, d, strict=True)]


TWO, PAIR = Shape((2,)), Shape((2, 2))


def matvec(W: Vec, x: Vec) -> Vec:
    return [W[0] * x[0] + W[1] * x[1], W[2] * x[0] + W[3] * x[1]]


def matvec_jvp(c: Vec, d: Vec) -> Vec:
    return [a + b for a, b in zip(matvec(d[:4], c[4:]), matvec(c[:4], d[4:]), strict=True)]


def matvec_vjp(c: Vec, δ: Vec) -> Vec:
    W, x = c[:4], c[4:]
    return [δ[0] * x[0], δ[0] * x[1], δ[1] * x[0], δ[1] * x[1], *matvec([W[0], W[2], W[1], W[3]], δ)]


def transposed_weight(c: Vec, δ: Vec) -> Vec:
    g = matvec_vjp(c, δ)
    return [g[0], g[2], g[1], g[3], *g[4:]]


def untransposed_input(c: Vec, δ: Vec) -> Vec:
    return [*matvec_vjp(c, δ)[:4], *matvec(c[:4], δ)]


def square_jvp(x: Vec, dx: Vec) -> Vec:
    return [2 * a * b for a, b in zip(x, dx, strict=True)]


def total(x: Vec) -> Vec:
    return [sum(x)]


VECTORS = {
    "softmax: diagonal of the Jacobian only": ((THREE,), THREE, softmax, diagonal, diagonal),
    "softmax: logits in place of the output": ((THREE,), THREE, softmax, softmax_rule, of_logits),
    "matrix times vector: transposed weight": ((PAIR, TWO), TWO, None, matvec_jvp, transposed_weight),
    "matrix times vector: input not transposed": ((PAIR, TWO), TWO, None, matvec_jvp, untransposed_input),
    "value used twice: = for +=": (
        (TWO,), TWO, lambda x: [v * v for v in x], square_jvp,
        lambda x, δ: [a * b for a, b in zip(x, δ, strict=True)]),
    "gradient to the wrong parent": (
        (TWO, TWO), TWO, lambda x: x[:2], lambda x, d: d[:2], lambda x, δ: [0, 0, *δ]),
    "parents in the wrong order": (
        (TWO, TWO), TWO, lambda x: [x[0] - x[2], x[1] - x[3]], lambda x, d: [d[0] - d[2], d[1] - d[3]],
        lambda x, δ: [-δ[0], -δ[1], *δ]),
    "mean for sum": ((THREE,), Shape(()), total, lambda x, d: total(d), lambda x, δ: [div(δ[0], 3)] * 3),
    "a jvp that is not linear": (
        (THREE,), THREE, lambda x: x, lambda x, d: [v * v for v in d], lambda x, δ: δ),
}  # fmt: skip


@pytest.mark.parametrize("name", VECTORS)
def test_wrong_vector_rules_are_refuted(name: str) -> None:
    Γ, τ, forward, jvp, vjp = VECTORS[name]
    value = forward or (lambda c: matvec(c[:4], c[4:]))
    assert "refuted" == verdict(Node_.ofVec(Γ, τ, value, jvp, vjp)).verdict


def test_right_vector_rules_pass() -> None:
    right = Node_.ofVec((THREE,), THREE, softmax, softmax_rule, softmax_rule)
    linear = Node_.ofVec((PAIR, TWO), TWO, lambda c: matvec(c[:4], c[4:]), matvec_jvp, matvec_vjp)
    assert ["no_counterexample"] * 2 == [verdict(right).verdict, verdict(linear).verdict]


HYPOTHESES = {
    "relu": (lambda x: x if gt(x, 0) else 0 * x, relu_slope),
    "log": (log, inv),
    "inv": (inv, lambda x: -inv(x * x)),
    "sqrt": (sqrt, lambda x: div(1, 2 * sqrt(x))),
    "leaky": (leaky, lambda x: 1 if gt(x, 0) else rational(x, 1, 8)),
}


@pytest.mark.parametrize("name", HYPOTHESES)
def test_a_dropped_hypothesis_is_missed(name: str) -> None:
    node = elementwise(*HYPOTHESES[name])
    assert ("no_counterexample", "refuted") == (verdict(node, away_from_zero).verdict, verdict(node).verdict)


NEEDED = ("relu", "abs", "log", "inv", "sqrtClamp", "sqrt", "elu", "smoothAbs")
"""`safeLog` is not among them: without 0 < ε it fails only where log (1 + exp x) = -ε, at no exact point."""


@pytest.mark.parametrize("name", NEEDED)
def test_every_hypothesis_of_a_certificate_is_needed(name: str) -> None:
    op = next(op for op in OPS if op.lean == f"Proofs.Autograd.TapeNodes.{name}")
    assert op.hypotheses
    without = replace(contract(replace(op, hypotheses={})), name=f"{op.lean} without its hypothesis")
    assert ("no_counterexample", "refuted") == (run(contract(op)).verdict, run(without).verdict)
