"""Instance arguments: the instance of a class that Lean would find, the one declared last first.

Local instances come first, then those of the environment that the statement sees.
"""

from __future__ import annotations

from dataclasses import replace

from leanmirror.bridge.core.context import Context
from leanmirror.bridge.core.infer import infer
from leanmirror.bridge.core.substitute import has_metas, head_name, new_id, substitute, subterms
from leanmirror.bridge.core.term import App, Const, Lam, Let, Meta, Pi, Term, Var, app
from leanmirror.bridge.core.unify import unify
from leanmirror.bridge.core.whnf import unfold

MOST_NESTED = 24


def synthesize(ctx: Context, goal: Term) -> Term | None:
    """The instance of a class; None where there is none, or not before more is known of the goal.

    Metavariables of the statement, which are older, are not solved on the way.
    """
    goal = ctx.zonk(goal)
    if _too_early(ctx, goal):
        return None
    with ctx.searching(frozen=new_id(), reducible=True):
        return _search(ctx, goal)


def _too_early(ctx: Context, goal: Term) -> bool:
    """Whether nothing is known of the first type that a class is asked for and does not decide."""
    while isinstance(goal, Pi):
        goal = goal.body
    if not isinstance(goal, App) or not isinstance(goal.fn, Const):
        return False
    family = ctx.env.family(goal.fn.name) if isinstance(goal.args[0], Meta) else None
    outs = frozenset[int]() if family is None else family.outs
    return isinstance(next((arg for i, arg in enumerate(goal.args) if i not in outs), None), Meta)


def _search(ctx: Context, goal: Term) -> Term | None:
    """The instance of a goal, remembered: for this statement, and where no local ones count for all."""
    if ctx.local_instances or ctx.env.busy:
        return _remembered(ctx, goal, goal, [], ctx.found)
    key = _key(ctx, goal)
    if key is None:
        return _attempt(ctx, goal)
    return _remembered(ctx, goal, key[0], key[1], ctx.instances.found())


def _remembered(
    ctx: Context, goal: Term, key: Term, variables: list[Var], found: dict[Term, Term | None]
) -> Term | None:
    if key in found:
        known = found[key]
        if known is None or not variables:
            return known
        return substitute(known, {-1 - i: var for i, var in enumerate(variables)})
    cut, ctx.cut = ctx.cut, False
    result = _attempt(ctx, goal)
    open_ = has_metas(goal) or (result is not None and has_metas(result))
    if open_ or (result is None and ctx.cut and ctx.goals):
        pass  # more may be known, or a circle may be gone, when it is asked again
    elif result is None or not variables:
        found[key] = result
    else:
        by: dict[int, Term] = {var.id: Var(-1 - i, var.name) for i, var in enumerate(variables)}
        found[key] = substitute(result, by)
    ctx.cut = ctx.cut or cut
    return result


def _attempt(ctx: Context, goal: Term) -> Term | None:
    if len(ctx.goals) >= MOST_NESTED or goal in ctx.goals:
        ctx.cut = True
        return None
    ctx.goals.append(goal)
    try:
        return _searched(ctx, goal)
    finally:
        ctx.goals.pop()


def _key(ctx: Context, goal: Term) -> tuple[Term, list[Var]] | None:
    """The goal with its variables numbered, and these; None when it holds what others may change."""
    variables: list[Var] = []
    numbers: dict[int, Term] = {}
    for item in subterms(goal):
        if isinstance(item, (Meta, Lam, Pi, Let)):
            return None
        if isinstance(item, Var) and item.id not in numbers:
            if item.id in ctx.values:
                return None
            numbers[item.id] = Var(-1 - len(variables), item.name)
            variables.append(item)
    return substitute(goal, numbers) if variables else goal, variables


