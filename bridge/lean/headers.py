"""Headers of declarations: name, binders, type, fields of structures, constructors of inductive types."""

from __future__ import annotations

from leanmirror.bridge.lean.commands import docstring
from leanmirror.bridge.lean.declarations import Constructor, Field, Header
from leanmirror.bridge.lean.parser import Parser
from leanmirror.bridge.lean.syntax import Binder, Node
from leanmirror.bridge.lean.tokens import END, IDENT, SYMBOL, WORD

_BODY = frozenset((":=", "where", "|"))
_NO_BODY = frozenset(("axiom", "opaque", "example"))
_STOPS = frozenset((":", ":=", "|"))
_FIELD_KINDS = {"(": "explicit", "{": "implicit", "[": "instance"}
_MODIFIERS = frozenset(("private", "protected", "public", "unsafe", "nonrec"))


class HeaderParser(Parser):
    """Reads the header of one declaration. Raises ReadError where it cannot."""

    def header(self, kind: str) -> Header:
        """The header of a declaration of that kind."""
        if kind == "class" and self.tok[1] in ("inductive", "abbrev"):
            kind = self.advance()[1]
        name, pos, levels = self._declared_name(kind)
        binders = self.binder_groups(_STOPS)
        if kind in ("structure", "class"):
            return self._structure(name, pos, levels, binders)
        if kind in ("inductive", "coinductive"):
            return self._inductive(name, pos, levels, binders)
        type_ = self.term() if self.take(":") else None
        body_start, body_kind = -1, ""
        if self.tok[1] in _BODY and self.tok[0] != IDENT:
            body_start, body_kind = self.tok[2], self.tok[1]
        elif self.tok[0] != END or kind not in _NO_BODY:
            self.fail("expected ':=', 'where' or '|' after the statement")
        if type_ is None and kind in ("theorem", "lemma", "axiom", "opaque"):
            self.fail("expected ':' and a statement")
        return Header(name, pos, levels, binders, type_, body_start=body_start, body_kind=body_kind)

    def _declared_name(self, kind: str) -> tuple[str, int, tuple[str, ...] | None]:
        if kind == "instance" and self.at("(") and self.peek()[1] == "priority":
            while not self.at(")") and self.tok[0] != END:
                self.advance()
            self.expect(")")
        pos = self.tok[2]
        if not self.is_name(self.tok) or self.tok[1] == "_":
            if kind not in ("instance", "example"):
                self.fail("expected the name of the declaration")
            return "", pos, None
        if kind == "example":
            return "", pos, None
        name = self.name()
        levels = None
        if self.at(".{"):
            self.advance()
            levels = self.levels()
        return name, pos, levels

    def _structure(
        self, name: str, pos: int, levels: tuple[str, ...] | None, binders: tuple[Binder, ...]
    ) -> Header:
        type_ = self.term() if self.take(":") else None
        parents: list[Node] = []
        if self.take("extends"):
            parents.append(self.term())
            while self.take(","):
                parents.append(self.term())
            if type_ is None and self.take(":"):
                type_ = self.term()
        constructor: str | None = None
        fields: tuple[Field, ...] = ()
        if self.take("where") or self.take(":="):
            constructor = self._constructor_name()
            fields = self._fields()
        deriving = self._deriving()
        self._end()
        return Header(name, pos, levels, binders, type_, tuple(parents), fields, (), deriving, constructor)

    def _constructor_name(self) -> str | None:
        while self.tok[1] in _MODIFIERS:
            self.advance()
        if self.is_name(self.tok) and self.peek()[1] == "::":
            name = self.name()
            self.advance()
            return name
        return None

    def _fields(self) -> tuple[Field, ...]:
        found: list[Field] = []
        if not self._ended():
            self.column = self.token_column(self.tok)
        while not self._ended():
            found += self._field()
        self.column = -1
        return tuple(found)

    def _ended(self) -> bool:
        return self.tok[0] == END or self.at("deriving")

    def _field(self) -> list[Field]:
        doc = docstring(self.source, self.tok[2])
        while self.tok[1] in _MODIFIERS and self.tok[0] == WORD:
            self.advance()
        pos, open_ = self.tok[2], self.tok[1]
        if self.tok[0] == SYMBOL and open_ in _FIELD_KINDS:
            group = self.instance_binder() if open_ == "[" else self.bracketed()
            bound = group.names or ("",)
            return [Field(n, group.kind, (), group.type, group.default, doc, pos) for n in bound]
        if not self.is_name(self.tok):
            self.fail("expected a field")
        names = self._field_names()
        binders = self.binder_groups(_STOPS) if self.tok[4] > self.column else ()
        type_ = self.term() if self.take(":") else None
        default = None
        if self.take(":="):
            default = self.term()
        elif self.at("|"):
            default = self.equations()
        elif type_ is None:
            self.fail("expected the type of a field")
        if binders and len(names) > 1:
            bare = Binder("explicit", names[1:], pos=pos)
            names, binders = names[:1], (bare, *binders)
        return [Field(n, "explicit", binders, type_, default, doc, pos) for n in names]

    def _field_names(self) -> tuple[str, ...]:
        names = [self.name()]
        while self.is_name(self.tok) and self.tok[4] > self.column:
            names.append(self.name())
        return tuple(names)

    def _inductive(
        self, name: str, pos: int, levels: tuple[str, ...] | None, binders: tuple[Binder, ...]
    ) -> Header:
        type_ = self.term() if self.take(":") else None
        if not self.take("where"):
            self.take(":=")
        found: list[Constructor] = []
        while self.at("|"):
            found.append(self._constructor())
        deriving = self._deriving()
        self._end()
        return Header(name, pos, levels, binders, type_, constructors=tuple(found), deriving=deriving)

    def _constructor(self) -> Constructor:
        doc = docstring(self.source, self.tok[2])
        pos = self.advance()[2]
        doc = docstring(self.source, self.tok[2]) or doc
        while self.tok[1] in _MODIFIERS:
            self.advance()
        name = self.advance()[1] if self.tok[0] == WORD else self.name("the name of a constructor")
        binders = self.binder_groups(_STOPS)
        type_ = self.term() if self.take(":") else None
        return Constructor(name, binders, type_, doc, pos)

    def _deriving(self) -> tuple[str, ...]:
        found: list[str] = []
        while self.take("deriving"):
            found.append(self.name("the name of a class"))
            while self.take(","):
                found.append(self.name("the name of a class"))
        return tuple(found)

    def _end(self) -> None:
        if self.tok[0] != END:
            self.fail("expected the end of the declaration")
