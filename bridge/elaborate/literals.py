"""Literals: numerals, strings, holes, sorts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leanmirror.bridge.core.arithmetic import NAT
from leanmirror.bridge.core.context import STRING
from leanmirror.bridge.core.term import PROP, TYPE, Const, Lit, Meta, Proof, Sort, Str, Term, const
from leanmirror.bridge.elaborate.application import call
from leanmirror.bridge.elaborate.check import certainly_prop
from leanmirror.bridge.elaborate.heads import Done
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.syntax import Node

if TYPE_CHECKING:
    from leanmirror.bridge.elaborate.elaborator import Elaborator


def literal(elab: Elaborator, value: int, expected: Term | None) -> tuple[Term, Term]:
    """A numeral; of type ℕ when nothing says otherwise in the end."""
    type_ = elab.ctx.shallow(expected) if expected is not None else elab.ctx.meta(TYPE)
    if type_ == NAT:
        return Lit(value), type_
    if isinstance(type_, Meta):
        elab.ctx.pending = elab.ctx.pending.with_numeral(type_)
    instance = elab.ctx.meta(const("OfNat", type_, Lit(value)))
    elab.ctx.want(instance)
    return const("OfNat.ofNat", type_, Lit(value), instance), type_


# `2`
# Follows Lean.Elab.Term.elabNumLit.
def number(elab: Elaborator, node: s.Number, expected: Term | None) -> tuple[Term, Term]:
    """A numeral."""
    return literal(elab, node.value, expected)


# `1e-6`
# Follows Lean.Elab.Term.elabScientificLit.
def decimal(elab: Elaborator, node: s.Decimal, expected: Term | None) -> tuple[Term, Term]:
    """`1e-6`, which Lean reads as mantissa, sign and size of the exponent."""
    sign = Const("Bool.true" if node.exponent < 0 else "Bool.false")
    args: list[Node | Done] = [
        Done(Lit(node.mantissa), NAT),
        Done(sign, Const("Bool")),
        Done(Lit(abs(node.exponent)), NAT),
    ]
    return call(elab, "OfScientific.ofScientific", args, expected)


# `_`, `?h`
# Follows Lean.Elab.Term.elabHole and Lean.Elab.Term.elabSyntheticHole.
def hole(elab: Elaborator, node: s.Hole, expected: Term | None) -> tuple[Term, Term]:
    """`_`: to be inferred."""
    type_ = elab.ctx.meta(TYPE) if expected is None else expected
    if node.name is not None and elab.lenient and certainly_prop(elab, type_):
        return Proof(type_), type_
    return elab.ctx.meta(type_), type_


# `"tanh"`
# Follows Lean.Elab.Term.elabStrLit.
def text(elab: Elaborator, node: s.Text, expected: Term | None) -> tuple[Term, Term]:
    """A string."""
    if node.text.startswith('s!"'):
        return const("String.interpolated", Str(node.text)), STRING
    if not node.text.startswith('"'):
        elab.ctx.unsupported("a literal other than a number or a plain string")
    return Str(string_value(node.text)), STRING


# `Type`
# Follows Lean.Elab.Term.elabTypeStx, Lean.Elab.Term.elabProp, Lean.Elab.Term.elabSort.
def sort(elab: Elaborator, node: s.Sort, expected: Term | None) -> tuple[Term, Term]:
    """`Prop`, `Type`; `Sort u` is one of the two."""
    if node.kind == "Prop":
        return PROP, TYPE
    return (TYPE if node.kind == "Type" else Sort(-1)), TYPE


_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", '"': '"', "'": "'", "0": "\0"}


def string_value(text: str) -> str:
    """What a plain string literal stands for."""
    out: list[str] = []
    inner = text[1:-1]
    i = 0
    while i < len(inner):
        if inner[i] == "\\" and i + 1 < len(inner):
            if inner[i + 1] == "\n":  # a gap: the break and the blanks after it do not count
                i += 2
                while i < len(inner) and inner[i].isspace():
                    i += 1
                continue
            out.append(_ESCAPES.get(inner[i + 1], inner[i + 1]))
            i += 2
        else:
            out.append(inner[i])
            i += 1
    return "".join(out)
