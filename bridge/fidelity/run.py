"""The mirror judged by the text: each mirrored definition against the body that a Lean tree gives it.

The text's body is run with mirrored names as they are mirrored, so that each definition is judged by its own
body alone. A theorem defines nothing and is counted apart.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from leanmirror.bridge.check.pool import Ended, Workers
from leanmirror.bridge.fidelity import report
from leanmirror.bridge.fidelity.report import OUTCOMES
from leanmirror.bridge.io.guard import guarded
from leanmirror.bridge.io.reports import Report
from leanmirror.bridge.io.selections import Selection
from leanmirror.bridge.names.table import Name, default_names
from leanmirror.spec.errors import BadInput, LeanMirrorError, Unsupported

if TYPE_CHECKING:
    from leanmirror.bridge.elaborate.library import Library
    from leanmirror.bridge.fidelity.compared import Comparison
    from leanmirror.bridge.fidelity.sides import Side
    from leanmirror.bridge.fidelity.text import Texts

SCHEMA = "leanmirror.fidelity/1"
DEFINITIONS = ("def", "abbrev", "instance")
DRAWS = 40
SECONDS = 60.0
"""Time limit of one definition."""


@dataclass(frozen=True, slots=True)
class Row:
    """One definition: what comparing it gave.

    `compared` draws in every part, `undecided` in some; `missing` ranks and sizes that no comparison had;
    `branches` of the text's body that were taken, and how many there are. `difference` holds inputs, both
    values and the part where they differ; `finding` where a function of tensors is not what its scalar
    namesake promises.
    """

    name: str
    kind: str
    module: str
    outcome: str
    compared: int = 0
    undecided: int = 0
    missing: tuple[str, ...] = ()
    branches: tuple[int, int] = (0, 0)
    reason: str | None = None
    parts: tuple[dict[str, Any], ...] = ()
    difference: dict[str, Any] | None = None
    finding: dict[str, Any] | None = None
    lean_file: str = ""
    lean_line: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, repr=False)
class FidelityReport(Report):
    """All rows in the order of the names; `theorems` of the selection define nothing."""

    source: str
    draws: int
    seed: int
    rows: tuple[Row, ...]
    theorems: int = 0
    interrupted: bool = False

    @property
    def summary(self) -> dict[str, int]:
        """How many definitions have each outcome."""
        return {outcome: sum(row.outcome == outcome for row in self.rows) for outcome in OUTCOMES}

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    @property
    def text(self) -> str:
        """A table by module, then differences, findings, and what could not be compared."""
        return report.text(self)

    @property
    def exit_status(self) -> int:
        """1 when a definition is different, else 0."""
        return 1 if self.summary["different"] else 0

    def to_json(self) -> dict[str, Any]:
        """The document `leanmirror.fidelity/1`."""
        return {
            "schema": SCHEMA,
            "source": self.source,
            "draws": self.draws,
            "seed": self.seed,
            "interrupted": self.interrupted,
            "theorems": self.theorems,
            "rows": [asdict(row) for row in self.rows],
            "summary": self.summary,
        }


@dataclass(frozen=True, slots=True)
class _Task:
    """One definition to compare."""

    name: str
    source: str
    draws: int
    seed: int


@dataclass(slots=True)
class _Done:
    """A step of the run, for a progress bar."""

    result: Row
    done: int
    total: int


def fidelity(
    select: Selection = (),
    *,
    source: str | os.PathLike[str],
    draws: int = DRAWS,
    seed: int = 0,
    jobs: int | None = None,
    progress: Callable[[Any], None] | None = None,
) -> FidelityReport:
    """Compare the selected mirrored definitions, or all, with their text in a Lean tree.

    Raises NameNotFound and BadInput for a selection without a definition, and BadInput for a source that is
    no folder of Lean files.
    """
    source = os.fspath(source)
    chosen = default_names().select(select)
    entries = [entry for entry in chosen if is_definition(entry)]
    theorems = sum(entry.kind in ("theorem", "lemma") for entry in chosen)
    if not entries:
        raise BadInput("the selection names no mirrored definition")
    _looks_like_lean(source)
    rows: list[Row] = []
    interrupted = False
    try:
        with Workers(max(1, min(jobs or os.cpu_count() or 1, len(entries))), SECONDS) as workers:
            futures = [workers.submit(run_task, _Task(e.name, source, draws, seed)) for e in entries]
            for entry, future in zip(entries, futures, strict=True):
                outcome = workers.outcome(future)
                rows.append(_row(entry, outcome))
                if progress is not None:
                    progress(_Done(rows[-1], len(rows), len(entries)))
    except KeyboardInterrupt:
        interrupted = True
    return FidelityReport(source, draws, seed, tuple(rows), theorems, interrupted)


def is_definition(entry: Name) -> bool:
    """A mirrored name whose meaning is a body."""
    return entry.python is not None and entry.kind in DEFINITIONS


def _looks_like_lean(source: str) -> None:

    from leanmirror.bridge.lean.tree import lean_files

    if next(lean_files(Path(source)), None) is None:
        raise BadInput(f"no Lean files under {source}")


def _row(entry: Name, outcome: dict[str, Any] | Ended) -> Row:
    found: dict[str, Any]
    if isinstance(outcome, Ended):
        found = {"outcome": "undecided", "reason": outcome.reason, "seconds": outcome.seconds}
    else:
        found = {**outcome, "missing": tuple(outcome["missing"]), "parts": tuple(outcome["parts"])}
        found["branches"] = tuple(outcome["branches"])
    place = {"lean_file": entry.lean_file, "lean_line": entry.lean_line}
    return Row(name=entry.name, kind=entry.kind, module=entry.module, **{**place, **found})


def run_task(task: _Task) -> dict[str, Any]:
    """Compare one definition in this process."""
    from leanmirror.bridge.fidelity.pairing import empty

    started = time.perf_counter()
    found = guarded(lambda: _compared(task), lambda told: {**empty("not evaluated"), "reason": told})
    return {**found, "seconds": time.perf_counter() - started}


def _compared(task: _Task) -> dict[str, Any]:
    from leanmirror.bridge.fidelity.pairing import empty

    try:
        return opened(task.source).compared(task.name, draws=task.draws, seed=task.seed)
    except LeanMirrorError as error:
        return {**empty("not evaluated"), "reason": str(error)}
    except RecursionError:
        return {**empty("not evaluated"), "reason": "nested too deeply"}


@lru_cache(maxsize=2)
def opened(source: str) -> Judge:
    """The judge of one tree, made once in a process."""
    return Judge(source)


@lru_cache(maxsize=1)
def mirror() -> Library:
    """The mirrored names; what the runtime defines is left out, since over ℝ it has no form but its text."""
    from leanmirror.bridge.elaborate.library import library
    from leanmirror.bridge.fidelity.in_runtime import is_runtime

    return library(each for each in default_names() if each.kind != "def" or not is_runtime(each))


class Judge:
    """The mirror and the text of a tree side by side."""

    def __init__(self, source: str | Texts) -> None:
        from leanmirror.bridge.compile.meanings import Meanings
        from leanmirror.bridge.fidelity.text import Texts

        self.names = {entry.name: entry for entry in default_names() if is_definition(entry)}
        self.mirror = mirror()
        self.texts = source if isinstance(source, Texts) else Texts.of_folder(source, self.mirror)
        self.meanings = Meanings(self.texts.library)
        self.mirrored = Meanings(self.mirror)

    def compared(self, name: str, *, draws: int, seed: int) -> dict[str, Any]:
        """A definition and its mirror compared, and the definition with its scalar namesake."""
        self._read(name)
        found = self.held(name, draws=draws, seed=seed)
        declaration = self.texts.declaration(name)
        assert declaration is not None, "what has a side is declared"
        place = {"lean_file": declaration.file, "lean_line": declaration.line}
        return {**found, **place, "finding": self._finding(name, draws=draws, seed=seed)}

    def held(self, name: str, *, draws: int, seed: int) -> dict[str, Any]:
        """A definition whose text has been read held against its mirror."""
        from leanmirror.bridge.fidelity.branches import Branches
        from leanmirror.bridge.fidelity.pairing import paired

        branches = Branches()
        text = self.texts.side(name, self.meanings, branches)
        return paired(self._comparisons(name, text), branches, draws=draws, seed=seed)

    def _comparisons(self, name: str, text: Side) -> Callable[[], list[Comparison]]:
        from leanmirror.bridge.fidelity import in_runtime
        from leanmirror.bridge.fidelity.branches import Branches
        from leanmirror.bridge.fidelity.pairing import with_defaults
        from leanmirror.bridge.fidelity.sides import side

        entry = self.names[name]
        if not in_runtime.is_runtime(entry):
            other = side(name, self.mirror, self.mirrored)
            return lambda: with_defaults(text, other)
        asked = in_runtime.Asked()
        aiming = self.texts.compiler(name, asked.meanings(self.meanings), Branches())
        return lambda: in_runtime.comparisons(entry, text, aiming, asked)

    def _read(self, name: str) -> None:
        """Read the module where the name is expected, else all of the tree."""
        self.texts.read(self.names[name].module)
        if self.texts.declaration(name) is None:
            self.texts.read_all()

    def _finding(self, name: str, *, draws: int, seed: int) -> dict[str, Any] | None:
        from leanmirror.bridge.fidelity.entrywise import disagreement, namesakes

        for other in namesakes(name, self.names):
            found = disagreement(self._by_text(name), self._by_text(other), draws=draws, seed=seed)
            if found is not None:
                return {**found, "namesake": other}
        return None

    def _by_text(self, name: str) -> Side:
        """The definition by its text, where that can be run; else its mirror."""
        from leanmirror.bridge.fidelity.branches import Branches
        from leanmirror.bridge.fidelity.sides import side

        try:
            return self.texts.side(name, self.meanings, Branches())
        except Unsupported:
            return side(name, self.mirror, self.mirrored)
