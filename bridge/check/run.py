"""The main job: run claims in worker processes and collect their results.

Every claim runs in a worker, also with one job: balls cannot be interrupted from inside, and memory
limits need a process. Time or memory out is undecided. The seed of a claim follows from
the seed and its name, so results do not depend on the number of workers.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, nullcontext
from dataclasses import dataclass, replace
from typing import Any

from leanmirror.bridge.check.agreement_rows import agreement_rows, run_row
from leanmirror.bridge.check.built import is_stale
from leanmirror.bridge.check.environment import not_read, preparation
from leanmirror.bridge.check.keys import Resuming
from leanmirror.bridge.check.options import CheckOptions, with_keywords
from leanmirror.bridge.check.pool import Ended, Workers
from leanmirror.bridge.check.refutation import with_lean_words
from leanmirror.bridge.check.result import CheckReport, Result
from leanmirror.bridge.check.run_claim import run_claim
from leanmirror.bridge.check.second_opinion import with_second_opinion
from leanmirror.bridge.check.selection import chosen, mirrored_claims
from leanmirror.bridge.check.store import Results
from leanmirror.bridge.check.tasks import Mirrored, Task, TextTask, declaration_of
from leanmirror.bridge.check.text_claims import claim_of_task
from leanmirror.bridge.check.witness_folder import WitnessFolder
from leanmirror.bridge.io.guard import guarded
from leanmirror.bridge.io.selections import Selection, several
from leanmirror.bridge.names.table import default_names
from leanmirror.spec.errors import Exhausted, LeanMirrorError, Undecided, Unsupported
from leanmirror.spec.judge.verdicts import Cause, VerdictName


@dataclass(frozen=True, slots=True)
class Progress:
    """One claim is done: its result, and how many of how many."""

    result: Result
    done: int
    total: int


def check(
    select: Selection = (),
    options: CheckOptions | None = None,
    *,
    progress: Callable[[Progress], None] | None = None,
    **keywords: Any,
) -> CheckReport:
    """Run the selected claims; with nothing selected, all.

    A selection is a Lean name (or a suffix that only one has) or a glob, of the mirror or of the Lake project
    around the current folder; a Lean file, or `F.lean:LINE` or `F.lean::NAME` in one; a folder; `-` for Lean
    text on standard input; or several of these. A mirrored name that is not a claim stands for the claims
    that cover it. The options of CheckOptions can be given as keywords.

    Raises NameNotFound and BadInput for a selection that names no claim, OSError for a file that cannot be
    opened, TypeError for a keyword that is no option. What could not be kept is told in `problems`.
    """
    asked = with_keywords(options, CheckOptions, keywords)
    return check_claims(chosen(several(select), default_names(), asked), asked, progress)


def check_claims(
    claims: Sequence[TextTask | Mirrored],
    options: CheckOptions,
    progress: Callable[[Progress], None] | None = None,
) -> CheckReport:
    """Run these claims in workers; `progress` hears of each result."""
    tasks = [Task(each, options.examples, options.digits, options.seed) for each in claims]
    found: dict[int, Result] = {}
    folder = WitnessFolder(options.witnesses)

    def run_all(store: Results | None) -> str | None:
        resuming = None if store is None else Resuming(store, options.timeout, options.resume)
        for number, result in _found(tasks, options, resuming):
            found[number] = folder.written(result)
            if progress is not None:
                progress(Progress(found[number], len(found), len(tasks)))
        return None

    interrupted, fault = False, None
    with closing(Results(options.results)) if options.results is not None else nullcontext() as store:
        try:
            fault = guarded(lambda: run_all(store), str, (LeanMirrorError,))
        except KeyboardInterrupt:
            interrupted = True
        except MemoryError:
            fault = "the command itself ran out of memory"
    problems = tuple(filter(None, (store.problem if store is not None else "", folder.problem)))
    results = tuple(found[number] for number in sorted(found))
    report = CheckReport(options.digits, options.seed, options.examples, results, interrupted)
    return replace(report, problems=problems, fault=fault, unread=tuple(_unread(claims)))


def _unread(claims: Iterable[TextTask | Mirrored]) -> Iterator[str]:
    """The files that were named and cannot be read, each with why."""
    for each in claims:
        if isinstance(each, TextTask) and each.unread is not None and each.unread.named:
            yield f"{each.source.file}: {each.unread.reason}"


def _found(
    tasks: Sequence[Task], options: CheckOptions, resuming: Resuming | None
) -> Iterator[tuple[int, Result]]:
    """The number of each task with its result, as they come, those of an earlier run first."""
    waiting: list[int] = []
    for number, task in enumerate(tasks):
        earlier = None if resuming is None else resuming.take(number, task)
        if earlier is None:
            waiting.append(number)
        else:
            yield number, replace(_placed(earlier, task), resumed=True)
    if not waiting:
        return
    jobs = max(1, min(options.jobs or os.cpu_count() or 1, len(waiting)))
    texts = (tasks[number].text for number in waiting)
    sources = [text.source for text in texts if text is not None]
    with Workers(jobs, options.timeout, prepare=preparation(sources)) as workers:
        futures = {workers.submit(run_task, tasks[number]): number for number in waiting}
        for future in workers.as_completed(futures):
            number = futures[future]
            outcome = workers.outcome(future)
            result = result_of_outcome(tasks[number], outcome)
            if resuming is not None:
                resuming.keep(number, tasks[number], result)
            yield number, result


def result_of_outcome(task: Task, outcome: Result | Ended) -> Result:
    """What came of a task: the worker's result, or the limit that ended the worker."""
    if isinstance(outcome, Result):
        return outcome
    verdict: VerdictName = "error" if outcome.cause == "internal" else "undecided"
    ended = Result(task.name, "claim", "", verdict, reason=outcome.reason, cause=outcome.cause)
    return _placed(replace(ended, seconds=outcome.seconds), task)


