"""What a section or namespace keeps, and how much of it there may be."""

from __future__ import annotations

from dataclasses import dataclass

from leanmirror.bridge.lean.scopes import Scope
from leanmirror.bridge.lean.syntax import Binder
from leanmirror.bridge.lean.unread import Unread

DEEPEST = 100
MOST_OPENS = 100
MOST_VARIABLES = 200
MOST_NOTATIONS = 200
"""More sections in one another, names opened, variables or notations of one file than any text has. Each
declaration is read with all that are in force: without a bound a text would take the square of its length.
"""


@dataclass(frozen=True, slots=True)
class State:
    """What a section or namespace gives back at its end.

    `public`: what stands here is seen by other files though the file says `module`. `old_variables`: those
    that a proof names are included, as before Lean 4.12. `doubt`: what of it could not be read.
    """

    scope: Scope
    variables: tuple[Binder, ...] = ()
    included: frozenset[str] = frozenset()
    omitted: tuple[Binder, ...] = ()
    public: bool = False
    old_variables: bool = False
    doubt: Unread | None = None


@dataclass(slots=True)
class Frame:
    """An open section, namespace or `mutual`: its name, and the state outside it."""

    kind: str
    name: str
    outside: State
