"""Forms made of parts: tuples, lists, `⟨…⟩`, structures with named fields, `(· + 1)`, notations."""

from __future__ import annotations

from dataclasses import fields, replace
from typing import Any

from leanmirror.bridge.core.environment import Family
from leanmirror.bridge.core.substitute import head_name
from leanmirror.bridge.core.term import TYPE, Const, Let, Meta, Term, Var, const
from leanmirror.bridge.elaborate.application import DEFAULT, INSTANCE
from leanmirror.bridge.elaborate.binders import Binders
from leanmirror.bridge.elaborate.names import Done, Head
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.syntax import Node

MOST_ITEMS = 64
DERIVATIVES = {"VJP[": "Proofs.Autograd.vjp", "J[": "Proofs.Autograd.jacobian"}
"""The mirrored project's notations for derivatives."""


class Compounds(Binders):
    """Puts parts together."""

    def tuple_(self, node: s.Tuple, expected: Term | None) -> tuple[Term, Term]:
        """`(a, b, c)` is `(a, (b, c))`; `()` is the unit."""
        if not node.items:
            return self.call("Unit.unit", [], expected)
        if len(node.items) > MOST_ITEMS:
            self.unsupported(f"a tuple of more than {MOST_ITEMS} items")
        last: Node = node.items[-1]
        for item in reversed(node.items[1:-1]):
            last = s.Tuple((item, last), pos=item.pos)
        return self.call("Prod.mk", [node.items[0], last], expected)

    def collection(self, node: s.Collection, expected: Term | None) -> tuple[Term, Term]:
        """`[a, b]`, `![a, b]` and `shape![m, n]`."""
        if len(node.items) > MOST_ITEMS:
            self.unsupported(f"a list of more than {MOST_ITEMS} items")
        if node.key.startswith("shape"):
            return self._shape(node)
        if node.key in DERIVATIVES:
            return self.call(DERIVATIVES[node.key], list(node.items), expected)
        if node.key.startswith("!["):
            return self._vector(node, expected)
        if node.key == "!₂[":
            entries = s.Collection("![", node.items, pos=node.pos)
            return self.call("WithLp.toLp", [s.Number(2, pos=node.pos), entries], expected)
        if node.key == "#[":
            return self.call("List.toArray", [Done(*self._list(node, None))], expected)
        if node.key not in ("[", "[_]", "[]"):
            self.unsupported(f"the notation {node.key}")
        return self._list(node, expected)

    def _list(self, node: s.Collection, expected: Term | None) -> tuple[Term, Term]:
        item = self.meta(TYPE)
        type_ = const("List", item)
        if expected is not None:
            self.unify(type_, expected)
        items = [self.check(each, item) for each in node.items]
        result: Term = const("List.nil", item)
        for each in reversed(items):
            result = const("List.cons", item, each, result)
        return result, type_

    def _shape(self, node: s.Collection) -> tuple[Term, Term]:
        result: Term = Const("Spec.Shape.scalar")
        for each in reversed([self.check(item, Const("Nat")) for item in node.items]):
            result = const("Spec.Shape.dim", each, result)
        return result, Const("Spec.Shape")

    def _vector(self, node: s.Collection, expected: Term | None) -> tuple[Term, Term]:
        result: Node | Done = Done(*self.call("Matrix.vecEmpty", [], None))
        for each in reversed(node.items):
            result = Done(*self.call("Matrix.vecCons", [each, result], None))
        assert isinstance(result, Done)
        return result.term, result.type

    def anonymous(self, node: s.Anonymous, expected: Term | None) -> tuple[Term, Term]:
        """`⟨a, b⟩`: the constructor of the type that is expected."""
        family, type_ = self._expected_family(expected, "⟨…⟩")
        if len(family.constructors) != 1:
            self.unsupported(f"⟨…⟩ for {family.name}, which has {len(family.constructors)} constructors")
        name = family.constructors[0]
        declared = self.constant(name)
        count = sum(kind == "explicit" for kind in declared.kinds)
        items: list[Node | Done] = list(node.items)
        if len(items) > count > 0:
            rest = s.Anonymous(tuple(node.items[count - 1 :]), pos=node.items[count - 1].pos)
            items[count - 1 :] = [rest]
        return self.apply(Head(Const(name), declared.type), items, {}, type_)

    def _expected_family(self, expected: Term | None, what: str) -> tuple[Family, Term]:
        type_ = None if expected is None else self.whnf(expected)
        if type_ is None or isinstance(type_, Meta):
            self.unsupported(f"{what} where no type is expected", cause="type")
        family = self.env.family(head_name(type_))
        if family is None:
            self.unsupported(f"{what} for {self.shown(type_)}", cause="type")
        return family, type_

    def structure(self, node: s.StructInst, expected: Term | None) -> tuple[Term, Term]:
        """`{ f := v, g := w }`: the constructor with its fields by name."""
        if node.type is not None:
            expected = self.type_of(node.type)
        if node.rest:
            self.unsupported("a structure with ..")
        if node.sources and (expected is None or isinstance(self.shallow(expected), Meta)):
            expected = self.term(node.sources[0], None)[1]
        family, type_ = self._expected_family(expected, "{…}")
        if not family.is_structure:
            self.unsupported(f"{{…}} for {family.name}, which is no structure", cause="type")
        named: dict[str, s.FieldValue] = {}
        for each in node.fields:
            named[each.name] = each
            if each.name not in self._all_fields(family):
                self.unsupported(f"{family.name} has no field {each.name}", each.pos, "unknown_name")
        sources = [self._source(each) for each in node.sources]
        name = family.constructors[0]
        declared = self.constant(name)
        kinds = declared.kinds[family.params :]
        if len(kinds) != len(family.fields):
            self.unsupported(f"the constructor of {family.name} {self.shown(declared.type)}")
        args = [
            self._field_value(family, each, named, sources, node)
            for each, kind in zip(family.fields, kinds, strict=True)
            if kind == "explicit"
        ]
        term, found = self.apply(Head(Const(name), declared.type), args, {}, type_)
        for source in reversed(sources):
            if isinstance(source.term, Var) and source.term.id in self.values:
                term = Let(source.term, source.type, self.values[source.term.id], term)
        return term, found

    def _source(self, node: Node) -> Done:
        """What `{ e with … }` starts from, evaluated once."""
        term, type_ = self.term(node, None)
        if isinstance(term, Var):
            return Done(term, self.zonk(type_))
        return Done(self.variable("src", self.zonk(type_), self.zonk(term)), self.zonk(type_))

    def _all_fields(self, family: Family) -> frozenset[str]:
        """The fields of a structure and of its parents."""
        found = set(family.fields)
        for parent, _ in family.parents:
            above = self.env.family(parent)
            found |= self._all_fields(above) if above is not None else set()
        return frozenset(found)

    def _field_value(
        self,
        family: Family,
        name: str,
        named: dict[str, s.FieldValue],
        sources: list[Done],
        node: s.StructInst,
    ) -> Node | Done:
        """What a field gets: as given, out of what is given for a parent, from a source, or its default."""
        given = named.get(name)
        if given is not None:
            value: Node = s.Ident(name, pos=given.pos) if given.value is None else given.value
            return s.Fun(given.binders, value, pos=given.pos) if given.binders else value
        parent = next((self.env.family(above) for above, field in family.parents if field == name), None)
        if parent is not None:
            inner = self._all_fields(parent)
            fields_ = tuple(each for each in named.values() if each.name in inner)
            if fields_ and not sources:
                return s.StructInst((), fields_, pos=node.pos)
        for source in sources:
            found = self._of_source(source, name)
            if found is not None:
                return found
        if parent is not None and parent.is_class:
            return INSTANCE
        if not self.has_default(family, name):
            self.unsupported(f"a {family.name} without {name}")
        return DEFAULT

    def _of_source(self, source: Done, name: str) -> Done | None:
        family = self.env.family(head_name(self.whnf(source.type)))
        if family is None or name not in self._all_fields(family):
            return None
        return Done(*self.apply(self.projection(source.term, source.type, name), [], {}, None))

    def has_default(self, family: Family, name: str) -> bool:
        """Whether a field may be left out."""
        made = self.constant(family.constructors[0])
        return self.lenient or family.params + family.fields.index(name) in made.defaults

    def index(self, node: s.Index, expected: Term | None) -> tuple[Term, Term]:
        """`xs[i]` with a proof that the index fits, `xs[i]?` and `xs[i]!`."""
        if node.mode in ("?", "!"):
            return self.call(f"GetElem?.getElem{node.mode}", [node.term, node.index], expected)
        args: list[Node | Done] = [node.term, node.index]
        args.append(s.Opaque("by", "", pos=node.pos) if node.proof is None else node.proof)
        return self.call("GetElem.getElem", args, expected)

    def matrix(self, node: s.Matrix, expected: Term | None) -> tuple[Term, Term]:
        """`!![a, b; c, d]`: its rows as vectors of vectors."""
        if sum(map(len, node.rows)) > MOST_ITEMS:
            self.unsupported(f"a matrix of more than {MOST_ITEMS} entries")
        rows = tuple(s.Collection("![", row, pos=node.pos) for row in node.rows)
        return self.call("Matrix.of", [s.Collection("![", rows, pos=node.pos)], expected)

    def set_builder(self, node: s.SetBuilder, expected: Term | None) -> tuple[Term, Term]:
        """`{x : T | p}`, and the subtype `{x : T // p}`."""
        binder = node.binder
        body = node.body
        if binder.relation is not None and binder.bound is not None:
            condition = s.Infix(
                binder.relation, s.Ident(binder.names[0], pos=node.pos), binder.bound, pos=node.pos
            )
            body = s.Infix("∧", condition, body, pos=node.pos)
        plain = s.Binder("explicit", binder.names, binder.type, pos=binder.pos)
        return self.call(
            "setOf" if node.key == "|" else "Subtype", [s.Fun((plain,), body, pos=node.pos)], expected
        )

    def section(self, node: s.Section, expected: Term | None) -> tuple[Term, Term]:
        """`(· + 1)`: a function of the dots, left to right."""
        names: list[str] = []
        body = self._without_dots(node.body, names)
        binder = s.Binder("explicit", tuple(names), pos=node.pos)
        return self.fun(s.Fun((binder,), body, pos=node.pos), expected)

    def _without_dots(self, node: Node, names: list[str]) -> Node:
        if isinstance(node, s.Cdot):
            names.append(f"x{len(names) + 1}✝")
            return s.Ident(names[-1], pos=node.pos)
        if isinstance(node, s.Section):
            return node
        return mapped_nodes(node, lambda each: self._without_dots(each, names))

    def notation(self, node: s.Notation, expected: Term | None) -> tuple[Term, Term]:
        """A notation that the text declares: what it expands to."""
        found = self.expansion(node.key)
        if found is None:
            self.unsupported(f"the notation {node.key}")
        names, body = found
        return self.term(with_operands(body, dict(zip(names, node.args, strict=False)), node.pos), expected)

    def expansion(self, key: str) -> tuple[tuple[str, ...], Node] | None:
        """The operands and the expansion of a notation in scope."""
        return None


def with_operands(node: Node, operands: dict[str, Node], pos: int) -> Node:
    """An expansion with its operands put in; every new node stands where the notation does."""
    if isinstance(node, s.Ident):
        head, dot, rest = node.name.partition(".")
        operand = operands.get(head)
        if operand is None:
            return replace(node, pos=pos)
        for name in rest.split(".") if dot else ():
            operand = s.Proj(operand, name, pos=pos)
        return operand
    return mapped_nodes(replace(node, pos=pos), lambda each: with_operands(each, operands, pos))


def mapped_nodes(node: Node, f: Any) -> Node:
    """The node with f applied to the nodes directly inside it."""
    changes: dict[str, Any] = {}
    for each in fields(node):
        value = getattr(node, each.name)
        if isinstance(value, (Node, tuple)):
            changes[each.name] = _mapped_value(value, f)
    return replace(node, **changes) if changes else node


def _mapped_value(value: Any, f: Any) -> Any:
    if isinstance(value, Node):
        return f(value)
    if isinstance(value, tuple):
        return tuple(_mapped_value(item, f) for item in value)
    return value
