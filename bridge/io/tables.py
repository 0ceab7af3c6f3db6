"""Tables of plain text: columns that fit a terminal, and lines of any length elsewhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import combining, east_asian_width

from leanmirror.bridge.io.output import shown
from leanmirror.bridge.io.terminal import Paint, plain, room

GAP = "  "
WANTED = 36
"""Letters of a name for which columns of counts are given up."""
LEAST = 12
"""Letters of a name that stay, whatever the width."""
USUAL = 60
"""Letters of a name in a file: longer ones push the rest of their own row only."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column: numbers stand to the `right`; a `name` is cut from the left where room is short.

    Where it is, columns of the highest `rank` are left out first; those of rank 0 stay.
    """

    title: str
    right: bool = False
    name: bool = False
    rank: int = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell in a style."""

    text: str
    style: str = ""


def table(
    columns: Sequence[Column],
    rows: Sequence[Sequence[str | Cell]],
    *,
    width: int | None = None,
    paint: Paint = plain,
) -> list[str]:
    """The lines of a table, its head first; `width` is that of the terminal unless it is given."""
    width = room() if width is None else width
    cells = [[Cell(column.title) for column in columns], *([_cell(each) for each in row] for row in rows)]
    natural = [max(letters(row[at].text) for row in cells) for at in range(len(columns))]
    widths = _widths(columns, natural, _kept(columns, natural, width), width)
    if width is not None:
        cells = [
            [_cut(cell, widths.get(at, 0)) if columns[at].name else cell for at, cell in enumerate(row)]
            for row in cells
        ]
    return [_line(columns, row, widths, paint) for row in cells]


def _cell(given: str | Cell) -> Cell:
    cell = Cell(given) if isinstance(given, str) else given
    return Cell(shown(cell.text, 10_000), cell.style)


def letters(text: str) -> int:
    """The columns that a text takes on a terminal."""
    if text.isascii():
        return len(text)
    return sum(0 if combining(each) else 1 + (east_asian_width(each) in "WF") for each in text)


def _kept(columns: Sequence[Column], natural: Sequence[int], width: int | None) -> list[int]:
    """The columns for which there is room, by number."""
    kept = list(range(len(columns)))
    while width is not None:
        needed = [min(natural[at], WANTED) if columns[at].name else natural[at] for at in kept]
        worst = max(kept, key=lambda at: (columns[at].rank, at))
        if sum(needed) + len(GAP) * (len(kept) - 1) <= width or columns[worst].rank == 0:
            break
        kept.remove(worst)
    return kept


def _widths(
    columns: Sequence[Column], natural: Sequence[int], kept: Sequence[int], width: int | None
) -> dict[int, int]:
    """The letters of each column: names share the room that the others leave."""
    named = [at for at in kept if columns[at].name]
    if width is None:
        return {at: min(natural[at], USUAL) if at in named else natural[at] for at in kept}
    left = width - sum(natural[at] for at in kept if at not in named) - len(GAP) * (len(kept) - 1)
    found = {at: natural[at] for at in kept}
    for count, at in enumerate(sorted(named, key=lambda at: natural[at])):
        found[at] = max(LEAST, min(natural[at], left // (len(named) - count)))
        left -= found[at]
    return found


def _line(columns: Sequence[Column], row: Sequence[Cell], widths: dict[int, int], paint: Paint) -> str:
    parts: list[str] = []
    for at, most in widths.items():
        space = " " * max(0, most - letters(row[at].text))
        painted = paint(row[at].text, row[at].style)
        parts.append(space + painted if columns[at].right else painted + space)
    return GAP.join(parts).rstrip()


def _cut(cell: Cell, most: int) -> Cell:
    """The cell with no more letters than that: the end of a name tells more than its start."""
    text = cell.text
    if letters(text) <= most:
        return cell
    while text and letters(text) > most - 1:
        text = text[1:]
    return Cell(f"…{text}", cell.style)
