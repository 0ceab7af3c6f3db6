"""Small forms: numerals, holes, sorts, prefix and postfix operators, brackets, `if`, ascriptions, `by`."""

from __future__ import annotations

from leanmirror.bridge.core.arithmetic import NAT
from leanmirror.bridge.core.context import STRING
from leanmirror.bridge.core.term import PROP, TYPE, Const, Lit, Meta, Proof, Sort, Str, Term, const
from leanmirror.bridge.elaborate.match_terms import Matching
from leanmirror.bridge.elaborate.names import Done
from leanmirror.bridge.elaborate.patterns import string_value
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.syntax import Node

BRACKETS = {
    "|_|": "abs",
    "‖_‖": "Norm.norm",
    "⌊_⌋₊": "Nat.floor",
    "⌈_⌉₊": "Nat.ceil",
    "⌊_⌋": "Int.floor",
    "⌈_⌉": "Int.ceil",
}
POSTFIX = {"⁻¹": "Inv.inv", "ᵀ": "Matrix.transpose", "†": "ContinuousLinearMap.adjoint"}
PREFIX = {"¬": "Not", "!": "not", "√": "Real.sqrt"}
CONSTANTS = {"∅": "EmptyCollection.emptyCollection", "⊤": "Top.top", "⊥": "Bot.bot"}


class Literals(Matching):
    """Elaborates forms that need no machinery of their own."""

    def number(self, node: s.Number, expected: Term | None) -> tuple[Term, Term]:
        """A numeral."""
        return self.literal(node.value, expected)

    def decimal(self, node: s.Decimal, expected: Term | None) -> tuple[Term, Term]:
        """`1e-6`, which Lean reads as mantissa, sign and size of the exponent."""
        sign = Const("Bool.true" if node.exponent < 0 else "Bool.false")
        args: list[Node | Done] = [
            Done(Lit(node.mantissa), NAT),
            Done(sign, Const("Bool")),
            Done(Lit(abs(node.exponent)), NAT),
        ]
        return self.call("OfScientific.ofScientific", args, expected)

    def hole(self, node: s.Hole, expected: Term | None) -> tuple[Term, Term]:
        """`_`: to be inferred."""
        type_ = self.meta(TYPE) if expected is None else expected
        if node.name is not None and self.lenient and self._certainly_prop(type_):
            return Proof(type_), type_
        return self.meta(type_), type_

    def text(self, node: s.Text, expected: Term | None) -> tuple[Term, Term]:
        """A string."""
        if node.text.startswith('s!"'):
            return const("String.interpolated", Str(node.text)), STRING
        if not node.text.startswith('"'):
            self.unsupported("a literal other than a number or a plain string")
        return Str(string_value(node.text)), STRING

    def sort(self, node: s.Sort, expected: Term | None) -> tuple[Term, Term]:
        """`Prop`, `Type`; `Sort u` is one of the two."""
        if node.kind == "Prop":
            return PROP, TYPE
        return (TYPE if node.kind == "Type" else Sort(-1)), TYPE

    def prefix(self, node: s.Prefix, expected: Term | None) -> tuple[Term, Term]:
        """A prefix operator."""
        if node.op == "-":
            return self.arithmetic(node, expected)
        if node.op == "↑":
            term, found = self.term(node.arg, None)
            if expected is None or isinstance(self.shallow(expected), Meta):
                self.unsupported("a coercion ↑ to a type that is not known", cause="type")
            return self.fitted(term, found, expected), expected
        if node.op == "⇑":
            return self.function(node.arg)
        if node.op not in PREFIX:
            self.unsupported(f"the operator {node.op}")
        return self.call(PREFIX[node.op], [node.arg], expected)

    def function(self, node: Node) -> tuple[Term, Term]:
        """`⇑e`: a term as a function."""
        found = self.as_function(*self.term(node, None))
        if found is None:
            self.ill_typed("⇑ before something that is no function")
        return found

    def postfix(self, node: s.Postfix, expected: Term | None) -> tuple[Term, Term]:
        """A postfix operator."""
        if node.op not in POSTFIX:
            self.unsupported(f"the operator {node.op}")
        return self.call(POSTFIX[node.op], [node.arg], expected)

    def bracket(self, node: s.Bracket, expected: Term | None) -> tuple[Term, Term]:
        """`|x|`, `‖x‖`, `⟪x, y⟫_ℝ`."""
        if node.key.startswith("⟪") and len(node.items) == 3:
            return self.call("Inner.inner", [node.items[2], node.items[0], node.items[1]], expected)
        if node.key not in BRACKETS:
            self.unsupported(f"the notation {node.key}")
        return self.call(BRACKETS[node.key], list(node.items), expected)

    def constant_notation(self, node: s.Constant, expected: Term | None) -> tuple[Term, Term]:
        """`∅`, `⊤`."""
        if node.key not in CONSTANTS:
            self.unsupported(f"the notation {node.key}")
        return self.call(CONSTANTS[node.key], [], expected)

    def ascription(self, node: s.Ascription, expected: Term | None) -> tuple[Term, Term]:
        """`(e : T)`."""
        if node.type is None:
            return self.term(node.term, expected)
        type_ = self.type_of(node.type)
        return self.check(node.term, type_), type_

    def if_(self, node: s.If, expected: Term | None) -> tuple[Term, Term]:
        """`if c then a else b`, and with a name for the condition."""
        condition = self.type_of(node.condition)
        if node.name is None:
            branches: list[Node | Done] = [node.then, node.other]
            return self.call("ite", [Done(condition, PROP), *branches], expected)
        then = s.Fun((s.Binder("explicit", (node.name,)),), node.then, pos=node.pos)
        other = s.Fun((s.Binder("explicit", (node.name,)),), node.other, pos=node.pos)
        return self.call("dite", [Done(condition, PROP), then, other], expected)

    def by(self, node: s.Opaque, expected: Term | None) -> tuple[Term, Term]:
        """`by …`: a proof of what is expected, which is not looked at."""
        if node.key == "do":
            return self._do(node, expected)
        if node.key not in ("by", "calc") or expected is None:
            self.unsupported(f"a term given by {node.key}")
        if self.is_prop(expected):
            return Proof(expected), expected
        given = self.block(node)
        if given is None:
            self.unsupported("a value given by tactics")
        return self.check(given, expected), expected

    def _do(self, node: s.Opaque, expected: Term | None) -> tuple[Term, Term]:
        """`do …`: what it means, in the monad that is expected."""
        given = self.block(node)
        if given is None:
            self.unsupported("a do block")
        if expected is None:
            return self.term(given, None)
        opened = self.whnf(expected, reducible=True)
        return self.check(given, opened), expected

    def block(self, node: s.Opaque) -> Node | None:
        """The term that a tactic block gives; None where it gives none."""
        return None

    def tactic(self, node: s.Tactic, expected: Term | None) -> tuple[Term, Term]:
        """A body given by `exact` or `refine`."""
        if expected is None:
            return self.term(node.term, None)
        return self.check(node.term, expected), expected

    def show(self, node: s.Show, expected: Term | None) -> tuple[Term, Term]:
        """`show T from e`."""
        type_ = self.type_of(node.type)
        return self.check(node.value, type_), type_

    def scoped(self, node: s.Scoped, expected: Term | None) -> tuple[Term, Term]:
        """`open A in e`."""
        if not node.command.startswith("set_option"):
            self.unsupported(f"{node.command} inside a term")
        return self.term(node.body, expected)
