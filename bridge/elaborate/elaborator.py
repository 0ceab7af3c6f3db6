"""Lean statements to core terms: every form of term, whole declarations, what is left to infer in the end."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from leanmirror.bridge.core.arithmetic import NAT
from leanmirror.bridge.core.environment import Environment
from leanmirror.bridge.core.errors import IllTyped
from leanmirror.bridge.core.recursion import room
from leanmirror.bridge.core.substitute import has_metas, head_name, subterms
from leanmirror.bridge.core.term import PROP, Const, Meta, Pi, Proof, Term
from leanmirror.bridge.elaborate.literals import Literals
from leanmirror.bridge.elaborate.names import Done, Head, Resolve
from leanmirror.bridge.elaborate.statement import Binding, Statement
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.syntax import Node
from leanmirror.spec.errors import Position, ReadError, Unsupported

if TYPE_CHECKING:
    from leanmirror.bridge.elaborate.library import Library
    from leanmirror.bridge.lean.declarations import Declaration

CARRYING = ("Eq.recOn",)
"""Functions whose value is their last argument, its type changed along an equation."""

Rule = Callable[["Elaborator", Any, "Term | None"], "tuple[Term, Term]"]


class Elaborator(Literals):
    """Elaborates the terms of one declaration."""

    def __init__(
        self, env: Environment, resolve: Resolve, position: Callable[[int], Position] | None = None
    ) -> None:
        super().__init__(env, resolve)
        self.instances_wanted = []
        self.waiting = []
        self.numerals = []
        self._position = position

    def position(self, offset: int) -> Position | None:
        return None if self._position is None or offset < 0 else self._position(offset)

    def term(self, node: Node, expected: Term | None) -> tuple[Term, Term]:
        self.step()
        rule = RULES.get(type(node))
        if rule is None:
            self.unsupported(f"the form {type(node).__name__}", node.pos if node.pos >= 0 else None)
        before = self.at
        if node.pos >= 0:
            self.at = node.pos
        result = rule(self, node, expected)
        self.at = before
        return result

    # Names and applications

    def ident(self, node: s.Ident, expected: Term | None) -> tuple[Term, Term]:
        """A name by itself."""
        return self._applied(node, [], {}, expected)

    def application(self, node: s.App, expected: Term | None) -> tuple[Term, Term]:
        """A function with arguments as written."""
        if isinstance(node.fn, s.Ident) and node.fn.name in CARRYING and len(node.args) == 2:
            return self.carried(s.Infix("▸", *node.args, pos=node.pos), expected)
        named: dict[str, Node | Done] = {}
        args: list[Node | Done] = []
        for arg in node.args:
            if isinstance(arg, s.Named):
                named[arg.name] = arg.value
            elif isinstance(arg, s.Rest):
                self.unsupported("the argument ..", arg.pos)
            else:
                args.append(arg)
        return self._applied(node.fn, args, named, expected)

    def _applied(
        self, fn: Node, args: list[Node | Done], named: dict[str, Node | Done], expected: Term | None
    ) -> tuple[Term, Term]:
        if fn.pos >= 0:
            self.at = fn.pos
        heads = self._heads(fn, expected)
        if len(heads) == 1:
            return self.apply(heads[0], args, dict(named), expected)
        return self._overloaded(heads, args, named, expected)

    def _heads(self, fn: Node, expected: Term | None) -> list[Head]:
        if isinstance(fn, s.Ident):
            return self.heads(fn.name, fn.explicit)
        if isinstance(fn, s.Dot):
            return [self._dotted(fn, expected)]
        if isinstance(fn, s.Proj):
            term, type_ = self.term(fn.term, None)
            return [self.projection(self.zonk(term), self.zonk(type_), fn.field)]
        if isinstance(fn, s.Explicit):
            inner = self._heads(fn.term, expected)
            for head in inner:
                head.explicit = True
            return inner
        return [Head(*self.term(fn, None))]

    def _overloaded(
        self,
        heads: list[Head],
        args: list[Node | Done],
        named: dict[str, Node | Done],
        expected: Term | None,
    ) -> tuple[Term, Term]:
        """The only meaning that is well-typed. Raises Unsupported when there are several."""
        good: list[Head] = []
        error: IllTyped | Unsupported | None = None
        for head in heads:
            mark, saved = self.mark(), (list(self.instances_wanted), list(self.waiting), list(self.numerals))
            copy = Head(head.term, head.type, head.explicit, head.self_arg, head.owner)
            try:
                term, type_ = self.apply(copy, args, dict(named), expected)
                if expected is not None:
                    self.fitted(term, type_, expected)
                good.append(head)
            except (IllTyped, Unsupported) as failure:
                error = error or failure
            self.undo(mark)
            self.instances_wanted, self.waiting, self.numerals = saved
        if len(good) == 1:
            return self.apply(good[0], args, dict(named), expected)
        if not good and error is not None:
            raise error
        meanings = " | ".join(self.shown(head.term) for head in good)
        raise self.refusal(f"the ambiguous name {meanings}", cause="type")

    def _dotted(self, node: s.Dot, expected: Term | None) -> Head:
        """`.dim`, in the namespace of the expected type, or of what a function gives that is expected."""
        type_ = None if expected is None else self.shallow(expected)
        for _ in range(32):
            if type_ is None or isinstance(type_, Meta):
                self.unsupported(f".{node.name} where no type is expected", cause="type")
            if isinstance(type_, Pi):
                type_ = self.whnf_core(type_.body)
                continue
            name = f"{head_name(type_)}.{node.name}"
            if self.env.lookup(name) is not None:
                return Head(Const(name), self.constant(name).type)
            further = self.unfold(type_)
            if further is None:
                self.unsupported(f"unknown name {name}", cause="unknown_name")
            type_ = further
        raise self.refusal(f"unknown name .{node.name}", cause="unknown_name")

    def dot(self, node: s.Dot, expected: Term | None) -> tuple[Term, Term]:
        """`.scalar` by itself."""
        return self._applied(node, [], {}, expected)

    def project(self, node: s.Proj, expected: Term | None) -> tuple[Term, Term]:
        """`e.name` by itself."""
        return self._applied(node, [], {}, expected)

    # The end

    def finish(self) -> None:
        """Find what is still open: instances, postponed terms, numerals that nothing says the type of."""
        while True:
            while self.synthesize_pending():
                self.step()
            numerals, self.numerals = self.numerals, []
            open_ = [meta for meta in numerals if isinstance(self.shallow(meta), Meta)]
            if open_:
                self.unify(open_[0], NAT)
                self.numerals = open_[1:]
            elif self.waiting and not self.forcing:
                self.forcing = True
            else:
                break
        for meta, at in self.instances_wanted:
            goal = self.zonk(self.meta_types[meta.id])
            if self.lenient and not has_metas(goal):
                self.solve(meta, Proof(goal))  # Lean has found one; what needs to look at it is refused later
                continue
            if has_metas(goal):
                self.unsupported(f"an instance of {self.shown(goal)} that could not be inferred", at, "type")
            self.unsupported(f"no instance of {self.shown(goal)}", at, "instance")
        self.instances_wanted = []
        if self.waiting:
            self.unsupported("a term whose type could not be inferred", self.waiting[0].node.pos, "type")

    def closed(self, term: Term, what: str) -> Term:
        """The term with everything found. Raises Unsupported when something is not."""
        term = self.zonk(term)
        for item in subterms(term):
            if isinstance(item, Meta):
                type_ = self.shown(self.meta_types[item.id])
                self.unsupported(f"could not infer a {type_} in {what}", cause="type")
        return term

    def statement(
        self, name: str, kind: str, binders: tuple[s.Binder, ...], conclusion: Node, at: Position | None
    ) -> Statement:
        """A whole statement."""
        bound = self.bound(binders)
        if kind in ("theorem", "lemma", "example"):
            result = self.check(conclusion, PROP)
        else:
            result = self.type_of(conclusion)
        self.finish()
        closed = tuple(
            Binding(each.var, type_, each.kind, self.is_prop(type_))
            for each in bound
            for type_ in (self.closed(each.type, f"the type of {each.var.name}"),)
        )
        return Statement(name, kind, closed, self.closed(result, "the conclusion"), at)


RULES: dict[type[Node], Rule] = {
    s.Ident: Elaborator.ident,
    s.App: Elaborator.application,
    s.Dot: Elaborator.dot,
    s.Proj: Elaborator.project,
    s.Explicit: Elaborator.project,
    s.Number: Elaborator.number,
    s.Decimal: Elaborator.decimal,
    s.Hole: Elaborator.hole,
    s.Sort: Elaborator.sort,
    s.Prefix: Elaborator.prefix,
    s.Postfix: Elaborator.postfix,
    s.Infix: Elaborator.infix,
    s.Bracket: Elaborator.bracket,
    s.Constant: Elaborator.constant_notation,
    s.Notation: Elaborator.notation,
    s.Ascription: Elaborator.ascription,
    s.If: Elaborator.if_,
    s.Opaque: Elaborator.by,
    s.Show: Elaborator.show,
    s.Scoped: Elaborator.scoped,
    s.Tuple: Elaborator.tuple_,
    s.Collection: Elaborator.collection,
    s.Anonymous: Elaborator.anonymous,
    s.StructInst: Elaborator.structure,
    s.Index: Elaborator.index,
    s.Matrix: Elaborator.matrix,
    s.SetBuilder: Elaborator.set_builder,
    s.Section: Elaborator.section,
    s.Match: Elaborator.match,
    s.FunMatch: Elaborator.fun_match,
    s.NoMatch: Elaborator.no_match,
    s.IfLet: Elaborator.if_let,
    s.Where: Elaborator.where,
    s.Tactic: Elaborator.tactic,
    s.Text: Elaborator.text,
    s.Fun: Elaborator.fun,
    s.Let: Elaborator.let,
    s.Forall: lambda self, node, expected: self.forall(node),
    s.Exists: lambda self, node, expected: self.exists(node),
    s.Arrow: lambda self, node, expected: self.arrow(node),
    s.Big: Elaborator.big,
}


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
            return elaborator.statement(
                declaration.name, declaration.kind, declaration.all_binders, declaration.type, at
            )
    except RecursionError:
        raise Unsupported("a statement that is nested too deeply", at, "syntax") from None
