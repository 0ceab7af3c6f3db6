"""Whether two terms are one up to the names of bound variables: what two spellings of a statement come to."""

from __future__ import annotations

from leanmirror.bridge.elaborating.core import App, Const, Lam, Let, Lit, Pi, Proof, Term, Var

_NUMERAL = Const("OfNat.ofNat")
_NAT = Const("Nat")


def same_term(first: Term, second: Term) -> bool:
    """Whether two closed terms are equal: variables by where they are bound, proofs all alike.

    A numeral of type `Nat` is its value, however it is wrapped. Nothing is unfolded.
    """
    pending: list[tuple[Term, Term]] = [(first, second)]
    bound: dict[int, int] = {}
    while pending:
        one, other = map(_plain, pending.pop())
        match one, other:
            case Var(), Var():
                if bound.get(one.id, one.id) != other.id:
                    return False
            case App(), App():
                if len(one.args) != len(other.args):
                    return False
                pending += [(one.fn, other.fn), *zip(one.args, other.args, strict=True)]
            case Lam(), Lam():
                bound[one.var.id] = other.var.id
                pending += [(one.type, other.type), (one.body, other.body)]
            case Pi(), Pi():
                bound[one.var.id] = other.var.id
                pending += [(one.type, other.type), (one.body, other.body)]
            case Let(), Let():
                bound[one.var.id] = other.var.id
                pending += [(one.type, other.type), (one.value, other.value), (one.body, other.body)]
            case Proof(), Proof():
                pending.append((one.type, other.type))
            case _:
                if one != other:
                    return False
    return True


def _plain(term: Term) -> Term:
    """`OfNat.ofNat Nat 2 _` as 2."""
    if isinstance(term, App) and term.fn == _NUMERAL and term.args[0] == _NAT and len(term.args) == 3:
        value = _plain(term.args[1])
        return value if isinstance(value, Lit) else term
    return term
