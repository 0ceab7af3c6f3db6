"""Real functions as examples: smooth ones with their derivatives, and others with kinks, jumps and poles.

Each is written once over any scalar; the pairs are tested against duals, the traits at many points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction
from typing import Any

from leanmirror.spec.core.context import (
    abs_,
    cosh,
    div,
    eq,
    exp,
    inv,
    le,
    log,
    max_,
    rational,
    sinh,
    sqrt,
    tanh,
)
from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.judge.numerals import Json, number

RealMap = Callable[[Scalar], Scalar]


class Trait(Enum):
    """What a function of the table has by construction."""

    CONTINUOUS = "continuous"
    DIFFERENTIABLE = "differentiable"
    MONOTONE = "monotone"
    STRICT_MONO = "strictly monotone"
    ANTITONE = "antitone"
    STRICT_ANTI = "strictly antitone"
    INJECTIVE = "injective"
    EVEN = "even"
    ODD = "odd"
    ADDITIVE = "additive"
    NONNEGATIVE = "nowhere negative"
    POSITIVE = "positive"
    LIPSCHITZ = "1-Lipschitz"


_IMPLIED = {
    Trait.DIFFERENTIABLE: (Trait.CONTINUOUS,),
    Trait.STRICT_MONO: (Trait.MONOTONE, Trait.INJECTIVE),
    Trait.STRICT_ANTI: (Trait.ANTITONE, Trait.INJECTIVE),
    Trait.POSITIVE: (Trait.NONNEGATIVE,),
    Trait.LIPSCHITZ: (Trait.CONTINUOUS,),
}


def _traits(*own: Trait) -> frozenset[Trait]:
    return frozenset(own).union(*(_IMPLIED.get(trait, ()) for trait in own))


@dataclass(frozen=True, slots=True)
class RealFunction:
    """A function ℝ → ℝ: its name in the table, its text in Lean, its value, and what it has.

    That a function is continuous, or differentiable, is told of all that are; of other traits those that are
    told are had.
    """

    name: str
    lean: str
    value: RealMap
    traits: frozenset[Trait] = _traits(Trait.DIFFERENTIABLE)

    def __call__(self, x: Scalar) -> Scalar:
        return self.value(x)

    def to_json(self) -> Json:
        """The name as JSON."""
        return {"function": self.name}


_SCALED = frozenset(Trait) - {Trait.LIPSCHITZ}
_SHIFTED = frozenset(Trait) - {Trait.ODD, Trait.ADDITIVE, Trait.NONNEGATIVE, Trait.POSITIVE}


@dataclass(frozen=True, slots=True)
class Adjusted:
    """`factor * f x + shift` for a function of the table."""

    function: RealFunction
    factor: Any
    shift: Any

    def __call__(self, x: Scalar) -> Scalar:
        return self.factor * self.function.value(x) + self.shift

    @property
    def traits(self) -> frozenset[Trait]:
        """What is left of the function's traits; a negative factor leaves those that say nothing of order."""
        found = self.function.traits
        if self.factor != 1:
            found &= _SCALED if self.factor > 0 else {Trait.CONTINUOUS, Trait.DIFFERENTIABLE}
        return found & _SHIFTED if self.shift != 0 else found

    def reals(self) -> Iterator[Scalar]:
        """The factor and the shift."""
        return iter((self.factor, self.shift))

    def with_reals(self, entries: Iterator[Scalar]) -> Adjusted:
        """The same function with others."""
        return replace(self, factor=next(entries), shift=next(entries))

    def build(self, entry: Callable[[Any], Scalar]) -> Adjusted:
        """The function with its numbers converted."""
        return self.with_reals(map(entry, self.reals()))

    @property
    def lean(self) -> str:
        """The function in Lean."""
        return f"fun x => {number(self.factor)} * ({self.function.lean}) x + {number(self.shift)}"

    def to_json(self) -> Json:
        """The name and the numbers as JSON."""
        return {"function": self.function.name, "factor": str(self.factor), "shift": str(self.shift)}


