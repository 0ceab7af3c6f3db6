"""From a name to everything that is known about it: Lean module, statement, Python object, checks, twin.

Reads lean_names.json, the text of Python files, the store of verdicts, and a Lean source where one is given;
imports nothing of the mirror itself.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from leanmirror.bridge.agree import analogues
from leanmirror.bridge.agree.analogues import Written
from leanmirror.bridge.io.output import shown
from leanmirror.bridge.io.paths import RESULTS
from leanmirror.bridge.io.reports import Report
from leanmirror.bridge.names.in_tests import named_in_tests
from leanmirror.bridge.names.places import Place, at_place, locate, nearby
from leanmirror.bridge.names.table import Name, Names, default_names, package_root
from leanmirror.spec.errors import BadInput, NameNotFound

if TYPE_CHECKING:
    from leanmirror.bridge.check.store import Stored
    from leanmirror.bridge.trace.source import InSource

SCHEMA = "leanmirror.trace/1"
DOCUMENTATION = {"github.com/NicolasRouquette/TorchLean": "https://lean-dojo.github.io/TorchLean/docs/"}
"""Where pages of doc-gen4 are published, by repository; they are of its newest commit."""

_GITHUB = re.compile(r"github\.com/[\w.-]+/[\w.-]+")
_COMMIT = re.compile(r"[0-9a-f]{40}")


@dataclass(frozen=True, slots=True, repr=False)
class Trace(Report):
    """What is known about one Lean name.

    `twins` are the Lean names whose float twin this one is, `torch` what users of PyTorch write for it,
    `mentioned_by` the mirrored names whose statements speak of it, `tests` the tests that name it, in a
    checkout. `agreement` is the operation of the tape whose agreement with the spec is a claim about it.
    `verdicts` are the last ones on its claims, by name, `unread` is why their store cannot be read, if it
    cannot, `source` what a given source says. `link`
    leads to the Lean text, `documentation` to its page.
    """

    entry: Name
    python: Place | None
    runtime: Place | None
    twins: tuple[str, ...]
    link: str | None
    documentation: str | None = None
    torch: Written | None = None
    mentioned_by: tuple[str, ...] = ()
    tests: tuple[str, ...] = ()
    verdicts: tuple[Stored, ...] = ()
    source: InSource | None = None
    agreement: str | None = None
    unread: str = ""

    @property
    def text(self) -> str:
        """The trace for people, in plain lines."""
        lines = [f"  {label:<12} {_indented(value)}" for label, value in self]
        return "\n".join([self.short, *lines])

    @property
    def short(self) -> str:
        """The name."""
        return shown(self.entry.name)

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """What is known, each as a label and its text."""
        entry = self.entry
        source = self.source
        rows = [
            ("Lean", f"{entry.kind} in {entry.module}, {entry.lean_file}:{entry.lean_line}"),
            ("statement", shown(entry.signature, LONGEST)),
            ("Python", _placed(self.python) or "not mirrored"),
            ("runtime", _placed(self.runtime) or ""),
            ("twin of", ", ".join(self.twins)),
            ("PyTorch", str(self.torch or "")),
            ("mentioned by", _lines(self.mentioned_by)),
            ("checked by", _lines(self.claims) or "no claim"),
            ("verdicts", shown(self.unread, 400) or _lines(map(_last, self.verdicts))),
            ("tests", _lines(self.tests)),
            ("in source", "" if source is None else source.text),
            ("depends on", "" if source is None else _lines(source.depends_on or ())),
            ("used by", "" if source is None else _lines(source.used_by or ())),
            ("source", self.link or ""),
            ("page", self.documentation or ""),
        ]
        return ((label, value) for label, value in rows if value)

    @property
    def claims(self) -> tuple[str, ...]:
        """What `leanmirror check NAME` runs."""
        agreement = () if self.agreement is None else (f"{self.agreement} (agreement)",)
        return (*self.entry.covered_by, *agreement)

    def to_json(self) -> dict[str, Any]:
        """The trace as a document of schema leanmirror.trace/1."""
        where = {"file": self.python and self.python.file, "line": self.python and self.python.line}
        runtime = self.runtime and {
            "python": self.runtime.python,
            "file": self.runtime.file,
            "line": self.runtime.line,
        }
        more = {
            "runtime": runtime,
            "twins": list(self.twins),
            "link": self.link,
            "documentation": self.documentation,
            "torch": self.torch and {"runs": self.torch.runs, "differs": self.torch.differs},
            "mentioned_by": list(self.mentioned_by),
            "tests": list(self.tests),
            "agreement": self.agreement,
            "verdicts": [_verdict(each) for each in self.verdicts],
            "source": self.source and self.source.to_json(),
        }
        return {"schema": SCHEMA} | self.entry.to_json() | where | more


def _placed(place: Place | None) -> str | None:
    return None if place is None else f"{place.python}\n{nearby(place.file)}:{place.line}"


def _lines(items: Iterable[str]) -> str:
    """One a line; of many the first, and how many more."""
    found = [shown(item) for item in items]
    return "\n".join(found[:MOST]) + (f"\nand {len(found) - MOST} more" if len(found) > MOST else "")


MOST = 6
LONGEST = 4000
"""Letters of a statement: in a source it may be of any length."""


def _indented(value: str) -> str:
    return value.replace("\n", "\n" + " " * 15)


def _last(stored: Stored) -> str:
    verdict, satisfied = stored.result.verdict, stored.result.satisfied
    counted = f" in {satisfied} examples" if verdict == "no_counterexample" else ""
    return f"{stored.name}: {verdict.replace('_', ' ')}{counted}, {stored.day}"


def _verdict(stored: Stored) -> dict[str, Any]:
    return {
        "name": stored.name,
        "verdict": stored.result.verdict,
        "satisfied": stored.result.satisfied,
        "certified": stored.result.certified,
        "finished": stored.finished,
        "lean_file": stored.file or None,
    }


def trace(
    query: Any,
    names: Names | None = None,
    root: Path | None = None,
    *,
    source: str | os.PathLike[str] | None = None,
    results: Path | None = RESULTS,
) -> Trace:
    """What is known about a Lean name, a Python path, a suffix that only one of them has, or `file:line`.

    A Python function or class stands for its path. `source` is a Lean tree, or another source, that is asked
    as well, also for names that are not mirrored; without one the Lake project around the current folder is
    asked for these. `results` is a store of verdicts.

    Raises NameNotFound, with the nearest names, and BadInput when several names fit or a source is none.
    """
    names = default_names() if names is None else names
    root = package_root() if root is None else root
    query = query if isinstance(query, str) else f"{query.__module__}:{query.__qualname__}"
    try:
        entry, found = _found(query, names, root, source)
    except NameNotFound:
        project = None if source is not None else _project(query)
        if project is None:
            raise
        entry, found = _found(query, names, root, project)
    ours = found is None or found.entry is not entry
    twins = tuple(each.name for each in names if entry.python and each.runtime == entry.python)
    twin = tuple(each.name for each in names if entry.runtime and each.python == entry.runtime)
    claims = dict.fromkeys([entry.name, *entry.covered_by, *twin])
    verdicts, unread = _verdicts(claims, results)
    return Trace(
        entry,
        locate(entry.python, root),
        locate(entry.runtime, root),
        twins,
        source_link(names, entry) if ours else None,
        documentation_link(names, entry) if ours else None,
        _torch(entry.name, *twin),
        tuple(each.name for each in names.mentioning(entry.name) if each.name != entry.name),
        named_in_tests(entry),
        verdicts,
        found,
        next((lean for lean in (entry.name, *twin) if lean in analogues.OPERATIONS), None),
        unread,
    )


def _project(query: str) -> Path | None:
    """The Lake project around the current folder, where it may have the name."""
    from leanmirror.bridge.lean.module_paths import root_of  # here, since only a miss needs it

    project = root_of(Path.cwd() / "_")
    if project is None:
        return None
    from leanmirror.bridge.trace.source import may_have

    return project if may_have(project, query) else None


def _found(
    query: str, names: Names, root: Path, source: str | os.PathLike[str] | None
) -> tuple[Name, InSource | None]:
    """The entry, and what the source says; the entry made from the source, where only that has the name."""
    here = None if source is None else _exact_name(query, source)
    try:
        entry = _exactly(here, names) if here else at_place(query, names, root) or names.find(query)
    except NameNotFound:
        if source is None:
            raise
        entry = None
    if source is None:
        assert entry is not None
        return entry, None
    from leanmirror.bridge.trace.source import in_source  # here, since that reads Lean

    found = in_source(source, here or (query if entry is None else entry.name), entry)
    either = entry or found.entry
    if either is None:
        raise names.not_found(query)
    return either, found


def _exactly(name: str, names: Names) -> Name | None:
    return next((entry for entry in names if entry.name == name), None)


def _exact_name(query: str, source: str | os.PathLike[str]) -> str | None:
    from leanmirror.bridge.trace.source import exact_name  # here, since that reads Lean

    return exact_name(source, query)


def _torch(*leans: str) -> Written | None:
    for lean in leans:
        found = analogues.TORCH.get(analogues.SAME.get(lean, lean))
        if found is not None:
            return found
    return None


def _verdicts(claims: Iterable[str], results: Path | None) -> tuple[tuple[Stored, ...], str]:
    """The last verdicts, and why they cannot be read, if so."""
    if results is None or not results.is_file():
        return (), ""
    from leanmirror.bridge.check.store import last  # here, since it needs a database

    try:
        return tuple(last(claims, results).values()), ""
    except BadInput as error:
        return (), str(error)


def source_link(names: Names, entry: Name) -> str | None:
    """A link to the Lean text, when the source is a commit in a public GitHub repository."""
    if not entry.lean_line or not _published(names):
        return None
    return f"https://{names.repository}/blob/{names.commit}/{entry.lean_file}#L{entry.lean_line}"


def _published(names: Names) -> bool:
    return bool(_GITHUB.fullmatch(names.repository) and _COMMIT.fullmatch(names.commit))


def documentation_link(names: Names, entry: Name) -> str | None:
    """A link to the page that doc-gen4 made of it, when its repository publishes such pages."""
    base = DOCUMENTATION.get(names.repository)
    if base is None or not entry.module:
        return None
    return f"{base}{quote(entry.module.replace('.', '/'))}.html#{quote(entry.name)}"
