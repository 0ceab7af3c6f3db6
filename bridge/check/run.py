"""The main job: run claims in worker processes and collect their verdicts.

Every claim runs in a worker, also with one job: balls cannot be interrupted from inside, and memory
limits need a process. Time or memory out is `undecided (resource)`. The seed of a claim follows from
the seed and its name, so results do not depend on the number of workers.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import as_completed
from contextlib import closing, nullcontext
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leanmirror.bridge.check import witness
from leanmirror.bridge.check.agreement_rows import agreement_rows, rows_of, run_row
from leanmirror.bridge.check.keys import Resuming
from leanmirror.bridge.check.options import CheckOptions, with_keywords
from leanmirror.bridge.check.pool import Workers
from leanmirror.bridge.check.store import Results
from leanmirror.bridge.io.selections import Selection, several
from leanmirror.bridge.names.table import Name, Names, default_names, listed
from leanmirror.spec.claims import CLAIMS
from leanmirror.spec.errors import BadInput, LeanMirrorError, Unsupported
from leanmirror.spec.judge.claim import Claim
from leanmirror.spec.judge.search import Verdict, run

if TYPE_CHECKING:
    from leanmirror.bridge.check.texts import TextTask

VERDICTS = ("no_counterexample", "refuted", "vacuous", "undecided", "unsupported", "error")


@dataclass(frozen=True, slots=True)
class Part:
    """One conclusion of a claim: how many examples held, of which certified, and were undecided."""

    name: str
    verdict: str
    holds: int
    certified: int
    undecided: int
    reason: str | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What was found of one claim. Seconds are wall-clock; all else follows from the arguments.

    `examples` were tried, `satisfied` met the hypotheses, `certified` of these were certified or exact,
    `counted` of these had every size at least 1 and one at least 2; `dropped` draws met no hypothesis.
    `interpreted` are definitions that it rests on and that nothing mirrors: their Lean text was run.
    `resumed` says that an earlier run found it, and nothing that it rests on has changed.
    """

    name: str
    kind: str
    module: str
    verdict: str
    examples: int = 0
    satisfied: int = 0
    certified: int = 0
    nontrivial: int = 0
    counted: int = 0
    undecided: int = 0
    dropped: int = 0
    seconds: float = 0.0
    reason: str | None = None
    witness: str | None = None
    lean_file: str | None = None
    lean_line: int | None = None
    parts: tuple[Part, ...] = ()
    counterexample: Mapping[str, Any] | None = None
    interpreted: tuple[str, ...] = ()
    resumed: bool = False

    def __str__(self) -> str:
        """The verdict as people read it; a counterexample in Lean's words."""
        from leanmirror.bridge.check import text as report

        return report.render_result(self)


@dataclass(frozen=True, slots=True)
class CheckReport:
    """All results, in the order of the selection; `interrupted` when not all claims were run."""

    digits: int
    seed: int
    examples: int
    results: tuple[Result, ...]
    interrupted: bool = False

    @property
    def summary(self) -> dict[str, int]:
        """How many claims have each verdict."""
        return {v: sum(r.verdict == v for r in self.results) for v in VERDICTS}

    def to_json(self) -> dict[str, Any]:
        """The document `leanmirror.check/1`."""
        return {
            "schema": "leanmirror.check/1",
            "digits": self.digits,
            "seed": self.seed,
            "interrupted": self.interrupted,
            "results": [asdict(r) for r in self.results],
            "summary": self.summary,
        }

    def __str__(self) -> str:
        """What the command prints."""
        from leanmirror.bridge.check import text as report

        return report.render_check(self)

    def exit_status(self, strict: bool = False) -> int:
        """0 nothing wrong, 1 refuted, 2 an error, 3 when strict and something was not decided."""
        found = self.summary
        if found["refuted"]:
            return 1
        if found["error"]:
            return 2
        return 3 if strict and found["vacuous"] + found["undecided"] + found["unsupported"] else 0


@dataclass(frozen=True, slots=True)
class Progress:
    """One claim is done: its result, and how many of how many."""

    result: Result
    done: int
    total: int


@dataclass(frozen=True, slots=True)
class Task:
    """One claim to run: a mirrored one by its name, or one of a Lean text."""

    name: str
    examples: int
    digits: int
    seed: int
    text: TextTask | None = None


