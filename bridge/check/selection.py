"""What a selection stands for: claims of the mirror by their names, and those of Lean texts."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from leanmirror.bridge.check.agreement_rows import agreement_rows, rows_of
from leanmirror.bridge.check.built import built
from leanmirror.bridge.check.changes import Changes
from leanmirror.bridge.check.options import SelectOptions
from leanmirror.bridge.check.project import in_project, library_of, matching
from leanmirror.bridge.check.tasks import Mirrored, TextTask, declaration_of, tasks
from leanmirror.bridge.check.texts import (
    STDIN,
    LeanText,
    standard_input,
    text_of,
    text_or_problem,
    texts_under,
)
from leanmirror.bridge.io.output import shown
from leanmirror.bridge.names.table import Name, Names, is_glob, listed
from leanmirror.spec.claims import CLAIMS
from leanmirror.spec.errors import BadInput, NameNotFound
from leanmirror.spec.judge.claim import Claim

_IN_FILE = re.compile(r"(?P<file>.*\.lean)(?:::(?P<name>.+)|:(?P<line>\d{1,9})(?::\d{1,9})?)", re.DOTALL)
_SORRY = re.compile(r"\b(?:sorry|admit)\b")


@dataclass(frozen=True, slots=True)
class _Place:
    """A selection that is a path: a file or a folder, or a line or a name in a file."""

    path: Path
    line: int | None = None
    name: str | None = None


def chosen(
    select: Sequence[str], names: Names, options: SelectOptions | None = None
) -> list[TextTask | Mirrored]:
    """The claims of a selection: mirrored ones, then those of Lean texts in their order; each once.

    A selection is a Lean name or a glob, of the mirror or of the Lake project around the current folder, a
    Lean file, `F.lean:LINE`, `F.lean::NAME`, a folder, or `-`; nothing is all of the mirror. The options
    leave some of these out.

    Raises NameNotFound and BadInput for a selection that names no claim, OSError for a file that cannot be
    opened.
    """
    options = options or SelectOptions()
    if options.stdin_filename is not None and STDIN not in select:
        raise BadInput("--stdin-filename says what file '-' is: select '-' as well")
    mirrored = [] if select else _table()
    texts: dict[TextTask, None] = {}
    for each in dict.fromkeys(select):
        ours, theirs = _claims(each, names, options, alone=len(select) == 1)
        mirrored += ours
        texts |= dict.fromkeys(theirs)
    ordered = [name for name in _table() if name in set(mirrored)]
    narrowed = _narrowed(list(texts), bool(mirrored), options)
    found: list[TextTask | Mirrored] = [
        *_placed(ordered, names),
        *(built(narrowed) if options.built else narrowed),
    ]
    return found if options.shard is None else _shard(found, options.shard)


def _claims(
    select: str, names: Names, options: SelectOptions, *, alone: bool
) -> tuple[list[str], list[TextTask]]:
    """What one selection stands for: names of the mirror, and claims of texts."""
    if not select:
        raise BadInput("an empty selection names nothing")
    if select == STDIN:
        return [], _of_sources(select, [standard_input(options.stdin_filename)])
    place = _place(select)
    if place is not None:
        return [], _at(select, place, alone=alone)
    if select in _table():
        return [select], []
    theirs = in_project(select)
    if theirs and not is_glob(select):
        return [], theirs
    try:
        return _of_mirror(select, names), theirs
    except (BadInput, NameNotFound):
        if not theirs:
            raise
        return [], theirs


def _place(select: str) -> _Place | None:
    """The selection as a path; None where it is a name."""
    inside = _IN_FILE.fullmatch(select)
    if inside is not None:
        line = inside["line"]
        return _Place(Path(inside["file"]), None if line is None else int(line), inside["name"])
    is_path = select.endswith(".lean") or "/" in select or os.sep in select or select.startswith(".")
    return _Place(Path(select)) if is_path or ("\0" not in select and os.path.exists(select)) else None


def _at(select: str, place: _Place, *, alone: bool) -> list[TextTask]:
    """The claims at a path. A file that cannot be read is an error if it is named `alone`, else one claim."""
    path = place.path
    if "\0" in select or not path.exists():
        raise BadInput(f"{shown(str(path))}: no such file or folder")
    if path.is_dir():
        return _of_sources(select, texts_under(path))
    if not path.name.endswith(".lean"):
        raise BadInput(f"{shown(str(path))}: not a Lean file")
    whole = place.line is None and place.name is None
    source = text_or_problem(path, named=True) if whole and not alone else text_of(path)
    if place.line is not None:
        return [_at_line(tasks(source), place.line, select)]
    if place.name is not None:
        found = matching(place.name, tasks(source))
        if not found:
            raise BadInput(f"{shown(select)}: no claim of that name is in this file")
        return found
    return _of_sources(select, [source])


def _of_sources(select: str, sources: Iterable[LeanText]) -> list[TextTask]:
    """The claims of texts; for one that only imports, those of the files that it leads to."""
    sources = list(sources)
    found = [task for source in sources for task in tasks(source)]
    if not found and len(sources) == 1:
        found = [task for source in library_of(sources[0]) for task in tasks(source)]
    if not found:
        raise BadInput(f"'{select}' states nothing: no theorem, lemma, example or contract is in it")
    return found


def _at_line(claims: Sequence[TextTask], line: int, select: str) -> TextTask:
    """The claim whose text has a line."""
    for each in claims:
        if each.line <= line <= _last_line(each):
            return each
    near = sorted(claims, key=lambda each: abs(each.line - line))[:3]
    said = ", ".join(f"{shown(each.name)} at {each.line}" for each in near)
    raise BadInput(f"{shown(select)}: no claim stands there{f'; near are {said}' if near else ''}")


def _last_line(task: TextTask) -> int:
    """The line on which a claim ends, comments after it left out."""
    if task.index < 0:
        return task.line
    each = declaration_of(task)
    return each.source.position(each.start + len(each.source.code[each.start : each.end].rstrip())).line


def _narrowed(texts: list[TextTask], mirrored: bool, options: SelectOptions) -> list[TextTask]:
    """The claims of texts that the options leave."""
    if not (options.sorry or options.changed_since):
        return texts
    if mirrored or not texts:
        raise BadInput("--sorry and --changed-since are about the claims of Lean files: select some")
    if options.sorry:
        texts = [each for each in texts if _lacks_proof(each)]
    if options.changed_since:
        changes = Changes.since(options.changed_since)
        texts = [each for each in texts if changes.touch(each)]
    return texts


def _lacks_proof(task: TextTask) -> bool:
    """Whether a claim rests on `sorry`, or may do so, where it cannot be read."""
    if task.index < 0:
        return True
    each = declaration_of(task)
    body = each.header.body_start
    return _SORRY.search(each.source.mask[body if body >= 0 else each.start : each.end]) is not None


def _shard(found: list[TextTask | Mirrored], shard: str) -> list[TextTask | Mirrored]:
    """Each N-th claim, from the I-th on."""
    number, _, count = shard.partition("/")
    return found[int(number) - 1 :: int(count)]


def mirrored_claims() -> dict[str, Claim]:
    """Every claim of the mirror by its Lean name."""
    return {c.name: c for c in CLAIMS}


def _table() -> list[str]:
    """The names of the mirror's claims, then of agreement rows."""
    return [*mirrored_claims(), *agreement_rows()]


def _of_mirror(pattern: str, names: Names) -> list[str]:
    """The claims of the mirror that a name or a glob chooses, or that cover what it chooses."""
    found = [name for entry in names.select([pattern]) for name in _claims_of(entry)]
    if not found:
        raise BadInput(f"'{pattern}' names no claim: {listed(names.nearest(pattern))} are near")
    return found


def _claims_of(entry: Name) -> list[str]:
    table = mirrored_claims()
    if entry.name in table:
        return [entry.name]
    return [*(name for name in entry.covered_by if name in table), *rows_of(entry.name)]


def _placed(chosen: Sequence[str], names: Names) -> Iterator[Mirrored]:
    """The claims of these names, with where Lean has them."""
    entries, rows = {entry.name: entry for entry in names}, agreement_rows()
    for name in chosen:
        entry = entries.get(name)
        if entry is None:
            yield Mirrored(name)
        else:
            kind = "agreement" if name in rows else entry.kind
            yield Mirrored(name, kind, entry.module, entry.lean_file, entry.lean_line)
