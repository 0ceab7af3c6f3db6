"""Operators: arithmetic, which looks at all operands before it chooses a type; relations; the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from leanmirror.bridge.core.arithmetic import NAT
from leanmirror.bridge.core.errors import IllTyped
from leanmirror.bridge.core.substitute import has_metas, head_name
from leanmirror.bridge.core.term import PROP, TYPE, Const, Meta, Proof, Term, const
from leanmirror.bridge.elaborate.application import Applications, Waiting
from leanmirror.bridge.elaborate.names import Done, Head
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.operators import BY_KEY
from leanmirror.bridge.lean.syntax import Node
from leanmirror.spec.errors import Unsupported

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


class Operators(Applications):
    """Elaborates trees of operators."""

    def infix(self, node: s.Infix, expected: Term | None) -> tuple[Term, Term]:
        """An operator between two operands."""
        if node.op in ARITHMETIC or node.op in ("^", "•"):
            return self.arithmetic(node, expected)
        if node.op in RELATIONS:
            return self.relation(node)
        if node.op in MAPS:
            if node.parameter is None:
                self.unsupported(f"{node.op} without its scalars")
            return self.call(MAPS[node.op], [node.parameter, node.left, node.right], expected)
        if node.op == "▸":
            return self.carried(node, expected)
        row = BY_KEY.get((False, node.op))
        if row is None or not row.lean or self.env.lookup(row.lean) is None:
            self.unsupported(f"the operator {node.op}")
        args: list[Node | Done] = [node.left, node.right]
        if node.op in ("∈", "∉"):
            args.reverse()
        term, type_ = self.call(row.lean, args, expected)
        return (const("Not", term), PROP) if node.op == "∉" else (term, type_)

    def carried(self, node: s.Infix, expected: Term | None) -> tuple[Term, Term]:
        """`h ▸ e`: e, whose type is the expected one by equations; its value is the same."""
        if expected is None or isinstance(self.shallow(expected), Meta):
            self.unsupported("▸ where no type is expected", cause="type")
        if self.is_prop(expected):
            return Proof(expected), expected
        plain = self.attempted(lambda: self.check(node.right, expected))
        if plain is not None:
            return plain, expected
        term, found = self.term(node.right, None)
        while self.synthesize_pending():
            self.step()
        found = self.zonk(found)
        if self.unify(found, expected):
            return term, expected
        return const("cast", found, expected, Proof(const("Eq", TYPE, found, expected)), term), expected

    def attempted(self, what: Callable[[], Term]) -> Term | None:
        """A term where it can be had; else None, and nothing has been learned."""
        mark, at, scope = self.mark(), self.at, self.scope
        open_ = list(self.instances_wanted), list(self.waiting), list(self.numerals)
        try:
            return what()
        except (Unsupported, IllTyped):
            self.undo(mark)
            self.at, self.scope = at, scope
            self.instances_wanted, self.waiting, self.numerals = open_
            return None

    def call(self, name: str, args: list[Node | Done], expected: Term | None) -> tuple[Term, Term]:
        """A constant of the environment, applied."""
        return self.apply(Head(Const(name), self.constant(name).type), args, {}, expected)

    def arithmetic(self, node: Node, expected: Term | None) -> tuple[Term, Term]:
        """A tree of arithmetic: the largest type of its leaves and of what is expected is that of all."""
        tree = self._tree(node)
        wanted = None if expected is None else self.shallow(expected)
        largest = self._largest(tree, None if isinstance(wanted, Meta) else wanted)
        if largest is not None:
            self._lift(tree, largest)
        return self._built(tree)

    def relation(self, node: s.Infix) -> tuple[Term, Term]:
        """`a = b` and its like: both sides choose the type together."""
        name, class_name = RELATIONS[node.op]
        whole = Operation(node.op, [self._tree(node.left), self._tree(node.right)], node.pos)
        largest = self._largest(whole, None)
        if largest is not None:
            self._lift(whole, largest)
        (left, type_), (right, other) = (self._built(each) for each in whole.operands)
        before, self.at = self.at, whole.operands[1].at
        right = self.fitted(right, other, type_)
        self.at = before
        type_ = self.zonk(type_)
        if not class_name:
            return const(name, type_, left, right), PROP
        return const(name, type_, self._instance_of(class_name, type_), left, right), PROP

    def _tree(self, node: Node) -> Tree:
        at = node.pos if node.pos >= 0 else self.at
        if isinstance(node, s.Infix) and node.op in ARITHMETIC:
            return Operation(node.op, [self._tree(node.left), self._tree(node.right)], at)
        if isinstance(node, s.Prefix) and node.op == "-":
            return Operation("neg", [self._tree(node.arg)], at)
        if isinstance(node, s.Infix) and node.op == "^":
            base = self._tree(node.left)
            return Operation("^", [base], at, self._exponent(node.right))
        if isinstance(node, s.Infix) and node.op == "•":
            scalar = self._leaf(node.left)
            return Operation("•", [self._tree(node.right)], at, scalar)
        return self._leaf(node)

    def _leaf(self, node: Node) -> Leaf:
        at = node.pos if node.pos >= 0 else self.at
        before, self.at = self.at, at
        type_ = self.meta(TYPE)
        if self._waits(node, type_) and not isinstance(node, (s.Fun, s.Section)):
            meta = self.meta(type_)
            self.waiting.append(Waiting(meta, node, dict(self.scope)))
            leaf = Leaf(meta, type_, at)
        else:
            leaf = Leaf(*self.term(node, None), at)
        self.at = before
        return leaf

    def _exponent(self, node: Node) -> Leaf:
        if isinstance(node, s.Number):
            return Leaf(*self.literal(node.value, NAT), self.at)
        term, type_ = self.arithmetic(node, None)
        return Leaf(term, type_, self.at)

    def _leaves(self, tree: Tree) -> Iterator[Leaf]:
        if isinstance(tree, Leaf):
            yield tree
        else:
            for each in tree.operands:
                yield from self._leaves(each)

    def _largest(self, tree: Tree, expected: Term | None) -> Term | None:
        """The type to which all leaves coerce; None where there is none, or nothing is known."""
        known = [type_ for leaf in self._leaves(tree) if not isinstance(type_ := self.zonk(leaf.type), Meta)]
        if expected is not None and has_metas(self.zonk(expected)) and self._largest_of(known, None) is None:
            return None if known else expected  # what is expected is not known: it fits each leaf, not all
        return self._largest_of(known, expected)

    def _largest_of(self, types: list[Term], expected: Term | None) -> Term | None:
        largest = expected
        for type_ in types:
            if largest is None:
                largest = type_
                continue
            if self._same(largest, type_):
                continue
            if self.can_coerce(type_, largest):
                continue
            if not self.can_coerce(largest, type_):
                return None
            largest = type_
        return largest

    def _same(self, left: Term, right: Term) -> bool:
        mark = self.mark()
        result = self.unify(left, right)
        self.undo(mark)
        return result

    def _lift(self, tree: Tree, largest: Term) -> None:
        """Coerce every leaf to the type."""
        for leaf in self._leaves(tree):
            if leaf.type is not largest:
                before, self.at = self.at, leaf.at
                leaf.term = self.fitted(leaf.term, leaf.type, largest)
                leaf.type = largest
                self.at = before

    def _built(self, tree: Tree) -> tuple[Term, Term]:
        if isinstance(tree, Leaf):
            return tree.term, tree.type
        before, self.at = self.at, tree.at
        built = [self._built(each) for each in tree.operands]
        result = self._combined(tree, built)
        self.at = before
        return result

    def _combined(self, tree: Operation, built: list[tuple[Term, Term]]) -> tuple[Term, Term]:
        (left, type_), *rest = built
        if tree.op == "neg":
            return const("Neg.neg", type_, self._instance_of("Neg", type_), left), type_
        if tree.op == "^" and tree.other is not None:
            return self._power(left, type_, tree.other)
        if tree.op == "•" and tree.other is not None:
            return self._scaled(tree.other, left, type_)
        name, instance, class_name = ARITHMETIC[tree.op]
        right, other = rest[0]
        if head_name(self.whnf(type_, reducible=True)) == "Matrix" or not self.unify(type_, other):
            return self._heterogeneous(tree.op, left, type_, right, other)
        own = self._instance_of(class_name, type_)
        return const(name, type_, type_, type_, const(instance, type_, own), left, right), type_

    def _heterogeneous(self, op: str, left: Term, type_: Term, right: Term, other: Term) -> tuple[Term, Term]:
        """An operation between two types: its class says what comes out."""
        name = ARITHMETIC[op][0]
        result = self.meta(TYPE)
        goal = const(name.partition(".")[0], self.zonk(type_), self.zonk(other), result)
        found = self.synthesize(goal)
        if found is None:
            self.ill_typed(f"{self.shown(type_)} met {self.shown(other)} at {op}")
        return const(name, type_, other, self.zonk(result), found, left, right), self.zonk(result)

    def _power(self, base: Term, type_: Term, exponent: Leaf) -> tuple[Term, Term]:
        kind = exponent.type
        if isinstance(self.shallow(kind), Meta):
            self.unify(kind, NAT)
        own = self.meta(const("Pow", type_, kind))
        self.instances_wanted.append((own, self.at))
        instance = const("instHPow", type_, kind, own)
        return const("HPow.hPow", type_, kind, type_, instance, base, exponent.term), type_

    def _scaled(self, scalar: Leaf, value: Term, type_: Term) -> tuple[Term, Term]:
        own = self.meta(const("SMul", scalar.type, type_))
        self.instances_wanted.append((own, self.at))
        instance = const("instHSMul", scalar.type, type_, own)
        return const("HSMul.hSMul", scalar.type, type_, type_, instance, scalar.term, value), type_

    def _instance_of(self, class_name: str, type_: Term) -> Term:
        """An instance of a class at a type, found now or when the type is known."""
        type_ = self.zonk(type_)
        goal = const(class_name, type_)
        found = None if isinstance(type_, Meta) else self.synthesize(goal)
        if found is not None:
            return found
        meta = self.meta(goal)
        self.instances_wanted.append((meta, self.at))
        return meta
