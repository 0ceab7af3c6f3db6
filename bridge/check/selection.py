"""What a selection stands for: claims of the mirror by their names, and those of Lean texts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from leanmirror.bridge.check.agreement_rows import agreement_rows, rows_of
from leanmirror.bridge.check.tasks import Mirrored, TextTask, tasks
from leanmirror.bridge.check.texts import is_text, texts
from leanmirror.bridge.names.table import Name, Names, listed
from leanmirror.spec.claims import CLAIMS
from leanmirror.spec.errors import BadInput
from leanmirror.spec.judge.claim import Claim


def chosen(select: Sequence[str], names: Names) -> list[TextTask | Mirrored]:
    """The claims of a selection: mirrored ones, then those of Lean texts in their order.

    Raises NameNotFound and BadInput for a selection that names no claim, OSError for a file that cannot be
    opened.
    """
    of_names = [pattern for pattern in select if not is_text(pattern)]
    mirrored = _placed(_named(of_names, names), names) if of_names or not select else ()
    return [*mirrored, *(task for pattern in select if is_text(pattern) for task in _of_text(pattern))]


def _of_text(pattern: str) -> list[TextTask]:
    found = [task for source in texts(pattern) for task in tasks(source)]
    if not found:
        raise BadInput(f"'{pattern}' states nothing: no theorem, lemma, example or contract is in it")
    return found


def mirrored_claims() -> dict[str, Claim]:
    """Every claim of the mirror by its Lean name."""
    return {c.name: c for c in CLAIMS}


def _named(select: Sequence[str], names: Names) -> list[str]:
    """The Lean names of the selected claims, in the order of the table of claims, then of agreement rows."""
    table = [*mirrored_claims(), *agreement_rows()]
    if not select:
        return table
    found: set[str] = set()
    for pattern in select:
        if pattern in table:
            found.add(pattern)
            continue
        about = {name for entry in names.select([pattern]) for name in _claims_of(entry)}
        if not about:
            raise BadInput(f"'{pattern}' names no claim: {listed(names.nearest(pattern))} are near")
        found |= about
    return [name for name in table if name in found]


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
