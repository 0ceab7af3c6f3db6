"""Instance arguments: the instance of a class that Lean would find, the one declared last first."""

from __future__ import annotations

from leanmirror.bridge.core.environment import Declared, Environment
from leanmirror.bridge.core.substitute import has_metas, head_name, new_id, substitute, subterms
from leanmirror.bridge.core.term import App, Const, Lam, Let, Meta, Pi, Term, Var, app
from leanmirror.bridge.core.unify import Unifier

MOST_NESTED = 24


class Synthesizer(Unifier):
    """Finds instances: local ones first, then those of the environment.

    `frozen` keeps metavariables of the statement, which are older, from being solved on the way.
    """

    def __init__(self, env: Environment) -> None:
        super().__init__(env)
        self.local_instances: list[Var] = []
        self.found: dict[Term, Term | None] = {}
        self.frozen = 0
        self.goals: list[Term] = []
        self.cut = False

    def add_local_instance(self, var: Var) -> None:
        """Let a variable answer for its class from here on."""
        self.local_instances.append(var)
        self.found.clear()

    def synthesize(self, goal: Term) -> Term | None:
        """The instance of a class; None where there is none, or not before more is known of the goal."""
        goal = self.zonk(goal)
        if self._too_early(goal):
            return None
        before = self.frozen, self.only_reducible
        self.frozen, self.only_reducible = new_id(), True
        try:
            return self._search(goal)
        finally:
            self.frozen, self.only_reducible = before

    def _too_early(self, goal: Term) -> bool:
        """Whether nothing is known of the first type that a class is asked for and does not decide."""
        while isinstance(goal, Pi):
            goal = goal.body
        if not isinstance(goal, App) or not isinstance(goal.fn, Const):
            return False
        family = self.env.family(goal.fn.name) if isinstance(goal.args[0], Meta) else None
        outs = frozenset[int]() if family is None else family.outs
        return isinstance(next((arg for i, arg in enumerate(goal.args) if i not in outs), None), Meta)

    def _search(self, goal: Term) -> Term | None:
        """The instance of a goal, remembered: for this statement, and where no local ones count for all."""
        if self.local_instances or self.env.busy:
            return self._remembered(goal, goal, [], self.found)
        key = self._key(goal)
        if key is None:
            return self._attempt(goal)
        return self._remembered(goal, key[0], key[1], self.found_before())

    def seen_instances(self, class_name: str) -> tuple[Declared, ...]:
        """The instances of a class that the statement sees."""
        return self.env.instances(class_name)

    def found_before(self) -> dict[Term, Term | None]:
        """Instances found for other statements that see the same ones."""
        return self.env.found

    def _remembered(
        self, goal: Term, key: Term, variables: list[Var], found: dict[Term, Term | None]
    ) -> Term | None:
        if key in found:
            known = found[key]
            if known is None or not variables:
                return known
            return substitute(known, {-1 - i: var for i, var in enumerate(variables)})
        cut, self.cut = self.cut, False
        result = self._attempt(goal)
        if has_metas(goal) or (result is None and self.cut and self.goals):
            pass  # more may be known, or a circle may be gone, when it is asked again
        elif result is None or not variables:
            found[key] = result
        else:
            by: dict[int, Term] = {var.id: Var(-1 - i, var.name) for i, var in enumerate(variables)}
            found[key] = substitute(result, by)
        self.cut = self.cut or cut
        return result

    def _attempt(self, goal: Term) -> Term | None:
        if len(self.goals) >= MOST_NESTED or goal in self.goals:
            self.cut = True
            return None
        self.goals.append(goal)
        try:
            return self._searched(goal)
        finally:
            self.goals.pop()

    def _key(self, goal: Term) -> tuple[Term, list[Var]] | None:
        """The goal with its variables numbered, and these; None when it holds what others may change."""
        variables: list[Var] = []
        numbers: dict[int, Term] = {}
        for item in subterms(goal):
            if isinstance(item, (Meta, Lam, Pi, Let)):
                return None
            if isinstance(item, Var) and item.id not in numbers:
                if item.id in self.values:
                    return None
                numbers[item.id] = Var(-1 - len(variables), item.name)
                variables.append(item)
        return substitute(goal, numbers) if variables else goal, variables

    def _searched(self, goal: Term) -> Term | None:
        if isinstance(goal, Pi):
            var, body = self.open(goal)
            found = self._search(body)
            return None if found is None else Lam(var, goal.type, found)
        name = head_name(goal)
        family = self.env.family(name) if name else None
        if family is None or not family.is_class:
            further = self.unfold(goal, reducible=True)
            return None if further is None else self._search(self.zonk(further))
        wanted, outs = self._without_outs(goal, family.outs)
        for var in reversed(self.local_instances):
            mark = self.mark()
            found = self._by(var, self.types[var.id], wanted)
            if found is not None and self._outs_fit(outs):
                return found
            self.undo(mark)
        for declared in self.seen_instances(name):
            mark = self.mark()
            found = self._by(Const(declared.name), declared.type, wanted)
            if found is not None and self._outs_fit(outs):
                return found
            self.undo(mark)
        return None

    def _without_outs(self, goal: Term, positions: frozenset[int]) -> tuple[Term, list[tuple[Term, Term]]]:
        """The goal with new metavariables for what the class decides, and these with what stood there."""
        if not positions or not isinstance(goal, App):
            return goal, []
        args: list[Term] = []
        outs: list[tuple[Term, Term]] = []
        by: dict[int, Term] = {}
        type_ = self.infer(goal.fn)
        for i, arg in enumerate(goal.args):
            assert isinstance(type_, Pi)
            if i in positions:
                arg = self.meta(substitute(type_.type, by))  # noqa: PLW2901  # what stood there is decided anew
                outs.append((arg, goal.args[i]))
            args.append(arg)
            by[type_.var.id] = arg
            type_ = type_.body
        return App(goal.fn, tuple(args)), outs

    def _outs_fit(self, outs: list[tuple[Term, Term]]) -> bool:
        """Whether what the class decides is what stood there: there the statement may be solved."""
        if not outs:
            return True
        frozen, reducible = self.frozen, self.only_reducible
        self.frozen, self.only_reducible = 0, False
        try:
            return all(self.unify(meta, arg) for meta, arg in outs)
        finally:
            self.frozen, self.only_reducible = frozen, reducible

    def _by(self, fn: Term, type_: Term, goal: Term) -> Term | None:
        """An instance from one that is there, with its own instance arguments found."""
        if _conclusion(type_) != head_name(goal):
            return None
        self.step()
        type_ = type_ if isinstance(fn, Const) else self.zonk(type_)
        by: dict[int, Term] = {}
        args: list[Term] = []
        needed: list[Meta] = []
        while isinstance(type_, Pi):
            meta = Meta(new_id())
            self.meta_types[meta.id] = substitute(type_.type, by)
            if type_.kind == "instance":
                needed.append(meta)
            by[type_.var.id] = meta
            args.append(meta)
            type_ = type_.body
        if not self.unify(substitute(type_, by), goal):
            return None
        for meta in needed:
            if meta.id not in self.solved:
                found = self._search(self.zonk(self.meta_types[meta.id]))
                if found is None:
                    return None
                self.solve(meta, found)
        return self.zonk(app(fn, *args))

    def assign(self, meta: Meta, term: Term, own: set[int] | None = None) -> bool:
        return meta.id >= self.frozen and super().assign(meta, term, own)


def _conclusion(type_: Term) -> str:
    """The name at the head of what a function gives in the end."""
    while isinstance(type_, Pi):
        type_ = type_.body
    return head_name(type_)