def check(
    select: Selection = (),
    options: CheckOptions | None = None,
    *,
    progress: Callable[[Progress], None] | None = None,
    **keywords: Any,
) -> CheckReport:
    """Run the selected claims; with nothing selected, all.

    A selection is a Lean name (or a suffix that only one has), a glob, a Lean file, a folder of them, or
    `-` for Lean text on standard input, or several of these; a name that is not a claim stands for the claims
    that cover it. The options of CheckOptions can be given as keywords.

    Raises NameNotFound and BadInput for a selection that names no claim, BadInput for a store that cannot be
    used, OSError for a file that cannot be opened, TypeError for a keyword that is no option.
    """
    asked = with_keywords(options, CheckOptions, keywords)
    return check_claims(chosen(several(select), default_names()), asked, progress)


def check_claims(
    claims: Sequence[tuple[str, TextTask | None]],
    options: CheckOptions,
    progress: Callable[[Progress], None] | None = None,
) -> CheckReport:
    """Run these claims: mirrored ones by their names, others as tasks of their texts."""
    names = default_names()
    tasks = [Task(name, options.examples, options.digits, options.seed, text) for name, text in claims]
    found: dict[int, Result] = {}
    interrupted = False
    with closing(Results(options.results)) if options.results is not None else nullcontext() as store:
        resuming = None if store is None else Resuming(store, options.timeout, options.resume)
        try:
            jobs = options.jobs or os.cpu_count() or 1
            for number, payload, earlier in _found(tasks, jobs, options.timeout, resuming):
                result = task_result(tasks[number], payload, names, options.witnesses)
                found[number] = result = replace(result, resumed=earlier)
                if progress is not None:
                    progress(Progress(result, len(found), len(tasks)))
        except KeyboardInterrupt:
            interrupted = True
    results = tuple(found[number] for number in sorted(found))
    return CheckReport(options.digits, options.seed, options.examples, results, interrupted)


def chosen(select: Sequence[str], names: Names) -> list[tuple[str, TextTask | None]]:
    """The claims of a selection: mirrored ones, then those of Lean texts in their order."""
    from leanmirror.bridge.check.texts import is_text, tasks, texts

    of_names = [pattern for pattern in select if not is_text(pattern)]
    mirrored = selected(of_names, names) if of_names or not select else []
    found: list[tuple[str, TextTask | None]] = [(name, None) for name in mirrored]
    for pattern in select:
        if is_text(pattern):
            claims_of = [task for source in texts(pattern) for task in tasks(source)]
            if not claims_of:
                raise BadInput(f"'{pattern}' states nothing: no theorem, lemma, example or contract is in it")
            found += [(task.name, task) for task in claims_of]
    return found


def claims() -> dict[str, Claim]:
    """Every claim by its Lean name."""
    return {c.name: c for c in CLAIMS}


def selected(select: Sequence[str], names: Names) -> list[str]:
    """The Lean names of the selected claims, in the order of the table of claims, then of agreement rows."""
    table = [*claims(), *agreement_rows()]
    if not select:
        return table
    chosen: set[str] = set()
    for pattern in select:
        if pattern in table:
            chosen.add(pattern)
            continue
        found = {name for entry in names.select([pattern]) for name in _claims_of(entry)}
        if not found:
            raise BadInput(f"'{pattern}' names no claim: {listed(names.nearest(pattern))} are near")
        chosen |= found
    return [name for name in table if name in chosen]


def _claims_of(entry: Name) -> list[str]:
    table = claims()
    if entry.name in table:
        return [entry.name]
    return [*(name for name in entry.covered_by if name in table), *rows_of(entry.name)]


def _found(
    tasks: Sequence[Task], jobs: int, timeout: float, resuming: Resuming | None
) -> Iterator[tuple[int, dict[str, Any], bool]]:
    """The number of each task with its payload, as they come, and whether that is an earlier verdict."""
    waiting: list[int] = []
    for number, task in enumerate(tasks):
        earlier = None if resuming is None else resuming.take(number, task)
        if earlier is None:
            waiting.append(number)
        else:
            yield number, earlier, True
    if not waiting:
        return
    with Workers(max(1, min(jobs, len(waiting))), timeout) as workers:
        futures = {workers.submit(run_task, tasks[number]): number for number in waiting}
        for future in as_completed(futures):
            number = futures[future]
            payload = workers.payload(future)
            if resuming is not None:
                resuming.keep(number, tasks[number], payload)
            yield number, payload, False


