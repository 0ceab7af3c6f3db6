"""Statements at types that can be run, and without variables that another one decides.

A type variable with `[Fintype ι]` becomes `Fin n`, one that is a normed space or a module
`EuclideanSpace ℝ (Fin n)`, with a new n : ℕ that is drawn; any other stands for ℝ, where ℝ is an instance of
its classes. A variable f' with a hypothesis `HasFDerivAt f f' x` can only be `fderiv ℝ f x`, and is written
so; the hypothesis says then that f is differentiable at x.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from leanmirror.bridge.compile.sizes import free
from leanmirror.bridge.compile.terms import fresh, head, head_name, replaced
from leanmirror.bridge.core.term import App, Const, Lam, Pi, Sort, Term, Var, app, const
from leanmirror.bridge.elaborate.statement import Binding, Statement
from leanmirror.spec.errors import Unsupported
from leanmirror.spec.judge.types import SizedT

FINITE = frozenset(("Fintype", "Finite"))
WITH_FINITE = FINITE | {"DecidableEq", "Nonempty", "Inhabited", "BEq"}
SPACE = frozenset(("NormedAddCommGroup", "NormedSpace", "InnerProductSpace", "Module"))
WITH_SPACE = SPACE | {"CompleteSpace", "AddCommGroup", "AddCommMonoid", "FiniteDimensional", "Inhabited"}
WITH_REALS = frozenset(
    [
        "Add",
        "AddCommGroup",
        "AddCommMonoid",
        "AddGroup",
        "BEq",
        "Coe",
        "CommMonoid",
        "CommRing",
        "CommSemiring",
        "CompleteSpace",
        "Context",
        "Decidable",
        "DecidableEq",
        "DecidableLE",
        "DecidableLT",
        "DecidableRel",
        "Div",
        "Dvd",
        "Field",
        "HAdd",
        "HDiv",
        "HMul",
        "HPow",
        "HSMul",
        "HSub",
        "Inhabited",
        "Infinite",
        "IntCast",
        "Inv",
        "IsStrictOrderedRing",
        "LE",
        "LT",
        "Lattice",
        "LinearOrder",
        "MathFunctions",
        "Max",
        "Min",
        "Module",
        "Monoid",
        "Mul",
        "NatCast",
        "Neg",
        "Nonempty",
        "NontriviallyNormedField",
        "Norm",
        "Numbers",
        "OfNat",
        "OfScientific",
        "One",
        "Pow",
        "Preorder",
        "RatCast",
        "Ring",
        "SMul",
        "Semiring",
        "Sub",
        "Zero",
    ]
)
"""Classes that ℝ has an instance of; classes of several types count where the others are such types too."""

MOST_CASES = 256
"""Sums over several finite types at once have at most this many terms."""


@dataclass(frozen=True, slots=True)
class Specialized:
    """The statement to run, the types of new size variables by id, and what type variables stand for.

    `arguments` are what the original statement is applied to, in its order.
    """

    statement: Statement
    sizes: Mapping[int, SizedT]
    at: tuple[str, ...]
    arguments: tuple[Term, ...]


def specialized(statement: Statement) -> Specialized:
    """The statement at types that can be run. Raises Unsupported for a class that ℝ may not have."""
    classes = _classes(statement.binders)
    finite = [var for var, names in classes.items() if names & FINITE]
    by: dict[int, Term] = {}
    sizes: dict[int, SizedT] = {}
    at: list[str] = []
    binders: list[Binding] = []
    for each in statement.binders:
        kind = _kind(each, classes)
        if kind == "scalar":
            at.append(f"{each.var.name} := ℝ")
        elif kind:
            size = fresh(each.var.name)
            by[each.var.id] = _former(kind, size)
            sizes[size.id] = _sizes(kind, len(finite), classes[each.var.id])
            at.append(
                f"{each.var.name} := {sizes[size.id].former.replace('·', 'n')}, n ≤ {sizes[size.id].high}"
            )
            binders.append(Binding(size, Const("Nat"), each.kind))
            continue
        binders.append(replace(each, type=replaced(each.type, by)))
    found = replace(statement, binders=tuple(binders), conclusion=replaced(statement.conclusion, by))
    arguments = tuple(by.get(each.var.id, each.var) for each in statement.binders)
    found, arguments = _without_derivatives(found, arguments)
    return Specialized(found, sizes, tuple(at), arguments)


def _classes(binders: Sequence[Binding]) -> dict[int, set[str]]:
    """The type variables, with the classes that they are said to have."""
    found: dict[int, set[str]] = {}
    for each in binders:
        if isinstance(each.type, Sort) and each.type.level != 0:
            found[each.var.id] = set()
        elif each.kind == "instance":
            for arg in head(each.type)[1]:
                if isinstance(arg, Var) and arg.id in found:
                    found[arg.id].add(head_name(each.type) or "")
    return found


def _kind(each: Binding, classes: Mapping[int, set[str]]) -> str:
    """`finite`, `space` or `scalar` for a type variable; nothing for another binder."""
    names = classes.get(each.var.id)
    if names is None:
        return ""
    if names & FINITE:
        return _known("finite", each, names - WITH_FINITE, "a finite type")
    if names & SPACE and "NontriviallyNormedField" not in names:
        return _known("space", each, names - WITH_SPACE, "EuclideanSpace ℝ (Fin n)")
    return _known("scalar", each, names - WITH_REALS, "ℝ")


def _known(kind: str, each: Binding, unknown: set[str], what: str) -> str:
    if unknown:
        raise Unsupported(f"{each.var.name}: whether {what} is a {min(unknown)}")
    return kind


def _former(kind: str, size: Var) -> Term:
    index = const("Fin", size)
    return index if kind == "finite" else const("EuclideanSpace", Const("Real"), index)


def _sizes(kind: str, finite: int, classes: set[str]) -> SizedT:
    low = int(bool(classes & {"Nonempty", "Inhabited"}))
    if kind == "space":
        return SizedT(0, 3, "EuclideanSpace ℝ (Fin ·)")
    return SizedT(low, max(2, min(4, int(MOST_CASES ** (1 / finite)))), "Fin ·")


def _without_derivatives(
    statement: Statement, arguments: tuple[Term, ...]
) -> tuple[Statement, tuple[Term, ...]]:
    """The statement with each variable that a hypothesis makes a derivative written as that derivative."""
    for each in statement.binders:
        found = _decided(each.type, statement.binders) if each.prop else None
        if found is not None:
            var, value, instead = found
            by = {var: value}
            binders = [
                replace(b, type=instead if b is each else replaced(b.type, by))
                for b in statement.binders
                if b.var.id != var
            ]
            conclusion = replaced(statement.conclusion, by)
            changed = replace(statement, binders=tuple(binders), conclusion=conclusion)
            return _without_derivatives(changed, tuple(replaced(a, by) for a in arguments))
    return statement, arguments


def _decided(hypothesis: Term, binders: Sequence[Binding]) -> tuple[int, Term, Term] | None:
    """The variable that a hypothesis makes a derivative, that derivative, and what the hypothesis is then."""
    over: list[Pi] = []
    while isinstance(hypothesis, Pi):
        over.append(hypothesis)
        hypothesis = hypothesis.body
    if head_name(hypothesis) != "HasFDerivAt":
        return None
    args = head(hypothesis)[1]
    f, slope, x = args[-3:]
    var, points = (slope.fn, slope.args) if isinstance(slope, App) else (slope, ())
    if not isinstance(var, Var) or var.id not in {b.var.id for b in binders if not b.prop}:
        return None
    if points != tuple(each.var for each in over) or var.id in free(f) | free(x):
        return None
    value: Term = app(Const("fderiv"), *args[:-3], f, x)
    instead: Term = app(Const("DifferentiableAt"), *args[:-3], f, x)
    for each in reversed(over):
        value, instead = Lam(each.var, each.type, value), Pi(each.var, each.type, instead, each.kind)
    return var.id, value, instead
