"""The names that statements use, with their types: Lean name → Declared, elaborated when first asked for."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

from leanmirror.bridge.elaborating.core import Term


@dataclass(frozen=True, slots=True)
class Declared:
    """A constant: its type as a telescope of Pi, and what unfolding it gives.

    `body` is a function of the same telescope, there for abbreviations and for the few definitions that types
    depend on; `reducible` tells the two apart, as Lean does. `defaults` are the default values of parameters, by
    position, as functions of the parameters before.
    """

    name: str
    kind: str
    type: Term
    body: Term | None = None
    reducible: bool = False
    defaults: dict[int, Term] = field(default_factory=dict)


class Environment:
    """All declared names. Lookups are by full name and are remembered."""

    def __init__(self) -> None:
        self._known: dict[str, Declared] = {}

    def lookup(self, name: str) -> Declared | None:
        """The constant of that full name; None where there is none."""
        return self._known.get(name)


@cache
def default() -> Environment:
    """The prelude of Lean and Mathlib names, and the names of lean_names.json."""
    return Environment()
