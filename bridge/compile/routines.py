"""Definitions run from their Lean text: each compiled once for what it is given at compile time, then called.

Types and instances are given when a definition is compiled, other arguments when it is called. Proofs are
never evaluated. A definition may call itself; how deep and how often is limited.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from leanmirror.bridge.compile.limits import Calls
from leanmirror.bridge.compile.terms import Parameter, replaced
from leanmirror.bridge.core.environment import Declared
from leanmirror.bridge.core.substitute import mentions, subterms
from leanmirror.bridge.core.term import Const, Lam, Pi, Sort, Term, Var, bound_by
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge.types import Value

if TYPE_CHECKING:
    from leanmirror.bridge.compile.compiler import Closure, Compiler, Values

MOST_VERSIONS = 64
"""A definition is compiled for at most so many types."""

_NUMBERED = -(10**12)
"""The id of the first numbered variable, far from those of all others."""


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
    calls: Calls = field(default_factory=Calls)


@dataclass(frozen=True, slots=True)
class _Fixed:
    """The types and instances that a definition is compiled for, written with numbered variables.

    Where one statement calls `scaled (Vec n) x` and another `scaled (Vec m) y`, both times it is `scaled` at
    `Vec #0`: compiled once, and called with #0 := n or #0 := m. `numbered` is n ↦ #0.
    """

    parameters: tuple[Parameter, ...]
    terms: tuple[Term, ...]
    numbered: Mapping[int, Var]

    @property
    def by_parameter(self) -> dict[int, Term]:
        """What stands for each of the parameters in the body."""
        return {p.var.id: term for p, term in zip(self.parameters, self.terms, strict=True)}


def called(compiler: Compiler, declared: Declared, args: Sequence[Term]) -> Closure:
    """A call of a definition by its body, given at least as many arguments as the body has parameters."""
    parameters, body = _parameters(declared)
    given = list(zip(parameters, args[: len(parameters)], strict=True))
    fixed = _fixed(compiler, given)
    routine = _routine(compiler, declared, body, fixed)
    compiler.routines_used[id(routine)] = routine
    static = {p.var.id for p in fixed.parameters}
    values = [
        (p.var.id, compiler.compile(arg))
        for p, arg in given
        if p.var.id not in static and compiler.counts(p) and mentions(body, p.var)
    ]
    passed = [(old, new.id) for old, new in fixed.numbered.items()]

    def call(env: Values) -> Value:
        own = {new: env[old] for old, new in passed if old in env}
        for id_, value in values:
            own[id_] = value(env)
        return routine.run(own)

    return compiler.dynamic(call, args[len(parameters) :])


def arity(declared: Declared) -> int:
    """How many arguments a call of a definition needs."""
    return len(_parameters(declared)[0])


def _parameters(declared: Declared) -> tuple[list[Parameter], Term]:
    """The parameters that the body binds itself, with the variables of the body, and what is below them."""
    found: list[Parameter] = []
    body, type_ = declared.body, declared.type
    while isinstance(body, Lam) and isinstance(type_, Pi):
        found.append(Parameter(body.var, body.type, type_.kind))
        body, type_ = body.body, type_.body
    assert body is not None
    return found, body


def is_static(compiler: Compiler, parameter: Parameter) -> bool:
    """The parameter is a type, a family of types or an instance: compiling depends on it."""
    compiler.types.of_var[parameter.var.id] = parameter.type
    if parameter.kind == "instance" or compiler.types.is_instance(parameter.type):
        return True
    type_ = parameter.type
    while isinstance(type_, Pi):
        type_ = type_.body
    return isinstance(type_, Sort)


def _fixed(compiler: Compiler, given: Sequence[tuple[Parameter, Term]]) -> _Fixed:
    """What of the arguments is given at compile time."""
    static = [(p, arg) for p, arg in given if is_static(compiler, p)]
    free = _free([arg for _, arg in static])
    numbered = {var.id: Var(_NUMBERED - i, var.name) for i, var in enumerate(free)}
    by: dict[int, Term] = {**numbered}
    return _Fixed(tuple(p for p, _ in static), tuple(replaced(arg, by) for _, arg in static), numbered)


def _free(terms: Sequence[Term]) -> list[Var]:
    found: dict[int, Var] = {}
    bound: set[int] = set()
    for term in terms:
        for item in subterms(term):
            bound.update(var.id for var in bound_by(item))
            if isinstance(item, Var):
                found.setdefault(item.id, item)
    return [var for id_, var in found.items() if id_ not in bound]


def _routine(compiler: Compiler, declared: Declared, body: Term, fixed: _Fixed) -> Routine:
    """The compiled definition, made when it is first called; its own calls find it unfinished."""
    routines, key = compiler.routines, (declared.name, fixed.terms)
    known = routines.made.get(key)
    if isinstance(known, Unsupported):
        raise known
    if known is not None:
        return known
    routines.versions[declared.name] = routines.versions.get(declared.name, 0) + 1
    if routines.versions[declared.name] > MOST_VERSIONS:
        raise Unsupported(f"{declared.name} at more than {MOST_VERSIONS} types")
    inner = _inside(compiler, declared, fixed)
    routine = routines.made[key] = Routine(declared.name, inner, _unfinished)
    try:
        routine.run = routines.calls.limited(inner.compile(replaced(body, fixed.by_parameter)))
    except Unsupported as error:
        named = f"{declared.name}: " if declared.name not in error.message else ""
        refusal = routines.made[key] = Unsupported.by(error, named)
        raise refusal from None
    return routine


def _inside(compiler: Compiler, declared: Declared, fixed: _Fixed) -> Compiler:
    """A compiler for the body, which knows the types of the numbered variables and of the parameters."""
    inner = compiler.fresh()
    numbered: dict[int, Term] = {**fixed.numbered}
    for old, new in fixed.numbered.items():
        type_ = compiler.types.of_var.get(old)
        if type_ is not None:
            inner.types.of_var[new.id] = replaced(type_, numbered)
    by = fixed.by_parameter
    for each in _parameters(declared)[0]:
        inner.types.of_var[each.var.id] = replaced(each.type, by)
    return inner


def _unfinished(_: Values) -> Value:
    raise Unsupported("a definition that is needed before it is compiled")


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
