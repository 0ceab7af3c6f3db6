"""What was found of a claim, and of all of a run: one class from the worker to the page and the store."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Annotated, Any, NoReturn

from msgspec import Meta

from leanmirror.bridge.check import text as words
from leanmirror.bridge.check.witness import Witness
from leanmirror.bridge.io.documents import Count, Json, document, read_document
from leanmirror.bridge.io.reports import Report
from leanmirror.spec.errors import Position
from leanmirror.spec.judge.verdicts import VERDICTS, Cause, Junk, VerdictName

SCHEMA = "leanmirror.check/1"
RESULT_SCHEMA = "leanmirror.result/1"
FINE, REFUTED, BAD, NOT_STRICT, FAULT = 0, 1, 2, 3, 4


class Refuted(AssertionError):
    """What `assert_ok` raises: a claim has a counterexample, or could not be run or decided."""


class _Outcome(Report):
    """What has an answer, and is none: it has no truth value, since `if result:` would mean anything."""

    __slots__ = ()

    @property
    def ok(self) -> bool:
        """Whether the search ran and found no counterexample."""
        raise NotImplementedError

    def assert_ok(self) -> None:
        """Raise AssertionError, with the text, unless it is `ok`."""
        if not self.ok:
            raise Refuted(f"\n{self.text}")

    def __bool__(self) -> NoReturn:
        raise TypeError("a verdict is neither true nor false: ask for .ok, or call .assert_ok()")


@dataclass(frozen=True, slots=True)
class Part:
    """One conclusion of a claim: how many examples held, of which certified, and were undecided."""

    name: str
    verdict: VerdictName
    holds: Count
    certified: Count
    undecided: Count
    reason: str | None = None


@dataclass(frozen=True, slots=True, repr=False)
class Result(_Outcome):
    """What was found of one claim. Seconds are wall-clock; all else follows from the arguments.

    `examples` were tried, `satisfied` met the hypotheses, `certified` of these were certified or exact,
    `nontrivial` of these had every size at least 1 and one at least 2, `counted` were both; `dropped` draws
    met no hypothesis. `distinct` are different where the claim looks; `exhausted` says that all inputs there
    are were tried. `reason` is for people; `cause` says the same in one word, and `position` where in the
    file of the claim. `assumes` is what the verdict takes for granted, `junk` where it is
    decided by conventions such as `x / 0 = 0` alone. `interpreted` are definitions that it
    rests on and that nothing mirrors: their Lean text was run. `witness` is the file of the counterexample.
    `resumed` says that an earlier run found it, and nothing that it rests on has changed. `digest` is that of
    the statement in normal form, where it was read from a text and run.
    """

    name: str
    kind: str
    module: str
    verdict: VerdictName
    examples: Count = 0
    satisfied: Count = 0
    certified: Count = 0
    nontrivial: Count = 0
    counted: Count = 0
    undecided: Count = 0
    dropped: Count = 0
    distinct: Count = 0
    exhausted: bool = False
    seconds: Annotated[float, Meta(ge=0)] = 0.0
    reason: str | None = None
    cause: Cause | None = None
    position: Position | None = None
    witness: str | None = None
    lean_file: str | None = None
    lean_line: int | None = None
    lean_column: int | None = None
    parts: tuple[Part, ...] = ()
    counterexample: Witness | None = None
    interpreted: tuple[str, ...] = ()
    assumes: tuple[str, ...] = ()
    junk: Junk | None = None
    resumed: bool = False
    digest: str | None = None

    @property
    def ok(self) -> bool:
        """Whether examples were run and none is a counterexample."""
        return self.verdict == "no_counterexample"

    @property
    def text(self) -> str:
        """The verdict as people read it; a counterexample in Lean's words."""
        return words.result_text(self)

    @property
    def short(self) -> str:
        """The name and the verdict."""
        return f"{self.name}: {words.WORDS[self.verdict]}"

    def __iter__(self) -> Iterator[Part]:
        return iter(self.parts)

    @property
    def exit_status(self) -> int:
        """1 when refuted, 4 for a fault of ours, else 0."""
        return {"refuted": REFUTED, "error": FAULT}.get(self.verdict, FINE)

    def to_json(self) -> dict[str, Any]:
        """The document `leanmirror.result/1`."""
        return document(RESULT_SCHEMA, self)

    @classmethod
    def from_json(cls, data: Json) -> Result:
        """The result that such a document holds. Raises BadInput for anything else."""
        return read_document(data, cls, RESULT_SCHEMA)


@dataclass(frozen=True, slots=True, repr=False)
class CheckReport(_Outcome):
    """All results, in the order of the selection; `interrupted` when not all claims were run.

    `problems` are what could not be kept besides, a line each; `fault` is one of ours that ended the run.
    `unread` are files that were named and cannot be read, each with why.
    """

    digits: int
    seed: int
    examples: int
    results: tuple[Result, ...]
    interrupted: bool = False
    problems: tuple[str, ...] = ()
    fault: str | None = None
    unread: tuple[str, ...] = ()

    @property
    def summary(self) -> dict[str, int]:
        """How many claims have each verdict."""
        return {v: sum(r.verdict == v for r in self.results) for v in VERDICTS}

    @property
    def ok(self) -> bool:
        """Whether all claims were run, and none has a counterexample."""
        return not self.interrupted and self.fault is None and all(each.ok for each in self.results)

    @property
    def text(self) -> str:
        """The table, the counterexamples, what could not be run, and the counts."""
        return words.report_text(self)

    @property
    def short(self) -> str:
        """The counts."""
        return words.summary_line(self)

    def __iter__(self) -> Iterator[Result]:
        return iter(self.results)

    @property
    def exit_status(self) -> int:
        """1 when something is refuted, else 4 when there was a fault of ours, else 0."""
        return self.status()

    def status(self, failing: Collection[str] = ()) -> int:
        """The exit status when `failing` verdicts, besides refutations and errors, are wrong too: then 3."""
        found = self.summary
        if self.unread:
            return BAD
        if found["refuted"]:
            return REFUTED
        if found["error"] or self.fault is not None:
            return FAULT
        return NOT_STRICT if any(found[verdict] for verdict in failing) else FINE

    def to_json(self) -> dict[str, Any]:
        """The document `leanmirror.check/1`."""
        return document(SCHEMA, self, summary=self.summary)

    @classmethod
    def from_json(cls, data: Json) -> CheckReport:
        """The report that such a document holds. Raises BadInput for anything else."""
        return read_document(data, cls, SCHEMA)
