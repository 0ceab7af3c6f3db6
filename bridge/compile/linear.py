"""Linear forms: a real or integer term as a sum of multiples of others."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from flint import fmpq

from leanmirror.bridge.compile.kinds import kind_of
from leanmirror.bridge.compile.sizes import free
from leanmirror.bridge.compile.terms import head, head_name
from leanmirror.bridge.core.term import Const, Lit, Term, Var

if TYPE_CHECKING:
    from leanmirror.bridge.compile.compiler import Closure, Compiler


@dataclass(frozen=True, slots=True)
class Form:
    """`constant + Σ coefficient * term`, terms in the order in which they were met, no coefficient 0."""

    constant: Fraction = Fraction(0)
    terms: dict[Term, Fraction] = field(default_factory=dict)

    def plus(self, other: Form, factor: Fraction = Fraction(1)) -> Form:
        """The sum with a multiple of another form."""
        terms = dict(self.terms)
        for term, coefficient in other.terms.items():
            terms[term] = terms.get(term, Fraction(0)) + factor * coefficient
        kept = {term: coefficient for term, coefficient in terms.items() if coefficient}
        return Form(self.constant + factor * other.constant, kept)

    def scaled(self, factor: Fraction) -> Form:
        """A multiple of the form."""
        return Form().plus(self, factor)

    def without(self, term: Term) -> Form:
        """The form without one of its terms."""
        return Form(self.constant, {t: c for t, c in self.terms.items() if t != term})

    def substituted(self, var: int, value: Form) -> Form:
        """The form with a value for a variable."""
        for term, coefficient in self.terms.items():
            if isinstance(term, Var) and term.id == var:
                return self.without(term).plus(value, coefficient)
        return self

    @property
    def needs(self) -> frozenset[int]:
        """The variables in it."""
        return frozenset(var for term in self.terms for var in free(term))

    def compiled(self, compiler: Compiler) -> Closure:
        """Its value, exact where the terms are."""
        parts = [(_exact(c), compiler.compile(term)) for term, c in self.terms.items()]
        constant = _exact(self.constant)
        return lambda env: sum((c * part(env) for c, part in parts), constant)

    def text(self, shown: Callable[[Term], str]) -> str:
        """The form in Lean."""
        parts = [f"{_factor(c)}{shown(term)}" for term, c in self.terms.items()]
        if self.constant or not parts:
            parts.append(_number(self.constant))
        return " + ".join(parts)


def _exact(x: Fraction) -> int | fmpq:
    return x.numerator if x.denominator == 1 else fmpq(x.numerator, x.denominator)


def _number(x: Fraction) -> str:
    return str(x) if x >= 0 else f"({x})"


def _factor(x: Fraction) -> str:
    return "" if x == 1 else f"{_number(x)} * "


def forms(compiler: Compiler, term: Term, kind: str = "real") -> Form | None:
    """An equation between numbers of that kind as the form that is 0; None for anything else."""
    if head_name(term) != "Eq":
        return None
    type_, one, two = head(term)[1]
    if kind_of(compiler, type_) != kind:
        return None
    return form(one).plus(form(two), Fraction(-1))


def number(term: Term) -> Fraction | None:
    """The number that a numeral of any type is, also as a cast or a decimal; None for other terms."""
    if isinstance(term, Lit):
        return Fraction(term.value)
    name, args = head_name(term), head(term)[1]
    match name, args:
        case "OfNat.ofNat", (_, Lit(value), *_):
            return Fraction(value)
        case (("Nat.cast" | "Int.cast"), (*_, inner)):
            return number(inner)
        case "OfScientific.ofScientific", (*_, Lit(mantissa), Const(sign), Lit(exponent)):
            return Fraction(mantissa) * Fraction(10) ** (-exponent if sign == "Bool.true" else exponent)
    return None


def form(term: Term) -> Form:
    """A number as a linear form over what it is made of, where that is sums and multiples."""
    value = number(term)
    if value is not None:
        return Form(value)
    name, args = head_name(term), head(term)[1]
    match name:
        case "HAdd.hAdd":
            return form(args[-2]).plus(form(args[-1]))
        case "HSub.hSub" if head_name(args[0]) in ("Real", "Int"):
            return form(args[-2]).plus(form(args[-1]), Fraction(-1))
        case "Neg.neg":
            return form(args[-1]).scaled(Fraction(-1))
        case "HMul.hMul":
            one, two = form(args[-2]), form(args[-1])
            for factor, other in ((one, two), (two, one)):
                if not factor.terms:
                    return other.scaled(factor.constant)
        case "HDiv.hDiv" if head_name(args[0]) == "Real":
            by = form(args[-1])
            if not by.terms:
                return form(args[-2]).scaled(1 / by.constant if by.constant else Fraction(0))
    return Form(Fraction(0), {term: Fraction(1)})
