"""What stands in braces: structure instances, sets, subtypes and implicit arrows."""

from __future__ import annotations

from leanmirror.bridge.lean.cursor import Cursor
from leanmirror.bridge.lean.syntax import (
    App,
    Ascription,
    Binder,
    FieldValue,
    Forall,
    Hole,
    Ident,
    Infix,
    Node,
    SetBuilder,
    SetLiteral,
    SetOf,
    StructInst,
)
from leanmirror.bridge.lean.tokens import MIDLINE, SYMBOL, words

_RELATIONS = words("∈ ∉ < > ≤ ≥ ≠ ⊆ ⊂")


class Braces(Cursor):
    """The rules for `{`."""

    def brace(self) -> Node:
        """Anything that starts with `{`."""
        pos = self.advance()[2]
        column, self.column = self.column, -1
        found = self._braced(pos)
        self.column = column
        if not isinstance(found, Binder):
            return found
        if self.tok[1] not in ("→", "->"):
            self.fail("expected '→' after an implicit binder")
        self.advance()
        return Forall((found,), self.term(25), pos=pos)

    def _braced(self, pos: int) -> Node:
        """What stands in the braces; a Binder for `{x : T}`."""
        if self.at("}"):
            self.advance()
            return StructInst((), (), pos=pos)
        if self.at(".."):
            return self._instance((), [], pos)
        names = self._names_before_colon()
        if len(names) > 1:
            self.expect(":")
            return self._closed(Binder("implicit", names, self.term(), pos=pos))
        self.column = self.token_column(self.tok) if self.tok[4] != MIDLINE or self._field_ahead() else -1
        first = self.term()
        if self.at(":=") or self._next_field():
            return self._instance((), [first], pos)
        self.column = -1
        return self._after_first(first, pos)

    def _field_ahead(self) -> bool:
        return self.peek()[1] == ":="

    def _next_field(self) -> bool:
        """Whether the next token starts a line right below the field before, as one more field."""
        return self.tok[4] != MIDLINE and self.tok[4] == self.column and not self.at("}")

    def _names_before_colon(self) -> tuple[str, ...]:
        """The names of `{x y : T}` where there are several before a colon; else none."""
        count = 0
        while self.is_name(self.peek(count)):
            count += 1
        if count < 2 or self.peek(count)[1] != ":":
            return ()
        return tuple(self.name() for _ in range(count))

    def _after_first(self, first: Node, pos: int) -> Node:
        if self.at("with"):
            return self._updated([first], pos)
        if self.at("|"):
            return self._set_builder(first, pos)
        if self.take("//"):
            return self._closed(SetBuilder("//", self._bound_name(first), self.term(), pos=pos))
        if self.take(":"):
            return self._typed(first, pos)
        items = [first]
        while self.take(","):
            if self.at("}"):
                break
            if self.at(".."):
                return self._instance((), items, pos)
            items.append(self.term())
            if self.at(":="):
                return self._instance((), items, pos)
            if self.at("with"):
                return self._updated(items, pos)
        return self._closed(SetLiteral(tuple(items), pos=pos))

    def _closed(self, node: Node) -> Node:
        self.expect("}")
        return node

    def _typed(self, first: Node, pos: int) -> Node:
        type_ = self.term()
        binder = Binder("explicit", (self._bound_name(first).names), type_, pos=first.pos)
        if self.take("|"):
            return self._closed(SetBuilder("|", binder, self.term(), pos=pos))
        if self.take("//"):
            return self._closed(SetBuilder("//", binder, self.term(), pos=pos))
        return self._closed(Binder("implicit", binder.names, type_, pos=pos))

    def _bound_name(self, node: Node) -> Binder:
        if isinstance(node, Ident) and not node.explicit and "." not in node.name:
            return Binder("explicit", (node.name,), pos=node.pos)
        if isinstance(node, Hole) and node.name is None:
            return Binder("explicit", ("_",), pos=node.pos)
        return self.fail("expected a variable before it")

    def _set_builder(self, first: Node, pos: int) -> Node:
        self.advance()
        if isinstance(first, Ident) and "." not in first.name:
            return self._closed(SetBuilder("|", self._bound_name(first), self.term(), pos=pos))
        if isinstance(first, Infix) and first.op in _RELATIONS and isinstance(first.left, Ident):
            name = self._bound_name(first.left).names
            binder = Binder("explicit", name, None, None, first.op, first.right, pos=first.pos)
            return self._closed(SetBuilder("|", binder, self.term(), pos=pos))
        return self._closed(SetOf(first, self.term(), pos=pos))

    def _updated(self, sources: list[Node], pos: int) -> Node:
        self.expect("with")
        self.column = self.token_column(self.tok)
        return self._instance(tuple(sources), [], pos)

    def _instance(self, sources: tuple[Node, ...], before: list[Node], pos: int) -> Node:
        """A structure instance; `before` are fields read as terms, the last of which may have a value."""
        fields = [self._field_of(each, None) for each in before[:-1]]
        if before:
            self.column = self.source.column(before[0].pos)
            fields.append(self._field_of(before[-1], self._value()))
        rest = False
        self.take(",")
        while not self.at("}") and not self.at(":"):
            if self.take(".."):
                rest = True
                if self.tok[0] != SYMBOL:
                    self.term()
                break
            fields.append(self.field_value())
            if not self.take(",") and self.tok[4] == MIDLINE:
                break
        type_ = None
        if self.take(":"):
            type_ = self.term()
        self.expect("}")
        return StructInst(sources, tuple(fields), rest, type_, pos=pos)

    def field_value(self) -> FieldValue:
        """`name binders := value`, or the name alone. Raises ReadError."""
        if not self.is_name(self.tok):
            self.fail("expected a field")
        return self._field_of(self.argument_chain(), self._value())

    def argument_chain(self) -> Node:
        """A field's name and the variables after it, read as an application."""
        return self.term(1)

    def _value(self) -> Node | None:
        if self.at("|"):
            return self.equations()
        return self.term() if self.take(":=") else None

    def equations(self) -> Node:
        """`| p => v` alternatives; defined where matches are read."""
        raise NotImplementedError

    def _field_of(self, node: Node, value: Node | None) -> FieldValue:
        fn, args = (node.fn, node.args) if isinstance(node, App) else (node, ())
        if not isinstance(fn, Ident) or fn.explicit:
            self.fail("a field has a name", node.pos)
        return FieldValue(fn.name, tuple(self.as_binder(each) for each in args), value, pos=node.pos)

    def as_binder(self, node: Node) -> Binder:
        """A term read where a variable stands: a name, `(x : T)`, or a pattern."""
        if isinstance(node, Ident) and not node.explicit and "." not in node.name:
            return Binder("explicit", (node.name,), pos=node.pos)
        if isinstance(node, Hole) and node.name is None:
            return Binder("explicit", ("_",), pos=node.pos)
        if isinstance(node, Ascription) and isinstance(node.term, Ident):
            return Binder("explicit", (node.term.name,), node.type, pos=node.pos)
        return Binder("explicit", (), pattern=node, pos=node.pos)
