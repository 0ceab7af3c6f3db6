"""`do` blocks read as the terms that Lean makes of them: bind, pure, and what is changed handed on.

What is assigned inside an `if`, `match` or `for` becomes the value of that part. A `return` may stand at the
end of the block or of a branch; inside of a loop it is refused, and so is `(← e)`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from leanmirror.bridge.lean.atoms import argument
from leanmirror.bridge.lean.cursor import Cursor
from leanmirror.bridge.lean.parser import term
from leanmirror.bridge.lean.syntax import (
    Alternative,
    App,
    Binder,
    Discriminant,
    Fun,
    FunMatch,
    Hole,
    Ident,
    If,
    Let,
    Match,
    Node,
    Tuple,
)
from leanmirror.bridge.lean.tokens import END, IDENT, MIDLINE

Block = tuple["Statement", ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement: `action`, `let`, `bind`, `assign`, `return`, `if`, `match` or `for`.

    `pattern` is what a value is put into, `parts` are the blocks of branches, `heads` what they are for.
    """

    key: str
    pos: int
    value: Node | None = None
    pattern: Node | None = None
    type: Node | None = None
    name: str | None = None
    discriminants: tuple[Discriminant, ...] = ()
    heads: tuple[tuple[Node, ...], ...] = ()
    parts: tuple[Block, ...] = ()
    mutable: bool = False


def do_block(p: Cursor) -> Node:
    """The block, from the word `do` on, as a term."""
    block = _block(p)
    if p.tok[0] != END:
        p.fail("expected the end of a do block")
    return Unrolling().block(block)


def _inside(p: Cursor) -> bool:
    """Whether the next token belongs to the block in work, by its column."""
    return p.tok[4] == MIDLINE or p.tok[4] >= p.column


def _head(p: Cursor) -> Node:
    """A term before `do`."""
    p.before_do = True
    found = term(p)
    p.before_do = False
    p.expect("do")
    return found


def _block(p: Cursor) -> Block:
    if p.at("do"):
        p.advance()
    outer, column = p.column, p.token_column(p.tok)
    found: list[Statement] = []
    while True:
        p.column = column
        found.append(_statement(p))
        if not p.take(";") and (p.tok[0] == END or p.tok[4] == MIDLINE or p.tok[4] != column):
            break
    p.column = outer
    return tuple(found)


def _statement(p: Cursor) -> Statement:
    text, pos = p.tok[1], p.tok[2]
    rules: dict[str, Callable[[Cursor, int], Statement]] = {
        "let": _let_statement, "return": _return, "if": _if_block, "unless": _unless,
        "match": _match_block, "for": _for,
    }  # fmt: skip
    if text in rules:
        return rules[text](p, pos)
    if p.tok[0] == IDENT and p.peek()[1] in (":=", "←"):
        target = Ident(p.advance()[1], pos=pos)
        key = "assign" if p.advance()[1] == ":=" else "bind"
        return Statement(key, pos, term(p), target, mutable=True)
    return Statement("action", pos, term(p))


def _let_statement(p: Cursor, pos: int) -> Statement:
    p.advance()
    mutable = p.tok[1] == "mut"
    if mutable:
        p.advance()
    pattern = term(p)
    type_ = term(p) if p.take(":") else None
    key = "bind" if p.at("←") else "let"
    if key == "let" and not p.at(":="):
        p.fail("expected ':=' or '←'")
    p.advance()
    return Statement(key, pos, term(p), pattern, type_)


def _return(p: Cursor, pos: int) -> Statement:
    p.advance()
    bare = p.tok[0] == END or (p.tok[4] != MIDLINE and p.tok[4] <= p.column)
    return Statement("return", pos, Tuple((), pos=pos) if bare else term(p))


def _if_block(p: Cursor, pos: int) -> Statement:
    p.advance()
    name = None
    if p.tok[0] == IDENT and p.peek()[1] == ":":
        name = p.advance()[1]
        p.advance()
    condition = term(p)
    p.expect("then")
    then = _block(p)
    other: Block = ()
    if _inside(p) and p.take("else"):
        other = (_if_block(p, p.tok[2]),) if p.at("if") else _block(p)
    return Statement("if", pos, condition, name=name, parts=(then, other))


def _unless(p: Cursor, pos: int) -> Statement:
    p.advance()
    condition = _head(p)
    return Statement("if", pos, condition, parts=((), _block(p)))


def _match_block(p: Cursor, pos: int) -> Statement:
    p.advance()
    discriminants = [_discriminated(p)]
    while p.take(","):
        discriminants.append(_discriminated(p))
    p.expect("with")
    heads: list[tuple[Node, ...]] = []
    parts: list[Block] = []
    while p.at("|") and _inside(p):
        p.advance()
        row = [term(p)]
        while p.take(","):
            row.append(term(p))
        p.expect("=>")
        heads.append(tuple(row))
        parts.append(_block(p))
    return Statement("match", pos, discriminants=tuple(discriminants), heads=tuple(heads), parts=tuple(parts))


def _discriminated(p: Cursor) -> Discriminant:
    name = None
    if p.tok[0] == IDENT and p.peek()[1] == ":":
        name = p.advance()[1]
        p.advance()
    return Discriminant(name, term(p), pos=p.tok[2])


