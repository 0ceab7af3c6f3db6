"""Lean's words read back: a claim at inputs that are given as Lean text, by our own reader."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from leanmirror.bridge.check.environment import environment_of
from leanmirror.bridge.check.tasks import TextTask, declaration_of
from leanmirror.bridge.compile.claims import CLAIMING, TextClaim, claim_of
from leanmirror.bridge.compile.specialize import specialized
from leanmirror.bridge.core.infer import is_prop
from leanmirror.bridge.core.substitute import substitute
from leanmirror.bridge.core.term import Pi, Sort, Term
from leanmirror.bridge.elaborate.check import check
from leanmirror.bridge.elaborate.elaborator import elaborate
from leanmirror.bridge.elaborate.finish import closed, finish
from leanmirror.bridge.elaborate.library import Library, default
from leanmirror.bridge.elaborate.statement import Binding, Statement
from leanmirror.bridge.lean.declarations import Declaration
from leanmirror.bridge.lean.parser import parse_term
from leanmirror.spec.errors import Unsupported


def claim_at(task: TextTask, inputs: Mapping[str, str], arguments: Sequence[str | None]) -> TextClaim:
    """The claim of a task at inputs: each variable is the term that its text says, in the statement's scope.

    `arguments` are those of `TextClaim`. A variable that the statement does not bind itself stays one.

    Raises Unsupported, IllTyped and ReadError for a text that is no term of the variable's type, and
    Unsupported for a statement about types and for a definition.
    """
    declaration = declaration_of(task)
    environment, meanings = environment_of(task.source, default())
    made = specialized(elaborate(declaration, environment))
    if made.sizes or declaration.kind not in CLAIMING:
        raise Unsupported("inputs of a statement about types, or of a definition", cause="type")
    reading = _Reading(declaration, environment, inputs, list(arguments))
    statement = reading.statement(made.statement)
    return claim_of(statement, environment, meanings, name=task.name, key=declaration.digest)


@dataclass(slots=True)
class _Reading:
    """A statement with terms in place of its variables, one after the other."""

    declaration: Declaration
    environment: Library
    inputs: Mapping[str, str]
    arguments: list[str | None]
    by: dict[int, Term] = field(default_factory=dict)
    left: list[Binding] = field(default_factory=list)

    def statement(self, whole: Statement) -> Statement:
        """The statement: what is left of its binders are hypotheses and instances."""
        for each in whole.binders:
            self._bind(each)
        rest = whole.conclusion
        while isinstance(rest, Pi) and self.arguments:
            prop = is_prop(self.environment.elaborator(self.declaration).ctx, substitute(rest.type, self.by))
            self._bind(Binding(rest.var, rest.type, rest.kind, prop))
            rest = rest.body
        conclusion = substitute(rest, self.by)
        return Statement(whole.name, whole.kind, tuple(self.left), conclusion, whole.position)

    def _bind(self, each: Binding) -> None:
        type_ = substitute(each.type, self.by)
        if each.kind == "instance":
            self.left.append(Binding(each.var, type_, each.kind, each.prop))
            return
        name = None if isinstance(type_, Sort) and type_.level else self.arguments.pop(0)
        if each.prop:
            self.left.append(Binding(each.var, type_, each.kind, prop=True))
        elif name is None or name not in self.inputs:
            raise Unsupported(f"{each.var.name} has no text to be read back")
        else:
            self.by[each.var.id] = self.term(self.inputs[name], type_)

    def term(self, text: str, type_: Term) -> Term:
        """A text as a term of a type, where the declaration stands."""
        elab = self.environment.elaborator(self.declaration)
        found = check(elab, parse_term(text), type_)
        finish(elab)
        return closed(elab, found, "an input")
