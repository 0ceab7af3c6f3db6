"""Forms that begin with a word or a binding symbol and reach as far as they can: let, match, if, ∀, ∑."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar

from leanmirror.bridge.lean.binders import Binders
from leanmirror.bridge.lean.braces import Braces
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


class Forms(Binders, Braces):
    """The rules for forms; each gives the node and its precedence."""

    FORMS: ClassVar[dict[str, Callable[[Any], tuple[Node, int]]]] = {}

    def function(self) -> Node:
        """`fun x => e` and `fun | p => e`."""
        pos = self.advance()[2]
        if self.at("|"):
            return self.equations()
        binders = self.function_binders()
        self.advance()
        return Fun(binders, self.term(), pos=pos)

    def equations(self) -> Node:
        """`| p => v` alternatives, as a function."""
        pos = self.tok[2]
        return FunMatch(self.alternatives(), pos=pos)

    def alternatives(self) -> tuple[Alternative, ...]:
        """`| p, q => v` alternatives, none of them to the left of the first."""
        if not self.at("|"):
            self.fail("expected '|'")
        outer, column = self.column, self.token_column(self.tok)
        found: list[Alternative] = []
        while self.at("|") and self.tok[4] >= column:
            self.column = column
            found.append(self._alternative())
        self.column = outer
        return tuple(found)

    def _alternative(self) -> Alternative:
        pos = self.tok[2]
        rows: list[tuple[Node, ...]] = []
        while self.take("|"):
            row = [self.term()]
            while self.take(","):
                row.append(self.term())
            rows.append(tuple(row))
        if not (self.take("=>") or self.take("↦")):
            self.fail("expected '=>'")
        return Alternative(tuple(rows), self.term(), pos=pos)

    def _forall(self) -> tuple[Node, int]:
        pos = self.advance()[2]
        binders = self.quantified()
        self.expect(",")
        return Forall(binders, self.term(), pos=pos), LEAD_PREC

    def _exists(self) -> tuple[Node, int]:
        tok = self.advance()
        binders = self.quantified()
        self.expect(",")
        key = "∃" if tok[1] == "exists" else tok[1]
        return Exists(key, binders, self.term(), pos=tok[2]), LEAD_PREC

    def _big(self) -> tuple[Node, int]:
        tok = self.advance()
        prec = BIG_OPERATORS[tok[1]]
        if tok[1] in ("∀ᵐ", "∃ᵐ"):
            binders: tuple[Binder, ...] = (self.bare(),)
        else:
            binders = self.big_binders() if tok[1] in ("∑", "∏") else self.quantified()
        domain = condition = measure = None
        if self.take("in"):
            domain = self.term()
        elif self.take("∂"):
            measure = self.term(70)
        if self.take("with"):
            condition = self.term()
        self.expect(",")
        body = self.term(prec)
        if tok[1] == "∫" and self.take("∂"):
            measure = self.term(70)
        return Big(tok[1], binders, body, domain, condition, measure, pos=tok[2]), prec or LEAD_PREC

    def _if(self) -> tuple[Node, int]:
        pos = self.advance()[2]
        if self.take("let"):
            pattern = self.term()
            self.expect(":=")
            value = self.term()
            then, other = self._branches()
            return IfLet(pattern, value, then, other, pos=pos), LEAD_PREC
        name = None
        if self.is_name(self.tok) and self.peek()[1] == ":":
            name = self.name()
            self.advance()
        condition = self.term()
        then, other = self._branches()
        return If(name, condition, then, other, pos=pos), LEAD_PREC

    def _branches(self) -> tuple[Node, Node]:
        self.expect("then")
        then = self.term()
        self.expect("else")
        return then, self.term()

    def _match(self) -> tuple[Node, int]:
        pos = self.advance()[2]
        motive = None
        if self.at("(") and self.peek()[1] == "motive":
            self.advance()
            self.advance()
            self.expect(":=")
            motive = self.term()
            self.expect(")")
        found = [self._discriminant()]
        while self.take(","):
            found.append(self._discriminant())
        self.expect("with")
        alternatives = self.alternatives() if self.at("|") else ()
        return Match(tuple(found), alternatives, motive, pos=pos), LEAD_PREC

    def _discriminant(self) -> Discriminant:
        pos = self.tok[2]
        name = None
        if self.is_name(self.tok) and self.peek()[1] == ":":
            name = self.name()
            self.advance()
        return Discriminant(name, self.term(), pos=pos)

    def _let(self) -> tuple[Node, int]:
        """`let`, `have` and their like, as a loop: a body may have many in a row."""
        bindings: list[tuple[str, int, Node, tuple[Binder, ...], Node | None, Node]] = []
        outer = self.column
        while self.tok[1] in _LETS and self.tok[0] != IDENT:
            self.lengthen(len(bindings))
            self.column = self.token_column(self.tok)
            tok = self.advance()
            key = tok[1]
            if key == "let" and self.tok[1] == "rec":
                self.advance()
                key = "let rec"
            bindings.append((key, tok[2], *self.binding(key)))
            if key == "let rec":
                self._hints()
            self.column = outer
            self._separator()
        body = self.term()
        for key, pos, pattern, binders, type_, value in reversed(bindings):
            body = Let(key, pattern, binders, type_, value, body, pos=pos)
        return body, LEAD_PREC

    def _hints(self) -> None:
        """What helps Lean to see that a recursion ends; it adds nothing to the meaning."""
        while self.tok[1] in ("termination_by", "decreasing_by") and self.tok[0] == WORD:
            tactic = self.advance()[1] == "decreasing_by"
            if tactic:
                self.block("by", self.last_end)
            else:
                self.term()

    @abstractmethod
    def block(self, key: str, start: int) -> Node:
        """An opaque block, from after its word."""

    def _separator(self) -> None:
        """A semicolon or a line break. Raises ReadError."""
        if not self.take(";") and self.source.code.find("\n", self.last_end, self.tok[2]) < 0:
            self.fail("expected ';' or a new line")

    def binding(self, key: str) -> tuple[Node, tuple[Binder, ...], Node | None, Node]:
        """Pattern, binders, type and value of a `let` or `have`."""
        pos = self.tok[2]
        pattern: Node
        binders: tuple[Binder, ...] = ()
        if self.is_name(self.tok) and self.tok[1] != "_" and self._plain_next():
            pattern = Ident(self.name(), pos=pos)
            binders = self.binder_groups(frozenset((":", ":=", "|")))
        elif key in ("have", "haveI", "let", "letI") and (self.at(":") or self.at(":=")):
            pattern = Ident("this", pos=pos)
        else:
            pattern = self.term()
        type_ = self.term() if self.take(":") else None
        if self.at("|"):
            return pattern, binders, type_, self.equations()
        self.expect(":=")
        return pattern, binders, type_, self.term()

    def _plain_next(self) -> bool:
        after = self.peek()
        return after[1] in _AFTER_NAME or self.is_name(after)

    def _show(self) -> tuple[Node, int]:
        tok = self.advance()
        outer, self.column = self.column, self.source.column(tok[2])
        type_ = self.term()
        self.column = outer
        if not self.at("by") and not self.take("from"):
            self.fail("expected 'from' or 'by'")
        return Show(type_, self.term(), pos=tok[2]), LEAD_PREC

    def _suffices(self) -> tuple[Node, int]:
        tok = self.advance()
        outer, self.column = self.column, self.source.column(tok[2])
        name = None
        if self.is_name(self.tok) and self.peek()[1] == ":":
            name = self.name()
            self.advance()
        type_ = self.term()
        if not self.at("by") and not self.take("from"):
            self.fail("expected 'from' or 'by'")
        value = self.term()
        self.column = outer
        self._separator()
        return Suffices(name, type_, value, self.term(), pos=tok[2]), LEAD_PREC

    def _nomatch(self) -> tuple[Node, int]:
        pos = self.advance()[2]
        items = [self.term()]
        while self.take(","):
            items.append(self.term())
        return NoMatch(tuple(items), pos=pos), LEAD_PREC

    def nofun(self) -> Node:
        """`nofun`."""
        return NoMatch((), pos=self.advance()[2])

    def _scoped(self) -> tuple[Node, int]:
        """`open A in e`, `set_option o v in e`."""
        pos = self.tok[2]
        words = []
        while not self.at("in"):
            if self.tok[0] in (END, BAD):
                self.fail("expected 'in'")
            words.append(self.advance()[1])
        self.advance()
        return Scoped(" ".join(words), self.term(), pos=pos), LEAD_PREC

    def _sort_with_level(self) -> tuple[Node, int]:
        tok = self.advance()
        kind = "Type" if tok[1] == "Type" else "Sort"
        level = self._level()
        sort = Sort("Type" if kind == "Type" else "Sort", level, pos=tok[2])
        return sort, MAX_PREC if level is None else LEAD_PREC

    def _level(self) -> str | None:
        """A level at maximal precedence, as text; None when none stands there."""
        kind, text, _, _, column = self.tok
        if not self.spaced or column <= self.column:
            return None
        if kind in (IDENT, NUMBER) or text == "_":
            return self.advance()[1]
        if text != "(" or kind != SYMBOL:
            return None
        words: list[str] = []
        depth = 0
        while True:
            if self.tok[0] in (END, BAD):
                self.fail("expected ')' after a universe level")
            depth += {"(": 1, ")": -1}.get(self.tok[1], 0)
            words.append(self.advance()[1])
            if depth == 0:
                return " ".join(words[1:-1])


Forms.FORMS = {
    "∀": Forms._forall,
    "forall": Forms._forall,
    "∃": Forms._exists,
    "∃!": Forms._exists,
    "Σ": Forms._exists,
    "Σ'": Forms._exists,
    **dict.fromkeys(BIG_OPERATORS, Forms._big),
    "if": Forms._if,
    "match": Forms._match,
    **dict.fromkeys(_LETS, Forms._let),
    "show": Forms._show,
    "suffices": Forms._suffices,
    "nomatch": Forms._nomatch,
    "open": Forms._scoped,
    "set_option": Forms._scoped,
    "Type": Forms._sort_with_level,
    "Sort": Forms._sort_with_level,
}
