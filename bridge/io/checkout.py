"""Which repository and commit a folder is a checkout of, read from git's files: no program is run in it."""

from __future__ import annotations

import re
from pathlib import Path

_COMMIT = re.compile(r"[0-9a-f]{40}")
_REMOTE = re.compile(r'\[remote "origin"\][^\[]*?\n\s*url\s*=\s*(\S+)')
_ADDRESS = re.compile(
    r"(?:(?:https|ssh|git)://)?(?:[^@/]*@)?(?P<host>[\w.-]+)(?::\d+)?[:/](?P<path>[\w./-]+?)(?:\.git)?/?"
)


def origin(tree: Path) -> tuple[str | None, str | None]:
    """Repository (`host/owner/name`) and commit of a checkout; None for what its files do not say."""
    git = tree / ".git"
    commit = _commit(git)
    url = _REMOTE.search(_read(git / "config"))
    address = _ADDRESS.fullmatch(url[1]) if url else None
    repository = f"{address['host']}/{address['path'].strip('/')}" if address else None
    return repository, commit if _COMMIT.fullmatch(commit) else None


def _commit(git: Path) -> str:
    head = _read(git / "HEAD").strip()
    reference = head.removeprefix("ref: ")
    if reference == head or ".." in reference:
        return head
    pairs = (line.split(" ", 1) for line in _read(git / "packed-refs").splitlines() if " refs/" in line)
    packed = {name: commit for commit, name in pairs}
    return _read(git / reference).strip() or packed.get(reference, "")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
