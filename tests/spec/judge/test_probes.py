"""Probes of the judge itself: statements that are true and must not be refuted, and false and must be.

Each is a place where a judge goes wrong: kinks, singular subterms, tails, equal transcendental
values, exact cancellation, hypotheses that hold only approximately, empty sizes, wrong shapes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pytest

from leanmirror.spec.core.context import (
    abs_,
    cosh,
    div,
    exp,
    gt,
    inv,
    log,
    lt,
    max_,
    min_,
    pi,
    rational,
    sign,
    sinh,
    sqrt,
    tanh,
)
from leanmirror.spec.judge.claim import Assume, claim
from leanmirror.spec.judge.comparison import equal, less, less_equal, not_equal
from leanmirror.spec.judge.derivative import HasDerivAt, HasFDerivAt, fderiv
from leanmirror.spec.judge.judgement import Judgement, all_of, any_of, implies, negate, truth
from leanmirror.spec.judge.search import run
from leanmirror.spec.judge.tally import Verdict
from leanmirror.spec.judge.types import Mat, MatT, NatT, ProdT, RealT, VecT
from leanmirror.spec.judge.types.linear import CLM

R = RealT()
N = NatT()


def vec(n: int) -> VecT:
    return VecT(n)


@dataclass(frozen=True)
class Probe:
    """A statement, its binders, and the verdict that is right."""

    name: str
    verdict: str
    statement: Callable[..., Judgement]
    binders: dict[str, Any] = field(default_factory=dict)
    certified: bool | None = None


def at_zero(f: Callable[[Any], Any], slope: int) -> Callable[..., Judgement]:
    """f has that slope at 0; z is drawn but not used, so that there is an example."""
    return lambda z: HasDerivAt(f, slope, 0 * z)


def relu(x: Any) -> Any:
    return max_(x, 0)


def elu(x: Any, alpha: Any) -> Any:
    return x if gt(x, 0) else alpha * (exp(x) - 1)


def gelu_like(x: Any) -> Any:
    return x * (1 + tanh(x))


def tail_zero(x: Any) -> Any:
    """The derivative of x·(1 + tanh x), but 0 beyond −20.5."""
    return 0 * x if lt(x, rational(x, -41, 2)) else 1 + tanh(x) + div(x, cosh(x) ** 2)


def rotated(n: int, x: list[Any]) -> list[Any]:
    return [x[(i + 1) % n] for i in range(n)]


def mulvec(W: Mat, x: list[Any]) -> list[Any]:
    return [sum(a * b for a, b in zip(row, x, strict=True)) for row in W.rows]


def transposed_mulvec(W: Mat, y: list[Any]) -> list[Any]:
    return [sum(W[i][j] * y[i] for i in range(W.m)) for j in range(W.n)]


def mat_clm(W: Mat) -> CLM:
    return CLM(VecT(W.n), VecT(W.m), lambda x: mulvec(W, x))


def off_by(x: Any, power: int) -> Any:
    """1 + 10^-power."""
    return 1 + inv(rational(x, 10**power, 1))


Z = {"z": R}
X = {"x": R}
XY = {"x": R, "y": R}
NXY = {"n": N, "x": vec, "y": vec}
MN = {"m": N, "n": N}
W_MN = MN | {"W": lambda m, n: MatT(m, n)}

HOLDS = "no_counterexample"

TRUE = [
    Probe("x^2 * (1/x) has slope 1 at 0", HOLDS, at_zero(lambda x: x * x * inv(x), 1), Z),
    Probe("x^2 log x has slope 0 at 0", HOLDS, at_zero(lambda x: x * x * log(x), 0), Z),
    Probe("x |x| has slope 0 at 0", HOLDS, at_zero(lambda x: x * abs_(x), 0), Z),
    Probe("x sqrt|x| has slope 0 at 0", HOLDS, at_zero(lambda x: x * sqrt(abs_(x)), 0), Z),
    Probe("0 * (1/x) has slope 0 at 0", HOLDS, at_zero(lambda x: 0 * inv(x), 0), Z),
    Probe(
        "relu x - relu (-x) has slope 1", HOLDS, lambda x: HasDerivAt(lambda y: relu(y) - relu(-y), 1, x), X
    ),
    Probe("max x x has slope 1", HOLDS, lambda x: HasDerivAt(lambda y: max_(y, y), 1, x), X),
    Probe("max (-x) (-x) computed twice", HOLDS, lambda x: HasDerivAt(lambda y: max_(-y, 0 - y), -1, x), X),
    Probe("elu with alpha 1 has slope 1 at 0", HOLDS, at_zero(lambda x: elu(x, 1), 1), Z),
    Probe("exp (-1/x^2) has slope 0 at 0", HOLDS, at_zero(lambda x: exp(-inv(x * x)) * x, 0), Z),
    Probe(
        "|x| |y| is differentiable at 0",
        HOLDS,
        lambda z: HasFDerivAt(
            lambda v: abs_(v[0]) * abs_(v[1]), CLM(VecT(2), R, lambda v: 0), [0 * z, 0 * z]
        ),
        Z,
    ),
    Probe(
        "sqrt (x^2 + 2^-200) everywhere",
        HOLDS,
        lambda x: HasDerivAt(
            lambda y: sqrt(y * y + rational(y, 1, 2**200)), div(x, sqrt(x * x + rational(x, 1, 2**200))), x
        ),
        X,
    ),
    Probe("curvature 2^100", HOLDS, lambda x: HasDerivAt(lambda y: 2**100 * (y * y), 2**101 * x, x), X),
    Probe("saturated tanh", HOLDS, lambda x: HasDerivAt(tanh, inv(cosh(x) * cosh(x)), x), X),
    Probe("log (exp x) = x", HOLDS, lambda x: equal(log(exp(x)), x), X),
    Probe("max (log (exp x)) x = x", HOLDS, lambda x: equal(max_(log(exp(x)), x), x), X),
    Probe(
        "exp x = 1 -> x = 0",
        "undecided",
        lambda x: equal(x, 0),
        X | {"h": Assume(lambda x: equal(exp(x), 1))},
    ),
    Probe("x / 0 = 0", HOLDS, lambda x: equal(div(x, 0 * x), 0), X),
    Probe("sqrt of a negative is 0", HOLDS, lambda x: equal(sqrt(-(x * x)), 0), X),
    Probe("log (-x) = log x", HOLDS, lambda x: equal(log(-x), log(x)), X),
    Probe(
        "x * x^-1 = 1 for x != 0",
        HOLDS,
        lambda x: equal(x * inv(x), 1),
        X | {"h": Assume(lambda x: not_equal(x, 0))},
    ),
    Probe("exact cancellation", HOLDS, lambda x: equal(div(exp(x), exp(x)) - 1, 0), X),
    Probe("sinh x - (e^x - e^-x)/2 = 0", HOLDS, lambda x: equal(sinh(x) - div(exp(x) - exp(-x), 2), 0), X),
    Probe("empty sizes", HOLDS, lambda n, x, y: implies(truth(n == 0), lambda: equal(x, y)), NXY),
    Probe(
        "inner product is symmetric",
        HOLDS,
        lambda n, x, y: equal(vec(n).inner(x, y), vec(n).inner(y, x)),
        NXY,
    ),
    Probe(
        "Cauchy-Schwarz",
        HOLDS,
        lambda n, x, y: less_equal(
            vec(n).inner(x, y) * vec(n).inner(x, y), vec(n).inner(x, x) * vec(n).inner(y, y)
        ),
        NXY,
    ),
    Probe(
        "adjoint of a matrix is its transpose",
        HOLDS,
        lambda W, y: equal(mat_clm(W).adjoint(y), transposed_mulvec(W, y)),
        W_MN | {"y": lambda m: VecT(m)},
    ),
    Probe("fderiv of abs at 0 is 0", HOLDS, lambda z: equal(fderiv(abs_, R, R, 0 * z)[0](1), 0), Z),
    Probe("x != y or x = y", HOLDS, lambda x, y: any_of([not_equal(x, y), equal(x, y)]), XY),
    Probe("sign x * |x| = x", HOLDS, lambda x: equal(sign(x) * abs_(x), x), X),
    Probe("min + max = sum", HOLDS, lambda x, y: equal(min_(x, y) + max_(x, y), x + y), XY),
    Probe("pi is not 355/113", HOLDS, lambda x: negate(equal(pi(x), rational(x, 355, 113))), X),
    Probe("pairs", HOLDS, lambda p: equal((p[1], p[0])[::-1], p), {"p": ProdT(R, R)}),
]

FALSE = [
    Probe(
        "rule off by 1e-40",
        "refuted",
        lambda x: HasDerivAt(tanh, inv(cosh(x) ** 2) * off_by(x, 40), x),
        X,
        True,
    ),
    Probe("value off by 1e-40", "refuted", lambda x: equal(exp(x) * off_by(x, 40), exp(x)), X, True),
    Probe("wrong at one point", "refuted", lambda x: HasDerivAt(relu, 1 if gt(x, 0) else 0, x), X, True),
    Probe("wrong beyond -20.5", "refuted", lambda x: HasDerivAt(gelu_like, tail_zero(x), x), X, True),
    Probe(
        "tanh' = 0 beyond 100",
        "refuted",
        lambda x: implies(less(100, x), lambda: HasDerivAt(tanh, 0, x)),
        X,
        True,
    ),
    Probe("x log x at 0", "refuted", at_zero(lambda x: x * log(x), 0), Z, True),
    Probe("sqrt at 0", "refuted", at_zero(sqrt, 0), Z, True),
    Probe("1/x at 0", "refuted", at_zero(inv, 0), Z, True),
    Probe("log at 0", "refuted", at_zero(log, 0), Z, True),
    Probe("abs at 0", "refuted", at_zero(abs_, 0), Z, True),
    Probe("sign at 0", "refuted", at_zero(sign, 0), Z, True),
    Probe("elu with alpha 2 at 0", "refuted", at_zero(lambda x: elu(x, 2), 2), Z, True),
    Probe("cube root behaviour", "refuted", at_zero(lambda x: sqrt(abs_(x)) * sign(x), 0), Z, True),
    Probe(
        "x = 0 from |x| < 2^-100",
        "refuted",
        lambda x: equal(x, 0),
        X | {"h": Assume(lambda x: less(abs_(x), rational(x, 1, 2**100)))},
        True,
    ),
    Probe("x * x^-1 = 1", "refuted", lambda x: equal(x * inv(x), 1), X, True),
    Probe("sqrt (x^2) = x", "refuted", lambda x: equal(sqrt(x * x), x), X, True),
    Probe("exp (log x) = x", "refuted", lambda x: equal(exp(log(x)), x), X, True),
    Probe("0 < x^2", "refuted", lambda x: less(0, x * x), X, True),
    Probe("x != y", "refuted", lambda x, y: not_equal(x, y), XY, True),
    Probe(
        "kink off the grid",
        "refuted",
        lambda x, y: HasDerivAt(
            lambda z: max_(z + 3 * y, rational(z, 7, 1024)),
            1 if gt(x + 3 * y, rational(x, 7, 1024)) else 0,
            x,
        ),
        XY,
        True,
    ),
    Probe(
        "adjoint with sizes in place of the transpose",
        "refuted",
        lambda W, x: implies(truth(W.m == W.n), lambda: equal(mat_clm(W).adjoint(x), mulvec(W, x))),
        W_MN | {"x": lambda n, m: VecT(m)},
        True,
    ),
    Probe("rotation fixes vectors", "refuted", lambda n, x, y: equal(rotated(n, x), x), NXY, True),
    Probe(
        "false only for three entries",
        "refuted",
        lambda n, x, y: implies(truth(n >= 3), lambda: equal(x[0] * x[1] * x[2], 0)),
        NXY,
        True,
    ),
    Probe("inner product is 0", "refuted", lambda n, x, y: equal(vec(n).inner(x, y), 0), NXY, True),
    Probe("there is no common zero", "refuted", lambda x, y: all_of([not_equal(x * x + y * y, 0)]), XY, True),
]

OTHER = [
    Probe(
        "x != x is vacuous", "vacuous", lambda x: equal(x, 0), X | {"h": Assume(lambda x: not_equal(x, x))}
    ),
    Probe(
        "contradicting hypotheses",
        "vacuous",
        lambda x: equal(x, 0),
        X | {"h": Assume(lambda x: less(x, 0)), "k": Assume(lambda x: less(0, x))},
    ),
    Probe(
        "a hypothesis that is only nearly true",
        "undecided",
        lambda x: equal(x, x + 1),
        X | {"h": Assume(lambda x: equal(log(exp(x * x + 3)), x * x + 3))},
    ),
    Probe(
        "a branch on equal transcendental values",
        "undecided",
        lambda x: HasDerivAt(lambda y: max_(log(exp(y)), y), 1, x * x + 3),
        X,
    ),
    Probe(
        "a strict order of equal transcendental values",
        "undecided",
        lambda x: less(log(exp(x * x + 3)), x * x + 3),
        X,
    ),
]


def verdict_of(probe: Probe, seed: int = 0) -> Verdict:
    return run(claim(probe.name, probe.statement, **probe.binders), seed=seed)


@pytest.mark.parametrize("probe", [*TRUE, *FALSE, *OTHER], ids=lambda p: p.name)
def test_the_verdict_is_right(probe: Probe) -> None:
    verdict = verdict_of(probe)
    assert (probe.verdict, verdict.reason if verdict.verdict != probe.verdict else "") == (
        verdict.verdict,
        "",
    )
    if probe.certified is not None:
        assert verdict.counterexample is not None
        assert probe.certified == verdict.counterexample.judgement.proved


def test_there_are_at_least_forty_probes() -> None:
    assert len(TRUE) + len(FALSE) + len(OTHER) >= 40
    assert len({p.name for p in [*TRUE, *FALSE, *OTHER]}) == len(TRUE) + len(FALSE) + len(OTHER)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(1, 20))
def test_no_seed_changes_a_verdict(seed: int) -> None:
    wrong = {p.name: verdict_of(p, seed).verdict for p in [*TRUE, *FALSE, *OTHER]}
    assert {p.name: p.verdict for p in [*TRUE, *FALSE, *OTHER]} == wrong
