"""Structures, classes and inductive types: their constructors, projections and recursors."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from leanmirror.bridge.core.environment import Declared, Family
from leanmirror.bridge.core.errors import IllTyped
from leanmirror.bridge.core.infer import infer
from leanmirror.bridge.core.pending import NOTHING
from leanmirror.bridge.core.substitute import arguments, head_name, substitute, subterms
from leanmirror.bridge.core.term import TYPE, App, Const, Lam, Pi, Sort, Term, Var, app, const
from leanmirror.bridge.core.unify import unify
from leanmirror.bridge.elaborate.binders import bind_groups
from leanmirror.bridge.elaborate.check import check, type_of
from leanmirror.bridge.elaborate.finish import closed, finish
from leanmirror.bridge.elaborate.statement import Binding
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.declarations import Declaration, Field
from leanmirror.bridge.lean.scopes import joined
from leanmirror.spec.errors import Unsupported

if TYPE_CHECKING:
    from leanmirror.bridge.elaborate.elaborator import Elaborator


@dataclass
class Product:
    """What a declaration adds to the environment."""

    constants: list[Declared] = field(default_factory=list)
    families: list[Family] = field(default_factory=list)
    recursive: dict[str, tuple[bool, ...]] = field(default_factory=dict)


class Families:
    """Turns a declaration into constants. `register` makes them known while others are still being made.

    `bodies` says that definitions are elaborated with their bodies; abbreviations and instances always are.
    """

    def __init__(
        self,
        declaration: Declaration,
        elaborator: Elaborator,
        register: Callable[[Product], None],
        bodies: bool,
        interpreted: bool = False,
    ) -> None:
        self.declaration, self.elaborator = declaration, elaborator
        self.register, self.bodies, self.interpreted = register, bodies, interpreted
        self.name = declaration.name

    def pi(self, bound: list[Binding], body: Term) -> Term:
        """`∀ bound, body`."""
        for each in reversed(bound):
            body = Pi(each.var, each.type, body, each.kind)
        return body

    def lam(self, bound: list[Binding], body: Term) -> Term:
        """`fun bound => body`."""
        for each in reversed(bound):
            body = Lam(each.var, each.type, body)
        return body

    # Structures

    def structure(self) -> None:
        """Make a structure or class known, with its constructor and projections."""
        header, elab = self.declaration.header, self.elaborator
        params = bind_groups(elab, self.declaration.all_binders)
        sort = TYPE if header.type is None else type_of(elab, header.type)
        finish(elab)
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
        whole = Declared(self.name, "class" if is_class else "type", self.pi(params, sort))
        self.register(Product([whole], [family]))
        self._members(params, parents, constructor, is_class)

    def _closed_bindings(self, bound: list[Binding]) -> list[Binding]:
        elab = self.elaborator
        return [replace(each, type=closed(elab, each.type, self.name)) for each in bound]

    def _parent(self, node: s.Node) -> tuple[str, Term]:
        """The field that holds a parent, and its type."""
        type_ = type_of(self.elaborator, node)
        finish(self.elaborator)
        type_ = closed(self.elaborator, type_, self.name)
        return f"to{head_name(type_).rpartition('.')[2]}", type_

    def _members(
        self, params: list[Binding], parents: list[tuple[str, Term]], constructor: str, is_class: bool
    ) -> None:
        """The constructor and the projections; a field may speak of those before it."""
        elab = self.elaborator
        owner = app(Const(self.name), *(each.var for each in params))
        own = Binding(elab.ctx.variable("self", owner), owner, "instance" if is_class else "explicit")
        implicit = [replace(each, kind="implicit") for each in params]
        by: dict[int, Term] = {}
        inherited: dict[int, Term] = {}
        defaults: dict[int, Term] = {}
        given: list[Binding] = []
        constants: list[Declared] = []
        for name, found in parents:
            var = elab.bind(name, found, "instance" if is_class else "explicit")
            constants.append(self._projection(name, found, implicit, own, by, len(constants)))
            by[var.id] = app(Const(joined(self.name, name)), *(each.var for each in params), own.var)
            given.append(Binding(var, found))
            self._inherit(var, found, inherited)
        for each in self.declaration.header.fields:
            found = substitute(self._field_type(each), inherited)
            if each.default is not None:
                self._field_default(each, found, [*params, *given], inherited, defaults)
            var = elab.bind(each.name, found)
            named = _given(params, each)
            constants.append(self._projection(each.name, found, named, own, by, len(constants)))
            by[var.id] = app(Const(joined(self.name, each.name)), *(param.var for param in params), own.var)
            given.append(Binding(var, found, "explicit" if each.kind == "explicit" else "implicit"))
        made = Declared(
            constructor,
            "constructor",
            self.pi([*implicit, *given], owner),
            parent=self.name,
            defaults=defaults,
        )
        self.register(Product([made, *constants], recursive={constructor: (False,) * len(given)}))

    def _field_default(
        self, each: Field, type_: Term, before: list[Binding], by: dict[int, Term], defaults: dict[int, Term]
    ) -> None:
        """The default value of a field, as a function of the parameters and fields before; none in doubt."""
        elab = self.elaborator
        outer = elab.scope
        node = each.default
        assert node is not None
        if each.binders:
            node = s.Fun(each.binders, node, pos=each.pos)
        try:
            value = check(elab, node, type_)
            finish(elab)
            defaults[len(before)] = closed(
                elab, self.lam(before, substitute(elab.ctx.zonk(value), by)), self.name
            )
        except (Unsupported, IllTyped):
            elab.ctx.pending = NOTHING
        elab.scope = outer

    def _inherit(self, value: Term, type_: Term, inherited: dict[int, Term]) -> None:
        """Bring the fields of a parent into scope: each name stands for the projection of the parent."""
        elab = self.elaborator
        elab.ctx.step()
        family = elab.ctx.env.family(head_name(type_))
        if family is None:
            return
        own = {parent for _, parent in family.parents}
        for name in family.fields:
            field_ = app(Const(joined(family.name, name)), *arguments(type_)[: family.params], value)
            field_type = infer(elab.ctx, field_)
            if name in own:
                self._inherit(field_, field_type, inherited)
            elif name:
                inherited[elab.bind(name, field_type).id] = field_

    def _projection(
        self,
        name: str,
        type_: Term,
        params: list[Binding],
        own: Binding,
        by: dict[int, Term],
        index: int,
    ) -> Declared:
        """A field as a function of the structure; `by` puts the fields before it in."""
        whole = closed(self.elaborator, self.pi([*params, own], substitute(type_, by)), f"the field {name}")
        return Declared(joined(self.name, name), "projection", whole, parent=self.name, index=index)

    def _field_type(self, each: Field) -> Term:
        elab = self.elaborator
        outer = elab.scope
        groups = [group for group in each.binders if group.type is not None or group.kind != "explicit"]
        bound = bind_groups(elab, groups)
        if each.type is None:
            elab.ctx.unsupported(f"the field {each.name} without a type", each.pos)
        type_ = type_of(elab, each.type)
        finish(elab)
        elab.scope = outer
        return closed(elab, self.pi(bound, type_), f"the field {each.name}")

    # Inductive types

    def inductive(self) -> None:
        """Make an inductive type known, with its constructors and, in Type, its recursor."""
        header, elab = self.declaration.header, self.elaborator
        params = bind_groups(elab, self.declaration.all_binders)
        sort = TYPE if header.type is None else type_of(elab, header.type)
        finish(elab)
        params = self._closed_bindings(params)
        sort = closed(elab, sort, self.name)
        names = tuple(joined(self.name, each.name) for each in header.constructors)
        family = Family(self.name, len(params), names)
        self.register(Product([Declared(self.name, "type", self.pi(params, sort))], [family]))
        implicit = [replace(each, kind="implicit") for each in params]
        owner = app(Const(self.name), *(each.var for each in params))
        product = Product()
        for index, (name, each) in enumerate(zip(names, header.constructors, strict=True)):
            outer = elab.scope
            bound = bind_groups(elab, each.binders)
            result = owner if each.type is None else type_of(elab, each.type)
            self._fix_parameters(self.pi(bound, result), params)
            finish(elab)
            elab.scope = outer
            type_ = closed(elab, self.pi([*implicit, *bound], result), name)
            product.constants.append(Declared(name, "constructor", type_, parent=self.name, index=index))
            product.recursive[name] = self._recursion(type_, len(params))
        self.register(product)
        if isinstance(sort, Sort) and sort.level != 0:
            self.register(Product([self._recursor(implicit, owner, product)]))

    def _fix_parameters(self, type_: Term, params: list[Binding]) -> None:
        """The parameters of the type are the same wherever a constructor speaks of it."""
        for item in subterms(self.elaborator.ctx.zonk(type_)):
            if isinstance(item, App) and item.fn == Const(self.name):
                for arg, param in zip(item.args, params, strict=False):
                    unify(self.elaborator.ctx, arg, param.var)

    def _recursion(self, type_: Term, params: int) -> tuple[bool, ...]:
        found: list[bool] = []
        while isinstance(type_, Pi):
            found.append(head_name(type_.type) == self.name)
            type_ = type_.body
        return tuple(found[params:])

    def _recursor(self, params: list[Binding], owner: Term, product: Product) -> Declared:
        """`T.rec`: a motive, a premise for each constructor, and the value."""
        elab = self.elaborator
        value = elab.ctx.variable("t", owner)
        motive = elab.ctx.variable("motive", Pi(value, owner, Sort(-1)))
        premises: list[Binding] = []
        for each in product.constants:
            type_ = self._premise(each, params, motive, product.recursive[each.name])
            premises.append(Binding(elab.ctx.variable(each.name.rpartition(".")[2], type_), type_))
        bound = [
            *params,
            Binding(motive, elab.ctx.types[motive.id], "implicit"),
            *premises,
            Binding(value, owner),
        ]
        return Declared(
            joined(self.name, "rec"), "recursor", self.pi(bound, App(motive, (value,))), parent=self.name
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
            var = elab.ctx.variable(type_.var.name, substitute(type_.type, by))
            fields.append(Binding(var, elab.ctx.types[var.id]))
            by[type_.var.id] = var
            type_ = type_.body
        hypotheses = []
        for each, is_recursive in zip(fields, recursive, strict=True):
            if is_recursive:
                kind = App(motive, (each.var,))
                hypotheses.append(Binding(elab.ctx.variable(f"{each.var.name}_ih", kind), kind))
        value = const(made.name, *(each.var for each in params), *(each.var for each in fields))
        return self.pi([*fields, *hypotheses], App(motive, (value,)))


def _without_out(type_: Term) -> Term:
    return type_.args[0] if isinstance(type_, App) and head_name(type_) == "outParam" else type_


def _given(params: list[Binding], each: Field) -> list[Binding]:
    """The parameters of a projection: implicit, but for those that the field names, as in `inner (𝕜) : …`."""
    named = {name for group in each.binders if group.type is None for name in group.names}
    return [replace(param, kind="explicit" if param.var.name in named else "implicit") for param in params]
