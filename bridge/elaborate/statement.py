"""An elaborated declaration: its variables and hypotheses in order, and what it concludes."""

from __future__ import annotations

from dataclasses import dataclass

from leanmirror.bridge.core.term import BinderKind, Pi, Term, Var
from leanmirror.spec.errors import Position


@dataclass(frozen=True, slots=True)
class Binding:
    """A variable of a statement, or a hypothesis: then its type is a proposition (`prop`)."""

    var: Var
    type: Term
    kind: BinderKind = "explicit"
    prop: bool = False


@dataclass(frozen=True, slots=True)
class Statement:
    """A declaration in core terms, closed: nothing is left to infer.

    `kind` is the keyword (`theorem`, `lemma`, `example`, `def`). The section variables that count are
    among the binders, in Lean's order. The conclusion is what stands after the colon: a proposition, or for
    a `def` its type.
    """

    name: str
    kind: str
    binders: tuple[Binding, ...]
    conclusion: Term
    position: Position | None = None

    @property
    def type(self) -> Term:
        """The whole as one type: `∀ binders, conclusion`."""
        whole = self.conclusion
        for each in reversed(self.binders):
            whole = Pi(each.var, each.type, whole, each.kind)
        return whole
