"""Derivatives of definitions: certified where the function is smooth, rays where it is not.

Duals come first: when no branch ties and no root, logarithm or inverse meets 0, the function is
smooth at the point and its Jacobian has proved radii. At a tie, germs along rays decide: a jump, an
infinite slope or a slope apart from the claimed map refutes; agreement of all rays tried holds, and
is not certified, because rays cannot see a function that is bad only along curves.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

from leanmirror.spec.core.dispatch import Scalar
from leanmirror.spec.core.scalars.dual import Dual, Singular
from leanmirror.spec.core.scalars.germ import Exponent, Germ, germ, ray
from leanmirror.spec.errors import Undecided
from leanmirror.spec.judge.comparison import equal, same_rows
from leanmirror.spec.judge.judgement import FALSE, Judgement, all_of, truth, undecided
from leanmirror.spec.judge.types import RealT, Space, Value
from leanmirror.spec.judge.types.linear import CLM, Row

Function = Callable[[Value], Value]


def jacobian(f: Function, dom: Space, cod: Space, x: Value) -> list[Row]:
    """The Jacobian of f at x, a sparse row for each coordinate of the codomain.

    Raises Singular at a tie, Undecided where a branch is not decided at this precision.
    """
    entries = list(dom.reals(x))
    duals = [Dual(c, {j: 1}) for j, c in enumerate(entries)]
    value = f(dom.build(iter(duals)))
    cod.check(value)
    return [y.tan if type(y) is Dual else {} for y in cod.reals(value)]


def HasFDerivAt(f: Function, L: CLM, x: Value) -> Judgement:
    """f has the Fréchet derivative L at x, compared entry by entry with L's matrix.

    Raises ShapeError when x or f x do not have the sizes of L's domain and codomain.

    Lean: HasFDerivAt
    """
    L.dom.check(x)
    try:
        rows = jacobian(f, L.dom, L.cod, x)
    except Singular:
        _at_numbers(L.dom, x)
        return _along_rays(f, L, x)
    return _named(same_rows(rows, L.matrix()))


def _at_numbers(dom: Space, x: Value) -> None:
    """Raise the tie again where x is no point but a variable of another derivative, which has to meet it."""
    if any(isinstance(c, Dual | Germ) for c in dom.reals(x)):
        raise Singular("a derivative at a tie, as a function of its point")


def _named(judgement: Judgement) -> Judgement:
    if judgement.holds or len(judgement.where) != 2:
        return judgement
    k, j = judgement.where
    return replace(judgement, note=judgement.note or f"∂f[{k}]/∂x[{j}] against the claimed entry")


def HasDerivAt(f: Callable[[Scalar], Scalar], slope: Scalar, x: Scalar) -> Judgement:
    """The real function f has the derivative `slope` at x.

    Lean: HasDerivAt
    """
    real = RealT()
    return HasFDerivAt(f, CLM(real, real, lambda v: slope * v), x)


def directions(n: int) -> Iterator[list[int]]:
    """Rays that are tried at a tie: both ways along each coordinate, and mixed ones."""
    for j in range(n):
        for s in (1, -1):
            yield [s if i == j else 0 for i in range(n)]
    if n > 1:
        for s in (1, -1):
            yield [s] * n
            yield [s * (i + 1) for i in range(n)]
            yield [s * (-1) ** i for i in range(n)]
            yield [s * (-1) ** i * (2 * i + 1) for i in range(n)]


def _along_rays(f: Function, L: CLM, x: Value) -> Judgement:
    """Every ray's slope against L; a hold is not certified."""
    entries = list(L.dom.reals(x))
    value = list(L.cod.reals(f(x)))
    rows = L.matrix()
    return all_of(_along(f, L, entries, value, rows, v) for v in directions(len(entries)))


def _along(
    f: Function, L: CLM, x: list[Scalar], value: list[Scalar], rows: list[Row], v: list[int]
) -> Judgement:
    moved = L.dom.build(iter([ray(c, w) if w else c for c, w in zip(x, v, strict=True)]))
    germs = [germ(y) for y in L.cod.reals(f(moved))]
    return all_of(
        _slope(k, g, y, sum(c * v[j] for j, c in row.items()), v)
        for k, (g, y, row) in enumerate(zip(germs, value, rows, strict=True))
    )


def _slope(k: int, g: Germ, value: Scalar, claimed: Scalar, v: list[int]) -> Judgement:
    """One coordinate along one ray: continuous at the point, with the claimed one-sided slope."""
    if g.order is not None and g.order <= 1:
        return undecided(f"the slope along {v} is not known")
    for e in sorted(e for e in g.terms if e <= 1):
        judgement = _term(e, g.terms[e], value, claimed, k, v)
        if not judgement.holds:
            return judgement
    if 0 not in g.terms and not (jump := equal(0, value)).holds:
        return replace(jump, note=f"not continuous along {v}", where=(k,))
    if 1 not in g.terms and not (bent := equal(0, claimed)).holds:
        return replace(bent, note=f"one-sided slope along {v}", where=(k,))
    return replace(truth(True), proved=False, certified=False, note="only rays were compared")


