"""Which branches of a definition were taken: `if` counts each of its two sides."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from leanmirror.bridge.compile.compiler import Closure, Compiler, Meaning, Meanings
from leanmirror.bridge.compile.meanings.base import Form
from leanmirror.bridge.compile.routines import Routines
from leanmirror.bridge.compile.terms import Constants, head_name
from leanmirror.bridge.core.environment import Declared
from leanmirror.bridge.core.term import Lam, Term


@dataclass(slots=True)
class Branches:
    """The branches of the text compiled with `meanings`, and how often each was taken."""

    taken: list[int] = field(default_factory=list)

    @property
    def total(self) -> int:
        """How many there are."""
        return len(self.taken)

    @property
    def reached(self) -> int:
        """How many were taken at least once."""
        return sum(count > 0 for count in self.taken)

    def counted(self, branch: Closure) -> Closure:
        """The branch, counted when it is taken."""
        at = len(self.taken)
        self.taken.append(0)

        def counting(env: object) -> object:
            self.taken[at] += 1
            return branch(env)  # type: ignore[arg-type]  # values by id, as the branch takes them

        return counting

    def meanings(self, of: Meanings) -> Meanings:
        """The meanings, with `if` counting."""
        forms = {"ite": Form(self._if, 4), "dite": Form(self._if, 4)}

        def meaning(declared: Declared) -> Meaning | None:
            return forms.get(declared.name) or of(declared)

        return meaning

    def _if(self, compiler: Compiler, args: Sequence[Term]) -> Closure:
        test: Callable[..., bool] = compiler.test(args[1])
        one, two = (self.counted(compiler.compile(_without_proof(compiler, arg))) for arg in args[2:4])
        return lambda env: one(env) if test(env) else two(env)


IMPOSSIBLE = ("False.elim", "absurd", "Fin.elim0")
"""What stands in an alternative that has no values."""


class Counting(Compiler):
    """A compiler whose branches are counted."""

    def __init__(
        self, branches: Branches, constants: Constants, meanings: Meanings, routines: Routines | None
    ) -> None:
        super().__init__(constants, meanings, routines)
        self.branches = branches

    def fresh(self) -> Compiler:
        return Counting(self.branches, self.constants, self.meanings, self.routines)

    def branch(self, term: Term) -> Closure:
        body = self.compile(term)
        return body if head_name(term) in IMPOSSIBLE else self.branches.counted(body)


def _without_proof(compiler: Compiler, branch: Term) -> Term:
    """A branch of `if h : …` as one of `if`."""
    return branch.body if isinstance(branch, Lam) and compiler.types.is_prop(branch.type) else branch
