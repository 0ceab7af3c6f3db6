"""Every contract holds, and fails when a rule of its node or its derivative is wrong."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from leanmirror.spec.claims import OPS
from leanmirror.spec.judge.claim import by_name
from leanmirror.spec.judge.linear import CLM
from leanmirror.spec.judge.search import run
from leanmirror.spec.ops import Certificate, Op, contract
from leanmirror.spec.proofs.autograd.tape.algebra.soundness import TList
from leanmirror.spec.proofs.autograd.tape.core.fderiv import NodeFDerivCorrectAt

Change = Callable[[Certificate], Certificate]


def changed(op: Op, change: Change) -> Op:
    """The operation with another certificate, made from its own."""
    certify = by_name(op.certificate)

    def certificate(**env: Any) -> Certificate:
        return change(certify(env))

    certificate.__name__ = op.certificate.__name__
    return replace(op, certificate=certificate)


def with_derivative(change: Callable[[CLM], CLM]) -> Change:
    def apply(certificate: Certificate) -> Certificate:
        if isinstance(certificate, NodeFDerivCorrectAt):
            return replace(certificate, deriv=change(certificate.deriv))
        deriv = certificate.deriv
        return replace(certificate, deriv=lambda xV: change(deriv(xV)))

    return apply


def with_vjp_doubled(certificate: Certificate) -> Certificate:
    vjp = certificate.node.vjp
    node = replace(certificate.node, vjp=lambda x, δ: TList.scale(2, vjp(x, δ)))
    return replace(certificate, node=node)


def with_affine_jvp(certificate: Certificate) -> Certificate:
    """The value added to the tangent: an affine rule."""
    node = certificate.node
    jvp = node.jvp

    def wrong(x: Any, dx: Any) -> Any:
        tangent, value = jvp(x, dx), node.forward(x)
        return replace(tangent, entries=[a + b for a, b in zip(tangent.entries, value.entries, strict=True)])

    return replace(certificate, node=replace(node, jvp=wrong))


WRONG: list[tuple[str, Change]] = [
    ("hasFDerivAt", with_derivative(lambda L: L.smul(2))),
    ("jvp_eq", with_affine_jvp),
    ("correct_inner", with_vjp_doubled),
]


@pytest.mark.parametrize("op", OPS, ids=lambda op: op.lean)
def test_the_contract_holds(op: Op) -> None:
    verdict = run(contract(op), examples=12)
    assert ("no_counterexample", 0) == (verdict.verdict, verdict.undecided)


@pytest.mark.parametrize(("part", "change"), WRONG, ids=[part for part, _ in WRONG])
@pytest.mark.parametrize("op", OPS, ids=lambda op: op.lean)
def test_a_wrong_rule_is_refuted_where_it_is_wrong(op: Op, part: str, change: Change) -> None:
    verdict = run(contract(changed(op, change)), examples=40)
    assert verdict.verdict == "refuted"
    assert verdict.counterexample is not None
    assert verdict.counterexample.part == part
