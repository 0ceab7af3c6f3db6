"""Atoms in brackets and atoms of one token: parentheses, lists, norms, holes, sorts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar

from leanmirror.bridge.lean.binders import Binders
from leanmirror.bridge.lean.braces import Braces
from leanmirror.bridge.lean.operators import (
    APPLIED_AT_MAX,
    BRACKETS,
    CONSTANTS,
    MAX_PREC,
    PREFIX,
)
from leanmirror.bridge.lean.syntax import (
    Anonymous,
    App,
    Ascription,
    Binder,
    Bracket,
    Cdot,
    Collection,
    Constant,
    Exists,
    Explicit,
    Forall,
    Hole,
    Ident,
    Index,
    Matrix,
    Node,
    Postfix,
    Prefix,
    Proj,
    Rest,
    Section,
    Sort,
    Tuple,
)
from leanmirror.bridge.lean.tokens import (
    SYMBOL,
)


class Brackets(Binders, Braces):
    """The rules for brackets and for atoms of one token."""

    ATOMS: ClassVar[dict[str, Callable[[Any], Node]]] = {}

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


Brackets.ATOMS = {
    "(": Brackets._parenthesis,
    "[": Brackets._square,
    "{": Brackets.brace,
    "⦃": Brackets._strict,
    "⟨": Brackets._anonymous,
    "![": Brackets._collection,
    "!₂[": Brackets._collection,
    "#[": Brackets._collection,
    "#v[": Brackets._collection,
    "!![": Brackets._matrix,
    "@": Brackets._at,
    ".": Brackets._inaccessible,
    "_": Brackets._hole,
    "·": Brackets._cdot,
    "Prop": Brackets._prop,
    "Type": Brackets._sort,
    "Sort": Brackets._sort,
    "Type*": Brackets._sort,
    "Sort*": Brackets._sort,
    "|": Brackets._bars,
    **dict.fromkeys(CONSTANTS, Brackets._constant),
    **dict.fromkeys(BRACKETS, Brackets._brackets),
    **dict.fromkeys((*APPLIED_AT_MAX, "@&"), Brackets._arrow_prefix),
}
