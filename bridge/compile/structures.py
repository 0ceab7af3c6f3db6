"""Structures with proofs in them: what these fields say of a value, and structures that are propositions."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leanmirror.bridge.compile.terms import Constants, Types, ends_in_prop, head, head_name, replaced
from leanmirror.bridge.core.term import Const, Pi, Proof, Term, app, const
from leanmirror.spec.errors import Unsupported

STRUCTURES = ("OpSpecCorrect", "OpSpecFDerivCorrect")
"""Last components of the names of structures whose definitions are claims."""


def projections(constants: Constants, type_: Term, value: Term) -> Iterator[tuple[str, Term, Term]]:
    """The fields of a structure at a value of it: name, type and value, those that hold parents included."""
    name, args = head_name(type_) or "", head(type_)[1]
    family = constants.family(name)
    if family is None:
        return
    for field in family.fields:
        declared = constants.lookup(f"{name}.{field}")
        if declared is None:
            raise Unsupported(f"{name}.{field}, whose declaration is not understood")
        projected = _of_value(declared.type, (*args[: family.params], value))
        yield field, projected, app(Const(declared.name), *args[: family.params], value)


def fields(constants: Constants, type_: Term, value: Term) -> list[tuple[str, Term]]:
    """What the proofs in a structure say of a value of it: field and proposition, parents' included."""
    name = head_name(type_) or ""
    family = constants.family(name)
    if family is None or not family.is_structure:
        raise Unsupported(f"a definition of type {name}, which is no structure")
    types, parents = Types(constants), {field for _, field in family.parents}
    found: list[tuple[str, Term]] = []
    for field, projected, of_value in projections(constants, type_, value):
        if field in parents:
            found += fields(constants, projected, of_value)
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


def conjunction(constants: Constants, term: Term) -> Term | None:
    """A structure that is a proposition as the conjunction of its fields; None for anything else.

    With `structure Near (x y : ℝ) : Prop where le : x ≤ y; small : y - x ≤ 1`, `Near a b` is
    `a ≤ b ∧ b - a ≤ 1`.
    """
    name, args = head_name(term) or "", head(term)[1]
    family = constants.family(name)
    declared = constants.lookup(name)
    if family is None or declared is None or not family.is_structure or not family.fields:
        return None
    if not ends_in_prop(declared.type) or len(args) != family.params:
        return None
    types, parts = Types(constants), []
    for field, projected, _ in projections(constants, term, Proof(term)):
        if not types.is_prop(projected):
            raise Unsupported(f"{name} as a proposition, whose field {field} is no proof")
        parts.append(projected)
    if len(parts) != len(family.fields):
        return None
    whole = parts.pop()
    while parts:
        whole = const("And", parts.pop(), whole)
    return whole
