"""Substitution, β-reduction and small questions about core terms. Copies of binders get new variables."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import count

from leanmirror.bridge.core.term import (
    App,
    Const,
    Lam,
    Let,
    LetRec,
    Match,
    Meta,
    Pi,
    Proof,
    Term,
    Var,
    app,
    bound_by,
    children,
    mapped,
)

_ids = count(1)
new_id: Callable[[], int] = _ids.__next__
"""Ids of variables and metavariables, from one counter: what is older has the smaller id."""


def new_var(name: str) -> Var:
    """A variable that is no other."""
    return Var(new_id(), name)


def substitute(term: Term, by: dict[int, Term]) -> Term:
    """The term with variables replaced, by id; a function put at a head is applied."""
    if isinstance(term, Var):
        return by.get(term.id, term)
    if isinstance(term, App):
        return _in_application(term, by)
    if isinstance(term, (Lam, Pi, Let)):
        return _in_binder(term, by)
    if isinstance(term, Proof):
        type_ = substitute(term.type, by)
        return term if type_ is term.type else Proof(type_)
    if isinstance(term, (Match, LetRec)):
        return _in_many(term, by)
    return term


def _in_application(term: App, by: dict[int, Term]) -> Term:
    fn = substitute(term.fn, by)
    args = tuple([substitute(arg, by) for arg in term.args])
    if fn is term.fn:
        if all(new is old for new, old in zip(args, term.args, strict=True)):
            return term
        return App(fn, args)
    return beta(fn, args)


def _in_binder(term: Lam | Pi | Let, by: dict[int, Term]) -> Term:
    """Binders that do not change stay as they are; so do the variables of those that wait for a solution."""
    if not _touched(term, by):
        return term
    type_ = substitute(term.type, by)
    var = term.var
    if not has_metas(term.body):
        var = new_var(term.var.name)
        by = {**by, term.var.id: var}
    body = substitute(term.body, by)
    if isinstance(term, Lam):
        return Lam(var, type_, body)
    if isinstance(term, Pi):
        return Pi(var, type_, body, term.kind)
    return Let(var, type_, substitute(term.value, by), body)


def _in_many(term: Match | LetRec, by: dict[int, Term]) -> Term:
    """As in one binder; a variable that is bound here gets its new name where it is bound, too."""
    if not _touched(term, by):
        return term
    new = {var.id: new_var(var.name) for var in bound_by(term)}
    if any(isinstance(item, Meta) for item in subterms(term)):
        new = {}
    by = {**by, **new}
    changed = mapped(term, lambda each: substitute(each, by))
    if isinstance(changed, Match):
        branches = (
            replace(b, vars=tuple((new.get(v.id, v), t) for v, t in b.vars)) for b in changed.branches
        )
        return replace(changed, branches=tuple(branches))
    assert isinstance(changed, LetRec)
    return replace(changed, functions=tuple((new.get(v.id, v), t, e) for v, t, e in changed.functions))


def _touched(term: Term, by: dict[int, Term]) -> bool:
    if isinstance(term, Var):
        return term.id in by
    if isinstance(term, App):
        if _touched(term.fn, by):
            return True
        return any(_touched(arg, by) for arg in term.args)
    if isinstance(term, (Lam, Pi, Let, Proof, Match, LetRec)):
        return any(_touched(each, by) for each in children(term))
    return False


def beta(fn: Term, args: tuple[Term, ...]) -> Term:
    """The application, with as many arguments as possible put into leading lambdas."""
    by: dict[int, Term] = {}
    used = 0
    while used < len(args) and isinstance(fn, Lam):
        by[fn.var.id] = args[used]
        fn = fn.body
        used += 1
    if not used:
        return app(fn, *args)
    result = substitute(fn, by)
    return beta(result, args[used:]) if used < len(args) else result


def lambdas(vars_: list[tuple[Var, Term]], body: Term) -> Term:
    """`fun vars => body`."""
    for var, type_ in reversed(vars_):
        body = Lam(var, type_, body)
    return body


def subterms(term: Term) -> Iterator[Term]:
    """The term and everything in it, without recursion."""
    pending = [term]
    while pending:
        item = pending.pop()
        yield item
        pending.extend(children(item))


def mentions(term: Term, var: Var) -> bool:
    """Whether the variable occurs."""
    return any(isinstance(item, Var) and item.id == var.id for item in subterms(term))


def has_metas(term: Term) -> bool:
    """Whether anything is still to be found."""
    return any(isinstance(item, Meta) for item in subterms(term))


def head_name(term: Term) -> str:
    """The name of the constant at the head; empty when there is none."""
    fn = term.fn if isinstance(term, App) else term
    return fn.name if isinstance(fn, Const) else ""


def arguments(term: Term) -> tuple[Term, ...]:
    """The arguments of an application; none for anything else."""
    return term.args if isinstance(term, App) else ()
