"""A claim: a Lean name, its binders in Lean's order, its hypotheses and what it concludes.

The same form carries statements written in Python and statements read from Lean text.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import partial
from inspect import CO_VARKEYWORDS
from typing import TYPE_CHECKING, Any

from leanmirror.spec.judge.judgement import Judgement, all_of, attempt
from leanmirror.spec.judge.types import Type, Value
from leanmirror.spec.judge.whole_numbers import Reach

if TYPE_CHECKING:
    from leanmirror.spec.judge.source import Source

Env = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Binder:
    """A variable of a claim; its type may depend on the variables before it."""

    name: str
    type: Callable[[Env], Type]


@dataclass(frozen=True, slots=True)
class Hypothesis:
    """An assumption of a claim.

    `holds` judges it at an example. `make`, where given, changes some of the example's values so
    that it is met: a construction, so that examples need not be thrown away.
    """

    name: str
    holds: Callable[[Env], Judgement]
    make: Callable[[Env, Source], Env] | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """A statement to be run; `parts` names its conclusions, one for a plain theorem.

    Each conclusion is judged at the same example; the claim fails where one of them does. The examples
    follow from the seed and `key`, or the name where there is none; `constants` are numbers of the statement
    that are drawn too. `determined`: how many values at most they leave some variables; `reach` says of whole
    numbers what they are used for.
    """

    name: str
    binders: tuple[Binder | Hypothesis, ...]
    parts: tuple[tuple[str, Callable[[Env], Judgement]], ...]
    doc: str = ""
    key: str = ""
    constants: tuple[Fraction, ...] = ()
    determined: Mapping[str, int] = field(default_factory=dict)
    reach: Mapping[str, Reach] = field(default_factory=dict)

    @property
    def variables(self) -> tuple[Binder, ...]:
        """The binders that are values."""
        return tuple(b for b in self.binders if isinstance(b, Binder))

    @property
    def hypotheses(self) -> tuple[Hypothesis, ...]:
        """The binders that are assumptions."""
        return tuple(b for b in self.binders if isinstance(b, Hypothesis))

    def judge(self, env: Env) -> Judgement:
        """The worst of the parts at one example; hypotheses are not looked at."""
        return all_of(attempt(partial(part, env)) for _, part in self.parts)


def by_name(function: Callable[..., Any]) -> Callable[[Env], Any]:
    """The function, taking its arguments from an example by their names."""
    code = getattr(function, "__code__", None)
    if code is None or code.co_flags & CO_VARKEYWORDS:
        return lambda env: function(**env)
    names = code.co_varnames[: code.co_argcount + code.co_kwonlyargcount]
    return lambda env: function(**{name: env[name] for name in names})


@dataclass(frozen=True, slots=True)
class Assume:
    """A hypothesis in a table of claims: a predicate on named values, and how to meet it."""

    holds: Callable[..., Judgement]
    make: Callable[[Env, Source], Env] | None = None


BinderSpec = Type | Callable[..., Type] | Assume


def claim(name: str, statement: Callable[..., Judgement], **binders: BinderSpec) -> Claim:
    """A claim from a statement function and its binders, in Lean's order.

    A binder is a type, a function from earlier values (by name) to a type, or an `Assume`.
    """
    parts = (("statement", by_name(statement)),)
    return Claim(name, read_binders(binders), parts, statement.__doc__ or "")


def read_binders(binders: Mapping[str, BinderSpec]) -> tuple[Binder | Hypothesis, ...]:
    """The binders of a table of claims."""
    return tuple(_binder(name, spec) for name, spec in binders.items())


def _binder(name: str, spec: BinderSpec) -> Binder | Hypothesis:
    if isinstance(spec, Assume):
        return Hypothesis(name, by_name(spec.holds), spec.make)
    if isinstance(spec, Type):
        fixed = spec
        return Binder(name, lambda _: fixed)
    return Binder(name, by_name(spec))
