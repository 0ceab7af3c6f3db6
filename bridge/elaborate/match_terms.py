"""`match`, functions by cases, `if let`, `let` with patterns, local recursion."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

from leanmirror.bridge.core.substitute import lambdas, mentions, substitute
from leanmirror.bridge.core.term import (
    TYPE,
    Branch,
    LetRec,
    Match,
    Meta,
    Term,
    Var,
    const,
    mapped,
)
from leanmirror.bridge.elaborate.patterns import Impossible, Opened, Patterns
from leanmirror.bridge.lean import syntax as s
from leanmirror.bridge.lean.syntax import Node

MOST_ROWS = 256

Scrutinee = tuple[Term, Term]
"""A term that is matched, and its type."""


class Matching(Patterns):
    """Elaborates what chooses between alternatives.

    `by_equations`: the function by cases that comes next is a definition by equations.
    """

    by_equations: bool = False

    def match(self, node: s.Match, expected: Term | None) -> tuple[Term, Term]:
        """`match e, f with | p, q => v | …`."""
        if node.motive is not None:
            self.unsupported("a match with a motive")
        scrutinees = [self._scrutinee(each.term) for each in node.discriminants]
        names = [each.name for each in node.discriminants]
        return self._matched(scrutinees, names, node.alternatives, expected)

    def _scrutinee(self, node: Node) -> Scrutinee:
        term, type_ = self.term(node, None)
        type_ = self.zonk(type_)
        if isinstance(type_, Meta) or isinstance(self.shallow(term), Meta):
            self.synthesize_pending()
        while isinstance(self.shallow(type_), Meta) and self.numerals:
            self.unify(self.numerals.pop(0), const("Nat"))
        return self.zonk(term), self.zonk(type_)

    def _matched(
        self,
        scrutinees: Sequence[Scrutinee],
        names: Sequence[str | None],
        alternatives: Sequence[s.Alternative],
        expected: Term | None,
    ) -> tuple[Term, Term]:
        type_ = self.zonk(expected) if expected is not None else self.meta(TYPE)
        rows = [(row, each.value) for each in alternatives for row in each.patterns]
        if len(rows) > MOST_ROWS:
            self.unsupported(f"more than {MOST_ROWS} alternatives")
        branches = []
        for row, value in rows:
            if len(row) != len(scrutinees):
                self.ill_typed(
                    f"{len(row)} patterns for {len(scrutinees)} values", row[0].pos if row else None
                )
            found = self._branch(scrutinees, names, row, value, type_)
            if found is not None:
                branches.append(found)
        type_ = self.zonk(type_)
        return Match(tuple(term for term, _ in scrutinees), tuple(branches), type_), type_

    def _branch(
        self,
        scrutinees: Sequence[Scrutinee],
        names: Sequence[str | None],
        row: Sequence[Node],
        value: Node,
        expected: Term,
    ) -> Branch | None:
        """One alternative; None for one that no value can reach."""
        opened = Opened()
        with self._learning():
            try:
                patterns, wanted = self._row(scrutinees, names, row, expected, opened)
            except Impossible:
                return None
            body = self.check(value, wanted)
            while self.synthesize_pending():
                self.step()
            own = {var.id: self.settled(var) for var in opened.vars if var.id in self.values}
            own.update((var.id, self.settled(found)) for var, found in opened.aliases)
            body = substitute(self.zonk(body), own)
            kept = [var for var in opened.vars if any(mentions(each, var) for each in patterns)]
            vars_ = tuple((var, self.zonk(self.types[var.id])) for var in kept)
        return Branch(vars_, tuple(patterns), body)

    def _row(
        self,
        scrutinees: Sequence[Scrutinee],
        names: Sequence[str | None],
        row: Sequence[Node],
        expected: Term,
        opened: Opened,
    ) -> tuple[list[Term], Term]:
        """The patterns of a row, and the type of its value: with the patterns in place of what they fit."""
        patterns: list[Term] = []
        for (term, type_), name, node in zip(scrutinees, names, row, strict=True):
            if isinstance(self.shallow(type_), Meta):
                self._guess(node, type_)
            pattern = self.pattern(node, self.zonk(type_), opened)
            if isinstance(term, Var):
                if not isinstance(pattern, Var):
                    self.refine(term, pattern, opened)
                elif pattern.id != term.id:
                    self.values[pattern.id] = term
            else:
                expected = self._replaced(self.zonk(expected), term, pattern)
            if name is not None:
                proof = self.bind(name, const("Eq", type_, term, pattern))
                opened.vars.append(proof)
            patterns.append(pattern)
        return patterns, expected

    def _guess(self, node: Node, type_: Term) -> None:
        """A pair tells its type; nothing else does."""
        if not isinstance(node, s.Tuple) or len(node.items) < 2:
            self.unsupported("a match on a value whose type is not known", node.pos, "type")
        self.unify(type_, const("Prod", self.meta(TYPE), self.meta(TYPE)))

    def _replaced(self, term: Term, old: Term, new: Term) -> Term:
        """The term with another in place of one that occurs in it."""
        if term == old:
            return new
        return mapped(term, lambda each: self._replaced(each, old, new))

    @contextmanager
    def _learning(self) -> Iterator[None]:
        """What is learned of older variables, and the names that are bound, hold inside only."""
        outer, instances = self.scope, len(self.local_instances)
        values = dict(self.values)
        self.found.clear()
        known = set(self.types)
        try:
            yield
        finally:
            self.scope = outer
            for id_ in [each for each in self.values if each in known and each not in values]:
                del self.values[id_]
            self.values.update(values)
            del self.local_instances[instances:]
            self.found.clear()

    # Functions by cases

    def by_cases(self, node: Node, type_: Term) -> Term:
        """The value of a definition; equations have patterns for implicit parameters, too."""
        if isinstance(node, s.FunMatch):
            self.by_equations = True
            return self.fun_match(node, type_)[0]
        if isinstance(node, s.Where) and isinstance(node.body, s.FunMatch):
            self.by_equations = True
            return self.where(node, type_)[0]
        return self.check(node, type_)

    def fun_match(self, node: s.FunMatch, expected: Term | None) -> tuple[Term, Term]:
        """`fun | p, q => v | …`, and a definition by equations."""
        if expected is None:
            self.unsupported("a function by cases where no type is expected", cause="type")
        everything, self.by_equations = self.by_equations, False
        count = len(node.alternatives[0].patterns[0])
        opened: list[tuple[Var, Term]] = []
        scrutinees: list[Scrutinee] = []
        wanted: Term = self.zonk(expected)
        instances = len(self.local_instances)
        while len(scrutinees) < count:
            pi = self._expected_pi(wanted)
            if pi is None:
                self.ill_typed(f"{count} patterns for a function of {len(scrutinees)} arguments")
            var = self.variable(pi.var.name, pi.type)
            if everything or pi.kind == "explicit":
                scrutinees.append((var, pi.type))
            if pi.kind == "instance":
                self.add_local_instance(var)
            opened.append((var, pi.type))
            wanted = self.put(pi.body, {pi.var.id: var})
        term, _ = self._matched(scrutinees, [None] * count, node.alternatives, wanted)
        del self.local_instances[instances:]
        return lambdas(opened, term), expected

    def no_match(self, node: s.NoMatch, expected: Term | None) -> tuple[Term, Term]:
        """`nomatch e` and `nofun`: there is no value."""
        if expected is None:
            self.unsupported("nomatch where no type is expected", cause="type")
        if node.items:
            return self._matched(
                [self._scrutinee(each) for each in node.items], [None] * len(node.items), [], expected
            )
        opened: list[tuple[Var, Term]] = []
        wanted = self.zonk(expected)
        while (pi := self._expected_pi(wanted)) is not None:
            var = self.variable(pi.var.name, pi.type)
            opened.append((var, pi.type))
            wanted = self.put(pi.body, {pi.var.id: var})
        return lambdas(opened, Match(tuple(var for var, _ in opened), (), wanted)), expected

    def if_let(self, node: s.IfLet, expected: Term | None) -> tuple[Term, Term]:
        """`if let p := e then a else b`."""
        fits = s.Alternative(((node.pattern,),), node.then, pos=node.pos)
        other = s.Alternative(((s.Hole(pos=node.pos),),), node.other, pos=node.pos)
        return self._matched([self._scrutinee(node.value)], [None], [fits, other], expected)

    def let(self, node: s.Let, expected: Term | None) -> tuple[Term, Term]:
        """`let x := v; body`, `let p := v; body`, `let rec f … := v; body`."""
        if node.key == "let rec":
            local = s.Local(node.pattern, node.binders, node.type, node.value, pos=node.pos)
            return self._recursive((local,), node.body, expected)
        if not isinstance(node.pattern, (s.Ident, s.Hole)) and not self._irrefutable(node.pattern):
            value = node.value if node.type is None else s.Ascription(node.value, node.type, pos=node.pos)
            only = s.Alternative(((node.pattern,),), node.body, pos=node.pos)
            return self._matched([self._scrutinee(value)], [None], [only], expected)
        if self.lenient and node.key in ("have", "haveI") and node.type is None:
            return self._have(node, expected)
        return super().let(node, expected)

    def _irrefutable(self, pattern: Node) -> bool:
        """The pattern is a tuple of names."""
        if isinstance(pattern, s.Tuple) and len(pattern.items) > 1:
            return all(self._irrefutable(each) for each in pattern.items)
        return isinstance(pattern, s.Hole) or (isinstance(pattern, s.Ident) and "." not in pattern.name)

    def _have(self, node: s.Let, expected: Term | None) -> tuple[Term, Term]:
        """`have h := proof; body`: a proof that is not understood is one of nothing."""
        value = node.value if not node.binders else s.Fun(node.binders, node.value, pos=node.pos)
        if self.attempted(lambda: self.term(value, None)[0]) is not None:
            return super().let(node, expected)
        outer = self.scope
        name = node.pattern.name if isinstance(node.pattern, s.Ident) else "this"
        self.bind(name, const("True"))
        found = self._body(node.body, expected)
        self.scope = outer
        return found

    # Local recursion

    def where(self, node: s.Where, expected: Term | None) -> tuple[Term, Term]:
        """A body with the definitions of its `where`."""
        return self._recursive(node.locals, node.body, expected)

    def _recursive(self, locals_: Sequence[s.Local], body: Node, expected: Term | None) -> tuple[Term, Term]:
        outer = self.scope
        headers = [self._local_type(each) for each in locals_]
        vars_ = [self._local_variable(each, type_) for each, type_ in zip(locals_, headers, strict=True)]
        functions = [
            (var, type_, self._local_value(each, type_))
            for each, var, type_ in zip(locals_, vars_, headers, strict=True)
        ]
        if expected is not None:
            result, type_ = self.by_cases(body, expected), expected
        else:
            result, type_ = self.term(body, None)
        self.scope = outer
        return LetRec(tuple(functions), result), type_

    def _local_variable(self, local: s.Local, type_: Term) -> Var:
        if not isinstance(local.pattern, s.Ident):
            self.unsupported("a local definition without a name", local.pos)
        return self.bind(local.pattern.name, type_)

    def _local_type(self, local: s.Local) -> Term:
        if local.type is None:
            self.unsupported("a local definition without a type", local.pos)
        if not local.binders:
            return self.zonk(self.type_of(local.type))
        return self.zonk(self.type_of(s.Forall(local.binders, local.type, pos=local.pos)))

    def _local_value(self, local: s.Local, type_: Term) -> Term:
        if not local.binders:
            return self.by_cases(local.value, type_)
        return self.check(s.Fun(local.binders, local.value, pos=local.pos), type_)
