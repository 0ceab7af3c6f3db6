"""Forms that begin with a word or a binding symbol and reach as far as they can: let, match, if, ∀, ∑."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from leanmirror.bridge.lean.binders import bare, big_binders, binder_groups, function_binders, quantified
from leanmirror.bridge.lean.cursor import Cursor
from leanmirror.bridge.lean.opaque import block
from leanmirror.bridge.lean.operators import BIG_OPERATORS, LEAD_PREC, MAX_PREC
from leanmirror.bridge.lean.syntax import (
    Alternative,
    Big,
    Binder,
    Discriminant,
    Exists,
    Forall,
    Fun,
    FunMatch,
    Ident,
    If,
    IfLet,
    Let,
    Match,
    Node,
    NoMatch,
    Scoped,
    Show,
    Sort,
    Suffices,
)
from leanmirror.bridge.lean.tokens import BAD, END, IDENT, NUMBER, SYMBOL, WORD

_LETS = frozenset(("let", "have", "letI", "haveI"))
_AFTER_NAME = frozenset((":=", ":", "(", "{", "[", "⦃", "|", "_", "⟨"))


def function(p: Cursor) -> Node:
    """`fun x => e` and `fun | p => e`."""
    pos = p.advance()[2]
    if p.at("|"):
        return equations(p)
    binders = function_binders(p)
    p.advance()
    return Fun(binders, p.rules.term(p), pos=pos)


def equations(p: Cursor) -> Node:
    """`| p => v` alternatives, as a function."""
    pos = p.tok[2]
    return FunMatch(all_alternatives(p), pos=pos)


def all_alternatives(p: Cursor) -> tuple[Alternative, ...]:
    """`| p, q => v` alternatives, none of them to the left of the first."""
    if not p.at("|"):
        p.fail("expected '|'")
    outer, column = p.column, p.token_column(p.tok)
    found: list[Alternative] = []
    while p.at("|") and p.tok[4] >= column:
        p.column = column
        found.append(_alternative(p))
    p.column = outer
    return tuple(found)


def _alternative(p: Cursor) -> Alternative:
    pos = p.tok[2]
    rows: list[tuple[Node, ...]] = []
    while p.take("|"):
        row = [p.rules.term(p)]
        while p.take(","):
            row.append(p.rules.term(p))
        rows.append(tuple(row))
    if not (p.take("=>") or p.take("↦")):
        p.fail("expected '=>'")
    return Alternative(tuple(rows), p.rules.term(p), pos=pos)


def _forall(p: Cursor) -> tuple[Node, int]:
    pos = p.advance()[2]
    binders = quantified(p)
    p.expect(",")
    return Forall(binders, p.rules.term(p), pos=pos), LEAD_PREC


def _extended(p: Cursor) -> tuple[Node, int]:
    """`∀ᵉ (x ∈ s) (y > 0), b` and `∃ᵉ`: each variable in parentheses with what is said of it."""
    tok = p.advance()
    binders = big_binders(p)
    p.expect(",")
    body = p.rules.term(p)
    found = Forall(binders, body, pos=tok[2]) if tok[1] == "∀ᵉ" else Exists("∃", binders, body, pos=tok[2])
    return found, LEAD_PREC


def _exists(p: Cursor) -> tuple[Node, int]:
    tok = p.advance()
    binders = quantified(p)
    p.expect(",")
    key = "∃" if tok[1] == "exists" else tok[1]
    return Exists(key, binders, p.rules.term(p), pos=tok[2]), LEAD_PREC


def _big(p: Cursor) -> tuple[Node, int]:
    tok = p.advance()
    prec = BIG_OPERATORS[tok[1]]
    if tok[1] in ("∀ᵐ", "∃ᵐ"):
        binders: tuple[Binder, ...] = (bare(p),)
    else:
        binders = big_binders(p) if tok[1] in ("∑", "∏") else quantified(p)
    domain = condition = measure = None
    if p.take("in"):
        domain = p.rules.term(p)
    elif p.take("∂"):
        measure = p.rules.term(p, 70)
    if p.take("with"):
        condition = p.rules.term(p)
    p.expect(",")
    body = p.rules.term(p, prec)
    if tok[1] == "∫" and p.take("∂"):
        measure = p.rules.term(p, 70)
    return Big(tok[1], binders, body, domain, condition, measure, pos=tok[2]), prec or LEAD_PREC


def _if(p: Cursor) -> tuple[Node, int]:
    pos = p.advance()[2]
    if p.take("let"):
        pattern = p.rules.term(p)
        p.expect(":=")
        value = p.rules.term(p)
        then, other = _branches(p)
        return IfLet(pattern, value, then, other, pos=pos), LEAD_PREC
    name = None
    if p.is_name(p.tok) and p.peek()[1] == ":":
        name = p.name()
        p.advance()
    condition = p.rules.term(p)
    then, other = _branches(p)
    return If(name, condition, then, other, pos=pos), LEAD_PREC


def _branches(p: Cursor) -> tuple[Node, Node]:
    p.expect("then")
    then = p.rules.term(p)
    p.expect("else")
    return then, p.rules.term(p)


def _match(p: Cursor) -> tuple[Node, int]:
    pos = p.advance()[2]
    motive = None
    if p.at("(") and p.peek()[1] == "motive":
        p.advance()
        p.advance()
        p.expect(":=")
        motive = p.rules.term(p)
        p.expect(")")
    found = [_discriminant(p)]
    while p.take(","):
        found.append(_discriminant(p))
    p.expect("with")
    alternatives = all_alternatives(p) if p.at("|") else ()
    return Match(tuple(found), alternatives, motive, pos=pos), LEAD_PREC


def _discriminant(p: Cursor) -> Discriminant:
    pos = p.tok[2]
    name = None
    if p.is_name(p.tok) and p.peek()[1] == ":":
        name = p.name()
        p.advance()
    return Discriminant(name, p.rules.term(p), pos=pos)


def _let(p: Cursor) -> tuple[Node, int]:
    """`let`, `have` and their like, as a loop: a body may have many in a row."""
    bindings: list[tuple[str, int, Node, tuple[Binder, ...], Node | None, Node]] = []
    outer = p.column
    while p.tok[1] in _LETS and p.tok[0] != IDENT:
        p.lengthen(len(bindings))
        p.column = p.token_column(p.tok)
        tok = p.advance()
        key = tok[1]
        if key == "let" and p.tok[1] == "rec":
            p.advance()
            key = "let rec"
        bindings.append((key, tok[2], *binding(p, key)))
        if key == "let rec":
            _hints(p)
        p.column = outer
        _separator(p)
    body = p.rules.term(p)
    for key, pos, pattern, binders, type_, value in reversed(bindings):
        body = Let(key, pattern, binders, type_, value, body, pos=pos)
    return body, LEAD_PREC


def _hints(p: Cursor) -> None:
    """What helps Lean to see that a recursion ends; it adds nothing to the meaning."""
    while p.tok[1] in ("termination_by", "decreasing_by") and p.tok[0] == WORD:
        tactic = p.advance()[1] == "decreasing_by"
        if tactic:
            block(p, "by", p.last_end)
        else:
            p.rules.term(p)


def _separator(p: Cursor) -> None:
    """A semicolon or a line break. Raises ReadError."""
    if not p.take(";") and p.source.code.find("\n", p.last_end, p.tok[2]) < 0:
        p.fail("expected ';' or a new line")


def binding(p: Cursor, key: str) -> tuple[Node, tuple[Binder, ...], Node | None, Node]:
    """Pattern, binders, type and value of a `let` or `have`."""
    pos = p.tok[2]
    pattern: Node
    binders: tuple[Binder, ...] = ()
    if p.is_name(p.tok) and p.tok[1] != "_" and _plain_next(p):
        pattern = Ident(p.name(), pos=pos)
        binders = binder_groups(p, frozenset((":", ":=", "|")))
    elif key in ("have", "haveI", "let", "letI") and (p.at(":") or p.at(":=")):
        pattern = Ident("this", pos=pos)
    else:
        pattern = p.rules.term(p)
    type_ = p.rules.term(p) if p.take(":") else None
    if p.at("|"):
        return pattern, binders, type_, equations(p)
    p.expect(":=")
    return pattern, binders, type_, p.rules.term(p)


def _plain_next(p: Cursor) -> bool:
    after = p.peek()
    return after[1] in _AFTER_NAME or p.is_name(after)


def _show(p: Cursor) -> tuple[Node, int]:
    tok = p.advance()
    outer, p.column = p.column, p.source.column(tok[2])
    type_ = p.rules.term(p)
    p.column = outer
    if not p.at("by") and not p.take("from"):
        p.fail("expected 'from' or 'by'")
    return Show(type_, p.rules.term(p), pos=tok[2]), LEAD_PREC


def _suffices(p: Cursor) -> tuple[Node, int]:
    tok = p.advance()
    outer, p.column = p.column, p.source.column(tok[2])
    name = None
    if p.is_name(p.tok) and p.peek()[1] == ":":
        name = p.name()
        p.advance()
    type_ = p.rules.term(p)
    if not p.at("by") and not p.take("from"):
        p.fail("expected 'from' or 'by'")
    value = p.rules.term(p)
    p.column = outer
    _separator(p)
    return Suffices(name, type_, value, p.rules.term(p), pos=tok[2]), LEAD_PREC


def _nomatch(p: Cursor) -> tuple[Node, int]:
    pos = p.advance()[2]
    items = [p.rules.term(p)]
    while p.take(","):
        items.append(p.rules.term(p))
    return NoMatch(tuple(items), pos=pos), LEAD_PREC


def nofun(p: Cursor) -> Node:
    """`nofun`."""
    return NoMatch((), pos=p.advance()[2])


def _scoped(p: Cursor) -> tuple[Node, int]:
    """`open A in e`, `set_option o v in e`."""
    pos = p.tok[2]
    words = []
    while not p.at("in"):
        if p.tok[0] in (END, BAD):
            p.fail("expected 'in'")
        words.append(p.advance()[1])
    p.advance()
    return Scoped(" ".join(words), p.rules.term(p), pos=pos), LEAD_PREC


def _sort_with_level(p: Cursor) -> tuple[Node, int]:
    tok = p.advance()
    kind = "Type" if tok[1] == "Type" else "Sort"
    level = _level(p)
    sort = Sort("Type" if kind == "Type" else "Sort", level, pos=tok[2])
    return sort, MAX_PREC if level is None else LEAD_PREC


def _level(p: Cursor) -> str | None:
    """A level at maximal precedence, as text; None when none stands there."""
    kind, text, _, _, column = p.tok
    if not p.spaced or column <= p.column:
        return None
    if kind in (IDENT, NUMBER) or text == "_":
        return p.advance()[1]
    if text != "(" or kind != SYMBOL:
        return None
    words: list[str] = []
    depth = 0
    while True:
        if p.tok[0] in (END, BAD):
            p.fail("expected ')' after a universe level")
        depth += {"(": 1, ")": -1}.get(p.tok[1], 0)
        words.append(p.advance()[1])
        if depth == 0:
            return " ".join(words[1:-1])


FORMS: Mapping[str, Callable[[Cursor], tuple[Node, int]]] = {
    "∀": _forall,
    "forall": _forall,
    "∃": _exists,
    "∃!": _exists,
    "∀ᵉ": _extended,
    "∃ᵉ": _extended,
    "Σ": _exists,
    "Σ'": _exists,
    **dict.fromkeys(BIG_OPERATORS, _big),
    "if": _if,
    "match": _match,
    **dict.fromkeys(_LETS, _let),
    "show": _show,
    "suffices": _suffices,
    "nomatch": _nomatch,
    "open": _scoped,
    "set_option": _scoped,
    "Type": _sort_with_level,
    "Sort": _sort_with_level,
}
