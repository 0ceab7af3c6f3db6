"""`NodeFDerivCorrect node` and `NodeFDerivCorrectAt node x` as what they say: three claims about the node."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from leanmirror.bridge.evaluating.compile import Closure, Values
from leanmirror.spec.judge.derivative import HasFDerivAt
from leanmirror.spec.judge.judgement import TRUE, Judgement, all_of, equal, same_rows
from leanmirror.spec.judge.linear import transposed
from leanmirror.spec.judge.types import RealT, Type, VecT
from leanmirror.spec.ops import jvp_linear, jvp_map, vjp_map
from leanmirror.spec.proofs.autograd.core.vectorization import Vec
from leanmirror.spec.proofs.autograd.tape.core.fderiv import Node_, ctxSize
from leanmirror.spec.proofs.autograd.tape.core.soundness import Node

CONTRACTS = ("Proofs.Autograd.NodeFDerivCorrect", "Proofs.Autograd.NodeFDerivCorrectAt")

POINT = "xV"
Drawn = Mapping[str, Callable[[Node], Type]]


def context(node: Node) -> Type:
    """Where the node is evaluated."""
    return VecT(ctxSize(node.Γ))


def output(node: Node) -> Type:
    """Where its value lies."""
    return VecT(node.τ.size)


DIRECTIONS: Drawn = {
    "dxV": context,
    "dxV_prime": context,
    "c": lambda _: RealT(),
    "δ": output,
}
"""What the parts quantify over, besides the point."""


def hasFDerivAt(node: Node, xV: Vec, drawn: Mapping[str, Vec]) -> Judgement:
    """The forward-mode rule at the point is the derivative there."""
    return HasFDerivAt(partial(Node_.forwardVec, node), jvp_map(node, xV), xV)


def jvp_eq(node: Node, xV: Vec, drawn: Mapping[str, Vec]) -> Judgement:
    """The forward-mode rule is a linear map: seen on unknown coordinates, else at random ones."""
    if jvp_map(node, xV).form_matrix() is not None:
        return TRUE
    dxV, dxV_prime, c = drawn["dxV"], drawn["dxV_prime"], drawn["c"]
    matrix = equal(Node_.jvpVec(node, xV, dxV), jvp_map(node, xV)(dxV))
    return all_of((matrix, jvp_linear(node, xV, dxV, dxV_prime, c)))


def correct_inner(node: Node, xV: Vec, drawn: Mapping[str, Vec]) -> Judgement:
    """The reverse-mode rule is the transpose of the forward-mode rule."""
    random = Node_.correct_inner(node, xV, drawn["dxV"], drawn["δ"])
    transpose = transposed(jvp_map(node, xV).matrix(), ctxSize(node.Γ))
    return all_of((random, same_rows(vjp_map(node, xV).matrix(), transpose)))


PARTS = (
    ("hasFDerivAt", hasFDerivAt, ()),
    ("jvp_eq", jvp_eq, ("dxV", "dxV_prime", "c")),
    ("correct_inner", correct_inner, ("dxV", "δ")),
)
"""Name, judgement, and the directions that it speaks of."""


def part(
    judge: Callable[[Node, Vec, Mapping[str, Vec]], Judgement],
    node: Closure,
    point: Closure,
    names: Mapping[str, int],
) -> Closure:
    """One part as a closure of the values by id; `names` are the ids of the drawn directions."""

    def judged(env: Values) -> Judgement:
        return judge(node(env), point(env), {name: env[var] for name, var in names.items()})

    return judged
