"""Values of structures: `⟨…⟩` and `{ f := v }`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leanmirror.bridge.core.environment import Family
from leanmirror.bridge.core.substitute import head_name
from leanmirror.bridge.core.term import Const, Let, Meta, Term, Var
from leanmirror.bridge.core.whnf import whnf
from leanmirror.bridge.elaborate.application import DEFAULT, INSTANCE, apply
from leanmirror.bridge.elaborate.check import type_of
from leanmirror.bridge.elaborate.heads import Done, Head
from leanmirror.bridge.elaborate.names import projection
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.syntax import Node

if TYPE_CHECKING:
    from leanmirror.bridge.elaborate.elaborator import Elaborator


# `⟨a, b⟩`
# Follows Lean.Elab.Term.elabAnonymousConstructor.
def anonymous(elab: Elaborator, node: s.Anonymous, expected: Term | None) -> tuple[Term, Term]:
    """`⟨a, b⟩`: the constructor of the type that is expected."""
    family, type_ = _expected_family(elab, expected, "⟨…⟩")
    if len(family.constructors) != 1:
        elab.ctx.unsupported(f"⟨…⟩ for {family.name}, which has {len(family.constructors)} constructors")
    name = family.constructors[0]
    declared = elab.ctx.constant(name)
    count = sum(kind == "explicit" for kind in declared.kinds)
    items: list[Node | Done] = list(node.items)
    if len(items) > count > 0:
        rest = s.Anonymous(tuple(node.items[count - 1 :]), pos=node.items[count - 1].pos)
        items[count - 1 :] = [rest]
    return apply(elab, Head(Const(name), declared.type), items, {}, type_)


def _expected_family(elab: Elaborator, expected: Term | None, what: str) -> tuple[Family, Term]:
    type_ = None if expected is None else whnf(elab.ctx, expected)
    if type_ is None or isinstance(type_, Meta):
        elab.ctx.unsupported(f"{what} where no type is expected", cause="type")
    family = elab.ctx.env.family(head_name(type_))
    if family is None:
        elab.ctx.unsupported(f"{what} for {elab.ctx.shown(type_)}", cause="type")
    return family, type_


# `{ forward := f, backward := g }`
# Follows Lean.Elab.Term.StructInst.elabStructInst.
def structure(elab: Elaborator, node: s.StructInst, expected: Term | None) -> tuple[Term, Term]:
    """`{ f := v, g := w }`: the constructor with its fields by name."""
    if node.type is not None:
        expected = type_of(elab, node.type)
    if node.rest:
        elab.ctx.unsupported("a structure with ..")
    if node.sources and (expected is None or isinstance(elab.ctx.shallow(expected), Meta)):
        expected = elab.term(node.sources[0], None)[1]
    family, type_ = _expected_family(elab, expected, "{…}")
    if not family.is_structure:
        elab.ctx.unsupported(f"{{…}} for {family.name}, which is no structure", cause="type")
    named: dict[str, s.FieldValue] = {}
    for each in node.fields:
        named[each.name] = each
        if each.name not in _all_fields(elab, family):
            elab.ctx.unsupported(f"{family.name} has no field {each.name}", each.pos, "unknown_name")
    sources = [_source(elab, each) for each in node.sources]
    name = family.constructors[0]
    declared = elab.ctx.constant(name)
    kinds = declared.kinds[family.params :]
    if len(kinds) != len(family.fields):
        elab.ctx.unsupported(f"the constructor of {family.name} {elab.ctx.shown(declared.type)}")
    args = [
        _field_value(elab, family, each, named, sources, node)
        for each, kind in zip(family.fields, kinds, strict=True)
        if kind == "explicit"
    ]
    term, found = apply(elab, Head(Const(name), declared.type), args, {}, type_)
    for source in reversed(sources):
        if isinstance(source.term, Var) and source.term.id in elab.ctx.values:
            term = Let(source.term, source.type, elab.ctx.values[source.term.id], term)
    return term, found


def _source(elab: Elaborator, node: Node) -> Done:
    """What `{ e with … }` starts from, evaluated once."""
    term, type_ = elab.term(node, None)
    if isinstance(term, Var):
        return Done(term, elab.ctx.zonk(type_))
    return Done(elab.ctx.variable("src", elab.ctx.zonk(type_), elab.ctx.zonk(term)), elab.ctx.zonk(type_))


def _all_fields(elab: Elaborator, family: Family) -> frozenset[str]:
    """The fields of a structure and of its parents."""
    found = set(family.fields)
    for parent, _ in family.parents:
        above = elab.ctx.env.family(parent)
        found |= _all_fields(elab, above) if above is not None else set()
    return frozenset(found)


def _field_value(
    elab: Elaborator,
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
    parent = next((elab.ctx.env.family(above) for above, field in family.parents if field == name), None)
    if parent is not None:
        inner = _all_fields(elab, parent)
        fields_ = tuple(each for each in named.values() if each.name in inner)
        if fields_ and not sources:
            return s.StructInst((), fields_, pos=node.pos)
    for source in sources:
        found = _of_source(elab, source, name)
        if found is not None:
            return found
    if parent is not None and parent.is_class:
        return INSTANCE
    if not _has_default(elab, family, name):
        elab.ctx.unsupported(f"a {family.name} without {name}")
    return DEFAULT


def _of_source(elab: Elaborator, source: Done, name: str) -> Done | None:
    family = elab.ctx.env.family(head_name(whnf(elab.ctx, source.type)))
    if family is None or name not in _all_fields(elab, family):
        return None
    return Done(*apply(elab, projection(elab, source.term, source.type, name), [], {}, None))


def _has_default(elab: Elaborator, family: Family, name: str) -> bool:
    """Whether a field may be left out."""
    made = elab.ctx.constant(family.constructors[0])
    return elab.lenient or family.params + family.fields.index(name) in made.defaults
