"""Patterns: what stands left of `=>`, and what a branch knows because its pattern fits."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from leanmirror.bridge.core.arithmetic import NAT
from leanmirror.bridge.core.context import STRING
from leanmirror.bridge.core.environment import Declared, Family
from leanmirror.bridge.core.substitute import arguments, head_name, mentions, substitute, subterms
from leanmirror.bridge.core.term import App, Const, Lit, Meta, Pi, Proof, Str, Term, Var, const
from leanmirror.bridge.elaborate.compounds import Compounds
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.syntax import Node

MOST_SUCCESSORS = 64


class Impossible(Exception):
    """No value of the type has the form of the pattern: the branch is left, which is no error."""


@dataclass(slots=True)
class Opened:
    """What the patterns of one branch have bound: variables, and names for parts that have a pattern too."""

    vars: list[Var] = field(default_factory=list)
    aliases: list[tuple[Var, Term]] = field(default_factory=list)


class Patterns(Compounds):
    """Elaborates patterns. What a pattern says of variables holds as their value while its branch is read."""

    def pattern(self, node: Node, type_: Term, opened: Opened) -> Term:
        """A pattern for values of a type. Raises Impossible where none fits, IllTyped for another type."""
        if node.pos >= 0:
            self.at = node.pos
        self.step()
        if isinstance(node, s.Ascription):
            if node.type is not None and not self.unify(self.type_of(node.type), type_):
                self.mismatch(self.type_of(node.type), type_)
            return self.pattern(node.term, type_, opened)
        if isinstance(node, s.AsPattern):
            found = self.pattern(node.pattern, type_, opened)
            opened.aliases.append((self.bind(node.name, type_, value=found), found))
            return found
        if isinstance(node, s.Hole):
            return self._any("_", type_, opened)
        if isinstance(node, s.Ident) and self._constructor_named(node.name) is None:
            if "." in node.name:
                self.unsupported(f"the pattern {node.name}, which is no constructor")
            var = self._any(node.name, type_, opened)
            self.scope = {**self.scope, node.name: var}
            return var
        if self.is_prop(type_):
            return self._proof(node, type_, opened)
        return self._data(node, self.whnf(type_), opened)

    def _any(self, name: str, type_: Term, opened: Opened) -> Var:
        var = self.variable(name, self.zonk(type_))
        opened.vars.append(var)
        return var

    def _constructor_named(self, name: str) -> Declared | None:
        """The constructor that a name means."""
        for each in self.resolve(name):
            declared = None if each.fields else self.env.lookup(each.name)
            if declared is None:
                continue
            if declared.kind == "constructor":
                return declared
            made = self.env.lookup(head_name(declared.body)) if declared.body is not None else None
            if made is not None and made.kind == "constructor" and declared.reducible:
                return made
        return None

    def _proof(self, node: Node, type_: Term, opened: Opened) -> Term:
        """A pattern for a proof: only what it says of variables matters, and the names it gives."""
        type_ = self.whnf(type_)
        if isinstance(node, s.Ident) and head_name(type_) == "Eq":
            self.refine(arguments(type_)[1], arguments(type_)[2], opened)
        elif isinstance(node, (s.Anonymous, s.App)):
            self._data(node, type_, opened)
        return Proof(type_)

    def _data(self, node: Node, type_: Term, opened: Opened) -> Term:
        match node:
            case s.Number(value):
                return self._numeral(value, type_)
            case s.Text(text) if type_ == STRING:
                return Str(string_value(text))
            case s.Infix("+", left, s.Number(value)) if head_name(type_) == "Nat":
                if value > MOST_SUCCESSORS:
                    self.unsupported(f"a pattern n + {value}")
                return self._successor(self.pattern(left, type_, opened), value)
            case s.Infix("::", left, right):
                return self._made("List.cons", [left, right], {}, type_, opened)
            case s.Collection("[" | "[]" | "[_]", items):
                return self._items(items, type_, opened)
            case s.Collection("#[", items) if head_name(type_) == "Array":
                inner = const("List", *arguments(type_))
                return const("Array.mk", *arguments(type_), self._items(items, inner, opened))
            case s.Tuple(items):
                return self._tuple(items, type_, opened)
            case s.Anonymous(items):
                return self._anonymous(items, type_, opened)
        fn, args = (node.fn, node.args) if isinstance(node, s.App) else (node, ())
        explicit = isinstance(fn, s.Explicit) or (isinstance(fn, s.Ident) and fn.explicit)
        inner_fn = fn.term if isinstance(fn, s.Explicit) else fn
        name = self._head(inner_fn, type_)
        named = {arg.name: arg.value for arg in args if isinstance(arg, s.Named)}
        plain = [arg for arg in args if not isinstance(arg, (s.Named, s.Rest))]
        rest = any(isinstance(arg, s.Rest) for arg in args)
        return self._made(name, plain, named, type_, opened, explicit=explicit, rest=rest)

    def _head(self, fn: Node, type_: Term) -> str:
        if isinstance(fn, s.Dot):
            return f"{head_name(type_)}.{fn.name}"
        if isinstance(fn, s.Ident):
            names = [each.name for each in self.resolve(fn.name)]
            own = [name for name in names if name.rpartition(".")[0] == head_name(type_)]
            declared = self.env.lookup(own[0]) if own else self._constructor_named(fn.name)
            if declared is not None:
                return declared.name
        raise self.refusal(f"a pattern of the form {type(fn).__name__}")

    def _numeral(self, value: int, type_: Term) -> Term:
        if type_ == NAT:
            return Lit(value)
        if head_name(type_) not in ("Fin", "Int"):
            self.unsupported(f"a numeral as a pattern for {self.shown(type_)}")
        term, found = self.literal(value, type_)
        self.synthesize_pending()
        return self.fitted(self.zonk(term), found, type_)

    def _successor(self, inner: Term, count: int) -> Term:
        if isinstance(inner, Lit):
            return Lit(inner.value + count)
        for _ in range(count):
            inner = const("Nat.succ", inner)
        return inner

    def _items(self, items: Sequence[Node], type_: Term, opened: Opened) -> Term:
        if not items:
            return self._made("List.nil", [], {}, type_, opened)
        rest = s.Collection("[", tuple(items[1:]), pos=items[0].pos)
        return self._made("List.cons", [items[0], rest], {}, type_, opened)

    def _tuple(self, items: Sequence[Node], type_: Term, opened: Opened) -> Term:
        if not items:
            return self._made("PUnit.unit", [], {}, type_, opened)
        if len(items) == 1:
            return self.pattern(items[0], type_, opened)
        last: Node = items[1] if len(items) == 2 else s.Tuple(tuple(items[1:]), pos=items[1].pos)
        return self._made("Prod.mk", [items[0], last], {}, type_, opened)

    def _anonymous(self, items: Sequence[Node], type_: Term, opened: Opened) -> Term:
        family = self.env.family(head_name(type_))
        if family is None or len(family.constructors) != 1:
            self.unsupported(f"⟨…⟩ as a pattern for {self.shown(type_)}")
        count = sum(
            kind == "explicit" for kind in self.constant(family.constructors[0]).kinds[family.params :]
        )
        given = list(items)
        if len(given) > count > 0:
            given[count - 1 :] = [s.Anonymous(tuple(given[count - 1 :]), pos=given[count - 1].pos)]
        return self._made(family.constructors[0], given, {}, type_, opened)

    def _made(
        self,
        name: str,
        args: list[Node],
        named: dict[str, Node],
        type_: Term,
        opened: Opened,
        *,
        explicit: bool = False,
        rest: bool = False,
    ) -> Term:
        """A constructor with patterns for its fields; fields that the text leaves out are variables."""
        if name in ("Nat.zero", "Nat.succ") and type_ == NAT:
            return Lit(0) if name == "Nat.zero" else self._successor(self.pattern(args[0], NAT, opened), 1)
        family = self.env.family(head_name(type_))
        if family is None:
            self.unsupported(f"a pattern for {self.shown(type_)}")
        if name not in family.constructors:
            self.ill_typed(f"the pattern {name} met {self.shown(type_)}")
        parameters = arguments(type_)[: family.params]
        fields, found = self._fields(name, family, parameters, opened)
        for index, other in zip(
            arguments(found)[family.params :], arguments(type_)[family.params :], strict=True
        ):
            self.refine(index, other, opened)
        given = self._given(name, fields, args[family.params :] if explicit else args, named, explicit, rest)
        parts = [self._field(var, node, opened) for (var, _), node in zip(fields, given, strict=True)]
        return const(name, *parameters, *parts)

    def _fields(
        self, name: str, family: Family, parameters: tuple[Term, ...], opened: Opened
    ) -> tuple[list[tuple[Var, str]], Term]:
        """New variables for the fields of a constructor, and the type of what it makes."""
        type_ = self.constant(name).type
        by: dict[int, Term] = {}
        fields: list[tuple[Var, str]] = []
        for i in range(len(self.constant(name).kinds)):
            assert isinstance(type_, Pi)
            if i < family.params:
                by[type_.var.id] = parameters[i]
            else:
                var = self._any(type_.var.name, substitute(type_.type, by), opened)
                if type_.kind == "instance":
                    self.add_local_instance(var)
                fields.append((var, type_.kind))
                by[type_.var.id] = var
            type_ = type_.body
        return fields, substitute(type_, by)

    def _given(
        self,
        name: str,
        fields: list[tuple[Var, str]],
        args: list[Node],
        named: dict[str, Node],
        explicit: bool,
        rest: bool,
    ) -> list[Node | None]:
        """The pattern that the text gives for each field."""
        left = list(args)
        given: list[Node | None] = []
        for var, kind in fields:
            if var.name in named:
                given.append(named[var.name])
            elif kind == "explicit" or explicit:
                if not left and not rest:
                    self.ill_typed(f"the pattern {name} with {len(args)} arguments")
                given.append(left.pop(0) if left else None)
            else:
                given.append(None)
        if left:
            self.ill_typed(f"the pattern {name} with {len(args)} arguments")
        return given

    def _field(self, var: Var, node: Node | None, opened: Opened) -> Term:
        """The pattern of a field: a name is one for its variable, anything else says what it is."""
        if node is None or isinstance(node, s.Hole):
            return var
        if isinstance(node, s.Ident) and self._constructor_named(node.name) is None and "." not in node.name:
            self.scope = {**self.scope, node.name: var}
            return var
        found = self.pattern(node, self.zonk(self.types[var.id]), opened)
        if var.id in self.values:
            self.refine(self.values[var.id], found, opened)
        else:
            self.values[var.id] = found
            self.found.clear()
        return found

    # What is learned

    def refine(self, left: Term, right: Term, opened: Opened) -> None:
        """Let two terms be one, by values for variables. Raises Impossible where they cannot be."""
        left, right = self._settled_head(left), self._settled_head(right)
        own = {var.id for var in opened.vars}
        if left == right:
            return
        if isinstance(right, Var) and right.id in own and not isinstance(left, Meta):
            left, right = right, left
        for one, other in ((left, right), (right, left)):
            known = isinstance(other, Meta)
            if isinstance(one, Var) and not known and not mentions(self.settled(other), one):
                self.values[one.id] = other
                self.found.clear()
                return
        if head_name(self.whnf(self.infer(left))) == "Nat":
            self._refine_number(left, right, opened)
            return
        f, g = head_name(left), head_name(right)
        first, second = self.env.lookup(f), self.env.lookup(g)
        made = [each for each in (first, second) if each is not None and each.kind == "constructor"]
        if len(made) == 2 and f != g:
            raise Impossible
        if f and f == g and len(arguments(left)) == len(arguments(right)):
            if len(made) < 2 and self.unify(left, right):
                return
            for x, y in zip(arguments(left), arguments(right), strict=True):
                self.refine(x, y, opened)
            return
        self.unify(left, right)

    def _refine_number(self, left: Term, right: Term, opened: Opened) -> None:
        (a, i), (b, j) = self.offset(left), self.offset(right)
        common = min(i, j)
        i, j = i - common, j - common
        if (
            (a is None and b is None and i != j)
            or (b is None and j == 0 and i)
            or (a is None and i == 0 and j)
        ):
            raise Impossible
        one, other = self.plus(a, i), self.plus(b, j)
        if isinstance(one, Var) or isinstance(other, Var):
            if one != other:
                self.refine(one, other, opened)
        else:
            self.unify(one, other)

    def _settled_head(self, term: Term) -> Term:
        term = self.shallow(term)
        while isinstance(term, Var) and term.id in self.values:
            term = self.shallow(self.values[term.id])
        return self.whnf(term) if isinstance(term, App | Const) else term

    def settled(self, term: Term) -> Term:
        """The term with every variable that has a value replaced by it."""
        term = self.zonk(term)
        for _ in range(MOST_SUCCESSORS):
            found = (item.id for item in subterms(term) if isinstance(item, Var))
            by = {id_: self.values[id_] for id_ in found if id_ in self.values}
            if not by:
                return term
            term = self.zonk(substitute(term, by))
        return term


_ESCAPES = {"n": "\n", "t": "\t", "r": "\r", "\\": "\\", '"': '"', "'": "'", "0": "\0"}


def string_value(text: str) -> str:
    """What a plain string literal stands for."""
    out: list[str] = []
    inner = text[1:-1]
    i = 0
    while i < len(inner):
        if inner[i] == "\\" and i + 1 < len(inner):
            if inner[i + 1] == "\n":  # a gap: the break and the blanks after it do not count
                i += 2
                while i < len(inner) and inner[i].isspace():
                    i += 1
                continue
            out.append(_ESCAPES.get(inner[i + 1], inner[i + 1]))
            i += 2
        else:
            out.append(inner[i])
            i += 1
    return "".join(out)
