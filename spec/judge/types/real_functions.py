"""Real functions with their derivatives, for statements about every `f f' : ℝ → ℝ`.

Each is written once over any scalar; the pairs are tested against duals.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction

from leanmirror.spec.core.context import cosh, div, eq, exp, log, rational, sinh, sqrt, tanh
from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.judge.numerals import Json

RealMap = Callable[[Scalar], Scalar]


@dataclass(frozen=True, slots=True)
class RealFunction:
    """A function ℝ → ℝ: its name in the table, its text in Lean, its value."""

    name: str
    lean: str
    value: RealMap

    def __call__(self, x: Scalar) -> Scalar:
        return self.value(x)

    def to_json(self) -> Json:
        """The name as JSON."""
        return {"function": self.name}


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


def _pair(name: str, f: tuple[str, RealMap], slope: tuple[str, RealMap]) -> tuple[RealFunction, RealFunction]:
    return RealFunction(name, *f), RealFunction(f"{name}'", *slope)


SMOOTH = (
    _pair("id", ("fun x => x", lambda x: x), ("fun _ => 1", lambda x: 1)),
    _pair("const", ("fun _ => 2", lambda x: 2 + 0 * x), ("fun _ => 0", lambda x: 0)),
    _pair("square", ("fun x => x * x", lambda x: x * x), ("fun x => 2 * x", lambda x: 2 * x)),
    _pair(
        "cubic",
        ("fun x => x * x * x - x", lambda x: x * x * x - x),
        ("fun x => 3 * (x * x) - 1", lambda x: 3 * (x * x) - 1),
    ),
    _pair("affine", ("fun x => 3 * x + 1", lambda x: 3 * x + 1), ("fun _ => 3", lambda x: 3)),
    _pair("exp", ("Real.exp", exp), ("Real.exp", exp)),
    _pair("sinh", ("Real.sinh", sinh), ("Real.cosh", cosh)),
    _pair("tanh", ("Real.tanh", tanh), ("fun x => 1 - Real.tanh x ^ 2", lambda x: 1 - tanh(x) * tanh(x))),
    _pair(
        "bell",
        ("fun x => (1 + x * x)⁻¹", lambda x: div(1, 1 + x * x)),
        ("fun x => -(2 * x) / (1 + x * x) ^ 2", lambda x: div(-2 * x, (1 + x * x) * (1 + x * x))),
    ),
    _pair(
        "root",
        ("fun x => Real.sqrt (1 + x * x)", lambda x: sqrt(1 + x * x)),
        ("fun x => x / Real.sqrt (1 + x * x)", lambda x: div(x, sqrt(1 + x * x))),
    ),
    _pair(
        "logcosh",
        ("fun x => Real.log (Real.cosh x)", lambda x: log(cosh(x))),
        ("Real.tanh", tanh),
    ),
)
"""Pairs f, f' with `∀ z, HasDerivAt f (f' z) z`."""

BY_NAME: Mapping[str, RealFunction] = {g.name: g for pair in SMOOTH for g in pair}
DERIVATIVE: Mapping[str, RealFunction] = {f.name: slope for f, slope in SMOOTH}


def slope_of(name: str) -> RealMap:
    """The derivative of a function of the table."""
    return DERIVATIVE[name].value


FACTORS = tuple(Fraction(c) for c in (1, 1, -1, 2, -2, Fraction(1, 2), Fraction(-1, 2), 3, 0))
"""Coefficients of drawn functions."""
