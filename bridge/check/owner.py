"""Whose verdicts a store holds: each is sealed with a key that stands outside of every repository.

A store that comes with a repository is another's, whatever it says. The key is made once for a user, in the
folder for the state of programs; a service that has no such folder gives one in LEANMIRROR_STORE_KEY.
"""

from __future__ import annotations

import hmac
import json
import os
import secrets
from collections.abc import Sequence
from pathlib import Path

from leanmirror.spec.errors import BadInput

VARIABLE = "LEANMIRROR_STORE_KEY"
LENGTH = 32


def secret() -> bytes:
    """The key of this user, made where there is none. Raises BadInput where none can be had."""
    given = os.environ.get(VARIABLE, "")
    if given:
        return given.encode("utf-8", "surrogateescape")
    path = state_folder() / "store.key"
    try:
        if not path.exists():
            _make(path)
        found = path.read_bytes()
        if len(found) != LENGTH or path.stat().st_uid != os.geteuid():
            raise BadInput(f"{path} is not a key of this user: move it away")
    except OSError as error:
        raise BadInput(f"no key to seal them with in {path.parent} ({error.strerror or error})") from None
    return found


def state_folder() -> Path:
    """Where programs of this user keep what outlives them."""
    given = os.environ.get("XDG_STATE_HOME", "")
    base = Path(given) if os.path.isabs(given) else Path(os.path.expanduser("~"), ".local", "state")
    return base / "leanmirror"


def _make(path: Path) -> None:
    """Write a new key in one step; that of another process that is faster stands."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    unfinished = path.with_suffix(f".{os.getpid()}.tmp")
    descriptor = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_NOFOLLOW, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(LENGTH))
        if not path.exists():
            os.link(unfinished, path)
    except FileExistsError:
        pass
    finally:
        os.unlink(unfinished)


def seal(key: bytes, values: Sequence[str | int | float]) -> str:
    """What nobody can write under these values who has not the key."""
    return hmac.new(key, json.dumps(list(values)).encode(), "sha256").hexdigest()
