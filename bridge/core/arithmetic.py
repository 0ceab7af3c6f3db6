"""Natural numbers by their form: numerals, and the operations of Lean on them."""

from __future__ import annotations

from leanmirror.bridge.core.substitute import head_name
from leanmirror.bridge.core.term import App, Const, Lit, Term, const

NAT = Const("Nat")
OPERATIONS = {
    "HAdd.hAdd": ("+", "instHAdd", "instAddNat"),
    "HMul.hMul": ("*", "instHMul", "instMulNat"),
    "HSub.hSub": ("-", "instHSub", "instSubNat"),
    "HDiv.hDiv": ("/", "Nat.instHDiv", ""),
    "HMod.hMod": ("%", "Nat.instHMod", ""),
}
_NAMED = {"Nat.add": "+", "Nat.mul": "*", "Nat.sub": "-", "Nat.div": "/", "Nat.mod": "%"}


def nat_operation(name: str, left: Term, right: Term) -> Term:
    """`left op right` on natural numbers, by the name of the heterogeneous operation."""
    _, instance, own = OPERATIONS[name]
    return const(
        name, NAT, NAT, NAT, const(instance, NAT, Const(own)) if own else Const(instance), left, right
    )


def operands(term: Term) -> tuple[str, Term, Term] | None:
    """The operation of natural numbers at the head of a term, as a symbol, with its operands."""
    if not isinstance(term, App) or not isinstance(term.fn, Const):
        return None
    name, args = term.fn.name, term.args
    if name in OPERATIONS and len(args) == 6 and args[0] == NAT:
        return OPERATIONS[name][0], args[4], args[5]
    if name in _NAMED and len(args) == 2:
        return _NAMED[name], args[0], args[1]
    return None


def numeral(term: Term) -> int | None:
    """The value of a literal, also of one that was elaborated before its type was known."""
    if isinstance(term, Lit):
        return term.value
    if isinstance(term, App) and head_name(term) == "OfNat.ofNat" and term.args[0] == NAT:
        return term.args[1].value if isinstance(term.args[1], Lit) else None
    return None


def is_arithmetic(term: Term) -> bool:
    """Whether a term is a natural number by its form."""
    if isinstance(term, Lit):
        return True
    name = head_name(term)
    if name in ("Nat.succ", "Nat.zero"):
        return True
    return (name in OPERATIONS or name in _NAMED or name == "OfNat.ofNat") and (
        operands(term) is not None or numeral(term) is not None
    )
