"""The record of an operation, and the claim that its certificate makes.

An operation is a node of the tape with a Lean name; each file of nodes ends with the tuple of its
records, and `leanmirror.spec.claims` adds the tuples up. Adding an operation is adding a record.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import partial

from leanmirror.spec.core.context import Scalar
from leanmirror.spec.core.shape import Shape
from leanmirror.spec.errors import LeanMirrorError
from leanmirror.spec.judge.claim import Assume, BinderSpec, Claim, Env, by_name, read_binders
from leanmirror.spec.judge.comparison import equal, same_rows
from leanmirror.spec.judge.judgement import Judgement, all_of
from leanmirror.spec.judge.types import RealT, Value, VecT
from leanmirror.spec.judge.types.linear import CLM, transposed
from leanmirror.spec.proofs.autograd.core.vectorization import Vec
from leanmirror.spec.proofs.autograd.tape.core.fderiv import (
    Node_,
    NodeFDerivCorrect,
    NodeFDerivCorrectAt,
    ctxSize,
)
from leanmirror.spec.proofs.autograd.tape.core.soundness import Node
from leanmirror.spec.torchlean_types.shapes import Shapes

Certificate = NodeFDerivCorrect | NodeFDerivCorrectAt


@dataclass(frozen=True, slots=True)
class Op:
    """An operation: its Lean name, the function that makes its node, and the certificate of the node.

    `arguments` are the node's binders in Lean's order, implicit ones included: name and type, or a function
    from earlier values to the type. `output` gives the shape of the node's value. A certificate at one point
    (`…FderivAt`) takes that point, xV, after the arguments. `hypotheses` are what the certificate assumes.
    """

    lean: str
    make: Callable[..., Node]
    certificate: Callable[..., Certificate]
    arguments: Mapping[str, BinderSpec]
    output: Callable[..., Shape]
    hypotheses: Mapping[str, Assume] = field(default_factory=dict)

    @property
    def certificate_lean(self) -> str:
        """The Lean name of the certificate."""
        return f"{self.lean.rpartition('.')[0]}.{self.certificate.__name__}"

    @property
    def pointwise(self) -> bool:
        """Whether the certificate is for one point."""
        return self.certificate.__name__.endswith("At")


_OPERATIONS: dict[str, Op] = {}


def register(ops: Iterable[Op]) -> None:
    """These are all operations, in the order in which graphs are drawn of them."""
    _OPERATIONS.clear()
    _OPERATIONS.update((op.lean, op) for op in ops)


def operations() -> Mapping[str, Op]:
    """Every operation by Lean name. Raises LeanMirrorError before `leanmirror.spec.claims` is imported."""
    if not _OPERATIONS:
        raise LeanMirrorError("the operations are told by leanmirror.spec.claims; import it first")
    return _OPERATIONS


def contract(op: Op) -> Claim:
    """What the certificate of an operation says, as a claim with three parts.

    `hasFDerivAt`: the node has the derivative `deriv`. `jvp_eq`: the forward-mode rule is `deriv`, and is
    linear. `correct_inner`: the reverse-mode rule is the transpose of the forward-mode rule.
    """
    point: dict[str, BinderSpec] = {"xV": _context_vector}
    assumed: dict[str, BinderSpec] = dict(op.hypotheses)
    binders = dict(op.arguments) | (point | assumed if op.pointwise else assumed | point)
    binders |= {"dxV": _context_vector, "dxV_prime": _context_vector, "factor": RealT(), "δ": _cotangent(op)}
    certify, make = by_name(op.certificate), by_name(op.make)
    parts = tuple((name, partial(_judged, certify, make, part)) for name, part in PARTS)
    return Claim(op.certificate_lean, read_binders(binders), parts, op.certificate.__doc__ or "")


def node_contract(
    name: str,
    make: Callable[..., Node],
    binders: Mapping[str, BinderSpec],
    where: Callable[[Vec], Judgement] | None = None,
) -> Claim:
    """What a certificate would say of a node that has none: its forward-mode rule is the derivative.

    `make` builds the node from the values of `binders`. `where` is an assumption on the point.
    """
    build = by_name(make)

    def context(**env: Value) -> VecT:
        return VecT(ctxSize(build(env).Γ))

    def output(**env: Value) -> VecT:
        return VecT(build(env).τ.size)

    assumed: dict[str, BinderSpec] = {"hx": Assume(lambda xV: where(xV))} if where is not None else {}
    tangents: dict[str, BinderSpec] = {"dxV": context, "dxV_prime": context, "factor": RealT(), "δ": output}
    parts = tuple((part, partial(_judged_node, build, judge)) for part, judge in PARTS)
    table: dict[str, BinderSpec] = {**binders, "xV": context, **assumed, **tangents}
    return Claim(name, read_binders(table), parts, make.__doc__ or "")


def _judged_node(
    build: Callable[[Env], Node], part: Callable[[NodeFDerivCorrectAt, Env], Judgement], env: Env
) -> Judgement:
    node, xV = build(env), env["xV"]
    return part(NodeFDerivCorrectAt(node, xV, jvp_map(node, xV)), env)


def _context_vector(Γ: Shapes) -> VecT:
    return VecT(ctxSize(Γ))


def _cotangent(op: Op) -> BinderSpec:
    shape = by_name(op.output)

    def of_type(**env: Value) -> VecT:
        return VecT(shape(env).size)

    return of_type


def _judged(
    certify: Callable[[Env], Certificate],
    make: Callable[[Env], Node],
    part: Callable[[NodeFDerivCorrectAt, Env], Judgement],
    env: Env,
) -> Judgement:
    """One part of the certificate, about the node that its Lean type names."""
    certificate, node, xV = certify(env), make(env), env["xV"]
    at = certificate.at(xV) if isinstance(certificate, NodeFDerivCorrect) else certificate
    found = part(replace(at, node=node), env)
    if part is not _hasFDerivAt:
        return found
    return all_of((equal(Node_.forwardVec(at.node, xV), Node_.forwardVec(node, xV)), found))


def _hasFDerivAt(at: NodeFDerivCorrectAt, env: Env) -> Judgement:
    return at.hasFDerivAt()


def _jvp_eq(at: NodeFDerivCorrectAt, env: Env) -> Judgement:
    random = at.jvp_eq(env["dxV"])
    rows = jvp_map(at.node, at.xV).form_matrix()
    if rows is None:
        return all_of((random, jvp_linear(at.node, at.xV, env["dxV"], env["dxV_prime"], env["factor"])))
    return all_of((random, _along(same_rows(rows, at.deriv.matrix()), ("δ", "dxV"), at.node)))


def _correct_inner(at: NodeFDerivCorrectAt, env: Env) -> Judgement:
    random = Node_.correct_inner(at.node, at.xV, env["dxV"], env["δ"])
    transpose = transposed(jvp_map(at.node, at.xV).matrix(), ctxSize(at.node.Γ))
    entries = same_rows(vjp_map(at.node, at.xV).matrix(), transpose)
    return all_of((random, _along(entries, ("dxV", "δ"), at.node)))


def _along(entries: Judgement, names: tuple[str, str], node: Node) -> Judgement:
    """A failure at one entry of two matrices, with the coordinate vectors at which it shows."""
    if not entries.fails:
        return entries
    sizes = {"dxV": ctxSize(node.Γ), "δ": node.τ.size}
    unit = {
        name: [1 if i == k else 0 for i in range(sizes[name])]
        for name, k in zip(names, entries.where, strict=True)
    }
    return replace(entries, instead=unit)


PARTS = (("hasFDerivAt", _hasFDerivAt), ("jvp_eq", _jvp_eq), ("correct_inner", _correct_inner))


def jvp_map(node: Node, xV: Vec) -> CLM:
    """The forward-mode rule of a node at a point, taken as a linear map."""
    return CLM(VecT(ctxSize(node.Γ)), VecT(node.τ.size), partial(Node_.jvpVec, node, xV))


def vjp_map(node: Node, xV: Vec) -> CLM:
    """The reverse-mode rule of a node at a point, taken as a linear map."""
    return CLM(VecT(node.τ.size), VecT(ctxSize(node.Γ)), partial(Node_.vjpVec, node, xV))


def jvp_linear(node: Node, xV: Vec, dxV: Vec, dxV_prime: Vec, c: Scalar) -> Judgement:
    """`node.jvpVec xV (dxV + c • dxV') = node.jvpVec xV dxV + c • node.jvpVec xV dxV'`"""
    context, output = VecT(len(dxV)), VecT(node.τ.size)
    left = Node_.jvpVec(node, xV, context.add(dxV, context.smul(c, dxV_prime)))
    scaled = output.smul(c, Node_.jvpVec(node, xV, dxV_prime))
    return equal(left, output.add(Node_.jvpVec(node, xV, dxV), scaled))
