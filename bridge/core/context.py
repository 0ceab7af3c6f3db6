"""What elaboration knows so far: the types of variables, and what has been found for metavariables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import NoReturn

from leanmirror.bridge.core.environment import Declared, Environment
from leanmirror.bridge.core.errors import IllTyped
from leanmirror.bridge.core.pending import NOTHING, Pending, Wanted
from leanmirror.bridge.core.show import Shower
from leanmirror.bridge.core.substitute import beta, new_id, new_var, substitute
from leanmirror.bridge.core.term import (
    App,
    Const,
    Lam,
    Lit,
    Meta,
    Pi,
    Sort,
    Str,
    Term,
    Var,
    mapped,
)
from leanmirror.spec.errors import Cause, Position, Unsupported

STRING = Const("String")
MOST_STEPS = 60_000


Mark = tuple[int, Pending]
"""A point to which a context can return: how much was found, and what was open."""


class Instances:
    """The instances that a statement sees, and those found for other statements that see the same ones."""

    def __init__(self, env: Environment) -> None:
        self.env = env

    def of_class(self, name: str) -> tuple[Declared, ...]:
        """The instances of a class, the ones declared last first."""
        return self.env.instances(name)

    def found(self) -> dict[Term, Term | None]:
        """Goals with numbered variables, and what was found for them."""
        return self.env.found


class Context:
    """Variables with their types, metavariables with theirs, solutions that can be taken back.

    `at` is the offset of the node in work, for errors. `steps` bounds the work: a text that needs more is
    unsupported, so that none can make elaboration run on. `blocked` is the last definition without a known
    body that stood between two terms: when it is set, that they could not be unified means nothing.
    `reducible` is Lean's transparency inside instance search: only abbreviations are unfolded there, and
    metavariables older than `frozen` are not solved.
    """

    def __init__(
        self,
        env: Environment,
        position: Callable[[int], Position] | None = None,
        instances: Instances | None = None,
    ) -> None:
        self.env = env
        self.instances = instances or Instances(env)
        self.shower = Shower(env)
        self.types: dict[int, Term] = {}
        self.values: dict[int, Term] = {}
        self.meta_types: dict[int, Term] = {}
        self.solved: dict[int, Term] = {}
        self.limits: dict[int, int] = {}
        self.trail: list[tuple[int, int | None]] = []
        self.pending = NOTHING
        self.local_instances: list[Var] = []
        self.goals: list[Term] = []
        self.found: dict[Term, Term | None] = {}
        self.cut = False
        self.frozen = 0
        self.reducible = False
        self.blocked = ""
        self.at = -1
        self.steps = 0
        self._position = position

    # Errors

    def position(self, offset: int) -> Position | None:
        """Line and column of an offset; None where the text is not known."""
        return None if self._position is None or offset < 0 else self._position(offset)

    def unsupported(self, what: str, at: int | None = None, cause: Cause = "syntax") -> NoReturn:
        """Raise Unsupported at the node in work, or at an offset."""
        raise self.refusal(what, at, cause)

    def refusal(
        self, what: str, at: int | None = None, cause: Cause = "syntax", name: str | None = None
    ) -> Unsupported:
        """The error for what is not understood at the node in work, or at an offset."""
        return Unsupported(what, self.position(self.at if at is None else at), cause, name)

    def unknown(self, name: str, meant: Iterable[str] = ()) -> Unsupported:
        """The error for a name without a constant: with the reason where it, or what it meant, is one."""
        for each in (*meant, name):
            reason = self.env.failure(each)
            if reason is not None:
                text = f"{each}, whose declaration is not understood: {reason}"
                return self.refusal(text, cause=reason.cause, name=reason.name or each)
        return self.refusal(f"unknown name {name}", cause="unknown_name", name=name)

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
            raise self.unknown(name)
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

    def mark(self) -> Mark:
        """A point to which `undo` can return."""
        return len(self.trail), self.pending

    def undo(self, mark: Mark) -> None:
        """Forget every solution found since the mark; what was open then is open again."""
        length, self.pending = mark
        while len(self.trail) > length:
            id_, limit = self.trail.pop()
            if limit is None:
                del self.solved[id_]
            else:
                self.limits[id_] = limit

    def want(self, meta: Meta) -> None:
        """Let an instance be found for a metavariable, now or when more is known."""
        self.pending = self.pending.with_instance(Wanted(meta, self.at))

    def add_local_instance(self, var: Var) -> None:
        """Let a variable answer for its class from here on."""
        self.local_instances.append(var)
        self.found.clear()

    @contextmanager
    def searching(self, frozen: int, reducible: bool) -> Iterator[None]:
        """Solve no metavariable older than `frozen`; unfold only abbreviations where `reducible`."""
        before = self.frozen, self.reducible
        self.frozen, self.reducible = frozen, reducible
        try:
            yield
        finally:
            self.frozen, self.reducible = before

    def shown(self, term: Term) -> str:
        """The text of a term, for messages."""
        return self.shower.show(self.zonk(term))

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
