"""`∀` and `∃` where they can be run: over finite types, below a bound, and over ℕ as far as a search goes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from leanmirror.bridge.compile.terms import head, head_name, replaced
from leanmirror.bridge.core.term import Lam, Pi, Term, Var
from leanmirror.spec.errors import ShapeError, Unsupported
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.judgement import Judgement, all_of, any_of, attempt, implies, undecided
from leanmirror.spec.judge.types import MOST_VALUES, Type, Value

if TYPE_CHECKING:
    from leanmirror.bridge.compile.compiler import Closure, Compiler, Values

SEARCHED = range(9)
"""The naturals that are tried where no bound is given."""

REALS = (0, 1, -1, 2, -2)
"""The reals that are tried: enough to refute a `∀`, or for a witness of an `∃`, never to prove a `∀`."""


def forall(compiler: Compiler, term: Pi) -> Closure:
    """`∀ x : T, P x`, and `P → Q`."""
    if compiler.types.is_prop(term.type):
        hypothesis, conclusion = compiler.compile(term.type), compiler.compile(term.body)
        return lambda env: implies(_judged(hypothesis, env), lambda: conclusion(env))
    below = bound(compiler, term.var, term.body)
    body, var = compiler.compile(term.body), term.var.id
    if below is not None:
        return lambda env: all_of(_judged(body, {**env, var: i}) for i in _range(below(env)))
    domain = compiler.compile(term.type)
    return lambda env: every(domain(env), lambda x: _judged(body, {**env, var: x}))


def exists(compiler: Compiler, predicate: Term) -> Closure:
    """`∃ x, P x`, from P."""
    if not isinstance(predicate, Lam):
        raise Unsupported("∃ of a predicate that is not written out")
    var, type_, body_term = predicate.var, predicate.type, predicate.body
    compiler.types.of_var[var.id] = type_
    if compiler.types.is_prop(type_):
        first, second = compiler.compile(type_), compiler.compile(body_term)
        return lambda env: all_of((_judged(first, env), _judged(second, env)))
    below = bound(compiler, var, body_term)
    body = compiler.compile(body_term)
    if below is not None:
        return lambda env: any_of(_judged(body, {**env, var.id: i}) for i in _range(below(env)))
    domain = compiler.compile(type_)
    return lambda env: _any(domain(env), lambda x: _judged(body, {**env, var.id: x}))


def _judged(closure: Closure, env: Values) -> Judgement:
    return attempt(lambda: closure(env))


def every(domain: Type, body: Callable[[Value], Judgement]) -> Judgement:
    """A `∀`: all values of a finite type, else a few, which can only refute it."""
    values = domain.values()
    if values is not None:
        return all_of(map(body, values))
    found = all_of(body(x) for x in _tried(domain))
    if found.fails and found.proved:
        return found
    return undecided(f"∀ over {domain} is not decided by running", "search")


def _any(domain: Type, body: Callable[[Value], Judgement]) -> Judgement:
    values = domain.values()
    if values is not None:
        return any_of(map(body, values))
    for x in _tried(domain):
        found = body(x)
        if found.holds:
            return found
    return undecided(f"∃ over {domain} is not decided by running", "search")


def _tried(domain: Type) -> Iterator[Value]:
    match domain:
        case t.NatT():
            return iter(SEARCHED)
        case t.IntT():
            return iter((0, *(s * n for n in SEARCHED[1:] for s in (1, -1))))
        case t.RealT():
            return iter(REALS)
        case t.Space():
            try:
                zero, basis = domain.zero(), list(domain.basis())
            except ShapeError:
                return iter(())
            return iter((zero, *basis, domain.of([1] * domain.dimension)))
    return iter(())


def _range(n: Value) -> range:
    if n > MOST_VALUES:
        raise Unsupported(f"a range of {n} values")
    return range(n)


def bound(compiler: Compiler, var: Var, body: Term) -> Closure | None:
    """n + 0 or n + 1, where the body speaks of `i < n` or `i ≤ n` only; None where it does not say so."""
    match body:
        case Pi(_, guard, _) | Lam(_, guard, _):
            pass
        case _:
            name = head_name(body)
            args = head(body)[1]
            if name == "And":
                guard = args[0]
            elif name == "Exists" and isinstance(args[-1], Lam):
                guard = args[-1].type
            else:
                return None
    return _bound_of(compiler, var, guard)


def _bound_of(compiler: Compiler, var: Var, guard: Term) -> Closure | None:
    name, args = head_name(guard), head(guard)[1]
    if name not in {"LT.lt", "LE.le"} or args[-2] != var or compiler.types.at_head(args[0], "Nat") is None:
        return None
    if replaced(args[-1], {var.id: Lam(var, var, var)}) != args[-1]:
        return None
    limit, extra = compiler.compile(args[-1]), int(name == "LE.le")
    return lambda env: limit(env) + extra
