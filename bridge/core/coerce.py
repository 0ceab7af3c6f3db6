"""Coercions: what Lean inserts when a term has another type than the one expected."""

from __future__ import annotations

from typing import NoReturn

from leanmirror.bridge.core.environment import Environment
from leanmirror.bridge.core.instances import Synthesizer
from leanmirror.bridge.core.show import Shower
from leanmirror.bridge.core.substitute import arguments, has_metas, head_name
from leanmirror.bridge.core.term import App, Const, Meta, Pi, Proof, Sort, Term, const

NO_FUNCTIONS = frozenset(
    ("Real", "Nat", "Int", "Rat", "Bool", "Fin", "Prod", "List", "Option", "String", "WithLp", "Spec.Shape")
)
"""Types of which we know that their values are no functions and coerce to none."""


class Coercer(Synthesizer):
    """Fits terms to types: by unification, else by a coercion, else with the two types in the message."""

    def __init__(self, env: Environment) -> None:
        super().__init__(env)
        self.shower = Shower(env)

    def shown(self, term: Term) -> str:
        """The text of a term, for messages."""
        return self.shower.show(self.zonk(term))

    def fitted(self, term: Term, found: Term, expected: Term) -> Term:
        """The term as one of the expected type. Raises IllTyped, or Unsupported where that cannot be told."""
        self.blocked = ""
        if self.unify(found, expected):
            return term
        blocked = self.blocked
        result = self.coerced(term, found, expected)
        if result is None:
            self.synthesize_pending()
            if self.unify(found, expected):
                return term
            result = self.coerced(term, found, expected)
        if result is None:
            self.blocked = blocked
            self.mismatch(found, expected)
        return result

    def coerced(self, term: Term, found: Term, expected: Term) -> Term | None:
        """The term with a coercion to the expected type; None where there is none."""
        found, expected = self.zonk(found), self.zonk(expected)
        if isinstance(found, Meta) or isinstance(expected, Meta):
            return None
        target = self.whnf(expected, reducible=True)
        if isinstance(target, Pi):
            function = self.as_function(term, found)
            return function[0] if function is not None and self.unify(function[1], target) else None
        if isinstance(target, Sort):
            if target.level == 0 and self.whnf(found) == Const("Bool"):
                return const("Eq", Const("Bool"), term, Const("Bool.true"))
            return None
        if found == Sort(0) and target == Const("Bool"):
            return self._decided(term)
        return self._by_class(term, found, expected)

    def _decided(self, term: Term) -> Term | None:
        instance = self.synthesize(const("Decidable", term))
        return None if instance is None else const("Decidable.decide", term, instance)

    def _by_class(self, term: Term, found: Term, expected: Term) -> Term | None:
        direct = self._coe(term, found, expected)
        if direct is not None or head_name(self.whnf(found, reducible=True)) != "Fin":
            return direct
        number = self._coe(term, found, Const("Nat"))
        return None if number is None else self._coe(number, Const("Nat"), expected)

    def _coe(self, term: Term, found: Term, expected: Term) -> Term | None:
        if self.env.lookup("Coe") is None:
            return None
        instance = self.synthesize(const("Coe", found, expected))
        if instance is None:
            return None
        return self.unfolded_field(const("Coe.coe", found, expected, instance, term))

    def can_coerce(self, found: Term, expected: Term) -> bool:
        """Whether values of one type coerce to another."""
        mark = self.mark()
        result = self.coerced(Proof(found), found, expected)
        self.undo(mark)
        return result is not None

    def unfolded_field(self, term: Term) -> Term:
        """The field of an instance that is written out: what it is; else the term."""
        if isinstance(term, App) and isinstance(term.fn, Const):
            declared = self.env.lookup(term.fn.name)
            if declared is not None and declared.kind == "projection":
                return self._projected(declared, term.args, deep=True) or term
        return term

    def as_function(self, term: Term, type_: Term) -> tuple[Term, Term] | None:
        """The term as a function, with its type as a Pi; None where it is none."""
        type_ = self.whnf(type_, reducible=True)
        if isinstance(type_, Pi):
            return term, type_
        if isinstance(type_, Meta):
            return None
        for class_name in ("DFunLike", "CoeFun"):
            found = self._function_by(class_name, term, type_)
            if found is not None:
                return found
        further = self.whnf(type_)
        return (term, further) if isinstance(further, Pi) else None

    def _function_by(self, class_name: str, term: Term, type_: Term) -> tuple[Term, Term] | None:
        family = self.env.family(class_name)
        if family is None:
            return None
        goal: Term = const(class_name, type_)
        args: list[Term] = [type_]
        for _ in range(family.params - 1):
            parameter = self.whnf(self.infer(goal))
            if not isinstance(parameter, Pi):
                return None
            args.append(self.meta(parameter.type))
            goal = const(class_name, *args)
        instance = self.synthesize(goal)
        if instance is None:
            return None
        projection = f"{class_name}.coe"
        whole = const(projection, *args, instance, term)
        function = self.unfolded_field(whole) if class_name == "CoeFun" else whole
        function_type = self.whnf(self.infer(whole), reducible=True)
        return (self.zonk(function), self.zonk(function_type)) if isinstance(function_type, Pi) else None

    def synthesize_pending(self) -> bool:
        """Try again what waits for more to be known; whether anything was found."""
        raise NotImplementedError

    # Messages

    def no_function(self, type_: Term) -> NoReturn:
        """Raise for something applied that is no function: certain only for types that we know whole."""
        head = head_name(self.whnf(type_, reducible=True))
        if head in NO_FUNCTIONS:
            self.ill_typed(f"{self.shown(type_)} is not a function")
        raise self.refusal(f"an application of a {self.shown(type_)}", cause="type")

    def mismatch(self, found: Term, expected: Term) -> NoReturn:
        """Raise for two types that do not fit: Unsupported when a definition that we lack decides it."""
        if self.blocked:
            question = f"whether {self.shown(found)} is {self.shown(expected)}"
            self.unsupported(f"{question}: the definition of {self.blocked} decides", cause="meaning")
        sizes = self.different_sizes(found, expected)
        if sizes is not None and self.polynomial(sizes[0]) == self.polynomial(sizes[1]):
            self.ill_typed(f"Lean needs a cast here: {self.shown(sizes[0])} met {self.shown(sizes[1])}")
        detail = f" ({self.shown(sizes[0])} is not {self.shown(sizes[1])})" if sizes is not None else ""
        self.ill_typed(f"{self.shown(found)} met {self.shown(expected)}{detail}")

    def different_sizes(self, left: Term, right: Term) -> tuple[Term, Term] | None:
        """The first two sizes in which two types of one form differ."""
        left, right = self.zonk(left), self.zonk(right)
        for _ in range(16):
            if head_name(left) and head_name(left) == head_name(right):
                break
            a, b = self.unfold(left, reducible=True), self.unfold(right, reducible=True)
            if a is None and b is None:
                return None
            left, right = a or left, b or right
        return self._first_different(left, right)

    def _first_different(self, left: Term, right: Term) -> tuple[Term, Term] | None:
        for x, y in zip(arguments(left), arguments(right), strict=False):
            if has_metas(x) or has_metas(y) or self.unify(x, y):
                continue
            if self.whnf(self.infer(x), reducible=True) == Const("Nat"):
                return x, y
            deeper = self.different_sizes(x, y)
            if deeper is not None:
                return deeper
        return None
