"""Computing with terms: β, `let`, projections, recursors, definitions, numbers by base and offset.

`n + 0`, `n + 1` and `n * 2` compute on their second argument; `0 + n`, `1 * n` and `m * n` do not.
"""

from __future__ import annotations

from leanmirror.bridge.core.arithmetic import is_arithmetic, nat_operation, numeral, operands
from leanmirror.bridge.core.context import Context
from leanmirror.bridge.core.environment import Declared, Family
from leanmirror.bridge.core.substitute import arguments, beta, head_name, mentions, substitute
from leanmirror.bridge.core.term import App, Const, Lam, Let, Lit, Match, Proof, Term, Var, app

NAT_ZERO, NAT_SUCC = Const("Nat.zero"), Const("Nat.succ")


MOST_DIGITS = 4_000


def whnf_core(ctx: Context, term: Term) -> Term:
    """The head as far as it computes without unfolding a definition."""
    while True:
        term = ctx.shallow(term)
        if isinstance(term, Let):
            term = ctx.put(term.body, {term.var.id: term.value})
            continue
        if isinstance(term, Match):
            chosen = chosen_branch(ctx, term)
            if chosen is None:
                return term
            term = chosen
            continue
        if not isinstance(term, App):
            return term
        fn = term.fn
        if isinstance(fn, Const):
            found = _computed(ctx, fn, term.args)
            if found is None:
                return term
            term = found
        elif isinstance(fn, Var):
            return term
        elif isinstance(fn, Match):
            chosen = chosen_branch(ctx, fn)
            if chosen is None:
                return term
            term = beta(chosen, term.args)
        else:
            reduced = beta(ctx.zonk(fn), term.args)
            if isinstance(reduced, App) and reduced.fn is fn and reduced.args == term.args:
                return term
            term = reduced


def chosen_branch(ctx: Context, term: Match) -> Term | None:
    """The body of the branch that fits; None where a scrutinee does not compute far enough to tell."""
    for branch in term.branches:
        own = {var.id for var, _ in branch.vars}
        by: dict[int, Term] = {}
        fits: bool | None = True
        for pattern, value in zip(branch.patterns, term.scrutinees, strict=True):
            fits = fits and _fits(ctx, pattern, value, own, by)
        if fits is None:
            return None
        if fits:
            return ctx.put(branch.body, by)
    return None


def _fits(ctx: Context, pattern: Term, value: Term, own: set[int], by: dict[int, Term]) -> bool | None:
    """Whether a value has the form of a pattern; None where that is not known."""
    ctx.step()
    if isinstance(pattern, Proof):
        return True
    if isinstance(pattern, Var) and pattern.id in own:
        by[pattern.id] = value
        return True
    if isinstance(pattern, Lit) or head_name(pattern) == "Nat.succ":
        return _fits_number(ctx, pattern, value, own, by)
    family = _family_of(ctx, head_name(pattern))
    if family is None:
        return None
    made = _constructor(ctx, value, family)
    if made is None:
        return None
    if made[0] != head_name(pattern):
        return False
    inner = arguments(pattern)[family.params :]
    for each, part in zip(inner, made[1][family.params :], strict=True):
        fits = _fits(ctx, each, part, own, by)
        if not fits:
            return fits
    return True


def _fits_number(ctx: Context, pattern: Term, value: Term, own: set[int], by: dict[int, Term]) -> bool | None:
    base, offset = as_offset(ctx, whnf(ctx, value))
    while head_name(pattern) == "Nat.succ":
        if not offset:
            return None if base is not None else False
        pattern, offset = arguments(pattern)[0], offset - 1
    if isinstance(pattern, Lit):
        if base is None:
            return offset == pattern.value
        return False if offset > pattern.value else None
    return _fits(ctx, pattern, plus(base, offset), own, by)


def _family_of(ctx: Context, constructor: str) -> Family | None:
    declared = ctx.env.lookup(constructor) if constructor else None
    if declared is None or declared.kind != "constructor":
        return None
    return ctx.env.family(declared.parent)


