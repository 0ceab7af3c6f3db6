"""Lean statements to core terms: the elaborator of one declaration, and whole statements."""

from __future__ import annotations

from contextlib import AbstractContextManager, nullcontext
from typing import TYPE_CHECKING

from leanmirror.bridge.core.context import Context
from leanmirror.bridge.core.infer import is_prop
from leanmirror.bridge.core.recursion import room
from leanmirror.bridge.core.term import PROP, Term, Var
from leanmirror.bridge.elaborate.binders import bind_groups
from leanmirror.bridge.elaborate.check import check, type_of
from leanmirror.bridge.elaborate.finish import closed, finish
from leanmirror.bridge.elaborate.rules import RULES
from leanmirror.bridge.elaborate.statement import Binding, Statement
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.syntax import Node
from leanmirror.spec.errors import Position, ReadError, Unsupported

if TYPE_CHECKING:
    from leanmirror.bridge.elaborate.library import Library
    from leanmirror.bridge.lean.declarations import Declaration
    from leanmirror.bridge.lean.scopes import Candidate


class Surroundings:
    """What stands around the terms of a declaration: names, notations, blocks. By default nothing."""

    def resolve(self, name: str, inside: bool) -> tuple[Candidate, ...]:
        """What a name may mean, innermost first; `inside` the body, where it may be the declaration's own."""
        return ()

    def member(self, owner: str, field: str) -> str | None:
        """The constant of that name in the namespace of a type, where one is seen."""
        return None

    def block(self, node: s.Opaque) -> Node | None:
        """The term that a block of tactics or `do` gives; None where it gives none."""
        return None

    def opened(self, namespace: str) -> bool:
        """Whether a namespace is opened, so that its notations are there."""
        return False

    def expansion(self, key: str) -> tuple[tuple[str, ...], Node] | None:
        """The operands and the expansion of a notation in scope."""
        return None


class Elaborator:
    """Elaborates the terms of one declaration, by the rules of rules.py.

    `scope` holds the local variables by name. `forcing`: nothing more will be learned, so nothing waits.
    `lenient`: in bodies of definitions a proof that is not understood is still a proof. `by_equations`: the
    function by cases that comes next is a definition by equations.
    """

    def __init__(self, ctx: Context, around: Surroundings) -> None:
        self.ctx = ctx
        self.around = around
        self.scope: dict[str, Var] = {}
        self.forcing = False
        self.lenient = False
        self.by_equations = False

    def term(self, node: Node, expected: Term | None) -> tuple[Term, Term]:
        """A node as a term with its type; what is expected is only a hint."""
        ctx = self.ctx
        ctx.step()
        rule = RULES.get(type(node))
        if rule is None:
            ctx.unsupported(f"the form {type(node).__name__}", node.pos if node.pos >= 0 else None)
        before = ctx.at
        if node.pos >= 0:
            ctx.at = node.pos
        result = rule(self, node, expected)
        ctx.at = before
        return result

    def trying(self) -> AbstractContextManager[None]:
        """While one of several readings is tried: what is not understood there decides against it."""
        return nullcontext()

    def resolve(self, name: str) -> tuple[Candidate, ...]:
        """What a name may mean, innermost first."""
        return self.around.resolve(name, self.lenient)

    def bind(self, name: str, type_: Term, kind: str = "explicit", value: Term | None = None) -> Var:
        """A new local variable of that name, in scope until the scope is put back."""
        var = self.ctx.variable(name, self.ctx.zonk(type_), value)
        self.scope = {**self.scope, name: var}
        if kind == "instance":
            self.ctx.add_local_instance(var)
        return var


def statement(
    elab: Elaborator,
    name: str,
    kind: str,
    binders: tuple[s.Binder, ...],
    conclusion: Node,
    at: Position | None,
) -> Statement:
    """A whole statement."""
    bound = bind_groups(elab, binders)
    if kind in ("theorem", "lemma", "example"):
        result = check(elab, conclusion, PROP)
    else:
        result = type_of(elab, conclusion)
    finish(elab)
    bindings = []
    for each in bound:
        type_ = closed(elab, each.type, f"the type of {each.var.name}")
        bindings.append(Binding(each.var, type_, each.kind, is_prop(elab.ctx, type_)))
    return Statement(name, kind, tuple(bindings), closed(elab, result, "the conclusion"), at)


def elaborate(declaration: Declaration, env: Library) -> Statement:
    """The statement of a declaration in core terms.

    Raises Unsupported for what is not understood or only guessable, IllTyped for what Lean would refuse, each
    with its position; ReadError where the text of the statement could not be read.
    """
    if not declaration.readable or declaration.type is None:
        reason = declaration.reason or "a declaration without a type"
        raise ReadError(reason, declaration.stopped or declaration.position(declaration.start))
    elaborator = env.elaborator(declaration)
    at = declaration.position(declaration.start)
    try:
        with room():
            return statement(
                elaborator, declaration.name, declaration.kind, declaration.all_binders, declaration.type, at
            )
    except RecursionError:
        raise Unsupported("a statement that is nested too deeply", at, "syntax") from None
