"""Unification: definitional; abbreviations unfold only after the heads differ, sizes compute as in Lean."""

from __future__ import annotations

from leanmirror.bridge.core.arithmetic import NAT, is_arithmetic, nat_operation, operands
from leanmirror.bridge.core.context import Context
from leanmirror.bridge.core.infer import infer, is_prop
from leanmirror.bridge.core.naturals import expanded
from leanmirror.bridge.core.substitute import (
    arguments,
    has_metas,
    head_name,
    lambdas,
    new_var,
    substitute,
    subterms,
)
from leanmirror.bridge.core.term import (
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
    app,
    bound_by,
)
from leanmirror.bridge.core.whnf import as_offset, plus, unfold, whnf_core

ANY_SORT = Sort(-1)
"""`Sort u`: a proposition or a type."""


NAMES = {"+": "HAdd.hAdd", "*": "HMul.hMul"}


def _unify_nat(ctx: Context, left: Term, right: Term) -> bool:
    """Whether two natural numbers are the same by definition."""
    (a, i), (b, j) = as_offset(ctx, left), as_offset(ctx, right)
    common = min(i, j)
    i, j = i - common, j - common
    if i == j == 0:
        return (a is None and b is None) or _same_base(ctx, a, b)
    if j:
        a, i, b, j = b, j, a, i
    # a + i against b, where b has no constant part to take i from
    if b is None:
        return False
    if isinstance(b, Meta):
        return assign(ctx, b, plus(a, i))
    further = _further(ctx, b)
    if further is None:
        note_blocked(ctx, b)
        return False
    return _unify_nat(ctx, plus(a, i), further)


def _same_base(ctx: Context, a: Term | None, b: Term | None) -> bool:
    left, right = plus(a, 0), plus(b, 0)
    if isinstance(left, Meta) and isinstance(right, Meta) and left.id == right.id:
        return True
    if isinstance(left, Meta):
        return assign(ctx, left, right)
    if isinstance(right, Meta):
        return assign(ctx, right, left)
    first, second = operands(left), operands(right)
    if first is not None and second is not None and first[0] == second[0]:
        mark = ctx.mark()
        if unify(ctx, first[1], second[1]) and unify(ctx, first[2], second[2]):
            return True
        ctx.undo(mark)
    elif first is None and second is None:
        return _unify_plain(ctx, left, right)
    if second is None:  # a definition is unfolded before a product is multiplied out
        further = _further(ctx, right)
        if further is not None:
            return _unify_nat(ctx, left, further)
    further = _further(ctx, left)
    if further is not None:
        return _unify_nat(ctx, further, right)
    further = _further(ctx, right)
    if further is None:
        note_blocked(ctx, left)
        note_blocked(ctx, right)
        return False
    return _unify_nat(ctx, left, further)


def _further(ctx: Context, term: Term) -> Term | None:
    ctx.step()
    found = operands(term)
    if found is None:
        return unfold(ctx, term)
    symbol, left, right = found
    if symbol in NAMES:
        base, offset = as_offset(ctx, right)
        computed = None if base is None or operands(base) is not None else unfold(ctx, base)
        if computed is not None:
            return nat_operation(NAMES[symbol], left, plus(computed, offset))
    return expanded(ctx, term)


def unify(ctx: Context, left: Term, right: Term) -> bool:
    """Whether two terms are the same; what was solved is taken back if they are not."""
    mark = ctx.mark()
    if _unify(ctx, left, right):
        return True
    ctx.undo(mark)
    return False


def _unify(ctx: Context, left: Term, right: Term) -> bool:
    left, right = ctx.shallow(left), ctx.shallow(right)
    if left is right:
        return True
    if isinstance(left, Meta):
        if isinstance(right, Meta) and right.id == left.id:
            return True
        return _assign_either(ctx, left, right)
    if isinstance(right, Meta):
        return assign(ctx, right, left)
    if isinstance(left, Var) and isinstance(right, Var) and left.id == right.id:
        return True
    if isinstance(left, Const) and isinstance(right, Const) and left.name == right.name:
        return True
    ctx.step()
    if is_arithmetic(left) or is_arithmetic(right):
        return _unify_nat(ctx, _as_number(ctx, left), _as_number(ctx, right))
    return _unify_plain(ctx, left, right)


def _as_number(ctx: Context, term: Term) -> Term:
    """A numeral of a type that is not known yet, met by a natural number, is one: `2 < 3` met `2 < 3`."""
    if isinstance(term, App) and head_name(term) == "OfNat.ofNat":
        type_ = ctx.shallow(term.args[0])
        if isinstance(type_, Meta):
            assign(ctx, type_, NAT)
        return ctx.zonk(term)
    return term


def _assign_either(ctx: Context, left: Meta, right: Term) -> bool:
    if isinstance(right, Meta) and right.id > left.id:
        return assign(ctx, right, left)
    return assign(ctx, left, right)


