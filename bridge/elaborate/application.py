"""Applications as Lean elaborates them: expected type first, arguments left to right, the rest inferred."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from leanmirror.bridge.core.coerce import as_function, no_function
from leanmirror.bridge.core.instances import synthesize_pending
from leanmirror.bridge.core.substitute import arguments, has_metas, head_name, lambdas, substitute, subterms
from leanmirror.bridge.core.term import App, Const, Lam, Meta, Pi, Proof, Sort, Term, Var, app
from leanmirror.bridge.core.unify import unify
from leanmirror.bridge.core.whnf import unfold, whnf, whnf_core
from leanmirror.bridge.elaborate.check import certainly_prop, put, waits
from leanmirror.bridge.elaborate.heads import Done, Head
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.syntax import Node

if TYPE_CHECKING:
    from leanmirror.bridge.elaborate.elaborator import Elaborator


DEFAULT = s.Hole("default")
"""Stands for an argument that has its default value."""


INSTANCE = s.Hole("instance")
"""Stands for an argument that is an instance to be found."""


@dataclass(slots=True)
class Call:
    """One application in work: the arguments so far, and what is still to be put in."""

    head: Head
    args: list[Node | Done]
    named: dict[str, Node | Done]
    out: list[Term] = field(default_factory=list)
    by: dict[int, Term] = field(default_factory=dict)
    postponed: list[tuple[Meta, Node | Done]] = field(default_factory=list)
    etas: list[tuple[Var, Term]] = field(default_factory=list)
    next: int = 0

    @property
    def left(self) -> bool:
        """Whether arguments are left over."""
        return self.next < len(self.args)


# `x.castVec h`: x goes to the first `Vec _` among the parameters
# Follows Lean.Elab.Term.addLValArg.
def is_owned(elab: Elaborator, type_: Term, owner: str) -> bool:
    """Whether a parameter takes the value of `value.field`: its type has the owner at its head."""
    type_ = elab.ctx.shallow(type_)
    if not owner:
        return isinstance(type_, Pi)
    for _ in range(32):
        if head_name(type_) == owner:
            return True
        further = unfold(elab.ctx, type_, reducible=True) if isinstance(type_, (App, Const)) else None
        if further is None:
            return False
        type_ = further
    return False


# `castVec h x`: h says what m and n are, then x is read as a `Vec m`
# Follows Lean.Elab.Term.elabAppArgs.
def apply(
    elab: Elaborator,
    head: Head,
    args: list[Node | Done],
    named: dict[str, Node | Done],
    expected: Term | None,
) -> tuple[Term, Term]:
    """A function with arguments. Raises IllTyped where Lean would refuse, Unsupported in doubt."""
    call = Call(head, args, named)
    type_ = _parameters(elab, call)
    if head.self_arg is not None:
        elab.ctx.unsupported(
            f"{elab.ctx.shown(head.term)} has no parameter for what stands before the dot", cause="type"
        )
    hint = None if call.left or call.etas else expected
    _elaborate_todo(elab, call, type_, hint)
    term: Term = app(head.term, *map(elab.ctx.shallow, call.out))
    type_ = elab.ctx.zonk(type_)
    if call.etas:
        for var, kind in reversed(call.etas):
            type_ = Pi(var, kind, type_)
        term = lambdas(call.etas, term)
    if not call.left:
        if call.named:
            elab.ctx.unsupported(
                f"{elab.ctx.shown(head.term)} has no parameter {next(iter(call.named))}", cause="type"
            )
        return term, type_
    return _beyond(elab, call, term, type_, expected)


def _beyond(
    elab: Elaborator, call: Call, term: Term, type_: Term, expected: Term | None
) -> tuple[Term, Term]:
    """More arguments than parameters: what the function gives is itself a function, or coerces to one."""
    elab.ctx.step()
    function = as_function(elab.ctx, elab.ctx.zonk(term), elab.ctx.zonk(type_))
    if function is None:
        synthesize_pending(elab.ctx)
        function = as_function(elab.ctx, elab.ctx.zonk(term), elab.ctx.zonk(type_))
    if function is None:
        no_function(elab.ctx, type_)
    return apply(elab, Head(*function), call.args[call.next :], call.named, expected)


def _parameters(elab: Elaborator, call: Call) -> Term:
    """Go through the parameters as far as arguments go, and give the type of the result."""
    type_ = elab.ctx.zonk(call.head.type) if not isinstance(call.head.term, Const) else call.head.type
    while True:
        if not isinstance(type_, Pi):
            result = substitute(type_, call.by)
            if not (call.left or call.named or call.head.self_arg is not None):
                return result
            opened = whnf(elab.ctx, result)
            if not isinstance(opened, Pi):
                return result
            type_, call.by = opened, {}
        value = _parameter(elab, call, type_)
        if value is None:
            return substitute(type_, call.by)
        call.by[type_.var.id] = value
        call.out.append(value)
        type_ = type_.body


# `{n : ℕ}` becomes a hole, `[Fintype ι]` an instance to be found
# Follows Lean.Elab.Term.ElabAppArgs.processImplicitArg and its like.
def _parameter(elab: Elaborator, call: Call, pi: Pi) -> Term | None:
    """What a parameter gets; None where the application ends before it."""
    name = pi.var.name
    if name in call.named:
        return _later(elab, call, pi, call.named.pop(name))
    if call.head.explicit or pi.kind == "explicit":
        return _explicit(elab, call, pi)
    value = call.head.self_arg
    if value is not None and pi.kind == "instance" and head_name(pi.type) == call.head.owner:
        call.head.self_arg = None
        return _later(elab, call, pi, value)
    if pi.kind == "strict" and not call.left and not call.named and call.head.self_arg is None:
        return None
    meta = elab.ctx.meta(substitute(pi.type, call.by))
    if pi.kind == "instance":
        elab.ctx.want(meta)
    return meta


# `(x : Vec n)` takes the next argument, or its default
# Follows Lean.Elab.Term.ElabAppArgs.processExplicitArg.
def _explicit(elab: Elaborator, call: Call, pi: Pi) -> Term | None:
    head = call.head
    if head.self_arg is not None and is_owned(elab, substitute(pi.type, call.by), head.owner):
        value, head.self_arg = head.self_arg, None
        return _later(elab, call, pi, value)
    if call.left:
        arg = call.args[call.next]
        call.next += 1
        if arg is DEFAULT or arg is INSTANCE:
            return _left_out(elab, call, pi, arg is INSTANCE)
        if pi.kind == "instance" and isinstance(arg, s.Hole):
            meta = elab.ctx.meta(substitute(pi.type, call.by))
            elab.ctx.want(meta)
            return meta
        return _later(elab, call, pi, arg)
    if head.explicit:
        return None
    default = _default(elab, call)
    if default is not None:
        return default
    if call.named or head.self_arg is not None:
        # a later parameter is given: this one becomes that of a function
        var = elab.ctx.variable(pi.var.name, substitute(pi.type, call.by))
        call.etas.append((var, elab.ctx.types[var.id]))
        return var
    return None


def _left_out(elab: Elaborator, call: Call, pi: Pi, instance: bool) -> Term:
    """A field that a structure in braces does not give."""
    type_ = substitute(pi.type, call.by)
    if instance:
        meta = elab.ctx.meta(type_)
        elab.ctx.want(meta)
        return meta
    value = _default(elab, call)
    if value is None and elab.lenient and certainly_prop(elab, type_):
        return Proof(type_)
    if value is None:
        elab.ctx.unsupported(f"{elab.ctx.shown(call.head.term)} without {pi.var.name}", cause="type")
    return value


def _default(elab: Elaborator, call: Call) -> Term | None:
    fn = call.head.term
    declared = elab.ctx.env.lookup(fn.name) if isinstance(fn, Const) else None
    if declared is None:
        return None
    value = declared.defaults.get(len(call.out))
    if value is None:
        return None
    for arg in call.out:
        if isinstance(value, Lam):
            value = substitute(value.body, {value.var.id: arg})
    return value


def _later(elab: Elaborator, call: Call, pi: Pi, value: Node | Done) -> Term:
    meta = elab.ctx.meta(substitute(pi.type, call.by))
    call.postponed.append((meta, value))
    return meta


# `f (fun x => x) (0 : ℝ)`: the function waits for the number
# Follows Lean.Elab.Term.ElabAppArgs.propagateExpectedType and `synthesizeAppInstMVars`.
def _elaborate_todo(elab: Elaborator, call: Call, type_: Term, expected: Term | None) -> None:
    """Elaborate the arguments in their order.

    The expected type is a hint for those that come after all on which the type of the result depends.
    """
    if expected is not None and isinstance(elab.ctx.shallow(expected), (Meta, Sort)):
        expected = None
    open_ = set() if expected is None else _on_which(elab, type_, call)
    later: list[tuple[Meta, Node | Done]] = []
    for meta, value in call.postponed:
        if expected is not None and not open_:
            _hinted(elab, type_, expected)
            expected = None
        open_.discard(meta.id)
        if isinstance(value, Node) and waits(elab, value, elab.ctx.meta_types[meta.id]):
            later.append((meta, value))
        else:
            put(elab, meta, value)
    for meta, value in later:
        put(elab, meta, value, late=True)


def _hinted(elab: Elaborator, type_: Term, expected: Term) -> None:
    """Learn from the expected type; where only parts of it wait for more to be known, from the others."""
    if unify(elab.ctx, type_, expected):
        return
    left, right = whnf_core(elab.ctx, type_), whnf_core(elab.ctx, expected)
    if not head_name(left) or head_name(left) != head_name(right):
        return
    mark = elab.ctx.mark()
    for x, y in zip(arguments(left), arguments(right), strict=False):
        if not unify(elab.ctx, x, y) and not has_metas(elab.ctx.zonk(x)) and not has_metas(elab.ctx.zonk(y)):
            elab.ctx.undo(mark)
            return


def _on_which(elab: Elaborator, type_: Term, call: Call) -> set[int]:
    """The given arguments on which the type of the result depends."""
    given = {meta.id for meta, _ in call.postponed}
    return {item.id for item in subterms(type_) if isinstance(item, Meta) and item.id in given}


def call(elab: Elaborator, name: str, args: list[Node | Done], expected: Term | None) -> tuple[Term, Term]:
    """A constant of the environment, applied."""
    return apply(elab, Head(Const(name), elab.ctx.constant(name).type), args, {}, expected)
