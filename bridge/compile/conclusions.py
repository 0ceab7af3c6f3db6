"""Conclusions in a form that examples can be drawn for: what stands for a `∀` becomes one."""

from __future__ import annotations

from leanmirror.bridge.compile.compiler import Compiler
from leanmirror.bridge.compile.hypotheses import conjuncts
from leanmirror.bridge.compile.sizes import free
from leanmirror.bridge.compile.terms import applied, fresh, head, head_name, replaced
from leanmirror.bridge.core.term import Const, Lam, Pi, Term, Var, app, const


def simpler(compiler: Compiler, term: Term) -> Term | None:
    """An equivalent proposition, one step nearer to a `∀`; None where there is no such step."""
    match head_name(term):
        case "Eq":
            return _equality_of_functions(compiler, term)
        case "Exists":
            return _existence_of_a_derivative(term)
        case "And":
            return _quantifier_first(compiler, term)
        case "Differentiable":
            return _at_every_point(term, "DifferentiableAt", 1)
        case "Continuous":
            return _at_every_point(term, "ContinuousAt", 0)
        case "Membership.mem":
            return membership(compiler, term)
    return compiler.unfolded(term)


def membership(compiler: Compiler, term: Term) -> Term | None:
    """`x ∈ s` as what it says of x, for a set that is given by a property."""
    if head_name(term) != "Membership.mem":
        return None
    s, x = head(term)[1][-2:]
    found: Term | None = s
    while found is not None and not isinstance(found, Lam):
        found = compiler.unfolded(found)
    return None if found is None else applied(found, (x,))


def _equality_of_functions(compiler: Compiler, term: Term) -> Term | None:
    """`f = g` as `∀ x, f x = g x`; out of `Fin n` functions are lists, and stay."""
    fn, (type_, f, g) = head(term)
    if not isinstance(type_, Pi) or compiler.types.fin(type_.type) is not None:
        return None
    x = _named_like(type_.var)
    result = replaced(type_.body, {type_.var.id: x})
    return Pi(x, type_.type, app(fn, result, applied(f, (x,)), applied(g, (x,))))


def _named_like(var: Var) -> Var:
    return fresh(var.name if var.name.isidentifier() else "x")


def _existence_of_a_derivative(term: Term) -> Term | None:
    """`∃ D, HasFDerivAt f D x ∧ …`: D can only be `fderiv ℝ f x`."""
    predicate = head(term)[1][-1]
    if not isinstance(predicate, Lam):
        return None
    for part in conjuncts(predicate.body):
        args = head(part)[1]
        if head_name(part) == "HasFDerivAt" and args[-2] == predicate.var:
            f, x = args[-3], args[-1]
            if predicate.var.id not in free(f) | free(x):
                found = const("fderiv", *args[:-3], f, x)
                return replaced(predicate.body, {predicate.var.id: found})
    return None


def _quantifier_first(compiler: Compiler, term: Term) -> Term | None:
    """`P ∧ ∀ x, Q x` as `∀ x, P ∧ Q x`, for spaces: they are not empty."""
    one, two = head(term)[1]
    for first, second in ((one, two), (two, one)):
        if isinstance(second, Pi) and not compiler.types.is_prop(second.type):
            if compiler.types.at_head(second.type, *SPACES) is None:
                return None
            return Pi(second.var, second.type, const("And", first, second.body))
    return None


SPACES = ("Real", "EuclideanSpace", "Proofs.Autograd.Vec", "Proofs.Autograd.CtxVec", "Proofs.Autograd.Mat")
"""Types that have values."""


def _at_every_point(term: Term, at_a_point: str, domain: int) -> Term:
    """`Differentiable ℝ f` as `∀ x, DifferentiableAt ℝ f x`; argument `domain` is the type of x."""
    args = head(term)[1]
    x = fresh("x")
    return Pi(x, args[domain], app(Const(at_a_point), *args, x))
