"""Which repository and commit a folder is a checkout of, read from git's files: no program is run in it."""

from __future__ import annotations

import os
import re
from pathlib import Path

_COMMIT = re.compile(r"[0-9a-f]{40}")
_REMOTE = re.compile(r'\[remote "origin"\][^\[]*?\n\s*url\s*=\s*(\S+)')
_ADDRESS = re.compile(
    r"(?:(?:https|ssh|git)://)?(?:[^@/]*@)?(?P<host>[\w.-]+)(?::\d+)?[:/](?P<path>[\w./-]+?)(?:\.git)?/?"
)


def origin(tree: Path) -> tuple[str | None, str | None]:
    """Repository (`host/owner/name`) and commit of a checkout; None for what its files do not say."""
    git, shared = _folders(tree)
    commit = _commit(git, shared)
    url = _REMOTE.search(_read(shared / "config"))
    address = _ADDRESS.fullmatch(url[1]) if url else None
    repository = f"{address['host']}/{address['path'].strip('/')}" if address else None
    return repository, commit if _COMMIT.fullmatch(commit) else None


def _folders(tree: Path) -> tuple[Path, Path]:
    """Where git keeps what is of this checkout, and what all checkouts of its repository share.

    Beside a repository's first checkout stand worktrees, whose `.git` is a file with the path of a folder
    that names them in return; a file that leads elsewhere is not followed.
    """
    git = tree / ".git"
    named = _read(git).strip()
    if not named.startswith("gitdir: "):
        return git, git
    own = tree / named.removeprefix("gitdir: ")
    back = _read(own / "gitdir").strip()
    if not back or os.path.realpath(own / back) != os.path.realpath(git):
        return git, git
    return own, own / (_read(own / "commondir").strip() or ".")


def _commit(git: Path, shared: Path) -> str:
    head = _read(git / "HEAD").strip()
    reference = head.removeprefix("ref: ")
    if reference == head or ".." in reference:
        return head
    pairs = (line.split(" ", 1) for line in _read(shared / "packed-refs").splitlines() if " refs/" in line)
    packed = {name: commit for commit, name in pairs}
    return _read(git / reference).strip() or _read(shared / reference).strip() or packed.get(reference, "")


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
