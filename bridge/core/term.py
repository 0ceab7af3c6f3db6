"""Core terms: what elaboration produces. Every application is explicit, every variable is unique.

Types are terms. A constant stands for a name of the environment, and all its arguments are given,
implicit and instance ones too, in Lean's order. Sizes stay symbolic.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Literal

BinderKind = Literal["explicit", "implicit", "strict", "instance"]


class Term:
    """Base of all core terms."""

    __slots__ = ()


@dataclass(frozen=True, slots=True)
class Var(Term):
    """A local variable; two variables are the same when their ids are."""

    id: int
    name: str

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Var) and self.id == other.id

    def __hash__(self) -> int:
        return hash(("Var", self.id))


@dataclass(frozen=True, slots=True)
class Meta(Term):
    """A term still to be found by unification."""

    id: int


@dataclass(frozen=True, slots=True)
class Const(Term):
    """A name of the environment, in full."""

    name: str


@dataclass(frozen=True, slots=True)
class Sort(Term):
    """`Prop` (level 0) or `Type` (level 1); universes above are not told apart."""

    level: int


PROP = Sort(0)
TYPE = Sort(1)


@dataclass(frozen=True, slots=True)
class Lit(Term):
    """A natural number literal, of type `Nat`."""

    value: int


@dataclass(frozen=True, slots=True)
class Str(Term):
    """A string literal, of type `String`."""

    value: str


@dataclass(frozen=True, slots=True)
class App(Term):
    """An application to one or more arguments; the head is never itself an App."""

    fn: Term
    args: tuple[Term, ...]


@dataclass(frozen=True, slots=True)
class Lam(Term):
    """`fun (var : type) => body`."""

    var: Var
    type: Term
    body: Term


@dataclass(frozen=True, slots=True)
class Pi(Term):
    """`(var : type) → body`; a `∀` when the body is a proposition."""

    var: Var
    type: Term
    body: Term
    kind: BinderKind = "explicit"


@dataclass(frozen=True, slots=True)
class Let(Term):
    """`let var : type := value; body`."""

    var: Var
    type: Term
    value: Term
    body: Term


@dataclass(frozen=True, slots=True)
class Proof(Term):
    """A proof of a proposition: never looked at."""

    type: Term


@dataclass(frozen=True, slots=True)
class Branch:
    """One alternative: `patterns`, one for each scrutinee, bind `vars` in the body.

    A pattern is a variable of the branch, a constructor with all its arguments, a numeral or a Proof.
    """

    vars: tuple[tuple[Var, Term], ...]
    patterns: tuple[Term, ...]
    body: Term


@dataclass(frozen=True, slots=True)
class Match(Term):
    """`match scrutinees with branches`; the first branch that fits. All of `type` outside of branches."""

    scrutinees: tuple[Term, ...]
    branches: tuple[Branch, ...]
    type: Term


@dataclass(frozen=True, slots=True)
class LetRec(Term):
    """Local functions that may call themselves and each other, and the body that uses them."""

    functions: tuple[tuple[Var, Term, Term], ...]
    body: Term


def app(fn: Term, *args: Term) -> Term:
    """An application, flattened."""
    if not args:
        return fn
    if isinstance(fn, App):
        return App(fn.fn, (*fn.args, *args))
    return App(fn, args)


def const(name: str, *args: Term) -> Term:
    """A constant applied to all its arguments."""
    return app(Const(name), *args)


def children(term: Term) -> Iterator[Term]:
    """The direct subterms, binders' types included."""
    match term:
        case App(fn, args):
            yield fn
            yield from args
        case Lam(_, type_, body) | Pi(_, type_, body):
            yield type_
            yield body
        case Let(_, type_, value, body):
            yield type_
            yield value
            yield body
        case Proof(type_):
            yield type_
        case Match(scrutinees, branches, type_):
            yield from scrutinees
            yield type_
            for branch in branches:
                yield from (kind for _, kind in branch.vars)
                yield from branch.patterns
                yield branch.body
        case LetRec(functions, body):
            for _, type_, value in functions:
                yield type_
                yield value
            yield body
        case _:
            return


def mapped(term: Term, f: Callable[[Term], Term]) -> Term:
    """The term with f applied to its direct subterms."""
    match term:
        case App(fn, args):
            return app(f(fn), *map(f, args))
        case Lam(var, type_, body):
            return Lam(var, f(type_), f(body))
        case Pi(var, type_, body, kind):
            return Pi(var, f(type_), f(body), kind)
        case Let(var, type_, value, body):
            return Let(var, f(type_), f(value), f(body))
        case Proof(type_):
            return Proof(f(type_))
        case Match(scrutinees, branches, type_):
            return Match(tuple(map(f, scrutinees)), tuple(_in_branch(b, f) for b in branches), f(type_))
        case LetRec(functions, body):
            return LetRec(tuple((var, f(type_), f(value)) for var, type_, value in functions), f(body))
        case _:
            return term


def _in_branch(branch: Branch, f: Callable[[Term], Term]) -> Branch:
    vars_ = tuple((var, f(type_)) for var, type_ in branch.vars)
    return Branch(vars_, tuple(map(f, branch.patterns)), f(branch.body))


def bound_by(term: Term) -> tuple[Var, ...]:
    """The variables that a term binds in its own subterms."""
    match term:
        case Lam(var) | Pi(var) | Let(var):
            return (var,)
        case Match(_, branches):
            return tuple(var for branch in branches for var, _ in branch.vars)
        case LetRec(functions):
            return tuple(var for var, _, _ in functions)
    return ()
