"""A claimed Jacobian against the derivative of the function, with what is asked of it at a kink."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import product
from typing import Any

from flint import arb

from leanmirror.bridge.rules.problem import Env, Problem, WrongShape
from leanmirror.spec.core import dispatch as d
from leanmirror.spec.core.analytic import as_ball
from leanmirror.spec.core.dispatch import Scalar, replaced
from leanmirror.spec.core.scalars.dual import Dual, DualInstance, Singular
from leanmirror.spec.core.scalars.form import NotLinear
from leanmirror.spec.core.scalars.germ import Germ, germ, ray
from leanmirror.spec.errors import Undecided
from leanmirror.spec.judge.comparison import equal, same_rows
from leanmirror.spec.judge.derivative import HasFDerivAt, jacobian
from leanmirror.spec.judge.judgement import FALSE, Judgement, all_of, truth, undecided
from leanmirror.spec.judge.types.linear import CLM, Row
from leanmirror.spec.judge.types.reals import VecT

KINKS = ("exact", "subgradient", "min_norm", "skip")
MOST_SIGNS = 6
"""Up to how many coordinates every pattern of signs is a direction in which a kink is left."""
Vector = list[float]
Function = Callable[[list[Scalar]], list[Scalar]]
Rows = Callable[[Env, Sequence[Scalar]], list[Row]]


def judged(problem: Problem, env: Env, rows_of: Rows, kinks: str) -> Judgement:
    """The rule's matrix against the derivative at an example.

    At a kink: `exact` asks for a derivative, `subgradient` for a row in the hull of the limits of nearby
    derivatives, `min_norm` for the smallest of these, `skip` for nothing.
    """
    x = problem.flat(env)
    try:
        rows = rows_of(env, x)
    except (NotLinear, WrongShape) as error:
        return replace(FALSE, note=str(error) if isinstance(error, WrongShape) else f"not linear: {error}")
    f, dom, cod = problem.function(env), VecT(len(x)), VecT(len(rows))
    if kinks == "exact":
        return HasFDerivAt(f, CLM(dom, cod, lambda v: _applied(rows, v)), x)
    try:
        return same_rows(jacobian(f, dom, cod, x), rows)
    except Singular:
        return replace(truth(True), note="skipped") if kinks == "skip" else _in_hull(f, x, rows, kinks)


def _applied(rows: list[Row], v: list[Scalar]) -> list[Scalar]:
    out: list[Scalar] = []
    for row in rows:
        total: Scalar = 0
        for j, c in row.items():
            total = total + v[j] * c
        out.append(total)
    return out


def _in_hull(f: Function, x: list[Scalar], rows: list[Row], kinks: str) -> Judgement:
    """Each claimed row against the limits of derivatives along rays; not certified, for rays are few."""
    limits = [_limit(f, x, v) for v in _directions(len(x))]
    found = all_of(
        _row_in_hull([[_number(one[k].get(j, 0)) for j in range(len(x))] for one in limits], row, k, kinks)
        for k, row in enumerate(rows)
    )
    return replace(found, proved=False, certified=False)


def _directions(n: int) -> list[list[int]]:
    """Directions that leave a kink: every pattern of signs with distinct sizes, else a few of them."""
    sizes = [3 * i + 2 for i in range(n)]
    if n <= MOST_SIGNS:
        orders = [sizes[i:] + sizes[:i] for i in range(n)] or [[]]
        return [
            [s * c for s, c in zip(signs, order, strict=True)]
            for order in orders
            for signs in product((1, -1), repeat=n)
        ]
    patterns = [[1] * n, [-1] * n, [(-1) ** i for i in range(n)], [-((-1) ** i) for i in range(n)]]
    patterns += [[s if i == j else 1 for i in range(n)] for j in range(n) for s in (1, -1)]
    return [[s * c for s, c in zip(signs, sizes[i % n :] + sizes[: i % n], strict=True)]
            for i, signs in enumerate(patterns)]  # fmt: skip


def _limit(f: Function, x: list[Scalar], v: list[int]) -> list[Row]:
    """The limit of the Jacobian at x + t·v as t → 0⁺."""
    moved = [Dual(ray(c, w), {j: 1}) for j, (c, w) in enumerate(zip(x, v, strict=True))]
    return [{j: _at_zero(germ(c)) for j, c in y.tan.items()} if type(y) is Dual else {} for y in f(moved)]


def _at_zero(g: Germ) -> Scalar:
    if any(e < 0 for e in g.terms) or len(g.terms.get(0, [])) > 1 or (g.order is not None and g.order <= 0):
        raise Undecided("the derivative has no finite limit at a kink")
    return g.terms[0][0] if 0 in g.terms else 0


def _number(c: Scalar) -> float:
    return float(as_ball(c).mid())


NEAR = 1e-9
FAR = 1e-6


def _row_in_hull(limits: list[Vector], row: Row, k: int, kinks: str) -> Judgement:
    claimed = [_number(row.get(j, 0)) for j in range(len(limits[0]) if limits else 0)]
    if kinks == "min_norm":
        wanted = nearest(limits, [0.0] * len(claimed))
        what = "the smallest subgradient is"
    else:
        wanted = nearest(limits, claimed)
        what = "the nearest subgradient is"
    scale = 1 + max(map(abs, claimed), default=0)
    off = [abs(a - b) for a, b in zip(claimed, wanted, strict=True)]
    worst = max(range(len(off)), key=off.__getitem__, default=None)
    if worst is None or off[worst] <= NEAR * scale:
        return truth(True)
    if off[worst] <= FAR * scale:
        return undecided("a subgradient that is nearly the one claimed")
    found = equal(arb(wanted[worst]), arb(claimed[worst]))
    return replace(found, where=(k, worst), note=f"at a kink {what} {wanted[worst]:.6g} there")


def nearest(points: list[Vector], target: Vector, rounds: int = 2_000) -> Vector:
    """The point of the convex hull that is nearest to the target (Gilbert's method with exact line steps)."""
    weights = [0.0] * len(points)
    best = min(range(len(points)), key=lambda i: _distance(points[i], target))
    weights[best], at = 1.0, list(points[best])
    for _ in range(rounds):
        gradient = [a - t for a, t in zip(at, target, strict=True)]
        scores = [_dot(gradient, p) for p in points]
        toward = min(range(len(points)), key=scores.__getitem__)
        away = max((i for i, w in enumerate(weights) if w > 0), key=scores.__getitem__)
        step = [p - q for p, q in zip(points[toward], points[away], strict=True)]
        square = _dot(step, step)
        if square <= 0 or scores[away] - scores[toward] <= 1e-15:
            break
        size = min(weights[away], (scores[away] - scores[toward]) / square)
        weights[toward] += size
        weights[away] -= size
        at = [a + size * s for a, s in zip(at, step, strict=True)]
    return at


def _dot(a: Vector, b: Vector) -> float:
    return sum(x * y for x, y in zip(a, b, strict=True))


def _distance(a: Vector, b: Vector) -> float:
    return sum((x - y) ** 2 for x, y in zip(a, b, strict=True))


class _Taken(DualInstance):
    """Duals as an autodiff library has them: a branch is taken by the values, whatever lies beside it."""

    def lt(self, a: Scalar, b: Scalar) -> bool:
        return d.lt(_value(a), _value(b))

    def le(self, a: Scalar, b: Scalar) -> bool:
        return d.le(_value(a), _value(b))

    def eq(self, a: Scalar, b: Scalar) -> bool:
        return d.eq(_value(a), _value(b))

    def div(self, a: Scalar, b: Scalar) -> Dual:
        return super().div(a, b) if d.sign(_value(b)) else _constant(b)

    def log(self, x: Dual) -> Dual:
        return super().log(x) if d.sign(x.val) else _constant(x)

    def sqrt(self, x: Dual) -> Dual:
        return super().sqrt(x) if d.sign(x.val) else _constant(x)

    def abs_(self, x: Dual) -> Dual:
        return super().abs_(x) if d.sign(x.val) else _constant(x)


def _constant(like: Scalar) -> Dual:
    """0: what a branch that is not taken comes to where it cannot be computed."""
    return Dual(0 * _value(like), {})


def _value(x: Scalar) -> Scalar:
    return x.val if type(x) is Dual else x


def second(problem: Problem, env: Env, rows_of: Rows) -> Judgement:
    """The rule, differentiated as it is written, against the function's second derivatives along rays."""
    x = problem.flat(env)
    n = len(x)
    with replaced({Dual: _Taken()}):
        try:
            rows = rows_of(env, [Dual(as_ball(c), {j: 1}) for j, c in enumerate(x)])
        except Singular:
            return replace(truth(True), note="skipped")
    f = problem.function(env)
    rays = [[1 if i in pair else 0 for i in range(n)] for pair in _pairs(n)]
    return all_of(_bend(k, rows, f, x, v) for v in rays for k in range(len(rows)))


def _pairs(n: int) -> list[tuple[int, int]]:
    return [(i, j) for i in range(n) for j in range(i, n)]


def _bend(k: int, rows: list[Row], f: Function, x: list[Scalar], v: list[int]) -> Judgement:
    """`vᵀ H v` for output k: from the function's series along v, and from the rule's derivative along v."""
    y = germ(f([ray(c, w) if w else c for c, w in zip(x, v, strict=True)])[k])
    if any(e in y.terms and e not in (0, 1) for e in y.terms if e < 2) or (
        y.order is not None and y.order <= 2
    ):
        return undecided(f"the second derivative along {v} is not known")
    claimed: Any = 0
    for j, c in rows[k].items():
        if v[j] and type(c) is Dual:
            for i, slope in c.tan.items():
                claimed = claimed + slope * v[i] * v[j]
    found = equal(2 * y.terms[2][0] if 2 in y.terms else 0, claimed)
    note = f"the second derivative along {v}"
    return found if found.holds else replace(found, where=(k,), note=note)
