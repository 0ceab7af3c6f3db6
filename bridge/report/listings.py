"""What `names` and `index` print: plain lines, for people, and their JSON."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any

from leanmirror.bridge.io.output import shown
from leanmirror.bridge.io.tables import Column, table
from leanmirror.bridge.names.places import locate
from leanmirror.bridge.names.table import SCHEMA, Name, Names

COLUMNS = (
    Column("module", name=True),
    *(Column(each, right=True) for each in ("declared", "mirrored", "covered by a claim")),
)


def names_text(names: Names) -> str:
    """One line per Lean module: declarations, those mirrored, those of them that a claim covers."""
    groups = [(module, list(group)) for module, group in groupby(sorted(names, key=_module), key=_module)]
    rows = [(module, *_counts(entries)) for module, entries in (*groups, ("all", list(names)))]
    source = f"{names.repository}@{names.commit[:12]}" if names.commit else "no source"
    return "\n".join([*table(COLUMNS, rows), f"from {source}"])


def _module(entry: Name) -> str:
    return entry.module or "Lean and Mathlib"  # what is mirrored of them has no module of the repository


def _counts(entries: Sequence[Name]) -> tuple[str, ...]:
    mirrored = [entry for entry in entries if entry.python is not None]
    covered = [entry for entry in mirrored if entry.covered_by]
    return str(len(entries)), str(len(mirrored)), str(len(covered))


def names_json(names: Names) -> dict[str, Any]:
    """The entries with the file and line of each Python object as they are now."""
    rows = [entry.to_json() | _place(entry) for entry in names]
    return {
        "schema": SCHEMA,
        "source": {"repository": names.repository, "commit": names.commit},
        "names": rows,
    }


def _place(entry: Name) -> dict[str, Any]:
    place = locate(entry.python)
    return {"file": place and place.file, "line": place and place.line}


def complaints_text(complaints: Sequence[str]) -> str:
    """The disagreements between lean_names.json and the code, one a line, and their number."""
    count = f"disagreements: {len(complaints)}" if complaints else "lean_names.json and the code agree"
    return "\n".join([*map(shown, complaints), count])


def complaints_json(complaints: Sequence[str]) -> dict[str, Any]:
    """The disagreements as a document."""
    return {"schema": "leanmirror.names-check/1", "agree": not complaints, "disagreements": list(complaints)}


def index_text(document: Mapping[str, Any]) -> str:
    """One line per declaration of an index document, the reason where one cannot be read, and the counts."""
    rows = document["declarations"]
    lines = [
        f"{_index_place(row)}  {row['kind'] or '?'} {shown(row['name'])}{_axioms(row)}{_unread(row)}"
        for row in rows
    ]
    for each in document["unread"]:
        place = f"{shown(each['file'])}:{each['line']}  " if each["file"] else ""
        lines.append(f"{place}{shown(each['reason'], 1000)}")
    stated = sum(1 for row in rows if row["digest"] is not None)
    readable = sum(1 for row in rows if row["readable"])
    counts = f"{len(rows)} declarations, {stated} with a statement, {readable} of them readable"
    return "\n".join([*lines, counts])


def _index_place(row: Mapping[str, Any]) -> str:
    file = row["file"] or row["module"] or "?"
    return shown(file if row["line"] is None else f"{file}:{row['line']}")


def _axioms(row: Mapping[str, Any]) -> str:
    axioms = row.get("axioms")
    return "" if axioms is None else f"  axioms: {shown(', '.join(axioms) or 'none', 1000)}"


def _unread(row: Mapping[str, Any]) -> str:
    if row["readable"]:
        return ""
    return f"  {'not readable' if row['digest'] else 'no statement'}: {shown(str(row['reason']))}"