def _computed(ctx: Context, fn: Const, args: tuple[Term, ...]) -> Term | None:
    declared = ctx.env.lookup(fn.name)
    if declared is None or not declared.parent:
        return None
    if declared.kind == "projection":
        return projected_field(ctx, declared, args, deep=False)
    if declared.kind == "recursor":
        return _recursed(ctx, declared, args)
    return None


def projected_field(ctx: Context, declared: Declared, args: tuple[Term, ...], deep: bool) -> Term | None:
    """A field of a value that is written out; `deep` unfolds definitions and instances to find it."""
    family = ctx.env.family(declared.parent)
    if family is None or len(args) <= family.params or (family.is_class and not deep):
        return None
    value = args[family.params] if deep else whnf_core(ctx, args[family.params])
    if not deep and head_name(value) not in family.constructors:
        return None
    made = _constructor(ctx, value, family)
    if made is None:
        return None
    return beta(made[1][family.params + declared.index], args[family.params + 1 :])


def _constructor(ctx: Context, term: Term, family: Family) -> tuple[str, tuple[Term, ...]] | None:
    """The constructor that a term computes to, and its arguments."""
    if family.name == "Nat":
        return _nat_constructor(ctx, term)
    term = whnf(ctx, term)
    fn, args = (term.fn, term.args) if isinstance(term, App) else (term, ())
    if isinstance(fn, Const) and fn.name in family.constructors:
        return fn.name, args
    return None


def _nat_constructor(ctx: Context, term: Term) -> tuple[str, tuple[Term, ...]] | None:
    base, offset = as_offset(ctx, whnf(ctx, term))
    if offset:
        return "Nat.succ", (plus(base, offset - 1),)
    return ("Nat.zero", ()) if base is None else None


def _recursed(ctx: Context, declared: Declared, args: tuple[Term, ...]) -> Term | None:
    """`T.rec motive minors (constructor fields)` is the minor premise of that constructor."""
    family = ctx.env.family(declared.parent)
    if family is None:
        return None
    major = family.params + 1 + len(family.constructors)
    if len(args) <= major:
        return None
    made = _constructor(ctx, args[major], family)
    if made is None:
        return None
    number = family.constructors.index(made[0])
    fields = made[1][family.params :] if family.name != "Nat" else made[1]
    before = args[:major]
    recursive = [
        App(Const(declared.name), (*before, each))
        for each, is_recursive in zip(fields, ctx.env.recursive(made[0]), strict=True)
        if is_recursive
    ]
    return beta(args[family.params + 1 + number], (*fields, *recursive, *args[major + 1 :]))


def unfold(ctx: Context, term: Term, reducible: bool = False) -> Term | None:
    """The term with the definition at its head unfolded once; None where there is none to unfold.

    A definition by recursion that does not compute stays folded, as Lean keeps it.
    """
    fn, args = (term.fn, term.args) if isinstance(term, App) else (term, ())
    if isinstance(fn, Var):
        value = ctx.values.get(fn.id)
        return None if value is None else beta(value, args)
    if not isinstance(fn, Const):
        return None
    declared = ctx.env.lookup(fn.name)
    if declared is None or is_arithmetic(term):
        return None
    if declared.kind == "projection":
        return projected_field(ctx, declared, args, deep=True)
    if declared.opaque and not reducible:
        declared = ctx.env.completed(declared)
    if declared.body is None or (reducible and not declared.reducible):
        return None
    if len(args) < declared.arity:
        return eta_reduced(beta(declared.body, args)) if declared.reducible else None
    ctx.step()
    if declared.recursion is not None:
        return _unrolled(ctx, declared, declared.recursion, args)
    found = whnf_core(ctx, beta(declared.body, args))
    return None if _stuck(ctx, found) else found


