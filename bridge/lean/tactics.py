"""Tactic blocks that make a value in a plain way, read as the term that they make."""

from __future__ import annotations

from dataclasses import dataclass, field

from leanmirror.bridge.lean.parser import Parser
from leanmirror.bridge.lean.syntax import (
    Alternative,
    App,
    Discriminant,
    Dot,
    Fun,
    Hole,
    Ident,
    If,
    Infix,
    Let,
    Local,
    Match,
    Node,
    NoMatch,
)
from leanmirror.bridge.lean.tokens import CLOSERS, END, IDENT, MIDLINE, OPEN_TO_CLOSE
from leanmirror.spec.errors import ReadError

SKIPPED = frozenset(("classical", "dsimp", "unfold", "show", "change", "clear", "haveI", "omit"))
"""Tactics that leave the value as it is, and its type up to computation."""

REWRITING = frozenset(("rw", "rewrite", "simp", "subst", "norm_num", "simp_all", "push_cast", "norm_cast"))
"""Tactics that change the type along equations: the value is carried over."""

GIVING = frozenset(("exact", "refine", "refine'"))
LOCAL = frozenset(("let", "have", "letI", "haveI", "set"))
CONTRADICTING = frozenset(("exfalso", "contradiction"))
AFTER = frozenset(("termination_by", "decreasing_by", "deriving"))


@dataclass(slots=True)
class Steps:
    """What stands before the value: functions and `let`s around it, and whether its type was rewritten."""

    around: list[tuple[str, Local]] = field(default_factory=list)
    carried: bool = False

    def put(self, term: Node, pos: int) -> Node:
        """The value with what stands around it."""
        if self.carried:
            term = Infix("▸", Hole(pos=pos), term, pos=pos)
        for key, step in reversed(self.around):
            term = _stepped(key, step, term)
        return term


