"""Hypotheses as constructions: how an example is changed so that it meets one, where that can be seen.

A comparison is met by moving one number: an entry of a variable that one side consists of. The entry is found
by running that side on tags instead of numbers, so that no notation needs to be known.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, field
from fractions import Fraction
from typing import TYPE_CHECKING

from flint import arb

from leanmirror.bridge.compile.adjoints import Adjoint, adjoint
from leanmirror.bridge.compile.kinds import kind_of
from leanmirror.bridge.compile.promises import Promise, promised
from leanmirror.bridge.compile.sizes import free
from leanmirror.bridge.compile.terms import alike, applied, head, head_name
from leanmirror.bridge.core.term import App, Lam, Pi, Term, Var
from leanmirror.spec.errors import LeanMirrorError
from leanmirror.spec.judge.balls import realize
from leanmirror.spec.judge.claim import Env
from leanmirror.spec.judge.given_derivatives import derivative_at, derivative_everywhere
from leanmirror.spec.judge.judgement import Judgement
from leanmirror.spec.judge.precision import precision
from leanmirror.spec.judge.promises import kept
from leanmirror.spec.judge.source import Source
from leanmirror.spec.judge.types import Type, Value

if TYPE_CHECKING:
    from leanmirror.bridge.compile.compiler import Closure, Compiler

RELATIONS = {"LT.lt": "<", "LE.le": "≤", "GT.gt": ">", "GE.ge": "≥", "Eq": "=", "Ne": "≠"}
SWAPPED = {"<": ">", ">": "<", "≤": "≥", "≥": "≤", "=": "=", "≠": "≠"}
FIRST_TAG = 1 << 40
WORKING_BITS = 200


@dataclass(frozen=True, slots=True)
class Variables:
    """The variables of a statement that are drawn: their display names, types and ids.

    `fixed` ones have one value; `derived` ones follow from the others, each from those before it and from
    those that are drawn, which `needs` tells.
    """

    names: Mapping[int, str]
    types: Mapping[int, Closure]
    fixed: Mapping[int, Value]
    derived: Mapping[int, Closure] = field(default_factory=dict)
    needs: Mapping[int, frozenset[int]] = field(default_factory=dict)

    def values(self, env: Env) -> dict[int, Value]:
        """An example's values by id, of those that are drawn."""
        found = dict(self.fixed)
        for var, name in self.names.items():
            if name in env:
                found[var] = env[name]
        return found

    def all_values(self, env: Env, uses: Set[int]) -> dict[int, Value]:
        """An example's values by id, with those that follow and are used."""
        return self.completed(self.values(env), self.reached(uses))

    def completed(self, values: dict[int, Value], reached: Set[int]) -> dict[int, Value]:
        """The values with those that follow from them, among the variables that are reached."""
        for var, value in self.derived.items():
            if var in reached:
                values[var] = value(values)
        return values

    def reached(self, uses: Set[int]) -> frozenset[int]:
        """The variables that are used, or needed by what is used."""
        found, pending = set(uses), list(uses)
        while pending:
            new = self.needs.get(pending.pop(), frozenset()) - found
            found |= new
            pending.extend(new)
        return frozenset(found)


@dataclass(frozen=True, slots=True)
class Comparison:
    """`∀ i …, left R right` over finite types: sides compiled, relation as a sign, and what they speak of."""

    over: tuple[tuple[int, Closure], ...]
    relation: str
    left: Closure
    right: Closure
    uses: frozenset[int] = frozenset()

    def cases(self, values: Mapping[int, Value]) -> Iterator[Mapping[int, Value]]:
        """The values with every choice of the bound variables."""
        pending = [dict(values)]
        for var, of_type in self.over:
            domain = list(of_type(values).values() or ())
            pending = [{**each, var: x} for each in pending for x in domain]
        yield from pending


def comparison(compiler: Compiler, term: Term) -> Comparison | None:
    """The hypothesis as a comparison of real numbers; None where it is something else."""
    over = []
    uses = frozenset(free(term))
    while isinstance(term, Pi) and not compiler.types.is_prop(term.type):
        compiler.types.of_var[term.var.id] = term.type
        over.append((term.var.id, compiler.compile(term.type)))
        term = term.body
    relation = RELATIONS.get(head_name(term) or "")
    if relation is None:
        return None
    args = head(term)[1]
    if kind_of(compiler, args[0]) != "real":
        return None
    left, right = compiler.compile(args[-2]), compiler.compile(args[-1])
    return Comparison(tuple(over), relation, left, right, uses)


