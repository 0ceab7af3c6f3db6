"""Contracts as what they say.

`NodeFDerivCorrect node` and `NodeFDerivCorrectAt node x` are three claims about the node,
`GraphFDerivCorrect g` and `GraphFDerivCorrectAt g x` the same of every node of the graph, at the values met
there.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from operator import is_
from typing import Any

from flint import ctx

from leanmirror.bridge.compile.certainty import remembered
from leanmirror.bridge.compile.compiler import Closure, Values
from leanmirror.spec.judge.comparison import equal, same_rows
from leanmirror.spec.judge.derivative import HasFDerivAt
from leanmirror.spec.judge.judgement import TRUE, Judgement, all_of
from leanmirror.spec.judge.types import RealT, Type, Value, VecT
from leanmirror.spec.judge.types.linear import CLM, Row, transposed
from leanmirror.spec.ops import jvp_linear, jvp_map, vjp_map
from leanmirror.spec.proofs.autograd.core.vectorization import Vec
from leanmirror.spec.proofs.autograd.tape.core.fderiv import Node_, ctxSize, snocCtx
from leanmirror.spec.proofs.autograd.tape.core.soundness import Graph, Node

NODES = ("Proofs.Autograd.NodeFDerivCorrect", "Proofs.Autograd.NodeFDerivCorrectAt")
GRAPHS = ("Proofs.Autograd.GraphFDerivCorrect", "Proofs.Autograd.GraphFDerivCorrectAt")
CONTRACTS = (*NODES, *GRAPHS)

POINT = "xV"
"""The point of a contract at every point. Below, `of` is a node, a graph, or what stands for one."""

Drawn = Mapping[str, Callable[[Any], Type]]


def context(of: Any) -> Type:
    """Where the node or graph is evaluated."""
    return VecT(ctxSize(of.Γ))


def _extended(of: Any) -> Type:
    """Directions in the context of the node, or of every node of the graph: these begin alike."""
    return VecT(ctxSize(of.Γ) + (ctxSize(of.ss) if hasattr(of, "ss") else 0))


def output(of: Any) -> Type:
    """Where its value lies, or the values of all nodes."""
    return VecT(ctxSize(of.ss) if hasattr(of, "ss") else of.τ.size)


DIRECTIONS: Drawn = {
    "dxV": _extended,
    "dxV_prime": _extended,
    "factor": lambda _: RealT(),
    "δ": output,
}
"""What the parts quantify over, besides the point."""


class _Map(CLM):
    """A rule as a linear map, its matrix computed once for the parts that look at it."""

    __slots__ = ("_rows",)
    _rows: Callable[[], list[Row] | None]

    def __init__(self, rule: CLM) -> None:
        CLM.__init__(self, rule.dom, rule.cod, rule.toFun)
        object.__setattr__(self, "_rows", remembered(rule.form_matrix))

    def form_matrix(self) -> list[Row] | None:
        return self._rows()


@dataclass(frozen=True, slots=True)
class Linearized:
    """A node at a point, with its two rules there."""

    node: Node
    xV: Vec
    jvp: CLM
    vjp: CLM

    @classmethod
    def of(cls, node: Node, xV: Vec) -> Linearized:
        """The node at the point."""
        return cls(node, xV, _Map(jvp_map(node, xV)), _Map(vjp_map(node, xV)))


def hasFDerivAt(at: Linearized, drawn: Mapping[str, Vec]) -> Judgement:
    """The forward-mode rule at the point is the derivative there."""
    return HasFDerivAt(partial(Node_.forwardVec, at.node), at.jvp, at.xV)


def jvp_eq(at: Linearized, drawn: Mapping[str, Vec]) -> Judgement:
    """The forward-mode rule is a linear map: seen on unknown coordinates, else at random ones."""
    if at.jvp.form_matrix() is not None:
        return TRUE
    node, xV, dxV, dxV_prime, c = at.node, at.xV, drawn["dxV"], drawn["dxV_prime"], drawn["factor"]
    matrix = equal(Node_.jvpVec(node, xV, dxV), at.jvp(dxV))
    return all_of((matrix, jvp_linear(node, xV, dxV, dxV_prime, c)))


def correct_inner(at: Linearized, drawn: Mapping[str, Vec]) -> Judgement:
    """The reverse-mode rule is the transpose of the forward-mode rule; random directions show where not.

    Where both are seen to be linear, their matrices say it all.
    """
    matrices = same_rows(at.vjp.matrix(), transposed(at.jvp.matrix(), ctxSize(at.node.Γ)))
    if matrices.holds and at.vjp.form_matrix() is not None and at.jvp.form_matrix() is not None:
        return matrices
    random = Node_.correct_inner(at.node, at.xV, drawn["dxV"], drawn["δ"])
    return all_of((random, matrices))


PARTS = (
    ("hasFDerivAt", hasFDerivAt, ()),
    ("jvp_eq", jvp_eq, ("dxV", "dxV_prime", "factor")),
    ("correct_inner", correct_inner, ("dxV", "δ")),
)
"""Name, judgement, and the directions that it speaks of."""


class Place:
    """The nodes at the point of an example, shared by the parts that are judged there one after the other."""

    def __init__(self, node: Closure, point: Closure, directions: Collection[int]) -> None:
        self.node, self.point = node, point
        self.directions = frozenset(directions)
        self.seen: tuple[Value, ...] = ()
        self.bits = 0
        self.found: Callable[[], list[Linearized]] | None = None

    def at(self, env: Values) -> list[Linearized]:
        """The node, or each of the graph at what it meets; computed again at other values or precision."""
        seen = tuple(value for var, value in env.items() if var not in self.directions)
        same = len(seen) == len(self.seen) and all(map(is_, seen, self.seen))
        if self.found is None or self.bits != ctx.prec or not same:
            self.seen, self.bits = seen, ctx.prec
            self.found = remembered(lambda: _met(self.node(env), self.point(env)))
        return self.found()


def _met(of: Node | Graph, xV: Vec) -> list[Linearized]:
    if isinstance(of, Node):
        return [Linearized.of(of, xV)]
    found = []
    for node in of.nodes:
        found.append(Linearized.of(node, xV))
        xV = snocCtx(node.Γ, node.τ, xV, Node_.forwardVec(node, xV))
    return found


def part(
    judge: Callable[[Linearized, Mapping[str, Vec]], Judgement], place: Place, names: Mapping[str, int]
) -> Closure:
    """One part as a closure of the values by id; `names` are the ids of the drawn directions."""

    def judged(env: Values) -> Judgement:
        drawn = {name: env[var] for name, var in names.items()}
        at = place.at(env)
        return all_of(_each(judge, at, drawn))

    return judged


def _each(
    judge: Callable[[Linearized, Mapping[str, Vec]], Judgement],
    at: list[Linearized],
    drawn: Mapping[str, Vec],
) -> Iterator[Judgement]:
    """The judgement of each node of a graph, with its part of the directions."""
    done = 0
    for each in at:
        size, τ = ctxSize(each.node.Γ), each.node.τ.size
        parts = {"dxV": slice(size), "dxV_prime": slice(size), "δ": slice(done, done + τ)}
        yield judge(each, {name: v[parts[name]] if name in parts else v for name, v in drawn.items()})
        done += τ
