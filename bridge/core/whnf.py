"""Computing with terms: β, `let`, projections of constructors, recursors on constructors, definitions."""

from __future__ import annotations

from leanmirror.bridge.core.arithmetic import is_arithmetic
from leanmirror.bridge.core.context import State
from leanmirror.bridge.core.environment import Declared, Family
from leanmirror.bridge.core.substitute import arguments, beta, head_name, mentions, substitute
from leanmirror.bridge.core.term import App, Const, Lam, Let, Lit, Match, Proof, Term, Var, app

NAT_ZERO, NAT_SUCC = Const("Nat.zero"), Const("Nat.succ")


class Reducer(State):
    """Weak head normal forms, with and without definitions."""

    def whnf_core(self, term: Term) -> Term:
        """The head as far as it computes without unfolding a definition."""
        while True:
            term = self.shallow(term)
            if isinstance(term, Let):
                term = self.put(term.body, {term.var.id: term.value})
                continue
            if isinstance(term, Match):
                chosen = self.chosen(term)
                if chosen is None:
                    return term
                term = chosen
                continue
            if not isinstance(term, App):
                return term
            fn = term.fn
            if isinstance(fn, Const):
                found = self._computed(fn, term.args)
                if found is None:
                    return term
                term = found
            elif isinstance(fn, Var):
                return term
            elif isinstance(fn, Match):
                chosen = self.chosen(fn)
                if chosen is None:
                    return term
                term = beta(chosen, term.args)
            else:
                reduced = beta(self.zonk(fn), term.args)
                if isinstance(reduced, App) and reduced.fn is fn and reduced.args == term.args:
                    return term
                term = reduced

    def chosen(self, term: Match) -> Term | None:
        """The body of the branch that fits; None where a scrutinee does not compute far enough to tell."""
        for branch in term.branches:
            own = {var.id for var, _ in branch.vars}
            by: dict[int, Term] = {}
            fits: bool | None = True
            for pattern, value in zip(branch.patterns, term.scrutinees, strict=True):
                fits = fits and self._fits(pattern, value, own, by)
            if fits is None:
                return None
            if fits:
                return self.put(branch.body, by)
        return None

    def _fits(self, pattern: Term, value: Term, own: set[int], by: dict[int, Term]) -> bool | None:
        """Whether a value has the form of a pattern; None where that is not known."""
        self.step()
        if isinstance(pattern, Proof):
            return True
        if isinstance(pattern, Var) and pattern.id in own:
            by[pattern.id] = value
            return True
        if isinstance(pattern, Lit) or head_name(pattern) == "Nat.succ":
            return self._fits_number(pattern, value, own, by)
        family = self._family_of(head_name(pattern))
        if family is None:
            return None
        made = self._constructor(value, family)
        if made is None:
            return None
        if made[0] != head_name(pattern):
            return False
        inner = arguments(pattern)[family.params :]
        for each, part in zip(inner, made[1][family.params :], strict=True):
            fits = self._fits(each, part, own, by)
            if not fits:
                return fits
        return True

    def _fits_number(self, pattern: Term, value: Term, own: set[int], by: dict[int, Term]) -> bool | None:
        base, offset = self.offset(self.whnf(value))
        while head_name(pattern) == "Nat.succ":
            if not offset:
                return None if base is not None else False
            pattern, offset = arguments(pattern)[0], offset - 1
        if isinstance(pattern, Lit):
            if base is None:
                return offset == pattern.value
            return False if offset > pattern.value else None
        return self._fits(pattern, self.plus(base, offset), own, by)

    def _family_of(self, constructor: str) -> Family | None:
        declared = self.env.lookup(constructor) if constructor else None
        if declared is None or declared.kind != "constructor":
            return None
        return self.env.family(declared.parent)

    def _computed(self, fn: Const, args: tuple[Term, ...]) -> Term | None:
        declared = self.env.lookup(fn.name)
        if declared is None or not declared.parent:
            return None
        if declared.kind == "projection":
            return self._projected(declared, args, deep=False)
        if declared.kind == "recursor":
            return self._recursed(declared, args)
        return None

    def _projected(self, declared: Declared, args: tuple[Term, ...], deep: bool) -> Term | None:
        """A field of a value that is written out; `deep` unfolds definitions and instances to find it."""
        family = self.env.family(declared.parent)
        if family is None or len(args) <= family.params or (family.is_class and not deep):
            return None
        value = args[family.params] if deep else self.whnf_core(args[family.params])
        if not deep and head_name(value) not in family.constructors:
            return None
        made = self._constructor(value, family)
        if made is None:
            return None
        return beta(made[1][family.params + declared.index], args[family.params + 1 :])

    def _constructor(self, term: Term, family: Family) -> tuple[str, tuple[Term, ...]] | None:
        """The constructor that a term computes to, and its arguments."""
        if family.name == "Nat":
            return self._nat_constructor(term)
        term = self.whnf(term)
        fn, args = (term.fn, term.args) if isinstance(term, App) else (term, ())
        if isinstance(fn, Const) and fn.name in family.constructors:
            return fn.name, args
        return None

    def _nat_constructor(self, term: Term) -> tuple[str, tuple[Term, ...]] | None:
        base, offset = self.offset(self.whnf(term))
        if offset:
            return "Nat.succ", (self.plus(base, offset - 1),)
        return ("Nat.zero", ()) if base is None else None

    def _recursed(self, declared: Declared, args: tuple[Term, ...]) -> Term | None:
        """`T.rec motive minors (constructor fields)` is the minor premise of that constructor."""
        family = self.env.family(declared.parent)
        if family is None:
            return None
        major = family.params + 1 + len(family.constructors)
        if len(args) <= major:
            return None
        made = self._constructor(args[major], family)
        if made is None:
            return None
        number = family.constructors.index(made[0])
        fields = made[1][family.params :] if family.name != "Nat" else made[1]
        before = args[:major]
        recursive = [
            App(Const(declared.name), (*before, each))
            for each, is_recursive in zip(fields, self.env.recursive(made[0]), strict=True)
            if is_recursive
        ]
        return beta(args[family.params + 1 + number], (*fields, *recursive, *args[major + 1 :]))

    def unfold(self, term: Term, reducible: bool = False) -> Term | None:
        """The term with the definition at its head unfolded once; None where there is none to unfold.

        A definition by recursion that does not compute stays folded, as Lean keeps it.
        """
        fn, args = (term.fn, term.args) if isinstance(term, App) else (term, ())
        if isinstance(fn, Var):
            value = self.values.get(fn.id)
            return None if value is None else beta(value, args)
        if not isinstance(fn, Const):
            return None
        declared = self.env.lookup(fn.name)
        if declared is None or is_arithmetic(term):
            return None
        if declared.kind == "projection":
            return self._projected(declared, args, deep=True)
        if declared.opaque and not reducible:
            declared = self.env.completed(declared)
        if declared.body is None or (reducible and not declared.reducible):
            return None
        if len(args) < declared.arity:
            return eta_reduced(beta(declared.body, args)) if declared.reducible else None
        self.step()
        if declared.recursion is not None:
            return self._unrolled(declared, declared.recursion, args)
        found = self.whnf_core(beta(declared.body, args))
        return None if self._stuck(found) else found

    def _unrolled(self, declared: Declared, at: int, args: tuple[Term, ...]) -> Term | None:
        """One step of a definition by recursion on its argument number `at`; its own calls stay folded."""
        body: Term | None = declared.body
        by: dict[int, Term] = {}
        for arg in args[: declared.arity]:
            assert isinstance(body, Lam)
            by[body.var.id], body = arg, body.body
        assert isinstance(body, App)
        assert isinstance(body.fn, Const)
        rec = self.constant(body.fn.name)
        family = self.env.family(rec.parent)
        made = None if family is None else self._constructor(args[at], family)
        if family is None or made is None:
            return None
        number = family.constructors.index(made[0])
        fields = made[1][family.params :] if family.name != "Nat" else made[1]
        again = [
            app(Const(declared.name), *args[:at], each, *args[at + 1 : declared.arity])
            for each, is_recursive in zip(fields, self.env.recursive(made[0]), strict=True)
            if is_recursive
        ]
        minor = substitute(body.args[family.params + 1 + number], by)
        more = tuple(
            substitute(each, by) for each in body.args[family.params + 2 + len(family.constructors) :]
        )
        return self.whnf_core(beta(minor, (*fields, *again, *more, *args[declared.arity :])))

    def _stuck(self, term: Term) -> bool:
        fn = term.fn if isinstance(term, App) else term
        if isinstance(fn, Match):
            return True
        if not isinstance(fn, Const):
            return False
        declared = self.env.lookup(fn.name)
        return declared is not None and declared.kind == "recursor"

    def whnf(self, term: Term, reducible: bool = False) -> Term:
        """The head as far as definitions allow; only abbreviations are unfolded when `reducible`."""
        while True:
            term = self.whnf_core(term)
            found = self.unfold(term, reducible)
            if found is None:
                return term
            term = found

    def offset(self, term: Term) -> tuple[Term | None, int]:
        """A natural number as base and constant: `n + 2` is (n, 2), `3` is (None, 3)."""
        raise NotImplementedError

    def plus(self, base: Term | None, offset: int) -> Term:
        """The natural number that `offset` splits so."""
        if base is None:
            return Lit(offset)
        raise NotImplementedError


def eta_reduced(term: Term) -> Term | None:
    """`f a` of `fun x => f a x`, for one variable or more; None for another function."""
    variables: list[Var] = []
    while isinstance(term, Lam):
        variables.append(term.var)
        term = term.body
    count = len(variables)
    if not isinstance(term, App) or not count or tuple(term.args[-count:]) != tuple(variables):
        return None
    found = app(term.fn, *term.args[:-count])
    return None if any(mentions(found, var) for var in variables) else found
