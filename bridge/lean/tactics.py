"""Tactic blocks that make a value in a plain way, read as the term that they make."""

from __future__ import annotations

from dataclasses import dataclass, field

from leanmirror.bridge.lean.binders import bare
from leanmirror.bridge.lean.cursor import Cursor
from leanmirror.bridge.lean.forms import binding
from leanmirror.bridge.lean.parser import term
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


def given(p: Cursor) -> Node:
    """The value of a block, from its first tactic on; what fills holes after it is passed over."""
    outer, column = p.column, p.token_column(p.tok)
    steps = Steps()
    while True:
        if _over(p, column):
            p.fail("expected a tactic that gives the value")
        p.column = column
        found = _tactic(p, steps, column)
        if found is not None:
            break
        p.take(";")
    pos = found.pos
    _pass_over(p, column)
    p.column = outer
    return steps.put(found, pos)


def _over(p: Cursor, column: int) -> bool:
    return p.tok[0] == END or (p.tok[4] != MIDLINE and p.tok[4] < column) or p.at("|")


def _tactic(p: Cursor, steps: Steps, column: int) -> Node | None:
    """One tactic: the value that it gives, or None where it only prepares that."""
    text, start = p.tok[1], p.tok[2]
    if text in GIVING:
        p.advance()
        return term(p)
    if text in ("simpa", "exact_mod_cast"):
        return _simplified(p, steps, column)
    if text in ("if", "by_cases"):
        return _branching(p, start) if text == "if" else _by_cases(p, start, column)
    if text in ("match", "cases"):
        return _matching(p, start) if text == "match" else _cases(p, start)
    if text in CONTRADICTING:
        p.advance()
        return NoMatch((), pos=start)
    _prepared(p, steps, text, start, column)
    return None


def _prepared(p: Cursor, steps: Steps, text: str, start: int, column: int) -> None:
    if text in LOCAL:
        p.advance()
        key = "let" if text == "set" else text
        steps.around.append((key, Local(*binding(p, key), pos=start)))
        if text == "set":
            _skip(p, column)
    elif text in ("intro", "intros"):
        p.advance()
        steps.around.append(("intro", Local(Hole(), (bare(p),), None, Hole(), pos=start)))
    elif text in ("obtain", "rcases"):
        p.advance()
        steps.around.append(("let", _destructured(p, text, start)))
    elif text in SKIPPED or text in REWRITING:
        steps.carried = steps.carried or text in REWRITING
        _skip(p, column)
    else:
        p.fail("a proof by tactics")


def _destructured(p: Cursor, text: str, start: int) -> Local:
    """`obtain p := e` and `rcases e with p`."""
    if text == "obtain":
        pattern = term(p)
        p.expect(":=")
        return Local(pattern, (), None, term(p), pos=start)
    value = term(p)
    p.expect("with")
    return Local(term(p), (), None, value, pos=start)


def _simplified(p: Cursor, steps: Steps, column: int) -> Node:
    """`simpa … using e`, `exact_mod_cast e`: e, carried over."""
    steps.carried = True
    if p.advance()[1] == "exact_mod_cast":
        return term(p)
    while not _ended(p, column):
        if p.tok[1] == "using":
            p.advance()
            return term(p)
        p.advance()
    raise ReadError("expected 'using'", p.source.position(p.tok[2]))


def _branching(p: Cursor, start: int) -> Node:
    p.advance()
    name = None
    if p.tok[0] == IDENT and p.peek()[1] == ":":
        name = p.advance()[1]
        p.advance()
    condition = term(p)
    p.expect("then")
    then = given(p)
    p.expect("else")
    return If(name, condition, then, given(p), pos=start)


def _by_cases(p: Cursor, start: int, column: int) -> Node:
    """`by_cases h : p` and a bullet for each case."""
    p.advance()
    name = None
    if p.tok[0] == IDENT and p.peek()[1] == ":":
        name = p.advance()[1]
        p.advance()
    condition = term(p)
    then = _bullet(p)
    p.column = column
    return If(name, condition, then, _bullet(p), pos=start)


def _bullet(p: Cursor) -> Node:
    if not p.at("·"):
        p.fail("expected '·'")
    p.advance()
    return given(p)


def _matching(p: Cursor, start: int) -> Node:
    p.advance()
    discriminants = [_discriminant(p)]
    while p.take(","):
        discriminants.append(_discriminant(p))
    p.expect("with")
    found: list[Alternative] = []
    column = p.column
    while p.at("|") and (p.tok[4] == MIDLINE or p.tok[4] >= column):
        pos = p.advance()[2]
        row = [term(p)]
        while p.take(","):
            row.append(term(p))
        p.expect("=>")
        found.append(Alternative((tuple(row),), given(p), pos=pos))
    return Match(tuple(discriminants), tuple(found), pos=start)


def _discriminant(p: Cursor) -> Discriminant:
    name = None
    if p.tok[0] == IDENT and p.peek()[1] == ":":
        name = p.advance()[1]
        p.advance()
    return Discriminant(name, term(p), pos=p.tok[2])


def _cases(p: Cursor, start: int) -> Node:
    """`cases e with | a x => …`."""
    p.advance()
    value = _discriminant(p)
    p.expect("with")
    found: list[Alternative] = []
    column = p.column
    while p.at("|") and (p.tok[4] == MIDLINE or p.tok[4] >= column):
        pos = p.advance()[2]
        name = Dot(p.advance()[1], pos=pos)
        args: list[Node] = []
        while not p.at("=>"):
            at = p.tok[2]
            text = p.advance()[1]
            args.append(Hole(pos=at) if text == "_" else Ident(text, pos=at))
        p.advance()
        pattern = App(name, tuple(args), pos=pos) if args else name
        found.append(Alternative(((pattern,),), given(p), pos=pos))
    return Match((value,), tuple(found), pos=start)


def _skip(p: Cursor, column: int) -> None:
    p.advance()
    while not _ended(p, column):
        p.advance()


def _ended(p: Cursor, column: int) -> bool:
    """Whether the next token starts another tactic."""
    if p.tok[0] == END or p.at(";"):
        return True
    return p.tok[4] != MIDLINE and p.tok[4] <= column


def _pass_over(p: Cursor, column: int) -> None:
    """Go to the end of the block."""
    depth = 0
    while p.tok[0] != END and not (depth == 0 and _closes(p, column)):
        depth += (p.tok[1] in OPEN_TO_CLOSE) - (p.tok[1] in CLOSERS)
        p.advance()


def _closes(p: Cursor, column: int) -> bool:
    text = p.tok[1]
    if p.tok[4] != MIDLINE and p.tok[4] < column:
        return True
    return text in CLOSERS or text in ("else", "|", "where", ",") or text in AFTER


def _stepped(key: str, step: Local, term: Node) -> Node:
    if key == "intro":
        return Fun(step.binders, term, pos=step.pos)
    return Let(key, step.pattern, step.binders, step.type, step.value, term, pos=step.pos)
