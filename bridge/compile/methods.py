"""Methods of classes at instances that the text gives."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from leanmirror.bridge.compile.terms import applied, head, replaced
from leanmirror.bridge.core.environment import Declared
from leanmirror.bridge.core.term import Const, Lam, Let, Term

if TYPE_CHECKING:
    from leanmirror.bridge.compile.compiler import Compiler

MOST_PROJECTED = 100
"""Steps from a method to what its instance says."""


def method(compiler: Compiler, declared: Declared, args: Sequence[Term], ours: bool = False) -> Term | None:
    """A method of a class at an instance that the text gives: what the instance says; None for others.

    `ours`: an instance that our prelude writes out is taken, too.
    """
    textual = ours
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
