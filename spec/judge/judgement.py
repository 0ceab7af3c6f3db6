"""One example, one claim: what was found, and how sure it is.

Three degrees of "holds": *proved* at this example (exact or strictly separated balls), *certified*
(two sides agree to the wanted digits, with proved radii), and numerical (the rest). A hypothesis
must be proved; a conclusion is refuted only when it is proved false.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from enum import Enum
from typing import Any

from leanmirror.spec.errors import Undecided
from leanmirror.spec.judge.verdicts import UndecidedCause


class Outcome(Enum):
    """What one example says about one claim."""

    HOLDS = "holds"
    FAILS = "fails"
    UNDECIDED = "undecided"
    GAVE_UP = "gave_up"


@dataclass(frozen=True, slots=True)
class Judgement:
    """The outcome at one example.

    `proved`: certain, as mathematics, given the definitions and Arb. `certified`: proved, or equal
    to the wanted number of digits with proved radii. `lhs`, `rhs`, `gap` are the two sides and a
    lower bound of their distance where the conclusion compares. `slack`: where two sides overlap
    because they may be equal, log2 of the overlap's radius; None if undecided for another reason.
    `instead`: values for some of the example's variables at which the same failure shows plainly.
    `cause`: why nothing can be said, where nothing can.
    """

    outcome: Outcome
    proved: bool = True
    certified: bool = True
    relation: str = ""
    lhs: Any = None
    rhs: Any = None
    gap: Any = None
    note: str = ""
    slack: float | None = None
    where: tuple[str | int, ...] = ()
    instead: Mapping[str, Any] | None = None
    cause: UndecidedCause = "precision"

    @property
    def holds(self) -> bool:
        """True for HOLDS of any certainty."""
        return self.outcome is Outcome.HOLDS

    @property
    def fails(self) -> bool:
        """True for FAILS."""
        return self.outcome is Outcome.FAILS


TRUE = Judgement(Outcome.HOLDS)
FALSE = Judgement(Outcome.FAILS)


def undecided(note: str, cause: UndecidedCause = "precision") -> Judgement:
    """Nothing can be said: at this precision, or without an endless search."""
    return Judgement(Outcome.UNDECIDED, proved=False, certified=False, note=note, cause=cause)


def gave_up(note: str) -> Judgement:
    """A hypothesis is not met: the example does not count."""
    return Judgement(Outcome.GAVE_UP, proved=False, certified=False, note=note)


def truth(value: bool) -> Judgement:
    """A statement about exact data."""
    return TRUE if value else FALSE


def at(i: int, judgement: Judgement) -> Judgement:
    """The judgement of entry i, which says so where it does not hold."""
    return judgement if judgement.holds else replace(judgement, where=(i, *judgement.where))


_OPPOSITE = {"=": "≠", "≠": "=", "<": "≥", "≥": "<", "≤": ">", ">": "≤"}


def negate(judgement: Judgement) -> Judgement:
    """`¬ P`; a P that only holds numerically leaves `¬ P` undecided."""
    relation = _OPPOSITE.get(judgement.relation, judgement.relation)
    if judgement.holds:
        if not judgement.proved:
            return undecided("the two sides agree, but equality is not proved")
        return replace(judgement, outcome=Outcome.FAILS, relation=relation)
    if judgement.fails:
        return replace(judgement, outcome=Outcome.HOLDS, relation=relation)
    return replace(judgement, slack=None)


def all_of(judgements: Iterable[Judgement]) -> Judgement:
    """`∀`, `∧`: the first certain failure, else what is undecided, else holds."""
    worst = TRUE
    for judgement in judgements:
        if judgement.fails and judgement.proved:
            return judgement
        worst = worse(worst, judgement)
    return worst


_ORDER = {Outcome.HOLDS: 0, Outcome.UNDECIDED: 1, Outcome.GAVE_UP: 2, Outcome.FAILS: 3}


def worse(a: Judgement, b: Judgement) -> Judgement:
    """The one that is farther from holding for certain."""
    if a.outcome is not b.outcome:
        return a if _ORDER[a.outcome] > _ORDER[b.outcome] else b
    if a.outcome is Outcome.UNDECIDED:
        if a.slack is None or b.slack is None:
            return a if a.slack is None else b
        return a if a.slack >= b.slack else b
    if a.outcome is Outcome.HOLDS:
        return _less_sure(a, b)
    return a


def _less_sure(a: Judgement, b: Judgement) -> Judgement:
    """Both hold: the one that is less sure, else one with two sides to show."""
    if a.proved and a.certified:
        return b if a is TRUE or not (b.proved and b.certified) else a
    if b.proved and b.certified:
        return a
    proved, certified = a.proved and b.proved, a.certified and b.certified
    if (a.proved, a.certified) == (proved, certified):
        return a
    return replace(b, proved=proved, certified=certified)


def any_of(judgements: Iterable[Judgement]) -> Judgement:
    """`∃`, `∨`: the first that certainly holds, else one that holds or may, else the first that fails."""
    best: Judgement | None = None
    for judgement in judgements:
        if judgement.holds and judgement.proved:
            return judgement
        best = judgement if best is None else _likelier(best, judgement)
    return FALSE if best is None else best


def _likelier(a: Judgement, b: Judgement) -> Judgement:
    """The one that is nearer to holding; of two undecided ones that which may yet count as equal."""
    if a.outcome is not b.outcome:
        return a if _ORDER[a.outcome] < _ORDER[b.outcome] else b
    return b if a.slack is None and b.slack is not None else a


def implies(hypothesis: Judgement, conclusion: Callable[[], Judgement]) -> Judgement:
    """`P → Q`: where P is not proved, nothing is said."""
    if hypothesis.fails:
        return TRUE
    if hypothesis.holds and hypothesis.proved:
        return conclusion()
    return undecided(f"a hypothesis is undecided: {hypothesis.note}", hypothesis.cause)


def attempt(statement: Callable[[], Judgement]) -> Judgement:
    """The statement's judgement, undecided where a comparison inside it is."""
    try:
        return statement()
    except Undecided as error:
        return undecided(str(error))
