"""Hypotheses that define a variable: with `(hy : y = Real.exp x)` y is not drawn, it is `Real.exp x`.

So are `∀ i, y i = e`, `∀ x, f x = e`, `f = fun x => e`, `∀ x, x ∈ s ↔ e`, and `a + y = b` solved for y. A
system of linear equations in real variables is solved as a whole. What defines a variable holds by
construction: it is neither drawn for nor checked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial, reduce
from typing import TYPE_CHECKING

from leanmirror.bridge.compile.kinds import kind_of
from leanmirror.bridge.compile.linear import Form, forms, number
from leanmirror.bridge.compile.meanings.real import lifted
from leanmirror.bridge.compile.sequences import Clause, clause, sequence
from leanmirror.bridge.compile.sizes import DATA, free
from leanmirror.bridge.compile.terms import head, head_name, mentions, replaced
from leanmirror.bridge.compile.values import conformed
from leanmirror.bridge.core.show import Shower
from leanmirror.bridge.core.term import App, Lam, Lit, Pi, Term, Var, const
from leanmirror.spec.core import dispatch

if TYPE_CHECKING:
    from leanmirror.bridge.compile.compiler import Closure, Compiler

Text = Callable[[Mapping[int, str]], str | None]
"""A value as Lean text, from the texts of the variables that it needs; None where there is no short one."""


@dataclass(frozen=True, slots=True)
class Definition:
    """What a variable is: its value, of the variables that it needs, and the value as text.

    `recursive`: it is a function of ℕ whose value at a number takes all those before it.
    """

    var: Var
    needs: frozenset[int]
    value: Closure
    text: Text
    recursive: bool = False


@dataclass(slots=True)
class Defined:
    """The definitions found so far, and the hypotheses that remain."""

    compiler: Compiler
    variables: Mapping[int, tuple[Var, Term]]
    by_var: dict[int, Definition] = field(default_factory=dict)

    def may(self, var: int, needs: frozenset[int]) -> bool:
        """The variable may be defined so: it is drawn, no type speaks of it, and it does not need itself."""
        if var not in self.variables or var in self.by_var or var in self._reached(needs):
            return False
        others = (type_ for id_, (_, type_) in self.variables.items() if id_ != var)
        return not mentions(self.variables[var][1], "Rat") and not any(var in free(each) for each in others)

    def _reached(self, needs: frozenset[int]) -> set[int]:
        """The variables that these need, themselves or by what defines them."""
        found, pending = set(needs), list(needs)
        while pending:
            known = self.by_var.get(pending.pop())
            new = set() if known is None else known.needs - found
            found |= new
            pending.extend(new)
        return found

    def add(
        self, var: int, needs: frozenset[int], value: Closure, text: Text, *, recursive: bool = False
    ) -> None:
        """Define a variable, its value in the form of its type."""
        name, type_ = self.variables[var]
        of_type = self.compiler.compile(type_)
        inside = frozenset(needs | (free(type_) & self.variables.keys()))
        self.by_var[var] = Definition(
            name, inside, lambda env: conformed(of_type(env), value(env)), text, recursive
        )

    def add_term(self, var: int, value: Term) -> None:
        """Define a variable by a term."""
        needs = frozenset(free(value) & self.variables.keys())
        self.add(var, needs, self.compiler.compile(value), partial(shown, self.compiler, value))

    def ordered(self) -> list[Definition]:
        """The definitions, each after those that it needs."""
        found: dict[int, Definition] = {}
        pending = dict(self.by_var)
        while pending:
            for var, each in pending.items():
                if not each.needs & pending.keys():
                    found[var] = pending.pop(var)
                    break
        return list(found.values())


Hypotheses = Sequence[tuple[str, Term]]


def definitions(
    compiler: Compiler, hypotheses: Hypotheses, variables: Mapping[int, tuple[Var, Term]]
) -> tuple[list[Definition], list[tuple[str, Term]]]:
    """What hypotheses define among variables of these types, and the hypotheses that remain."""
    defined = Defined(compiler, variables)
    remaining = [each for each in hypotheses if not _directly(defined, each[1])]
    remaining = _sequences(defined, remaining)
    remaining = _linear(defined, remaining)
    remaining = [left for each in remaining for left in _by_product(defined, each)]
    return defined.ordered(), remaining


def shown(compiler: Compiler, value: Term, names: Mapping[int, str]) -> str:
    """A term as text, with texts in place of variables."""
    by: dict[int, Term] = {var: Var(var, f"({text})") for var, text in names.items()}
    return Shower(compiler.constants).show(replaced(value, by))


# Equations that say it


def _directly(defined: Defined, term: Term) -> bool:
    """Define a variable by one hypothesis, where it says what the variable is."""
    for var, value in readings(defined.compiler, term):
        needs = frozenset(free(value) & defined.variables.keys())
        if not defined.may(var, needs) or _is_data(defined, var, needs):
            continue
        defined.add_term(var, value)
        return True
    return False


def _is_data(defined: Defined, var: int, needs: frozenset[int]) -> bool:
    """Sizes and indices that follow from such are drawn as they are given: types may depend on them."""
    types = defined.compiler.types
    return all(types.at_head(defined.variables[each][1], *DATA) is not None for each in (var, *needs))


def readings(compiler: Compiler, term: Term) -> Iterator[tuple[int, Term]]:
    """The hypothesis as `variable = term`, in the ways in which it can be read so."""
    over: list[tuple[Var, Term]] = []
    while isinstance(term, Pi) and not compiler.types.is_prop(term.type):
        over.append((term.var, term.type))
        term = term.body
    if head_name(term) not in ("Eq", "Iff"):
        return
    one, two = head(term)[1][-2:]
    for side, value in ((one, two), (two, one)):
        found = _applied(compiler, side, [var for var, _ in over])
        if found is None or found.id in free(value):
            continue
        yield found.id, reduce(lambda body, bound: Lam(bound[0], bound[1], body), reversed(over), value)


def _applied(compiler: Compiler, side: Term, over: Sequence[Var]) -> Var | None:
    """The variable of which a side is the value at the bound variables: `y`, `f x`, `x ∈ s`, `x.ofLp i`."""
    name, args = head_name(side), head(side)[1]
    if name == "Membership.mem" and len(over) == 1:
        s, x = args[-2:]
        if not isinstance(s, Var) or x != over[0]:
            return None
        type_ = compiler.types.of_var.get(s.id)
        return None if type_ is None or compiler.types.at_head(type_, "Set") is None else s
    if name == "WithLp.ofLp" and len(over) == 1 and len(args) > 3:
        x, i = args[-2:]
        return x if isinstance(x, Var) and i == over[0] else None
    if isinstance(side, App) and tuple(args) == tuple(over) and isinstance(side.fn, Var):
        return side.fn
    return side if isinstance(side, Var) and not over else None


# Sequences


def _sequences(defined: Defined, hypotheses: Hypotheses) -> list[tuple[str, Term]]:
    """Define functions of ℕ by their first values and a recursion: `u (n + 1) = 2 * u n`."""
    found: dict[int, list[tuple[int, Clause]]] = {}
    for at, (_, term) in enumerate(hypotheses):
        read = clause(defined.compiler, term)
        if read is not None:
            found.setdefault(read.function, []).append((at, read))
    used: set[int] = set()
    for var, clauses in found.items():
        made = sequence(defined.compiler, [each for _, each in clauses])
        if made is None:
            continue
        needs = frozenset(made.needs & defined.variables.keys())
        if defined.may(var, needs):
            defined.add(var, needs, made.value, lambda names: None, recursive=True)
            used |= {at for at, each in clauses if each in made.clauses}
    return [each for at, each in enumerate(hypotheses) if at not in used]


# Linear equations


def _linear(defined: Defined, hypotheses: Hypotheses) -> list[tuple[str, Term]]:
    """Solve the linear equations between real numbers, one variable by each, and leave what is no such."""
    solved: list[tuple[int, Form]] = []
    remaining: list[tuple[str, Term]] = []
    for name, term in hypotheses:
        found = forms(defined.compiler, term)
        if found is None or not _solved(defined, found, solved):
            remaining.append((name, term))
    for var, form in reversed(solved):
        _define(defined, var, form, solved)
    return remaining


def _solved(defined: Defined, form: Form, solved: list[tuple[int, Form]]) -> bool:
    """Take `form = 0` as the definition of a variable, which is added to those that are solved."""
    for var, value in solved:
        form = form.substituted(var, value)
    if not form.terms:
        return form.constant == 0
    inside = frozenset(id_ for atom in form.terms if not isinstance(atom, Var) for id_ in free(atom))
    if inside & {var for var, _ in solved}:
        return False
    for atom, coefficient in reversed(form.terms.items()):
        if not isinstance(atom, Var) or atom.id in inside:
            continue
        rest = form.without(atom).scaled(Fraction(-1) / coefficient)
        if not defined.may(atom.id, frozenset(rest.needs & defined.variables.keys())):
            continue
        solved[:] = [(var, each.substituted(atom.id, rest)) for var, each in solved]
        solved.append((atom.id, rest))
        return True
    return False


def _by_product(defined: Defined, hypothesis: tuple[str, Term]) -> list[tuple[str, Term]]:
    """Take `a * y = 3` as `y = 3 / a`; what remains is `a ≠ 0`."""
    name, term = hypothesis
    if head_name(term) != "Eq" or kind_of(defined.compiler, head(term)[1][0]) != "real":
        return [hypothesis]
    type_, *sides = head(term)[1]
    for product_, other in (sides, reversed(sides)):
        if not number(other) or head_name(product_) != "HMul.hMul":
            continue
        factors = head(product_)[1][-2:]
        for y, a in (factors[::-1], factors):
            needs = frozenset(free(a) & defined.variables.keys())
            if isinstance(y, Var) and y.id not in free(a) and defined.may(y.id, needs):
                defined.add(y.id, needs, *_quotient(defined.compiler, other, a))
                return [(name, const("Ne", type_, a, Lit(0)))]
    return [hypothesis]


def _quotient(compiler: Compiler, a: Term, b: Term) -> tuple[Closure, Text]:
    """`a / b` as a value and as text."""
    above, below = compiler.compile(a), compiler.compile(b)
    return (
        lambda env: dispatch.div(lifted(above(env)), lifted(below(env))),
        lambda names: f"{shown(compiler, a, names)} / ({shown(compiler, b, names)})",
    )


def _define(defined: Defined, var: int, form: Form, solved: Sequence[tuple[int, Form]]) -> None:
    compiler = defined.compiler
    needs = frozenset(form.needs & defined.variables.keys())
    defined.add(
        var, needs, form.compiled(compiler), lambda names: form.text(lambda t: shown(compiler, t, names))
    )
