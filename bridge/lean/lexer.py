"""Lean text to tokens: comments taken out first, then one pattern, on demand and a few tokens at a time."""

from __future__ import annotations

import re
from bisect import bisect_right
from functools import cached_property

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
    WORDLIKE_GROUP,
    WORDS,
    Token,
    token_pattern,
)
from leanmirror.spec.errors import Position, ReadError

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
    r"""--[^\n]*|/-|\b[smf]!"|(?<![\w'!?])r\#*"|"(?:[^"\\]|\\.)*"|«[^»\n]*»|(?<![\w'!?\]])'(?:[^'\\\n]|\\.[^'\n]*)'""",
    re.DOTALL,
)
_COMMENT_EDGE = re.compile(r"/-|-/")
_NOT_BREAK = re.compile(r"[^\n]")
_BRACE = re.compile(r'[{}"\\]')
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
        self.code, self.mask = self._without_comments()

    def _without_comments(self) -> tuple[str, str]:
        """The code, and the code with strings blanked out as well: where to look for reserved words."""
        text, code, mask, at = self.text, [], [], 0
        event = _EVENT.search(text)
        while event is not None:
            start, found = event.start(), event.group()
            if found[0] in "-/":
                end = event.end() if found[0] == "-" else self._comment_end(start)
                blank = _blank(text[start:end])
                code += (text[at:start], blank)
                mask += (text[at:start], blank)
            else:
                end = self._literal_end(found, start, event.end())
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

    def _literal_end(self, found: str, start: int, end: int) -> int:
        if found[0] == "r":
            closing = self.text.find('"' + "#" * found.count("#"), end)
            return len(self.text) if closing < 0 else closing + found.count("#") + 1
        return interpolated_end(self.text, end - 1) if found[1:3] == '!"' else end

    @cached_property
    def _line_starts(self) -> list[int]:
        return [0, *(match.end() for match in re.finditer("\n", self.text))]

    def position(self, offset: int) -> Position:
        """Line and column, both from 1, of an offset."""
        line = bisect_right(self._line_starts, offset)
        return Position(line, offset - self._line_starts[line - 1] + 1)

    def column(self, offset: int) -> int:
        """The column, from 0, of an offset."""
        return offset - self.code.rfind("\n", 0, offset) - 1


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
            group = found.lastindex
            at = found.end()
            if group == BREAK:
                first = True
                continue
            text = found.group(group or 0)
            start = at - len(text)
            column = MIDLINE
            if first:
                column, first = start - code.rfind("\n", 0, start) - 1, False
            if group == NAME_GROUP:
                kind = WORD if text in WORDS else IDENT
                if text == "_":
                    kind = SYMBOL
                elif "«" in text:
                    text = plain_name(text)
                elif at < end and code[at] == '"' and (text in INTERPOLATING or text == "r"):
                    kind, at = STRING, self._prefixed_string(text, at)
                    text = code[start:at]
            else:
                kind = _KINDS[group or SYMBOL_GROUP]
                if kind == NUMBER:
                    kind, text = _capped(text)
                elif text in ("Type*", "Sort*"):
                    kind = WORD
                elif text in ("ℝ≥0", "ℝ≥0∞"):
                    kind = IDENT
            tokens.append((kind, text, start, at, column))
        self.at, self.first = at, first

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
        what = "a string that is not closed" if code[at] == '"' else f"the character {code_point(code[at])}"
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
