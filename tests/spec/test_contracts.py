"""Every contract holds, and fails when a rule of its node or its derivative is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from leanmirror.spec.claims import OPS
from leanmirror.spec.core.tensor_ops import addSpec
from leanmirror.spec.judge.claim import by_name
from leanmirror.spec.judge.search import run
from leanmirror.spec.ops import Certificate, Op, contract
from leanmirror.spec.proofs.autograd.tape.algebra.soundness import TList
from leanmirror.spec.proofs.autograd.tape.core.fderiv import NodeFDerivCorrectAt
from leanmirror.spec.proofs.autograd.tape.core.soundness import Node


def with_derivative_doubled(op: Op) -> Op:
    certify = by_name(op.certificate)

    def certificate(**env: Any) -> Certificate:
        found: Certificate = certify(env)
        if isinstance(found, NodeFDerivCorrectAt):
            return replace(found, deriv=found.deriv.smul(2))
        return replace(found, deriv=lambda xV: found.deriv(xV).smul(2))

    certificate.__name__ = op.certificate.__name__
    return replace(op, certificate=certificate)


def with_node(op: Op, change: Callable[[Node], Node]) -> Op:
    make = by_name(op.make)
    return replace(op, make=lambda **env: change(make(env)))


def with_vjp_doubled(op: Op) -> Op:
    def change(node: Node) -> Node:
        return replace(node, vjp=lambda x, δ: TList.scale(2, node.vjp(x, δ)))

    return with_node(op, change)


def with_affine_jvp(op: Op) -> Op:
    """The value added to the tangent."""

    def change(node: Node) -> Node:
        return replace(node, jvp=lambda x, dx: addSpec(node.jvp(x, dx), node.forward(x)))

    return with_node(op, change)


WRONG: list[tuple[str, Callable[[Op], Op]]] = [
    ("hasFDerivAt", with_derivative_doubled),
    ("jvp_eq", with_affine_jvp),
    ("correct_inner", with_vjp_doubled),
]


@pytest.mark.parametrize("op", OPS, ids=lambda op: op.lean)
def test_the_contract_holds(op: Op) -> None:
    verdict = run(contract(op), examples=12)
    assert ("no_counterexample", 0) == (verdict.verdict, verdict.undecided)


@pytest.mark.parametrize(("part", "change"), WRONG, ids=[part for part, _ in WRONG])
@pytest.mark.parametrize("op", OPS, ids=lambda op: op.lean)
def test_a_wrong_rule_is_refuted_where_it_is_wrong(op: Op, part: str, change: Callable[[Op], Op]) -> None:
    """The part that is wrong is refuted by itself, whichever part fails first at an example of the whole."""
    whole = contract(change(op))
    assert "refuted" == run(whole, examples=40).verdict
    alone = replace(whole, parts=tuple(each for each in whole.parts if each[0] == part))
    verdict = run(alone, examples=40)
    assert verdict.counterexample is not None
    assert part == verdict.counterexample.part
