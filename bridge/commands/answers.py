"""What a command gives back: a status, a text or a document, a complaint in one or two plain lines."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

FINE, WRONG, BAD, UNDECIDED, FAULT, INTERRUPTED, PIPE_CLOSED = 0, 1, 2, 3, 4, 130, 141
"""Exit statuses: nothing wrong; refuted or out of step; bad usage or input; not decided, where that was asked
to count; a fault of ours; interrupted; nobody reads any more."""


def answer(
    json_file: str | None,
    document: Callable[[], dict[str, Any]],
    text: Callable[[], str],
    *,
    quiet: bool = False,
) -> None:
    """Write the document where a file is named; print the text unless that file is standard output.

    `quiet`: something else is on standard output.
    """
    if json_file is not None:
        from leanmirror.bridge.io.output import write_json

        write_json(json_file, document())
    if json_file != "-" and not quiet:
        from leanmirror.bridge.io.terminal import folded, room, say

        say(folded(text(), room()))


def written(write: Callable[[], None]) -> int:
    """Write a file; one that cannot be written is told, and what was found is shown all the same."""
    try:
        write()
    except BrokenPipeError:
        raise
    except OSError as error:
        return complain(": ".join(filter(None, (error.filename, error.strerror or str(error)))))
    return FINE


def complain(message: str, where: str = "leanmirror") -> int:
    """Say on standard error what is bad about the input, and give the status of that."""
    from leanmirror.bridge.io.output import shown
    from leanmirror.bridge.io.terminal import say

    first, *rest = message.splitlines() or [""]
    second = " ".join(rest)
    lines = [f"{where}: {shown(first, 1000)}", *([shown(second, 1000)] if second else [])]
    say("\n".join(lines), errors=True)
    return BAD
