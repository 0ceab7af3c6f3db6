"""Propositions as decisions: what `if` asks, over balls, duals and germs alike."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from operator import eq, le, lt
from typing import TYPE_CHECKING, Any

from leanmirror.bridge.compile.terms import head, head_name
from leanmirror.bridge.core.term import Term
from leanmirror.spec.core import dispatch
from leanmirror.spec.errors import Undecided
from leanmirror.spec.judge.judgement import Judgement

if TYPE_CHECKING:
    from leanmirror.bridge.compile.compiler import Compiler, Values

Test = Callable[["Values"], bool]

_SCALAR: Mapping[str, Callable[[Any, Any], bool]] = {
    "LT.lt": dispatch.lt,
    "LE.le": dispatch.le,
    "GT.gt": dispatch.gt,
    "GE.ge": dispatch.ge,
    "Eq": dispatch.eq,
}
_EXACT: Mapping[str, Callable[[Any, Any], bool]] = {
    "LT.lt": lt,
    "LE.le": le,
    "GT.gt": lambda a, b: lt(b, a),
    "GE.ge": lambda a, b: le(b, a),
    "Eq": eq,
}
DATA = ("Nat", "Int", "Bool", "Fin")
"""Types whose values Python compares."""


def test(compiler: Compiler, term: Term) -> Test:
    """The decision of a proposition; at run time Undecided or Singular where it cannot be taken."""
    name, args = head_name(term), head(term)[1]
    if name is not None and name in _SCALAR:
        return _comparison(compiler, term, name, args)
    if name == "Ne":
        same = _comparison(compiler, term, "Eq", args)
        return lambda env: not same(env)
    if name == "Not":
        inner = test(compiler, args[0])
        return lambda env: not inner(env)
    if name == "And":
        one, two = (test(compiler, arg) for arg in args)
        return lambda env: one(env) and two(env)
    if name == "Or":
        one, two = (test(compiler, arg) for arg in args)
        return lambda env: one(env) or two(env)
    judged = compiler.compile(term)
    return lambda env: decided(judged(env))


def _comparison(compiler: Compiler, term: Term, name: str, args: tuple[Term, ...]) -> Test:
    a, b = (compiler.compile(arg) for arg in args[-2:])
    if compiler.types.at_head(args[0], "Real", "Rat") is not None or compiler.is_scalar(args[0]):
        scalar = _SCALAR[name]
        return lambda env: scalar(a(env), b(env))
    if compiler.types.at_head(args[0], *DATA) is not None:
        exact = _EXACT[name]
        return lambda env: exact(a(env), b(env))
    judged = compiler.compile(term)
    return lambda env: decided(judged(env))


def decided(judgement: Judgement) -> bool:
    """True or False where the judgement is proved; Undecided elsewhere."""
    if judgement.proved and judgement.holds:
        return True
    if judgement.proved and judgement.fails:
        return False
    raise Undecided(judgement.note or "a condition is not decided")