class TacticParser(Parser):
    """Reads tactic blocks. Raises ReadError for one that makes its value in another way."""

    def given(self) -> Node:
        """The value of a block, from its first tactic on; what fills holes after it is passed over."""
        outer, column = self.column, self.token_column(self.tok)
        steps = Steps()
        while True:
            if self._over(column):
                self.fail("expected a tactic that gives the value")
            self.column = column
            found = self._tactic(steps, column)
            if found is not None:
                break
            self.take(";")
        pos = found.pos
        self._pass_over(column)
        self.column = outer
        return steps.put(found, pos)

    def _over(self, column: int) -> bool:
        return self.tok[0] == END or (self.tok[4] != MIDLINE and self.tok[4] < column) or self.at("|")

    def _tactic(self, steps: Steps, column: int) -> Node | None:
        """One tactic: the value that it gives, or None where it only prepares that."""
        text, start = self.tok[1], self.tok[2]
        if text in GIVING:
            self.advance()
            return self.term()
        if text in ("simpa", "exact_mod_cast"):
            return self._simplified(steps, column)
        if text in ("if", "by_cases"):
            return self._branching(start) if text == "if" else self._by_cases(start, column)
        if text in ("match", "cases"):
            return self._matching(start) if text == "match" else self._cases(start)
        if text in CONTRADICTING:
            self.advance()
            return NoMatch((), pos=start)
        self._prepared(steps, text, start, column)
        return None

    def _prepared(self, steps: Steps, text: str, start: int, column: int) -> None:
        if text in LOCAL:
            self.advance()
            key = "let" if text == "set" else text
            steps.around.append((key, Local(*self.binding(key), pos=start)))
            if text == "set":
                self._skip(column)
        elif text in ("intro", "intros"):
            self.advance()
            steps.around.append(("intro", Local(Hole(), (self.bare(),), None, Hole(), pos=start)))
        elif text in ("obtain", "rcases"):
            self.advance()
            steps.around.append(("let", self._destructured(text, start)))
        elif text in SKIPPED or text in REWRITING:
            steps.carried = steps.carried or text in REWRITING
            self._skip(column)
        else:
            self.fail("a proof by tactics")

    def _destructured(self, text: str, start: int) -> Local:
        """`obtain p := e` and `rcases e with p`."""
        if text == "obtain":
            pattern = self.term()
            self.expect(":=")
            return Local(pattern, (), None, self.term(), pos=start)
        value = self.term()
        self.expect("with")
        return Local(self.term(), (), None, value, pos=start)

    def _simplified(self, steps: Steps, column: int) -> Node:
        """`simpa … using e`, `exact_mod_cast e`: e, carried over."""
        steps.carried = True
        if self.advance()[1] == "exact_mod_cast":
            return self.term()
        while not self._ended(column):
            if self.tok[1] == "using":
                self.advance()
                return self.term()
            self.advance()
        raise ReadError("expected 'using'", self.source.position(self.tok[2]))

    def _branching(self, start: int) -> Node:
        self.advance()
        name = None
        if self.tok[0] == IDENT and self.peek()[1] == ":":
            name = self.advance()[1]
            self.advance()
        condition = self.term()
        self.expect("then")
        then = self.given()
        self.expect("else")
        return If(name, condition, then, self.given(), pos=start)

    def _by_cases(self, start: int, column: int) -> Node:
        """`by_cases h : p` and a bullet for each case."""
        self.advance()
        name = None
        if self.tok[0] == IDENT and self.peek()[1] == ":":
            name = self.advance()[1]
            self.advance()
        condition = self.term()
        then = self._bullet()
        self.column = column
        return If(name, condition, then, self._bullet(), pos=start)

    def _bullet(self) -> Node:
        if not self.at("·"):
            self.fail("expected '·'")
        self.advance()
        return self.given()

    def _matching(self, start: int) -> Node:
        self.advance()
        discriminants = [self._discriminant()]
        while self.take(","):
            discriminants.append(self._discriminant())
        self.expect("with")
        found: list[Alternative] = []
        column = self.column
        while self.at("|") and (self.tok[4] == MIDLINE or self.tok[4] >= column):
            pos = self.advance()[2]
            row = [self.term()]
            while self.take(","):
                row.append(self.term())
            self.expect("=>")
            found.append(Alternative((tuple(row),), self.given(), pos=pos))
        return Match(tuple(discriminants), tuple(found), pos=start)

    def _discriminant(self) -> Discriminant:
        name = None
        if self.tok[0] == IDENT and self.peek()[1] == ":":
            name = self.advance()[1]
            self.advance()
        return Discriminant(name, self.term(), pos=self.tok[2])

    def _cases(self, start: int) -> Node:
        """`cases e with | a x => …`."""
        self.advance()
        value = self._discriminant()
        self.expect("with")
        found: list[Alternative] = []
        column = self.column
        while self.at("|") and (self.tok[4] == MIDLINE or self.tok[4] >= column):
            pos = self.advance()[2]
            name = Dot(self.advance()[1], pos=pos)
            args: list[Node] = []
            while not self.at("=>"):
                at = self.tok[2]
                text = self.advance()[1]
                args.append(Hole(pos=at) if text == "_" else Ident(text, pos=at))
            self.advance()
            pattern = App(name, tuple(args), pos=pos) if args else name
            found.append(Alternative(((pattern,),), self.given(), pos=pos))
        return Match((value,), tuple(found), pos=start)

    def _skip(self, column: int) -> None:
        self.advance()
        while not self._ended(column):
            self.advance()

    def _ended(self, column: int) -> bool:
        """Whether the next token starts another tactic."""
        if self.tok[0] == END or self.at(";"):
            return True
        return self.tok[4] != MIDLINE and self.tok[4] <= column

    def _pass_over(self, column: int) -> None:
        """Go to the end of the block."""
        depth = 0
        while self.tok[0] != END and not (depth == 0 and self._closes(column)):
            depth += (self.tok[1] in OPEN_TO_CLOSE) - (self.tok[1] in CLOSERS)
            self.advance()

    def _closes(self, column: int) -> bool:
        text = self.tok[1]
        if self.tok[4] != MIDLINE and self.tok[4] < column:
            return True
        return text in CLOSERS or text in ("else", "|", "where", ",") or text in AFTER


def _stepped(key: str, step: Local, term: Node) -> Node:
    if key == "intro":
        return Fun(step.binders, term, pos=step.pos)
    return Let(key, step.pattern, step.binders, step.type, step.value, term, pos=step.pos)
