"""Docstrings without headers, given names by order: between two known headers, where one choice is left.

A definition or type ends with a marker (`Instances For`), a theorem does not. So the markers between two
headers count the definitions there, and the paragraphs before a marker belong to the last of them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from leanmirror.bridge.sources.indexed import Indexed

MARKED = frozenset(("def", "abbrev", "structure", "class", "inductive", "opaque"))
"""The kinds of declarations that a marker follows."""


@dataclass(frozen=True, slots=True)
class Item:
    """A `header`, `marker`, `paragraph` or `title` of a page, its line, and name and kind of a header."""

    what: str
    line: int
    name: str = ""
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Gap:
    """Declarations that could not be named: how many at least, where, and the names that there are."""

    line: int
    count: int
    names: tuple[str, ...]


@dataclass(slots=True)
class _Section:
    """The paragraphs up to a marker, and its line; the last section between two headers has none."""

    paragraphs: list[int]
    marker: int = 0


def matched(items: Sequence[Item], reference: Sequence[Indexed]) -> tuple[dict[int, str], list[Gap]]:
    """Line on the page → name, and what stays without. The reference is in the order of the page."""
    positions = {each.name: i for i, each in enumerate(reference)}
    names: dict[int, str] = {}
    gaps: list[Gap] = []
    header, between = Item("header", 1), list[Item]()
    start: int | None = -1
    for item in (*items, Item("header", 0)):
        if item.what != "header":
            between.append(item)
            continue
        end = positions.get(item.name) if item.line else len(reference)
        known = None if start is None or end is None or start >= end else reference[start + 1 : end]
        _between(header, between, known, names, gaps)
        header, between, start = item, [], end
    return names, gaps


def _between(
    header: Item, items: list[Item], known: Sequence[Indexed] | None, names: dict[int, str], gaps: list[Gap]
) -> None:
    """Name what stands between a header and the next; `known` is None where the order says nothing."""
    sections = _sections(items)
    closed = header.kind in MARKED and sections[0].marker > 0
    if closed:  # up to its marker all is the header's own
        sections = sections[1:]
    marks = sum(section.marker > 0 for section in sections)
    if known is None or marks != sum(each.kind in MARKED for each in known):
        if marks:
            gaps.append(Gap(_start(sections, header), marks, tuple(each.name for each in known or ())))
        return
    rest = list(known)
    for i, section in enumerate(sections):
        _name(section, _taken(rest, section.marker > 0), closed or i > 0, header.line, names, gaps)


def _start(sections: list[_Section], header: Item) -> int:
    return next((line for section in sections for line in section.paragraphs), header.line)


def _sections(items: list[Item]) -> list[_Section]:
    found = [_Section([])]
    for item in items:
        if item.what == "marker":
            found[-1].marker = item.line
            found.append(_Section([]))
        elif item.what == "paragraph":
            found[-1].paragraphs.append(item.line)
    return found


def _taken(rest: list[Indexed], marked: bool) -> list[Indexed]:
    """Take the declarations of a section: the theorems up to a definition, and that too if it is marked."""
    count = 0
    while count < len(rest) and rest[count].kind not in MARKED:
        count += 1
    count += marked
    here, rest[:count] = rest[:count], []
    return here


def _name(
    section: _Section,
    here: list[Indexed],
    only: bool,
    after: int,
    names: dict[int, str],
    gaps: list[Gap],
) -> None:
    """Name the declarations of a section; `only` says that its paragraphs belong to nothing else.

    The definition before a marker is certain; the theorems before it are where each has one paragraph.
    """
    lines = section.paragraphs
    if only and len(lines) == len(here):
        names |= {line: each.name for line, each in zip(lines, here, strict=True)}
        return
    if section.marker:
        names[lines[-1] if lines else section.marker] = here.pop().name
    if here:
        line = lines[0] if lines else section.marker or after
        gaps.append(Gap(line, len(here), tuple(each.name for each in here)))
