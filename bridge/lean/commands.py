"""A Lean file cut into commands: where each starts and ends, its modifiers, attributes and docstring."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from leanmirror.bridge.lean.lexer import Source
from leanmirror.bridge.lean.tokens import words

DECLARATIONS = words(
    """theorem lemma def abbrev structure inductive class instance example axiom opaque coinductive"""
)
MODIFIERS = words("private protected public noncomputable partial unsafe nonrec meta local")
_OTHERS = words(
    """namespace section end variable universe open export mutual attribute notation notation3 infix infixl
    infixr prefix postfix macro macro_rules syntax elab elab_rules declare_syntax_cat initialize
    builtin_initialize set_option omit include import deriving"""
)
KEYWORDS = DECLARATIONS | _OTHERS
_HARD = "theorem|lemma|def|abbrev|structure|inductive|namespace|axiom|example"

_WORDS = "|".join(sorted((*KEYWORDS, *MODIFIERS, "scoped"), key=len, reverse=True))
_START = re.compile(rf"\n([ \t]*)(?:(@\[)|(#[a-z_]\w*)|({_WORDS})(?![\w'!?.]))")
_SAME_LINE = re.compile(
    rf"(?<=[^\s(`\"«.|])[ \t]+((?:{_HARD}))(?![\w'!?.»:])[ \t]+[^:)\s]"
    r"|(?<=[^\s(`\"«.|])[ \t]+(end)(?=[ \t]*(?:\n|\Z|[ \t][^\W\d]))"
)
_WORD = re.compile(r"\s*(?:(@\[)|(scoped\[[^\]\n]*\])|([^\W\d][\w'!?]*)|(#[a-z_]\w*))")
_BRACKET = re.compile(r"[\[\](){}]")
_IN_LINE = re.compile(r"[^\n]*?\bin\b\s*(@\[|#[a-z_]+|[^\W\d]\w*)?")
_ENDS_IN = re.compile(r"\bin\s*\Z")


LONGEST_ATTRIBUTES = 5_000
LONGEST_MODIFIERS = 400
MOST_UNCLOSED = 20
"""So many attribute lists without an end are looked through, no more: each costs a search."""


@dataclass(frozen=True, slots=True)
class Command:
    """One command: from `start` to `end`, its keyword at `at`, `rest` right after the keyword.

    `modifiers` are those before the keyword, with `scoped` or `scoped[A]`; `attributes` the items of `@[…]`;
    `doc` its docstring without the delimiters. `prefixed` says that it ends with `in`, so that it acts on the
    next command only.
    """

    keyword: str
    start: int
    at: int
    rest: int
    end: int
    modifiers: tuple[str, ...]
    attributes: tuple[str, ...]
    doc: str | None
    prefixed: bool


def commands(source: Source) -> tuple[Command, ...]:
    """The commands of a file in order. What no keyword introduces belongs to the command before it."""
    if source.commands is None:
        source.commands = tuple(_commands(source))
    return source.commands


def _commands(source: Source) -> Iterator[Command]:
    mask = source.mask
    starts = _starts(mask)
    index = 0
    pending: Command | None = None
    while index < len(starts):
        start = starts[index]
        found = _head(source, start)
        index += 1
        if found is None:
            continue
        while index < len(starts) and starts[index] <= found.at:
            index += 1
        if pending is not None:
            yield _ended(source, pending, start)
        pending = found
        if found.keyword == "#doc":  # the rest of the file is prose
            break
    if pending is not None:
        yield _ended(source, pending, len(mask))


def _starts(mask: str) -> list[int]:
    lines = "\n" + mask  # offsets in it are one more than those in the mask
    found = [match.end(1) - 1 for match in _START.finditer(lines) if _begins(lines, match)]
    same_line = [
        match.start(match.lastindex or 0)
        for match in _SAME_LINE.finditer(mask)
        if not _follows_modifiers(mask, match)
    ]
    return sorted({*found, *same_line}) if same_line else found


def _begins(lines: str, match: re.Match[str]) -> bool:
    """Whether a word at the start of a line begins a command: not `open A in` before a term or a tactic."""
    indent, word = match.group(1), match.group(4)
    if match.group(3):
        return not indent
    if indent and word in ("open", "set_option", "attribute", "include", "omit"):
        found = _IN_LINE.match(lines, match.end())
        if found is None:
            return True
        after = found.group(1) or ""
        return after in KEYWORDS or after in MODIFIERS or after[:1] in ("@", "#")
    return word != "deriving" or lines[match.end() :].lstrip()[:8] == "instance"


def _follows_modifiers(mask: str, match: re.Match[str]) -> bool:
    """Whether a word inside a line only ends the modifiers at the start of its own command."""
    at = match.start(match.lastindex or 0)
    start = mask.rfind("\n", max(0, at - LONGEST_MODIFIERS), at) + 1
    if start == 0 and at > LONGEST_MODIFIERS:
        return False
    before = re.sub(r"@\[.*?\](?=\s|$)", " ", mask[start:at].strip()).split()
    return all(word in MODIFIERS or word in ("scoped", "deriving", "class") for word in before)


def _head(source: Source, start: int) -> Command | None:
    """The head of the command that starts there; None where no keyword follows the modifiers."""
    mask, at = source.mask, start
    modifiers: list[str] = []
    attributes: list[str] = []
    while True:
        match = _WORD.match(mask, at)
        if match is None:
            return None
        word = match.group(match.lastindex or 0)
        if match.group(1):
            close = closing(source, match.end() - 1)
            if close is None:
                return None
            at = close + 1
            attributes += _attributes(source.code[match.end() : at - 1])
        elif match.group(2) or word in MODIFIERS or word == "scoped":
            modifiers.append(word)
            at = match.end()
        elif word in KEYWORDS or match.group(4):
            return Command(
                word,
                start,
                match.end() - len(word),
                match.end(),
                start,
                tuple(modifiers),
                tuple(attributes),
                None,
                False,
            )
        else:
            return None


def closing(source: Source, at: int) -> int | None:
    """The offset of the bracket that closes the one at `at`; None when there is none near."""
    if source.unclosed > MOST_UNCLOSED:
        return None
    depth = 0
    for match in _BRACKET.finditer(source.mask, at, at + LONGEST_ATTRIBUTES):
        depth += 1 if match.group() in "[({" else -1
        if depth == 0:
            return match.start()
    source.unclosed += 1
    return None


def _attributes(text: str) -> list[str]:
    """The items of an attribute list, split at its outer commas."""
    items, depth, item = [], 0, ""
    for char in text:
        depth += (char in "[({") - (char in "])}")
        if char == "," and depth == 0:
            items.append(item)
            item = ""
        else:
            item += char
    return [" ".join(each.split()) for each in (*items, item) if each.strip()]


def _ended(source: Source, command: Command, end: int) -> Command:
    text = source.code[command.rest : end]
    prefixed = _ENDS_IN.search(text) is not None and command.keyword not in DECLARATIONS
    return Command(
        command.keyword,
        command.start,
        command.at,
        command.rest,
        command.rest + len(text.rstrip()),
        command.modifiers,
        command.attributes,
        docstring(source, command.start),
        prefixed,
    )


def docstring(source: Source, offset: int) -> str | None:
    """The docstring that ends right before an offset, without its delimiters."""
    index = bisect_left(source.docs, (offset, 0)) - 1
    if index < 0:
        return None
    start, end = source.docs[index]
    if source.code[end:offset].strip():
        return None
    return source.text[start + 3 : end - 2].strip()
