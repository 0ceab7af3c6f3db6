"""Hypotheses about sizes and other plain data, met before anything of these sizes is drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from leanmirror.bridge.compile.kinds import kind_of
from leanmirror.bridge.compile.terms import head, head_name, mentions
from leanmirror.bridge.core.arithmetic import numeral
from leanmirror.bridge.core.term import Lit, Pi, Term, Var, children, const
from leanmirror.spec.judge.types import BoundedNatT, GivenT, NatT, Type
from leanmirror.spec.torchlean_types import ShapeOfSizeT, ShapeT

if TYPE_CHECKING:
    from leanmirror.bridge.compile.compiler import Closure, Compiler, Values

DATA = ("Nat", "Int", "Bool", "Fin", "Spec.Shape", "List", "Finset")


def free(term: Term) -> set[int]:
    """The ids of the variables in a term."""
    if isinstance(term, Var):
        return {term.id}
    found: set[int] = set()
    for each in children(term):
        found |= free(each)
    return found


@dataclass(slots=True)
class Narrowed:
    """What hypotheses leave of the type of one variable, and the variables that they speak of."""

    given: Closure | None = None
    size: Closure | None = None
    low: list[Closure] = field(default_factory=list)
    high: list[Closure] = field(default_factory=list)
    needs: set[int] = field(default_factory=set)

    def type(self, of_type: Closure) -> Closure:
        """The narrowed type."""
        return lambda env: self._of(of_type(env), env)

    def _of(self, of_type: Type, env: Values) -> Type:
        if self.given is not None:
            return GivenT(of_type, self.given(env))
        if isinstance(of_type, ShapeT):
            return of_type if self.size is None else ShapeOfSizeT(self.size(env))
        if not isinstance(of_type, NatT):
            return of_type
        low = max((each(env) for each in self.low), default=0)
        high = min((each(env) for each in self.high), default=None) if self.high else None
        return BoundedNatT(low, high)


def narrow(
    compiler: Compiler, hypotheses: Sequence[Term], variables: Mapping[int, Term]
) -> dict[int, Narrowed]:
    """How the hypotheses narrow the variables; those that form a circle are left to be filtered."""
    found: dict[int, Narrowed] = {}
    needs = {var: free(type_) & set(variables) for var, type_ in variables.items()}
    for each in hypotheses:
        for var, term, relation in _readings(compiler, each, variables):
            others = free(term) & set(variables)
            if any(_is_real(compiler, variables[other]) for other in others):
                continue  # what follows from real numbers is no size
            if _reaches(needs, others, var) or (relation == "=" and var in found):
                continue
            _add(found.setdefault(var, Narrowed()), relation, compiler.compile(term))
            found[var].needs |= others
            needs[var] |= others
            break
    return found


def _is_real(compiler: Compiler, type_: Term) -> bool:
    """Values of the type are real numbers, or functions and vectors of such."""
    if isinstance(type_, Pi) or compiler.types.at_head(type_, *SPACES) is not None:
        return mentions(type_, "Real") or head_name(type_) in SPACES
    return kind_of(compiler, type_) == "real"


SPACES = ("EuclideanSpace", "Proofs.Autograd.Vec", "Proofs.Autograd.CtxVec", "Matrix")


def _reaches(needs: Mapping[int, set[int]], start: set[int], goal: int) -> bool:
    pending, seen = list(start), set(start)
    while pending:
        var = pending.pop()
        if var == goal:
            return True
        new = needs.get(var, set()) - seen
        seen |= new
        pending.extend(new)
    return False


def _add(found: Narrowed, relation: str, other: Closure) -> None:
    match relation:
        case "=":
            found.given = other
        case "size":
            found.size = other
        case "≥":
            found.low.append(other)
        case ">":
            found.low.append(lambda env: other(env) + 1)
        case "≤":
            found.high.append(other)
        case "<":
            found.high.append(lambda env: other(env) - 1)


_ORDER = {"LT.lt": "<", "LE.le": "≤", "GT.gt": ">", "GE.ge": "≥", "Eq": "="}
_TURNED = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "=": "="}


def _readings(
    compiler: Compiler, hypothesis: Term, variables: Mapping[int, Term]
) -> list[tuple[int, Term, str]]:
    """The hypothesis as `variable R term`, in the ways that it can be read so."""
    name, args = head_name(hypothesis), head(hypothesis)[1]
    if name == "Ne" and compiler.types.at_head(args[0], "Nat") is not None:
        return _nonzero(args, variables)
    relation = _ORDER.get(name or "")
    if relation is None or compiler.types.at_head(args[0], *DATA) is None:
        return []
    if relation != "=" and compiler.types.at_head(args[0], "Nat") is None:
        return []
    one, two = args[-2:]
    if relation == "=":
        sizes = [
            (of, other, "size")
            for side, other in ((one, two), (two, one))
            if (of := _sized(side)) in variables
        ]
        if sizes:
            return sizes  # type: ignore[return-value]  # _sized gave a variable
    found = []
    for side, other, turned in ((one, two, relation), (two, one, _TURNED[relation])):
        var, less = _moved(side) if turned in "<≤" else (side, 0)
        if isinstance(var, Var) and var.id in variables:
            found.append((var.id, const("Nat.sub", other, Lit(less)) if less else other, turned))
    return sorted(found, key=lambda reading: reading[2] in "<≤")  # a lower bound leaves something, always


def _moved(side: Term) -> tuple[Term, int]:
    """The term of which a side is a successor or a sum with a numeral, and how far."""
    name, args = head_name(side), head(side)[1]
    if name == "Nat.succ":
        return args[0], 1
    if name == "HAdd.hAdd" and (by := numeral(args[-1])) is not None:
        return args[-2], int(by)
    return side, 0


def _sized(term: Term) -> int | None:
    """The variable of which a term is the size."""
    of = head(term)[1][-1] if head_name(term) == "Spec.Shape.size" else None
    return of.id if isinstance(of, Var) else None


def _nonzero(args: Sequence[Term], variables: Mapping[int, Term]) -> list[tuple[int, Term, str]]:
    for one, two in (args[-2:], tuple(reversed(args[-2:]))):
        if isinstance(one, Var) and one.id in variables and not free(two):
            return [(one.id, two, ">")]
    return []


def ordered(variables: Sequence[int], needs: Mapping[int, set[int]]) -> list[int]:
    """The variables, each after those that it needs; the order is kept where it may be."""
    pending, found = list(variables), list[int]()
    while pending:
        ready = next((v for v in pending if not (needs.get(v, set()) & set(pending)) - {v}), pending[0])
        pending.remove(ready)
        found.append(ready)
    return found