def _unrolled(ctx: Context, declared: Declared, at: int, args: tuple[Term, ...]) -> Term | None:
    """One step of a definition by recursion on its argument number `at`; its own calls stay folded."""
    body: Term | None = declared.body
    by: dict[int, Term] = {}
    for arg in args[: declared.arity]:
        assert isinstance(body, Lam)
        by[body.var.id], body = arg, body.body
    assert isinstance(body, App)
    assert isinstance(body.fn, Const)
    rec = ctx.constant(body.fn.name)
    family = ctx.env.family(rec.parent)
    made = None if family is None else _constructor(ctx, args[at], family)
    if family is None or made is None:
        return None
    number = family.constructors.index(made[0])
    fields = made[1][family.params :] if family.name != "Nat" else made[1]
    again = [
        app(Const(declared.name), *args[:at], each, *args[at + 1 : declared.arity])
        for each, is_recursive in zip(fields, ctx.env.recursive(made[0]), strict=True)
        if is_recursive
    ]
    minor = substitute(body.args[family.params + 1 + number], by)
    more = tuple(substitute(each, by) for each in body.args[family.params + 2 + len(family.constructors) :])
    return whnf_core(ctx, beta(minor, (*fields, *again, *more, *args[declared.arity :])))


def _stuck(ctx: Context, term: Term) -> bool:
    fn = term.fn if isinstance(term, App) else term
    if isinstance(fn, Match):
        return True
    if not isinstance(fn, Const):
        return False
    declared = ctx.env.lookup(fn.name)
    return declared is not None and declared.kind == "recursor"


def whnf(ctx: Context, term: Term, reducible: bool = False) -> Term:
    """The head as far as definitions allow; only abbreviations are unfolded when `reducible`."""
    while True:
        term = whnf_core(ctx, term)
        found = unfold(ctx, term, reducible)
        if found is None:
            return term
        term = found


def as_offset(ctx: Context, term: Term) -> tuple[Term | None, int]:
    """A natural number as base and constant: `n + 2` is (n, 2), `3` is (None, 3)."""
    term = whnf_core(ctx, term)
    value = numeral(term)
    if value is not None:
        return None, value
    if isinstance(term, Const) and term.name == "Nat.zero":
        return None, 0
    if isinstance(term, App) and isinstance(term.fn, Const) and term.fn.name == "Nat.succ":
        base, offset = as_offset(ctx, term.args[0])
        return base, offset + 1
    found = operands(term)
    if found is None:
        return term, 0
    return _operated(ctx, term, *found)


def _operated(ctx: Context, term: Term, symbol: str, left: Term, right: Term) -> tuple[Term | None, int]:
    base, offset = as_offset(ctx, right)
    if symbol == "+":
        if base is None:
            first, more = as_offset(ctx, left)
            return first, more + offset
        return (nat_operation("HAdd.hAdd", left, base), offset) if offset else (term, 0)
    if symbol == "*" and base is None and offset == 0:
        return None, 0
    if symbol == "-" and base is None and offset == 0:
        return as_offset(ctx, left)
    first, more = as_offset(ctx, left)
    if base is not None or first is not None:
        return term, 0
    return _computed_number(term, symbol, more, offset)


def _computed_number(term: Term, symbol: str, left: int, right: int) -> tuple[Term | None, int]:
    if symbol == "*":
        return (None, left * right) if left.bit_length() + right.bit_length() < MOST_DIGITS else (term, 0)
    if symbol == "-":
        return None, max(left - right, 0)
    if symbol == "/":
        return None, left // right if right else 0
    return None, left % right if right else left


def plus(base: Term | None, offset: int) -> Term:
    """The natural number that `as_offset` splits so."""
    if base is None:
        return Lit(offset)
    return nat_operation("HAdd.hAdd", base, Lit(offset)) if offset else base


def eta_reduced(term: Term) -> Term | None:
    """`f a` of `fun x => f a x`, for one variable or more; None for another function."""
    variables: list[Var] = []
    while isinstance(term, Lam):
        variables.append(term.var)
        term = term.body
    count = len(variables)
    if not isinstance(term, App) or not count or tuple(term.args[-count:]) != tuple(variables):
        return None
    found = app(term.fn, *term.args[:-count])
    return None if any(mentions(found, var) for var in variables) else found
