"""The six verdicts and the causes of those that are neither a counterexample nor the want of one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

from leanmirror.spec import errors

VerdictName = Literal["no_counterexample", "refuted", "vacuous", "undecided", "unsupported", "error"]
VERDICTS: tuple[VerdictName, ...] = get_args(VerdictName)

UndecidedCause = Literal["precision", "search"]
"""Why one example is undecided: the radii of balls, or what only an endless search could tell."""

Cause = Literal[
    "thin", "sizes", "precision", "search", "time", "memory", "worker",
    "contradictory", "not_met",
    "unknown_name", "syntax", "type", "instance", "meaning", "draw", "import", "option",
    "internal", "disagreement",
]  # fmt: skip
"""Why something is undecided, vacuous, unsupported (as `errors.Cause` has it), or an error, in that order."""

CAUSES: dict[VerdictName, frozenset[str]] = {
    "no_counterexample": frozenset(),
    "refuted": frozenset(),
    "vacuous": frozenset(("contradictory", "not_met")),
    "undecided": frozenset(("thin", "sizes", "precision", "search", "time", "memory", "worker")),
    "unsupported": frozenset(get_args(errors.Cause)),
    "error": frozenset(("internal", "disagreement")),
}
"""The causes that each verdict can have; those without any need none."""


@dataclass(frozen=True, slots=True)
class Junk:
    """At how many examples a claim holds, or fails, only because of conventions, and which these are."""

    holds: int = 0
    fails: int = 0
    where: tuple[str, ...] = ()

    def add(self, conventions: tuple[str, ...], *, fails: bool) -> Junk:
        """With one more example at which these conventions decide."""
        where = tuple(dict.fromkeys((*self.where, *conventions)))
        return Junk(self.holds + (not fails), self.fails + fails, where)
