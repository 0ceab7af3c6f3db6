"""The store of verdicts, `.leanmirror/results.sqlite`: written as they come, found by what they rest on.

A run needs no store: one that cannot be used, for whatever reason, is told in one line, and the verdicts are
shown all the same. Nothing is written to a file that is not such a store, and no link is followed to one. A
verdict that this user did not write is none.
"""

from __future__ import annotations

import hmac
import json
import os
import sqlite3
import stat
import time
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from leanmirror.bridge.check.owner import seal, secret
from leanmirror.bridge.check.result import Result
from leanmirror.bridge.io.paths import RESULTS, link_in, make_folder
from leanmirror.spec.errors import BadInput

VERSION = 3
MARK = 0x4C4D5652
"""The application that a database says it is of."""
KEPT = 8
"""How many verdicts of one claim are kept: runs with another seed or text need not replace each other."""
PATIENCE = 10.0
"""Seconds to wait for another process that writes."""

_HEADER = 100
_MAGIC = b"SQLite format 3\0"
_TABLE = f"""
BEGIN;
CREATE TABLE IF NOT EXISTS results (
  key TEXT PRIMARY KEY, name TEXT NOT NULL, file TEXT NOT NULL, line INTEGER NOT NULL, text TEXT NOT NULL,
  timeout REAL NOT NULL, finished REAL NOT NULL, payload TEXT NOT NULL, seal TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS by_name ON results (name, finished);
PRAGMA application_id = {MARK};
PRAGMA user_version = {VERSION};
COMMIT;
"""
_COLUMNS = "key, name, file, line, text, timeout, finished, payload, seal"
_DAMAGED = (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


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
    """A store in use. Each verdict is kept whole or not at all, also when the process is killed.

    `problem` says in one line why it is not used, or no longer; then nothing is found and nothing kept.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.problem = ""
        self._db: sqlite3.Connection | None = None
        with self._told():
            self._secret = secret()
            self._db = _opened(path)

    def close(self) -> None:
        """Close the file."""
        if self._db is not None:
            self._db.close()
            self._db = None

    def find(self, key: str) -> Stored | None:
        """The verdict that follows from exactly that; None when there is none yet."""
        with self._told():
            if self._db is not None:
                query = f"SELECT {_COLUMNS} FROM results WHERE key = ?"
                return _stored(self._db.execute(query, [key]).fetchone(), self._secret)
        return None

    def keep(self, found: Stored) -> None:
        """Write a verdict; of one claim the last few are kept."""
        with self._told():
            if self._db is not None:
                self._write(self._db, found)

    def _write(self, db: sqlite3.Connection, found: Stored) -> None:
        name, file = _plain(found.name), _plain(found.file)
        payload = json.dumps(found.result.to_json(), ensure_ascii=True)
        row = (found.key, name, file, found.line, found.text, float(found.timeout), time.time(), payload)
        with db:
            db.execute(
                f"INSERT OR REPLACE INTO results ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?)",
                (*row, seal(self._secret, row)),
            )
            db.execute(
                "DELETE FROM results WHERE name = ?1 AND file = ?2 AND key NOT IN (SELECT key FROM results"
                " WHERE name = ?1 AND file = ?2 ORDER BY finished DESC LIMIT ?3)",
                [name, file, KEPT],
            )

    @contextmanager
    def _told(self) -> Iterator[None]:
        """What keeps the store from being used is told once, and then it is not used."""
        try:
            yield
        except (BadInput, OSError, sqlite3.Error) as error:
            self.problem = f"{self.path}: verdicts are not kept there: {_why(error)}"
            self.close()


def last(names: Iterable[str], path: Path = RESULTS) -> dict[str, Stored]:
    """The last verdict of this user on each claim of these names; nothing without a store.

    Raises BadInput for a store that cannot be read.
    """
    if not path.is_file() or path.stat().st_size == 0:
        return {}
    query = f"SELECT {_COLUMNS} FROM results WHERE name = ? ORDER BY finished DESC"
    try:
        key = secret()
        with closing(_opened(path, new=False)) as db:
            rows = {name: db.execute(query, [name]).fetchall() for name in names}
    except (BadInput, OSError, sqlite3.Error) as error:
        raise BadInput(f"{path}: its verdicts cannot be read: {_why(error)}") from None
    of_name = {name: [_stored(row, key) for row in found] for name, found in rows.items()}
    return {name: stored for name, found in of_name.items() for stored in found[::-1] if stored is not None}


def _opened(path: Path, *, new: bool = True) -> sqlite3.Connection:
    """The database in a file, made where there is none and `new`. Raises BadInput, OSError, sqlite3.Error.

    It has a log of what is written, so that one process reads while another writes, and one that is killed
    leaves nothing half done; where the system has no such log it has a journal, as usual.
    """
    if new:
        make_folder(path.parent)
    if not _require_ours(path):
        _make(path)
    frozen = not new and not os.access(path.parent, os.W_OK)
    return _connected(path, "immutable=1" if frozen else "mode=rw")


def _connected(path: Path, how: str) -> sqlite3.Connection:
    address = f"{Path(os.path.abspath(path)).as_uri()}?{how}"
    db = sqlite3.connect(address, uri=True, timeout=PATIENCE)
    db.text_factory = _text
    db.execute("PRAGMA synchronous = NORMAL")
    return db


def _make(path: Path) -> None:
    """Make a store beside the path and put it there whole; that of another process that is faster stands."""
    unfinished = path.with_name(f"{path.name}.{os.getpid()}.tmp")
    unfinished.unlink(missing_ok=True)
    try:
        with closing(_connected(unfinished, "mode=rwc")) as db:
            db.execute("PRAGMA journal_mode = WAL").fetchone()
            db.executescript(_TABLE)
        if path.exists() and path.stat().st_size == 0:
            os.replace(unfinished, path)
        else:
            os.link(unfinished, path)
    except FileExistsError:
        pass
    finally:
        unfinished.unlink(missing_ok=True)


def _require_ours(path: Path) -> bool:
    """Whether there is a store. Raises BadInput for what is there and is none of ours: it stays untouched."""
    for each in (path, *(path.with_name(f"{path.name}{end}") for end in ("-wal", "-shm", "-journal"))):
        link = link_in(each)
        if link is not None:
            raise BadInput(f"{link} is a link, and none is followed")
        with suppress(FileNotFoundError):  # another process may be done with it meanwhile
            if not stat.S_ISREG(each.stat().st_mode):
                raise BadInput(f"{each} is not a file")
    if not path.exists():
        return False
    with open(path, "rb") as file:
        header = file.read(_HEADER)
    if not header:
        return False
    if header[: len(_MAGIC)] != _MAGIC or len(header) < _HEADER:
        raise BadInput("it is something else and left as it is; move it away to have one")
    version, mark = (int.from_bytes(header[at : at + 4], "big") for at in (60, 68))
    if (version, mark) != (VERSION, MARK):
        raise BadInput("it is of another program or version and left as it is; move it away to have one")
    return True


def _why(error: Exception) -> str:
    """Why a store cannot be used; only of a damaged one it is said that it is of no use."""
    if isinstance(error, sqlite3.Error):
        code = getattr(error, "sqlite_errorcode", 0) & 0xFF  # the rest says more of the same
        more = "; it is damaged: move it away to have a new one" if code in _DAMAGED else ""
        return f"{error}{more}"
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


def _text(data: bytes) -> str:
    return data.decode("utf-8", "replace")


def _plain(text: str) -> str:
    """The text with what is no Unicode, such as a file name in another encoding, as escapes."""
    return text.encode("utf-8", "backslashreplace").decode("utf-8")


def _stored(row: tuple[Any, ...] | None, secret_: bytes) -> Stored | None:
    """A row as a verdict; None when there is none, or another has written it or changed it."""
    if row is None:
        return None
    *values, sealed = row
    if not isinstance(sealed, str) or not all(isinstance(each, str | int | float) for each in values):
        return None
    if not hmac.compare_digest(sealed.encode(), seal(secret_, values).encode()):
        return None
    key, name, file, line, text, timeout, finished, payload = values
    try:
        found = Result.from_json(str(payload))
    except BadInput:  # by another state of this version
        return None
    return Stored(
        str(key), str(name), str(file), int(line), str(text), float(timeout), found, float(finished)
    )
