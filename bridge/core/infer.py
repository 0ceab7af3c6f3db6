"""Types of terms that are known to be well-typed."""

from __future__ import annotations

from leanmirror.bridge.core.arithmetic import NAT
from leanmirror.bridge.core.context import STRING, Context
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
)
from leanmirror.bridge.core.whnf import whnf


def infer(ctx: Context, term: Term) -> Term:
    """The type of a term that is known to be well-typed."""
    term = ctx.shallow(term)
    match term:
        case Var(id_, _):
            return ctx.types[id_]
        case Meta(id_):
            return ctx.meta_types[id_]
        case Const(name):
            return ctx.constant(name).type
        case App(fn, args):
            return applied_type(ctx, infer(ctx, fn), args)
        case Lit() | Str():
            return NAT if isinstance(term, Lit) else STRING
        case LetRec(functions, body):
            for var, kind, _ in functions:
                ctx.types[var.id] = kind
            return infer(ctx, body)
        case Sort():
            return TYPE
        case Proof(type_) | Match(type=type_):
            return type_
        case Lam(var, type_, body):
            ctx.types[var.id] = type_
            return Pi(var, type_, infer(ctx, body))
        case Pi(var, type_, body):
            ctx.types[var.id] = type_
            return PROP if is_sort(ctx, infer(ctx, body), 0) else TYPE
        case Let(var, type_, value, body):
            ctx.types[var.id] = type_
            ctx.values[var.id] = value
            return ctx.put(infer(ctx, body), {var.id: value})
    raise ctx.refusal("a term of no known form")


def applied_type(ctx: Context, type_: Term, args: tuple[Term, ...]) -> Term:
    """The type of a function of that type, applied."""
    by: dict[int, Term] = {}
    for arg in args:
        if not isinstance(type_, Pi):
            type_ = whnf(ctx, ctx.put(type_, by))
            by = {}
        if not isinstance(type_, Pi):
            ctx.ill_typed("something that is no function is applied")
        by[type_.var.id] = arg
        type_ = type_.body
    return ctx.put(type_, by)


def is_sort(ctx: Context, term: Term, level: int) -> bool:
    """Whether a term is that sort."""
    found = whnf(ctx, term)
    return isinstance(found, Sort) and found.level == level


def is_prop(ctx: Context, type_: Term) -> bool:
    """Whether a type is a proposition."""
    return is_sort(ctx, infer(ctx, type_), 0)
