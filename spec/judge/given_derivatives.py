"""Hypotheses that give a real function its derivative, met by drawing pairs of the table."""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction
from typing import TYPE_CHECKING

from leanmirror.spec.core.context import eq, rational
from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.judge.claim import Assume, Env
from leanmirror.spec.judge.judgement import TRUE, Judgement, all_of, gave_up, truth
from leanmirror.spec.judge.types.base import Value
from leanmirror.spec.judge.types.real_functions import DERIVATIVE, SMOOTH, Patched

if TYPE_CHECKING:
    from leanmirror.spec.judge.source import Source


def derivative_everywhere(f: str, f_prime: str) -> Assume:
    """The hypothesis `∀ z, HasDerivAt f (f' z) z`, met by drawing a pair of the table."""

    def holds(env: Env) -> Judgement:
        return truth(env[f_prime] is DERIVATIVE.get(getattr(env[f], "name", "")))

    def make(env: Env, source: Source) -> Env:
        one, two = source.rng.choice(SMOOTH)
        return {f: one, f_prime: two}

    return Assume(lambda **env: holds(env), make)


def derivative_at(f: str, f_prime: str, points: Callable[[Env], list[Value]]) -> Assume:
    """The hypothesis `HasDerivAt f (f' x) x` at each of the points, met by the pair or by a patch.

    `points` gives the points from the example's values.
    """

    def holds(env: Env) -> Judgement:
        slope, right = env[f_prime], DERIVATIVE.get(getattr(env[f], "name", ""))
        if slope is right:
            return TRUE
        if isinstance(slope, Patched) and slope.slope is right:
            return all_of(truth(any(eq(x, _like(x, p)) for p in slope.points)) for x in points(env))
        return gave_up("f' is not known to be the derivative")

    def make(env: Env, source: Source) -> Env:
        one, two = source.rng.choice(SMOOTH)
        if source.rng.chance(0.5):
            return {f: one, f_prime: two}
        return {f: one, f_prime: Patched(two, tuple(dict.fromkeys(points(env))))}

    return Assume(lambda **env: holds(env), make)


def _like(x: Scalar, p: Fraction) -> Scalar:
    return rational(x, p.numerator, p.denominator)
