"""Terms: a Pratt parser over the operator table, with Lean's precedences."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from leanmirror.bridge.lean.atoms import Atoms
from leanmirror.bridge.lean.cursor import TOO_DEEP, Cursor
from leanmirror.bridge.lean.forms import Forms
from leanmirror.bridge.lean.lexer import Source
from leanmirror.bridge.lean.notations import NO_NOTATIONS, Definition, Notations
from leanmirror.bridge.lean.opaque import Blocks
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


class Parser(Blocks, Forms, Atoms):
    """Reads one term or binder after another from a stretch of text. Every method raises ReadError."""

    def term(self, prec: int = 0) -> Node:
        """A term whose precedence is at least `prec`, with all the operators that follow it."""
        self.deeper()
        tok = self.tok
        kind, text = tok[0], tok[1]
        left: Node | None = None
        level = MAX_PREC
        if kind != IDENT:
            form = self.FORMS.get(text) if kind in (SYMBOL, WORD) else None
            if form is not None:
                left, level = form(self)
            else:
                found = self._prefixed(kind, text)
                if found is not None:
                    left, level = found
        if left is None:
            left, level = self.application()
        left = self._operators(left, level, prec)
        self.depth -= 1
        return left

    def _prefixed(self, kind: int, text: str) -> tuple[Node, int] | None:
        """A prefix operator that is looser than application, with its operand; None where none stands."""
        own = self.notations.prefixes.get(text) if kind == SYMBOL else None
        row = own.row if own is not None else PREFIX.get(text) if kind == SYMBOL else None
        if row is None or row.prec == MAX_PREC:
            return None
        pos = self.advance()[2]
        operand = self.term(row.right)
        self.noted = self.noted or own is not None
        node = Prefix(row.key, operand, pos=pos) if own is None else Notation(own.key, (operand,), pos=pos)
        return node, row.prec

    def application(self) -> tuple[Node, int]:
        """An atom and its arguments, with the precedence of the whole."""
        fn = self.argument()
        args: list[Node] = []
        while self.starts_argument():
            arg = self.application_argument()
            if arg is None:
                break
            args.append(arg)
        return (App(fn, tuple(args), pos=fn.pos), LEAD_PREC) if args else (fn, MAX_PREC)

    def _operators(self, left: Node, level: int, prec: int) -> Node:
        own = self.notations
        count = 0
        while True:
            kind, text = self.tok[0], self.tok[1]
            if kind != SYMBOL:
                break
            mixfix = own.operators.get(text)
            row = mixfix.row if mixfix is not None else INFIX.get(text)
            if row is not None:
                if row.prec < prec or level < row.left:
                    break
                found = (
                    self._operation(left, row) if mixfix is None else self._own_operation(left, row, mixfix)
                )
                left, level = found, row.prec
            elif text in own.trailing:
                more = self._trailing_notation(left, level, prec, own.trailing[text])
                if more is None:
                    break
                left, level = more
            elif text in _ARROWS:
                if prec > ARROW_PREC or level <= ARROW_PREC:
                    break
                left, level = self._arrow(left), ARROW_PREC
            elif text in _PIPES:
                if prec > MIN_PREC:
                    break
                left, level = self._pipe(left, text), MIN_PREC
            else:
                break
            count += 1
            self.lengthen(count)
        return left

    def _operation(self, left: Node, row: Operator) -> Node:
        self.advance()
        if row.fixity == "postfix":
            return Postfix(row.key, left, pos=left.pos)
        parameter = None
        if row.bracketed:
            parameter = self.term()
            self.expect("]")
        return Infix(row.key, left, self.term(row.right), parameter, pos=left.pos)

    def _own_operation(self, left: Node, row: Operator, mixfix: Definition) -> Node:
        self.advance()
        self.noted = True
        args = (left,) if row.fixity == "postfix" else (left, self.term(row.right))
        return Notation(mixfix.key, args, pos=left.pos)

    def _arrow(self, left: Node) -> Node:
        """`A → B → C`, as a loop: a statement may have many hypotheses in a row."""
        domains = [left]
        while self.tok[1] in _ARROWS and self.tok[0] == SYMBOL:
            self.advance()
            saved = self.depth
            domains.append(self._operators_at_arrow(self.term(ARROW_PREC + 1)))
            self.depth = saved
            self.lengthen(len(domains))
        codomain = domains.pop()
        for domain in reversed(domains):
            codomain = Arrow(domain, codomain, pos=domain.pos)
        return codomain

    def _operators_at_arrow(self, left: Node) -> Node:
        """Operators as loose as the arrow, such as `≃`, belong to its right side."""
        row = INFIX.get(self.tok[1]) if self.tok[0] == SYMBOL else None
        return self._operators(left, ARROW_PREC + 1, ARROW_PREC) if row and row.prec == ARROW_PREC else left

    def _pipe(self, left: Node, text: str) -> Node:
        self.advance()
        if text == "|>.":
            if self.dots and not isinstance(left, Cdot):
                self.fail("a '·' inside what '|>.' projects")
            text = self.advance()[1] if self.tok[0] == NUMBER else self.name("a field")
            for name in text.split("."):
                left = Proj(left, name, pos=left.pos)
            return self._applied(left)
        right = self.term(MIN_PREC + (text == "|>"))
        if self.dots:  # an application would need parentheses, and they would end the section
            return Infix("|>" if text == "|>" else "<|", left, right, pos=left.pos)
        return applied(right, left) if text == "|>" else applied(left, right)

    def _applied(self, fn: Node) -> Node:
        args: list[Node] = []
        while self.starts_argument():
            arg = self.application_argument()
            if arg is None:
                break
            args.append(arg)
        return App(fn, tuple(args), pos=fn.pos) if args else fn

    def _trailing_notation(
        self, left: Node, level: int, prec: int, found: tuple[Definition, ...]
    ) -> tuple[Node, int] | None:
        usable = [each for each in found if each.prec >= prec and level >= each.operands[0].prec]
        if not usable:
            return None
        return self.notation_rest(usable, (left,), left.pos)

    def notation_rest(self, found: list[Definition], before: tuple[Node, ...], pos: int) -> tuple[Node, int]:
        """The rest of a notation after the operands `before`; notations that begin alike are read as one."""
        self.noted = True
        args = list(before)
        live, step = found, len(before)
        while True:
            nexts = [(each, each.items[step]) for each in live if step < len(each.items)]
            fitting = [each for each, item in nexts if isinstance(item, str) and self.at(item)]
            precs = [item.prec for _, item in nexts if not isinstance(item, str)]
            done = [each for each in live if step == len(each.items)]
            if fitting:
                live = fitting
                self.advance()
            elif done:
                return Notation(done[0].key, tuple(args), pos=pos), done[0].prec
            elif precs:
                live = [each for each, item in nexts if not isinstance(item, str)]
                args.append(self.term(min(precs)))
            else:
                self.fail(f"expected '{nexts[0][1]}'")
            step += 1


def applied(fn: Node, arg: Node) -> App:
    """`fn <| arg` as Lean reads it: one argument more."""
    if isinstance(fn, App):
        return App(fn.fn, (*fn.args, arg), pos=fn.pos)
    return App(fn, (arg,), pos=fn.pos)


def guarded(parser: Cursor, rule: Callable[[], T]) -> T:
    """What a rule reads. Raises ReadError where it stopped, also for a tree too high to be walked."""
    try:
        found = rule()
    except RecursionError:
        raise ReadError(TOO_DEEP, parser.source.position(parser.tok[2])) from None
    if parser.links > MAX_HEIGHT // 2 and height(found) > MAX_HEIGHT:
        raise ReadError(TOO_DEEP, parser.source.position(parser.tok[2]))
    return found


def whole(parser: Cursor, rule: Callable[[], T]) -> T:
    """What a rule reads when nothing may follow it. Raises ReadError."""
    found = guarded(parser, rule)
    if parser.tok[0] != END:
        parser.fail("expected the end of the text")
    return found


def parse_term(text: str, notations: Notations = NO_NOTATIONS) -> Node:
    """The tree of a text that is one term.

    Raises ReadError with the position where reading stopped.
    """
    parser = Parser(Source(text), notations=notations)
    return whole(parser, parser.term)


def parse_binders(text: str, notations: Notations = NO_NOTATIONS) -> tuple[Binder, ...]:
    """The binder groups of a text that holds nothing else.

    Raises ReadError with the position where reading stopped.
    """
    parser = Parser(Source(text), notations=notations)
    return whole(parser, lambda: parser.binder_groups(frozenset()))


Parser.ATOMS = {
    **Atoms.ATOMS,
    "fun": Forms.function,
    "λ": Forms.function,
    "nofun": Forms.nofun,
    "do": Blocks.do,
    "`(": Blocks.quotation,
    "`[": Blocks.quotation,
}
Parser.FORMS = {**Forms.FORMS, "by": Blocks.tactics, "calc": Blocks.calculation}
