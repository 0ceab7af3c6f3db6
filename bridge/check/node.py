"""A user's own node under the contracts of the mirrored ones."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from leanmirror.bridge.check.result import Result
from leanmirror.bridge.check.run_claim import run_claim
from leanmirror.bridge.check.second_opinion import with_second_opinion
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.judge.claim import BinderSpec
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.ops import node_contract
from leanmirror.spec.proofs.autograd.core.vectorization import Vec
from leanmirror.spec.proofs.autograd.tape.core.soundness import Node
from leanmirror.spec.proofs.autograd.tape.nodes.context import Node_

Shaped = Shape | Sequence[int]


def node(
    inputs: Sequence[Shaped],
    output: Shaped,
    forward: Callable[[Vec], Vec],
    jvp: Callable[[Vec, Vec], Vec],
    vjp: Callable[[Vec, Vec], Vec],
) -> Node:
    """The node whose value and rules are these functions of flat vectors; a shape is a Shape or its sizes.

    The vectors hold the entries of all inputs, one after the other in row-major order.
    """
    shapes = tuple(_shape(each) for each in inputs)
    return Node_.ofVec(shapes, _shape(output), forward, jvp, vjp)


def _shape(given: Shaped) -> Shape:
    return given if isinstance(given, Shape) else Shape(tuple(given))


def check_node(
    node: Node | Callable[..., Node],
    *,
    where: Callable[[Vec], Judgement] | None = None,
    name: str = "node",
    examples: int = 100,
    digits: int = 50,
    seed: int = 0,
    **binders: BinderSpec,
) -> Result:
    """Judge a node: `jvp` is the derivative of `forward`, is linear, and `vjp` is its transpose.

    Instead of one node, a function that makes it from sizes, indices and numbers, with a type for
    each of its parameters as a keyword (`n=NatT()`), is judged at all of them. `where` is what is
    assumed of the point, such as `lambda xV: all_of(not_equal(v, 0) for v in xV)`.

    Runs in this process, without a time limit. `print` the result to read it. The witness of a
    counterexample says that it cannot be replayed, because a function has no import path.

    Raises BadInput for functions of `math` or numpy on certified scalars, and ShapeError for sizes
    that do not fit.
    """

    def fixed() -> Node:
        assert isinstance(node, Node)
        return node

    make = fixed if isinstance(node, Node) else node
    claim = node_contract(name, make, binders, where)
    found = run_claim(claim, examples=examples, digits=digits, seed=seed, replayable=False)
    return with_second_opinion(found, claim)