def _searched(ctx: Context, goal: Term) -> Term | None:
    if isinstance(goal, Pi):
        var, body = ctx.open(goal)
        found = _search(ctx, body)
        return None if found is None else Lam(var, goal.type, found)
    name = head_name(goal)
    family = ctx.env.family(name) if name else None
    if family is None or not family.is_class:
        further = unfold(ctx, goal, reducible=True)
        return None if further is None else _search(ctx, ctx.zonk(further))
    wanted, outs = _without_outs(ctx, goal, family.outs)
    for var in reversed(ctx.local_instances):
        mark = ctx.mark()
        found = _by(ctx, var, ctx.types[var.id], wanted)
        if found is not None and _outs_fit(ctx, outs):
            return found
        ctx.undo(mark)
    for declared in ctx.instances.of_class(name):
        mark = ctx.mark()
        found = _by(ctx, Const(declared.name), declared.type, wanted)
        if found is not None and _outs_fit(ctx, outs):
            return found
        ctx.undo(mark)
    return None


def _without_outs(
    ctx: Context, goal: Term, positions: frozenset[int]
) -> tuple[Term, list[tuple[Term, Term]]]:
    """The goal with new metavariables for what the class decides, and these with what stood there."""
    if not positions or not isinstance(goal, App):
        return goal, []
    args: list[Term] = []
    outs: list[tuple[Term, Term]] = []
    by: dict[int, Term] = {}
    type_ = infer(ctx, goal.fn)
    for i, arg in enumerate(goal.args):
        assert isinstance(type_, Pi)
        if i in positions:
            arg = ctx.meta(substitute(type_.type, by))  # noqa: PLW2901  # what stood there is decided anew
            outs.append((arg, goal.args[i]))
        args.append(arg)
        by[type_.var.id] = arg
        type_ = type_.body
    return App(goal.fn, tuple(args)), outs


def _outs_fit(ctx: Context, outs: list[tuple[Term, Term]]) -> bool:
    """Whether what the class decides is what stood there: there the statement may be solved."""
    if not outs:
        return True
    with ctx.searching(frozen=0, reducible=False):
        return all(unify(ctx, meta, arg) for meta, arg in outs)


def _by(ctx: Context, fn: Term, type_: Term, goal: Term) -> Term | None:
    """An instance from one that is there, with its own instance arguments found."""
    if _conclusion(type_) != head_name(goal):
        return None
    ctx.step()
    type_ = type_ if isinstance(fn, Const) else ctx.zonk(type_)
    by: dict[int, Term] = {}
    args: list[Term] = []
    needed: list[Meta] = []
    while isinstance(type_, Pi):
        meta = Meta(new_id())
        ctx.meta_types[meta.id] = substitute(type_.type, by)
        if type_.kind == "instance":
            needed.append(meta)
        by[type_.var.id] = meta
        args.append(meta)
        type_ = type_.body
    if not unify(ctx, substitute(type_, by), goal):
        return None
    for meta in needed:
        if meta.id not in ctx.solved:
            found = _search(ctx, ctx.zonk(ctx.meta_types[meta.id]))
            if found is None:
                return None
            ctx.solve(meta, found)
    return ctx.zonk(app(fn, *args))


def _conclusion(type_: Term) -> str:
    """The name at the head of what a function gives in the end."""
    while isinstance(type_, Pi):
        type_ = type_.body
    return head_name(type_)


def synthesize_pending(ctx: Context) -> bool:
    """Try again what waits for more to be known; whether anything was found."""
    found = False
    wanted = ctx.pending.instances
    ctx.pending = replace(ctx.pending, instances=())
    for each in wanted:
        if _instance(ctx, each.meta):
            found = True
        else:
            ctx.pending = ctx.pending.with_instance(each)
    postponed = ctx.pending.postponed
    ctx.pending = replace(ctx.pending, postponed=())
    for part in postponed:
        if part.waits():
            ctx.pending = ctx.pending.with_postponed(part)
        else:
            part.resume()
            found = True
    return found


def _instance(ctx: Context, meta: Meta) -> bool:
    if meta.id in ctx.solved:
        return True
    goal = ctx.zonk(ctx.meta_types[meta.id])
    instance = synthesize(ctx, goal)
    if instance is None:
        return False
    if has_metas(goal):  # the class may depend on an instance that only this one tells
        unify(ctx, infer(ctx, instance), goal)
    if meta.id not in ctx.solved:
        ctx.solve(meta, instance)
    return True
