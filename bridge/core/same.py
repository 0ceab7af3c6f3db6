"""Whether two terms are one up to the names of bound variables: what two spellings of a statement come to."""

from __future__ import annotations

from collections.abc import Mapping

from leanmirror.bridge.core.term import App, Const, Lam, Let, Lit, Pi, Proof, Term, Var, children

_NUMERAL = Const("OfNat.ofNat")
_NAT = Const("Nat")


def same_term(first: Term, second: Term, renames: Mapping[str, str] | None = None) -> bool:
    """Whether two closed terms are equal: variables by where they are bound, proofs all alike.

    A numeral of type `Nat` is its value, however it is wrapped. Nothing is unfolded. `renames` are names of
    the first term under which it means what the second says under another.
    """
    names = renames or {}
    pending: list[tuple[Term, Term]] = [(first, second)]
    bound: dict[int, int] = {}
    while pending:
        one, other = map(_plain, pending.pop())
        match one, other:
            case Var(), Var():
                if bound.get(one.id, one.id) != other.id:
                    return False
            case Const(), Const():
                if names.get(one.name, one.name) != other.name:
                    return False
            case App(), App():
                if len(one.args) != len(other.args):
                    return False
                pending += [(one.fn, other.fn), *zip(one.args, other.args, strict=True)]
            case (Lam(var=a), Lam(var=b)) | (Pi(var=a), Pi(var=b)) | (Let(var=a), Let(var=b)):
                bound[a.id] = b.id
                pending += zip(children(one), children(other), strict=True)
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