def meet(found: Comparison, variables: Variables) -> Callable[[Env, Source], Env]:
    """A construction: entries are moved, case by case, until the comparison holds."""

    def make(env: Env, source: Source) -> Env:
        values = variables.values(env)
        changed: dict[str, Value] = {}
        try:
            for case in list(found.cases(values)):
                here = {**case, **{v: changed[n] for v, n in variables.names.items() if n in changed}}
                changed |= _moved(found, variables, here, source)
        except (LeanMirrorError, KeyError, TypeError, AttributeError):
            return {}
        return changed

    return make


def _moved(found: Comparison, variables: Variables, case: Mapping[int, Value], source: Source) -> Env:
    uses = variables.reached(found.uses)
    balls = variables.completed(_realized(variables, case, uses), uses)
    with precision(WORKING_BITS):
        left, right = arb(found.left(balls)), arb(found.right(balls))
        gap = left - right
    if _holds(found.relation, gap):
        return {}
    for side, relation, target in (
        (found.left, found.relation, right),
        (found.right, SWAPPED[found.relation], left),
    ):
        place = _place(side, uses & variables.names.keys(), variables, case, balls)
        if place is not None and target.is_exact():
            var, position = place
            return {
                variables.names[var]: _with(variables, case, var, position, _goal(relation, target, source))
            }
    return {}


def _holds(relation: str, gap: arb) -> bool:
    match relation:
        case "<":
            return bool(gap < 0)
        case "≤":
            return bool(gap <= 0)
        case ">":
            return bool(gap > 0)
        case "≥":
            return bool(gap >= 0)
        case "=":
            return bool(gap == 0)
    return bool(gap != 0)


def _goal(relation: str, target: arb, source: Source) -> Fraction:
    """A number in the relation to the target."""
    man, exponent = target.man_exp()
    base = Fraction(int(man)) * Fraction(2) ** int(exponent)
    step = abs(source.pool_of_variable()(source.rng)) or Fraction(source.rng.integer(1, 24), 8)
    match relation:
        case "<":
            return base - step
        case ">":
            return base + step
        case "≤":
            return base - step * source.rng.choice((0, 1, 1))
        case "≥":
            return base + step * source.rng.choice((0, 1, 1))
        case "=":
            return base
    return base + step * source.rng.choice((1, -1))


def _realized(variables: Variables, case: Mapping[int, Value], uses: Set[int]) -> dict[int, Value]:
    found = dict(case)
    for var in variables.names:
        if var in case and var in uses:
            found[var] = realize(_type(variables, case, var), case[var])
    return found


def _type(variables: Variables, case: Mapping[int, Value], var: int) -> Type:
    found: Type = variables.types[var](case)
    return found


def _place(
    side: Closure,
    uses: Set[int],
    variables: Variables,
    case: Mapping[int, Value],
    balls: Mapping[int, Value],
) -> tuple[int, int] | None:
    """The variable, and which of its real entries, that a side is equal to whatever it is."""
    for var in variables.names:
        if var not in case or var not in uses:
            continue
        of_type = _type(variables, case, var)
        count = sum(isinstance(x, Fraction) for x in of_type.reals(case[var]))
        if not count:
            continue
        tags = of_type.with_reals(case[var], iter(range(FIRST_TAG, FIRST_TAG + count)))
        try:
            found = side({**balls, var: tags})
        except (LeanMirrorError, TypeError, AttributeError, ValueError):
            continue
        if type(found) is int and 0 <= found - FIRST_TAG < count:
            return var, found - FIRST_TAG
    return None


def _with(variables: Variables, case: Mapping[int, Value], var: int, position: int, x: Fraction) -> Value:
    of_type = _type(variables, case, var)
    entries = list(of_type.reals(case[var]))
    entries[position] = x
    return of_type.with_reals(case[var], iter(entries))


