"""A doc-gen4 page, or the header of one declaration in its JSON, as HTML to plain parts.

Names in a page are shortened, but each links to what it means; the parts have them in full again.

Tags are found by one pattern, which reads every character once. The parser of Python's library needs time
that grows with the square of the text where tags, comments or quotation marks are not closed, and it stops
with an AssertionError at `<![`.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html import unescape
from typing import Final
from urllib.parse import unquote

VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
_SKIPPED = frozenset(("attributes", "structure_field_doc", "inductive_ctor_doc", "inherited_field"))
_LINES = re.compile(r"#L(\d{1,9})")

_TITLE = re.compile(r"<title>([^<]*)</title>", re.IGNORECASE)
_TAG = re.compile(r"""<(/?)([A-Za-z][\w:-]*)((?:[^<>"']|"[^"<]*"|'[^'<]*')*+)>""")
_ATTRIBUTE = re.compile(r"""(?<![^\s"'/])([^\s"'=<>/]++)\s*+=\s*+(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+))""")
_READ = frozenset(("decl_header", "decl_kind", "field", "constructor"))
_FIRST = re.compile(r'<div\b[^<>]*?\bclass="decl\b')

Piece = tuple[str, str]
"""A text, and the declaration that it links to, or nothing."""


@dataclass(slots=True)
class Part:
    """One declaration of a page: its name, its kind as shown, the text after the name, its fields."""

    name: str
    kind: list[str] = field(default_factory=list)
    head: list[Piece] = field(default_factory=list)
    fields: list[list[Piece]] = field(default_factory=list)
    constructors: list[list[Piece]] = field(default_factory=list)
    source: str = ""

    @property
    def line(self) -> int:
        """The line in the Lean file that the source link leads to; 0 without one."""
        found = _LINES.search(self.source)
        return int(found.group(1)) if found else 0

    @property
    def file(self) -> str:
        """The Lean file that the source link leads to, in its repository; empty without one."""
        return source_file(self.source)


def source_file(link: str) -> str:
    """The path in a repository of `https://host/owner/name/blob/commit/path#L1`; empty for any other link."""
    found = re.fullmatch(r"https://[^/\s]+/[^/\s]+/[^/\s]+/blob/[^/\s]+/([^#?\s]+\.lean)(#\S*)?", link)
    if found is None or ".." in found.group(1).split("/"):
        return ""
    return unquote(found.group(1))


@dataclass(slots=True)
class _Open:
    """An open element: what the text in it belongs to, and the link around it."""

    tag: str
    role: str
    link: str


_OUTSIDE: Final = _Open("", "", "")


class Page:
    """Reads a page; `parts` and `title` are there after `feed`."""

    def __init__(self, header_of: str | None = None) -> None:
        self.parts: list[Part] = []
        self.title = ""
        self.stack: list[_Open] = []
        self.count: Counter[str] = Counter()
        self.part: Part | None = None
        if header_of is not None:
            self.part = Part(header_of)
            self.parts.append(self.part)

    def feed(self, text: str) -> None:
        """Read a text. What looks like a tag and is none is text."""
        at = 0
        for found in _TAG.finditer(text):
            if found.start() > at:
                self._text(text[at : found.start()])
            at = found.end()
            closes, tag, attributes = found.groups()
            if closes:
                self._close(tag.lower())
            else:
                self._open(tag.lower(), attributes)
        self._text(text[at:])

    def _open(self, tag: str, attributes: str) -> None:
        """Note what the text of an element belongs to."""
        outer = self.stack[-1] if self.stack else _OUTSIDE
        role, link = outer.role, outer.link
        if tag == "title" and self.part is None:
            role = "title"
        elif self.part is not None or tag == "div":  # the rest of a page is none of ours
            given = _attributes(attributes) if attributes else {}
            classes = given.get("class", "").split()
            if tag == "a":
                link = self._link(given.get("href", ""), role)
            elif classes and role != "skipped":
                role = self._role(classes, given.get("id", ""), role)
        if tag not in VOID:
            self.stack.append(_Open(tag, role, link))
            self.count[tag] += 1

    def _role(self, classes: list[str], name: str, role: str) -> str:
        if "decl" in classes and name:
            self.part = Part(name)
            self.parts.append(self.part)
            return "declaration"
        if self.part is None:
            return role
        if not _SKIPPED.isdisjoint(classes):
            return "skipped"
        if "constructor" in classes:
            self.part.constructors.append([])
            return "constructor"
        if "structure_field" in classes:
            self.part.fields.append([])
            return "field"
        for each in classes:
            if each in ("decl_header", "decl_kind", "decl_name", "gh_link"):
                return "decl_name" if role == "decl_name" else each
        return role

    def _link(self, href: str, role: str) -> str:
        if role == "gh_link" and self.part is not None:
            self.part.source = href
        return unquote(href.partition("#")[2])

    def _close(self, tag: str) -> None:
        """Close the element and what is still open in it; a tag that closes nothing means nothing."""
        if not self.count[tag]:
            return
        while True:
            closed = self.stack.pop()
            self.count[closed.tag] -= 1
            if closed.role == "declaration" and (not self.stack or self.stack[-1].role != "declaration"):
                self.part = None
            if closed.tag == tag:
                return

    def _text(self, text: str) -> None:
        """Give a text to what it belongs to."""
        top = self.stack[-1] if self.stack else _OUTSIDE
        if top.role == "title":
            self.title += unescape(text)
        elif self.part is None or top.role not in _READ:
            return
        elif top.role == "decl_header":
            self.part.head.append((unescape(text), top.link))
        elif top.role == "decl_kind":
            self.part.kind.append(unescape(text))
        elif top.role == "field":
            self.part.fields[-1].append((unescape(text), top.link))
        else:
            self.part.constructors[-1].append((unescape(text), top.link))


def _attributes(text: str) -> dict[str, str]:
    return {
        name.lower(): unescape(one or other or bare) for name, one, other, bare in _ATTRIBUTE.findall(text)
    }


def page_of(text: str) -> Page:
    """A whole page. What stands before its first declaration, but for the title, is not looked at."""
    page = Page()
    title, first = _TITLE.search(text), _FIRST.search(text)
    if first is not None:
        page.title = unescape(title.group(1)) if title is not None and title.end() <= first.start() else ""
        text = text[first.start() :]
    # Equations and lists of instances are most of many pages, and none of ours.
    page.feed(_without(_without(text, "<!--", "-->"), "<details", "</details>"))
    return page


def _without(text: str, start: str, end: str) -> str:
    """The text without what stands between these two; what has no end stays."""
    kept: list[str] = []
    at = 0
    while (found := text.find(start, at)) >= 0 and (close := text.find(end, found)) >= 0:
        kept.append(text[at:found])
        at = close + len(end)
    return "".join([*kept, text[at:]])


def header_of(name: str, html: str) -> Part:
    """The header of one declaration, as the JSON of a module holds it."""
    page = Page(name)
    page.feed(html)
    return page.parts[0]


def plain(pieces: list[Piece]) -> str:
    """The text in one line, names in full where a link says what they mean.

    What follows a dot, and what is no end of the name that it links to (`ℕ` for `Nat`, an operator), stays as
    it is shown.
    """
    texts: list[str] = []
    last = ""
    for text, link in pieces:
        shown = _full(text, link) if link and not last.endswith(".") else text
        texts.append(shown)
        last = shown or last
    return " ".join("".join(texts).split())


def _full(text: str, link: str) -> str:
    core = text.strip()
    sign = "@" if core.startswith("@") else ""
    name = core[len(sign) :]
    if not name or not (link == name or link.endswith(f".{name}")):
        return text
    return text.replace(core, f"{sign}{link}")
