"""Names and what they are applied to: local variables, constants as scopes resolve them, projections."""

from __future__ import annotations

from typing import TYPE_CHECKING

from leanmirror.bridge.core.coerce import as_function, fitted
from leanmirror.bridge.core.errors import IllTyped
from leanmirror.bridge.core.instances import synthesize_pending
from leanmirror.bridge.core.pending import Pending
from leanmirror.bridge.core.substitute import has_metas, head_name
from leanmirror.bridge.core.term import Const, Meta, Pi, Term
from leanmirror.bridge.core.whnf import unfold, whnf_core
from leanmirror.bridge.elaborate.application import apply
from leanmirror.bridge.elaborate.heads import Done, Head
from leanmirror.bridge.elaborate.operators import carried
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.scopes import Candidate, parts
from leanmirror.bridge.lean.syntax import Node
from leanmirror.spec.errors import Unsupported

if TYPE_CHECKING:
    from leanmirror.bridge.elaborate.elaborator import Elaborator


NUMBERS = {"ℝ": "Real", "ℕ": "Nat", "ℤ": "Int", "ℚ": "Rat", "ℝ≥0∞": "ENNReal"}
"""Mathlib's notations that look like names."""


SCOPED = {"π": ("Real", "Real.pi")}
"""Notations that look like names and are there where a namespace is opened."""

CARRYING = ("Eq.recOn",)
"""Functions whose value is their last argument, its type changed along an equation."""


# `x.val` for a local x: the variable and its field
# Follows Lean.Elab.Term.resolveName.
def heads(elab: Elaborator, name: str, explicit: bool) -> list[Head]:
    """What a name may mean, innermost first. Raises Unsupported for an unknown name."""
    pieces = parts(name)
    local = elab.scope.get(pieces[0])
    if local is not None:
        return [projected(elab, Head(local, elab.ctx.types[local.id], explicit), pieces[1:], explicit)]
    found = elab.resolve(name) or _notation(elab, name)
    known = [each for each in found if elab.ctx.env.lookup(each.name) is not None]
    if not known:
        raise elab.ctx.unknown(name, (each.name for each in found))
    return [_constant(elab, each, explicit) for each in known]


def _notation(elab: Elaborator, name: str) -> tuple[Candidate, ...]:
    """What a notation that looks like a name means."""
    if name in NUMBERS:
        return (Candidate(NUMBERS[name]),)
    namespace, meant = SCOPED.get(name, ("", ""))
    return (Candidate(meant),) if namespace and elab.around.opened(namespace) else ()


def _constant(elab: Elaborator, candidate: Candidate, explicit: bool) -> Head:
    declared = elab.ctx.constant(candidate.name)
    if candidate.fields and declared.makes_types:
        raise elab.ctx.unknown(".".join((candidate.name, *candidate.fields)))
    head = Head(Const(candidate.name), declared.type, explicit)
    return projected(elab, head, candidate.fields, explicit) if candidate.fields else head


def projected(elab: Elaborator, head: Head, fields: tuple[str, ...], explicit: bool = False) -> Head:
    """The head with projections after it; the last one waits for its arguments."""
    for field in fields:
        term, type_ = apply(elab, Head(head.term, head.type, False, head.self_arg, head.owner), [], {}, None)
        head = projection(elab, term, type_, field)
        head.explicit = explicit
    return head


