"""Unification: definitional; abbreviations unfold only after the heads differ, sizes compute as in Lean."""

from __future__ import annotations

from leanmirror.bridge.core.arithmetic import is_arithmetic, operands
from leanmirror.bridge.core.naturals import Naturals
from leanmirror.bridge.core.substitute import (
    arguments,
    has_metas,
    head_name,
    lambdas,
    new_var,
    substitute,
    subterms,
)
from leanmirror.bridge.core.term import (
    App,
    Const,
    Lam,
    Let,
    LetRec,
    Lit,
    Match,
    Meta,
    Pi,
    Proof,
    Sort,
    Str,
    Term,
    Var,
    app,
    bound_by,
)

ANY_SORT = Sort(-1)
"""`Sort u`: a proposition or a type."""


class Unifier(Naturals):
    """Decides whether two terms are the same and solves metavariables on the way.

    `blocked` is the last definition without a known body that stood between two terms: when it is set, that
    they could not be unified means nothing. `only_reducible` is Lean's transparency inside instance search.
    """

    blocked: str = ""
    only_reducible: bool = False

    def unify(self, left: Term, right: Term) -> bool:
        """Whether two terms are the same; what was solved is taken back if they are not."""
        mark = self.mark()
        if self._unify(left, right):
            return True
        self.undo(mark)
        return False

    def _unify(self, left: Term, right: Term) -> bool:
        left, right = self.shallow(left), self.shallow(right)
        if left is right:
            return True
        if isinstance(left, Meta):
            if isinstance(right, Meta) and right.id == left.id:
                return True
            return self._assign_either(left, right)
        if isinstance(right, Meta):
            return self.assign(right, left)
        if isinstance(left, Var) and isinstance(right, Var) and left.id == right.id:
            return True
        if isinstance(left, Const) and isinstance(right, Const) and left.name == right.name:
            return True
        self.step()
        if is_arithmetic(left) or is_arithmetic(right):
            return self.unify_nat(left, right)
        return self.unify_plain(left, right)

    def _assign_either(self, left: Meta, right: Term) -> bool:
        if isinstance(right, Meta) and right.id > left.id:
            return self.assign(right, left)
        return self.assign(left, right)

    def unify_plain(self, left: Term, right: Term) -> bool:
        left, right = self.whnf_core(left), self.whnf_core(right)
        if isinstance(left, Meta) or isinstance(right, Meta):
            return self._unify(left, right)
        if isinstance(left, Sort) and isinstance(right, Sort):
            return left.level == right.level or -1 in (left.level, right.level)
        if isinstance(left, Lit) and isinstance(right, Lit):
            return left.value == right.value
        if isinstance(left, Str) and isinstance(right, Str):
            return left.value == right.value
        if isinstance(left, Match) and isinstance(right, Match):
            return self._matches(left, right)
        if isinstance(left, Lam) and isinstance(right, Lam):
            return self._binders(left, right)
        if isinstance(left, Pi) and isinstance(right, Pi):
            return self._binders(left, right)
        if isinstance(left, Lam):
            return self._eta(left, right)
        if isinstance(right, Lam):
            return self._eta(right, left)
        if isinstance(left, App) and isinstance(left.fn, Meta):
            return self._flexible(left, left.fn, right)
        if isinstance(right, App) and isinstance(right.fn, Meta):
            return self._flexible(right, right.fn, left)
        if isinstance(left, Proof) or isinstance(right, Proof):
            return True
        return self._rigid(left, right)

    def _binders(self, left: Lam | Pi, right: Lam | Pi) -> bool:
        if not self._unify(left.type, right.type):
            return False
        first, second = self.zonk(left.body), self.zonk(right.body)
        if has_metas(first) or has_metas(second):
            # a solution found later may mention the variable of the left binder: it has to stay
            self.types[left.var.id] = left.type
            return self._unify(first, substitute(second, {right.var.id: left.var}))
        var = new_var(left.var.name)
        self.types[var.id] = left.type
        return self._unify(substitute(first, {left.var.id: var}), substitute(second, {right.var.id: var}))

    def _matches(self, left: Match, right: Match) -> bool:
        """Two matches that do not compute: one only where they are the same up to variables."""
        if [len(b.vars) for b in left.branches] != [len(b.vars) for b in right.branches]:
            return False
        if len(left.scrutinees) != len(right.scrutinees):
            return False
        if not all(map(self._unify, left.scrutinees, right.scrutinees)):
            return False
        for one, other in zip(left.branches, right.branches, strict=True):
            pairs = zip(one.vars, other.vars, strict=True)
            by: dict[int, Term] = {}
            for (var, type_), (twin, _) in pairs:
                self.types[var.id] = type_
                by[twin.id] = var
            patterns = (substitute(each, by) for each in other.patterns)
            if not all(map(self._unify, one.patterns, patterns)):
                return False
            if not self._unify(one.body, self.put(other.body, by)):
                return False
        return True

    def _eta(self, function: Lam, other: Term) -> bool:
        var, body = self.open(function)
        if isinstance(other, (Sort, Pi, Lit)):
            return False
        return self._unify(body, app(other, var))

    def _rigid(self, left: Term, right: Term) -> bool:
        """Two terms with heads that are known."""
        f, xs = (left.fn, left.args) if isinstance(left, App) else (left, ())
        g, ys = (right.fn, right.args) if isinstance(right, App) else (right, ())
        same = (isinstance(f, Const) and isinstance(g, Const) and f.name == g.name) or (
            isinstance(f, Var) and isinstance(g, Var) and f.id == g.id
        )
        if same and len(xs) == len(ys):
            mark = self.mark()
            if self._arguments(f, xs, ys):
                return True
            self.undo(mark)
        return self._delta(left, right, f, g) or self._proofs(left, right)

    def _arguments(self, fn: Term, xs: tuple[Term, ...], ys: tuple[Term, ...]) -> bool:
        """Explicit arguments first; two instances of one class at one type are taken to be the same."""
        declared = self.env.lookup(fn.name) if isinstance(fn, Const) else None
        if declared is None or all(kind == "explicit" for kind in declared.kinds[: len(xs)]):
            return all(self._unify(x, y) for x, y in zip(xs, ys, strict=True))
        kinds = declared.kinds
        later = []
        for i, (x, y) in enumerate(zip(xs, ys, strict=True)):
            if i < len(kinds) and kinds[i] != "explicit":
                later.append(i)
            elif not self._unify(x, y):
                return False
        if not all(self._unify(xs[i], ys[i]) for i in later if kinds[i] != "instance"):
            return False
        for i in later:
            if kinds[i] == "instance":
                self.unify(xs[i], ys[i])
        return True

    def _delta(self, left: Term, right: Term, f: Term, g: Term) -> bool:
        """Unfold the side that is further from the axioms; both when they are as far."""
        a = self.unfold(left, self.only_reducible)
        b = self.unfold(right, self.only_reducible)
        if a is None and b is None:
            self.note_blocked(left)
            self.note_blocked(right)
            return False
        if a is not None and b is not None:
            first, second = self._height(f), self._height(g)
            if first > second:
                return self._unify(a, right)
            if first < second:
                return self._unify(left, b)
            return self._unify(a, b)
        return self._unify(a or left, b or right)

    def _height(self, fn: Term) -> tuple[bool, int]:
        if isinstance(fn, Const):
            declared = self.env.lookup(fn.name)
            if declared is not None:
                return declared.reducible, declared.height
        return True, 1 << 30

    def note_blocked(self, term: Term) -> None:
        """Look at the head, and at what keeps a projection, a recursion or arithmetic from computing."""
        term = self.shallow(term)
        declared = self.env.lookup(head_name(term))
        found = operands(term)
        if found is not None:
            self.note_blocked(found[1])
            self.note_blocked(found[2])
        elif declared is not None and declared.opaque:
            self.blocked = declared.name
        elif declared is not None and (
            declared.kind in ("projection", "recursor") or declared.body is not None
        ):
            for arg in arguments(term):
                if head_name(arg) != head_name(term):
                    self.note_blocked(arg)

    def _proofs(self, left: Term, right: Term) -> bool:
        """Two proofs of one proposition are the same."""
        if not isinstance(left, (Var, App)) or not isinstance(right, (Var, App, Const)):
            return False
        type_ = self.infer(left)
        return self.is_prop(type_) and self._unify(type_, self.infer(right))

    def _flexible(self, applied: App, meta: Meta, other: Term) -> bool:
        """`?f x y` against a term: a function of distinct variables, else argument by argument."""
        if isinstance(other, App) and isinstance(other.fn, Meta) and other.fn.id == meta.id:
            return len(other.args) == len(applied.args) and all(
                self._unify(x, y) for x, y in zip(applied.args, other.args, strict=True)
            )
        args = [self.shallow(arg) for arg in applied.args]
        variables = [arg for arg in args if isinstance(arg, Var) and arg.id not in self.values]
        if len(variables) == len(args) == len({var.id for var in variables}):
            other = self.zonk(other)
            fresh = [(new_var(var.name), self.types[var.id]) for var in variables]
            by: dict[int, Term] = {old.id: new for old, (new, _) in zip(variables, fresh, strict=True)}
            for var, type_ in fresh:
                self.types[var.id] = type_
            own = {var.id for var, _ in fresh}
            return self.assign(meta, lambdas(fresh, substitute(other, by)), own)
        if isinstance(other, App) and len(other.args) >= len(args):
            split = len(other.args) - len(args)
            head = app(other.fn, *other.args[:split])
            return all(
                self._unify(x, y) for x, y in zip(args, other.args[split:], strict=True)
            ) and self._unify(meta, head)
        return False

    def assign(self, meta: Meta, term: Term, own: set[int] | None = None) -> bool:
        term = self.zonk(term)
        if not self._in_scope(meta, term, own or set()):
            unfolded = self._without_lets(term)
            if unfolded is None or not self._in_scope(meta, unfolded, own or set()):
                return False
            term = unfolded
        expected = self.zonk(self.meta_types[meta.id])
        if (
            not isinstance(expected, Sort)
            and has_metas(expected)
            and not self._unify(expected, self.infer(term))
        ):
            return False
        if meta.id in self.solved:
            return self._unify(meta, term)
        self.solve(meta, term)
        return True

    def _in_scope(self, meta: Meta, term: Term, own: set[int]) -> bool:
        """Whether the term does not hold the metavariable, nor a variable that is not in its scope."""
        limit = self.limits.get(meta.id, meta.id)
        inner: list[Meta] = []
        bound = own
        for item in subterms(term):
            if isinstance(item, (Lam, Pi, Let, Match, LetRec)):
                bound = bound | {var.id for var in bound_by(item)}
            elif isinstance(item, Meta):
                if item.id == meta.id:
                    return False
                if item.id > limit:
                    inner.append(item)
            elif isinstance(item, Var) and item.id > limit and item.id not in bound:
                return False
        for each in inner:
            self.restrict(each, limit)
        return True

    def _without_lets(self, term: Term) -> Term | None:
        """The term with the variables of `let` replaced by their values; None where there are none."""
        by = {
            item.id: self.values[item.id]
            for item in subterms(term)
            if isinstance(item, Var) and item.id in self.values
        }
        return self.zonk(substitute(term, by)) if by else None
