"""Mirrored definitions as meanings: the Python function of a Lean name, called with the arguments it takes.

An implicit argument that another one carries is not a Python parameter, and is not evaluated.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass
from operator import attrgetter
from typing import Any

from leanmirror.bridge.compile.compiler import Closure, Compiler, call
from leanmirror.bridge.compile.kinds import kind_of
from leanmirror.bridge.compile.terms import Parameter, head_name, replaced, telescope
from leanmirror.bridge.compile.values import conformed, family, uncurried
from leanmirror.bridge.core.environment import Declared
from leanmirror.bridge.core.term import Pi, Sort, Term
from leanmirror.bridge.names.docstrings import Mirror, table
from leanmirror.bridge.names.spelling import spelling
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge.types import Value


@dataclass(frozen=True, slots=True)
class Mirrored:
    """A call of a Python function; `positions` says which argument each of its parameters is."""

    function: Callable[..., Any]
    positions: tuple[int, ...]
    parameters: tuple[Parameter, ...]
    name: str = ""

    @property
    def arity(self) -> int:
        """How many arguments it takes: up to the last that it looks at, and implicit ones after that."""
        count = max(self.positions, default=-1) + 1
        while count < len(self.parameters) and self.parameters[count].kind == "implicit":
            count += 1
        return count

    def compile(self, compiler: Compiler, args: Sequence[Term]) -> Closure:
        """The call, functions of several arguments uncurried and matrices as rows."""
        self._over_reals(compiler, args)
        by = {p.var.id: arg for p, arg in zip(self.parameters, args, strict=False)}
        types = [replaced(self.parameters[at].type, by) for at in self.positions]
        parts = [
            _argument(compiler, type_, args[at]) for type_, at in zip(types, self.positions, strict=True)
        ]
        return call(self.function, parts)

    def _over_reals(self, compiler: Compiler, args: Sequence[Term]) -> None:
        """The Python function is over ℝ: a type that it does not take has to be ℝ."""
        for at, (p, arg) in enumerate(zip(self.parameters, args, strict=False)):
            if at not in self.positions and isinstance(p.type, Sort) and kind_of(compiler, arg) != "real":
                raise Unsupported(f"{self.name}, which is mirrored over ℝ, at another type")


def mirrored(declared: Declared, counts: Callable[[Pi | Parameter], bool]) -> Mirrored | None:
    """The meaning of a mirrored name; None for another.

    `counts` tells parameters that are neither instances nor proofs. A constructor is the Python class of its
    structure, a projection a field of its objects.
    """
    function = _function(declared)
    if function is None:
        return None
    kept = tuple(p for p in telescope(declared.type) if counts(p))
    if declared.kind == "projection":
        given = sum(p.kind != "explicit" for p in kept)
        return Mirrored(_field(function), tuple(range(given, len(kept))), kept, declared.name)
    return Mirrored(function, _positions(declared.name, kept, parameters(function)), kept, declared.name)


def _function(declared: Declared) -> Callable[..., Any] | None:
    objects = table("leanmirror.spec")
    found = objects.get(declared.name)
    if found is not None and callable(found.value) and declared.kind not in ("type", "class"):
        return _called(found.value)
    above = objects.get(declared.parent)
    if above is None or not is_dataclass(above.value) or not isinstance(above.value, type):
        return None
    if declared.kind == "constructor":
        return _extending(above.value) if _extends(declared, above.value) else above.value
    if declared.kind == "projection":
        field = spelling(declared.name.rpartition(".")[2])
        if field in {each.name for each in fields(above.value)}:
            return attrgetter(field)
        return _parent(declared, objects)
    return None


def _parent(declared: Declared, objects: Mapping[str, Mirror]) -> Callable[..., Any] | None:
    """The value of a mirrored parent structure in a value that holds its fields itself."""
    type_ = declared.type
    while isinstance(type_, Pi):
        type_ = type_.body
    above = objects.get(head_name(type_) or "")
    if above is None or not isinstance(above.value, type) or not is_dataclass(above.value):
        return None
    parent, names = above.value, [each.name for each in fields(above.value)]
    return lambda value: parent(*[getattr(value, name) for name in names])


def _extends(declared: Declared, mirror: type) -> bool:
    """The constructor takes a value of a parent, whose fields the mirror holds itself."""
    names = {each.name for each in fields(mirror)}
    own = {p.var.name for p in telescope(declared.type)}
    return any(name.startswith("to") and name[2:3].isupper() for name in own) and not own >= names


def _extending(mirror: type) -> Callable[..., Any]:
    """A value from one of its parent, where that holds all that is kept."""

    def made(parent: Any) -> Any:
        return mirror(*[getattr(parent, each.name) for each in fields(mirror)])

    return made


def _called(value: Any) -> Callable[..., Any]:
    found: Callable[..., Any] = value
    return found


def _field(get: Callable[..., Any]) -> Callable[..., Any]:
    """A field of an object, applied where it is a function and there are arguments."""

    def field(of: Value, *args: Value) -> Value:
        value = get(of)
        return value(*args) if args else value

    return field


def parameters(function: Callable[..., Any]) -> tuple[str, ...]:
    """The names of a Python function's parameters."""
    return tuple(inspect.signature(function).parameters)


def _positions(name: str, kept: Sequence[Parameter], wanted: Sequence[str]) -> tuple[int, ...]:
    """For each Python parameter the argument that it is: by name, and what is left in order."""
    by_name = {spelling(p.var.name): at for at, p in enumerate(kept)}
    taken = {by_name[w] for w in wanted if w in by_name}
    rest = [at for at, p in enumerate(kept) if p.kind == "explicit" and at not in taken]
    found: list[int] = []
    for each in wanted:
        if each in by_name:
            found.append(by_name[each])
        elif rest:
            found.append(rest.pop(0))
        else:
            raise Unsupported(f"{name}: the Python parameter {each} is no argument")
    return tuple(found)


def _argument(compiler: Compiler, type_: Term, arg: Term) -> Closure:
    value = compiler.compile(arg)
    count = 0
    inner: Term = type_
    while isinstance(inner, Pi):
        count, inner = count + 1, inner.body
    if count > 1 and isinstance(type_, Pi) and compiler.types.fin(type_.type) is None:
        return lambda env: uncurried(value(env), count)
    if count == 1:
        return lambda env: family(value(env))
    if compiler.types.at_head(type_, *MATRICES) is not None:
        of_type = compiler.compile(type_)
        return lambda env: conformed(of_type(env), value(env))
    return value


MATRICES = ("Matrix", "Proofs.Autograd.Mat", "PiLp")
"""Types of matrices: their values may come as functions of two indices."""