# `p.1` for `p : ℝ × ℝ`, `idx.s` of an abbreviation
# Follows Lean.Elab.Term.resolveLValAux.
def projection(elab: Elaborator, term: Term, type_: Term, field: str) -> Head:
    """`term.field`, by the head of the type, its parents, and what it unfolds to."""
    if isinstance(elab.ctx.shallow(type_), Meta):
        synthesize_pending(elab.ctx)
        type_ = elab.ctx.zonk(type_)
    start = type_
    for _ in range(32):
        type_ = whnf_core(elab.ctx, type_)
        found = _method(elab, term, type_, field)
        if found is not None:
            return found
        further = unfold(elab.ctx, type_)
        if further is None:
            break
        type_ = further
    if isinstance(type_, Meta):
        elab.ctx.unsupported(f"the projection {field} of a term whose type is not known yet", cause="type")
    made = elab.ctx.env.lookup(head_name(elab.ctx.zonk(start)))
    ours = made is not None and not made.interpreted  # what Mathlib has there is more than we know
    known = not ours and elab.ctx.env.lookup(f"Function.{field}") is not None
    function = as_function(elab.ctx, term, start) if known else None
    if function is not None:
        return _with_self(elab, f"Function.{field}", Done(*function), "")
    owner = head_name(elab.ctx.zonk(start)) or elab.ctx.shown(start)
    raise elab.ctx.unknown(f"{owner}.{field}")


def _method(elab: Elaborator, term: Term, type_: Term, field: str) -> Head | None:
    if isinstance(type_, Pi):
        return None
    owner = head_name(type_)
    if not owner:
        return None
    if field.isdigit():
        return _numbered(elab, term, type_, int(field))
    member = elab.around.member(owner, field)
    if member is not None:
        return _with_self(elab, member, Done(term, type_), owner)
    family = elab.ctx.env.family(owner)
    for _, projection in family.parents if family is not None else ():
        inner = _parent(elab, term, type_, owner, projection)
        found = _method(elab, inner.term, whnf_core(elab.ctx, inner.type), field)
        if found is not None:
            return found
        elab.ctx.step()
    return None


def _parent(elab: Elaborator, term: Term, type_: Term, owner: str, projection: str) -> Done:
    head = _with_self(elab, f"{owner}.{projection}", Done(term, type_), owner)
    return Done(*apply(elab, head, [], {}, None))


def _numbered(elab: Elaborator, term: Term, type_: Term, number: int) -> Head | None:
    owner = head_name(type_)
    family = elab.ctx.env.family(owner)
    if family is None or not family.is_structure:
        return None
    if not 1 <= number <= len(family.fields):
        elab.ctx.unsupported(f"the field {number} of {owner}, which has {len(family.fields)}", cause="type")
    return _with_self(elab, f"{owner}.{family.fields[number - 1]}", Done(term, type_), owner)


def _with_self(elab: Elaborator, name: str, value: Done, owner: str) -> Head:
    return Head(Const(name), elab.ctx.constant(name).type, False, value, owner)


# `Real.exp`
# Follows Lean.Elab.Term.elabIdent.
def ident(elab: Elaborator, node: s.Ident, expected: Term | None) -> tuple[Term, Term]:
    """A name by itself."""
    return _applied(elab, node, [], {}, expected)


# `softmaxVec (n := n) x`
# Follows Lean.Elab.Term.elabApp.
def application(elab: Elaborator, node: s.App, expected: Term | None) -> tuple[Term, Term]:
    """A function with arguments as written."""
    if isinstance(node.fn, s.Ident) and node.fn.name in CARRYING and len(node.args) == 2:
        return carried(elab, s.Infix("▸", *node.args, pos=node.pos), expected)
    named: dict[str, Node | Done] = {}
    args: list[Node | Done] = []
    for arg in node.args:
        if isinstance(arg, s.Named):
            named[arg.name] = arg.value
        elif isinstance(arg, s.Rest):
            elab.ctx.unsupported("the argument ..", arg.pos)
        else:
            args.append(arg)
    return _applied(elab, node.fn, args, named, expected)


def _applied(
    elab: Elaborator, fn: Node, args: list[Node | Done], named: dict[str, Node | Done], expected: Term | None
) -> tuple[Term, Term]:
    if fn.pos >= 0:
        elab.ctx.at = fn.pos
    heads = _heads_of(elab, fn, expected)
    if len(heads) == 1:
        return apply(elab, heads[0], args, dict(named), expected)
    return _overloaded(elab, heads, args, named, expected)


