"""What elaboration knows so far: the types of variables, and what has been found for metavariables."""

from __future__ import annotations

from typing import NoReturn

from leanmirror.bridge.core.arithmetic import NAT
from leanmirror.bridge.core.environment import Declared, Environment
from leanmirror.bridge.core.errors import IllTyped
from leanmirror.bridge.core.substitute import beta, new_id, new_var, substitute
from leanmirror.bridge.core.term import (
    PROP,
    TYPE,
    App,
    Const,
    Lam,
    Let,
    LetRec,
    Lit,
    Match,
    Meta,
    Pi,
    Proof,
    Sort,
    Str,
    Term,
    Var,
    mapped,
)
from leanmirror.spec.errors import Cause, Position, Unsupported

STRING = Const("String")
MOST_STEPS = 60_000


class State:
    """Variables with their types, metavariables with theirs, solutions that can be taken back.

    `at` is the offset of the node in work, for errors. `steps` bounds the work: a text that needs more is
    unsupported, so that none can make elaboration run on.
    """

    def __init__(self, env: Environment) -> None:
        self.env = env
        self.types: dict[int, Term] = {}
        self.values: dict[int, Term] = {}
        self.meta_types: dict[int, Term] = {}
        self.solved: dict[int, Term] = {}
        self.limits: dict[int, int] = {}
        self.trail: list[tuple[int, int | None]] = []
        self.at = -1
        self.steps = 0

    # Errors

    def position(self, offset: int) -> Position | None:
        """Line and column of an offset; None where the text is not known."""
        return None

    def unsupported(self, what: str, at: int | None = None, cause: Cause = "syntax") -> NoReturn:
        """Raise Unsupported at the node in work, or at an offset."""
        raise self.refusal(what, at, cause)

    def refusal(self, what: str, at: int | None = None, cause: Cause = "syntax") -> Unsupported:
        """The error for what is not understood at the node in work, or at an offset."""
        return Unsupported(what, self.position(self.at if at is None else at), cause)

    def ill_typed(self, message: str, at: int | None = None) -> NoReturn:
        """Raise IllTyped at the node in work, or at an offset."""
        raise IllTyped(message, self.position(self.at if at is None else at))

    def step(self) -> None:
        """Count a step of work. Raises Unsupported beyond the cap."""
        self.steps += 1
        if self.steps > MOST_STEPS:
            self.unsupported("a statement that needs too many steps to elaborate")

    def constant(self, name: str) -> Declared:
        """The constant of that name. Raises Unsupported when the environment has none."""
        found = self.env.lookup(name)
        if found is None:
            self.unsupported(f"unknown name {name}", cause="unknown_name")
        return found

    # Variables and metavariables

    def variable(self, name: str, type_: Term, value: Term | None = None) -> Var:
        """A new local variable; one with a value is that of a `let`."""
        var = new_var(name)
        self.types[var.id] = type_
        if value is not None:
            self.values[var.id] = value
        return var

    def meta(self, type_: Term) -> Meta:
        """A new metavariable; what is in scope now are the older variables."""
        meta = Meta(new_id())
        self.meta_types[meta.id] = type_
        return meta

    def solve(self, meta: Meta, term: Term) -> None:
        """Note what a metavariable is."""
        self.solved[meta.id] = term
        self.trail.append((meta.id, None))

    def restrict(self, meta: Meta, limit: int) -> None:
        """Let a metavariable stand only for terms whose variables are older than the limit."""
        old = self.limits.get(meta.id, meta.id)
        if limit < old:
            self.limits[meta.id] = limit
            self.trail.append((meta.id, old))

    def mark(self) -> int:
        """A point to which `undo` can return."""
        return len(self.trail)

    def undo(self, mark: int) -> None:
        """Forget every solution found since the mark."""
        while len(self.trail) > mark:
            id_, limit = self.trail.pop()
            if limit is None:
                del self.solved[id_]
            else:
                self.limits[id_] = limit

    def shallow(self, term: Term) -> Term:
        """The term with its head found as far as it is known."""
        while True:
            if isinstance(term, Meta):
                found = self.solved.get(term.id)
                if found is None:
                    return term
                term = found
            elif isinstance(term, App) and isinstance(term.fn, Meta):
                found = self.solved.get(term.fn.id)
                if found is None:
                    return term
                term = beta(self.zonk(found), term.args)
            else:
                return term

    def put(self, term: Term, by: dict[int, Term]) -> Term:
        """The term with variables replaced, also in what metavariables in it stand for."""
        return substitute(self.zonk(term), by)

    def zonk(self, term: Term) -> Term:
        """The term with every solved metavariable replaced."""
        if isinstance(term, (Var, Const, Lit, Sort, Str)):
            return term
        if isinstance(term, Meta):
            found = self.solved.get(term.id)
            return term if found is None else self.zonk(found)
        if isinstance(term, App):
            fn = term.fn
            if isinstance(fn, Meta) and fn.id in self.solved:
                return self.zonk(self.shallow(term))
            args = tuple([self.zonk(arg) for arg in term.args])
            if all(new is old for new, old in zip(args, term.args, strict=True)):
                return term if isinstance(fn, (Const, Var)) else mapped(term, self.zonk)
            return App(fn if isinstance(fn, (Const, Var)) else self.zonk(fn), args)
        return mapped(term, self.zonk)

    def open(self, term: Lam | Pi, name: str = "") -> tuple[Var, Term]:
        """A new variable for a binder, and the body with it."""
        var = self.variable(name or term.var.name, term.type)
        return var, self.put(term.body, {term.var.id: var})

    # Types

    def infer(self, term: Term) -> Term:
        """The type of a term that is known to be well-typed."""
        term = self.shallow(term)
        match term:
            case Var(id_, _):
                return self.types[id_]
            case Meta(id_):
                return self.meta_types[id_]
            case Const(name):
                return self.constant(name).type
            case App(fn, args):
                return self.applied_type(self.infer(fn), args)
            case Lit() | Str():
                return NAT if isinstance(term, Lit) else STRING
            case LetRec(functions, body):
                for var, kind, _ in functions:
                    self.types[var.id] = kind
                return self.infer(body)
            case Sort():
                return TYPE
            case Proof(type_) | Match(type=type_):
                return type_
            case Lam(var, type_, body):
                self.types[var.id] = type_
                return Pi(var, type_, self.infer(body))
            case Pi(var, type_, body):
                self.types[var.id] = type_
                return PROP if self.is_sort(self.infer(body), 0) else TYPE
            case Let(var, type_, value, body):
                self.types[var.id] = type_
                self.values[var.id] = value
                return self.put(self.infer(body), {var.id: value})
        raise self.refusal("a term of no known form")

    def applied_type(self, type_: Term, args: tuple[Term, ...]) -> Term:
        """The type of a function of that type, applied."""
        by: dict[int, Term] = {}
        for arg in args:
            if not isinstance(type_, Pi):
                type_ = self.whnf(self.put(type_, by))
                by = {}
            if not isinstance(type_, Pi):
                self.ill_typed("something that is no function is applied")
            by[type_.var.id] = arg
            type_ = type_.body
        return self.put(type_, by)

    def is_sort(self, term: Term, level: int) -> bool:
        """Whether a term is that sort."""
        found = self.whnf(term)
        return isinstance(found, Sort) and found.level == level

    def is_prop(self, type_: Term) -> bool:
        """Whether a type is a proposition."""
        return self.is_sort(self.infer(type_), 0)

    def whnf(self, term: Term) -> Term:
        """The term with its head computed as far as definitions allow."""
        raise NotImplementedError
