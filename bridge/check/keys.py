"""What a verdict follows from, as a key: a run that is resumed takes up the verdicts whose keys are the same.

A verdict on a claim of a text rests on the statement in normal form, on all else in its file that is no claim
(definitions, variables, notations, comments aside), on the same of the files of its package that it imports,
on this installation (its code, the prelude, lean_names.json, the libraries that compute) and on the digits,
examples and seed. A proof is not among them.
"""

from __future__ import annotations

import hashlib
import json
import os
import sys
from dataclasses import dataclass, field
from functools import cache, lru_cache
from importlib import metadata
from pathlib import Path

from leanmirror.bridge.check.result import Result
from leanmirror.bridge.check.store import Results, Stored
from leanmirror.bridge.check.surroundings import imported, surroundings
from leanmirror.bridge.check.tasks import Task, TextTask, declaration_of
from leanmirror.bridge.check.texts import LeanText
from leanmirror.bridge.io.guard import guarded
from leanmirror.bridge.names.table import package_root

ROOMS = ("spec", "runtime", "bridge")
LIBRARIES = ("python-flint", "mpmath", "numpy", "networkx", "hypothesis")


@cache
def installation() -> str:
    """A digest of all that is installed here and could change a verdict."""
    found = hashlib.sha256(f"{sys.version} {sys.flags.optimize}".encode())
    for library in LIBRARIES:
        found.update(f"{library} {metadata.version(library)}\n".encode())
    root = package_root()
    walked = [walk for room in ROOMS for walk in os.walk(root / room)]
    paths = [os.path.join(folder, name) for folder, _, names in walked for name in names]
    for path in sorted([*paths, str(root / "lean_names.json")]):
        if path.endswith((".py", ".lean", ".json")):
            with open(path, "rb") as file:
                data = file.read()
            found.update(f"{os.path.relpath(path, root)} {len(data)}\n".encode() + data)
    return found.hexdigest()


@dataclass(slots=True)
class Resuming:
    """A store of verdicts in use: `take` gives an earlier verdict when `resume` is set, `keep` adds one."""

    results: Results
    timeout: float
    resume: bool
    keys: dict[int, str] = field(default_factory=dict)

    def take(self, number: int, task: Task) -> Result | None:
        """What an earlier run found of that task, where the same would be found again."""
        key = guarded(lambda: key_of(task), lambda _: "")  # a run tells of the fault
        if not key:
            return None
        self.keys[number] = key
        found = self.results.find(key) if self.resume else None
        return found.result if found is not None and self._stands(found, task) else None

    def _stands(self, found: Stored, task: Task) -> bool:
        """Whether the places that the verdict speaks of are the same too, and more time changes nothing."""
        result = found.result
        if result.verdict == "error" or result.cause in {"memory", "worker"}:
            return False
        if result.cause == "time":
            return self.timeout <= found.timeout
        placed = result.verdict in {"refuted", "unsupported"}
        return not placed or (found.file, found.text) == (_file(task.text), _text(task.text))

    def keep(self, number: int, task: Task, result: Result) -> None:
        """Write what was found of a task; what could not be told apart from others is not kept."""
        if number not in self.keys:
            return
        line = 0 if task.text is None else task.text.line
        file, text = _file(task.text), _text(task.text)
        self.results.keep(Stored(self.keys[number], task.name, file, line, text, self.timeout, result))


def _file(text: TextTask | None) -> str:
    return "" if text is None else text.source.file


def _text(text: TextTask | None) -> str:
    return "" if text is None else _digest(text.source)


@lru_cache(maxsize=256)
def _digest(source: LeanText) -> str:
    return hashlib.sha256(source.text.encode("utf-8", "surrogatepass")).hexdigest()


def key_of(task: Task) -> str:
    """The key of the verdict on a task."""
    rests_on = _statement(task.text) if task.text is not None else []
    parts = [installation(), task.name, task.examples, task.digits, task.seed, *rests_on]
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


def _statement(text: TextTask) -> list[str | int]:
    """The statement of a claim and the rest of its file; the whole file for one that cannot be read."""
    if text.unread is not None:
        return [text.kind, _digest(text.source)]
    around = surroundings(text.source)
    statement = declaration_of(text).digest
    made = [] if text.olean is None else [hashlib.sha256(Path(text.olean).read_bytes()).hexdigest()]
    return [*made, text.kind, statement, around.text, around.before[text.index], imported(text.source)]
