"""Nodes that know how they were made: the operation, its arguments, and so the values they read.

A `Node` of Lean is three functions; which positions of its context it reads cannot be asked of it. A node
that is built from the record of an operation remembers the record, and has its certificate from there.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from leanmirror.spec.errors import BadInput
from leanmirror.spec.judge.claim import Env, by_name
from leanmirror.spec.judge.judgement import Judgement, all_of
from leanmirror.spec.judge.types import Value
from leanmirror.spec.ops import Certificate, Op
from leanmirror.spec.proofs.autograd.core.vectorization import Vec
from leanmirror.spec.proofs.autograd.tape.core.soundness import Idx, Node


@dataclass(frozen=True, slots=True)
class MadeNode(Node):
    """A node made by an operation from these arguments, implicit ones included."""

    op: Op
    arguments: Mapping[str, Value]

    @property
    def pointwise(self) -> bool:
        """Whether the certificate is for one point."""
        return self.op.pointwise

    @property
    def reads(self) -> tuple[int, ...]:
        """The positions of the context that the node reads, in the order of its arguments; repeated if so."""
        return tuple(v.i for v in self.arguments.values() if isinstance(v, Idx))

    def certificate(self, xV: Vec | None = None) -> Certificate:
        """The node's certificate; one for a single point needs the point.

        Raises BadInput where it is missing.
        """
        env = dict(self.arguments)
        if self.op.pointwise:
            if xV is None:
                raise BadInput(f"{self.op.lean} has a certificate at single points only: a point is needed")
            env["xV"] = xV
        certify: Callable[[Env], Certificate] = by_name(self.op.certificate)
        return certify(env)

    def hypotheses(self, xV: Vec | None = None) -> Judgement:
        """Whether what the certificate assumes holds, at the point where it is one for a point."""
        env = dict(self.arguments) if xV is None else {**self.arguments, "xV": xV}
        return all_of(by_name(assume.holds)(env) for assume in self.op.hypotheses.values())


def made(op: Op, arguments: Mapping[str, Value]) -> MadeNode:
    """The node of an operation, from its arguments by name, implicit ones included."""
    node: Node = by_name(op.make)(arguments)
    return MadeNode(node.Γ, node.τ, node.forward, node.jvp, node.vjp, op, arguments)
