"""Names in terms: local variables, constants as scopes resolve them, projections by the head of a type."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NoReturn

from leanmirror.bridge.core.coerce import Coercer
from leanmirror.bridge.core.environment import Environment
from leanmirror.bridge.core.substitute import head_name
from leanmirror.bridge.core.term import App, Const, Meta, Pi, Term, Var
from leanmirror.bridge.lean.scopes import Candidate, parts
from leanmirror.bridge.lean.syntax import Node

NUMBERS = {"ℝ": "Real", "ℕ": "Nat", "ℤ": "Int", "ℚ": "Rat", "ℝ≥0∞": "ENNReal"}
"""Mathlib's notations that look like names."""

Resolve = Callable[[str], tuple[Candidate, ...]]


@dataclass(frozen=True, slots=True)
class Done:
    """An argument that is elaborated already."""

    term: Term
    type: Term


@dataclass(slots=True)
class Head:
    """What an application applies: a term of some type, and the value that a projection puts in.

    `self_arg` goes to the first explicit parameter whose type has the head `owner`.
    """

    term: Term
    type: Term
    explicit: bool = False
    self_arg: Done | None = None
    owner: str = ""


class Names(Coercer):
    """Finds what names mean. `scope` holds the local variables by name, innermost last."""

    def __init__(self, env: Environment, resolve: Resolve) -> None:
        super().__init__(env)
        self.resolve = resolve
        self.scope: dict[str, Var] = {}

    def term(self, node: Node, expected: Term | None) -> tuple[Term, Term]:
        """A node as a term with its type; what is expected is only a hint."""
        raise NotImplementedError

    def apply(
        self, head: Head, args: list[Node | Done], named: dict[str, Node | Done], expected: Term | None
    ) -> tuple[Term, Term]:
        """A function with arguments, those that Lean infers filled in."""
        raise NotImplementedError

    def heads(self, name: str, explicit: bool) -> list[Head]:
        """What a name may mean, innermost first. Raises Unsupported for an unknown name."""
        pieces = parts(name)
        local = self.scope.get(pieces[0])
        if local is not None:
            return [self.projected(Head(local, self.types[local.id], explicit), pieces[1:], explicit)]
        found = self.resolve(name) or ((Candidate(NUMBERS[name]),) if name in NUMBERS else ())
        known = [each for each in found if self.env.lookup(each.name) is not None]
        if not known:
            self.unknown(name, found)
        return [self._constant(each, explicit) for each in known]

    def unknown(self, name: str, found: tuple[Candidate, ...]) -> NoReturn:
        """Raise for a name that means nothing here, with the reason when it is declared."""
        for each in found:
            reason = self.env.failure(each.name)
            if reason:
                text = f"{each.name}, whose declaration is not understood: {reason}"
                self.unsupported(text, cause=reason.cause)
        self.unsupported(f"unknown name {name}", cause="unknown_name")

    def _constant(self, candidate: Candidate, explicit: bool) -> Head:
        declared = self.constant(candidate.name)
        if candidate.fields and declared.makes_types:
            whole = ".".join((candidate.name, *candidate.fields))
            self.unsupported(f"unknown name {whole}", cause="unknown_name")
        head = Head(Const(candidate.name), declared.type, explicit)
        return self.projected(head, candidate.fields, explicit) if candidate.fields else head

    def projected(self, head: Head, fields: tuple[str, ...], explicit: bool = False) -> Head:
        """The head with projections after it; the last one waits for its arguments."""
        for field in fields:
            term, type_ = self.apply(
                Head(head.term, head.type, False, head.self_arg, head.owner), [], {}, None
            )
            head = self.projection(term, type_, field)
            head.explicit = explicit
        return head

    def projection(self, term: Term, type_: Term, field: str) -> Head:
        """`term.field`, by the head of the type, its parents, and what it unfolds to."""
        if isinstance(self.shallow(type_), Meta):
            self.synthesize_pending()
            type_ = self.zonk(type_)
        start = type_
        for _ in range(32):
            type_ = self.whnf_core(type_)
            found = self._method(term, type_, field)
            if found is not None:
                return found
            further = self.unfold(type_)
            if further is None:
                break
            type_ = further
        if isinstance(type_, Meta):
            self.unsupported(f"the projection {field} of a term whose type is not known yet", cause="type")
        function = self.as_function(term, start) if self.env.lookup(f"Function.{field}") else None
        if function is not None:
            return self._with_self(f"Function.{field}", Done(*function), "")
        owner = head_name(self.zonk(start)) or self.shown(start)
        raise self.refusal(f"unknown name {owner}.{field}", cause="unknown_name")

    def _method(self, term: Term, type_: Term, field: str) -> Head | None:
        if isinstance(type_, Pi):
            return None
        owner = head_name(type_)
        if not owner:
            return None
        if field.isdigit():
            return self._numbered(term, type_, int(field))
        if self.env.lookup(f"{owner}.{field}") is not None:
            return self._with_self(f"{owner}.{field}", Done(term, type_), owner)
        family = self.env.family(owner)
        for _, projection in family.parents if family is not None else ():
            inner = self._parent(term, type_, owner, projection)
            found = self._method(inner.term, self.whnf_core(inner.type), field)
            if found is not None:
                return found
            self.step()
        return None

    def _parent(self, term: Term, type_: Term, owner: str, projection: str) -> Done:
        head = self._with_self(f"{owner}.{projection}", Done(term, type_), owner)
        return Done(*self.apply(head, [], {}, None))

    def _numbered(self, term: Term, type_: Term, number: int) -> Head | None:
        owner = head_name(type_)
        family = self.env.family(owner)
        if family is None or not family.is_structure:
            return None
        if not 1 <= number <= len(family.fields):
            self.unsupported(f"the field {number} of {owner}, which has {len(family.fields)}", cause="type")
        return self._with_self(f"{owner}.{family.fields[number - 1]}", Done(term, type_), owner)

    def _with_self(self, name: str, value: Done, owner: str) -> Head:
        return Head(Const(name), self.constant(name).type, False, value, owner)

    def is_owned(self, type_: Term, owner: str) -> bool:
        """Whether a parameter takes the value of `value.field`: its type has the owner at its head."""
        type_ = self.shallow(type_)
        if not owner:
            return isinstance(type_, Pi)
        for _ in range(32):
            if head_name(type_) == owner:
                return True
            further = self.unfold(type_, reducible=True) if isinstance(type_, (App, Const)) else None
            if further is None:
                return False
            type_ = further
        return False
