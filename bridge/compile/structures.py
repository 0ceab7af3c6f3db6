"""Definitions of structures with proofs in them: what these fields say of the value is claimed."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from leanmirror.bridge.compile.terms import Constants, Types, head, head_name, replaced
from leanmirror.bridge.core.environment import Family
from leanmirror.bridge.core.term import Const, Pi, Term, app
from leanmirror.spec.errors import Unsupported

STRUCTURES = ("OpSpecCorrect", "OpSpecFDerivCorrect")
"""Last components of the names of structures whose definitions are claims."""


def fields(constants: Families, type_: Term, value: Term) -> list[tuple[str, Term]]:
    """What the proofs in a structure say of a value of it: field and proposition, parents' included."""
    name, args = head_name(type_) or "", head(type_)[1]
    family = constants.family(name)
    if family is None or not family.is_structure:
        raise Unsupported(f"a definition of type {name}, which is no structure")
    types = Types(constants)
    found: list[tuple[str, Term]] = []
    above = {field: parent for parent, field in family.parents}
    for field in (*above, *family.fields):
        declared = constants.lookup(f"{name}.{field}")
        if declared is None:
            continue
        projected = _of_value(declared.type, (*args, value))
        if field in above:
            found += fields(constants, projected, app(Const(declared.name), *args, value))
        elif types.is_prop(projected):
            found.append((field, projected))
    return found


def _of_value(type_: Term, args: Sequence[Term]) -> Term:
    """The type of a projection at these parameters and this value."""
    by: dict[int, Term] = {}
    for arg in args:
        assert isinstance(type_, Pi)
        by[type_.var.id] = arg
        type_ = type_.body
    return replaced(type_, by)


class Families(Constants, Protocol):
    """Where constants and the structures among them are looked up."""

    def family(self, name: str) -> Family | None: ...
