"""Functions of ℕ that hypotheses define: `u 0 = 1`, `∀ n, u (n + 1) = 2 * u n`, with guards or without."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from leanmirror.bridge.compile.decisions import decided
from leanmirror.bridge.compile.linear import number
from leanmirror.bridge.compile.sizes import free
from leanmirror.bridge.compile.terms import head, head_name
from leanmirror.bridge.core.term import App, Pi, Term, Var
from leanmirror.spec.errors import Undecided
from leanmirror.spec.judge.types import Value

if TYPE_CHECKING:
    from leanmirror.bridge.compile.compiler import Closure, Compiler, Values

NOT_GIVEN = object()
"""In place of a value that no clause says, or more than one."""

LONGEST = 10_000
"""Values further on are not computed."""


@dataclass(frozen=True, slots=True)
class Clause:
    """The value of a function of ℕ by a hypothesis: at a number, or at `n + step` where guards hold."""

    function: int
    step: int
    value: Term
    n: Var | None = None
    guards: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class Recursive:
    """A function of ℕ that clauses define, and the variables that they speak of."""

    clauses: tuple[Clause, ...]
    needs: frozenset[int]
    value: Closure


def clause(compiler: Compiler, term: Term) -> Clause | None:
    """The hypothesis as a clause; None where it is none."""
    n: Var | None = None
    guards: list[Term] = []
    if isinstance(term, Pi) and compiler.types.at_head(term.type, "Nat") is not None:
        compiler.types.of_var[term.var.id] = term.type
        n, term = term.var, term.body
    while n is not None and isinstance(term, Pi) and compiler.types.is_prop(term.type):
        guards.append(term.type)
        term = term.body
    if head_name(term) != "Eq":
        return None
    one, two = head(term)[1][-2:]
    for side, value in ((one, two), (two, one)):
        if isinstance(side, App) and isinstance(side.fn, Var) and len(side.args) == 1:
            step = _step(side.args[0], n)
            if step is not None and (n is not None or side.fn.id not in free(value)):
                return Clause(side.fn.id, step, value, n, tuple(guards))
    return None


def _step(at: Term, n: Var | None) -> int | None:
    """k of `n + k`, or of the numeral k where there is no n."""
    if n is None:
        value = number(at)
        return None if value is None else int(value)
    if at == n:
        return 0
    name, args = head_name(at), head(at)[1]
    if name == "Nat.succ" and args[0] == n:
        return 1
    if name == "HAdd.hAdd" and args[-2] == n and (k := number(args[-1])) is not None:
        return int(k)
    return None


def sequence(compiler: Compiler, clauses: Sequence[Clause]) -> Recursive | None:
    """The function that first values and a recursion define; None where there is not one recursion.

    Values that the recursion gives as well are no part of it.
    """
    (function,) = {each.function for each in clauses}
    type_ = compiler.types.of_var.get(function)
    if not isinstance(type_, Pi) or compiler.types.at_head(type_.type, "Nat") is None:
        return None
    steps = [each for each in clauses if each.n is not None]
    if len(steps) != 1:
        return None
    (step,) = steps
    first = [each for each in clauses if each.n is None and (step.guards or each.step < step.step)]
    bases = {each.step: each.value for each in first}
    if len(bases) != len(first):
        return None
    needs = free(step.value) | {var for each in (*bases.values(), *step.guards) for var in free(each)}
    assert step.n is not None
    recursion = _Recursion(
        function,
        step.step,
        step.n.id,
        compiler.compile(step.value),
        tuple(map(compiler.compile, step.guards)),
        {at: compiler.compile(value) for at, value in bases.items()},
    )
    return Recursive((step, *first), frozenset(needs - {function, step.n.id}), recursion.function)


@dataclass(frozen=True, slots=True)
class _Recursion:
    of: int
    step: int
    n: int
    value: Closure
    guards: tuple[Closure, ...]
    bases: dict[int, Closure]

    def function(self, env: Values) -> Callable[[int], Value]:
        """The function, whose values are kept; Undecided where the clauses do not say a value, or say two."""
        known: list[Value] = []

        def at(i: int) -> Value:
            if i > LONGEST:
                raise Undecided(f"the value of a sequence at {i}")
            for j in range(len(known), i + 1):
                known.append(self._at(j, {**env, self.of: before}))
            return before(i)

        def before(i: int) -> Value:
            if i >= len(known):
                raise Undecided("a sequence that speaks of its later values")
            if known[i] is NOT_GIVEN:
                raise Undecided("a value of a sequence that is not given once")
            return known[i]

        return at

    def _at(self, i: int, env: Values) -> Value:
        inner = {**env, self.n: i - self.step}
        follows = i >= self.step and all(decided(guard(inner)) for guard in self.guards)
        if follows == (i in self.bases):
            return NOT_GIVEN
        return self.value(inner) if follows else self.bases[i](env)
