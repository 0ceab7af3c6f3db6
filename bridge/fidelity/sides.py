"""One side of a comparison: a constant applied to variables, in the environment that says what it means."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from leanmirror.bridge.compile.compiler import Compiler, Meanings
from leanmirror.bridge.compile.sizes import free
from leanmirror.bridge.compile.terms import fresh, head, replaced
from leanmirror.bridge.core.environment import Declared, Environment
from leanmirror.bridge.core.term import Const, Pi, Sort, Term, app
from leanmirror.bridge.elaborate.statement import Binding
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge.types import RealT, Value


@dataclass(frozen=True)
class Side:
    """A constant of an environment, its parameters as variables of its own, and the type of what it gives.

    `fixed` are values of variables that no example gives, types of numbers among them.
    """

    declared: Declared
    environment: Environment
    compiler: Compiler
    binders: tuple[Binding, ...]
    value: Term
    type: Term
    fixed: Mapping[int, Value] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The constant."""
        return self.declared.name

    @property
    def drawn(self) -> tuple[Binding, ...]:
        """The parameters that an example has values for."""
        return drawn(self.binders)


def drawn(binders: Sequence[Binding]) -> tuple[Binding, ...]:
    """The binders that are neither instances nor proofs nor types of numbers."""
    return tuple(b for b in binders if b.kind != "instance" and not b.prop and not isinstance(b.type, Sort))


PLAIN = frozenset(
    (
        *("Real", "Rat", "Nat", "Int", "Bool", "Fin", "SignType", "ENNReal"),
        *("EuclideanSpace", "Matrix", "PiLp"),
        *("WithLp", "ContinuousLinearMap", "LinearMap", "Spec.Shape", "Spec.Tensor", "Spec.LinearSpec"),
        *("Proofs.Autograd.Vec", "Proofs.Autograd.Mat", "Proofs.Autograd.CtxVec", "Proofs.Autograd.TList"),
        *("Proofs.Autograd.Algebra.TList", "Proofs.Autograd.Idx"),
    )
)
"""Types whose values are compared as they are."""

HOLDERS = ("Prod", "List", "Option")
"""Types whose values are compared as they are where their parts are."""


def is_plain(compiler: Compiler, type_: Term) -> bool:
    """Values of the type are compared as they are: numbers, and what holds them; also out of `Fin n`."""
    if compiler.is_scalar(type_) or compiler.types.at_head(type_, *PLAIN) is not None:
        return True
    if isinstance(type_, Pi):
        uniform = type_.var.id not in free(type_.body)
        return uniform and compiler.types.fin(type_.type) is not None and is_plain(compiler, type_.body)
    found = compiler.types.at_head(type_, *HOLDERS)
    return found is not None and all(is_plain(compiler, arg) for arg in head(found)[1])


def side(name: str, environment: Environment, meanings: Meanings) -> Side:
    """The side that a constant makes. Raises Unsupported for a name that the environment does not have."""
    declared = environment.lookup(name)
    if declared is None:
        raise Unsupported(f"unknown name {name}", cause="unknown_name")
    return side_of(declared, environment, Compiler(environment, meanings))


def side_of(declared: Declared, environment: Environment, compiler: Compiler) -> Side:
    """The side that a definition makes."""
    name = declared.name
    binders: list[Binding] = []
    by: dict[int, Term] = {}
    type_ = declared.type
    while isinstance(type_, Pi) and not is_plain(compiler, type_):
        binder = bound(compiler, type_, by)
        binders.append(binder)
        by[type_.var.id] = binder.var
        type_ = type_.body
    value = app(Const(name), *(each.var for each in binders))
    numbers = {each.var.id: RealT() for each in binders if isinstance(each.type, Sort) and not each.prop}
    return Side(declared, environment, compiler, tuple(binders), value, replaced(type_, by), numbers)


def bound(compiler: Compiler, pi: Pi, by: dict[int, Term]) -> Binding:
    """The variable of a function type as a binder of its own, the variables before it replaced."""
    var, type_ = fresh(pi.var.name if pi.var.name and "✝" not in pi.var.name else "x"), replaced(pi.type, by)
    prop = compiler.types.is_prop(type_)
    compiler.types.of_var[var.id] = type_
    return Binding(var, type_, pi.kind, prop)
