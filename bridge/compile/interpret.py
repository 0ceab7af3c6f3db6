"""Definitions run from their Lean text: each compiled once for what it is given at compile time, then called.

Types and instances are given when a definition is compiled, other arguments when it is called. Proofs are
never evaluated. A definition may call itself; how deep and how often is limited.

`interpret(environment, name)` is the way in for others.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from leanmirror.bridge.compile.terms import Parameter, applied, head, replaced, telescope
from leanmirror.bridge.compile.values import apply
from leanmirror.bridge.core.environment import Declared
from leanmirror.bridge.core.substitute import mentions, subterms
from leanmirror.bridge.core.term import Const, Lam, Let, Pi, Sort, Term, Var, bound_by
from leanmirror.spec.errors import Undecided, Unsupported
from leanmirror.spec.judge.types import RealT, Value

if TYPE_CHECKING:
    from leanmirror.bridge.compile.compiler import Closure, Compiler, Values
    from leanmirror.bridge.compile.meanings import Meanings
    from leanmirror.bridge.elaborate.package import TreeLibrary

DEEPEST = 1_500
"""Calls of interpreted definitions inside each other."""

MOST_CALLS = 2_000_000
"""Calls of interpreted definitions for one value."""

FRAMES = 60_000
MOST_VERSIONS = 64
MOST_PROJECTED = 100
_CANONICAL = -(10**12)

_depth = [0]
_calls = [0]


def limited(closure: Closure) -> Closure:
    """The closure, with its calls inside each other counted. Raises Undecided when there are too many."""

    def called(env: Values) -> Value:
        if _depth[0] == 0:
            return _outermost(closure, env)
        _calls[0] += 1
        if _depth[0] > DEEPEST or _calls[0] > MOST_CALLS:
            raise Undecided("a recursion that goes on for too long (resource)")
        _depth[0] += 1
        try:
            return closure(env)
        finally:
            _depth[0] -= 1

    return called


def _outermost(closure: Closure, env: Values) -> Value:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(max(before, FRAMES))
    _depth[0], _calls[0] = 1, 0
    try:
        return closure(env)
    except RecursionError:
        raise Undecided("a recursion that goes on for too long (resource)") from None
    finally:
        _depth[0] = 0
        sys.setrecursionlimit(before)


@dataclass(slots=True, eq=False)
class Routine:
    """A definition compiled for certain types and instances; `run` takes the values of its variables."""

    name: str
    compiler: Compiler
    run: Callable[[Values], Value]


@dataclass(slots=True)
class Routines:
    """The definitions of one environment that have been compiled, and those that are read from the text.

    `forced` are definitions of the text that are run although something mirrors them.
    """

    made: dict[tuple[str, tuple[Term, ...]], Routine | Unsupported] = field(default_factory=dict)
    versions: dict[str, int] = field(default_factory=dict)
    forced: dict[str, Declared] = field(default_factory=dict)


def called(compiler: Compiler, declared: Declared, args: Sequence[Term]) -> Closure:
    """A call of a definition by its body, given at least as many arguments as the body has parameters."""
    parameters, used = _parameters(compiler, declared)
    body = _below(declared.body, used)
    given = list(zip(parameters, args[:used], strict=True))
    static = [(p, arg) for p, arg in given if is_static(compiler, p)]
    free = _free([arg for _, arg in static])
    canonical: dict[int, Term] = {var.id: Var(_CANONICAL - i, var.name) for i, var in enumerate(free)}
    fixed = tuple(replaced(arg, canonical) for _, arg in static)
    ids = {p.var.id for p, _ in static}
    routine = _routine(compiler, declared, body, [p for p, _ in static], fixed, free, canonical)
    compiler.routines_used[id(routine)] = routine
    values = [
        (p.var.id, compiler.compile(arg))
        for p, arg in given
        if p.var.id not in ids and compiler.counts(p) and mentions(body, p.var)
    ]
    passed = [(var.id, canonical[var.id]) for var in free]
    outer = [(id_, new.id) for id_, new in passed if isinstance(new, Var)]

    def call(env: Values) -> Value:
        own = {new: env[old] for old, new in outer if old in env}
        for id_, value in values:
            own[id_] = value(env)
        return routine.run(own)

    return compiler.dynamic(call, args[used:])


def arity(compiler: Compiler, declared: Declared) -> int:
    """How many arguments a call of a definition needs."""
    return _parameters(compiler, declared)[1]


def _parameters(compiler: Compiler, declared: Declared) -> tuple[list[Parameter], int]:
    """The parameters that the body binds itself, with the variables of the body."""
    found: list[Parameter] = []
    body, type_ = declared.body, declared.type
    while isinstance(body, Lam) and isinstance(type_, Pi):
        found.append(Parameter(body.var, body.type, type_.kind))
        body, type_ = body.body, type_.body
    return found, len(found)


def _below(body: Term | None, count: int) -> Term:
    for _ in range(count):
        assert isinstance(body, Lam)
        body = body.body
    assert body is not None
    return body


def is_static(compiler: Compiler, parameter: Parameter) -> bool:
    """The parameter is a type, a family of types or an instance: compiling depends on it."""
    compiler.types.of_var[parameter.var.id] = parameter.type
    if parameter.kind == "instance" or compiler.types.is_instance(parameter.type):
        return True
    type_ = parameter.type
    while isinstance(type_, Pi):
        type_ = type_.body
    return isinstance(type_, Sort)


def _free(terms: Sequence[Term]) -> list[Var]:
    found: dict[int, Var] = {}
    bound: set[int] = set()
    for term in terms:
        for item in subterms(term):
            bound.update(var.id for var in bound_by(item))
            if isinstance(item, Var):
                found.setdefault(item.id, item)
    return [var for id_, var in found.items() if id_ not in bound]


def _routine(
    compiler: Compiler,
    declared: Declared,
    body: Term,
    static: Sequence[Parameter],
    fixed: tuple[Term, ...],
    free: Sequence[Var],
    canonical: dict[int, Term],
) -> Routine:
    """The compiled definition, made when it is first called; its own calls find it unfinished."""
    routines = compiler.routines
    key = (declared.name, fixed)
    known = routines.made.get(key)
    if isinstance(known, Unsupported):
        raise known
    if known is not None:
        return known
    routines.versions[declared.name] = routines.versions.get(declared.name, 0) + 1
    if routines.versions[declared.name] > MOST_VERSIONS:
        raise Unsupported(f"{declared.name} at more than {MOST_VERSIONS} types")
    inner = compiler.fresh()
    for var in free:
        type_ = compiler.types.of_var.get(var.id)
        new = canonical[var.id]
        if type_ is not None and isinstance(new, Var):
            inner.types.of_var[new.id] = replaced(type_, canonical)
    routine = routines.made[key] = Routine(declared.name, inner, _unfinished)
    by = {p.var.id: arg for p, arg in zip(static, fixed, strict=True)}
    try:
        _declare_parameters(inner, declared, by)
        routine.run = limited(inner.compile(replaced(body, by)))
    except Unsupported as error:
        named = f"{declared.name}: " if declared.name not in error.message else ""
        refusal = routines.made[key] = Unsupported.by(error, named)
        raise refusal from None
    return routine


def _declare_parameters(compiler: Compiler, declared: Declared, by: dict[int, Term]) -> None:
    for each in _parameters(compiler, declared)[0]:
        compiler.types.of_var[each.var.id] = replaced(each.type, by)


def _unfinished(_: Values) -> Value:
    raise Unsupported("a definition that is needed before it is compiled")


# Classes


def method(compiler: Compiler, declared: Declared, args: Sequence[Term]) -> Term | None:
    """A method of a class at an instance that the text gives: what the instance says; None for others."""
    textual = False
    for _ in range(MOST_PROJECTED):
        family = compiler.constants.family(declared.parent) if declared.kind == "projection" else None
        if family is None or not family.is_class or len(args) <= family.params:
            return None
        made = instance_fields(compiler, args[family.params])
        if made is None:
            return None
        fields, from_text = made
        textual = textual or from_text
        term = applied(fields[family.params + declared.index], args[family.params + 1 :])
        if textual:
            return term
        first, args = head(term)
        further = compiler.constants.lookup(first.name) if isinstance(first, Const) else None
        if further is None:
            return None
        declared = further
    return None


def instance_fields(compiler: Compiler, term: Term) -> tuple[tuple[Term, ...], bool] | None:
    """The arguments of the constructor that an instance is, and whether the text has said so."""
    textual = False
    for _ in range(MOST_PROJECTED):
        first, args = head(term)
        if isinstance(term, Let):
            term = replaced(term.body, {term.var.id: term.value})
            continue
        if isinstance(first, Lam) and args:
            term = applied(first, args)
            continue
        declared = compiler.constants.lookup(first.name) if isinstance(first, Const) else None
        if declared is None:
            return None
        if declared.kind == "constructor":
            return args, textual
        if declared.kind == "projection":
            family = compiler.constants.family(declared.parent)
            if family is None or len(args) <= family.params:
                return None
            outer = instance_fields(compiler, args[family.params])
            if outer is None:
                return None
            textual = textual or outer[1]
            term = applied(outer[0][family.params + declared.index], args[family.params + 1 :])
            continue
        if declared.body is None:
            return None
        textual = textual or declared.interpreted
        term = applied(declared.body, args)
    return None


# The way in


@dataclass(frozen=True, slots=True)
class Interpreted:
    """A definition of the text that runs.

    `parameters` are those of its type, in Lean's order. A type parameter stands for ℝ. `rests_on` are the
    other definitions of the text that it calls. Calling it takes the value of every parameter that is neither
    a type, an instance nor a proof (`takes`), in order, as the evaluator has values: a function out of
    `Fin n` is a list, any other a callable of one argument. Raises Undecided and ShapeError.
    """

    name: str
    declared: Declared
    parameters: tuple[Parameter, ...]
    takes: tuple[Parameter, ...]
    rests_on: tuple[str, ...]
    _run: Callable[[Values], Value]

    def __call__(self, *args: Value) -> Value:
        given = list(args)
        env: dict[int, Value] = {}
        for p in self.parameters:
            if p in self.takes and given:
                env[p.var.id] = given.pop(0)
            elif isinstance(p.type, Sort):
                env[p.var.id] = RealT()
        value = self._run(env)
        for each in given:
            value = apply(value, each)
        return value


def interpret(environment: TreeLibrary, name: str, meanings: Meanings | None = None) -> Interpreted:
    """A definition of a package as its text has it, what it calls by mirrors where there are any.

    Raises Unsupported, with the reason, where the text has no such definition or cannot be run.
    """
    from leanmirror.bridge.compile.compiler import Compiler
    from leanmirror.bridge.compile.meanings import Meanings

    declared = environment.text_of(name)
    meanings = meanings or Meanings(environment)
    routines = Routines(forced={name: declared})
    compiler = Compiler(environment, meanings, routines)
    parameters = telescope(declared.type)
    for each in parameters:
        compiler.types.of_var[each.var.id] = each.type
    bound = arity(compiler, declared)
    run = called(compiler, declared, [p.var for p in parameters[:bound]])
    takes = tuple(p for p in parameters[:bound] if compiler.counts(p) and not is_static(compiler, p))
    return Interpreted(name, declared, parameters, takes, tuple(sorted(rests_on(compiler) - {name})), run)


def rests_on(compiler: Compiler) -> frozenset[str]:
    """The definitions of the text that what was compiled calls or was unfolded from."""
    found: set[str] = set()
    seen: set[int] = set()
    pending: list[Any] = [compiler]
    while pending:
        each = pending.pop()
        found |= each.unfolded_from
        for routine in each.routines_used.values():
            found.add(routine.name)
            if id(routine) not in seen:
                seen.add(id(routine))
                pending.append(routine.compiler)
    return frozenset(found)


def is_recursive(declared: Declared) -> bool:
    """The body speaks of the definition itself."""
    if declared.body is None:
        return False
    return any(isinstance(item, Const) and item.name == declared.name for item in subterms(declared.body))


def ends_in_prop(compiler: Compiler, type_: Term) -> bool:
    """What the definition gives in the end are propositions."""
    while isinstance(type_, Pi):
        type_ = type_.body
    return type_ == Sort(0)