def conjuncts(term: Term) -> Sequence[Term]:
    """The parts of a conjunction; a predicate that is written out is applied first."""
    fn, args = head(term)
    if isinstance(fn, Lam) and args:
        return conjuncts(applied(fn, args))
    if head_name(term) == "And":
        one, two = head(term)[1]
        return (*conjuncts(one), *conjuncts(two))
    return (term,)


Construction = tuple[Callable[[Env], Judgement] | None, Callable[[Env, Source], Env] | None]
"""How to judge a hypothesis, where that is not by running it, and how to meet it."""

Constraint = Callable[[Variables], Construction]
"""A hypothesis of a known form, compiled once: with the variables that are drawn it is a construction."""


def constraint(compiler: Compiler, term: Term, among: Collection[int]) -> Constraint | None:
    """A hypothesis about some of the variables, by their ids; None for other forms."""
    pair = adjoint(term)
    if pair is not None and pair.forward in among and pair.backward in among:
        return _adjoint(compiler, term, pair)
    promise = promised(term)
    if promise is not None and promise.f in among:
        return _promise(compiler, term, promise)
    slope = _slope(compiler, term)
    if slope is not None and slope.f in among and slope.f_prime in among:
        return slope.construction
    found = comparison(compiler, term)
    return None if found is None else lambda variables: (None, meet(found, variables))


def _promise(compiler: Compiler, term: Term, promise: Promise) -> Constraint:
    """What a function of the table has by construction; of others the hypothesis is looked at."""
    statement, uses = compiler.compile(term), free(term)

    def made(variables: Variables) -> Construction:
        f = variables.names[promise.f]
        return kept(f, promise.trait, lambda env: statement(variables.all_values(env, uses)))

    return made


def _adjoint(compiler: Compiler, term: Term, pair: Adjoint) -> Constraint:
    statement, uses = compiler.compile(term), free(term)
    return lambda variables: pair.construction(
        (variables.names[pair.forward], variables.names[pair.backward]),
        lambda env: variables.types[pair.forward](variables.values(env)),
        lambda env: statement(variables.all_values(env, uses)),
    )


@dataclass(frozen=True, slots=True)
class _Slope:
    """`∀ …, HasDerivAt f (f' p) p`: the functions' variables, the quantified ones, and the point p.

    `everywhere`: p is itself quantified over ℝ.
    """

    f: int
    f_prime: int
    over: tuple[tuple[int, Closure], ...]
    point: Closure
    everywhere: bool

    def construction(self, variables: Variables) -> Construction:
        """Met by a pair of functions from the table, or, at points only, by a patched derivative."""
        f, f_prime = variables.names[self.f], variables.names[self.f_prime]
        if self.everywhere:
            assume = derivative_everywhere(f, f_prime)
        else:
            assume = derivative_at(f, f_prime, lambda env: list(self._points(variables.values(env))))
        return (lambda env: assume.holds(**env)), assume.make

    def _points(self, values: Mapping[int, Value]) -> Iterator[Value]:
        cases = Comparison(self.over, "", self.point, self.point).cases(values)
        return (self.point(case) for case in cases)


def _slope(compiler: Compiler, term: Term) -> _Slope | None:
    over: list[tuple[Var, Term]] = []
    while isinstance(term, Pi) and not compiler.types.is_prop(term.type):
        compiler.types.of_var[term.var.id] = term.type
        over.append((term.var, term.type))
        term = term.body
    if head_name(term) != "HasDerivAt":
        return None
    f, slope, point = head(term)[1][-3:]
    if isinstance(f, Lam) and isinstance(f.body, App) and f.body.args == (f.var,):
        f = f.body.fn  # `fun x => f x`
    if not (isinstance(f, Var) and isinstance(slope, App) and isinstance(slope.fn, Var)):
        return None
    if len(slope.args) != 1 or not alike(slope.args[0], point):
        return None
    real = [var for var, type_ in over if kind_of(compiler, type_) == "real"]
    closures = tuple((var.id, compiler.compile(type_)) for var, type_ in over)
    if real and (len(over) > 1 or real[0] != point):
        return None
    return _Slope(f.id, slope.fn.id, closures, compiler.compile(point), bool(real))
