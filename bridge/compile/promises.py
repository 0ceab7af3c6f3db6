"""Hypotheses about all values of one function, read as what they promise: that it is monotone, even, …"""

from __future__ import annotations

from dataclasses import dataclass

from leanmirror.bridge.compile.magnitudes import number_of
from leanmirror.bridge.compile.terms import head, head_name
from leanmirror.bridge.core.term import App, Lam, Pi, Term, Var
from leanmirror.spec.judge.types.real_functions import Trait

NAMED = {
    "Differentiable": Trait.DIFFERENTIABLE,
    "Continuous": Trait.CONTINUOUS,
    "Monotone": Trait.MONOTONE,
    "StrictMono": Trait.STRICT_MONO,
    "Antitone": Trait.ANTITONE,
    "StrictAnti": Trait.STRICT_ANTI,
    "Function.Injective": Trait.INJECTIVE,
}
"""Predicates of a function."""

POINTWISE = {"DifferentiableAt": Trait.DIFFERENTIABLE, "ContinuousAt": Trait.CONTINUOUS}
"""Predicates of a function and a point."""

ORDERS = {
    ("LE.le", "LE.le", False): Trait.MONOTONE,
    ("LT.lt", "LT.lt", False): Trait.STRICT_MONO,
    ("LE.le", "LE.le", True): Trait.ANTITONE,
    ("LT.lt", "LT.lt", True): Trait.STRICT_ANTI,
}
"""`x R y → f x S f y`, and whether the sides of the second are turned round."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A function, by the id of its variable, and what is promised of it."""

    f: int
    trait: Trait


def promised(term: Term) -> Promise | None:
    """What a hypothesis promises of a variable; None for other hypotheses."""
    if head_name(term) in NAMED:
        return _of(head(term)[1][-1], NAMED[head_name(term) or ""])
    over: list[Var] = []
    while isinstance(term, Pi) and len(over) < 2 and not _guards(term, over):
        over.append(term.var)
        term = term.body
    match over:
        case [x]:
            return _of_one(term, x)
        case [x, y]:
            return _of_two(term, x, y)
    return None


def _guards(term: Pi, over: list[Var]) -> bool:
    """It is a hypothesis about the variables, and no further one."""
    return len(over) == 2 or head_name(term.type) in ("LE.le", "LT.lt")


def _of(term: Term, trait: Trait) -> Promise | None:
    if isinstance(term, Lam) and isinstance(term.body, App) and term.body.args == (term.var,):
        term = term.body.fn  # `fun x => f x`
    return Promise(term.id, trait) if isinstance(term, Var) else None


def _of_one(term: Term, x: Var) -> Promise | None:
    """`∀ x, P (f x)`."""
    name, args = head_name(term), head(term)[1]
    if name in POINTWISE and args[-1] == x:
        return _of(args[-2], POINTWISE[name])
    if name in ("LT.lt", "LE.le") and number_of(args[-2]) == 0:
        f = _applied(args[-1], x)
        return None if f is None else Promise(f, Trait.POSITIVE if name == "LT.lt" else Trait.NONNEGATIVE)
    if name != "Eq":
        return None
    for one, two in (args[-2:], tuple(reversed(args[-2:]))):
        f = _of_negative(one, x)
        if f is not None and _applied(two, x) == f:
            return Promise(f, Trait.EVEN)
        if f is not None and head_name(two) == "Neg.neg" and _applied(head(two)[1][-1], x) == f:
            return Promise(f, Trait.ODD)
    return None


def _of_two(term: Term, x: Var, y: Var) -> Promise | None:
    """`∀ x y, P (f x) (f y)`."""
    if isinstance(term, Pi):
        return _ordered(term, x, y)
    if head_name(term) != "Eq":
        return None
    for one, two in (head(term)[1][-2:], tuple(reversed(head(term)[1][-2:]))):
        arguments = head(two)[1][-2:] if head_name(two) == "HAdd.hAdd" else ()
        if len(arguments) == 2 and isinstance(one, App) and isinstance(one.fn, Var):
            f = one.fn.id
            inner = head(one.args[-1])[1][-2:] if head_name(one.args[-1]) == "HAdd.hAdd" else ()
            if tuple(inner) == (x, y) and (_applied(arguments[0], x), _applied(arguments[1], y)) == (f, f):
                return Promise(f, Trait.ADDITIVE)
    return None


def _ordered(term: Pi, x: Var, y: Var) -> Promise | None:
    guard, then = head_name(term.type) or "", head_name(term.body) or ""
    if (guard, then, False) not in ORDERS or tuple(head(term.type)[1][-2:]) != (x, y):
        return None
    low, high = head(term.body)[1][-2:]
    for turned, (one, two) in ((False, (low, high)), (True, (high, low))):
        f = _applied(one, x)
        if f is not None and _applied(two, y) == f:
            return Promise(f, ORDERS[guard, then, turned])
    return None


def _applied(term: Term, x: Var) -> int | None:
    """The variable that is applied to x and to nothing else."""
    known = isinstance(term, App) and isinstance(term.fn, Var) and term.args == (x,)
    return term.fn.id if known and isinstance(term, App) and isinstance(term.fn, Var) else None


def _of_negative(term: Term, x: Var) -> int | None:
    """The variable that is applied to -x."""
    if not (isinstance(term, App) and isinstance(term.fn, Var) and len(term.args) == 1):
        return None
    inner = term.args[0]
    return term.fn.id if head_name(inner) == "Neg.neg" and head(inner)[1][-1] == x else None
