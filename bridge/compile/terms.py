"""What compiling needs to know of core terms: telescopes, unfolding, and which types are propositions."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import count
from typing import Protocol

from leanmirror.bridge.core.environment import Declared, Family
from leanmirror.bridge.core.term import (
    App,
    BinderKind,
    Const,
    Lam,
    Let,
    Match,
    Pi,
    Proof,
    Sort,
    Term,
    Var,
    app,
    children,
    mapped,
)

_FRESH = count(-1, -1)
"""Ids of our own variables; the elaborator's are not negative."""

MOST_UNFOLDED = 100


class Constants(Protocol):
    """Where constants are looked up."""

    def lookup(self, name: str) -> Declared | None: ...

    def family(self, name: str) -> Family | None: ...

    def completed(self, declared: Declared) -> Declared: ...


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of a constant: its variable, its type over the parameters before, and its kind."""

    var: Var
    type: Term
    kind: BinderKind


def fresh(name: str) -> Var:
    """A variable that no term has yet."""
    return Var(next(_FRESH), name)


def telescope(type_: Term) -> tuple[Parameter, ...]:
    """The leading parameters of a type."""
    found = []
    while isinstance(type_, Pi):
        found.append(Parameter(type_.var, type_.type, type_.kind))
        type_ = type_.body
    return tuple(found)


def replaced(term: Term, by: dict[int, Term]) -> Term:
    """The term with variables replaced; variables are unique, so nothing is captured."""
    if not by:
        return term
    if isinstance(term, Var):
        return by.get(term.id, term)
    return mapped(term, lambda t: replaced(t, by))


def applied(term: Term, args: Sequence[Term]) -> Term:
    """The term applied to the arguments, beta-reduced at the head."""
    rest = list(args)
    by: dict[int, Term] = {}
    while rest and isinstance(term, Lam):
        by[term.var.id] = rest.pop(0)
        term = term.body
    return app(replaced(term, by), *rest)


def alike(a: Term, b: Term, pairs: tuple[tuple[int, int], ...] = ()) -> bool:
    """The two terms are one, up to the names of bound variables."""
    if isinstance(a, Var) and isinstance(b, Var):
        return a == b or (a.id, b.id) in pairs
    if type(a) is not type(b):
        return False
    if isinstance(a, Lam | Pi | Let) and isinstance(b, Lam | Pi | Let):
        pairs = (*pairs, (a.var.id, b.var.id))
    one, two = list(children(a)), list(children(b))
    if not one:
        return a == b
    return len(one) == len(two) and all(alike(x, y, pairs) for x, y in zip(one, two, strict=True))


def head(term: Term) -> tuple[Term, tuple[Term, ...]]:
    """The head of an application, and its arguments."""
    return (term.fn, term.args) if isinstance(term, App) else (term, ())


def head_name(term: Term) -> str | None:
    """The name of the constant at the head; None where there is none."""
    first, _ = head(term)
    return first.name if isinstance(first, Const) else None


def mentions(term: Term, name: str) -> bool:
    """A constant of that name stands in the term."""
    pending = [term]
    while pending:
        each = pending.pop()
        if isinstance(each, Const) and each.name == name:
            return True
        pending.extend(children(each))
    return False


def ends_in_prop(type_: Term) -> bool:
    """What a constant of that type gives in the end are propositions."""
    while isinstance(type_, Pi):
        type_ = type_.body
    return type_ == Sort(0)


def is_closed(term: Term) -> bool:
    """No variable stands in the term."""
    return not isinstance(term, Var) and all(is_closed(t) for t in children(term))


class Types:
    """What is known of types: constants by the environment, variables as they are met."""

    def __init__(self, constants: Constants) -> None:
        self.constants = constants
        self.of_var: dict[int, Term] = {}

    def unfolded(self, term: Term) -> Term | None:
        """The term with the abbreviation at its head unfolded once; None where there is none."""
        first, args = head(term)
        if isinstance(first, Lam) and args:
            return applied(first, args)
        if isinstance(term, Let):
            return replaced(term.body, {term.var.id: term.value})
        if not isinstance(first, Const):
            return None
        declared = self.constants.lookup(first.name)
        if declared is None or declared.body is None or not declared.reducible:
            return None
        if len(args) < len(telescope_of_body(declared.body)) and isinstance(declared.body, Lam):
            return None
        return applied(declared.body, args)

    def at_head(self, term: Term, *wanted: str) -> Term | None:
        """The term unfolded until one of the names is its head; None when none comes."""
        current: Term | None = term
        for _ in range(MOST_UNFOLDED):
            if current is None:
                return None
            if head_name(current) in wanted:
                return current
            current = self.unfolded(current)
        return None

    def counts(self, type_: Term, kind: str) -> bool:
        """A parameter of that type and kind is evaluated: it is neither an instance nor a proof."""
        return kind != "instance" and not self.is_instance(type_) and not self.is_prop(type_)

    def is_instance(self, type_: Term) -> bool:
        """The type is a class, so its values are instances, or functions that give some."""
        while isinstance(type_, Pi):
            type_ = type_.body
        name = head_name(type_)
        declared = None if name is None else self.constants.lookup(name)
        return declared is not None and declared.kind == "class"

    def is_prop(self, type_: Term) -> bool:
        """The type is a proposition, so its values are proofs."""
        match type_:
            case Pi(var, domain, body) | Let(var, domain, _, body):
                self.of_var[var.id] = domain
                return self.is_prop(body)
            case Match(type=given):
                return given == Sort(0)
            case Proof():
                return False
        first, args = head(type_)
        if isinstance(first, Lam) and args:
            return self.is_prop(applied(first, args))
        if isinstance(first, Const):
            declared = self.constants.lookup(first.name)
            return declared is not None and self._gives_prop(declared.type, args)
        return isinstance(first, Var) and self._gives_prop(self.of_var.get(first.id), args)

    def _gives_prop(self, type_: Term | None, args: tuple[Term, ...]) -> bool:
        """What a function of that type gives for the arguments is a proposition: `ite` does at Prop."""
        by: dict[int, Term] = {}
        for arg in args:
            while type_ is not None and not isinstance(type_, Pi):
                type_, by = self.unfolded(replaced(type_, by)), {}
            if type_ is None:
                return False
            by[type_.var.id] = arg
            type_ = type_.body
        return type_ is not None and replaced(type_, by) == Sort(0)

    def fin(self, type_: Term) -> Term | None:
        """n, where the type is `Fin n` up to abbreviations."""
        found = self.at_head(type_, "Fin")
        return None if found is None else head(found)[1][0]


def telescope_of_body(body: Term) -> list[Var]:
    """The leading variables of a definition's body."""
    found = []
    while isinstance(body, Lam):
        found.append(body.var)
        body = body.body
    return found
