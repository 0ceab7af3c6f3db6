"""Text going out and coming in: JSON read strictly, files written whole or not at all, names made visible."""

from __future__ import annotations

import json
import math
import os
import re
import stat
import sys
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from leanmirror.spec.errors import BadInput

LARGEST = 256 * 1024 * 1024
"""Bytes of a document; the largest pages and lists that doc-gen4 makes for Mathlib are a quarter of it."""


def shown(text: str, most: int = 200) -> str:
    """The text in one line, cut when long; controls, zero-width and direction marks appear as code points."""
    cut = text if len(text) <= most else text[: most - 1] + "…"
    return "".join(char if char.isprintable() else f"<U+{ord(char):04X}>" for char in cut)


def safe(text: str, *, colours: bool = False) -> str:
    """Text of any number of lines as it may be printed: it moves no cursor and is no command to a service.

    It stays as it is but for what `shown` shows as code points; with `colours`, what sets a colour stays too.
    """
    pieces = _COLOUR.split(text) if colours else [text]
    for at in range(0, len(pieces), 2):  # every other one is what sets a colour
        pieces[at] = _UNUSUAL.sub(lambda found: shown(found[0]), pieces[at])
    return without_commands("".join(pieces), lambda letter: f"<U+{ord(letter):04X}>")


def without_commands(text: str, written: Callable[[str], str]) -> str:
    """The text with nothing in it that a service which shows it in a log takes for a command.

    `::stop-commands::` at the start of a line, `##[group]` and `##vso[…]` anywhere: the first letter is then
    as `written` gives it.
    """
    return _COMMAND.sub(lambda found: f"{found[1] or ''}{written(found[2] or found[3])}", text)


_COLOUR = re.compile("(\x1b\\[[0-9;]*m)")
_UNUSUAL = re.compile("[^\n -~]")
_COMMAND = re.compile("^((?:[^\\S\n]|\x1b\\[[0-9;]*m)*)(:)(?=:)|(#)(?=#\\w*\\[)", re.MULTILINE)


def as_json(document: Mapping[str, Any]) -> str:
    """The document as JSON text: one value per line, no NaN, Lean's letters as they are.

    Raises ValueError when a number is not finite.
    """
    text = json.dumps(document, ensure_ascii=False, allow_nan=False, indent=1) + "\n"
    text = _UNUSUAL.sub(
        lambda found: found[0] if found[0].isprintable() else json.dumps(found[0])[1:-1], text
    )
    return _COMMAND.sub(lambda found: f"{found[1] or ''}\\u{ord(found[2] or found[3]):04x}", text)


def write_json(target: str | os.PathLike[str], document: Mapping[str, Any]) -> None:
    """Write a JSON document to a file, or to standard output when the target is `-`.

    Raises OSError when the file cannot be written; then what stood there before still stands.
    """
    write_target(target, as_json(document))


def write_target(target: str | os.PathLike[str], text: str) -> None:
    """Write a text to a file, as `write_text` does, or to standard output when the target is `-`."""
    if os.fspath(target) == "-":
        sys.stdout.write(safe(text))
        sys.stdout.flush()
    else:
        write_text(target, text)


def write_text(target: str | os.PathLike[str], text: str) -> None:
    """Replace a file by a new text in one step: a reader sees the old text or the new one, never half of it.

    Links are followed. A pipe or a device is written to as it is.
    """
    path = os.path.realpath(target)
    if os.path.exists(path) and not os.path.isfile(path):
        with open(path, "w", encoding="utf-8") as device:
            device.write(text)
        return
    unfinished = f"{path}.{os.getpid()}.tmp"
    try:
        with open(unfinished, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(unfinished, path)
    except BaseException:
        if os.path.exists(unfinished):
            os.unlink(unfinished)
        raise


def leftovers(folder: str | os.PathLike[str]) -> Iterator[str]:
    """Files that `write_text` began in a folder in processes that are no more."""
    for name in os.listdir(folder) if os.path.isdir(folder) else ():
        *_, process, ending = ("", *name.rsplit(".", 2))
        if ending == "tmp" and process.isdecimal() and process.isascii() and not _lives(int(process)):
            yield os.path.join(folder, name)


def _lives(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # it is another user's
        return True
    return True


def read_bytes(path: str | os.PathLike[str], most: int) -> bytes:
    """What is in a file; its size is looked at before it is read, and a pipe or a device is not opened.

    Raises BadInput for what is no file and for more than `most` bytes, OSError where it cannot be read.
    """
    found = os.stat(path)
    if not stat.S_ISREG(found.st_mode):
        raise BadInput("a folder, a pipe or a device, and no file")
    with open(path, "rb") as file:
        data = b"" if found.st_size > most else file.read(most + 1)
    if max(found.st_size, len(data)) > most:
        raise BadInput(f"more than {most} bytes")
    return data


LONGEST_INTEGER = 4300
"""Digits of a whole number in a document, whatever this process may read elsewhere."""


def read_json(path: str | os.PathLike[str]) -> Any:
    """The value in a JSON file, read strictly.

    Raises BadInput when it is not JSON, repeats a key, or holds a number that is not finite or half of a
    surrogate pair, and OSError when it cannot be read.
    """
    try:
        data = read_bytes(path, LARGEST)
    except BadInput as error:
        raise BadInput(f"{shown(os.fspath(path))}: {error}") from None
    return parse_json(data, os.fspath(path))


def parse_json(data: bytes | str, where: str = "JSON") -> Any:
    """The value of a JSON text, read strictly; `where` names the text in errors.

    Raises BadInput as `read_json` does.
    """
    doubtful: list[str] = []

    def number(word: str) -> float:
        value = float(word)
        if not math.isfinite(value):
            doubtful.append(word)
        return value

    def integer(word: str) -> int:
        if len(word) > LONGEST_INTEGER:
            raise ValueError(f"a number of {len(word)} digits")
        return int(word)

    try:
        text = data if isinstance(data, str) else data.decode("utf-8")
        value = json.loads(
            text, object_pairs_hook=_object, parse_int=integer, parse_float=number, parse_constant=number
        )
        # Only then is the walk through all values, which finds the key, worth its time.
        if doubtful or "\\ud" in text or "\\uD" in text:
            for key, leaf in _leaves(value):
                _require_plain(key, leaf)
    except BadInput as error:
        raise BadInput(f"{shown(where)}: {error}") from None
    except RecursionError:
        raise BadInput(f"{shown(where)}: nested too deeply") from None
    except ValueError as error:
        raise BadInput(f"{shown(where)}: not JSON: {shown(str(error))}") from None
    return value


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        seen: set[str] = set()
        for key, _ in pairs:
            if key in seen:
                raise BadInput(f"the key '{shown(key)}' stands twice in one object")
            seen.add(key)
    return found


def _require_plain(key: str, leaf: Any) -> None:
    if isinstance(leaf, float) and not math.isfinite(leaf):
        raise BadInput(f"the number at key '{shown(key)}' is not finite")
    if isinstance(leaf, str) and not leaf.isascii() and any("\ud800" <= char <= "\udfff" for char in leaf):
        raise BadInput(f"half of a surrogate pair at key '{shown(key)}'")


def _leaves(value: Any) -> Iterator[tuple[str, Any]]:
    """Every value inside a JSON value that holds no others, and every key, with the nearest key above it."""
    pending = [("", value)]
    while pending:
        above, item = pending.pop()
        if isinstance(item, dict):
            pending.extend((name, name) for name in item)
            pending.extend(item.items())
        elif isinstance(item, list):
            pending.extend((above, element) for element in item)
        else:
            yield above, item