def _unify_plain(ctx: Context, left: Term, right: Term) -> bool:
    left, right = whnf_core(ctx, left), whnf_core(ctx, right)
    if isinstance(left, Meta) or isinstance(right, Meta):
        return _unify(ctx, left, right)
    if isinstance(left, Sort) and isinstance(right, Sort):
        return left.level == right.level or -1 in (left.level, right.level)
    if isinstance(left, Lit) and isinstance(right, Lit):
        return left.value == right.value
    if isinstance(left, Str) and isinstance(right, Str):
        return left.value == right.value
    if isinstance(left, Match) and isinstance(right, Match):
        return _matches(ctx, left, right)
    if isinstance(left, Lam) and isinstance(right, Lam):
        return _unify_binders(ctx, left, right)
    if isinstance(left, Pi) and isinstance(right, Pi):
        return _unify_binders(ctx, left, right)
    if isinstance(left, Lam):
        return _eta(ctx, left, right)
    if isinstance(right, Lam):
        return _eta(ctx, right, left)
    if isinstance(left, App) and isinstance(left.fn, Meta):
        return _flexible(ctx, left, left.fn, right)
    if isinstance(right, App) and isinstance(right.fn, Meta):
        return _flexible(ctx, right, right.fn, left)
    if isinstance(left, Proof) or isinstance(right, Proof):
        return True
    return _rigid(ctx, left, right)


def _unify_binders(ctx: Context, left: Lam | Pi, right: Lam | Pi) -> bool:
    if not _unify(ctx, left.type, right.type):
        return False
    first, second = ctx.zonk(left.body), ctx.zonk(right.body)
    if has_metas(first) or has_metas(second):
        # a solution found later may mention the variable of the left binder: it has to stay
        ctx.types[left.var.id] = left.type
        return _unify(ctx, first, substitute(second, {right.var.id: left.var}))
    var = new_var(left.var.name)
    ctx.types[var.id] = left.type
    return _unify(ctx, substitute(first, {left.var.id: var}), substitute(second, {right.var.id: var}))


def _matches(ctx: Context, left: Match, right: Match) -> bool:
    """Two matches that do not compute: one only where they are the same up to variables."""
    if [len(b.vars) for b in left.branches] != [len(b.vars) for b in right.branches]:
        return False
    if len(left.scrutinees) != len(right.scrutinees):
        return False
    if not all(_unify(ctx, x, y) for x, y in zip(left.scrutinees, right.scrutinees, strict=True)):
        return False
    for one, other in zip(left.branches, right.branches, strict=True):
        pairs = zip(one.vars, other.vars, strict=True)
        by: dict[int, Term] = {}
        for (var, type_), (twin, _) in pairs:
            ctx.types[var.id] = type_
            by[twin.id] = var
        patterns = (substitute(each, by) for each in other.patterns)
        if not all(_unify(ctx, x, y) for x, y in zip(one.patterns, patterns, strict=True)):
            return False
        if not _unify(ctx, one.body, ctx.put(other.body, by)):
            return False
    return True


def _eta(ctx: Context, function: Lam, other: Term) -> bool:
    var, body = ctx.open(function)
    if isinstance(other, (Sort, Pi, Lit)):
        return False
    return _unify(ctx, body, app(other, var))


def _rigid(ctx: Context, left: Term, right: Term) -> bool:
    """Two terms with heads that are known."""
    f, xs = (left.fn, left.args) if isinstance(left, App) else (left, ())
    g, ys = (right.fn, right.args) if isinstance(right, App) else (right, ())
    same = (isinstance(f, Const) and isinstance(g, Const) and f.name == g.name) or (
        isinstance(f, Var) and isinstance(g, Var) and f.id == g.id
    )
    if same and len(xs) == len(ys):
        mark = ctx.mark()
        if _arguments(ctx, f, xs, ys):
            return True
        ctx.undo(mark)
    return _delta(ctx, left, right, f, g) or _proofs(ctx, left, right)


def _arguments(ctx: Context, fn: Term, xs: tuple[Term, ...], ys: tuple[Term, ...]) -> bool:
    """Explicit arguments first; two instances of one class at one type are taken to be the same."""
    declared = ctx.env.lookup(fn.name) if isinstance(fn, Const) else None
    if declared is None or all(kind == "explicit" for kind in declared.kinds[: len(xs)]):
        return all(_unify(ctx, x, y) for x, y in zip(xs, ys, strict=True))
    kinds = declared.kinds
    later = []
    for i, (x, y) in enumerate(zip(xs, ys, strict=True)):
        if i < len(kinds) and kinds[i] != "explicit":
            later.append(i)
        elif not _unify(ctx, x, y):
            return False
    if not all(_unify(ctx, xs[i], ys[i]) for i in later if kinds[i] != "instance"):
        return False
    for i in later:
        if kinds[i] == "instance":
            unify(ctx, xs[i], ys[i])
    return True