def _heads_of(elab: Elaborator, fn: Node, expected: Term | None) -> list[Head]:
    if isinstance(fn, s.Ident):
        return heads(elab, fn.name, fn.explicit)
    if isinstance(fn, s.Dot):
        return [_dotted(elab, fn, expected)]
    if isinstance(fn, s.Proj):
        term, type_ = elab.term(fn.term, None)
        return [projection(elab, elab.ctx.zonk(term), elab.ctx.zonk(type_), fn.field)]
    if isinstance(fn, s.Explicit):
        inner = _heads_of(elab, fn.term, expected)
        for head in inner:
            head.explicit = True
        return inner
    return [Head(*elab.term(fn, None))]


# `dot x y` where two namespaces that are open have a `dot`: the one that is well-typed
# Follows Lean.Elab.Term.elabAppAux, `mergeFailures` and `getSuccesses`.
def _overloaded(
    elab: Elaborator,
    heads: list[Head],
    args: list[Node | Done],
    named: dict[str, Node | Done],
    expected: Term | None,
) -> tuple[Term, Term]:
    """The only meaning that is well-typed. Raises Unsupported when there are several."""
    good: list[Head] = []
    error: IllTyped | Unsupported | None = None
    for head in heads:
        mark = elab.ctx.mark()
        copy = Head(head.term, head.type, head.explicit, head.self_arg, head.owner)
        try:
            with elab.trying():
                term, type_ = apply(elab, copy, args, dict(named), expected)
                if expected is not None:
                    fitted(elab.ctx, term, type_, expected)
                _instances_there(elab, mark[1])
            good.append(head)
        except (IllTyped, Unsupported) as failure:
            error = error or failure
        elab.ctx.undo(mark)
    if len(good) == 1:
        return apply(elab, good[0], args, dict(named), expected)
    if not good and error is not None:
        raise error
    meanings = " | ".join(elab.ctx.shown(head.term) for head in good)
    raise elab.ctx.refusal(f"the ambiguous name {meanings}", cause="type")


def _instances_there(elab: Elaborator, before: Pending) -> None:
    """Raise Unsupported where an instance that is wanted since then is of known types and not there."""
    ctx = elab.ctx
    synthesize_pending(ctx)
    for wanted in ctx.pending.instances:
        goal = ctx.zonk(ctx.meta_types[wanted.meta.id])
        if wanted not in before.instances and not has_metas(goal):
            ctx.unsupported(f"no instance of {ctx.shown(goal)}", wanted.at, "instance")


# `(.dim n .scalar : Shape)`
# Follows Lean.Elab.Term.resolveDotName.
def _dotted(elab: Elaborator, node: s.Dot, expected: Term | None) -> Head:
    """`.dim`, in the namespace of the expected type, or of what a function gives that is expected."""
    type_ = None if expected is None else elab.ctx.shallow(expected)
    for _ in range(32):
        if type_ is None or isinstance(type_, Meta):
            elab.ctx.unsupported(f".{node.name} where no type is expected", cause="type")
        if isinstance(type_, Pi):
            type_ = whnf_core(elab.ctx, type_.body)
            continue
        owner = head_name(type_)
        member = elab.around.member(owner, node.name)
        if member is not None:
            return Head(Const(member), elab.ctx.constant(member).type)
        further = unfold(elab.ctx, type_)
        if further is None:
            raise elab.ctx.unknown(f"{owner}.{node.name}")
        type_ = further
    raise elab.ctx.unknown(f".{node.name}")


# `(.scalar : Shape)`
# Follows Lean.Elab.Term.elabDotIdent.
def dot(elab: Elaborator, node: s.Dot, expected: Term | None) -> tuple[Term, Term]:
    """`.scalar` by itself."""
    return _applied(elab, node, [], {}, expected)


# `(f x).1`, and `@f` by itself
# Follows Lean.Elab.Term.elabProj and Lean.Elab.Term.elabExplicit.
def project(elab: Elaborator, node: s.Proj, expected: Term | None) -> tuple[Term, Term]:
    """`e.name` by itself."""
    return _applied(elab, node, [], {}, expected)
