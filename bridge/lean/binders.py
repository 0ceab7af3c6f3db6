"""Binder groups: of headers, of `fun`, and of `∀`, `∃`, `∑`."""

from __future__ import annotations

from dataclasses import replace

from leanmirror.bridge.lean.cursor import Cursor
from leanmirror.bridge.lean.syntax import (
    Anonymous,
    Ascription,
    Binder,
    BinderKind,
    Hole,
    Ident,
    Infix,
    Node,
    Tuple,
)
from leanmirror.bridge.lean.tokens import FIELD, SYMBOL, words

_BRACKETED: dict[str, tuple[BinderKind, str]] = {
    "(": ("explicit", ")"),
    "{": ("implicit", "}"),
    "⦃": ("strict", "⦄"),
}
_RELATIONS = words("∈ ∉ < > ≤ ≥ ≠ ⊆ ⊂ <= >=")
_ASCII_RELATIONS = {"<=": "≤", ">=": "≥"}
NONE: frozenset[str] = frozenset()


class Binders(Cursor):
    """The rules for binders."""

    def binder_groups(self, stops: frozenset[str] = NONE) -> tuple[Binder, ...]:
        """Binder groups one after another, as headers have them; whatever is no binder ends them."""
        groups: list[Binder] = []
        while self.tok[1] not in stops or self.tok[0] != SYMBOL:
            if self.tok[0] == SYMBOL and self.tok[1] in _BRACKETED:
                groups.append(self.bracketed())
            elif self.at("[") and self.tok[0] == SYMBOL:
                groups.append(self.instance_binder())
            elif self.is_name(self.tok) and self.tok[1] not in self.notations.leading:
                groups.append(self.bare())
            else:
                break
        return tuple(groups)

    def bare(self) -> Binder:
        """Names without brackets, one after another."""
        pos = self.tok[2]
        names = []
        while self.is_name(self.tok) and self.tok[4] > self.column:
            names.append(self.name())
        if not names:
            self.fail("expected a variable")
        return Binder("explicit", tuple(names), pos=pos)

    def bracketed(self) -> Binder:
        """`(x y : T := v)`, `{x}`, `⦃x : T⦄`."""
        _, open_, pos = self.advance()[:3]
        kind, close = _BRACKETED[open_]
        column, self.column = self.column, -1
        names = [self.name("a variable")]
        while self.is_name(self.tok):
            names.append(self.name())
        type_ = self.term() if self.take(":") else None
        default = self.term() if self.take(":=") else None
        self.expect(close)
        self.column = column
        return Binder(kind, tuple(names), type_, default, pos=pos)

    def instance_binder(self) -> Binder:
        """`[C α]` or `[inst : C α]`."""
        pos = self.advance()[2]
        column, self.column = self.column, -1
        names: tuple[str, ...] = ()
        if self.is_name(self.tok) and self.peek()[1] == ":":
            names = (self.name(),)
            self.advance()
        type_ = self.term()
        self.expect("]")
        self.column = column
        return Binder("instance", names, type_, pos=pos)

    def quantified(self) -> tuple[Binder, ...]:
        """The binders of a quantifier: groups, or bare names with one type, or `x ∈ s`."""
        groups: list[Binder] = []
        while True:
            if self.tok[0] == SYMBOL and self.tok[1] in _BRACKETED:
                groups.append(self.bracketed())
            elif self.at("["):
                groups.append(self.instance_binder())
            elif self.is_name(self.tok):
                groups.append(self._with_range(self.bare()))
            elif self.at("⟨"):
                pos = self.tok[2]
                groups.append(Binder("explicit", (), pattern=self.argument(), pos=pos))
            else:
                break
        if not groups:
            self.fail("expected a variable")
        return tuple(groups)

    def big_binders(self) -> tuple[Binder, ...]:
        """The binders of `∑`: one alone, or several in parentheses; each of a name or a pattern."""
        if self.is_name(self.tok):
            return (self._with_range(self.bare()),)
        groups: list[Binder] = []
        while self.at("(") or (self.at("⟨") and not groups):
            pos = self.tok[2]
            found = self._in_parentheses(self.argument(), pos)
            if found is None:
                self.fail("expected a variable", pos)
            groups.append(self._with_range(found))
        if not groups:
            self.fail("expected a variable")
        return tuple(groups)

    def _in_parentheses(self, node: Node, pos: int) -> Binder | None:
        """`(x : T)`, `(x ∈ s)`, `(a + b = n)` or a pattern, read as a term; None for what is no binder."""
        if isinstance(node, Ascription) and node.type is not None:
            inner = self._in_parentheses(node.term, pos)
            return None if inner is None else replace(inner, type=node.type)
        if isinstance(node, Infix) and node.op in (*_RELATIONS, "="):
            if node.op == "=" and isinstance(node.left, Infix) and node.left.op == "+":
                pair = Anonymous((node.left.left, node.left.right), pos=pos)
                return Binder("explicit", (), None, None, "=", node.right, pair, pos=pos)
            inner = None if node.op == "=" else self._in_parentheses(node.left, pos)
            return None if inner is None else replace(inner, relation=node.op, bound=node.right)
        if isinstance(node, Ident) and "." not in node.name:
            return Binder("explicit", (node.name,), pos=pos)
        if isinstance(node, Hole):
            return Binder("explicit", ("_",), pos=pos)
        if isinstance(node, Anonymous | Tuple):
            return Binder("explicit", (), pattern=node, pos=pos)
        return None

    def _with_range(self, group: Binder) -> Binder:
        """The binder with what is said of it after its parentheses."""
        if group.type is not None or group.relation is not None:
            return group
        if self.take(":"):
            return replace(group, type=self.term())
        if self.tok[0] == SYMBOL and self.tok[1] in _RELATIONS:
            relation = self.advance()[1]
            relation = _ASCII_RELATIONS.get(relation, relation)
            return replace(group, relation=relation, bound=self.term(51))
        return group

    def function_binders(self) -> tuple[Binder, ...]:
        """The binders of `fun`, up to its arrow: groups, names, patterns."""
        groups: list[Binder] = []
        while not self.at("=>") and not self.at("↦"):
            group = self._function_binder()
            if groups and is_bare(group) and is_bare(groups[-1]):
                before = groups.pop()
                group = Binder("explicit", before.names + group.names, pos=before.pos)
            groups.append(group)
        if not groups:
            self.fail("expected a variable")
        return tuple(groups)

    def _function_binder(self) -> Binder:
        kind, text, pos = self.tok[:3]
        if kind == SYMBOL and (text in ("{", "⦃") or (text == "(" and self._is_group())):
            group = self.bracketed()
            plain = group.kind == "explicit" and group.type is None and group.default is None
            return Binder("explicit", group.names, pos=pos) if plain else group
        if kind == SYMBOL and text == "[":
            return self.instance_binder()
        if self.is_name(self.tok) and not self._is_pattern():
            group = self.bare()
            return Binder("explicit", group.names, self.term(), pos=pos) if self.take(":") else group
        return Binder("explicit", (), pattern=self.argument(), pos=pos)

    def _is_pattern(self) -> bool:
        after = self.peek()
        return after[2] == self.tok[3] and (after[1] == "@" or after[0] == FIELD)

    def _is_group(self) -> bool:
        count = 1
        while self.is_name(self.peek(count)):
            count += 1
        return count > 1 and self.peek(count)[1] in (":", ")")


def is_bare(group: Binder) -> bool:
    """Whether a group is names only."""
    return group == Binder("explicit", group.names) and bool(group.names)
