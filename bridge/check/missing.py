"""What keeps the claims of Lean texts from running, ranked by how many claims each would gain.

For each claim everything that is missing is found, as far as that can be seen without it: a constant by its
name, a form in words. A thing gains the claims that lack nothing else; the order of work is the greedy one.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from leanmirror.bridge.check.environment import preparation
from leanmirror.bridge.check.options import SelectOptions, with_keywords
from leanmirror.bridge.check.pool import Ended, Workers
from leanmirror.bridge.check.selection import chosen
from leanmirror.bridge.check.tasks import Task, TextTask
from leanmirror.bridge.check.text_claims import claim_of_task, lacks_of_task
from leanmirror.bridge.compile.lacks import said
from leanmirror.bridge.io.documents import Count, document
from leanmirror.bridge.io.guard import guarded
from leanmirror.bridge.io.output import shown
from leanmirror.bridge.io.reports import Report
from leanmirror.bridge.io.selections import Selection, several
from leanmirror.bridge.io.tables import Column, table
from leanmirror.bridge.names.table import default_names
from leanmirror.spec.errors import BadInput, LeanMirrorError, Unsupported
from leanmirror.spec.judge.search import run

SCHEMA = "leanmirror.missing/1"
LISTED = 40
"""How many rows are shown; the document has all."""

COLUMNS = (
    *(Column(each, right=True) for each in ("lacking", "alone", "gained")),
    Column("missing"),
)

TRIED = 6
"""Examples that show what is found missing only when a claim is run."""


@dataclass(frozen=True, slots=True)
class Lack:
    """A claim and what it lacks; nothing, where it runs. `elaborates`: its statement was understood."""

    name: str
    lean_file: str
    lean_line: int
    lacks: tuple[str, ...]
    elaborates: bool = True


@dataclass(frozen=True, slots=True)
class Row:
    """One missing thing: how many claims lack it, how many lack only it, and the greedy order's gains.

    `gained` counts the claims that run once this and all rows before it are there.
    """

    what: str
    lacking: Count
    alone: Count
    gained: Count


def _cells(row: Row) -> tuple[str, ...]:
    return str(row.lacking), str(row.alone), str(row.gained), shown(row.what, 120)


@dataclass(frozen=True, slots=True, repr=False)
class MissingReport(Report):
    """The claims of a selection with what they lack, and what is missing in the order of work."""

    claims: tuple[Lack, ...]
    missing: tuple[Row, ...]

    def __iter__(self) -> Iterator[Row]:
        return iter(self.missing)

    def to_json(self) -> dict[str, Any]:
        """The document `leanmirror.missing/1`."""
        return document(SCHEMA, self)

    @property
    def text(self) -> str:
        """The rows as people read them."""
        whole = sum(not c.lacks for c in self.claims)
        lines = table(COLUMNS, [_cells(row) for row in self.missing[:LISTED]])
        more = len(self.missing) - LISTED
        lines += [f"… and {more} more" if more > 0 else ""]
        return "\n".join([*lines, f"{whole} of {len(self.claims)} claims lack nothing"])


def missing(
    select: Selection,
    options: SelectOptions | None = None,
    *,
    runs: bool = True,
    among: Callable[[TextTask], bool] = lambda _: True,
    **keywords: Any,
) -> MissingReport:
    """What the claims of Lean files and folders lack; `runs`: also what shows at a few examples only.

    `among` tells the claims that are looked at. The options of SelectOptions can be given as keywords.

    Raises BadInput for a selection without Lean texts, OSError for a file that cannot be opened.
    """
    asked = with_keywords(options, SelectOptions, keywords)
    several_ = several(select)
    all_ = chosen(several_, default_names(), asked) if several_ else []
    found = [text for text in all_ if isinstance(text, TextTask)]
    if not found:
        raise BadInput("what is missing is asked of the claims of Lean files: give one, or a folder of them")
    found = [text for text in found if among(text)]
    lacks: dict[int, Lack] = {}
    tasks = [Task(text, TRIED if runs else 0, 50, 0) for text in found]
    jobs = max(1, min(asked.jobs or os.cpu_count() or 1, len(tasks)))
    with Workers(jobs, asked.timeout, prepare=preparation([text.source for text in found])) as workers:
        futures = {workers.submit(lack_of, task): number for number, task in enumerate(tasks)}
        for future in workers.as_completed(futures):
            number = futures[future]
            outcome = workers.outcome(future)
            lacks[number] = _ended(found[number], outcome)
    claims = tuple(lacks[number] for number in sorted(lacks))
    return MissingReport(claims, tuple(ranked(claim.lacks for claim in claims)))


def _ended(text: TextTask, outcome: Lack | Ended) -> Lack:
    """What a worker found, or as what is lacking what ended it."""
    return outcome if isinstance(outcome, Lack) else _lack(text, outcome.reason)


def _lack(text: TextTask, *lacks: str, elaborates: bool = False) -> Lack:
    return Lack(text.name, text.source.file, text.line, lacks, elaborates)


def lack_of(task: Task) -> Lack:
    """What one claim lacks, found in this process."""
    text = task.text
    assert text is not None
    return guarded(lambda: _looked_for(text, task), lambda told: _lack(text, told))


def _looked_for(text: TextTask, task: Task) -> Lack:
    elaborates = False
    try:
        lacks, elaborates = lacks_of_task(text)
        if not lacks and task.examples:
            run(claim_of_task(text).claim, examples=task.examples, digits=task.digits)
    except RecursionError:
        lacks = ("a statement that is nested too deeply",)
    except Unsupported as error:
        lacks = (said(error),)
    except LeanMirrorError as error:
        lacks = (f"{type(error).__name__}: {error}",)
    return _lack(text, *lacks, elaborates=elaborates)


def ranked(lacks: Iterable[Sequence[str]]) -> list[Row]:
    """The missing things in the order in which they gain most, ties by how much they are part of."""
    open_ = [set(each) for each in lacks if each]
    lacking = Counter(what for each in open_ for what in each)
    alone = Counter(next(iter(each)) for each in open_ if len(each) == 1)
    rows: list[Row] = []
    while open_:
        gains: Counter[str] = Counter()
        shares: dict[str, float] = {}
        for each in open_:
            for what in each:
                gains[what] += len(each) == 1
                shares[what] = shares.get(what, 0.0) + 1 / len(each)
        best = max(sorted(shares), key=lambda what: (gains[what], shares[what]))
        rows.append(Row(best, lacking[best], alone[best], gains[best]))
        open_ = [rest for each in open_ if (rest := each - {best})]
    return rows
