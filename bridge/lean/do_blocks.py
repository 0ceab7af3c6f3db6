"""`do` blocks read as the terms that Lean makes of them: bind, pure, and what is changed handed on.

What is assigned inside an `if`, `match` or `for` becomes the value of that part. A `return` may stand at the
end of the block or of a branch; inside of a loop it is refused, and so is `(← e)`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from leanmirror.bridge.lean.parser import Parser
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


class DoParser(Parser):
    """Reads a `do` block. Raises ReadError for forms that are not known."""

    before_do: bool = False

    def do_block(self) -> Node:
        """The block, from the word `do` on, as a term."""
        block = self._block()
        if self.tok[0] != END:
            self.fail("expected the end of a do block")
        return Unrolling().block(block)

    def starts_argument(self) -> bool:
        """A `do` after a condition or the values of a loop is no argument."""
        return not (self.before_do and self.at("do")) and super().starts_argument()

    def _inside(self) -> bool:
        """Whether the next token belongs to the block in work, by its column."""
        return self.tok[4] == MIDLINE or self.tok[4] >= self.column

    def _head(self) -> Node:
        """A term before `do`."""
        self.before_do = True
        found = self.term()
        self.before_do = False
        self.expect("do")
        return found

    def _block(self) -> Block:
        if self.at("do"):
            self.advance()
        outer, column = self.column, self.token_column(self.tok)
        found: list[Statement] = []
        while True:
            self.column = column
            found.append(self._statement())
            if not self.take(";") and (self.tok[0] == END or self.tok[4] == MIDLINE or self.tok[4] != column):
                break
        self.column = outer
        return tuple(found)

    def _statement(self) -> Statement:
        text, pos = self.tok[1], self.tok[2]
        rules: dict[str, Callable[[int], Statement]] = {
            "let": self._let_statement, "return": self._return, "if": self._if_block, "unless": self._unless,
            "match": self._match_block, "for": self._for,
        }  # fmt: skip
        if text in rules:
            return rules[text](pos)
        if self.tok[0] == IDENT and self.peek()[1] in (":=", "←"):
            target = Ident(self.advance()[1], pos=pos)
            key = "assign" if self.advance()[1] == ":=" else "bind"
            return Statement(key, pos, self.term(), target, mutable=True)
        return Statement("action", pos, self.term())

    def _let_statement(self, pos: int) -> Statement:
        self.advance()
        mutable = self.tok[1] == "mut"
        if mutable:
            self.advance()
        pattern = self.term()
        type_ = self.term() if self.take(":") else None
        key = "bind" if self.at("←") else "let"
        if key == "let" and not self.at(":="):
            self.fail("expected ':=' or '←'")
        self.advance()
        return Statement(key, pos, self.term(), pattern, type_)

    def _return(self, pos: int) -> Statement:
        self.advance()
        bare = self.tok[0] == END or (self.tok[4] != MIDLINE and self.tok[4] <= self.column)
        return Statement("return", pos, Tuple((), pos=pos) if bare else self.term())

    def _if_block(self, pos: int) -> Statement:
        self.advance()
        name = None
        if self.tok[0] == IDENT and self.peek()[1] == ":":
            name = self.advance()[1]
            self.advance()
        condition = self.term()
        self.expect("then")
        then = self._block()
        other: Block = ()
        if self._inside() and self.take("else"):
            other = (self._if_block(self.tok[2]),) if self.at("if") else self._block()
        return Statement("if", pos, condition, name=name, parts=(then, other))

    def _unless(self, pos: int) -> Statement:
        self.advance()
        condition = self._head()
        return Statement("if", pos, condition, parts=((), self._block()))

    def _match_block(self, pos: int) -> Statement:
        self.advance()
        discriminants = [self._discriminated()]
        while self.take(","):
            discriminants.append(self._discriminated())
        self.expect("with")
        heads: list[tuple[Node, ...]] = []
        parts: list[Block] = []
        while self.at("|") and self._inside():
            self.advance()
            row = [self.term()]
            while self.take(","):
                row.append(self.term())
            self.expect("=>")
            heads.append(tuple(row))
            parts.append(self._block())
        return Statement(
            "match", pos, discriminants=tuple(discriminants), heads=tuple(heads), parts=tuple(parts)
        )

    def _discriminated(self) -> Discriminant:
        name = None
        if self.tok[0] == IDENT and self.peek()[1] == ":":
            name = self.advance()[1]
            self.advance()
        return Discriminant(name, self.term(), pos=self.tok[2])

    def _for(self, pos: int) -> Statement:
        self.advance()
        pattern = self.argument()
        self.expect("in")
        values = self._head()
        block = self._block()
        if _returns(block):
            self.fail("'return' inside of a loop is not run", pos)
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
