"""Two texts as one, with the differences marked token by token: `[-old-]` and `{+new+}`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from difflib import SequenceMatcher
from typing import Literal, NamedTuple

from leanmirror.bridge.lean.tokens import NAME

_TOKEN = re.compile(
    rf'{NAME}|"(?:[^"\\]|\\.)*+"|\d+(?:\.\d+)?(?:[eE][+-]?\d+)?|:=|=>|[<>!]=|\S',
)
_OPEN, _CLOSE = frozenset("([{⦃⟨"), frozenset(")]}⦄⟩")

LONGEST = 4_000
"""Tokens compared; longer texts are shown one after the other."""

Mark = Literal["same", "old", "new"]


class Run(NamedTuple):
    """Neighbouring tokens, joined, that are in both texts or in one of them."""

    mark: Mark
    text: str


def tokens(text: str) -> list[str]:
    """The words, numbers, strings and symbols of a Lean text."""
    return _TOKEN.findall(text)


def _spaced(text: str) -> list[str]:
    """The tokens, each with the space before it where there is one."""
    found, end = [], 0
    for match in _TOKEN.finditer(text):
        found.append((" " if match.start() > end else "") + match[0])
        end = match.end()
    return found


def marked(old: str, new: str) -> list[Run]:
    """The runs of two texts in order; those of the new text are its tokens, with single spaces."""
    one, two = _spaced(old), _spaced(new)
    if max(len(one), len(two)) > LONGEST:
        return [Run("old", "".join(one)), Run("new", "".join(two))]
    plain = [[token.strip() for token in side] for side in (one, two)]
    runs: list[Run] = []
    at = 0  # what slid from a stretch into the difference before it is not shown twice
    for kind, i, j, k, m in SequenceMatcher(None, plain[0], plain[1], autojunk=False).get_opcodes():
        if kind == "equal":
            source, start, end = (two, k, m) if k else (one, i, j)  # what is first has no space before it
            runs.append(Run("same", "".join(source[start + at : end])))
            at = 0
            continue
        if kind == "insert":
            at = _slide(plain[1], k, m)
            runs += [Run("same", "".join(two[k : k + at])), Run("new", "".join(two[k + at : m + at]))]
        elif kind == "delete":
            at = _slide(plain[0], i, j)
            runs += [Run("same", "".join(one[i : i + at])), Run("old", "".join(one[i + at : j + at]))]
        else:
            runs += [Run("old", "".join(one[i:j])), Run("new", "".join(two[k:m]))]
    return list(_bridged(run for run in runs if run.text))


def _slide(tokens: list[str], start: int, end: int) -> int:
    """How far to the right an insertion reads the same, when that closes the brackets that it opens."""
    for by in range(min(end - start, len(tokens) - end) + 1):
        if by and tokens[start + by - 1] != tokens[end + by - 1]:
            break
        if _balanced(tokens[start + by : end + by]):
            return by
    return 0


def _balanced(tokens: list[str]) -> bool:
    depth = 0
    for token in tokens:
        depth += (token in _OPEN) - (token in _CLOSE)
        if depth < 0:
            return False
    return depth == 0


def _bridged(runs: Iterable[Run]) -> Iterator[Run]:
    """Runs where a lone bracket or comma between two differences belongs to both: less to read."""
    found = list(runs)
    at = 0
    while at < len(found):
        old, new = "", ""
        start = at
        while at < len(found):
            run = found[at]
            lone = run.mark == "same" and old + new and at + 1 < len(found) and _is_slight(run.text)
            if run.mark == "same" and not lone:
                break
            old += run.text if run.mark != "new" else ""
            new += run.text if run.mark != "old" else ""
            at += 1
        if old:
            yield Run("old", old)
        if new:
            yield Run("new", new)
        if at < len(found):
            yield found[at]
        at = max(at + 1, start + 1)


def _is_slight(text: str) -> bool:
    return len(text.strip()) == 1 and not text.strip().isalnum()


SIGNS = {"old": ("[-", "-]"), "new": ("{+", "+}"), "same": ("", "")}
COLOURS = {"old": "\x1b[31m", "new": "\x1b[32m", "same": ""}
RESET = "\x1b[0m"

KEPT = 12
"""Words shown of an unchanged stretch, next to a difference, when the text is long."""


def lines(
    old: str, new: str, width: int = 80, indent: str = "    ", *, colour: bool = False, whole: bool = False
) -> list[str]:
    """Both texts as one with marks, wrapped between words; long stretches that are the same are cut.

    `whole`: nothing is cut. In colour the marks are kept, so that a copied text says the same.
    """
    runs = [run for run in marked(old, new) if run.text]
    if not whole:
        runs = list(_cut(runs))
    pieces = [piece for run in runs for piece in _pieces(run)]
    return _wrapped(pieces, width - len(indent), indent, colour)


def _cut(runs: list[Run]) -> Iterator[Run]:
    for at, run in enumerate(runs):
        words = run.text.split(" ")
        if run.mark != "same" or len(words) <= 2 * KEPT + 4:
            yield run
            continue
        head = " ".join(words[:KEPT]) if at else ""
        tail = " ".join(words[-KEPT:]) if at + 1 < len(runs) else ""
        yield Run("same", f"{head} …{' ' if tail else ''}{tail}" if head else f"… {tail}")


class _Piece(NamedTuple):
    """What is not broken over lines: a word with its mark, and whether a space stands before it."""

    mark: Mark
    text: str
    space: bool


def _pieces(run: Run) -> Iterator[_Piece]:
    open_, close = SIGNS[run.mark]
    space = run.text.startswith(" ")
    words = run.text.split()
    for at, word in enumerate(words):
        text = (open_ if at == 0 else "") + word + (close if at == len(words) - 1 else "")
        yield _Piece(run.mark, text, space if at == 0 else True)


def _wrapped(pieces: list[_Piece], width: int, indent: str, colour: bool) -> list[str]:
    """The pieces in lines; two that no space divides stay together, unless a difference begins between them
    and the line would be too long."""
    rows: list[str] = []
    row, length = "", 0
    for at, piece in enumerate(pieces):
        space = piece.space or (piece.mark != "same" and at > 0 and pieces[at - 1].mark not in ("same",))
        needed = len(piece.text) + (1 if space and row else 0)
        if row and length + needed > width and (space or length + needed > 2 * width):
            rows.append(indent + row)
            row, length, space = "", 0, False
        gap = " " if space and row else ""
        text = f"{COLOURS[piece.mark]}{piece.text}{RESET}" if colour and COLOURS[piece.mark] else piece.text
        row += gap + text
        length += len(gap) + len(piece.text)
    return [*rows, indent + row] if row else rows
