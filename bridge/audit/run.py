"""Mutants run: which are refuted, which live."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from leanmirror.bridge.audit.mutator import Mutant, planted
from leanmirror.bridge.check.options import CheckOptions
from leanmirror.bridge.check.result import Result
from leanmirror.bridge.check.run import check_claims
from leanmirror.bridge.check.tasks import tasks
from leanmirror.bridge.check.texts import LeanText
from leanmirror.bridge.io.output import shown

__all__ = ["Audit", "Outcome", "Tried", "mutants_of"]

Outcome = Literal["refuted", "survived", "vacuous", "undecided", "not run", "discarded", "error"]
ILL_TYPED = frozenset(("syntax", "type", "instance", "unknown_name"))
"""Causes of a statement that Lean would not accept either: such a mutant says nothing."""


@dataclass(frozen=True, slots=True)
class Tried:
    """A mutant and what was found of it; no result where its text could not be read."""

    mutant: Mutant
    result: Result | None

    @property
    def outcome(self) -> Outcome:
        """What became of it: `survived` without a counterexample, `discarded` where it is ill-typed."""
        if self.result is None:
            return "discarded"
        match self.result.verdict:
            case "no_counterexample":
                return "survived"
            case "unsupported":
                return "discarded" if self.result.cause in ILL_TYPED else "not run"
            case verdict:
                return verdict


@dataclass(frozen=True, slots=True)
class Audit:
    """The mutants of the claims of a text that hold, in its order; `left` are claims that did not hold."""

    tried: tuple[Tried, ...]
    left: tuple[Result, ...]

    def __iter__(self) -> Iterator[Tried]:
        return iter(self.tried)

    @property
    def survivors(self) -> tuple[Tried, ...]:
        """Those that live."""
        return tuple(each for each in self.tried if each.outcome == "survived")

    @property
    def text(self) -> str:
        """A line for each claim, then the mutants that live, then the counts."""
        lines = [_counted(name, self.tried) for name in dict.fromkeys(each.mutant.of for each in self.tried)]
        for each in self.survivors:
            lines += [
                "",
                f"survived: {shown(each.mutant.of)}, {each.mutant.kind}: {shown(each.mutant.change, 200)}",
                f"  {shown(each.mutant.text, 1000)}",
            ]
        refuted = sum(each.outcome == "refuted" for each in self.tried)
        return "\n".join([*lines, "", f"{refuted} refuted, {len(self.survivors)} survived"])


def _counted(name: str, tried: Sequence[Tried]) -> str:
    counts = Counter(each.outcome for each in tried if each.mutant.of == name)
    told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counts.items()))
    return f"{shown(name)}: {sum(counts.values())} mutants, {told}"


def mutants_of(source: LeanText, options: CheckOptions | None = None, *, most: int | None = None) -> Audit:
    """Run mutants of the text's claims that hold, at most so many of each, chosen by the seed."""
    options = options or CheckOptions()
    first = check_claims(tasks(source), options).results
    told = planted(
        source,
        seed=options.seed,
        most=most,
        at={each.lean_line for each in first if each.ok and each.lean_line},
    )
    claims = [task for task in tasks(told.source) if task.line in told.mutants]
    results = {each.lean_line: each for each in check_claims(claims, options).results} if claims else {}
    return Audit(
        tuple(Tried(mutant, results.get(line)) for line, mutant in told.mutants.items()),
        tuple(each for each in first if not each.ok),
    )
