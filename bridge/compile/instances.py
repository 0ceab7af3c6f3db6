"""What instance arguments say of values: `[IsPos x]` is a hypothesis, the proofs in its class.

A class of operations, notation or decisions says nothing: it is on a closed list. `[Nonempty T]` and its
relatives say that T has values, and how many. Of any other class the fields that are proofs are assumed, by
projection, as Lean has them from the instance. A class with data in it that is on no list is refused by name.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator

from leanmirror.bridge.compile.sizes import free
from leanmirror.bridge.compile.specialize import WITH_FINITE, WITH_REALS, WITH_SPACE
from leanmirror.bridge.compile.structures import projections
from leanmirror.bridge.compile.terms import Constants, Types, head, head_name
from leanmirror.bridge.core.term import App, Const, Lit, Pi, Term, const
from leanmirror.spec.errors import Unsupported

DECISIONS = frozenset(
    ("Decidable", "DecidableEq", "DecidableRel", "DecidablePred", "DecidableLE", "DecidableLT")
)
"""Any two instances of these are equal, so that they say nothing, whatever they are of."""

UNIQUE_OPERATIONS = frozenset(("Fintype", "CompleteSpace", "FiniteDimensional"))
"""Classes of which a type that runs here has an instance, and one only."""

CARDINALITIES = frozenset(("Nonempty", "IsEmpty", "Subsingleton", "Finite", "Infinite"))
"""Classes that say how many values a type has; they are meanings too."""

OPERATIONS = (WITH_FINITE | WITH_SPACE | WITH_REALS) - DECISIONS - UNIQUE_OPERATIONS - CARDINALITIES
"""Classes that give a type variable its operations. The type that it is run at has them."""


def said(constants: Constants, type_: Term, instance: Term, types_run: Collection[int]) -> Iterator[Term]:
    """The propositions that an instance argument of that type gives.

    `types_run` are the variables that stand for types, and the sizes of these: operations are those of the
    types that the statement is run at. Raises Unsupported where it is not known what an instance says.
    """
    if isinstance(type_, Pi):
        for each in said(constants, type_.body, App(instance, (type_.var,)), types_run):
            yield Pi(type_.var, type_.type, each)
        return
    name, args = head_name(type_) or "", head(type_)[1]
    if name in DECISIONS | UNIQUE_OPERATIONS:
        return
    if name in OPERATIONS and name != "Inhabited":
        if not free(type_) & set(types_run):
            raise Unsupported(f"an instance of {name} besides the type's own", cause="instance")
        return
    known = _of_library(name, args, type_)
    yield from known if known is not None else _fields(constants, type_, instance, types_run)


def _of_library(name: str, args: tuple[Term, ...], type_: Term) -> tuple[Term, ...] | None:
    """What an instance of a class of the library says; None for other classes."""
    match name:
        case "Fact":
            return (args[0],)
        case "NeZero" if args[0] == Const("Nat"):
            return (_less(0, args[-1]),)
        case "Nat.AtLeastTwo":
            return (_less(1, args[0]),)
        case "Nonempty" | "Inhabited" if head_name(args[0]) == "Fin":
            return (_less(0, head(args[0])[1][0]),)
        case "IsEmpty" if head_name(args[0]) == "Fin":
            return (const("Eq", Const("Nat"), head(args[0])[1][0], Lit(0)),)
        case "Subsingleton" if head_name(args[0]) == "Fin":
            return (const("LE.le", Const("Nat"), Const("instLENat"), head(args[0])[1][0], Lit(1)),)
        case "Unique" if head_name(args[0]) == "Fin":
            return (const("Eq", Const("Nat"), head(args[0])[1][0], Lit(1)),)
        case "Inhabited":
            return (const("Nonempty", *args),)
        case "Unique":
            return const("Nonempty", *args), const("Subsingleton", *args)
    return (type_,) if name in CARDINALITIES else None


def _less(low: int, n: Term) -> Term:
    return const("LT.lt", Const("Nat"), Const("instLTNat"), Lit(low), n)


def _fields(constants: Constants, type_: Term, instance: Term, types_run: Collection[int]) -> Iterator[Term]:
    """The proofs in a class that the text declares, its parents' included."""
    name, types = head_name(type_) or "", Types(constants)
    family = constants.family(name)
    if family is None or not family.is_class or not family.fields:
        raise Unsupported(f"what an instance of {name or 'a class'} says", cause="instance")
    for field, projected, value in projections(constants, type_, instance):
        if types.is_instance(projected):
            yield from said(constants, projected, value, types_run)
        elif types.is_prop(projected):
            yield projected
        else:
            raise Unsupported(f"an instance of {name}, which gives a value ({field})", cause="instance")
