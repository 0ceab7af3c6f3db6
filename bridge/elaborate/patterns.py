"""Patterns: what stands left of `=>`, and what a branch knows because its pattern fits.

What a pattern says of variables holds as their value while its branch is read.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from leanmirror.bridge.core.arithmetic import NAT
from leanmirror.bridge.core.coerce import fitted, mismatch
from leanmirror.bridge.core.context import STRING
from leanmirror.bridge.core.environment import Declared, Family
from leanmirror.bridge.core.infer import infer, is_prop
from leanmirror.bridge.core.instances import synthesize_pending
from leanmirror.bridge.core.substitute import arguments, head_name, mentions, substitute, subterms
from leanmirror.bridge.core.term import App, Const, Lit, Meta, Pi, Proof, Str, Term, Var, const
from leanmirror.bridge.core.unify import unify
from leanmirror.bridge.core.whnf import as_offset, plus, whnf
from leanmirror.bridge.elaborate.check import type_of
from leanmirror.bridge.elaborate.literals import literal, string_value
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.syntax import Node

if TYPE_CHECKING:
    from leanmirror.bridge.elaborate.elaborator import Elaborator


MOST_SUCCESSORS = 64


class Impossible(Exception):
    """No value of the type has the form of the pattern: the branch is left, which is no error."""


@dataclass(slots=True)
class Opened:
    """What the patterns of one branch have bound: variables, and names for parts that have a pattern too."""

    vars: list[Var] = field(default_factory=list)
    aliases: list[tuple[Var, Term]] = field(default_factory=list)


# `n + 1`, `x :: xs`, `⟨a, _⟩`, `h@rfl`
# Follows Lean.Elab.Term.CollectPatternVars.collect and Lean.Elab.Term.elabMatchAltView.
def read_pattern(elab: Elaborator, node: Node, type_: Term, opened: Opened) -> Term:
    """A pattern for values of a type. Raises Impossible where none fits, IllTyped for another type."""
    if node.pos >= 0:
        elab.ctx.at = node.pos
    elab.ctx.step()
    if isinstance(node, s.Ascription):
        if node.type is not None and not unify(elab.ctx, type_of(elab, node.type), type_):
            mismatch(elab.ctx, type_of(elab, node.type), type_)
        return read_pattern(elab, node.term, type_, opened)
    if isinstance(node, s.AsPattern):
        found = read_pattern(elab, node.pattern, type_, opened)
        opened.aliases.append((elab.bind(node.name, type_, value=found), found))
        return found
    if isinstance(node, s.Hole):
        return _any(elab, "_", type_, opened)
    if isinstance(node, s.Ident) and _constructor_named(elab, node.name) is None:
        if "." in node.name:
            elab.ctx.unsupported(f"the pattern {node.name}, which is no constructor")
        var = _any(elab, node.name, type_, opened)
        elab.scope = {**elab.scope, node.name: var}
        return var
    if is_prop(elab.ctx, type_):
        return _proof(elab, node, type_, opened)
    return _data(elab, node, whnf(elab.ctx, type_), opened)


def _any(elab: Elaborator, name: str, type_: Term, opened: Opened) -> Var:
    var = elab.ctx.variable(name, elab.ctx.zonk(type_))
    opened.vars.append(var)
    return var


def _constructor_named(elab: Elaborator, name: str) -> Declared | None:
    """The constructor that a name means."""
    for each in elab.resolve(name):
        declared = None if each.fields else elab.ctx.env.lookup(each.name)
        if declared is None:
            continue
        if declared.kind == "constructor":
            return declared
        made = elab.ctx.env.lookup(head_name(declared.body)) if declared.body is not None else None
        if made is not None and made.kind == "constructor" and declared.reducible:
            return made
    return None


def _proof(elab: Elaborator, node: Node, type_: Term, opened: Opened) -> Term:
    """A pattern for a proof: only what it says of variables matters, and the names it gives."""
    type_ = whnf(elab.ctx, type_)
    if isinstance(node, s.Ident) and head_name(type_) == "Eq":
        refine(elab, arguments(type_)[1], arguments(type_)[2], opened)
    elif isinstance(node, (s.Anonymous, s.App)):
        _data(elab, node, type_, opened)
    return Proof(type_)


def _data(elab: Elaborator, node: Node, type_: Term, opened: Opened) -> Term:
    match node:
        case s.Number(value):
            return _numeral(elab, value, type_)
        case s.Text(text) if type_ == STRING:
            return Str(string_value(text))
        case s.Infix("+", left, s.Number(value)) if head_name(type_) == "Nat":
            if value > MOST_SUCCESSORS:
                elab.ctx.unsupported(f"a pattern n + {value}")
            return _successor(elab, read_pattern(elab, left, type_, opened), value)
        case s.Infix("::", left, right):
            return _made(elab, "List.cons", [left, right], {}, type_, opened)
        case s.Collection("[" | "[]" | "[_]", items):
            return _items(elab, items, type_, opened)
        case s.Collection("#[", items) if head_name(type_) == "Array":
            inner = const("List", *arguments(type_))
            return const("Array.mk", *arguments(type_), _items(elab, items, inner, opened))
        case s.Tuple(items):
            return _tuple(elab, items, type_, opened)
        case s.Anonymous(items):
            return _anonymous(elab, items, type_, opened)
    fn, args = (node.fn, node.args) if isinstance(node, s.App) else (node, ())
    explicit = isinstance(fn, s.Explicit) or (isinstance(fn, s.Ident) and fn.explicit)
    inner_fn = fn.term if isinstance(fn, s.Explicit) else fn
    name = _head(elab, inner_fn, type_)
    named = {arg.name: arg.value for arg in args if isinstance(arg, s.Named)}
    plain = [arg for arg in args if not isinstance(arg, (s.Named, s.Rest))]
    rest = any(isinstance(arg, s.Rest) for arg in args)
    return _made(elab, name, plain, named, type_, opened, explicit=explicit, rest=rest)


def _head(elab: Elaborator, fn: Node, type_: Term) -> str:
    if isinstance(fn, s.Dot):
        return f"{head_name(type_)}.{fn.name}"
    if isinstance(fn, s.Ident):
        names = [each.name for each in elab.resolve(fn.name)]
        own = [name for name in names if name.rpartition(".")[0] == head_name(type_)]
        declared = elab.ctx.env.lookup(own[0]) if own else _constructor_named(elab, fn.name)
        if declared is not None:
            return declared.name
    raise elab.ctx.refusal(f"a pattern of the form {type(fn).__name__}")


def _numeral(elab: Elaborator, value: int, type_: Term) -> Term:
    if type_ == NAT:
        return Lit(value)
    if head_name(type_) not in ("Fin", "Int"):
        elab.ctx.unsupported(f"a numeral as a pattern for {elab.ctx.shown(type_)}")
    term, found = literal(elab, value, type_)
    synthesize_pending(elab.ctx)
    return fitted(elab.ctx, elab.ctx.zonk(term), found, type_)


def _successor(elab: Elaborator, inner: Term, count: int) -> Term:
    if isinstance(inner, Lit):
        return Lit(inner.value + count)
    for _ in range(count):
        inner = const("Nat.succ", inner)
    return inner


def _items(elab: Elaborator, items: Sequence[Node], type_: Term, opened: Opened) -> Term:
    if not items:
        return _made(elab, "List.nil", [], {}, type_, opened)
    rest = s.Collection("[", tuple(items[1:]), pos=items[0].pos)
    return _made(elab, "List.cons", [items[0], rest], {}, type_, opened)


def _tuple(elab: Elaborator, items: Sequence[Node], type_: Term, opened: Opened) -> Term:
    if not items:
        return _made(elab, "PUnit.unit", [], {}, type_, opened)
    if len(items) == 1:
        return read_pattern(elab, items[0], type_, opened)
    last: Node = items[1] if len(items) == 2 else s.Tuple(tuple(items[1:]), pos=items[1].pos)
    return _made(elab, "Prod.mk", [items[0], last], {}, type_, opened)


def _anonymous(elab: Elaborator, items: Sequence[Node], type_: Term, opened: Opened) -> Term:
    family = elab.ctx.env.family(head_name(type_))
    if family is None or len(family.constructors) != 1:
        elab.ctx.unsupported(f"⟨…⟩ as a pattern for {elab.ctx.shown(type_)}")
    count = sum(
        kind == "explicit" for kind in elab.ctx.constant(family.constructors[0]).kinds[family.params :]
    )
    given = list(items)
    if len(given) > count > 0:
        given[count - 1 :] = [s.Anonymous(tuple(given[count - 1 :]), pos=given[count - 1].pos)]
    return _made(elab, family.constructors[0], given, {}, type_, opened)


def _made(
    elab: Elaborator,
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
        return Lit(0) if name == "Nat.zero" else _successor(elab, read_pattern(elab, args[0], NAT, opened), 1)
    family = elab.ctx.env.family(head_name(type_))
    if family is None:
        elab.ctx.unsupported(f"a pattern for {elab.ctx.shown(type_)}")
    if name not in family.constructors:
        elab.ctx.ill_typed(f"the pattern {name} met {elab.ctx.shown(type_)}")
    parameters = arguments(type_)[: family.params]
    fields, found = _fields(elab, name, family, parameters, opened)
    for index, other in zip(
        arguments(found)[family.params :], arguments(type_)[family.params :], strict=True
    ):
        refine(elab, index, other, opened)
    given = _given(elab, name, fields, args[family.params :] if explicit else args, named, explicit, rest)
    parts = [_field(elab, var, node, opened) for (var, _), node in zip(fields, given, strict=True)]
    return const(name, *parameters, *parts)


def _fields(
    elab: Elaborator, name: str, family: Family, parameters: tuple[Term, ...], opened: Opened
) -> tuple[list[tuple[Var, str]], Term]:
    """New variables for the fields of a constructor, and the type of what it makes."""
    type_ = elab.ctx.constant(name).type
    by: dict[int, Term] = {}
    fields: list[tuple[Var, str]] = []
    for i in range(len(elab.ctx.constant(name).kinds)):
        assert isinstance(type_, Pi)
        if i < family.params:
            by[type_.var.id] = parameters[i]
        else:
            var = _any(elab, type_.var.name, substitute(type_.type, by), opened)
            if type_.kind == "instance":
                elab.ctx.add_local_instance(var)
            fields.append((var, type_.kind))
            by[type_.var.id] = var
        type_ = type_.body
    return fields, substitute(type_, by)


def _given(
    elab: Elaborator,
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
                elab.ctx.ill_typed(f"the pattern {name} with {len(args)} arguments")
            given.append(left.pop(0) if left else None)
        else:
            given.append(None)
    if left:
        elab.ctx.ill_typed(f"the pattern {name} with {len(args)} arguments")
    return given


def _field(elab: Elaborator, var: Var, node: Node | None, opened: Opened) -> Term:
    """The pattern of a field: a name is one for its variable, anything else says what it is."""
    if node is None or isinstance(node, s.Hole):
        return var
    if isinstance(node, s.Ident) and _constructor_named(elab, node.name) is None and "." not in node.name:
        elab.scope = {**elab.scope, node.name: var}
        return var
    found = read_pattern(elab, node, elab.ctx.zonk(elab.ctx.types[var.id]), opened)
    if var.id in elab.ctx.values:
        refine(elab, elab.ctx.values[var.id], found, opened)
    else:
        elab.ctx.values[var.id] = found
        elab.ctx.found.clear()
    return found


# `| 0, x => …` for `(n : ℕ) (x : Vec n)`: here n is 0
# Follows Lean.Meta.unifyEq?.
def refine(elab: Elaborator, left: Term, right: Term, opened: Opened) -> None:
    """Let two terms be one, by values for variables. Raises Impossible where they cannot be."""
    left, right = _settled_head(elab, left), _settled_head(elab, right)
    own = {var.id for var in opened.vars}
    if left == right:
        return
    if isinstance(right, Var) and right.id in own and not isinstance(left, Meta):
        left, right = right, left
    for one, other in ((left, right), (right, left)):
        known = isinstance(other, Meta)
        if isinstance(one, Var) and not known and not mentions(settled(elab, other), one):
            elab.ctx.values[one.id] = other
            elab.ctx.found.clear()
            return
    if head_name(whnf(elab.ctx, infer(elab.ctx, left))) == "Nat":
        _refine_number(elab, left, right, opened)
        return
    f, g = head_name(left), head_name(right)
    first, second = elab.ctx.env.lookup(f), elab.ctx.env.lookup(g)
    made = [each for each in (first, second) if each is not None and each.kind == "constructor"]
    if len(made) == 2 and f != g:
        raise Impossible
    if f and f == g and len(arguments(left)) == len(arguments(right)):
        if len(made) < 2 and unify(elab.ctx, left, right):
            return
        for x, y in zip(arguments(left), arguments(right), strict=True):
            refine(elab, x, y, opened)
        return
    unify(elab.ctx, left, right)


def _refine_number(elab: Elaborator, left: Term, right: Term, opened: Opened) -> None:
    (a, i), (b, j) = as_offset(elab.ctx, left), as_offset(elab.ctx, right)
    common = min(i, j)
    i, j = i - common, j - common
    if (a is None and b is None and i != j) or (b is None and j == 0 and i) or (a is None and i == 0 and j):
        raise Impossible
    one, other = plus(a, i), plus(b, j)
    if isinstance(one, Var) or isinstance(other, Var):
        if one != other:
            refine(elab, one, other, opened)
    else:
        unify(elab.ctx, one, other)


def _settled_head(elab: Elaborator, term: Term) -> Term:
    term = elab.ctx.shallow(term)
    while isinstance(term, Var) and term.id in elab.ctx.values:
        term = elab.ctx.shallow(elab.ctx.values[term.id])
    return whnf(elab.ctx, term) if isinstance(term, App | Const) else term


def settled(elab: Elaborator, term: Term) -> Term:
    """The term with every variable that has a value replaced by it."""
    term = elab.ctx.zonk(term)
    for _ in range(MOST_SUCCESSORS):
        found = (item.id for item in subterms(term) if isinstance(item, Var))
        by = {id_: elab.ctx.values[id_] for id_ in found if id_ in elab.ctx.values}
        if not by:
            return term
        term = elab.ctx.zonk(substitute(term, by))
    return term
