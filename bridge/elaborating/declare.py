"""Declarations to constants: the types of definitions, structures, inductive types and what comes with them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from leanmirror.bridge.elaborating.core import TYPE, App, Const, Lam, Pi, Sort, Term, Var, app, const
from leanmirror.bridge.elaborating.elaborate import Elaborator
from leanmirror.bridge.elaborating.environment import Declared, Family, Kind
from leanmirror.bridge.elaborating.errors import IllTyped
from leanmirror.bridge.elaborating.statement import Binding
from leanmirror.bridge.elaborating.terms import head_name, subterms, substitute
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.declarations import Declaration
from leanmirror.bridge.lean.scopes import joined
from leanmirror.spec.errors import Unsupported

KINDS: dict[str, Kind] = {
    "axiom": "axiom", "opaque": "axiom", "theorem": "theorem", "lemma": "theorem", "def": "def", "abbrev": "abbrev",
    "instance": "instance",
}  # fmt: skip


@dataclass
class Product:
    """What a declaration adds to the environment."""

    constants: list[Declared] = field(default_factory=list)
    families: list[Family] = field(default_factory=list)
    recursive: dict[str, tuple[bool, ...]] = field(default_factory=dict)


class Declarer:
    """Turns one declaration into constants. `register` makes them known while others are still being made.

    `bodies` says that definitions are elaborated with their bodies; abbreviations and instances always are.
    """

    def __init__(
        self,
        declaration: Declaration,
        elaborator: Elaborator,
        register: Callable[[Product], None],
        bodies: bool,
    ) -> None:
        self.declaration, self.elaborator = declaration, elaborator
        self.register, self.bodies = register, bodies
        self.name = declaration.name

    def declare(self) -> None:
        """Make the constants known. Raises Unsupported or IllTyped."""
        kind = self.declaration.kind
        if kind in ("structure", "class"):
            self._structure()
        elif kind in ("inductive", "coinductive"):
            self._inductive()
        else:
            self.register(Product([self._definition()]))

    # Definitions

    def _definition(self) -> Declared:
        declaration, elab = self.declaration, self.elaborator
        kind: Kind = KINDS[declaration.kind]
        attributes = declaration.attributes
        if kind == "def" and "reducible" in attributes:
            kind = "abbrev"
        if kind == "axiom" and "instance" in attributes:
            kind = "instance"
        bound = elab.bound(declaration.all_binders)
        body: Term | None = None
        if declaration.type is not None:
            type_ = elab.type_of(declaration.type)
        else:
            body, type_ = elab.term(self._body(), None)
        elab.finish()
        whole = elab.closed(self._pi(bound, type_), self.name)
        has_body = kind in ("def", "abbrev", "instance") and self._has_body()
        if body is None and has_body and (self.bodies or kind != "def"):
            body = self._checked_body(elab.zonk(type_))
        value = None if body is None else elab.closed(self._lam(bound, body), self.name)
        defaults = self._defaults(bound)
        return Declared(
            self.name, kind, whole, value, has_body and value is None, defaults, height=self._height(value)
        )

    def _checked_body(self, type_: Term) -> Term | None:
        """The body; None when it is beyond us: then the definition is opaque."""
        elab = self.elaborator
        try:
            body = elab.check(self._body(), type_)
            elab.finish()
            return elab.closed(body, self.name)
        except (Unsupported, IllTyped):
            return None

    def _has_body(self) -> bool:
        return self.declaration.header.body_start >= 0

    def _body(self) -> s.Node:
        body = self.declaration.body
        if not isinstance(body, s.Node):
            self.elaborator.unsupported(f"the body of {self.name}")
        return body.term if isinstance(body, s.Tactic) else body

    def _height(self, body: Term | None) -> int:
        if body is None:
            return 0
        heights = [
            declared.height
            for item in subterms(body)
            if isinstance(item, Const) and (declared := self.elaborator.env.lookup(item.name)) is not None
        ]
        return 1 + max(heights, default=0)

    def _defaults(self, bound: list[Binding]) -> dict[int, Term]:
        """The default values of parameters, each a function of the parameters before."""
        found: dict[int, Term] = {}
        index = 0
        for group in self.declaration.all_binders:
            for _ in group.names or ("",):
                if group.default is not None:
                    found[index] = self._default(bound[:index], bound[index], group.default)
                index += 1
        return found

    def _default(self, before: list[Binding], parameter: Binding, node: s.Node) -> Term:
        elab = self.elaborator
        value = elab.check(node, elab.zonk(parameter.type))
        elab.finish()
        return elab.closed(self._lam(before, value), self.name)

    def _pi(self, bound: list[Binding], body: Term) -> Term:
        for each in reversed(bound):
            body = Pi(each.var, each.type, body, each.kind)
        return body

    def _lam(self, bound: list[Binding], body: Term) -> Term:
        for each in reversed(bound):
            body = Lam(each.var, each.type, body)
        return body

    # Structures

    def _structure(self) -> None:
        header, elab = self.declaration.header, self.elaborator
        params = elab.bound(self.declaration.all_binders)
        sort = TYPE if header.type is None else elab.type_of(header.type)
        elab.finish()
        params = self._closed_bindings(params)
        is_class = self.declaration.kind == "class"
        constructor = joined(self.name, header.constructor_name or "mk")
        parents = [self._parent(node) for node in header.parents]
        fields = (*(name for name, _ in parents), *(each.name for each in header.fields))
        family = Family(
            self.name,
            len(params),
            (constructor,),
            fields,
            tuple((head_name(type_), name) for name, type_ in parents),
            frozenset(i for i, each in enumerate(params) if head_name(each.type) == "outParam"),
            is_structure=True,
            is_class=is_class,
        )
        params = [replace(each, type=_without_out(each.type)) for each in params]
        whole = Declared(self.name, "class" if is_class else "type", self._pi(params, sort))
        self.register(Product([whole], [family]))
        self._members(params, parents, constructor, is_class)

    def _closed_bindings(self, bound: list[Binding]) -> list[Binding]:
        elab = self.elaborator
        return [replace(each, type=elab.closed(each.type, self.name)) for each in bound]

    def _parent(self, node: s.Node) -> tuple[str, Term]:
        """The field that holds a parent, and its type."""
        type_ = self.elaborator.type_of(node)
        self.elaborator.finish()
        type_ = self.elaborator.closed(type_, self.name)
        return f"to{head_name(type_).rpartition('.')[2]}", type_

    def _members(
        self, params: list[Binding], parents: list[tuple[str, Term]], constructor: str, is_class: bool
    ) -> None:
        """The constructor and the projections; a field may speak of those before it."""
        elab = self.elaborator
        owner = app(Const(self.name), *(each.var for each in params))
        own = elab.variable("self", owner)
        implicit = [replace(each, kind="implicit") for each in params]
        by: dict[int, Term] = {}
        arguments: list[Binding] = []
        constants: list[Declared] = []
        members = [(name, type_, "explicit", None) for name, type_ in parents]
        for index, (name, type_, kind, each) in enumerate(
            [*members, *((each.name, None, each.kind, each) for each in self.declaration.header.fields)]
        ):
            found = type_ if type_ is not None else self._field_type(each)
            shown = {
                n
                for group in (each.binders if each is not None else ())
                if group.type is None
                for n in group.names
            }
            var = elab.bind(name, found, "instance" if is_class and type_ is not None else "explicit")
            full = joined(self.name, name)
            self_binder = Binding(own, owner, "instance" if is_class else "explicit")
            given = [
                replace(each_, kind="explicit") if each_.var.name in shown else each_ for each_ in implicit
            ]
            projected = self._pi([*given, self_binder], substitute(found, by))
            constants.append(
                Declared(full, "projection", self._own(projected, name), parent=self.name, index=index)
            )
            by[var.id] = app(Const(full), *(each.var for each in params), own)
            arguments.append(Binding(var, found, "explicit" if kind == "explicit" else "implicit"))
        made = Declared(
            constructor, "constructor", self._pi([*implicit, *arguments], owner), parent=self.name
        )
        self.register(Product([made, *constants], recursive={constructor: (False,) * len(arguments)}))

    def _own(self, type_: Term, name: str) -> Term:
        return self.elaborator.closed(type_, f"the field {name}")

    def _field_type(self, each: object) -> Term:
        from leanmirror.bridge.lean.declarations import Field

        assert isinstance(each, Field)
        elab = self.elaborator
        outer = elab.scope
        bound = elab.bound(
            group for group in each.binders if group.type is not None or group.kind != "explicit"
        )
        if each.type is None:
            elab.unsupported(f"the field {each.name} without a type", each.pos)
        type_ = elab.type_of(each.type)
        elab.finish()
        elab.scope = outer
        return elab.closed(self._pi(bound, type_), f"the field {each.name}")

    # Inductive types

    def _inductive(self) -> None:
        header, elab = self.declaration.header, self.elaborator
        params = elab.bound(self.declaration.all_binders)
        sort = TYPE if header.type is None else elab.type_of(header.type)
        elab.finish()
        params = self._closed_bindings(params)
        sort = elab.closed(sort, self.name)
        names = tuple(joined(self.name, each.name) for each in header.constructors)
        family = Family(self.name, len(params), names)
        self.register(Product([Declared(self.name, "type", self._pi(params, sort))], [family]))
        implicit = [replace(each, kind="implicit") for each in params]
        owner = app(Const(self.name), *(each.var for each in params))
        product = Product()
        for index, (name, each) in enumerate(zip(names, header.constructors, strict=True)):
            outer = elab.scope
            bound = elab.bound(each.binders)
            result = owner if each.type is None else elab.type_of(each.type)
            elab.finish()
            elab.scope = outer
            type_ = elab.closed(self._pi([*implicit, *bound], result), name)
            product.constants.append(Declared(name, "constructor", type_, parent=self.name, index=index))
            product.recursive[name] = self._recursion(type_, len(params))
        self.register(product)
        if isinstance(sort, Sort) and sort.level != 0:
            self.register(Product([self._recursor(implicit, owner, product)]))

    def _recursion(self, type_: Term, params: int) -> tuple[bool, ...]:
        found: list[bool] = []
        while isinstance(type_, Pi):
            found.append(head_name(type_.type) == self.name)
            type_ = type_.body
        return tuple(found[params:])

    def _recursor(self, params: list[Binding], owner: Term, product: Product) -> Declared:
        """`T.rec`: a motive, a premise for each constructor, and the value."""
        elab = self.elaborator
        value = elab.variable("t", owner)
        motive = elab.variable("motive", Pi(value, owner, Sort(-1)))
        premises: list[Binding] = []
        for each in product.constants:
            type_ = self._premise(each, params, motive, product.recursive[each.name])
            premises.append(Binding(elab.variable(each.name.rpartition(".")[2], type_), type_))
        bound = [
            *params,
            Binding(motive, elab.types[motive.id], "implicit"),
            *premises,
            Binding(value, owner),
        ]
        return Declared(
            joined(self.name, "rec"), "recursor", self._pi(bound, App(motive, (value,))), parent=self.name
        )

    def _premise(
        self, made: Declared, params: list[Binding], motive: Var, recursive: tuple[bool, ...]
    ) -> Term:
        """The type of the premise of a constructor: its fields, then what recursion gives for them."""
        elab = self.elaborator
        type_ = made.type
        by: dict[int, Term] = {}
        for each in params:
            assert isinstance(type_, Pi)
            by[type_.var.id] = each.var
            type_ = type_.body
        fields: list[Binding] = []
        while isinstance(type_, Pi):
            var = elab.variable(type_.var.name, substitute(type_.type, by))
            fields.append(Binding(var, elab.types[var.id]))
            by[type_.var.id] = var
            type_ = type_.body
        hypotheses = []
        for each, is_recursive in zip(fields, recursive, strict=True):
            if is_recursive:
                kind = App(motive, (each.var,))
                hypotheses.append(Binding(elab.variable(f"{each.var.name}_ih", kind), kind))
        value = const(made.name, *(each.var for each in params), *(each.var for each in fields))
        return self._pi([*fields, *hypotheses], App(motive, (value,)))


def _without_out(type_: Term) -> Term:
    return type_.args[0] if isinstance(type_, App) and head_name(type_) == "outParam" else type_
