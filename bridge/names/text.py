"""lean_names.json looked up as text: an entry is parsed when asked for, so that one name costs little."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import overload

from leanmirror.bridge.io.output import parse_json, shown
from leanmirror.bridge.names.table import SCHEMA, Name, Names, aliases_of, default_path, entry_of, load

_BETWEEN = "\n  },\n  {\n"
_START, _END = '\n "names": [\n  {\n', "\n  }\n ]\n}\n"


class Rows(Sequence[Name]):
    """The entries of a names file that `names --update` wrote: one value a line, one space of indent a level.

    A line break inside a text is written as an escape, so that the lines between entries are no text.
    """

    def __init__(self, rows: list[str], where: str) -> None:
        self._rows = rows
        self._where = where
        self._parsed: dict[int, Name] = {}

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Name: ...
    @overload
    def __getitem__(self, at: slice) -> tuple[Name, ...]: ...
    def __getitem__(self, at: int | slice) -> Name | tuple[Name, ...]:
        if isinstance(at, slice):
            return tuple(self[i] for i in range(*at.indices(len(self))))
        found = self._parsed.get(at)
        if found is None:
            where = f"{self._where}: entry {at}"
            found = self._parsed[at] = entry_of(parse_json(f"{{\n{self._rows[at]}\n}}", where), where)
        return found

    def __iter__(self) -> Iterator[Name]:
        return (self[at] for at in range(len(self)))

    def column(self, key: str) -> list[str | None]:
        """One text of every entry, without parsing the rest."""
        mark = f'   "{key}": '
        return [_text(row, mark) for row in self._rows]

    def having(self, key: str, value: str) -> list[int]:
        """The numbers of the entries with that text under a key."""
        line = f'   "{key}": {json.dumps(value, ensure_ascii=False)}'
        ends = (f"{line},", f"\n{line}")
        near = [at for at, row in enumerate(self._rows) if row.startswith(ends[0]) or ends[1] in row]
        mark = f'   "{key}": '
        return [at for at in near if _text(self._rows[at], mark) == value]

    def mentioning(self, word: str) -> list[int]:
        """The numbers of the entries in whose text the word stands somewhere."""
        written = json.dumps(word, ensure_ascii=False)[1:-1]
        return [at for at, row in enumerate(self._rows) if written in row]


def _text(row: str, mark: str) -> str | None:
    """The value on the line that starts with a mark; None for null and where there is no such line."""
    start = 0 if row.startswith(mark) else row.find(f"\n{mark}") + 1
    if not row.startswith(mark, start):
        return None
    start += len(mark)
    end = row.find("\n", start)
    written = row[start : end if end >= 0 else len(row)].removesuffix(",")
    if "\\" not in written and written[:1] == written[-1:] == '"':
        return written[1:-1]
    value = None if written == "null" else parse_json(written)
    return value if isinstance(value, str) else None


@cache
def names_for_lookup() -> Names:
    """The entries of the lean_names.json of this installation, each read when it is asked for."""
    return lookup(default_path())


def lookup(path: Path) -> Names:
    """The entries of a file, each read when it is asked for; all at once, where it is laid out otherwise.

    Raises BadInput and OSError as `names.load` does; for a fault in an entry when that entry is read.
    """
    text = path.read_text(encoding="utf-8")
    start = text.find(_START)
    if start < 0 or not text.endswith(_END):
        return load(path)
    head = parse_json(f'{text[:start]}\n "names": []\n}}', shown(str(path)))
    source = head.get("source")
    if head.get("schema") != SCHEMA or not isinstance(source, dict):
        return load(path)
    rows = text[start + len(_START) : -len(_END)].split(_BETWEEN)
    found = Rows(rows, shown(str(path)))
    aliases = aliases_of(head, shown(str(path)))
    return Names(found, str(source.get("repository", "")), str(source.get("commit", "")), aliases)
