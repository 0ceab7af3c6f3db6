"""Atoms: names and literals, with the projections and indices that stick to them; arguments."""

from __future__ import annotations

from leanmirror.bridge.lean.brackets import inside, items_until
from leanmirror.bridge.lean.cursor import Cursor
from leanmirror.bridge.lean.operators import (
    INFIX,
    MAX_PREC,
)
from leanmirror.bridge.lean.syntax import (
    App,
    AsPattern,
    Collection,
    Decimal,
    Dot,
    Hole,
    Ident,
    Index,
    Named,
    Node,
    Number,
    Postfix,
    Proj,
    Rest,
    Text,
)
from leanmirror.bridge.lean.tokens import (
    CHAR,
    FIELD,
    IDENT,
    NAME_LITERAL,
    NUMBER,
    STRING,
    SYMBOL,
    WORD,
)
from leanmirror.spec.errors import ReadError

LIST_MACROS = frozenset(("seq!", "tensorpack!"))
"""Macros of the mirrored project that take terms separated by commas and no brackets."""

ITERATE = "Nat.iterate"
"""What Mathlib's `f^[n]` stands for."""

_PLAIN = frozenset((IDENT, NUMBER, STRING, CHAR, NAME_LITERAL))


def starts_argument(p: Cursor) -> bool:
    """Whether an argument of an application starts here: by its token, and by its column."""
    kind, text, _, _, column = p.tok
    if column <= p.column or (p.before_do and p.at("do")):
        return False
    if kind in _PLAIN:
        return True
    if kind == FIELD:
        return p.spaced and not text[1].isdigit()
    if kind == SYMBOL:
        if text in p.rules.atoms:
            if text == "!":
                return not is_factorial(p)
            return p.spaced if text == "." else text not in ("|", "‖") or opens_bars(p)
        return text in p.notations.leading or text == ".." or (text[0] == "?" and len(text) > 1)
    return kind == WORD and text in p.rules.atoms


_AFTER_FACTORIAL = ")]},;⟩|‖⌋⌉⟫›⁻ᵀᴴᶜ†"


def is_factorial(p: Cursor) -> bool:
    """Whether `!` stands after its operand, as in `20!` and `n !`, and not before one, as in `!b`."""
    after = p.source.code[p.tok[3] : p.tok[3] + 1]
    return not p.spaced or not after or after.isspace() or after in _AFTER_FACTORIAL


def opens_bars(p: Cursor) -> bool:
    """Whether `|` or `‖` can open an absolute value: a space before it and none after."""
    after = p.source.code[p.tok[3] : p.tok[3] + 1]
    return p.spaced and bool(after) and not after.isspace() and p.index not in p.not_bars


def application_argument(p: Cursor) -> Node | None:
    """An argument: positional, `(name := value)` or `..`; None when a bar begins an alternative."""
    text, pos = p.tok[1], p.tok[2]
    if text == "(" and p.peek(2)[1] == ":=" and p.is_name(p.peek()):
        p.advance()
        name = p.advance()[1]
        p.advance()
        value = inside(p, ")", p.rules.term)
        return Named(name, value, pos=pos)
    if text == ".." and p.tok[0] == SYMBOL:
        p.advance()
        return Rest(pos=pos)
    if text == "|" and p.tok[0] == SYMBOL:
        return _bars_or_nothing(p)
    return argument(p)


def _bars_or_nothing(p: Cursor) -> Node | None:
    index, last_end, depth = p.index, p.last_end, p.depth
    column, dots = p.column, p.dots
    try:
        return argument(p)
    except ReadError:
        p.go_back(index, last_end, depth)
        p.column, p.dots = column, dots
        p.not_bars.add(index)
        return None


def argument(p: Cursor) -> Node:
    """An atom with the projections, indices and tightest postfix operators that follow it."""
    tok = p.tok
    kind, text, pos = tok[0], tok[1], tok[2]
    p.deeper()
    if kind == IDENT:
        p.advance()
        node = _name_atom(p, text, pos)
    elif kind in (SYMBOL, WORD) and text in p.rules.atoms:
        node = p.rules.atoms[text](p)
    else:
        node = _other_atom(p, kind, text, pos)
    p.depth -= 1
    return _suffixes(p, node)


