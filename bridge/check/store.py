"""The store of verdicts, `.leanmirror/results.sqlite`: written as they come, found by what they rest on.

It imports nothing of the mirror, so that `trace` can show the last verdicts at once.
"""

from __future__ import annotations

import json
import os
import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leanmirror.bridge.check.result import Result
from leanmirror.bridge.io.paths import RESULTS
from leanmirror.spec.errors import BadInput

VERSION = 2
KEPT = 8
"""How many verdicts of one claim are kept: runs with another seed or text need not replace each other."""

_TABLE = """
CREATE TABLE IF NOT EXISTS results (
  key TEXT PRIMARY KEY, name TEXT NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL, text TEXT NOT NULL,
  timeout REAL NOT NULL, finished REAL NOT NULL, payload TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS by_name ON results (name, finished);
"""
_COLUMNS = "key, name, file, line, text, timeout, finished, payload"


@dataclass(frozen=True, slots=True)
class Stored:
    """A verdict and what it rests on.

    `key` stands for all that the verdict follows from; `text` for the file it was found in, as it was; `line`
    is where the claim stood there, `timeout` the limit in seconds, `finished` the time since 1970 in seconds.
    """

    key: str
    name: str
    file: str
    line: int
    text: str
    timeout: float
    result: Result
    finished: float = 0.0

    @property
    def day(self) -> str:
        """The day on which it was found."""
        return time.strftime("%Y-%m-%d", time.localtime(self.finished))


class Results:
    """An open store. Each verdict is kept whole or not at all, also when the process is killed."""

    def __init__(self, path: Path) -> None:
        self.path = path
        path.parent.mkdir(parents=True, exist_ok=True)
        with _readable(path):
            self._db = sqlite3.connect(path, timeout=30)
            self._db.execute("PRAGMA synchronous = NORMAL")
            _require_version(self._db, path)
            self._db.executescript(f"BEGIN; {_TABLE} PRAGMA user_version = {VERSION}; COMMIT;")

    def close(self) -> None:
        """Close the file."""
        self._db.close()

    def find(self, key: str) -> Stored | None:
        """The verdict that follows from exactly that; None when there is none yet."""
        with _readable(self.path):
            row = self._db.execute(f"SELECT {_COLUMNS} FROM results WHERE key = ?", [key]).fetchone()
            return None if row is None else _stored(row)

    def keep(self, found: Stored) -> None:
        """Write a verdict; of one claim the last few are kept."""
        payload = json.dumps(found.result.to_json(), ensure_ascii=True)
        row = (found.key, found.name, found.file, found.line, found.text, found.timeout, time.time(), payload)
        with _readable(self.path), self._db:
            self._db.execute(f"INSERT OR REPLACE INTO results ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?)", row)
            self._db.execute(
                "DELETE FROM results WHERE name = ?1 AND file = ?2 AND key NOT IN (SELECT key FROM results"
                " WHERE name = ?1 AND file = ?2 ORDER BY finished DESC LIMIT ?3)",
                [found.name, found.file, KEPT],
            )


def writable(path: Path = RESULTS) -> bool:
    """Whether a store can be made or changed there."""
    there = next(each for each in (path, *path.absolute().parents) if each.exists())
    return os.access(there, os.W_OK)


def last(names: Iterable[str], path: Path = RESULTS) -> dict[str, Stored]:
    """The last verdict on each claim of these names, where the store has one; nothing without a store."""
    found: dict[str, Stored] = {}
    if not path.is_file():
        return found
    with _readable(path), closing(sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)) as db:
        if not _require_version(db, path):
            return found  # another process is making it
        query = f"SELECT {_COLUMNS} FROM results WHERE name = ? ORDER BY finished DESC LIMIT 1"
        for name in names:
            row = db.execute(query, [name]).fetchone()
            if row is not None:
                found[name] = _stored(row)
    return found


def _require_version(db: sqlite3.Connection, path: Path) -> int:
    """The version of the store: 0 while it is empty. Raises BadInput for one that is not ours."""
    version: int = db.execute("PRAGMA user_version").fetchone()[0]
    if version not in {0, VERSION}:
        raise BadInput(f"{path}: verdicts of another version of leanmirror: delete it or move it away")
    return version


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.DatabaseError as error:
        raise BadInput(
            f"{path}: not a usable store of verdicts ({error}): delete it or move it away"
        ) from None


def _stored(row: tuple[Any, ...]) -> Stored:
    key, name, file, line, text, timeout, finished, payload = row
    try:
        found = Result.from_json(payload)
    except BadInput:
        raise sqlite3.DatabaseError(f"the verdict on {name} is damaged") from None
    return Stored(key, name, file, line, text, timeout, found, finished)