def run_task(task: Task) -> dict[str, Any]:
    """Run one claim in this process; what cannot be run or goes wrong is a verdict too."""
    started = time.perf_counter()
    try:
        payload = _run_text(task, task.text) if task.text is not None else _run_named(task)
    except Unsupported as error:
        payload = {"verdict": "unsupported", "reason": str(error)}
    except LeanMirrorError as error:
        payload = {"verdict": "error", "reason": f"{type(error).__name__}: {error}"}
    return {**payload, "seconds": time.perf_counter() - started}


def _run_named(task: Task) -> dict[str, Any]:
    if task.name in agreement_rows():
        return run_row(task.name, examples=task.examples, seed=task.seed)
    return run_claim(claims()[task.name], examples=task.examples, digits=task.digits, seed=task.seed)


def _run_text(task: Task, text: TextTask) -> dict[str, Any]:
    """A claim of a Lean text; a fault of ours on the way is an error of that claim alone."""
    from leanmirror.bridge.check.lean_words import described
    from leanmirror.bridge.check.texts import claim_of_task

    try:
        found = claim_of_task(text)
        payload = run_claim(found.claim, examples=task.examples, digits=task.digits, seed=task.seed)
    except RecursionError:
        raise Unsupported("a statement that is nested too deeply", cause="syntax") from None
    except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError) as error:
        return {"verdict": "error", "reason": f"internal: {type(error).__name__}: {error}"}
    return described(payload, text, found)


def run_claim(
    claim: Claim, *, examples: int, digits: int, seed: int, replayable: bool = True
) -> dict[str, Any]:
    """Run a claim in this process and return what was found as plain data."""
    started = time.perf_counter()
    verdict = run(claim, examples=examples, digits=digits, seed=seed)
    payload = payload_of(claim, verdict, digits, seed)
    if payload["counterexample"] is not None:
        payload["counterexample"]["replayable"] = replayable
    return {**payload, "seconds": time.perf_counter() - started}


def payload_of(claim: Claim, verdict: Verdict, digits: int, seed: int) -> dict[str, Any]:
    """A verdict as plain data, with its counterexample as a witness document."""
    found = verdict.counterexample
    return {
        "verdict": verdict.verdict,
        "examples": verdict.examples,
        "satisfied": verdict.satisfied,
        "certified": verdict.certified,
        "nontrivial": verdict.nontrivial,
        "counted": verdict.counted,
        "undecided": verdict.undecided,
        "dropped": verdict.dropped,
        "reason": verdict.reason or None,
        "parts": [
            {
                "name": p.name,
                "verdict": _part_verdict(p.failed, p.holds, p.undecided),
                "holds": p.holds,
                "certified": p.certified,
                "undecided": p.undecided,
                "reason": p.reason or None,
            }
            for p in verdict.parts
        ],
        "counterexample": witness.document(claim, found, digits, seed) if found else None,
    }


def _part_verdict(failed: bool, holds: int, undecided: int) -> str:
    if failed:
        return "refuted"
    return "no_counterexample" if holds >= undecided else "undecided"


def task_result(
    task: Task, payload: dict[str, Any], names: Names | None = None, folder: Path | None = None
) -> Result:
    """What a worker returned of a task as a result; a counterexample is written to the folder, if any."""
    found = payload.get("counterexample")
    result = result_of(task.name, payload, str(witness.write(found, folder)) if found and folder else None)
    if task.text is not None:
        text = task.text
        return replace(result, kind=text.kind, lean_file=text.source.file, lean_line=text.line)
    entry = next((e for e in names or default_names() if e.name == task.name), None)
    if entry is None:
        return result
    lean_file, lean_line = entry.lean_file, entry.lean_line
    kind = "agreement" if task.name in agreement_rows() else entry.kind
    return replace(result, kind=kind, module=entry.module, lean_file=lean_file, lean_line=lean_line)


def result_of(name: str, payload: dict[str, Any], written: str | None = None) -> Result:
    """A result from what a worker returned."""
    found = payload.get("counterexample")
    reason = payload.get("reason") or (witness.issue(found) if found else None)
    parts = tuple(Part(**part) for part in payload.get("parts", ()))
    interpreted = tuple(payload.get("interpreted", ()))
    rest = {k: v for k, v in payload.items() if k not in {"parts", "reason", "interpreted"}}
    return Result(
        name=name,
        kind="claim",
        module="",
        witness=written,
        reason=reason,
        parts=parts,
        interpreted=interpreted,
        **rest,
    )