@dataclass(frozen=True, slots=True)
class Patched:
    """The derivative at some points only: there `f' x`, elsewhere `f' x + 1`."""

    slope: RealFunction
    points: tuple[Fraction, ...]

    def __call__(self, x: Scalar) -> Scalar:
        here = any(eq(x, rational(x, p.numerator, p.denominator)) for p in self.points)
        return self.slope(x) if here else self.slope(x) + 1

    @property
    def lean(self) -> str:
        """The function in Lean, by cases."""
        cases = " ∨ ".join(f"x = {p}" for p in self.points) or "False"
        return f"fun x => if {cases} then ({self.slope.lean}) x else ({self.slope.lean}) x + 1"

    def to_json(self) -> Json:
        """The name and the points as JSON."""
        return {"function": self.slope.name, "points": [str(p) for p in self.points]}


def _pair(
    name: str, f: tuple[str, RealMap], slope: tuple[str, RealMap], *traits: Trait
) -> tuple[RealFunction, RealFunction]:
    own = _traits(Trait.DIFFERENTIABLE, *traits)
    return RealFunction(name, *f, own), RealFunction(f"{name}'", *slope)


SMOOTH = (
    _pair(
        "id",
        ("fun x => x", lambda x: x),
        ("fun _ => 1", lambda x: 1),
        Trait.STRICT_MONO,
        Trait.ODD,
        Trait.ADDITIVE,
        Trait.LIPSCHITZ,
    ),
    _pair(
        "const",
        ("fun _ => 2", lambda x: 2 + 0 * x),
        ("fun _ => 0", lambda x: 0),
        Trait.MONOTONE,
        Trait.ANTITONE,
        Trait.EVEN,
        Trait.POSITIVE,
        Trait.LIPSCHITZ,
    ),
    _pair(
        "square",
        ("fun x => x * x", lambda x: x * x),
        ("fun x => 2 * x", lambda x: 2 * x),
        Trait.EVEN,
        Trait.NONNEGATIVE,
    ),
    _pair(
        "cubic",
        ("fun x => x * x * x - x", lambda x: x * x * x - x),
        ("fun x => 3 * (x * x) - 1", lambda x: 3 * (x * x) - 1),
        Trait.ODD,
    ),
    _pair(
        "affine", ("fun x => 3 * x + 1", lambda x: 3 * x + 1), ("fun _ => 3", lambda x: 3), Trait.STRICT_MONO
    ),
    _pair("exp", ("Real.exp", exp), ("Real.exp", exp), Trait.STRICT_MONO, Trait.POSITIVE),
    _pair("sinh", ("Real.sinh", sinh), ("Real.cosh", cosh), Trait.STRICT_MONO, Trait.ODD),
    _pair(
        "tanh",
        ("Real.tanh", tanh),
        ("fun x => 1 - Real.tanh x ^ 2", lambda x: 1 - tanh(x) * tanh(x)),
        Trait.STRICT_MONO,
        Trait.ODD,
        Trait.LIPSCHITZ,
    ),
    _pair(
        "bell",
        ("fun x => (1 + x * x)⁻¹", lambda x: div(1, 1 + x * x)),
        ("fun x => -(2 * x) / (1 + x * x) ^ 2", lambda x: div(-2 * x, (1 + x * x) * (1 + x * x))),
        *(Trait.EVEN, Trait.POSITIVE, Trait.LIPSCHITZ),
    ),
    _pair(
        "root",
        ("fun x => Real.sqrt (1 + x * x)", lambda x: sqrt(1 + x * x)),
        ("fun x => x / Real.sqrt (1 + x * x)", lambda x: div(x, sqrt(1 + x * x))),
        *(Trait.EVEN, Trait.POSITIVE, Trait.LIPSCHITZ),
    ),
    _pair(
        "logcosh",
        ("fun x => Real.log (Real.cosh x)", lambda x: log(cosh(x))),
        ("Real.tanh", tanh),
        *(Trait.EVEN, Trait.NONNEGATIVE, Trait.LIPSCHITZ),
    ),
)
"""Pairs f, f' with `∀ z, HasDerivAt f (f' z) z`."""


def _kinked(name: str, lean: str, value: RealMap, *traits: Trait) -> RealFunction:
    return RealFunction(name, lean, value, _traits(*traits))