def _name_atom(p: Cursor, text: str, pos: int) -> Node:
    tok = p.tok
    if tok[2] == p.last_end:
        if tok[1] == ".{":
            p.advance()
            return Ident(text, False, p.levels(), pos=pos)
        if tok[1] == "@" and tok[0] == SYMBOL:
            p.advance()
            return AsPattern(text, argument(p), pos=pos)
        if text[-1] == "!" and tok[1] == "[":
            p.advance()
            return Collection(f"{text}[", items_until(p, "]"), pos=pos)
    if text in LIST_MACROS:
        items = [p.rules.term(p)]
        while p.take(","):
            items.append(p.rules.term(p))
        return Collection(text, tuple(items), pos=pos)
    return Ident(text, pos=pos)


def _other_atom(p: Cursor, kind: int, text: str, pos: int) -> Node:
    if kind == NUMBER:
        p.advance()
        return number(text, pos)
    if kind in (STRING, CHAR, NAME_LITERAL):
        p.advance()
        return Text(text, pos=pos)
    if kind == FIELD and not text[1].isdigit():
        p.advance()
        return Dot(text[1:], pos=pos)
    if kind == SYMBOL and text in p.notations.leading:
        return p.rules.notation(p, list(p.notations.leading[text]), (), pos)[0]
    if kind == SYMBOL and text[0] == "?" and len(text) > 1:
        p.advance()
        return Hole(text[1:], pos=pos)
    return p.fail("expected a term")


def _suffixes(p: Cursor, node: Node) -> Node:
    pos = node.pos
    count = 0
    while True:
        kind, text, start = p.tok[0], p.tok[1], p.tok[2]
        if kind == FIELD and start == p.last_end:
            p.advance()
            for name in text[1:].split(".") if "«" not in text else [text[1:]]:
                node = Proj(node, name, pos=pos)
        elif kind == SYMBOL and text == "[" and start == p.last_end:
            node = _index(p, node)
        elif kind == SYMBOL and text == "^[":
            p.advance()
            node = App(Ident(ITERATE, pos=pos), (node, inside(p, "]", p.rules.term)), pos=pos)
        elif kind == SYMBOL and text == "!" and not is_factorial(p):
            return node
        elif kind == SYMBOL and text in INFIX and INFIX[text].prec == MAX_PREC:
            p.advance()
            node = Postfix(INFIX[text].key, node, pos=pos)
        elif kind == SYMBOL and text in p.notations.trailing:
            tight = [each for each in p.notations.trailing[text] if each.prec >= MAX_PREC]
            if not tight:
                return node
            node = p.rules.notation(p, tight, (node,), pos)[0]
        else:
            return node
        count += 1
        p.lengthen(count)


def _index(p: Cursor, node: Node) -> Node:
    p.advance()
    column, p.column = p.column, -1
    index = p.rules.term(p)
    if p.at(",") and isinstance(node, Ident):
        p.advance()
        more = items_until(p, "]")
        p.column = column
        return Collection(f"{node.name}[", (index, *more), pos=node.pos)
    p.column = column
    if p.take("]'"):
        return Index(node, index, "'", argument(p), pos=node.pos)
    p.expect("]")
    if p.tok[2] == p.last_end:
        if p.take("!"):
            return Index(node, index, "!", pos=node.pos)
        if p.take("?"):
            return Index(node, index, "?", pos=node.pos)
    return Index(node, index, pos=node.pos)


def number(text: str, pos: int = -1) -> Node:
    """A numeral as an exact value."""
    if text[:2].lower() in ("0x", "0b", "0o"):
        return Number(int(text, 0), pos=pos)
    if text.isdecimal():
        return Number(int(text), pos=pos)
    mantissa, _, exponent = text.lower().partition("e")
    whole, _, fraction = mantissa.partition(".")
    value, power = int(whole + fraction), int(exponent or 0) - len(fraction)
    while value and value % 10 == 0:
        value, power = value // 10, power + 1
    return Decimal(value, power if value else 0, pos=pos)
