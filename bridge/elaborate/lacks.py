"""All that keeps a statement from being elaborated, where elaboration stops at the first.

What is not understood becomes a hole, and elaboration goes on. What only follows from a hole (a type that can
no longer be inferred, two types that do not fit any more) is no lack of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from leanmirror.bridge.core.errors import IllTyped
from leanmirror.bridge.core.instances import synthesize_pending
from leanmirror.bridge.core.recursion import room
from leanmirror.bridge.core.substitute import has_metas
from leanmirror.bridge.core.term import TYPE, Term
from leanmirror.bridge.elaborate.binders import bind_groups
from leanmirror.bridge.elaborate.check import type_of
from leanmirror.bridge.elaborate.elaborator import Elaborator, Surroundings
from leanmirror.bridge.elaborate.finish import finish
from leanmirror.bridge.lean import syntax as s
from leanmirror.spec.errors import PositionedError, Unsupported

if TYPE_CHECKING:
    from leanmirror.bridge.core.context import Context
    from leanmirror.bridge.elaborate.library import Library
    from leanmirror.bridge.lean.declarations import Declaration

OWN = ("unknown_name", "syntax", "import", "option")
"""Causes that a hole elsewhere does not explain."""

WITHOUT_BINDERS = (
    s.App,
    s.Infix,
    s.Prefix,
    s.Postfix,
    s.Bracket,
    s.Collection,
    s.Tuple,
    s.Anonymous,
    s.Index,
)
"""Forms whose parts mean the same by themselves, so that they can be looked at where the whole is a hole."""


class Collecting(Elaborator):
    """An elaborator that notes what it does not understand and goes on with a hole."""

    def __init__(self, ctx: Context, around: Surroundings) -> None:
        super().__init__(ctx, around)
        self.found: dict[str, Unsupported] = {}
        self._opened: set[int] = set()
        self._trying = 0

    def term(self, node: s.Node, expected: Term | None) -> tuple[Term, Term]:
        if self._trying:
            return super().term(node, expected)
        mark, scope, at = self.ctx.mark(), self.scope, self.ctx.at
        try:
            return super().term(node, expected)
        except (Unsupported, IllTyped) as error:
            self.ctx.undo(mark)
            self.scope, self.ctx.at = scope, at
            self.note(error)
            self._parts(node)
            type_ = self.ctx.meta(TYPE) if expected is None else expected
            return self.ctx.meta(type_), type_

    @contextmanager
    def trying(self) -> Iterator[None]:
        self._trying += 1
        try:
            yield
        finally:
            self._trying -= 1

    def note(self, error: PositionedError) -> None:
        """Note what is lacking, once; what may follow from an earlier lack is none."""
        if not self.found or error.cause in OWN or (error.cause == "instance" and "?" not in error.message):
            before = "ill-typed: " if isinstance(error, IllTyped) else ""
            self.found.setdefault(error.message, Unsupported.by(error, before))

    def attempt(self, what: Callable[[], object]) -> None:
        """Do something outside of terms, and note what keeps it from being done."""
        try:
            what()
        except (Unsupported, IllTyped) as error:
            self.note(error)

    def _parts(self, node: s.Node) -> None:
        """Look at the parts of what became a hole as a whole, each once."""
        if not isinstance(node, WITHOUT_BINDERS) or id(node) in self._opened:
            return
        self._opened.add(id(node))
        for child in s.children(node):
            self.term(child.value if isinstance(child, s.Named) else child, None)


def lacking(declaration: Declaration, env: Library) -> tuple[Unsupported, ...]:
    """What keeps the statement of a declaration that can be read from being elaborated, in the order met."""
    plain = env.elaborator(declaration)
    elab = Collecting(plain.ctx, plain.around)
    try:
        with room():
            for group in declaration.all_binders:
                elab.attempt(partial(bind_groups, elab, (group,)))
            if declaration.type is not None:
                elab.attempt(partial(type_of, elab, declaration.type))
            elab.attempt(partial(_finish, elab))
    except RecursionError:
        elab.note(Unsupported("a statement that is nested too deeply", cause="syntax"))
    return tuple(elab.found.values())


def _finish(elab: Collecting) -> None:
    """Find what is still open; an instance of a class that is known in full and not there is lacking."""
    ctx = elab.ctx
    while synthesize_pending(ctx):
        ctx.step()
    for wanted in ctx.pending.instances:
        goal = ctx.zonk(ctx.meta_types[wanted.meta.id])
        if not has_metas(goal):
            elab.note(ctx.refusal(f"no instance of {ctx.shown(goal)}", wanted.at, "instance"))
    if not elab.found:
        finish(elab)
