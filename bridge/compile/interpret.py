"""A definition of a package run by itself: `interpret(environment, name)`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leanmirror.bridge.compile.compiler import Compiler, Values
from leanmirror.bridge.compile.meanings import Meanings
from leanmirror.bridge.compile.routines import Routines, arity, called, is_static, rests_on
from leanmirror.bridge.compile.terms import Parameter, telescope
from leanmirror.bridge.compile.values import apply
from leanmirror.bridge.core.environment import Declared
from leanmirror.bridge.core.term import Sort
from leanmirror.spec.judge.types import RealT, Value

if TYPE_CHECKING:
    from leanmirror.bridge.elaborate.package import TreeLibrary


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
    declared = environment.text_of(name)
    meanings = meanings or Meanings(environment)
    routines = Routines(forced={name: declared})
    compiler = Compiler(environment, meanings, routines)
    parameters = telescope(declared.type)
    for each in parameters:
        compiler.types.of_var[each.var.id] = each.type
    bound = arity(declared)
    run = called(compiler, declared, [p.var for p in parameters[:bound]])
    takes = tuple(p for p in parameters[:bound] if compiler.counts(p) and not is_static(compiler, p))
    return Interpreted(name, declared, parameters, takes, tuple(sorted(rests_on(compiler) - {name})), run)
