"""`match` and local recursion as closures."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from leanmirror.bridge.compile.inductive import flags, parts_of
from leanmirror.bridge.compile.terms import head
from leanmirror.bridge.core.substitute import mentions
from leanmirror.bridge.core.term import Branch, Const, Lam, LetRec, Lit, Match, Proof, Str, Term, Var
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge.types import Value

if TYPE_CHECKING:
    from leanmirror.bridge.compile.compiler import Closure, Compiler, Values

Bound = dict[int, Any]
Fits = Callable[[Any, Bound], bool]
"""Whether a value has the form of a pattern; the variables of the pattern are put in on the way."""


def match(compiler: Compiler, term: Match) -> Closure:
    """The body of the first branch that fits; Unsupported where none does, which Lean would not accept."""
    for branch in term.branches:
        for var, type_ in branch.vars:
            compiler.types.of_var[var.id] = type_
    looked_at = [i for i in range(len(term.scrutinees)) if any(_looks(compiler, b, i) for b in term.branches)]
    values = [compiler.compile(term.scrutinees[i]) for i in looked_at]
    branches = [
        ([_fits(compiler, b.patterns[i], b) for i in looked_at], compiler.branch(b.body))
        for b in term.branches
    ]
    if len(values) == 1:
        return _single(values[0], [(fits[0], body) for fits, body in branches])

    def chosen(env: Values) -> Value:
        found = [value(env) for value in values]
        for fits, body in branches:
            bound = dict(env)
            if all(each(value, bound) for each, value in zip(fits, found, strict=True)):
                return body(bound)
        raise Unsupported("a match none of whose alternatives fits")

    return chosen


def _single(value: Closure, branches: list[tuple[Fits, Closure]]) -> Closure:
    def chosen(env: Values) -> Value:
        found = value(env)
        for fits, body in branches:
            bound = dict(env)
            if fits(found, bound):
                return body(bound)
        raise Unsupported("a match none of whose alternatives fits")

    return chosen


def _looks(compiler: Compiler, branch: Branch, i: int) -> bool:
    """A branch looks at a value: not where it has a proof, nor a name that is not used."""
    pattern = branch.patterns[i]
    if isinstance(pattern, Var):
        return mentions(branch.body, pattern) and not _is_proof(compiler, pattern)
    return not isinstance(pattern, Proof)


def _is_proof(compiler: Compiler, var: Var) -> bool:
    type_ = compiler.types.of_var.get(var.id)
    return type_ is not None and compiler.types.is_prop(type_)


def _fits(compiler: Compiler, pattern: Term, branch: Branch) -> Fits:
    match pattern:
        case Var(id=id_):
            if not mentions(branch.body, pattern):
                return lambda value, bound: True
            return _binding(id_)
        case Proof():
            return lambda value, bound: True
        case Lit(value=wanted) | Str(value=wanted):
            return lambda value, bound: bool(value == wanted)
    first, args = head(pattern)
    name = first.name if isinstance(first, Const) else ""
    if name == "Nat.succ":
        return _successor(_fits(compiler, args[0], branch))
    if name == "OfNat.ofNat" and isinstance(args[1], Lit):
        number = args[1].value
        return lambda value, bound: bool(value == number)
    declared = compiler.constants.lookup(name) if name else None
    family = compiler.constants.family(declared.parent) if declared is not None and declared.parent else None
    if declared is None or family is None or declared.kind != "constructor":
        raise Unsupported(f"a pattern with {name or 'a term'}")
    parts = parts_of(compiler, declared, family)
    inner = [
        arg
        for arg, kept in zip(args[family.params :], flags(compiler, declared, family), strict=True)
        if kept
    ]
    fields = []
    for arg, get in zip(inner, parts.fields, strict=True):
        unused = isinstance(arg, Proof) or (isinstance(arg, Var) and not mentions(branch.body, arg))
        if unused:
            continue
        if get is None:
            raise Unsupported(f"a field of {name} that its values do not hold")
        fields.append((get, _fits(compiler, arg, branch)))
    return _constructed(parts.fits, fields)


def _binding(id_: int) -> Fits:
    def fits(value: Any, bound: Bound) -> bool:
        bound[id_] = value
        return True

    return fits


def _successor(inner: Fits) -> Fits:
    return lambda value, bound: value > 0 and inner(value - 1, bound)


def _constructed(told: Callable[[Any], bool], fields: list[tuple[Callable[[Any], Value], Fits]]) -> Fits:
    if not fields:
        return lambda value, bound: told(value)
    return lambda value, bound: told(value) and all(fits(get(value), bound) for get, fits in fields)


def let_rec(compiler: Compiler, term: LetRec) -> Closure:
    """Local functions, which see each other, and the body."""
    for var, type_, _ in term.functions:
        compiler.types.of_var[var.id] = type_
    functions = [(var.id, _lazily(compiler, value)) for var, _, value in term.functions]
    body = compiler.compile(term.body)

    def closed(env: Values) -> Value:
        own = dict(env)
        for id_, function in functions:
            own[id_] = function(own)
        return body(own)

    return closed


def _lazily(compiler: Compiler, term: Term) -> Closure:
    """A function as a callable, also where its domain is finite: it may call itself."""
    if not isinstance(term, Lam):
        return compiler.compile(term)
    compiler.types.of_var[term.var.id] = term.type
    id_ = term.var.id
    inner = (
        _lazily(compiler, term.body)
        if isinstance(term.body, Lam)
        else compiler.routines.calls.limited(compiler.compile(term.body))
    )
    return lambda env: lambda x: inner({**env, id_: x})
