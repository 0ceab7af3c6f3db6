"""Terms: a Pratt parser over the operator table, with Lean's precedences."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from leanmirror.bridge.lean.atoms import application_argument, argument, starts_argument
from leanmirror.bridge.lean.binders import binder_groups
from leanmirror.bridge.lean.brackets import ATOMS
from leanmirror.bridge.lean.cursor import TOO_DEEP, Cursor, Rules
from leanmirror.bridge.lean.forms import FORMS, equations, function, nofun
from leanmirror.bridge.lean.lexer import Source
from leanmirror.bridge.lean.notations import NO_NOTATIONS, Definition, Notations
from leanmirror.bridge.lean.opaque import calculation, do, quotation, tactics
from leanmirror.bridge.lean.operators import (
    INFIX,
    LEAD_PREC,
    MAX_PREC,
    MIN_PREC,
    PREFIX,
    Operator,
)
from leanmirror.bridge.lean.syntax import (
    App,
    Arrow,
    Binder,
    Cdot,
    Ident,
    Infix,
    Node,
    Notation,
    Postfix,
    Prefix,
    Proj,
    height,
)
from leanmirror.bridge.lean.tokens import END, IDENT, MAX_HEIGHT, NUMBER, SYMBOL, WORD
from leanmirror.spec.errors import ReadError

T = TypeVar("T")

_PIPES = frozenset(("<|", "$", "|>", "|>."))
_ARROWS = frozenset(("→", "->"))
ARROW_PREC = 25
CONGRUENCES = {"[MOD": "Nat.ModEq", "[ZMOD": "Int.ModEq"}
"""What follows `a ≡ b`, and what the whole says."""


def term(p: Cursor, prec: int = 0) -> Node:
    """A term whose precedence is at least `prec`, with all the operators that follow it."""
    p.deeper()
    tok = p.tok
    kind, text = tok[0], tok[1]
    left: Node | None = None
    level = MAX_PREC
    if kind != IDENT:
        form = p.rules.forms.get(text) if kind in (SYMBOL, WORD) else None
        if form is not None:
            left, level = form(p)
        else:
            found = _prefixed(p, kind, text)
            if found is not None:
                left, level = found
    if left is None:
        left, level = application(p)
    left = _operators(p, left, level, prec)
    p.depth -= 1
    return left


def _prefixed(p: Cursor, kind: int, text: str) -> tuple[Node, int] | None:
    """A prefix operator that is looser than application, with its operand; None where none stands."""
    own = p.notations.prefixes.get(text) if kind == SYMBOL else None
    row = own.row if own is not None else PREFIX.get(text) if kind == SYMBOL else None
    if row is None or row.prec == MAX_PREC:
        return None
    pos = p.advance()[2]
    operand = term(p, row.right)
    p.noted = p.noted or own is not None
    node = Prefix(row.key, operand, pos=pos) if own is None else Notation(own.key, (operand,), pos=pos)
    return node, row.prec


def application(p: Cursor) -> tuple[Node, int]:
    """An atom and its arguments, with the precedence of the whole."""
    fn = argument(p)
    args: list[Node] = []
    while starts_argument(p):
        arg = application_argument(p)
        if arg is None:
            break
        args.append(arg)
    return (App(fn, tuple(args), pos=fn.pos), LEAD_PREC) if args else (fn, MAX_PREC)


def _operators(p: Cursor, left: Node, level: int, prec: int) -> Node:
    own = p.notations
    count = 0
    while True:
        kind, text = p.tok[0], p.tok[1]
        if kind != SYMBOL:
            break
        mixfix = own.operators.get(text)
        row = mixfix.row if mixfix is not None else INFIX.get(text)
        if row is not None:
            if row.prec < prec or level < row.left:
                break
            found = _operation(p, left, row) if mixfix is None else _own_operation(p, left, row, mixfix)
            left, level = found, row.prec
        elif text in own.trailing:
            more = _trailing_notation(p, left, level, prec, own.trailing[text])
            if more is None:
                break
            left, level = more
        elif text in _ARROWS:
            if prec > ARROW_PREC or level <= ARROW_PREC:
                break
            left, level = _arrow(p, left), ARROW_PREC
        elif text in _PIPES:
            if prec > MIN_PREC:
                break
            left, level = _pipe(p, left, text), MIN_PREC
        else:
            break
        count += 1
        p.lengthen(count)
    return left


def _operation(p: Cursor, left: Node, row: Operator) -> Node:
    p.advance()
    if row.fixity == "postfix":
        return Postfix(row.key, left, pos=left.pos)
    parameter = None
    if row.bracketed:
        parameter = term(p)
        p.expect("]")
    right = term(p, row.right)
    if row.key == "≡" and p.tok[1] in CONGRUENCES:
        name = CONGRUENCES[p.advance()[1]]
        modulus = term(p)
        p.expect("]")
        return App(Ident(name, pos=left.pos), (modulus, left, right), pos=left.pos)
    return Infix(row.key, left, right, parameter, pos=left.pos)


def _own_operation(p: Cursor, left: Node, row: Operator, mixfix: Definition) -> Node:
    p.advance()
    p.noted = True
    args = (left,) if row.fixity == "postfix" else (left, term(p, row.right))
    return Notation(mixfix.key, args, pos=left.pos)


def _arrow(p: Cursor, left: Node) -> Node:
    """`A → B → C`, as a loop: a statement may have many hypotheses in a row."""
    domains = [left]
    while p.tok[1] in _ARROWS and p.tok[0] == SYMBOL:
        p.advance()
        saved = p.depth
        domains.append(_operators_at_arrow(p, term(p, ARROW_PREC + 1)))
        p.depth = saved
        p.lengthen(len(domains))
    codomain = domains.pop()
    for domain in reversed(domains):
        codomain = Arrow(domain, codomain, pos=domain.pos)
    return codomain


def _operators_at_arrow(p: Cursor, left: Node) -> Node:
    """Operators as loose as the arrow, such as `≃`, belong to its right side."""
    row = INFIX.get(p.tok[1]) if p.tok[0] == SYMBOL else None
    return _operators(p, left, ARROW_PREC + 1, ARROW_PREC) if row and row.prec == ARROW_PREC else left


def _pipe(p: Cursor, left: Node, text: str) -> Node:
    p.advance()
    if text == "|>.":
        if p.dots and not isinstance(left, Cdot):
            p.fail("a '·' inside what '|>.' projects")
        text = p.advance()[1] if p.tok[0] == NUMBER else p.name("a field")
        for name in text.split("."):
            left = Proj(left, name, pos=left.pos)
        return _applied(p, left)
    right = term(p, MIN_PREC + (text == "|>"))
    if p.dots:  # an application would need parentheses, and they would end the section
        return Infix("|>" if text == "|>" else "<|", left, right, pos=left.pos)
    return applied(right, left) if text == "|>" else applied(left, right)


def _applied(p: Cursor, fn: Node) -> Node:
    args: list[Node] = []
    while starts_argument(p):
        arg = application_argument(p)
        if arg is None:
            break
        args.append(arg)
    return App(fn, tuple(args), pos=fn.pos) if args else fn


def _trailing_notation(
    p: Cursor, left: Node, level: int, prec: int, found: tuple[Definition, ...]
) -> tuple[Node, int] | None:
    usable = [each for each in found if each.prec >= prec and level >= each.operands[0].prec]
    if not usable:
        return None
    return notation_rest(p, usable, (left,), left.pos)


def notation_rest(p: Cursor, found: list[Definition], before: tuple[Node, ...], pos: int) -> tuple[Node, int]:
    """The rest of a notation after the operands `before`; notations that begin alike are read as one."""
    p.noted = True
    args = list(before)
    live, step = found, len(before)
    while True:
        nexts = [(each, each.items[step]) for each in live if step < len(each.items)]
        fitting = [each for each, item in nexts if isinstance(item, str) and p.at(item)]
        precs = [item.prec for _, item in nexts if not isinstance(item, str)]
        done = [each for each in live if step == len(each.items)]
        if fitting:
            live = fitting
            p.advance()
        elif done:
            return Notation(done[0].key, tuple(args), pos=pos), done[0].prec
        elif precs:
            live = [each for each, item in nexts if not isinstance(item, str)]
            args.append(term(p, min(precs)))
        else:
            p.fail(f"expected '{nexts[0][1]}'")
        step += 1


def applied(fn: Node, arg: Node) -> App:
    """`fn <| arg` as Lean reads it: one argument more."""
    if isinstance(fn, App):
        return App(fn.fn, (*fn.args, arg), pos=fn.pos)
    return App(fn, (arg,), pos=fn.pos)


def guarded(parser: Cursor, rule: Callable[[Cursor], T]) -> T:
    """What a rule reads. Raises ReadError where it stopped, also for a tree too high to be walked."""
    try:
        found = rule(parser)
    except RecursionError:
        raise ReadError(TOO_DEEP, parser.source.position(parser.tok[2])) from None
    if parser.links > MAX_HEIGHT // 2 and height(found) > MAX_HEIGHT:
        raise ReadError(TOO_DEEP, parser.source.position(parser.tok[2]))
    return found


def whole(parser: Cursor, rule: Callable[[Cursor], T]) -> T:
    """What a rule reads when nothing may follow it. Raises ReadError."""
    found = guarded(parser, rule)
    if parser.tok[0] != END:
        parser.fail("expected the end of the text")
    return found


def parse_term(text: str, notations: Notations = NO_NOTATIONS) -> Node:
    """The tree of a text that is one term.

    Raises ReadError with the position where reading stopped.
    """
    return whole(reading(Source(text), notations=notations), term)


def parse_binders(text: str, notations: Notations = NO_NOTATIONS) -> tuple[Binder, ...]:
    """The binder groups of a text that holds nothing else.

    Raises ReadError with the position where reading stopped.
    """
    return whole(reading(Source(text), notations=notations), binder_groups)


RULES = Rules(
    term=term,
    argument=argument,
    equations=equations,
    notation=notation_rest,
    atoms={
        **ATOMS,
        "fun": function,
        "λ": function,
        "nofun": nofun,
        "do": do,
        "`(": quotation,
        "`[": quotation,
    },
    forms={**FORMS, "by": tactics, "calc": calculation},
)
"""The grammar of terms."""


def reading(
    source: Source, start: int = 0, end: int | None = None, notations: Notations = NO_NOTATIONS
) -> Cursor:
    """A cursor that reads terms from a stretch of a source."""
    return Cursor(RULES, source, start, end, notations)