def _for(p: Cursor, pos: int) -> Statement:
    p.advance()
    pattern = argument(p)
    p.expect("in")
    values = _head(p)
    block = _block(p)
    if _returns(block):
        p.fail("'return' inside of a loop is not run", pos)
    return Statement("for", pos, values, pattern, parts=(block,))


class Unrolling:
    """Turns statements into a term."""

    def block(self, block: Block) -> Node:
        """A block whose last statement gives its value."""
        return self._from(block, None)

    def _from(self, block: Block, end: Node | None) -> Node:
        """The statements in order; `end` is what comes after the last, None where that is the value."""
        if not block:
            assert end is not None
            return end
        first, rest = block[0], block[1:]
        last = not rest and end is None
        pos = first.pos
        match first.key:
            case "return":
                assert first.value is not None
                return _call("Pure.pure", first.value, pos=pos)
            case "let" | "assign":
                assert first.pattern is not None
                assert first.value is not None
                return Let("let", first.pattern, (), first.type, first.value, self._from(rest, end), pos=pos)
            case "action" if last:
                assert first.value is not None
                return first.value
            case "action" | "bind":
                assert first.value is not None
                return _bind(first.value, first.pattern, first.type, self._from(rest, end), pos)
            case "for":
                return self._loop(first, self._part(rest, end, pos))
        if last:
            return self._branches(first, [self._part(part, None, pos) for part in first.parts])
        return self._joined(first, rest, end)

    def _part(self, part: Block, end: Node | None, pos: int) -> Node:
        if not part and end is None:
            end = _call("Pure.pure", Tuple((), pos=pos), pos=pos)
        return self._from(part, end)

    def _joined(self, first: Statement, rest: Block, end: Node | None) -> Node:
        """Branches before more statements: what they assign is handed on.

        Where one of them may leave the block, the others go on with the statements after them each by itself.
        """
        if any(map(_returns, first.parts)) or any(map(_leaves, first.parts)):
            after = self._from(rest, end)
            parts = [self._part(part, None if _leaves(part) else after, first.pos) for part in first.parts]
            return self._branches(first, parts)
        changed = assigned(first)
        value = _tuple(changed, first.pos)
        ends = _call("Pure.pure", value, pos=first.pos)
        whole = self._branches(first, [self._part(part, ends, first.pos) for part in first.parts])
        pattern = value if changed else None
        return _bind(whole, pattern, None, self._from(rest, end), first.pos)

    def _branches(self, first: Statement, parts: Sequence[Node]) -> Node:
        if first.key == "if":
            assert first.value is not None
            return If(first.name, first.value, parts[0], parts[1], pos=first.pos)
        found = tuple(
            Alternative((head,), part, pos=first.pos) for head, part in zip(first.heads, parts, strict=True)
        )
        return Match(first.discriminants, found, pos=first.pos)

    def _loop(self, first: Statement, after: Node) -> Node:
        """`for x in xs do …`: a fold over what the loop assigns."""
        assert first.value is not None
        assert first.pattern is not None
        changed, pos = assigned(first), first.pos
        value = _tuple(changed, pos)
        body = self._part(first.parts[0], _call("Pure.pure", value, pos=pos), pos)
        row: tuple[Node, ...] = (value if changed else Hole(pos=pos), first.pattern)
        step = FunMatch((Alternative((row,), body, pos=pos),), pos=pos)
        folded = _call("List.foldlM", step, value, first.value, pos=pos)
        return _bind(folded, value if changed else None, None, after, pos)


def assigned(statement: Statement) -> tuple[str, ...]:
    """The variables of outside that a statement assigns, each once."""
    found: dict[str, None] = {}
    own: set[str] = set()
    for part in statement.parts:
        own.clear()
        for each in part:
            if each.key in ("let", "bind") and not each.mutable and isinstance(each.pattern, Ident):
                own.add(each.pattern.name)
            if each.mutable and isinstance(each.pattern, Ident) and each.pattern.name not in own:
                found[each.pattern.name] = None
            found.update((name, None) for name in assigned(each) if name not in own)
    return tuple(found)


def _returns(block: Block) -> bool:
    """A block with a `return` somewhere in it."""
    return any(each.key == "return" or any(map(_returns, each.parts)) for each in block)


def _leaves(block: Block) -> bool:
    """A block after which nothing runs: it ends in `return` or `throw`."""
    if not block:
        return False
    last = block[-1]
    if last.key == "action":
        head = last.value.fn if isinstance(last.value, App) else last.value
        return isinstance(head, Ident) and head.name == "throw"
    return last.key == "return" or (last.key in ("if", "match") and all(map(_leaves, last.parts)))


def _tuple(names: Sequence[str], pos: int) -> Node:
    if len(names) == 1:
        return Ident(names[0], pos=pos)
    return Tuple(tuple(Ident(name, pos=pos) for name in names), pos=pos)


def _call(name: str, *args: Node, pos: int) -> Node:
    return App(Ident(f"_root_.{name}", pos=pos), args, pos=pos)


def _bind(value: Node, pattern: Node | None, type_: Node | None, rest: Node, pos: int) -> Node:
    step: Node
    if pattern is None or isinstance(pattern, (Ident, Hole)):
        name = pattern.name if isinstance(pattern, Ident) else "_"
        step = Fun((Binder("explicit", (name or "_",), type_, pos=pos),), rest, pos=pos)
    else:
        step = FunMatch((Alternative(((pattern,),), rest, pos=pos),), pos=pos)
    return _call("Bind.bind", value, step, pos=pos)
