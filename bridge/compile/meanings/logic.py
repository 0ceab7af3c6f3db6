"""Equality, order, connectives, quantifiers and `if`, with the judge's three answers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

from leanmirror.bridge.compile.compiler import Closure, call
from leanmirror.bridge.compile.inductive import DataT, same
from leanmirror.bridge.compile.kinds import kind_of
from leanmirror.bridge.compile.meanings.base import Form, Table, function, value
from leanmirror.bridge.compile.meanings.types import SignT
from leanmirror.bridge.compile.quantifiers import exists
from leanmirror.bridge.compile.values import conformed
from leanmirror.bridge.core.term import Lam, Term
from leanmirror.spec import torchlean_types as tl
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge import comparison
from leanmirror.spec.judge import judgement as j
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.judgement import FALSE, TRUE, Judgement, attempt, truth
from leanmirror.spec.judge.types import Type, Value

if TYPE_CHECKING:
    from leanmirror.bridge.compile.compiler import Compiler

EXACT = (t.NatT, t.IntT, t.BoolT, t.FinT, tl.ShapeT, tl.ContextT)
"""Types whose values Python compares."""


def equal_at(of_type: Type, a: Value, b: Value) -> Judgement:
    """`a = b` at a type."""
    match of_type:
        case t.RealT() | t.VecT():
            return comparison.equal(a, b)
        case t.NatT() | t.IntT() | t.BoolT() | t.FinT() | tl.ShapeT() | tl.ContextT() | tl.IdxT() | SignT():
            return _same_data(a, b)
        case t.PropT():
            return both_ways(a, b)
        case t.FinsetT():
            return _same_data(sorted(a), sorted(b))
        case t.ListT(of_type=inner):
            if len(a) != len(b):
                return _same_data(len(a), len(b))
            return j.all_of(equal_at(inner, x, y) for x, y in zip(a, b, strict=True))
        case t.PiT(of_type=inner):
            rows = zip(conformed(of_type, a), conformed(of_type, b), strict=True)
            return j.all_of(j.at(i, equal_at(inner, x, y)) for i, (x, y) in enumerate(rows))
        case t.ProdT(first, second):
            return j.all_of((equal_at(first, a[0], b[0]), equal_at(second, a[1], b[1])))
        case DataT():
            return same(a, b)
        case t.EquivT(dom, cod):
            values = dom.values()
            if values is None:
                raise Unsupported(f"equality of values of type {of_type}")
            return j.all_of(equal_at(cod, a(x), b(x)) for x in values)
        case t.Space():
            return comparison.equal(conformed(of_type, a), conformed(of_type, b))
    raise Unsupported(f"equality of values of type {of_type}")


def _same_data(a: Value, b: Value) -> Judgement:
    if type(a) is int and type(b) is int:
        return comparison.equal(a, b)
    return truth(bool(a == b))


def both_ways(a: Judgement, b: Judgement) -> Judgement:
    """`P ↔ Q`."""
    return j.all_of((j.implies(a, lambda: b), j.implies(b, lambda: a)))


def _equality(compiler: Compiler, args: Sequence[Term]) -> Closure:
    type_, a, b = args[0], compiler.compile(args[1]), compiler.compile(args[2])
    if kind_of(compiler, type_) != "other" or compiler.types.at_head(type_, *PLAIN) is not None:
        return call(comparison.equal, [a, b])
    return call(equal_at, [compiler.compile(type_), a, b])


PLAIN = ("Proofs.Autograd.Vec", "EuclideanSpace", "Proofs.Autograd.CtxVec", "Spec.Tensor")
"""Types whose values are compared entry by entry as they are."""


def _inequality(compiler: Compiler, args: Sequence[Term]) -> Closure:
    same = _equality(compiler, args)
    return lambda env: j.negate(same(env))


def _order(relation: Callable[[Any, Any], Judgement], *, swapped: bool = False) -> Form:
    def build(compiler: Compiler, args: Sequence[Term]) -> Closure:
        a, b = compiler.compile(args[1]), compiler.compile(args[2])
        if kind_of(compiler, args[0]) == "other":
            of_type = compiler.compile(args[0])
            return call(_entrywise, [lambda _: relation, of_type, *((b, a) if swapped else (a, b))])
        return call(relation, [b, a] if swapped else [a, b])

    return Form(build, 3)


def _entrywise(relation: Callable[[Any, Any], Judgement], of_type: Type, a: Value, b: Value) -> Judgement:
    """The order of numbers, and ≤ of functions out of `Fin n`."""
    match of_type:
        case t.RealT() | t.NatT() | t.IntT() | t.FinT():
            return relation(a, b)
        case t.PiT(of_type=inner) if relation is comparison.less_equal:
            return j.all_of(_entrywise(relation, inner, x, y) for x, y in zip(a, b, strict=True))
        case t.PropT() if relation is comparison.less_equal:
            return j.implies(a, lambda: b)
    raise Unsupported(f"the order of {of_type}")


def _and(compiler: Compiler, args: Sequence[Term]) -> Closure:
    both = _lazily(compiler, args)
    return lambda env: j.all_of(attempt(partial(p, env)) for p in both)


def _or(compiler: Compiler, args: Sequence[Term]) -> Closure:
    both = _lazily(compiler, args)
    return lambda env: j.any_of(attempt(partial(p, env)) for p in both)


def _iff(compiler: Compiler, args: Sequence[Term]) -> Closure:
    one, two = _lazily(compiler, args)
    return lambda env: both_ways(attempt(lambda: one(env)), attempt(lambda: two(env)))


def _not(compiler: Compiler, args: Sequence[Term]) -> Closure:
    inner = compiler.compile(args[0])
    return lambda env: j.negate(inner(env))


def _lazily(compiler: Compiler, args: Sequence[Term]) -> tuple[Closure, Closure]:
    return compiler.compile(args[0]), compiler.compile(args[1])


def _if(compiler: Compiler, args: Sequence[Term]) -> Closure:
    """`if c then a else b`: parameters α, c, a, b."""
    test, one, two = compiler.test(args[1]), compiler.compile(args[2]), compiler.compile(args[3])
    return lambda env: one(env) if test(env) else two(env)


def _dependent_if(compiler: Compiler, args: Sequence[Term]) -> Closure:
    """`if h : c then a else b`: the branches are functions of the proof h."""
    test = compiler.test(args[1])
    one, two = (compiler.compile(_branch(arg)) for arg in args[2:4])
    return lambda env: one(env) if test(env) else two(env)


def _branch(term: Term) -> Term:
    if not isinstance(term, Lam):
        raise Unsupported("a branch of `if h : …` that is not written out")
    return term.body


def _decide(compiler: Compiler, args: Sequence[Term]) -> Closure:
    return compiler.test(args[0])


LOGIC: Table = {
    "True": value(TRUE),
    "False": value(FALSE),
    "Eq": Form(_equality, 3),
    "Ne": Form(_inequality, 3),
    "LT.lt": _order(comparison.less),
    "LE.le": _order(comparison.less_equal),
    "GT.gt": _order(comparison.less, swapped=True),
    "GE.ge": _order(comparison.less_equal, swapped=True),
    "And": Form(_and, 2),
    "Or": Form(_or, 2),
    "Iff": Form(_iff, 2),
    "Not": Form(_not, 1),
    "Exists": Form(lambda compiler, args: exists(compiler, args[-1]), 2),
    "ite": Form(_if, 4),
    "dite": Form(_dependent_if, 4),
    "Decidable.decide": Form(_decide, 1),
    "Bool.true": value(True),
    "Bool.false": value(False),
    "and": function(lambda a, b: a and b),
    "or": function(lambda a, b: a or b),
    "not": function(lambda a: not a),
}