def _delta(ctx: Context, left: Term, right: Term, f: Term, g: Term) -> bool:
    """Unfold the side that is further from the axioms; both when they are as far."""
    a = unfold(ctx, left, ctx.reducible)
    b = unfold(ctx, right, ctx.reducible)
    if a is None and b is None:
        note_blocked(ctx, left)
        note_blocked(ctx, right)
        return False
    if a is not None and b is not None:
        first, second = _height(ctx, f), _height(ctx, g)
        if first > second:
            return _unify(ctx, a, right)
        if first < second:
            return _unify(ctx, left, b)
        return _unify(ctx, a, b)
    return _unify(ctx, a or left, b or right)


def _height(ctx: Context, fn: Term) -> tuple[bool, int]:
    if isinstance(fn, Const):
        declared = ctx.env.lookup(fn.name)
        if declared is not None:
            return declared.reducible, declared.height
    return True, 1 << 30


def note_blocked(ctx: Context, term: Term) -> None:
    """Look at the head, and at what keeps a projection, a recursion or arithmetic from computing."""
    term = ctx.shallow(term)
    declared = ctx.env.lookup(head_name(term))
    found = operands(term)
    if found is not None:
        note_blocked(ctx, found[1])
        note_blocked(ctx, found[2])
    elif declared is not None and declared.opaque:
        ctx.blocked = declared.name
    elif declared is not None and (declared.kind in ("projection", "recursor") or declared.body is not None):
        for arg in arguments(term):
            if head_name(arg) != head_name(term):
                note_blocked(ctx, arg)


def _proofs(ctx: Context, left: Term, right: Term) -> bool:
    """Two proofs of one proposition are the same."""
    if not isinstance(left, (Var, App)) or not isinstance(right, (Var, App, Const)):
        return False
    type_ = infer(ctx, left)
    return is_prop(ctx, type_) and _unify(ctx, type_, infer(ctx, right))


def _flexible(ctx: Context, applied: App, meta: Meta, other: Term) -> bool:
    """`?f x y` against a term: a function of distinct variables, else argument by argument."""
    if isinstance(other, App) and isinstance(other.fn, Meta) and other.fn.id == meta.id:
        return len(other.args) == len(applied.args) and all(
            _unify(ctx, x, y) for x, y in zip(applied.args, other.args, strict=True)
        )
    args = [ctx.shallow(arg) for arg in applied.args]
    variables = [arg for arg in args if isinstance(arg, Var) and arg.id not in ctx.values]
    if len(variables) == len(args) == len({var.id for var in variables}):
        other = ctx.zonk(other)
        fresh = [(new_var(var.name), ctx.types[var.id]) for var in variables]
        by: dict[int, Term] = {old.id: new for old, (new, _) in zip(variables, fresh, strict=True)}
        for var, type_ in fresh:
            ctx.types[var.id] = type_
        own = {var.id for var, _ in fresh}
        return assign(ctx, meta, lambdas(fresh, substitute(other, by)), own)
    if isinstance(other, App) and len(other.args) >= len(args):
        split = len(other.args) - len(args)
        head = app(other.fn, *other.args[:split])
        return all(_unify(ctx, x, y) for x, y in zip(args, other.args[split:], strict=True)) and _unify(
            ctx, meta, head
        )
    return False


def assign(ctx: Context, meta: Meta, term: Term, own: set[int] | None = None) -> bool:
    """Solve a metavariable, if the term may be its solution and it may be solved now."""
    if meta.id < ctx.frozen:
        return False
    term = ctx.zonk(term)
    if not _in_scope(ctx, meta, term, own or set()):
        unfolded = _without_lets(ctx, term)
        if unfolded is None or not _in_scope(ctx, meta, unfolded, own or set()):
            return False
        term = unfolded
    expected = ctx.zonk(ctx.meta_types[meta.id])
    if not isinstance(expected, Sort) and has_metas(expected) and not _unify(ctx, expected, infer(ctx, term)):
        return False
    if meta.id in ctx.solved:
        return _unify(ctx, meta, term)
    ctx.solve(meta, term)
    return True


def _in_scope(ctx: Context, meta: Meta, term: Term, own: set[int]) -> bool:
    """Whether the term does not hold the metavariable, nor a variable that is not in its scope."""
    limit = ctx.limits.get(meta.id, meta.id)
    inner: list[Meta] = []
    bound = own
    for item in subterms(term):
        if isinstance(item, (Lam, Pi, Let, Match, LetRec)):
            bound = bound | {var.id for var in bound_by(item)}
        elif isinstance(item, Meta):
            if item.id == meta.id:
                return False
            if item.id > limit:
                inner.append(item)
        elif isinstance(item, Var) and item.id > limit and item.id not in bound:
            return False
    for each in inner:
        ctx.restrict(each, limit)
    return True


def _without_lets(ctx: Context, term: Term) -> Term | None:
    """The term with the variables of `let` replaced by their values; None where there are none."""
    by = {
        item.id: ctx.values[item.id]
        for item in subterms(term)
        if isinstance(item, Var) and item.id in ctx.values
    }
    return ctx.zonk(substitute(term, by)) if by else None
