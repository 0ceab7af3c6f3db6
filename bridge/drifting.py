"""What of Lean has drifted: lean_names.json against a source, or one source against another."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from leanmirror.bridge.comparing.differences import Change, Differences, differences
from leanmirror.bridge.comparing.meanings import Judge, Side
from leanmirror.bridge.comparing.renaming import Rename, renamed_in
from leanmirror.bridge.comparing.running import Evaluator, Meaning
from leanmirror.bridge.comparing.snapshots import Snapshot, Stated, of_names, of_source, with_parts
from leanmirror.bridge.lean.dependencies import dependencies, reached, users
from leanmirror.bridge.names import Names, default_names
from leanmirror.bridge.updating import MIRRORED

SCHEMA = "leanmirror.drift/1"


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
            "affected": list(self.affected),
            "reached": self.reached,
        }


@dataclass(frozen=True, slots=True)
class Drift:
    """What differs between two states of Lean declarations.

    `mirrored` are the names that Python mirrors or that stand in a mirrored module: what concerns us first.
    `problems` has a line for every file of which something may be missing.
    """

    old: Snapshot
    new: Snapshot
    differences: Differences
    changed: tuple[Changed, ...]
    mirrored: frozenset[str]

    @property
    def drifted(self) -> bool:
        """Whether anything differs."""
        found = self.differences
        return bool(found.added or found.removed or found.renamed or found.moved or found.changed)

    @property
    def problems(self) -> tuple[str, ...]:
        """What could not be read of the two."""
        return (*self.old.problems, *self.new.problems)

    @property
    def statements_compared(self) -> bool:
        """Whether the two are of one form, so that their statements are written alike."""
        return self.old.form == self.new.form

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
    evaluator: Evaluator | None = None,
) -> Drift:
    """What changed from one source to another, or, with one source, from lean_names.json to it.

    With lean_names.json, only what is added in mirrored modules counts, and bodies are not compared: the
    file does not hold them. `evaluator` runs definitions, whose changes are else `not_evaluated`. Raises
    BadInput where a source cannot be read.
    """
    names = default_names() if names is None else names
    mirrored = frozenset(entry.name for entry in names)
    if new is not None:
        before, after = of_source(old), of_source(new)
        found = differences(before, after)
        return _drift(before, after, found, mirrored, evaluator, lambda _: True)
    after = with_parts(of_source(old), {entry.name for entry in names})
    before = of_names(names, parts=after.tree is not None)
    found = differences(before, after, lambda each: each.module in MIRRORED)
    return _drift(before, after, found, mirrored, evaluator, mirrored.__contains__)


def _drift(
    before: Snapshot,
    after: Snapshot,
    found: Differences,
    mirrored: frozenset[str],
    evaluator: Evaluator | None,
    listed: Callable[[str], bool],
) -> Drift:
    """The differences with their meanings; of what speaks of a change, only what is `listed` is named."""
    if not found.changed:
        return Drift(before, after, found, (), mirrored)
    above = users(dependencies(after.tree)) if after.tree is not None else {}
    certain = {each.old.name: each.new.name for each in found.renamed if each.sure == "certain"}
    judge = Judge(Side(before), Side(after), certain, evaluator)
    other = [each for each in found.changed if not _only_names(each, certain)]
    meanings = judge.meanings(other, lambda names: reached(names, above))
    changed = [
        _changed(each, meanings.get(id(each), _RENAMED), above, listed, known=id(each) in meanings)
        for each in found.changed
    ]
    return Drift(before, after, found, tuple(changed), mirrored)


_RENAMED = Meaning("same", "the same text but for names that were renamed and are certainly the same")


def _only_names(change: Change, certain: Mapping[str, str]) -> bool:
    """Only names changed, all of which are certain renames; and the body did not."""
    same = renamed_in(change.old.statement, certain) == change.new.statement
    return change.wording == "names" and change.bodies is None and same


def _changed(
    change: Change,
    meaning: Meaning,
    above: Mapping[str, tuple[str, ...]],
    listed: Callable[[str], bool],
    *,
    known: bool,
) -> Changed:
    if change.new.sort == "theorem" or not known:
        return Changed(change, meaning)
    affected = tuple(name for name in above.get(change.name, ()) if listed(name))
    return Changed(change, meaning, affected, len(reached([change.name], above)))


def is_mirrored(found: Drift, stated: Stated) -> bool:
    """Whether a declaration is one of ours: it has an entry, or stands in a mirrored module."""
    return stated.name in found.mirrored or stated.module in MIRRORED
