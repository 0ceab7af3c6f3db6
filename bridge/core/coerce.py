"""Coercions: what Lean inserts when a term has another type than the one expected."""

from __future__ import annotations

from typing import NoReturn

from leanmirror.bridge.core.context import Context
from leanmirror.bridge.core.infer import infer
from leanmirror.bridge.core.instances import synthesize, synthesize_pending
from leanmirror.bridge.core.naturals import polynomial
from leanmirror.bridge.core.substitute import arguments, has_metas, head_name, subterms
from leanmirror.bridge.core.term import TYPE, App, Const, Meta, Pi, Proof, Sort, Term, Var, const
from leanmirror.bridge.core.unify import unify
from leanmirror.bridge.core.whnf import projected_field, unfold, whnf

COERCIONS = ("Coe", "CoeTail", "CoeHead", "CoeOut", "CoeTC", "CoeHTCT", "CoeDep", "CoeT", "CoeSort", "CoeFun")
"""Classes of coercions. Those with a field `coe` of one argument are looked up one after another."""

NUMBERS = (Const("Nat"), Const("Int"), Const("Rat"))
WITH_CASTS = ("Matrix", "Prod", "ContinuousLinearMap", "LinearMap")
"""Types to which Mathlib casts numbers under conditions that we do not know in full."""

NO_FUNCTIONS = frozenset(
    ("Real", "Nat", "Int", "Rat", "Bool", "Fin", "Prod", "List", "Option", "String", "WithLp", "Spec.Shape")
)
"""Types of which we know that their values are no functions and coerce to none."""


def fitted(ctx: Context, term: Term, found: Term, expected: Term) -> Term:
    """The term as one of the expected type. Raises IllTyped, or Unsupported where that cannot be told."""
    ctx.blocked = ""
    if unify(ctx, found, expected):
        return term
    blocked = ctx.blocked
    result = coerce(ctx, term, found, expected)
    if result is None:
        synthesize_pending(ctx)
        if unify(ctx, found, expected):
            return term
        result = coerce(ctx, term, found, expected)
    if result is None:
        ctx.blocked = blocked
        mismatch(ctx, found, expected)
    return result


def coerce(ctx: Context, term: Term, found: Term, expected: Term) -> Term | None:
    """The term with a coercion to the expected type; None where there is none."""
    found, expected = ctx.zonk(found), ctx.zonk(expected)
    if isinstance(found, Meta) or isinstance(expected, Meta):
        return None
    target = whnf(ctx, expected, reducible=True)
    if isinstance(target, Pi):
        function = as_function(ctx, term, found)
        return function[0] if function is not None and unify(ctx, function[1], target) else None
    if isinstance(target, Sort):
        if target.level == 0 and whnf(ctx, found) == Const("Bool"):
            return const("Eq", Const("Bool"), term, Const("Bool.true"))
        return None if target.level == 0 else _as_type(ctx, term, found)
    if found == Sort(0) and target == Const("Bool"):
        return _decided(ctx, term)
    return _by_class(ctx, term, found, expected)


def _as_type(ctx: Context, term: Term, found: Term) -> Term | None:
    """A set as the type of its members, and its like."""
    if ctx.env.lookup("CoeSort") is None:
        return None
    sort = ctx.meta(TYPE)
    instance = synthesize(ctx, const("CoeSort", found, sort))
    if instance is None:
        return None
    return unfolded_field(ctx, const("CoeSort.coe", found, ctx.zonk(sort), instance, term))


def _decided(ctx: Context, term: Term) -> Term | None:
    instance = synthesize(ctx, const("Decidable", term))
    return None if instance is None else const("Decidable.decide", term, instance)


def _by_class(ctx: Context, term: Term, found: Term, expected: Term) -> Term | None:
    direct = _coe(ctx, term, found, expected)
    if direct is not None:
        return direct
    shape = whnf(ctx, found, reducible=True)
    inner = {"Fin": Const("Nat"), "Subtype": arguments(shape)[0] if arguments(shape) else found}
    base = inner.get(head_name(shape))
    if base is None:
        return None
    value = _coe(ctx, term, found, base)
    return None if value is None else _coe(ctx, value, base, expected)


def _coe(ctx: Context, term: Term, found: Term, expected: Term) -> Term | None:
    for name in COERCIONS[:4]:
        instance = None if ctx.env.lookup(name) is None else synthesize(ctx, const(name, found, expected))
        if instance is not None:
            return unfolded_field(ctx, const(f"{name}.coe", found, expected, instance, term))
    return None


def can_coerce(ctx: Context, found: Term, expected: Term) -> bool:
    """Whether values of one type coerce to another."""
    mark = ctx.mark()
    result = coerce(ctx, Proof(found), found, expected)
    ctx.undo(mark)
    return result is not None