def _term(e: Exponent, poly: list[Scalar], value: Scalar, claimed: Scalar, k: int, v: list[int]) -> Judgement:
    """The term at one exponent up to 1 against what differentiability asks of it."""
    wanted: dict[Any, tuple[Scalar, str]] = {0: (value, "value"), 1: (claimed, "one-sided slope")}
    found = poly[0] if poly else 0
    higher = any(c != 0 for c in (poly[1:] if e in wanted else poly))
    if higher:
        return replace(FALSE, note=_blow_up(e, v), where=(k,))
    if any(c != 0 or not equal(c, 0).holds for c in (poly[1:] if e in wanted else poly)):
        return undecided(f"a term of order t^{e} along {v} may or may not be 0")
    if e not in wanted:
        return truth(True)
    target, what = wanted[e]
    judgement = equal(found, target)
    return judgement if judgement.holds else replace(judgement, note=f"{what} along {v}", where=(k,))


def _blow_up(e: Exponent, v: list[int]) -> str:
    return f"infinite slope along {v}" if e > 0 else f"not continuous along {v}"


def ContinuousAt(f: Function, dom: Space, cod: Space, x: Value) -> Judgement:
    """f is continuous at x: it is where it is differentiable, and not where values jump along a ray.

    Lean: ContinuousAt
    """
    try:
        jacobian(f, dom, cod, x)
    except Singular:
        entries, value = list(dom.reals(x)), list(cod.reals(f(x)))
        return all_of(_limit(f, dom, cod, entries, value, v) for v in directions(len(entries)))
    return truth(True)


def _limit(
    f: Function, dom: Space, cod: Space, x: list[Scalar], value: list[Scalar], v: list[int]
) -> Judgement:
    """The limit along one ray is the value; that it is so along rays is not certified."""
    moved = dom.build(iter([ray(c, w) if w else c for c, w in zip(x, v, strict=True)]))
    found = all_of(
        _limit_of(k, germ(y), target, v)
        for k, (y, target) in enumerate(zip(cod.reals(f(moved)), value, strict=True))
    )
    return replace(found, proved=False, certified=False) if found.holds else found


def _limit_of(k: int, g: Germ, value: Scalar, v: list[int]) -> Judgement:
    if g.order is not None and g.order <= 0:
        return undecided(f"the limit along {v} is not known")
    terms = {e: g.terms[e] for e in g.terms if e <= 0} | ({} if 0 in g.terms else {0: []})
    return all_of(_term(e, poly, value, 0, k, v) for e, poly in sorted(terms.items()))


def fderiv(f: Function, dom: Space, cod: Space, x: Value) -> tuple[CLM, bool]:
    """`fderiv ℝ f x`, and whether it is certified.

    Where f is smooth it is the Jacobian, certified. At a tie the slopes along the coordinate rays
    give the only candidate: if the rays certainly disagree with it, f is not differentiable and
    Lean's `fderiv` is 0 (certified); if all agree it is the candidate, not certified.

    Raises Undecided where neither can be said.

    Lean: fderiv
    """
    try:
        return linear_map(dom, cod, jacobian(f, dom, cod, x)), True
    except Singular:
        _at_numbers(dom, x)
    candidate = linear_map(dom, cod, _slopes(f, dom, cod, x))
    judgement = _along_rays(f, candidate, x)
    if judgement.fails and judgement.proved:
        return linear_map(dom, cod, [{} for _ in range(cod.dimension)]), True
    if not judgement.holds:
        raise Undecided(judgement.note)
    return candidate, False


def _slopes(f: Function, dom: Space, cod: Space, x: Value) -> list[Row]:
    entries = list(dom.reals(x))
    rows: list[Row] = [{} for _ in range(cod.dimension)]
    for j in range(len(entries)):
        moved = [ray(c, 1) if i == j else c for i, c in enumerate(entries)]
        for k, y in enumerate(cod.reals(f(dom.build(iter(moved))))):
            poly = germ(y).terms.get(Fraction(1), [0])
            rows[k][j] = poly[0]
    return rows


def linear_map(dom: Space, cod: Space, rows: list[Row]) -> CLM:
    """The linear map with these sparse rows as its matrix."""

    def apply(v: Value) -> Value:
        entries = list(dom.reals(v))
        return cod.of(sum(c * entries[j] for j, c in row.items()) for row in rows)

    return CLM(dom, cod, apply)


def DifferentiableAt(f: Function, dom: Space, cod: Space, x: Value) -> Judgement:
    """f is differentiable at x; where only rays say so, it is not certified.

    Lean: DifferentiableAt
    """
    try:
        jacobian(f, dom, cod, x)
    except Singular:
        candidate = linear_map(dom, cod, _slopes(f, dom, cod, x))
        found = _along_rays(f, candidate, x)
        if found.fails and found.proved:
            return replace(FALSE, note=found.note, where=found.where)
        return found if found.holds else undecided(found.note)
    return truth(True)
