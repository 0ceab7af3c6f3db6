"""Equations between natural numbers and integers as constructions, solved together.

Linear equations and congruences with known moduli have all their solutions `x₀ + Σ tᵢ kᵢ`, by the Hermite
form; one near the numbers that were drawn is taken. Others, such as `a ^ 2 + b ^ 2 = c ^ 2`, are searched
where few variables are in them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from itertools import product
from typing import TYPE_CHECKING

from flint import fmpz_mat

from leanmirror.bridge.compile.kinds import kind_of
from leanmirror.bridge.compile.linear import Form, form, number
from leanmirror.bridge.compile.sizes import free
from leanmirror.bridge.compile.terms import head, head_name
from leanmirror.bridge.core.term import Term, Var
from leanmirror.spec.errors import LeanMirrorError
from leanmirror.spec.judge.claim import Env
from leanmirror.spec.judge.judgement import attempt
from leanmirror.spec.judge.source import Source

if TYPE_CHECKING:
    from leanmirror.bridge.compile.compiler import Closure, Compiler

_MULTIPLES = -2 * 10**12
"""The id of the first multiple, far from those of all other variables."""

Make = Callable[[Env, Source], Env]
TARGETS = 30
"""Points near which a solution of natural numbers is looked for."""

REACHES = (4, 12, 60, 500)
MOST_TRIED = 20_000
MOST_KEPT = 200
MOST_SEARCHED = 3
"""Variables in equations that are searched."""


@dataclass(frozen=True, slots=True)
class Whole:
    """A variable of a type of whole numbers: its name in the claim, and whether it may be negative."""

    name: str
    signed: bool


def constructions(
    compiler: Compiler, hypotheses: Sequence[Term], variables: Mapping[int, Whole]
) -> tuple[list[Make], frozenset[str]]:
    """How to meet the equations of whole numbers among the hypotheses, by changing these variables.

    Also the variables that linear equations leave one value.
    """
    linear: list[Form] = []
    others: list[Term] = []
    for term in hypotheses:
        found = _equation(compiler, term)
        if found is not None and all(isinstance(t, Var) and t.id in variables for t in found[0].terms):
            linear.append(_with_multiple(found, len(linear)))
        elif found is not None or _is_equation(compiler, term):
            others.append(term)
    system = _system(linear, variables)
    makes: list[Make] = [] if system is None else [system.make]
    for term in others:
        makes += _searched(compiler, term, hypotheses, variables)
    return makes, frozenset() if system is None else system.determined


def _equation(compiler: Compiler, term: Term) -> tuple[Form, int] | None:
    """`a = b` as a form that is 0, `a % m = r` and `m ∣ a` as one that is a multiple of m; else None."""
    name, args = head_name(term), head(term)[1]
    if name == "Dvd.dvd" and kind_of(compiler, args[0]) in ("nat", "int"):
        by = number(args[-2])
        return None if not by else (form(args[-1]), abs(int(by)))
    if name != "Eq" or kind_of(compiler, args[0]) not in ("nat", "int"):
        return None
    for one, two in ((args[1], args[2]), (args[2], args[1])):
        if head_name(one) == "HMod.hMod":
            modulus, rest = number(head(one)[1][-1]), number(two)
            if modulus and rest is not None and 0 <= rest < abs(modulus):
                return form(head(one)[1][-2]).plus(Form(-rest)), abs(int(modulus))
            return None
    return form(args[1]).plus(form(args[2]), Fraction(-1)), 0


def _with_multiple(found: tuple[Form, int], at: int) -> Form:
    """The form with an unknown multiple of the modulus, a variable of our own."""
    value, modulus = found
    if not modulus:
        return value
    return value.plus(Form(Fraction(0), {Var(_MULTIPLES - at, "multiple"): Fraction(modulus)}))


def _is_equation(compiler: Compiler, term: Term) -> bool:
    return head_name(term) == "Eq" and kind_of(compiler, head(term)[1][0]) in ("nat", "int")


# Linear equations


@dataclass(frozen=True, slots=True)
class System:
    """All solutions of linear equations: one, and a basis of what may be added; unknowns in one order.

    An unknown that is None is no variable of the claim.
    """

    unknowns: tuple[Whole | None, ...]
    start: tuple[int, ...]
    kernel: tuple[tuple[int, ...], ...]

    def make(self, env: Env, source: Source) -> Env:
        """A solution near what was drawn, or, where that is negative, near other points."""
        for turn in range(TARGETS):
            target = [_target(each, env, source, turn) for each in self.unknowns]
            point = _near(self.start, self.kernel, target)
            pairs = list(zip(self.unknowns, point, strict=True))
            if all(w is None or w.signed or x >= 0 for w, x in pairs):
                return {w.name: x for w, x in pairs if w is not None}
        return {}

    @property
    def determined(self) -> frozenset[str]:
        """The variables with one value in all solutions."""
        columns = enumerate(self.unknowns)
        return frozenset(w.name for i, w in columns if w is not None and not any(k[i] for k in self.kernel))


def _system(forms: Sequence[Form], variables: Mapping[int, Whole]) -> System | None:
    """The solutions of the equations `form = 0`; None where there are none."""
    unknowns = list({term: None for each in forms for term in each.terms})
    whole = all(c.denominator == 1 for each in forms for c in (each.constant, *each.terms.values()))
    if not unknowns or not whole:
        return None
    rows = [[int(each.terms.get(u, 0)) for u in unknowns] for each in forms]
    found = solutions(rows, [-int(each.constant) for each in forms])
    if found is None:
        return None
    known = tuple(variables.get(u.id) if isinstance(u, Var) else None for u in unknowns)
    return System(known, tuple(found[0]), tuple(map(tuple, found[1])))


def _target(known: Whole | None, env: Env, source: Source, turn: int) -> int:
    if turn == 0 and known is not None:
        return int(env[known.name])
    reach = source.rng.choice(REACHES)
    return source.rng.integer(-reach if known is None or known.signed else 0, reach)


def solutions(
    rows: Sequence[Sequence[int]], right: Sequence[int]
) -> tuple[list[int], list[list[int]]] | None:
    """One integer solution of `rows x = right`, and a short basis of those of `rows x = 0`; None without any.

    The Hermite form of `[rowsᵀ | 1]` is `[H | U]` with `U rowsᵀ = H`; x is `y U` where `y H` is the right
    side.
    """
    m, n = len(rows), len(rows[0])
    both = fmpz_mat([[*(int(row[j]) for row in rows), *(int(i == j) for i in range(n))] for j in range(n)])
    table = [[int(x) for x in row] for row in both.hnf().tolist()]
    left, x = [int(b) for b in right], [0] * n
    for row in table:
        pivot = next((k for k in range(m) if row[k]), None)
        if pivot is None:
            continue
        factor, rest = divmod(left[pivot], row[pivot])
        if rest:
            return None
        left = [b - factor * h for b, h in zip(left, row[:m], strict=True)]
        x = [a + factor * u for a, u in zip(x, row[m:], strict=True)]
    if any(left):
        return None
    kernel = [row[m:] for row in table if not any(row[:m])]
    if kernel:
        kernel = [[int(v) for v in row] for row in fmpz_mat(kernel).lll().tolist()]
    return x, kernel


def _near(start: Sequence[int], kernel: Sequence[Sequence[int]], target: Sequence[int]) -> list[int]:
    """A solution near a point: multiples of the basis are taken off as long as that helps."""
    x = list(start)
    for _ in range(3):
        for row in kernel:
            size = sum(k * k for k in row)
            along = sum((a - b) * k for a, b, k in zip(target, x, row, strict=True))
            times = (2 * along + size) // (2 * size)
            x = [a + times * k for a, k in zip(x, row, strict=True)]
    return x


# Others


def _searched(
    compiler: Compiler, term: Term, hypotheses: Sequence[Term], variables: Mapping[int, Whole]
) -> Iterator[Make]:
    """A construction by search, where the equation and what else is said of its variables is about few."""
    inside = sorted(free(term))
    if not inside or len(inside) > MOST_SEARCHED or not all(var in variables for var in inside):
        return
    about = [each for each in hypotheses if free(each) and free(each) <= set(inside) and each is not term]
    assumed = [compiler.compile(each) for each in (term, *about)]
    found = cache(lambda: _points(inside, assumed, variables))

    def make(env: Env, source: Source) -> Env:
        points = found()
        if not points:
            return {}
        return {variables[var].name: x for var, x in zip(inside, source.rng.choice(points), strict=True)}

    yield make


def _points(
    inside: Sequence[int], assumed: Sequence[Closure], variables: Mapping[int, Whole]
) -> list[tuple[int, ...]]:
    """The points where the hypotheses hold, the smallest first."""
    most = int(MOST_TRIED ** (1 / len(inside)))
    ranges = [_range(most, variables[var].signed) for var in inside]
    found: list[tuple[int, ...]] = []
    for point in sorted(product(*ranges), key=lambda p: sum(map(abs, p))):
        env = dict(zip(inside, point, strict=True))
        if all(_holds(each, env) for each in assumed):
            found.append(point)
            if len(found) == MOST_KEPT:
                break
    return found


def _range(most: int, signed: bool) -> range:
    return range(-(most // 2), most - most // 2) if signed else range(most)


def _holds(closure: Closure, env: dict[int, int]) -> bool:
    try:
        found = attempt(lambda: closure(env))
    except LeanMirrorError:
        return False
    return bool(found.holds and found.proved)
