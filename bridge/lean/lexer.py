"""Lean text to tokens: comments taken out first, then one pattern, on demand and a few tokens at a time."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property
from typing import TYPE_CHECKING

from leanmirror.bridge.lean.tokens import (
    BAD,
    BREAK,
    CHAR,
    CHAR_GROUP,
    END,
    FIELD,
    FIELD_GROUP,
    HOLE_GROUP,
    IDENT,
    INTERPOLATING,
    LITERAL_GROUP,
    MAX_DIGITS,
    MAX_EXPONENT,
    MAX_FILE,
    MIDLINE,
    NAME_GROUP,
    NAME_LITERAL,
    NUMBER,
    NUMBER_GROUP,
    PART_ONLY,
    PLAIN,
    STRING,
    STRING_GROUP,
    SYMBOL,
    SYMBOL_GROUP,
    WORD,
    WORDLIKE,
    WORDLIKE_GROUP,
    WORDS,
    Token,
    token_pattern,
)
from leanmirror.spec.errors import Position, ReadError

if TYPE_CHECKING:
    from leanmirror.bridge.lean.commands import Command

_KINDS = {
    WORDLIKE_GROUP: SYMBOL,
    FIELD_GROUP: FIELD,
    SYMBOL_GROUP: SYMBOL,
    NUMBER_GROUP: NUMBER,
    STRING_GROUP: STRING,
    CHAR_GROUP: CHAR,
    LITERAL_GROUP: NAME_LITERAL,
    HOLE_GROUP: SYMBOL,
}
_EVENT = re.compile(
    r"""[-/"'«](?:(?<=-)-[^\n]*|(?<=/)-|(?<=")(?:[^"\\]++|\\.)*+(?:"|\\?\Z)|(?<=«)[^«»\n]*»"""
    r"""|(?<![\w'!?\]]')(?<=')(?:[^'\\\n]|\\.[^'\n]{0,8})')""",
    re.DOTALL,
)
_RAW = re.compile(r"(?<![\w'!?])r(#*)\Z")
_COMMENT_EDGE = re.compile(r"/-|-/")
_NOT_BREAK = re.compile(r"[^\n]")
_BRACE = re.compile(r'[{}"\\]')
_CLOSED = re.compile(r'"(?:[^"\\]++|\\.)*+"', re.DOTALL)
BATCH = 48


def code_point(char: str) -> str:
    """A character as a message shows it: itself when it is printable, and always its code point."""
    return f"'{char}' (U+{ord(char):04X})" if char.isprintable() else f"U+{ord(char):04X}"


def _blank(text: str) -> str:
    return _NOT_BREAK.sub(" ", text) if "\n" in text else " " * len(text)


class Source:
    """One Lean text: its code with comments blanked out, its docstrings, and line and column of an offset.

    Raises ReadError for a text that is too long.
    """

    def __init__(self, text: str) -> None:
        if len(text) > MAX_FILE:
            raise ReadError(f"the text has more than {MAX_FILE} characters", Position(1, 1))
        if text.startswith("\ufeff"):
            text = text[1:]
        self.text = text.replace("\r\n", "\n")
        self.docs: list[tuple[int, int]] = []
        self.problems: list[tuple[str, int]] = []
        self.unclosed = 0
        self.commands: tuple[Command, ...] | None = None
        self.code, self.mask = self._without_comments()

    def _without_comments(self) -> tuple[str, str]:
        """The code, and the code with strings blanked out as well: where to look for reserved words."""
        text, at = self.text, 0
        code: list[str] = []
        mask: list[str] = []
        event = _EVENT.search(text)
        while event is not None:
            start, found = event.start(), event.group()
            if found[0] in "-/":
                end = event.end() if found[0] == "-" else self._comment_end(start)
                blank = _blank(text[start:end])
                code += (text[at:start], blank)
                mask += (text[at:start], blank)
            else:
                end = event.end() if found[0] != '"' else self._string_end(start, event.end())
                code.append(text[at:end])
                mask += (text[at:start], _blank(text[start:end]))
            at = end
            event = _EVENT.search(text, end)
        code.append(text[at:])
        mask.append(text[at:])
        return "".join(code), "".join(mask)

    def _comment_end(self, start: int) -> int:
        depth = 0
        for edge in _COMMENT_EDGE.finditer(self.text, start):
            depth += 1 if edge.group() == "/-" else -1
            if depth == 0:
                if self.text.startswith("/--", start) and not self.text.startswith("/--/", start):
                    self.docs.append((start, edge.end()))
                return edge.end()
        self.problems.append(("a comment is not closed", start))
        return len(self.text)

    def _string_end(self, start: int, end: int) -> int:
        """Where a string ends: interpolated and raw ones have rules of their own."""
        text = self.text
        before = text[start - 1 : start]
        if before == "!" and text[max(start - 3, 0) : start - 1].strip()[-1:] in ("s", "m", "f"):
            return interpolated_end(text, start)
        raw = _RAW.search(text, max(start - 20, 0), start) if before in ("r", "#") else None
        if raw is None:
            return end
        closing = text.find('"' + raw.group(1), start + 1)
        return len(text) if closing < 0 else closing + 1 + len(raw.group(1))

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def position(self, offset: int) -> Position:
        """Line and column, both from 1, of an offset."""
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def column(self, offset: int) -> int:
        """The column, from 0, of an offset."""
        return self.position(offset).column - 1


def interpolated_end(text: str, start: int) -> int:
    """Where an interpolated string ends that opens at `start`; terms inside braces may hold strings."""
    levels: list[str] = []
    at = start
    while at < len(text):
        edge = _BRACE.search(text, at)
        if edge is None:
            break
        at, found = edge.end(), edge.group()
        inside = bool(levels) and levels[-1] == '"'
        if found == "\\":
            at += 1 if inside else 0
        elif found == '"':
            if inside:
                levels.pop()
                if not levels:
                    return at
            else:
                levels.append('"')
        elif found == "{":
            levels.append("{")
        elif not inside and levels:
            levels.pop()
    return len(text)


class Lexer:
    """The tokens of one stretch of code, read on demand. The list always ends with an END token so far."""

    def __init__(self, code: str, start: int, end: int, extra: frozenset[str] = frozenset()) -> None:
        self.code = code
        self.at = start
        self.end = end
        self.pattern = token_pattern(extra)
        self.tokens: list[Token] = []
        self.finished = False
        self.first = start == 0 or code[start - 1] == "\n"

    def more(self) -> None:
        """Read some tokens more; the last batch ends with END."""
        code, at, end = self.code, self.at, self.end
        match, tokens, first = self.pattern.match, self.tokens, self.first
        for _ in range(BATCH):
            found = match(code, at, end)
            if found is None:
                at = self._stuck(at)
                if self.finished:
                    break
                continue
            group, at = found.lastindex, found.end()
            if group == BREAK:
                first = True
                continue
            text = found.group(group or 0)
            start = at - len(text)
            column = MIDLINE
            if first:
                column, first = start - code.rfind("\n", 0, start) - 1, False
            if group == NAME_GROUP:
                kind, text, at = self._named(text, start, at)
            else:
                kind, text = self._other(group or 0, text, at)
            tokens.append((kind, text, start, at, column))
        self.at, self.first = at, first

    def _named(self, text: str, start: int, at: int) -> tuple[int, str, int]:
        """A name: reserved word, hole, prefix of a string, or identifier."""
        if text in WORDS:
            return WORD, text, at
        if text == "_":
            return SYMBOL, text, at
        if "«" in text:
            return IDENT, plain_name(text), at
        if at < self.end and self.code[at] == '"' and (text in INTERPOLATING or text == "r"):
            at = self._prefixed_string(text, at)
            return STRING, self.code[start:at], at
        return IDENT, text, at

    def _other(self, group: int, text: str, at: int) -> tuple[int, str]:
        kind = _KINDS[group]
        if kind == NUMBER:
            return _capped(text)
        if kind == STRING and at == self.end and _CLOSED.fullmatch(text) is None:
            return BAD, "a string that is not closed"
        if group == WORDLIKE_GROUP and text in WORDLIKE:
            return (WORD if text.endswith("*") else IDENT), text
        return kind, text

    def _prefixed_string(self, prefix: str, at: int) -> int:
        if prefix == "r":
            closing = self.code.find('"', at + 1, self.end)
            return self.end if closing < 0 else closing + 1
        return min(interpolated_end(self.code, at), self.end)

    def _stuck(self, at: int) -> int:
        """Nothing matches: the end of the text, or a character that no token starts with."""
        code, end = self.code, self.end
        while at < end and code[at].isspace():
            at += 1
        if at >= end:
            self.finished = True
            self.tokens.append((END, "the end of the text", end, end, 0))
            return end
        what = f"the character {code_point(code[at])}"
        self.tokens.append((BAD, what, at, at + 1, MIDLINE))
        return at + 1


def plain_name(name: str) -> str:
    """The name without the `«»` around components that need none."""
    pieces = (piece.strip("«»") if _needs_none(piece) else piece for piece in PART_ONLY.findall(name))
    return ".".join(pieces)


def _needs_none(piece: str) -> bool:
    inner = piece.strip("«»")
    return PLAIN.fullmatch(inner) is not None and inner not in WORDS and inner != "_"


def _capped(text: str) -> tuple[int, str]:
    """The kind and text of a numeral: BAD and the reason when it is too long or its exponent too large."""
    plain = text[:2].lower() in ("0x", "0b", "0o")
    mantissa, _, exponent = (text, "", "") if plain else text.lower().partition("e")
    if len(mantissa) > (MAX_DIGITS // 2 if plain else MAX_DIGITS):
        return BAD, f"a numeral of more than {MAX_DIGITS} digits"
    digits = len(mantissa.replace(".", ""))
    power = int(exponent[:8] or 0) - len(mantissa.partition(".")[2])
    if digits < len(text) and not plain and digits + abs(power) > MAX_EXPONENT + 1:
        return BAD, f"a numeral with an exponent beyond {MAX_EXPONENT}"
    return NUMBER, text