def unfolded_field(ctx: Context, term: Term) -> Term:
    """The field of an instance that is written out: what it is; else the term."""
    if isinstance(term, App) and isinstance(term.fn, Const):
        declared = ctx.env.lookup(term.fn.name)
        if declared is not None and declared.kind == "projection":
            return projected_field(ctx, declared, term.args, deep=True) or term
    return term


def as_function(ctx: Context, term: Term, type_: Term) -> tuple[Term, Term] | None:
    """The term as a function, with its type as a Pi; None where it is none."""
    type_ = whnf(ctx, type_, reducible=True)
    if isinstance(type_, Pi):
        return term, type_
    if isinstance(type_, Meta):
        return None
    for class_name in ("DFunLike", "CoeFun"):
        found = _function_by(ctx, class_name, term, type_)
        if found is not None:
            return found
    further = whnf(ctx, type_)
    return (term, further) if isinstance(further, Pi) else None


def _function_by(ctx: Context, class_name: str, term: Term, type_: Term) -> tuple[Term, Term] | None:
    family = ctx.env.family(class_name)
    if family is None:
        return None
    goal: Term = const(class_name, type_)
    args: list[Term] = [type_]
    for _ in range(family.params - 1):
        parameter = whnf(ctx, infer(ctx, goal))
        if not isinstance(parameter, Pi):
            return None
        args.append(ctx.meta(parameter.type))
        goal = const(class_name, *args)
    instance = synthesize(ctx, goal)
    if instance is None:
        return None
    projection = f"{class_name}.coe"
    whole = const(projection, *args, instance, term)
    function = unfolded_field(ctx, whole) if class_name == "CoeFun" else whole
    function_type = whnf(ctx, infer(ctx, whole), reducible=True)
    return (ctx.zonk(function), ctx.zonk(function_type)) if isinstance(function_type, Pi) else None


def no_function(ctx: Context, type_: Term) -> NoReturn:
    """Raise for something applied that is no function: certain only for types that we know whole."""
    head = head_name(whnf(ctx, type_, reducible=True))
    if head in NO_FUNCTIONS:
        ctx.ill_typed(f"{ctx.shown(type_)} is not a function")
    raise ctx.refusal(f"an application of a {ctx.shown(type_)}", cause="type")


def mismatch(ctx: Context, found: Term, expected: Term) -> NoReturn:
    """Raise for two types that do not fit: Unsupported when a definition that we lack decides it."""
    doubt = _doubt(ctx, found, expected)
    if doubt:
        ctx.unsupported(f"whether {ctx.shown(found)} is {ctx.shown(expected)}: {doubt}", cause="type")
    if ctx.blocked:
        question = f"whether {ctx.shown(found)} is {ctx.shown(expected)}"
        ctx.unsupported(f"{question}: the definition of {ctx.blocked} decides", cause="meaning")
    sizes = different_sizes(ctx, found, expected)
    if sizes is not None and polynomial(ctx, sizes[0]) == polynomial(ctx, sizes[1]):
        ctx.ill_typed(f"Lean needs a cast here: {ctx.shown(sizes[0])} met {ctx.shown(sizes[1])}")
    detail = f" ({ctx.shown(sizes[0])} is not {ctx.shown(sizes[1])})" if sizes is not None else ""
    ctx.ill_typed(f"{ctx.shown(found)} met {ctx.shown(expected)}{detail}")


def _doubt(ctx: Context, found: Term, expected: Term) -> str:
    """Why two types that do not fit could do so for Lean; empty where they cannot."""
    for item in (*subterms(ctx.zonk(found)), *subterms(ctx.zonk(expected))):
        if isinstance(item, App) and isinstance(item.fn, Meta):
            return "a function to be inferred decides"
    target = whnf(ctx, expected, reducible=True)
    if ctx.zonk(found) in NUMBERS and (isinstance(target, Var) or head_name(target) in WITH_CASTS):
        return "whether numbers are cast to it"
    lost = next(filter(None, map(ctx.env.lost_instance, COERCIONS)), "")
    return f"the coercion {lost} is not understood" if lost else ""


def different_sizes(ctx: Context, left: Term, right: Term) -> tuple[Term, Term] | None:
    """The first two sizes in which two types of one form differ."""
    left, right = ctx.zonk(left), ctx.zonk(right)
    for _ in range(16):
        if head_name(left) and head_name(left) == head_name(right):
            break
        a, b = unfold(ctx, left, reducible=True), unfold(ctx, right, reducible=True)
        if a is None and b is None:
            return None
        left, right = a or left, b or right
    return _first_different(ctx, left, right)


def _first_different(ctx: Context, left: Term, right: Term) -> tuple[Term, Term] | None:
    for x, y in zip(arguments(left), arguments(right), strict=False):
        if has_metas(x) or has_metas(y) or unify(ctx, x, y):
            continue
        if whnf(ctx, infer(ctx, x), reducible=True) == Const("Nat"):
            return x, y
        deeper = different_sizes(ctx, x, y)
        if deeper is not None:
            return deeper
    return None
