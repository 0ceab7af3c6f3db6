"""Files of a source: found under the root only, read whole, as text or with one line that says why not."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from leanmirror.bridge.io.guard import guarded
from leanmirror.bridge.io.output import LARGEST, read_bytes, shown
from leanmirror.spec.errors import BadInput, LeanMirrorError

T = TypeVar("T")


def text_of(path: Path) -> str:
    """The text of a file, without a byte order mark. Raises BadInput where it is no UTF-8 or too long."""
    try:
        data = read_bytes(path, LARGEST)
    except BadInput as error:
        raise BadInput(f"{shown(os.fspath(path))}: {error}") from None
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        hint = " (UTF-16?)" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else ""
        place = f"the byte 0x{data[error.start]:02X} at offset {error.start}"
        raise BadInput(f"{shown(os.fspath(path))}: {place} is not UTF-8{hint}") from None


def each_file(
    root: Path, paths: Iterable[Path], read: Callable[[Path, Path], T], problems: list[str]
) -> Iterator[T]:
    """What `read(root, path)` gives for each path under the root; one that fails is one of the `problems`."""
    for path in paths:
        found = _tried(root, path, read)
        if isinstance(found, _Unread):
            problems.append(found.why)
        else:
            yield found


@dataclass(frozen=True, slots=True)
class _Unread:
    why: str


def _tried(root: Path, path: Path, read: Callable[[Path, Path], T]) -> T | _Unread:
    def tried() -> T | _Unread:
        try:
            return read(root, path)
        except LeanMirrorError as error:
            return _Unread(str(error))
        except OSError as error:
            return _Unread(f"{place}: {error.strerror or error}")

    place = shown(os.fspath(root / path))
    return guarded(tried, lambda told: _Unread(f"{place}: {told}"))


def rooted(path: str | os.PathLike[str]) -> Path:
    """The path of a source; one with `..` is the place that it leads to, links followed.

    Raises BadInput for one that does not exist.
    """
    found = Path(os.path.realpath(path)) if ".." in Path(path).parts else Path(path)
    if not found.exists():
        raise BadInput(f"{shown(os.fspath(path))}: no such file or folder")
    return found
