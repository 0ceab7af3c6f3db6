"""What is known of a meaning, and two statements run on the same inputs: do both hold?"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import Literal

from leanmirror.spec.errors import LeanMirrorError
from leanmirror.spec.judge import types as t
from leanmirror.spec.judge.claim import Binder, Claim, Env
from leanmirror.spec.judge.draws import Seeded
from leanmirror.spec.judge.examples import Example
from leanmirror.spec.judge.judgement import TRUE, Judgement, Outcome, all_of, attempt, undecided
from leanmirror.spec.judge.precision import decide
from leanmirror.spec.judge.search import satisfying
from leanmirror.spec.judge.shrink import shrink
from leanmirror.spec.judge.source import Source
from leanmirror.spec.judge.tally import Counterexample
from leanmirror.spec.judge.types import Value

Answer = Literal["same", "different", "undecided", "not_evaluated"]

DIGITS = 50


@dataclass(frozen=True, slots=True)
class Meaning:
    """What is known about two texts of one declaration.

    `draws` is None where nothing was run; `inputs` and the two `values` are there for `different`.
    `through` are definitions that it calls, in any number of steps, and that are not the same themselves.
    """

    meaning: Answer
    reason: str
    draws: int | None = None
    inputs: tuple[tuple[str, str], ...] = ()
    values: tuple[str, str] | None = None
    through: tuple[str, ...] = ()


def _renamed(new: tuple[Binder, ...], example: Example, values: Env) -> dict[str, Value]:
    """The values under the names that the new variables have."""
    return {binder.name: values[name] for binder, name in zip(new, example.values, strict=True)}


def _types(example: Example) -> list[t.Type]:
    return [example.types[name] for name in example.values]


def _shown(example: Example) -> tuple[tuple[str, str], ...]:
    return tuple((name, example.types[name].show(value)) for name, value in example.values.items())


def compare_claims(old: Claim, new: Claim, seed: int = 0, examples: int = 24) -> Meaning:
    """Run two statements as predicates on the same inputs, drawn to meet the hypotheses of each in turn.

    Never the same: that both are true everywhere is what two different theorems have in common too.
    """
    if len(old.variables) != len(new.variables):
        return Meaning("undecided", "not the same term; the variables are not as many as before")
    sources = [Source(Seeded(seed + i), constants=claim.constants) for i, claim in enumerate((old, new))]
    draws = 0
    for index in range(examples):
        drawn = (old, new)[index % 2]
        example, _ = satisfying(drawn, sources[index % 2], index // 2, DIGITS)
        if example is None:
            continue
        both = Claim("drift", drawn.variables, (("value", partial(_agree, old, new)),))
        if not _same_types(old if drawn is new else new, example):
            return Meaning(
                "undecided", "not the same term; the variables have other types than before", draws
            )
        draws += 1
        judgement = decide(partial(both.judge, example.realized()), DIGITS)
        if judgement.fails:
            found = shrink(both, Counterexample("value", example, judgement), DIGITS, Seeded(0))
            truths = (str(found.judgement.lhs).lower(), str(found.judgement.rhs).lower())
            reason = "one holds and the other does not"
            return Meaning("different", reason, draws, _shown(found.example), truths)
    reason = f"not the same term; both statements hold at {draws} draws, as any two theorems do"
    return Meaning("undecided", reason if draws else "not the same term; no inputs could be drawn", draws)


def _same_types(claim: Claim, example: Example) -> bool:
    """Whether the variables of a claim, in their order, have the types of the example's."""
    values = _renamed(claim.variables, example, example.values)
    try:
        return [binder.type(values) for binder in claim.variables] == _types(example)
    except (LeanMirrorError, LookupError, TypeError, AttributeError):  # made from values of other types
        return False


def _agree(old: Claim, new: Claim, env: Env) -> Judgement:
    """Fails where one statement certainly holds at the values, in their order, and the other does not."""
    values = list(env.values())
    one, two = (
        _truth(claim, {b.name: value for b, value in zip(claim.variables, values, strict=True)})
        for claim in (old, new)
    )
    if (one.fails and one.proved and two.holds) or (two.fails and two.proved and one.holds):
        return Judgement(Outcome.FAILS, lhs=one.holds, rhs=two.holds)
    undecided_one = next((each for each in (one, two) if not (each.holds or each.fails)), None)
    return TRUE if undecided_one is None else undecided_one


def _truth(claim: Claim, env: Env) -> Judgement:
    """The statement with its hypotheses at one input: true where one of these is false."""
    met = all_of(attempt(partial(each.holds, env)) for each in claim.hypotheses)
    if met.fails and met.proved:
        return TRUE
    if not (met.holds and met.proved):
        return undecided(f"a hypothesis is undecided: {met.note}")
    return claim.judge(env)