def run_task(task: Task) -> Result:
    """Run one claim in this process; what cannot be run or goes wrong is a result too."""
    started = time.perf_counter()
    found = guarded(lambda: _run(task), lambda told: _fault(task, told))
    return replace(_placed(found, task), seconds=time.perf_counter() - started)


def _run(task: Task) -> Result:
    try:
        return _run_text(task, task.text) if task.text is not None else _run_mirrored(task)
    except RecursionError:
        unsupported = Unsupported("a statement that is nested too deeply", cause="syntax")
    except Unsupported as error:
        unsupported = error
    except OverflowError as error:  # a size that no machine has
        return _undecided(task, f"resource: {error}", "memory")
    except Exhausted as error:
        return _undecided(task, str(error), error.cause)
    except Undecided as error:
        return _undecided(task, str(error), "precision")
    except LeanMirrorError as error:
        return _fault(task, f"{type(error).__name__}: {error}")
    reason, cause, position = str(unsupported), unsupported.cause, unsupported.position
    assumes = () if task.text is None else tuple(f"not read: {each}" for each in not_read(task.text.source))
    found = Result(task.name, "claim", "", "unsupported", reason=reason, cause=cause, position=position)
    return replace(found, assumes=assumes)


def _undecided(task: Task, reason: str, cause: Cause) -> Result:
    return Result(task.name, "claim", "", "undecided", reason=reason, cause=cause)


def _fault(task: Task, reason: str) -> Result:
    return Result(task.name, "claim", "", "error", reason=reason, cause="internal")


def _placed(result: Result, task: Task) -> Result:
    """The result with what the selection knows of the claim: its kind, and where it stands."""
    claim = task.claim
    if isinstance(claim, TextTask):
        file, line, column = claim.source.file, claim.line, claim.column
        return replace(result, kind=claim.kind, lean_file=file, lean_line=line, lean_column=column)
    return replace(
        result, kind=claim.kind, module=claim.module, lean_file=claim.lean_file, lean_line=claim.lean_line
    )


def _run_mirrored(task: Task) -> Result:
    if task.name in agreement_rows():
        return run_row(task.name, examples=task.examples, seed=task.seed)
    claim = mirrored_claims()[task.name]
    found = run_claim(claim, examples=task.examples, digits=task.digits, seed=task.seed)
    return with_second_opinion(found, claim)


def _run_text(task: Task, text: TextTask) -> Result:
    found = claim_of_task(text)
    result = run_claim(found.claim, examples=task.examples, digits=task.digits, seed=task.seed)
    told = replace(with_lean_words(result, text, found), digest=declaration_of(text).digest)
    told = with_second_opinion(told, found.claim, (text, found))
    if text.olean is None:
        return told
    stale = ", which is older than the text" if is_stale(text) else ""
    return replace(told, assumes=(*told.assumes, f"the statement of {text.olean}{stale}"))
