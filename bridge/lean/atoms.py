"""Atoms: names, literals and everything in brackets, with the projections and indices that stick to them."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Callable
from typing import Any, ClassVar

from leanmirror.bridge.lean.binders import Binders
from leanmirror.bridge.lean.braces import Braces
from leanmirror.bridge.lean.notations import Definition
from leanmirror.bridge.lean.operators import (
    APPLIED_AT_MAX,
    BRACKETS,
    CONSTANTS,
    INFIX,
    MAX_PREC,
    PREFIX,
)
from leanmirror.bridge.lean.syntax import (
    Anonymous,
    App,
    Ascription,
    AsPattern,
    Binder,
    Bracket,
    Cdot,
    Collection,
    Constant,
    Decimal,
    Dot,
    Exists,
    Explicit,
    Forall,
    Hole,
    Ident,
    Index,
    Matrix,
    Named,
    Node,
    Number,
    Postfix,
    Prefix,
    Proj,
    Rest,
    Section,
    Sort,
    Text,
    Tuple,
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

_PLAIN = frozenset((IDENT, NUMBER, STRING, CHAR, NAME_LITERAL))


class Atoms(Binders, Braces):
    """The rules for atoms and arguments."""

    ATOMS: ClassVar[dict[str, Callable[[Any], Node]]] = {}

    @abstractmethod
    def notation_rest(self, found: list[Definition], before: tuple[Node, ...], pos: int) -> tuple[Node, int]:
        """The rest of a notation."""

    def starts_argument(self) -> bool:
        """Whether an argument of an application starts here: by its token, and by its column."""
        kind, text, _, _, column = self.tok
        if column <= self.column:
            return False
        if kind in _PLAIN:
            return True
        if kind == FIELD:
            return self.spaced and not text[1].isdigit()
        if kind == SYMBOL:
            if text in self.ATOMS:
                return text not in ("|", "‖") or self.opens_bars()
            return text in self.notations.leading or text == ".." or (text[0] == "?" and len(text) > 1)
        return kind == WORD and text in self.ATOMS

    def opens_bars(self) -> bool:
        """Whether `|` or `‖` can open an absolute value: a space before it and none after."""
        after = self.source.code[self.tok[3] : self.tok[3] + 1]
        return self.spaced and bool(after) and not after.isspace() and self.index not in self.not_bars

    def application_argument(self) -> Node | None:
        """An argument: positional, `(name := value)` or `..`; None when a bar begins an alternative."""
        text, pos = self.tok[1], self.tok[2]
        if text == "(" and self.peek(2)[1] == ":=" and self.is_name(self.peek()):
            self.advance()
            name = self.advance()[1]
            self.advance()
            value = self.inside(")", self.term)
            return Named(name, value, pos=pos)
        if text == ".." and self.tok[0] == SYMBOL:
            self.advance()
            return Rest(pos=pos)
        if text == "|" and self.tok[0] == SYMBOL:
            return self._bars_or_nothing()
        return self.argument()

    def _bars_or_nothing(self) -> Node | None:
        index, last_end, depth = self.index, self.last_end, self.depth
        column, dots = self.column, self.dots
        try:
            return self.argument()
        except ReadError:
            self.go_back(index, last_end, depth)
            self.column, self.dots = column, dots
            self.not_bars.add(index)
            return None

    def argument(self) -> Node:
        """An atom with the projections, indices and tightest postfix operators that follow it."""
        tok = self.tok
        kind, text, pos = tok[0], tok[1], tok[2]
        self.deeper()
        if kind == IDENT:
            self.advance()
            node = self._name_atom(text, pos)
        elif kind in (SYMBOL, WORD) and text in self.ATOMS:
            node = self.ATOMS[text](self)
        else:
            node = self._other_atom(kind, text, pos)
        self.depth -= 1
        return self._suffixes(node)

    def _name_atom(self, text: str, pos: int) -> Node:
        tok = self.tok
        if tok[2] == self.last_end:
            if tok[1] == ".{":
                self.advance()
                return Ident(text, False, self.levels(), pos=pos)
            if tok[1] == "@" and tok[0] == SYMBOL:
                self.advance()
                return AsPattern(text, self.argument(), pos=pos)
            if text[-1] == "!" and tok[1] == "[":
                self.advance()
                return Collection(f"{text}[", self.items("]"), pos=pos)
        if text in LIST_MACROS:
            items = [self.term()]
            while self.take(","):
                items.append(self.term())
            return Collection(text, tuple(items), pos=pos)
        return Ident(text, pos=pos)

    def _other_atom(self, kind: int, text: str, pos: int) -> Node:
        if kind == NUMBER:
            self.advance()
            return number(text, pos)
        if kind in (STRING, CHAR, NAME_LITERAL):
            self.advance()
            return Text(text, pos=pos)
        if kind == FIELD and not text[1].isdigit():
            self.advance()
            return Dot(text[1:], pos=pos)
        if kind == SYMBOL and text in self.notations.leading:
            return self.notation_rest(list(self.notations.leading[text]), (), pos)[0]
        if kind == SYMBOL and text[0] == "?" and len(text) > 1:
            self.advance()
            return Hole(text[1:], pos=pos)
        return self.fail("expected a term")

    def _suffixes(self, node: Node) -> Node:
        pos = node.pos
        count = 0
        while True:
            kind, text, start = self.tok[0], self.tok[1], self.tok[2]
            if kind == FIELD and start == self.last_end:
                self.advance()
                for name in text[1:].split(".") if "«" not in text else [text[1:]]:
                    node = Proj(node, name, pos=pos)
            elif kind == SYMBOL and text == "[" and start == self.last_end:
                node = self._index(node)
            elif kind == SYMBOL and text in INFIX and INFIX[text].prec == MAX_PREC:
                self.advance()
                node = Postfix(INFIX[text].key, node, pos=pos)
            else:
                return node
            count += 1
            self.lengthen(count)

    def _index(self, node: Node) -> Node:
        self.advance()
        column, self.column = self.column, -1
        index = self.term()
        if self.at(",") and isinstance(node, Ident):
            self.advance()
            more = self.items("]")
            self.column = column
            return Collection(f"{node.name}[", (index, *more), pos=node.pos)
        self.column = column
        if self.take("]'"):
            return Index(node, index, "'", self.argument(), pos=node.pos)
        self.expect("]")
        if self.tok[2] == self.last_end:
            if self.take("!"):
                return Index(node, index, "!", pos=node.pos)
            if self.take("?"):
                return Index(node, index, "?", pos=node.pos)
        return Index(node, index, pos=node.pos)

    def inside(self, close: str, rule: Callable[[], Node]) -> Node:
        """What a rule reads before a closing bracket; layout does not count inside brackets."""
        column, self.column = self.column, -1
        node = rule()
        self.expect(close)
        self.column = column
        return node

    def items(self, close: str) -> tuple[Node, ...]:
        """Terms separated by commas up to a closing bracket; a comma may stand before it."""
        column, self.column = self.column, -1
        found: list[Node] = []
        while not self.at(close):
            found.append(self._item())
            if not self.take(","):
                break
        self.expect(close)
        self.column = column
        return tuple(found)

    def _item(self) -> Node:
        if self.at("..") and self.tok[0] == SYMBOL:
            return Rest(pos=self.advance()[2])
        return self.term()

    def _parenthesis(self) -> Node:
        pos = self.advance()[2]
        if self.tok[1] in ("↑", "⇑", "↥") and self.peek()[1] == ")":
            key = self.advance()[1]
            self.advance()
            return Constant(f"({key})", pos=pos)
        column, dots = self.column, self.dots
        self.column, self.dots = -1, False
        found, default, binds = self._parenthesised(pos)
        self.expect(")")
        if self.dots:
            found = Section(found, pos=pos)
        self.column, self.dots = column, dots
        if binds and isinstance(found, Ascription):
            if self.tok[1] in ("→", "->", "×") and self.tok[0] == SYMBOL:
                return self._dependent(found, default, pos)
            if default is not None:
                self.fail("expected '→' after a binder with a default value")
        return found

    def _parenthesised(self, pos: int) -> tuple[Node, Node | None, bool]:
        """What stands in parentheses, its default value, and whether it has the form of a binder."""
        if self.at(")"):
            return Tuple((), pos=pos), None, False
        first = self.term()
        if self.take(":"):
            if self.at(")"):
                return Ascription(first, None, pos=pos), None, False
            type_ = self.term()
            return Ascription(first, type_, pos=pos), self.term() if self.take(":=") else None, True
        if not self.at(","):
            return first, None, False
        found = [first]
        while self.take(","):
            found.append(self.term())
        return Tuple(tuple(found), pos=pos), None, False

    def _dependent(self, node: Ascription, default: Node | None, pos: int) -> Node:
        """`(x y : T) → U` and `(x : T) × U` where the parenthesis is a binder; otherwise the ascription."""
        names = self._binder_names(node.term)
        if not names:
            return node
        binder = Binder("explicit", names, node.type, default, pos=pos)
        times = self.advance()[1] == "×"
        body = self.term(35 if times else 25)
        return Exists("Σ", (binder,), body, pos=pos) if times else Forall((binder,), body, pos=pos)

    def _binder_names(self, node: Node) -> tuple[str, ...]:
        """The names when a term can be read as names of variables: `x`, `x y`; else none."""
        terms = (node.fn, *node.args) if isinstance(node, App) else (node,)
        names = tuple(self._plain_name(each) or "" for each in terms)
        return names if all(names) else ()

    @staticmethod
    def _plain_name(node: Node) -> str | None:
        if isinstance(node, Ident) and not node.explicit and node.levels is None and "." not in node.name:
            return node.name
        return "_" if isinstance(node, Hole) and node.name is None else None

    def _square(self) -> Node:
        pos = self.advance()[2]
        if self.is_name(self.tok) and self.peek()[1] == ":":
            names = (self.name(),)
            self.advance()
            return self._instance_arrow(names, self.inside("]", self.term), pos)
        items = self.items("]")
        if len(items) == 1 and self.tok[1] in ("→", "->"):
            return self._instance_arrow((), items[0], pos)
        return Collection("[", items, pos=pos)

    def _instance_arrow(self, names: tuple[str, ...], type_: Node, pos: int) -> Node:
        if self.tok[1] not in ("→", "->"):
            self.fail("expected '→' after an instance binder")
        self.advance()
        return Forall((Binder("instance", names, type_, pos=pos),), self.term(25), pos=pos)

    def _strict(self) -> Node:
        binder = self.bracketed()
        if self.tok[1] not in ("→", "->"):
            self.fail("expected '→' after a binder")
        self.advance()
        return Forall((binder,), self.term(25), pos=binder.pos)

    def _collection(self) -> Node:
        tok = self.advance()
        return Collection(tok[1], self.items("]"), pos=tok[2])

    def _matrix(self) -> Node:
        pos = self.advance()[2]
        rows: list[tuple[Node, ...]] = []
        row: list[Node] = []
        column, self.column = self.column, -1
        while not self.at("]"):
            row.append(self.term())
            if self.take(";"):
                rows.append(tuple(row))
                row = []
            elif not self.take(","):
                break
        self.expect("]")
        self.column = column
        return Matrix((*rows, tuple(row)) if row else tuple(rows), pos=pos)

    def _anonymous(self) -> Node:
        pos = self.advance()[2]
        return Anonymous(self.items("⟩"), pos=pos)

    def _at(self) -> Node:
        pos = self.advance()[2]
        inner = self.argument()
        if isinstance(inner, Ident) and not inner.explicit:
            return Ident(inner.name, True, inner.levels, pos=pos)
        if isinstance(inner, Proj | Index | Postfix):
            self.fail("'@' before a projection", pos)
        return Explicit(inner, pos=pos)

    def _inaccessible(self) -> Node:
        """`.(e)` in a pattern: the term that is there anyway."""
        self.advance()
        if not self.at("("):
            self.fail("expected a name")
        return self._parenthesis()

    def _hole(self) -> Node:
        return Hole(pos=self.advance()[2])

    def _cdot(self) -> Node:
        self.dots = True
        return Cdot(pos=self.advance()[2])

    def _constant(self) -> Node:
        tok = self.advance()
        return Constant(tok[1], pos=tok[2])

    def _prop(self) -> Node:
        return Sort("Prop", pos=self.advance()[2])

    def _sort(self) -> Node:
        tok = self.advance()
        if tok[1].endswith("*"):
            return Sort("Type" if tok[1] == "Type*" else "Sort", "*", pos=tok[2])
        return Sort("Type" if tok[1] == "Type" else "Sort", pos=tok[2])

    def _arrow_prefix(self) -> Node:
        tok = self.advance()
        row = PREFIX[tok[1]]
        operand = self.argument() if row.prec == MAX_PREC else self.term(row.right)
        return Prefix(row.key, operand, pos=tok[2])

    def _bars(self) -> Node:
        pos = self.advance()[2]
        column, self.column = self.column, -1
        body = self.term()
        self.column = column
        if not self.at("|") or self.spaced:
            self.fail("expected '|' right after the term")
        self.advance()
        return Bracket("|_|", (body,), pos=pos)

    def _brackets(self) -> Node:
        tok = self.advance()
        open_, pos = tok[1], tok[2]
        column, self.column = self.column, -1
        items = [self.term()]
        while open_ == "⟪" and self.take(","):
            items.append(self.term())
        self.column = column
        closers = BRACKETS[open_]
        close = self.tok[1]
        if close not in closers or self.tok[0] != SYMBOL:
            self.fail(f"expected '{closers[0]}'")
        self.advance()
        if close == "⟫_":
            items.append(self.argument())
        return Bracket(
            f"{open_}{', '.join('_' * len(items[:2])) if open_ == '⟪' else '_'}{close}", tuple(items), pos=pos
        )


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


Atoms.ATOMS = {
    "(": Atoms._parenthesis,
    "[": Atoms._square,
    "{": Atoms.brace,
    "⦃": Atoms._strict,
    "⟨": Atoms._anonymous,
    "![": Atoms._collection,
    "#[": Atoms._collection,
    "#v[": Atoms._collection,
    "!![": Atoms._matrix,
    "@": Atoms._at,
    ".": Atoms._inaccessible,
    "_": Atoms._hole,
    "·": Atoms._cdot,
    "Prop": Atoms._prop,
    "Type": Atoms._sort,
    "Sort": Atoms._sort,
    "Type*": Atoms._sort,
    "Sort*": Atoms._sort,
    "|": Atoms._bars,
    **dict.fromkeys(CONSTANTS, Atoms._constant),
    **dict.fromkeys(BRACKETS, Atoms._brackets),
    **dict.fromkeys((*APPLIED_AT_MAX, "@&"), Atoms._arrow_prefix),
}
