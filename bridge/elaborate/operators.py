"""Operators: arithmetic, which looks at all operands before it chooses a type; relations; the rest."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leanmirror.bridge.core.arithmetic import NAT
from leanmirror.bridge.core.coerce import can_coerce, fitted
from leanmirror.bridge.core.infer import is_prop
from leanmirror.bridge.core.instances import synthesize, synthesize_pending
from leanmirror.bridge.core.substitute import has_metas, head_name, subterms
from leanmirror.bridge.core.term import PROP, TYPE, Meta, Proof, Term, Var, const
from leanmirror.bridge.core.unify import unify
from leanmirror.bridge.core.whnf import whnf
from leanmirror.bridge.elaborate.application import call
from leanmirror.bridge.elaborate.check import attempted, check, postponed, waits
from leanmirror.bridge.elaborate.heads import Done
from leanmirror.bridge.elaborate.literals import literal
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.operators import BY_KEY
from leanmirror.bridge.lean.syntax import Node

if TYPE_CHECKING:
    from leanmirror.bridge.elaborate.elaborator import Elaborator


ARITHMETIC = {
    "+": ("HAdd.hAdd", "instHAdd", "Add"),
    "-": ("HSub.hSub", "instHSub", "Sub"),
    "*": ("HMul.hMul", "instHMul", "Mul"),
    "/": ("HDiv.hDiv", "instHDiv", "Div"),
    "%": ("HMod.hMod", "instHMod", "Mod"),
    "++": ("HAppend.hAppend", "instHAppendOfAppend", "Append"),
}
"""Operator → heterogeneous operation, its instance between equal types, and the class that this needs."""


RELATIONS = {
    "=": ("Eq", ""),
    "≠": ("Ne", ""),
    "<": ("LT.lt", "LT"),
    "≤": ("LE.le", "LE"),
    ">": ("GT.gt", "LT"),
    "≥": ("GE.ge", "LE"),
}
"""Relation → its constant and the class that it needs."""


MAPS = {
    "→L[_]": "ContinuousLinearMap",
    "→ₗ[_]": "LinearMap",
    "≃L[_]": "ContinuousLinearEquiv",
    "≃ₗ[_]": "LinearEquiv",
}


@dataclass(slots=True)
class Leaf:
    """An operand that is no arithmetic itself."""

    term: Term
    type: Term
    at: int


@dataclass(slots=True)
class Operation:
    """Arithmetic on operands. `^` and `•` have one operand that does not take part in choosing the type."""

    op: str
    operands: list[Tree]
    at: int
    other: Leaf | None = None


Tree = Leaf | Operation


# `x ∈ s`, `f ∘ g`
# Follows the notation's macro, then Lean.Elab.Term.elabApp.
def infix(elab: Elaborator, node: s.Infix, expected: Term | None) -> tuple[Term, Term]:
    """An operator between two operands."""
    if node.op in ARITHMETIC or node.op in ("^", "•"):
        return arithmetic(elab, node, expected)
    if node.op in RELATIONS:
        return relation(elab, node)
    if node.op in MAPS:
        if node.parameter is None:
            elab.ctx.unsupported(f"{node.op} without its scalars")
        return call(elab, MAPS[node.op], [node.parameter, node.left, node.right], expected)
    if node.op == "▸":
        return carried(elab, node, expected)
    row = BY_KEY.get((False, node.op))
    if row is None or not row.lean or elab.ctx.env.lookup(row.lean) is None:
        elab.ctx.unsupported(f"the operator {node.op}")
    args: list[Node | Done] = [node.left, node.right]
    if node.op in ("∈", "∉"):
        args.reverse()
    term, type_ = call(elab, row.lean, args, expected)
    return (const("Not", term), PROP) if node.op == "∉" else (term, type_)


# `h ▸ x`
# Follows Lean.Elab.Term.elabSubst.
def carried(elab: Elaborator, node: s.Infix, expected: Term | None) -> tuple[Term, Term]:
    """`h ▸ e`: e, whose type is the expected one by equations; its value is the same."""
    if expected is None or isinstance(elab.ctx.shallow(expected), Meta):
        elab.ctx.unsupported("▸ where no type is expected", cause="type")
    if is_prop(elab.ctx, expected):
        return Proof(expected), expected
    plain = attempted(elab, lambda: check(elab, node.right, expected))
    if plain is not None:
        return plain, expected
    term, found = elab.term(node.right, None)
    while synthesize_pending(elab.ctx):
        elab.ctx.step()
    found = elab.ctx.zonk(found)
    if unify(elab.ctx, found, expected):
        return term, expected
    return const("cast", found, expected, Proof(const("Eq", TYPE, found, expected)), term), expected


# `(n : ℝ) + k * x` with `n k : ℕ`: all of it is real
# Follows Lean.Elab.Term.Op.elabOp.
def arithmetic(elab: Elaborator, node: Node, expected: Term | None) -> tuple[Term, Term]:
    """A tree of arithmetic: the largest type of its leaves and of what is expected is that of all."""
    tree = _tree(elab, node)
    wanted = None if expected is None else elab.ctx.shallow(expected)
    largest = _largest(elab, tree, None if isinstance(wanted, Meta) else wanted)
    if largest is not None:
        _lift(elab, tree, largest)
    return _built(elab, tree)


# `n = (x : ℝ)`: both sides are real
# Follows Lean.Elab.Term.Op.elabBinRel.
def relation(elab: Elaborator, node: s.Infix) -> tuple[Term, Term]:
    """`a = b` and its like: both sides choose the type together."""
    name, class_name = RELATIONS[node.op]
    whole = Operation(node.op, [_tree(elab, node.left), _tree(elab, node.right)], node.pos)
    largest = _largest(elab, whole, None)
    if largest is not None:
        _lift(elab, whole, largest)
    (left, type_), (right, other) = (_built(elab, each) for each in whole.operands)
    before, elab.ctx.at = elab.ctx.at, whole.operands[1].at
    right = fitted(elab.ctx, right, other, type_)
    elab.ctx.at = before
    type_ = elab.ctx.zonk(type_)
    if not class_name:
        return const(name, type_, left, right), PROP
    return const(name, type_, _instance_of(elab, class_name, type_), left, right), PROP


def _tree(elab: Elaborator, node: Node) -> Tree:
    at = node.pos if node.pos >= 0 else elab.ctx.at
    if isinstance(node, s.Infix) and node.op in ARITHMETIC:
        return Operation(node.op, [_tree(elab, node.left), _tree(elab, node.right)], at)
    if isinstance(node, s.Prefix) and node.op == "-":
        return Operation("neg", [_tree(elab, node.arg)], at)
    if isinstance(node, s.Infix) and node.op == "^":
        base = _tree(elab, node.left)
        return Operation("^", [base], at, _exponent(elab, node.right))
    if isinstance(node, s.Infix) and node.op == "•":
        scalar = _leaf(elab, node.left)
        return Operation("•", [_tree(elab, node.right)], at, scalar)
    return _leaf(elab, node)


def _leaf(elab: Elaborator, node: Node) -> Leaf:
    at = node.pos if node.pos >= 0 else elab.ctx.at
    before, elab.ctx.at = elab.ctx.at, at
    type_ = elab.ctx.meta(TYPE)
    if waits(elab, node, type_) and not isinstance(node, (s.Fun, s.Section)):
        leaf = Leaf(postponed(elab, node, type_), type_, at)
    else:
        leaf = Leaf(*elab.term(node, None), at)
    elab.ctx.at = before
    return leaf


def _exponent(elab: Elaborator, node: Node) -> Leaf:
    if isinstance(node, s.Number):
        return Leaf(*literal(elab, node.value, NAT), elab.ctx.at)
    term, type_ = arithmetic(elab, node, None)
    return Leaf(term, type_, elab.ctx.at)


def _leaves(elab: Elaborator, tree: Tree) -> Iterator[Leaf]:
    if isinstance(tree, Leaf):
        yield tree
    else:
        for each in tree.operands:
            yield from _leaves(elab, each)


def _largest(elab: Elaborator, tree: Tree, expected: Term | None) -> Term | None:
    """The type to which all leaves coerce; None where there is none, or nothing is known."""
    known = [type_ for leaf in _leaves(elab, tree) if not isinstance(type_ := elab.ctx.zonk(leaf.type), Meta)]
    if expected is not None and has_metas(elab.ctx.zonk(expected)) and _largest_of(elab, known, None) is None:
        return None if known else expected  # what is expected is not known: it fits each leaf, not all
    return _largest_of(elab, known, expected)


def _largest_of(elab: Elaborator, types: list[Term], expected: Term | None) -> Term | None:
    largest = expected
    for type_ in types:
        if largest is None:
            largest = type_
            continue
        if _same(elab, largest, type_):
            continue
        if can_coerce(elab.ctx, type_, largest):
            continue
        if not can_coerce(elab.ctx, largest, type_):
            return None
        largest = type_
    return largest


def _same(elab: Elaborator, left: Term, right: Term) -> bool:
    mark = elab.ctx.mark()
    result = unify(elab.ctx, left, right)
    elab.ctx.undo(mark)
    return result


def _lift(elab: Elaborator, tree: Tree, largest: Term) -> None:
    """Coerce every leaf to the type."""
    for leaf in _leaves(elab, tree):
        if leaf.type is not largest:
            before, elab.ctx.at = elab.ctx.at, leaf.at
            leaf.term = fitted(elab.ctx, leaf.term, leaf.type, largest)
            leaf.type = largest
            elab.ctx.at = before


def _built(elab: Elaborator, tree: Tree) -> tuple[Term, Term]:
    if isinstance(tree, Leaf):
        return tree.term, tree.type
    before, elab.ctx.at = elab.ctx.at, tree.at
    built = [_built(elab, each) for each in tree.operands]
    result = _combined(elab, tree, built)
    elab.ctx.at = before
    return result


def _combined(elab: Elaborator, tree: Operation, built: list[tuple[Term, Term]]) -> tuple[Term, Term]:
    (left, type_), *rest = built
    if tree.op == "neg":
        return const("Neg.neg", type_, _instance_of(elab, "Neg", type_), left), type_
    if tree.op == "^" and tree.other is not None:
        return _power(elab, left, type_, tree.other)
    if tree.op == "•" and tree.other is not None:
        return _scaled(elab, tree.other, left, type_)
    name, instance, class_name = ARITHMETIC[tree.op]
    right, other = rest[0]
    if head_name(whnf(elab.ctx, type_, reducible=True)) == "Matrix" or not unify(elab.ctx, type_, other):
        return _heterogeneous(elab, tree.op, left, type_, right, other)
    own = _instance_of(elab, class_name, type_)
    return const(name, type_, type_, type_, const(instance, type_, own), left, right), type_


def _heterogeneous(
    elab: Elaborator, op: str, left: Term, type_: Term, right: Term, other: Term
) -> tuple[Term, Term]:
    """An operation between two types: its class says what comes out."""
    name = ARITHMETIC[op][0]
    result = elab.ctx.meta(TYPE)
    goal = const(name.partition(".")[0], elab.ctx.zonk(type_), elab.ctx.zonk(other), result)
    found = synthesize(elab.ctx, goal)
    if found is None:
        text = f"{elab.ctx.shown(type_)} met {elab.ctx.shown(other)} at {op}"
        lost = elab.ctx.env.lost_instance(head_name(goal))
        if lost:
            elab.ctx.unsupported(f"{text}: the instance {lost} is not understood", cause="instance")
        if any(isinstance(item, Var) and elab.ctx.types[item.id] == TYPE for item in subterms(goal)):
            elab.ctx.unsupported(f"no instance of {elab.ctx.shown(goal)}", cause="instance")
        elab.ctx.ill_typed(text)
    return const(name, type_, other, elab.ctx.zonk(result), found, left, right), elab.ctx.zonk(result)


def _power(elab: Elaborator, base: Term, type_: Term, exponent: Leaf) -> tuple[Term, Term]:
    kind = exponent.type
    if isinstance(elab.ctx.shallow(kind), Meta):
        unify(elab.ctx, kind, NAT)
    own = elab.ctx.meta(const("Pow", type_, kind))
    elab.ctx.want(own)
    instance = const("instHPow", type_, kind, own)
    return const("HPow.hPow", type_, kind, type_, instance, base, exponent.term), type_


def _scaled(elab: Elaborator, scalar: Leaf, value: Term, type_: Term) -> tuple[Term, Term]:
    own = elab.ctx.meta(const("SMul", scalar.type, type_))
    elab.ctx.want(own)
    instance = const("instHSMul", scalar.type, type_, own)
    return const("HSMul.hSMul", scalar.type, type_, type_, instance, scalar.term, value), type_


def _instance_of(elab: Elaborator, class_name: str, type_: Term) -> Term:
    """An instance of a class at a type, found now or when the type is known."""
    type_ = elab.ctx.zonk(type_)
    goal = const(class_name, type_)
    found = None if isinstance(type_, Meta) else synthesize(elab.ctx, goal)
    if found is not None:
        return found
    meta = elab.ctx.meta(goal)
    elab.ctx.want(meta)
    return meta
