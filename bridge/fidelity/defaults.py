"""Parameters with default values: both sides with such a parameter left out."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from dataclasses import replace

from leanmirror.bridge.compile.mirrored import Mirrored
from leanmirror.bridge.compile.terms import applied, replaced
from leanmirror.bridge.core.environment import Declared
from leanmirror.bridge.fidelity.compared import OtherForm
from leanmirror.bridge.fidelity.sides import Side
from leanmirror.bridge.names.spelling import spelling
from leanmirror.spec.judge.types import Value


def left_out(text: Side, other: Side) -> Iterator[tuple[str, Side, Side]]:
    """Each parameter with a default value, and both sides without it.

    Where the other side is a Python function with a default of its own, that one is taken. Raises OtherForm
    where only one side has a default.
    """
    mine, others = text.declared, other.declared
    for position, binder in enumerate(text.drawn):
        if position >= len(other.drawn):
            return
        at, there = text.binders.index(binder), other.binders.index(other.drawn[position])
        if (at in mine.defaults) != (there in others.defaults):
            raise OtherForm(f"only one side has a default for {binder.var.name}")
        if at in mine.defaults:
            yield binder.var.name, without(text, mine, at), _without_as_written(other, others, there)


def without(side: Side, declared: Declared, at: int) -> Side:
    """The side with its parameter number `at` left out: the default value stands in its place."""
    binder = side.binders[at]
    default = applied(declared.defaults[at], [each.var for each in side.binders[:at]])
    by = {binder.var.id: default}
    rest = (*side.binders[:at], *(replace(b, type=replaced(b.type, by)) for b in side.binders[at + 1 :]))
    return replace(side, binders=rest, value=replaced(side.value, by), type=replaced(side.type, by))


def _without_as_written(side: Side, declared: Declared, at: int) -> Side:
    """The side without the parameter: by the default of its Python function, if it has one."""
    found = _python_default(side, declared, at)
    if found is None:
        return without(side, declared, at)
    binder = side.binders[at]
    rest = (*side.binders[:at], *side.binders[at + 1 :])
    return replace(side, binders=rest, fixed={**side.fixed, binder.var.id: found[0]})


def _python_default(side: Side, declared: Declared, at: int) -> tuple[Value] | None:
    meaning = side.compiler.meanings(declared)
    if not isinstance(meaning, Mirrored):
        return None
    parameter = inspect.signature(meaning.function).parameters.get(spelling(side.binders[at].var.name))
    if parameter is None or parameter.default is inspect.Parameter.empty:
        return None
    return (parameter.default,)
