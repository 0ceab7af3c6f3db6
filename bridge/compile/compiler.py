"""Core terms as closures: a term becomes a function from the values of its variables, built once.

A proposition's value is a Judgement. A function out of `Fin n` is a list, any other function a Python
callable of one argument. Proofs and instances are never evaluated.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Protocol

from leanmirror.bridge.compile import decisions, inductive, match, methods, routines, structures
from leanmirror.bridge.compile.quantifiers import forall
from leanmirror.bridge.compile.routines import Routine, Routines
from leanmirror.bridge.compile.terms import (
    Constants,
    Parameter,
    Types,
    applied,
    ends_in_prop,
    fresh,
    head,
    is_closed,
    replaced,
    telescope,
)
from leanmirror.bridge.compile.values import Family, apply
from leanmirror.bridge.core.environment import Declared
from leanmirror.bridge.core.substitute import mentions
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
)
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge.types import FunT, PiT, PropT, RealT, Value

Values = Mapping[int, Value]
Closure = Callable[[Values], Value]


class Meaning(Protocol):
    """How a constant is evaluated: compiled from its arguments, instances and proofs left out.

    `arity` is the number of arguments it takes; more are applied to its value, and fewer make a function.
    """

    @property
    def arity(self) -> int: ...

    def compile(self, compiler: Compiler, args: Sequence[Term]) -> Closure: ...


Meanings = Callable[[Declared], Meaning | None]


class Compiler:
    """Compiles the terms of one statement."""

    def __init__(self, constants: Constants, meanings: Meanings, routines: Routines | None = None) -> None:
        self.constants = constants
        self.meanings = meanings
        self.types = Types(constants)
        self.routines = Routines() if routines is None else routines
        self.routines_used: dict[int, Routine] = {}
        self.unfolded_from: set[str] = set()

    def fresh(self) -> Compiler:
        """A compiler for another body, which shares what has been compiled."""
        return Compiler(self.constants, self.meanings, self.routines)

    def branch(self, term: Term) -> Closure:
        """One alternative of a `match`."""
        return self.compile(term)

    def compile(self, term: Term) -> Closure:
        """The closure of a term. Raises Unsupported for a constant without a meaning."""
        match term:
            case Var():
                return variable(term.id)
            case Lit(value) | Str(value):
                return constant(value)
            case Const():
                return self.constant(term, ())
            case App(fn, args):
                return self._application(fn, args)
            case Lam():
                return self._lam(term)
            case Let():
                return self._let(term)
            case Pi():
                return self._pi(term)
            case Match():
                return match.match(self, term)
            case LetRec():
                return match.let_rec(self, term)
            case Proof():
                return constant(None)
            case Sort(level):
                return _propositions(level)
        if isinstance(term, Meta):
            raise Unsupported("a term with holes")
        raise Unsupported(f"a term of kind {type(term).__name__}")

    def _let(self, term: Let) -> Closure:
        self.types.of_var[term.var.id] = term.type
        if not self.types.counts(term.type, "explicit"):
            return self.compile(term.body)
        return _let(term.var.id, self.compile(term.value), self.compile(term.body))

    def _application(self, fn: Term, args: Sequence[Term]) -> Closure:
        if isinstance(fn, Const):
            return self.constant(fn, args)
        if isinstance(fn, Lam):
            return self.compile(applied(fn, args))
        return self.dynamic(self.compile(fn), args)

    def dynamic(self, fn: Closure, args: Sequence[Term]) -> Closure:
        """A value applied to arguments, whatever kind of function it is."""
        for arg in args:
            fn = _application(fn, self.compile(arg))
        return fn

    def constant(self, fn: Const, args: Sequence[Term]) -> Closure:
        """A constant applied to its arguments, all of them or not."""
        declared = self.constants.lookup(fn.name)
        if declared is None:
            raise Unsupported(f"unknown name {fn.name}", cause="unknown_name", name=fn.name)
        forced = self.routines.forced.get(fn.name)
        if forced is not None:
            return self._called(forced, fn, args)
        said = methods.method(self, declared, args)
        if said is not None:
            return self.compile(said)
        meaning = self.meanings(declared)
        whole = structures.conjunction(self.constants, app(fn, *args)) if meaning is None else None
        if whole is not None:
            return self.compile(whole)
        meaning = meaning or inductive.meaning(self, declared)
        if meaning is None:
            said = methods.method(self, declared, args, ours=True)
            return self._defined(declared, fn, args) if said is None else self.compile(said)
        kept, used, missing = self._fitted(declared.type, args, meaning.arity)
        if missing:
            return self.compile(_eta(fn, args, missing))
        value = meaning.compile(self, kept)
        if getattr(meaning, "constant", False) and all(map(is_closed, kept)):
            value = constant(value({}))
        return self.dynamic(value, args[used:])

    def _defined(self, declared: Declared, fn: Const, args: Sequence[Term]) -> Closure:
        """A constant by its body: unfolded where that is a type or a proposition, else called."""
        if declared.body is None:
            declared = self.constants.completed(declared)
        if declared.body is None:
            if declared.why is not None:
                raise Unsupported(f"{fn.name}: {declared.why}", cause=declared.why.cause, name=fn.name)
            raise Unsupported(f"no definition of {fn.name} is mirrored", name=fn.name)
        if declared.interpreted and not declared.makes_types:
            self.unfolded_from.add(fn.name)
        short = declared.reducible or declared.makes_types or ends_in_prop(declared.type)
        if short and not routines.is_recursive(declared):
            return self.compile(applied(declared.body, args))
        return self._called(declared, fn, args)

    def _called(self, declared: Declared, fn: Const, args: Sequence[Term]) -> Closure:
        missing = routines.arity(declared) - len(args)
        if missing <= 0:
            return routines.called(self, declared, args)
        type_ = declared.type
        for arg in args:
            assert isinstance(type_, Pi)
            type_ = replaced(type_.body, {type_.var.id: arg})
        return self.compile(_eta(fn, args, telescope(type_)[:missing]))

    def _fitted(
        self, type_: Term, args: Sequence[Term], arity: int
    ) -> tuple[list[Term], int, tuple[Parameter, ...]]:
        """The arguments that a meaning takes, how many are used up with them, and missing parameters."""
        kept: list[Term] = []
        used = 0
        while len(kept) < arity or (isinstance(type_, Pi) and used < len(args) and not self.counts(type_)):
            if not isinstance(type_, Pi):
                unfolded = self.types.unfolded(type_)
                if unfolded is None:
                    raise Unsupported(f"{arity - len(kept)} more arguments than the type has")
                type_ = unfolded
                continue
            if used == len(args):
                return kept, used, telescope(type_)
            if self.counts(type_):
                kept.append(args[used])
            type_ = replaced(type_.body, {type_.var.id: args[used]})
            used += 1
        return kept, used, ()

    def counts(self, parameter: Pi | Parameter) -> bool:
        """The parameter is evaluated: it is neither an instance nor a proof."""
        self.types.of_var[parameter.var.id] = parameter.type
        return self.types.counts(parameter.type, parameter.kind)

    def unfolded(self, term: Term) -> Term | None:
        """The term by the definition of its head, where that has a body and no meaning."""
        first, args = head(term)
        declared = self.constants.lookup(first.name) if isinstance(first, Const) else None
        if declared is None:
            return None
        if self.meanings(declared) is not None:
            return None
        body = declared.body if declared.body is not None else self.constants.completed(declared).body
        return structures.conjunction(self.constants, term) if body is None else applied(body, args)

    def is_scalar(self, type_: Term) -> bool:
        """The type is a variable that stands for a type of numbers: it is ℝ here."""
        return isinstance(type_, Var) and self.types.of_var.get(type_.id) == Sort(1)

    def test(self, term: Term) -> Callable[[Values], bool]:
        """A proposition as a decision, over any scalar: raises Undecided or Singular where it is neither."""
        return decisions.test(self, term)

    def _lam(self, term: Lam) -> Closure:
        self.types.of_var[term.var.id] = term.type
        n = self.types.fin(term.type)
        body = self.compile(term.body)
        if n is None:
            return _function(term.var.id, body)
        return _family(term.var.id, self.compile(n), body)

    def _pi(self, term: Pi) -> Closure:
        self.types.of_var[term.var.id] = term.type
        if self.types.is_prop(term.body):
            return forall(self, term)
        n = self.types.fin(term.type)
        codomain = self.compile(term.body)
        if n is not None:
            size = self.compile(n)
            if mentions(term.body, term.var):
                return _family_of_types(term.var.id, size, codomain)
            return lambda env: PiT(size(env), codomain(env))
        if mentions(term.body, term.var):
            return _dependent
        domain = self.compile(term.type)
        return lambda env: FunT(domain(env), codomain(env))


def _propositions(level: int) -> Closure:
    """`Prop` as a type of values; types themselves are no values."""
    if level != 0:
        raise Unsupported("a variable whose values are types", cause="draw")
    return constant(PropT())


def _family_of_types(var: int, size: Closure, codomain: Closure) -> Closure:
    """`(i : Fin n) → T i`, where the types are all one."""

    def family(env: Values) -> Value:
        types = [codomain({**env, var: i}) for i in range(size(env))]
        if any(each != types[0] for each in types):
            raise Unsupported("a family of values of different types", cause="draw")
        return PiT(len(types), types[0] if types else RealT())

    return family


def _dependent(_: Values) -> Value:
    raise Unsupported("a type of functions whose values have different types")


def variable(var: int) -> Closure:
    """The value of a variable."""
    return lambda env: env[var]


def constant(value: Value) -> Closure:
    """Always the same value."""
    return lambda _: value


def _let(var: int, value: Closure, body: Closure) -> Closure:
    return lambda env: body({**env, var: value(env)})


def _application(fn: Closure, arg: Closure) -> Closure:
    return lambda env: apply(fn(env), arg(env))


def _function(var: int, body: Closure) -> Closure:
    return lambda env: lambda x: body({**env, var: x})


def _family(var: int, size: Closure, body: Closure) -> Closure:
    return lambda env: Family([body({**env, var: i}) for i in range(size(env))])


def _eta(fn: Const, args: Sequence[Term], missing: Sequence[Parameter]) -> Term:
    """`fun x y => f args x y`, for the parameters that are not given."""
    by: dict[int, Term] = {}
    new: list[tuple[Var, Term]] = []
    for parameter in missing:
        var = fresh(parameter.var.name)
        new.append((var, replaced(parameter.type, by)))
        by[parameter.var.id] = var
    body = app(fn, *args, *(var for var, _ in new))
    for var, type_ in reversed(new):
        body = Lam(var, type_, body)
    return body


def call(function: Callable[..., Any], parts: Sequence[Closure]) -> Closure:
    """A Python function of the parts' values."""
    match parts:
        case []:
            return lambda _: function()
        case [a]:
            return lambda env: function(a(env))
        case [a, b]:
            return lambda env: function(a(env), b(env))
        case [a, b, c]:
            return lambda env: function(a(env), b(env), c(env))
    return lambda env: function(*[part(env) for part in parts])
