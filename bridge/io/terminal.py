"""Where text is printed to: how wide that is, whether it shows colours, and long lines folded for it."""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable

from leanmirror.bridge.io.output import safe, shown

NARROWEST, WIDEST = 60, 120
STYLES = {"bold": "1", "red": "1;31", "green": "32", "yellow": "33", "magenta": "35"}

Paint = Callable[[str, str], str]
"""A text in a style: a key of STYLES, or nothing for as it is."""

_LABEL = re.compile(r" *\S+(?: \S+)? {2,}")
"""What stands before the text of a line in lists such as that of `trace`."""
_LONGEST_LABEL = 24


def on_terminal() -> bool:
    """Whether standard output is a terminal that can do more than plain lines."""
    return sys.stdout.isatty() and os.environ.get("TERM") != "dumb"


def room() -> int | None:
    """Columns to write to on a terminal, from 60 to 120; None elsewhere, where lines may have any length."""
    if not on_terminal():
        return None
    from shutil import get_terminal_size  # here, since it loads compressors that a start would wait for

    return max(NARROWEST, min(WIDEST, get_terminal_size().columns))


def coloured() -> bool:
    """Whether to write colours: on terminals, unless NO_COLOR is set; elsewhere, where FORCE_COLOR is."""
    if os.environ.get("NO_COLOR"):
        return False
    return bool(os.environ.get("FORCE_COLOR")) or on_terminal()


def plain(text: str, style: str) -> str:
    """The text as it is, whatever its style."""
    return text


def ansi(text: str, style: str) -> str:
    """The text in a style, for a terminal."""
    return f"\x1b[{STYLES[style]}m{text}\x1b[0m" if style else text


def painter() -> Paint:
    """How texts are painted where standard output goes."""
    return ansi if coloured() else plain


def say(text: str, *, errors: bool = False) -> None:
    """Print lines of text, on standard error if they are `errors`: the one way out for what people read."""
    print(safe(text, colours=coloured() and not errors), file=sys.stderr if errors else sys.stdout)


def announce(commands: str) -> None:
    """Print lines that are commands to the service that runs us, and are meant to be."""
    print("".join(char if char.isprintable() or char == "\n" else shown(char) for char in commands))


def folded(text: str, width: int | None) -> str:
    """The text with long lines folded at spaces, below the start of what they say; words stay whole."""
    if width is None:
        return text
    return "\n".join(part for line in text.split("\n") for part in _folded(line, width))


def _folded(line: str, width: int) -> list[str]:
    from textwrap import wrap  # here, since only a terminal needs it

    if len(line) <= width or "\x1b" in line:
        return [line]
    label = _LABEL.match(line)
    if label and label.end() <= _LONGEST_LABEL:
        start, inner = line[: label.end()], label.end()
    else:
        start = line[: len(line) - len(line.lstrip())]
        inner = len(start) + 2
    below = " " * inner
    text = line[len(start) :]
    return wrap(
        text,
        width,
        initial_indent=start,
        subsequent_indent=below,
        break_long_words=False,
        break_on_hyphens=False,
    )