KINKED = (
    _kinked("abs", "fun x => |x|", abs_, Trait.EVEN, Trait.NONNEGATIVE, Trait.LIPSCHITZ),
    _kinked(
        *("relu", "fun x => max x 0", lambda x: max_(x, 0 * x)),
        *(Trait.MONOTONE, Trait.NONNEGATIVE, Trait.LIPSCHITZ),
    ),
    _kinked(
        *("step", "fun x => if 0 ≤ x then 1 else 0", lambda x: 1 if le(0, x) else 0),
        *(Trait.MONOTONE, Trait.NONNEGATIVE),
    ),
    _kinked(
        *("spike", "fun x => if x = 0 then 1 else 0", lambda x: 1 if eq(x, 0) else 0),
        *(Trait.EVEN, Trait.NONNEGATIVE),
    ),
    _kinked(
        *("root-abs", "fun x => Real.sqrt |x|", lambda x: sqrt(abs_(x))),
        *(Trait.CONTINUOUS, Trait.EVEN, Trait.NONNEGATIVE),
    ),
    _kinked(
        *("odd-root", "fun x => x / Real.sqrt |x|", lambda x: div(x, sqrt(abs_(x)))),
        *(Trait.CONTINUOUS, Trait.STRICT_MONO, Trait.ODD),
    ),
    _kinked(
        *("odd-square", "fun x => x * |x|", lambda x: x * abs_(x)),
        *(Trait.DIFFERENTIABLE, Trait.STRICT_MONO, Trait.ODD),
    ),
    _kinked("inv", "fun x => x⁻¹", inv, Trait.INJECTIVE, Trait.ODD),
    _kinked(
        *("cube", "fun x => x * x * x", lambda x: x * x * x),
        *(Trait.DIFFERENTIABLE, Trait.STRICT_MONO, Trait.ODD),
    ),
    _kinked(
        *("above", "fun x => max x 1", lambda x: max_(x, 1 + 0 * x)),
        *(Trait.MONOTONE, Trait.POSITIVE, Trait.LIPSCHITZ),
    ),
)
"""Functions with kinks, jumps and poles, or whose inverse has one."""


def _rest(f: RealFunction) -> RealFunction:
    """`x - f x`: the sum of both is smooth."""
    kept = f.traits & {Trait.CONTINUOUS, Trait.DIFFERENTIABLE, Trait.ODD}
    return RealFunction(f"id-{f.name}", f"fun x => x - ({f.lean}) x", lambda x: x - f.value(x), kept)


RESTS: Mapping[str, RealFunction] = {f.name: _rest(f) for f in KINKED}
"""What is left of x without a function of these."""

INVERSES: Mapping[str, str] = {"odd-square": "odd-root", "odd-root": "odd-square", "inv": "inv"}
"""Functions that are each other's inverses, of which one has no slope, or none that is not 0, at 0."""

PROMISED = (
    *(f for f, _ in SMOOTH),
    *KINKED,
    RealFunction(
        *("zero", "fun _ => 0", lambda x: 0 * x),
        _traits(
            *(Trait.DIFFERENTIABLE, Trait.MONOTONE, Trait.ANTITONE, Trait.EVEN, Trait.ODD, Trait.ADDITIVE),
            *(Trait.NONNEGATIVE, Trait.LIPSCHITZ),
        ),
    ),
    RealFunction(
        *("negative", "fun x => -x", lambda x: -x),
        _traits(Trait.DIFFERENTIABLE, Trait.STRICT_ANTI, Trait.ODD, Trait.ADDITIVE, Trait.LIPSCHITZ),
    ),
    RealFunction(
        *("twice", "fun x => 2 * x", lambda x: 2 * x),
        _traits(Trait.DIFFERENTIABLE, Trait.STRICT_MONO, Trait.ODD, Trait.ADDITIVE),
    ),
    RealFunction(
        *("falling", "fun x => Real.exp (-x)", lambda x: exp(-x)),
        _traits(Trait.DIFFERENTIABLE, Trait.STRICT_ANTI, Trait.POSITIVE),
    ),
)
"""The functions that are chosen from where a hypothesis asks for a trait."""

BY_NAME: Mapping[str, RealFunction] = {
    g.name: g for g in (*(g for pair in SMOOTH for g in pair), *KINKED, *RESTS.values(), *PROMISED)
}
DERIVATIVE: Mapping[str, RealFunction] = {f.name: slope for f, slope in SMOOTH}


def slope_of(name: str) -> RealMap:
    """The derivative of a function of the table."""
    return DERIVATIVE[name].value


FACTORS = tuple(Fraction(c) for c in (1, 1, -1, 2, -2, Fraction(1, 2), Fraction(-1, 2), 3, 0))
"""Coefficients of drawn functions."""
