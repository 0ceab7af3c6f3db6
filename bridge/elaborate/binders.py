"""Forms that bind variables: `fun`, `∀`, `∃`, `∑`, `let`, and binder groups."""

from __future__ import annotations

from collections.abc import Iterable

from leanmirror.bridge.core.substitute import head_name, substitute
from leanmirror.bridge.core.term import PROP, TYPE, Const, Lam, Let, Meta, Pi, Sort, Term, Var, const
from leanmirror.bridge.elaborate.names import Done, Head
from leanmirror.bridge.elaborate.operators import Operators
from leanmirror.bridge.elaborate.statement import Binding
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.syntax import Node

BIG = {"∑": "Finset.sum", "∏": "Finset.prod"}
COLLECTIONS = ("Set", "Finset", "Submodule")
"""Types whose values Lean reads as types of their members."""

EXISTS = {"∃": "Exists", "∃!": "ExistsUnique"}


class Binders(Operators):
    """Opens scopes and closes them again."""

    def type_of(self, node: Node) -> Term:
        """A node as a type. Raises IllTyped when it is none."""
        before = self.at
        if node.pos >= 0:
            self.at = node.pos
        term, sort = self.term(node, None)
        if not isinstance(self.whnf(sort), Sort):
            coerced = self.coerced(term, sort, PROP)
            if coerced is None and head_name(self.zonk(sort)) in COLLECTIONS:
                self.unsupported(f"a {self.shown(sort)} as a type", cause="type")
            if coerced is None:
                self.ill_typed(f"{self.shown(term)} is not a type")
            term = coerced
        self.at = before
        return term

    def bind(self, name: str, type_: Term, kind: str = "explicit", value: Term | None = None) -> Var:
        """A new local variable of that name, in scope until the scope is put back."""
        var = self.variable(name, self.zonk(type_), value)
        self.scope = {**self.scope, name: var}
        if kind == "instance":
            self.add_local_instance(var)
        return var

    def bound(self, groups: Iterable[s.Binder]) -> list[Binding]:
        """The variables of binder groups, in scope from here on."""
        found: list[Binding] = []
        for group in groups:
            if group.pattern is not None:
                self.unsupported("a pattern among the binders of a statement", group.pos)
            for name in group.names or ("",):
                found.append(self._bound(group, name))
        return found

    def _bound(self, group: s.Binder, name: str) -> Binding:
        if group.relation is not None:
            self.unsupported(f"a binder with {group.relation} here", group.pos)
        type_ = self.meta(TYPE) if group.type is None else self.type_of(group.type)
        var = self.bind(name or self._instance_name(), type_, group.kind)
        return Binding(var, type_, group.kind)

    def _instance_name(self) -> str:
        return f"inst{len(self.local_instances) + 1}"

    def fun(self, node: s.Fun, expected: Term | None) -> tuple[Term, Term]:
        """`fun binders => body`; the expected type gives the types of the variables."""
        outer = self.scope
        opened: list[Var] = []
        types: list[Term] = []
        wanted = expected
        destructured: list[tuple[Node, Var]] = []
        for group in node.binders:
            for name in group.names if group.pattern is None else ("p",):
                pi = self._expected_pi(wanted)
                type_ = self._variable_type(group, pi)
                var = self.bind(name, type_, group.kind)
                if group.pattern is not None:
                    destructured.append((group.pattern, var))
                opened.append(var)
                types.append(type_)
                wanted = None if pi is None else substitute(pi.body, {pi.var.id: var})
        lets = [each for pattern, var in destructured for each in self._destructured(pattern, var)]
        body, type_ = self._body(node.body, wanted)
        for var, kind, value in reversed(lets):
            body = Let(var, kind, value, body)
            type_ = substitute(type_, {var.id: value})
        for var, kind in zip(reversed(opened), reversed(types), strict=True):
            body, type_ = Lam(var, kind, body), Pi(var, kind, type_)
        self.scope = outer
        return body, type_

    def _body(self, node: Node, wanted: Term | None) -> tuple[Term, Term]:
        if wanted is None:
            return self.term(node, None)
        return self.check(node, wanted), wanted

    def _expected_pi(self, wanted: Term | None) -> Pi | None:
        if wanted is None:
            return None
        found = self.zonk(self.whnf(wanted))
        return found if isinstance(found, Pi) else None

    def _variable_type(self, group: s.Binder, pi: Pi | None) -> Term:
        if group.type is None:
            return self.meta(TYPE) if pi is None else pi.type
        type_ = self.type_of(group.type)
        if pi is not None and not self.unify(type_, pi.type):
            self.at = group.pos
            self.mismatch(type_, pi.type)
        return type_

    def _destructured(self, pattern: Node, var: Var) -> list[tuple[Var, Term, Term]]:
        """The variables of a pattern `(x, y)`, each with its type and the projection that it is."""
        value: Term = var
        return self._parts(pattern, value, self.types[var.id])

    def _parts(self, pattern: Node, value: Term, type_: Term) -> list[tuple[Var, Term, Term]]:
        if isinstance(pattern, s.Ident):
            return [(self.bind(pattern.name, type_, value=value), type_, value)]
        if isinstance(pattern, s.Hole):
            return []
        if not isinstance(pattern, (s.Tuple, s.Anonymous)) or len(pattern.items) < 2:
            self.unsupported("a pattern", pattern.pos)
        if isinstance(self.shallow(type_), Meta) and isinstance(pattern, s.Tuple):
            self.unify(type_, const("Prod", self.meta(TYPE), self.meta(TYPE)))
            type_ = self.zonk(type_)
        found: list[tuple[Var, Term, Term]] = []
        last = len(pattern.items) - 1
        for i, item in enumerate(pattern.items):
            if i < last:
                part = self.apply(self.projection(value, type_, "1"), [], {}, None)
                value, type_ = self.apply(self.projection(value, type_, "2"), [], {}, None)
                found += self._parts(item, *part)
            else:
                found += self._parts(item, value, type_)
        return found

    def forall(self, node: s.Forall) -> tuple[Term, Term]:
        """`∀ binders, body`, also `(x : A) → B` and `∀ x ∈ s, p`."""
        outer, instances = self.scope, len(self.local_instances)
        found: list[tuple[Var, Term, s.BinderKind]] = []
        for group in node.binders:
            found += self._quantified(group)
        body = self.type_of(node.body)
        for var, type_, kind in reversed(found):
            body = Pi(var, type_, body, kind)
        self.scope = outer
        if len(self.local_instances) > instances:
            del self.local_instances[instances:]
            self.found.clear()
        return body, self.infer(body)

    def _quantified(self, group: s.Binder) -> list[tuple[Var, Term, s.BinderKind]]:
        found: list[tuple[Var, Term, s.BinderKind]] = []
        for name in group.names or ("",):
            type_ = self.meta(TYPE) if group.type is None else self.type_of(group.type)
            var = self.bind(name or self._instance_name(), type_, group.kind)
            found.append((var, type_, group.kind))
            if group.relation is not None and group.bound is not None:
                condition = self._condition(group, name)
                found.append((self.variable("h", condition), condition, "explicit"))
        return found

    def _condition(self, group: s.Binder, name: str) -> Term:
        """What `∀ x ∈ s` and `∃ ε > 0` say of the variable."""
        assert group.relation is not None
        assert group.bound is not None
        node = s.Infix(group.relation, s.Ident(name, pos=group.pos), group.bound, pos=group.pos)
        return self.term(node, PROP)[0]

    def exists(self, node: s.Exists) -> tuple[Term, Term]:
        """`∃ binders, body`."""
        if node.key not in EXISTS:
            self.unsupported(f"the binder {node.key}")
        outer = self.scope
        found: list[tuple[Var, Term]] = []
        conditions: dict[int, Term] = {}
        for group in node.binders:
            quantified = self._quantified(group)
            for var, type_, _ in quantified:
                if group.relation is not None and var.name == "h" and found and var.id != found[-1][0].id:
                    conditions[found[-1][0].id] = type_
                else:
                    found.append((var, type_))
        body = self.type_of(node.body)
        for var, type_ in reversed(found):
            if var.id in conditions:
                body = const("And", conditions[var.id], body)
            body = const(EXISTS[node.key], type_, Lam(var, type_, body))
        self.scope = outer
        return body, PROP

    def arrow(self, node: s.Arrow) -> tuple[Term, Term]:
        """`A → B`."""
        domain = self.type_of(node.domain)
        var = self.variable("a", domain)
        codomain = self.type_of(node.codomain)
        pi = Pi(var, domain, codomain)
        return pi, self.infer(pi)

    def big(self, node: s.Big, expected: Term | None) -> tuple[Term, Term]:
        """`∑ x ∈ s with p, body` and `∏`."""
        name = BIG.get(node.key)
        if name is None or node.measure is not None:
            self.unsupported(f"the operator {node.key}")
        if len(node.binders) != 1 or len(node.binders[0].names) != 1:
            return self._nested(node, expected)
        group = node.binders[0]
        domain = group.bound if group.relation == "∈" else node.domain
        set_: Node | Done
        if domain is not None:
            set_ = domain
        else:
            index = self.meta(TYPE) if group.type is None else self.type_of(group.type)
            set_ = Done(*self.apply(self._root("Finset.univ"), [], {}, const("Finset", index)))
        if node.condition is not None:
            predicate = s.Fun((group,), node.condition, pos=node.pos)
            set_ = Done(*self.apply(self._root("Finset.filter"), [predicate, set_], {}, None))
        function = s.Fun(
            (s.Binder("explicit", group.names, group.type, pos=group.pos),), node.body, pos=node.pos
        )
        return self.apply(self._root(name), [set_, function], {}, expected)

    def _nested(self, node: s.Big, expected: Term | None) -> tuple[Term, Term]:
        """`∑ i, ∑ j` for `∑ (i) (j)`."""
        names = [(group, name) for group in node.binders for name in group.names]
        if len(names) < 2 or node.condition is not None or node.domain is not None:
            self.unsupported(f"this form of {node.key}")
        body = node.body
        for group, name in reversed(names[1:]):
            one = s.Binder("explicit", (name,), group.type, pos=group.pos)
            body = s.Big(node.key, (one,), body, pos=node.pos)
        first = s.Binder("explicit", (names[0][1],), names[0][0].type, pos=node.pos)
        return self.big(s.Big(node.key, (first,), body, pos=node.pos), expected)

    def _root(self, name: str) -> Head:
        return Head(Const(name), self.constant(name).type)

    def let(self, node: s.Let, expected: Term | None) -> tuple[Term, Term]:
        """`let x : T := v; body`; the value is known in the body."""
        outer = self.scope
        if node.binders:
            of_type = node.value if node.type is None else s.Ascription(node.value, node.type, pos=node.pos)
            value, type_ = self.term(s.Fun(node.binders, of_type, pos=node.pos), None)
        elif node.type is not None:
            type_ = self.type_of(node.type)
            value = self.check(node.value, type_)
        elif isinstance(node.value.fn if isinstance(node.value, s.App) else node.value, s.Dot):
            type_ = self.meta(TYPE)  # how it is used says what it is
            value = self.check(node.value, type_)
        else:
            value, type_ = self.term(node.value, None)
        if isinstance(node.pattern, s.Ident):
            lets = [(self.bind(node.pattern.name, type_, value=value), type_, value)]
        elif isinstance(node.pattern, s.Hole):
            lets = [(self.bind("this", type_, value=value), type_, value)]
        else:
            lets = self._parts(node.pattern, value, self.zonk(type_))
        body, kind = self._body(node.body, expected)
        for var, type_, value in reversed(lets):
            body = Let(var, type_, value, body)
            kind = substitute(self.zonk(kind), {var.id: value})
        self.scope = outer
        return body, kind
