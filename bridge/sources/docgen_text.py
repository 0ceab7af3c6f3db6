"""Pages of doc-gen4 saved as text. Saving may lose symbols and whole headers; nothing is guessed.

They know module, name and kind of every declaration whose header is there, and its statement as saved. It
counts as readable only where the page shows that it kept its symbols (one of `KEPT` stands in a header) and
nothing is missing in this one. A declaration of which only the docstring is left gets its name from a list
of the module's names in their order, where that order leaves one choice; the reason says so. Files and lines
are not known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from leanmirror.bridge.lean.signatures import text_digest
from leanmirror.bridge.lean.tokens import NAME
from leanmirror.bridge.lean.tree import files_under
from leanmirror.bridge.lean.unread import Unread
from leanmirror.bridge.sources.docgen import read_statement
from leanmirror.bridge.sources.files import each_file, text_of
from leanmirror.bridge.sources.indexed import Indexed, IndexResult, merged
from leanmirror.bridge.sources.text_order import Gap, Item, matched
from leanmirror.spec.errors import BadInput, Position

KEPT = frozenset("ℕℤℚℝℂ→↔×≠≤≥√∑∏⟪⟫∈∧∨")
"""Symbols that a page loses together: one in a header, and none was lost."""
MARKERS = frozenset(("Instances For", "Instances"))
_LEFT_OUT = frozenset(("Equations", "Constructors", "Fields"))
_MODIFIERS = "(?:(?:noncomputable|private|protected|partial|unsafe|nonrec) )*"
_KINDS = "theorem|lemma|def|abbrev|structure|class inductive|class|inductive|instance|axiom|opaque"
_HEADER = re.compile(rf"{_MODIFIERS}({_KINDS}) ({NAME})(?=$| [({{\[⦃:]| extends )(.*)")
_LOSSES = (
    (re.compile(r": ?[)}\]⦄]"), "the type of a binder is missing"),
    (re.compile(r":=? ?$|^$"), "the type is missing"),
    (re.compile(r"\(\)|\[\]|\( |, ?\)"), "something in brackets is missing"),
)
LOSSY = "the page may have lost symbols: none of its headers has one of → ℕ ℝ × ≠"


@dataclass(slots=True)
class _Reader:
    """The lines of a page, put together to headers, paragraphs and markers.

    The module stands in the second line, below the title of the site, or in the first.
    """

    module: str = ""
    above: int = 0
    items: list[Item] = field(default_factory=list)
    headers: dict[int, tuple[str, str, list[str]]] = field(default_factory=dict)
    open: list[str] | None = None
    paragraph: bool = False

    def line(self, number: int, text: str) -> None:
        """The next line, without its indentation."""
        if not text:
            self.open, self.paragraph = None, False
        elif text in MARKERS:
            self.open, self.paragraph = None, False
            self.items.append(Item("marker", number))
        elif found := _HEADER.fullmatch(text):
            self.open = [found.group(3).strip()]
            kind, name = found.group(1).split()[0], found.group(2)
            self.headers[number] = (kind, name, self.open)
            self.items.append(Item("header", number, name, kind))
        elif self.open is not None:
            self.open.append(text)
        elif self.above < 2:
            self.above += 1
            self.module = text if re.fullmatch(NAME, text) else self.module
        elif not (text.startswith("@[") or text in _LEFT_OUT or self.paragraph):
            self.paragraph = True
            self.items.append(Item("title" if text.endswith(" #") else "paragraph", number))


def is_text_page(text: str) -> bool:
    """Whether a text is a page: a module's name stands alone near its top, and then a header or a marker."""
    read = _read(text)
    return bool(read.module) and any(item.what != "paragraph" for item in read.items)


def _read(text: str) -> _Reader:
    reader = _Reader()
    for number, line in enumerate(text.splitlines(), 1):
        reader.line(number, line.strip())
    return reader


def index_text(path: Path, reference: Sequence[Indexed] | None = None) -> IndexResult:
    """The declarations of a page saved as text, or of all such pages under a folder.

    `reference` gives the names of modules in their order, those of lean_names.json when not given. Raises
    BadInput for a file that is no such page, and for a folder without one.
    """
    known = _mirrored() if reference is None else reference
    if path.is_file():
        return index_page(text_of(path), path.name, known)
    problems: list[str] = []

    def read(root: Path, file: Path) -> IndexResult:
        return index_page(text_of(root / file), file.as_posix(), known)

    found = merged(each_file(path, files_under(path, (".txt",)), read, problems), "docgen_text")
    if problems and not found.declarations:
        raise BadInput(problems[0])
    return replace(found, problems=(*found.problems, *problems))


def _mirrored() -> list[Indexed]:
    from leanmirror.bridge.names.table import default_names

    return [
        Indexed(
            each.name, each.kind, each.module, each.lean_file, each.lean_line, each.signature, each.digest
        )
        for each in default_names()
    ]


def index_page(text: str, file: str, reference: Sequence[Indexed]) -> IndexResult:
    """The declarations of one page. Raises BadInput for a text that is none."""
    if not is_text_page(text):
        raise BadInput(f"{file}: no page of doc-gen4 saved as text")
    read = _read(text)
    statements = {number: " ".join(" ".join(lines).split()) for number, (_, _, lines) in read.headers.items()}
    kept = any(not KEPT.isdisjoint(each) for each in statements.values())
    rows: dict[int, Indexed] = {}
    for number, (kind, name, _) in read.headers.items():
        rows[number] = _headed(name, kind, read.module, statements[number], kept)
    ordered = [
        each for each in reference if each.module == read.module and each.kind not in ("field", "constructor")
    ]
    names, gaps = matched(read.items, sorted(ordered, key=lambda each: each.line))
    for number, name in names.items():
        reason = f"only the docstring is left, in line {number} of the page; the name follows from the order"
        rows[number] = Indexed(name, "", read.module, "", 0, "", "", False, reason)
    unread = tuple((file, _unread(gap)) for gap in gaps)
    return IndexResult(tuple(rows[number] for number in sorted(rows)), unread, "docgen_text")


def _unread(gap: Gap) -> Unread:
    names = f"among {', '.join(gap.names)}" if gap.names else "none of the names that are known"
    reason = f"{gap.count} declarations without header; the order does not say which: {names}"
    return Unread("declaration", Position(gap.line, 1), reason)


def _headed(name: str, kind: str, module: str, statement: str, kept: bool) -> Indexed:
    lost = next((reason for pattern, reason in _LOSSES if pattern.search(statement)), None)
    if lost is None and not kept:
        lost = LOSSY
    if lost is not None:
        return Indexed(name, kind, module, "", 0, statement, text_digest(statement), False, lost)
    return replace(read_statement(kind, statement), name=name, module=module, file="", line=0)
