"""Applications as Lean elaborates them: expected type first, arguments left to right, the rest inferred."""

from __future__ import annotations

from dataclasses import dataclass, field

from leanmirror.bridge.core.arithmetic import NAT
from leanmirror.bridge.core.errors import IllTyped
from leanmirror.bridge.core.substitute import arguments, has_metas, head_name, lambdas, substitute, subterms
from leanmirror.bridge.core.term import (
    TYPE,
    Const,
    Lam,
    Lit,
    Meta,
    Pi,
    Proof,
    Sort,
    Term,
    Var,
    app,
    const,
)
from leanmirror.bridge.elaborate.names import Done, Head, Names
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.syntax import Node
from leanmirror.spec.errors import Unsupported

POSTPONED = (s.Fun, s.FunMatch, s.Section, s.Anonymous, s.Dot, s.StructInst)
"""Forms that wait until the type expected of them is known."""

DEFAULT = s.Hole("default")
"""Stands for an argument that has its default value."""

INSTANCE = s.Hole("instance")
"""Stands for an argument that is an instance to be found."""

Scope = dict[str, Var]


@dataclass(slots=True)
class Waiting:
    """A node whose elaboration waits for its type, with the scope it stands in."""

    meta: Meta
    node: Node
    scope: Scope


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


class Applications(Names):
    """Puts arguments to functions."""

    instances_wanted: list[tuple[Meta, int]]
    waiting: list[Waiting]
    numerals: list[Meta]
    forcing: bool = False
    lenient: bool = False
    """In bodies of definitions a proof that is not understood is still a proof."""

    def check(self, node: Node, expected: Term, late: bool = False) -> Term:
        """A node as a term of a type. Raises IllTyped with the two types when it has another.

        `late` says that nothing more will be learned about the type from other arguments.
        """
        if self._waits(node, expected, late):
            meta = self.meta(expected)
            self.waiting.append(Waiting(meta, node, dict(self.scope)))
            return meta
        hidden = self._hidden(node, expected)
        if hidden is not None:
            return self._under(hidden, node)
        if self.lenient and self._certainly_prop(expected):
            return self._proof_or_not(node, expected)
        return self._checked(node, expected)

    def _certainly_prop(self, type_: Term) -> bool:
        type_ = self.shallow(type_)
        return not isinstance(type_, (Meta, Sort)) and self.is_prop(type_)

    def _proof_or_not(self, node: Node, expected: Term) -> Term:
        """A proof of a proposition; one that is not understood teaches nothing of what is to be inferred."""
        mark, at, scope = self.mark(), self.at, self.scope
        open_ = list(self.instances_wanted), list(self.waiting), list(self.numerals)
        try:
            self._checked(node, expected)
            self.synthesize_pending()
        except (Unsupported, IllTyped):
            self.undo(mark)
            self.at, self.scope = at, scope
        self.instances_wanted, self.waiting, self.numerals = open_
        return Proof(expected)

    def _checked(self, node: Node, expected: Term) -> Term:
        before = self.at
        if node.pos >= 0:
            self.at = node.pos
        term, found = self.term(node, expected)
        if node.pos >= 0:
            self.at = node.pos
        result = self.fitted(term, found, expected)
        self.at = before
        return result

    def _hidden(self, node: Node, expected: Term) -> Pi | None:
        """The expected type, when it takes an implicit argument that the node does not bind itself."""
        type_ = self.shallow(expected)
        if not isinstance(type_, Pi) or type_.kind not in ("implicit", "instance"):
            return None
        if isinstance(node, s.Fun) and node.binders[0].kind != "explicit":
            return None
        explicit = isinstance(node, (s.Explicit, s.Ident)) and getattr(node, "explicit", True)
        return None if explicit else type_

    def _under(self, pi: Pi, node: Node) -> Term:
        """`fun {x} => node`, as Lean adds where an implicit argument is expected."""
        var, body = self.open(pi)
        if pi.kind == "instance":
            self.add_local_instance(var)
        return Lam(var, pi.type, self.check(node, body))

    def _waits(self, node: Node, expected: Term, late: bool = False) -> bool:
        """Whether elaboration of a node waits for more to be known of its type."""
        inner = node.fn if isinstance(node, s.App) else node
        if inner is not node and isinstance(inner, (s.Fun, s.FunMatch, s.Section)):
            return False  # what is applied is elaborated first, whatever is expected of the whole
        if not isinstance(inner, POSTPONED) and not (isinstance(inner, s.Prefix) and inner.op == "↑"):
            return False
        type_ = self.shallow(expected)
        if isinstance(type_, Meta):
            return not self.forcing
        if late or not isinstance(inner, (s.Fun, s.FunMatch, s.Section)):
            return False
        if isinstance(inner, s.Fun) and all(each.type is not None for each in inner.binders):
            return False
        return self._unknown_domain(type_, inner)

    def _unknown_domain(self, type_: Term, node: Node) -> bool:
        """Whether the type of a variable that a function binds without saying its type is not known yet."""
        types = (
            [each.type for each in node.binders for _ in each.names] if isinstance(node, s.Fun) else [None]
        )
        for given in types:
            type_ = self.shallow(type_)
            if not isinstance(type_, Pi):
                return False
            if given is None and isinstance(self.shallow(type_.type), Meta):
                return True
            type_ = type_.body
        return False

    def apply(
        self, head: Head, args: list[Node | Done], named: dict[str, Node | Done], expected: Term | None
    ) -> tuple[Term, Term]:
        """A function with arguments. Raises IllTyped where Lean would refuse, Unsupported in doubt."""
        call = Call(head, args, named)
        type_ = self._parameters(call)
        if head.self_arg is not None:
            self.unsupported(
                f"{self.shown(head.term)} has no parameter for what stands before the dot", cause="type"
            )
        hint = None if call.left or call.etas else expected
        self._elaborate_todo(call, type_, hint)
        term: Term = app(head.term, *map(self.shallow, call.out))
        type_ = self.zonk(type_)
        if call.etas:
            for var, kind in reversed(call.etas):
                type_ = Pi(var, kind, type_)
            term = lambdas(call.etas, term)
        if not call.left:
            if call.named:
                self.unsupported(
                    f"{self.shown(head.term)} has no parameter {next(iter(call.named))}", cause="type"
                )
            return term, type_
        return self._beyond(call, term, type_, expected)

    def _beyond(self, call: Call, term: Term, type_: Term, expected: Term | None) -> tuple[Term, Term]:
        """More arguments than parameters: what the function gives is itself a function, or coerces to one."""
        self.step()
        function = self.as_function(self.zonk(term), self.zonk(type_))
        if function is None:
            self.synthesize_pending()
            function = self.as_function(self.zonk(term), self.zonk(type_))
        if function is None:
            self.no_function(type_)
        return self.apply(Head(*function), call.args[call.next :], call.named, expected)

    def _parameters(self, call: Call) -> Term:
        """Go through the parameters as far as arguments go, and give the type of the result."""
        type_ = self.zonk(call.head.type) if not isinstance(call.head.term, Const) else call.head.type
        while True:
            if not isinstance(type_, Pi):
                result = substitute(type_, call.by)
                if not (call.left or call.named or call.head.self_arg is not None):
                    return result
                opened = self.whnf(result)
                if not isinstance(opened, Pi):
                    return result
                type_, call.by = opened, {}
            value = self._parameter(call, type_)
            if value is None:
                return substitute(type_, call.by)
            call.by[type_.var.id] = value
            call.out.append(value)
            type_ = type_.body

    def _parameter(self, call: Call, pi: Pi) -> Term | None:
        """What a parameter gets; None where the application ends before it."""
        name = pi.var.name
        if name in call.named:
            return self._later(call, pi, call.named.pop(name))
        if call.head.explicit or pi.kind == "explicit":
            return self._explicit(call, pi)
        value = call.head.self_arg
        if value is not None and pi.kind == "instance" and head_name(pi.type) == call.head.owner:
            call.head.self_arg = None
            return self._later(call, pi, value)
        if pi.kind == "strict" and not call.left and not call.named and call.head.self_arg is None:
            return None
        meta = self.meta(substitute(pi.type, call.by))
        if pi.kind == "instance":
            self.instances_wanted.append((meta, self.at))
        return meta

    def _explicit(self, call: Call, pi: Pi) -> Term | None:
        head = call.head
        if head.self_arg is not None and self.is_owned(substitute(pi.type, call.by), head.owner):
            value, head.self_arg = head.self_arg, None
            return self._later(call, pi, value)
        if call.left:
            arg = call.args[call.next]
            call.next += 1
            if arg is DEFAULT or arg is INSTANCE:
                return self._left_out(call, pi, arg is INSTANCE)
            if pi.kind == "instance" and isinstance(arg, s.Hole):
                meta = self.meta(substitute(pi.type, call.by))
                self.instances_wanted.append((meta, self.at))
                return meta
            return self._later(call, pi, arg)
        if head.explicit:
            return None
        default = self._default(call)
        if default is not None:
            return default
        if call.named or head.self_arg is not None:
            # a later parameter is given: this one becomes that of a function
            var = self.variable(pi.var.name, substitute(pi.type, call.by))
            call.etas.append((var, self.types[var.id]))
            return var
        return None

    def _left_out(self, call: Call, pi: Pi, instance: bool) -> Term:
        """A field that a structure in braces does not give."""
        type_ = substitute(pi.type, call.by)
        if instance:
            meta = self.meta(type_)
            self.instances_wanted.append((meta, self.at))
            return meta
        value = self._default(call)
        if value is None and self.lenient and self._certainly_prop(type_):
            return Proof(type_)
        if value is None:
            self.unsupported(f"{self.shown(call.head.term)} without {pi.var.name}", cause="type")
        return value

    def _default(self, call: Call) -> Term | None:
        fn = call.head.term
        declared = self.env.lookup(fn.name) if isinstance(fn, Const) else None
        if declared is None:
            return None
        value = declared.defaults.get(len(call.out))
        if value is None:
            return None
        for arg in call.out:
            if isinstance(value, Lam):
                value = substitute(value.body, {value.var.id: arg})
        return value

    def _later(self, call: Call, pi: Pi, value: Node | Done) -> Term:
        meta = self.meta(substitute(pi.type, call.by))
        call.postponed.append((meta, value))
        return meta

    def _elaborate_todo(self, call: Call, type_: Term, expected: Term | None) -> None:
        """Elaborate the arguments in their order.

        The expected type is a hint for those that come after all on which the type of the result depends.
        """
        if expected is not None and isinstance(self.shallow(expected), (Meta, Sort)):
            expected = None
        open_ = set() if expected is None else self._on_which(type_, call)
        later: list[tuple[Meta, Node | Done]] = []
        for meta, value in call.postponed:
            if expected is not None and not open_:
                self._hinted(type_, expected)
                expected = None
            open_.discard(meta.id)
            if isinstance(value, Node) and self._waits(value, self.meta_types[meta.id]):
                later.append((meta, value))
            else:
                self._put(meta, value)
        for meta, value in later:
            self._put(meta, value, late=True)

    def _hinted(self, type_: Term, expected: Term) -> None:
        """Learn from the expected type; where only parts of it wait for more to be known, from the others."""
        if self.unify(type_, expected):
            return
        left, right = self.whnf_core(type_), self.whnf_core(expected)
        if not head_name(left) or head_name(left) != head_name(right):
            return
        mark = self.mark()
        for x, y in zip(arguments(left), arguments(right), strict=False):
            if not self.unify(x, y) and not has_metas(self.zonk(x)) and not has_metas(self.zonk(y)):
                self.undo(mark)
                return

    def _on_which(self, type_: Term, call: Call) -> set[int]:
        """The given arguments on which the type of the result depends."""
        given = {meta.id for meta, _ in call.postponed}
        return {item.id for item in subterms(type_) if isinstance(item, Meta) and item.id in given}

    def _put(self, meta: Meta, value: Node | Done, late: bool = False) -> None:
        expected = self.meta_types[meta.id]
        if isinstance(value, Done):
            term = self.fitted(value.term, value.type, expected)
        else:
            term = self.check(value, expected, late)
        if meta.id not in self.solved:
            self.solve(meta, term)
        elif not self.unify(meta, term):
            self.ill_typed(f"{self.shown(term)} met {self.shown(meta)}")

    def synthesize_pending(self) -> bool:
        """Try again what waits for more to be known; whether anything was found."""
        found = False
        wanted, self.instances_wanted = self.instances_wanted, []
        for meta, at in wanted:
            if self._instance(meta):
                found = True
            else:
                self.instances_wanted.append((meta, at))
        waiting, self.waiting = self.waiting, []
        for each in waiting:
            if self._waits(each.node, self.meta_types[each.meta.id], late=True):
                self.waiting.append(each)
            else:
                self._resume(each)
                found = True
        return found

    def _instance(self, meta: Meta) -> bool:
        if meta.id in self.solved:
            return True
        instance = self.synthesize(self.meta_types[meta.id])
        if instance is None:
            return False
        if meta.id not in self.solved:
            self.solve(meta, instance)
        return True

    def _resume(self, each: Waiting) -> None:
        outer, self.scope = self.scope, each.scope
        self._put(each.meta, each.node, late=True)
        self.scope = outer

    def literal(self, value: int, expected: Term | None) -> tuple[Term, Term]:
        """A numeral; of type ℕ when nothing says otherwise in the end."""
        type_ = self.shallow(expected) if expected is not None else self.meta(TYPE)
        if type_ == NAT:
            return Lit(value), type_
        if isinstance(type_, Meta):
            self.numerals.append(type_)
        instance = self.meta(const("OfNat", type_, Lit(value)))
        self.instances_wanted.append((instance, self.at))
        return const("OfNat.ofNat", type_, Lit(value), instance), type_
