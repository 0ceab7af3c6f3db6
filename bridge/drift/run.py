"""What of Lean has drifted: lean_names.json against a source, or one source against another."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from leanmirror.bridge.drift.differences import Change, Differences, differences
from leanmirror.bridge.drift.environments import Side, mirrored, untouched
from leanmirror.bridge.drift.judged import EFFORT, Effort, Judge
from leanmirror.bridge.drift.live_snapshot import Answered, of_answers
from leanmirror.bridge.drift.renaming import Rename, renamed_in
from leanmirror.bridge.drift.snapshots import Snapshot, Stated, of_names, of_source, with_parts
from leanmirror.bridge.drift.statements import Meaning
from leanmirror.bridge.drift.text import Page
from leanmirror.bridge.fidelity import run as faithfulness
from leanmirror.bridge.io.reports import Report
from leanmirror.bridge.lean.dependencies import dependencies, reached, users
from leanmirror.bridge.names.table import Names, default_names
from leanmirror.bridge.sources.live import LEAN, LIMITS, ask
from leanmirror.bridge.sources.process import Limits
from leanmirror.bridge.sources.update import MIRRORED
from leanmirror.spec.errors import BadInput

SCHEMA = "leanmirror.drift/1"
Users = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Changed:
    """A declaration that is not what it was, what became of its meaning, and what speaks of it.

    `affected` are the declarations of the new source that speak of it, `reached` how many rest on it in any
    number of steps; both empty for a theorem, whose proof is nobody's premise here.
    """

    change: Change
    meaning: Meaning
    affected: tuple[str, ...] = ()
    reached: int = 0

    def to_json(self) -> dict[str, Any]:
        """The entry of the drift document."""
        change, found = self.change, self.meaning
        bodies = change.bodies and {"old": change.bodies[0], "new": change.bodies[1]}
        values = found.values and {"old": found.values[0], "new": found.values[1]}
        return {
            "name": change.name,
            "kind": change.new.kind,
            "module": change.new.module,
            "file": change.new.file,
            "line": change.new.line or None,
            "wording": change.wording,
            "old": change.old.statement,
            "new": change.new.statement,
            "bodies": bodies,
            "meaning": found.meaning,
            "reason": found.reason,
            "draws": found.draws,
            "inputs": dict(found.inputs) or None,
            "values": values,
            "through": list(found.through),
            "affected": list(self.affected),
            "reached": self.reached,
        }


@dataclass(frozen=True, slots=True, repr=False)
class Drift(Report):
    """What differs between two states of Lean declarations.

    `mirrored` are the names that Python mirrors or that stand in a mirrored module: what concerns us first.
    `compared` counts what came out where mirrored definitions that read the same were held against the text.
    `answered` is what a running Lean said besides. `problems` has a line for every file of which something
    may be missing.
    """

    old: Snapshot
    new: Snapshot
    differences: Differences
    changed: tuple[Changed, ...]
    mirrored: frozenset[str]
    compared: Mapping[str, int] = field(default_factory=dict)
    answered: Answered | None = None

    @property
    def drifted(self) -> bool:
        """Whether anything differs."""
        found = self.differences
        return bool(found.added or found.removed or found.renamed or found.moved or found.changed)

    def __iter__(self) -> Iterator[Changed]:
        return iter(self.changed)

    @property
    def text(self) -> str:
        """What differs, for people: counts, then the differences, ours first."""
        return Page(self, 80).text()

    @property
    def exit_status(self) -> int:
        """2 when a source could not be read whole, else 1 when something drifted, else 0."""
        return 2 if self.problems else int(self.drifted)

    def is_mirrored(self, stated: Stated) -> bool:
        """Whether a declaration is one of ours: it has an entry, or stands in a mirrored module."""
        return stated.name in self.mirrored or stated.module in MIRRORED

    @property
    def problems(self) -> tuple[str, ...]:
        """What could not be read of the two."""
        return (*self.old.problems, *self.new.problems)

    @property
    def statements_compared(self) -> bool:
        """Whether the two are of one form, so that their statements are written alike."""
        return self.answered is not None or self.old.form == self.new.form

    def to_json(self) -> dict[str, Any]:
        """The document leanmirror.drift/1."""
        found = self.differences
        return {
            "schema": SCHEMA,
            "old": _source(self.old),
            "new": _source(self.new),
            "statements_compared": self.statements_compared,
            "added": [each.name for each in found.added],
            "removed": [each.name for each in found.removed],
            "renamed": [[each.old.name, each.new.name] for each in found.renamed],
            "moved": [new.name for _, new in found.moved],
            "changed": [each.to_json() for each in self.changed],
            "renames": [_rename(each) for each in found.renamed],
            "moves": [{"name": n.name, "old": o.module, "new": n.module} for o, n in found.moved],
            "compared": dict(self.compared),
            "live": self.answered and self.answered.to_json(),
            "problems": list(self.problems),
        }


def _source(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "source": snapshot.label,
        "form": snapshot.form,
        "whole": snapshot.whole,
        "declarations": len(snapshot.stated),
    }


def _rename(rename: Rename) -> dict[str, Any]:
    same = rename.old.statement == rename.new.statement
    return {
        "old": rename.old.name,
        "new": rename.new.name,
        "sure": rename.sure,
        "because": rename.because,
        "old_statement": None if same else rename.old.statement,
        "new_statement": None if same else rename.new.statement,
    }


def drift(
    old: str | os.PathLike[str],
    new: str | os.PathLike[str] | None = None,
    *,
    names: Names | None = None,
    effort: Effort | None = EFFORT,
) -> Drift:
    """What changed from one source to another, or, with one source, from lean_names.json to it.

    With lean_names.json, only what is added in mirrored modules counts, and bodies are compared by what they
    give: each mirrored definition with its text in the source. Without `effort` nothing is run, and no
    meaning is judged. Raises BadInput where a source cannot be read.
    """
    names = default_names() if names is None else names
    if new is not None:
        before, after = of_source(old), of_source(new)
        found = differences(before, after)
        return _Comparison(before, after, found, names, effort).drift(lambda _: True)
    after = with_parts(of_source(old), {entry.name for entry in names})
    before = of_names(names, parts=after.tree is not None)
    found = differences(before, after, lambda each: each.module in MIRRORED)
    return _Comparison(before, after, found, names, effort).drift(
        {entry.name for entry in names}.__contains__
    )


def drift_live(
    imports: Sequence[str] = (),
    *,
    lean: str = LEAN,
    project: str | os.PathLike[str] = ".",
    limits: Limits = LIMITS,
    names: Names | None = None,
    effort: Effort | None = EFFORT,
) -> Drift:
    """What a running Lean says of the names of lean_names.json, against what stands there.

    `imports` are the modules to import, those of the names where none are given; the rest is as for
    `sources.live.ask`. Statements are compared as terms; what is new, or moved, Lean is not asked. Raises
    BadInput when Lean cannot be asked, or knows none of the names.
    """
    names = default_names() if names is None else names
    before = of_names(names)
    modules = list(imports) or sorted({each.module for each in before.stated if each.module})
    asked = ask((e.name for e in before.stated), modules, lean=lean, project=project, limits=limits)
    if not any(each.exists is not False for each in asked.answers):
        raise BadInput("Lean knows none of the names: is this the project that lean_names.json is about?")
    after, answered = of_answers(before, asked, mirrored(names))
    found = _Comparison(before, after, differences(before, after), names, effort)
    return replace(found.drift(lambda _: True), answered=answered)


@dataclass(frozen=True)
class _Comparison:
    """Two snapshots and what differs, with what it takes to say what became of the meaning."""

    before: Snapshot
    after: Snapshot
    found: Differences
    names: Names
    effort: Effort | None

    @cached_property
    def above(self) -> Users:
        """What speaks of each name in the new snapshot; nothing where there are no Lean files.

        What did not change speaks of the same in the old one.
        """
        return users(dependencies(self.after.tree)) if self.after.tree is not None else {}

    @cached_property
    def certain(self) -> dict[str, str]:
        """The names that are surely one."""
        return {each.old.name: each.new.name for each in self.found.renamed if each.sure == "certain"}

    @cached_property
    def open(self) -> list[Change]:
        """The changes whose meaning is not known already."""
        return [each for each in self.found.changed if not _only_names(each, self.certain)]

    def drift(self, listed: Callable[[str], bool]) -> Drift:
        """The differences with their meanings; of what speaks of a change, only what is `listed` is named."""
        found, beside = self.found, _Beside()
        if self.effort is None:
            meanings = {id(each): _NOT_RUN for each in self.open}
        else:
            judge = self._judge(self.effort)
            meanings = judge.meanings(self.open, lambda some: reached(some, self.above))
            beside = self._beside(judge)
        meanings |= beside.meanings
        changes = sorted((*found.changed, *beside.changes), key=lambda each: each.name)
        found = replace(found, changed=tuple(changes))
        rows = tuple(self._changed(each, meanings.get(id(each)), listed) for each in changes)
        ours = frozenset(entry.name for entry in self.names)
        return Drift(self.before, self.after, found, rows, ours, beside.counts)

    def _judge(self, effort: Effort) -> Judge:
        """The judge, to whom what rests on a change is what each text says."""
        changed = frozenset(each.name for each in self.open)
        touched = changed | reached(changed, self.above) if changed else changed
        base = untouched(self.names, touched)
        old, new = (
            Side(each, mirrored(self.names) if each.tree is None else base, touched)
            for each in (self.before, self.after)
        )
        return Judge(old, new, self.certain, effort)

    def _beside(self, judge: Judge) -> _Beside:
        """Mirrored definitions, whose statement is the same, held against their text in the new source."""
        if self.before.tree is not None or self.after.tree is None:
            return _Beside()
        changed = {each.name for each in self.found.changed}
        wanted = {e.name for e in self.names if faithfulness.is_definition(e)} - changed
        olds = {each.name: each for each in self.before.stated if each.name in wanted}
        pairs = [(olds[each.name], each) for each in self.after.stated if each.name in olds]
        found = judge.mirrors([new.name for _, new in pairs])
        counts = Counter(str(each.meaning) for each in found)
        differ = [
            (Change(old, new, "body"), meaning)
            for (old, new), meaning in zip(pairs, found, strict=True)
            if meaning.meaning == "different"
        ]
        return _Beside(tuple(c for c, _ in differ), {id(c): m for c, m in differ}, dict(counts))

    def _changed(self, change: Change, meaning: Meaning | None, listed: Callable[[str], bool]) -> Changed:
        if change.new.sort == "theorem" or meaning is None:
            return Changed(change, meaning or _RENAMED)
        affected = tuple(name for name in self.above.get(change.name, ()) if listed(name))
        return Changed(change, meaning, affected, len(reached([change.name], self.above)))


@dataclass(frozen=True)
class _Beside:
    """What was found among declarations that read the same: changes, their meanings, and counts of all."""

    changes: tuple[Change, ...] = ()
    meanings: Mapping[int, Meaning] = field(default_factory=dict)
    counts: Mapping[str, int] = field(default_factory=dict)


_NOT_RUN = Meaning("not_evaluated", "meanings were not asked for")
_RENAMED = Meaning("same", "the same text but for names that were renamed and are certainly the same")


def _only_names(change: Change, certain: Mapping[str, str]) -> bool:
    """Only names changed, all of which are certain renames; and the body did not."""
    same = renamed_in(change.old.statement, certain) == change.new.statement
    return change.wording == "names" and change.bodies is None and same
