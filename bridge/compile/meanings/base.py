"""The two kinds of meaning: a Python function of values, and a form that is compiled from terms."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from leanmirror.bridge.compile.compiler import Closure, call
from leanmirror.bridge.core.term import Term

if TYPE_CHECKING:
    from leanmirror.bridge.compile.compiler import Compiler


@dataclass(frozen=True, slots=True)
class Function:
    """A Python function of the arguments' values, in Lean's order.

    The first `skipped` of the `arity` arguments, implicit ones that the value does not depend on, are not
    evaluated: `Fin.castAdd {n} (m) (i : Fin n)` is `Function(itself, 3, 2)`, and of
    `List.map {α β} (f) (xs)` β alone is needed, for the form of the list: `Function(mapped, 4, 1)`.
    `constant`: the value depends on nothing but the arguments, not even on the precision, so that it is
    computed once where they have no variables.
    """

    function: Callable[..., Any]
    arity: int
    skipped: int = 0
    constant: bool = False

    def compile(self, compiler: Compiler, args: Sequence[Term]) -> Closure:
        """A call with the arguments' values."""
        return call(self.function, [compiler.compile(arg) for arg in args[self.skipped :]])


@dataclass(frozen=True, slots=True)
class Form:
    """A constant that looks at its arguments' terms: their types, or which of them to evaluate."""

    build: Callable[[Compiler, Sequence[Term]], Closure]
    arity: int

    def compile(self, compiler: Compiler, args: Sequence[Term]) -> Closure:
        """What the form builds."""
        return self.build(compiler, args)


Table = Mapping[str, Function | Form]


def function(f: Callable[..., Any], skipped: int = 0, *, constant: bool = False) -> Function:
    """A function whose parameters are the arguments after the first `skipped` ones."""
    return Function(f, skipped + f.__code__.co_argcount, skipped, constant)


def itself(x: Any) -> Any:
    """What it is given: casts and wrappers whose values have the same form."""
    return x


def value(v: Any) -> Function:
    """A constant without arguments."""
    return Function(lambda: v, 0, 0, True)
