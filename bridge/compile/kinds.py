"""The kinds of types that decide how to calculate, told from the term of a type."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from leanmirror.bridge.core.term import Term

if TYPE_CHECKING:
    from leanmirror.bridge.compile.compiler import Compiler

NUMBERS = ("real", "nat", "int")
"""Kinds whose values Python's own operators calculate with."""


def kind_of(compiler: Compiler, type_: Term) -> str:
    """The kind of a type that decides how to calculate: real, nat, int, fin, or other."""
    if compiler.is_scalar(type_):
        return "real"
    for kind, names in KINDS.items():
        if compiler.types.at_head(type_, *names) is not None:
            return kind
    return "other"


KINDS: Mapping[str, tuple[str, ...]] = {
    "real": ("Real", "Rat"),
    "nat": ("Nat",),
    "int": ("Int",),
    "fin": ("Fin",),
}
